"""Circles that leave the program: made as bytes, written whole or not at all, and noted; with a recipient, as a disclosure.

ReportLab is loaded when the first page or vector picture is made, never before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipt_desktop.domain.circle_graph import as_graphml
from ipt_desktop.domain.circle_naming import Naming
from ipt_desktop.domain.circle_order import KIND, MOST_ON_A_PAGE, CircleForm, CircleOrder
from ipt_desktop.domain.circle_table import as_csv, people_rows
from ipt_desktop.domain.errors import PracticeError, Refused
from ipt_desktop.domain.picture import Picture
from ipt_desktop.domain.records import AuditEntry, Disclosure
from ipt_desktop.domain.report import Place, as_text
from ipt_desktop.domain.text import _, language
from ipt_desktop.services.circle_file import CircleFile, read_circles
from ipt_desktop.services.circle_pages import circles_picture, fitted, scale_of
from ipt_desktop.services.disclosures import disclosed
from ipt_desktop.services.reporting import note_given_out, page_count, write_whole
from ipt_desktop.services.termination_summary import client_initials

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleCopy:
    """A circle as it leaves: its bytes, or the picture they are still to be painted from (PNG), and what stands in it.

    `scale` is how many pixels a unit of the picture has at 1×, `letters` the size in units of each style of its words, and
    whether it is heavy; `text` is what a screen reader says of it; `rows` are those of a
    table; `places` are characters that can't be printed; `people` counts those shown.
    """

    order: CircleOrder
    data: bytes = b""
    picture: Picture | None = None
    scale: float = 1.0
    letters: Mapping[str, tuple[float, bool]] = field(default_factory=dict)
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    places: tuple[Place, ...] = ()
    people: int = 0


class CircleExports:
    """What can be made of a circle for outside. Making is slow (setting words) and belongs on a thread of its own."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def make(self, order: CircleOrder, *, today: date | None = None) -> CircleCopy:
        """Return what an order asks for. Raises Refused for more circles than a page holds, RecordGone for what is gone."""
        if not 1 <= len(order.sittings) <= MOST_ON_A_PAGE:
            raise Refused(reason=_("Choose one to {count} circles.").format(count=MOST_ON_A_PAGE))
        file = read_circles(self._desk, order, today or date.today())
        people = len({each.person.id for number in range(len(file.circles)) for each in file.everyone(number) if each.now})
        match order.form:
            case CircleForm.CSV:
                made = self._table(file)
            case CircleForm.GRAPHML:
                made = self._network(file)
            case CircleForm.PDF:
                made = self._page(file)
            case _:
                made = self._picture(file)
        return replace(made, people=people)

    def _table(self, file: CircleFile) -> CircleCopy:
        sectors = {each.id: each.name for each in file.sectors}
        rows = people_rows(file.nearest_first(0), file.cast, file.words, file.days, sectors)
        text = "\n".join("\t".join(row) for row in rows)
        return CircleCopy(order=file.order, data=as_csv(rows), text=text, rows=tuple(rows))

    def _network(self, file: CircleFile) -> CircleCopy:
        here = [each for each in file.nearest_first(0) if each.now]
        data = as_graphml(here, file.ties, file.cast, file.client_called, file.words, file.day)
        return CircleCopy(order=file.order, data=data, text=data.decode())

    def _page(self, file: CircleFile) -> CircleCopy:
        reporting = self._desk.reporting
        with reporting.setting():
            report, pdf = fitted(reporting, file)
            places = tuple(reporting.unprintable(report))
            return CircleCopy(order=file.order, data=pdf, text=as_text(report), places=places)

    def _picture(self, file: CircleFile) -> CircleCopy:
        from ipt_desktop.reports.picture import NATURAL, STYLES

        reporting = self._desk.reporting
        letters = {name: (style.size / NATURAL, style.bold) for name, style in STYLES.items()}
        with reporting.setting():
            ink = reporting.ink
            picture, scale, data = circles_picture(file, ink), scale_of(file), b""
            if file.order.form is CircleForm.SVG:
                from ipt_desktop.reports.svg import render_svg

                colours = reporting.tokens["paper"]
                title = _("Closeness circle")
                data = render_svg(picture, colours, ink.measure, title=title, language=language(), scale=scale)
        return CircleCopy(order=file.order, data=data, picture=picture, scale=scale, letters=letters, text=picture.description)

    def file_name(self, order: CircleOrder, *, today: date | None = None) -> str:
        """Return a name for the file that tells no one whose circle it is."""
        client = self._desk.clients.client(self._desk.courses.course(order.course_id).client_id)
        whose = "" if order.naming is Naming.PSEUDONYMS else client_initials(client)
        return f"{whose} {_('circle')} {today or date.today():%Y-%m-%d}.{order.form.ending}".strip()

    def save(self, data: bytes, path: Path, order: CircleOrder, *, recipient: str = "", purpose: str = "") -> Disclosure | None:
        """Write a circle for this user alone and note it; with a recipient it is a disclosure, which is returned.

        Raises FolderNotWritable; then a file that was there before is untouched. Raises SaveFailed where it could not be noted;
        then there is no file: nothing leaves the practice without a trace.
        """
        self._desk.courses.course(order.course_id)  # whose course is gone meanwhile leaves no file
        write_whole(data, path)
        try:
            return self._note("circle_saved", data, order, recipient, purpose)
        except PracticeError:
            path.unlink(missing_ok=True)
            raise

    def note_copied(self, order: CircleOrder, *, recipient: str = "", purpose: str = "") -> Disclosure | None:
        """Note that a circle goes to the clipboard, before it does. Raises SaveFailed; then it must not."""
        return self._note("circle_copied", b"", order, recipient, purpose)

    def _note(self, operation: str, data: bytes, order: CircleOrder, recipient: str, purpose: str) -> Disclosure | None:
        course = self._desk.courses.course(order.course_id)
        pages = page_count(data) if order.form is CircleForm.PDF else 1
        disclosure = disclosed(course.client_id, course.id, KIND, pages, recipient, purpose)
        if disclosure is not None:
            disclosure = replace(disclosure, how=order.form.value)
        detail: dict[str, Any] = {"report": KIND, "form": order.form.value, "people": order.naming.value}
        entry = AuditEntry(
            operation=operation,
            kind="course",
            record_id=course.id,
            client_id=course.client_id,
            detail=detail | ({"disclosure": disclosure.id} if disclosure else {}),
        )
        note_given_out(self._desk.open_practice, entry, disclosure)
        return disclosure
