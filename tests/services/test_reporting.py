"""The summary of treatment on a real encrypted practice, read back from the PDF."""

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest

from ipt_desktop.domain.errors import FolderNotWritable, PracticeLocked, RecordGone, Refused
from ipt_desktop.domain.form import Means, Purpose
from ipt_desktop.domain.protocol import Phase
from ipt_desktop.domain.records import Attendance, AuditEntry, EndingKind, Placement, Session, Sitting
from ipt_desktop.domain.report import Pictures, Report, as_text
from ipt_desktop.services.termination_summary import PARTS
from tests.services.blank_page import BLANK
from tests.services.summary_case import END, PEOPLE, START, TODAY, Case, fill, measure

KIND = "termination-summary"


@pytest.fixture
def told(case: Case) -> Case:
    fill(case)
    measure(case)
    return case


def assembled(case: Case, *include: str) -> Report:
    return case.desk.reporting.assemble(KIND, case.course.id, frozenset(include) if include else None, today=TODAY)


def printed(case: Case, report: Report, paper: str = "A4") -> str:
    pdf = pypdfium2.PdfDocument(case.desk.reporting.render(report, paper))
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pdf)


def section(report: Report, key: str) -> str:
    (found,) = (each for each in report.sections if each.key == key)
    return as_text(replace(report, sections=(found,), letterhead=None)).partition(found.title or "\n\n")[2].strip()


def test_every_part_is_printed_in_order(told: Case) -> None:
    report = assembled(told)
    parts = dict.fromkeys(each.part or each.key for each in report.sections)
    assert list(parts) == ["identification", *(part.key for part in PARTS), "signature"]
    text = printed(told, report)
    for words in (
        *(part.title for part in PARTS),
        "Summary of treatment Interpersonal psychotherapy, 12 March to 9 July 2026.",
        "Client Zofia Łukasiewicz",
        "Born 14 September 1984",
        "Dr S. Grant, 24 February 2026",
        "16 of 16 held; missed: 21 May (by client), 25 June (by therapist)",
        "Planned, 9 July 2026",
        "Depression, first episode",
        "From 12 March to 9 July 2026, 16 sessions of interpersonal psychotherapy were held; 16 were planned.",
        "The work was on grief and, second, on role dispute. It ended as planned.",
        "session 2, 19 March 2026",
        "session 16, 9 July 2026",
        "Dr Hanna Weiss Clinical psychologist, registration PYL 31107",
        "Confidential · Other people are named by initials only · Printed 16 July 2026",
    ):
        assert words in text


def test_other_people_are_initials_everywhere(told: Case) -> None:
    report = assembled(told)
    text = printed(told, report).replace("Drs. Robert L. Spitzer", "")  # whose the PHQ-9 is
    for name, *_rest in PEOPLE:
        if name != "Dr S. Grant":  # the referrer, whom the page is for
            assert name not in text
    for part in ("Tomasz", "Nowak", "Anna", "Kowal", "Berta", "Jadwiga", "Robert", "Maria"):
        assert part not in text
    for words in (
        "T.N., husband",
        "A.K.1, sister",
        "A.K.2, priest",
        "R.Ł., brother",
        "she will ask A.K.1",
        "quarrel with M.Ł.",
    ):
        assert words in text
    assert told.desk.reporting.named_people(told.course.id, report) == []


def test_what_is_off_the_record_is_never_printed(told: Case) -> None:
    assert "ELEPHANT" not in printed(told, assembled(told))


def test_phases_count_their_sessions_and_say_what_was_done(told: Case) -> None:
    assert section(assembled(told), "course").splitlines()[1:] == [
        "Initial\t1–4, 12 Mar – 2 Apr\tSymptoms and history reviewed; IPT explained.",
        "Middle\t5–13, 9 Apr – 11 Jun\tWorked on: grief. Used: communication analysis, role play.",
        "Termination\t14–16, 18 Jun – 9 Jul\tGains reviewed.",
    ]


def test_formulation_has_areas_stages_and_what_was_shared(told: Case) -> None:
    text = section(assembled(told), "formulation")
    assert "Grief (primary): M.Ł., mother (died 2025)\nMourning stalled after the funeral.\n" in text
    assert "Role dispute (secondary): T.N., husband\nT.N. expected" in text
    assert "Stage at the start: impasse; at the end: renegotiation." in text


