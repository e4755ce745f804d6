"""Protocols as files: a mistake is named with file, line and field; own ones by copying a file; a course keeps its own copy."""

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from ipt_desktop.domain.errors import DefinitionError, RecordGone, Refused
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.protocol import (
    Area,
    MoodScale,
    Phase,
    Protocol,
    Rings,
    Stage,
    Strategy,
    Suggestion,
    Task,
    TaskMark,
    TaskPlace,
    When,
    protocol_hash,
    task_id,
)
from ipt_desktop.domain.records import AgreedPhase, Attendance, Client, EndingKind, Session
from ipt_desktop.domain.suggestions import PLACEHOLDERS, REMINDERS, with_later_suggestions
from ipt_desktop.services.definitions import parse_protocol
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.own_protocols import copy_to_edit
from ipt_desktop.services.resources import Resources
from ipt_desktop.services.vault import create_with_key

KEY = bytes(range(32))
TEXT = """key = "own"
version = 1
name = "Our way"
planned_sessions = 8
minutes = 50
frequency = "weekly"
ending_word = "Ending"

[rings]
inner = "inner"
middle = "middle"
outer = "outer"
outside = "outside"

[mood]
low = "worst"
high = "best"

[[phases]]
key = "initial"
label = "Initial"
first = 1
last = 2

  [[phases.tasks]]
  key = "focus"
  text = "Focus agreed"

[[phases]]
key = "middle"
label = "Middle"
first = 3
last = 8

  [[phases.every_session]]
  key = "countdown"
  text = "Say how many remain"
  hint = "{left}"

  [[phases.tasks]]
  key = "review"
  text = "Review"
  is_at_half = true

[[phases]]
key = "later"
label = "Later"
is_after = true
review_weeks = 12

[[areas]]
key = "dispute"
label = "Dispute"
client_label = "a quarrel"
worksheets = ["role-play"]
strategies = [
  { key = "relate", text = "Relate it" },
  { key = "stage", text = "Determine the stage" },
]

  [[areas.stages]]
  key = "impasse"
  label = "impasse"

[[suggestions]]
key = "focus"
text = "Agree on a focus"
reason = "Session {session}, and none is agreed."
when = "no_focus"
from_session = 3

[[suggestions]]
key = "rest"
text = "Come back to {area}"
reason = "Untouched for {sessions}."
when = "area_untouched"
sessions = 4
"""
OPEN = TEXT.replace("planned_sessions = 8", "planned_sessions = 0").replace("last = 8\n", "").replace("is_at_half = true", "")


def line_of(text: str, words: str) -> int:
    """Return the line on which the given words stand."""
    return text[: text.index(words)].count("\n") + 1


def test_a_correct_protocol_is_read():
    read = parse_protocol(TEXT, "own.toml")
    assert [each.key for each in read.phases] == ["initial", "middle", "later"]
    assert read.agreed_phases() == (AgreedPhase(key="initial", first=1, last=2), AgreedPhase(key="middle", first=3, last=8))
    assert read.area("dispute").strategy("stage").text == "Determine the stage"


def test_a_protocol_may_have_no_number_of_sessions():
    read = parse_protocol(OPEN, "open.toml")
    assert read.agreed_phases()[-1] == AgreedPhase(key="middle", first=3, last=0)


