"""Names: what a test and a stylesheet call a widget, and what a screen reader says."""

from typing import TypeVar

from PySide6.QtWidgets import QWidget

W = TypeVar("W", bound=QWidget)


def named(widget: W, name: str, spoken: str = "") -> W:
    """Give a widget its objectName and, where `spoken` is given, its accessible name; return the widget."""
    widget.setObjectName(name)
    if spoken:
        widget.setAccessibleName(spoken)
    return widget
