"""Reports: assembled from what is stored, set as PDF, shown as pictures and saved. The same bytes are shown and saved.

ReportLab and PDFium are loaded when a report is first set or shown, never before.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.circle_style import circle_style, for_print
from ipt_desktop.domain.errors import FolderNotWritable, PracticeError, Refused
from ipt_desktop.domain.page_span import SetPages
from ipt_desktop.domain.records import AuditEntry, Disclosure
from ipt_desktop.domain.report import Contents, Paper, Place, Report, TextSize
from ipt_desktop.domain.text import _
from ipt_desktop.services.agreement_report import AGREEMENT
from ipt_desktop.services.area_record_report import AREA_RECORD
from ipt_desktop.services.circle_report import CIRCLE, CIRCLE_BEFORE_AFTER, CIRCLE_THROUGH
from ipt_desktop.services.client_copy import CLIENT_COPY
from ipt_desktop.services.client_trail_report import CLIENT_TRAIL, DISCLOSURES
from ipt_desktop.services.course_file import read_course
from ipt_desktop.services.course_measures_report import COURSE_MEASURES
from ipt_desktop.services.disclosures import disclosed
from ipt_desktop.services.explanation_report import EXPLANATION
from ipt_desktop.services.finished_paper import FinishedPaper, finished
from ipt_desktop.services.formulation_report import FORMULATION, NARRATIVE
from ipt_desktop.services.full_record import FULL_RECORD
from ipt_desktop.services.history_report import HISTORY
from ipt_desktop.services.letter_report import letter_kind
from ipt_desktop.services.measure_sheet import MEASURE_SHEET
from ipt_desktop.services.portfolio import PORTFOLIO
from ipt_desktop.services.progress_report import PROGRESS_REPORT
from ipt_desktop.services.relapse_plan_report import RELAPSE_PLAN
from ipt_desktop.services.report_kind import About, Choices, ReportKind
from ipt_desktop.services.safety_plan_report import SAFETY_PLAN
from ipt_desktop.services.session_note_report import SESSION_NOTES
from ipt_desktop.services.steps_report import STEPS
from ipt_desktop.services.summary_circle import PaperInk
from ipt_desktop.services.termination_summary import KIND, SUMMARY, client_initials, names_in, third_parties
from ipt_desktop.services.timeline_report import TIMELINE
from ipt_desktop.services.worksheet_report import WORKSHEET

if TYPE_CHECKING:
    from ipt_desktop.domain.records import Document
    from ipt_desktop.services.desk import Desk
    from ipt_desktop.services.practice import OpenPractice
    from ipt_desktop.services.resources import Resources
    from ipt_desktop.storage.store import Writing

PAPER = "paper"
TEXT = "text"
"""How a report left that was printed, or copied as text (`Disclosure.how`)."""
KINDS: tuple[ReportKind, ...] = (
    *(SUMMARY, PROGRESS_REPORT, EXPLANATION, AGREEMENT, STEPS, NARRATIVE, CLIENT_COPY, RELAPSE_PLAN, SAFETY_PLAN, PORTFOLIO),
    *(SESSION_NOTES, FORMULATION, HISTORY, AREA_RECORD, WORKSHEET, MEASURE_SHEET, COURSE_MEASURES, FULL_RECORD, TIMELINE),
    *(CIRCLE, CIRCLE_BEFORE_AFTER, CIRCLE_THROUGH, DISCLOSURES, CLIENT_TRAIL),
)
"""Every kind of report that is no letter, in the order they are offered."""


class Reporting:
    """What can be done with reports. Slow: assembling, setting and showing belong on a thread of their own."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._is_over = False

    def forget(self) -> None:
        """Let go of every word that was set, and of those still being set once that ends: the practice is being closed."""
        self._is_over = True
        self._forget_words()

    def _forget_words(self) -> None:
        if "ipt_desktop.reports.fonts" in sys.modules:
            from ipt_desktop.reports.fonts import fonts_in

            fonts_in(self.fonts).forget_words()

    @contextmanager
    def setting(self) -> Iterator[None]:
        """Set words; the faces remember their shapes for the next time, unless there is none."""
        try:
            yield
        finally:
            if self._is_over:
                self._forget_words()

    def kinds(self) -> tuple[ReportKind, ...]:
        """Return every kind of report there is, in the order they are offered: the letters first."""
        return kinds_at_hand(self._desk.resources)

    def _kind(self, key: str) -> ReportKind:
        found = next((each for each in self.kinds() if each.key == key), None)
        if found is None:
            raise Refused(reason=_("There is no report of the kind {kind}.").format(kind=key))
        return found

    def missing(self, kind: str, client_id: str, course_id: str = "") -> str:
        """Return in a sentence why there is nothing to print of a kind, "" where there is something. Raises as `about`."""
        return self._missing(self._kind(kind), client_id, course_id)

    def missing_of_all(self, client_id: str, course_id: str = "") -> dict[str, str]:
        """Return what `missing` gives by the key of each kind, in one reading."""
        with self._desk.store.read():
            return {each.key: self._missing(each, client_id, course_id) for each in self.kinds()}

    def _missing(self, kind: ReportKind, client_id: str, course_id: str) -> str:
        about = self._about(kind, course_id, client_id=client_id)
        if kind.needs_course and not course_id:
            return _("There is no course of treatment yet that it could be made from.")
        return kind.missing(about)

    def records(self, kind: str, course_id: str, *, client_id: str = "") -> Sequence[tuple[str, str]]:
        """Return what a kind of report can show one of, as (id, words); nothing where it shows a course as a whole."""
        found = self._kind(kind)
        return found.records(self._about(found, course_id, client_id=client_id))

    def assemble(
        self,
        kind: str,
        course_id: str = "",
        include: frozenset[str] | None = None,
        *,
        today: date | None = None,
        client_id: str = "",
        record_id: str = "",
        choices: Choices | None = None,
    ) -> Report:
        """Return a report as `finished` does, without what is to be looked at before it leaves."""
        made = self.finished(kind, course_id, include, today=today, client_id=client_id, record_id=record_id, choices=choices)
        return made.report

    def finished(
        self,
        kind: str,
        course_id: str = "",
        include: frozenset[str] | None = None,
        *,
        today: date | None = None,
        client_id: str = "",
        record_id: str = "",
        choices: Choices | None = None,
    ) -> FinishedPaper:
        """Return a report on a course, or on a client where its kind needs no course, from the record and the texts written.

        `include` holds the keys of the parts wanted, the usual ones by default; a part that has nothing to say is left out.
        `record_id` says which of several documents it shows, the first by default. Other people are named as `choices` has it,
        by initials unless it says otherwise, save in what is the client's own; in a text the therapist has written they stand
        as written unless they are masked.
        Raises Refused for an unknown kind, and where there is nothing to print; RecordGone for a course that is not there.
        """
        found = self._kind(kind)
        about = self._about(found, course_id, include, today=today, client_id=client_id, record_id=record_id, choices=choices)
        with self.setting():
            return finished(about, found, found.assemble(about))

    def defaults(
        self, kind: str, course_id: str, *, today: date | None = None, choices: Choices | None = None
    ) -> dict[str, Any]:
        """Return the assembled texts by meaning or field, as answers of a form: what is printed where nothing was written."""
        found = self._kind(kind)
        texts = found.defaults(self._about(found, course_id, today=today, choices=choices))
        return {name: rich_text.to_json(text) for name, text in texts.items() if text}

    def document(self, kind: str, course_id: str) -> Document | None:
        """Return the document whose answers are printed instead of what the record says; None for a kind that has no texts."""
        found = self._kind(kind)
        about = self._about(found, course_id)
        if found.texts is None:
            return None
        if found.document is not None:
            return found.document(about)
        return self._desk.documents.open_document(found.texts, about.client_id, course_id=course_id or None)

    def _about(
        self,
        kind: ReportKind,
        course_id: str,
        include: frozenset[str] | None = None,
        *,
        today: date | None = None,
        client_id: str = "",
        record_id: str = "",
        choices: Choices | None = None,
    ) -> About:
        """Return what is asked for in full. Raises RecordGone for a course that is not there."""
        if course_id or (kind.needs_course and not client_id):
            client_id = self._desk.courses.course(course_id).client_id
        return About(
            desk=self._desk,
            client_id=client_id,
            course_id=course_id,
            today=today or date.today(),
            include=kind.usual_parts if include is None else include,
            record_id=record_id,
            choices=choices or Choices(),
        )

    def render(self, report: Report, paper: Paper | str = Paper.A4) -> bytes:
        """Return a report as PDF on a sheet; what cannot be printed is spelt out in brackets (see `unprintable`)."""
        return self.set_pages(report, paper).pdf

    def set_pages(
        self,
        report: Report,
        paper: Paper | str = Paper.A4,
        text_size: TextSize | str = TextSize.USUAL,
        watch: Callable[[float], None] = lambda _share: None,
        logo: bytes | None = None,
    ) -> SetPages:
        """Return a report as PDF on a sheet, and where its sections stand; in larger type if asked.

        Its letterhead has the practice's logo, or the one given: b"" for none.

        `watch` is called again and again with the share that is done, 0 to 1; what it raises stops the setting.
        """
        from ipt_desktop.reports.document import set_pages

        with self.setting():
            return set_pages(self._on(report, paper, text_size, logo), self.fonts, self.tokens["paper"], watch)

    def first_page(self, report: Report, paper: Paper | str, text_size: TextSize | str, of: int) -> bytes:
        """Return the first page alone, to be looked at while all `of` them are set; b"" where it needs the others first."""
        from ipt_desktop.reports.document import first_page

        if any(isinstance(block, Contents) for section in report.sections for block in section.blocks):
            return b""
        with self.setting():
            return first_page(self._on(report, paper, text_size), self.fonts, self.tokens["paper"], of)

    def _on(self, report: Report, paper: Paper | str, text_size: TextSize | str, logo: bytes | None = None) -> Report:
        """Return a report for a sheet, in larger type if asked, its letterhead with the practice's logo or the one given."""
        report = replace(report, paper=Paper(paper))
        if TextSize(text_size) is not TextSize.USUAL:
            report = replace(report, text_size=TextSize(text_size))
        if report.letterhead is not None:
            logo = self._desk.practice.logo() if logo is None else logo
            report = replace(report, letterhead=replace(report.letterhead, logo=logo))
        return report

    def pages(self, pdf: bytes, width_px: int) -> list[bytes]:
        """Return each page of a PDF as a PNG so many pixels wide."""
        from ipt_desktop.services.page_images import page_images

        return page_images(pdf, width_px)

    def some_pages(self, pdf: bytes, width_px: int, numbers: Collection[int]) -> tuple[int, dict[int, bytes]]:
        """Return how many pages a PDF has and, by number (from 1), those asked for as PNGs so many pixels wide."""
        from ipt_desktop.services.page_images import some_page_images

        return some_page_images(pdf, width_px, numbers)

    def unprintable(self, report: Report) -> list[Place]:
        """Return each character no bundled face can print, with the section it stands in, in reading order."""
        from ipt_desktop.reports.document import unprintable_places

        # Title, running head and the facts about the client have no heading of their own to be found by.
        unheaded = {report.title: _("heads of the pages"), "": _("client and course")}
        places = unprintable_places(report, self.fonts)
        return [replace(each, section=unheaded.get(each.section, each.section)) for each in places]

    def named_people(self, course_id: str, report: Report) -> list[str]:
        """Return the names of other people that stand in a report after all, since the therapist wrote them there.

        What is the client's own names people as the client does.
        """
        if self._kind(report.kind).is_for_the_client or not course_id:
            return []
        return names_in(report, third_parties(read_course(self._desk, course_id, date.today())))

    def to_check(self, course_id: str, report: Report) -> list[str]:
        """Return in sentences what is to be looked at in a report before it goes out, as its kind has it."""
        kind = self._kind(report.kind)
        return list(kind.to_check(self._about(kind, course_id), report)) if course_id else []

    def file_name(
        self,
        kind: str,
        course_id: str = "",
        *,
        client_id: str = "",
        today: date | None = None,
        has_full_name: bool = False,
    ) -> str:
        """Return a name for the file that tells no one who it is about: initials, kind and date; or the kind alone.

        With `has_full_name` the client's name stands there, without what no file's name may hold.
        """
        found = self._kind(kind)
        if found.is_pseudonymous:
            return f"{_(found.file_words)}.pdf"
        about = self._about(found, course_id, today=today, client_id=client_id)
        client = self._desk.clients.client(about.client_id)
        whose = _for_file(client.name) if has_full_name else client_initials(client)
        return f"{whose} {_(found.file_words)} {about.today:%Y-%m-%d}.pdf".strip()

    def save(
        self,
        pdf: bytes,
        path: Path,
        *,
        kind: str = KIND,
        course_id: str = "",
        client_id: str = "",
        recipient: str = "",
        purpose: str = "",
        password: str = "",
    ) -> Disclosure | None:
        """Write a PDF whole or not at all, readable for this user alone, and note that a report was saved.

        With a `password`, which is kept nowhere, it opens with that alone. Raises Refused for one a PDF cannot ask for.

        With a recipient it is a disclosure, kept in the client's list of them and returned. Raises FolderNotWritable; then a
        file that was there before is untouched. Raises SaveFailed where it could not be noted; then there is no file: nothing
        leaves the practice without a trace. Raises Refused for what has more pages than its kind may have.
        """
        self.require_short(kind, pdf)
        whose = client_id or (self._desk.courses.course(course_id).client_id if course_id else "")
        pages = page_count(pdf)
        disclosure = disclosed(whose, course_id, kind, pages, recipient, purpose) if whose else None
        write_whole(_behind(password, pdf) if password else pdf, path)
        try:
            self._note("report_saved", {"report": kind, "pages": pages}, course_id, whose, disclosure)
        except PracticeError:
            path.unlink(missing_ok=True)
            raise
        return disclosure

    def require_short(self, kind: str, pdf: bytes) -> None:
        """Raise Refused for a letter of more than one page: it is shortened first."""
        most = next((each.most_pages for each in self.kinds() if each.key == kind), 0)
        if most and page_count(pdf) > most:
            raise Refused(reason=_("A letter is one page. Above the page stands what to shorten; then save or print again."))

    def note_printed(
        self, pdf: bytes, *, kind: str, course_id: str = "", client_id: str = "", recipient: str = "", purpose: str = ""
    ) -> Disclosure | None:
        """Note that pages went to a printer; with a recipient it is a disclosure, as in `save`. Raises SaveFailed."""
        pages = page_count(pdf)
        disclosure = disclosed(client_id, course_id, kind, pages, recipient, purpose, PAPER) if client_id else None
        self._note("report_printed", {"report": kind, "pages": pages}, course_id, client_id, disclosure)
        return disclosure

    def note_copied(
        self, *, kind: str, course_id: str = "", client_id: str = "", recipient: str = "", purpose: str = ""
    ) -> Disclosure | None:
        """Note that the words of a report go to the clipboard, before they do; else as `note_printed`."""
        disclosure = disclosed(client_id, course_id, kind, 0, recipient, purpose, TEXT) if client_id else None
        self._note("report_copied", {"report": kind}, course_id, client_id, disclosure)
        return disclosure

    def _note(
        self, operation: str, detail: dict[str, Any], course_id: str, client_id: str, disclosure: Disclosure | None
    ) -> None:
        what, record_id = ("course", course_id) if course_id else ("client" if client_id else "practice", client_id)
        told = detail | ({"disclosure": disclosure.id} if disclosure else {})
        entry = AuditEntry(operation=operation, kind=what, record_id=record_id, client_id=client_id, detail=told)
        note_given_out(self._desk.open_practice, entry, disclosure)

    @cached_property
    def fonts(self) -> Path:
        """The folder of the faces that words are set in."""
        return self._desk.resources.path("fonts", "paper")

    @cached_property
    def tokens(self) -> Mapping[str, Any]:
        """The measures and colours of `resources/themes/tokens.toml`; paper's colours are its table `paper`."""
        return tomllib.loads(self._desk.resources.path("themes", "tokens.toml").read_text("utf-8"))

    @cached_property
    def ink(self) -> PaperInk:
        """How circles are drawn on paper; use it within `setting`, so that no word stays behind."""
        from ipt_desktop.reports.fonts import fonts_in
        from ipt_desktop.reports.picture import measure

        fonts = fonts_in(self.fonts)
        width = measure(fonts)

        def width_of_any(text: str, style: str) -> float:
            """Measure words no face can print as well: they are told of, and never drawn."""
            try:
                return width(text, style)
            except LookupError:
                return width("".join(each if fonts.can_print(each) else "m" for each in text), style)

        return PaperInk(for_print(circle_style(self.tokens)), width_of_any)


