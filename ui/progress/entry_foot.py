"""What stands below the answers: what they come to, what is wrong, the ways out, and whose measure it is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ipt_desktop.domain.measure import Measure
from ipt_desktop.domain.measure_entry import come_to_words, missing_words
from ipt_desktop.domain.measure_scoring import Result
from ipt_desktop.domain.text import _
from ui.phases.phase_editor import captioned
from ui.progress.answer_rows import bring_into_sight
from ui.widgets.buttons import link, outlined, primary
from ui.widgets.labels import FieldError, HintLabel, label
from ui.widgets.naming import named


class EntryFoot(QWidget):
    """`kept`, `cancelled` and `removed` are wishes; `reason` is asked where a correction stands beside a signed result."""

    kept = Signal()
    cancelled = Signal()
    removed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("entry_foot")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.reason = named(QLineEdit(self), "entry_reason", _("Why it is corrected"))
        self._reason_row = captioned(_("Why it is corrected"), self.reason, self)
        column.addWidget(self._reason_row)
        self.error = FieldError(self, name="entry_error")
        column.addWidget(self.error)
        column.addLayout(self._buttons())
        words = _("A digit answers and goes on. Minus leaves one blank, Backspace goes back, Enter at the end keeps.")
        self._hint = HintLabel(words, self, name="entry_hint")
        column.addWidget(self._hint)
        self._licence = label("", self, kind="caption", tone="text_soft", name="entry_licence", wraps=True)
        column.addWidget(self._licence)
        self._remove = link(_("Remove this result"), self, name="entry_remove", icon="trash-2")
        self._remove.clicked.connect(self.removed)
        column.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignLeft)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self._total = label("", self, kind="heading", name="entry_total")
        self._missing = label("", self, kind="label", tone="text_soft", name="entry_missing", wraps=True)
        self._keep = primary(_("Keep"), self, name="entry_keep")
        self._keep.clicked.connect(self.kept)
        cancel = outlined(_("Cancel"), self, name="entry_cancel")
        cancel.clicked.connect(self.cancelled)
        row.addWidget(self._total)
        row.addWidget(self._missing, 1)
        row.addWidget(self._keep)
        row.addWidget(cancel)
        return row

    def begin(self, measure: Measure, *, is_change: bool, is_told: bool) -> None:
        """Belong to a measure; of an earlier result (`is_change`), and one that a signed note tells of (`is_told`)."""
        self.error.show_error("")
        self.reason.clear()
        self._reason_row.setVisible(is_told)
        self._remove.setVisible(is_change)
        whose, rights = measure.licence.attribution, measure.licence.name
        self._licence.setText(_("{whose} [{rights}]").format(whose=whose, rights=rights) if rights else whose)

    def show_hint(self, *, is_shown: bool) -> None:
        """Say which keys there are, where answers are keyed."""
        self._hint.setVisible(is_shown)

    def tell(self, measure: Measure, result: Result | None) -> None:
        """Say what the answers come to; None where there are none, or they can't be."""
        said = come_to_words(measure, result) if result is not None else ""
        self._total.setText(_("Total {total}").format(total=said) if said and measure.has_total else said)
        self._missing.setText(missing_words(measure, result) if result is not None else "")

    def go(self) -> None:
        """Take the keyboard from the last answer to what keeps it, or to the reason that is still missing."""
        asks = not self._reason_row.isHidden() and not self.reason.text()
        stop: QWidget = self.reason if asks else self._keep
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        bring_into_sight(stop, 40)

    def forget(self) -> None:
        """Let go of every word."""
        self.reason.clear()
        self.error.show_error("")
        for line in (self._total, self._missing, self._licence):
            line.setText("")
