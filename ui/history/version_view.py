"""A version as it stands in its form, only to be read: what was added is underlined, what was removed struck through."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QResizeEvent, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QGridLayout, QScrollArea, QTextEdit, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ipt_desktop.domain.word_difference import Difference, Piece
from ui import theme
from ui.forms.form_view import LABEL_COLUMN, WIDEST_FIELD
from ui.history.words import spoken_difference
from ui.widgets.labels import label
from ui.widgets.naming import named

if TYPE_CHECKING:
    from ipt_desktop.services.history import FieldDifference

SIDE = 20
FRAME = 2 * (1 + 5)  # border and padding, the same with and without focus


class DifferenceText(QTextEdit):
    """The words of one field with their differences; as high as they are. It can be read, selected and copied."""

    def __init__(self, parent: QWidget, *, name: str, spoken: str) -> None:
        super().__init__(parent)
        named(self, name, spoken)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setProperty("role", "read_only")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFont(theme.current().font("body"))
        self.document().setDocumentMargin(2)
        self.document().documentLayout().documentSizeChanged.connect(self._fit_height)

    def show_pieces(self, pieces: Sequence[Piece], description: str) -> None:
        """Show words; `description` says for a screen reader what the marks say."""
        self.clear()
        cursor = QTextCursor(self.document())
        shape = QTextBlockFormat()
        percent = 100.0 * theme.current().line_height("body") / max(1, self.fontMetrics().lineSpacing())
        shape.setLineHeight(percent, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setBlockFormat(shape)
        for piece in pieces:
            cursor.insertText(piece.text, look_of(piece.difference))
        self.setAccessibleDescription(description)
        self._fit_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the height of the words at another width."""
        super().resizeEvent(event)
        self._fit_height()

    def _fit_height(self) -> None:
        height = ceil(self.document().size().height()) + FRAME
        if height != self.minimumHeight() or height != self.maximumHeight():
            self.setFixedHeight(height)


def look_of(difference: Difference) -> QTextCharFormat:
    """Return how words look: never by colour alone."""
    look, colours = QTextCharFormat(), theme.current()
    look.setForeground(colours.color("text"))
    if difference is Difference.ADDED:
        look.setForeground(colours.color("accent_text"))
        look.setBackground(colours.color("accent_soft"))
        look.setFontUnderline(True)
        look.setFontWeight(QFont.Weight.Medium)
    elif difference is Difference.REMOVED:
        look.setForeground(colours.color("text_soft"))
        look.setFontStrikeOut(True)
    return look


class VersionView(QScrollArea):
    """The fields of a version, each with its label at its left."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("history_version")
        self.setAccessibleName(_("The version chosen"))
        self.setProperty("role", "paper")
        self.setWidgetResizable(True)
        self._ground: QWidget | None = None
        self._shown: Sequence[FieldDifference] = ()
        self._about = ""
        self.forget()

    def show_fields(self, fields: Sequence[FieldDifference], about: str) -> None:
        """Show these fields; `about` is said above them."""
        self._shown, self._about = tuple(fields), about
        look = theme.current()
        ground = QWidget(self)
        ground.setProperty("role", "paper")
        column = QVBoxLayout(ground)
        column.setContentsMargins(SIDE, look.space("m"), SIDE, SIDE)
        column.setSpacing(look.space("m"))
        column.addWidget(label(about, ground, kind="label", tone="text_soft", name="history_about", wraps=True))
        inner = QWidget(ground)
        inner.setMaximumWidth(look.px(LABEL_COLUMN) + max(WIDEST_FIELD, look.px(WIDEST_FIELD)))
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.space("s"))
        grid.setVerticalSpacing(look.space("m"))
        grid.setColumnMinimumWidth(0, look.px(LABEL_COLUMN) - look.space("s"))
        grid.setColumnStretch(1, 1)
        for row, told in enumerate(fields):
            caption = label(told.label, inner, kind="label", tone="text_soft", name=f"history_label_{told.key}", wraps=True)
            caption.setFixedWidth(look.px(LABEL_COLUMN) - look.space("s"))
            caption.setContentsMargins(0, look.px(7), 0, 0)
            text = DifferenceText(inner, name=f"history_field_{told.key}", spoken=told.label)
            text.show_pieces(told.pieces, spoken_difference(told))
            caption.setBuddy(text)
            grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, row, 1)
        column.addWidget(inner)
        column.addStretch(1)
        self._replace(ground)

    def show_again(self) -> None:
        """Set the same words anew for another theme or text size."""
        if self._about:
            self.show_fields(self._shown, self._about)

    def forget(self) -> None:
        """Let go of every word."""
        self._shown, self._about = (), ""
        ground = QWidget(self)
        ground.setProperty("role", "paper")
        self._replace(ground)

    def _replace(self, ground: QWidget) -> None:
        old, self._ground = self._ground, ground
        for text in old.findChildren(QTextEdit) if old is not None else ():
            text.clear()
        self.setWidget(ground)  # the old one goes with it
        ground.show()
