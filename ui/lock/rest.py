"""How long nobody has touched keyboard, mouse, pen or screen."""

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QEvent, QObject, QPoint, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QWindow

HANDS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,  # of a shortcut, this is all a window hears
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletMove,
        QEvent.Type.TabletPress,
        QEvent.Type.NativeGesture,
        QEvent.Type.DragMove,
    }
)


class Rest(QObject):
    """Listens at the program's windows, where every key and move comes by, and not at each widget, where everything does.

    `pressed` tells of keys that were no shortcut's, as all are where a dialog or a menu has the keyboard.
    What an input method writes never passes a window; it moves the cursor, and that is heard. While `is_held`, nothing counts:
    a stranger at the cover must not keep the practice from being locked.
    """

    pressed = Signal(QKeySequence)

    def __init__(self, parent: QObject, clock: Callable[[], float] = monotonic) -> None:
        super().__init__(parent)
        self.is_held = False
        self._clock = clock
        self._since = clock()
        self._pointer = QPoint()
        self.listen()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._on_focus_window_changed)
            app.inputMethod().cursorRectangleChanged.connect(self._on_cursor_moved)
        self._written_in = QGuiApplication.focusObject()

    def listen(self) -> None:
        """Hear every window there is, menus and lists as well; hearing one twice does no harm."""
        for window in QGuiApplication.allWindows():
            window.installEventFilter(self)

    @property
    def seconds(self) -> float:
        """How long it has lasted."""
        return self._clock() - self._since

    def end(self) -> None:
        """Someone is there."""
        if not self.is_held:
            self._since = self._clock()

    def _on_cursor_moved(self) -> None:
        """Note what was written where the keyboard already was: coming there is no writing, and the program may do it."""
        before, self._written_in = self._written_in, QGuiApplication.focusObject()
        if self._written_in is before:
            self.end()

    def _on_focus_window_changed(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note hands at work, and let everything pass. A move that moves nothing is the system's own (Windows sends such)."""
        if event.type() in HANDS:
            self.end()
            if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
                self.pressed.emit(QKeySequence(event.keyCombination()))
        elif event.type() is QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            pointer = event.globalPosition().toPoint()
            if pointer != self._pointer:
                self._pointer = pointer
                self.end()
        return False
