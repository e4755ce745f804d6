"""What Settings has in common for definitions that are files: what there is, what is wrong with it, and copies of any."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.text import _
from ipt_desktop.services.own_protocols import own_folder
from ui.page import Frame
from ui.phases.parting import let_go
from ui.settings.section import Section
from ui.widgets.buttons import link, outlined
from ui.widgets.card import Card, hairline
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import label

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk

Said = Sequence[tuple[str, str, str, str]]  # words, name, type style, role


class OwnFilesSection(Section):
    """`kind` is the folder's name, `singular` what one of them is called in names of widgets."""

    kind = ""
    singular = ""

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget, *, title: str, words: str, unread: str) -> None:
        super().__init__(desk, frame, parent, name=f"{self.kind}_section", title=title, words=words)
        self._unread = unread
        self.problems = InlineBar(self, name=f"{self.singular}_problems")
        self.bar = InlineBar(self, name=f"{self.kind}_bar")
        self.column.addWidget(self.problems)
        self.column.addWidget(self.bar)
        self.put_first()
        self.column.addWidget(self._make_own())
        self._card = Card(self, name=f"{self.kind}_card")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(10)
        self._card.body.addLayout(self._lines)
        self.column.addWidget(self._card)
        self.column.addStretch(1)
        self._parting: list[QWidget] = []
        self.refresh()

    def put_first(self) -> None:
        """Put what stands above the therapist's own into the column."""

    def entries(self) -> Sequence[tuple[str, str, Said]]:
        """Return (key, name, what is said below it) of each definition."""
        raise NotImplementedError

    def write_copy(self, key: str) -> Path:
        """Write a copy and return its file. Raises PracticeError."""
        raise NotImplementedError

    def _make_own(self) -> Card:
        card = Card(self, name=f"own_{self.kind}", title=_("Your own"))
        self._folder = label("", card, kind="label", tone="text_soft", name=f"{self.kind}_folder", wraps=True)
        self._folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout()
        row.setSpacing(10)
        self.open = outlined(_("Open the folder"), card, name=f"open_{self.kind}", icon="folder-open")
        self.again = outlined(_("Read the files again"), card, name=f"read_{self.kind}", icon="rotate-ccw")
        self.open.clicked.connect(self.show_folder)
        self.again.clicked.connect(self.read_again)
        for button in (self.open, self.again):
            row.addWidget(button)
        row.addStretch(1)
        card.body.addWidget(self._folder)
        card.body.addLayout(row)
        return card

    @property
    def folder(self) -> Path:
        """Where the therapist's own lie."""
        return own_folder(self.desk.folder, self.kind)

    # -- what it shows ---------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what there is, and what is wrong with those that could not be read."""
        words = _("They lie in {folder}. Copy one below to begin with.")
        self._folder.setText(words.format(folder=self.folder))
        entries = self.entries()
        self._show_problems()
        self._parting = let_go(self._lines)
        for place, (key, name, said) in enumerate(entries):
            if place:
                self._lines.addWidget(hairline(self._card))
            self._add(key, name, said)

    def _show_problems(self) -> None:
        unread = [each for each in self.desk.resources.problems if self.folder in Path(str(each.values["file"])).parents]
        if not unread:
            self.problems.clear()
            return
        told = [type(each)(**{**each.values, "file": Path(str(each.values["file"])).name}) for each in unread]
        words = _("{problems}\nIt is left out until it is mended; then read the files again.")
        said = words.format(problems="\n".join(str(each) for each in told))
        self.problems.say(self._unread, said, tone="caution", can_close=False)

    def own_words(self, file: Path | None) -> str:
        """Say that a file is the therapist's own, "" where it is not."""
        is_own = file is not None and self.desk.resources.is_own(file)
        return _("yours: {file}").format(file=file.name) if is_own and file is not None else ""

    def _add(self, key: str, shown: str, said: Said) -> None:
        line = QWidget(self._card)
        line.setObjectName(f"{self.singular}_{key}")
        line.setAccessibleName(shown)
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.addWidget(label(shown, line, kind="strong", name=f"{self.singular}_{key}_name", wraps=True), 1)
        spoken = _("Copy {name} to edit it…").format(name=shown)
        copy = link(_("Copy to edit…"), line, name=f"copy_{key}", icon="copy", spoken=spoken)
        copy.clicked.connect(partial(self.copy, key))
        head.addWidget(copy, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        for words, name, kind, tone in said:
            if words:
                column.addWidget(label(words, line, kind=kind, tone=tone, name=f"{self.singular}_{key}_{name}", wraps=True))
        self._lines.addWidget(line)
        line.show()

    # -- what is done ----------------------------------------------------------------------------------------------

    def copy(self, key: str) -> None:
        """Write a copy, say where it is, and open its folder."""
        self.setFocus()
        try:
            file = self.write_copy(key)
        except PracticeError as error:
            self.bar.say(_("Not done"), str(error), tone="caution")
            return
        words = _(
            "Change its name and whatever you do otherwise in a text editor, save it, and read the files again here. "
            "It is offered at once."
        )
        self.bar.say(_("The copy is {file}").format(file=file.name), words)
        self.refresh()
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)
        self._open(file.parent)

    def show_folder(self) -> None:
        """Open the folder of one's own, made if there is none."""
        folder = self.folder
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
            self.bar.say(_("All files were read"), _("What is listed below is offered."))
        else:
            self.bar.clear()

    def _open(self, folder: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self.bar.say(_("The folder can’t be opened from here"), str(folder), tone="caution")

    def forget(self) -> None:
        """Let go of what was said."""
        self.bar.clear()
