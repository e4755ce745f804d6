"""The passphrase once more, before something leaves the practice or goes for good, if it was last typed a while ago."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.text import _, ngettext
from ui import theme
from ui.background import Task
from ui.faults import sentences_of
from ui.start.passphrase import PassphraseField
from ui.widgets.buttons import link, primary
from ui.widgets.labels import FieldError, label

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk

FIELD_WIDTH = 340


class AskAgain(QWidget):
    """A panel above the page. `known_at` is when the passphrase was last typed, by the same clock."""

    def __init__(
        self, desk: Desk, parent: QWidget, known_at: float | None = None, clock: Callable[[], float] = monotonic
    ) -> None:
        super().__init__(parent)
        self.setObjectName("ask_again")
        self.clock = clock
        self._desk = desk
        self._known_at = clock() if known_at is None else known_at
        self._act: Callable[[], None] | None = None
        self._build()
        self.field.returned.connect(self._on_returned)
        self._go_on.clicked.connect(self._on_returned)
        self._cancel.clicked.connect(self.forget)
        self.hide()

    def _build(self) -> None:
        title = _("Type your passphrase to go on")
        self.setAccessibleName(title)
        frame = QFrame(self)
        frame.setObjectName("ask_again_frame")
        frame.setProperty("role", "bar")
        frame.setProperty("tone", "note")
        around = QVBoxLayout(self)
        around.setContentsMargins(16, 10, 16, 0)
        around.addWidget(frame)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(frame)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        column.addWidget(label(title, self, kind="strong", name="ask_again_title", wraps=True))
        self._words = label("", self, kind="label", tone="text_soft", name="ask_again_words", wraps=True)
        column.addWidget(self._words)
        row = QHBoxLayout()
        row.setSpacing(10)
        self.field = PassphraseField(self, name="ask_again_field", spoken=_("Passphrase"))
        self.field.setMaximumWidth(theme.current().px(FIELD_WIDTH))
        self._go_on = primary(_("Go on"), self, name="ask_again_go_on")
        self._cancel = link(_("Cancel"), self, name="ask_again_cancel")
        row.addWidget(self.field, 10)
        row.addWidget(self._go_on)
        row.addWidget(self._cancel)
        row.addStretch(1)
        column.addLayout(row)
        self.error = FieldError(self, name="ask_again_error")
        column.addWidget(self.error)

    def when_sure(self, act: Callable[[], None]) -> None:
        """Call `act`: now, if the passphrase was typed a short while ago (the demo practice has none), else once it was."""
        minutes = self._desk.settings.values().ask_again_after
        if self._desk.is_demo or self.clock() - self._known_at < minutes * 60:
            act()
            return
        self._act = act
        words = ngettext(
            "It was last asked for more than {count} minute ago, and this needs you.",
            "It was last asked for more than {count} minutes ago, and this needs you.",
            minutes,
        )
        self._words.setText(words.format(count=minutes))
        self.show()
        self.field.setFocus()

    def note_known(self) -> None:
        """Remember that the passphrase was typed just now."""
        self._known_at = self.clock()

    def forget(self) -> None:
        """Let go of the wish and of what was typed."""
        self._act = None
        for task in self.findChildren(Task):
            task.let_go()
        self._show_end()

    def _show_end(self) -> None:
        self.field.clear()
        self.error.show_error("")
        self._set_busy(is_busy=False)
        self.hide()

    def _on_returned(self) -> None:
        if not self.field.text() or not self._go_on.isEnabled():
            return
        self._set_busy(is_busy=True)
        vault, passphrase = self._desk.vault, self.field.text()

        def prove() -> None:
            from ipt_desktop.services.access import prove_passphrase

            prove_passphrase(vault, passphrase)

        task = Task(prove, self)
        task.done.connect(self._on_proven)
        task.failed.connect(self._on_failed)
        task.start()

    def _on_proven(self, _nothing: object) -> None:
        """Do what was asked for, unless the screen was covered meanwhile: no dialog may open over the cover."""
        act, self._act = self._act, None
        is_in_sight = self.isVisible()
        self.note_known()
        self._show_end()
        if act is not None and is_in_sight:
            act()

    def _on_failed(self, error: object) -> None:
        self._set_busy(is_busy=False)
        self.error.show_error(str(error) if isinstance(error, PracticeError) else sentences_of(cast("Exception", error)))
        self.field.line.selectAll()
        self.field.setFocus()

    def _set_busy(self, *, is_busy: bool) -> None:
        for part in (self.field, self._go_on):
            part.setEnabled(not is_busy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.forget()
            return
        super().keyPressEvent(event)
