"""One tie, written or changed in the page: with whom, what kind, how strong, since when; ended or removed. Esc leaves it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.records import Tie, TieKind
from ipt_desktop.domain.text import _
from ipt_desktop.domain.tie_words import KIND_WORDS, STRENGTH_WORDS
from ui.widgets.buttons import link, outlined
from ui.widgets.choice_field import ChoiceField
from ui.widgets.date_field import DateField
from ui.widgets.labels import FieldError, label
from ui.widgets.segmented import Segmented


class TieEditor(QWidget):
    """The tie that is open. A tie that is kept already tells each change at once; a new one waits for *Add tie*."""

    tie_added = Signal(object)
    tie_changed = Signal(object)
    tie_removed = Signal(str)
    tie_shown = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("tie_editor")
        self._tie: Tie | None = None
        self._is_new = False
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 0, 8)
        column.setSpacing(6)
        column.addLayout(self._fields())
        self._error = FieldError(self, name="tie_error")
        column.addWidget(self._error)
        column.addLayout(self._actions())
        self._sheets_slot = QVBoxLayout()
        column.addLayout(self._sheets_slot)
        self.hide()

    def _fields(self) -> QFormLayout:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._whom_words = label(_("With"), self, kind="caption", tone="text_soft")
        self._whom = ChoiceField(self, name="tie_whom", spoken=_("With whom"))
        form.addRow(self._whom_words, self._whom)
        self._kind = ChoiceField(self, name="tie_kind", spoken=_("Kind of tie"))
        for kind, word in KIND_WORDS.items():
            self._kind.addItem(_(word), kind.value)
        self._kind.activated.connect(self._on_edited)
        form.addRow(label(_("Kind"), self, kind="caption", tone="text_soft"), self._kind)
        strengths = [(str(strength), _(word)) for strength, word in STRENGTH_WORDS.items()]
        self._strength = Segmented(strengths, self, name="tie_strength", spoken=_("Strength"))
        for strength, _word in strengths:
            self._strength.button(strength).setProperty("is_tight", True)
        self._strength.chosen.connect(self._on_edited)
        form.addRow(label(_("Strength"), self, kind="caption", tone="text_soft"), self._strength)
        self._since = DateField(self, name="tie_since", spoken=_("Since"), latest=date.today())
        self._since.editingFinished.connect(self._on_edited)
        form.addRow(label(_("Since"), self, kind="caption", tone="text_soft"), self._since)
        return form

    def _actions(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        self._keep = outlined(_("Add tie"), self, name="tie_keep")
        self._keep.clicked.connect(self._on_keep)
        self._end = link(_("End today"), self, name="tie_end", is_flush=True)
        self._end.clicked.connect(self._on_end)
        self._remove = link(_("Remove"), self, name="tie_remove")
        self._remove.clicked.connect(self._on_remove)
        self._close = link(_("Close"), self, name="tie_close")
        self._close.clicked.connect(self._on_close)
        for each in (self._keep, self._end, self._remove, self._close):
            row.addWidget(each)
        row.addStretch(1)
        return row

    # -- what it shows ---------------------------------------------------------------------------------------------

    @property
    def tie_id(self) -> str:
        """The id of the tie that is open for changing, or ""."""
        return self._tie.id if self._tie and not self._is_new else ""

    def show_tie(self, tie: Tie) -> None:
        """Open a tie that is kept; it stands in words in the list above."""
        self._is_new = False
        self._show(tie)

    def ask_for_tie(self, tie: Tie, others: Mapping[str | None, str]) -> None:
        """Open a new tie with one of these others, by id; None is the client."""
        self._is_new = True
        self._whom.clear()
        for other_id, name in others.items():
            self._whom.addItem(name, other_id or "")
        self._whom.setCurrentIndex(min(1, self._whom.count() - 1))
        self._show(tie)

    def _show(self, tie: Tie) -> None:
        self._tie = tie
        for each in (self._whom_words, self._whom, self._keep):
            each.setVisible(self._is_new)
        for each in (self._end, self._remove):
            each.setVisible(not self._is_new)
        self._close.setText(_("Cancel") if self._is_new else _("Close"))
        self._end.setText(_("End today") if tie.until is None else _("Goes on again"))
        for button in (self._close, self._end):
            button.setAccessibleName(button.text())
        self._kind.setCurrentIndex(self._kind.findData(tie.kind.value))
        self._strength.choose(str(tie.strength))
        if not self._since.hasFocus() or self._is_new:
            self._since.show_day(tie.since)
        self._error.show_error("", self._since)
        self.show()
        self.tie_shown.emit(self.tie_id)

    def put_sheets(self, sheets: QWidget) -> None:
        """Take the worksheets of the tie that is open, below its verbs."""
        self._sheets_slot.addWidget(sheets)

    def take_keyboard(self) -> None:
        """Put the keyboard where one begins: whom it is with, or of what kind it is."""
        (self._whom if self._is_new else self._kind).setFocus(Qt.FocusReason.OtherFocusReason)

    def close_quietly(self) -> None:
        """Let go of the tie without a word."""
        self._tie, self._is_new = None, False
        self._whom.clear()
        self.hide()
        self.tie_shown.emit("")

    # -- what was changed ------------------------------------------------------------------------------------------

    def _edited(self) -> Tie | None:
        """Return the tie as it stands in the fields; None where the date can't be read, which is said."""
        assert self._tie is not None  # noqa: S101 - nothing is asked while it is closed
        try:
            since = self._since.day() or self._tie.since
        except Refused as error:
            self._error.show_error(str(error), self._since)
            return None
        self._error.show_error("", self._since)
        kind, strength = TieKind(self._kind.currentData()), int(self._strength.choice() or self._tie.strength)
        return replace(self._tie, kind=kind, strength=strength, since=since)

    def _on_edited(self) -> None:
        if self._tie is None or self._is_new:
            return
        edited = self._edited()
        if edited is not None and edited != self._tie:
            self._tie = edited
            self.tie_changed.emit(edited)

    def _on_keep(self) -> None:
        edited = self._edited() if self._tie is not None else None
        if edited is not None:
            self.tie_added.emit(replace(edited, to_person_id=str(self._whom.currentData()) or None))

    def _on_end(self) -> None:
        if self._tie is not None:
            self._tie = replace(self._tie, until=date.today() if self._tie.until is None else None)
            self.tie_changed.emit(self._tie)

    def _on_remove(self) -> None:
        if self._tie is not None:
            self.tie_removed.emit(self._tie.id)

    def _on_close(self) -> None:
        self.close_quietly()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the tie; what was changed of it is kept."""
        if event.key() == Qt.Key.Key_Escape:
            self._on_close()
        else:
            super().keyPressEvent(event)
