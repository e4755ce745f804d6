"""One row of a field that asks again and again: its cells side by side where there is room, and what can be done with it."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QIntValidator, QResizeEvent, QValidator
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.form import Field, is_blank
from ipt_desktop.domain.form_rows import ROW_ID, Column, ColumnKind
from ipt_desktop.domain.records import new_id
from ipt_desktop.domain.text import _
from ui import theme
from ui.forms.editor import Editor, Setting, words_line
from ui.forms.editors import DateEditor, LineEditor, ProseEditor, ScaleEditor, TickEditor
from ui.forms.when import WhenEditor
from ui.widgets.buttons import icon_button
from ui.widgets.labels import label

NARROWEST_CELL, MOST_BUTTONS, GAP = 160, 10, 10  # pixels at 100 % text; a longer scale is typed as a number


class _WithinScale(QIntValidator):
    """Takes no digit that would lead out of the scale."""

    def validate(self, text: str, position: int) -> object:
        """Refuse a number above the highest as soon as it is typed."""
        if text.isdigit() and int(text) > self.top():
            return QValidator.State.Invalid, text, position
        return super().validate(text, position)


class NumberEditor(Editor):
    """A whole number that is typed; one outside of its scale is not taken."""

    def __init__(self, asked: Field, parent: QWidget, setting: Setting) -> None:
        super().__init__(asked, parent)
        self._answer: int | None = None
        self._line = words_line(self, self.name("number"), _(asked.label))
        self._line.setValidator(_WithinScale(asked.lowest, asked.highest, self._line))
        ends = _("{lowest} {low}, {highest} {high}")
        self._line.setPlaceholderText(
            ends.format(lowest=asked.lowest, low=_(asked.low), highest=asked.highest, high=_(asked.high))
        )
        self.column.addWidget(self._line)
        self.setFocusProxy(self._line)

    def answer(self) -> int | None:
        """Return the number; while what is typed is none yet, the one before."""
        if not self._line.text().strip():
            return None
        return int(self._line.text()) if self._line.hasAcceptableInput() else self._answer

    def show_answer(self, answer: Any) -> None:
        """Show a number, or none."""
        self._answer = answer
        self._line.setText("" if answer is None else str(answer))


class PlainEditor(ProseEditor):
    """Text of several lines without bold or lists: rows keep plain text."""

    def __init__(self, asked: Field, parent: QWidget, setting: Setting) -> None:
        super().__init__(asked, parent, setting)
        self.prose.when_used(self._take_looks_away)

    def _take_looks_away(self) -> None:
        for action in self.prose.actions():
            self.prose.removeAction(action)

    def answer(self) -> Any:
        """Return the text."""
        return rich_text.as_plain(self.prose.blocks())

    def show_answer(self, answer: Any) -> None:
        """Show a text."""
        self.prose.fill(rich_text.plain(answer or ""))


class RowTick(TickEditor):
    """A tick in a row, which keeps it as 1."""

    def answer(self) -> Any:
        """Return 1, or None without a tick."""
        return 1 if super().answer() else None

    def show_answer(self, answer: Any) -> None:
        """Show a tick, or none."""
        super().show_answer(answer == 1)


def cell_of(column: Column, key: str, parent: QWidget, setting: Setting, spoken: str) -> Editor:
    """Return the editor of one cell; `key` names it and `spoken` says whose it is."""
    asked = Field(
        key=key,
        label=spoken,
        kind=column.kind,
        hint=column.hint,
        lowest=column.lowest,
        highest=column.highest,
        low=column.low,
        high=column.high,
    )
    kinds: dict[str, type[Editor]] = {
        ColumnKind.PROSE: PlainEditor,
        ColumnKind.DATE: DateEditor,
        ColumnKind.WHEN: WhenEditor,
        ColumnKind.TICK: RowTick,
        ColumnKind.SCALE: NumberEditor if column.highest - column.lowest > MOST_BUTTONS else ScaleEditor,
    }
    kind: Any = kinds.get(column.kind, LineEditor)
    cell: Editor = kind(asked, parent, setting)
    return cell


def _row_kind(column: Column) -> str:
    """Return what shares a line: short answers do, and long ones do; a scale of buttons stands alone."""
    if column.kind == ColumnKind.SCALE and column.highest - column.lowest <= MOST_BUTTONS:
        return column.key
    return "long" if column.kind == ColumnKind.PROSE else "short"


class RowCard(QFrame):
    """One row: `edited` says a cell was typed into; `up_asked`, `down_asked` and `remove_asked` carry its place."""

    edited = Signal()
    up_asked = Signal(int)
    down_asked = Signal(int)
    remove_asked = Signal(int)

    def __init__(self, asked: Field, place: int, parent: QWidget, setting: Setting) -> None:
        super().__init__(parent)
        self.place = place
        self._asked = asked
        self._kept: dict[str, Any] = {}
        self._per_line: tuple[int, ...] = ()
        named = f"field_{asked.key}_{place}"
        self.setObjectName(named)
        self.setProperty("role", "card")
        words = _("{label} {number}").format(label=_(asked.row_label), number=place + 1)
        self.setAccessibleName(words)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 12)
        column.setSpacing(2)
        column.addLayout(self._head(words, named))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(3)
        column.addLayout(self._grid)
        self._captions: dict[str, QLabel] = {}
        self.cells: dict[str, Editor] = {}
        for each in asked.columns:
            self._add_cell(each, setting, words)
        self._arrange()

    def _head(self, words: str, named: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addWidget(label(words, self, kind="label", tone="text_soft", name=f"{named}_title"))
        row.addStretch(1)
        verbs = (
            ("arrow-up", "up", _("Move {row} up").format(row=words), "Alt+Shift+Up", self._on_up),
            ("arrow-down", "down", _("Move {row} down").format(row=words), "Alt+Shift+Down", self._on_down),
            ("trash-2", "remove", _("Remove {row}").format(row=words), "Alt+Shift+Delete", self._on_remove),
        )
        for icon, name, spoken, keys, verb in verbs:
            button = icon_button(icon, self, name=f"{named}_{name}", spoken=spoken)
            button.setToolTip(f"{spoken} ({keys})")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes through the cells; each verb has its key
            button.clicked.connect(verb)
            row.addWidget(button)
        return row

    def _add_cell(self, column: Column, setting: Setting, row: str) -> None:
        spoken = _("{row}: {column}").format(row=row, column=_(column.label))
        caption = label(_(column.label), self, kind="caption", tone="text_soft", wraps=True)
        caption.setMinimumWidth(1)
        cell = cell_of(column, f"{self._asked.key}_{self.place}_{column.key}", self, setting, spoken)
        cell.edited.connect(self.edited)
        self._captions[column.key], self.cells[column.key] = caption, cell

    # -- where the cells stand -------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand as the width asks for."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Stand anew when the text size changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "cells"):
            self._arrange()

    def _arrange(self) -> None:
        room = max(1, self.width() // theme.current().px(NARROWEST_CELL))
        groups = [list(group) for _kind, group in groupby(self._asked.columns, key=_row_kind)]
        per_line = tuple(_even(len(group), room) for group in groups)
        if per_line == self._per_line:
            return
        self._per_line = per_line
        columns, line = _multiple(per_line), 0
        for place in range(columns):
            self._grid.setColumnStretch(place, 1)
        for group, count in zip(groups, per_line, strict=True):
            span = columns // count
            for number, column in enumerate(group):
                at = line + 2 * (number // count)
                left = (number % count) * span
                self._grid.addWidget(self._captions[column.key], at, left, 1, span, Qt.AlignmentFlag.AlignBottom)
                self._grid.addWidget(self.cells[column.key], at + 1, left, 1, span, Qt.AlignmentFlag.AlignTop)
            line += 2 * ((len(group) + count - 1) // count)
        for place in range(columns, self._grid.columnCount()):
            self._grid.setColumnStretch(place, 0)

    # -- what is in them -------------------------------------------------------------------------------------------

    def answer(self) -> dict[str, Any]:
        """Return what the row says; what this version does not ask is kept. A row that says nothing has no id."""
        told = {key: each for key, cell in self.cells.items() if not is_blank(each := cell.answer())}
        if self._asked.has_row_ids and told:
            self._kept.setdefault(ROW_ID, new_id())
        kept = {key: each for key, each in self._kept.items() if told or key != ROW_ID}
        return {**kept, **told}

    def show_answer(self, row: Mapping[str, Any]) -> None:
        """Show a row."""
        self._kept = {key: each for key, each in row.items() if key not in self.cells}
        for key, cell in self.cells.items():
            cell.show_answer(row.get(key))

    def set_read_only(self, is_read_only: bool) -> None:
        """Show without letting anyone change it."""
        for cell in self.cells.values():
            cell.set_read_only(is_read_only)

    def stops(self) -> list[QWidget]:
        """Return what Tab goes through, in order."""
        found: list[QWidget] = []
        for cell in self.cells.values():
            inside = [each for each in cell.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
            found += [each for each in inside if not isinstance(each.parent(), QLineEdit)]
        return found

    def _on_up(self) -> None:
        self.up_asked.emit(self.place)

    def _on_down(self) -> None:
        self.down_asked.emit(self.place)

    def _on_remove(self) -> None:
        self.remove_asked.emit(self.place)


def _even(count: int, room: int) -> int:
    """Return how many stand on a line, so that the lines are even: four in room for three are two and two."""
    lines = -(-count // min(count, room))
    return -(-count // lines)


def _multiple(counts: tuple[int, ...]) -> int:
    """Return the least number of columns in which each of these lines divides evenly."""
    columns = 1
    while any(columns % count for count in counts):
        columns += 1
    return columns
