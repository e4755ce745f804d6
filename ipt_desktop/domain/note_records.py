"""What a note tells that is counted, dated or reminded: the records its save brings into line with it.

A note is the one place where risk and steps are written down in a session; their records follow. What else a record holds
(the kind of risk, who was told, when a step is due) is the therapist's own and stays as it is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ipt_desktop.domain.form import FieldKind, Form, Means, is_blank
from ipt_desktop.domain.records import Session
from ipt_desktop.domain.session_records import RiskAsked, RiskEntry, Step, StepDone, risk_id_of, step_id_of

_OF_THE_THERAPIST = ("ideation", "plan", "intent", "protective", "means", "restricted_by", "told", "told_on")
TELLING = (Means.RISK, Means.BETWEEN_SESSION_TASK, Means.LAST_STEP)
"""The meanings whose answers have records."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """The session a note is of, as far as its records name it."""

    client_id: str
    course_id: str
    session_id: str
    on: date

    @property
    def risk_id(self) -> str:
        """The id of the risk entry this session's note makes."""
        return risk_id_of(self.session_id)

    @property
    def step_id(self) -> str:
        """The id of the step this session's note agrees."""
        return step_id_of(self.session_id)


def tells_otherwise(form: Form, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether the answers that have records differ: only then a save looks at them."""
    keys = [found.key for means in TELLING if (found := form.field_that_means(means))]
    return any(before.get(key) != after.get(key) for key in keys)


def risk_told(form: Form, answers: Mapping[str, Any], occasion: Occasion, known: RiskEntry | None) -> RiskEntry | None:
    """Return the risk entry of a session as its note has it; None where risk was not asked about.

    An entry with more than the note told of is kept even then, as one that was not asked: its details are in no version of it.
    """
    risk = _answer(form, answers, Means.RISK, FieldKind.RISK)
    asked = risk.get("asked", "") if isinstance(risk, Mapping) else ""
    if asked in ("", RiskAsked.NOT_ASKED) or not isinstance(risk, Mapping):
        has_more = known is not None and any(getattr(known, name) for name in _OF_THE_THERAPIST)
        return replace(known, asked=RiskAsked.NOT_ASKED, words="", action="") if known is not None and has_more else None
    told = {"asked": RiskAsked(asked), "words": risk.get("words", "").strip(), "action": risk.get("action", "").strip()}
    if known is None:
        return RiskEntry(
            id=occasion.risk_id,
            client_id=occasion.client_id,
            course_id=occasion.course_id,
            session_id=occasion.session_id,
            on=occasion.on,
            **told,
        )
    is_as_it_was = all(getattr(known, name) == value for name, value in told.items())
    return known if is_as_it_was else replace(known, **told, reviewed_on=None)


def step_told(form: Form, answers: Mapping[str, Any], occasion: Occasion, known: Step | None) -> Step | None:
    """Return the step a session's note agrees; None where it agrees none. One that was reviewed keeps its review."""
    said = _answer(form, answers, Means.BETWEEN_SESSION_TASK, FieldKind.LINE)
    words = said.strip() if isinstance(said, str) else ""
    if not words:
        return None
    if known is not None:
        return replace(known, words=words)
    return Step(
        id=occasion.step_id, course_id=occasion.course_id, session_id=occasion.session_id, words=words, agreed_on=occasion.on
    )


def step_reviewed(form: Form, answers: Mapping[str, Any], occasion: Occasion, step: Step) -> Step:
    """Return the step of last time as this session's note reviews it.

    Without an answer one that this note had reviewed is open again; one that was reviewed outside of any note stays so.
    """
    review = _answer(form, answers, Means.LAST_STEP, FieldKind.STEP)
    if not isinstance(review, Mapping) or is_blank(review):
        return unreviewed(step) if step.reviewed_in_id == occasion.session_id else step
    done = review.get("done") or None
    return replace(
        step,
        done=StepDone(done) if done else None,
        what_happened=review.get("words", ""),
        reviewed_on=occasion.on,
        reviewed_in_id=occasion.session_id,
    )


def step_to_review(steps: Iterable[Step], sessions: Sequence[Session], session: Session) -> Step | None:
    """Return the step a session reviews: the one it has reviewed, else the latest agreed before it that nobody reviewed.

    `sessions` are the course's, in order.
    """
    every = list(steps)
    reviewed = next((each for each in every if each.reviewed_in_id == session.id), None)
    places = {each.id: place for place, each in enumerate(sessions)}
    before = [
        each
        for each in every
        if each.reviewed_in_id is None and places.get(each.session_id or "", len(places)) < places[session.id]
    ]
    return reviewed or max(before, key=lambda each: (places[each.session_id or ""], each.created_at), default=None)


def records_told(notes: Iterable[tuple[Form, Mapping[str, Any], Occasion]]) -> Iterator[RiskEntry | Step]:
    """Yield the records of a course's notes, given in the order of their sessions: what saving them one by one would leave."""
    agreed: Step | None = None
    for form, answers, occasion in notes:
        if agreed is not None:
            reviewed = step_reviewed(form, answers, occasion, agreed)
            is_answered = reviewed.reviewed_in_id is not None
            if is_answered:
                yield reviewed
                agreed = None
        if (risk := risk_told(form, answers, occasion, None)) is not None:
            yield risk
        if (step := step_told(form, answers, occasion, None)) is not None:
            if agreed is not None:
                yield agreed
            agreed = step
    if agreed is not None:
        yield agreed


def unreviewed(step: Step) -> Step:
    """Return a step as if nobody had asked how it went."""
    return replace(step, done=None, what_happened="", reviewed_on=None, reviewed_in_id=None)


def _answer(form: Form, answers: Mapping[str, Any], means: Means, kind: FieldKind) -> Any:
    found = form.field_that_means(means)
    return answers.get(found.key) if found is not None and found.kind == kind else None
