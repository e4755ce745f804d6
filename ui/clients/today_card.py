"""The card above the table of clients: what waits to be finished today. Each line goes there; without any it is not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _, ngettext
from ui import theme
from ui.widgets.buttons import link
from ui.widgets.card import Card
from ui.widgets.chips import ChipRow
from ui.widgets.labels import Picture, label

MOST_PLACES, MOST_IN_LARGE = 4, 1  # of a line, that are named until the others are asked for


@dataclass(frozen=True, slots=True)
class TodayPlace:
    """Where a part of a line goes: the words of its link, and the ids of client, course and session (or "")."""

    words: str
    client_id: str
    course_id: str = ""
    session_id: str = ""


@dataclass(frozen=True, slots=True)
class TodayLine:
    """One thing to be done: its key, its icon, what it is, and the places to do it at."""

    key: str
    icon: str
    words: str
    places: Sequence[TodayPlace] = ()


TodayColumn = tuple[str, Sequence[TodayLine]]  # its title, and what stands below it


class TodayCard(QFrame):
    """`first` lines go across, each column below has its title. `asked` carries the place that was clicked."""

    asked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("today")
        self.setAccessibleName(_("Today"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.card = Card(self, name="today_card")
        outer.addWidget(self.card)
        self._shown: tuple[tuple[TodayLine, ...], tuple[TodayColumn, ...]] = ((), ())
        self._is_unfolded = False
        self._parts: list[QWidget] = []
        self._parting: list[QWidget] = []
        self.hide()

    def show_lines(self, first: Sequence[TodayLine], columns: Sequence[TodayColumn]) -> None:
        """Show these lines; a column without any is left out, and the card goes away where nothing is left."""
        wanted = (tuple(first), tuple((title, tuple(lines)) for title, lines in columns if lines))
        if wanted == self._shown:
            return
        self._clear()
        self._shown = wanted
        for line in wanted[0]:
            self._put(self._make_line(line, self.card))
        if wanted[1]:
            self._put(self._make_columns(wanted[1]))
        self.setVisible(bool(self._parts))

    def unfold(self) -> None:
        """Name every place."""
        self._is_unfolded = True
        self.grow()

    def grow(self) -> None:
        """Set the lines anew for another text size."""
        shown, self._shown = self._shown, ((), ())
        self.show_lines(*shown)

    def forget(self) -> None:
        """Let go of every name."""
        self._clear()
        self._shown = ((), ())
        self._is_unfolded = False
        self.hide()

    def _put(self, part: QWidget) -> None:
        self.card.body.addWidget(part)
        self._parts.append(part)

    def _clear(self) -> None:
        self._parting = self._parts  # one of them may be the sender of what led here
        for part in self._parts:
            part.hide()
            part.setParent(None)
            part.deleteLater()
        self._parts = []

    def _make_columns(self, columns: Sequence[TodayColumn]) -> QWidget:
        made = QWidget(self.card)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().space("l"))
        for title, lines in columns:
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(label(title, made, kind="caption_strong", tone="text_soft", name="today_column"))
            for line in lines:
                column.addWidget(self._make_line(line, made))
            column.addStretch(1)
            row.addLayout(column, 1)
        return made

    def _make_line(self, line: TodayLine, parent: QWidget) -> QWidget:
        made = QWidget(parent)
        made.setObjectName(f"today_{line.key}")
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        picture = Picture(line.icon, made, role="caution")
        words = label(line.words, made, name=f"today_{line.key}_words")
        for part in (picture, words):
            part.setFixedHeight(theme.current().size("control"))
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        places = ChipRow(made, name=f"today_{line.key}_places", spoken=line.words)
        most = len(line.places) if self._is_unfolded else MOST_IN_LARGE if theme.current().is_large else MOST_PLACES
        for number, place in enumerate(line.places[:most]):
            go = link(place.words, places, name=f"today_{line.key}_{number}", spoken=f"{line.words}: {place.words}")
            go.clicked.connect(partial(self.asked.emit, place))
            places.add(go)
        more = len(line.places) - most
        if more > 0:
            told = ngettext("and {count} more", "and {count} more", more).format(count=more)
            rest = link(told, places, name=f"today_{line.key}_more", spoken=f"{line.words}: {told}")
            rest.clicked.connect(self.unfold)
            places.add(rest)
        row.addWidget(places, 1)
        return made
