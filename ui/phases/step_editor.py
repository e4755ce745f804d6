"""Agreeing on a between-session task, saying one otherwise, and how it went."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.session_records import MoodEffect, Step, StepDone
from ipt_desktop.domain.step_words import is_open
from ipt_desktop.domain.text import _
from ipt_desktop.services.steps import LONGEST, ToldStep
from ui.forms.choices import one_of
from ui.phases.record_editor import RecordEditor, add_hint, add_row, captions_above
from ui.phases.step_view import done_options
from ui.widgets.choice_field import ChoiceField
from ui.widgets.date_field import DateField
from ui.widgets.naming import named

_NO_TIME = datetime.min.replace(tzinfo=UTC)


class StepEditor(RecordEditor):
    """One task. `step_kept` carries it; who hears it knows whether it is new."""

    step_kept = Signal(object)

    def __init__(self, parent: QWidget, opener: QWidget) -> None:
        super().__init__(parent, opener, name="step_editor", spoken=_("Between-session task"))
        self._told: ToldStep | None = None
        self._meant: ToldStep | None = None
        self._is_new = False
        self._today = date.today()

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
        if self.body is None or self._meant != meant:
            self.drop_body()
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
        body, column = self.begin_body()
        form = captions_above()
        self._add_agreed(form, body, told, people)
        self._add_went(form, body, told)
        column.addLayout(form)
        self._error = self.end_body(body, column)

    def _add_agreed(self, form: QFormLayout, body: QWidget, told: ToldStep, people: Sequence[tuple[str, str]]) -> None:
        step = told.step
        self._words = named(QLineEdit(step.words, body), "step_words", _("Between-session task"))
        self._words.setMaxLength(LONGEST)
        add_row(form, _("Between-session task"), self._words, self)
        if told.words_in is not None:
            self._words.setReadOnly(True)
            said = _("These words stand in the note of {day}. Change them there, and they follow here.")
            add_hint(form, said.format(day=long_date(told.words_in.date)), body, name="step_words_hint")
        self._person = ChoiceField(body, name="step_person", spoken=_("With whom"))
        self._person.addItem(_("nobody in particular"), None)
        for person_id, name in people:
            self._person.addItem(name, person_id)
        self._person.setCurrentIndex(max(0, self._person.findData(step.person_id)) if step.person_id else 0)
        add_row(form, _("With whom"), self._person, self)
        self._due = DateField(body, name="step_due", spoken=_("For which day"))
        self._due.show_day(step.due)
        add_row(form, _("For which day"), self._due, self)

    def _add_went(self, form: QFormLayout, body: QWidget, told: ToldStep) -> None:
        step = told.step
        self._done = one_of(done_options(), body, name="step_done", spoken=_("How it went"))
        self._done.choose(step.done)
        self._what = named(QLineEdit(step.what_happened, body), "step_what_happened", _("What happened"))
        moods = [(MoodEffect.BETTER, _("Better")), (MoodEffect.SAME, _("The same")), (MoodEffect.WORSE, _("Worse"))]
        self._mood = one_of(moods, body, name="step_mood", spoken=_("Mood afterwards"))
        self._mood.choose(step.mood_effect)
        rows = ((_("How it went"), self._done), (_("What happened"), self._what), (_("Mood afterwards"), self._mood))
        for words, field in rows:
            if not self._is_new:
                add_row(form, words, field, self)
            else:
                field.hide()
        if told.review_in is not None:
            self._done.setEnabled(False)
            self._what.setReadOnly(True)
            said = _("How it went stands in the note of {day}. Change it there, and it follows here.")
            add_hint(form, said.format(day=long_date(told.review_in.date)), body, name="step_went_hint")

    def on_keep(self) -> None:
        """Keep the task, once it has words and its day can be read."""
        if self._told is None or self.body is None:
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

    def drop_body(self) -> None:
        """Empty the fields, and let go of the record."""
        self._told = self._meant = None
        if self.body is not None:
            for line in (self._words, self._due, self._what):
                line.clear()
            self._person.clear()
            self.part_with_body()
