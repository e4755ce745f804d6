"""The way to the papers of a course, in one row under the band: which there are, and which are written."""

from collections.abc import Collection

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ipt_desktop.domain.text import _
from ui import theme
from ui.phases.band_grid import LANE_NAMES
from ui.phases.chapters import CHAPTERS
from ui.widgets.buttons import Button, link
from ui.widgets.chips import FlowLayout
from ui.widgets.labels import label

OF_SESSIONS = frozenset(each.key for each in CHAPTERS if each.is_of_sessions)


class PapersRow(QWidget):
    """A link to each chapter, in line with the lanes of the band. `chapter_asked` carries its key."""

    chapter_asked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("papers_row")
        self.setAccessibleName(_("Papers of the course"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._name = label(_("Papers"), self, kind="label", tone="text_soft", name="papers_row_name")
        row.addWidget(self._name, 0, Qt.AlignmentFlag.AlignTop)
        self._name.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        holder = QWidget(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        flow = FlowLayout(holder, gap=14, row_gap=0)
        self._links: dict[str, Button] = {}
        for kind in CHAPTERS:
            made = link(_(kind.title), holder, name=f"papers_{kind.key}", icon=kind.icon, is_flush=True)
            made.setProperty("chapter", kind.key)
            made.clicked.connect(self._on_link)
            self._links[kind.key] = made
            flow.addWidget(made)
        row.addWidget(holder, 1)
        self._align()

    def show_written(self, written: Collection[str]) -> None:
        """Say of each chapter whether anything is written in it."""
        for key, made in self._links.items():
            if key in OF_SESSIONS:
                continue
            made.setAccessibleDescription(_("written") if key in written else _("nothing written yet"))
            made.setToolTip(made.accessibleDescription())

    def _align(self) -> None:
        self._name.setFixedWidth(theme.current().px(LANE_NAMES))
        self._name.setMinimumHeight(max((each.sizeHint().height() for each in self._links.values()), default=0))

    def changeEvent(self, event: QEvent) -> None:
        """Stay in line with the lanes when the text grows."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_links"):
            self._align()

    def _on_link(self) -> None:
        made = self.sender()
        if isinstance(made, Button):
            self.chapter_asked.emit(str(made.property("chapter")))
