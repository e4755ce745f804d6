"""The note as a form: any format, events told, goals, sessions left; what stood last time beside it, and its jottings."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.dates import short_date
from ipt_desktop.domain.records import Attendance, Session, SessionKind, SessionMode
from ipt_desktop.domain.rich_text import plain, to_json
from ipt_desktop.domain.session_records import Event, EventKind, Step, StepDone
from ipt_desktop.domain.treatment_records import Goal, GoalStatus
from tests.ui.naming import unnamed
from tests.ui.sessions.conftest import SessionsRoom
from ui.forms.choices import PersonsEditor
from ui.page import Page
from ui.preferences import Preferences
from ui.widgets.chips import Chip

TODAY = date.today()


def line(room: SessionsRoom, name: str) -> QLineEdit:
    found = room.page.findChild(QLineEdit, name)
    assert found is not None
    return found


def click(qtbot: QtBot, room: SessionsRoom, name: str) -> None:
    qtbot.mouseClick(room.button(name), Qt.MouseButton.LeftButton)


def shown(room: SessionsRoom, name: str) -> str:
    """Return what a line says, "" where it is away."""
    QApplication.processEvents()  # a part that has just been built is shown with the next events
    found = room.page.findChild(QLabel, name)
    assert found is not None
    return found.text() if found.isVisible() else ""


def events(room: SessionsRoom) -> list[Event]:
    return room.desk.events.of_client(room.client.id)


class TabStub(Page):
    """Another tab, which hears whom it is to show."""

    chosen = ""

    def choose_person(self, person_id: str) -> None:
        self.chosen = person_id


# -- forms ---------------------------------------------------------------------------------------------------------


def test_the_head_offers_every_form_and_another_kind_of_session_begins_with_its_own(sessions_room: SessionsRoom):
    call = Session(course_id=sessions_room.course.id, date=TODAY, kind=SessionKind.PHONE)
    sessions_room.desk.sessions.add_session(call)
    page = sessions_room.show()
    offered = page.findChild(QComboBox, "session_form")
    assert offered is not None
    titles = [offered.itemText(row) for row in range(offered.count())]
    assert titles[0] == "IPT session note"
    assert {"SOAP note", "DAP note", "BIRP note", "GIRP note", "Crisis contact", "Letter", "Free note"} <= set(titles)
    assert offered.currentText() == "Telephone contact"


def test_words_people_and_risk_come_along_to_soap_and_back(sessions_room: SessionsRoom, qtbot: QtBot):
    elin = sessions_room.desk.circles.add_person(sessions_room.client.id, "Elin", "daughter")
    (session,) = sessions_room.room.sessions(sessions_room.course, 1)
    sessions_room.write(session, "Rang Johan.", with_whom=[elin.id], risk={"asked": "none"}, intervention=["role_play"])
    page = sessions_room.show()
    for key in ("soap-note", "birp-note", "ipt-session-note"):
        page.note.take_form(key)
        assert sessions_room.text().toPlainText() == "Rang Johan."
        assert sessions_room.button(f"field_with_whom_{elin.id}").isChecked()
        assert sessions_room.button("field_risk_asked_none").isChecked()
        assert sessions_room.button("field_intervention_role_play").isChecked()


# -- events --------------------------------------------------------------------------------------------------------


def test_an_event_is_typed_with_the_keys_and_can_be_undone(sessions_room: SessionsRoom, qtbot: QtBot):
    (session,) = sessions_room.room.sessions(sessions_room.course, 1)
    page = sessions_room.show()
    page.note.unfold_all()
    sessions_room.button("field_events_add").setFocus()
    qtbot.keyClick(sessions_room.button("field_events_add"), Qt.Key.Key_Return)
    title = line(sessions_room, "field_events_panel_title")
    qtbot.waitUntil(title.hasFocus)
    qtbot.keyClicks(title, "Johan moved out")
    when = line(sessions_room, "field_events_panel_when")
    when.selectAll()
    qtbot.keyClicks(when, "March 2026")
    qtbot.keyClick(when, Qt.Key.Key_Return)
    (told,) = events(sessions_room)
    assert (told.title, told.on, told.session_id, told.kind) == ("Johan moved out", "2026-03", session.id, EventKind.OTHER)
    qtbot.waitUntil(lambda: page.findChild(QLabel, f"field_events_title_{told.id}") is not None)
    assert not page.note.writer.is_unsaved  # nothing of it is an answer of the form
    sessions_room.frame.stack.undo()
    assert events(sessions_room) == []
    qtbot.waitUntil(lambda: page.findChild(QLabel, f"field_events_title_{told.id}") is None)
    sessions_room.frame.stack.redo()
    assert events(sessions_room) == [told]


def test_an_event_is_changed_and_taken_out(sessions_room: SessionsRoom, qtbot: QtBot):
    (session,) = sessions_room.room.sessions(sessions_room.course, 1)
    told = Event(client_id=sessions_room.client.id, session_id=session.id, on="2026-03-02", title="Moved out")
    sessions_room.desk.events.add_event(told)
    page = sessions_room.show()
    page.note.unfold_all()
    click(qtbot, sessions_room, f"field_events_change_{told.id}")
    every_year = page.findChild(QCheckBox, "field_events_panel_recurs")
    assert every_year is not None
    every_year.click()
    click(qtbot, sessions_room, "field_events_panel_keep")
    assert events(sessions_room) == [replace(told, recurs=True)]
    qtbot.waitUntil(lambda: "every year" in shown(sessions_room, f"field_events_detail_{told.id}"))
    click(qtbot, sessions_room, f"field_events_remove_{told.id}")
    assert events(sessions_room) == []
    sessions_room.frame.stack.undo()
    assert events(sessions_room) == [replace(told, recurs=True)]


def test_a_date_that_can_not_be_read_is_said_and_nothing_is_lost(sessions_room: SessionsRoom, qtbot: QtBot):
    first, second = sessions_room.room.sessions(sessions_room.course, 2)
    page = sessions_room.show()
    page.note.unfold_all()
    click(qtbot, sessions_room, "field_events_add")
    qtbot.keyClicks(line(sessions_room, "field_events_panel_title"), "Lost the keys")
    when = line(sessions_room, "field_events_panel_when")
    when.selectAll()
    qtbot.keyClicks(when, "some time in spring")
    qtbot.keyClick(when, Qt.Key.Key_Return)
    assert events(sessions_room) == []
    assert "has no place in time" in shown(sessions_room, "field_events_panel_error_words")
    assert "summer 2019" in shown(sessions_room, "field_events_panel_error_words")
    assert page.choose_session(first.id)  # leaving keeps it, on the session's day, with the words about when
    (told,) = events(sessions_room)
    assert (told.title, told.on, told.note) == ("Lost the keys", second.date.isoformat(), "some time in spring")
    left = page.findChild(QLineEdit, "field_events_panel_title")
    assert left is None or (not left.isVisible() and not left.text()), "the next note begins with no event opened"
    assert page.choose_session(second.id)
    page.note.unfold_all()
    qtbot.waitUntil(lambda: shown(sessions_room, f"field_events_detail_{told.id}").endswith("“some time in spring”"))
    click(qtbot, sessions_room, f"field_events_change_{told.id}")
    when = line(sessions_room, "field_events_panel_when")
    when.selectAll()
    qtbot.keyClicks(when, "2019")
    yearly = page.findChild(QCheckBox, "field_events_panel_recurs")
    assert yearly is not None
    yearly.setChecked(True)
    qtbot.keyClick(when, Qt.Key.Key_Return)
    assert "needs a day or a month" in shown(sessions_room, "field_events_panel_error_words"), "a year has no anniversary"
    when.selectAll()
    qtbot.keyClicks(when, "3/2019")
    qtbot.keyClick(when, Qt.Key.Key_Return)
    (told,) = events(sessions_room)
    assert (told.on, told.note, told.recurs) == ("2019-03", "", True), "once the date can be read, the words about it go"


def test_an_event_without_words_is_not_kept(sessions_room: SessionsRoom, qtbot: QtBot):
    sessions_room.room.sessions(sessions_room.course, 1)
    page = sessions_room.show()
    page.note.unfold_all()
    click(qtbot, sessions_room, "field_events_add")
    qtbot.keyClick(line(sessions_room, "field_events_panel_title"), Qt.Key.Key_Return)
    assert "what happened?" in shown(sessions_room, "field_events_panel_error_words")
    qtbot.keyClick(line(sessions_room, "field_events_panel_title"), Qt.Key.Key_Escape)
    assert events(sessions_room) == []
    assert not line(sessions_room, "field_events_panel_title").isVisible()
    assert sessions_room.frame.stack.count() == 0


# -- goals, sessions left, people, risk ------------------------------------------------------------------------------


def test_goals_touched_and_sessions_left_are_stored_with_the_note(sessions_room: SessionsRoom, qtbot: QtBot):
    goal = sessions_room.desk.goals.add_goal(Goal(course_id=sessions_room.course.id, words="Two evenings a month"))
    session, _second = sessions_room.room.sessions(sessions_room.course, 2)
    page = sessions_room.show()
    assert page.choose_session(session.id)
    page.note.unfold_all()
    click(qtbot, sessions_room, f"field_goals_{goal.id}")
    box = page.findChild(QCheckBox, "field_sessions_left_box")
    assert box is not None
    assert box.text() == "15 sessions left, said to the client"
    assert not box.isChecked()
    box.click()
    assert page.flush()
    assert f"'goals': ['{goal.id}']" in sessions_room.stored(session)
    assert "'sessions_left': True" in sessions_room.stored(session)


def test_how_far_a_goal_touched_is_is_said_in_the_note_and_undone(sessions_room: SessionsRoom, qtbot: QtBot):
    desk = sessions_room.desk
    goal = desk.goals.add_goal(Goal(course_id=sessions_room.course.id, words="Two evenings a month"))
    session, _second = sessions_room.room.sessions(sessions_room.course, 2)
    page = sessions_room.show()
    assert page.choose_session(session.id)
    page.note.unfold_all()
    QApplication.processEvents()  # a part that has just been built is shown with the next events
    link = sessions_room.button(f"field_goals_far_{goal.id}")
    assert not link.isVisible(), "only of a goal that was touched"
    click(qtbot, sessions_room, f"field_goals_{goal.id}")
    assert link.text() == "How far: Two evenings a month…"
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    value = sessions_room.button(f"goal_rate_{goal.id}_row_6")
    assert value.isVisible()
    qtbot.mouseClick(value, Qt.MouseButton.LeftButton)
    (rating,) = desk.goals.ratings(sessions_room.course.id)
    assert (rating.value, rating.session_id) == (6, session.id)
    assert sessions_room.frame.tab == "", "nothing leads away"
    qtbot.waitUntil(lambda: link.text() == "6 of 10: Two evenings a month…")
    assert page.findChild(QWidget, f"goal_rate_{goal.id}") is None
    sessions_room.frame.undo_stack().undo()
    assert desk.goals.ratings(sessions_room.course.id) == []
    qtbot.waitUntil(lambda: link.text() == "How far: Two evenings a month…")


def test_a_goal_that_is_closed_is_looked_at_where_the_goals_are(
    sessions_room: SessionsRoom, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    goal = sessions_room.desk.goals.add_goal(Goal(course_id=sessions_room.course.id, words="Two evenings a month"))
    session, _second = sessions_room.room.sessions(sessions_room.course, 2)
    sessions_room.write(session, "Told.", goals=[goal.id])
    page = sessions_room.show()
    assert page.choose_session(session.id)
    page.note.unfold_all()
    sessions_room.desk.goals.change_goal(replace(goal, status=GoalStatus.MET, closed_on=goal.set_on))
    phases = TabStub(sessions_room.desk, sessions_room.frame)
    monkeypatch.setattr(sessions_room.frame, "page", {"phases": phases}.get)
    asked: list[tuple[str, str]] = []
    monkeypatch.setattr(phases, "ask_how_far", lambda *told: bool(asked.append(told)))
    qtbot.mouseClick(sessions_room.button(f"field_goals_far_{goal.id}"), Qt.MouseButton.LeftButton)
    assert sessions_room.frame.tab == "phases"
    assert asked == [(goal.id, session.id)]


def test_a_name_leads_to_the_circle_by_its_menu(sessions_room: SessionsRoom, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    elin = sessions_room.desk.circles.add_person(sessions_room.client.id, "Elin", "daughter")
    (session,) = sessions_room.room.sessions(sessions_room.course, 1)
    sessions_room.write(session, "Told.", with_whom=[elin.id])
    page = sessions_room.show()
    circle = TabStub(sessions_room.desk, sessions_room.frame)
    monkeypatch.setattr(sessions_room.frame, "page", {"circle": circle}.get)
    chip = sessions_room.button(f"field_with_whom_{elin.id}")
    chip.customContextMenuRequested.emit(chip.rect().center())
    menu = page.findChild(QMenu, "field_with_whom_menu")
    assert menu is not None
    (action,) = menu.actions()
    assert action.text() == "Go to Elin on the circle"
    action.trigger()
    menu.close()
    assert (sessions_room.frame.tab, circle.chosen) == ("circle", elin.id)
    assert chip.isChecked()


def test_more_about_a_risk_is_asked_for_only_once_it_was_asked(sessions_room: SessionsRoom, qtbot: QtBot):
    sessions_room.room.sessions(sessions_room.course, 1)
    page = sessions_room.show()
    page.note.unfold_all()
    more = sessions_room.button("field_risk_more")
    assert not more.isVisible()
    click(qtbot, sessions_room, "field_risk_asked_not_asked")
    assert not more.isVisible()
    click(qtbot, sessions_room, "field_risk_asked_none")
    qtbot.waitUntil(more.isVisible)


def test_in_a_running_session_nothing_of_last_time_stands_in_the_note(sessions_room: SessionsRoom):
    first, second = sessions_room.room.sessions(sessions_room.course, 2)
    found = {"asked": "changed", "words": "passive ideation"}
    sessions_room.write(first, "Waited.", mood=4, between_session_task="Ring Johan", risk=found)
    sessions_room.write(second, "", jottings=to_json(plain("pear tree")))
    page = sessions_room.show()
    assert shown(sessions_room, "hint_last_step") == "Agreed last time: Ring Johan"
    assert sessions_room.widget("jottings_card").isVisible()
    sessions_room.desk.sessions.change_session(replace(second, begun_at=datetime.now().astimezone()))
    page.refresh()
    assert shown(sessions_room, "hint_last_step") == "F4 shows the words agreed last time."
    hint = page.findChild(QLabel, "hint_risk")
    assert hint is not None
    assert "passive" not in hint.text()
    assert not sessions_room.widget("jottings_card").isVisible()
    sessions_room.desk.sessions.change_session(second)
    page.refresh()
    assert shown(sessions_room, "hint_last_step") == "Agreed last time: Ring Johan"


# -- last time -------------------------------------------------------------------------------------------------------


def test_the_card_tells_what_there_is_and_nothing_else(sessions_room: SessionsRoom, qtbot: QtBot):
    first, second = sessions_room.room.sessions(sessions_room.course, 2)
    sven = sessions_room.desk.circles.add_person(sessions_room.client.id, "Sven", "father")
    died = (second.date + timedelta(3)).replace(year=second.date.year - 7)
    sessions_room.desk.circles.change_person(replace(sven, has_died=True, died=died.isoformat()))
    since = (first.date + timedelta(2)).isoformat()
    sessions_room.desk.events.add_event(Event(client_id=sessions_room.client.id, on=since, title="Johan rang"))
    found = {"asked": "changed", "words": "Passive ideation. No plan."}
    sessions_room.write(first, "Waited.", mood=4, between_session_task="Ring Johan", plan="The holidays", risk=found)
    page = sessions_room.show()
    assert shown(sessions_room, "last_time_words") == "Mood 4. Waited."
    assert shown(sessions_room, "last_time_task") == "Ring Johan"
    assert shown(sessions_room, "last_time_reviewed") == ""
    assert shown(sessions_room, "last_time_plan") == "The holidays"
    assert shown(sessions_room, "last_time_since").endswith(": Johan rang")
    assert shown(sessions_room, "last_time_risk").startswith("Passive ideation · asked ")
    assert shown(sessions_room, "last_time_near").endswith(": 7 years since Sven died")
    assert shown(sessions_room, "last_time_tasks").count("\n") == 2
    assert sessions_room.button("last_time_more").text().startswith("and ")
    assert shown(sessions_room, "last_time_left") == "14 sessions left"
    click(qtbot, sessions_room, "last_time_more")
    assert sessions_room.frame.tab == "phases"
    assert page.choose_session(first.id)
    assert shown(sessions_room, "last_time_words") == "Nothing has been written before this session."
    for away in ("task", "plan", "since", "risk", "task_caption", "since_caption", "risk_caption"):
        assert shown(sessions_room, f"last_time_{away}") == "", away
    assert not unnamed(page)


def test_supervision_and_a_letter_do_not_stand_in_for_last_time(sessions_room: SessionsRoom):
    first, second = sessions_room.room.sessions(sessions_room.course, 2)
    sessions_room.write(first, "Waited.", mood=4, between_session_task="Ring Johan", plan="The holidays")
    between = first.date + timedelta(2)
    for kind, words in ((SessionKind.SUPERVISION, "Do I side with Johan?"), (SessionKind.LETTER, "Dr Hale writes.")):
        beside = Session(course_id=sessions_room.course.id, date=between, kind=kind)
        plan = "Ask about the silence" if kind is SessionKind.SUPERVISION else ""
        sessions_room.write(sessions_room.desk.sessions.add_session(beside), words, plan=plan)
    page = sessions_room.show()
    assert page.choose_session(second.id)
    assert shown(sessions_room, "last_time_words") == "Mood 4. Waited."
    plan = shown(sessions_room, "last_time_plan").splitlines()
    assert plan == ["The holidays", f"Supervision, {short_date(between)}: Ask about the silence"]
    assert shown(sessions_room, "hint_last_step") == "Agreed last time: Ring Johan"


def test_every_open_task_is_on_the_card_with_whom_and_how_one_went(sessions_room: SessionsRoom):
    first, call, last = sessions_room.room.sessions(sessions_room.course, 3)
    sessions_room.write(first, "Waited.", between_session_task="Ring Johan", plan="The holidays")
    sessions_room.desk.sessions.change_session(replace(call, kind=SessionKind.CRISIS, mode=SessionMode.PHONE))
    sessions_room.write(call, "She rang, in tears.")
    tess = sessions_room.desk.circles.add_person(sessions_room.client.id, "Tess", "friend")
    steps, course_id, day = sessions_room.desk.steps, sessions_room.course.id, call.date
    steps.add_step(Step(course_id=course_id, words="Lunch", person_id=tess.id, agreed_on=day, due=day + timedelta(3)))
    page = sessions_room.show()
    assert page.choose_session(last.id)
    assert shown(sessions_room, "last_time_task") == "Ring Johan"
    assert shown(sessions_room, "hint_last_step") == "Agreed last time: Ring Johan", (
        "though nothing was agreed on the telephone"
    )
    assert shown(sessions_room, "last_time_plan") == f"Session, {short_date(first.date)}: The holidays"
    assert not any("telephone" in each for each in sessions_room.rows()), "a crisis contact is by telephone as a rule"
    assert shown(sessions_room, "last_time_steps").startswith("– Lunch · with Tess · for ")
    (rung,) = (each for each in steps.of_course(course_id) if each.words == "Ring Johan")
    steps.review_step(replace(rung, done=StepDone.PARTLY, what_happened="no answer", reviewed_on=day))
    page.refresh()
    assert shown(sessions_room, "last_time_reviewed").startswith("partly · no answer · asked ")


def test_the_card_says_what_was_marked_and_the_mood_now(sessions_room: SessionsRoom, qtbot: QtBot):
    first, _second = sessions_room.room.sessions(sessions_room.course, 2)
    sessions_room.write(first, "Waited.", mood=4, between_session_task="Ring Johan")
    page = sessions_room.show()
    click(qtbot, sessions_room, "field_last_step_done_partly")
    click(qtbot, sessions_room, "field_mood_row_6")
    qtbot.waitUntil(lambda: shown(sessions_room, "last_time_reviewed") == "You marked it partly done.")
    qtbot.waitUntil(lambda: shown(sessions_room, "last_time_since") == "Mood 4, now 6")
    page.forget()
    assert "Johan" not in "".join(each.text() for each in page.findChildren(QLabel))


def test_f4_hides_the_margin_and_the_next_start_has_it_as_it_was_left(sessions_room: SessionsRoom):
    sessions_room.room.sessions(sessions_room.course, 1)
    page = sessions_room.show()
    page.columns.toggle_last_time()
    kept: Preferences = sessions_room.frame.preferences
    assert kept.hides_last_time
    page.forget()
    sessions_room.frame = frame = sessions_room.room.frame(sessions_room.client)
    frame.preferences = kept
    again = type(page)(sessions_room.desk, frame)
    frame.hold(again, 1280, 800)
    assert not again.columns.last_time.isVisible()
    again.columns.toggle_last_time()
    assert again.columns.last_time.isVisible()
    assert not kept.hides_last_time


def test_after_the_session_the_facts_stand_on_one_line_and_so_does_the_risk_row(sessions_room: SessionsRoom):
    sessions_room.desk.sessions.add_session(
        Session(
            course_id=sessions_room.course.id,
            date=date(2026, 9, 2),
            starts_at=time(11),
            ends_at=time(11, 50),
            attendance=Attendance.ATTENDED,
        )
    )
    page = sessions_room.show()
    sessions_room.frame.resize(1302, 800)  # the page is 1280 wide
    page.note.unfold_all()
    told = shown(sessions_room, "session_line")
    assert told.startswith("Wednesday 2 September")
    assert told.endswith(", 11:00 to 11:50 · in person · attended")
    line_of_facts = sessions_room.widget("session_line")
    assert line_of_facts.height() < 2 * line_of_facts.fontMetrics().height()
    assert sessions_room.button("session_private").text() == "Private"
    asked, act = sessions_room.widget("field_risk_asked"), sessions_room.widget("field_risk_act")
    assert asked.mapTo(page, QPoint()).y() == act.mapTo(page, QPoint()).y()


# -- jottings --------------------------------------------------------------------------------------------------------


def test_jottings_stand_in_the_margin_and_go_with_one_press_that_can_be_undone(sessions_room: SessionsRoom, qtbot: QtBot):
    (session,) = sessions_room.room.sessions(sessions_room.course, 1)
    page = sessions_room.show()
    card = sessions_room.widget("jottings_card")
    assert not card.isVisible()
    field = sessions_room.text("jottings")
    qtbot.keyClicks(field, "pear tree")
    assert shown(sessions_room, "jottings_words") == ""  # they stand in the form now, and once
    assert field.isVisible()
    click(qtbot, sessions_room, "jottings_delete")
    assert field.toPlainText() == ""
    assert page.flush()
    assert "pear" not in sessions_room.stored(session)
    assert shown(sessions_room, "jottings_words") == ""
    click(qtbot, sessions_room, "jottings_undo")
    assert field.toPlainText() == "pear tree"
    click(qtbot, sessions_room, "jottings_delete")
    qtbot.keyClicks(sessions_room.text(), "Something else.")
    assert not card.isVisible()  # the offer stays only until the next thing that is done


def test_jottings_stand_once_in_the_margin_or_in_the_form(sessions_room: SessionsRoom, qtbot: QtBot):
    first, second = sessions_room.room.sessions(sessions_room.course, 2)
    sessions_room.write(first, "Elsewhere.")
    sessions_room.write(second, "Told.", jottings=to_json(plain("pear tree")))
    page = sessions_room.show()

    def stands() -> tuple[bool, bool]:
        field, caption = sessions_room.text("jottings"), page.note.view.findChild(QLabel, "label_jottings")
        assert caption is not None
        assert caption.isVisible() is field.isVisible()
        return field.isVisible(), shown(sessions_room, "jottings_words") == "pear tree"

    assert stands() == (False, True)
    page.columns.toggle_last_time()
    assert stands() == (True, False)
    page.columns.toggle_last_time()
    assert stands() == (False, True)
    click(qtbot, sessions_room, "jottings_edit")
    assert stands() == (True, False)
    qtbot.waitUntil(sessions_room.text("jottings").hasFocus)
    assert page.choose_session(first.id)
    assert page.choose_session(second.id)
    assert stands() == (False, True)
    page.note.finding.ask()  # a word is found also where its field is away
    qtbot.keyClicks(page.note.finding.field, "pear")
    qtbot.keyClick(page.note.finding.field, Qt.Key.Key_Escape)
    assert stands() == (True, False)
    assert sessions_room.text("jottings").textCursor().selectedText() == "pear"


def test_a_lock_leaves_no_word_of_the_margin_or_of_an_event_half_typed(sessions_room: SessionsRoom, qtbot: QtBot):
    (session,) = sessions_room.room.sessions(sessions_room.course, 1)
    sessions_room.write(session, "Told.", jottings=to_json(plain("pear tree")))
    page = sessions_room.show()
    page.note.unfold_all()
    click(qtbot, sessions_room, "field_events_add")
    qtbot.keyClicks(line(sessions_room, "field_events_panel_title"), "Johan moved out")
    assert page.flush()
    assert [each.title for each in events(sessions_room)] == ["Johan moved out"]
    page.forget()
    QApplication.processEvents()
    words = [each.text() for kind in (QLabel, QLineEdit) for each in page.findChildren(kind)]
    assert not any(word in each for each in words for word in ("pear", "Johan", "Told"))
    assert page.findChild(QWidget, "field_events_panel") is None


def test_tab_goes_through_the_names_as_they_stand_and_then_to_adding_one(sessions_room: SessionsRoom, qtbot: QtBot):
    add = sessions_room.desk.circles.add_person
    johan, elin, _tess = (add(sessions_room.client.id, name, "family") for name in ("Johan", "Elin", "Tess"))
    (session,) = sessions_room.room.sessions(sessions_room.course, 1)
    sessions_room.write(session, "Told.", with_whom=[johan.id])
    editor = sessions_room.show().note.view.editor("with_whom")
    assert isinstance(editor, PersonsEditor)
    editor.name_also(elin.id)
    qtbot.waitUntil(lambda: len(editor.findChildren(Chip)) == 2)  # those from before are gone
    names = [f"field_with_whom_{each.id}" for each in (johan, elin)]
    sessions_room.button(names[0]).setFocus()
    qtbot.waitUntil(sessions_room.button(names[0]).hasFocus)
    gone = []
    for _step in range(4):
        focused = QApplication.focusWidget()
        assert focused is not None
        gone.append(focused.objectName())
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert gone == [*names, "field_with_whom_add", "field_what_happened_prose"]
