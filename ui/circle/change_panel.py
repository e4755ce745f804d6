"""What changed between two circles: the client's own words, then the move in ring words; to be copied or put in a note."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ipt_desktop.domain.change_list import Change, ChangeList
from ipt_desktop.domain.records import Person
from ipt_desktop.domain.standing import token_initials
from ipt_desktop.domain.text import _
from ui.circle.token_pixmap import token_pixmap
from ui.widgets.buttons import link
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import label
from ui.widgets.naming import named

_TOKEN, _SMALL_TOKEN = 32.0, 24.0


class ChangePanel(QWidget):
    """The change list beside the circle. `note_asked`: it is wanted in the note; `side_by_side`: both circles are, or not."""

    note_asked = Signal()
    side_by_side = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "change_panel", _("What changed"))
        self.text = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._scroll = named(QScrollArea(self), "change_scroll", _("What changed"))
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addLayout(self._head())
        column.addWidget(self._scroll, 1)
        self.bar = InlineBar(self, name="change_bar")
        column.addWidget(self.bar)
        column.addLayout(self._foot())

    def _head(self) -> QVBoxLayout:
        head = QVBoxLayout()
        head.setContentsMargins(16, 14, 12, 6)
        head.setSpacing(4)
        self._title = label("", self, kind="title", name="change_title", wraps=True)
        self._told = label("", self, kind="label", tone="text_soft", name="change_told", wraps=True)
        self._both = named(QCheckBox(_("Side by side"), self), "change_side_by_side", _("Side by side"))
        self._both.toggled.connect(self.side_by_side)
        for part in (self._title, self._told, self._both):
            head.addWidget(part)
        return head

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(10, 6, 8, 10)
        copy = link(_("Copy as text"), self, name="change_copy", icon="copy")
        copy.clicked.connect(self._on_copy_asked)
        put = link(_("Put in the note"), self, name="change_put", icon="notebook")
        put.clicked.connect(self.note_asked)
        foot.addWidget(copy)
        foot.addStretch(1)
        foot.addWidget(put)
        return foot

    @property
    def is_side_by_side(self) -> bool:
        """Whether both circles are wanted beside each other."""
        return self._both.isChecked()

    def show_one(self) -> None:
        """Want only one circle."""
        self._both.setChecked(False)

    def show_changes(self, title: str, told: str, changes: ChangeList) -> None:
        """Show these changes under a title that says from when to when; nothing in them is added up."""
        self.text = f"{title} ({told})\n{changes.as_text()}"
        self._title.setText(title)
        self._told.setText(told)
        body = QWidget(self)
        body.setObjectName("change_panel_body")
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 4, 12, 8)
        column.setSpacing(8)
        self._add_moved(column, body, _("Further"), [each for each in changes.moved if not each.is_closer])
        self._add_moved(column, body, _("Closer"), [each for each in changes.moved if each.is_closer])
        self._add_people(column, body, _("New in the circle"), [(each.person, each.name) for each in changes.new])
        self._add_people(column, body, _("No longer in the circle"), [(each.person, each.name) for each in changes.gone])
        self._add_lines(column, body, _("Confidants"), changes.confidants, "change_confidants")
        wishes = [_("{name}: {said}").format(name=name, said=said) for _person, name, said in changes.wishes]
        self._add_lines(column, body, _("Closeness wanted"), wishes, "change_wishes")
        if changes.is_empty:
            column.addWidget(label(_("Everyone stands where they stood."), body, name="change_none", wraps=True))
        if changes.unchanged:
            names = ", ".join(each.name for each in changes.unchanged)
            self._add_lines(column, body, _("Unchanged"), [names], "change_unchanged")
        column.addStretch(1)
        self._scroll.setWidget(body)

    def forget(self) -> None:
        """Let go of every word."""
        self.text = ""
        self._title.setText("")
        self._told.setText("")
        self.bar.clear()
        self._both.setChecked(False)
        self._scroll.setWidget(QWidget(self))

    def _begin_group(self, column: QVBoxLayout, body: QWidget, head: str) -> None:
        if column.count():
            rule = QFrame(body)
            rule.setProperty("role", "line")
            rule.setFixedHeight(1)
            column.addWidget(rule)
        column.addWidget(label(head, body, kind="caption", tone="text_soft"))

    def _add_moved(self, column: QVBoxLayout, body: QWidget, head: str, rows: Sequence[Change]) -> None:
        if rows:
            self._begin_group(column, body, head)
        for each in rows:
            row = QHBoxLayout()
            row.addWidget(self._token(each.person, body, _TOKEN), 0, Qt.AlignmentFlag.AlignTop)
            words = QVBoxLayout()
            words.setSpacing(1)
            words.addWidget(label(each.name, body, kind="strong", wraps=True))
            if each.own_words:
                words.addWidget(
                    label(_("“{words}”").format(words=each.own_words), body, name=f"words_{each.person.id}", wraps=True)
                )
            words.addWidget(label(each.ways, body, kind="label", tone="text_soft", name=f"change_{each.person.id}", wraps=True))
            row.addLayout(words, 1)
            column.addLayout(row)

    def _add_people(self, column: QVBoxLayout, body: QWidget, head: str, people: Sequence[tuple[Person, str]]) -> None:
        """Show who came or went in two columns."""
        if not people:
            return
        self._begin_group(column, body, head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        for place, (person, name) in enumerate(people):
            row, half = place // 2, place % 2 * 2
            grid.addWidget(self._token(person, body, _SMALL_TOKEN), row, half)
            grid.addWidget(label(name, body, kind="strong", name=f"change_{person.id}", wraps=True), row, half + 1)
        for column_at in (1, 3):
            grid.setColumnStretch(column_at, 1)
        column.addLayout(grid)

    def _add_lines(self, column: QVBoxLayout, body: QWidget, head: str, lines: Sequence[str], name: str) -> None:
        if lines:
            self._begin_group(column, body, head)
            column.addWidget(label("\n".join(lines), body, kind="label", name=name, wraps=True))

    def _token(self, person: Person, body: QWidget, size: float) -> QLabel:
        token = QLabel(body)
        token.setPixmap(token_pixmap(person, size, self.devicePixelRatioF(), token_initials(person)))
        return token

    def _on_copy_asked(self) -> None:
        QGuiApplication.clipboard().setText(self.text)
