"""Where the parts of the Clients tab stand: list and file side by side; in a narrow window the file opens over the list."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ipt_desktop.domain.records import Client
from ipt_desktop.domain.text import _
from ui import theme
from ui.clients.client_list import WIDEST_TABLE, ClientList
from ui.widgets.buttons import link
from ui.widgets.empty_state import EmptyState
from ui.widgets.inline_bar import InlineBar

if TYPE_CHECKING:
    from ui.clients.client_file import ClientFile

NARROW = 1100
FILE_WIDTH, NARROWEST_FILE, WIDEST_FILE = 372, 320, 560
UNBOUNDED = (1 << 24) - 1  # what Qt takes for no limit


class ClientColumns(QWidget):
    """`is_open` says whether the right side is to be seen where there is room for one side only; `is_folded` puts it away."""

    file_made = Signal(object)
    file_drawn = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget, name_of: Callable[[Client], str]) -> None:
        super().__init__(parent)
        self.setObjectName("client_columns")
        self.is_open = self.is_folded = False
        self._file_width = 0  # until the therapist draws it
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._above = QVBoxLayout()
        self.bar = InlineBar(self, name="clients_bar")
        self._above.addWidget(self.bar)
        self.bar.shown.connect(self._on_bar_shown)
        self._on_bar_shown(False)
        column.addLayout(self._above)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setObjectName("clients_splitter")
        self._splitter.setChildrenCollapsible(False)
        self.list = ClientList(self._splitter, name_of)
        self._splitter.addWidget(self.list)
        self._splitter.addWidget(self._make_right())
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        self._splitter.splitterMoved.connect(self._on_splitter_moved)
        column.addWidget(self._splitter, 1)

    def _make_right(self) -> QWidget:
        self._side = QWidget(self._splitter)
        self._side.setObjectName("clients_side")
        self._side.setProperty("role", "paper")
        self._side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._back = link(_("All clients"), self._side, name="all_clients", icon="arrow-left")
        self._back.clicked.connect(self._on_back)
        row = QHBoxLayout()
        row.setContentsMargins(12, 6, 12, 0)
        row.addWidget(self._back)
        row.addStretch(1)
        column.addLayout(row)
        self._back_row = row
        self.right = QStackedWidget(self._side)
        self.right.setObjectName("clients_right")
        self.right.setProperty("role", "paper")
        self._no_choice = QWidget(self.right)
        margin = QVBoxLayout(self._no_choice)
        margin.setContentsMargins(20, 14, 20, 14)
        words = _("Click a name, or mark one with the arrow keys and press Enter. The file opens here.")
        margin.addWidget(EmptyState(_("No client chosen"), words, self._no_choice, name="no_choice", icon="user"))
        margin.addStretch(1)
        self.right.addWidget(self._no_choice)
        column.addWidget(self.right, 1)
        return self._side

    @cached_property
    def file(self) -> ClientFile:
        """The file of the client chosen, made for the first one: the start shows none and does not wait for it."""
        from ui.clients.client_file import ClientFile

        made = ClientFile(self.right)
        self.right.addWidget(made)
        self.file_made.emit(made)
        return made

    @property
    def has_file(self) -> bool:
        """Whether a file has been shown yet."""
        return "file" in self.__dict__

    # -- what it shows ---------------------------------------------------------------------------------------------

    def show_side(self, side: QWidget | None) -> None:
        """Show the file or a form at the right, or with None that no client is chosen."""
        self.right.setCurrentWidget(side or self._no_choice)

    def draw_file(self, width: int) -> None:
        """Make the right side this wide, in pixels at 100 % text."""
        self._file_width = width

    def fold(self) -> None:
        """Put the file away, or show it again, where both sides stand."""
        if not self.is_narrow and self.list.has_any:
            self.is_folded = not self.is_folded
            self.arrange()
            if self.is_folded:
                self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def is_narrow(self) -> bool:
        """Whether there is room for one side only."""
        return self.width() < NARROW or theme.current().is_large

    def arrange(self, *, has_clients: bool = True) -> None:
        """Give both sides their room, or one of them all of it: in a narrow window, and until there is a client."""
        is_narrow, px = self.is_narrow, theme.current().px
        is_alone = is_narrow or not has_clients
        self._side.setMinimumWidth(0 if is_alone else px(NARROWEST_FILE))
        self._side.setMaximumWidth(UNBOUNDED if is_alone else px(WIDEST_FILE))
        self.list.setVisible(not is_alone or not self.is_open)
        self._side.setVisible(self.is_open if is_alone else not self.is_folded)
        self._back.setVisible(is_narrow)
        self._back_row.setContentsMargins(12, 6 if is_narrow else 0, 12, 0)
        if not is_alone:
            side = px(self._file_width or self._fitting_width())
            self._splitter.setSizes([max(self.width() - side, 1), side])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Change between the two layouts with the width."""
        super().resizeEvent(event)
        self.arrange(has_clients=self.list.has_any)

    def _fitting_width(self) -> int:
        """Return the file's width at 100 % text: more of it in a window wider than the table needs."""
        return min(max(round(self.width() / theme.current().scale) - WIDEST_TABLE - 44, FILE_WIDTH), WIDEST_FILE)

    def _on_bar_shown(self, is_shown: bool) -> None:
        self._above.setContentsMargins(*((16, 10, 16, 0) if is_shown else (0, 0, 0, 0)))

    def _on_splitter_moved(self) -> None:
        width = round(self._side.width() / theme.current().scale)
        if width != self._file_width:
            self._file_width = width
            self.file_drawn.emit(width)

    def _on_back(self) -> None:
        self.closed.emit()
