"""`form.open`: the longest form there is, filled until it is painted ÷ a bare `QFormLayout` of as many of Qt's own fields.

All its sections show, with every prose field answered, and nothing is left of an opening before: the quick way, in which
another document of the same form goes into the editors there are, is no measure. The bare one has the field of Qt that asks
for the same: text, a line, as many buttons as there are options; neither hints nor what serves writing.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from benchmarks.measuring import ratio, rounds, seconds, tell
from ipt_desktop.domain import rich_text
from ipt_desktop.domain.form import Field, FieldKind, Form
from ipt_desktop.domain.records import Client
from ipt_desktop.domain.rich_text import Block, Run
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import create_with_key
from ui import theme
from ui.forms.form_view import FormView
from ui.forms.writing.pen import Pen
from ui.garbage import GarbageCollector, collect_what_is_due
from ui.preferences import Preferences
from ui.tabs import Tab
from ui.workspace import Workspace

TURNS = 25
WORDS = "She rings twice a week, listens, and does not say what she thinks of it."
SIZE = (900, 760)


def fields_of(form: Form) -> list[Field]:
    """Return every field of a form."""
    return [asked for section in form.sections for asked in section.fields]


class Page(QScrollArea):
    """A place for a form as a page of the program has it: it is there, empty, before a form is opened in it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setWidgetResizable(True)
        self.ground = QWidget(self)
        self.column = QVBoxLayout(self.ground)
        self.setWidget(self.ground)
        window.layout().addWidget(self)
        self.hide()


class OurForm:
    """The view of a form, with the pen that serves its prose."""

    def __init__(self, desk: Desk, frame: Workspace, form: Form, page: Page) -> None:
        self._form = form
        self._view = FormView(theme.current(), page.ground, Pen(desk, frame, page))
        page.column.addWidget(self._view)
        words = rich_text.to_json((Block((Run(WORDS),)),))
        self._answers: dict[str, Any] = {each.key: words for each in fields_of(form) if each.kind == FieldKind.PROSE}
        self._areas = {each.area for each in form.sections}

    def open(self) -> None:
        """Fill the form in."""
        self._view.fill(self._form, self._answers, worked_on=self._areas)

    def close(self) -> None:
        """Let go of it."""
        self._view.forget()


class BareForm:
    """Qt's own layout for forms, with Qt's own fields."""

    def __init__(self, form: Form, page: Page) -> None:
        self._form, self._page = form, page
        self._shown: QWidget | None = None

    def open(self) -> None:
        """Make the fields and fill them in."""
        self._shown = QWidget(self._page.ground)
        self._page.column.addWidget(self._shown)
        rows = QFormLayout(self._shown)
        for asked in fields_of(self._form):
            rows.addRow(asked.label, self._field(asked, self._shown))
        self._shown.show()

    def _field(self, asked: Field, parent: QWidget) -> QWidget:
        if asked.kind == FieldKind.PROSE:
            text = QTextEdit(parent)
            text.setPlainText(WORDS)
            return text
        if asked.kind not in (FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.SCALE):
            return QLineEdit(parent)
        many, row = QWidget(parent), QHBoxLayout()
        many.setLayout(row)
        kind = QCheckBox if asked.kind == FieldKind.CHOICES else QRadioButton
        words = [each.label for each in asked.options] or [str(each) for each in range(asked.lowest, asked.highest + 1)]
        for each in words:
            row.addWidget(kind(each, many))
        return many

    def close(self) -> None:
        """Let go of it."""
        if self._shown is not None:
            self._shown.hide()
            self._page.column.removeWidget(self._shown)
            self._shown.deleteLater()


def paint() -> None:
    """Let everything that waits happen and be painted."""
    for _time in range(3):
        QApplication.processEvents()


def clear_away() -> None:
    """Let what was let go of be gone before the next is measured."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    collect_what_is_due()
    paint()


@contextmanager
def practice() -> Iterator[tuple[Desk, Workspace]]:
    """Open a practice with one client in its frame, in a folder that goes with it."""
    with tempfile.TemporaryDirectory() as place:
        desk = Desk(create_with_key(Path(place) / "practice", bytes(range(32)), "Willow Lane Practice"))
        window = QWidget()
        frame = Workspace(desk, Preferences(), window, (Tab("phases", "Phases", 4, "ui.phases.page", "PhasesPage"),))
        frame.choose_client(desk.clients.add_client(Client(name="Marta")).id)
        try:
            yield desk, frame
        finally:
            frame.forget()
            desk.close()


def measure() -> dict[str, float]:
    """Return the ratio by its name."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.apply(application, theme.Theme())
    GarbageCollector(application)  # as in the program; it finds its moments in between
    taken: dict[str, list[float]] = {"ours": [], "bare": []}
    with practice() as (desk, frame):
        form = max(desk.resources.forms, key=lambda each: len(fields_of(each)))
        window = QWidget()
        window.setLayout(QVBoxLayout())
        pages = {name: Page(window) for name in taken}
        ways: dict[str, OurForm | BareForm] = {
            "ours": OurForm(desk, frame, form, pages["ours"]),
            "bare": BareForm(form, pages["bare"]),
        }
        window.resize(*SIZE)
        window.show()
        for turn in range(rounds(TURNS) + 1):
            for name, way in ways.items():
                pages[name].show()
                clear_away()
                took = seconds(partial(until_painted, way.open))
                taken[name] += [took] if turn else []  # the first has to make what all others find made
                way.close()
                pages[name].hide()
                clear_away()
        window.close()
    times = [f"{name}: {median(each) * 1000:.1f} ms" for name, each in taken.items()]
    DETAILS[:] = [f"{form.key}: {len(fields_of(form))} fields", *times]
    return {"form.open": ratio(taken["ours"], taken["bare"])}


def until_painted(open_it: Callable[[], None]) -> None:
    """Open something, until it is painted."""
    open_it()
    paint()


DETAILS: list[str] = []

if __name__ == "__main__":
    tell(measure(), *DETAILS)
    os._exit(0)  # Qt's own taking down is not measured
