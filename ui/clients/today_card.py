"""The card above the table of clients: what waits today, risk first. Each line goes there; without any there is no card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.dates import day_words
from ipt_desktop.domain.text import _
from ui import theme
from ui.clients.today_entry import FittingRow, RestMenu, TodayEntry, more_words
from ui.clients.today_parts import RISK, TodayPart
from ui.widgets.buttons import Button, link
from ui.widgets.card import Card, hairline
from ui.widgets.chips import ChipRow
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.naming import named

GAP = 8  # between what is folded
MOST_LINES = 3  # in a column; more are counted in the last one
MARGINS = 24  # above and below, with the frame
UNBOUNDED = (1 << 24) - 1  # what Qt takes for no limit


class TodayCard(QFrame):
    """Risk stands across, the other parts in columns of equal width.

    `asked` carries the `TodayPlace` that was chosen.
    """

    asked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "today", _("Today"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.card = Card(self, name="today_card")
        outer.addWidget(self.card)
        self._date = ElidedLabel("", self.card)
        self._date.setProperty("kind", "title")
        self._date.setObjectName("today_date")
        self._date.setMinimumWidth(1)
        self.card.head.addWidget(self._date, 1)
        self._row = ChipRow(self.card, name="today_folded", spoken=_("What waits today"))
        self._row.hide()
        self.card.head.addWidget(self._row)
        self.card.body.addLayout(self.card.head)
        self._menu = RestMenu(self, self.asked.emit)
        self._shown: tuple[date | None, tuple[TodayPart, ...]] = (None, ())
        self._room = UNBOUNDED
        self._folded: dict[str, QWidget] = {}
        self._across: list[QWidget] = []
        self._columns: list[QWidget] = []
        self._parting: list[QWidget] = []
        self.hide()

    # -- what it shows ---------------------------------------------------------------------------------------------

    def show_today(self, today: date, parts: Sequence[TodayPart]) -> None:
        """Show what waits on a day."""
        if (today, tuple(parts)) == self._shown:
            return
        had_keys = self._number_with_keys()
        self._clear()
        self._shown = (today, tuple(parts))
        self._date.setText(day_words(today, has_weekday=True))
        for part in parts:
            self._fold(part)
        self._across = [self._put(self._make_across(each)) for each in parts if each.key == RISK]
        columns = [each for each in parts if each.key != RISK]
        self._columns = [self._put(self._make_columns(columns))] if columns else []
        self.fit(self._room)
        self.setVisible(bool(parts))
        if had_keys and (again := self.findChild(QWidget, had_keys)) is not None:
            again.setFocus()

    def fit(self, room: int) -> None:
        """Be no higher than this: first the columns become a few words that open a menu, then risk does."""
        self._room = room
        has_columns = self._height(self._across, self._columns) <= room
        has_across = has_columns or self._height(self._across) <= room
        for each in self._across:
            each.setVisible(has_across)
        for each in self._columns:
            each.setVisible(has_columns)
        for key, each in self._folded.items():
            each.setVisible(not (has_across if key == RISK else has_columns))
        is_low = not has_columns and not (has_across and self._across)
        self.card.body.setContentsMargins(*((20, 4, 12, 4) if is_low else (20, 10, 20, 12)))
        self._row.setVisible(any(each.isVisibleTo(self._row) for each in self._folded.values()))
        self._share_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew between the date and what is folded."""
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """Let the few words stand on one line as long as they can, and the date give way; then they wrap."""
        folded = [each.sizeHint().width() for each in self._folded.values() if each.isVisibleTo(self._row)]
        margins = self.card.body.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self.card.head.spacing()
        self._row.setMinimumWidth(max(0, min(sum(folded) + GAP * len(folded), room)))

    def _height(self, *shown: Sequence[QWidget]) -> int:
        parts = [each for several in shown for each in several]
        heights = [self._date.sizeHint().height(), *(each.sizeHint().height() for each in parts)]
        return sum(heights) + MARGINS + self.card.body.spacing() * len(parts)

    def grow(self) -> None:
        """Set the lines anew for another text size."""
        today, parts = self._shown
        self._shown = (None, ())
        if today is not None:
            self.show_today(today, parts)

    def forget(self) -> None:
        """Let go of every name."""
        self._menu.forget()
        self._clear()
        self._shown = (None, ())
        self.hide()

    def _number_with_keys(self) -> str:
        """Return the name of the line that has the keyboard, or ""."""
        return next((each.objectName() for each in self.findChildren(QWidget) if each.hasFocus()), "")

    # -- what it is made of ----------------------------------------------------------------------------------------

    def _put(self, part: QWidget) -> QWidget:
        self.card.body.addWidget(part)
        return part

    def _fold(self, part: TodayPart) -> None:
        holder = QFrame(self._row)
        row = QHBoxLayout(holder)
        row.setContentsMargins(4, 2, 4, 2)
        if part.key == RISK:
            _look_like_caution(holder)
        row.addWidget(self._opener(part, holder, part.counted, f"today_{part.key}_all"))
        self._row.add(holder)
        self._folded[part.key] = holder

    def _opener(self, part: TodayPart, parent: QWidget, words: str, name: str) -> Button:
        made = link(words, parent, name=name, spoken=f"{part.title}: {words}" if words != part.counted else words)
        made.setProperty("is_inline", True)
        made.clicked.connect(partial(self._menu.offer, part, made))
        return made

    def _make_across(self, part: TodayPart) -> QWidget:
        made = QFrame(self.card)
        named(made, f"today_{part.key}", part.title)
        _look_like_caution(made)
        column = QVBoxLayout(made)
        column.setContentsMargins(12, 4, 12, 4)
        title = label(part.title, made, kind="strong", name=f"today_{part.key}_title")
        column.addWidget(FittingRow(title, part, self.asked.emit, partial(self._rest, part), made))
        return made

    def _rest(self, part: TodayPart, parent: QWidget, count: int) -> Button:
        return self._opener(part, parent, more_words(count), f"today_{part.key}_more")

    def _make_columns(self, parts: Sequence[TodayPart]) -> QWidget:
        made = QWidget(self.card)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().space("l"))
        for place, part in enumerate(parts):
            if place:
                row.addWidget(hairline(made, is_upright=True))
            row.addWidget(self._make_column(part, made), 1)
        return made

    def _make_column(self, part: TodayPart, parent: QWidget) -> QWidget:
        made = named(QWidget(parent), f"today_{part.key}", part.title)
        made.setMinimumWidth(1)  # the columns are of one width, whatever they say
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(label(part.title, made, kind="caption_strong", tone="text_soft", name=f"today_{part.key}_title"))
        count = len(part.places)
        most = count if count <= MOST_LINES else MOST_LINES - 1
        for number in range(most):
            column.addWidget(TodayEntry(part, number, self.asked.emit, made, tone="text_soft"))
        if count > most:
            row = QHBoxLayout()
            row.setContentsMargins(theme.current().size("icon") + 6, 0, 0, 0)
            row.addWidget(self._rest(part, made, count - most))
            row.addStretch(1)
            column.addLayout(row)
        column.addStretch(1)
        return made

    def _clear(self) -> None:
        self._parting = [
            *self._folded.values(),
            *self._across,
            *self._columns,
        ]  # one of them may be the sender of what led here
        for part in self._parting:
            part.hide()
            part.setParent(None)
            part.deleteLater()
        self._folded, self._across, self._columns = {}, [], []


def _look_like_caution(frame: QFrame) -> None:
    """Give a frame the fill of caution; where fills are not told apart from paper, its border too."""
    frame.setProperty("role", "bar")
    frame.setProperty("tone", "caution")
    frame.setProperty("is_slim", theme.current().name != "high_contrast")
