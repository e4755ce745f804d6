"""What is pinned below the choices: in words what the document holds and leaves out, and the ways it can leave."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui import theme
from ui.reports.password import Password
from ui.widgets.buttons import Button, icon_button, outlined, primary
from ui.widgets.chips import FlowLayout
from ui.widgets.naming import named

SIDE = 24
LINES, FEW_LINES = 7, 4
"""So many lines of the sentence are in sight at most, and in large text; more of it is scrolled to."""


class Foot(QWidget):
    """`save_asked`, `print_asked` and `copy_asked` when a way out is taken."""

    save_asked = Signal()
    print_asked = Signal()
    copy_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("report_foot")
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 8, SIDE, 12)
        column.setSpacing(4)
        self.sentence = QLabel("", self)
        self.sentence.setObjectName("report_sentence")
        self.sentence.setProperty("kind", "label")
        self.sentence.setTextFormat(Qt.TextFormat.RichText)
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._room = QScrollArea(self)
        named(self._room, "report_sentence_room", _("What it will contain"))
        self._room.setWidgetResizable(True)
        self._room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._room.setWidget(self.sentence)
        column.addWidget(self._room)
        self.password = Password(self)
        self.copy = icon_button("copy", self, name="copy_report", spoken=_("Copy as text"))
        self.copy.setToolTip(_("Copy as text"))
        row = QHBoxLayout()
        row.addWidget(self.password, 1)
        row.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        self.save = primary(_("Save PDF…"), self, name="save_report", icon="file-down")
        self.print = outlined(_("Print…"), self, name="print_report", icon="printer")
        for button, asked in ((self.save, self.save_asked), (self.print, self.print_asked), (self.copy, self.copy_asked)):
            button.clicked.connect(asked)
        verbs = QWidget(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        verbs.setSizePolicy(policy)
        flow = FlowLayout(verbs, gap=8, row_gap=2)  # below one another where the text is large
        for button in (self.save, self.print):
            flow.addWidget(button)
        column.addWidget(verbs)

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The ways out."""
        return self.save, self.print, self.copy

    def say(self, sentences: Sequence[str]) -> None:
        """Say these, each made by `said`."""
        self.sentence.setText(" ".join(sentences))
        self._fit()

    def forget(self) -> None:
        """Let go of what was said, and of the password."""
        self.say(())
        self.password.forget()

    def resizeEvent(self, event: object) -> None:
        """Give the sentence the lines it needs at this width."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _fit(self) -> None:
        width = self.width() - 2 * SIDE
        wanted = self.sentence.heightForWidth(width) if self.sentence.text() else 0
        lines = FEW_LINES if theme.current().is_large else LINES
        self._room.setFixedHeight(max(0, min(wanted, lines * self.sentence.fontMetrics().lineSpacing())))


def said(head: str, words: Sequence[str]) -> str:
    """Return a sentence of the foot."""
    return f"<b>{escape(head)}</b> {escape(', '.join(words))}."
