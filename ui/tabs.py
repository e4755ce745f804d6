"""The tabs: their fixed numbers, their names, and how the page of each is made on its first visit."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTabBar, QWidget

from ipt_desktop.domain.text import _, marked
from ui import theme
from ui.key_choices import COVER, KeyChoices
from ui.page import Frame, Page
from ui.widgets.buttons import Button, outlined

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab: its key, its word, its number on the keyboard, and where its page is."""

    key: str
    word: str
    number: int
    module: str
    page: str

    def make(self, desk: Desk, frame: Frame) -> Page:
        """Make the page; its module is imported now and not before."""
        made = getattr(import_module(self.module), self.page)(desk, frame)
        if not isinstance(made, Page):
            raise TypeError(self.page)
        return made


ALL_TABS = (
    Tab("clients", marked("Clients"), 1, "ui.clients.page", "ClientsPage"),
    Tab("circle", marked("Circle"), 2, "ui.circle.page", "CirclePage"),
    Tab("sessions", marked("Sessions"), 3, "ui.sessions.page", "SessionsPage"),
    Tab("phases", marked("Phases"), 4, "ui.phases.page", "PhasesPage"),
    Tab("progress", marked("Progress"), 5, "ui.progress.page", "ProgressPage"),
    Tab("reports", marked("Reports"), 6, "ui.reports.page", "ReportsPage"),
)

UNDERLINE = 3


class TabWords(QTabBar):
    """The row of words. Each tab is as wide as its word set in the heavier weight it has when chosen."""

    def tabSizeHint(self, index: int) -> QSize:  # noqa: N802 - Qt's name
        """Return room for the word in semi-bold: the style sheet alone would cut it off."""
        look = theme.current()
        word = QFontMetrics(look.font("strong")).horizontalAdvance(self.tabText(index))
        return QSize(word + 40, look.size("tab_bar"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words, a line under the chosen one, and the ring of the keyboard."""
        super().paintEvent(event)
        chosen = self.tabRect(self.currentIndex())
        painter = QPainter(self)
        line = chosen.adjusted(1, chosen.height() - UNDERLINE, -1, 0)
        painter.fillRect(line, theme.current().color("accent"))
        if self.hasFocus():
            painter.setPen(QPen(theme.current().color("focus"), theme.current().size("focus_width")))
            painter.drawRoundedRect(chosen.adjusted(2, 5, -2, -6), 4, 4)
        painter.end()


class TabRow(QFrame):
    """The tabs at the left; Lock and Cover at the right."""

    chosen = Signal(str)
    lock_asked = Signal()
    cover_asked = Signal()

    def __init__(self, tabs: tuple[Tab, ...], parent: QWidget, keys: KeyChoices) -> None:
        super().__init__(parent)
        self.setObjectName("tab_row")
        self.setProperty("role", "tabs")
        self._tabs = tabs
        self.words = TabWords(self)
        self.words.setObjectName("tabs")
        self.words.setAccessibleName(_("Tabs"))
        self.words.setDrawBase(False)
        self.words.setExpanding(False)
        self.words.setUsesScrollButtons(False)
        for tab in tabs:
            place = self.words.addTab(_(tab.word))
            self.words.setTabToolTip(place, f"Ctrl+{tab.number}")
        self._lock = Button(_("Lock  Ctrl+L"), self, kind="quiet", name="lock", icon="lock", role="text_soft", spoken=_("Lock"))
        self._keys = keys
        self._cover = outlined("", self, name="cover", icon="eye-off", spoken=_("Cover"))
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 20, 0)
        row.setSpacing(10)
        row.addWidget(self.words, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        row.addWidget(self._lock)
        row.addWidget(self._cover)
        self._grow()
        self._name_keys()
        keys.changed.connect(self._name_keys)
        self.words.currentChanged.connect(self._on_current_changed)
        self._lock.clicked.connect(self.lock_asked)
        self._cover.clicked.connect(self.cover_asked)

    def _name_keys(self) -> None:
        self._set_words(has_keys=True)
        self._fit()

    def _fit(self) -> None:
        """Leave out the keys beside the words at the right where the tabs need their room, then the word of Lock."""
        for has_keys, has_lock in ((True, True), (False, True), (False, False)):
            self._set_words(has_keys=has_keys, has_lock=has_lock)
            if self.sizeHint().width() <= self.width():
                return

    def _set_words(self, *, has_keys: bool, has_lock: bool = True) -> None:
        lock = _("Lock  Ctrl+L") if has_keys else _("Lock") if has_lock else ""
        cover = f"{_('Cover')}  {self._keys.words(COVER)}" if has_keys else _("Cover")
        if (lock, cover) == (self._lock.text(), self._cover.text()):
            return
        self._lock.setText(lock)
        self._lock.set_icon("lock")
        self._cover.setText(cover)
        self._cover.set_icon("eye-off")  # once more: its distance hangs on there being words

    def show_chosen(self, key: str) -> None:
        """Mark a tab as the one shown, without announcing it."""
        self.words.blockSignals(True)
        self.words.setCurrentIndex([tab.key for tab in self._tabs].index(key))
        self.words.blockSignals(False)
        self.words.update()

    def _on_current_changed(self, place: int) -> None:
        if place >= 0:
            self.chosen.emit(self._tabs[place].key)

    def _grow(self) -> None:
        self.setFixedHeight(theme.current().size("tab_bar") + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "words"):
            self._grow()
            if hasattr(self, "_keys"):
                self._fit()
