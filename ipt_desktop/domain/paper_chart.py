"""The charts of a course as one figure of a page: a panel a scale over one axis of weeks, what happened, and medication.

A page must lose nothing in grey: scales differ by line and marker, a week without a session is hatched, and medicines are bars
with their words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ipt_desktop.domain.chart_axis import ChartAxis
from ipt_desktop.domain.chart_foot import BASE, DISC, ROW, Below, below_marks, seated_below, tick_labels
from ipt_desktop.domain.chart_words import title_of
from ipt_desktop.domain.illness_words import medicine_words, taken_words
from ipt_desktop.domain.measure_chart import GAP, HEAD, PLOT, Manner, Margins, margins, measure_chart
from ipt_desktop.domain.measure_series import Series
from ipt_desktop.domain.person_name import fitted
from ipt_desktop.domain.picture import Anchor, AnyMark, Label, Line, Measure, Picture
from ipt_desktop.domain.picture_sheet import moved
from ipt_desktop.domain.text import _
from ipt_desktop.domain.told_when import iso_span
from ipt_desktop.domain.treatment_records import Medication
from ipt_desktop.domain.week_axis import EVERY, WeekAxis

_TITLE = 18.0
_TICKS = 16.0
_BAR_ROW, _BAR = 17.0, 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperChart:
    """What a figure shows. `below` are events and circles by their place; `medications` what was taken in that time."""

    series: Sequence[Series]
    weeks: WeekAxis
    below: Sequence[Below]
    medications: Sequence[Medication]
    until: date


def paper_chart(told: PaperChart, measure: Measure, width: float, description: str = "") -> Picture:
    """Lay the figure out in a width; `measure` tells how wide words are."""
    names = _row_names(told)
    own = margins(told.series, measure, width)
    over = _overhang(told.weeks, measure, width - own.left - own.right)
    left = max(own.left, *(measure(each, "caption") + GAP + over for each in names))
    shared = Margins(left, own.right)
    across = left, width - own.right
    marks: list[AnyMark] = []
    top = 0.0
    for number, series in enumerate(told.series):
        marks.append(_title(series, top))
        top += _TITLE - (HEAD if told.weeks.axis.phases else 0.0)
        manner = Manner(is_dashed=bool(number % 2), every=EVERY, has_ticks=False)
        size = width, (HEAD if told.weeks.axis.phases else GAP) + PLOT
        chart = measure_chart(series, told.weeks.axis, (), measure, size, shared, manner)
        marks += [moved(each, 0.0, top) for each in chart.picture.marks]
        top += chart.picture.height + GAP
    foot = _Foot(told, measure, across, (width, over))
    marks += foot.draw(top - GAP)
    return Picture(width, foot.bottom, tuple(marks), description)


def _title(series: Series, top: float) -> Label:
    return Label(text=title_of(series), at=(0.0, top + 12.0), style="label_strong", fill="text", anchor=Anchor.START)


def _overhang(weeks: WeekAxis, measure: Measure, room: float) -> float:
    """Return how far the first date reaches over the beginning of the axis: the names of the rows stand before it."""
    first = next(iter(weeks.dates), None)
    return max(0.0, measure(first.words, "caption") / 2 - first.place * room * 0.8) if first is not None else 0.0


def _row_names(told: PaperChart) -> list[str]:
    return [_("session"), _week_word(told.weeks), _("events"), _("medication")]


def _week_word(weeks: WeekAxis) -> str:
    return _("week of") if weeks.days == 7 else _("from")


class _Foot:
    """The rows under the last panel, each with its name at the left; `bottom` is where they end."""

    def __init__(self, told: PaperChart, measure: Measure, across: tuple[float, float], size: tuple[float, float]) -> None:
        self._told, self._measure, self._across = told, measure, across
        self._width, self._over = size
        self.bottom = 0.0

    def draw(self, top: float) -> list[AnyMark]:
        told = self._told
        self.bottom = top
        marks: list[AnyMark] = []
        for name, ticks in ((_("session"), told.weeks.numbers), (_week_word(told.weeks), told.weeks.dates)):
            if ticks:
                self.bottom += _TICKS
                marks += [self._name(name, self.bottom - 1.0)]
                marks += tick_labels(ticks, self._across, self._width, self.bottom - 1.0, self._measure)
        rows, seats = seated_below(told.below, self._across)
        for each, x, row in seats:
            marks += below_marks(each, x, self.bottom + 6.0 + row * ROW + DISC)
        if rows:
            marks.append(self._name(_("events"), self.bottom + 6.0 + DISC + BASE))
            self.bottom += 6.0 + rows * ROW
        marks += self._medications()
        self.bottom += 4.0
        return marks

    def _name(self, words: str, y: float) -> Label:
        at = self._across[0] - GAP - self._over, y
        return Label(text=words, at=at, style="caption", fill="text_soft", anchor=Anchor.END)

    def _medications(self) -> Iterator[AnyMark]:
        for number, each in enumerate(self._told.medications):
            middle = self.bottom + _BAR_ROW / 2 + 2.0
            if not number:
                yield self._name(_("medication"), middle + BASE)
            yield from self._medication(each, middle)
            self.bottom += _BAR_ROW

    def _medication(self, medication: Medication, y: float) -> Iterator[AnyMark]:
        """Yield a bar over the time it was taken, broken by its words; words alone where no day is known."""
        left, right = self._bar(medication)
        if right - left > 2.0:
            yield Line(points=((left, y), (right, y)), line="token_line", width=_BAR, key=f"medication:{medication.id}")
        words = f"{medicine_words(medication)} {taken_words(medication)}".strip()
        first, last = self._across
        room = last - first
        words = fitted(words, room - 2 * GAP, lambda text: self._measure(text, "caption"))
        wide = self._measure(words, "caption")
        start = min(max(left + 2 * GAP, first), last - wide)
        yield Line(points=((start - 4.0, y), (start + wide + 4.0, y)), line="surface", width=_BAR + 2.0)
        yield Label(text=words, at=(start, y + BASE), style="caption", fill="text", anchor=Anchor.START)

    def _bar(self, medication: Medication) -> tuple[float, float]:
        first, last = self._across
        axis: ChartAxis = self._told.weeks.axis
        begun, ended = iso_span(medication.begun), iso_span(medication.ended)
        if (begun is None and ended is None) or axis.days is None:
            return first, first
        start, end = axis.days
        until = min(ended[1] if ended else self._told.until, end)
        since = max(begun[0] if begun else start, start)
        places = axis.place(since), axis.place(max(until, since))
        if None in places:
            return first, first
        left, right = (first + (place or 0.0) * (last - first) for place in places)
        return (first if since == start else left), (last if until == end else right)
