"""The settings, over the tabs: their sections on the left, the one chosen on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui import theme
from ui.page import Frame, Page
from ui.settings.section import Section
from ui.settings.sections import ALL_SECTIONS, Place
from ui.widgets.buttons import Button
from ui.widgets.labels import label

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk

LIST_WIDTH = 220


class SettingsPage(Page):
    """`left` when Esc or the way back is taken, `moved` when another section is gone to."""

    left = Signal()
    moved = Signal()

    def __init__(self, desk: Desk, frame: Frame, places: tuple[Place, ...] | None = None) -> None:
        super().__init__(desk, frame)
        self.setObjectName("settings_page")
        known = ALL_SECTIONS if places is None else places
        self._places = [each for each in known if each.in_demo or not desk.is_demo]
        self._sections: dict[str, Section] = {}
        self._build()
        self._list.currentRowChanged.connect(self._on_row_changed)
        self._back.clicked.connect(self.leave)

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._make_head())
        row = QHBoxLayout()
        row.setContentsMargins(24, 16, 0, 0)
        row.setSpacing(24)
        whole.addLayout(row, 1)
        self._list = QListWidget(self)
        self._list.setObjectName("settings_list")
        self._list.setAccessibleName(_("Sections of the settings"))
        self._list.setProperty("role", "desk")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.addItems([_(each.word) for each in self._places])
        self._list.ensurePolished()  # its lines are laid out before it is first shown, and need their room then
        self._stack = QStackedWidget(self)
        self._stack.setObjectName("settings_sections")
        row.addWidget(self._list)
        row.addWidget(self._stack, 1)
        self.setFocusProxy(self._list)
        self._fit()

    def _make_head(self) -> QFrame:
        head = QFrame(self)
        head.setObjectName("settings_head")
        head.setProperty("role", "strip")
        row = QHBoxLayout(head)
        row.setContentsMargins(24, 12, 20, 12)
        row.addWidget(label(_("Settings"), head, kind="title", name="settings_title"))
        row.addStretch(1)
        self._back = Button(
            _("Back to the practice  Esc"), head, kind="quiet", name="settings_back", icon="arrow-left", spoken=_("Back")
        )
        row.addWidget(self._back)
        return head

    @property
    def keys(self) -> list[str]:
        """The sections there are."""
        return [each.key for each in self._places]

    def show_section(self, key: str = "") -> Section | None:
        """Go to a section, by default to the one last looked at or the first; None where there is none."""
        if key in self.keys:
            self._list.setCurrentRow(self.keys.index(key))
        elif self._list.currentRow() < 0 and self._places:
            self._list.setCurrentRow(0)
        self._show_row()
        return self._sections.get(self.shown_key)

    @property
    def shown_key(self) -> str:
        """The section that is shown, or ""."""
        row = self._list.currentRow()
        return self._places[row].key if row >= 0 else ""

    def _show_row(self) -> None:
        if not (key := self.shown_key):
            return
        if key not in self._sections:
            self._stack.addWidget(self._make_area(self._places[self._list.currentRow()]))
        section = self._sections[key]
        self._stack.setCurrentIndex(list(self._sections).index(key))
        section.refresh()

    def _make_area(self, place: Place) -> QScrollArea:
        area = QScrollArea(self._stack)
        area.setObjectName(f"settings_{place.key}_area")
        area.setAccessibleName(_(place.word))
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground = QWidget(area)
        ground.setProperty("role", "clear")
        row = QHBoxLayout(ground)
        row.setContentsMargins(0, 0, 24, 0)
        section = place.make(self.desk, self.frame, ground)
        section.setMaximumWidth(theme.current().px(section.widest))
        row.addWidget(section, 1000)
        row.addStretch(1)
        area.setWidget(ground)
        self._sections[place.key] = section
        return area

    def _on_row_changed(self, _row: int) -> None:
        self._show_row()
        self.moved.emit()

    def leave(self) -> bool:
        """Go back to the tab that was there before; False where something could not be kept."""
        if not self.flush():
            return False
        for section in self._sections.values():
            section.forget()
        self.left.emit()
        return True

    def refresh(self) -> None:
        """Show what holds now in the section shown."""
        super().refresh()
        self._show_row()

    def flush(self) -> bool:
        """Keep what any section has not kept yet."""
        kept = [section.flush() for section in self._sections.values()]
        return all(kept)

    def forget(self) -> None:
        """Let go of every word and secret."""
        for section in self._sections.values():
            section.forget()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_list"):
            self._fit()

    def _fit(self) -> None:
        self._list.setFixedWidth(theme.current().px(LIST_WIDTH))
        for section in self._sections.values():
            section.setMaximumWidth(theme.current().px(section.widest))
