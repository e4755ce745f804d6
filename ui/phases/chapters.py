"""The chapters of a course's papers: what each of them promises, and which there are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.text import marked

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk
    from ui.page import Frame
    from ui.phases.reading import CourseReading


class Chapter(QWidget):
    """One of the papers of a course, in the course's place. Built on its first visit.

    `told` says that what `caption` tells has changed. `print_asked` carries the kind of report to be printed, and the record it
    shows where that is one of several ("" else); `history_asked` (document's id, title): its earlier versions; `course_asked`
    what of the course itself is to be changed ("sessions", "focus", "goals").
    """

    told = Signal()
    print_asked = Signal(str, str)
    history_asked = Signal(str, str)
    course_asked = Signal(str)

    def show_course(self, reading: CourseReading) -> None:
        """Show the course as it stands now; called whenever anything of it changed, and never loses what is being typed."""
        raise NotImplementedError

    def open(self) -> bool:
        """Come into sight, with the keyboard in it; False where that can't be."""
        raise NotImplementedError

    def flush(self) -> bool:
        """Keep what is typed and wait for it; False where that failed: the words stay on screen."""
        return True

    def leave(self) -> bool:
        """Keep what is typed before another page takes its place; False where that could not be."""
        return self.flush()

    def forget(self) -> None:
        """Let go of every word."""
        raise NotImplementedError

    def place(self) -> object:
        """Return where in the chapter one is: ids and numbers alone."""
        return None

    def return_to(self, place: object) -> None:
        """Go back there, as far as it is still there."""


@dataclass(frozen=True, slots=True)
class ChapterKind:
    """A chapter by its `key`; `made_by` names the module and what makes it from (desk, frame, parent).

    One that `is_of_sessions` is written session by session: it is neither written nor unwritten as a whole. `short` is what it
    is called where there is little room, under a mark of the band.
    """

    key: str
    title: str
    icon: str
    made_by: tuple[str, str]
    is_of_sessions: bool = False
    short: str = ""

    def make(self, desk: Desk, frame: Frame, parent: QWidget) -> Chapter:
        """Build the chapter."""
        module, name = self.made_by
        return cast("Callable[[Desk, Frame, QWidget], Chapter]", getattr(import_module(module), name))(desk, frame, parent)


CHAPTERS = (
    ChapterKind(
        "history",
        marked("Illness and history"),
        "clipboard-list",
        ("ui.phases.illness.chapter", "IllnessChapter"),
        short=marked("History"),
    ),
    ChapterKind("explanation", marked("Explaining IPT"), "info", ("ui.phases.explanation_chapter", "ExplanationChapter")),
    ChapterKind("formulation", marked("Formulation"), "link", ("ui.phases.formulation_chapter", "FormulationChapter")),
    ChapterKind("agreement", marked("Agreement"), "handshake", ("ui.phases.agreement_chapter", "AgreementChapter")),
    ChapterKind("areas", marked("Problem areas"), "route", ("ui.phases.area_chapter", "AreaRecordsChapter")),
    ChapterKind("ending", marked("Ending"), "signpost", ("ui.phases.ending_chapter", "EndingChapter")),
    ChapterKind(
        "selfcheck",
        marked("Self-check"),
        "circle-check",
        ("ui.phases.selfcheck.chapter", "SelfCheckChapter"),
        is_of_sessions=True,
    ),
)
