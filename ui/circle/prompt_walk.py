"""Walking the prompts of an inventory entry by keyboard: Enter leads on, what was skipped can be come back to."""

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ipt_desktop.domain.form import is_blank
from ipt_desktop.domain.text import _
from ui import theme
from ui.forms.editor import Editor
from ui.forms.form_view import FormView
from ui.forms.prose import ProseEdit
from ui.widgets.buttons import link
from ui.widgets.labels import HintLabel

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PromptWalk(QWidget):
    """The line above the prompts that says how to walk them, and leads back to the first one skipped.

    Enter goes to the next prompt, past the last one to the first that was skipped, and then back to the circle (`left`), as
    Esc does; Shift+Enter begins a new line. Where one was is remembered for each person, until the client is left.
    """

    reached = Signal(QWidget)
    left = Signal()

    def __init__(self, view: FormView, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("prompt_walk")
        self._view = view
        self._person_id = ""
        self._where: dict[str, str] = {}  # by person id: the key of the prompt one was at
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        words = _("Enter: next prompt. Shift+Enter: new line. Esc: back to the circle. F7: on from here.")
        column.addWidget(HintLabel(words, self, name="prompt_walk_hint"))
        spoken = _("Come back to the prompt skipped")
        self._skipped = link("", self, name="prompt_walk_skipped", spoken=spoken, is_flush=True)
        self._skipped.setMinimumWidth(1)  # a long prompt must not widen the panel: it ends in an ellipsis
        self._skipped.clicked.connect(self._on_come_back)
        column.addWidget(self._skipped, 0, Qt.AlignmentFlag.AlignLeft)
        self._skipped.hide()
        view.edited.connect(self._show_skipped)

    def begin(self, person_id: str) -> None:
        """Follow the entry of this person, which the view shows now."""
        self._person_id = person_id
        for prose in self._view.findChildren(ProseEdit):
            prose.installEventFilter(self)
        self._show_skipped()

    def go_on(self) -> None:
        """Put the keyboard where one was with this person; at first into the first prompt that has no answer yet."""
        fields = self._view.open_fields()
        blank = next((each for each in fields if _is_unanswered(each)), None)
        known = next((each for each in fields if each.asked.key == self._where.get(self._person_id)), None)
        self._go_to(known or blank or next(iter(fields), None))

    def forget(self) -> None:
        """Remember nobody."""
        self._person_id = ""
        self._where.clear()
        self._skipped.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Enter and Esc of a prompt, and see which one the keyboard comes to."""
        field = _field_of(watched)
        if field is not None and event.type() is QEvent.Type.FocusIn:
            self._where[self._person_id] = field.asked.key
            self._show_skipped()
            QTimer.singleShot(0, self, self._tell_reached)  # once what that changed above the prompt has its place
        elif field is not None and event.type() is QEvent.Type.KeyPress:
            return self._take(cast(QKeyEvent, event), field)
        return super().eventFilter(watched, event)

    def _take(self, event: QKeyEvent, field: Editor) -> bool:
        is_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in _ENTER and not is_shift:
            self._go_beyond(field)
        else:
            return False
        return True

    def _go_beyond(self, field: Editor) -> None:
        fields = self._view.open_fields()
        at = fields.index(field) if field in fields else len(fields) - 1
        following = fields[at + 1] if at + 1 < len(fields) else self._first_skipped()
        if following is None or following is field:
            self.left.emit()
        else:
            self._go_to(following)

    def _go_to(self, field: Editor | None) -> None:
        if field is not None:
            self._view.focus_key(field.asked.key)

    def _tell_reached(self) -> None:
        here = self._where.get(self._person_id)
        field = next((each for each in self._view.open_fields() if each.asked.key == here), None)
        if field is not None:
            self.reached.emit(field)

    def _first_skipped(self) -> Editor | None:
        """Return the first prompt before the one the keyboard is at, or was, that has no answer."""
        fields = self._view.open_fields()
        here = self._where.get(self._person_id, "")
        at = next((number for number, each in enumerate(fields) if each.asked.key == here), 0)
        return next((each for each in fields[:at] if _is_unanswered(each)), None)

    def _show_skipped(self) -> None:
        skipped = self._first_skipped() if self._person_id else None
        self._skipped.setVisible(skipped is not None)
        if skipped is not None:
            prompt = _(skipped.asked.label)
            words = _("Skipped: {prompt}").format(prompt=prompt)
            room = self.width() - theme.current().space("s")
            self._skipped.setText(self._skipped.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room))
            self._skipped.setToolTip(words)
            self._skipped.setAccessibleName(_("Come back to the prompt skipped: {prompt}").format(prompt=prompt))

    def _on_come_back(self) -> None:
        self._go_to(self._first_skipped())


def _field_of(prose: QObject) -> Editor | None:
    parent = prose.parent()
    return parent if isinstance(parent, Editor) else None


def _is_unanswered(field: Editor) -> bool:
    return is_blank(field.answer())
