"""Circles laid out for outside the program: one large, or several through treatment; as a picture, and as a page.

Everything is drawn as on paper, white tokens told apart by shape, so that nothing is lost in black and white.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ipt_desktop.domain.circle_key import key_picture
from ipt_desktop.domain.circle_naming import Naming
from ipt_desktop.domain.circle_order import KIND
from ipt_desktop.domain.circle_overlay import legend_rows
from ipt_desktop.domain.circle_picture import CircleDrawing, CircleMode, CircleView
from ipt_desktop.domain.closeness import change_words
from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.picture import Picture
from ipt_desktop.domain.picture_sheet import sheet, words_picture
from ipt_desktop.domain.report import Column, Drawing, Pictures, Report, Section, Table
from ipt_desktop.domain.text import _, language
from ipt_desktop.services.circle_file import CircleFile, present
from ipt_desktop.services.summary_circle import MOST_NAMED, PaperInk

if TYPE_CHECKING:
    from ipt_desktop.services.reporting import Reporting

WIDTH = 620.0
"""A page's width between its margins, in units of 0.75 pt."""
ROOMS = ((14, 420.0), (30, 520.0))
"""How wide one circle is laid out with so many people; it fills the width all the same, so that fewer stand larger."""
SMALL = (306.0, 232.0)
HEIGHTS = (232.0, 211.0, 190.0)
"""How high one of several circles is: less, where only then all stand on one page with their table."""
WORDED = (420.0, 380.0)
MARGIN, GAP = 16.0, 10.0


def circles_picture(file: CircleFile, ink: PaperInk) -> Picture:
    """Return what a picture's file holds: each circle under its title, and beneath them the key of their forms."""
    if not file.order.is_through_treatment:
        figure = _drawing(file, 0, (_room(file), _room(file) * 0.92), ink, has_words=True)
        heads = _heads(file, 0, figure.size[0], ink)
        return sheet([[heads], [figure.picture()], [_key(file, [figure], ink, figure.size[0])]], margin=MARGIN, gap=GAP)
    is_worded = _most(file) <= MOST_NAMED
    figures = _figures(file, WORDED if is_worded else SMALL, ink, has_words=is_worded)
    titled = [sheet([[_heads(file, number, figure.size[0], ink)], [figure.picture()]]) for number, figure in enumerate(figures)]
    width = figures[0].size[0] * 2
    rows = [titled[start : start + 2] for start in range(0, len(titled), 2)]
    legend = [] if is_worded else [[words_picture(_legend(file), width, ink.measure)]]
    return sheet([*rows, [_key(file, figures, ink, width)], *legend], margin=MARGIN, gap=GAP)


def scale_of(file: CircleFile) -> float:
    """Return how many pixels a unit of the picture has on a screen of ordinary sharpness."""
    return 1.0 if file.order.is_through_treatment else WIDTH / _room(file)


def circles_report(file: CircleFile, ink: PaperInk, height: float = HEIGHTS[0]) -> Report:
    """Return the page: one circle, or circles two by two, each of this height, with a table of who stood where."""
    blocks = circles_blocks(file, ink, height)
    if file.order.is_through_treatment:
        title = _("The circle through treatment")
        days = [file.date_of(each) for each in file.circles]
        span = _("{first} to {last}").format(first=long_date(min(days)), last=long_date(max(days)))
    else:
        title = _("The closeness circle")
        span = file.caption(file.circles[0])
    reference = file.client.reference if file.order.naming is not Naming.PSEUDONYMS else ""
    said = _("ref. {reference}").format(reference=reference) if reference else ""
    return Report(
        kind=KIND,
        title=title,
        subtitle=" · ".join(part for part in (file.client_called, said, span) if part),
        sections=(Section("circle", "", blocks, is_full_width=True, is_editable=False),),
        running_head=(file.client_called, title),
        footer=" · ".join(part for part in (_("Confidential"), _naming_line(file), _printed(file)) if part),
        language=language(),
        paper=file.order.paper,
        author="" if file.order.naming is Naming.PSEUDONYMS else file.practice.therapist or file.practice.name,
    )


