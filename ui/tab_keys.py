"""Keys that verbs of two tabs share: the tab in sight has them. Of two verbs that could hear one key, Qt does neither."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QWidget


class TabKeys(QObject):
    """Follows which of the `pages` is in sight."""

    def __init__(self, pages: QStackedWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._pages = pages
        self._keys: dict[QWidget, dict[QAction, list[QKeySequence]]] = {}
        pages.currentChanged.connect(self._settle)

    def add(self, page: QWidget, actions: Iterable[QAction]) -> None:
        """Know the verbs of a page, with the keys they have now."""
        known = self._keys.setdefault(page, {})
        known.update({each: each.shortcuts() for each in actions if each.shortcuts()})
        self._settle()

    def _settle(self) -> None:
        page = self._pages.currentWidget()
        shown = self._keys.get(page, {}) if page is not None else {}
        taken = [key for keys in shown.values() for key in keys]
        for actions in self._keys.values():
            others = [key for other in self._keys.values() if other is not actions for keys in other.values() for key in keys]
            for action, keys in actions.items():
                if any(key in others for key in keys):  # the rest is left alone: the therapist may have given it another key
                    action.setShortcuts(keys if actions is shown else [key for key in keys if key not in taken])
