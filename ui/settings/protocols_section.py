"""Settings: the protocols a course can begin with, and the way to one's own."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.course import planned_words
from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.protocol import Protocol
from ipt_desktop.domain.text import _
from ipt_desktop.services.own_protocols import copy_to_edit, own_folder
from ui.page import Frame
from ui.phases.parting import let_go
from ui.settings.section import Section
from ui.widgets.buttons import link, outlined
from ui.widgets.card import Card, hairline
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import label

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk


class ProtocolsSection(Section):
    """What there is, what is wrong with the therapist's own, and a copy of any to be changed."""

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        words = _(
            "What a course of treatment begins with: phases, tasks, problem areas, words, suggestions. Yours are files that "
            "any text editor opens. A course that has begun goes on with the protocol as it was then."
        )
        super().__init__(desk, frame, parent, name="protocols_section", title=_("Protocols"), words=words)
        self.problems = InlineBar(self, name="protocol_problems")
        self.bar = InlineBar(self, name="protocols_bar")
        self.column.addWidget(self.problems)
        self.column.addWidget(self.bar)
        self.column.addWidget(self._make_own())
        self._card = Card(self, name="protocols_card")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(10)
        self._card.body.addLayout(self._lines)
        self.column.addWidget(self._card)
        self.column.addStretch(1)
        self._parting: list[QWidget] = []
        self.refresh()

    def _make_own(self) -> Card:
        card = Card(self, name="own_protocols", title=_("Your own"))
        self._folder = label("", card, kind="label", tone="text_soft", name="protocols_folder", wraps=True)
        self._folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout()
        row.setSpacing(10)
        self.open = outlined(_("Open the folder"), card, name="open_protocols", icon="folder-open")
        self.again = outlined(_("Read the files again"), card, name="read_protocols", icon="rotate-ccw")
        self.open.clicked.connect(self.show_folder)
        self.again.clicked.connect(self.read_again)
        for button in (self.open, self.again):
            row.addWidget(button)
        row.addStretch(1)
        card.body.addWidget(self._folder)
        card.body.addLayout(row)
        return card

    # -- what it shows ---------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the protocols there are, and what is wrong with those that could not be read."""
        folder = own_folder(self.desk.folder)
        words = _("They lie in {folder}. Copy one below to begin with.")
        self._folder.setText(words.format(folder=folder))
        protocols = self.desk.resources.protocols
        self._show_problems()
        self._parting = let_go(self._lines)
        for place, protocol in enumerate(protocols):
            if place:
                self._lines.addWidget(hairline(self._card))
            self._add(protocol)

    def _show_problems(self) -> None:
        folder = own_folder(self.desk.folder)
        unread = [each for each in self.desk.resources.problems if folder in Path(str(each.values["file"])).parents]
        if not unread:
            self.problems.clear()
            return
        told = [type(each)(**{**each.values, "file": Path(str(each.values["file"])).name}) for each in unread]
        words = _("{problems}\nIt is left out until it is mended; then read the files again.")
        said = words.format(problems="\n".join(str(each) for each in told))
        self.problems.say(_("A protocol of yours could not be read"), said, tone="caution", can_close=False)

    def _add(self, protocol: Protocol) -> None:
        file = self.desk.resources.protocol_file(protocol.key)
        is_own = file is not None and self.desk.resources.is_own(file)
        line = QWidget(self._card)
        line.setObjectName(f"protocol_{protocol.key}")
        line.setAccessibleName(_(protocol.name))
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.addWidget(label(_(protocol.name), line, kind="strong", name=f"protocol_{protocol.key}_name", wraps=True), 1)
        spoken = _("Copy {name} to edit it…").format(name=_(protocol.name))
        copy = link(_("Copy to edit…"), line, name=f"copy_{protocol.key}", icon="copy", spoken=spoken)
        copy.clicked.connect(partial(self.copy, protocol.key))
        head.addWidget(copy, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        own = _("yours: {file}").format(file=file.name) if is_own and file is not None else ""
        terms = " · ".join(each for each in (planned_words(protocol.planned_sessions), _(protocol.frequency), own) if each)
        is_replacing = protocol.key in self.desk.resources.replacing_protocols
        replaces = _("Replaces the one that came with the program.") if is_replacing else ""
        said = (
            (terms, "terms", "label", "text"),
            (replaces, "replaces", "label", "text"),
            (protocol.about, "about", "label", "text"),
        )
        for words, name, kind, tone in (*said, (protocol.source, "source", "caption", "text_soft")):
            if words:
                shown = _(words) if name in ("about", "source") else words
                column.addWidget(label(shown, line, kind=kind, tone=tone, name=f"protocol_{protocol.key}_{name}", wraps=True))
        self._lines.addWidget(line)
        line.show()

    # -- what is done ----------------------------------------------------------------------------------------------

    def copy(self, key: str) -> None:
        """Write a copy of a protocol, say where it is, and open its folder."""
        self.setFocus()
        try:
            file = copy_to_edit(self.desk.resources, self.desk.folder, key)
        except PracticeError as error:
            self.bar.say(_("Not done"), str(error), tone="caution")
            return
        words = _(
            "Change its name and whatever you do otherwise in a text editor, save it, and read the files again here. "
            "It is offered for new courses at once."
        )
        self.bar.say(_("The copy is {file}").format(file=file.name), words)
        self.refresh()
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)
        self._open(file.parent)

    def show_folder(self) -> None:
        """Open the folder of one's own protocols, made if there is none."""
        folder = own_folder(self.desk.folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self.bar.say(_("The folder can’t be made"), str(error), tone="caution")
            return
        self._open(folder)

    def read_again(self) -> None:
        """Read every file anew, and say what came of it."""
        self.desk.resources.read_again()
        self.refresh()
        if not self.problems.isVisibleTo(self):
            self.bar.say(_("All files were read"), _("What is listed below is offered for new courses."))
        else:
            self.bar.clear()

    def _open(self, folder: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self.bar.say(_("The folder can’t be opened from here"), str(folder), tone="caution")

    def forget(self) -> None:
        """Let go of what was said."""
        self.bar.clear()
