"""Tells of a measure that was begun and not finished, and leads on with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.dates import day_words
from ipt_desktop.domain.measure import Measure
from ipt_desktop.domain.measure_records import Given, MeasureResult
from ipt_desktop.domain.text import _, ngettext
from ui.widgets.inline_bar import InlineBar


class UnfinishedBar(InlineBar):
    """The one begun last. Each signal carries its id: go on with the client, enter the rest, or let go of it."""

    go_on = Signal(str)
    enter_rest = Signal(str)
    let_go = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, name="unfinished_bar")

    def show_begun(self, begun: Sequence[MeasureResult], measures: Mapping[str, Measure]) -> None:
        """Tell of the latest of these; nothing where there is none."""
        if not begun:
            self.clear()
            return
        result = begun[0]
        measure = measures.get(result.measure)
        name = measure.name if measure else result.measure.upper()
        day = day_words(result.on, has_year=result.on.year != date.today().year)
        count = len(result.answers)
        title = _("The {measure} of {day} is not finished").format(measure=name, day=day)
        words = ngettext(
            "{count} answer is kept; it does not count yet.", "{count} answers are kept; they do not count yet.", count
        )
        actions = [
            ("unfinished_rest", _("Enter the rest"), partial(self.enter_rest.emit, result.id)),
            ("unfinished_remove", _("Let go of it"), partial(self.let_go.emit, result.id)),
        ]
        if result.given is Given.SCREEN:
            actions.insert(0, ("unfinished_turn", _("Go on with the client…"), partial(self.go_on.emit, result.id)))
        self.say(title, words.format(count=count), actions=tuple(actions), can_close=False)

    def forget(self) -> None:
        """Let go of every word."""
        self.clear()
