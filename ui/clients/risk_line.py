"""Today's first line: whose risk is to be reviewed. Each name leads to that client's entries; without any there is no line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.records import Client
from ipt_desktop.domain.risk import RiskLevel
from ipt_desktop.domain.text import _, ngettext
from ui.widgets.buttons import link
from ui.widgets.chips import ChipRow
from ui.widgets.labels import label

if TYPE_CHECKING:
    from ipt_desktop.services.clients import ClientStanding

MOST_NAMED = 6


def _nobody() -> bool:
    return False


class RiskLine(QFrame):
    """`asked` carries the id of the client whose entries are wanted. `is_in_room` hides it: a client may see the screen."""

    asked = Signal(str)

    def __init__(self, parent: QWidget, name_of: Callable[[Client], str]) -> None:
        super().__init__(parent)
        self.setObjectName("risk_line")
        self.setAccessibleName(_("Risk to review"))
        self.setProperty("role", "bar")
        self.setProperty("tone", "caution")
        self.is_in_room: Callable[[], bool] = _nobody
        self._name_of = name_of
        self._standings: list[ClientStanding] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 5, 12, 5)
        self._row = ChipRow(self, name="risk_line_names", spoken=_("Risk to review"))
        column.addWidget(self._row)
        self.hide()

    def show_risk(self, standings: Sequence[ClientStanding]) -> None:
        """Name those of these clients whose risk is to be reviewed, who was asked about it last first."""
        known = [each for each in standings if each.risk and each.risk[0].is_open]
        self._standings = sorted(known, key=lambda each: each.risk[0].entry.on, reverse=True)
        self.follow()

    def follow(self) -> None:
        """Show it, or hide it while a session runs."""
        self._row.clear()
        shown = [] if self.is_in_room() else self._standings
        self.setVisible(bool(shown))
        if not shown:
            return
        today = date.today()
        parts = [self._named(each.client, each.risk, today) for each in shown[:MOST_NAMED]]
        title = label(_("Risk to review"), self._row, kind="strong", name="risk_line_title")
        title.setMinimumHeight(parts[0].sizeHint().height())  # the words stand on one line with the names
        for part in (title, *parts):
            self._row.add(part)
        if (more := len(shown) - MOST_NAMED) > 0:
            words = ngettext("and {count} more, in the table", "and {count} more, in the table", more).format(count=more)
            self._row.add(label(words, self._row, kind="label", name="risk_line_more"))

    def _named(self, client: Client, levels: Sequence[RiskLevel], today: date) -> QWidget:
        name, first = self._name_of(client), levels[0]
        part = QWidget(self._row)
        row = QHBoxLayout(part)
        row.setContentsMargins(8, 0, 4, 0)
        row.setSpacing(6)
        said = _("{level}, {asked}").format(level=_inside(first.words), asked=first.asked_words(today))
        words = said if first.is_asked else first.asked_words(today)
        spoken = _("{name}: {words}: open the risk entries").format(name=name, words=words)
        button = link(name, part, name=f"risk_of_{client.id}", spoken=spoken)
        button.setProperty("is_inline", True)
        button.setProperty("client", client.id)
        button.clicked.connect(self._on_clicked)
        row.addWidget(button)
        row.addWidget(label(words, part, kind="label", name=f"risk_of_{client.id}_words"))
        return part

    def _on_clicked(self) -> None:
        self.asked.emit(str(self.sender().property("client")))

    def forget(self) -> None:
        """Let go of everyone."""
        self._standings = []
        self.follow()


def _inside(words: str) -> str:
    """Return a level as it stands within a sentence; an abbreviation stays as it is."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words
