"""Where the keyboard is, and the order in which Tab goes: as things stand, also where some were made later than those below."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def focused_in(part: QWidget) -> str:
    """Return the name of what has the keyboard in a part, "" where it is elsewhere."""
    focused = QApplication.focusWidget()
    return focused.objectName() if focused is not None and part.isAncestorOf(focused) else ""


def go_in_order(stops: Iterable[QWidget]) -> None:
    """Let Tab go from each of these to the next."""
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def go_through(stops: Iterable[QWidget], following: QWidget) -> None:
    """Let Tab go through these, made later, on its way to what follows them."""
    before = following.previousInFocusChain()
    while before is not None and before is not following and not _is_stop(before):
        before = before.previousInFocusChain()
    go_in_order((*([before] if before is not None else []), *stops))


def stops_in(part: QWidget) -> Iterator[QWidget]:
    """Yield what can take the keyboard in a part, as it was put into it."""
    return (each for each in part.findChildren(QWidget) if _is_stop(each) and each.window() is part.window())


def last_stop(part: QWidget) -> QWidget:
    """Return what Tab comes to last in a part as it goes now; the part itself where nothing in it takes the keyboard."""
    last, each = part, part.nextInFocusChain()
    while each is not None and each is not part:
        if part.isAncestorOf(each) and _is_stop(each):
            last = each
        each = each.nextInFocusChain()
    return last


def _is_stop(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