def fitted(reporting: Reporting, file: CircleFile) -> tuple[Report, bytes]:
    """Return the page and its PDF: several circles less high where only then they are one page with their table."""
    from ipt_desktop.services.page_images import page_count

    heights = HEIGHTS if file.order.is_through_treatment else HEIGHTS[:1]
    first: tuple[Report, bytes] | None = None
    for height in heights:
        report = circles_report(file, reporting.ink, height)
        made = report, reporting.render(report, file.order.paper)
        if page_count(made[1]) == 1:
            return made
        first = first or made
    assert first is not None  # noqa: S101 - there is a height
    return first  # where the smallest circles leave no room for the whole table either, they stay large


def circles_blocks(file: CircleFile, ink: PaperInk, height: float = HEIGHTS[0]) -> tuple[Pictures | Table, ...]:
    """Return one circle, or circles two by two, each of this height, with a table of who stood where."""
    return _through(file, ink, height) if file.order.is_through_treatment else _one(file, ink)


def _one(file: CircleFile, ink: PaperInk) -> tuple[Pictures]:
    size = (_room(file), _room(file) * 0.92)
    figure = _drawing(file, 0, size, ink, has_words=True)
    drawing = Drawing(file.title(file.circles[0]), _compared(file), figure.picture())
    return (Pictures((drawing,), _key(file, [figure], ink, WIDTH), _note(), enlarged=WIDTH / size[0]),)


def _through(file: CircleFile, ink: PaperInk, height: float) -> tuple[Pictures | Table, ...]:
    figures = _figures(file, (SMALL[0], height), ink, has_words=False)
    drawings = tuple(
        Drawing(file.title(circle), file.caption(circle), figure.picture())
        for circle, figure in zip(file.circles, figures, strict=True)
    )
    return Pictures(drawings, _key(file, figures, ink, WIDTH), _note()), _table(file)


def _figures(file: CircleFile, size: tuple[float, float], ink: PaperInk, *, has_words: bool) -> list[CircleDrawing]:
    return [_drawing(file, number, size, ink, has_words=has_words) for number in range(len(file.circles))]


def _drawing(file: CircleFile, number: int, size: tuple[float, float], ink: PaperInk, *, has_words: bool) -> CircleDrawing:
    """Return one circle; wishes stand in the last one alone, where each is compared with the one before."""
    circle = file.circles[number]
    is_wanted_shown = file.order.is_wanted_shown and number == len(file.circles) - 1
    view = CircleView(
        client_label=file.token,
        words=file.words,
        mode=CircleMode.WANTED if is_wanted_shown else CircleMode.NOW,
        are_ties_shown=file.order.are_ties_shown,
        is_relation_shown=has_words,
        sectors=tuple(file.sectors) if file.order.are_sectors_shown else (),
        overlay=file.order.overlay,
        areas=file.areas,
    )
    return CircleDrawing(file.everyone(number), file.ties_of(circle), view, ink.style, size, ink.measure)


def _room(file: CircleFile) -> float:
    return next((width for most, width in ROOMS if _most(file) <= most), WIDTH)


def _most(file: CircleFile) -> int:
    """Return how many people stand in the fullest of the circles."""
    return max(len(present(each)) for each in file.circles)


def _heads(file: CircleFile, number: int, width: float, ink: PaperInk) -> Picture:
    circle = file.circles[number]
    under = file.caption(circle) if file.order.is_through_treatment else _compared(file) or file.caption(circle)
    lines = [(file.title(circle), "label_strong", "text"), (under, "relation", "text_soft")]
    return words_picture([line for line in lines if line[0]], width, ink.measure)


def _compared(file: CircleFile) -> str:
    """Return when one circle was drawn, and since when its people's moves are shown."""
    caption = file.caption(file.circles[0])
    moved = _since(file)
    return " · ".join(part for part in (caption, moved) if part)


def _since(file: CircleFile) -> str:
    if file.order.is_through_treatment:
        return _("moved since the one before")
    if file.since is None or file.since.sitting is None:
        return ""
    if file.since.sitting.is_before:
        return _("moved since before this began")
    return _("moved since {date}").format(date=long_date(file.since.sitting.date))


def _key(file: CircleFile, figures: Sequence[CircleDrawing], ink: PaperInk, width: float) -> Picture:
    standings = [each for figure in figures for each in figure.standings]
    marks = list(dict.fromkeys(mark for figure in figures for mark in figure.marks_in_use()))
    ties = [tie for figure in figures for tie in figure.ties]
    beside = legend_rows(file.order.overlay, standings, file.areas, ink.style)
    return key_picture(standings, marks, ink.style, width, ink.measure, ties=ties, moved=_since(file), beside=beside)


