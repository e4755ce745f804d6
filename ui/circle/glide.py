"""People gliding from one circle to another: those of both move, who arrives or leaves fades. Nothing is stored."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEasingCurve, QObject, QPointF, QVariantAnimation, Signal

from ipt_desktop.domain.picture import Point
from ui.circle.person_item import PersonItem


class Glide(QObject):
    """Moves person items over a time; `rested` tells that they have arrived. A further one begins where they are by then."""

    rested = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._ways: list[tuple[PersonItem, QPointF, QPointF]] = []
        self._fades: list[tuple[PersonItem, float, float]] = []
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.setEasingCurve(QEasingCurve.Type.InOutQuad)
        self._animation.valueChanged.connect(self._on_value)
        self._animation.finished.connect(self._on_finished)

    @property
    def is_moving(self) -> bool:
        """Whether people are on their way."""
        return self._animation.state() is not QVariantAnimation.State.Stopped

    def begin(
        self, items: Mapping[str, PersonItem], places: Mapping[str, Point], ms: int, made: Callable[[str], PersonItem]
    ) -> None:
        """Let everyone come to these places; `made` gives the item of someone who arrives, at their place and unseen."""
        self._animation.stop()
        items = dict(items)  # those who arrive join them meanwhile
        arriving = {person_id: made(person_id) for person_id in places if person_id not in items}
        self._ways = [(item, item.pos(), QPointF(*places[key])) for key, item in items.items() if key in places]
        self._fades = [(item, item.opacity(), 1.0 if key in places else 0.0) for key, item in items.items()]
        self._fades += [(item, 0.0, 1.0) for item in arriving.values()]
        self._fades = [(item, start, end) for item, start, end in self._fades if start != end]
        for item in (*items.values(), *arriving.values()):
            item.is_gliding = True
        self._animation.setDuration(ms)
        self._animation.start()

    def stop(self) -> None:
        """Leave everyone where they are, seen as they are; nothing is told."""
        self._animation.stop()
        for item, _start, end in self._fades:
            item.setOpacity(end or 1.0)
        self._ways, self._fades = [], []

    def finish(self) -> None:
        """Come to rest at once."""
        if self.is_moving:
            self._animation.setCurrentTime(self._animation.duration())

    def go_to(self, ms: int) -> None:
        """Go to a moment of the way, as the clock would."""
        self._animation.setCurrentTime(ms)

    def pause(self) -> None:
        """Let `go_to` be the clock."""
        self._animation.pause()

    def _on_value(self, done: object) -> None:
        share = float(done)  # type: ignore[arg-type]
        for item, start, end in self._ways:
            item.setPos(start + (end - start) * share)
        for item, before, after in self._fades:
            item.setOpacity(before + (after - before) * share)

    def _on_finished(self) -> None:
        self._ways, self._fades = [], []
        self.rested.emit()