MISTAKES: list[tuple[str, str, str]] = [
    # what is written, what it becomes ("→" marks the line that is named, where it is not the first of several), the field
    ("version = 1", 'version = "1"', "version"),
    ("version = 1", "version = 0", "version"),
    ('key = "own"', 'key = "Our own"', "key"),
    ('name = "Our way"', 'name = " "', "name"),
    ('name = "Our way"', 'name = "Our way"\ncolour = "red"→', "colour"),
    ('name = "Our way"', "name = Our way", "column 8"),
    ('name = "Our way"', 'name = "Our way"\nname = "Ours"→', "column 14"),
    ("planned_sessions = 8", "planned_sessions = 7", "planned_sessions"),
    ("planned_sessions = 8", "planned_sessions = 100", "planned_sessions"),
    ("minutes = 50", "minutes = 0", "minutes"),
    ('frequency = "weekly"', 'frequency = ""', "frequency"),
    ('middle = "middle"', 'middle = "inner"', "rings.middle"),
    ('low = "worst"', 'low = "worst"\nlowest = 10\nhighest = 10→', "mood.highest"),
    ("first = 3", "first = 4", "middle.first"),
    ("last = 2", "last = 0", "initial.last"),
    ('label = "Middle"', "label = true", "middle.label"),
    ('key = "middle"\nlabel', 'key = "initial"\nlabel', "initial.key"),
    ("  is_at_half = true", "  is_at_half = true\n  sessions_left = 2→", "middle.review.sessions_left"),
    ("  is_at_half = true", "  sessions_left = -1", "middle.review.sessions_left"),
    ("  is_at_half = true", '  place = "moon"', "middle.review.place"),
    ("  is_at_half = true", '  mark = "star"', "middle.review.mark"),
    ('  hint = "{left}"', '  hint = "{weeks}"', "middle.countdown.hint"),
    ('  key = "focus"', '  key = "focus"\n  text = "One"\n  [[phases.tasks]]\n  key = "focus"→', "initial.focus.key"),
    ('  key = "countdown"', '  key = "Count"', "middle.Count.key"),
    ("review_weeks = 12", "review_weeks = -1", "later.review_weeks"),
    ("review_weeks = 12", "first = 9", "later.first"),
    ("review_weeks = 12", 'review_weeks = "12"', "later.review_weeks"),
    ('label = "Later"\nis_after = true', 'label = "Later"\nis_after = "yes"→', "later.is_after"),
    ('worksheets = ["role-play"]', 'worksheets = ["role-play", "role-play"]', "dispute.worksheets[2]"),
    ('worksheets = ["role-play"]', 'worksheets = "role-play"', "dispute.worksheets"),
    ('  { key = "stage", text', '  { key = "relate", text', "dispute.relate.key"),
    ('{ key = "stage", text = "Determine the stage" }', '{ key = "stage", text = "" }', "dispute.stage.text"),
    ('{ key = "stage", text = "Determine the stage" }', '{ key = "stage" }', "dispute.stage.text"),
    ('{ key = "stage", text = "Determine the stage" }', '"Determine the stage"', "dispute.strategies[2]"),
    ('  key = "impasse"', '  key = "silence"', "dispute.silence.key"),
    ('when = "no_focus"', 'when = "full_moon"', "focus.when"),
    ("from_session = 3", 'task = "initial.walk"', "focus.task"),
    ("from_session = 3", "from_session = -3", "focus.from_session"),
    ("from_session = 3", "sessions = 3", "focus.sessions"),
    ("from_session = 3", "is_from_half = true\nsessions_left = 3→", "focus.sessions_left"),
    ('text = "Come back to {area}"', 'text = "Come back to {person}"', "rest.text"),
    ('key = "rest"', 'key = "focus"', "focus.key"),
]


@pytest.mark.parametrize(("old", "new", "field"), MISTAKES, ids=[f"{field}: {new!r}" for _old, new, field in MISTAKES])
def test_a_mistake_is_named_with_file_line_and_field(old: str, new: str, field: str):
    text = TEXT.replace(old, new, 1)
    line = line_of(text, "→") if "→" in new else line_of(TEXT, old)
    with pytest.raises(DefinitionError) as caught:
        parse_protocol(text.replace("→", ""), "own.toml")
    assert (caught.value.values["line"], caught.value.values["field"]) == (line, field)
    assert str(caught.value).startswith(f"own.toml, line {line}, {field}: ")


