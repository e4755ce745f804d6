"""The worksheets of a course in a list, each a line that opens it, and the menu that begins another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from ipt_desktop.domain.form import Form
from ipt_desktop.domain.text import _
from ipt_desktop.domain.worksheet import title_and_day
from ipt_desktop.services.worksheets import Worksheet
from ui.phases.headed_fold import HeadedFold
from ui.phases.parting import let_go
from ui.widgets.buttons import icon_button, link
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.naming import named


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A worksheet as its line tells it."""

    document_id: str
    title: str
    person: str
    words: str

    @property
    def under(self) -> str:
        """What stands below the title: whom it is about, and how it begins."""
        person = _("with {name}").format(name=self.person) if self.person else ""
        return " · ".join(each for each in (person, self.words or _("nothing written yet")) if each)


def sheet_lines(sheets: Sequence[Worksheet], people: Sequence[tuple[str, str]], today: date) -> list[SheetLine]:
    """Return the lines of worksheets."""
    names = dict(people)
    return [
        SheetLine(each.document.id, title_and_day(each.form, each.day, today), names.get(each.person_id or "", ""), each.words)
        for each in sheets
    ]


class _SheetRow(QWidget):
    """One line: the title opens the worksheet."""

    opened = Signal(str)
    removed = Signal(str)

    def __init__(self, line: SheetLine, parent: QWidget) -> None:
        super().__init__(parent)
        self._id = line.document_id
        self.setObjectName(f"sheet_{line.document_id}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 2)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(2)
        spoken = _("Open {worksheet}").format(worksheet=f"{line.title}, {line.under}")
        title = link(line.title, self, name=f"sheet_open_{line.document_id}", icon="file-text", spoken=spoken, is_flush=True)
        title.clicked.connect(self._on_opened)
        remove = icon_button(
            "trash-2",
            self,
            name=f"sheet_remove_{line.document_id}",
            spoken=_("Remove {worksheet}").format(worksheet=line.title),
        )
        remove.clicked.connect(self._on_removed)
        row.addWidget(title)
        row.addStretch(1)
        row.addWidget(remove)
        column.addLayout(row)
        under = ElidedLabel(line.under, self)
        under.setTextFormat(Qt.TextFormat.PlainText)
        under.setObjectName(f"sheet_under_{line.document_id}")
        under.setProperty("kind", "caption")
        under.setProperty("tone", "text_soft")
        column.addWidget(under)

    def _on_opened(self) -> None:
        self.opened.emit(self._id)

    def _on_removed(self) -> None:
        self.removed.emit(self._id)


class SheetsPart(HeadedFold):
    """Worksheets. `opened` and `removed` carry a document's id, `begin_asked` the key of a form."""

    opened = Signal(str)
    removed = Signal(str)
    begin_asked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Worksheets"), parent, name="sheets", more=_("Worksheet…"), spoken=_("New worksheet…"))
        self._shown: object = None
        self._letting_go: list[QWidget] = []
        self._menu = named(QMenu(self), "sheets_menu", _("New worksheet"))
        self.more.clicked.connect(self._on_more)
        words = _("None yet. They are for one talk taken apart, one decision, one conversation rehearsed.")
        self._none = label(words, self, tone="text_soft", name="sheets_none", wraps=True)
        self.add(self._none)
        holder = QWidget(self)
        self._rows = QVBoxLayout(holder)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(4)
        self.add(holder)

    def offer(self, forms: Sequence[Form]) -> None:
        """Offer these worksheets to be begun."""
        self._menu.clear()
        add_forms(self._menu, forms, self._on_begun)

    def show_lines(self, lines: Sequence[SheetLine]) -> None:
        """Show the worksheets there are."""
        if tuple(lines) == self._shown:
            return
        self._shown = tuple(lines)
        focused = cast("QWidget | None", self.focusWidget())
        name = focused.objectName() if focused is not None else ""
        self.set_words(_("Worksheets ({count})").format(count=len(lines)) if lines else _("Worksheets"))
        self._none.setVisible(not lines)
        self._letting_go = let_go(self._rows)
        for line in lines:
            row = _SheetRow(line, self)
            row.opened.connect(self.opened)
            row.removed.connect(self._on_removed)
            self._rows.addWidget(row)
            row.show()
        if name and (again := self.findChild(QWidget, name)) is not None:
            again.setFocus()

    def forget(self) -> None:
        """Let go of every word."""
        self.show_lines(())

    def take_keyboard(self, document_id: str) -> None:
        """Go to the line of a worksheet, or to what begins one."""
        self.unfold()
        target = self.findChild(QWidget, f"sheet_open_{document_id}") if document_id else None
        (target or self.more).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_more(self) -> None:
        self._menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _on_begun(self) -> None:
        self.begin_asked.emit(key_of(self.sender()))

    def _on_removed(self, document_id: str) -> None:
        self.more.setFocus(Qt.FocusReason.OtherFocusReason)  # what had the keyboard goes
        self.removed.emit(document_id)


def add_forms(menu: QMenu, forms: Sequence[Form], begin: object) -> None:
    """Offer each form in a menu; `begin` hears of the one chosen, whose key `key_of` tells."""
    for form in forms:
        action = QAction(_(form.title), menu)
        action.setObjectName(f"{menu.objectName()}_{form.key}")
        action.setData(form.key)
        action.triggered.connect(begin)
        menu.addAction(action)


def key_of(sender: QObject) -> str:
    """Return the key of the form that an action of such a menu stands for."""
    assert isinstance(sender, QAction)  # noqa: S101 - nothing else is connected
    return str(sender.data())
