"""`note.open`: a session's note of 50 KB chosen in the list until it is painted ÷ a bare `QTextEdit` filled with the same text.

Both have headings, bold, italic, lists and quotations; the bare one is filled block by block, its quickest way with formats.
Each note is opened once: what a second opening finds still laid out is no measure.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextListFormat
from PySide6.QtWidgets import QApplication, QTextEdit, QVBoxLayout, QWidget

from benchmarks.measuring import ratio, rounds, seconds, tell
from ipt_desktop.domain import rich_text
from ipt_desktop.domain.form import Means, Purpose
from ipt_desktop.domain.records import Client, Session
from ipt_desktop.domain.rich_text import Block, BlockKind, RichText, Run
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import create_with_key
from ui import theme
from ui.preferences import Preferences
from ui.sessions.page import SessionsPage
from ui.tabs import Tab
from ui.workspace import Workspace

TURNS = 15
BLOCKS = 160  # of 330 letters: 50 KB
SENTENCE = "She told her sister what she had wanted to say at the funeral, was heard, and slept through. "
KINDS = (
    BlockKind.HEADING,
    *([BlockKind.PARAGRAPH] * 5),
    BlockKind.BULLET,
    BlockKind.BULLET,
    BlockKind.NUMBERED,
    BlockKind.QUOTE,
)
FIRST = date(2026, 1, 5)


def text_of(number: int) -> RichText:
    """Return formatted text of 50 KB that no other number has."""
    runs = (Run(f"{number}: {SENTENCE}"), Run(SENTENCE, bold=True), Run(SENTENCE), Run(SENTENCE, italic=True))
    return tuple(Block(runs[:1] if kind is BlockKind.HEADING else runs, kind) for kind in _kinds())


def _kinds() -> Iterator[BlockKind]:
    return (KINDS[place % len(KINDS)] for place in range(BLOCKS))


class Room:
    """The Sessions tab with as many notes as are to be opened."""

    def __init__(self, folder: Path, count: int) -> None:
        self.desk = Desk(create_with_key(folder / "practice", bytes(range(32)), "Willow Lane Practice"))
        client = self.desk.clients.add_client(Client(name="Marta"))
        protocol = self.desk.resources.protocols[0]
        course = self.desk.courses.begin_course(client.id, protocol, started_on=FIRST)
        self.sessions = [self._session(client.id, course.id, number) for number in range(count + 1)]
        self.window = QWidget()
        tabs = (Tab("sessions", "Sessions", 3, "ui.sessions.page", "SessionsPage"),)
        self.frame = Workspace(self.desk, Preferences(), self.window, tabs)
        QVBoxLayout(self.window).addWidget(self.frame)
        self.window.resize(1280, 800)
        self.window.show()
        self.frame.choose_client(client.id)
        self.frame.show_tab("sessions")
        page = self.frame.page("sessions")
        assert isinstance(page, SessionsPage)
        self.page = page
        self.open(self.sessions[-1])  # what the first note alone has to do is done

    def _session(self, client_id: str, course_id: str, number: int) -> str:
        session = self.desk.sessions.add_session(Session(course_id=course_id, date=FIRST + timedelta(weeks=number)))
        document = self.desk.documents.open_document(
            Purpose.PROGRESS_NOTE, client_id, course_id=course_id, session_id=session.id
        )
        field = self.desk.documents.form_of(document).field_that_means(Means.WHAT_HAPPENED)
        assert field is not None
        draft = self.desk.documents.begin_writing(document)
        self.desk.documents.keep_draft(draft, {field.key: rich_text.to_json(text_of(number))})
        self.desk.documents.end_writing(draft)
        return session.id

    def open(self, session_id: str) -> None:
        """Choose a session and let its note be painted."""
        assert self.page.choose_session(session_id)
        self.page.note.focus_note()
        paint()

    def close(self) -> None:
        """Close the practice."""
        self.frame.forget()
        self.window.close()
        self.desk.close()


@contextmanager
def room(count: int) -> Iterator[Room]:
    """Open a practice with so many notes, in a folder that goes with it."""
    with tempfile.TemporaryDirectory() as place:
        made = Room(Path(place), count)
        try:
            yield made
        finally:
            made.close()


def paint() -> None:
    """Let everything that waits happen and be painted."""
    for _time in range(3):
        QApplication.processEvents()


def fill_bare(edit: QTextEdit, text: RichText) -> None:
    """Fill Qt's own editor with formatted text, and let it be painted."""
    edit.clear()
    cursor = QTextCursor(edit.document())
    cursor.beginEditBlock()
    for block in text:
        shape = QTextBlockFormat()
        shape.setHeadingLevel(2 if block.kind is BlockKind.HEADING else 0)
        cursor.insertBlock(shape)
        for run in block.runs:
            look = QTextCharFormat()
            look.setFontWeight(QFont.Weight.Bold if run.bold else QFont.Weight.Normal)
            look.setFontItalic(run.italic)
            cursor.insertText(run.text, look)
        if block.kind in (BlockKind.BULLET, BlockKind.NUMBERED):
            cursor.createList(QTextListFormat.Style.ListDisc)
    cursor.endEditBlock()
    edit.moveCursor(QTextCursor.MoveOperation.End)
    paint()


def measure() -> dict[str, float]:
    """Return the ratio by its name."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.apply(application, theme.Theme())
    count = rounds(TURNS)
    taken: dict[str, list[float]] = {"ours": [], "bare": []}
    with room(count) as open_room:
        window = QWidget()
        bare = QTextEdit(window)
        bare.resize(640, 600)
        window.resize(660, 620)
        window.show()
        paint()
        for number in range(count):
            ways: dict[str, Callable[[], None]] = {
                "ours": partial(open_room.open, open_room.sessions[number]),
                "bare": partial(fill_bare, bare, text_of(number)),
            }
            for name, way in ways.items():
                taken[name].append(seconds(way))
        window.close()
    DETAILS[:] = [f"{name}: {sorted(each)[len(each) // 2] * 1000:.1f} ms" for name, each in taken.items()]
    return {"note.open": ratio(taken["ours"], taken["bare"])}


DETAILS: list[str] = []

if __name__ == "__main__":
    tell(measure(), *DETAILS)
    os._exit(0)  # Qt's own taking down is not measured
