"""The sheet of a measure on paper: words, numbers and answers as they are, and nothing unverified said as a fact."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.measure import Band, Cutoff, Item, Licence, Measure, Option, ReliableChange
from ipt_desktop.domain.measure_records import Given
from ipt_desktop.domain.records import Attendance, Client, Course, Session
from ipt_desktop.domain.report import Answers, Pictures, Report, as_text
from ipt_desktop.domain.session_records import RiskAsked, RiskEntry
from ipt_desktop.domain.treatment_records import Medication
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.measures import Entry
from ipt_desktop.services.vault import create_with_key
from tests.reports.paper import Printed

TODAY = date.today()
WEEK = timedelta(weeks=1)
SEVERE = "333222111"
MODERATE = "222212111"


class Room:
    """A client in a course with two sessions, the last of them today."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.client = desk.clients.add_client(Client(name="Zofia Łukasiewicz", reference="2026-014"))
        self.course: Course = desk.courses.begin_course(
            self.client.id, desk.resources.protocols[0], started_on=TODAY - 2 * WEEK
        )
        days = (TODAY - WEEK, TODAY)
        self.sessions = [
            desk.sessions.add_session(
                Session(course_id=self.course.id, date=day, starts_at=time(23, 59), attendance=Attendance.ATTENDED)
            )
            for day in days
        ]

    def give(self, key: str | Measure, words: str, session: int | None = 1, given: Given = Given.SCREEN, **more: float) -> str:
        """Enter a measure by a digit an item and named answers; return the id of the result."""
        measure = key if isinstance(key, Measure) else self.desk.measures.measure(key)
        assert measure is not None
        answers = {str(item.number): float(digit) for item, digit in zip(measure.items, words, strict=False) if digit != "-"}
        on = self.sessions[session].date if session is not None else TODAY
        entry = Entry(self.client.id, measure, on, answers | more, self.course.id if session is not None else None)
        if session is not None:
            entry = replace(entry, session_id=self.sessions[session].id)
        return self.desk.measures.enter_measure(replace(entry, given=given)).id

    def sheet(self, result_id: str = "", include: frozenset[str] | None = None) -> Report:
        return self.desk.reporting.assemble(
            "measure-sheet", self.course.id, include, today=TODAY, client_id=self.client.id, record_id=result_id
        )

    def text(self, result_id: str = "") -> str:
        return as_text(self.sheet(result_id))


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    desk = Desk(create_with_key(tmp_path / "practice", bytes(range(32)), "Willow Lane Practice"))
    yield Room(desk)
    desk.close()


def test_the_page_says_the_result_its_change_medication_answers_and_whose_it_is(room: Room) -> None:
    room.desk.circles.add_person(room.client.id, "Dr Weiss", "doctor")
    taken = Medication(client_id=room.client.id, name="Sertraline", dose="50 mg", begun="2026-02-24", prescriber="Dr Weiss")
    room.desk.medications.add_medication(taken)
    room.give("phq-9", SEVERE, 0)
    now = room.give("phq-9", MODERATE, difficulty=1.0)
    page = Printed(room.sheet(now))
    (words,) = page.pages
    for said in (
        "PHQ-9 result",
        "Zofia Łukasiewicz · filled in on screen by the client, ",
        "before session 2",
        "14 of 27: moderate",
        "PHQ-9 18 → 14, from moderately severe to moderate: no reliable change on the PHQ-9, for which the rule set asks 6",
        "at or above the cut-off of 10",
        "Medication in that time: Sertraline 50 mg",
        "cut-off 10",
        "now 14",
        "start 18",
        "10–14",
        "Interest or pleasure",
        "More than half the days",
        "Filled disc: now. Dashed ring: at the start",
        "“Somewhat difficult”",
        "Not part of the score.",
        "Developed by Drs. Robert L. Spitzer",
        "Rule set: NHS Talking Therapies (PHQ-9: cut-off 10, reliable change 6). Source: ",
        "A score is an aid to judgement, not a diagnosis.",
    ):
        assert said in words, said
    assert "Weiss" not in words, "other people stand by their initials"
    answers = next(each for section in room.sheet(now).sections for each in section.blocks if isinstance(each, Answers))
    assert [each.now for each in answers.rows] == [int(each) for each in MODERATE]
    assert [each.before for each in answers.rows] == [int(each) for each in SEVERE]
    assert page.right("18", 0) > 0


