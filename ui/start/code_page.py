"""The recovery sheet at the door: its fourteen groups, in one field that says which of them is wrong."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ipt_desktop.domain.text import _
from ipt_desktop.services.recovery_code import GROUPS, groups_typed, problem_so_far
from ui import theme
from ui.start.entrance import Entrance
from ui.widgets.buttons import link, primary
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import FieldError, HintLabel, label

LINES = 3


class CodePage(Entrance):
    """`code_given` carries what was typed, once it can be a code; `back_asked` leads to the passphrase."""

    code_given = Signal(str)
    back_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, name="code_page")
        self._title = label("", self, kind="title", name="code_practice", wraps=True)
        self.card.addWidget(self._title)
        self.card.addWidget(label(_("Recovery code"), self, kind="label", tone="text_soft", name="code_label"))
        self.field = self._make_field()
        self.card.addWidget(self.field)
        self.error = FieldError(self, name="code_error")
        self.card.addWidget(self.error)
        self.count = HintLabel("", self, name="code_count")
        self.card.addWidget(self.count)
        self.bar = InlineBar(self, name="code_bar")
        self.card.addWidget(self.bar)
        self.card.addSpacing(4)
        self._open = primary(_("Open the practice"), self, name="code_open", is_big=True)
        self._open.clicked.connect(self._on_open)
        self._back = link(_("Back to the passphrase"), self, name="code_back")
        self._back.clicked.connect(self.back_asked)
        self.card.addWidget(self._open)
        self.card.addWidget(self._back)
        self.setFocusProxy(self.field)
        self._on_edited()

    def _make_field(self) -> QPlainTextEdit:
        field = QPlainTextEdit(self)
        field.setObjectName("recovery_code")
        field.setAccessibleName(_("Recovery code"))
        field.setTabChangesFocus(True)
        field.setUndoRedoEnabled(False)  # nothing of the code outlives its use
        field.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        field.setFixedHeight(self._height())
        field.textChanged.connect(self._on_edited)
        field.installEventFilter(self)
        return field

    def _height(self) -> int:
        return LINES * theme.current().line_height("body") + 28

    def show_practice(self, name: str) -> None:
        """Name the practice."""
        self._title.setText(name)

    def _on_edited(self) -> None:
        typed = self.field.toPlainText()
        self.error.show_error(_sentence(problem_so_far(typed)), self.field)
        words = _("{count} of {all} groups. Small letters, spaces and hyphens do not matter.")
        self.count.setText(words.format(count=min(groups_typed(typed), GROUPS), all=GROUPS))

    def _on_open(self) -> None:
        typed = self.field.toPlainText()
        if not self._open.isEnabled():
            return
        self.bar.clear()
        problem = problem_so_far(typed)
        if not problem and groups_typed(typed) < GROUPS:
            missing = _("group {group} and what follows it is missing").format(group=groups_typed(typed) + 1)
            problem = missing if groups_typed(typed) < GROUPS - 1 else _("the last group is missing")
        if problem:
            self.error.show_error(_sentence(problem), self.field)
            self.field.setFocus()
        else:
            self.code_given.emit(typed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open on Return: a code has no lines of its own."""
        is_return = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if watched is self.field and is_return and event.type() is QEvent.Type.KeyPress:
            self._on_open()
            return True
        return super().eventFilter(watched, event)

    def set_busy(self, is_busy: bool) -> None:
        """Take no second order while the first one runs."""
        for part in (self._open, self._back, self.field):
            part.setEnabled(not is_busy)
        self._open.setText(_("Opening…") if is_busy else _("Open the practice"))

    def show_error(self, text: str) -> None:
        """Say what went wrong."""
        self.bar.say(text, tone="danger", can_close=False)

    def show_wrong_code(self, reason: str) -> None:
        """Say at the field why this is not the code; what was typed stays."""
        self.error.show_error(_sentence(reason), self.field)
        self.field.setFocus()

    def forget(self) -> None:
        """Let go of the code."""
        self.field.setPlainText("")
        self.bar.clear()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "field"):
            self.field.setFixedHeight(self._height())


def _sentence(reason: str) -> str:
    """Return a reason as a sentence of its own."""
    return f"{reason[:1].upper()}{reason[1:]}." if reason else ""