@pytest.mark.parametrize(
    ("old", "new", "field", "head"),
    [
        ('client_label = "a quarrel"', "", "dispute.client_label", "[[areas]]"),
        ("sessions = 4", "", "rest.sessions", '[[suggestions]]\nkey = "rest"'),
        ('when = "no_focus"', 'when = "task_open"', "focus.task", "[[suggestions]]"),
        ('outer = "outer"', "", "rings.outer", "[rings]"),
        ('ending_word = "Ending"', "", "ending_word", "key"),
    ],
)
def test_what_is_missing_is_named_where_it_belongs(old: str, new: str, field: str, head: str):
    with pytest.raises(DefinitionError) as caught:
        parse_protocol(TEXT.replace(old, new, 1), "own.toml")
    assert (caught.value.values["line"], caught.value.values["field"]) == (line_of(TEXT, head), field)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        (
            "review_weeks = 12\n",
            'review_weeks = 12\n[[phases]]\nkey = "last"\nlabel = "Last"\nfirst = 9\nlast = 9\n',
            "last.is_after",
        ),
        ("planned_sessions = 8", "planned_sessions = 0", "middle.review.is_at_half"),
    ],
)
def test_phases_stand_in_order(old: str, new: str, field: str):
    with pytest.raises(DefinitionError) as caught:
        parse_protocol(TEXT.replace(old, new, 1), "own.toml")
    assert caught.value.values["field"] == field


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("last = 2\n", "", "middle.first"),  # only the very last may be without an end
        ("from_session = 3", "sessions_left = 3", "focus.sessions_left"),
        ("from_session = 3", "is_from_half = true", "focus.is_from_half"),
        ("planned_sessions = 0", "planned_sessions = 4", "middle.last"),
        ("is_after = true\n", "first = 4\n", "later.first"),
    ],
)
def test_without_a_number_of_sessions_nothing_is_counted_from_the_end(old: str, new: str, field: str):
    assert old in OPEN
    with pytest.raises(DefinitionError) as caught:
        parse_protocol(OPEN.replace(old, new, 1), "open.toml")
    assert caught.value.values["field"] == field


def test_phases_and_areas_there_must_be():
    phases, areas = (
        TEXT[TEXT.index("[[phases]]") : TEXT.index("[[areas]]")],
        TEXT[TEXT.index("[[areas]]") : TEXT.index("[[sugg")],
    )
    rest = TEXT[TEXT.index("[[sugg") :]
    for text, field in (
        (TEXT.replace(phases, ""), "phases"),
        (TEXT.replace(phases, "").replace("\n[rings]", "phases = []\n\n[rings]"), "phases"),
        (TEXT.replace(phases, phases[phases.index('[[phases]]\nkey = "later"') :]).replace("= 8", "= 0"), "phases"),
        (TEXT.replace(areas, "").replace("\n[rings]", "areas = []\n\n[rings]").replace(rest, ""), "areas"),
    ):
        with pytest.raises(DefinitionError) as caught:
            parse_protocol(text, "own.toml")
        assert caught.value.values["field"] == field


# -- those that come along ----------------------------------------------------------------------------------------------

SHIPPED = {each.key: each for each in Resources().protocols}
WMK = SHIPPED["weissman-markowitz-klerman"]
each_shipped = pytest.mark.parametrize("protocol", SHIPPED.values(), ids=SHIPPED)


def keys_of(protocol: Protocol) -> set[str]:
    return {task_id(phase, task) for phase in protocol.phases for task in phase.tasks}


def test_nine_come_along_in_this_order():
    assert {key: each.planned_sessions for key, each in SHIPPED.items()} == {
        "weissman-markowitz-klerman": 16,
        "stuart-robertson": 14,
        "ipt-uk": 16,
        "ipt-a": 12,
        "perinatal": 12,
        "brief": 8,
        "ipsrt": 20,
        "maintenance": 0,
        "plain-words": 8,
    }
    assert next(iter(SHIPPED)) == WMK.key
    assert len({each.order for each in SHIPPED.values()}) == len({each.name for each in SHIPPED.values()}) == 9


@each_shipped
def test_each_says_whom_it_is_for_and_where_it_is_from(protocol: Protocol):
    assert protocol.about
    assert protocol.source
    assert all(each.hint for each in protocol.phases)
    assert all(each.choose_when and each.goals and each.strategies for each in protocol.areas)


@each_shipped
def test_each_has_every_condition_that_can_hold_in_it(protocol: Protocol):
    # Maintenance keeps someone well: it has no end, and scores that stay as they are are what it is for.
    of_a_course = {When.NO_CIRCLE_SINCE_START, When.TASK_OPEN, When.NO_RELIABLE_CHANGE}
    asked = {each.when for each in protocol.suggestions}
    assert asked == set(When) - (set() if protocol.planned_sessions else of_a_course)


