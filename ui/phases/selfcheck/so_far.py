"""The course looked back on: each phase with its tasks and steps, and an outside scale’s totals. Counts, never a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ipt_desktop.domain.course import numbers
from ipt_desktop.domain.dates import numbers_in_words
from ipt_desktop.domain.records import Session
from ipt_desktop.domain.self_check import PhaseLook
from ipt_desktop.domain.text import _, ngettext
from ui import theme
from ui.forms.form_view import LABEL_COLUMN, WIDEST_FIELD
from ui.phases.fold import Fold
from ui.phases.parting import let_go
from ui.phases.reading import long_day_words
from ui.phases.selfcheck.reading import CheckReading, Total
from ui.widgets.buttons import link
from ui.widgets.card import hairline
from ui.widgets.labels import HintLabel, label

SIDE, SCALE_AT = 24, 3


class SoFar(QScrollArea):
    """What was ticked and written until now. `portfolio_asked` when it is to go to supervision or certification."""

    portfolio_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("self_check_so_far")
        self.setProperty("role", "paper")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._parting: list[QWidget] = []
        self._unfolded: set[str] = set()
        ground = QWidget(self)
        ground.setProperty("role", "paper")
        row = QHBoxLayout(ground)
        row.setContentsMargins(SIDE, 8, SIDE, SIDE)
        row.addStretch(1)
        self._body = QWidget(ground)
        row.addWidget(self._body, 1000)
        row.addStretch(1)
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addLayout(self._make_head())
        self._parts = QVBoxLayout()
        self._parts.setSpacing(6)
        self._column.addLayout(self._parts)
        self._column.addStretch(1)
        self.setWidget(ground)

    def _make_head(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.addWidget(label(_("The course so far"), self._body, kind="title", name="so_far_title"))
        row.addStretch(1)
        portfolio = link(_("Portfolio…"), self._body, name="so_far_portfolio", icon="file-text")
        portfolio.setToolTip(_("For supervision or certification, under pseudonyms"))
        portfolio.clicked.connect(self.portfolio_asked)
        row.addWidget(portfolio)
        column.addLayout(row)
        words = _("What you have ticked, counted. What belongs into a session, and what does not, is yours to judge.")
        column.addWidget(HintLabel(words, self._body, name="so_far_hint"))
        return column

    def show_checks(self, checks: CheckReading, sessions: Sequence[Session]) -> None:
        """Show a course as it stands now; `sessions` are all of it."""
        self._unfolded = {key for key in (each.phase.key for each in checks.looks) if self._is_unfolded(key)}
        self._parting = let_go(self._parts)
        look = theme.current()
        self._body.setMaximumWidth(look.px(LABEL_COLUMN) + max(WIDEST_FIELD, look.px(WIDEST_FIELD)))
        counted = numbers(sessions)
        for number, each in enumerate(checks.looks):
            if number:
                self._parts.addWidget(hairline(self._body))
            self._parts.addWidget(self._phase(each, [counted[session.id] for session in each.sessions]))
        self._parts.addWidget(hairline(self._body))
        self._parts.addWidget(self._totals(checks.totals))

    def _is_unfolded(self, key: str) -> bool:
        fold = self.findChild(Fold, f"so_far_steps_{key}")
        return fold is not None and not fold.is_folded

    def _phase(self, look: PhaseLook, held: Iterable[int]) -> QWidget:
        part = QWidget(self._body)
        key = look.phase.key
        part.setObjectName(f"so_far_{key}")
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(label(_(look.phase.label), part, kind="strong", name=f"so_far_phase_{key}"))
        row.addWidget(label(_held_words(held), part, kind="label", tone="text_soft", name=f"so_far_held_{key}"), 1)
        column.addLayout(row)
        if look.done or look.sessions:  # of one that is still to come nothing is asked
            column.addWidget(label(_task_words(look), part, name=f"so_far_tasks_{key}", wraps=True))
        if look.still_open and (look.done or look.sessions):
            tasks = "; ".join(_(each.text) for each in look.still_open)
            words = _("Open: {tasks}.").format(tasks=tasks)
            column.addWidget(label(words, part, kind="label", tone="text_soft", name=f"so_far_open_{key}", wraps=True))
        if look.sessions:
            column.addWidget(label(_check_words(look), part, name=f"so_far_checks_{key}", wraps=True))
        if look.checked:
            column.addWidget(self._steps(look, part))
        return part

    def _steps(self, look: PhaseLook, parent: QWidget) -> Fold:
        fold = Fold(_("Asked in every session"), parent, name=f"so_far_steps_{look.phase.key}")
        table = QWidget(fold)
        grid = _grid(table, 1)
        for row, each in enumerate(look.steps):
            said = _("{done} of {count}").format(done=each.done, count=each.asked)
            grid.addWidget(label(said, table, kind="label", tone="text_soft"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(_(each.task.text), table, kind="label", wraps=True), row, 1)
        fold.add(table)
        if look.phase.key in self._unfolded:
            fold.unfold()
        return fold

    def _totals(self, totals: Sequence[Total]) -> QWidget:
        part = QWidget(self._body)
        part.setObjectName("so_far_totals")
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(_("Outside scale"), part, kind="strong", name="so_far_totals_title"))
        if not totals:
            words = _("No total is kept. Where a session was rated on somebody else’s scale, type its total under the session.")
            column.addWidget(label(words, part, kind="label", tone="text_soft", name="so_far_no_totals", wraps=True))
            return part
        table = QWidget(part)
        grid = _grid(table, SCALE_AT)
        for row, each in enumerate(totals):
            cells = (each.session, long_day_words(each.day), each.total, each.scale)
            for place, words in enumerate(cells):
                tone = "text_soft" if place == 1 else "text"
                cell = label(words, table, kind="label", tone=tone, wraps=place == SCALE_AT)
                grid.addWidget(cell, row, place, Qt.AlignmentFlag.AlignTop)
        column.addWidget(table)
        return part

    def forget(self) -> None:
        """Let go of every word."""
        self._parting = let_go(self._parts)
        self._unfolded.clear()


def _grid(table: QWidget, stretched: int) -> QGridLayout:
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 0, 4)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(stretched, 1)
    return grid


def _held_words(held: Iterable[int]) -> str:
    told = list(held)
    words = ngettext("session {numbers}", "sessions {numbers}", len(told))
    return words.format(numbers=numbers_in_words(told)) if told else _("no session yet")


def _task_words(look: PhaseLook) -> str:
    count = len(look.done) + len(look.still_open)
    if not count:
        return _("No tasks in this phase.")
    if not look.still_open:
        return ngettext("Its {count} task is done.", "All {count} tasks are done.", count).format(count=count)
    words = ngettext("{done} of {count} task is done.", "{done} of {count} tasks are done.", count)
    return words.format(done=len(look.done), count=count)


def _check_words(look: PhaseLook) -> str:
    if not look.checked:
        return _("No self-check is written of these sessions.")
    count = len(look.sessions)
    words = ngettext(
        "A self-check is written of {checked} of {count} session.",
        "A self-check is written of {checked} of {count} sessions.",
        count,
    )
    return words.format(checked=look.checked, count=count)
