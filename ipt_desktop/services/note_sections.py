"""One note on paper, whatever form it took: its session's facts, what was written, who signed it, and its addenda.

What is not part of the record (jottings) or is confidential (violence, coercion) is on no paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.answer_words import words_of
from ipt_desktop.domain.course import COUNTED_KINDS, WITHOUT_CLIENT, left_after, of_planned
from ipt_desktop.domain.dates import day_words, long_date
from ipt_desktop.domain.event_words import event_detail
from ipt_desktop.domain.form import FieldKind, Means, is_blank
from ipt_desktop.domain.form_blocks import form_sections, names_on, scale_words
from ipt_desktop.domain.illness_words import medication_words, was_taken
from ipt_desktop.domain.records import Attendance
from ipt_desktop.domain.report import Facts, Items, Panel, Prose, Section, Signature
from ipt_desktop.domain.rich_text import RichText, plain
from ipt_desktop.domain.risk_paper import risk_prose
from ipt_desktop.domain.session_records import StepDone
from ipt_desktop.domain.session_words import (
    attendance_words,
    kind_words,
    minutes_between,
    mode_words,
    times_words,
    title_of,
)
from ipt_desktop.domain.signing import as_sentence, mark_words, signed_at_words
from ipt_desktop.domain.step_words import DONE_WORDS, due_words, with_words
from ipt_desktop.domain.text import _
from ipt_desktop.services.report_page import joined
from ipt_desktop.services.told_notes import risk_of

if TYPE_CHECKING:
    from ipt_desktop.domain.form import Field, Form
    from ipt_desktop.domain.form_blocks import OnPaper
    from ipt_desktop.domain.report import Block
    from ipt_desktop.domain.session_records import Signature as NoteSignature
    from ipt_desktop.domain.third_parties import ThirdParties
    from ipt_desktop.services.course_file import CourseFile
    from ipt_desktop.services.signing import Addendum
    from ipt_desktop.services.told_notes import ToldNote


def note_title(note: ToldNote) -> str:
    """Return "Session 7 of 16", or what kind of occasion it was."""
    return title_of(note.session, None if note.number is None else of_planned(note.number, note.planned))


def note_caption(note: ToldNote) -> str:
    """Return what stands under the title beside the client's name: the phase, the form, and that it is a draft."""
    return joined(note.phase, _(note.form.title), "" if note.signature else _("draft"))


def note_line(note: ToldNote) -> str:
    """Return how a list tells a note: "Session 7 of 16, 23 April 2026"; one that is not signed says so."""
    words = _("{title}, {day}").format(title=note_title(note), day=long_date(note.session.date))
    return words if note.signature else _("{note}, draft").format(note=words)


def note_sections(note: ToldNote, file: CourseFile, others: ThirdParties, paper: OnPaper) -> Iterator[Section]:
    """Yield the sections of one note. Keys are unique in a report of many notes."""
    page = _NotePage(note, file, others, replace(paper, areas={**paper.areas, **note.areas}, goals=_goals(note, paper, others)))
    for each in page.sections():
        yield replace(each, key=f"{note.session.id}_{each.key}", part="notes")


def _goals(note: ToldNote, paper: OnPaper, others: ThirdParties) -> Mapping[str, str]:
    return {**paper.goals, **{key: others.hide(words) for key, words in note.goals.items()}}


