"""The circle at work: a drag with all that follows it, opening the tab, and a scrub in time.

Prints `circle.drag60` and `circle.drag200`, one mouse move against the same display list painted once, and `circle.open60`, the
tab of a client opened against its list painted once: medians of interleaved runs, as a ratio. `circle.drag60_p95_ms` and
`circle.scrub60_ms` are the 95th hundredth of all moves of a drag, and of all frames while the time slider of a real practice is
dragged through its circles and all come to rest at its end.
"""

import math
import random
import statistics
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from benchmarks.circle_open import BarePaint, open_ratio
from benchmarks.circle_scrub import scrub_ms
from benchmarks.measuring import at_95_of_100, ratio, rounds, seconds, tell
from ipt_desktop.domain.circle_picture import CircleMode, CircleView
from ipt_desktop.domain.records import Person, Placement, Tie, TieKind
from ipt_desktop.domain.relation import RELATIONS
from ipt_desktop.domain.standing import Standing, standings
from ui import theme
from ui.circle.canvas import CircleCanvas
from ui.garbage import GarbageCollector

MOVES = 60  # of the mouse, once round the circle
TURNS = {60: 5, 200: 1}


def crowd(count: int) -> tuple[list[Standing], list[Tie]]:
    """Return so many people and as many ties; the one dragged has four.

    Every third is wanted elsewhere, every tenth is in focus and stood elsewhere before, and some are confidants, in conflict, a
    group or dead. Whoever is dragged is all that a living person can be.
    """
    dice = random.Random(7)  # noqa: S311 - places, not secrets
    people, now, before = [], {}, {}
    for index in range(count):
        person_id, relation = f"p{index}", RELATIONS[index % len(RELATIONS)].key
        person = Person(
            id=person_id,
            client_id="c",
            name=f"Person {index}",
            relation=relation,
            is_in_focus=index % 10 == 0,
            is_group=index % 15 == 4,
            has_died=index % 12 == 7,
        )
        place = Placement(
            person_id=person_id,
            sitting_id="s",
            felt=dice.random(),
            angle=dice.uniform(0, 360),
            desired=dice.random() if index % 3 == 0 else None,
            is_confidant=index % 7 == 0,
            conflict=3 if index % 5 == 0 else 0,
        )
        people.append(person)
        now[person_id] = place
        before[person_id] = replace(place, felt=dice.random(), angle=dice.uniform(0, 360))
    kinds = list(TieKind)
    pairs = [("p0", f"p{index}") for index in (5, 9, 13)] + [
        (f"p{dice.randrange(1, count)}", f"p{dice.randrange(1, count)}") for _number in range(count - 4)
    ]
    ties = [
        Tie(client_id="c", from_person_id=one, to_person_id=other, kind=kinds[index % len(kinds)])
        for index, (one, other) in enumerate(pairs)
        if one != other
    ]
    return standings(people, now, before), [*ties, Tie(client_id="c", from_person_id="p0", kind=TieKind.KIN)]


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


def opened(count: int) -> tuple[CircleCanvas, list[Tie]]:
    """Return a canvas with so many people on it, and their ties."""
    people, ties = crowd(count)
    canvas = CircleCanvas(None)  # type: ignore[arg-type]
    canvas.resize(900, 860)
    canvas.show()
    view = CircleView(
        client_label="Marta", mode=CircleMode.WANTED, before_label="before", are_ties_shown=True, is_conflict_marked=True
    )
    canvas.show_circle(people, ties, view)
    QApplication.processEvents()
    return canvas, ties


def followers(canvas: CircleCanvas, ties: list[Tie]) -> list[QRectF]:
    """Return the boxes of what is to follow the person dragged: the arrow to where they are wanted, their way, their ties."""
    own = [f"tie:{tie.id}" for tie in ties if "p0" in (tie.from_person_id, tie.to_person_id)]
    return [canvas.lines[key].boundingRect() for key in ("wanted:p0", "move:p0", *own)]


def measured(count: int) -> tuple[list[float], list[float]]:
    """Return how long each move of a drag takes, in seconds, and how long painting the same display list."""
    canvas, ties = opened(count)
    paint = BarePaint(canvas)
    start = QPointF(canvas.place_of("p0"))
    center = QPointF(canvas.viewport().rect().center())
    moves, paints = [], []
    canvas._people["p0"].setZValue(9.0)
    mouse(canvas, QEvent.Type.MouseButtonPress, start)
    before = followers(canvas, ties)
    for number in range(rounds(MOVES * TURNS[count])):
        turn = number / MOVES * math.tau
        at = center + QPointF(math.cos(turn), math.sin(turn)) * 220.0
        moves.append(seconds(partial(mouse, canvas, QEvent.Type.MouseMove, at)))
        paints.append(seconds(paint))
        assert (canvas.place_of("p0") - at.toPoint()).manhattanLength() <= 2, "the token is not under the mouse"
        after = followers(canvas, ties)
        assert all(one != other or one.isNull() for one, other in zip(before, after, strict=True)), "something stayed behind"
        before = after
    mouse(canvas, QEvent.Type.MouseButtonRelease, at)
    DETAILS.append(f"{count}: move {statistics.median(moves) * 1000:.2f} ms, paint {statistics.median(paints) * 1000:.2f} ms")
    return moves, paints


def measure() -> dict[str, float]:
    """Return all measures by their names."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.apply(application, theme.Theme())
    GarbageCollector(application)  # as the program does it
    few, many = measured(60), measured(200)
    return {
        "circle.drag60": ratio(*few),
        "circle.drag60_p95_ms": at_95_of_100(few[0]) * 1000,
        "circle.drag200": ratio(*many),
        "circle.open60": open_ratio(60, DETAILS),
        "circle.scrub60_ms": scrub_ms(60, DETAILS),
    }


DETAILS: list[str] = []

if __name__ == "__main__":
    tell(measure(), *DETAILS)
