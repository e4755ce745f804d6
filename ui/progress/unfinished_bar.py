"""Tells of a measure that was begun and not finished, and leads on with it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.dates import day_words
from ipt_desktop.domain.measure_records import Given
from ipt_desktop.domain.text import _, ngettext
from ui.progress.entry_commands import RemoveMeasure
from ui.widgets.inline_bar import InlineBar

if TYPE_CHECKING:
    from ipt_desktop.domain.measured import Measured
    from ipt_desktop.services.desk import Desk
    from ui.page import Frame
    from ui.verb import Told


class UnfinishedBar(InlineBar):
    """The one begun last: after a break or a lock it says that nothing is lost. It stays until it is finished or let go of.

    `go_on` carries its id and its measure's key, to go on with the client; `enter_rest` its id, to key in the rest.
    """

    go_on = Signal(str, str)
    enter_rest = Signal(str)

    def __init__(self, desk: Desk, frame: Frame, refused: Told, parent: QWidget) -> None:
        super().__init__(parent, name="unfinished_bar")
        self._desk, self._frame, self._refused = desk, frame, refused

    def show_client(self, client_id: str, open_id: str) -> None:
        """Tell of the latest of a client's; nothing where there is none but the one that is being keyed in (`open_id`)."""
        begun = [each for each in self._desk.measures.unfinished(client_id) if each.id != open_id]
        if begun:
            self._tell(self._desk.measures.one(begun[0].id))
        else:
            self.clear()

    def _tell(self, begun: Measured) -> None:
        result = begun.result
        day = day_words(result.on, has_year=result.on.year != date.today().year)
        count = len(result.answers)
        title = _("The {measure} of {day} is not finished").format(measure=begun.name, day=day)
        words = ngettext(
            "{count} answer is kept; it does not count yet.", "{count} answers are kept; they do not count yet.", count
        )
        actions = [
            ("unfinished_rest", _("Enter the rest"), partial(self.enter_rest.emit, result.id)),
            ("unfinished_remove", _("Let go of it"), partial(self._let_go, begun)),
        ]
        if result.given is Given.SCREEN:
            go_on = partial(self.go_on.emit, result.id, result.measure)
            actions.insert(0, ("unfinished_turn", _("Go on with the client…"), go_on))
        self.say(title, words.format(count=count), actions=tuple(actions), can_close=False)

    def _let_go(self, begun: Measured) -> None:
        removal = RemoveMeasure(self._desk.measures, begun.result, begun.measure.name, self._refused)
        self._frame.undo_stack().push(removal)

    def forget(self) -> None:
        """Let go of every word."""
        self.clear()
