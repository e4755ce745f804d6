"""The summary of treatment: a report for a clinician who asks for more than a letter, assembled from what is stored.

Its contents are those the general lists and the IPT manuals agree on: identification, presenting problem, diagnosis, focus and
formulation, course by phase, the circle at the start and at the end, gains, what did not change, warning signs, plan. A text
the therapist has written stands instead of the assembled one; what says nothing is left out.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.course import COUNTED_KINDS, is_counted, numbers, sessions_by_phase
from ipt_desktop.domain.dates import day_and_month, long_date, numbers_in_words, short_span, span
from ipt_desktop.domain.form import Means, Purpose
from ipt_desktop.domain.paper_people import people_on_paper
from ipt_desktop.domain.records import Attendance, Client, EndingKind, Session, SessionMode
from ipt_desktop.domain.registration import registration_words
from ipt_desktop.domain.report import (
    Block,
    Cell,
    Column,
    Facts,
    MinorHead,
    Pictures,
    Prose,
    Report,
    Section,
    Signature,
    Table,
    as_text,
)
from ipt_desktop.domain.rich_text import RichText
from ipt_desktop.domain.text import _, marked, ngettext
from ipt_desktop.domain.third_parties import ThirdParties
from ipt_desktop.domain.trigger_dates import trigger_dates
from ipt_desktop.services.course_file import CourseFile, read_about
from ipt_desktop.services.report_kind import About, Part, ReportKind, Whom
from ipt_desktop.services.report_page import clinical_page, footer, rights_apart
from ipt_desktop.services.summary_circle import PaperInk, circle_blocks
from ipt_desktop.services.summary_goals import goal_blocks
from ipt_desktop.services.summary_illness import diagnosis_blocks, medication_blocks
from ipt_desktop.services.summary_scores import score_blocks
from ipt_desktop.services.summary_texts import (
    assembled_texts,
    held_sessions,
    phase_means,
    phases_of,
    texts_of_other_phases,
)

KIND = "termination-summary"
Texts = Mapping[Means, RichText]


_CLINICAL = frozenset({Whom.OTHER})
_RELATIONSHIPS = frozenset({Whom.CLINICIAN, Whom.OTHER})
PARTS = (
    Part("in_brief", marked("In brief"), marked("In brief")),
    Part("presenting", marked("Why the client came"), marked("Why the client came"), kept_from=_CLINICAL),
    Part("diagnosis", marked("Diagnosis"), marked("Diagnosis with codes"), kept_from=_CLINICAL),
    Part("medication", marked("Medication"), marked("Medication"), kept_from=_CLINICAL),
    Part("formulation", marked("Focus and formulation"), marked("Focus and formulation"), kept_from=_CLINICAL),
    Part("course", marked("Course of treatment"), marked("Course of treatment"), kept_from=_CLINICAL),
    Part(
        "circle",
        marked("The circle at the start and at the end"),
        marked("Circle and change list"),
        kept_from=_RELATIONSHIPS,
    ),
    Part("scores", marked("Scores"), marked("Scores beside medication"), kept_from=_CLINICAL),
    Part("chart", marked("Scores, session by session"), marked("Chart of the scores"), kept_from=_CLINICAL),
    Part("goals", marked("Goals"), marked("Goals"), kept_from=_CLINICAL),
    Part("functioning", marked("Functioning"), marked("Functioning"), kept_from=_CLINICAL),
    Part("gains", marked("Gains"), marked("Gains"), kept_from=_CLINICAL),
    Part("skills", marked("Skills in use"), marked("Skills in use"), kept_from=_CLINICAL),
    Part("risk", marked("Risk"), marked("Risk line"), kept_from=_CLINICAL),
    Part("remaining", marked("What did not change"), marked("What did not change"), kept_from=_CLINICAL),
    Part("warning_signs", marked("Warning signs"), marked("Warning signs and triggers"), kept_from=_CLINICAL),
    Part("plan", marked("Plan"), marked("Plan")),
)

WIDE = frozenset({"circle", "scores", "chart"})
ENDINGS = {
    EndingKind.PLANNED: marked("Planned"),
    EndingKind.EARLY_BY_CLIENT: marked("Early, by the client"),
    EndingKind.EARLY_BY_THERAPIST: marked("Early, by the therapist"),
    EndingKind.TRANSFER: marked("Transfer"),
    EndingKind.LOST_CONTACT: marked("Contact lost"),
}
_MODES = {
    SessionMode.IN_PERSON: marked("in person"),
    SessionMode.VIDEO: marked("by video"),
    SessionMode.PHONE: marked("by telephone"),
}
_MISSED = {
    Attendance.CANCELLED_BY_CLIENT: marked("{date} (by client)"),
    Attendance.CANCELLED_BY_THERAPIST: marked("{date} (by therapist)"),
    Attendance.DID_NOT_COME: marked("{date} (did not come)"),
}


def default_texts(file: CourseFile) -> Texts:
    """Return what stands in each text as long as the therapist has not written another."""
    return assembled_texts(file, third_parties(file))


def termination_summary(
    file: CourseFile, ink: PaperInk, include: frozenset[str] | None = None, chart: Iterable[Block] = ()
) -> Report:
    """Return the summary with the parts whose keys are in `include`, all by default; empty ones are left out.

    `chart` is that of the scores.
    """
    others = third_parties(file)
    texts = {means: file.written.prose(means) or text for means, text in assembled_texts(file, others).items()}
    made: Mapping[str, Callable[[], Iterable[Block]]] = {
        "in_brief": lambda: _prose(texts[Means.IN_BRIEF]),
        "presenting": lambda: _prose(texts[Means.PRESENTING]),
        "diagnosis": lambda: diagnosis_blocks(file, others),
        "medication": lambda: medication_blocks(file, others),
        "formulation": lambda: _prose(texts[Means.NARRATIVE]),
        "course": lambda: _course(file, texts, others),
        "circle": lambda: _circle(file, others, texts, ink),
        "scores": lambda: score_blocks(file, others),
        "chart": lambda: chart,
        "goals": lambda: goal_blocks(file, others),
        "functioning": lambda: _functioning(file, texts),
        "gains": lambda: _prose(texts[Means.GAINS]),
        "skills": lambda: _prose(texts[Means.SKILLS]),
        "risk": lambda: _prose(texts[Means.RISK]),
        "remaining": lambda: _prose(texts[Means.REMAINING]),
        "warning_signs": lambda: _warning_signs(file, others, texts),
        "plan": lambda: _prose(texts[Means.PLAN]),
    }
    wanted = [each for each in PARTS if include is None or each.key in include]
    bodies = [(part, tuple(made[part.key]())) for part in wanted]
    sections = [each for part, blocks in bodies if blocks for each in rights_apart(_section(file, part, blocks))]
    has_diagnosis = include is None or "diagnosis" in include
    told = (_identification(file, others, has_diagnosis=has_diagnosis), *sections, signature(file))
    report = clinical_page(file, KIND, _("Summary of treatment"), _subtitle(file), told)
    return replace(report, footer=footer(file.today, is_initials_only=not names_in(report, others)))


def names_in(report: Report, others: ThirdParties) -> list[str]:
    """Return the names of other people that stand in a report, outside what names client and therapist."""
    told = tuple(each for each in report.sections if each.is_editable)
    return others.named_in(as_text(replace(report, sections=told, letterhead=None)))


def third_parties(file: CourseFile) -> ThirdParties:
    """Return the people of the client's life as they are called on the paper; the referrer, whom it may be for, keeps the name.

    Every kind of report asks here, of a file from `read_about`.
    """
    client = file.client
    return people_on_paper(
        file.people,
        file.naming,
        client_name=client.name,
        addressee=file.addressee or client.referred_by,
        pronouns=client.pronouns,
    )


def client_initials(client: Client) -> str:
    """Return the client's initials without stops: "ZŁ"."""
    words = client.initials or "".join(word[0] for word in client.name.split())
    return "".join(letter for letter in words if letter.isalnum())[:3].upper()


