"""The disclosures in a client's file: what left the practice, when, to whom and for what. They are only read here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ipt_desktop.domain.audit_words import disclosure_words
from ipt_desktop.domain.records import Disclosure
from ipt_desktop.domain.text import _, ngettext
from ui.clients.words import full_day
from ui.widgets.buttons import link
from ui.widgets.labels import label

MOST_SHOWN = 5


class DisclosureList(QWidget):
    """The newest few; the whole list is on paper (`save_asked`)."""

    save_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("disclosure_list")
        self.setAccessibleName(_("Disclosures"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(label(_("Disclosures"), self, kind="strong", name="disclosure_list_title"))
        head.addStretch(1)
        self._save = link(_("Save list as PDF…"), self, name="save_disclosures", spoken=_("Save the disclosures as PDF"))
        self._save.clicked.connect(self.save_asked)
        head.addWidget(self._save)
        column.addLayout(head)
        self._none = label(
            _("Nothing was given to anyone. Reports saved with a recipient are listed here."),
            self,
            kind="label",
            tone="text_soft",
            name="no_disclosures",
            wraps=True,
        )
        column.addWidget(self._none)
        self._entries: list[tuple[QLabel, QLabel]] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        column.addLayout(self._column)
        self._more = label("", self, kind="caption", tone="text_soft", name="more_disclosures")
        column.addWidget(self._more)
        self.show_disclosures(())

    def show_disclosures(self, disclosures: Sequence[Disclosure]) -> None:
        """Show the newest of these, which come newest first."""
        shown, more = disclosures[:MOST_SHOWN], len(disclosures) - MOST_SHOWN
        self._none.setVisible(not disclosures)
        self._save.setVisible(bool(disclosures))
        while len(self._entries) < len(shown):
            self._add_entry()
        for place, (what, whom) in enumerate(self._entries):
            disclosure = shown[place] if place < len(shown) else None
            what.setText(_what(disclosure) if disclosure else "")
            whom.setText(_whom(disclosure) if disclosure else "")
            for part in (what, whom):
                part.setVisible(disclosure is not None)
        words = ngettext("and {count} more, in the list as PDF", "and {count} more, in the list as PDF", more)
        self._more.setText(words.format(count=more) if more > 0 else "")
        self._more.setVisible(more > 0)

    def _add_entry(self) -> None:
        number = len(self._entries) + 1
        what = label("", self, name=f"disclosure_{number}", wraps=True)
        whom = label("", self, kind="label", tone="text_soft", name=f"disclosure_{number}_whom", wraps=True)
        whom.setContentsMargins(0, 0, 0, 6)
        self._entries.append((what, whom))
        for part in (what, whom):
            self._column.addWidget(part)

    def forget(self) -> None:
        """Let go of every word."""
        self.show_disclosures(())


def _what(disclosure: Disclosure) -> str:
    return f"{full_day(disclosure.at.astimezone().date())} · {disclosure_words(disclosure)}"


def _whom(disclosure: Disclosure) -> str:
    whom = _("to {recipient}").format(recipient=disclosure.recipient)
    return f"{whom} · {disclosure.purpose}" if disclosure.purpose else whom