def test_diagnoses_stand_with_their_codes_beside_the_words_that_were_said(told: Case) -> None:
    report = assembled(told)
    assert section(report, "diagnosis").splitlines() == [
        "Made\tDiagnosis\tCode",
        "At the start, 12 March 2026\tMajor depressive disorder, single episode, moderate\tF32.1",
        "At the start, 12 March 2026\tGrief that has not been mourned\t",
        "At the end, 9 July 2026\tMajor depressive disorder, single episode, in partial remission\tF32.4",
        "Codes: ICD-10-CM, April 2026 release.",
    ]
    text = printed(told, report)
    assert "Depression, first episode" in text
    assert "Codes: ICD-10-CM, April 2026 release." in text
    assert "F32" not in printed(told, assembled(told, "in_brief", "medication"))


def test_medication_is_stated_as_far_as_it_was_taken_in_the_course(told: Case) -> None:
    assert section(assembled(told), "medication").splitlines() == [
        "Sertraline 50 mg, prescribed by Dr S. Grant since 24 February 2026.",
        "Zopiclone, from February 2026 to April 2026.",
    ]
    assert "TABLET" not in printed(told, assembled(told))


def test_the_change_list_begins_with_the_clients_words_and_those_in_focus(told: Case) -> None:
    lines = section(assembled(told), "circle").splitlines()
    table = lines[lines.index("Person\tStart\tEnd\tIn the client’s words, then what changed") + 1 :]
    assert table[0] == "T.N., husband\tmiddle\tinner\t“He asks now, and I answer.” One ring closer."
    assert table[1] == "A.K.1, sister\touter\tmiddle\t“T.N. and I cry on the phone.” One ring closer."
    assert "R.Ł., brother\toutside\touter\t“One letter. It is a start.” From outside to the outer ring." in table
    assert table[-1] == "Unchanged. Inner: J.N., daughter. Outer: A.K.2, priest; S.G., GP."


def test_both_figures_number_the_same_initials_alike(told: Case) -> None:
    (figures,) = (block for each in assembled(told, "circle").sections for block in each.blocks if isinstance(block, Pictures))
    start, end = (drawing.picture.description for drawing in figures.drawings)
    assert start == "inner: MŁ, JN; middle: TN; outer: AK1, BO, AK2, SG; outside: RŁ"
    assert "AK1" in end
    assert figures.key is not None
    assert "moved since the start" in figures.key.description


def test_risk_says_when_it_was_asked_and_what_was_found(told: Case) -> None:
    assert section(assembled(told), "risk") == (
        "12 March (session 1): passive ideation, no plan; T.N. keeps the tablets.\n"
        "Asked in 2 sessions, last on 9 July 2026: none reported."
    )


def test_a_running_course_is_told_as_one_that_runs(told: Case) -> None:
    told.desk.courses.reopen_course(told.course.id)
    told.desk.phases.tick_task(told.course.id, "termination.announce", TODAY)
    report = assembled(told)
    assert section(report, "in_brief") == (
        "Since 12 March 2026, 16 sessions of interpersonal psychotherapy have been held; 16 are planned. "
        "The work is on grief and, second, on role dispute."
    )
    assert "What holds the symptoms in place" in section(report, "formulation")
    assert "The circle at the start and now" in [each.title for each in report.sections]
    assert "Ending raised; gains reviewed." in section(report, "course")


def test_where_nobody_moved_one_line_says_so(told: Case) -> None:
    desk = told.desk
    first, last = desk.circles.sittings(told.course.id)
    for person_id, placement in desk.circles.circle(told.course.id, first.id).placements.items():
        desk.circles.put_back(last.id, person_id, replace(placement, sitting_id=last.id))
    *_figure, line = section(assembled(told), "circle").splitlines()
    assert line.startswith("Unchanged. Inner: ")


def test_labelled_functioning_stands_side_by_side(told: Case) -> None:
    assert "Work\tOff three days a week\tUsual hours since June" in section(assembled(told), "functioning")


def test_a_written_text_stands_instead_and_the_record_is_untouched(told: Case) -> None:
    reporting = told.desk.reporting
    told.write(Purpose.TERMINATION_SUMMARY, {Means.GAINS: "Sleeps through.", Means.PLAN: " "})
    text = printed(told, assembled(told))
    assert "Gains Sleeps through." in text
    assert "what the week was like" not in text
    assert "In danger she calls 999." in text  # an emptied text is taken from the record again
    (ending,) = told.desk.documents.of_course(told.course.id, Purpose.ENDING)
    assert ending.answers["gains"] == "She tells Tomasz what the week was like."
    gains = reporting.defaults(KIND, told.course.id)[Means.GAINS]
    assert gains[0]["runs"] == [{"text": "She tells T.N. what the week was like."}]


