"""The circle to look at and to work with: people are moved by mouse and by keys. It says what is meant and changes nothing."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QWidget

from ipt_desktop.domain.circle_picture import CircleDrawing, CircleView
from ipt_desktop.domain.circle_style import circle_style
from ipt_desktop.domain.closeness import FINE_STEP, FINE_TURN, STEP, TURN, closeness_at, nudged, one_ring, turned
from ipt_desktop.domain.picture import AnyMark, Picture, Point
from ipt_desktop.domain.records import Tie
from ipt_desktop.domain.standing import Standing, relation_text
from ipt_desktop.domain.text import _
from ui import theme
from ui.circle.person_item import MarksItem, PersonItem
from ui.painting import Inks, PaintedMarks, measure_with, theme_inks
from ui.widgets.naming import named

_BASE_DIAMETER = 480.0
_LAYERS = {"tie": 1.0, "move": 2.0, "wanted": 3.0, "client": 4.0}
_OUTWARDS = {Qt.Key.Key_Up: 1.0, Qt.Key.Key_Down: -1.0}
_ROUND = {Qt.Key.Key_Right: 1.0, Qt.Key.Key_Left: -1.0}


class CircleCanvas(QGraphicsView):
    """People on rings. Tab walks them nearest first, Up and Down move closer and further, Left and Right turn."""

    person_moved = Signal(str, float, float)
    person_chosen = Signal(str)
    person_removed = Signal(str)
    rename_asked = Signal(str)
    add_asked = Signal()
    placed_at = Signal(float, float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "circle_canvas", _("Circle"))
        self.setScene(QGraphicsScene(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(320, 320)
        self.is_read_only = False
        self.is_dropping = False
        """Whether the move being told was made by the mouse, not by a key."""
        self._standings: Sequence[Standing] = ()
        self._ties: Sequence[Tie] = ()
        self._view = CircleView(client_label="")
        self._style = circle_style(theme.tokens())
        self._drawing: CircleDrawing | None = None
        self._ground: PaintedMarks | None = None
        self._people: dict[str, PersonItem] = {}
        self._lines: dict[str, MarksItem] = {}
        self._labels: dict[str, list[AnyMark]] = {}
        self._keyboard_id = ""

    # -- what is shown ---------------------------------------------------------------------------------------------

    def show_circle(self, standings: Sequence[Standing], ties: Sequence[Tie], view: CircleView) -> None:
        """Show these people; whoever was chosen or had the keyboard keeps it while still there."""
        if view.selected_id and view.selected_id != self._view.selected_id:
            self._keyboard_id = view.selected_id
        self._standings, self._ties, self._view = standings, ties, view
        self._lay_out()

    def choose(self, person_id: str) -> None:
        """Mark a person as chosen, or nobody ("")."""
        if self._view.selected_id != person_id:
            self._view = replace(self._view, selected_id=person_id)
            if person_id:
                self._keyboard_id = person_id
            self._lay_out()

    @property
    def keyboard_id(self) -> str:
        """The person the keys speak to, or ""."""
        return self._keyboard_id

    @property
    def picture(self) -> Picture:
        """The display list of what is shown."""
        assert self._drawing is not None  # noqa: S101 - nothing asks before the first circle
        return self._drawing.picture()

    def place_of(self, person_id: str) -> QPoint:
        """Return where a person's token is in the viewport."""
        return self.mapFromScene(self._people[person_id].pos())

    def person_at(self, point: QPoint) -> str:
        """Return who stands at a point of the viewport, or ""."""
        at = self.mapToScene(point)
        for item in self._people.values():
            if item.holds(item.mapFromScene(at)):
                return item.person_id
        return ""

    def _inks(self) -> Inks:
        return theme_inks(theme.current())

    def _factor(self) -> float:
        """Return how much larger than 100 % the whole picture is: it grows with the window and with the text."""
        top, side, bottom = self._style.margin
        port = self.viewport().size()
        diameter = min(port.width() - 2 * side, port.height() - top - bottom)
        return max(min(1.5, max(1.0, diameter / _BASE_DIAMETER)), theme.current().scale)

    def _lay_out(self) -> None:
        """Draw the whole circle anew: after a change, never while the mouse moves."""
        inks, factor, port = self._inks(), self._factor(), self.viewport().size()
        size = (port.width() / factor, port.height() / factor)
        self._drawing = CircleDrawing(self._standings, self._ties, self._view, self._style, size, measure_with(inks))
        self.resetTransform()
        self.scale(factor, factor)
        self.setSceneRect(QRectF(0.0, 0.0, *size))
        picture = self._drawing.picture()
        self._show_parts(picture, inks)
        self.setAccessibleDescription(picture.description)
        self.resetCachedContent()
        self.viewport().update()

    def _show_parts(self, picture: Picture, inks: Inks) -> None:
        parts: dict[str, list[AnyMark]] = {}
        for mark in picture.marks:
            kind = mark.key.partition(":")[0]
            parts.setdefault(mark.key if kind in (*_LAYERS, "person", "label") else "", []).append(mark)
        self._ground = PaintedMarks(parts.pop("", []), inks)
        self._labels = {key.partition(":")[2]: parts.pop(key) for key in list(parts) if key.startswith("label:")}
        self._show_lines({key: marks for key, marks in parts.items() if not key.startswith("person:")}, inks)
        self._show_people(inks)

    def _show_lines(self, lines: dict[str, list[AnyMark]], inks: Inks) -> None:
        for key in self._lines.keys() - lines.keys():
            self.scene().removeItem(self._lines.pop(key))
        for key, marks in lines.items():
            if key not in self._lines:
                self._lines[key] = MarksItem(_LAYERS[key.partition(":")[0]])
                self.scene().addItem(self._lines[key])
            self._lines[key].show_marks(marks, inks)

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

    def _show_person(self, standing: Standing, inks: Inks) -> None:
        assert self._drawing is not None  # noqa: S101
        person = standing.person
        item = self._people.get(person.id)
        if item is None:
            item = PersonItem(person.id, self._on_pressed, self._on_dragged, self._on_dropped, self.rename_asked.emit)
            self._people[person.id] = item
            self.scene().addItem(item)
        place = self._drawing.place(standing)
        has_keyboard = self.hasFocus() and person.id == self._keyboard_id
        marks = [*self._drawing.token(standing, place, has_keyboard=has_keyboard), *self._labels.get(person.id, [])]
        item.show_marks(marks, place, self._drawing.reach(person), inks)
        item.setToolTip(self.spoken(standing))
        item.is_fixed = self.is_read_only

    def _shown(self) -> list[Standing]:
        return self._drawing.standings if self._drawing else []

    def _standing(self, person_id: str) -> Standing | None:
        return next((each for each in self._shown() if each.person.id == person_id), None)

    def spoken(self, standing: Standing) -> str:
        """Return a person in words: "Johan, husband, outer ring"."""
        ring = self._view.words.of(standing.felt)
        return _("{name}, {relation}: {ring}").format(
            name=standing.person.name, relation=relation_text(standing.person), ring=ring
        )

    # -- Qt --------------------------------------------------------------------------------------------------------

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Paint paper, rings, ring words and key."""
        painter.fillRect(rect, self._inks().color("surface"))
        if self._ground is not None:
            self._ground.paint(painter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the circle fill the room there is."""
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours and sizes of a new theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._drawing is not None:
            self._lay_out()

    # -- mouse -----------------------------------------------------------------------------------------------------

    def _on_pressed(self, person_id: str) -> None:
        self._set_keyboard(person_id)
        self.person_chosen.emit(person_id)

    def _on_dragged(self, person_id: str, place: Point) -> None:
        """Let the lines of a person follow the mouse."""
        standing, drawing, inks = self._standing(person_id), self._drawing, self._inks()
        if standing is None or drawing is None:
            return
        angle = closeness_at(place, drawing.geometry)[1]
        if standing.now:
            standing = replace(standing, now=replace(standing.now, angle=angle))
        for key, marks in (
            (f"wanted:{person_id}", drawing.wanted(standing, place)),
            (f"move:{person_id}", drawing.move(standing, place)),
        ):
            if key in self._lines:
                self._lines[key].show_marks(marks, inks)
        for tie in drawing.ties:
            key = f"tie:{tie.id}"
            if person_id in (tie.from_person_id, tie.to_person_id) and key in self._lines:
                self._lines[key].show_marks(drawing.tie(tie, {person_id: place}), inks)

    def _on_dropped(self, person_id: str, place: Point) -> None:
        assert self._drawing is not None  # noqa: S101
        felt, angle = closeness_at(place, self._drawing.geometry)
        if not self.is_read_only:
            self.is_dropping = True
            self.person_moved.emit(person_id, round(felt, 4), round(angle, 2))
            self.is_dropping = False
        self._lay_out()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """On empty ground: ask for someone new in this place."""
        if self.person_at(event.position().toPoint()) or self._drawing is None or self.is_read_only:
            super().mouseDoubleClickEvent(event)
            return
        at = self.mapToScene(event.position().toPoint())
        felt, angle = closeness_at((at.x(), at.y()), self._drawing.geometry)
        self.placed_at.emit(round(felt, 4), round(angle, 2))

    # -- keys ------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, remove or rename the person the keyboard is on; add another."""
        key, standing = Qt.Key(event.key()), self._standing(self._keyboard_id)
        if key is Qt.Key.Key_Insert and not self.is_read_only:
            self.add_asked.emit()
        elif key is Qt.Key.Key_Escape:
            for item in self._people.values():
                item.drop_back()
            self._lay_out()
        elif standing is None or not self._take_key(key, event.modifiers(), standing):
            super().keyPressEvent(event)

    def _take_key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, standing: Standing) -> bool:
        """Do what a key means for this person; whether it meant anything."""
        person_id = standing.person.id
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.person_chosen.emit(person_id)
        elif self.is_read_only:
            return False
        elif key is Qt.Key.Key_Delete:
            self.person_removed.emit(person_id)
        elif key is Qt.Key.Key_F2:
            self.rename_asked.emit(person_id)
        elif key in _OUTWARDS or key in _ROUND:
            self._nudge(key, modifiers, standing)
        else:
            return False
        return True

    def _nudge(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, standing: Standing) -> None:
        """Move by a key: Shift is a whole ring, or a finer turn; Ctrl is finer."""
        assert standing.now is not None  # noqa: S101
        felt, angle = standing.now.felt, standing.now.angle
        is_shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        is_fine = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        if key in _ROUND:
            angle = turned(angle, _ROUND[key] * (FINE_TURN if is_shift or is_fine else TURN))
        elif is_shift:
            felt = one_ring(felt, closer=_OUTWARDS[key] > 0)
        else:
            felt = nudged(felt, _OUTWARDS[key] * (FINE_STEP if is_fine else STEP))
        if (felt, angle) != (standing.now.felt, standing.now.angle):
            self.person_moved.emit(standing.person.id, felt, angle)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Walk the people nearest first; past the last one the keyboard leaves the circle."""
        order = [each.person.id for each in self._shown()]
        at = order.index(self._keyboard_id) if self._keyboard_id in order else (-1 if is_next else len(order))
        at += 1 if is_next else -1
        if 0 <= at < len(order):
            self._set_keyboard(order[at])
            self.person_chosen.emit(order[at])
            return True
        return super().focusNextPrevChild(is_next)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Put the keyboard on someone: by Tab on the nearest, by Shift+Tab on the furthest."""
        super().focusInEvent(event)
        order = [each.person.id for each in self._shown()]
        if order and event.reason() is Qt.FocusReason.TabFocusReason:
            self._keyboard_id = order[0]
        elif order and event.reason() is Qt.FocusReason.BacktabFocusReason:
            self._keyboard_id = order[-1]
        self._show_keyboard()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the keyboard's ring away."""
        super().focusOutEvent(event)
        self._show_keyboard()

    def _set_keyboard(self, person_id: str) -> None:
        self._keyboard_id = person_id
        self._show_keyboard()

    def _show_keyboard(self) -> None:
        """Draw the keyboard's ring and say in words where it is."""
        inks = self._inks()
        for standing in self._shown():
            self._show_person(standing, inks)
        spoken_of = self._standing(self._keyboard_id)
        if spoken_of is not None and self.hasFocus():
            self.setAccessibleDescription(self.spoken(spoken_of))
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
