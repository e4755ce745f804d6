"""Buttons: one filled to a page, the others outlined, links and icons."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ui import icons, theme

ICON_GAP = 5


class Button(QPushButton):
    """A button whose icon follows the theme. `kind`: "primary", "outlined", "link", "quiet" or "icon"."""

    def __init__(
        self,
        text: str,
        parent: QWidget,
        *,
        kind: str = "outlined",
        name: str,
        icon: str = "",
        role: str = "text",
        spoken: str = "",
        is_big: bool = False,
    ) -> None:
        super().__init__(text, parent)
        self.setObjectName(name)
        self.setAccessibleName(spoken or text)
        self.setProperty("kind", kind)
        self.setProperty("is_big", is_big)
        self.setAutoDefault(False)
        self._icon, self._role = icon, role
        self._show_icon()

    def set_icon(self, icon: str, role: str | None = None) -> None:
        """Show another icon, in another role where one is given."""
        self._icon, self._role = icon, role or self._role
        self._show_icon()

    def _show_icon(self) -> None:
        if self._icon:
            pixels = theme.current().size("icon")
            gap = ICON_GAP if self.text() else 0  # a style sheet can't part the icon from the words
            self.setIcon(icons.icon(self._icon, self._role, pixels, gap))
            self.setIconSize(QSize(pixels + gap, pixels))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Return as well as on Space: Qt lets Return through to the form around the button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icon again when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._show_icon()


def primary(text: str, parent: QWidget, *, name: str, icon: str = "", spoken: str = "", is_big: bool = False) -> Button:
    """Return the filled button: the next thing to do, one to a page."""
    return Button(text, parent, kind="primary", name=name, icon=icon, role="on_accent", spoken=spoken, is_big=is_big)


def outlined(text: str, parent: QWidget, *, name: str, icon: str = "", spoken: str = "", is_big: bool = False) -> Button:
    """Return an outlined button."""
    return Button(text, parent, kind="outlined", name=name, icon=icon, role="text", spoken=spoken, is_big=is_big)


def link(text: str, parent: QWidget, *, name: str, icon: str = "", spoken: str = "", is_flush: bool = False) -> Button:
    """Return a button that looks like a link; `is_flush` lets its words begin and end where its place does."""
    made = Button(text, parent, kind="link", name=name, icon=icon, role="accent_text", spoken=spoken)
    made.setProperty("is_flush", is_flush)
    return made


def icon_button(icon: str, parent: QWidget, *, name: str, spoken: str, role: str = "text_soft") -> Button:
    """Return a button that is only an icon; `spoken` is its name and its tooltip."""
    made = Button("", parent, kind="icon", name=name, icon=icon, role=role, spoken=spoken)
    made.setToolTip(spoken)
    return made
