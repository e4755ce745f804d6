"""A drag on the circle: one mouse move with ties following, against the same display list painted once; and a scrub in time.

Prints `circle.drag60` and `circle.drag200`: medians of interleaved runs, as a ratio. `circle.scrub60_ms` is the 95th hundredth
of all frames while the time slider of a real practice is dragged through its circles, and all come to rest at its end.
"""

import math
import random
import statistics
import time

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication

from benchmarks.circle_scrub import scrub_ms
from benchmarks.measuring import ratio, rounds, tell
from ipt_desktop.domain.circle_picture import CircleMode, CircleView
from ipt_desktop.domain.records import Person, Placement, Tie, TieKind
from ipt_desktop.domain.relation import RELATIONS
from ipt_desktop.domain.standing import Standing, standings
from ui import theme
from ui.circle.canvas import CircleCanvas
from ui.painting import paint_marks, theme_inks

ROUNDS = 60


def crowd(count: int) -> tuple[list[Standing], list[Tie]]:
    """Return so many people, every third with a closeness wanted, and as many ties; the one dragged has four."""
    dice = random.Random(7)  # noqa: S311 - places, not secrets
    people = [
        Person(id=f"p{index}", client_id="c", name=f"Person {index}", relation=RELATIONS[index % len(RELATIONS)].key)
        for index in range(count)
    ]
    now = {
        each.id: Placement(
            person_id=each.id,
            sitting_id="s",
            felt=dice.random(),
            angle=dice.uniform(0, 360),
            desired=dice.random() if index % 3 == 0 else None,
        )
        for index, each in enumerate(people)
    }
    kinds = list(TieKind)
    pairs = [("p0", f"p{index}") for index in (5, 9, 13)] + [
        (f"p{dice.randrange(1, count)}", f"p{dice.randrange(1, count)}") for _number in range(count - 4)
    ]
    ties = [
        Tie(client_id="c", from_person_id=one, to_person_id=other, kind=kinds[index % len(kinds)])
        for index, (one, other) in enumerate(pairs)
        if one != other
    ]
    return standings(people, now), [*ties, Tie(client_id="c", from_person_id="p0", kind=TieKind.KIN)]


def mouse(canvas: CircleCanvas, kind: QEvent.Type, at: QPointF) -> None:
    """Give the canvas a mouse event and let it paint what that touched."""
    port = canvas.viewport()
    is_held = kind is not QEvent.Type.MouseButtonRelease
    button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    held = Qt.MouseButton.LeftButton if is_held else Qt.MouseButton.NoButton
    event = QMouseEvent(kind, at, QPointF(port.mapToGlobal(at)), button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(port, event)
    QApplication.processEvents()
    QApplication.processEvents()


def measured(count: int) -> float:
    """Return the ratio for so many people."""
    people, ties = crowd(count)
    canvas = CircleCanvas(None)  # type: ignore[arg-type]
    canvas.resize(900, 860)
    canvas.show()
    canvas.show_circle(people, ties, CircleView(client_label="Marta", mode=CircleMode.WANTED, are_ties_shown=True))
    QApplication.processEvents()
    picture, inks = canvas.picture, theme_inks(theme.current())
    start = QPointF(canvas.place_of("p0"))
    center = QPointF(canvas.viewport().rect().center())
    image = QImage(canvas.viewport().size(), QImage.Format.Format_ARGB32_Premultiplied)
    moves, paints = [], []
    canvas._people["p0"].setZValue(9.0)
    mouse(canvas, QEvent.Type.MouseButtonPress, start)
    for number in range(rounds(ROUNDS)):
        turn = number / ROUNDS * math.tau
        at = center + QPointF(math.cos(turn), math.sin(turn)) * 220.0
        began = time.perf_counter()
        mouse(canvas, QEvent.Type.MouseMove, at)
        moves.append(time.perf_counter() - began)
        began = time.perf_counter()
        painter = QPainter(image)
        painter.scale(canvas.transform().m11(), canvas.transform().m11())
        painter.fillRect(image.rect(), inks.color("surface"))
        paint_marks(painter, picture.marks, inks)
        painter.end()
        paints.append(time.perf_counter() - began)
        assert canvas.person_at(at.toPoint())
    mouse(canvas, QEvent.Type.MouseButtonRelease, start)
    DETAILS.append(f"{count}: move {statistics.median(moves) * 1000:.2f} ms, paint {statistics.median(paints) * 1000:.2f} ms")
    return ratio(moves, paints)


def measure() -> dict[str, float]:
    """Return both ratios by their names."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.apply(application, theme.Theme())
    return {f"circle.drag{count}": measured(count) for count in (60, 200)} | {"circle.scrub60_ms": scrub_ms(60, DETAILS)}


DETAILS: list[str] = []

if __name__ == "__main__":
    tell(measure(), *DETAILS)
