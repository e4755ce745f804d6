"""What the verbs of the Clients tab have in common: they come to the front, push a step, show a form where one is needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from ipt_desktop.domain.records import Client, Course
from ui.clients.columns import ClientColumns
from ui.page import BarAction, Frame
from ui.verb import Verb

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk


class Work(QObject):
    """Verbs on the client chosen. `panel_asked` carries a form to show; `panel_left` says that it is done with."""

    panel_asked = Signal(object)
    panel_left = Signal()
    refused = Signal(str)

    def __init__(self, desk: Desk, frame: Frame, columns: ClientColumns) -> None:
        super().__init__(columns)
        self.desk, self.frame, self.columns = desk, frame, columns
        self.client: Client | None = None
        self.courses: Sequence[Course] = ()
        self._said = ""

    def show_client(self, client: Client | None, courses: Sequence[Course]) -> None:
        """Take the client chosen and their courses."""
        self.client, self.courses = client, courses

    def course(self) -> Course | None:
        """Return the course chosen, or None."""
        return next((each for each in self.courses if each.id == self.frame.course_id), None)

    def come(self) -> bool:
        """Come to the front, with what is typed kept: only then it is sure who is meant. False where that failed."""
        return self.frame.show_tab("clients") and (not self.columns.has_file or self.columns.file.is_kept())

    def push(self, command: Verb) -> bool:
        """Do a verb as a step that can be undone; False where it was refused, which is said."""
        self.frame.undo_stack().push(command)
        return command.is_done

    def say(self, title: str, words: str, actions: Sequence[BarAction] = ()) -> None:
        """Say what the last step has done, until another step, or its undo, makes that old."""
        self._said = title
        self.columns.bar.say(title, words, actions=tuple(actions))
        once = Qt.ConnectionType.SingleShotConnection
        self.frame.undo_stack().indexChanged.connect(self._on_next_step, once)

    def _on_next_step(self) -> None:
        if self.columns.bar.title() == self._said:
            self.columns.bar.clear()
