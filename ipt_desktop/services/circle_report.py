"""The closeness circle as documents of the Reports tab: of one day, before and after, and through treatment.

The pages are those of the circle's own export; here other people are named as on any paper, and the client by name.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from ipt_desktop.domain.circle_naming import Naming
from ipt_desktop.domain.circle_order import KIND, CircleOrder, through_treatment
from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.text import _, marked
from ipt_desktop.services.circle_file import read_circles
from ipt_desktop.services.circle_pages import fitted
from ipt_desktop.services.report_kind import About, Part, ReportKind, Whom
from ipt_desktop.services.summary_circle import sitting_caption

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ipt_desktop.domain.records import Sitting
    from ipt_desktop.domain.report import Report

BEFORE_AFTER, THROUGH = "circle-before-after", "circle-course"


def _drawn(about: About) -> list[Sitting]:
    """Return the sittings of a course in which the circle was drawn, the first one first."""
    return about.desk.circles.course_circles(about.course_id).sittings


def _missing(about: About) -> str:
    return "" if _drawn(about) else _("The circle has not been drawn in this course yet.")


def _missing_two(about: About) -> str:
    drawn = len(_drawn(about))
    if drawn == 1:
        return _("The circle has been drawn only once in this course: there is nothing to compare.")
    return "" if drawn else _missing(about)


def _records(about: About) -> Sequence[tuple[str, str]]:
    """Return the sittings, the latest first."""
    sessions = about.desk.sessions.sessions(about.course_id)
    return [(each.id, _words(each, sitting_caption(each, sessions))) for each in reversed(_drawn(about))]


def _words(sitting: Sitting, caption: str) -> str:
    if sitting.is_before:
        return _("Before this began, {when}").format(when=caption)
    return caption[:1].upper() + caption[1:] if caption else long_date(sitting.date)


def _assemble_one(about: About) -> Report:
    drawn = [each.id for each in _drawn(about)]
    if not drawn:
        raise Refused(reason=_missing(about))
    shown = about.record_id if about.record_id in drawn else drawn[-1]
    place = drawn.index(shown)
    since = drawn[place - 1] if "moved" in about.include and place else ""
    return _made(about, (shown,), since)


def _assemble_several(choose: Callable[[list[Sitting]], Sequence[Sitting]], about: About) -> Report:
    drawn = _drawn(about)
    if len(drawn) < 2:
        raise Refused(reason=_missing_two(about))
    return _made(about, tuple(each.id for each in choose(drawn)))


def _assemble_ends(about: About) -> Report:
    report = _assemble_several(_ends, about)
    title = _("The circle, before and after")
    return replace(report, title=title, running_head=(report.running_head[0], title))


def _made(about: About, sittings: tuple[str, ...], since: str = "") -> Report:
    desk, naming = about.desk, about.choices.naming
    order = CircleOrder(
        course_id=about.course_id,
        naming=naming,
        sittings=sittings,
        since=since,
        is_wanted_shown="wanted" in about.include,
        are_ties_shown="ties" in about.include,
        are_sectors_shown="sectors" in about.include,
    )
    file = read_circles(desk, order, about.today)
    report, _pdf = fitted(desk.reporting, file)
    if naming is Naming.PSEUDONYMS:
        return report
    own = file.client_called
    named = (file.client.name, *report.running_head[1:])
    return replace(report, subtitle=report.subtitle.replace(own, file.client.name, 1), running_head=named)


def _ends(drawn: list[Sitting]) -> list[Sitting]:
    """Return the first circle of the course and the last; *before this began* stands in where there is no other start."""
    own = [each for each in drawn if not each.is_before]
    chosen = own if len(own) > 1 else drawn
    return [chosen[0], chosen[-1]]


_SHOWN = (
    Part("wanted", marked("Closeness wanted"), marked("Closeness wanted"), of="circle"),
    Part("ties", marked("Ties"), marked("Ties between people"), is_default=False, of="circle"),
    Part("sectors", marked("Sectors"), marked("Sectors"), is_default=False, of="circle"),
)
_HOLDS = (marked("where each person stands"), marked("the key of the forms in use"))

CIRCLE = ReportKind(
    key=KIND,
    whom=Whom.FILE,
    file_words=marked("circle"),
    assemble=_assemble_one,
    parts=(*_SHOWN, Part("moved", marked("Moves"), marked("Moves since the one before"), is_default=False, of="circle")),
    missing=_missing,
    records=_records,
    holds=_HOLDS,
)
CIRCLE_BEFORE_AFTER = ReportKind(
    key=BEFORE_AFTER,
    whom=Whom.FILE,
    file_words=marked("circle before and after"),
    assemble=_assemble_ends,
    parts=_SHOWN,
    missing=_missing_two,
    holds=(*_HOLDS, marked("what changed, the client’s words first")),
)
CIRCLE_THROUGH = ReportKind(
    key=THROUGH,
    whom=Whom.FILE,
    file_words=marked("circle through treatment"),
    assemble=partial(_assemble_several, through_treatment),
    parts=_SHOWN,
    missing=_missing_two,
    holds=(*_HOLDS, marked("what changed, the client’s words first")),
)
