"""The main job, on real input: from an empty folder to a printed summary, a pulled plug, and everything there again."""

import re
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from ipt_desktop.domain.records import Attendance
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import unlock
from tests.journey.therapist import Therapist

pytestmark = [pytest.mark.window, pytest.mark.skipif(not sys.platform.startswith("linux"), reason="drives an X server")]

PASSPHRASE = "quiet lantern crosses seven rivers"  # noqa: S105 - opens what the test makes
CLIENT = "Tova Ekdahl"
PEOPLE = (
    "Elin, daughter",
    "Johan, husband",
    "Ruth, mother-in-law",
    "Karl, father",
    "Inge, sister",
    "Sam, friend",
    "Bea, friend",
)
SESSIONS = 16
FIRST_DAY = date.today() - timedelta(weeks=15)


def test_the_main_job(tmp_path: Path) -> None:
    data, log, pdf, sheet = (tmp_path / name for name in ("practice", "log.txt", "summary.pdf", "sheet.pdf"))
    therapist = Therapist(data, log=log)
    try:
        create_practice(therapist, sheet)
        add_client(therapist)
        begin_course(therapist)
        draw_circle(therapist)
        write_sixteen_sessions(therapist)
        move_people_nearer(therapist)
        say_goodbye(therapist)
        save_summary(therapist, pdf)
        kept = die_in_mid_sentence(therapist)
    finally:
        therapist.kill()
    assert_summary(pdf)
    therapist = Therapist(data, log=log)
    try:
        find_everything_again(therapist, kept)
        therapist.press("ctrl+q")
        assert therapist.wait_for_end() == 0
    finally:
        therapist.kill()
    assert_nothing_is_missing(data)
    assert log.read_text() == "", "nothing went wrong on the way"


def create_practice(therapist: Therapist, sheet: Path) -> None:
    therapist.click("create_practice")
    therapist.write("practice_name", "Willow Lane Practice")
    therapist.press("Tab")
    therapist.type("Dr Alma Example")
    therapist.press("Tab")
    therapist.type(PASSPHRASE)
    therapist.click("passphrase_again")
    therapist.type(PASSPHRASE)
    therapist.click("create_submit")
    keep_recovery_sheet(therapist, sheet)
    therapist.click("begin")
    therapist.see("clients_page")


def keep_recovery_sheet(therapist: Therapist, sheet: Path) -> None:
    """Save the sheet, read the group that is asked for from it as from paper, and mistype it once."""
    therapist.click("recovery_save")
    save_as(therapist, "recovery_save_dialog", sheet)
    asked = re.search(r"\d+", therapist.words_of("recovery_group_label"))
    assert asked is not None
    group = groups_on(sheet)[int(asked[0]) - 1]
    therapist.write("recovery_group", group[:3])
    therapist.press("Return")
    therapist.read("A group has 4 characters; these are 3.")
    therapist.write("recovery_group", group)
    therapist.press("Return")


def groups_on(sheet: Path) -> list[str]:
    """Return the fourteen groups as they stand on the sheet, each after its number."""
    command = ["pdftotext", "-layout", str(sheet), "-"]
    words = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = {int(number): group for number, group in re.findall(r"\b(\d{1,2}) +([0-9A-HJKMNP-TV-Z]{4})\b", words)}
    return [found[number] for number in range(1, 15)]


def save_as(therapist: Therapist, dialog: str, file: Path) -> None:
    """Type a file's name into a dialog that asks where to save."""
    therapist.until("the place to save it", lambda: dialog in therapist.screen()["names"])
    therapist.press("ctrl+a")
    therapist.type(str(file))
    therapist.press("Return")
    therapist.until("the file", file.exists)


def add_client(therapist: Therapist) -> None:
    therapist.press("ctrl+n")
    therapist.see("new_name")
    therapist.type(CLIENT)
    therapist.press("Return")
    therapist.see("client_table")
    therapist.read(CLIENT)


