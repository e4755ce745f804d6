"""The sectors of the circle, by name: renamed, added, turned, taken away. It says what is meant and changes nothing."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from ipt_desktop.domain.records import Sector
from ipt_desktop.domain.text import _
from ui import theme
from ui.widgets.buttons import icon_button, link, outlined
from ui.widgets.labels import label
from ui.widgets.naming import named


class _SectorRow(QWidget):
    """One sector: its name, where it begins, and a button that takes it away."""

    renamed = Signal(str, str)
    turned = Signal(str, float)
    removed = Signal(str)

    def __init__(self, sector: Sector, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"sector_{sector.id}")
        self.sector_id = sector.id
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.name = named(QLineEdit(sector.name, self), "sector_name", _("Name of the sector"))
        self.name.editingFinished.connect(self._on_named)
        row.addWidget(self.name, 1)
        self.start = named(QSpinBox(self), "sector_start", _("Where {name} begins, in degrees").format(name=sector.name))
        self.start.setRange(0, 359)
        self.start.setWrapping(True)
        self.start.setSingleStep(5)
        self.start.setSuffix("°")
        self.start.setValue(round(sector.start) % 360)
        self.start.setFixedWidth(theme.current().px(76))
        self.start.setKeyboardTracking(False)
        self.start.valueChanged.connect(self._on_turned)
        row.addWidget(self.start)
        remove = icon_button("x", self, name="sector_remove", spoken=_("Remove {name}").format(name=sector.name))
        remove.clicked.connect(self._on_removed)
        row.addWidget(remove)

    def show_sector(self, sector: Sector) -> None:
        """Show what the sector is now; a name that is being typed stays."""
        if not self.name.hasFocus():
            self.name.setText(sector.name)
            self.name.setCursorPosition(0)
        with QSignalBlocker(self.start):
            self.start.setValue(round(sector.start) % 360)

    def _on_named(self) -> None:
        self.renamed.emit(self.sector_id, self.name.text())

    def _on_turned(self, start: int) -> None:
        self.turned.emit(self.sector_id, float(start))

    def _on_removed(self) -> None:
        self.removed.emit(self.sector_id)


class SectorEditor(QScrollArea):
    """Stands beside the circle while its sectors are edited. `closed` leads back to the person."""

    begun = Signal()
    added = Signal(str)
    renamed = Signal(str, str)
    turned = Signal(str, float)
    removed = Signal(str)
    evened = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "sector_editor", _("Sectors of the circle"))
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rows: dict[str, _SectorRow] = {}
        body = self._body = QWidget(self)
        body.setObjectName("sector_editor_body")
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 14, 12, 12)
        column.setSpacing(10)
        column.addWidget(label(_("Sectors"), body, kind="title"))
        words = _("Parts of the circle for people who belong together. Whoever is dropped in one belongs to it.")
        column.addWidget(label(words, body, tone="text_soft", wraps=True))
        self._begin = outlined(_("Family, friends, work, community"), body, name="sectors_begin")
        self._begin.clicked.connect(self.begun)
        column.addWidget(self._begin)
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        column.addLayout(self._column)
        self.field = named(QLineEdit(body), "sector_add", _("Add a sector"))
        self.field.setPlaceholderText(_("Add: name, then Enter"))
        self.field.returnPressed.connect(self._on_added)
        column.addWidget(self.field)
        row = QHBoxLayout()
        self._even = link(_("Make all as wide"), body, name="sectors_even")
        self._even.clicked.connect(self.evened)
        done = link(_("Done"), body, name="sectors_done")
        done.clicked.connect(self.closed)
        row.addWidget(self._even)
        row.addStretch(1)
        row.addWidget(done)
        column.addLayout(row)
        column.addStretch(1)
        self.setWidget(body)
        self.setFocusProxy(self.field)

    def show_sectors(self, sectors: Sequence[Sector]) -> None:
        """Show these sectors in their order; the row that has the keyboard stays."""
        if [each.id for each in sectors] != list(self._rows):
            for row in self._rows.values():
                row.hide()
                row.deleteLater()
            self._rows = {}
            for sector in sectors:
                row = self._rows[sector.id] = _SectorRow(sector, self._body)
                row.renamed.connect(self.renamed)
                row.turned.connect(self.turned)
                row.removed.connect(self.removed)
                self._column.addWidget(row)
        for sector in sectors:
            self._rows[sector.id].show_sector(sector)
        self._begin.setVisible(not sectors)
        self._even.setVisible(len(sectors) > 1)

    def forget(self) -> None:
        """Let go of every word."""
        self.field.clear()
        self.show_sectors(())

    def _on_added(self) -> None:
        text = self.field.text()
        self.field.clear()
        self.added.emit(text)
