"""Letting go of widgets whose place is filled anew."""

from PySide6.QtWidgets import QLayout, QWidget


def let_go(layout: QLayout) -> list[QWidget]:
    """Take every widget out of a layout and of the page at once: its words and its name are free. Return them.

    Keep what is returned until the next time: one of them may be the sender of what led here.
    """
    parting = []
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            part_with(widget)
            parting.append(widget)
    return parting


def part_with(widget: QWidget) -> None:
    """Take one widget out of the page; it goes when the program is next idle."""
    widget.hide()
    widget.setParent(None)
    widget.deleteLater()
