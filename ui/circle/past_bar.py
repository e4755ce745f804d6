"""The bar over an earlier circle: which one it is, whether it is read only or being changed, and the ways on from there."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui import theme
from ui.circle.canvas import CircleCanvas
from ui.widgets.buttons import link
from ui.widgets.labels import Picture, label
from ui.widgets.naming import named

_AWAY = 8
_ICONS = {"note": ("history", "text_soft"), "caution": ("pencil", "caution")}


class PastBar(QFrame):
    """Lies over the canvas, so that the circle keeps its size while the slider moves; at the foot where the top is taken.

    While the earlier circle is changed it has room of its own above: nobody in the tray or outside the rings lies under it.
    """

    def __init__(self, canvas: CircleCanvas) -> None:
        super().__init__(canvas)
        named(self, "circle_past")
        self.setProperty("role", "bar")
        self._canvas = canvas
        self._offered: list[tuple[str, str]] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 3, 8, 3)
        row.setSpacing(10)
        self._icon = Picture("history", self)
        self._title = label("", self, kind="strong", name="circle_past_title", wraps=True)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(2)
        row.addWidget(self._icon)
        row.addWidget(self._title, 1)
        row.addLayout(self._actions)
        canvas.installEventFilter(self)
        self.hide()

    def say(self, title: str, words: str, *, tone: str, actions: tuple[tuple[str, str, Callable[[], None]], ...]) -> None:
        """Show the bar as a note or a caution; `words` are its tooltip. An action is (objectName, words, what to call)."""
        offered = [(name, text) for name, text, _act in actions]
        if offered != self._offered:  # on a drag only the title changes from circle to circle
            self._clear_actions()
            for name, text, act in actions:
                button = link(text, self, name=name)
                button.clicked.connect(act)
                self._actions.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
                button.show()  # the layout leaves it out of account before
            self._offered = offered
        if tone != self.property("tone"):
            self._icon.set_icon(*_ICONS[tone])
            theme.restyle(self, tone=tone)
        self._title.setText(title)
        self.setToolTip(words)
        self.setAccessibleName(" ".join(part for part in (title, words) if part))
        self.show()
        self.raise_()
        self.settle()

    def title(self) -> str:
        """Return what the bar says, "" while it is not there."""
        return self._title.text()

    def clear(self) -> None:
        """Take the bar away with its words."""
        self._clear_actions()
        self._title.setText("")
        self.setToolTip("")
        self.setAccessibleName("")
        self.hide()
        self._take_room(0)

    def _take_room(self, height: int) -> None:
        """Leave so much room above the circle."""
        if height != self._canvas.viewportMargins().top():
            self._canvas.setViewportMargins(0, height, 0, 0)

    def settle(self) -> None:
        """Lie at the top of the circle, or at its foot where the top is somebody's place."""
        row = self.layout()
        if self.isHidden() or row is None:
            return
        row.activate()
        width = self._canvas.width() - 2 * _AWAY
        height = max(row.heightForWidth(width), row.sizeHint().height())
        top = QRect(QPoint(_AWAY, _AWAY), QPoint(_AWAY + width - 1, _AWAY + height - 1))
        is_changed = self.property("tone") == "caution"
        self._take_room(height + 2 * _AWAY if is_changed else 0)
        if is_changed:
            self.setGeometry(top)
            return
        foot = top.translated(0, self._canvas.height() - height - 2 * _AWAY)
        self.setGeometry(foot if self._canvas.stands_in(top) and not self._canvas.stands_in(foot) else top)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the edge when the canvas takes another size."""
        if event.type() is QEvent.Type.Resize:
            self.settle()
        return super().eventFilter(watched, event)

    def _clear_actions(self) -> None:
        self._offered = []
        while (item := self._actions.takeAt(0)) is not None:
            if (button := item.widget()) is not None:
                button.hide()
                button.deleteLater()
