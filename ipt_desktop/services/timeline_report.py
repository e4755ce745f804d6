"""The timeline on paper, for the therapist's own file: the picture of the screen, and all that stands on it as a table.

Other people stand by their initials, also where an event names them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.illness_words import prescribed_on_paper
from ipt_desktop.domain.report import Block, Column, Drawing, Items, Pictures, Report, Section, Table
from ipt_desktop.domain.text import _, marked
from ipt_desktop.domain.third_parties import ThirdParties
from ipt_desktop.domain.timeline import Timeline, TimelineFacts, Window, coincidence_words, timeline, window_days
from ipt_desktop.domain.timeline_picture import Sheet, timeline_picture
from ipt_desktop.services.course_file import read_about
from ipt_desktop.services.report_kind import About, Part, ReportKind, Whom
from ipt_desktop.services.report_page import clinical_page, footer
from ipt_desktop.services.summary_chart import NARROWER
from ipt_desktop.services.termination_summary import names_in
from ipt_desktop.services.timelines import read_timeline

if TYPE_CHECKING:
    from ipt_desktop.services.summary_circle import PaperInk

KIND = "timeline"
PICTURE_WIDTH = 624.0
"""Of the picture, in its own units; at its natural size it is as wide as the text."""
NAMES = 84.0
"""The room that the names of the lanes have at most."""
_WINDOWS = {"life": Window.LIFE, "two_years": Window.TWO_YEARS, "year": Window.YEAR, "course": Window.COURSE}


def _missing(about: About) -> str:
    facts = read_timeline(about.desk, about.client_id, about.course_id, about.today)
    if timeline(facts).lanes:
        return ""
    return _("There is nothing on the timeline yet. Events are added under Progress.")


def _assemble(about: About) -> Report:
    desk = about.desk
    with desk.store.read():  # all that follows sees the same commit
        file = read_about(about)
        facts = read_timeline(desk, about.client_id, about.course_id, about.today)
    others = ThirdParties(file.people, client_name=file.client.name)  # addressed to nobody
    facts = _with_initials(facts, others)
    shown = timeline(facts)
    if not shown.lanes:
        raise Refused(reason=_missing(about))
    sections = [
        _picture(part, facts, shown, desk.reporting.ink)
        for part in TIMELINE.parts
        if part.key in _WINDOWS and part.key in about.include
    ]
    if "table" in about.include:
        sections.append(_table(shown))
    report = clinical_page(file, KIND, _("Timeline"), f"{file.client.name} · {coincidence_words()}", sections)
    return replace(report, footer=footer(file.today, is_initials_only=not names_in(report, others)))


def _with_initials(facts: TimelineFacts, others: ThirdParties) -> TimelineFacts:
    letters = {key: "".join(filter(str.isalpha, said))[:2] for key, said in others.initials.items()}
    return replace(
        facts,
        names=dict(others.initials),
        initials=letters,
        diagnoses=[replace(each, words=others.hide(each.words)) for each in facts.diagnoses],
        people=[replace(each, name=others.initials.get(each.id, each.name)) for each in facts.people],
        events=[replace(each, title=others.hide(each.title)) for each in facts.events],
        medications=[prescribed_on_paper(each, others) for each in facts.medications],
        moves=[replace(each, words=others.hide(each.words), initials=letters.get(each.person.id, "")) for each in facts.moves],
    )


def _picture(part: Part, facts: TimelineFacts, shown: Timeline, ink: PaperInk) -> Section:
    window = _WINDOWS[part.key]
    days = window_days(window, facts, shown)
    whole, *narrower = (
        timeline_picture(shown, days, facts.today, Sheet(ink.measure, ink.style, names=min(NAMES, width / 5)), width)
        for width in (PICTURE_WIDTH, *NARROWER)
    )
    drawing = Drawing("", "", whole, tuple(narrower))
    return Section(part.key, _(part.title), (Pictures((drawing,)),), is_full_width=True)


def _table(shown: Timeline) -> Section:
    columns = (Column(_("When"), 150), Column(_("What"), 330), Column(_("Lane"), 90))
    rows = tuple(
        (each.when, f"({each.letter}) {each.words}" if each.letter else each.words, lane.title)
        for lane, each in shown.entries
        if each.value is None
    )
    blocks: list[Block] = [Table(columns, rows)] if rows else []
    if shown.unplaced:
        told = _("Without a place in time: {what}")
        blocks.append(Items(tuple(told.format(what=words) for _key, words in shown.unplaced)))
    return Section("table", _("In the order of time"), tuple(blocks), is_full_width=True)


TIMELINE = ReportKind(
    key=KIND,
    whom=Whom.FILE,
    file_words=marked("timeline"),
    assemble=_assemble,
    parts=(
        Part("course", marked("This course"), marked("This course")),
        Part("two_years", marked("The last two years"), marked("The last two years")),
        Part("year", marked("This year"), marked("This year"), is_default=False),
        Part("life", marked("Life"), marked("Life"), is_default=False),
        Part("table", marked("In the order of time"), marked("All of it in the order of time")),
    ),
    missing=_missing,
)