def test_a_name_the_therapist_wrote_is_told_and_the_footer_promises_nothing(told: Case) -> None:
    told.write(Purpose.TERMINATION_SUMMARY, {Means.GAINS: "Tomasz listens."})
    report = assembled(told)
    assert told.desk.reporting.named_people(told.course.id, report) == ["Tomasz"]
    assert report.footer == "Confidential · Printed 16 July 2026"


def test_only_the_parts_asked_for(told: Case) -> None:
    report = assembled(told, "plan", "in_brief")
    assert [each.key for each in report.sections] == ["identification", "in_brief", "plan", "signature"]
    assert "Why the client came" not in printed(told, report)


def test_a_course_just_begun_prints_what_there_is(case: Case) -> None:
    report = assembled(case)
    assert [each.key for each in report.sections] == ["identification", "in_brief", "presenting", "risk", "signature"]
    text = printed(case, report)
    assert "Interpersonal psychotherapy, since 12 March 2026." in text
    assert "The course began on 12 March 2026; 16 sessions are planned, none has been held." in text
    assert "No note of this course says that risk was asked." in text
    assert "Ending" not in text


def test_a_course_still_to_begin_says_from_when(case: Case) -> None:
    report = case.desk.reporting.assemble(KIND, case.course.id, today=START - timedelta(days=3))
    assert report.subtitle == "Interpersonal psychotherapy, from 12 March 2026."
    assert section(report, "in_brief") == "The course begins on 12 March 2026; 16 sessions are planned."


def test_a_session_nobody_answered_for_is_not_claimed_in_silence(case: Case) -> None:
    for week, attendance in enumerate((Attendance.ATTENDED, None, None)):
        day = START + timedelta(weeks=week)
        case.desk.sessions.add_session(Session(course_id=case.course.id, date=day, attendance=attendance))
    assert "3 of 16 held; attendance of 2 not answered" in section(assembled(case), "identification")


def test_one_sitting_is_one_figure_without_a_change_list(case: Case) -> None:
    desk = case.desk
    person = desk.circles.add_person(case.client.id, "Tomasz Nowak", "husband")
    sitting = Sitting(course_id=case.course.id, date=START)
    desk.store.write(lambda writing: writing.insert(sitting))
    desk.circles.put_back(sitting.id, person.id, Placement(person_id=person.id, sitting_id=sitting.id, felt=0.5))
    report = assembled(case, "circle")
    (circle,) = (each for each in report.sections if each.key == "circle")
    assert [type(block) for block in circle.blocks] == [Pictures]
    assert "12 March 2026" in section(report, "circle")
    assert "TN" in printed(case, report)


def test_before_this_began_stands_in_for_a_missing_start(case: Case) -> None:
    desk = case.desk
    person = desk.circles.add_person(case.client.id, "Tomasz Nowak", "husband")
    before = desk.circles.sitting_before(case.course.id, START)
    now = Sitting(course_id=case.course.id, date=START)
    desk.store.write(lambda writing: writing.insert(now))
    for sitting, felt in ((before, 0.9), (now, 0.1)):
        desk.circles.put_back(sitting.id, person.id, Placement(person_id=person.id, sitting_id=sitting.id, felt=felt))
    text = section(assembled(case, "circle"), "circle")
    assert "Before this began, as told on 12 March 2026" in text
    assert "T.N., husband\tinner\touter\tTwo rings further." in text


def test_a_lost_course_says_how_it_ended(case: Case) -> None:
    desk = case.desk
    for day, attendance in ((START, Attendance.ATTENDED), (date(2026, 3, 19), Attendance.DID_NOT_COME)):
        desk.sessions.add_session(Session(course_id=case.course.id, date=day, attendance=attendance))
    case.write(Purpose.ENDING, {Means.ENDING_REASON: "Two letters stayed unanswered."})
    desk.courses.end_course(case.course.id, END, EndingKind.LOST_CONTACT)
    text = printed(case, assembled(case))
    assert "1 of 16 held; missed: 19 March (did not come)" in text
    assert "1 session of interpersonal psychotherapy was held" in text
    assert "Contact was lost. Two letters stayed unanswered." in text


def test_unprintable_characters_are_named_with_their_place_and_spelt_out_on_the_page(told: Case) -> None:
    told.write(Purpose.TERMINATION_SUMMARY, {Means.GAINS: "She drew a \N{WATERMELON} again."})
    report = assembled(told)
    (place,) = told.desk.reporting.unprintable(report)
    assert (place.character, place.name, place.section) == ("\N{WATERMELON}", "Watermelon", "Gains")
    assert "She drew a [watermelon] again." in printed(told, report)


