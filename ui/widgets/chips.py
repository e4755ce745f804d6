"""Chips that can be chosen, a label that is no button, and the row that wraps them."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLayout, QLayoutItem, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from ui import icons, theme
from ui.widgets.buttons import ICON_GAP, Button


class YieldingButton(Button):
    """A button that gives way: in a row narrower than its words they end in an ellipsis, and stand whole in its tooltip."""

    least = 160
    """How narrow it may become, in pixels at 100 % text."""
    _is_cut = False

    def minimumSizeHint(self) -> QSize:
        """Ask for no more width than it can do with."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), theme.current().px(self.least)), hint.height())

    def initStyleOption(self, option: QStyleOptionButton) -> None:  # noqa: N802 - Qt's name
        """Show as much as there is room for."""
        super().initStyleOption(option)
        if not self._is_cut:
            return
        inside = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self)
        icon = 0 if self.icon().isNull() else self.iconSize().width() + ICON_GAP
        option.text = self._heaviest().elidedText(option.text, Qt.TextElideMode.ElideRight, inside.width() - icon)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say the whole words where they don't all stand there."""
        super().resizeEvent(event)
        self._is_cut = self.width() < self.sizeHint().width()
        if self._is_cut and not self.toolTip():
            self.setToolTip(self.text())
        elif not self._is_cut and self.toolTip() == self.text():
            self.setToolTip("")

    def _heaviest(self) -> QFontMetrics:
        """Return the measures of the heavier letters of what is chosen."""
        strong = QFont(self.font())
        strong.setWeight(QFont.Weight.DemiBold)
        return QFontMetrics(strong)


class Chip(YieldingButton):
    """A word that can be chosen; several may be."""

    def __init__(self, text: str, parent: QWidget, *, name: str, spoken: str = "", is_chosen: bool = False) -> None:
        super().__init__(text, parent, kind="chip", name=name, spoken=spoken)
        self.setCheckable(True)
        self.setChecked(is_chosen)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Leave room for the heavier letters of a chosen chip, so that nothing moves or is cut when it is chosen."""
        more = self._heaviest().horizontalAdvance(self.text()) - self.fontMetrics().horizontalAdvance(self.text())
        return super().sizeHint() + QSize(max(0, more), 0)


class AddChip(Button):
    """The dashed chip at the end of a row: "Add…", "More…"."""

    def __init__(self, text: str, parent: QWidget, *, name: str, icon: str = "plus", spoken: str = "") -> None:
        super().__init__(text, parent, kind="add_chip", name=name, icon=icon, role="text_soft", spoken=spoken)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class _IconChip(QLabel):
    """A chip with an icon before its words."""

    def __init__(self, text: str, parent: QWidget, icon: str) -> None:
        super().__init__(text, parent)
        self._icon = icon
        self._make_room()

    def _make_room(self) -> None:
        self.setIndent(theme.current().size("icon") + ICON_GAP)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chip, and the icon in the room before the words."""
        super().paintEvent(event)
        size, inside = theme.current().size("icon"), self.contentsRect()
        painter = QPainter(self)
        painter.drawPixmap(inside.left(), inside.center().y() - size // 2 + 1, icons.pixmap(self._icon, "accent_text", size))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Leave room for the icon at another text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._make_room()


def chip_label(text: str, parent: QWidget, *, name: str, icon: str = "") -> QLabel:
    """Return a chip that says something and can't be pressed; its `icon` is silent to a reader."""
    made = _IconChip(text, parent, icon) if icon else QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("kind", "chip")
    made.setProperty("tone", "accent_text")
    made.setObjectName(name)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def chip_link(text: str, parent: QWidget, *, name: str, icon: str = "", spoken: str = "") -> YieldingButton:
    """Return a link for a row of chips, which gives way as they do; with an icon its words begin where its place does."""
    made = YieldingButton(text, parent, kind="link", name=name, icon=icon, role="accent_text", spoken=spoken)
    made.setProperty("is_flush", bool(icon))
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


class FlowLayout(QLayout):
    """Sets its items side by side and wraps where the width ends; what gives way is no wider than a whole line."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8, row_gap: int | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap, self._row_gap = gap, gap if row_gap is None else row_gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's name
        """Take an item at the end."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name; None past the end
        """Return an item, or None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name; None past the end
        """Give an item away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's name
        """Ask for no more than is needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Say that the height depends on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that all rows need."""
        return self._place(QRect(0, 0, width, 0), is_trial=True)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - Qt's name
        """Place the items."""
        super().setGeometry(rect)
        self._place(rect, is_trial=False)

    def sizeHint(self) -> QSize:
        """Return the size of the rows at the width there is, or of the widest item."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of the widest item."""
        size = QSize()
        for item in self._items:
            widget = item.widget()  # of a fixed size, the item itself asks for all of its hint
            least = widget.minimumSizeHint() if isinstance(widget, YieldingButton) else item.minimumSize()
            size = size.expandedTo(least)
        return size

    def _place(self, rect: QRect, *, is_trial: bool) -> int:
        x, y, row = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            if hint.width() > rect.width() and isinstance(item.widget(), YieldingButton):
                hint.setWidth(rect.width())
            if x > rect.x() and x + hint.width() > rect.right() + 1:
                x, y, row = rect.x(), y + row + self._row_gap, 0
            if not is_trial:
                item.setGeometry(QRect(x, y, hint.width(), hint.height()))
            x += hint.width() + self._gap
            row = max(row, hint.height())
        return y + row - rect.y()


class ChipRow(QWidget):
    """A row of chips that wraps and is as high as its rows."""

    def __init__(self, parent: QWidget, *, name: str, spoken: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self._flow = FlowLayout(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """Put a chip at the end."""
        self._flow.addWidget(widget)
        widget.show()
        self.updateGeometry()

    def clear(self) -> None:
        """Remove every chip."""
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.updateGeometry()

    def resizeEvent(self, event: object) -> None:
        """Be as high as the rows at this width."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.setMinimumHeight(self._flow.heightForWidth(self.width()))
