"""The way to the page a circle leaves by, and back: the menu's entry, and the page, built when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from ipt_desktop.domain.circle_picture import CircleMode
from ipt_desktop.domain.text import _

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk
    from ui.circle.export.beside import Beside
    from ui.circle.export.page import ExportPage
    from ui.circle.pages import CirclePages
    from ui.circle.shown import ShownCircle
    from ui.page import Frame


class ExportDoor(QObject):
    """Leads from the circle shown to its export. `action` is the entry in the Circle menu."""

    def __init__(self, desk: Desk, frame: Frame, pages: CirclePages, shown: ShownCircle) -> None:
        super().__init__(pages)
        self._desk, self._frame, self._pages, self._shown = desk, frame, pages, shown
        self.page: ExportPage | None = None
        self.action = QAction(_("Export the circle…"), self)
        self.action.setObjectName("circle_menu_export")
        self.action.triggered.connect(self.open)

    def open(self) -> None:
        """Go to the page, with the circle and the comparison that the tab shows."""
        course_id = self._shown.course_id
        if course_id is None or not self._frame.show_tab("circle"):
            return
        if self.page is None:
            from ui.circle.export.page import ExportPage

            self.page = ExportPage(self._desk, self._frame, self._pages)
            self.page.back_asked.connect(self._on_back_asked)
            self._pages.addWidget(self.page)
        time, sittings = self._shown.time, self._desk.circles.sittings(course_id)
        self._pages.show_aside(self.page)
        since = time.compared.sitting_id if time.compared else ""
        self.page.begin(course_id, sittings, (time.stop.sitting_id if time.is_past else "", since), self._beside())

    def _beside(self) -> Beside:
        """Return what the tab shows beside people; in *Change* and *Now and wanted*, wishes are among it."""
        from ui.circle.export.beside import Beside

        toolbar, has_sectors = self._pages.columns.toolbar, bool(self._shown.sectors)
        return Beside(
            is_wanted_shown=toolbar.mode is not CircleMode.NOW,
            are_ties_shown=toolbar.are_ties_shown,
            are_sectors_shown=toolbar.are_sectors_shown and has_sectors,
            overlay=toolbar.overlay_choice.overlay,
            has_sectors=has_sectors,
        )

    def follow(self) -> None:
        """Show what was stored meanwhile; without a course there is nothing to leave."""
        self.action.setEnabled(self._shown.course_id is not None)
        if self.page is not None and self._pages.aside is self.page:
            self.page.refresh()

    def leave(self) -> None:
        """Go back to the circle and let go of every word."""
        if self.page is not None and self._pages.aside is self.page:
            self.page.forget()
            self._pages.show_aside(None)

    def _on_back_asked(self) -> None:
        self.leave()
        self._pages.columns.canvas.setFocus()
