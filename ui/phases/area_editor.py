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
from ipt_desktop.domain.text import _, within_a_line
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
            usual = "; ".join(within_a_line(_(each)) for each in area.goals)
            goals = _("Usual goals: {goals}.").format(goals=usual) if usual else ""
            for name, hint in (("choose_when", _(area.choose_when)), ("usual_goals", goals)):
                if hint:
                    made = HintLabel(hint, self.body, name=f"{name}_{area.key}")
                    made.setContentsMargins(28, 0, 0, 2)
                    column.addWidget(made)

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
        form.addRow(label(_("Agreed"), self.body, kind="label", tone="text_soft"), self._agreed_row(reading, area))
        if area.area:
            form.addRow(label(_("Over"), self.body, kind="label", tone="text_soft"), self._ended_row(reading, area))
        column.addLayout(form)

    def _agreed_row(self, reading: CourseReading, area: ProblemArea) -> QWidget:
        """Return the date the focus was agreed on, which may be open."""
        words = _("Agreed with the client"), _("Agreed on")
        self._is_agreed, self._date, holder = self._date_row(reading, area.agreed_on, words, ("area_is_agreed", "area_date"))
        return holder

    def _ended_row(self, reading: CourseReading, area: ProblemArea) -> QWidget:
        """Return the date since when it is no longer worked on, which is open as long as it is."""
        words = _("No longer worked on"), _("Worked on until")
        self._is_ended, self._ended, holder = self._date_row(reading, area.ended_on, words, ("area_is_ended", "area_ended"))
        return holder

    def _date_row(
        self, reading: CourseReading, said: date | None, words: tuple[str, str], names: tuple[str, str]
    ) -> tuple[QCheckBox, DateField, QWidget]:
        """Return a box and a date that holds while it is ticked."""
        holder = QWidget(self.body)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        box = named(QCheckBox(holder), names[0], words[0])
        box.setChecked(said is not None)
        day = said or reading.today
        field = DateField(holder, name=names[1], spoken=words[1], latest=max(day, reading.today))
        field.show_day(day)
        field.editingFinished.connect(self._on_day_typed)
        field.setEnabled(said is not None)
        box.toggled.connect(field.setEnabled)
        row.addWidget(box)
        row.addWidget(field)
        row.addStretch(1)
        return box, field, holder

    def _on_day_typed(self) -> None:
        field = self.sender()
        if isinstance(field, DateField):
            self._day(field)

    def _day(self, field: DateField) -> date | None:
        """Return a day, or say that it can't be read."""
        reason = _("Say when it was agreed.") if field is self._date else _("Say until when it was worked on.")
        return asked_day(field, self._error, reason)

    def on_keep(self) -> None:
        """Keep the problem area, once one is chosen."""
        chosen = self._group.checkedButton() if self.body is not None else None
        if self._area is None or chosen is None:
            if self.body is not None:
                self._error.show_error(_("Choose the problem area."))
            return
        asked = int(self._rank.choice() or "1")
        days = [self._day(field) if box.isChecked() else None for box, field in self._dated()]
        if any(day is None and box.isChecked() for day, (box, _field) in zip(days, self._dated(), strict=True)):
            return
        agreed, ended = (*days, None)[:2]
        if agreed is not None and ended is not None and ended < agreed:
            self._error.show_error(_("It can’t be over before it was agreed."), self._ended)
            return
        area = replace(
            self._area,
            area=str(chosen.property("area")),
            rank=self._was_rank if self._was_rank > 2 and asked == 2 else asked,
            about=self._about.text().strip(),
            person_id=self._person.currentData(),
            agreed_on=agreed,
            ended_on=ended,
        )
        self.forget()
        self.area_kept.emit(area)

    def _dated(self) -> list[tuple[QCheckBox, DateField]]:
        """Return each box with its date: agreed, and over where it can be."""
        over = [(self._is_ended, self._ended)] if self._area is not None and self._area.area else []
        return [(self._is_agreed, self._date), *over]

    def drop_body(self) -> None:
        """Empty the fields, and let go of the record."""
        self._area = self._meant = None
        if self.body is not None:
            self._about.clear()
            self._person.clear()
            self.part_with_body()
