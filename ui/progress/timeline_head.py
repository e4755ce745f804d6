"""The head of the timeline: its title, how much of a life is shown, as a picture or a table, and adding an event."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ipt_desktop.domain.timeline import Window
from ui import theme
from ui.widgets.buttons import icon_button, outlined
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.naming import named
from ui.widgets.segmented import Segmented

LEAST_BESIDE = 760
"""With less room than this, at 100 % text, the choices stand below the title."""


class TimelineHead(QWidget):
    """`window_chosen` carries a `Window`, `table_wanted` whether the table is to be shown."""

    window_chosen = Signal(object)
    table_wanted = Signal(bool)
    add_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("timeline_head")
        self.setMinimumWidth(1)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(10)
        words = QHBoxLayout()
        words.setSpacing(10)
        words.addWidget(label(_("Timeline"), self, kind="title", name="timeline_title"))
        said = ElidedLabel(_("symptoms beside what happened, with whom"), self)
        named(said, "timeline_said")
        said.setProperty("kind", "label")
        said.setProperty("tone", "text_soft")
        words.addWidget(said, 1)
        self._line.addLayout(words, 1)
        self._line.addWidget(self._choices())
        self._stand()

    def _choices(self) -> QWidget:
        made = QWidget(self)
        made.setObjectName("timeline_choices")
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        options = (
            (Window.LIFE, _("Life")),
            (Window.TWO_YEARS, _("2 years")),
            (Window.YEAR, _("This year")),
            (Window.COURSE, _("Course")),
        )
        windows = [(str(key), words) for key, words in options]
        self.windows = Segmented(windows, made, name="timeline_window", spoken=_("How much of a life is shown"))
        self.windows.chosen.connect(self._on_window)
        self.table = icon_button("table", made, name="timeline_as_table", spoken=_("Show as a table"))
        self.table.setCheckable(True)
        self.table.toggled.connect(self.table_wanted)
        self.add = outlined(_("Add event"), made, name="timeline_add", icon="plus")
        self.add.clicked.connect(self.add_asked)
        row.addWidget(self.windows)
        row.addWidget(self.table)
        row.addWidget(self.add)
        return made

    def _on_window(self, key: object) -> None:
        self.window_chosen.emit(Window(str(key)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand as the width asks for."""
        super().resizeEvent(event)
        self._stand()

    def changeEvent(self, event: QEvent) -> None:
        """Stand anew when the text size changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "add"):
            self._stand()

    def _stand(self) -> None:
        is_narrow = self.width() < theme.current().px(LEAST_BESIDE)
        self._line.setDirection(QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight)
