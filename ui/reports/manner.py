"""How a document is set and whom it names: other people, the days it covers, its sheet and type, what its last page says."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from ipt_desktop.domain.circle_naming import Naming
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.report import Paper, TextSize
from ipt_desktop.domain.text import _
from ui.widgets.choice_field import ChoiceField
from ui.widgets.date_field import DateField
from ui.widgets.labels import FieldError, label
from ui.widgets.naming import named
from ui.widgets.segmented import Segmented
from ui.widgets.wrapping_box import WrappingBox

if TYPE_CHECKING:
    from ipt_desktop.services.report_kind import ReportKind
    from ui.preferences import Preferences


class Manner(QWidget):
    """`changed` when anything of it is. Sheet and type are remembered for each kind of document, and nothing else is."""

    changed = Signal()

    def __init__(self, preferences: Preferences, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("report_manner")
        self._preferences = preferences
        self._usual_paper = Paper.A4.value
        self._kind = ""
        self._masked: frozenset[str] = frozenset()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._rows: dict[QWidget, QWidget] = {}
        self.naming = ChoiceField(self, name="report_naming", spoken=_("Other people"))
        for naming, words in (
            (Naming.INITIALS, _("Initials: T.N.")),
            (Naming.RELATIONS, _("What they are: her sister")),
            (Naming.PSEUDONYMS, _("Pseudonyms: Sister, Friend 1")),
            (Naming.NAMES, _("Names")),
        ):
            self.naming.addItem(words, naming.value)
        self._add(self.naming, _("Other people"))
        self.mask_also = named(QLineEdit(self), "report_mask_also", _("Mask these names too, with commas between"))
        self.mask_also.setPlaceholderText(_("names nobody listed"))
        self._add(self.mask_also, _("Mask too"))
        self.since = DateField(self, name="report_since", spoken=_("From"))
        self.until = DateField(self, name="report_until", spoken=_("To and with"))
        self._add(self.since, _("From"))
        self._add(self.until, _("To and with"))
        self._error = FieldError(self, name="report_days_error")
        self._grid.addWidget(self._error, self._grid.rowCount(), 0, 1, 2)
        self._paper = Segmented([(each.value, each.value) for each in Paper], self, name="report_paper", spoken=_("Paper"))
        self._add(self._paper, _("Paper"))
        self.text_size = ChoiceField(self, name="report_text_size", spoken=_("Type"))
        for size, words in (
            (TextSize.USUAL, _("As usual")),
            (TextSize.LARGER, _("Larger")),
            (TextSize.LARGE_PRINT, _("Large print")),
        ):
            self.text_size.addItem(words, size.value)
        self._add(self.text_size, _("Type"))
        self.tells = self._tick("report_tells_left_out", _("Say at the end what is left out"))
        self.with_name = self._tick("report_with_name", _("Client’s name in the file’s name"))
        self._connect()

    def _tick(self, name: str, words: str) -> WrappingBox:
        box = WrappingBox(words, self, name=name)
        self._grid.addWidget(box, self._grid.rowCount(), 0, 1, 2)
        return box

    def _add(self, field: QWidget, words: str) -> None:
        caption = label(words, self, kind="label", tone="text_soft", name=f"{field.objectName()}_label")
        caption.setBuddy(field)
        row = self._grid.rowCount()
        self._grid.addWidget(caption, row, 0)
        self._grid.addWidget(field, row, 1)
        if isinstance(field, ChoiceField):
            field.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._rows[field] = caption

    def _connect(self) -> None:
        self.naming.activated.connect(self.changed)
        self.mask_also.editingFinished.connect(self._on_masked)
        self.tells.toggled.connect(self.changed)
        self._paper.chosen.connect(self._on_sheet)
        self.text_size.activated.connect(self._on_sheet)
        for field in (self.since, self.until):
            field.editingFinished.connect(self._on_days)

    def _show(self, field: QWidget, *, is_shown: bool) -> None:
        field.setVisible(is_shown)
        self._rows[field].setVisible(is_shown)

    def begin(self, paper: str) -> None:
        """Take the sheet the practice prints on, and name everybody by initials again."""
        self._usual_paper = paper if paper in set(Paper) else Paper.A4.value
        self.naming.setCurrentIndex(0)
        self.forget()

    def offer(self, kind: ReportKind) -> None:
        """Offer what there is to choose of a kind, with the sheet and type it had last, without announcing it."""
        self._kind = kind.key
        names_others = not kind.is_for_the_client and not kind.is_pseudonymous
        for field in (self.naming, self.mask_also):
            self._show(field, is_shown=names_others)
        for field in (self.since, self.until):
            self._show(field, is_shown=kind.has_dates)
        self._error.setVisible(False)
        self.tells.setVisible(bool(kind.parts))
        self.with_name.setVisible(not kind.is_pseudonymous)
        paper, size = self._preferences.sheets.get(kind.key, ["", ""])
        self._paper.choose(paper if paper in set(Paper) else self._usual_paper)
        self.text_size.setCurrentIndex(max(0, self.text_size.findData(size)))

    @property
    def paper(self) -> str:
        """The sheet chosen."""
        return self._paper.choice() or self._usual_paper

    @property
    def masked(self) -> frozenset[str]:
        """The names typed that are to be masked."""
        if self.mask_also.isHidden():
            return frozenset()
        return frozenset(filter(None, (each.strip() for each in self.mask_also.text().split(","))))

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The first and the last day chosen; None for no bound, and where what is typed is no day."""
        return _day_of(self.since), _day_of(self.until)

    def is_complete(self) -> bool:
        """Whether the days can be read, and are in order; else say what is wrong and go there."""
        if self.since.isHidden():
            return True
        try:
            since, until = self.since.day(), self.until.day()
        except Refused as refused:
            self._error.show_error(str(refused), self.since)
            return False
        if since and until and until < since:
            self._error.show_error(_("The last day lies before the first. Change one of them."), self.until)
            return False
        self._error.show_error("", self.since)
        return True

    def _on_masked(self) -> None:
        if self.masked != self._masked:
            self._masked = self.masked
            self.changed.emit()

    def _on_days(self) -> None:
        if self.is_complete():
            self.changed.emit()

    def _on_sheet(self) -> None:
        self._preferences.sheets[self._kind] = [self.paper, str(self.text_size.currentData())]
        self.changed.emit()

    def forget(self) -> None:
        """Let go of what was chosen for one client."""
        self.naming.setCurrentIndex(0)
        for box in (self.tells, self.with_name):
            box.blockSignals(True)
            box.setChecked(False)
            box.blockSignals(False)
        for field in (self.since, self.until, self.mask_also):
            field.clear()
        self._masked = frozenset()


def _day_of(field: DateField) -> date | None:
    try:
        return field.day()
    except Refused:
        return None