def test_filled_discs_and_dashed_rings_are_where_the_answers_are(room: Room) -> None:
    room.give("phq-9", "000000000", 0)
    now = room.give("phq-9", "300000000")
    page = Printed(room.sheet(now))
    left, bottom = page.place("Interest or pleasure")
    image, scale = page.image(scale=4), 4
    heads = {value: page.place(head)[0] for value, head in ((0, "Not at"), (3, "Nearly"))}
    row = range(int((bottom - 12) * scale), int((bottom + 5) * scale))

    def ink(x: float) -> int:
        columns = range(int(x * scale), int((x + 34) * scale))
        return sum(sum(image.getpixel((column, line))) < 150 for column in columns for line in row)

    assert left < heads[0]
    assert ink(heads[3] - 4) > 3 * ink(heads[0] - 4) > 0, "the answer is a filled disc, what it was at the start a ring"


def test_a_flag_shows_what_was_asked_or_that_nothing_is_noted(room: Room) -> None:
    room.desk.circles.add_person(room.client.id, "Tomasz Nowak", "partner")
    now = room.give("phq-9", MODERATE)
    text = room.text(now)
    assert "Item 9, Death or self-harm: 1, Several days" in text
    assert "Nothing is noted yet of what was asked about it." in text
    entry = RiskEntry(
        client_id=room.client.id,
        on=TODAY,
        asked=RiskAsked.UNCHANGED,
        words="Passive ideation",
        plan="No plan",
        means="tablets at home",
        restricted_by="Tomasz Nowak",
        action="Safety plan read again",
    )
    kept = room.desk.risk.keep_risk(entry)
    room.desk.measures.note_asked(now, kept.id)
    text = room.text(now)
    assert "Asked: unchanged, " in text
    assert "Passive ideation. No plan. Means: tablets at home; restricted by T.N. Action taken: Safety plan read again." in text
    bare = as_text(room.sheet(now, frozenset()))
    assert "Passive ideation" not in bare
    assert "Interest or pleasure" not in bare
    assert "14 of 27: moderate" in bare


def test_a_correction_says_when_why_and_what_it_was(room: Room) -> None:
    desk = room.desk
    desk.practice.change_details(replace(desk.practice.details(), therapist="Dr Hanna Weiss"))
    first = room.give("phq-9", MODERATE)
    note = room.desk.documents.open_document(
        Purpose.PROGRESS_NOTE, room.client.id, course_id=room.course.id, session_id=room.sessions[1].id
    )
    draft = room.desk.documents.begin_writing(note)
    room.desk.signing.sign(room.desk.documents.keep_draft(draft, {"what_happened": "Rang Johan"}), reason="in haste")
    room.desk.documents.end_writing(draft)
    answers = {str(item): 1.0 for item in range(1, 9)} | {"9": 0.0}
    corrected = room.desk.measures.change_measure(first, answers, TODAY, "two answers were swapped")
    text = room.text(corrected.id)
    assert "two answers were swapped. Before, it was 14, moderate." in text
    assert "8 of 27: mild" in text
    assert "This result counts no more." in room.text(first)
    assert [each for each, _words in room.desk.reporting.records("measure-sheet", room.course.id)] == [corrected.id]


def test_scores_alone_with_a_field_and_subscales_without_a_total(room: Room) -> None:
    room.give("epds", "", 0, Given.SCORES, total=17.0, item10=1.0)
    epds = room.text(room.give("epds", "", 1, Given.SCORES, total=13.0, item10=0.0))
    assert "scores entered" in epds
    assert "13 of 30" in epds
    assert "EPDS 17 → 13" in epds
    assert "Item 10\tfrom 0 to 3\t1\t0" in epds
    assert "Royal College of Psychiatrists" in epds
    dass = room.give("dass-21", "", 1, Given.SCORES, depression=12.0, anxiety=8.0, stress=6.0)
    text = room.text(dass)
    assert "Depression\tfrom 0 to 42\t12, mild" in text
    assert not any(isinstance(each, Pictures) for section in room.sheet(dass).sections for each in section.blocks)
    assert Printed(room.sheet(dass)).pages
    records = dict(room.desk.reporting.records("measure-sheet", room.course.id))
    assert "Depression 12, Anxiety 8, Stress 6" in records[dass]
    soft = room.text(room.give("dass-21", "", 1, Given.SCORES, depression=12.0, anxiety=8.0, stress=6.0, item21=3.0))
    assert "Item 21\tfrom 0 to 3\t0\t3" in soft or "Item 21\tfrom 0 to 3\t–\t3" in soft
    assert "Nothing is noted yet" not in soft, "a soft flag asks for no risk entry"
    flagged = room.text(room.give("epds", "", 1, Given.SCORES, total=20.0, item10=2.0))
    assert "Item 10, thoughts of self-harm: 2" in flagged


