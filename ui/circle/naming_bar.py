"""The line that names a circle: baseline, mid, final, or words of the therapist's own."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from ipt_desktop.domain.text import _
from ui.widgets.buttons import link, outlined
from ui.widgets.labels import label
from ui.widgets.naming import named

MOST_LETTERS = 40


class NamingBar(QFrame):
    """A bar with one field, hidden until `ask`. `named_as` carries the name, "" for none any more."""

    named_as = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "circle_naming", _("Name this circle"))
        self.setProperty("role", "bar")
        self.setProperty("tone", "note")
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 12, 8)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        self._words = label("", self, kind="strong", name="circle_naming_words", wraps=True)
        grid.addWidget(self._words, 0, 0)
        self.field = named(QLineEdit(self), "circle_name_field", _("Name of this circle"))
        self.field.setMaxLength(MOST_LETTERS)
        self.field.returnPressed.connect(self._on_kept)
        keep = outlined(_("Keep the name"), self, name="circle_name_keep")
        keep.clicked.connect(self._on_kept)
        leave = link(_("Cancel"), self, name="circle_name_cancel")
        leave.clicked.connect(self.clear)
        for column, part in enumerate((self.field, keep, leave)):
            grid.addWidget(part, 1, column)
        grid.setColumnStretch(0, 1)
        usual = QHBoxLayout()
        usual.setSpacing(16)
        for name, words in (("baseline", _("baseline")), ("mid", _("mid")), ("final", _("final"))):
            button = link(words, self, name=f"circle_name_{name}", is_flush=True)
            button.clicked.connect(partial(self.field.setText, words))
            usual.addWidget(button)
        grid.addLayout(usual, 0, 1, 1, 2, Qt.AlignmentFlag.AlignRight)
        self.hide()

    def ask(self, title: str, name: str) -> None:
        """Ask for the name of the circle of this title, which has this one so far."""
        self._words.setText(_("Name the circle of {when}").format(when=title))
        self.field.setText(name)
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def clear(self) -> None:
        """Take the bar away with its words."""
        had_focus = any(each.hasFocus() for each in self.findChildren(QWidget))
        self._words.setText("")
        self.field.setText("")
        self.hide()
        if had_focus:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the name as it was."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
        else:
            super().keyPressEvent(event)

    def _on_kept(self) -> None:
        name = self.field.text()
        self.clear()
        self.named_as.emit(name)
