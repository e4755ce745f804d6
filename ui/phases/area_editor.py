"""Agreeing on a problem area: which, in what words, with whom, primary or second, since when."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ipt_desktop.domain.records import ProblemArea
from ipt_desktop.domain.text import _
from ui.phases.reading import CourseReading
from ui.phases.record_editor import RecordEditor
from ui.widgets.choice_field import ChoiceField
from ui.widgets.date_field import DateField, asked_day
from ui.widgets.labels import HintLabel, label
from ui.widgets.naming import named
from ui.widgets.segmented import Segmented


class AreaEditor(RecordEditor):
    """One problem area, new or to be said otherwise. `area_kept` carries it."""

    area_kept = Signal(object)

    def __init__(self, parent: QWidget, opener: QWidget) -> None:
        super().__init__(parent, opener, name="area_editor", spoken=_("Problem area"))
        self._area: ProblemArea | None = None
        self._meant: tuple[str, ProblemArea | None] | None = None

    def open(self, reading: CourseReading, area: ProblemArea | None = None) -> None:
        """Show the fields for a new problem area, or for one that is there; what was typed before Esc is still there."""
        if self.body is not None and self._meant == (reading.course.id, area):
            self.show()
            self._about.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.drop_body()
        self._meant = (reading.course.id, area)
        rank = len([each for each in reading.areas if each.ended_on is None]) + 1
        self._area = area or ProblemArea(course_id=reading.course.id, area="", rank=rank, agreed_on=reading.today)
        body, column = self.begin_body()
        if area is None and rank > 2:
            words = _("One problem area is the usual focus, two at most. A third divides the sessions that are left.")
            column.addWidget(label(words, body, kind="caption", tone="caution", name="area_third", wraps=True))
        self._add_choice(column, reading)
        self._add_fields(column, reading, self._area)
        self._error = self.end_body(body, column)
        self.show()
        first = self._group.checkedButton() or self._group.buttons()[0]
        (self._about if area else first).setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_choice(self, column: QVBoxLayout, reading: CourseReading) -> None:
        assert self.body is not None and self._area is not None  # noqa: S101, PT018 - set by `open`, the only caller
        self._group = QButtonGroup(self.body)
        taken = {each.area for each in reading.areas if each.id != self._area.id and each.ended_on is None}
        own = reading.wording.known_area(self._area.area)
        areas = [*reading.protocol.areas]
        if own is not None and reading.protocol.area(own.key) is None:  # agreed under another protocol
            areas.append(own)
        for area in areas:
            words = _(area.label)
            button = named(QRadioButton(words, self.body), f"choose_{area.key}", words)
            button.setAccessibleDescription(_(area.choose_when))
            button.setProperty("area", area.key)
            button.setChecked(area.key == self._area.area)
            button.setEnabled(area.key not in taken)
            self._group.addButton(button)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            hint = HintLabel(_(area.choose_when), self.body, name=f"choose_when_{area.key}")
            hint.setContentsMargins(28, 0, 0, 2)
            column.addWidget(hint)

    def _add_fields(self, column: QVBoxLayout, reading: CourseReading, area: ProblemArea) -> None:
        assert self.body is not None  # noqa: S101 - set by `open`, the only caller
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setVerticalSpacing(8)
        self._about = named(QLineEdit(area.about, self.body), "area_about", _("In a few words"))
        self._person = ChoiceField(self.body, name="area_person", spoken=_("With whom"))
        self._person.addItem(_("nobody in particular"), None)
        for person_id, name in reading.people:
            self._person.addItem(name, person_id)
        self._person.setCurrentIndex(max(0, self._person.findData(area.person_id)))
        ranks = [("1", _("Primary")), ("2", _("Second"))]
        self._rank = Segmented(ranks, self.body, name="area_rank", spoken=_("Place in the work"))
        self._rank.choose(str(min(area.rank, 2)))
        self._was_rank = area.rank
        rows = ((_("In a few words"), self._about), (_("With whom"), self._person), (_("Place"), self._rank))
        for words, field in rows:
            form.addRow(label(words, self.body, kind="label", tone="text_soft"), field)
        form.addRow(label(_("Agreed"), self.body, kind="label", tone="text_soft"), self._date_row(reading, area))
        column.addLayout(form)

    def _date_row(self, reading: CourseReading, area: ProblemArea) -> QWidget:
        """Return the date the focus was agreed on, which may be open."""
        holder = QWidget(self.body)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        self._is_agreed = named(QCheckBox(holder), "area_is_agreed", _("Agreed with the client"))
        self._is_agreed.setChecked(area.agreed_on is not None)
        day = area.agreed_on or reading.today
        self._date = DateField(holder, name="area_date", spoken=_("Agreed on"), latest=max(day, reading.today))
        self._date.show_day(day)
        self._date.editingFinished.connect(self._day)
        self._date.setEnabled(area.agreed_on is not None)
        self._is_agreed.toggled.connect(self._date.setEnabled)
        row.addWidget(self._is_agreed)
        row.addWidget(self._date)
        row.addStretch(1)
        return holder

    def _day(self) -> date | None:
        """Return when it was agreed, or say that it can't be read."""
        return asked_day(self._date, self._error, _("Say when it was agreed."))

    def on_keep(self) -> None:
        """Keep the problem area, once one is chosen."""
        chosen = self._group.checkedButton() if self.body is not None else None
        if self._area is None or chosen is None:
            if self.body is not None:
                self._error.show_error(_("Choose the problem area."))
            return
        asked = int(self._rank.choice() or "1")
        day = self._day() if self._is_agreed.isChecked() else None
        if day is None and self._is_agreed.isChecked():
            return
        area = replace(
            self._area,
            area=str(chosen.property("area")),
            rank=self._was_rank if self._was_rank > 2 and asked == 2 else asked,
            about=self._about.text().strip(),
            person_id=self._person.currentData(),
            agreed_on=day,
        )
        self.forget()
        self.area_kept.emit(area)

    def drop_body(self) -> None:
        """Empty the fields, and let go of the record."""
        self._area = self._meant = None
        if self.body is not None:
            self._about.clear()
            self._person.clear()
            self.part_with_body()