def kinds_at_hand(resources: Resources) -> tuple[ReportKind, ...]:
    """Return every kind of report, in the order they are offered: a letter for each template first."""
    return (*map(letter_kind, resources.letters), *KINDS)


def _for_file(name: str) -> str:
    """Return a name without what a file's name may not hold on any system."""
    return " ".join(re.sub(r'[<>:"/\\|?*\x00-\x1f]', " ", name).split()).strip(". ")


def _behind(password: str, pdf: bytes) -> bytes:
    from ipt_desktop.services.protected_pdf import with_password

    return with_password(pdf, password)


def note_given_out(practice: OpenPractice, entry: AuditEntry, disclosure: Disclosure | None) -> None:
    """Note in the trail what left the practice, and in the client's list to whom, where it went to someone.

    Raises SaveFailed; then neither is noted.
    """

    def work(writing: Writing) -> None:
        if disclosure is not None:
            writing.insert(disclosure)

    practice.carry_out(entry, work)


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    from ipt_desktop.services.page_images import page_count

    return page_count(pdf)


def write_whole(data: bytes, path: Path) -> None:
    """Write a file for this user alone, beside its place first: a full disk never leaves half of it under its name.

    Raises FolderNotWritable; then a file that was there before is untouched.
    """
    try:
        number, name = tempfile.mkstemp(dir=path.parent, prefix=".ipt-desktop-", suffix=".part")
        unfinished = Path(name)
        try:
            with os.fdopen(number, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise FolderNotWritable(path=path.parent, reason=error.strerror or str(error)) from error