@dataclass(frozen=True)
class _NotePage:
    note: ToldNote
    file: CourseFile
    others: ThirdParties
    paper: OnPaper

    def sections(self) -> Iterator[Section]:
        note, form = self.note, self._form
        yield Section("facts", "", (self._facts(),), is_full_width=True, is_editable=False)
        if note.signature is None:
            yield Section("draft", "", (_draft(note),), is_full_width=True, is_editable=False)
        mood = form.field_that_means(Means.MOOD)
        yield from form_sections(form, note.answers, self.paper, but=[mood.key] if mood else [], told=self._told)
        if sheets := tuple(self._sheets()):
            yield Section("worksheets", _("Worksheets"), (Items(sheets),))
        if note.signature is not None:
            yield Section("signature", "", (_signed(note.signature, self.others),), is_full_width=True, is_editable=False)
        for number, addendum in enumerate(note.addenda, 1):
            if not is_blank(addendum.document.answers):
                yield Section(f"addendum_{number}", "", (self._addendum(addendum),), is_full_width=True)

    @cached_property
    def _form(self) -> Form:
        """The form without heads that only say when something is asked: each field stands under its own label."""
        form = self.note.form
        if not any(each.is_in_room for each in form.sections):
            return form
        return replace(form, sections=tuple(each if each.is_in_room else replace(each, title="") for each in form.sections))

    # -- the facts -----------------------------------------------------------------------------------------------------

    def _facts(self) -> Facts:
        session, note = self.note.session, self.note
        minutes = minutes_between(session.starts_at, session.ends_at)
        times = times_words(session)
        left = (
            (_("Date"), day_words(session.date, has_weekday=True, has_year=True)),
            (_("Time"), _("{times} ({count} minutes)").format(times=times, count=minutes) if minutes else times),
            (_("Kind"), "" if session.kind in COUNTED_KINDS else kind_words()[session.kind]),
            (_("Held"), mode_words()[session.mode]),
            (_("Attendance"), self._attendance()),
            (_("Present"), self._present()),
            (_("Sessions"), self._count()),
        )
        scores = ((self.others.hide(name), words) for name, words in note.scores)
        right = (*scores, self._mood(), (_("Medication"), self._medication()))
        return Facts(left, right)

    def _attendance(self) -> str:
        session = self.note.session
        if session.kind in WITHOUT_CLIENT:
            return ""
        if session.attendance is None:
            return _("Not answered")
        if session.attendance is Attendance.CANCELLED_BY_THERAPIST:
            return _("Cancelled by the therapist")
        return attendance_words()[session.attendance]

    def _present(self) -> str:
        """Return who was there; nobody says so of a session that was not held."""
        session = self.note.session
        others = [self.paper.people.get(each, "") for each in session.attendee_ids]
        others.append(self.paper.say(session.attendees) if session.attendees else "")
        is_held = session.kind not in WITHOUT_CLIENT and session.attendance in (Attendance.ATTENDED, Attendance.LATE)
        return "; ".join(filter(None, (_("Client, therapist") if is_held else "", *others)))

    def _count(self) -> str:
        number, planned = self.note.number, self.note.planned
        if number is None:
            return ""
        after = left_after(number, planned)
        words = of_planned(number, planned)
        return words if after is None else _("{session}; {count} after").format(session=words, count=after)

    def _mood(self) -> tuple[str, str]:
        asked = self.note.form.field_that_means(Means.MOOD)
        value = self.note.form.answer(self.note.answers, Means.MOOD)
        if asked is None or not isinstance(value, int) or asked.is_confidential or asked.is_off_record:
            return "", ""
        return _(asked.label), scale_words(value, asked.lowest, asked.highest, _(asked.low), _(asked.high))

    def _medication(self) -> str:
        day = self.note.session.date
        taken = [each for each in self.file.medications if was_taken(each, day, day)]
        return "; ".join(self.others.hide(medication_words(each)) for each in taken)

    # -- what its records tell -----------------------------------------------------------------------------------------

    @cached_property
    def _told(self) -> Mapping[str, tuple[Block, ...]]:
        """What stands instead of answers whose words are not all: by the key of the field."""
        told: dict[str, tuple[Block, ...]] = {}
        for asked in self.note.form.fields:
            match asked.kind:
                case FieldKind.RISK if asked.means == Means.RISK:
                    told[asked.key] = self._prose(self._risk())
                case FieldKind.STEP:
                    told[asked.key] = self._prose(self._last_step(asked))
                case FieldKind.EVENTS:
                    told[asked.key] = tuple(self._events())
                case FieldKind.LINE if asked.means == Means.BETWEEN_SESSION_TASK:
                    told[asked.key] = self._prose(self._task(asked))
                case FieldKind.TICK if asked.means == Means.SESSIONS_LEFT:
                    told[asked.key] = self._prose(self._left(asked))
                case FieldKind.CHOICES if isinstance(said := self.note.answers.get(asked.key), list) and said:
                    told[asked.key] = (Prose(plain(self._choices(asked, said))),)
                case _:
                    pass
        return told

    def _choices(self, asked: Field, said: Sequence[str]) -> str:
        """Return what was chosen on a line: "Communication analysis, encouraging affect"."""
        first, *others = (words_of(asked, [each], names_on(self.paper)) for each in said)
        return ", ".join((first, *(each[:1].lower() + each[1:] for each in others)))

    def _prose(self, words: RichText) -> tuple[Block, ...]:
        return (Prose(self.paper.told(words)),) if words else ()

    def _risk(self) -> RichText:
        entry = risk_of(self.note)
        return risk_prose(entry, self.note.found) if entry is not None else ()

    def _last_step(self, asked: Field) -> RichText:
        """Say which task was asked about, whether it was done, and what became of it."""
        said = self.note.answers.get(asked.key)
        if not isinstance(said, Mapping) or is_blank(said):
            return ()
        task, done = self.note.reviewed.strip().rstrip("."), said.get("done") or ""
        outcome = _(DONE_WORDS[StepDone(done)]) if done else ""
        first = _("{task}: {done}.").format(task=task, done=outcome) if task and outcome else task or outcome
        first = f"{first[:1].upper()}{first[1:]}".rstrip(".") + "." if first else ""
        return plain("\n".join(filter(None, (first, str(said.get("words") or "").strip()))))

    def _task(self, asked: Field) -> RichText:
        words = str(self.note.answers.get(asked.key) or "").strip()
        step = self.note.agreed
        if step is None or not words:
            return plain(words)
        more = (with_words(self.paper.people.get(step.person_id or "", "")), due_words(step, self.note.session.date))
        beside = "; ".join(filter(None, more))
        return plain(_("{task} ({more})").format(task=words, more=beside) if beside else words)

    def _left(self, asked: Field) -> RichText:
        if not self.note.answers.get(asked.key):
            return ()
        after = left_after(self.note.number, self.note.planned)
        if after is None:
            return plain(_("Said to the client."))
        return plain(_("{count} after this one, said to the client.").format(count=after))

    def _events(self) -> Iterator[Block]:
        day = self.note.session.date
        told = [
            _("{event}: {detail}").format(event=self.paper.say(each.title), detail=detail) if detail else each.title
            for each in self.note.events
            for detail in [self.paper.say(event_detail(each, self.paper.people, day))]
        ]
        if told:
            yield Items(tuple(told))

    def _sheets(self) -> Iterator[str]:
        for title, person_id in self.note.worksheets:
            whom = with_words(self.paper.people.get(person_id, ""))
            yield f"{title}, {whom}" if whom else title

    def _addendum(self, addendum: Addendum) -> Panel:
        """Return what was added after the signature, with its own time, signer and mark."""
        at = addendum.amendment.created_at.astimezone()
        title = _("Addendum of {day}, {time}").format(day=long_date(at.date()), time=f"{at:%H:%M}")
        words = self.paper.told(rich_text.from_json(next(iter(addendum.document.answers.values()), [])))
        if addendum.signature is None:
            return Panel(words, title, _("Draft: this addendum is not signed."))
        return Panel(words, title, as_sentence([addendum.signature.signer, *_signed_words(addendum.signature)]))


def _draft(note: ToldNote) -> Panel:
    at = note.document.saved_at.astimezone()
    words = _("As it stood on {day}, {time}. It is not signed, and may still be changed.")
    return Panel(words.format(day=long_date(at.date()), time=f"{at:%H:%M}"), _("Draft"))


def _signed(signature: NoteSignature, others: ThirdParties) -> Signature:
    """Return who signed and when, with the content mark; why it was signed although something was missing."""
    words = as_sentence(_signed_words(signature))
    lines = [signature.licence, words[:1].upper() + words[1:]]
    if missing := as_sentence(str(each) for each in signature.snapshot.get("missing") or ()):
        lines.append(_("Signed without: {missing}. {reason}").format(missing=missing, reason=others.hide(signature.reason)))
    signed_on = signature.at.astimezone().date()
    return Signature(signature.signer, tuple(filter(None, lines)), long_date(signed_on), _("Date"))


def _signed_words(signature: NoteSignature) -> Sequence[str]:
    late = [_("late entry")] if signature.is_late_entry else []
    when = _("signed on screen {when}").format(when=signed_at_words(signature))
    return [when, *late, _("content mark {mark}").format(mark=mark_words(signature.mark).replace(" ", "\u00a0"))]
