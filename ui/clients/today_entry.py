"""The lines of the card above the clients: one, a row of as many as there is room for, and a menu of them all."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QWidget

from ipt_desktop.domain.text import _, ngettext
from ui.clients.today_parts import TodayPart, TodayPlace
from ui.widgets.buttons import Button, link
from ui.widgets.labels import ElidedLabel, Picture
from ui.widgets.naming import named

MOST_LETTERS = 28  # of a name; a longer one is whole in its tooltip
MOST_IN_MENU = 90  # letters of a line
GAP = 6

Going = Callable[[TodayPlace], None]


class TodayEntry(QWidget):
    """A name that goes there, and what is to be known of it; the latter gives way where there is little room."""

    def __init__(self, part: TodayPart, number: int, go: Going, parent: QWidget, *, tone: str) -> None:
        super().__init__(parent)
        place = part.places[number]
        name = f"today_{part.key}_{number}"
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        if part.icon:
            row.addWidget(Picture(part.icon, self, role="text_soft"))
        words = place.name if len(place.name) <= MOST_LETTERS else f"{place.name[: MOST_LETTERS - 1].rstrip()}…"
        self.name = link(_escaped(words), self, name=name, spoken=f"{part.title}: {place.words}")
        self.name.setProperty("is_inline", True)
        self.name.setToolTip(place.words)
        self.name.clicked.connect(partial(go, place))
        row.addWidget(self.name)
        detail = ElidedLabel(place.detail, self)
        detail.setTextFormat(Qt.TextFormat.PlainText)
        detail.setProperty("kind", "label")
        detail.setProperty("tone", tone)
        named(detail, f"{name}_detail")
        row.addWidget(detail, 1)

    def minimumSizeHint(self) -> QSize:
        """Ask for the name alone."""
        return QSize(self.name.sizeHint().width(), super().minimumSizeHint().height())


class FittingRow(QWidget):
    """Lines side by side: as many as there is room for, at least one, and then how many more there are."""

    def __init__(
        self, title: QLabel, part: TodayPart, go: Going, rest: Callable[[QWidget, int], Button], parent: QWidget
    ) -> None:
        super().__init__(parent)
        named(self, f"today_{part.key}_row", part.title)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP * 2)
        self._title = title
        self._row.addWidget(title)
        most = min(len(part.places), 6)
        self.entries = [TodayEntry(part, number, go, self, tone="text") for number in range(most)]
        for entry in self.entries:
            entry.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            self._row.addWidget(entry)
        self._count = len(part.places)
        self.more = rest(self, 0)
        self._row.addWidget(self.more)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Let the list around it become narrow."""
        return QSize(1, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Find room anew when the text size changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "more"):
            self._fit()

    def _fit(self) -> None:
        gap = self._row.spacing()
        self.more.setText(more_words(self._count))  # as wide as it may become
        room = self.width() - self._title.sizeHint().width() - gap
        widths = [entry.sizeHint().width() + gap for entry in self.entries]
        if self._count > len(widths) or sum(widths) > room:
            room -= self.more.sizeHint().width() + gap
        shown = 0
        for entry, width in zip(self.entries, widths, strict=True):
            room -= width
            has_room = shown == 0 or room >= 0
            entry.setVisible(has_room)
            shown += has_room
        self.more.setText(more_words(self._count - shown))
        self.more.setAccessibleName(f"{self._title.text()}: {self.more.text()}")
        self.more.setVisible(self._count > shown)


class RestMenu(QMenu):
    """All places of a part, to go to one of them."""

    def __init__(self, parent: QWidget, go: Going) -> None:
        super().__init__(parent)
        named(self, "today_menu", _("Today"))
        self._go = go

    def offer(self, part: TodayPart, below: QWidget) -> None:
        """Open below a button with every place of a part."""
        self.clear()
        self.setAccessibleName(part.title)
        for place in part.places:
            words = textwrap.shorten(place.words, MOST_IN_MENU, placeholder="…")
            self.addAction(_escaped(words), partial(self._go, place))
        self.popup(below.mapToGlobal(QPoint(0, below.height())))

    def forget(self) -> None:
        """Let go of every name."""
        self.close()
        self.clear()


def more_words(count: int) -> str:
    """Return how many more there are."""
    return ngettext("and {count} more", "and {count} more", count).format(count=count)


def _escaped(words: str) -> str:
    return words.replace("&", "&&")
