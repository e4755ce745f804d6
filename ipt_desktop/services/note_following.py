"""Brings the records a note tells of into line with it, within the save of the note."""

from collections.abc import Mapping
from typing import Any

from ipt_desktop.domain.course import in_order
from ipt_desktop.domain.form import Form
from ipt_desktop.domain.note_records import (
    Occasion,
    risk_told,
    step_reviewed,
    step_to_review,
    step_told,
    tells_otherwise,
    unreviewed,
)
from ipt_desktop.domain.records import Document, Session
from ipt_desktop.domain.session_records import RiskEntry, Step
from ipt_desktop.services.measure_safety import answer_flags
from ipt_desktop.services.signatures import require_unsigned
from ipt_desktop.storage.store import Writing


def follow_note(writing: Writing, form: Form, document: Document, before: Mapping[str, Any]) -> None:
    """Bring the records into line with a session's note as it is being stored; `before` are the answers stored until now."""
    if document.session_id is None or not tells_otherwise(form, before, document.answers):
        return
    session = writing.get(Session, document.session_id)
    if session is None:
        return
    occasion = Occasion(document.client_id, session.course_id, session.id, session.date)
    _keep_risk(writing, form, document.answers, occasion)
    _keep_step(writing, form, document.answers, occasion)
    _keep_review(writing, form, document.answers, occasion, session)


def unfollow_note(writing: Writing, document: Document) -> None:
    """Take the records of a note away with it: the note leaves this session. Raises NoteSigned where it is signed."""
    require_unsigned(writing, document.id)
    if document.session_id is None:
        return
    occasion = Occasion(document.client_id, document.course_id or "", document.session_id, document.saved_at.date())
    writing.delete(RiskEntry, occasion.risk_id)
    writing.delete(Step, occasion.step_id)
    for step in writing.all(Step, reviewed_in_id=document.session_id):
        writing.update(unreviewed(step))


def _keep_risk(writing: Writing, form: Form, answers: Mapping[str, Any], occasion: Occasion) -> None:
    known = writing.get(RiskEntry, occasion.risk_id)
    told = risk_told(form, answers, occasion, known)
    if told is None:
        if known is not None:
            writing.delete(RiskEntry, known.id)
    elif told != known:
        writing.upsert(told)
        answer_flags(writing, told, known)


def _keep_step(writing: Writing, form: Form, answers: Mapping[str, Any], occasion: Occasion) -> None:
    known = writing.get(Step, occasion.step_id)
    told = step_told(form, answers, occasion, known)
    if told is None:
        if known is not None and known.done is None:
            writing.delete(Step, known.id)
    elif told != known:
        writing.upsert(told)


def _keep_review(writing: Writing, form: Form, answers: Mapping[str, Any], occasion: Occasion, session: Session) -> None:
    """Review the step that was agreed last before this session, or the one this session's note reviewed already."""
    steps = writing.all(Step, course_id=occasion.course_id)
    sessions = in_order(writing.all(Session, course_id=session.course_id))
    step = step_to_review(steps, sessions, session)
    if step is not None and (told := step_reviewed(form, answers, occasion, step)) != step:
        writing.update(told)
