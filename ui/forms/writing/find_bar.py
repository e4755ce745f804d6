"""Find in a note: a bar above it marks every place in all its texts, and goes from one to the next."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLineEdit, QTextEdit, QWidget

from ipt_desktop.domain.finding import places_of
from ipt_desktop.domain.text import _, ngettext
from ui import theme
from ui.forms.editors import ProseEditor
from ui.forms.form_view import FormView
from ui.forms.prose import ProseEdit, units
from ui.widgets.buttons import icon_button
from ui.widgets.labels import Picture, label
from ui.widgets.naming import named

LAYER = "find"
REST_MS = 150


class FindBar(QFrame):
    """Hidden until `ask`. `went_to` carries the text whose cursor now stands at a place found."""

    went_to = Signal(object)

    def __init__(self, view: FormView, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "find_bar", _("Find in this note"))
        self.setProperty("role", "bar")
        self.setProperty("tone", "note")
        self._view = view
        self._found: list[tuple[ProseEdit, QTextCursor]] = []
        self._at = -1
        self._asked_in: ProseEdit | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(8)
        self.field = named(QLineEdit(self), "find_field", _("Find in this note"))
        self.field.setPlaceholderText(_("Find in this note"))
        self.field.setMinimumWidth(theme.current().px(180))
        self.count = label("", self, kind="label", tone="text_soft", name="find_count")
        back = icon_button("chevron-up", self, name="find_previous_button", spoken=_("Previous place (Shift+F3)"))
        on = icon_button("chevron-down", self, name="find_next_button", spoken=_("Next place (F3)"))
        leave = icon_button("x", self, name="find_close", spoken=_("Close (Esc)"))
        row.addWidget(Picture("search", self))
        row.addWidget(self.field, 1)
        for part in (self.count, back, on, leave):
            row.addWidget(part)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._look_again)
        self.field.textEdited.connect(self._on_typed)
        back.clicked.connect(self.go_back)
        on.clicked.connect(self.go_on)
        leave.clicked.connect(self.leave)
        view.edited.connect(self._on_edited)
        view.emptied.connect(self.clear)  # the texts it has marked are about to go
        self.hide()

    def ask(self) -> None:
        """Show the bar with the keyboard in it; what is chosen in the text is what is looked for."""
        focused = QApplication.focusWidget()  # in focus mode the text stands outside its form
        self._asked_in = focused if isinstance(focused, ProseEdit) else None
        chosen = self._asked_in.textCursor().selectedText() if self._asked_in is not None else ""
        if chosen and "\u2029" not in chosen:
            self.field.setText(chosen)
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._look()
        self._go_to_first()

    def go_on(self) -> None:
        """Go to the next place, after the last one to the first."""
        self._go(1)

    def go_back(self) -> None:
        """Go to the place before."""
        self._go(-1)

    def leave(self) -> None:
        """Close the bar and go back into the text, at the place found last."""
        found = self._found[self._at][0] if 0 <= self._at < len(self._found) else None
        text: QWidget | None = found or self._asked_in or self._view.focusWidget()
        self.clear()
        if text is not None and text.isVisible():
            text.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Let go of what was looked for and of every mark."""
        self._rest.stop()
        self._asked_in = None
        self.hide()
        self.field.clear()
        self._look()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; Enter goes on, with Shift back."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    def _on_typed(self, _words: str) -> None:
        self._look()
        self._go_to_first()

    def _on_edited(self) -> None:
        if not self.isHidden():
            self._rest.start()

    def _texts(self) -> list[ProseEdit]:
        """Return every text of the note in its order, also one that focus mode has borrowed."""
        own = (
            (each.prose, *each.findChildren(ProseEdit)) if isinstance(each, ProseEditor) else each.findChildren(ProseEdit)
            for each in self._view.fields()
        )
        return list(dict.fromkeys(text for texts in own for text in texts))

    def _look_again(self) -> None:
        """Follow what was typed into the note meanwhile."""
        self._look()
        self._show()

    def _look(self) -> None:
        asked = self.field.text()
        self._found = []
        self._at = -1
        for text in self._texts():
            block = text.document().begin()
            while asked and block.isValid():
                words = block.text()
                for start, length in places_of(words, asked):
                    begin = block.position() + units(words[:start])
                    cursor = QTextCursor(block)
                    cursor.setPosition(begin)
                    cursor.setPosition(begin + units(words[start : start + length]), QTextCursor.MoveMode.KeepAnchor)
                    self._found.append((text, cursor))
                block = block.next()
        self._show()

    def _go_to_first(self) -> None:
        """Go to the first place at or after the cursor."""
        focused = next((each for each in self._texts() if each.textCursor().hasSelection()), None)
        here = focused.textCursor().selectionStart() if focused is not None else -1
        later = (at for at, (text, cursor) in enumerate(self._found) if text is focused and cursor.selectionStart() >= here)
        self._at = next(later, 0) - 1
        self._go(1)

    def _go(self, step: int) -> None:
        if self.isHidden():
            self.ask()
            return
        if not self._found:
            return
        self._at = (self._at + step) % len(self._found) if self._at >= 0 or step > 0 else len(self._found) - 1
        text, cursor = self._found[self._at]
        self._view.unfold_to(text)
        text.setTextCursor(cursor)
        self._show()
        self.went_to.emit(text)

    def _show(self) -> None:
        """Mark every place, the present one more strongly, and say how many there are."""
        marks: dict[ProseEdit, list[QTextEdit.ExtraSelection]] = {}
        for at, (text, cursor) in enumerate(self._found):
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(cursor)
            mark.format = _look(is_present=at == self._at)
            marks.setdefault(text, []).append(mark)
        for text in self._texts():
            text.show_marks(LAYER, marks.get(text, []))
        count = len(self._found)
        if not self.field.text():
            words = ""
        elif not count:
            words = _("Not in this note")
        elif self._at < 0:
            words = ngettext("{count} place", "{count} places", count).format(count=count)
        else:
            words = ngettext("the only place", "{place} of {count} places", count).format(place=self._at + 1, count=count)
        self.count.setText(words)
        self.count.setAccessibleName(words)


def _look(*, is_present: bool) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setBackground(theme.current().color("caution_soft"))
    look.setForeground(theme.current().color("text"))
    look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    look.setUnderlineColor(theme.current().color("caution"))
    if is_present:
        look.setBackground(theme.current().color("accent"))
        look.setForeground(theme.current().color("on_accent"))
    return look