def begin_course(therapist: Therapist) -> None:
    therapist.click("begin_course")
    therapist.write("course_start", FIRST_DAY.isoformat())
    therapist.press("Tab")
    therapist.click("course_done")
    therapist.until("the course", lambda: "16" in str(therapist.ask(ask="widget", name="course_terms")))


def draw_circle(therapist: Therapist) -> None:
    """Eight people: seven named one after the other, who wait and are placed; one put where the mouse points; then moved."""
    therapist.press("ctrl+2")
    therapist.click("circle_add")
    for person in PEOPLE:
        therapist.type(person)
        therapist.press("Return")
        assert therapist.token(person.partition(",")[0])["felt"] is None, "waiting for a place"
    for person in PEOPLE:
        name = person.partition(",")[0]
        therapist.click_at(therapist.token(name)["place"])
        therapist.press("Return")
        therapist.until(f"{name} placed", lambda name=name: therapist.token(name)["felt"] is not None)
    x, y, width, height = therapist.see("circle_canvas")["place"]
    therapist.click_at([x + width // 2 + 90, y + height // 2 + 90, 1, 1], times=2)
    therapist.until("the field for a name", lambda: therapist.screen()["focus"] == "circle_add")
    therapist.type("Noor, colleague")
    therapist.press("Return")
    assert therapist.token("Noor")["felt"] > 0.3, "put where the mouse pointed"
    centre = (x + width // 2, y + height // 2)
    felt = therapist.token("Elin")["felt"]
    at = therapist.token("Elin")["place"]
    therapist.drag("Elin", (centre[0] - at[0]) // 2, (centre[1] - at[1]) // 2)
    therapist.until("Elin nearer", lambda: therapist.token("Elin")["felt"] > felt + 0.1)
    at, felt = therapist.token("Johan")["place"], therapist.token("Johan")["felt"]
    therapist.click_at(at)
    therapist.press("Up", "Up", "Up")
    therapist.until("Johan nearer", lambda: therapist.token("Johan")["felt"] > felt + 0.1)
    nearer = therapist.token("Johan")["felt"]
    therapist.press("Down", "Down", "Down", "Down")
    therapist.until("Johan farther", lambda: therapist.token("Johan")["felt"] < nearer - 0.15)
    therapist.press("ctrl+z")
    therapist.until("the step taken back", lambda: therapist.token("Johan")["felt"] != nearer - 0.2)


def write_sixteen_sessions(therapist: Therapist) -> None:
    for number in range(1, SESSIONS + 1):
        if number == 4:
            set_phase(therapist, "middle", day_of(4), "focus agreed")
        if number == 14:
            set_phase(therapist, "termination", day_of(14), "three sessions left")
        write_session(therapist, number)


def day_of(number: int) -> date:
    return FIRST_DAY + timedelta(weeks=number - 1)


def write_session(therapist: Therapist, number: int) -> None:
    """Make a session on its day, say that she came, and write a note that is kept without being asked."""
    therapist.press("ctrl+3")
    therapist.see("sessions_page")
    therapist.press("ctrl+shift+n")
    therapist.see("session_title", f"Session {number}")
    if not therapist.ask(ask="widget", name="session_date"):
        therapist.click("session_change")
    therapist.write("session_date", day_of(number).isoformat())
    therapist.press("Tab")
    therapist.until("the session on its day", lambda: str(day_of(number).day) in therapist.words_of("session_line"))
    therapist.click("session_attendance_attended")
    therapist.until("that she came", lambda: "attended" in therapist.words_of("session_line"))
    therapist.click("field_what_happened_prose")
    therapist.type(note(number))
    therapist.see("field_what_happened_prose", note(number))


def note(number: int) -> str:
    return f"In hour {number} she told Ruth what she needs."


def set_phase(therapist: Therapist, phase: str, day: date, reason: str) -> None:
    therapist.press("ctrl+4")
    therapist.click("phase_move")
    therapist.click(f"phase_choice_{phase}")
    therapist.write("phase_date", day.isoformat())
    therapist.write("phase_reason", reason)
    therapist.click("phase_editor_keep")
    therapist.read(reason)


def move_people_nearer(therapist: Therapist) -> None:
    """Today's circle: Johan nearer than fifteen weeks ago."""
    therapist.press("ctrl+2")
    felt = therapist.token("Johan")["felt"]
    therapist.click_at(therapist.token("Johan")["place"])
    therapist.press(*["Up"] * 8)
    therapist.until("Johan nearer", lambda: therapist.token("Johan")["felt"] > felt + 0.3)


def say_goodbye(therapist: Therapist) -> None:
    therapist.press("ctrl+4")
    therapist.click("papers_ending")
    therapist.click("page_gains")
    therapist.click("field_gains_prose")
    therapist.type("She says no before she is angry.")
    therapist.see("field_gains_prose", "before she is angry")


def save_summary(therapist: Therapist, pdf: Path) -> None:
    therapist.press("ctrl+6")
    therapist.click("kind_termination-summary")
    therapist.see("save_report")
    therapist.click("save_report")
    save_as(therapist, "save_report_dialog", pdf)


def die_in_mid_sentence(therapist: Therapist) -> str:
    """Type on and on; return what was on screen two seconds before the plug is pulled."""
    therapist.press("ctrl+3")
    therapist.click("field_what_happened_prose")
    therapist.press("ctrl+End")
    kept = " And then she said that it was"
    therapist.type(kept)
    therapist.see("field_what_happened_prose", kept)
    seen = time.monotonic()
    while time.monotonic() < seen + 2.0:
        therapist.type(" not")
    return kept.strip()


def assert_summary(pdf: Path) -> None:
    command = ["pdftotext", "-layout", str(pdf), "-"]
    words = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert CLIENT in words
    assert "before she is angry" in words
    for name in ("Johan", "Ruth", "Elin"):
        assert name not in words, "third parties are initials"


def find_everything_again(therapist: Therapist, kept: str) -> None:
    """Unlock, and be in the note that was cut off; see the circle, the clients and the phase on the screen."""
    therapist.click("unlock_passphrase")
    therapist.type(PASSPHRASE)
    therapist.press("Return")
    therapist.see("session_title", f"Session {SESSIONS}")
    therapist.see("field_what_happened_prose", f"{note(SESSIONS)} {kept}")
    therapist.press("ctrl+2")
    for person in (*PEOPLE, "Noor, colleague"):
        therapist.token(person.partition(",")[0])
    therapist.press("ctrl+1")
    therapist.see("client_table")
    therapist.press("ctrl+4")
    therapist.read("three sessions left")


def assert_nothing_is_missing(data: Path) -> None:
    """Open the practice without a window, and read all that was done in it."""
    desk = Desk(unlock(data, PASSPHRASE))
    try:
        (client,) = desk.clients.clients()
        (course,) = desk.courses.courses(client.id)
        sessions, notes = desk.sessions.sessions(course.id), desk.documents.notes(course.id)
        assert [each.date for each in sessions] == [day_of(number) for number in range(1, SESSIONS + 1)]
        assert {each.attendance for each in sessions} == {Attendance.ATTENDED}
        for number, session in enumerate(sessions, start=1):
            assert note(number) in str(notes[session.id].answers)
        changes = desk.phases.changes(course.id)
        assert [(each.phase, each.on) for each in changes] == [("middle", day_of(4)), ("termination", day_of(14))]
        people = {each.name: each for each in desk.circles.people(client.id)}
        assert set(people) == {each.partition(",")[0] for each in (*PEOPLE, "Noor")}
        assert people["Ruth"].relation == "mother_in_law"
        assert set(desk.circles.circle(course.id).placements) == {each.id for each in people.values()}
    finally:
        desk.close()
