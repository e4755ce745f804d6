"""The margin of a note: what was said and agreed last time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.dates import short_date
from ipt_desktop.domain.form import Means, RiskAsked, is_blank
from ipt_desktop.domain.records import Session
from ipt_desktop.domain.text import _
from ui.sessions.session_words import Note, day_of, first_words
from ui.widgets.card import Card, hairline
from ui.widgets.labels import Picture, label

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
    asked_on: date | None = None
    for day, note in notes:
        answer = note.form.answer(note.document.answers, Means.RISK)
        risk = answer if isinstance(answer, dict) else {}
        if risk.get("asked", "") in ("", RiskAsked.NOT_ASKED):
            continue
        asked_on = asked_on or day
        words = str(risk.get("words", "")).split(". ")[0].strip().rstrip(".")
        if words[1:2].islower():  # in mid-sentence; an abbreviation stays as it is
            words = words[:1].lower() + words[1:]
        if found := _("none") if risk["asked"] == RiskAsked.NONE else words:
            return _("{found}, {day}").format(found=found, day=short_date(asked_on))
    return ""


class LastTime(QScrollArea):
    """The card *Last time*; it is empty before there is a last time."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("last_time")
        self.setAccessibleName(_("Last time"))
        self.setWidgetResizable(True)
        page = QWidget(self)
        page.setProperty("role", "clear")
        column = QVBoxLayout(page)
        column.setContentsMargins(14, 14, 14, 14)
        self._card = Card(page, name="last_time_card", title=_("Last time"))
        self._card.body.setContentsMargins(14, 12, 14, 14)
        self._card.head.insertWidget(0, Picture("history", self._card))
        self._day = label("", self._card, kind="label", tone="text_soft", name="last_time_day")
        self._card.head.addWidget(self._day)
        self._words = self._line("words")
        self._rule = hairline(self._card)
        self._card.body.addWidget(self._rule)
        self._task_caption = self._line("task_caption", caption=_("Task agreed"))
        self._task = self._line("task")
        self._plan_caption = self._line("plan_caption", caption=_("Plan"))
        self._plan = self._line("plan")
        column.addWidget(self._card)
        column.addStretch(1)
        self.setWidget(page)

    def _line(self, key: str, caption: str = "") -> QLabel:
        kind, tone = ("caption", "text_soft") if caption else ("label", "text")
        made = label(caption, self._card, kind=kind, tone=tone, name=f"last_time_{key}", wraps=True)
        self._card.body.addWidget(made)
        return made

    def show_note(self, session: Session | None, note: Note | None, today: date) -> None:
        """Show what the note before this one said and agreed."""
        self._day.setText(day_of(session.date, today) if session and note else "")
        if session is None or note is None:
            self._say(_("Nothing has been written before this session."), "", "")
            return
        mood = note.form.answer(note.document.answers, Means.MOOD)
        words = [] if mood is None else [_("Mood {value}.").format(value=mood)]
        begins = first_words(note.form, note.document.answers)
        self._say(" ".join([*words, begins]), said(note, Means.BETWEEN_SESSION_TASK), said(note, Means.PLAN))

    def _say(self, words: str, task: str, plan: str) -> None:
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self._task.setText(task)
        self._plan.setText(plan)
        self._rule.setVisible(bool(task or plan))
        for part, told in ((self._task_caption, task), (self._task, task), (self._plan_caption, plan), (self._plan, plan)):
            part.setVisible(bool(told))

    def forget(self) -> None:
        """Let go of every word."""
        self._day.setText("")
        self._say("", "", "")
