"""A card that takes secrets: a form that unfolds, slow verbs off this thread, and one bar for what came of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.text import _
from ui import theme
from ui.background import Task
from ui.faults import sentences_of
from ui.start.passphrase import PassphraseField
from ui.widgets.buttons import Button, outlined, primary
from ui.widgets.caps_lock_note import CapsLockNote
from ui.widgets.card import Card
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import FieldError, label

FORM_WIDTH = 420
SIGHT = 24  # what is left round a part that is brought into sight


class SecretCard(Card):
    """Subclasses put fields into `form` with `secret` and end it with `end_form`; words, `above` and `bar` stand over it.

    `go_words` is the face of the form's button, `busy_words` its face while a verb is under way.
    """

    go_words, busy_words = "", ""

    def __init__(self, parent: QWidget, *, name: str, title: str, about: str) -> None:
        super().__init__(parent, name=name, title=title)
        self.name = name
        self.is_busy = False
        self.secrets: list[PassphraseField] = []
        self.captions: dict[PassphraseField, QLabel] = {}
        self.body.addWidget(label(about, self, tone="text_soft", name=f"{name}_about", wraps=True))
        self.above = QVBoxLayout()
        self.body.addLayout(self.above)
        self.bar = InlineBar(self, name=f"{name}_bar")
        self.body.addWidget(self.bar)
        self.form = QWidget(self)
        self.form.setObjectName(f"{name}_form")
        self.form.setProperty("role", "clear")
        self.lines = QVBoxLayout(self.form)
        self.lines.setContentsMargins(0, 4, 0, 0)
        self.lines.setSpacing(5)
        self.body.addWidget(self.form)
        self.form.hide()
        self._caps = CapsLockNote(self.form, name=f"{name}_caps_lock")
        self.error = FieldError(self.form, name=f"{name}_error")

    # The form.

    def secret(self, name: str, words: str) -> PassphraseField:
        """Add a field for a secret, with its label."""
        caption = label(words, self.form, kind="label", tone="text_soft", name=f"{name}_label")
        field = PassphraseField(self.form, name=name, spoken=words)
        field.setMaximumWidth(theme.current().px(FORM_WIDTH))
        for part in (caption, field):
            self.lines.addWidget(part)
        self.captions[field] = caption
        self.take(field)
        return field

    def take(self, field: PassphraseField) -> None:
        """Treat a field as one of the form's secrets."""
        field.returned.connect(self.submit)
        field.edited.connect(self._on_edited)
        self._caps.follow(field)
        field.line.installEventFilter(self)
        self.secrets.append(field)

    def end_form(self) -> None:
        """Put note, error and buttons under the fields."""
        self.lines.addWidget(self._caps)
        self.lines.addWidget(self.error)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.go: Button = primary(self.go_words, self.form, name=f"{self.name}_go")
        self.cancel: Button = outlined(_("Cancel"), self.form, name=f"{self.name}_cancel")
        self.go.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.fold)
        row.addWidget(self.go)
        row.addWidget(self.cancel)
        row.addStretch(1)
        self.lines.addSpacing(4)
        self.lines.addLayout(row)

    def unfold(self) -> None:
        """Show the form and begin in it."""
        self.bar.clear()
        self.form.show()
        if self.secrets:
            self.secrets[0].setFocus()
        self._bring_into_sight()

    def fold(self) -> None:
        """Put the form away with whatever was typed into it."""
        self._clear()
        self.form.hide()

    def submit(self) -> None:
        """Do what the form is for, unless it is being done."""

    def refuse(self, words: str, field: PassphraseField) -> None:
        """Say what is wrong with a field, and go there."""
        self.error.show_error(words, field)
        field.line.selectAll()
        field.setFocus()

    # The verbs.

    def run(self, work: Callable[[], object], done: Callable[[object], None], *, must_finish: bool = True) -> None:
        """Do slow work off this thread; the form takes no second order meanwhile, and a lock waits where it `must_finish`."""
        self._set_busy(is_busy=True)
        self._clear_errors()
        self.bar.clear()  # what it says is of the time before
        task = Task(work, self, must_finish=must_finish)
        task.done.connect(lambda result: self._on_ended(done, result))
        task.failed.connect(lambda error: self._on_ended(self.show_failure, error))
        task.start()

    def show_failure(self, error: object) -> None:
        """Say why it was not done; a refusal is no fault of the program."""
        assert isinstance(error, Exception)  # noqa: S101 - a task fails with nothing else
        tone = "caution" if isinstance(error, PracticeError) else "danger"
        self.bar.say(_("Not done"), sentences_of(error), tone=tone)
        if self.secrets and self.form.isVisible():
            self.secrets[0].line.selectAll()
            self.secrets[0].setFocus()

    def _on_ended(self, then: Callable[[object], None], result: object) -> None:
        self._set_busy(is_busy=False)
        then(result)
        self._bring_into_sight()

    def _bring_into_sight(self) -> None:
        QTimer.singleShot(0, self, self._scroll)  # once what unfolded has its room

    def _scroll(self) -> None:
        """Bring the form into sight, or as much of it as there is room for: what was said, and where to type, before all."""
        area: QObject | None = self.parent()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parent()
        if area is None:
            return
        for part in filter(None, (self.form, self.bar, self.focusWidget())):
            if part.isVisible():
                area.ensureWidgetVisible(part, 0, SIGHT)

    def _set_busy(self, *, is_busy: bool) -> None:
        self.is_busy = is_busy
        for part in (*self.secrets, self.go, self.cancel):
            part.setEnabled(not is_busy)
        self.go.setText(self.busy_words if is_busy else self.go_words)

    def _on_edited(self) -> None:
        self._clear_errors()

    def _clear_errors(self) -> None:
        for field in self.secrets:
            self.error.show_error("", field)

    def _clear(self) -> None:
        for field in self.secrets:
            field.clear()
        self._clear_errors()
        self._caps.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Esc put the form away; the settings are left by the next one."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            if not self.is_busy:
                self.fold()
            return True
        return super().eventFilter(watched, event)

    def forget(self) -> None:
        """Let go of every secret and of what was said."""
        self.fold()
        self.bar.clear()