def test_a_name_that_cannot_be_printed_is_found_where_the_client_is_named(told: Case) -> None:
    client = told.desk.clients.client(told.client.id)
    told.desk.clients.change_client(replace(client, name="ស Sok"))
    places = [each.section for each in told.desk.reporting.unprintable(assembled(told))]
    assert places == ["heads of the pages", "client and course", "The circle at the start and at the end"]
    assert "Client [Khmer script] Sok" in printed(told, assembled(told))


def test_findings_about_risk_are_few(case: Case) -> None:
    for week in range(5):
        session = case.desk.sessions.add_session(
            Session(course_id=case.course.id, date=START + timedelta(weeks=week), attendance=Attendance.ATTENDED)
        )
        said = (
            {"asked": "changed", "words": f"finding {week}."} if week < 4 else {"asked": "unchanged", "action": "Rang the GP"}
        )
        case.write(Purpose.PROGRESS_NOTE, {Means.RISK: said}, session)
    assert section(assembled(case), "risk").splitlines() == [
        "12 March (session 1): finding 0.",
        "2 April (session 4): finding 3.",
        "Asked in 5 sessions, last on 9 April 2026: unchanged.",
        "Action taken on 9 April 2026: Rang the GP.",
    ]


def test_a_change_of_risk_is_told_beside_the_first_finding_and_the_last(case: Case) -> None:
    said = [
        {"asked": "changed", "words": "Most nights."},
        {"asked": "unchanged", "words": "Three nights."},
        {"asked": "changed", "words": "Every night again."},
        {"asked": "unchanged", "words": "One night."},
        {"asked": "unchanged"},
    ]
    for week, risk in enumerate(said):
        session = case.desk.sessions.add_session(
            Session(course_id=case.course.id, date=START + timedelta(weeks=week), attendance=Attendance.ATTENDED)
        )
        case.write(Purpose.PROGRESS_NOTE, {Means.RISK: risk}, session)
    assert section(assembled(case), "risk").splitlines() == [
        "12 March (session 1): Most nights.",
        "26 March (session 3): Every night again.",
        "Asked in 5 sessions, last on 9 April 2026: unchanged, one night (2 April).",
    ]


def test_a_finding_is_told_once(case: Case) -> None:
    session = case.desk.sessions.add_session(Session(course_id=case.course.id, date=START, attendance=Attendance.ATTENDED))
    case.write(Purpose.PROGRESS_NOTE, {Means.RISK: {"asked": "unchanged", "words": "As a year ago, no plan."}}, session)
    assert section(assembled(case), "risk").splitlines() == [
        "12 March (session 1): As a year ago, no plan.",
        "Asked in 1 session, last on 12 March 2026: unchanged.",
    ]


def test_the_therapists_own_name_is_no_third_partys(told: Case) -> None:
    told.desk.circles.add_person(told.client.id, "Hanna Berg", "friend")
    report = assembled(told)
    assert told.desk.reporting.named_people(told.course.id, report) == []
    assert "Other people are named by initials only" in report.footer


def test_greek_and_cyrillic_are_printed(told: Case) -> None:
    told.write(Purpose.TERMINATION_SUMMARY, {Means.GAINS: "Ελένη και Ирина и Đặng."})
    assert "Ελένη και Ирина и Đặng." in printed(told, assembled(told))


@pytest.mark.parametrize(("paper", "size"), [("A4", (595, 842)), ("Letter", (612, 792))])
def test_the_sheet_is_the_one_chosen(told: Case, paper: str, size: tuple[int, int]) -> None:
    pdf = told.desk.reporting.render(assembled(told), paper)
    assert {tuple(map(round, page.get_size())) for page in pypdfium2.PdfDocument(pdf)} == {size}


def test_pages_are_pictures_of_the_width_asked(told: Case) -> None:
    pdf = told.desk.reporting.render(assembled(told))
    pages = told.desk.reporting.pages(pdf, 300)
    assert len(pages) == len(pypdfium2.PdfDocument(pdf))
    assert all(page.startswith(b"\x89PNG") and int.from_bytes(page[16:20]) == 300 for page in pages)