def _subtitle(file: CourseFile) -> str:
    course = file.course
    if course.ended_on:
        words = _("Interpersonal psychotherapy, {dates}.").format(dates=span(course.started_on, course.ended_on))
    elif course.started_on > file.today:
        words = _("Interpersonal psychotherapy, from {date}.").format(date=long_date(course.started_on))
    else:
        words = _("Interpersonal psychotherapy, since {date}.").format(date=long_date(course.started_on))
    again = _("Course {number} with this client.").format(number=course.number) if course.number > 1 else ""
    return " ".join(filter(None, (words, again)))


# -- the parts ---------------------------------------------------------------------------------------------------------


def _section(file: CourseFile, part: Part, blocks: tuple[Block, ...]) -> Section:
    figures = [each for each in blocks if isinstance(each, Pictures)] if part.key == "circle" else []
    title = _circle_title(file, figures[0]) if figures else _(part.title)
    return Section(part.key, title, blocks, is_full_width=part.key in WIDE)


def _circle_title(file: CourseFile, figures: Pictures) -> str:
    """Return the heading of what is drawn: one circle, or two, the later one at the end or only the latest so far."""
    if len(figures.drawings) == 1:
        return _("The circle")
    return _("The circle at the start and at the end") if file.course.ended_on else _("The circle at the start and now")


