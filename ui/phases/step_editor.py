"""Agreeing on a between-session task, saying one otherwise, and how it went."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QVBoxLayout, QWidget

from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.form import StepDone
from ipt_desktop.domain.session_records import MoodEffect, Step
from ipt_desktop.domain.step_words import is_open
from ipt_desktop.domain.text import _
from ipt_desktop.services.steps import LONGEST, ToldStep
from ui.forms.choices import one_of
from ui.phases.parting import part_with
from ui.phases.phase_editor import InlineEditor
from ui.phases.step_view import done_options
from ui.widgets.card import hairline
from ui.widgets.choice_field import ChoiceField
from ui.widgets.date_field import DateField
from ui.widgets.labels import FieldError, HintLabel, label
from ui.widgets.naming import named

_NO_TIME = datetime.min.replace(tzinfo=UTC)


class StepEditor(InlineEditor):
    """One task. `step_kept` carries it; who hears it knows whether it is new."""

    step_kept = Signal(object)

    def __init__(self, parent: QWidget, opener: QWidget) -> None:
        super().__init__(parent, opener, name="step_editor", spoken=_("Between-session task"))
        self._told: ToldStep | None = None
        self._meant: ToldStep | None = None
        self._is_new = False
        self._today = date.today()
        self._body: QWidget | None = None
        self._parting: QWidget | None = None

    def give_back_to(self, opener: QWidget) -> None:
        """Let the keyboard go there once it closes."""
        self._opener = opener

    def open(
        self,
        told: ToldStep,
        people: Sequence[tuple[str, str]],
        today: date,
        *,
        is_new: bool = False,
        is_review: bool = False,
    ) -> None:
        """Show a task, at how it went for a review. What was typed before Esc is still there."""
        meant = replace(told, step=replace(told.step, id="", created_at=_NO_TIME)) if is_new else told
        if self._body is None or self._meant != meant:
            self._drop_body()
            self._told, self._meant, self._today, self._is_new = told, meant, today, is_new
            self._build(told, people)
        self.show()
        if is_review and not self._what.isReadOnly():
            self._what.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._words.isReadOnly():
            self._words.setCursorPosition(0)
            self._person.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._words.setFocus(Qt.FocusReason.OtherFocusReason)
            self._words.selectAll()

    def _build(self, told: ToldStep, people: Sequence[tuple[str, str]]) -> None:
        self._body = QWidget(self)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setVerticalSpacing(4)
        self._add_agreed(form, told, people)
        self._add_went(form, told)
        column.addLayout(form)
        self._error = FieldError(self._body, name="step_error")
        column.addWidget(self._error)
        line = self.add_buttons(_("Keep"), self._body)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(hairline(self._body))
        self.column.addWidget(self._body)

    def _add_agreed(self, form: QFormLayout, told: ToldStep, people: Sequence[tuple[str, str]]) -> None:
        step = told.step
        self._words = named(QLineEdit(step.words, self._body), "step_words", _("Between-session task"))
        self._words.setMaxLength(LONGEST)
        self._add_row(form, _("Between-session task"), self._words)
        if told.words_in is not None:
            self._words.setReadOnly(True)
            said = _("These words stand in the note of {day}. Change them there, and they follow here.")
            self._add_hint(form, said.format(day=long_date(told.words_in.date)), "step_words_hint")
        self._person = ChoiceField(self._body or self, name="step_person", spoken=_("With whom"))
        self._person.addItem(_("nobody in particular"), None)
        for person_id, name in people:
            self._person.addItem(name, person_id)
        self._person.setCurrentIndex(max(0, self._person.findData(step.person_id)) if step.person_id else 0)
        self._add_row(form, _("With whom"), self._person)
        self._due = DateField(self._body or self, name="step_due", spoken=_("For which day"))
        self._due.show_day(step.due)
        self._add_row(form, _("For which day"), self._due)

    def _add_went(self, form: QFormLayout, told: ToldStep) -> None:
        step, parent = told.step, self._body or self
        self._done = one_of(done_options(), parent, name="step_done", spoken=_("How it went"))
        self._done.choose(step.done)
        self._what = named(QLineEdit(step.what_happened, self._body), "step_what_happened", _("What happened"))
        moods = [(MoodEffect.BETTER, _("Better")), (MoodEffect.SAME, _("The same")), (MoodEffect.WORSE, _("Worse"))]
        self._mood = one_of(moods, parent, name="step_mood", spoken=_("Mood afterwards"))
        self._mood.choose(step.mood_effect)
        rows = ((_("How it went"), self._done), (_("What happened"), self._what), (_("Mood afterwards"), self._mood))
        for words, field in rows:
            if not self._is_new:
                self._add_row(form, words, field)
            else:
                field.hide()
        if told.review_in is not None:
            self._done.setEnabled(False)
            self._what.setReadOnly(True)
            said = _("How it went stands in the note of {day}. Change it there, and it follows here.")
            self._add_hint(form, said.format(day=long_date(told.review_in.date)), "step_went_hint")

    def _add_row(self, form: QFormLayout, words: str, field: QWidget) -> None:
        form.addRow(label(words, self, kind="label", tone="text_soft"), field)

    def _add_hint(self, form: QFormLayout, words: str, name: str) -> None:
        form.addRow(HintLabel(words, self._body or self, name=name))

    def on_keep(self) -> None:
        """Keep the task, once it has words and its day can be read."""
        if self._told is None or self._body is None:
            return
        words = " ".join(self._words.text().split())
        if not words:
            self._error.show_error(_("Say in a few words what the client wants to do."), self._words)
            self._words.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            due = self._due.day()
        except Refused as refused:
            self._error.show_error(str(refused), self._due)
            self._due.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        step = self._told.step
        if not self._words.isReadOnly():
            step = replace(step, words=words)
        step = self._reviewed(replace(step, person_id=self._person.currentData(), due=due))
        self.forget()
        self.step_kept.emit(step)

    def _reviewed(self, step: Step) -> Step:
        """Return the task with how it went; asked about today where nobody had asked yet."""
        mood = self._mood.choice()
        step = replace(step, mood_effect=MoodEffect(mood) if mood else None)
        if self._told is None or self._told.review_in is not None:
            return step
        done, happened = self._done.choice(), self._what.text().strip()
        if not done and not happened:
            return replace(step, done=None, what_happened="", reviewed_on=None)
        day = self._today if is_open(self._told.step) else step.reviewed_on
        return replace(step, done=StepDone(done) if done else None, what_happened=happened, reviewed_on=day)

    def forget(self) -> None:
        """Close, and let go of what was typed."""
        self.close_editor()
        self._drop_body()

    def _drop_body(self) -> None:
        self._told = self._meant = None
        if self._body is not None:
            for line in (self._words, self._due, self._what):
                line.clear()
            self._person.clear()
            part_with(self._body)
            self._parting, self._body = self._body, None  # its button may be the sender of what led here
