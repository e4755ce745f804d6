"""The left side of the Clients tab: filter, status, the table and its count, or what to do where there is no one yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ipt_desktop.domain.records import Client, ClientStatus
from ipt_desktop.domain.text import _, ngettext
from ui import theme
from ui.clients.client_table import ClientTable
from ui.clients.today_card import TodayCard
from ui.widgets.buttons import outlined
from ui.widgets.card import Card, hairline
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import label
from ui.widgets.naming import named
from ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from ipt_desktop.services.clients import ClientStanding
    from ui.clients.today_parts import TodayPart

EVERYONE = "all"
WIDEST_TABLE = 1100
FILTER_WIDTH, LEAST_FILTER_WIDTH = 220, 130
MARGIN, BAR_GAPS, CARD_GAPS = 14, 44, 38  # pixels above and below all, between what is above the table, in its card
LEAST_ROWS = 4  # of the table, that the card above it leaves in sight


class ClientList(QWidget):
    """Who there is. It says what is wanted (`opened`, `chosen`, `add_asked`, `archived_asked`) and changes nothing itself."""

    opened = Signal(str)
    chosen = Signal(str)
    add_asked = Signal()
    archived_asked = Signal(bool)

    def __init__(self, parent: QWidget, name_of: Callable[[Client], str]) -> None:
        super().__init__(parent)
        self.setObjectName("client_list")
        self._standings: Sequence[ClientStanding] = ()
        self._chosen_id = ""
        self.has_any = True
        self._build(name_of)
        self._grow()
        self._connect()

    # -- what it is made of ----------------------------------------------------------------------------------------

    def _build(self, name_of: Callable[[Client], str]) -> None:
        self._column = QVBoxLayout(self)
        self._column.setSpacing(12)
        self.today = TodayCard(self)
        self._column.addWidget(self.today)
        self._pages = QStackedWidget(self)
        self._pages.setObjectName("client_list_pages")
        self._column.addWidget(self._pages, 1)
        self.card = Card(self._pages, name="clients_card")
        self.card.body.setContentsMargins(1, 10, 1, 0)
        self.card.body.setSpacing(6)
        self._build_bar()
        self._build_table(name_of)
        self._build_foot()
        self._pages.addWidget(self.card)
        self.empty = EmptyState(
            _("No client yet"),
            _("Add someone you are treating or about to see. A name, or whatever you call them, is enough to begin."),
            self._pages,
            name="no_client",
            icon="user-plus",
            action=_("Add your first client"),
            hint=_("or press Ctrl+N"),
        )
        self._pages.addWidget(self.empty)

    def _build_bar(self) -> None:
        self.filter = named(QLineEdit(self.card), "client_filter", _("Filter clients by name, reference, area or phase"))
        self.filter.setPlaceholderText(_("Filter by name, area or word"))
        self.filter.setClearButtonEnabled(False)
        self.filter.setToolTip("Ctrl+F")
        words = [(EVERYONE, _("All")), *((each.value, words) for each, words in _status_words())]
        self.status = Segmented(words, self.card, name="client_status", spoken=_("Status"))
        self.status.choose(EVERYONE)
        self._add = outlined(_("Add client"), self.card, name="add_client", icon="plus")
        self._add.setToolTip("Ctrl+N")
        line = QWidget(self.card)
        line.setMinimumWidth(1)  # or the window could never become so narrow that it folds
        self._bar = QGridLayout(line)
        self._bar.setContentsMargins(14, 0, 14, 0)
        self._bar.setHorizontalSpacing(8)
        self._bar.setVerticalSpacing(8)
        self._bar.setColumnStretch(0, 100)  # the filter is as wide as it may be; what is left over stays empty
        self._bar.setColumnStretch(2, 1)
        self.card.body.addWidget(line)
        self._is_bar_narrow: bool | None = None
        self._fold_bar(is_narrow=False)

    def _fold_bar(self, *, is_narrow: bool) -> None:
        """Give the status a line of its own where one line is too short for all."""
        if is_narrow == self._is_bar_narrow:
            return
        self._is_bar_narrow = is_narrow
        for each in (self.filter, self.status, self._add):
            self._bar.removeWidget(each)
        self._bar.addWidget(self.filter, 0, 0)
        self._bar.addWidget(self.status, *((1, 0, 1, 4) if is_narrow else (0, 1, 1, 1)))
        self._bar.addWidget(self._add, 0, 3)

    def _build_table(self, name_of: Callable[[Client], str]) -> None:
        self.table = ClientTable(self.card, name_of)
        self.no_match = EmptyState(
            _("No one matches"),
            _("No client has these words in name, reference, problem area or phase, with the status chosen."),
            self.card,
            name="no_match",
            icon="search",
            action=_("Clear the filter"),
            action_icon="x",
        )
        self._rows = QStackedWidget(self.card)
        self._rows.setObjectName("client_rows")
        self._rows.addWidget(self.table)
        framed = QWidget(self._rows)
        margin = QVBoxLayout(framed)
        margin.setContentsMargins(14, 8, 14, 14)
        margin.addWidget(self.no_match)
        self._rows.addWidget(framed)
        self.card.body.addWidget(self._rows, 1)

    def _build_foot(self) -> None:
        self.card.body.addWidget(hairline(self.card))
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 0, 14, 6)
        self.count = label("", self.card, kind="caption", tone="text_soft", name="client_count")
        self.archived = named(QCheckBox(_("Show archived"), self.card), "show_archived", _("Show archived clients"))
        foot.addWidget(self.count)
        foot.addStretch(1)
        foot.addWidget(self.archived)
        self.card.body.addLayout(foot)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._on_filtered)
        self.filter.installEventFilter(self)
        self.status.chosen.connect(self._on_filtered)
        self._add.clicked.connect(self.add_asked)
        self.empty.acted.connect(self.add_asked)
        self.no_match.acted.connect(self.clear_filter)
        self.archived.toggled.connect(self.archived_asked)
        self.table.opened.connect(self.opened)
        self.table.chosen.connect(self.chosen)

    # -- what it shows ---------------------------------------------------------------------------------------------

    def show_clients(self, standings: Sequence[ClientStanding], chosen_id: str, today: date, *, has_any: bool) -> None:
        """Show these clients and mark the one chosen; `has_any` False teaches how to add the first."""
        marked = self.table.current_client()
        is_same_choice, self._chosen_id = chosen_id == self._chosen_id, chosen_id
        self._standings = standings
        self.table.clients.show_clients(standings, chosen_id, today)
        self.has_any = has_any
        self._pages.setCurrentWidget(self.card if has_any else self.empty)
        counts = Counter(each.client.status.value for each in standings)
        self.status.set_words(EVERYONE, _("All {count}").format(count=len(standings)))
        for status, words in _status_words():
            self.status.set_words(status.value, _("{status} {count}").format(status=words, count=counts[status.value]))
        self._show_rows()
        self.table.mark(marked.id if marked is not None and is_same_choice else chosen_id)

    def show_today(self, today: date, parts: Sequence[TodayPart]) -> None:
        """Show what waits today above the table."""
        self.today.show_today(today, parts)
        self._arrange()

    def _show_rows(self) -> None:
        shown, all_of_them = self.table.clients.rowCount(), len(self._standings)
        self._rows.setCurrentIndex(0 if shown or not all_of_them else 1)
        words = ngettext("{count} client", "{count} clients", all_of_them).format(count=all_of_them)
        if shown != all_of_them:
            words = _("{shown} of {clients}").format(shown=shown, clients=words)
        self.count.setText(words)

    @property
    def first(self) -> QWidget:
        """What takes the keys when the tab is shown: the table, or the button that adds the first client."""
        return self.table if self.has_any else self.empty.findChildren(QPushButton)[0]

    def clear_filter(self) -> None:
        """Show everyone again."""
        self.status.choose(EVERYONE)
        self.filter.clear()
        self._on_filtered()
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_for_words(self) -> None:
        """Let words to filter by be typed."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def _on_filtered(self) -> None:
        status = self.status.choice()
        marked = self.table.current_client()
        self.table.clients.filter(self.filter.text(), "" if status in (None, EVERYONE) else str(status))
        self._show_rows()
        self.table.mark(marked.id if marked else "")

    def forget(self) -> None:
        """Let go of everyone and of the words typed."""
        self._standings, self._chosen_id = (), ""
        self.filter.clear()
        self.table.clients.forget()
        self.today.forget()
        self.count.setText("")
        for key in (EVERYONE, *(each.value for each in ClientStatus)):
            self.status.set_words(key, "")

    # -- what Qt tells ---------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the filter Down and Return go on to the table (Return opens the only one left), Esc empties it."""
        if watched is self.filter and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._go_on(is_opening=event.key() != Qt.Key.Key_Down)
                return True
            if event.key() == Qt.Key.Key_Escape and self.filter.text():
                self.filter.clear()
                return True
        return super().eventFilter(watched, event)

    def _go_on(self, *, is_opening: bool) -> None:
        first = self.table.clients.client_in(0)
        if first is None:
            return
        if self.table.current_client() is None or is_opening:
            self.table.mark(first.id)
        if is_opening and self.table.clients.rowCount() == 1:
            self.opened.emit(first.id)
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _grow(self) -> None:
        for card in (self.today, self.card):
            card.setMaximumWidth(theme.current().px(WIDEST_TABLE))
        self.today.grow()
        self.filter.setMinimumWidth(theme.current().px(LEAST_FILTER_WIDTH))
        self.filter.setMaximumWidth(theme.current().px(FILTER_WIDTH))
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "filter"):
            self._grow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the page's margins, and find room for all."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Fold the line above the table where it is too long, and the card where the table had too few rows."""
        side = 24 if self.window().width() >= 1200 else 16
        self._column.setContentsMargins(side, MARGIN, side - 4, MARGIN)
        bar = theme.current().px(LEAST_FILTER_WIDTH) + self.status.sizeHint().width() + self._add.sizeHint().width()
        self._fold_bar(is_narrow=self.width() - 2 * side < bar + BAR_GAPS)
        room = self.height() - 2 * MARGIN - self._column.spacing() - self._least_table()
        self.today.fit(room)

    def _least_table(self) -> int:
        """Return the height of the table's card with as many rows as are always in sight."""
        rows = LEAST_ROWS * theme.current().size("row") + self.table.horizontalHeader().sizeHint().height()
        parts = (self._bar.sizeHint().height(), rows, self.archived.sizeHint().height())
        return sum(parts) + CARD_GAPS


def _status_words() -> Sequence[tuple[ClientStatus, str]]:
    """Return the words on the buttons, in the order of the work."""
    return (
        (ClientStatus.ACTIVE, _("Active")),
        (ClientStatus.WAITING, _("Waiting")),
        (ClientStatus.ENQUIRY, _("Enquiries")),
        (ClientStatus.FINISHED, _("Finished")),
    )
