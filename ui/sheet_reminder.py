"""Says so while nobody has shown that the recovery sheet is at hand: its code can't be shown again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipt_desktop.domain.text import _
from ui.companions import Companion

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk
    from ui.main_window import MainWindow


class SheetReminder(Companion):
    """A bar above the pages, unless something else has to be said there."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(desk, window)
        workspace = window.workspace
        if workspace is None or desk.is_demo or workspace.bar.text() or desk.settings.values().has_recovery_sheet:
            return
        workspace.say(
            _("The recovery sheet was never confirmed."),
            _("Without it nobody can open this practice when the passphrase is forgotten. Make a new one in the settings."),
            tone="caution",
            actions=(("new_recovery_sheet", _("New recovery sheet…"), self._on_asked),),
        )

    def _on_asked(self) -> None:
        if self.window.workspace is not None:
            self.window.workspace.show_settings("opening")