@each_shipped
def test_a_task_or_strategy_that_two_share_has_the_same_key_in_both(protocol: Protocol):
    """So that what was ticked and worked on stays when a course changes to another protocol."""
    assert {each.key for each in protocol.phases} <= {"initial", "middle", "termination", "tapering", "maintenance"}
    if protocol.planned_sessions:
        assert keys_of(WMK) - keys_of(protocol) <= {"initial.sick_role"}
    for area in protocol.areas:
        known = WMK.area(area.key)
        if known is not None:
            assert [each.key for each in area.strategies] == [each.key for each in known.strategies]
            assert [each.is_confronting for each in area.strategies] == [each.is_confronting for each in known.strategies]
            assert bool(area.caution) is bool(known.caution)


@each_shipped
def test_the_worksheets_of_a_problem_area_are_shipped(protocol: Protocol):
    sheets = {each.key for each in Resources().forms_for(Purpose.WORKSHEET)}
    assert all(each.worksheets and set(each.worksheets) <= sheets for each in protocol.areas)


@each_shipped
def test_the_middle_and_the_ending_have_their_session(protocol: Protocol):
    moments = [task.session(protocol.planned_sessions) for phase in protocol.phases for task in phase.tasks]
    told = [each for each in moments if each is not None]
    assert bool(told) is bool(protocol.planned_sessions)
    assert all(1 <= each <= protocol.planned_sessions for each in told)


def test_the_words_of_each_manual_are_its_own():
    assert (SHIPPED["stuart-robertson"].sick_role, SHIPPED["stuart-robertson"].ending_word) == ("", "Conclusion")
    assert [each.key for each in SHIPPED["stuart-robertson"].areas] == ["dispute", "transition", "grief"]
    assert [each.key for each in SHIPPED["stuart-robertson"].after_phases] == ["tapering", "maintenance"]
    assert SHIPPED["ipt-a"].sick_role == "Limited sick role"
    assert {"initial.guardian_consent", "initial.assent", "initial.parents_initial", "initial.school"} <= keys_of(
        SHIPPED["ipt-a"]
    )
    assert SHIPPED["ipsrt"].area("healthy_self") is not None
    assert SHIPPED["maintenance"].phases[0].review_weeks
    assert [each.label for each in SHIPPED["plain-words"].areas] == ["Grief", "Disagreement", "Life change", "Loneliness"]


