"""Which entries of the audit trail are asked for: by client, by kind of act, by days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.audit import Wanted
from ipt_desktop.domain.audit_words import ACTS, Act
from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.text import _
from ipt_desktop.services.audit import wanted
from ui.widgets.choice_field import ChoiceField
from ui.widgets.date_field import DateField
from ui.widgets.labels import FieldError, label


class TrailFilter(QWidget):
    """`changed` when other entries are asked for."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("trail_filter")
        self.setProperty("role", "clear")
        self.client = ChoiceField(self, name="trail_client", spoken=_("Client"))
        self.act = ChoiceField(self, name="trail_act", spoken=_("Kind of act"))
        self.first = DateField(self, name="trail_first", spoken=_("From"))
        self.last = DateField(self, name="trail_last", spoken=_("Until"))
        self._error = FieldError(self, name="trail_error")
        self.act.addItem(_("All kinds of act"), None)
        for act, words in ACTS.items():
            self.act.addItem(_(words), act)
        self._lay_out()
        self.show_clients(())
        self._days: tuple[date | None, date | None] = (None, None)
        self.client.currentIndexChanged.connect(self._on_chosen)
        self.act.currentIndexChanged.connect(self._on_chosen)
        for field in (self.first, self.last):
            field.editingFinished.connect(self._on_day_left)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        words = (_("Client"), _("Kind of act"), _("From"), _("Until"))
        fields = (self.client, self.act, self.first, self.last)
        for place, (word, field) in enumerate(zip(words, fields, strict=True)):
            row, side = 3 * (place // 2), place % 2
            caption = label(word, self, kind="caption", tone="text_soft", name=f"{field.objectName()}_label")
            caption.setBuddy(field)
            grid.addWidget(caption, row, side)
            grid.addWidget(field, row + 1, side)
            grid.setColumnStretch(side, 1)
        grid.setRowMinimumHeight(2, 6)
        column.addLayout(grid)
        column.addWidget(self._error)

    def show_clients(self, clients: Sequence[tuple[str, str]]) -> None:
        """Offer these clients, each by id and name; the one chosen stays chosen."""
        chosen = self.client.currentData()
        self.client.blockSignals(True)
        self.client.clear()
        self.client.addItem(_("All clients"), None)
        for client_id, name in clients:
            self.client.addItem(name, client_id)
        self.client.setCurrentIndex(max(self.client.findData(chosen), 0))
        self.client.blockSignals(False)

    def wanted(self) -> Wanted:
        """Return what is asked for."""
        first, last = self._days
        return wanted(client_id=self.client.currentData(), act=self.chosen_act(), first=first, last=last)

    def chosen_act(self) -> Act | None:
        """Return the kind of act chosen; a plain text comes back from Qt in place of it."""
        chosen = self.act.currentData()
        return None if chosen is None else Act(chosen)

    def in_words(self) -> str:
        """Return what is asked for, as a heading says it."""
        first, last = self._days
        parts = [self.client.currentText(), self.act.currentText()]
        if first:
            parts.append(_("from {date}").format(date=long_date(first)))
        if last:
            parts.append(_("until {date}").format(date=long_date(last)))
        return " · ".join(parts)

    def forget(self) -> None:
        """Let go of every name, and ask for everything again."""
        for field in (self.first, self.last):
            field.clear()
        self._days = (None, None)
        self._error.show_error("")
        self.act.blockSignals(True)
        self.act.setCurrentIndex(0)
        self.act.blockSignals(False)
        self.client.setCurrentIndex(0)
        self.show_clients(())

    def _on_chosen(self, _place: int) -> None:
        self.changed.emit()

    def _on_day_left(self) -> None:
        """Ask for other days; one that can't be read asks for nothing new, and is said to be wrong."""
        days: list[date | None] = []
        for field in (self.first, self.last):
            try:
                days.append(field.day())
            except Refused as refused:
                self._error.show_error(str(refused), field)
                return
            self._error.show_error("", field)
        if (days[0], days[1]) != self._days:
            self._days = (days[0], days[1])
            self.changed.emit()