def _prose(text: RichText) -> Iterator[Block]:
    if not rich_text.is_blank(text):
        yield Prose(text)


def _identification(file: CourseFile, others: ThirdParties, *, has_diagnosis: bool) -> Section:
    client = file.client
    diagnosis = others.hide(rich_text.as_plain(file.formulation.prose(Means.DIAGNOSIS))) if has_diagnosis else ""
    referred = [client.referred_by, long_date(client.referred_on) if client.referred_on else ""]
    left = (
        (_("Client"), client.name),
        (_("Born"), long_date(client.born_on) if client.born_on else ""),
        (_("Reference"), client.reference),
        (_("Referred by"), ", ".join(filter(None, referred))),
    )
    right = (
        (_("Treatment"), treatment_words(file)),
        (_("Sessions"), sessions_words(file)),
        (_("Ending"), ending_words(file)),
        (_("Diagnosis"), diagnosis),
    )
    return Section("identification", "", (Facts(left, right),), is_full_width=True, is_editable=False)


def ending_words(file: CourseFile) -> str:
    """Return how and when a course ended: "Planned, 9 July 2026"; "" while it goes on."""
    course = file.course
    ending = [_(ENDINGS[course.ending])] if course.ending else file.ending.chosen(Means.ENDING_KIND)
    return ", ".join(filter(None, (*map(_, ending), long_date(course.ended_on) if course.ended_on else "")))


def treatment_words(file: CourseFile) -> str:
    """Return how often the sessions are, how long, and how they are held."""
    modes = {each.mode for each in held_sessions(file)}
    words = [_(word) for mode, word in _MODES.items() if mode in modes]
    minutes = _("{minutes} minutes").format(minutes=file.course.minutes)
    said = ", ".join(filter(None, (file.course.frequency, minutes, _(" and ").join(words))))
    return said[:1].upper() + said[1:]


def sessions_words(file: CourseFile) -> str:
    """Return how many were held, which were missed, and of how many nobody has said whether the client came."""
    sessions = held_sessions(file)
    planned = file.course.planned_sessions
    words = _("{held} held") if file.course.is_open else _("{held} of {planned} held")
    if 0 < planned < len(sessions):
        words = _("{held} held, {planned} agreed")
    said = [words.format(held=len(sessions), planned=planned)]
    missed = [
        _(_MISSED[each.attendance]).format(date=day_and_month(each.date))
        for each in file.sessions
        if each.kind in COUNTED_KINDS and each.attendance in _MISSED
    ]
    if missed:
        said.append(_("missed: {missed}").format(missed=", ".join(missed)))
    if unanswered := sum(each.attendance is None for each in sessions):
        words = ngettext("attendance of {count} not answered", "attendance of {count} not answered", unanswered)
        said.append(words.format(count=unanswered))
    return "; ".join(said)


def _course(file: CourseFile, texts: Texts, others: ThirdParties) -> Iterator[Block]:
    """Yield the phases with their sessions, their dates and what was done; a phase nothing is known of is left out."""
    own, further, count = phase_means(file), texts_of_other_phases(file, others), numbers(file.sessions)
    by_phase = sessions_by_phase(file.course, file.phase_changes, held_sessions(file))
    rows: list[tuple[Cell, ...]] = []
    for key in phases_of(file):
        sessions = by_phase.get(key, [])
        done = texts[own[key]] if key in own else further[key]
        if sessions or not rich_text.is_blank(done):
            rows.append((file.wording.phase(key), _when(sessions, count), done))
    if rows:
        yield Table((Column(_("Phase"), 66), Column(_("Sessions"), 77), Column(_("What was done"), 301)), tuple(rows))