def _legend(file: CircleFile) -> list[tuple[str, str, str]]:
    here = {person_id for circle in file.circles for person_id in present(circle)}
    lines = [line for person_id, line in file.cast.lines.items() if person_id in here]
    return [("; ".join(lines), "relation", "text")]


# -- who stood where -----------------------------------------------------------------------------------------------


def _table(file: CircleFile) -> Table:
    """Return who moved, wants something or said something: ring words, their own words first, then the change."""
    titles = [file.title(circle) or long_date(file.date_of(circle)) for circle in file.circles]
    heads = (_("Person"), *titles, _("Wanted"), _("In the client’s words, then what changed since the start"))
    weights = (120.0, *(54.0 for _title in titles), 54.0, 216.0)
    columns = tuple(Column(head, weight) for head, weight in zip(heads, weights, strict=True))
    told: list[str] = []
    unchanged: list[str] = []
    for person_id in _here(file):
        (unchanged if _is_unchanged(file, person_id) else told).append(person_id)
    rows = tuple(_row(file, person_id) for person_id in told)
    return Table(columns if rows else (Column(),), rows, note=_unchanged_line(file, unchanged))


def _felts(file: CircleFile, person_id: str) -> list[float | None]:
    rows = [present(circle).get(person_id) for circle in file.circles]
    return [row.felt if row else None for row in rows]


def _row(file: CircleFile, person_id: str) -> tuple[str, ...]:
    last = present(file.circles[-1]).get(person_id)
    said = file.cast.hide(last.words.strip().strip("“”\"'")) if last else ""
    change = _change(file, person_id)
    sentence = change[:1].upper() + change[1:] + "." if change else ""
    told = _("“{words}” {change}").format(words=said, change=sentence).strip() if said else sentence
    wanted = file.words.of(last.desired) if last else ""
    return (file.cast.lines[person_id], *(file.words.of(felt) or "–" for felt in _felts(file, person_id)), wanted, told)


def _change(file: CircleFile, person_id: str) -> str:
    """Say what changed from the first circle of the course proper, which is not the one *before this began*, to the last."""
    start = next((number for number, each in enumerate(file.circles) if not (each.sitting and each.sitting.is_before)), 0)
    felts = _felts(file, person_id)
    return change_words(felts[0 if start == len(felts) - 1 else start], felts[-1], file.words)


def _is_unchanged(file: CircleFile, person_id: str) -> bool:
    """Whether someone stood in the same ring throughout and nothing was said of them: a line holds them all."""
    rings = {file.words.of(felt) for felt in _felts(file, person_id)}
    last = present(file.circles[-1]).get(person_id)
    return len(rings) == 1 and not (last and last.words.strip())


def _here(file: CircleFile) -> list[str]:
    """Return everyone of the circles by id: those the work is about first, then the nearest of the last circle."""
    told = [each.person for each in file.nearest_first(len(file.circles) - 1)]
    placed = {person_id for circle in file.circles for person_id in present(circle)}
    others = [each for each in file.cast.people if each.id in placed and each.id not in {known.id for known in told}]
    return [each.id for each in sorted([*told, *others], key=lambda each: not each.is_in_focus)]


def _unchanged_line(file: CircleFile, people: Sequence[str]) -> str:
    """Return one line for all who stand where they stood: "Unchanged: J.N., daughter (inner); H.S. (outer, wanted inner)."."""
    lines = []
    for each in people:
        row = present(file.circles[-1])[each]
        ring, wanted = file.words.of(row.felt), file.words.of(row.desired)
        if wanted and wanted != ring:
            ring = _("{ring}, wanted {wanted}").format(ring=ring, wanted=wanted)
        lines.append(_("{name} ({ring})").format(name=file.cast.lines[each], ring=ring))
    return _("Unchanged: {people}.").format(people="; ".join(lines)) if lines else ""


# -- words of the page ---------------------------------------------------------------------------------------------


def _note() -> str:
    return _("Where a person stands is the client’s own answer to “how close do you feel?” Direction has no meaning.")


def _naming_line(file: CircleFile) -> str:
    match file.order.naming:
        case Naming.NAMES:
            return ""
        case Naming.PSEUDONYMS:
            return _("Everyone is named by what they are to the client")
        case _:
            return _("Everyone is named by initials only")


def _printed(file: CircleFile) -> str:
    return _("Printed {date}").format(date=long_date(file.today))
