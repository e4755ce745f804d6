"""Settings of writing: what an abbreviation stands for in a note."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QLineEdit, QTableWidget, QTableWidgetItem, QWidget

from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.text import _
from ui import theme
from ui.widgets.buttons import link, outlined
from ui.widgets.card import Card
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import FieldError, label
from ui.widgets.naming import named

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk
    from ipt_desktop.services.snippets import SnippetLine

MOST_ROWS = 9


class SnippetsCard(Card):
    """A table of all; the one chosen, or a new one, is written in the two lines below it."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent, name="snippets_card", title=_("Snippets"))
        self._desk = desk
        self._lines: list[SnippetLine] = []
        about = _("In a note, a semicolon, the abbreviation and a space become the words: “;rd ” is “Role dispute: ”.")
        self.body.addWidget(label(about, self, tone="text_soft", name="snippets_about", wraps=True))
        self.table = self._make_table()
        self.body.addWidget(self.table)
        self.bar = InlineBar(self, name="snippets_bar")
        self.body.addWidget(self.bar)
        self._abbreviation = named(QLineEdit(self), "snippet_abbreviation", _("Abbreviation"))
        self._abbreviation.setPlaceholderText(_("Abbreviation"))
        self._abbreviation.setFixedWidth(theme.current().px(130))
        self._words = named(QLineEdit(self), "snippet_words", _("Words it stands for"))
        self._words.setPlaceholderText(_("Words it stands for"))
        self._words.returnPressed.connect(self.keep)
        self._keep = outlined("", self, name="snippet_keep")
        self._keep.clicked.connect(self.keep)
        self._new = link(_("New"), self, name="snippet_new", spoken=_("New snippet"))
        self._new.clicked.connect(self._on_new)
        self._remove = link(_("Remove"), self, name="snippet_remove", spoken=_("Remove this snippet"))
        self._remove.clicked.connect(self.remove)
        self._error = FieldError(self, name="snippet_error")
        row, verbs = QHBoxLayout(), QHBoxLayout()
        row.addWidget(self._abbreviation)
        row.addWidget(self._words, 1)
        for part in (self._keep, self._new, self._remove):
            verbs.addWidget(part)
        verbs.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self._error)
        self.body.addLayout(verbs)

    def _make_table(self) -> QTableWidget:
        table = named(QTableWidget(0, 2, self), "snippets_table", _("Snippets"))
        table.setHorizontalHeaderLabels([_("Typed"), _("Becomes")])
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.itemSelectionChanged.connect(self._on_selected)
        return table

    @property
    def _chosen(self) -> SnippetLine | None:
        rows = self.table.selectionModel().selectedRows()
        return self._lines[rows[0].row()] if rows else None

    def refresh(self, chosen: str = "") -> None:
        """Show what there is, and choose one by its abbreviation."""
        self._lines = self._desk.snippets.lines()
        self.table.blockSignals(True)
        self.table.setRowCount(len(self._lines))
        for row, each in enumerate(self._lines):
            for column, text in enumerate((f";{each.abbreviation}", each.words.strip())):
                self.table.setItem(row, column, QTableWidgetItem(text))
        height = theme.current().px(30)
        self.table.verticalHeader().setDefaultSectionSize(height)
        rows = min(len(self._lines), MOST_ROWS) + 1
        self.table.setFixedHeight(rows * height + 8)
        self.table.clearSelection()
        self.table.blockSignals(False)
        place = next((row for row, each in enumerate(self._lines) if each.abbreviation == chosen), None)
        if place is not None:
            self.table.selectRow(place)
        self._on_selected()

    def keep(self) -> None:
        """Keep what the two lines say; what can't be is said below them."""
        chosen = self._chosen
        words = self._words.text()
        if words and not words[-1].isspace() and words[-1] == ":":
            words += " "  # who writes a heading goes on after it
        try:
            kept = self._desk.snippets.keep_snippet(
                self._abbreviation.text(), words, instead_of=chosen.abbreviation if chosen else ""
            )
        except PracticeError as error:
            self._error.show_error(str(error))
            return
        self.bar.clear()
        self.refresh(kept.abbreviation)

    def remove(self) -> None:
        """Take the one chosen out; an Undo stays beside what is said."""
        chosen = self._chosen
        if chosen is None:
            return
        try:
            self._desk.snippets.remove_snippet(chosen.abbreviation)
        except PracticeError as error:
            self._error.show_error(str(error))
            return
        self.refresh()
        undo = ("snippet_undo", _("Undo"), partial(self._bring_back, chosen))
        self.bar.say(_("“;{abbreviation}” was removed.").format(abbreviation=chosen.abbreviation), actions=(undo,))

    def forget(self) -> None:
        """Let go of what is typed and shown."""
        self.table.setRowCount(0)
        self._lines = []
        for line in (self._abbreviation, self._words):
            line.clear()
        self._error.show_error("")
        self.bar.clear()

    def _bring_back(self, line: SnippetLine) -> None:
        self._desk.snippets.keep_snippet(line.abbreviation, line.words)
        self.bar.clear()
        self.refresh(line.abbreviation)

    def _on_selected(self) -> None:
        chosen = self._chosen
        self._abbreviation.setText(chosen.abbreviation if chosen else "")
        self._words.setText(chosen.words if chosen else "")
        self._words.setCursorPosition(0)
        self._keep.setText(_("Keep the change") if chosen else _("Add"))
        self._keep.setAccessibleName(self._keep.text())
        self._new.setVisible(chosen is not None)
        self._remove.setVisible(chosen is not None)
        self._error.show_error("")

    def _on_new(self) -> None:
        self.table.clearSelection()
        self._abbreviation.setFocus()
