"""Moving along the timeline: each frame with five hundred marks on it, against its display list painted once.

Prints `timeline.scroll`: what 95 of a hundred frames are not longer than, from the turn of the wheel until all is painted, by
what 95 of a hundred paintings of the same list by a bare `QPainter` are not longer than. The client has events, symptoms,
scores, mood, moves and medicines of three years, and two years are in sight; the axis is moved along to its end and back.
"""

import random
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication

from benchmarks.measuring import at_95_of_100, rounds, seconds, tell
from ipt_desktop.domain.records import Person
from ipt_desktop.domain.relation import RELATIONS
from ipt_desktop.domain.session_records import Event, EventKind
from ipt_desktop.domain.timeline import Move, Point, Score, TimelineFacts, Window, timeline, window_days
from ipt_desktop.domain.treatment_records import Medication
from ui import theme
from ui.garbage import GarbageCollector
from ui.painting import PaintedMarks, theme_inks
from ui.progress.timeline_view import TimelineView

FRAMES = 240
TODAY = date(2026, 11, 24)
DAYS = 1095


def life() -> TimelineFacts:
    """Return five hundred marks: a third of them events, the rest symptoms, scores, mood, moves and medicines."""
    dice = random.Random(7)  # noqa: S311 - days, not secrets

    def day() -> date:
        return TODAY - timedelta(days=dice.randrange(DAYS))

    people = [Person(id=f"p{n}", client_id="c", name=f"Person {n}", relation=RELATIONS[n % 9].key) for n in range(30)]
    kinds = [EventKind.SYMPTOM_CHANGE if n % 10 == 0 else EventKind.SEPARATION for n in range(180)]
    events = [
        Event(client_id="c", on=day().isoformat(), title=f"Event {n} with somebody", kind=kind) for n, kind in enumerate(kinds)
    ]
    moves = [Move(each, "Pe", f"{each.name}, inner to middle", day(), f"s{n}") for n in range(2) for each in people]
    weeks = [TODAY - timedelta(weeks=n) for n in range(80)]
    scores = [Score(key, key, tuple(Point(on, dice.randrange(20), f"{key}{on}") for on in weeks), 27) for key in ("A", "B")]
    mood = [Point(on, dice.randrange(11), f"m{on}") for on in weeks]
    medicines = [Medication(client_id="c", name=f"Medicine {n}", begun=day().isoformat()) for n in range(20)]
    return TimelineFacts(
        today=TODAY, events=events, people=people, moves=moves, scores=scores, mood=mood, medications=medicines
    )


def turn(view: TimelineView, steps: int) -> None:
    """Turn the wheel and let the view paint what that moved."""
    at = QPointF(400.0, 60.0)
    held, phase = Qt.KeyboardModifier.ShiftModifier, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(
        at, QPointF(view.mapToGlobal(at)), QPoint(), QPoint(0, 40 * steps), Qt.MouseButton.NoButton, held, phase, False
    )
    QApplication.sendEvent(view, event)
    QApplication.processEvents()


def bare(view: TimelineView, image: QImage, drawn: PaintedMarks) -> None:
    """Paint the same list once."""
    image.fill(theme.current().color("surface"))
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.setClipRect(QRectF(102.0, 0.0, view.sight.width, image.height()))
    painter.translate(102.0 - view.sight.left, 0.0)
    drawn.paint(painter)
    painter.end()


def main() -> None:
    """Measure the frames and the bare painting in turn."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, theme.Theme())
    collector = GarbageCollector(app)
    facts = life()
    shown = timeline(facts)
    count = sum(len(lane.entries) for lane in shown.lanes)
    assert count >= 500, count
    view = TimelineView(None)  # type: ignore[arg-type]
    view.resize(1200, 600)
    view.show()
    view.show_timeline(shown, TODAY)
    view.show_window(window_days(Window.TWO_YEARS, facts, shown))
    QApplication.processEvents()
    frames, paints = [], []
    way = 1
    for _number in range(rounds(FRAMES)):
        before = view.sight.left
        frames.append(seconds(partial(turn, view, way)))
        if view.sight.left == before:
            way = -way
            frames.pop()
            continue
        assert view.strip is not None
        drawn = PaintedMarks(view.strip.everything, theme_inks(theme.current()))
        image = QImage(view.size(), QImage.Format.Format_ARGB32_Premultiplied)
        paints.append(seconds(partial(bare, view, image, drawn)))
    slow, plain = at_95_of_100(frames), at_95_of_100(paints)
    tell({"timeline.scroll": slow / plain}, f"{count} marks, frame {slow * 1000:.2f} ms, bare {plain * 1000:.2f} ms")
    view.close()
    collector.deleteLater()


if __name__ == "__main__":
    main()
