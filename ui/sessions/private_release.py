"""Releasing this private note on purpose: by whose authorisation, to whom, for what; then as a page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ipt_desktop.domain.errors import PracticeError, Refused
from ipt_desktop.domain.practice_settings import Jurisdiction
from ipt_desktop.domain.text import _
from ipt_desktop.services.private_release import Authorisation, file_name, named_people, release, what_is_missing
from ui import theme
from ui.background import Task
from ui.faults import sentences_of
from ui.page import Frame
from ui.widgets.buttons import outlined, primary
from ui.widgets.date_field import DateField
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import FieldError, label
from ui.widgets.naming import named

if TYPE_CHECKING:
    from pathlib import Path

    from ipt_desktop.domain.records import Document
    from ipt_desktop.services.desk import Desk


class PrivateRelease(QWidget):
    """`left` when it is done or not wanted; `released` carries where the page was saved."""

    left = Signal()
    released = Signal(str)

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("private_release_panel")
        self.setProperty("role", "clear")
        self._desk, self._frame = desk, frame
        self._document: Document | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().space("s"))
        column.addWidget(label(_("Release this private note"), self, kind="strong", name="release_title", wraps=True))
        self._law = label("", self, kind="label", tone="text_soft", name="release_law", wraps=True)
        column.addWidget(self._law)
        self.caution = InlineBar(self, name="release_caution")
        column.addWidget(self.caution)
        box = QCheckBox(_("Initials in place of their names"), self)
        self._initials = named(box, "release_initials", _("Initials in place of other people’s names"))
        column.addWidget(self._initials)
        self._fields: dict[str, QLineEdit] = {}
        for key, words in _asked():
            self._add_field(column, key, words)
        self.error = FieldError(self, name="release_error")
        column.addWidget(self.error)
        self.bar = InlineBar(self, name="release_bar")
        column.addWidget(self.bar)
        row = QHBoxLayout()
        self._save = primary(_("Save as PDF…"), self, name="release_save", spoken=_("Save this private note as PDF"))
        self._cancel = outlined(_("Cancel"), self, name="release_cancel", spoken=_("Release nothing"))
        row.addWidget(self._save)
        row.addWidget(self._cancel)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        self._save.clicked.connect(self._on_save_asked)
        self._cancel.clicked.connect(self.left)

    def _add_field(self, column: QVBoxLayout, key: str, words: str) -> None:
        caption = label(words, self, kind="label", tone="text_soft", name=f"release_{key}_label", wraps=True)
        if key == "on":
            self.day = DateField(self, name="release_on", spoken=words)
            field: QLineEdit = self.day
        else:
            field = named(QLineEdit(self), f"release_{key}", words)
        caption.setBuddy(field)
        field.textEdited.connect(self._on_edited)
        field.returnPressed.connect(self._on_save_asked)
        column.addWidget(caption)
        column.addWidget(field)
        self._fields[key] = field

    def begin(self, document: Document) -> None:
        """Ask for what a release of this note needs."""
        self.forget()
        self._document = document
        law = self._desk.settings.values().jurisdiction
        self._law.setText(_law_words(law))
        self._initials.setChecked(law is not Jurisdiction.US)
        if names := named_people(self._desk, document):
            people = ", ".join(names)
            self.caution.say(
                _("Other people are named"), _names_words(law).format(people=people), tone="caution", can_close=False
            )
            self._initials.show()
        self._fields["by"].setFocus(Qt.FocusReason.OtherFocusReason)

    def authorisation(self) -> Authorisation:
        """Return what is typed; raises Refused, saying what is wrong with the date."""
        text = {key: field.text() for key, field in self._fields.items()}
        return Authorisation(by=text["by"], on=self.day.day(), recipient=text["recipient"], purpose=text["purpose"])

    def _on_edited(self) -> None:
        for field in self._fields.values():
            self.error.show_error("", field)

    def _on_save_asked(self) -> None:
        """Ask where it is to be saved, by whoever knows the passphrase, once nothing is missing."""
        self._on_edited()
        self.bar.clear()
        try:
            missing = what_is_missing(self.authorisation())
        except Refused as error:
            missing = "on", str(error)
        if missing:
            self.error.show_error(missing[1], self._fields[missing[0]])
            self._fields[missing[0]].setFocus()
        else:
            self._frame.when_sure(self._ask_where)

    def _ask_where(self) -> None:
        if self._document is None:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = file_name(self._desk, self._document)
        dialog = QFileDialog(self, _("Save this private note as PDF"), f"{folder}/{name}", _("PDF (*.pdf)"))
        dialog.setObjectName("release_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_file_chosen)
        dialog.open()

    def _on_file_chosen(self, path: str) -> None:
        from pathlib import Path

        self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Write the page there and record by whose authorisation it goes to whom; a lock waits for that."""
        desk, document, authorisation = self._desk, self._document, self.authorisation()
        if document is None:
            return
        has_initials = self._initials.isChecked()
        self._set_busy(is_busy=True)
        task = Task(lambda: release(desk, document, authorisation, path, has_initials=has_initials), self, must_finish=True)
        task.done.connect(lambda _disclosure: self._on_released(path))
        task.failed.connect(self._on_not_released)
        task.start()

    def _on_released(self, path: Path) -> None:
        self.forget()
        self.released.emit(str(path))

    def _on_not_released(self, error: object) -> None:
        self._set_busy(is_busy=False)
        if isinstance(error, Exception):
            tone = "caution" if isinstance(error, PracticeError) else "danger"
            self.bar.say(_("Not released"), sentences_of(error), tone=tone)

    @property
    def is_busy(self) -> bool:
        """Whether a release is under way."""
        return not self._save.isEnabled()

    def _set_busy(self, *, is_busy: bool) -> None:
        """Take no second order while the first one runs."""
        for part in (*self._fields.values(), self._initials, self._save, self._cancel):
            part.setEnabled(not is_busy)
        self._save.setText(_("Releasing…") if is_busy else _("Save as PDF…"))

    def forget(self) -> None:
        """Let go of every word."""
        self._document = None
        self._set_busy(is_busy=False)
        for field in self._fields.values():
            field.clear()
            self.error.show_error("", field)
        self.caution.clear()
        self._initials.hide()
        self.bar.clear()
        for dialog in self.findChildren(QFileDialog):
            dialog.reject()


def _asked() -> tuple[tuple[str, str], ...]:
    return (
        ("by", _("Authorised by (the client, or whoever may sign for them)")),
        ("on", _("Authorisation dated")),
        ("recipient", _("Released to")),
        ("purpose", _("For what")),
    )


def _law_words(law: Jurisdiction) -> str:
    if law is Jurisdiction.US:
        return _("The client has to authorise it in writing, for this alone (45 CFR 164.508). Only this page is released.")
    return _("Check first what it says about other people, and hide or leave out what is theirs. Only this page is released.")


def _names_words(law: Jurisdiction) -> str:
    if law is Jurisdiction.US:
        return _("{people}. They stand in it as you wrote them, unless you choose initials. Who is on no circle is not found.")
    return _(
        "{people}. They are data subjects, too: leave initials in place of their names unless they agree, or it is fair to "
        "name them. Who is on no circle is not found."
    )
