"""The editor of rows: a card for each, one more by a button or key, moved and removed by keyboard, back by Undo."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget

from ipt_desktop.domain.form import Field, is_blank
from ipt_desktop.domain.text import _
from ui.forms.editor import Editor, Setting
from ui.forms.row_card import RowCard
from ui.widgets.buttons import Button, link
from ui.widgets.labels import label

Row = dict[str, Any]


class RowsEditor(Editor):
    """Rows, at least one of which is in sight. Moving one moves what is in it: Tab goes on through the page in order."""

    def __init__(self, asked: Field, parent: QWidget, setting: Setting) -> None:
        super().__init__(asked, parent)
        self._setting = setting
        self._cards: list[RowCard] = []
        self._parting: list[RowCard] = []
        self._removed: tuple[int, Row] | None = None
        self._add = self._make_add()
        self._gone, self._undo = self._make_undo()
        self._grow(1)
        self._add_keys()

    def _make_add(self) -> Button:
        words = _("Add {row}").format(row=_(self.asked.row_label).lower())
        made = link(words, self, name=self.name("add"), icon="plus", is_flush=True)
        made.setToolTip("Ctrl+Enter")
        made.clicked.connect(self.add_row)
        self.column.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def _make_undo(self) -> tuple[QLabel, Button]:
        gone = label("", self, kind="label", tone="text_soft", name=self.name("gone"), wraps=True)
        undo = link(_("Undo"), self, name=self.name("undo"))
        undo.clicked.connect(self._on_undo)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(gone)
        row.addWidget(undo)
        row.addStretch(1)
        self.column.addLayout(row)
        gone.hide()
        undo.hide()
        return gone, undo

    def _add_keys(self) -> None:
        keys = (
            ("Ctrl+Return", self._on_key_add),
            ("Ctrl+Enter", self._on_key_add),
            ("Alt+Shift+Up", self._on_key_up),
            ("Alt+Shift+Down", self._on_key_down),
            ("Alt+Shift+Del", self._on_key_remove),
        )
        for key, verb in keys:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(verb)

    # -- answers ---------------------------------------------------------------------------------------------------

    def answer(self) -> list[Row]:
        """Return the rows up to the last one that says anything."""
        rows = [card.answer() for card in self._cards]
        while rows and is_blank(rows[-1]):
            rows.pop()
        return rows

    def show_answer(self, answer: Any) -> None:
        """Show rows, or an empty one to begin with."""
        self._forget_removed()
        self._show(list(answer or ()))

    def set_read_only(self, is_read_only: bool) -> None:
        """Show the rows without letting anyone change, add or remove one."""
        super().set_read_only(is_read_only)
        for card in self._cards:
            card.set_read_only(is_read_only)
        self._add.setVisible(not is_read_only)

    def _show(self, rows: list[Row]) -> None:
        self._grow(max(1, len(rows)))
        while len(self._cards) > max(1, len(rows)):
            self._drop_last()
        for card, row in zip(self._cards, rows or [{}], strict=True):
            card.show_answer(row)

    def _grow(self, count: int) -> None:
        while len(self._cards) < count:
            card = RowCard(self.asked, len(self._cards), self, self._setting)
            card.edited.connect(self._on_edited)
            card.up_asked.connect(self._move_up)
            card.down_asked.connect(self._move_down)
            card.remove_asked.connect(self.remove_row)
            before = self._cards[-1].stops() if self._cards else []
            self._cards.append(card)
            self.column.insertWidget(len(self._cards) - 1, card)
            card.show()
            self._chain(before[-1:] + card.stops())

    def _chain(self, stops: list[QWidget]) -> None:
        """Let Tab come to a new row after the one before it, and from it to what stands below."""
        for one, next_one in zip(stops, [*stops[1:], self._add], strict=True):
            QWidget.setTabOrder(one, next_one)
        QWidget.setTabOrder(self._add, self._undo)

    def _drop_last(self) -> None:
        card = self._cards.pop()
        card.show_answer({})
        card.hide()
        self.column.removeWidget(card)
        card.setParent(None)
        card.deleteLater()
        self._parting = [card]  # one of its buttons may be the sender of what led here

    # -- verbs -----------------------------------------------------------------------------------------------------

    def add_row(self) -> None:
        """Add an empty row at the end and go to it; where the last one is empty already, go to that."""
        if not is_blank(self._cards[-1].answer()):
            self._forget_removed()
            self._grow(len(self._cards) + 1)
        self._focus(len(self._cards) - 1)

    def remove_row(self, place: int) -> None:
        """Take a row out; an Undo stays until the next change."""
        rows = [card.answer() for card in self._cards]
        gone = rows.pop(place)
        self._show(rows)
        if is_blank(gone):
            self._forget_removed()
        else:
            self._removed = place, gone
            words = _("{row} {number} was removed").format(row=_(self.asked.row_label), number=place + 1)
            self._gone.setText(words)
            self._gone.show()
            self._undo.show()
        self._focus(min(place, len(self._cards) - 1))
        self.edited.emit()

    def _on_undo(self) -> None:
        if self._removed is None:
            return
        place, row = self._removed
        self._forget_removed()
        rows = self.answer()
        rows += [{}] * (place - len(rows))
        rows.insert(place, row)
        self._show(rows)
        self._focus(place)
        self.edited.emit()

    def _move(self, place: int, by: int) -> None:
        other = place + by
        if not 0 <= other < len(self._cards):
            return
        cell = self._cell_in(self._cards[place])
        one, two = self._cards[place].answer(), self._cards[other].answer()
        self._cards[place].show_answer(two)
        self._cards[other].show_answer(one)
        self._forget_removed()
        self._focus(other, cell)
        self.edited.emit()

    def _move_up(self, place: int) -> None:
        self._move(place, -1)

    def _move_down(self, place: int) -> None:
        self._move(place, 1)

    def _forget_removed(self) -> None:
        self._removed = None
        self._gone.clear()
        self._gone.hide()
        self._undo.hide()

    # -- keyboard --------------------------------------------------------------------------------------------------

    def _focus(self, place: int, cell: int = 0) -> None:
        self._cards[place].stops()[cell].setFocus(Qt.FocusReason.OtherFocusReason)

    def _cell_in(self, card: RowCard) -> int:
        """Return which stop of a row has the keyboard, the first where none has."""
        focused = QApplication.focusWidget()
        return next((number for number, stop in enumerate(card.stops()) if stop is focused), 0)

    def _place_in(self) -> int:
        """Return the row with the keyboard, or -1."""
        focused = QApplication.focusWidget()
        return next((each.place for each in self._cards if focused is not None and each.isAncestorOf(focused)), -1)

    def _on_key_add(self) -> None:
        if self._add.isVisibleTo(self):
            self.add_row()

    def _on_key_up(self) -> None:
        self._by_key(-1)

    def _on_key_down(self) -> None:
        self._by_key(1)

    def _by_key(self, by: int) -> None:
        if self._add.isVisibleTo(self) and (place := self._place_in()) >= 0:
            self._move(place, by)

    def _on_key_remove(self) -> None:
        if self._add.isVisibleTo(self) and (place := self._place_in()) >= 0:
            self.remove_row(place)

    def _on_edited(self) -> None:
        self._forget_removed()
        self.edited.emit()
