"""The client's own copy: what was worked on and reached, words that worked, signs, hard days, whom to call, in large print.

It is written with the client in the last sessions and draws on the pages of the ending. It is theirs: people are named as they
name them, and no diagnosis, code or entry about risk stands in it, and scores only where they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.attainment import Attainment, attainment_of
from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.form import Means, Purpose, is_blank
from ipt_desktop.domain.goal import way_of
from ipt_desktop.domain.referrals import Referral, referrals
from ipt_desktop.domain.report import Block, Column, Items, MinorHead, Prose, Report, Section, Table
from ipt_desktop.domain.report_plan import Contacts, Numbers
from ipt_desktop.domain.rich_text import Block as Paragraph
from ipt_desktop.domain.rich_text import RichText, Run
from ipt_desktop.domain.text import _, marked
from ipt_desktop.domain.treatment_records import Goal, GoalStatus
from ipt_desktop.domain.trigger_dates import trigger_dates
from ipt_desktop.services.client_copy_circle import people_blocks, people_title
from ipt_desktop.services.course_file import CourseFile, read_about
from ipt_desktop.services.ending_texts import as_list, bullets, people_to_call, review_day
from ipt_desktop.services.formulation_report import areas_in_plain_words
from ipt_desktop.services.report_kind import About, Part, ReportKind, Whom
from ipt_desktop.services.report_page import clients_page
from ipt_desktop.services.summary_scores import plain_scores

if TYPE_CHECKING:
    from ipt_desktop.domain.records import Document
    from ipt_desktop.services.desk import Desk
    from ipt_desktop.services.summary_circle import PaperInk

KIND = "client-copy"

PARTS = (
    Part("story", marked("What we worked on"), marked("What we worked on")),
    Part("reached", marked("What I reached"), marked("Goals reached")),
    Part("numbers", "", marked("How far each goal is, 0 to 10"), of="reached"),
    Part("changed", marked("What changed"), marked("What changed, as you wrote it"), is_default=False),
    Part("scores", marked("My scores"), marked("Scores"), is_default=False),
    Part("learned", marked("What I learned"), marked("What I learned")),
    Part("words", marked("Words that worked"), marked("Words that worked")),
    Part("remains", marked("What remains"), marked("What remains")),
    Part("triggers", marked("What can set it off"), marked("What can set it off")),
    Part("signs", marked("My signs to watch for"), marked("Signs to watch for")),
    Part("dates", marked("Days that may be hard"), marked("Days that may be hard")),
    Part("plan", marked("If it starts again"), marked("The plan if it starts again")),
    Part("calls", marked("Whom I call, in this order"), marked("Whom to call, in order")),
    Part("next", marked("What comes next"), marked("What comes next, and how to come back")),
    Part("circle", marked("My people"), marked("Circle, then and now")),
)

_AFTERWARDS = {
    "end": marked("No further sessions are planned."),
    "taper": marked("The sessions come further apart, and then end."),
    "continuation": marked("The sessions go on."),
    "maintenance": marked("A session now and then, to keep well."),
}


def client_copy(
    file: CourseFile,
    emergency: Iterable[tuple[str, str]],
    ink: PaperInk,
    include: frozenset[str],
    written: str,
) -> Report:
    """Return the copy with the parts in `include` that say anything; `emergency` are the numbers to ring in danger.

    `written` says by whom and when.
    """
    told = CopyParts(file, tuple(emergency), has_numbers="numbers" in include)
    made: Mapping[str, Callable[[], Iterable[Block]]] = {
        "story": told.story,
        "reached": told.reached,
        "changed": lambda: _prose(file.ending.prose(Means.GAINS)),
        "scores": lambda: plain_scores(file),
        "learned": told.learned,
        "words": lambda: listed(file.ending.prose(Means.WORDS_THAT_WORKED)),
        "remains": told.remains,
        "triggers": lambda: listed(file.ending.prose(Means.TRIGGERS)),
        "signs": told.signs,
        "dates": told.dates,
        "plan": lambda: listed(file.ending.prose(Means.RELAPSE_PLAN)),
        "calls": told.calls,
        "circle": lambda: people_blocks(file, ink),
        "next": told.next,
    }
    wanted = [each for each in PARTS if each.key in include and each.key in made]
    bodies = [(part, tuple(made[part.key]())) for part in wanted]
    sections = [
        Section(part.key, people_title(file) if part.key == "circle" else _(part.title), blocks)
        for part, blocks in bodies
        if blocks
    ]
    return clients_page(file, KIND, _("My therapy"), written, sections, is_large_print=True)


class CopyParts:
    """The parts of one client's copy, in the client's own words."""

    def __init__(self, file: CourseFile, emergency: tuple[tuple[str, str], ...], *, has_numbers: bool) -> None:
        self._file, self._ending = file, file.ending
        self._emergency, self._has_numbers = emergency, has_numbers

    def story(self) -> Iterator[Block]:
        """Yield the client's own telling, else the problem areas in plain words."""
        told = self._ending.prose(Means.OWN_STORY)
        if told:
            yield Prose(told)
        elif areas := areas_in_plain_words(self._file):
            yield Items(tuple(areas))

    def reached(self) -> Iterator[Block]:
        """Yield the goals of which it is known that they were reached, or how far, each with what became of it."""
        told = [(each, self._became(each)) for each in self._file.goals if each.status is not GoalStatus.DROPPED]
        kept = [self._goal(each, status) for each, status in told if status or self._far(each).now is not None]
        if kept:
            yield Items(tuple(kept))

    def _goal(self, goal: Goal, status: str) -> RichText:
        words = goal.words.rstrip(".")
        said = _("{goal}: {status}.").format(goal=words, status=status) if status else _("{goal}.").format(goal=words)
        return (Paragraph((Run(said), *self._numbers(goal))),)

    def _became(self, goal: Goal) -> str:
        """Return what became of a goal: as it was closed, or, of one that points at someone, how far the way was gone."""
        closed = {GoalStatus.MET: _("reached"), GoalStatus.PARTLY: _("partly reached")}
        if goal.status in closed:
            return closed[goal.status]
        placements = self._file.circle_now.placements if self._file.circle_now else {}
        way = way_of(goal, {each.id: each for each in self._file.people}, placements)
        return way.words if way is not None and way.share is not None else ""

    def _far(self, goal: Goal) -> Attainment:
        return attainment_of(goal, self._file.ratings)

    def _numbers(self, goal: Goal) -> Iterator[Run]:
        far = self._far(goal)
        if not self._has_numbers or far.now is None:
            return
        if far.aim is not None:
            yield Run(" " + _("I wanted {aim} of 10; it is ").format(aim=far.aim))
        else:
            yield Run(" " + _("Of 10 it is "))
        yield Run(str(far.now), bold=True)
        yield Run(_(", from {start}.").format(start=far.start) if far.start is not None else ".")

    def learned(self) -> Iterator[Block]:
        """Yield the skills, and where else they serve."""
        yield from listed(self._ending.prose(Means.SKILLS))
        yield from _headed(_("Where else it serves"), self._ending.prose(Means.SKILLS_ELSEWHERE))

    def remains(self) -> Iterator[Block]:
        """Yield what did not change, and what else could help."""
        yield from listed(self._ending.prose(Means.REMAINING))
        yield from _headed(_("What else could help"), self._ending.prose(Means.ALTERNATIVES))

    def signs(self) -> Iterator[Block]:
        """Yield the first signs, and how sadness is told from them."""
        yield from listed(self._ending.prose(Means.WARNING_SIGNS))
        yield from _headed(_("Sad, or ill again"), self._ending.prose(Means.SADNESS))

    def dates(self) -> Iterator[Block]:
        """Yield the days that may be hard."""
        dates = trigger_dates(self._ending.form, self._ending.answers)
        if dates:
            yield Table((Column(weight=2), Column(weight=4)), tuple((each.when_said or "–", each.words) for each in dates))

    def calls(self) -> Iterator[Block]:
        """Yield the numbers for danger, also where nobody else is named, then the people in order."""
        if self._emergency:
            yield Numbers(self._emergency)
        if people := people_to_call(self._ending):
            yield Contacts(tuple(people))

    def next(self) -> Iterator[Block]:
        """Yield what was decided, to whom one goes on, and how one comes back."""
        decided = [_(_AFTERWARDS[key]) for key in [self._ending.answer(Means.MAINTENANCE)] if key in _AFTERWARDS]
        often, review = str(self._ending.answer(Means.MAINTENANCE_FREQUENCY) or "").strip(), review_day(self._ending)
        told = [*decided, _("{how_often}.").format(how_often=often.rstrip(".")) if often else ""]
        told.append(_("We look at it again on {day}.").format(day=long_date(review)) if review else "")
        lines = [Paragraph((Run(each),)) for each in told if each]
        lines += [each for each in self._ending.prose(Means.MAINTENANCE_WORDS) if each.text.strip()]
        lines += [Paragraph((Run(_("I go on to {whom}.").format(whom=each.own_words)),)) for each in self._referrals()]
        if lines:
            yield Prose(bullets(lines))
        yield from _headed(_("If I want to come back"), self._ending.prose(Means.COMING_BACK))

    def _referrals(self) -> list[Referral]:
        return [each for each in referrals(self._ending.form, self._ending.answers) if each.own_words]


