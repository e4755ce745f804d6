"""One field of a client's file: its label, what is typed into it, and what is wrong with that."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.records import Client, ClientStatus
from ipt_desktop.domain.text import _, marked
from ui import theme
from ui.clients.words import STATUS_WORDS, full_day
from ui.widgets.choice_field import ChoiceField
from ui.widgets.date_field import DateField
from ui.widgets.labels import FieldError, HintLabel, label
from ui.widgets.naming import named

PROSE_HEIGHT = 104


@dataclass(frozen=True, slots=True)
class FileField:
    """A field of `records.Client`: `key` names it there; `kind` is "line", "name", "prose", "date", "birth" or "status"."""

    key: str
    label: str
    kind: str = "line"
    hint: str = ""


DETAILS = (
    FileField("name", marked("Name"), "name", marked("What you call them; initials or a code will do.")),
    FileField("initials", marked("Initials"), hint=marked("Shown instead of the name in privacy mode.")),
    FileField("reference", marked("Reference"), hint=marked("Your own number or code.")),
    FileField("pronouns", marked("Pronouns")),
    FileField("born_on", marked("Date of birth"), "birth"),
    FileField("status", marked("Status"), "status"),
    FileField("since", marked("Client since"), "date"),
)
CONTACT = (
    FileField("phone", marked("Phone")),
    FileField("email", marked("Email")),
    FileField("address", marked("Address"), "prose"),
    FileField("emergency_name", marked("In an emergency"), hint=marked("Name, and what they are to the client.")),
    FileField("emergency_phone", marked("Their phone")),
)
REFERRAL = (
    FileField("referred_by", marked("Referred by")),
    FileField("referred_on", marked("Referred on"), "date"),
    FileField("presenting_problem", marked("Presenting problem"), "prose"),
    FileField("own_words", marked("In their words"), "prose", marked("The problem as the client said it.")),
)
_LINE_KINDS = ("line", "name")


def value_words(client: Client, asked: FileField) -> str:
    """Return what a field says when it is read."""
    value = getattr(client, asked.key)
    if isinstance(value, ClientStatus):
        return _(STATUS_WORDS[value])
    if value is None or isinstance(value, date):
        return full_day(value)
    return f"“{value}”" if asked.key == "own_words" and value else str(value)


class Prose(QPlainTextEdit):
    """Several lines of plain text; `left` tells that typing in it is over. Tab goes on to the next field."""

    left = Signal()

    def __init__(self, parent: QWidget, *, name: str, spoken: str) -> None:
        super().__init__(parent)
        named(self, name, spoken)
        self.setTabChangesFocus(True)
        self._grow()

    def _grow(self) -> None:
        self.setFixedHeight(theme.current().px(PROSE_HEIGHT))

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._grow()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that it was left."""
        super().focusOutEvent(event)
        self.left.emit()


class FieldRow(QWidget):
    """Label, editor, hint and error of one field, below one another. `edited` at each key, `left` when typing is over."""

    edited = Signal()
    left = Signal()

    def __init__(self, asked: FileField, parent: QWidget, *, prefix: str = "file") -> None:
        super().__init__(parent)
        self.asked = asked
        self.setObjectName(f"{prefix}_{asked.key}_row")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        words = label(_(asked.label), self, kind="label", tone="text_soft", name=f"{prefix}_{asked.key}_label")
        self.editor = self._make(f"{prefix}_{asked.key}", _(asked.label))
        words.setBuddy(self.editor)
        self.error = FieldError(self, name=f"{prefix}_{asked.key}_error")
        column.addWidget(words)
        column.addWidget(self.editor)
        if asked.hint:
            self.editor.setAccessibleDescription(_(asked.hint))
            column.addWidget(HintLabel(_(asked.hint), self, name=f"{prefix}_{asked.key}_hint"))
        column.addWidget(self.error)
        self.setFocusProxy(self.editor)

    def _make(self, name: str, spoken: str) -> QLineEdit | Prose | QComboBox:
        if self.asked.kind == "status":
            combo = ChoiceField(self, name=name, spoken=spoken)
            for status, words in STATUS_WORDS.items():
                combo.addItem(_(words), status.value)
            combo.activated.connect(self.edited)
            combo.activated.connect(self.left)
            return combo
        if self.asked.kind == "prose":
            prose = Prose(self, name=name, spoken=spoken)
            prose.textChanged.connect(self.edited)
            prose.left.connect(self.left)
            return prose
        if self.asked.kind in _LINE_KINDS:
            line = named(QLineEdit(self), name, spoken)
        else:
            line = DateField(self, name=name, spoken=spoken, is_past=self.asked.kind == "birth")
        line.textEdited.connect(self.edited)
        line.editingFinished.connect(self.left)
        return line

    def value(self) -> Any:
        """Return what is typed, as the record has it; raises Refused, saying what is wrong with it."""
        editor = self.editor
        if isinstance(editor, QComboBox):
            return ClientStatus(str(editor.currentData()))
        if isinstance(editor, QPlainTextEdit):
            return editor.toPlainText().strip()
        if isinstance(editor, DateField):
            return self._date(editor)
        if self.asked.kind == "name" and not editor.text().strip():
            raise Refused(reason=_("A client needs a name, or whatever you call them."))
        return editor.text().strip()

    def _date(self, editor: DateField) -> date | None:
        day = editor.day()
        if day is None and self.asked.key == "since":
            raise Refused(reason=_("Say since when, if only roughly."))
        return day

    def show_value(self, value: Any) -> None:
        """Show a value of the record, without `edited`; what was wrong is forgotten."""
        self.editor.blockSignals(True)
        if isinstance(self.editor, QComboBox):
            self.editor.setCurrentIndex(self.editor.findData(value.value if value else ""))
        elif isinstance(self.editor, QPlainTextEdit):
            self.editor.setPlainText(value or "")
        elif isinstance(self.editor, DateField):
            self.editor.show_day(value)
        else:
            self.editor.setText(value or "")
        self.editor.blockSignals(False)
        self.show_error("")

    def show_error(self, words: str) -> None:
        """Say beside the field what is wrong with it, or that nothing is."""
        said = _("{reason} Everything else is kept.").format(reason=words) if words else ""
        if said != self.error.text():
            self.error.show_error(said, self.editor)

    def forget(self) -> None:
        """Let go of what is typed, and of its undo."""
        self.editor.blockSignals(True)
        if isinstance(self.editor, QLineEdit | QPlainTextEdit):
            self.editor.clear()
        self.editor.blockSignals(False)
        self.show_error("")
