"""All of a goal: its words, whom it is about, how far it is at first and shall be, what became of it, its ratings."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import Goal, GoalRating, GoalStatus
from ui.forms.choices import one_of
from ui.phases.goal_editor import GoalEditor
from ui.phases.goal_reading import GoalReading
from ui.phases.parting import let_go
from ui.phases.reading import day_words
from ui.phases.record_editor import add_hint, add_row
from ui.widgets.buttons import icon_button
from ui.widgets.choice_field import ChoiceField
from ui.widgets.date_field import DateField, asked_day
from ui.widgets.labels import label
from ui.widgets.mood_row import MoodRow
from ui.widgets.naming import named

USUAL = 3  # goals


class CourseGoalEditor(GoalEditor):
    """One goal with all that belongs to it. `rating_taken_back` carries a rating that was a mistake."""

    rating_taken_back = Signal(object)

    def __init__(self, parent: QWidget, opener: QWidget) -> None:
        super().__init__(parent, opener)
        self._goals = GoalReading()
        self._people: Sequence[tuple[str, str]] = ()
        self._is_fresh = False
        self._ratings: QVBoxLayout | None = None
        self._parting_lines: list[QWidget] = []

    def open_goal(self, goal: Goal, goals: GoalReading, people: Sequence[tuple[str, str]], *, is_new: bool = False) -> None:
        """Show a goal; `people` are whom it may be about."""
        self._goals, self._people, self._is_fresh = goals, people, is_new
        self.open(goal, goals.areas, goals.arrows if is_new else (), is_new=is_new)

    def add_first(self, column: QVBoxLayout, body: QWidget) -> None:
        """Say quietly how many are usual."""
        if self._is_fresh and len(self._goals.open_goals) >= USUAL:
            words = _("Two or three goals are usual.")
            column.addWidget(label(words, body, kind="caption", tone="text_soft", name="goal_usual", wraps=True))

    def add_more(self, form: QFormLayout, body: QWidget, goal: Goal) -> None:
        """Add whom it is about, the scale, what became of it and by what one sees it."""
        self._person: ChoiceField | None = None
        if not goal.is_closeness:
            self._person = ChoiceField(body, name="goal_person", spoken=_("With whom"))
            for key, name in ((None, _("nobody in particular")), *self._people):
                self._person.addItem(name, key)
            self._person.setCurrentIndex(max(0, self._person.findData(goal.person_id)))
            add_row(form, _("With whom"), self._person, self)
        ends = _("0 not at all, 10 wholly")
        self._baseline = MoodRow(body, name="goal_baseline", spoken=_("How far at first"))
        self._baseline.set_value(goal.baseline)
        add_row(form, _("How far at first, 0–10"), self._baseline, self)
        self._target = MoodRow(body, name="goal_target", spoken=_("The aim"), ends=ends)
        self._target.set_value(goal.target)
        add_row(form, _("The aim, 0–10"), self._target, self)
        self._evidence = named(QLineEdit(goal.evidence, body), "goal_evidence", _("Seen by"))
        add_row(form, _("Seen by"), self._evidence, self)
        add_hint(form, _("By what client and therapist see that it is reached."), body, name="goal_evidence_hint")
        if not self._is_fresh:
            self._add_status(form, body, goal)

    def _add_status(self, form: QFormLayout, body: QWidget, goal: Goal) -> None:
        options = [
            (GoalStatus.OPEN, _("Open")),
            (GoalStatus.MET, _("Met")),
            (GoalStatus.PARTLY, _("Partly met")),
            (GoalStatus.DROPPED, _("Dropped")),
        ]
        self._status = one_of(options, body, name="goal_status", spoken=_("What became of it"))
        self._status.choose(goal.status)
        self._status.chosen.connect(self._on_status)
        add_row(form, _("What became of it"), self._status, self)
        self._closed = DateField(body, name="goal_closed_on", spoken=_("Since when"))
        self._closed.show_day(goal.closed_on or date.today())
        self._closed_caption = label(_("Since"), body, kind="label", tone="text_soft")
        form.addRow(self._closed_caption, self._closed)
        self._show_closed()

    def _on_status(self, key: object) -> None:
        if key is None:
            self._status.choose(GoalStatus.OPEN)
        self._show_closed()

    def _show_closed(self) -> None:
        is_closed = self._status.choice() not in (None, GoalStatus.OPEN)
        self._closed.setVisible(is_closed)
        self._closed_caption.setVisible(is_closed)

    # -- ratings ---------------------------------------------------------------------------------------------------

    def add_last(self, column: QVBoxLayout, body: QWidget) -> None:
        """List the ratings so far, the latest first, each with the way to take it back."""
        self._ratings = QVBoxLayout()
        self._ratings.setSpacing(0)
        column.addLayout(self._ratings)
        self._show_ratings()

    def follow(self, goals: GoalReading) -> None:
        """Show the ratings as they are now."""
        if goals.ratings != self._goals.ratings:
            self._goals = replace(self._goals, ratings=goals.ratings)
            self._show_ratings()

    def _show_ratings(self) -> None:
        if self._ratings is None or self.body is None:
            return
        self._parting_lines = let_go(self._ratings)
        own = [each for each in self._goals.ratings if each.goal_id == self.goal_id]
        if own:
            self._ratings.addWidget(label(_("Said so far"), self, kind="label", tone="text_soft", name="goal_ratings"))
        for rating in reversed(own):
            self._ratings.addWidget(self._rating_line(rating))

    def _rating_line(self, rating: GoalRating) -> QWidget:
        words = _("{value} on {day}").format(value=rating.value, day=day_words(rating.on, date.today()))
        if self.goal is not None and rating.on < self.goal.set_on:
            words = _("{rating}, before it was set").format(rating=words)
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(words, line, kind="label", tone="text_soft", name=f"rating_{rating.id}"), 1)
        spoken = _("Take back: {rating}").format(rating=words)
        back = icon_button("rotate-ccw", line, name=f"rating_take_back_{rating.id}", spoken=spoken)
        back.setProperty("rating", rating)
        back.clicked.connect(self._on_take_back)
        row.addWidget(back)
        return line

    def _on_take_back(self) -> None:
        self.rating_taken_back.emit(self.sender().property("rating"))

    # -- keeping ---------------------------------------------------------------------------------------------------

    def with_more(self, goal: Goal) -> Goal | None:
        """Return the goal with all that stands in the fields, None where the day can't be."""
        if self._person is not None and not goal.is_closeness:
            goal = replace(goal, person_id=self._person.currentData())
        said = {"baseline": self._baseline.value(), "target": self._target.value(), "evidence": self._evidence.text().strip()}
        goal = replace(goal, **said)  # type: ignore[arg-type]
        if self._is_fresh:
            return goal
        status = GoalStatus(str(self._status.choice() or GoalStatus.OPEN))
        if status is GoalStatus.OPEN:
            return replace(goal, status=status, closed_on=None)
        day = asked_day(self._closed, self.error, _("Say since when."))
        if day is None:
            return None
        if day < goal.set_on:
            self.error.show_error(_("On this day the goal had not been set yet."), self._closed)
            return None
        return replace(goal, status=status, closed_on=day)

    def drop_body(self) -> None:
        """Empty the fields, and let go of the record."""
        if self.body is not None:
            self._evidence.clear()
            if self._person is not None:
                self._person.clear()
        self._ratings = None
        super().drop_body()

    def forget(self) -> None:
        """Close, and let go of every word."""
        super().forget()
        self._goals, self._people = GoalReading(), ()
