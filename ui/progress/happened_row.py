"""What happened, once for all charts: the letters under their axis spelled out, and the sessions that did not take place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ipt_desktop.domain.chart_foot import DISC, Below, BelowKind, below_marks
from ipt_desktop.domain.text import _, ngettext
from ui import theme
from ui.painting import paint_marks, theme_inks
from ui.phases.parting import let_go
from ui.widgets.chips import FlowLayout
from ui.widgets.labels import in_our_direction, label
from ui.widgets.naming import named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST = 14
"""How many are spelled out; the rest is on the timeline."""


class _Mark(QWidget):
    """A mark as it stands under the axis."""

    def __init__(self, below: Below, parent: QWidget) -> None:
        super().__init__(parent)
        self._below = below

    def sizeHint(self) -> QSize:
        """Return the room of a disc."""
        side = theme.current().px(round(2 * DISC) + 3)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the middle."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(look.scale, look.scale)
        center = self.width() / look.scale / 2, self.height() / look.scale / 2
        paint_marks(painter, below_marks(self._below, *center), theme_inks(look))
        painter.end()


def _order(below: Below) -> tuple[bool, float]:
    return below.kind is BelowKind.ABSENT, below.place


class HappenedRow(QWidget):
    """The marks with their words, in as many lines as they need."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "happened", _("What happened"))
        self._flow = FlowLayout(self, gap=18, row_gap=4)
        self._flow.setContentsMargins(18, 0, 18, 0)
        self._parting: list[QWidget] = []

    def show_below(self, below: Sequence[Below], words: Mapping[str, str]) -> None:
        """Spell out what stands under the axis; circles are named once."""
        self._parting = let_go(self._flow)
        told = sorted((each for each in below if each.kind is not BelowKind.CIRCLE), key=_order)
        circle = next((each for each in below if each.kind is BelowKind.CIRCLE), None)
        self.setVisible(bool(told or circle))
        if not (told or circle):
            return
        title = label(_("What happened"), self, kind="label", tone="text_soft", name="happened_title")
        title.setMinimumHeight(theme.current().px(round(2 * DISC) + 3))  # as high as the marks it stands beside
        self._add(title)
        for number, each in enumerate(told[:MOST]):
            self._add(self._entry(each, words.get(each.key, ""), number))
        if circle is not None:
            self._add(self._entry(circle, _("the circle was drawn"), len(told)))
        if len(told) > MOST:
            rest = len(told) - MOST
            more = ngettext("{count} more on the timeline", "{count} more on the timeline", rest).format(count=rest)
            self._add(label(more, self, kind="label", tone="text_soft", name="happened_more"))
        self._grow()

    def _add(self, widget: QWidget) -> None:
        self._flow.addWidget(widget)
        widget.show()

    def _entry(self, below: Below, words: str, number: int) -> QWidget:
        made = QWidget(self)
        named(made, f"happened_{number}", words)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(7)
        row.addWidget(_Mark(below, made))
        said: QLabel = label(in_our_direction(words), made, kind="label", name=f"happened_{number}_words")
        row.addWidget(said)
        return made

    def forget(self) -> None:
        """Let go of every word."""
        self._parting = let_go(self._flow)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the lines at this width."""
        super().resizeEvent(event)
        self._grow()

    def _grow(self) -> None:
        self.setFixedHeight(max(self._flow.heightForWidth(self.width()), 1))
