"""What of a note is in sight: the page follows the cursor as it is written, and goes back to where the therapist was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QScrollArea, QTextEdit, QWidget

from ipt_desktop.domain.text import _
from ui import theme
from ui.forms.form_view import FormView
from ui.forms.prose import ProseEdit

SIDE = 20
CURSOR_ROOM = 48


@dataclass(frozen=True, slots=True)
class NotePlace:
    """Where in a note the therapist was: how far it was scrolled, and the cursor of the text last written in."""

    scrolled: int = 0
    field: str = ""
    cursor: int = 0


def place_from(kept: Mapping[str, Any]) -> NotePlace:
    """Return the place that was kept as `asdict` of one; its beginning where that can't be read."""
    match kept:
        case {"scrolled": int() as scrolled, "field": str() as field, "cursor": int() as cursor}:
            return NotePlace(scrolled, field, cursor)
    return NotePlace()


class NoteSight(QObject):
    """Scrolls a form view on its ground. `prose_entered`: the keyboard is in this text of the form, or in none (None).

    `wanted` carries a part of the form that is about to be gone to, so that it can be shown.
    `field` is the objectName of what the keyboard was in last; `lent` the text that focus mode has borrowed from the form.
    """

    prose_entered = Signal(object)
    wanted = Signal(object)

    def __init__(self, view: FormView, ground: QWidget, scroller: QScrollArea) -> None:
        super().__init__(scroller)
        self._view, self._ground, self._scroller = view, ground, scroller
        self._followed: QTextEdit | None = None
        self._wanted_scroll: int | None = None
        self._follows_keyboard = False  # it was put somewhere that may not have its place yet
        self.field = ""
        self.lent: QTextEdit | None = None
        scroller.setObjectName("note_scroll")
        scroller.setAccessibleName(_("Note"))
        scroller.setProperty("role", "paper")
        scroller.setWidgetResizable(True)
        scroller.setWidget(ground)
        self._bar = scroller.verticalScrollBar()
        self._bar.rangeChanged.connect(self._on_range_changed)
        app = QGuiApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def begin(self) -> None:
        """Begin with another note, at its top."""
        self.field, self._wanted_scroll, self._follows_keyboard = "", None, False
        self._bar.setValue(0)

    @property
    def scrolled(self) -> int:
        """How far the page is scrolled, in pixels."""
        return self._bar.value()

    def place(self) -> NotePlace:
        """Return where in the note the therapist is."""
        field = self.lent.objectName() if self.lent else self.field
        text = self.lent or self._view.findChild(QTextEdit, field)
        return NotePlace(self._bar.value(), field, text.textCursor().position() if text else 0)

    def return_to(self, place: NotePlace) -> None:
        """Go back to a place; it is scrolled there as soon as the fields have their heights."""
        text = self._view.findChild(QTextEdit, place.field)
        if text is not None:
            cursor = text.textCursor()
            cursor.setPosition(min(place.cursor, text.document().characterCount() - 1))
            text.setTextCursor(cursor)
        self._wanted_scroll, self._follows_keyboard = place.scrolled, False
        self._scroll_back()

    def take_up(self, place: NotePlace) -> None:
        """Go back to a place and give the keyboard to the field it was in last, if it was in one."""
        field = self._view.findChild(QWidget, place.field) if place.field else None
        if field is not None:
            self.wanted.emit(field)
            field.setFocus()
        self.return_to(place)

    def show_end(self) -> None:
        """Scroll to what stands below the note, as soon as it has its height."""
        QTimer.singleShot(0, self, lambda: self._bar.setValue(self._bar.maximum()))

    def show_text(self, text: QTextEdit) -> None:
        """Scroll to the cursor of a text, unless focus mode has it."""
        self.wanted.emit(text)
        if self._ground.isAncestorOf(text):
            self._show_place(text.mapTo(self._ground, text.cursorRect().center()))

    def show_focused_soon(self) -> None:
        """Scroll to what has the keyboard, as soon as it has its place, and again when the page around it grows."""
        self._follows_keyboard = True
        QTimer.singleShot(0, self, self._show_focused)

    def _scroll_back(self) -> None:
        """Scroll to where the therapist was, if the fields have grown so far."""
        if self._wanted_scroll is not None and self._bar.maximum() >= self._wanted_scroll:
            self._bar.setValue(self._wanted_scroll)
            self._wanted_scroll = None

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Follow the cursor of the text that is being written: a field grows with it, and the page must scroll."""
        if self._followed is not None:
            self._followed.cursorPositionChanged.disconnect(self._show_cursor)
            self._followed.destroyed.disconnect(self._on_followed_gone)
        self._followed = None
        inside = new if new is not None and self._view.isAncestorOf(new) else None
        if inside is not None:
            self.field, self._wanted_scroll = inside.objectName(), None
        self.prose_entered.emit(inside if isinstance(inside, ProseEdit) else None)
        if isinstance(inside, QTextEdit):
            self._followed = inside
            inside.cursorPositionChanged.connect(self._show_cursor)
            inside.destroyed.connect(self._on_followed_gone)

    def _on_range_changed(self, _lowest: int, highest: int) -> None:
        """Keep the fields in line with the head, whether the scroll bar takes room or not."""
        bar = theme.current().size("scroll") if highest else 0
        if (layout := self._ground.layout()) is not None:
            layout.setContentsMargins(SIDE, 0, SIDE - bar, SIDE)
        self._scroll_back()
        self._show_cursor()  # the field that is written in may have grown below the edge
        if self._follows_keyboard and self._followed is None:
            QTimer.singleShot(0, self, self._show_focused)

    def _on_followed_gone(self) -> None:
        self._followed = None

    def _show_cursor(self) -> None:
        if self._followed is not None:
            self.show_text(self._followed)

    def _show_focused(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and self._view.isAncestorOf(focused):
            self._show_place(focused.mapTo(self._ground, QPoint(0, focused.height() // 2)))

    def _show_place(self, place: QPoint) -> None:
        self._scroller.ensureVisible(0, place.y(), 0, CURSOR_ROOM)
