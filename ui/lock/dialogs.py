"""Windows and menus of ours that stand over the program's window: put away before it is locked."""

from PySide6.QtWidgets import QApplication, QDialog, QWidget


def put_away(window: QWidget) -> None:
    """Close every menu and list that is open, and leave every dialog as Esc would; what waits for one goes on without."""
    while (popup := QApplication.activePopupWidget()) is not None and popup.close():
        pass
    for widget in QApplication.topLevelWidgets():
        if widget is window:
            continue
        if isinstance(widget, QDialog):  # one that the cover hides, too
            widget.reject()
        elif widget.isVisible() and window.isAncestorOf(widget):
            widget.close()