def _prose(text: RichText) -> Iterator[Block]:
    if not rich_text.is_blank(text):
        yield Prose(text)


def listed(text: RichText) -> Iterator[Block]:
    """Yield a text, several plain lines of it as a list; nothing where it says nothing."""
    yield from _prose(as_list(text))


def _headed(head: str, text: RichText) -> Iterator[Block]:
    if not rich_text.is_blank(text):
        yield MinorHead(head)
        yield from listed(text)


# -- the kind ----------------------------------------------------------------------------------------------------------


def ending_written(about: About) -> Document | None:
    """Return what was written with the client of the ending; how the course ended is kept without them, too."""
    for each in about.desk.documents.of_course(about.course_id, Purpose.ENDING):
        fields = about.desk.documents.form_of(each).fields
        kept = {field.key for field in fields if field.means in (Means.ENDING_KIND, Means.ENDING_REASON)}
        if not is_blank({key: answer for key, answer in each.answers.items() if key not in kept}):
            return each
    return None


def _missing(about: About) -> str:
    if ending_written(about) is not None:
        return ""
    words = _("Nothing is written about the ending yet that the client could keep.")
    return " ".join((words, _("It is written under Phases, among the papers of the course.")))


def _assemble(about: About) -> Report:
    document = ending_written(about)
    if document is None:
        raise Refused(reason=_missing(about))
    desk, file = about.desk, read_about(about)
    values = {
        "client": file.client.name,
        "therapist": file.practice.therapist or file.practice.name,
        "day": long_date(document.saved_at.astimezone().date()),
    }
    written = _("Written by {client} with {therapist}, {day}.").format(**values)
    return client_copy(file, numbers_for_danger(desk, about.client_id), desk.reporting.ink, about.include, written)


def numbers_for_danger(desk: Desk, client_id: str) -> list[tuple[str, str]]:
    """Return the numbers for danger: those of the client's safety plan, else those of the practice's country."""
    plans = desk.safety_plans.plans(client_id)
    said = desk.safety_plans.form_of(plans[0]).answer(plans[0].answers, Means.EMERGENCY_NUMBERS) if plans else None
    if said:
        return [(str(each.get("name", "")), str(each.get("number", ""))) for each in said]
    country = desk.safety_plans.country
    return [(_(each.words), each.number) for each in country.lines] if country else []


CLIENT_COPY = ReportKind(
    key=KIND,
    whom=Whom.CLIENT,
    file_words=marked("my therapy"),
    assemble=_assemble,
    parts=PARTS,
    missing=_missing,
    leaves_out=(marked("diagnosis"), marked("risk entries")),
    is_often_made=True,
)
