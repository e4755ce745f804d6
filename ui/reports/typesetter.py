"""A report set off the window's thread: soon after the last change, one at a time, and only the latest wish counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from ipt_desktop.domain.circle_naming import Naming
from ipt_desktop.domain.report import Place, TextSize, as_text
from ipt_desktop.services.report_kind import Choices
from ui.background import Task

if TYPE_CHECKING:
    from ipt_desktop.domain.page_span import Span
    from ipt_desktop.domain.paper_texts import Edit, PaperText
    from ipt_desktop.services.desk import Desk
    from ipt_desktop.services.finished_paper import Named

QUIET_MS = 60
TOLD_EVERY_MS = 25


class Watch(Protocol):
    """Is told the share that is done, 0 to 1, and the first page as a PDF once that is there; what it raises stops the work."""

    def __call__(self, share: float, first: bytes = b"") -> None:
        """Take note of it."""


class Stopped(Exception):
    """What was being set is wanted no more."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be set: which report on which client and course, the parts wanted, the sheet and how large the type.

    `record_id` says which of several documents it shows, the first one by default.
    """

    kind: str
    client_id: str
    course_id: str
    include: frozenset[str]
    paper: str
    record_id: str = ""
    text_size: str = TextSize.USUAL
    pages: int = 0
    """How many pages it had last time, 0 for none: then its first page is shown before the others are set."""
    choices: Choices = field(default_factory=Choices)


@dataclass(frozen=True, slots=True)
class Proof:
    """A report as it came out: its bytes, its text, where its sections stand, and what to look at."""

    order: Order
    pdf: bytes
    text: str
    parts: frozenset[str]
    places: tuple[Place, ...] = ()
    named: tuple[Named, ...] = ()
    texts: tuple[PaperText, ...] = ()
    lost: tuple[Edit, ...] = ()
    spans: tuple[Span, ...] = ()
    checks: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names that stand in it though they were not wished for: they were written out, and are not masked."""
        if self.order.choices.naming is Naming.NAMES:
            return ()
        return tuple(each.name for each in self.named if each.is_known and not each.is_masked)

    def is_known_from(self, earlier: Proof | None) -> bool:
        """Whether all that is to be looked at in it was there to be looked at before."""
        known = earlier or Proof(self.order, b"", "", frozenset())
        return set(self.places) <= set(known.places) and set(self.names) <= set(known.names)


def set_report(desk: Desk, order: Order, watch: Watch) -> Proof:
    """Assemble and set a report; slow, for a thread of its own. `watch` is told the share that is done, and its first page."""
    reporting = desk.reporting
    paper = reporting.finished(
        order.kind,
        order.course_id,
        order.include,
        client_id=order.client_id,
        record_id=order.record_id,
        choices=order.choices,
    )
    report = paper.report
    watch(0.0, reporting.first_page(report, order.paper, order.text_size, order.pages) if order.pages > 1 else b"")
    places = tuple(reporting.unprintable(report))
    made = reporting.set_pages(report, order.paper, order.text_size, watch)
    return Proof(
        order,
        made.pdf,
        as_text(report),
        frozenset(each.part or each.key for each in report.sections),
        places,
        paper.named,
        paper.texts,
        paper.lost,
        made.spans,
        tuple(reporting.to_check(order.course_id, report)),
    )


class Typesetter(QObject):
    """Sets what is asked for. `made` carries a `Proof`, `failed` an error; both are of the latest order only.

    `work` makes something else of an order of its own kind, which `made` then carries; it runs on another thread. `progressed`
    tells the share that is done while it goes on, `begun` carries the first page of what is long.
    """

    made = Signal(object)
    failed = Signal(object)
    progressed = Signal(float)
    begun = Signal(bytes)

    def __init__(self, desk: Desk, parent: QObject, work: Callable[[Desk, Any, Watch], object] = set_report) -> None:
        super().__init__(parent)
        self._desk = desk
        self._work = work
        self._wanted: object | None = None
        self._is_running = False
        self._turn = 0
        self._share = 0.0
        self._telling = QTimer(self)
        self._telling.setInterval(TOLD_EVERY_MS)
        self._telling.timeout.connect(self._tell)
        self._first = b""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(QUIET_MS)
        self._timer.timeout.connect(self._on_quiet)

    @property
    def is_busy(self) -> bool:
        """Whether a newer proof is on its way than the last one told of."""
        return self._wanted is not None

    def ask(self, order: object, *, is_hurried: bool = False) -> None:
        """Set this order after a moment of quiet, or at once."""
        self._wanted = order
        self._turn += 1
        self._timer.start(0 if is_hurried else QUIET_MS)

    def cancel(self) -> None:
        """Want nothing any more; what is being set is let go of."""
        self._timer.stop()
        self._wanted = None
        self._turn += 1

    def _on_quiet(self) -> None:
        """Begin, unless one is being set: then the end of that one begins the next."""
        order, desk, work = self._wanted, self._desk, self._work
        if order is None or self._is_running:
            return
        self._is_running = True
        self._running_turn = turn = self._turn

        def watch(share: float, first: bytes = b"") -> None:
            """Stop as soon as it is wanted no more; called on the other thread."""
            if self._turn != turn:
                raise Stopped
            self._share = share
            if first:
                self._first = first

        self._share, self._first = 0.0, b""
        self._telling.start()
        task = Task(lambda: work(desk, order, watch), self)
        task.done.connect(self._on_done)
        task.failed.connect(self._on_failed)
        task.start()

    def _tell(self) -> None:
        if self._running_turn != self._turn:
            return
        self.progressed.emit(self._share)
        first, self._first = self._first, b""
        if first:
            self.begun.emit(first)

    def _on_done(self, proof: object) -> None:
        if self._is_latest():
            self.made.emit(proof)

    def _on_failed(self, error: object) -> None:
        if self._is_latest():
            self.failed.emit(error)

    def _is_latest(self) -> bool:
        """Note that a task ended; return whether its result still counts, else begin the one that does."""
        self._is_running = False
        self._telling.stop()
        if self._running_turn != self._turn:
            if not self._timer.isActive():
                self._on_quiet()
            return False
        self._wanted = None
        return True
