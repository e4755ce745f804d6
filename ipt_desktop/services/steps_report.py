"""What was agreed until the next session, for the client to take along: plain words, large, and when we meet again.

The tasks nobody has asked about yet, those agreed last first; people stand in them as the client names them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipt_desktop.domain.course import booked_after
from ipt_desktop.domain.dates import day_words, long_date
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.report import Items, Prose, Report, Section
from ipt_desktop.domain.rich_text import plain
from ipt_desktop.domain.step_words import in_list_order, is_open, with_words
from ipt_desktop.domain.text import _, marked
from ipt_desktop.services.course_file import CourseFile, read_about
from ipt_desktop.services.report_kind import About, Part, ReportKind, Whom
from ipt_desktop.services.report_page import clients_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipt_desktop.domain.session_records import Step

KIND = "steps"
PARTS = (
    Part("earlier", marked("Also still open"), marked("Tasks of earlier sessions that are still open"), is_default=False),
    Part("next", marked("We meet again"), marked("When we meet again")),
)


def _open_steps(about: About) -> list[Step]:
    return [each for each in in_list_order(about.desk.steps.of_course(about.course_id)) if is_open(each)]


def _missing(about: About) -> str:
    return "" if _open_steps(about) else _("No between-session task is open. One is agreed in the note of a session.")


def _assemble(about: About) -> Report:
    file, steps = read_about(about), _open_steps(about)
    if not steps:
        raise Refused(reason=_missing(about))
    latest = [each for each in steps if each.agreed_on == steps[0].agreed_on]
    sections = [Section("steps", _("What I try"), (Items(tuple(_words(each, file) for each in latest)),))]
    earlier = steps[len(latest) :]
    if earlier and "earlier" in about.include:
        sections.append(Section("earlier", _("Also still open"), (Items(tuple(_words(each, file) for each in earlier)),)))
    if "next" in about.include:
        sections += _meeting(file)
    agreed = _("Agreed on {day}").format(day=long_date(steps[0].agreed_on))
    return clients_page(file, KIND, _("Until we meet again"), agreed, sections, is_large_print=True)


def _words(step: Step, file: CourseFile) -> str:
    """Return a task as it was agreed, with whom where its words do not say it, and by when."""
    name = next((each.name for each in file.people if each.id == step.person_id), "")
    whom = with_words(name) if name and name.split()[0] not in step.words else ""
    due = _("by {day}").format(day=day_words(step.due, has_weekday=True)) if step.due else ""
    return ", ".join(filter(None, (step.words.strip().rstrip("."), whom, due))) + "."


def _meeting(file: CourseFile) -> Iterator[Section]:
    """Yield when the next session is, and how the practice is reached."""
    booked = booked_after(file.sessions, file.today)
    if not booked:
        return
    first = booked[0]
    words = day_words(first.date, has_weekday=True, has_year=True)
    if first.starts_at:
        words = _("{day}, {time}").format(day=words, time=f"{first.starts_at:%H:%M}")
    reached = ", ".join(line.strip() for line in file.practice.contact.splitlines() if line.strip())
    lines = [words, _("If something comes up: {contact}").format(contact=reached) if reached else ""]
    yield Section("next", _("We meet again"), (Prose(plain("\n".join(filter(None, lines)))),))


STEPS = ReportKind(
    key=KIND,
    whom=Whom.CLIENT,
    file_words=marked("until we meet again"),
    assemble=_assemble,
    parts=PARTS,
    missing=_missing,
    holds=(marked("what was agreed in the last session"),),
    leaves_out=(marked("diagnosis"), marked("scores"), marked("risk entries"), marked("what was talked about")),
)
