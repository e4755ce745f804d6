"""The cover: an opaque page over everything, at once."""

from contextlib import suppress

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui import theme
from ui.key_choices import COVER, key_of
from ui.lock.way_back import WayBack
from ui.preferences import Preferences
from ui.start.entrance import Mark
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import label

NOTICE_WIDTH = 520


class CoverPage(QWidget):
    """Shows nothing of what is open. `left`: its key, Esc or a click asks to go back; while it asks who is there, none does.

    Then `tried` carries what was typed, and whoever checks it takes the cover off. `lock_asked` on Ctrl+L.
    """

    left = Signal()
    tried = Signal(str)
    lock_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._beneath: QWidget | None = None
        self._focused: QWidget | None = None
        self._dialogs: list[QWidget] = []
        self.way_back: WayBack | None = None
        self.setObjectName("cover_page")
        self.setProperty("role", "desk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        middle = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addStretch(1)
        column.addWidget(Mark(self), 0, middle)
        self._key = QKeySequence("F9")
        self._hint = label("", self, kind="caption", tone="text_soft", name="cover_hint")
        column.addWidget(self._hint, 0, middle)
        self.notice = InlineBar(self, name="cover_notice")
        self._fit()
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self.notice, 10)
        across.addStretch(1)
        column.addLayout(across)
        self._card = QHBoxLayout()
        column.addLayout(self._card)
        column.addStretch(1)
        self._say_how_to_leave()

    def put_over(self, stack: QStackedWidget) -> None:
        """Hide every page and dialog; what was there and where the keyboard was is remembered. A menu that is open closes."""
        while (popup := QApplication.activePopupWidget()) is not None and popup.close():
            pass
        window = stack.window()
        if isinstance(preferences := getattr(window, "preferences", None), Preferences):
            self._key = key_of(preferences, COVER)
            self._say_how_to_leave()
        self._beneath = stack.currentWidget()
        self._dialogs = [each for each in window.findChildren(QWidget) if each.isWindow() and each.isVisible()]
        self._focused = window.focusWidget()
        stack.setCurrentWidget(self)
        for dialog in self._dialogs:
            dialog.hide()
        self.setFocus()

    def take_off(self, stack: QStackedWidget) -> None:
        """Show again what was there before, and give it the keyboard."""
        beneath, focused, dialogs = self._beneath, self._focused, self._dialogs
        self.forget()
        if beneath is not None:
            stack.setCurrentWidget(beneath)
        for dialog in dialogs:
            with suppress(RuntimeError):  # it went away meanwhile
                dialog.show()
        if focused is not None:
            with suppress(RuntimeError):
                focused.setFocus()

    def forget(self) -> None:
        """Let go of what was there before, of what was typed and of what was said."""
        self.ask_nobody()
        self.notice.clear()
        self._beneath, self._focused, self._dialogs = None, None, []

    def ask_who(self, *, has_pin: bool, can_lock: bool = True) -> None:
        """Be left only by whoever knows the PIN or, without one, the passphrase."""
        self.ask_nobody()
        self.way_back = WayBack(self, has_pin=has_pin, can_lock=can_lock)
        self.way_back.tried.connect(self.tried)
        self.way_back.lock_asked.connect(self.lock_asked)
        self._card.addWidget(self.way_back)
        self.way_back.show()
        self._say_how_to_leave()
        self.setFocusProxy(self.way_back)
        self.way_back.field.setFocus()

    def ask_nobody(self) -> None:
        """Be left by anyone, and let go of what was typed."""
        if self.way_back is None:
            return
        self.way_back.field.clear()
        self.setFocusProxy(None)  # type: ignore[arg-type]
        self.way_back.hide()
        self.way_back.deleteLater()
        self.way_back = None
        self._say_how_to_leave()

    def _say_how_to_leave(self) -> None:
        key = self._key.toString(QKeySequence.SequenceFormat.NativeText)
        self._hint.setText(_("{key}, Esc or a click goes back").format(key=key))
        self._hint.setVisible(self.way_back is None)
        is_asking = self.way_back is not None
        self.setAccessibleName(_("Covered. Type to go back.") if is_asking else _("Covered. Press Escape to go back."))

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "notice"):
            self._fit()

    def _fit(self) -> None:
        self.notice.setMaximumWidth(theme.current().px(NOTICE_WIDTH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on the key that covers or Esc, unless it is asked who is there; lock on Ctrl+L; no other does anything."""
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_L and is_control:
            self.lock_asked.emit()
        elif self.way_back is None and (event.key() == Qt.Key.Key_Escape or QKeySequence(event.keyCombination()) == self._key):
            self.left.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go back on a click, unless it is asked who is there."""
        if self.way_back is None:
            self.left.emit()