def test_a_sum_that_was_not_doubled_is_refused(room: Room) -> None:
    with pytest.raises(Refused, match="sum times 2, which 9 can’t be"):
        room.give("dass-21", "", 1, Given.SCORES, depression=9.0, anxiety=8.0, stress=6.0)


def test_higher_is_better_where_it_is_and_a_long_measure_goes_on_over_the_page(room: Room) -> None:
    mspss = room.text(room.give("mspss", "777777777777"))
    assert "84, from 12 to 84: high" in mspss
    assert "A higher score is better." in mspss
    assert "Family\tfrom 1 to 7\t7" in mspss
    room.give("pcl-5", "43210432104321043210", 0)
    page = Printed(room.sheet(room.give("pcl-5", "01234012340123401234")))
    assert all(str(number) in " ".join(page.pages) for number in range(1, 21))
    assert "PCL-5 40 → 40" in page.pages[0]


def own(**more: object) -> Measure:
    usual = {
        "key": "own-scale",
        "name": "Own scale",
        "full_name": "A scale of one's own",
        "licence": Licence(name="Ours", attribution="Made by the practice."),
        "items": tuple(Item(number=number, text=f"How is part {number} of your week?") for number in (1, 2, 3)),
        "options": tuple(Option(value=value, label=label) for value, label in ((0, "Bad"), (1, "Fair"), (2, "Good"))),
        "highest": 6,
    }
    return Measure(**{**usual, **more})  # type: ignore[arg-type]


def test_what_is_not_verified_is_not_said_as_a_fact(room: Room) -> None:
    measure = own(
        bands=(Band(lowest=0, highest=2, label="gloomy"), Band(lowest=3, highest=6, label="sunny", is_unverified=True)),
        cutoffs=(Cutoff(key="line", op=">=", value=3, meaning="a guess"),),
        reliable_change=ReliableChange(value=2, is_unverified=True, source="hearsay"),
    )
    room.give(measure, "000", 0)
    text = room.text(room.give(measure, "222"))
    assert "6 of 6" in text
    assert "Own scale 0 → 6." in text
    for guess in ("sunny", "gloomy", "cut-off", "reliable", "hearsay"):
        assert guess not in text, guess
    assert "How is part 1 of your week?" in text
    assert "Made by the practice." in text


def test_a_result_stays_printable_when_its_definition_is_gone_and_versions_are_not_compared(room: Room) -> None:
    old = room.give(own(version="1"), "000", 0)
    new = room.give(own(version="2"), "111")
    assert room.desk.measures.measure("own-scale") is None, "no file defines it"
    assert "0 of 6" in room.text(old)
    text = room.text(new)
    assert "3 of 6" in text
    assert "of another version of it, and are not compared" in text
    assert "→" not in text


def test_items_left_out_give_no_total_or_one_that_says_so(room: Room) -> None:
    text = room.text(room.give("phq-9", "22221211-"))
    assert "No total: item 9 was not answered" in text
    assert "9 Death or self-harm\t– not answered" in text
    from ipt_desktop.domain.measure import Missing

    prorated = own(key="prorated", missing=Missing(most=1, source="ours"))
    text = room.text(room.give(prorated, "21-"))
    assert "4.5 of 6" in text
    assert "Item 3 was not answered: the mean of the others stands in for it." in text


def test_without_a_result_it_says_why_and_without_a_course_it_can_be_printed(room: Room) -> None:
    reporting = room.desk.reporting
    assert "No measure has been given yet" in reporting.missing("measure-sheet", room.client.id)
    result = room.give("gad-7", "1111111", None)
    report = reporting.assemble("measure-sheet", today=TODAY, client_id=room.client.id, record_id=result)
    assert "7 of 21: mild" in as_text(report)
