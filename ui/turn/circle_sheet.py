"""The circle as the client sees it, on paper of its own: painted from one picture of all that stands still."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QPointF
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.circle_picture import CircleDrawing
from ipt_desktop.domain.circle_style import circle_style
from ipt_desktop.domain.client_circle import client_style, client_view, for_client, place_to_ask, waiting_for_client
from ipt_desktop.domain.closeness import RingWords, position
from ipt_desktop.domain.picture import AnyMark, Point
from ipt_desktop.domain.standing import Standing
from ipt_desktop.domain.text import _
from ipt_desktop.domain.token_shape import wanted_mark
from ui import theme
from ui.painting import Inks, PaintedMarks, measure_with, theme_inks
from ui.widgets.naming import named

BASE_DIAMETER = 480.0
LEAST_FACTOR = 0.5
LARGEST_TEXT = 1.3  # however large the text is: tokens any larger would stand on each other


class CircleSheet(QWidget):
    """People and wishes as far as they are the client's to see. A subclass says what moves with a hand."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "turn_circle", _("My circle"))
        self.setMinimumSize(280, 280)
        self._style = client_style(circle_style(theme.tokens()))
        self._ends = (0, 0)
        self._forget_people()

    def _forget_people(self) -> None:
        self._people: list[Standing] = []
        self._words = RingWords()
        self._drawing: CircleDrawing | None = None
        self._marks: dict[str, list[AnyMark]] = {}
        self._still = QPixmap()
        self._chosen_id = self._keyboard_id = ""
        self.setAccessibleDescription("")
        self.update()

    def forget(self) -> None:
        """Let go of everyone."""
        self._forget_people()

    # -- what is shown ---------------------------------------------------------------------------------------------

    def show_people(self, people: Iterable[Standing], words: RingWords) -> None:
        """Show who stands where, and first who waits for a place, as far as it is the client's to see."""
        people = list(people)
        self._people, self._words = [*waiting_for_client(people), *for_client(people)], words
        here = {each.person.id for each in self._people}
        if self._chosen_id not in here:
            self._chosen_id = ""
        if self._keyboard_id not in here:
            self._keyboard_id = ""
        self._lay_out()

    def keep_free(self, left: int, right: int) -> None:
        """Leave so many pixels free at both ends of the row in which people wait: other things lie there."""
        if (left, right) != self._ends:
            self._ends = left, right
            if self._drawing is not None:
                self._lay_out()

    def place_of(self, person_id: str) -> QPointF:
        """Return where someone's token is, in pixels of this widget."""
        assert self._drawing is not None  # noqa: S101 - nobody asks before the first circle
        return self._pixels(self._drawing.place(self._standing(person_id)))

    def wish_place_of(self, person_id: str) -> QPointF | None:
        """Return where someone's hollow shape is, in pixels of this widget; None while it doesn't show."""
        place = self._wish_place(self._standing(person_id))
        return None if place is None else self._pixels(place)

    @property
    def marks(self) -> list[AnyMark]:
        """The display list of what is shown."""
        return [mark for marks in self._marks.values() for mark in marks]

    def _standing(self, person_id: str) -> Standing:
        return next(each for each in self._people if each.person.id == person_id)

    def _seen(self) -> list[Standing]:
        """Return who is on the picture; of those who wait, as many as have room."""
        waiting = {each.person.id for each in self._drawing.tray.waiting} if self._drawing else set()
        return [each for each in self._people if each.now or each.person.id in waiting]

    def _factor(self) -> float:
        """Return how much larger than 100 % the picture is: the circle fills the room, and large text makes it larger still."""
        top, side, bottom = self._style.margin
        room = min(self.width() / (BASE_DIAMETER + 2 * side), self.height() / (BASE_DIAMETER + top + bottom))
        fit = max(room, LEAST_FACTOR)
        return max(fit, min(theme.current().scale, fit * LARGEST_TEXT))

    def _pixels(self, place: Point) -> QPointF:
        return QPointF(*place) * self._factor()

    def _inks(self) -> Inks:
        return theme_inks(theme.current())

    def _lay_out(self) -> None:
        """Draw all of it anew: after a change, never while a hand moves."""
        factor, waiting = self._factor(), [each for each in self._people if not each.now]
        view = client_view(self._words, self._chosen_id, waiting, (self._ends[0] / factor, self._ends[1] / factor))
        size = (self.width() / factor, self.height() / factor)
        self._drawing = CircleDrawing(self._people, (), view, self._style, size, measure_with(self._inks()))
        picture = self._drawing.picture()
        self._marks = {}
        for mark in picture.marks:
            self._marks.setdefault(mark.key, []).append(mark)
        for standing in self._seen():
            person_id = standing.person.id
            if person_id == self._keyboard_id and self.hasFocus():
                place = self._drawing.place(standing)
                self._marks[f"person:{person_id}"] = [*self._drawing.token(standing, place, has_keyboard=True)]
            if person_id == self._chosen_id and f"wanted:{person_id}" not in self._marks:
                self._marks[f"wanted:{person_id}"] = self._hollow(standing, self._wish_place(standing))
        self.setAccessibleDescription(picture.description)
        self._still = QPixmap()
        self.update()

    def _wish_place(self, standing: Standing) -> Point | None:
        """Return where the hollow shape of someone is: where they are wanted, or beside them once they were tapped."""
        now, drawing = standing.now, self._drawing
        if now is None or drawing is None or standing.person.has_died:
            return None
        if standing.wanted is not None and drawing.wanted(standing, drawing.place(standing)):
            return position(standing.wanted, now.angle, drawing.geometry)
        if standing.person.id == self._chosen_id:
            return place_to_ask(now.felt, now.angle, drawing.geometry)
        return None

    def _hollow(self, standing: Standing, place: Point | None) -> list[AnyMark]:
        if place is None:
            return []
        return [wanted_mark(standing.person, place, self._style, f"wanted:{standing.person.id}")]

    # -- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint what stands still from one picture of it, and over it what a hand has hold of."""
        if self._still.isNull():
            self._paint_still()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._still)
        self._paint_marks(painter, self._held_marks())
        painter.end()

    def _paint_marks(self, painter: QPainter, marks: Iterable[AnyMark]) -> None:
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.scale(self._factor(), self._factor())
        PaintedMarks(marks, self._inks()).paint(painter)

    def _paint_still(self) -> None:
        ratio, held = self.devicePixelRatioF(), self._held_keys()
        self._still = QPixmap((self.size().toSizeF() * ratio).toSize())
        self._still.setDevicePixelRatio(ratio)
        self._still.fill(self._inks().color("surface"))
        painter = QPainter(self._still)
        self._paint_marks(painter, [mark for key, marks in self._marks.items() if key not in held for mark in marks])
        painter.end()

    def _held_keys(self) -> set[str]:
        """Return the keys of the marks that move with a hand."""
        return set()

    def _held_marks(self) -> Sequence[AnyMark]:
        """Return the marks that move with a hand, where it is."""
        return ()

    # -- Qt --------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the circle fill the room there is."""
        super().resizeEvent(event)
        if self._drawing is not None:
            self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours and sizes of a new theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and getattr(self, "_drawing", None) is not None:
            self._lay_out()
