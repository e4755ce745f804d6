"""The walk every screen is tested with: whatever can be used has an objectName and an accessible name."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QCalendarWidget,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QWidget,
)

USABLE = (
    *(QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox, QTextEdit, QPlainTextEdit),
    *(QAbstractItemView, QTabBar, QAbstractSlider),
)
# What Qt makes inside its own widgets is named by the widget around it.
INNER = (QComboBox, QAbstractSpinBox, QCalendarWidget, QAbstractItemView, QTabBar)


def unnamed(widget: QWidget) -> list[str]:
    """Return what can be used in `widget` but lacks an objectName or an accessible name, described for a failing test."""
    found = [widget, *widget.findChildren(QWidget)]
    return [f"{type(each).__name__} {each.objectName()!r} {text_of(each)!r}" for each in found if lacks_name(each)]


def text_of(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QAbstractButton | QLineEdit) else ""


def lacks_name(widget: QWidget) -> bool:
    if not is_usable(widget) or isinstance(widget, QScrollBar | QHeaderView):
        return False
    if widget.objectName().startswith("qt_") or is_inside(widget):
        return False
    return not (widget.objectName() and widget.accessibleName())


def is_usable(widget: QWidget) -> bool:
    """Whether a hand can use it: one of Qt's own kinds, or anything else that Tab comes to (but not what only scrolls)."""
    is_on_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    is_part_of_view = isinstance(widget.parentWidget(), QAbstractScrollArea)
    return isinstance(widget, USABLE) or (is_on_tab and not is_part_of_view)


def is_inside(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, INNER):
            return True
        parent = parent.parentWidget()
    return False
