"""A small card beside a token that tells in words who it is: under the mouse after a moment, and where the keys are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout

from ipt_desktop.domain.circle_card import card_lines
from ipt_desktop.domain.text import _
from ui import theme
from ui.widgets.labels import label
from ui.widgets.naming import named

if TYPE_CHECKING:
    from ui.circle.canvas import CircleCanvas

MOMENT_MS = 450
_AWAY = 8
_MARGIN = 4
_GOING = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Leave,
    QEvent.Type.Wheel,
    QEvent.Type.Hide,
    QEvent.Type.FocusOut,
    QEvent.Type.WindowDeactivate,
)


class HoverCard(QFrame):
    """Name, relation, ring, closeness wanted, change and marks of one person on a canvas, as far as that shows them.

    Under the mouse it comes after a moment, or at once for who has no whole label; by keys only for them. It takes no click,
    and holds no word while it is out of sight.
    """

    def __init__(self, canvas: CircleCanvas) -> None:
        super().__init__(canvas)
        named(self, "circle_card", _("Who this is"))
        self.setProperty("role", "hover_card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._canvas = canvas
        self.person_id = ""
        """Who it tells of, or ""."""
        self._pointed_id = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 7, 10, 8)
        column.setSpacing(1)
        self._name = label("", self, kind="strong", name="circle_card_name", wraps=True)
        self._words = label("", self, kind="label", name="circle_card_words", wraps=True)
        column.addWidget(self._name)
        column.addWidget(self._words)
        self._moment = QTimer(self)
        self._moment.setSingleShot(True)
        self._moment.timeout.connect(self._on_moment)
        canvas.viewport().setMouseTracking(True)
        for heard in (canvas, canvas.viewport()):
            heard.installEventFilter(self)
        self.hide()

    def forget(self) -> None:
        """Go, with every word."""
        self._moment.stop()
        self.person_id = self._pointed_id = ""
        self.hide()
        self._name.clear()
        self._words.clear()
        self.setAccessibleDescription("")

    def show_for_keys(self) -> None:
        """Tell of whom the keys speak to, where their label is not whole; else go."""
        person_id, drawing = self._canvas.keyboard_id, self._canvas.drawing
        is_by_keys = self._canvas.hasFocus() and QApplication.mouseButtons() == Qt.MouseButton.NoButton
        if is_by_keys and drawing is not None and person_id in drawing.elided:
            self.show_person(person_id)
        else:
            self.forget()

    def show_person(self, person_id: str) -> None:
        """Tell of someone, beside their token."""
        standing, drawing = self._canvas.standing(person_id), self._canvas.drawing
        if standing is None or drawing is None:
            self.forget()
            return
        self.person_id = person_id
        words = "\n".join(card_lines(standing, drawing.view))
        self._name.setText(standing.person.name)
        self._words.setText(words)
        self.setAccessibleDescription(f"{standing.person.name}\n{words}")
        self._fit()
        self._stand_beside(person_id)
        self.raise_()
        self.show()

    def _fit(self) -> None:
        """Take the width of the words, and break them where they would fill the circle."""
        room = min(theme.current().px(260), self._canvas.width() - 2 * _MARGIN - 22)
        lines = [(self._name, [self._name.text()]), (self._words, self._words.text().split("\n"))]
        for each, _texts in lines:
            each.ensurePolished()
        widest = max(each.fontMetrics().horizontalAdvance(text) for each, texts in lines for text in texts) + 2
        for each, _texts in lines:
            each.setFixedWidth(max(min(widest, room), 1))
            each.setFixedHeight(max(each.heightForWidth(each.width()), each.sizeHint().height()))
        self.adjustSize()

    def _stand_beside(self, person_id: str) -> None:
        """Stand right of the token, or left where there is no room, and never over it."""
        port, canvas = self._canvas.viewport(), self._canvas
        item = next(each for each in canvas.items_in_order() if each.person_id == person_id)
        middle = port.mapTo(canvas, canvas.place_of(person_id))
        reach = round(item.reach * canvas.transform().m11()) + _AWAY
        room = QRect(QPoint(0, 0), canvas.size()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        x = middle.x() + reach
        if x + self.width() > room.right():
            x = middle.x() - reach - self.width()
        y = middle.y() - self.height() // 2
        if x < room.left():  # neither side has room: above or below
            x = middle.x() - self.width() // 2
            y = (
                middle.y() + reach
                if middle.y() + reach + self.height() <= room.bottom()
                else middle.y() - reach - self.height()
            )
        x = max(room.left(), min(x, room.right() - self.width()))
        self.move(x, max(room.top(), min(y, room.bottom() - self.height())))

    # -- the mouse -------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the mouse over the canvas; nothing is kept from it."""
        if event.type() in _GOING:
            if event.type() is not QEvent.Type.FocusOut or watched is self._canvas:
                self.forget()
        elif isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseMove:
            self._on_pointed(event)
        return False

    def _on_pointed(self, event: QMouseEvent) -> None:
        """Begin to wait over a token; whoever is dragged, or on their way, is told nothing of."""
        is_free = not event.buttons() and not self._canvas.glide.is_moving
        person_id = self._canvas.person_at(event.position().toPoint()) if is_free else ""
        if person_id == self._pointed_id:
            return
        if self.person_id or self._pointed_id:
            self.forget()
        self._pointed_id = person_id
        drawing = self._canvas.drawing
        if person_id and drawing is not None:
            self._moment.start(0 if person_id in drawing.elided else MOMENT_MS)

    def _on_moment(self) -> None:
        if self._pointed_id:
            self.show_person(self._pointed_id)
