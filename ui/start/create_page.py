"""Creating a practice: its name, the therapist's, where it lies, and the passphrase twice."""

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from ipt_desktop.domain.text import _
from ui.start.entrance import Entrance
from ui.start.passphrase_pair import PassphrasePair
from ui.widgets.buttons import link, primary
from ui.widgets.caps_lock_note import CapsLockNote
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import FieldError, HintLabel, label


@dataclass(frozen=True, slots=True)
class NewPractice:
    """What is needed to make a practice. The passphrase never appears in its repr."""

    name: str
    therapist: str
    folder: Path
    passphrase: str = field(repr=False)


class CreatePage(Entrance):
    """Asks for what a practice needs; `submitted` carries a NewPractice once everything is right."""

    submitted = Signal(object)
    back_asked = Signal()

    def __init__(self, folder: Path, parent: QWidget) -> None:
        super().__init__(parent, name="create_page")
        self._folder = folder
        self.card.setSpacing(5)
        self.card.addWidget(label(_("Create my practice"), self, kind="title", name="create_title"))
        self.name = self._line("practice_name", _("Name of the practice"))
        self.therapist = self._line("therapist_name", _("Your name, as it appears on letters"))
        self.pair = PassphrasePair(self)
        self.first, self.second = self.pair.first, self.pair.second
        self.card.addWidget(self.pair)
        self._caps = CapsLockNote(self, name="create_caps_lock")
        for secret in (self.pair.first, self.pair.second):
            self._caps.follow(secret)
        self.card.addWidget(self._caps)
        self.error = FieldError(self, name="create_error")
        self.card.addWidget(self.error)
        self._build_place()
        self.bar = InlineBar(self, name="create_bar")
        self.card.addWidget(self.bar)
        self.card.addSpacing(6)
        self._submit = primary(_("Create"), self, name="create_submit", is_big=True)
        self._back = link(_("Back"), self, name="create_back")
        self.card.addWidget(self._submit)
        self.card.addWidget(self._back)
        self.setFocusProxy(self.name)
        self._connect()

    def _line(self, name: str, words: str) -> QLineEdit:
        self.card.addWidget(label(words, self, kind="label", tone="text_soft", name=f"{name}_label"))
        line = QLineEdit(self)
        line.setObjectName(name)
        line.setAccessibleName(words)
        self.card.addWidget(line)
        return line

    def _build_place(self) -> None:
        row = QHBoxLayout()
        self._place = HintLabel("", self, name="practice_folder")
        change = link(_("Change…"), self, name="change_folder", spoken=_("Change the folder"), is_flush=True)
        change.clicked.connect(self._on_change_folder)
        row.addWidget(self._place, 1)
        row.addWidget(change)
        self.card.addLayout(row)
        self._show_folder()

    def _show_folder(self) -> None:
        self._place.setText(_("In the folder {folder}").format(folder=self._folder))

    def _connect(self) -> None:
        for line in (self.name, self.therapist):
            line.returnPressed.connect(self._on_submitted)
        self.name.textEdited.connect(self._clear_error)
        self.pair.edited.connect(self._clear_error)
        self.pair.returned.connect(self._on_submitted)
        self._submit.clicked.connect(self._on_submitted)
        self._back.clicked.connect(self.back_asked)

    def _on_change_folder(self) -> None:
        dialog = QFileDialog(self, _("Where to keep the practice"), str(self._folder.parent))
        dialog.setObjectName("folder_dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._on_folder_chosen)
        dialog.open()

    def _on_folder_chosen(self, folder: str) -> None:
        self._folder = Path(folder)
        self._show_folder()

    def problem(self) -> tuple[str, QWidget] | None:
        """Return what keeps the practice from being made and the field it is in, or None."""
        if not self.name.text().strip():
            return _("Give the practice a name; it can be changed later."), self.name
        return self.pair.problem()

    def _clear_error(self) -> None:
        """Say nothing that is true no more: what was wrong is being mended."""
        for part in (self.name, self.first, self.second):
            self.error.show_error("", part)

    def _on_submitted(self) -> None:
        found = self.problem()
        self._clear_error()
        if found:
            self.error.show_error(*found)
            found[1].setFocus()
            return
        self.bar.clear()
        wanted = NewPractice(self.name.text().strip(), self.therapist.text().strip(), self._folder, self.first.text())
        self.submitted.emit(wanted)

    def set_busy(self, is_busy: bool) -> None:
        """Take no second order while the first one runs."""
        for part in (self._submit, self._back, self.name, self.therapist, self.pair):
            part.setEnabled(not is_busy)
        self._submit.setText(_("Creating…") if is_busy else _("Create"))

    def show_error(self, text: str) -> None:
        """Say what went wrong."""
        self.bar.say(text, tone="caution")

    def forget(self) -> None:
        """Let go of the passphrase."""
        self.pair.forget()
        self._caps.hide()
