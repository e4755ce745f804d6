"""The safety plan as a page for the client: whom to ring first, seven steps, where it is kept. No score, no diagnosis.

What is not answered is not printed, but for the three questions at the foot, which may be answered by hand.
"""

from collections.abc import Mapping
from typing import Any

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.form import Form, Means, is_blank
from ipt_desktop.domain.records import Client, Document, Practice
from ipt_desktop.domain.report import Paper, Report, Section
from ipt_desktop.domain.report_plan import Numbers, PlanStep, PlanSteps, Questions, Ticks
from ipt_desktop.domain.safety_plan import plan_day
from ipt_desktop.domain.text import _, marked
from ipt_desktop.services.report_kind import About, ReportKind, Whom

KIND = "safety-plan"
STEPS = (
    (Means.WARNING_SIGNS,),
    (Means.ALONE,),
    (Means.PEOPLE_AND_PLACES,),
    (Means.PEOPLE_I_ASK, Means.WHAT_I_SAY),
    (Means.PROFESSIONALS, Means.NOBODY_ANSWERS),
    (Means.MAKING_SAFE,),
    (Means.REASONS_TO_LIVE,),
)
"""What each step says; it is headed by the label of its first field."""


def safety_plan_report(form: Form, plan: Document, client: Client, practice: Practice, defaults: Mapping[str, Any]) -> Report:
    """Return a plan as a page; `defaults` are its numbers where none were written."""
    answers = {**defaults, **plan.answers}
    blocks = (_numbers(form, answers), _steps(form, answers), _questions(form, answers, practice))
    return Report(
        kind=KIND,
        title=_("My safety plan"),
        subtitle=client.name,
        sections=(Section("plan", "", blocks, is_full_width=True, is_editable=False),),
        running_head=(client.name, _("My safety plan")),
        footer=_made(form, answers),
        paper=Paper(practice.paper) if practice.paper in set(Paper) else Paper.A4,
        author=practice.therapist,
        is_large=True,
    )


def _numbers(form: Form, answers: Mapping[str, Any]) -> Numbers:
    told = form.answer(answers, Means.EMERGENCY_NUMBERS) or []
    rows = tuple((str(each.get("name", "")), str(each.get("number", ""))) for each in told)
    note = _("Then start at 1 and go down until it is quieter. I may ring the numbers above at any time.")
    empty = ((_("In danger now"), ""),)  # to be written by hand: a plan never goes out without the place for it
    return Numbers(rows or empty, note)


def _steps(form: Form, answers: Mapping[str, Any]) -> PlanSteps:
    steps = []
    for meanings in STEPS:
        head = form.field_that_means(meanings[0])
        lines = tuple(line for means in meanings for line in _lines(form, answers, means))
        if head is not None and lines:
            steps.append(PlanStep(_(head.label), lines))
    return PlanSteps(tuple(steps))


def _lines(form: Form, answers: Mapping[str, Any], means: Means) -> list[str | tuple[str, str]]:
    """Return an answer as lines: people and lines with their numbers, prose by paragraph; what one says, in quotation marks."""
    said = form.answer(answers, means)
    if said is None or is_blank(said):
        return []
    if means in (Means.PEOPLE_I_ASK, Means.PROFESSIONALS) and isinstance(said, list):
        return [(str(each.get("name", "")), str(each.get("number", ""))) for each in said if isinstance(each, Mapping)]
    words = rich_text.as_plain(rich_text.from_json(said))
    lines = [" ".join(line.split()) for line in words.split("\n") if line.strip()]
    return [_("I say: “{words}”").format(words=lines[0].strip('“”"'))] if means is Means.WHAT_I_SAY else [*lines]


def _questions(form: Form, answers: Mapping[str, Any], practice: Practice) -> Questions:
    rows: list[tuple[str, str | Ticks]] = []
    for means in (Means.WHERE_KEPT, Means.SAFE_AT_HOME, Means.WHO_MAY_SEE):
        asked, said = form.field_that_means(means), form.answer(answers, means)
        if asked is None:
            continue
        if means is Means.SAFE_AT_HOME:
            options = tuple((_(each.label), each.key == said) for each in asked.options)
            rows.append(
                (_(asked.label), Ticks(options, str(form.answer(answers, Means.KEPT_WITH) or "") if said != "yes" else ""))
            )
        else:
            rows.append((_(asked.label), str(said or "")))
    return Questions(tuple(rows), _note(form, answers, practice))


def _note(form: Form, answers: Mapping[str, Any], practice: Practice) -> str:
    checked = plan_day(form, answers, Means.NUMBERS_CHECKED_ON)
    parts = [_("Numbers checked on {day}.").format(day=long_date(checked))] if checked else []
    if practice.therapist:
        parts.append(_("A copy is in my record with {name}.").format(name=practice.therapist))
    return " ".join(parts)


def _made(form: Form, answers: Mapping[str, Any]) -> str:
    made, again = (plan_day(form, answers, means) for means in (Means.MADE_ON, Means.READ_AGAIN_ON))
    parts = (
        _("Made together on {day}").format(day=long_date(made)) if made else "",
        _("read again on {day}").format(day=long_date(again)) if again else "",
    )
    return " · ".join(part for part in parts if part)


def _missing(about: About) -> str:
    is_there = about.desk.safety_plans.has_plan(about.client_id)
    return "" if is_there else _("There is no safety plan yet. It is written in the client’s file.")


def _assemble(about: About) -> Report:
    kept = about.desk.safety_plans
    plans, client = kept.plans(about.client_id), about.desk.clients.client(about.client_id)
    if not plans:
        raise Refused(reason=_missing(about))
    plan = plans[0]
    return safety_plan_report(kept.form_of(plan), plan, client, about.desk.practice.details(), kept.defaults(plan))


SAFETY_PLAN = ReportKind(
    key=KIND,
    whom=Whom.CLIENT,
    file_words=marked("safety plan"),
    assemble=_assemble,
    needs_course=False,
    missing=_missing,
    holds=(marked("whom to ring first"), marked("the steps that are written"), marked("where it is kept")),
    leaves_out=(marked("scores"), marked("diagnosis"), marked("risk entries")),
    is_often_made=True,
)
