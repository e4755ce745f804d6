"""The relapse plan as the client's own page: signs, what can set it off and when, what I do, whom I call, how I come back.

It draws on the pages of the ending and is theirs: people stand in it as they name them. No diagnosis, no score, no risk entry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.form import Means
from ipt_desktop.domain.report import Items, Section
from ipt_desktop.domain.text import _, marked
from ipt_desktop.domain.trigger_dates import trigger_dates
from ipt_desktop.services.client_copy import CopyParts, listed, numbers_for_danger
from ipt_desktop.services.course_file import CourseFile, read_about
from ipt_desktop.services.report_kind import About, Part, ReportKind, Whom
from ipt_desktop.services.report_page import clients_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ipt_desktop.domain.report import Block, Report

KIND = "relapse-plan"
PARTS = (
    Part("signs", marked("My signs"), marked("Signs to watch for")),
    Part("triggers", marked("What can set it off"), marked("What can set it off")),
    Part("dates", marked("Days that may be hard"), marked("Days that may be hard")),
    Part("plan", marked("What I do"), marked("The client’s own steps")),
    Part("calls", marked("Whom I call, in this order"), marked("Whom to call, in order")),
    Part("return", marked("Coming back"), marked("How to come back")),
)
_TOLD_BY = (Means.WARNING_SIGNS, Means.TRIGGERS, Means.TRIGGER_DATES, Means.RELAPSE_PLAN, Means.PEOPLE_TO_CALL)


def _missing(about: About) -> str:
    return _nothing_in(read_about(about))


def _nothing_in(file: CourseFile) -> str:
    if any(file.ending.answer(each) for each in _TOLD_BY):
        return ""
    words = _("Nothing is written yet about signs, steps or whom to call.")
    return " ".join((words, _("It is written under Phases, among the papers of the course.")))


def _dates(file: CourseFile) -> Iterator[Block]:
    """Yield the days that may be hard as lines: a table's letters are too small for a page to be read on a bad day."""
    days = [(each.when_said, each.words) for each in trigger_dates(file.ending.form, file.ending.answers)]
    if days:
        yield Items(tuple(_("{day}: {words}").format(day=day, words=words) if day else words for day, words in days))


def _assemble(about: About) -> Report:
    file = read_about(about)
    if why := _nothing_in(file):
        raise Refused(reason=why)
    told = CopyParts(file, tuple(numbers_for_danger(about.desk, about.client_id)), has_numbers=False)
    made: Mapping[str, Callable[[], Iterable[Block]]] = {
        "signs": told.signs,
        "triggers": lambda: listed(file.ending.prose(Means.TRIGGERS)),
        "dates": lambda: _dates(file),
        "plan": lambda: listed(file.ending.prose(Means.RELAPSE_PLAN)),
        "calls": told.calls,
        "return": lambda: listed(file.ending.prose(Means.COMING_BACK)),
    }
    bodies = [(part, tuple(made[part.key]())) for part in PARTS if part.key in about.include]
    sections = [Section(part.key, _(part.title), blocks) for part, blocks in bodies if blocks]
    subtitle = _("{client}, {day}").format(client=file.client.name, day=long_date(file.today))
    return clients_page(file, KIND, _("If it starts again"), subtitle, sections, is_large_print=False)


RELAPSE_PLAN = ReportKind(
    key=KIND,
    whom=Whom.CLIENT,
    file_words=marked("if it starts again"),
    assemble=_assemble,
    parts=PARTS,
    missing=_missing,
    leaves_out=(marked("diagnosis"), marked("scores"), marked("risk entries")),
)
