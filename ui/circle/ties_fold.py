"""The ties of the person chosen, each in words; added, changed, ended and removed in the page itself, all by keyboard."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget, QListWidgetItem, QWidget

from ipt_desktop.domain.records import Person, Tie
from ipt_desktop.domain.text import _
from ipt_desktop.domain.tie_words import is_of, tie_how, tie_sentence, tie_what
from ipt_desktop.domain.told_apart import told_apart
from ui.circle.tie_editor import TieEditor
from ui.phases.fold import Fold
from ui.widgets.buttons import link
from ui.widgets.labels import label
from ui.widgets.naming import named

_ID = Qt.ItemDataRole.UserRole
_MOST_ROWS = 5


class _TieList(QListWidget):
    """Ties in words: Up and Down walk them, Return opens one, Delete removes it, Insert adds another."""

    opened = Signal(str)
    removed = Signal(str)
    add_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys of a list that is worked with."""
        item = self.currentItem() if self.count() else None
        if event.key() == Qt.Key.Key_Insert:
            self.add_asked.emit()
        elif item is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(item.data(_ID))
        elif item is not None and event.key() == Qt.Key.Key_Delete:
            self.removed.emit(item.data(_ID))
        else:
            super().keyPressEvent(event)


class TiesFold(Fold):
    """What joins one person with others or with the client. It says what is meant (`tie_added` …) and changes nothing."""

    tie_added = Signal(object)
    tie_changed = Signal(object)
    tie_removed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Ties"), parent, name="person_ties")
        self._person_id, self._client_id = "", ""
        self._ties: list[Tie] = []
        self._said: list[tuple[str, str]] | None = None
        self._names: dict[str | None, str] = {}
        self._wanted_id = self._added_id = ""
        self._none = label(_("No ties yet."), self, kind="label", tone="text_soft", name="person_ties_none")
        self.add(self._none)
        self._list = named(_TieList(self), "person_ties_list", _("Ties"))
        self._list.setProperty("role", "desk")
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._list.opened.connect(self.open_tie)
        self._list.itemClicked.connect(self._on_clicked_tie)
        self._list.removed.connect(self._on_removed)
        self._list.add_asked.connect(self._on_add_asked)
        self.add(self._list)
        self.editor = TieEditor(self)
        self.editor.tie_added.connect(self._on_added)
        self.editor.tie_changed.connect(self._on_changed)
        self.editor.tie_removed.connect(self._on_removed)
        self.editor.left.connect(self._on_editor_left)
        self.add(self.editor)
        self._add = link(_("Add a tie"), self, name="person_ties_add", icon="plus", is_flush=True)
        self._add.clicked.connect(self._on_add_asked)
        self.add(self._add)
        self._lines.setAlignment(self._add, Qt.AlignmentFlag.AlignLeft)
        self.show_ties("", (), (), "")

    def show_ties(self, person_id: str, ties: Sequence[Tie], people: Sequence[Person], client_name: str) -> None:
        """Show the ties of a person ("" for nobody) among these people; what lasts first, then what has ended."""
        if person_id != self._person_id:
            self.editor.close_quietly()
        self._person_id = person_id
        self._client_id = next((each.client_id for each in people if each.id == person_id), "")
        self._names = {}
        if person_id:
            self._names[None] = client_name or _("the client")
            self._names.update(told_apart(people))
        mine = [each for each in ties if person_id and is_of(each, person_id)]
        self._ties = sorted(mine, key=lambda each: (each.until is not None, each.since, each.id))
        lasting = sum(each.until is None for each in self._ties)
        self.set_words(_("Ties ({count})").format(count=lasting) if lasting else _("Ties"))
        self._fill()
        self._show_editor()

    def _fill(self) -> None:
        """Write the list anew where any of it has changed."""
        said = [(tie.id, tie_sentence(tie, self._person_id, self._names)) for tie in self._ties]
        if said == self._said:
            return
        self._said, row = said, self._list.currentRow()
        self._list.clear()
        for tie, (_tie_id, sentence) in zip(self._ties, said, strict=True):
            item = QListWidgetItem(f"{tie_what(tie, self._person_id, self._names)}\n{tie_how(tie)}", self._list)
            item.setData(_ID, tie.id)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, sentence)
            item.setToolTip(sentence)
        if self._ties:
            self._list.setCurrentRow(min(max(row, 0), len(self._ties) - 1))
        self._list.setVisible(bool(self._ties))
        self._none.setVisible(not self._ties)
        height = self._list.sizeHintForRow(0) * min(len(self._ties), _MOST_ROWS) + 4 if self._ties else 0
        self._list.setFixedHeight(height)

    def _show_editor(self) -> None:
        """Follow what became of the tie that is open; open the one that was asked for, leave the one that was added."""
        added = self._tie(self._added_id)
        if added is not None:
            self._added_id = ""
            self.editor.close_quietly()
            self._list.setCurrentRow(self._ties.index(added))
            self._give_back_keyboard()
        if self._wanted_id and any(each.id == self._wanted_id for each in self._ties):
            wanted, self._wanted_id = self._wanted_id, ""
            self.open_tie(wanted)
        elif self.editor.tie_id:
            tie = self._tie(self.editor.tie_id)
            if tie is None:
                self.editor.close_quietly()
            else:
                self.editor.show_tie(tie)

    def _tie(self, tie_id: str) -> Tie | None:
        return next((each for each in self._ties if each.id == tie_id), None)

    def open_tie(self, tie_id: str) -> None:
        """Unfold, and open this tie for changing; one that is not shown yet opens once it is."""
        self.unfold()
        tie = self._tie(tie_id)
        if tie is None:
            self._wanted_id = tie_id
            return
        self._list.setCurrentRow(self._ties.index(tie))
        self.editor.show_tie(tie)
        self.editor.take_keyboard()

    def forget(self) -> None:
        """Let go of every name."""
        self._wanted_id = self._added_id = ""
        self.show_ties("", (), (), "")

    # -- what was meant --------------------------------------------------------------------------------------------

    def _on_add_asked(self) -> None:
        self.unfold()
        self._list.clearSelection()  # what is written below is none of these
        others: Mapping[str | None, str] = {key: name for key, name in self._names.items() if key != self._person_id}
        self.editor.ask_for_tie(Tie(client_id=self._client_id, from_person_id=self._person_id), others)
        self.editor.take_keyboard()

    def _on_clicked_tie(self, item: QListWidgetItem) -> None:
        self.open_tie(item.data(_ID))

    def _on_added(self, tie: Tie) -> None:
        self._added_id = tie.id  # the editor stays open until it is here: it may be refused
        self.tie_added.emit(tie)

    def _on_changed(self, tie: Tie) -> None:
        self.tie_changed.emit(tie)
        QTimer.singleShot(0, self, self._show_editor)  # where it was refused, what is kept shows again

    def _on_removed(self, tie_id: str) -> None:
        self.editor.close_quietly()
        self.tie_removed.emit(tie_id)
        self._give_back_keyboard()

    def _on_editor_left(self) -> None:
        self._give_back_keyboard()

    def _give_back_keyboard(self) -> None:
        item = self._list.currentItem() if self._ties else None
        if item is not None:
            item.setSelected(True)
        target = self._list if self._list.isVisibleTo(self) else self._add
        target.setFocus(Qt.FocusReason.OtherFocusReason)
