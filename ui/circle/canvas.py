"""The circle to look at and to work with: people are moved by mouse and by keys. It says what is meant and changes nothing."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QWidget

from ipt_desktop.domain.circle_picture import CircleDrawing, CircleView
from ipt_desktop.domain.circle_style import circle_style
from ipt_desktop.domain.closeness import closeness_at
from ipt_desktop.domain.picture import AnyMark, Picture, Point
from ipt_desktop.domain.records import Tie
from ipt_desktop.domain.standing import Standing, spoken_words
from ipt_desktop.domain.text import _
from ui import theme
from ui.circle import spoken
from ui.circle.glide import Glide
from ui.circle.hands import CircleHands
from ui.circle.hover_card import HoverCard
from ui.circle.keys import CircleKeys
from ui.circle.person_item import MarksItem, PersonItem
from ui.circle.zoomed_view import ZoomedView, factor_for
from ui.painting import Inks, PaintedMarks, measure_with, theme_inks
from ui.widgets.naming import named

_LAYERS = {"tie": 1.0, "move": 2.0, "wanted": 3.0, "client": 4.0}


class CircleCanvas(ZoomedView):
    """People on rings. Tab walks them nearest first; what the keys mean is told in `keys`, what the mouse does in `hands`."""

    person_moved = Signal(str, float, float)
    people_moved = Signal(object)  # {person id: (felt, angle)}
    wanted_moved = Signal(str, object)  # closeness wanted, or None for not asked
    tie_drawn = Signal(str, str)  # to another person, or "" for the client
    menu_asked = Signal(str, QPoint)  # for a person, or "" for the circle, at a place of the screen
    marked = Signal()
    person_chosen = Signal(str)
    person_removed = Signal(str)
    rename_asked = Signal(str)
    add_asked = Signal()
    placed_at = Signal(float, float)
    glided = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "circle_canvas", _("Circle"))
        spoken.install()
        self.setScene(QGraphicsScene(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(320, 320)
        self.is_read_only = False
        self.is_dropping = False
        """Whether the move being told was made by the mouse, not by a key."""
        self._standings: Sequence[Standing] = ()
        self._ties: Sequence[Tie] = ()
        self._view = CircleView(client_label="")
        self._style = circle_style(theme.tokens())
        self.drawing: CircleDrawing | None = None
        self.marked_ids: frozenset[str] = frozenset()
        """Who is chosen to be moved together."""
        self._ground: PaintedMarks | None = None
        self._people: dict[str, PersonItem] = {}
        self.lines: dict[str, MarksItem] = {}
        self._parts: dict[str, list[AnyMark]] = {}  # of people and labels, by key
        self._keyboard_id = ""
        self._keys = CircleKeys(self)
        self._hands = CircleHands(self)
        self.glide = Glide(self)
        self.glide.rested.connect(self.glided)
        self.card = HoverCard(self)

    # -- what is shown ---------------------------------------------------------------------------------------------

    def show_circle(self, standings: Sequence[Standing], ties: Sequence[Tie], view: CircleView) -> None:
        """Show these people; whoever was chosen or had the keyboard keeps it while still there."""
        if view.selected_id and view.selected_id != self._view.selected_id:
            self._keyboard_id = view.selected_id
        self._standings, self._ties, self._view = standings, ties, view
        self.marked_ids &= {each.person.id for each in standings}
        self.lay_out()

    def glide_to(self, standings: Sequence[Standing], ms: int) -> Glide:
        """Let people glide to where they stand in another circle; `glided` tells when they have arrived, to be shown there.

        What follows people (wants, moves, ties) is out of sight meanwhile, and nobody can be moved.
        """
        size = (self.sceneRect().width(), self.sceneRect().height())
        there = CircleDrawing(standings, (), replace(self._view, waiting=()), self._style, size, measure_with(self.inks))
        places = {each.person.id: there.place(each) for each in there.standings}
        for line in self.lines.values():
            line.hide()
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheBackground)
        self.glide.begin(self._people, places, ms, partial(self._arriving, there))
        return self.glide

    def _arriving(self, there: CircleDrawing, person_id: str) -> PersonItem:
        standing = next(each for each in there.standings if each.person.id == person_id)
        item = self._make_person(person_id)
        place = there.place(standing)
        item.show_marks(there.token(standing, place), place, there.reach(standing.person), self.inks)
        item.setOpacity(0.0)
        return item

    def _make_person(self, person_id: str) -> PersonItem:
        item = self._hands.item(person_id)
        self._people[person_id] = item
        self.scene().addItem(item)
        return item

    def choose(self, person_id: str) -> None:
        """Mark a person as chosen, or nobody ("")."""
        if self._view.selected_id != person_id:
            self._view = replace(self._view, selected_id=person_id)
            if person_id:
                self._keyboard_id = person_id
            self.lay_out()

    def mark(self, person_ids: frozenset[str]) -> None:
        """Choose these people to be moved together."""
        if person_ids != self.marked_ids:
            self.marked_ids = person_ids
            self.lay_out()
            self.marked.emit()

    def marked_people(self) -> list[Standing]:
        """Return who is chosen to be moved together, nearest first."""
        return [each for each in self._shown() if each.person.id in self.marked_ids and each.now]

    @property
    def keyboard_id(self) -> str:
        """The person the keys speak to, or ""."""
        return self._keyboard_id

    @property
    def picture(self) -> Picture:
        """The display list of what is shown."""
        assert self.drawing is not None  # noqa: S101 - nothing asks before the first circle
        return self.drawing.picture()

    def is_chosen(self, person_id: str) -> bool:
        """Whether someone is chosen, alone or with others."""
        return person_id == self._view.selected_id or person_id in self.marked_ids

    def items_in_order(self) -> list[PersonItem]:
        """Return the tokens in the order of the keyboard: who waits first, then the nearest."""
        return [self._people[each.person.id] for each in self._shown() if each.person.id in self._people]

    def place_of(self, person_id: str) -> QPoint:
        """Return where a person's token is in the viewport."""
        return self.mapFromScene(self._people[person_id].pos())

    def stands_in(self, box: QRect) -> bool:
        """Whether the token or words of anyone in the circle reach into a box of the viewport."""
        area, here = self.mapToScene(box).boundingRect(), {each.person.id for each in self._standings}
        return any(area.intersects(each.sceneBoundingRect()) for each in self._people.values() if each.person_id in here)

    def person_at(self, point: QPoint) -> str:
        """Return who stands at a point of the viewport, or ""; of several who cover each other the one on top."""
        at = self.mapToScene(point)
        for item in reversed(self._people.values()):
            if item.holds(item.mapFromScene(at)):
                return item.person_id
        return ""

    @property
    def inks(self) -> Inks:
        """The colours and type of the theme."""
        return theme_inks(theme.current())

    def _factor(self) -> float:
        """Return how much larger than 100 % the whole picture is: it grows with the window and with the text."""
        return factor_for(self.maximumViewportSize(), self._style, bool(self._view.waiting), theme.current().scale)

    def lay_out(self) -> None:
        """Draw the whole circle anew: after a change, never while the mouse moves."""
        self.glide.stop()
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)
        inks, factor, port = self.inks, self._factor(), self.maximumViewportSize()
        size = (port.width() / factor, port.height() / factor)
        view = replace(self._view, marked_ids=self.marked_ids, tray_id=self._keyboard_id)
        self.drawing = CircleDrawing(self._standings, self._ties, view, self._style, size, measure_with(inks))
        transform, box = QTransform.fromScale(factor * self.zoom, factor * self.zoom), QRectF(0.0, 0.0, *size)
        # Only where it differs: a view plays the last move of the mouse again after it, and drags whoever is pressed on.
        if (transform, box) != (self.transform(), self.sceneRect()):
            with QSignalBlocker(self):  # a band that is being drawn would be told in the middle of this
                self.setTransform(transform)
                self.setSceneRect(box)
        picture = self.drawing.picture()
        self._show_parts(picture, inks)
        self.setAccessibleDescription(picture.description)
        self.resetCachedContent()
        self.viewport().update()
        self.card.show_for_keys()

    def _show_parts(self, picture: Picture, inks: Inks) -> None:
        parts: dict[str, list[AnyMark]] = {}
        for mark in picture.marks:
            kind = mark.key.partition(":")[0]
            parts.setdefault(mark.key if kind in (*_LAYERS, "person", "label") else "", []).append(mark)
        self._ground = PaintedMarks(parts.pop("", []), inks)
        self._parts = {key: parts.pop(key) for key in list(parts) if key.startswith(("person:", "label:"))}
        self._show_lines(parts, inks)
        self._show_people(inks)

    def _show_lines(self, lines: dict[str, list[AnyMark]], inks: Inks) -> None:
        for key in self.lines.keys() - lines.keys():
            self.scene().removeItem(self.lines.pop(key))
        for key, marks in lines.items():
            if key not in self.lines:
                self.lines[key] = MarksItem(_LAYERS[key.partition(":")[0]])
                self.scene().addItem(self.lines[key])
            self.lines[key].show_marks(marks, inks)
            self.lines[key].show()

    def _show_people(self, inks: Inks) -> None:
        here = {each.person.id for each in self._shown()}
        for person_id in self._people.keys() - here:
            item = self._people.pop(person_id)
            self.scene().removeItem(item)
            item.deleteLater()
        if self._keyboard_id not in here:
            self._keyboard_id = ""
        for standing in self._shown():
            self._show_person(standing, inks)
        self._hands.show(inks)

    def _show_person(self, standing: Standing, inks: Inks) -> None:
        assert self.drawing is not None  # noqa: S101
        person = standing.person
        item = self._people.get(person.id)
        if item is None:
            item = self._make_person(person.id)
        place = self.drawing.place(standing)
        has_keyboard = self.hasFocus() and person.id == self._keyboard_id
        token = self.drawing.token(standing, place, has_keyboard=True) if has_keyboard else self._parts[f"person:{person.id}"]
        item.show_marks([*token, *self._parts.get(f"label:{person.id}", [])], place, self.drawing.reach(person), inks)
        item.is_fixed = self.is_read_only

    def _shown(self) -> list[Standing]:
        """Return everyone on the picture: who waits, then who is in the circle, nearest first."""
        return [*self.drawing.tray.waiting, *self.drawing.standings] if self.drawing else []

    def standing(self, person_id: str) -> Standing | None:
        """Return where someone on the picture stands, or None."""
        return next((each for each in self._shown() if each.person.id == person_id), None)

    def spoken(self, standing: Standing) -> str:
        """Return a person in words: "Ruth, mother-in-law, middle, wanted further", and what is marked or shown beside them."""
        return ". ".join([spoken_words(standing, self._view.words), *self._view.marked_words(standing)])

    # -- Qt --------------------------------------------------------------------------------------------------------

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Paint paper, rings, ring words and key."""
        painter.fillRect(rect, self.inks.color("surface"))
        if self._ground is not None:
            self._ground.paint(painter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the circle fill the room there is."""
        super().resizeEvent(event)
        self.glide.finish()
        self.lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours and sizes of a new theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self.drawing is not None:
            self.glide.finish()
            self.lay_out()

    # -- mouse -----------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let people come to rest first: nobody is taken hold of on their way."""
        self.glide.finish()
        super().mousePressEvent(event)

    def speak_to(self, person_id: str) -> None:
        """Let the keys speak to a person from now on."""
        self._keyboard_id = person_id
        if person_id and person_id not in self._people and self.drawing is not None:
            self.lay_out()  # they wait, and the tray goes on to them
        self._show_keyboard()

    def put(self, person_id: str, place: Point) -> None:
        """Let a token follow a gesture that another one makes."""
        self._people[person_id].setPos(*place)

    def show_line(self, key: str, marks: Sequence[AnyMark]) -> None:
        """Draw one want, move or tie anew during a gesture."""
        if key in self.lines:
            self.lines[key].show_marks(marks, self.inks)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for what can be done: with the person under the mouse, or that the menu key speaks to."""
        is_by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        person_id = self._keyboard_id if is_by_key else self.person_at(event.pos())
        place = event.globalPos()
        if is_by_key and person_id in self._people:
            place = self.viewport().mapToGlobal(self.place_of(person_id))
        self.menu_asked.emit(person_id, place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """On empty ground: ask for someone new in this place."""
        if self.person_at(event.position().toPoint()) or self.drawing is None or self.is_read_only:
            super().mouseDoubleClickEvent(event)
            return
        at = self.mapToScene(event.position().toPoint())
        felt, angle = closeness_at((at.x(), at.y()), self.drawing.geometry)
        self.placed_at.emit(round(felt, 4), round(angle, 2))

    # -- keys ------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, remove or rename the person the keyboard is on; add another."""
        self.glide.finish()
        key, standing = Qt.Key(event.key()), self.standing(self._keyboard_id)
        if key is Qt.Key.Key_Insert and not self.is_read_only:
            self.add_asked.emit()
        elif key is Qt.Key.Key_Escape:
            for item in self._people.values():
                item.drop_back()
            self._hands.drop_back()
            self.mark(frozenset())
            self.lay_out()
        elif key is Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.mark(frozenset(each.person.id for each in self._shown() if each.now))
        elif self.marked_ids and self._keys.take_for_all(key, event.modifiers(), self.marked_people()):
            pass
        elif standing is None or not self._keys.take(key, event.modifiers(), standing):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Walk the people nearest first; past the last one the keyboard leaves the circle."""
        person_id = self._keys.next_one(is_next)
        if not person_id:
            return super().focusNextPrevChild(is_next)
        self.speak_to(person_id)
        self.person_chosen.emit(person_id)
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Put the keyboard on someone: by Tab on the nearest, by Shift+Tab on the furthest."""
        super().focusInEvent(event)
        self.speak_to(self._keys.entered_at(event.reason()))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the keyboard's ring away."""
        super().focusOutEvent(event)
        self._show_keyboard()

    def _show_keyboard(self) -> None:
        """Draw the keyboard's ring and say in words where it is."""
        inks = self.inks
        for standing in self._shown():
            self._show_person(standing, inks)
        spoken_of = self.standing(self._keyboard_id)
        if spoken_of is not None and self.hasFocus():
            self.setAccessibleDescription(self.spoken(spoken_of))
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
            QAccessible.updateAccessibility(QAccessibleEvent(self._people[self._keyboard_id], QAccessible.Event.Focus))
        self.card.show_for_keys()
