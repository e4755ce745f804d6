"""One view fills any form: every shipped form shows, takes keys and gives its answers back."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ipt_desktop.domain import form as forms
from ipt_desktop.domain import rich_text
from ipt_desktop.domain.form import Field, FieldKind, Form, Means, Purpose, Section
from ipt_desktop.domain.form_check import check
from ipt_desktop.domain.records import Tie, TieKind
from ipt_desktop.services.resources import Resources
from ui.forms.editor import Given
from ui.forms.form_view import FormView
from ui.theme import Theme

PEOPLE = [("p1", "Johan"), ("p2", "Elin"), ("p3", "Tess")]
TIES = [Tie(id="t1", client_id="c", from_person_id="p1", kind=TieKind.CONFLICT, strength=3, since=date(2024, 5, 1))]
SHIPPED = {each.key: each for each in Resources().forms}
ANSWERS: dict[str, Any] = {
    FieldKind.LINE: "a line",
    FieldKind.PROSE: rich_text.to_json(rich_text.plain("first\nsecond")),
    FieldKind.SCALE: 2,
    FieldKind.DATE: "2026-11-24",
    FieldKind.PERSONS: ["p2", "gone"],
    FieldKind.PERSON: "p2",
    FieldKind.TIE: "gone",
    FieldKind.RISK: {"asked": "changed", "words": "since Friday", "action": "rang the GP"},
    FieldKind.STEP: {"done": "partly", "words": "rang, no answer"},
    FieldKind.GOALS: ["g2", "of another course"],
    FieldKind.LIFE_EVENTS: ["e2", "taken out since"],
    FieldKind.TICK: True,
    FieldKind.CONTACTS: [{"name": "Karin, sister", "number": "0700 555 0177"}, {"name": "The bench by the lake", "number": ""}],
}
EVENTS = [("e1", "Johan moved out, February 2026"), ("e2", "The move, May 2026")]
GOALS = Given(goals=[("g1", "Two evenings a month"), ("g2", "Closer to Karin")])


def answer_to(asked: Field) -> Any:
    if asked.kind == FieldKind.ROWS:
        answers = {"line": "a line", "prose": "first\nsecond", "scale": 2, "date": "2026-11-24", "when": "2026-11", "tick": 1}
        row = {each.key: answers[each.kind] for each in asked.columns}
        return [{**row, **({"id": "of the row"} if asked.has_row_ids else {})}, {"of a later version": "kept"}]
    if asked.kind == FieldKind.CHOICE:
        return asked.options[-1].key
    return [asked.options[-1].key] if asked.kind == FieldKind.CHOICES else ANSWERS[asked.kind]


def answered(form: Form) -> list[Field]:
    """Return the fields that have answers: events and what else the view only tells are records of their own."""
    return [each for each in form.fields if each.kind not in (FieldKind.EVENTS, FieldKind.RECORD)]


def shown(qtbot: QtBot, theme: Theme, form: Form, answers: dict[str, Any] | None = None, **more: Any) -> FormView:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.resize(1000, 800)
    qtbot.addWidget(area)
    view = FormView(theme, area)
    area.setWidget(view)
    view.fill(form, answers or {}, people=PEOPLE, ties=TIES, life_events=EVENTS, **{"given": GOALS, **more})
    area.show()
    area.activateWindow()
    view.area_of_test = area  # type: ignore[attr-defined]
    for section in form.sections:
        if section.title and (not section.area or section.area in more.get("worked_on", ())):
            view.set_folded(section.key, False)
    return view


def part(view: QWidget, kind: type[Any], name: str) -> Any:
    found = view.findChild(kind, name)
    assert found is not None, name
    return found


AREAS = ("grief", "dispute", "transition", "deficits")


@pytest.mark.parametrize("key", SHIPPED)
def test_every_form_shows_every_answer_and_gives_it_back(qtbot: QtBot, themed: Theme, key: str):
    answers = {each.key: answer_to(each) for each in answered(SHIPPED[key])} | {"of a later version": [1]}
    view = shown(qtbot, themed, SHIPPED[key], answers, worked_on=AREAS)
    assert view.answers() == answers
    for each in answered(SHIPPED[key]):
        assert view.editor(each.key).answer() == answers[each.key], each.key
    assert not view.is_touched()


@pytest.mark.parametrize("key", SHIPPED)
def test_a_blank_form_has_no_answers_until_it_is_touched(qtbot: QtBot, themed: Theme, key: str):
    view = shown(qtbot, themed, SHIPPED[key], worked_on=AREAS)
    assert view.answers() == {}
    assert all(forms.is_blank(view.editor(each.key).answer()) for each in SHIPPED[key].fields)


def test_a_choice_that_is_not_offered_any_more_is_kept_until_another_is_made(qtbot: QtBot, themed: Theme):
    asked = Field(key="area", label="Area", kind=FieldKind.CHOICE, options_from="areas")
    form = Form(key="own", version=1, purpose=Purpose.WORKSHEET, title="Own", sections=(Section(key="s", fields=(asked,)),))
    view = shown(qtbot, themed, form, {"area": "deficits"}, areas=[("grief", "Grief"), ("dispute", "Role dispute")])
    assert view.editor("area").answer() == "deficits"
    button = part(view, QAbstractButton, "field_area_choice_grief")
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert view.editor("area").answer() == "grief"
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert view.editor("area").answer() is None


def type_into(qtbot: QtBot, view: FormView, asked: Field) -> Any:
    """Answer one field with real keys and clicks; return what must be stored."""
    name = f"field_{asked.key}"
    if asked.kind == FieldKind.LINE:
        qtbot.keyClicks(part(view, QLineEdit, f"{name}_words"), "a line")
        return "a line"
    if asked.kind == FieldKind.PROSE:
        qtbot.keyClicks(part(view, QTextEdit, f"{name}_prose"), "some prose")
        return rich_text.to_json(rich_text.plain("some prose"))
    if asked.kind == FieldKind.SCALE:
        button = part(view, QAbstractButton, f"{name}_row_2")
        qtbot.keyClick(button, Qt.Key.Key_Space)
        return 2
    if asked.kind == FieldKind.DATE:
        qtbot.keyClicks(part(view, QLineEdit, f"{name}_date"), "24 Nov 2026")
        return "2026-11-24"
    if asked.kind in (FieldKind.CHOICE, FieldKind.CHOICES):
        key = asked.options[0].key
        infix = "_choice" if asked.kind == FieldKind.CHOICE else ""
        qtbot.keyClick(part(view, QAbstractButton, f"{name}{infix}_{key}"), Qt.Key.Key_Space)
        return key if asked.kind == FieldKind.CHOICE else [key]
    if asked.kind == FieldKind.STEP:
        qtbot.mouseClick(part(view, QAbstractButton, f"{name}_done_partly"), Qt.MouseButton.LeftButton)
        qtbot.keyClicks(part(view, QLineEdit, f"{name}_words"), "half")
        return {"done": "partly", "words": "half"}
    if asked.kind == FieldKind.RISK:
        qtbot.mouseClick(part(view, QAbstractButton, f"{name}_asked_changed"), Qt.MouseButton.LeftButton)
        qtbot.keyClicks(part(view, QLineEdit, f"{name}_words"), "worse")
        qtbot.mouseClick(part(view, QAbstractButton, f"{name}_act"), Qt.MouseButton.LeftButton)
        qtbot.keyClicks(part(view, QLineEdit, f"{name}_action"), "rang")
        return {"asked": "changed", "words": "worse", "action": "rang"}
    if asked.kind == FieldKind.GOALS:
        qtbot.keyClick(part(view, QAbstractButton, f"{name}_g1"), Qt.Key.Key_Space)
        return ["g1"]
    if asked.kind == FieldKind.TICK:
        qtbot.keyClick(part(view, QAbstractButton, f"{name}_box"), Qt.Key.Key_Space)
        return True
    if asked.kind == FieldKind.CONTACTS:
        qtbot.keyClicks(part(view, QLineEdit, f"{name}_1_name"), "Karin")
        qtbot.keyClicks(part(view, QLineEdit, f"{name}_1_number"), "0700 555 0177")
        return [{"name": "Karin", "number": "0700 555 0177"}]
    if asked.kind in (FieldKind.PERSON, FieldKind.TIE):
        qtbot.keyClick(part(view, QComboBox, f"{name}_choice"), Qt.Key.Key_Down)
        return "p1" if asked.kind == FieldKind.PERSON else "t1"
    if asked.kind == FieldKind.ROWS:
        column = next(each for each in asked.columns if each.kind in ("line", "prose"))
        suffix = "prose" if column.kind == "prose" else "words"
        qtbot.keyClicks(part(view, QWidget, f"{name}_0_{column.key}_{suffix}"), "a cell")
        own = {"id": view.answers()[asked.key][0]["id"]} if asked.has_row_ids else {}
        return [{column.key: "a cell", **own}]
    assert asked.kind in (FieldKind.PERSONS, FieldKind.LIFE_EVENTS)
    qtbot.mouseClick(part(view, QAbstractButton, f"{name}_add"), Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    return ["p1"] if asked.kind == FieldKind.PERSONS else ["e1"]


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)  # of a menu, on a screen that isn't there
@pytest.mark.parametrize("key", SHIPPED)
def test_every_field_takes_keys_and_says_so(qtbot: QtBot, themed: Theme, key: str):
    view = shown(qtbot, themed, SHIPPED[key], worked_on=AREAS)
    expected: dict[str, Any] = {}
    for asked in answered(SHIPPED[key]):
        with qtbot.waitSignal(view.edited, timeout=1000):
            expected[asked.key] = type_into(qtbot, view, asked)
        assert view.answers() == expected
    assert check(SHIPPED[key], view.answers()) == []


@pytest.mark.parametrize("key", SHIPPED)
def test_every_part_that_can_be_used_has_a_name_for_tests_and_for_readers(qtbot: QtBot, themed: Theme, key: str):
    view = shown(qtbot, themed, SHIPPED[key], {"with_whom": ["p1"]}, worked_on=AREAS)
    for widget in view.findChildren(QWidget):
        if isinstance(widget, QAbstractButton | QLineEdit | QTextEdit) and not widget.objectName().startswith("qt_"):
            assert widget.objectName(), widget
            assert widget.accessibleName(), widget.objectName()


def test_what_is_not_touched_is_kept_to_the_letter(qtbot: QtBot, themed: Theme):
    stored = {"note": "old plain text", "risk": {"asked": "perhaps"}, "other": {"x": 1}}
    view = shown(qtbot, themed, SHIPPED["free-note"], stored)
    assert view.answers() == stored
    qtbot.keyClicks(part(view, QTextEdit, "field_note_prose"), "!")
    assert view.answers() == {**stored, "note": rich_text.to_json(rich_text.plain("!old plain text"))}


def test_a_default_becomes_an_answer_only_when_it_is_edited(qtbot: QtBot, themed: Theme):
    assembled = rich_text.to_json(rich_text.plain("From the record."))
    view = shown(qtbot, themed, SHIPPED["termination-summary"], defaults={"in_brief": assembled, "plan": assembled})
    edit = part(view, QTextEdit, "field_in_brief_prose")
    assert edit.toPlainText() == "From the record."
    assert view.answers() == {}
    qtbot.keyClicks(edit, "Mine. ")
    assert view.answers() == {"in_brief": rich_text.to_json(rich_text.plain("Mine. From the record."))}


def test_nothing_is_chosen_about_risk(qtbot: QtBot, themed: Theme):
    view = shown(qtbot, themed, SHIPPED["ipt-session-note"])
    assert not any(each.isChecked() for each in view.editor("risk").findChildren(QAbstractButton))
    view.say(Means.RISK, "Unchanged would mean: passive ideation, 17 Nov.")
    hint = part(view, QLabel, "hint_risk")
    assert hint.text() == "Nothing is chosen for you. Unchanged would mean: passive ideation, 17 Nov."


def test_sections_of_a_problem_area_show_when_it_is_worked_on_or_was_answered(qtbot: QtBot, themed: Theme):
    entry = SHIPPED["inventory-entry"]
    view = shown(qtbot, themed, entry, {"grief_unsaid": ANSWERS[FieldKind.PROSE]})
    sections = [each.objectName() for each in view.findChildren(QWidget) if each.objectName() == "section_grief"]
    assert sections == ["section_grief"]
    assert view.findChild(QWidget, "section_dispute") is None


def test_a_title_folds_its_section_by_key(qtbot: QtBot, themed: Theme):
    view = shown(qtbot, themed, SHIPPED["inventory-entry"])
    fold = part(view, QPushButton, "section_more_fold")
    body = part(view, QWidget, "section_more_body")
    assert body.isVisible()
    qtbot.keyClick(fold, Qt.Key.Key_Space)
    assert not body.isVisible()


def test_only_the_sections_asked_for_are_shown(qtbot: QtBot, themed: Theme):
    page = QWidget()
    qtbot.addWidget(page)
    view = FormView(themed, page)
    view.fill(SHIPPED["ipt-session-note"], {}, sections=["room"])
    assert view.findChild(QWidget, "section_room") is not None
    assert view.findChild(QWidget, "section_after") is None


def test_read_only_takes_no_key_and_no_click(qtbot: QtBot, themed: Theme):
    view = shown(qtbot, themed, SHIPPED["ipt-session-note"], {"response": ANSWERS[FieldKind.PROSE]})
    view.set_read_only(True)
    qtbot.keyClicks(part(view, QTextEdit, "field_response_prose"), "x")
    qtbot.keyClicks(part(view, QLineEdit, "field_between_session_task_words"), "x")
    assert not part(view, QAbstractButton, "field_mood_row_3").focusPolicy() & Qt.FocusPolicy.TabFocus
    assert view.answers() == {"response": ANSWERS[FieldKind.PROSE]}
    assert not view.is_touched()


def test_forget_leaves_no_text_behind(qtbot: QtBot, themed: Theme):
    view = shown(qtbot, themed, SHIPPED["ipt-session-note"], {"response": ANSWERS[FieldKind.PROSE]})
    edit = part(view, QTextEdit, "field_response_prose")
    view.forget()
    assert edit.toPlainText() == ""
    assert view.answers() == {}
    assert view.findChildren(QTextEdit) == []


def test_focus_goes_to_the_first_field_and_to_a_field_by_what_it_means(qtbot: QtBot, themed: Theme):
    view = shown(qtbot, themed, SHIPPED["formulation"])
    view.focus_first()
    qtbot.waitUntil(part(view, QTextEdit, "field_presenting_prose").hasFocus, timeout=2000)
    view.set_folded("background", True)
    view.focus_field(Means.STRENGTHS)
    qtbot.waitUntil(part(view, QTextEdit, "field_strengths_prose").hasFocus, timeout=2000)


def test_writing_goes_on_behind_what_stands_there(qtbot: QtBot, themed: Theme):
    form = SHIPPED["ipt-session-note"]
    told = form.field_that_means(Means.WHAT_HAPPENED)
    assert told is not None
    view = shown(qtbot, themed, form, {told.key: rich_text.to_json(rich_text.plain("Half a "))})
    view.focus_field(Means.WHAT_HAPPENED)
    prose = part(view, QTextEdit, f"field_{told.key}_prose")
    qtbot.waitUntil(prose.hasFocus)
    qtbot.keyClicks(prose, "sentence")
    assert prose.toPlainText() == "Half a sentence"
    qtbot.keyClick(prose, Qt.Key.Key_Left)
    view.focus_field(Means.WHAT_HAPPENED)
    assert prose.textCursor().position() == len("Half a sentenc"), "a cursor that was put somewhere stays there"


def test_too_long_an_answer_is_told_and_kept(qtbot: QtBot, themed: Theme):
    short = Form(
        key="f", version=1, purpose=Purpose.FREE_NOTE, title="F",
        sections=(Section(key="s", fields=(Field(key="w", label="Words", kind="line", max_length=3),)),),
    )  # fmt: skip
    view = shown(qtbot, themed, short)
    qtbot.keyClicks(part(view, QLineEdit, "field_w_words"), "four")
    assert part(view, QWidget, "error_w").isVisible()
    assert view.answers() == {"w": "four"}
    qtbot.keyClick(part(view, QLineEdit, "field_w_words"), Qt.Key.Key_Backspace)
    assert not part(view, QWidget, "error_w").isVisible()


def test_a_date_that_can_not_be_read_is_told_and_the_answer_stays(qtbot: QtBot, themed: Theme):
    dated = Form(
        key="f", version=1, purpose=Purpose.FREE_NOTE, title="F",
        sections=(Section(key="s", fields=(Field(key="d", label="Day", kind="date"), Field(key="w", label="W", kind="line"))),),
    )  # fmt: skip
    view = shown(qtbot, themed, dated, {"d": "2026-11-24"})
    line, error = part(view, QLineEdit, "field_d_date"), part(view, QWidget, "field_d_error")
    assert line.text() == "24 November 2026"

    def retype(words: str) -> None:
        line.setFocus()
        qtbot.waitUntil(line.hasFocus, timeout=2000)
        qtbot.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClicks(line, words)
        qtbot.keyClick(line, Qt.Key.Key_Tab)

    retype("31 November")
    assert error.isVisible()
    assert error.text() == "November has no 31."
    assert view.answers() == {"d": "2026-11-24"}
    retype("2026-12-01")
    assert not error.isVisible()
    assert view.answers() == {"d": "2026-12-01"}
    retype("when we can")
    assert view.answers() == {"d": "2026-12-01"}
    line.selectAll()
    qtbot.keyClick(line, Qt.Key.Key_Backspace)
    assert view.answers() == {"d": ""}


def test_an_unknown_kind_is_read_only_text(qtbot: QtBot, themed: Theme):
    later = Form(
        key="f", version=1, purpose=Purpose.FREE_NOTE, title="F",
        sections=(Section(key="s", fields=(Field(key="w", label="Words", kind="hologram"),)),),
    )  # fmt: skip
    view = shown(qtbot, themed, later, {"w": "kept"})
    assert part(view, QLabel, "field_w_text").text() == "kept"
    assert view.answers() == {"w": "kept"}


def test_a_person_is_taken_away_by_pressing_the_name(qtbot: QtBot, themed: Theme):
    view = shown(qtbot, themed, SHIPPED["ipt-session-note"], {"with_whom": ["p1", "p2"]})
    qtbot.mouseClick(part(view, QAbstractButton, "field_with_whom_p1"), Qt.MouseButton.LeftButton)
    assert view.answers() == {"with_whom": ["p2"]}


def test_the_protocols_problem_areas_replace_the_forms_own(qtbot: QtBot, themed: Theme):
    view = shown(qtbot, themed, SHIPPED["ipt-session-note"], {"focus": ["grief"]}, areas=[("loss", "Loss")])
    qtbot.mouseClick(part(view, QAbstractButton, "field_focus_loss"), Qt.MouseButton.LeftButton)
    assert view.answers() == {"focus": ["loss", "grief"]}


def test_in_a_narrow_panel_labels_stand_above_and_nothing_is_wider_than_the_panel(qtbot: QtBot, themed: Theme):
    entry = SHIPPED["inventory-entry"]
    view = shown(qtbot, themed, entry, label_column=0, worked_on=AREAS)
    view.area_of_test.resize(304, 700)  # type: ignore[attr-defined]
    QApplication.processEvents()
    assert view.width() <= 304
    caption, field = part(view, QLabel, "label_contact"), part(view, QTextEdit, "field_contact_prose")
    assert caption.mapTo(view, caption.rect().bottomLeft()).y() <= field.mapTo(view, field.rect().topLeft()).y()


def test_a_section_under_a_word_of_the_protocol_goes_with_that_word(qtbot: QtBot, themed: Theme):
    history = SHIPPED["history"]
    view = shown(qtbot, themed, history, words={"sick_role": "Limited sick role"})
    assert part(view, QAbstractButton, "section_sick_role_fold").text() == "Limited sick role"
    view.fill(history, {}, words={"sick_role": ""})
    assert view.findChild(QWidget, "section_sick_role") is None
    view.fill(history, {"excused": answer_to(history.field("excused"))}, words={"sick_role": ""})
    assert part(view, QAbstractButton, "section_sick_role_fold").text() == "Sick role", "what was written stays in sight"


def test_what_is_asked_in_every_session_stands_in_whole_words_with_a_box_each(qtbot: QtBot, themed: Theme):
    long = "Link a change of mood to something that happened with someone, or the other way round"
    steps = [("mood", "Ask mood"), ("link", long)]
    view = shown(qtbot, themed, SHIPPED["self-check"], {"done": ["gone", "mood"]}, every_session=steps)
    editor = view.editor("done")
    assert [each.accessibleName() for each in editor.findChildren(QAbstractButton)] == ["Ask mood", long]
    words = view.findChild(QLabel, "field_done_link_words")
    assert words is not None
    assert words.text() == long
    with qtbot.waitSignal(view.edited):
        qtbot.mouseClick(words, Qt.MouseButton.LeftButton)
    assert view.answers()["done"] == ["mood", "link", "gone"]
    view.forget()


def test_without_a_protocol_s_own_steps_the_form_s_are_asked(qtbot: QtBot, themed: Theme):
    view = shown(qtbot, themed, SHIPPED["self-check"])
    own = SHIPPED["self-check"].field("done")
    assert own is not None
    boxes = view.editor("done").findChildren(QAbstractButton)
    assert [each.objectName() for each in boxes] == [f"field_done_{each.key}" for each in own.options]
    view.forget()


def as_opened(qtbot: QtBot, theme: Theme, form: Form, answers: dict[str, Any]) -> tuple[FormView, QWidget]:
    """Return a form with its folded sections folded, and what stands below it."""
    page = QWidget()
    qtbot.addWidget(page)
    view, below = FormView(theme, page), QLineEdit(page)
    column = QVBoxLayout(page)
    column.addWidget(view)
    column.addWidget(below)
    view.fill(form, answers)
    page.show()
    view.page_of_test = page  # type: ignore[attr-defined]
    return view, below


UNSEEN = "biological"


def test_a_folded_section_is_filled_when_it_opens_and_tab_goes_through_it_in_its_place(qtbot: QtBot, themed: Theme):
    form = SHIPPED["formulation"]
    view, below = as_opened(qtbot, themed, form, {UNSEEN: ANSWERS[FieldKind.PROSE]})
    assert view.findChild(QTextEdit, f"field_{UNSEEN}_prose") is None
    fold = part(view, QPushButton, "section_background_fold")
    qtbot.keyClick(fold, Qt.Key.Key_Space)
    prose = part(view, QTextEdit, f"field_{UNSEEN}_prose")
    assert prose.toPlainText() == "first\nsecond"
    assert [each.asked.key for each in view.fields()] == [each.key for each in form.fields]
    order: list[QWidget] = []
    stop: QWidget | None = fold
    while stop is not None and stop not in order:
        order.append(stop)
        stop = stop.nextInFocusChain()
    assert order.index(fold) < order.index(prose) < order.index(below)


def test_a_field_of_a_folded_section_is_there_for_whoever_asks_for_it(qtbot: QtBot, themed: Theme):
    form, answer = SHIPPED["formulation"], {UNSEEN: ANSWERS[FieldKind.PROSE]}
    view, _below = as_opened(qtbot, themed, form, answer)
    view.set_read_only(True)
    assert view.answers() == answer
    assert view.editor(UNSEEN).answer() == answer[UNSEEN]
    assert part(view, QTextEdit, f"field_{UNSEEN}_prose").isReadOnly()


def test_another_document_shows_in_a_folded_section_that_was_never_opened(qtbot: QtBot, themed: Theme):
    form, answer = SHIPPED["formulation"], {UNSEEN: ANSWERS[FieldKind.PROSE]}
    view, _below = as_opened(qtbot, themed, form, {})
    view.fill(form, answer)
    view.set_folded("background", False)
    assert view.editor(UNSEEN).answer() == answer[UNSEEN]
