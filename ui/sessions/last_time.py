"""The margin of a note: what was said and agreed last time, what happened since, what is open and what is near."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.dates import short_date
from ipt_desktop.domain.form import Form, Means, is_blank
from ipt_desktop.domain.risk import last_found
from ipt_desktop.domain.text import _
from ui.sessions.last_time_words import LastTimeTold, mood_words, reviewed_words
from ui.sessions.session_words import Note, day_of, first_words
from ui.widgets.buttons import link
from ui.widgets.card import Card, hairline
from ui.widgets.labels import Picture, label

MOST_LETTERS = 100  # of what was written last time
AGREED = (Means.BETWEEN_SESSION_TASK, Means.PLAN)


def said(note: Note, means: Means) -> str:
    """Return what a note says to a meaning, as one line of plain text, or ""."""
    answer = note.form.answer(note.document.answers, means)
    if answer is None or is_blank(answer):
        return ""
    return " ".join(rich_text.as_plain(rich_text.from_json(answer)).split())


def step_agreed(note: Note) -> str:
    """Return the between-session task agreed in a note, else its plan, or ""."""
    return next((words for means in AGREED if (words := said(note, means))), "")


def risk_found(notes: Iterable[tuple[date, Note]]) -> str:
    """Return what asking about risk found last and on which day: "passive ideation, 17 Nov"; "" where it was never asked.

    `notes` are the earlier ones with their days, the latest first. One that says *unchanged* and no more stands for the words
    before it.
    """
    said_of_risk = ((day, note.form.answer(note.document.answers, Means.RISK)) for day, note in notes)
    asked = ((day, risk.get("asked", ""), risk.get("words", "")) for day, risk in said_of_risk if isinstance(risk, dict))
    found = last_found(asked)
    return _("{found}, {day}").format(found=found.told, day=short_date(found.on)) if found else ""


class LastTime(QScrollArea):
    """The margin: the card *Last time*, and room below it for other cards.

    `phases_asked`: all the tasks of the phase; `enter_asked`, `turn_asked`: the measures due, keyed in or by the client.
    """

    phases_asked = Signal()
    enter_asked = Signal()
    turn_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("last_time")
        self.setAccessibleName(_("Last time"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget(self)
        page.setProperty("role", "clear")
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(14, 14, 14, 14)
        self._column.setSpacing(12)
        self._card = Card(page, name="last_time_card", title=_("Last time"))
        self._card.body.setContentsMargins(14, 12, 14, 14)
        self._card.body.setSpacing(4)
        self._card.head.insertWidget(0, Picture("history", self._card))
        self._day = label("", self._card, kind="label", tone="text_soft", name="last_time_day")
        self._card.head.addWidget(self._day)
        self._told = LastTimeTold()
        self._parts: dict[str, tuple[QWidget | None, QLabel]] = {}
        self._build()
        self._column.addWidget(self._card)
        self._column.addStretch(1)
        self.setWidget(page)

    def _build(self) -> None:
        self._line("words")
        self._rule = hairline(self._card)
        self._card.body.addWidget(self._rule)
        self._line("task", _("Task agreed"))
        self._line("reviewed", tone="text_soft")
        self._line("steps", _("Also to be asked about"))
        self._line("plan", _("Plan"))
        self._line("since", _("Since"))
        self._line("risk", _("Risk"))
        self._line("near", _("Coming up"))
        self._line("tasks", _("Open in this phase"))
        self._more = link("", self._card, name="last_time_more", spoken=_("More open tasks, on the Phases tab"), is_flush=True)
        self._more.clicked.connect(self.phases_asked)
        self._card.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._line("measures", _("Measures due"))
        self._measures = QWidget(self._card)
        row = QHBoxLayout(self._measures)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        ways = (
            ("enter", _("Enter…"), _("Enter the measures due"), self.enter_asked),
            ("turn", _("Turn to the client…"), _("Turn the measures due to the client"), self.turn_asked),
        )
        for key, words, spoken, asked in ways:
            way = link(words, self._measures, name=f"last_time_{key}", spoken=spoken, is_flush=True)
            way.clicked.connect(asked)
            row.addWidget(way)
        row.addStretch(1)
        self._card.body.addWidget(self._measures)
        self._left_rule = hairline(self._card)
        self._card.body.addWidget(self._left_rule)
        self._line("left")

    def _line(self, key: str, caption: str = "", *, tone: str = "text") -> None:
        above: QLabel | None = None
        if caption:
            above = label(caption, self._card, kind="caption", tone="text_soft", name=f"last_time_{key}_caption", wraps=True)
            above.setContentsMargins(0, 6, 0, 0)
            self._card.body.addWidget(above)
        made = label("", self._card, kind="label", tone=tone, name=f"last_time_{key}", wraps=True)
        self._card.body.addWidget(made)
        self._parts[key] = (above, made)

    def add_below(self, card: QWidget) -> None:
        """Put another card below this one."""
        self._column.insertWidget(self._column.count() - 1, card)

    def tell(self, told: LastTimeTold, today: date) -> None:
        """Show what there is from before a session, and nothing else."""
        self._told = told
        before, note = told.before, told.note
        self._day.setText(day_of(before.date, today) if before and note else "")
        step = told.step or (said(note, Means.BETWEEN_SESSION_TASK) if note else "")
        plan = said(note, Means.PLAN) if note else ""
        self._say("words", _note_words(note) if note else _("Nothing has been written before this session."))
        self._say("task", step)
        self._say("reviewed", told.reviewed)
        self._say("steps", "\n".join(f"– {each}" for each in told.other_steps))
        self._say("plan", "\n".join(each for each in (plan, *told.beside) if each))
        self._say("since", "\n".join(told.since))
        self._say("risk", "\n".join(told.risks))
        self._say("near", "\n".join(told.near))
        self._say("tasks", "\n".join(f"– {each}" for each in told.tasks))
        self._say("measures", told.measures)
        self._measures.setVisible(bool(told.measures))
        self._say("left", told.left)
        self._more.setText(_("and {count} more").format(count=told.more_tasks))
        self._more.setAccessibleName(_("and {count} more, on the Phases tab").format(count=told.more_tasks))
        self._more.setVisible(told.more_tasks > 0)
        self._rule.setVisible(
            bool(
                step
                or plan
                or told.beside
                or told.other_steps
                or told.since
                or told.risks
                or told.near
                or told.tasks
                or told.measures
            )
        )
        self._left_rule.setVisible(bool(told.left))

    def tell_now(self, form: Form, answers: Mapping[str, Any]) -> None:
        """Show what this session's own note says to it: whether the task was done, and the mood now."""
        said_here = reviewed_words(form, answers) if self._parts["task"][1].text() else ""
        self._say("reviewed", said_here or self._told.reviewed)
        note = self._told.note
        then = note.form.answer(note.document.answers, Means.MOOD) if note else None
        mood = mood_words(then, form.answer(answers, Means.MOOD))
        self._say("since", "\n".join(each for each in (mood, *self._told.since) if each))
        self._rule.setVisible(self._rule.isVisibleTo(self._card) or bool(mood))

    def _say(self, key: str, words: str) -> None:
        caption, line = self._parts[key]
        line.setText(words)
        line.setVisible(bool(words))
        if caption is not None:
            caption.setVisible(bool(words))

    def forget(self) -> None:
        """Let go of every word."""
        self._told = LastTimeTold()
        self._day.setText("")
        for key in self._parts:
            self._say(key, "")
        self._more.hide()
        self._rule.hide()
        self._left_rule.hide()


def _note_words(note: Note) -> str:
    """Return the mood said in a note, and how it begins."""
    mood = note.form.answer(note.document.answers, Means.MOOD)
    words = [] if mood is None else [_("Mood {value}.").format(value=mood)]
    return " ".join([*words, first_words(note.form, note.document.answers, MOST_LETTERS)])
