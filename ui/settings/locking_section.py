"""Settings: when the practice locks, what takes the cover off, and what others can see of the window."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.practice_settings import MINUTES
from ipt_desktop.domain.text import _
from ui.key_choices import COVER
from ui.page import Frame
from ui.settings.pin_card import PinCard
from ui.settings.section import Section
from ui.widgets.card import Card
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import HintLabel, label
from ui.widgets.number_field import NumberField

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk

QUIET_MS = 600
ASKS = "ask_again_after"
INDENT = 26


class LockingSection(Section):
    """Minutes are kept a moment after the last step, boxes at once; to be asked less often takes the passphrase."""

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(
            desk,
            frame,
            parent,
            name="locking_section",
            title=_("Locking"),
            words=_(
                "Ctrl+L locks at once, {key} covers at once. A locked practice is closed and encrypted, with every word kept."
            ).format(key=frame.keys.words(COVER)),
        )
        self._minutes: dict[str, NumberField] = {}
        self._boxes: dict[str, QCheckBox] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(QUIET_MS)
        self._timer.timeout.connect(self.flush)
        self.bar = InlineBar(self, name="locking_bar")
        self.column.addWidget(self.bar)
        self.column.addWidget(self._make_minutes())
        self.pin = PinCard(desk, frame, self)
        self.column.addWidget(self.pin)
        self.column.addWidget(self._make_sight())
        self.column.addStretch(1)

    def _make_minutes(self) -> Card:
        card = Card(self, name="locking_minutes", title=_("When nobody is there"))
        rows = (
            ("lock_after", _("Lock after"), _("Keys, mouse and touch hold it off; sleep and a locked screen lock at once.")),
            (
                "lock_in_session_after",
                _("While a session runs, lock after"),
                _("Until then the screen is covered, as soon as it would be locked otherwise."),
            ),
            (
                ASKS,
                _("Ask for the passphrase again after"),
                _("Before a file leaves the practice, or something goes for good."),
            ),
        )
        for name, words, meaning in rows:
            self._add_minutes(card, name, words, meaning)
        return card

    def _add_minutes(self, card: Card, name: str, words: str, meaning: str) -> None:
        field = NumberField(card, name=name, spoken=words, lowest=MINUTES[0], highest=MINUTES[1])
        field.setSuffix(" " + _("min"))
        field.setAccessibleDescription(meaning)
        field.valueChanged.connect(self._on_minutes_changed)
        row, said = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(16)
        said.setSpacing(2)
        said.addWidget(label(words, card, name=f"{name}_label", wraps=True))
        said.addWidget(HintLabel(meaning, card, name=f"{name}_meaning"))
        row.addLayout(said, 1)
        row.addWidget(field)
        card.body.addLayout(row)
        self._minutes[name] = field

    def _make_sight(self) -> Card:
        card = Card(self, name="locking_sight", title=_("What others can see"))
        self._add_box(
            card,
            "blurs_when_inactive",
            _("Blur the window while another program is in front"),
            _("Nothing in it can be read until you come back to it."),
        )
        if sys.platform == "win32":  # the one system that can
            self._add_box(
                card,
                "hides_from_capture",
                _("Leave the window out of screenshots and shared screens"),
                _("In a video call or a recording it is black, or not there."),
            )
        return card

    def _add_box(self, card: Card, name: str, words: str, meaning: str) -> None:
        box = QCheckBox(words, card)
        box.setObjectName(name)
        box.setAccessibleName(words)
        box.setAccessibleDescription(meaning)
        box.clicked.connect(self.flush)
        hint = HintLabel(meaning, card, name=f"{name}_meaning")
        hint.setContentsMargins(INDENT, 0, 0, 6)
        card.body.addWidget(box)
        card.body.addWidget(hint)
        self._boxes[name] = box

    def refresh(self) -> None:
        """Show what holds now; what is still to be kept stays as it was typed."""
        if not self._timer.isActive():
            values = self.desk.settings.values()
            for name, field in self._minutes.items():
                field.show_value(getattr(values, name))
            for name, box in self._boxes.items():
                box.setChecked(getattr(values, name))
        self.pin.refresh()

    def _on_minutes_changed(self, _value: int) -> None:
        self._timer.start()

    def flush(self) -> bool:
        """Keep what differs from what is kept; False where that failed, and what was typed stays."""
        self._timer.stop()
        shown = {name: field.value() for name, field in self._minutes.items()}
        shown |= {name: box.isChecked() for name, box in self._boxes.items()}
        values = self.desk.settings.values()
        changed = {name: value for name, value in shown.items() if value != getattr(values, name)}
        if (minutes := changed.get(ASKS, 0)) > values.ask_again_after:
            del changed[ASKS]
            self._minutes[ASKS].show_value(values.ask_again_after)
            self.frame.when_sure(partial(self._ask_later, minutes))
        return self._keep(changed)

    def _ask_later(self, minutes: int) -> None:
        """Let the passphrase be asked for less often: only who knows it may, or it would keep nobody from anything."""
        self._keep({ASKS: minutes})
        self.refresh()

    def _keep(self, changed: dict[str, int | bool]) -> bool:
        if not changed:
            return True
        try:
            self.desk.settings.change(**changed)
        except PracticeError as error:
            self.bar.say(_("Not done"), str(error), tone="caution")
            return False
        self.bar.clear()
        return True

    def forget(self) -> None:
        """Let go of a PIN that was being typed."""
        self._timer.stop()
        self.pin.forget()
        self.bar.clear()