def test_the_page_for_therapists_tells_of_every_field_and_condition():
    page = (Path(__file__).parents[2] / "docs" / "protocols.md").read_text("utf-8")
    kinds = (Protocol, Phase, Task, Area, Stage, Strategy, Suggestion, MoodScale, Rings)
    fields_told = {field.name for kind in kinds for field in fields(kind)}
    vocabulary = {*When, *TaskPlace, *TaskMark, *(name for names in PLACEHOLDERS.values() for name in names), *REMINDERS}
    told = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`[^`]+`", page))))
    assert {str(each) for each in (*fields_told, *vocabulary)} - told == set()


# -- own protocols -----------------------------------------------------------------------------------------------------


def put(folder: Path, name: str, text: str | bytes) -> Path:
    """Put a file into the therapist's own protocols."""
    own = folder / "protocols"
    own.mkdir(parents=True, exist_ok=True)
    file = own / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return file


def test_a_copied_file_is_offered_after_those_that_came_along(tmp_path: Path):
    put(tmp_path, "own.toml", TEXT)
    put(tmp_path, "first.toml", TEXT.replace('key = "own"', 'key = "first"\norder = 0'))
    put(
        tmp_path,
        "marked.toml",
        b"\xef\xbb\xbf" + TEXT.replace('key = "own"', 'key = "marked"').encode().replace(b"\n", b"\r\n"),
    )
    mine = Resources(tmp_path)
    keys = [each.key for each in mine.protocols]
    assert (keys[0], keys[1], keys[-2:]) == ("first", "weissman-markowitz-klerman", ["marked", "own"])
    assert mine.problems == []


def test_a_broken_file_is_left_out_and_named(tmp_path: Path):
    put(tmp_path, "a.toml", TEXT)
    broken = put(tmp_path, "broken.toml", TEXT.replace('when = "no_focus"', 'when = "full_moon"'))
    put(tmp_path, "letters.toml", TEXT.encode().replace(b"Our way", b"Our w\xff"))
    put(tmp_path, "twice.toml", TEXT.replace("Our way", "The same again"))
    put(tmp_path, "notes.txt", "no protocol")
    (tmp_path / "protocols" / "folder.toml").mkdir()
    mine = Resources(tmp_path)
    assert mine.protocol("own").name == "Our way"
    told = {Path(str(each.values["file"])).name: (each.values["line"], each.values["field"]) for each in mine.problems}
    assert told == {
        "broken.toml": (line_of(TEXT, 'when = "no_focus"'), "focus.when"),
        "letters.toml": (3, "UTF-8"),
        "twice.toml": (1, "key"),
        "folder.toml": (1, ""),
    }
    broken.write_text(TEXT.replace('key = "own"', 'key = "mended"'), "utf-8")
    mine.read_again()
    assert mine.protocol("mended") is not None
    assert "broken.toml" not in {Path(str(each.values["file"])).name for each in mine.problems}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(create_with_key(tmp_path / "practice", KEY, "Willow Lane Practice"))
    yield opened
    opened.close()


@each_shipped
def test_a_copy_says_the_same_under_a_key_and_name_of_its_own(desk: Desk, protocol: Protocol):
    file = copy_to_edit(desk.resources, desk.folder, protocol.key)
    assert file == desk.folder / "definitions" / "protocols" / f"{protocol.key}-2.toml"
    copied = desk.resources.protocol(f"{protocol.key}-2")
    assert copied == replace(protocol, key=f"{protocol.key}-2", name=f"{protocol.name}, own copy")
    keys = [each.key for each in desk.resources.protocols]
    assert keys.index(copied.key) == keys.index(protocol.key) + 1
    shipped = desk.resources.protocol_file(protocol.key)
    assert len(file.read_text("utf-8").splitlines()) == len(shipped.read_text("utf-8").splitlines())
    assert (desk.resources.is_own(file), desk.resources.is_own(shipped)) == (True, False)


def test_a_second_copy_and_a_copy_of_ones_own_stand_beside_the_first(desk: Desk):
    put(desk.folder / "definitions", "mine.toml", TEXT.replace('"Our way"', r"'Our \"way\" \ here'"))
    for expected in ("own-2", "own-3"):
        assert copy_to_edit(desk.resources, desk.folder, "own").stem == expected
    assert desk.resources.protocol("own-3").name == r"Our \"way\" \ here, own copy 2"
    assert copy_to_edit(desk.resources, desk.folder, "own-2").stem == "own-2-2"
    assert desk.resources.problems == []


def test_what_can_not_be_copied_is_said_and_nothing_is_left(desk: Desk):
    with pytest.raises(RecordGone):
        copy_to_edit(desk.resources, desk.folder, "nobody")
    (desk.folder / "definitions").write_text("no folder", "utf-8")
    with pytest.raises(Refused, match="can’t be written"):
        copy_to_edit(desk.resources, desk.folder, "brief")
    assert desk.resources.protocol("brief-2") is None


@pytest.mark.parametrize("what_happens", ["changed", "broken", "removed"])
def test_a_course_goes_on_with_its_own_copy(tmp_path: Path, what_happens: str):
    desk = Desk(create_with_key(tmp_path / "practice", KEY, "Willow Lane Practice"))
    file = put(desk.folder / "definitions", "own.toml", TEXT)
    client = desk.clients.add_client(Client(name="Marta"))
    course = desk.courses.begin_course(client.id, desk.resources.protocol("own"), started_on=date(2026, 3, 2))
    begun_with = desk.courses.protocol(course.id)
    for text in {"changed": [TEXT.replace("Dispute", "Quarrel")], "broken": ["key ="]}.get(what_happens, []):
        file.write_text(text, "utf-8")
    if what_happens == "removed":
        file.unlink()
    desk.resources.read_again()
    again = Desk(desk.vault)  # as on the next day: nothing is remembered of the first one
    assert again.courses.protocol(course.id) == begun_with
    assert again.courses.protocol(course.id).area("dispute").label == "Dispute"
    assert {each.key for each in again.suggestions.read(course.id, date(2026, 6, 1)).suggested} <= {"focus", "rest.dispute"}
    present = again.resources.protocol("own")
    assert (present is None) is (what_happens != "changed")
    assert len(again.unread_definitions) == (what_happens == "broken")
    if present is not None:
        assert protocol_hash(present) != course.protocol
    desk.close()


def test_a_worksheet_nobody_has_is_refused_with_its_line(desk: Desk):
    file = copy_to_edit(desk.resources, desk.folder, "brief")
    right = file.read_text("utf-8")
    wrong = right.replace('"grief-review"', '"grief-revue"', 1)
    file.write_text(wrong, "utf-8")
    desk.resources.read_again()
    assert desk.resources.protocol("brief-2") is None
    (problem,) = desk.resources.problems
    assert problem.values["line"] == wrong[: wrong.index("grief-revue")].count("\n") + 1
    assert "worksheets" in problem.values["field"]
    assert "there is no worksheet “grief-revue”; known are " in str(problem)
    form = desk.resources.path("forms", "grief-review.toml").read_text("utf-8").replace('"grief-review"', '"grief-revue"', 1)
    own = desk.folder / "definitions" / "forms"
    own.mkdir()
    (own / "grief-revue.toml").write_text(form, "utf-8")
    desk.resources.read_again()
    assert desk.resources.protocol("brief-2") is not None, "one of your own is known"


def test_one_that_replaces_a_shipped_one_is_known_and_the_shipped_one_stays_at_hand(desk: Desk):
    file = copy_to_edit(desk.resources, desk.folder, "brief")
    assert desk.resources.replacing_protocols == frozenset()
    file.write_text(file.read_text("utf-8").replace('key = "brief-2"', 'key = "brief"'), "utf-8")
    desk.resources.read_again()
    assert desk.resources.replacing_protocols == {"brief"}
    shipped, own = desk.resources.shipped_protocol("brief"), desk.resources.protocol("brief")
    assert shipped is not None
    assert own is not None
    assert (shipped.name, own.name) == ("Brief IPT (8 sessions)", "Brief IPT (8 sessions), own copy")


def test_a_copy_from_before_there_were_suggestions_takes_those_of_today(desk: Desk):
    today = date(2026, 6, 1)
    brief = desk.resources.protocol("brief")
    assert brief is not None
    client = desk.clients.add_client(Client(name="Marta"))
    for protocol, has_any in (
        (replace(brief, suggestions=(), about=""), True),
        (replace(brief, suggestions=()), False),  # taken out by its therapist
        (replace(brief, suggestions=(), about="", key="our-way"), False),
    ):
        course = desk.courses.begin_course(client.id, protocol, started_on=today - timedelta(weeks=5))
        for week in range(5):
            session = Session(
                course_id=course.id, date=course.started_on + timedelta(weeks=week), attendance=Attendance.ATTENDED
            )
            desk.sessions.add_session(session)
        suggested = desk.suggestions.read(course.id, today).suggested
        assert bool(suggested) is has_any, protocol
        assert desk.courses.protocol(course.id) == protocol, "what was agreed stays as it was"
        desk.courses.end_course(course.id, today, EndingKind.PLANNED)


def test_a_task_the_copy_lacks_is_not_suggested():
    brief = next(each for each in Resources().protocols if each.key == "brief")
    about_tasks = [each for each in brief.suggestions if each.when == When.TASK_OPEN]
    assert about_tasks
    phases = tuple(replace(each, tasks=()) for each in brief.phases)
    agreed = with_later_suggestions(replace(brief, phases=phases, suggestions=(), about=""), lambda _key: brief)
    assert len(agreed.suggestions) == len(brief.suggestions) - len(about_tasks)
    assert not any(each.task for each in agreed.suggestions)