def test_saving_is_whole_private_and_audited(told: Case, tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    target.write_bytes(b"older")
    told.desk.reporting.save(BLANK, target, course_id=told.course.id)
    assert target.read_bytes() == BLANK
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["out.pdf"]
    if sys.platform != "win32":
        assert target.stat().st_mode & 0o077 == 0
    with told.desk.store.read() as reading:
        (entry,) = reading.all(AuditEntry, operation="report_saved")
    assert entry.record_id == told.course.id


def test_a_failing_save_says_so_and_leaves_nothing(told: Case, tmp_path: Path) -> None:
    with pytest.raises(FolderNotWritable, match="nowhere"):
        told.desk.reporting.save(BLANK, tmp_path / "nowhere" / "out.pdf")
    (tmp_path / "taken.pdf").mkdir()
    with pytest.raises(FolderNotWritable):
        told.desk.reporting.save(BLANK, tmp_path / "taken.pdf")
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == []
    with told.desk.store.read() as reading:
        assert reading.all(AuditEntry, operation="report_saved") == []


def test_of_what_is_gone_no_file_is_left_untold(told: Case, tmp_path: Path) -> None:
    (tmp_path / "older.pdf").write_bytes(b"older")
    with pytest.raises(RecordGone):
        told.desk.reporting.save(BLANK, tmp_path / "older.pdf", course_id="gone")
    assert (tmp_path / "older.pdf").read_bytes() == b"older"
    told.desk.close()  # locked while the page was being made
    with pytest.raises(PracticeLocked):
        told.desk.reporting.save(BLANK, tmp_path / "out.pdf", course_id=told.course.id)
    assert not (tmp_path / "out.pdf").exists()


def test_the_files_name_tells_no_one_who_it_is_about(told: Case) -> None:
    name = told.desk.reporting.file_name(KIND, told.course.id, today=TODAY)
    assert name == "ZŁ summary of treatment 2026-07-16.pdf"


def test_unknown_kinds_and_courses_are_refused(told: Case) -> None:
    with pytest.raises(Refused, match="invoice"):
        told.desk.reporting.assemble("invoice", told.course.id)
    with pytest.raises(RecordGone):
        told.desk.reporting.assemble(KIND, "nobody")


def test_pdf_libraries_wait_until_a_report_is_set() -> None:
    code = (
        "import sys, ipt_desktop.services.reporting, ipt_desktop.services.desk\n"
        "sys.exit(','.join({'reportlab', 'pypdfium2', 'uharfbuzz'} & set(sys.modules)) or 0)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True).stderr == ""


def test_a_crowded_circle_leaves_the_words_to_the_table(case: Case) -> None:
    desk = case.desk
    sitting = Sitting(course_id=case.course.id, date=START)
    desk.store.write(lambda writing: writing.insert(sitting))
    for number in range(13):
        person = desk.circles.add_person(case.client.id, f"Person{chr(65 + number)} X", "neighbour")
        row = Placement(person_id=person.id, sitting_id=sitting.id, felt=0.5, angle=number * 27)
        desk.circles.put_back(sitting.id, person.id, row)
    assert "neighbour" not in printed(case, assembled(case, "circle"))


def test_a_course_without_a_number_is_told_without_one(case: Case) -> None:
    course = case.course
    phases = (*course.phases[:-1], replace(course.phases[-1], last=0))
    case.desk.courses.change_course(replace(course, planned_sessions=0, phases=phases, planned_end=None))
    case.desk.sessions.add_session(Session(course_id=course.id, date=START, attendance=Attendance.ATTENDED))
    text = printed(case, assembled(case))
    assert "1 held" in text
    assert "1 session of interpersonal psychotherapy has been held; it goes on without a number agreed." in text
    assert "of 0" not in text


def test_what_was_done_under_another_protocol_and_after_the_sessions_is_told_in_its_words(case: Case) -> None:
    desk, course = case.desk, case.course
    known = desk.courses.protocol(course.id)
    for week, phase in enumerate(("initial", "middle")):
        desk.sessions.add_session(
            Session(course_id=course.id, date=START + timedelta(weeks=week), attendance=Attendance.ATTENDED)
        )
        desk.phases.enter_phase(course.id, phase, START + timedelta(weeks=week))
    desk.phases.tick_task(course.id, "middle.support", START + timedelta(weeks=1))
    phases = tuple(
        replace(each, key=f"own_{each.key}", label=f"Own {each.label}") for each in known.phases if not each.is_after
    )
    after = Phase(key="upkeep", label="Upkeep", is_after=True)
    other = replace(known, key="other", name="Another", phases=(*phases, after))
    desk.courses.change_protocol(course.id, other, START + timedelta(weeks=2))
    desk.phases.enter_phase(course.id, "upkeep", START + timedelta(weeks=2))
    desk.sessions.add_session(Session(course_id=course.id, date=START + timedelta(weeks=2), attendance=Attendance.ATTENDED))
    text = section(assembled(case), "course")
    rows = [text.index(word) for word in ("Initial", "Middle", "Upkeep")]
    assert rows == sorted(rows)
    assert "Support brought in" in text
