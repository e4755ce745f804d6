"""Bring forward: the therapist chooses which parts of the last note fill empty parts of this one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from textwrap import shorten
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.brought_forward import fields_to_bring
from ipt_desktop.domain.dates import day_words
from ipt_desktop.domain.form import Field, FieldKind, Form
from ipt_desktop.domain.text import _
from ui.sessions.session_words import Note
from ui.widgets.buttons import link, outlined
from ui.widgets.labels import label
from ui.widgets.naming import named

MOST_LETTERS = 60


class BringForward(QFrame):
    """A bar with a box for each part, none ticked; hidden until `offer`. `chosen` carries answers by field, and the day."""

    chosen = Signal(object, object)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "bring_forward", _("Bring forward from the last note"))
        self.setProperty("role", "bar")
        self.setProperty("tone", "note")
        self._told: Mapping[str, Any] = {}
        self._day: date | None = None
        self._boxes: dict[str, QCheckBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        self._title = label("", self, kind="strong", name="bring_forward_title", wraps=True)
        column.addWidget(self._title)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        column.addLayout(self._list)
        row = QHBoxLayout()
        self._bring = outlined(_("Bring forward"), self, name="bring_forward_now")
        self._bring.clicked.connect(self._on_bring)
        leave = link(_("Cancel"), self, name="bring_forward_cancel")
        leave.clicked.connect(self._on_leave)
        row.addWidget(self._bring)
        row.addWidget(leave)
        row.addStretch(1)
        column.addLayout(row)
        self.hide()

    def offer(self, form: Form, answers: Mapping[str, Any], before: Note, day: date, people: Mapping[str, str]) -> bool:
        """Offer what the note of that day can fill; False where that is nothing."""
        self.clear()
        fields = fields_to_bring(form, answers, before.form, before.document.answers)
        if not fields:
            return False
        self._told, self._day = before.document.answers, day
        self._title.setText(_("Bring forward from {day}").format(day=day_words(day)))
        for each in fields:
            words = shorten(_plain(each, self._told[each.key], people), MOST_LETTERS, placeholder="…")
            text = _("{part}: {words}").format(part=_(each.label), words=words)
            box = named(QCheckBox(text.replace("&", "&&"), self), f"bring_{each.key}", text)
            box.toggled.connect(self._on_toggled)
            self._list.addWidget(box)
            self._boxes[each.key] = box
        self._on_toggled()
        self.show()
        next(iter(self._boxes.values())).setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def clear(self) -> None:
        """Let go of every word."""
        self.hide()
        for box in self._boxes.values():
            box.setText("")
            box.hide()
            box.deleteLater()
        self._boxes, self._told, self._day = {}, {}, None
        self._title.setText("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self._on_leave()
        else:
            super().keyPressEvent(event)

    def _on_toggled(self) -> None:
        self._bring.setEnabled(any(box.isChecked() for box in self._boxes.values()))

    def _on_bring(self) -> None:
        told, day = {key: self._told[key] for key, box in self._boxes.items() if box.isChecked()}, self._day
        self.clear()
        self.chosen.emit(told, day)

    def _on_leave(self) -> None:
        self.clear()
        self.left.emit()


def _plain(asked: Field, answer: Any, people: Mapping[str, str]) -> str:
    """Return an answer in words, as a line."""
    if asked.kind == FieldKind.PROSE:
        return " ".join(rich_text.as_plain(rich_text.from_json(answer)).split())
    if asked.kind == FieldKind.PERSONS:
        return ", ".join(people[each] for each in answer if each in people)
    if asked.kind == FieldKind.CHOICES:
        labels = {option.key: _(option.label) for option in asked.options}
        return ", ".join(labels.get(each, each) for each in answer)
    return str(answer)
