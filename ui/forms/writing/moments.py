"""Keys that put in today's date in words, and the time."""

from datetime import datetime

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence

from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.text import _
from ui.forms.prose import ProseEdit


class Moments(QObject):
    """The date and time keys of one prose field: Ctrl+; and Ctrl+Shift+;, or Ctrl+: where the colon is on another key.

    Ctrl+: is no shortcut: on most keyboards it is Ctrl+Shift+;, and of two shortcuts for one press Qt does neither.
    """

    def __init__(self, prose: ProseEdit) -> None:
        super().__init__(prose)
        self._prose = prose
        for name, words, keys, act in (
            ("date", _("Today’s date"), "Ctrl+;", self.put_in_date),
            ("time", _("The time"), "Ctrl+Shift+;", self.put_in_time),
        ):
            action = QAction(words, prose)
            action.setObjectName(f"{prose.objectName()}_{name}")
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(act)
            prose.addAction(action)
        prose.key_takers.append(self._takes)

    def _takes(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Colon or not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        self.put_in_time()
        return True

    def put_in_date(self) -> None:
        """Put in "24 November 2026"."""
        self._put_in(long_date(datetime.now().date()))

    def put_in_time(self) -> None:
        """Put in "11:34"."""
        self._put_in(f"{datetime.now():%H:%M}")

    def _put_in(self, words: str) -> None:
        if not self._prose.isReadOnly():
            self._prose.textCursor().insertText(words)
            self._prose.ensureCursorVisible()
