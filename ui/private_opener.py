"""Opening the private notes along with the practice, once it has been painted: nobody waits for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.background import Task
from ui.companions import Companion

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk
    from ui.main_window import MainWindow


class PrivateOpener(Companion):
    """What opened the practice is tried on its private notes, then let go of; a private page turned to earlier waits."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(desk, window)
        if desk.private.may_open_along:
            task = Task(desk.private.open_along, self)
            task.failed.connect(window.show_fault)
            task.start()
