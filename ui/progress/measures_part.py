"""The measures of the Progress tab: a chart for each over a common axis, what happened, one result in detail, and a table."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.chart_axis import AxisKind
from ipt_desktop.domain.chart_words import absent_words, event_words, rules_source
from ipt_desktop.domain.errors import RecordGone
from ipt_desktop.domain.measure_words import recovery_words, rights_words
from ipt_desktop.domain.text import _
from ipt_desktop.services.charts import ChartFacts, read_charts
from ui import theme
from ui.phases.parting import part_with
from ui.progress.answer_rows import bring_into_sight
from ui.progress.chart_card import ChartCard
from ui.progress.chart_view import ChartGround
from ui.progress.entry_commands import RemoveMeasure
from ui.progress.happened_row import HappenedRow
from ui.progress.measures_head import MeasuresHead
from ui.progress.result_panel import ResultPanel
from ui.progress.result_reading import read_result
from ui.progress.results_table import ResultsTable
from ui.widgets.empty_state import EmptyState
from ui.widgets.explained import Explained
from ui.widgets.labels import label
from ui.widgets.naming import named
from ui.widgets.tab_order import go_in_order, stops_in

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk
    from ui.page import Frame
    from ui.verb import Told

ROOM_FOR_TWO, ROOM_FOR_THREE = 940, 1500
"""From which width on, at 100 % text, two and three charts stand in a row."""


ROOM_BELOW = 260
"""How much of a result is brought into sight when it opens."""


class MeasuresPart(QWidget):
    """`enter_asked` asks for a measure to be entered, `change_asked` for a result to be changed (its id).

    `session_asked` carries the id of a session whose note is asked for, `print_asked` that of a result.
    """

    enter_asked = Signal()
    change_asked = Signal(str)
    session_asked = Signal(str)
    print_asked = Signal(str)

    def __init__(self, desk: Desk, frame: Frame, refused: Told, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "measures", _("Measures"))
        self._desk, self._frame, self._refused = desk, frame, refused
        self._client_id = ""
        self._course_id: str | None = None
        self._facts: ChartFacts | None = None
        self._came_from: QWidget | None = None
        self.cards: list[ChartCard] = []
        self._parting: list[QWidget] = []
        self.column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.head = MeasuresHead(self)
        column.addWidget(self.head)
        self._recovery = Explained(self, name="measures_recovery")
        column.addWidget(self._recovery)
        self._charts = QWidget(self)
        self._charts.setObjectName("measures_charts")
        self._grid = QGridLayout(self._charts)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(16)
        column.addWidget(self._charts)
        self.happened = HappenedRow(self)
        column.addWidget(self.happened)
        self.table = ResultsTable(self)
        column.addWidget(self.table)
        self._whose = label("", self, kind="caption", tone="text_soft", name="measures_whose", wraps=True)
        column.addWidget(self._whose)
        self._empty = self._build_empty()
        column.addWidget(self._empty)
        self.result = ResultPanel(self)
        column.addWidget(self.result)
        self._connect()
        self._show_as()

    def _build_empty(self) -> EmptyState:
        words = _("A PHQ-9 at the start, and again every few sessions, shows what changes and by how much.")
        title, action = _("Nothing measured so far"), _("Enter the first measure")
        return EmptyState(title, words, self, name="measures_empty", icon="clipboard-list", action=action)

    def _connect(self) -> None:
        self.head.axis_chosen.connect(self._on_axis)
        self.head.table_wanted.connect(self._on_table)
        self.head.enter_asked.connect(self.enter_asked)
        self._empty.acted.connect(self.enter_asked)
        self.table.opened.connect(self.open_result)
        self.table.removed.connect(self.remove_result)
        self.result.left.connect(self._on_left)
        self.result.changed.connect(self.change_asked)
        self.result.removed.connect(self.remove_result)
        self.result.session_asked.connect(self.session_asked)
        self.result.print_asked.connect(self.print_asked)

    # -- what it shows ---------------------------------------------------------------------------------------------

    @property
    def facts(self) -> ChartFacts | None:
        """What is shown now."""
        return self._facts

    def show_client(self, client_id: str, course_id: str | None) -> None:
        """Show the measures of a client. Raises RecordGone where the client or the course is no more."""
        facts = read_charts(self._desk, client_id, course_id, date.today())
        if (client_id, course_id) != (self._client_id, self._course_id):
            self.close_result()
        self._client_id, self._course_id = client_id, course_id
        self._facts = facts
        self.head.show_rules(facts, AxisKind(self._frame.preferences.chart_axis))
        recovery = facts.recovery
        said = recovery_words(facts.rule_set, recovery) if recovery is not None else ""
        self._recovery.say(said, rules_source(facts.rule_set, facts.measures) if said else "")
        whose = rights_words(each.measure for each in facts.everything)
        self._whose.setText(whose)
        self._whose.setVisible(bool(whose))
        self._recovery.setVisible(bool(said))
        self._show_charts()
        self.table.show_results(facts)
        self._show_as()
        self._refresh_result()

    def _show_charts(self) -> None:
        facts = self._facts
        if facts is None:
            return
        axis = facts.axis(self.head.axis_kind)
        ground = ChartGround(axis, facts.below(axis), facts.series, self._below_words(facts))
        keys = [each.key for each in facts.series]
        if [each.key for each in self.cards] != keys:
            self._part_with_cards()
            for key in keys:
                card = ChartCard(key, self._charts)
                card.opened.connect(self.open_result)
                self.cards.append(card)
            self._stand()
        for card, series in zip(self.cards, facts.series, strict=True):
            card.show_series(series, facts, ground)
        go_in_order((self.head.enter, *(stop for card in self.cards for stop in stops_in(card))))
        self.happened.show_below(ground.below if keys else (), ground.words)

    @staticmethod
    def _below_words(facts: ChartFacts) -> dict[str, str]:
        words = {f"event:{each.id}": event_words(each, facts.today) for each in facts.events}
        if facts.course is not None:
            absent = (each.session for each in facts.course.band.missed)
            words |= {f"session:{each.id}": absent_words(each, facts.today) for each in absent}
            words |= {f"sitting:{each.id}": _("the circle was drawn") for each in facts.course.sittings}
        return words

    def _part_with_cards(self) -> None:
        self._parting = list(self.cards)
        for card in self.cards:
            self._grid.removeWidget(card)
            card.forget()
            part_with(card)
        self.cards = []

    def _show_as(self) -> None:
        """Show charts or table, or that there is nothing yet; what has no place is hidden."""
        has_charts = self._facts is not None and bool(self._facts.series)
        has_rows = self._facts is not None and bool(self._facts.everything)
        is_table = self.head.table.isChecked()
        self._charts.setVisible(has_charts and not is_table)
        if is_table or not has_charts:
            self.happened.hide()
        self.table.setVisible(has_rows and is_table)
        self._empty.setVisible(not (has_rows if is_table else has_charts))

    def forget(self) -> None:
        """Let go of every word."""
        self.close_result()
        self._client_id, self._course_id, self._facts = "", None, None
        self._part_with_cards()
        self.happened.forget()
        self.table.forget()
        self.head.forget()
        self._recovery.forget()
        self._recovery.hide()
        self._whose.clear()
        self._whose.hide()

    # -- how it stands ---------------------------------------------------------------------------------------------

    @property
    def in_a_row(self) -> int:
        """How many charts stand side by side at this width and text size."""
        look = theme.current()
        is_narrow = look.is_large or self.width() < look.px(ROOM_FOR_TWO)
        room = 1 if is_narrow else 2 if self.width() < look.px(ROOM_FOR_THREE) else 3
        return min(room, max(len(self.cards), 2))

    def _stand(self) -> None:
        count = self.in_a_row
        for number, card in enumerate(self.cards):
            self._grid.addWidget(card, number // count, number % count)
            card.show()
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < count else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set as many side by side as there is room for."""
        super().resizeEvent(event)
        self._stand()

    def changeEvent(self, event: QEvent) -> None:
        """Stand anew when the text size changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "result"):
            self._stand()

    def _on_axis(self, kind: object) -> None:
        self._frame.preferences.chart_axis = str(AxisKind(str(kind)))
        self._show_charts()
        self._show_as()

    def _on_table(self, is_table: bool) -> None:
        had_focus = any(each.view.hasFocus() for each in self.cards) or self.table.hasFocus()
        self._show_charts()
        self._show_as()
        if had_focus and (there := self.table if is_table else self.cards[0].view if self.cards else None) is not None:
            there.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- one result ------------------------------------------------------------------------------------------------

    def open_result(self, result_id: str) -> None:
        """Show the details of a result."""
        if self._facts is None:
            return
        sender = self.sender()
        self._came_from = sender.view if isinstance(sender, ChartCard) else self.table if sender is self.table else None
        try:
            told = read_result(self._desk, self._facts, result_id)
        except RecordGone as gone:
            self._refused(str(gone))
            return
        for card in self.cards:
            has_it = any(each.result_id == result_id for each in (card.view.chart.points if card.view.chart else ()))
            card.view.choose(result_id if has_it else "")
        self.result.show_result(told)
        QTimer.singleShot(0, self, self._bring_result)  # once it is laid out

    def _bring_result(self) -> None:
        if self.result.isVisible():
            bring_into_sight(self.result.top, theme.current().px(ROOM_BELOW))

    def close_result(self) -> None:
        """Close the details."""
        self.result.forget()
        for card in self.cards:
            card.view.choose("")

    def _refresh_result(self) -> None:
        """Show the result that is open as it is now; one that is no more is closed."""
        known = {each.result.id for each in self._facts.everything} if self._facts else set()
        if self.result.result_id and self.result.result_id not in known:
            self.close_result()
        elif self.result.result_id and self._facts is not None:
            told = read_result(self._desk, self._facts, self.result.result_id)
            self.result.show_result(told, takes_focus=self.result.isAncestorOf(self.window().focusWidget()))

    def _on_left(self) -> None:
        self.close_result()
        there = self._came_from or (self.cards[0].view if self.cards else self.table)
        if there.isVisible():
            there.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove_result(self, result_id: str) -> None:
        """Take a result out; undo brings it back."""
        everything = self._facts.everything if self._facts else ()
        measured = next((each for each in everything if each.result.id == result_id), None)
        if measured is not None:
            removal = RemoveMeasure(self._desk.measures, measured.result, measured.measure.name, self._refused)
            self._frame.undo_stack().push(removal)