def _when(sessions: list[Session], count: Mapping[str, int]) -> str:
    if not sessions:
        return "–"
    dates = short_span(sessions[0].date, sessions[-1].date)
    return f"{numbers_in_words(count[each.id] for each in sessions if is_counted(each))}\n{dates}"


def _circle(file: CourseFile, others: ThirdParties, texts: Texts, ink: PaperInk) -> Iterator[Block]:
    blocks = list(circle_blocks(file, others, client_initials(file.client), ink))
    said = list(_prose(texts[Means.CIRCLE_CHANGE]))
    yield from (*blocks[:1], *said, *blocks[1:])


def _functioning(file: CourseFile, texts: Texts) -> Iterator[Block]:
    """Yield functioning side by side; lines that begin "Work: …" in both become rows of their own."""
    start, end = texts[Means.FUNCTIONING_START], texts[Means.FUNCTIONING_END]
    if rich_text.is_blank(start) and rich_text.is_blank(end):
        return
    heads = _("At the start"), _("At the end") if file.course.ended_on else _("Now")
    fields = [_labelled(text) for text in (start, end)]
    if all(fields):
        labels = dict.fromkeys((*fields[0], *fields[1]))
        rows = tuple((label, fields[0].get(label, ""), fields[1].get(label, "")) for label in labels)
        yield Table((Column("", 66), Column(heads[0], 207), Column(heads[1], 171)), rows)
    else:
        yield Table((Column(heads[0]), Column(heads[1])), ((start, end),), is_first_bold=False)


def _labelled(text: RichText) -> dict[str, str]:
    """Return a text by its labels where each of its lines has one ("Work: off three days a week"), else nothing."""
    lines = [line.strip().partition(": ") for line in rich_text.as_plain(text).splitlines() if line.strip()]
    found = {label: words[:1].upper() + words[1:] for label, colon, words in lines if colon and len(label) < 20}
    return found if len(found) == len(lines) else {}


def _warning_signs(file: CourseFile, others: ThirdParties, texts: Texts) -> Iterator[Block]:
    yield from _prose(texts[Means.WARNING_SIGNS])
    if not rich_text.is_blank(texts[Means.TRIGGERS]):
        yield MinorHead(_("Triggers"))
        yield Prose(texts[Means.TRIGGERS])
    dates = trigger_dates(file.ending.form, file.ending.answers)
    if dates:
        yield MinorHead(_("Dates"))
        yield Table(
            (Column(weight=1), Column(weight=3)), tuple((each.when_said or "–", others.hide(each.words)) for each in dates)
        )


def signature(file: CourseFile) -> Section:
    """Return the line to sign on, with name, profession and registration."""
    practice = file.practice
    registration = registration_words(practice.registration)
    line = ", ".join(filter(None, (practice.profession, registration)))
    sign = Signature(practice.therapist or practice.name, (line,) if line else (), long_date(file.today), _("Date"))
    return Section("signature", "", (sign,), is_full_width=True, is_editable=False)


# -- the kind ----------------------------------------------------------------------------------------------------------


def _assemble(about: About) -> Report:
    from ipt_desktop.services.charts import read_charts
    from ipt_desktop.services.summary_chart import chart_blocks

    desk, ink = about.desk, about.desk.reporting.ink
    with desk.store.read():  # all that follows sees the same commit
        file = read_about(about)
        charts = read_charts(desk, about.client_id, about.course_id, about.today) if "chart" in about.include else None
    chart = chart_blocks(charts, third_parties(file), ink) if charts is not None else ()
    return termination_summary(file, ink, about.include, chart)


def _defaults(about: About) -> Texts:
    return default_texts(read_about(about))


SUMMARY = ReportKind(
    key=KIND,
    whom=Whom.CLINICIAN,
    file_words=marked("summary of treatment"),
    assemble=_assemble,
    parts=PARTS,
    texts=Purpose.TERMINATION_SUMMARY,
    defaults=_defaults,
    is_often_made=True,
)
