"""How the cards of the Phases tab stand: three in a row under the course; in a narrow window two, *What next* first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui import theme
from ui.page import Frame
from ui.phases.areas_card import AreasCard
from ui.phases.course_card import CourseCard
from ui.phases.next_card import NextCard
from ui.phases.standing_card import StandingCard
from ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk

NARROW, WIDE_MARGIN = 1100, 1200
GAP, LEAST_CARD, WIDEST_CARD, FREE = 14, 300, 480, 16777215  # the last is Qt's own "no limit"
LEAST_TWO = 640  # at 100 % text: with less room than this two cards stand below one another


class PhasesColumns(QScrollArea):
    """Course card above, the others below; above 130 % text the narrow layout holds whatever the window, then one column."""

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("phases_columns")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._is_narrow = False
        self._desk = QWidget(self)
        self._desk.setObjectName("phases_desk")
        self._desk.setProperty("role", "desk")
        self._desk.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = QVBoxLayout(self._desk)
        self._column.setSpacing(12)
        self.course_card = CourseCard(self._desk)
        self.standing = StandingCard(self._desk)
        self.areas = AreasCard(self._desk)
        self.next = NextCard(desk, frame, self._desk)
        self._column.addWidget(self.course_card)
        self._build_cards()
        self.setWidget(self._desk)

    def _build_cards(self) -> None:
        self._cards = QHBoxLayout()
        self._cards.setSpacing(GAP)
        self._side = QWidget(self._desk)
        self._side.setObjectName("phases_side")
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        words = (("next", _("What next")), ("standing", _("Where are we")))
        self._switch = Segmented(words, self._side, name="phases_switch", spoken=_("Show in this column"))
        self._switch.choose("next")
        self._switch.chosen.connect(self._on_switched)
        side.addWidget(self._switch)
        self._pages = QStackedWidget(self._side)
        self._pages.setObjectName("phases_side_pages")
        side.addWidget(self._pages, 1)
        for card, share in ((self._side, 11), (self.standing, 10), (self.areas, 13), (self.next, 11)):
            self._cards.addWidget(card, share)
        self._set_heights()
        self._side.hide()
        self._column.addLayout(self._cards, 1)
        self._show_cards()

    def show_next(self) -> None:
        """Bring what is next into sight."""
        self._switch.choose("next")
        self._on_switched()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand as the width asks for."""
        super().resizeEvent(event)
        self._stand()

    def changeEvent(self, event: QEvent) -> None:
        """Stand anew when the text size changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_side"):
            self._set_heights()
            self._show_cards()
            self._stand()

    def _set_heights(self) -> None:
        for card in (self.standing, self.areas, self.next, self._side):
            card.setMinimumHeight(theme.current().px(LEAST_CARD))

    def _stand(self) -> None:
        margin = 24 if self.width() >= WIDE_MARGIN else 16
        self._column.setContentsMargins(margin, 12, margin, 14)
        is_narrow = self.width() < NARROW or theme.current().is_large
        widest = 3 * theme.current().px(WIDEST_CARD) + 2 * GAP
        room = self.width() - 2 * margin
        spare = 0 if is_narrow else max(0, (room - widest) // 2)
        is_stacked = is_narrow and room < theme.current().px(LEAST_TWO)
        self._cards.setDirection(QBoxLayout.Direction.TopToBottom if is_stacked else QBoxLayout.Direction.LeftToRight)
        self._cards.setContentsMargins(spare, 0, spare, 0)
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._arrange()

    def _arrange(self) -> None:
        for card, place, share in ((self.standing, 1, 10), (self.next, 3, 11)):
            if self._is_narrow:
                self._pages.addWidget(card)
            else:
                self._cards.insertWidget(place, card, share)
                card.show()
            card.title.setVisible(not self._is_narrow)  # the switch above says it there
        self.course_card.stand(is_narrow=self._is_narrow)
        self._side.setVisible(self._is_narrow)
        self._on_switched()
        self._show_cards()

    def _show_cards(self) -> None:
        for card in (self.standing, self.areas, self.next):
            card.setMaximumWidth(FREE if self._is_narrow else theme.current().px(WIDEST_CARD))

    def _on_switched(self) -> None:
        if self._is_narrow:
            self._pages.setCurrentWidget(self.standing if self._switch.choice() == "standing" else self.next)
