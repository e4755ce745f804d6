"""The self-check: what is asked in which phase, what was written, and what a phase looks like afterwards."""

from dataclasses import replace
from datetime import date, timedelta

from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.protocol import Phase, Protocol, Task
from ipt_desktop.domain.records import Attendance, Course, PhaseChange, Session
from ipt_desktop.domain.self_check import SelfCheck, every_session_of, look_back, read_self_check, steps_in, steps_of
from ipt_desktop.services.resources import Resources
from tests.domain.test_protocol import BRIEF

FORM = Resources().form_for(Purpose.SELF_CHECK)
START = date(2026, 3, 2)
MOOD, LINK, SUM = (Task(key=key, text=key.title()) for key in ("mood", "link", "sum"))
ENDING = Phase(key="ending", label="Ending", first=9, last=10, every_session=(SUM, MOOD))
LONG = replace(
    BRIEF,
    planned_sessions=10,
    phases=(BRIEF.phases[0], replace(BRIEF.phases[1], every_session=(MOOD, LINK, SUM)), ENDING),
)


def course(protocol: Protocol) -> Course:
    return Course(
        client_id="c",
        number=1,
        protocol="p",
        planned_sessions=protocol.planned_sessions,
        minutes=50,
        frequency="weekly",
        phases=protocol.agreed_phases(),
        started_on=START,
    )


def session(number: int) -> Session:
    return Session(id=str(number), course_id="k", date=START + timedelta(weeks=number - 1), attendance=Attendance.ATTENDED)


def test_a_phase_asks_its_own_steps_and_without_any_those_of_the_longest_list():
    assert steps_of(LONG, "middle") == (MOOD, LINK, SUM)
    assert steps_of(LONG, "ending") == (SUM, MOOD)
    assert steps_of(LONG, "initial") == (MOOD, LINK, SUM)
    assert steps_of(LONG, "of an earlier protocol") == (MOOD, LINK, SUM)


def test_a_protocol_that_asks_nothing_leaves_the_form_its_own_steps():
    silent = replace(LONG, phases=tuple(replace(each, every_session=()) for each in LONG.phases))
    assert steps_of(silent, "middle") == ()
    assert [each.key for each in steps_in(silent, FORM, "middle")][:2] == ["opening", "mood"]
    assert every_session_of(silent) == []
    assert [each.key for each in every_session_of(LONG)] == ["mood", "link", "sum"]


def test_answers_are_read_by_their_meaning():
    answers = {"done": ["mood", "close"], "reflection": "slower next time", "scale": " Q&A ", "total": "3.4"}
    read = read_self_check(FORM, answers)
    assert read.done == {"mood", "close"}
    assert (read.scale, read.total) == ("Q&A", "3.4")
    assert read.reflection[0].text == "slower next time"
    assert not read.is_blank
    assert read_self_check(FORM, {}).is_blank
    assert read_self_check(FORM, {"done": [], "reflection": [], "total": "  "}).is_blank


def test_nothing_of_it_is_ever_printed_unless_it_is_asked_for():
    assert all(each.is_confidential for each in FORM.fields)


def test_each_phase_is_looked_back_on_with_its_tasks_and_how_often_each_step_was_done():
    held = [session(number) for number in range(1, 6)]
    changes = [PhaseChange(course_id="k", phase="middle", on=held[2].date)]
    checks = {
        "3": SelfCheck(frozenset({"mood", "link"})),
        "4": SelfCheck(frozenset({"mood"}), total="3.1"),
        "5": SelfCheck(),  # opened, and left empty
    }
    first, middle, ending = look_back(LONG, course(LONG), changes, held, ["initial.circle"], checks, FORM)
    assert (first.phase.key, len(first.sessions), first.checked) == ("initial", 2, 0)
    assert ([each.key for each in first.done], first.still_open) == (["circle"], ())
    assert ([each.id for each in middle.sessions], middle.checked) == (["3", "4", "5"], 2)
    assert [(each.task.key, each.done, each.asked) for each in middle.steps] == [("mood", 2, 2), ("link", 1, 2), ("sum", 0, 2)]
    assert (ending.sessions, ending.checked) == ((), 0)


def test_a_phase_that_the_protocol_no_longer_has_is_passed_over():
    changes = [PhaseChange(course_id="k", phase="gone", on=START)]
    looks = look_back(LONG, course(LONG), changes, [session(1)], [], {}, FORM)
    assert [each.phase.key for each in looks] == ["initial", "middle", "ending"]
