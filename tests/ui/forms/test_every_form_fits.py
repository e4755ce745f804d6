"""Every form that is shipped, all its fields answered: no word is cut, from 80 % to 200 %, in a page and in a panel."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.form import Field, FieldKind, Form, Purpose
from ipt_desktop.domain.form_rows import ColumnKind
from ipt_desktop.domain.records import Tie, TieKind
from ipt_desktop.domain.rich_text import plain, to_json
from ipt_desktop.domain.self_check import every_session_of
from ipt_desktop.services.reporting import kinds_at_hand
from ipt_desktop.services.resources import Resources
from tests.ui.fitting import misfits, settle
from ui import theme as look
from ui.forms.editor import Given
from ui.forms.form_view import LABEL_COLUMN, FormView
from ui.theme import Theme

PAGE, PANEL = 700, 252  # pixels: the narrowest page of a form, whatever the text; a panel at 100 % text
RESOURCES = Resources()
PEOPLE = [("p1", "Johan Lindqvist"), ("p2", "Elisabeth Johansson-Bergström"), ("p3", "Tess")]
GIVEN = Given(goals=[("g1", "Two evenings a month with people here"), ("g2", "Closer to Karin")])
TIES = [Tie(id="t1", client_id="c", from_person_id="p1", to_person_id="p2", kind=TieKind.CONFLICT, strength=3)]
SAID: dict[str, Any] = {
    FieldKind.LINE: "Ask Johan plainly about the weekends, and wait for what he says",
    FieldKind.PROSE: to_json(plain("A line of it.\nAnd a second one that is rather longer, so that it has to wrap.")),
    FieldKind.DATE: "2026-11-24",
    FieldKind.PERSONS: ["p1", "p2"],
    FieldKind.PERSON: "p2",
    FieldKind.TIE: "t1",
    FieldKind.RISK: {"asked": "changed", "words": "passive ideation since Friday", "action": "rang the GP"},
    FieldKind.STEP: {"done": "partly", "words": "rang, no answer"},
    FieldKind.GOALS: ["g1", "g2"],
    FieldKind.TICK: True,
    FieldKind.CONTACTS: [{"name": "Karin, sister", "number": "0700 555 0177"}],
}


def answer_to(asked: Field) -> Any:
    """Return an answer that shows as much of a field's editor as there is."""
    if asked.kind == FieldKind.CHOICE:
        return asked.options[-1].key if asked.options else None
    if asked.kind == FieldKind.CHOICES:
        return [each.key for each in asked.options]
    if asked.kind == FieldKind.SCALE:
        return asked.highest
    if asked.kind == FieldKind.ROWS:
        cells = {ColumnKind.SCALE: 2, ColumnKind.DATE: "2026-11-24", ColumnKind.WHEN: "2026-11", ColumnKind.TICK: 1}
        return [{each.key: cells.get(ColumnKind(each.kind), "a line of words") for each in asked.columns}]
    return SAID.get(asked.kind)


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication) -> Iterator[FormView]:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    qtbot.addWidget(area)
    made = FormView(look.current(), area)
    area.setWidget(made)
    area.show()
    yield made
    made.forget()


def fill(view: FormView, form: Form, label_column: int) -> None:
    """Show a form with all that can be in it in sight."""
    protocol = max(RESOURCES.protocols, key=lambda each: max(len(area.label) for area in each.areas))
    view.fill(
        form,
        {each.key: said for each in form.fields if (said := answer_to(each)) is not None},
        people=PEOPLE,
        ties=TIES,
        areas=[(each.key, each.label) for each in protocol.areas],
        every_session=[(each.key, each.text) for each in every_session_of(protocol)],
        worked_on=[each.key for each in protocol.areas],
        words={"sick_role": "Sick role"},
        label_column=label_column,
        given=GIVEN,
    )
    for section in form.sections:
        if section.title:
            view.set_folded(section.key, False)


def forms_of(*, is_narrow: bool) -> list[Form]:
    """Return every form, or those that stand in a panel: what is written beside the circle, a plan, the pages of a report."""
    beside = {
        Purpose.INVENTORY_ENTRY,
        Purpose.SAFETY_PLAN,
        Purpose.PRIVATE_NOTE,
        *(each.texts for each in kinds_at_hand(RESOURCES)),
    }
    return [each for each in RESOURCES.forms if not is_narrow or each.purpose in beside]


@pytest.mark.parametrize("scale", [*(pytest.param(each, marks=pytest.mark.soak) for each in (0.8, 1.0)), 2.0])
@pytest.mark.parametrize("is_narrow", [False, True], ids=["page", "panel"])
def test_no_word_of_a_form_is_cut(view: FormView, qapp: QApplication, scale: float, is_narrow: bool):
    theme = Theme("light", scale)
    look.apply(qapp, theme)
    view.use_theme(theme)
    area = view.parentWidget().parentWidget()
    bar = area.style().pixelMetric(area.style().PixelMetric.PM_ScrollBarExtent)
    area.resize((theme.px(PANEL) if is_narrow else PAGE) + bar, 600)
    cut: dict[str, list[str]] = {}
    for form in forms_of(is_narrow=is_narrow):
        fill(view, form, 0 if is_narrow else LABEL_COLUMN)
        settle()
        if found := misfits(view):
            cut[form.key] = found
        if view.width() > area.viewport().width():
            cut.setdefault(form.key, []).append(f"wider than its page: {view.width()} in {area.viewport().width()}")
    assert cut == {}
