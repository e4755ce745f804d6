"""`note.key`: one key typed into a note of 50 KB until it is painted, with the spell-check on and marked words in sight ÷
the same in a bare `QTextEdit` of that size, 95 of a hundred each.

`note.slowest_key_ms`: the slowest key of a minute's typing into that note with autosave on, from the moment the key was due:
whatever keeps the window from it counts.

`note.save_block_ms`: the longest that a save of that note keeps the window from anything else, from its being sent until what
became of it is told.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QTextEdit, QVBoxLayout, QWidget

from benchmarks.measuring import at_95_of_100, is_short, rounds, tell
from ipt_desktop.domain.form import FieldKind, Purpose
from ipt_desktop.domain.records import Client
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import create_with_key
from ui import theme
from ui.app import collect_from_now
from ui.forms.document_writer import DocumentWriter
from ui.forms.form_view import FormView
from ui.forms.writing.pen import Pen
from ui.forms.writing.spell_marks import SpellMarks
from ui.preferences import Preferences
from ui.workspace import Workspace

TURNS = 15
SECONDS, KEYS_A_SECOND = 60, 12
PARAGRAPH = "She told her sister what she had wanted to say at the funral, was heard, and slept through. " * 7
PARAGRAPHS = 80  # with the one above 50 KB
WORDS = "we went through the quarrel once more "


class Room:
    """A note of 50 KB in the form that the Sessions tab shows it in, kept by the writer that keeps it there."""

    def __init__(self, folder: Path) -> None:
        self.desk = Desk(create_with_key(folder / "practice", bytes(range(32)), "Willow Lane Practice"))
        client = self.desk.clients.add_client(Client(name="Marta"))
        self.window = QWidget()
        self.frame = Workspace(self.desk, Preferences(), self.window, ())
        area = QScrollArea(self.window)
        area.setWidgetResizable(True)
        self.pen = Pen(self.desk, self.frame, self.window)
        self.view = FormView(theme.current(), area, self.pen)
        area.setWidget(self.view)
        column = QVBoxLayout(self.window)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)  # the real window has a least size of its own
        column.addWidget(self.frame)
        column.addWidget(area, 1)
        self.writer = DocumentWriter(self.desk, self.frame, self.view, self.window)
        self._open(client)
        self.window.resize(1280, 800)
        self.window.show()
        self.edit = next(each for each in self.view.findChildren(QTextEdit) if each.toPlainText())
        self._check_spelling()

    def _open(self, client: Client) -> None:
        document = self.desk.documents.open_document(Purpose.FREE_NOTE, client.id)
        form = self.desk.documents.form_of(document)
        field = next(each for section in form.sections for each in section.fields if each.kind == FieldKind.PROSE)
        blocks = [{"kind": "paragraph", "runs": [{"text": PARAGRAPH}]} for _number in range(PARAGRAPHS)]
        draft = self.desk.documents.begin_writing(document)
        self.writer.open(self.desk.documents.keep_draft(draft, {field.key: blocks}))

    def _check_spelling(self) -> None:
        """Have the dictionary read, and every word in sight judged."""
        self.desk.spelling.load()
        marks = self.edit.findChild(SpellMarks)
        assert marks is not None
        QApplication.processEvents()
        marks.look_now()
        while not self.edit.extraSelections():
            QApplication.processEvents()

    def close(self) -> None:
        """Keep what was typed and close the practice."""
        self.writer.close()
        self.frame.forget()
        self.window.close()
        self.desk.close()


@contextmanager
def room() -> Iterator[Room]:
    """Open a practice with one note, in a folder that goes with it."""
    with tempfile.TemporaryDirectory() as place:
        made = Room(Path(place))
        try:
            yield made
        finally:
            made.close()


def bare_edit(room: Room, window: QWidget) -> QTextEdit:
    """Return a text editor of Qt's own with the same words and type, as large as what is seen of the other, in a window."""
    window.resize(room.window.size())
    edit = QTextEdit(window)
    edit.setFont(room.edit.font())
    edit.setPlainText(room.edit.toPlainText())
    edit.resize(room.edit.visibleRegion().boundingRect().size())
    window.show()
    return edit


def put_cursor(edit: QTextEdit) -> None:
    """Put the cursor into the middle of the note and of a paragraph, where it can be seen."""
    cursor = edit.textCursor()
    cursor.setPosition(edit.document().findBlockByNumber(PARAGRAPHS // 2).position() + len(PARAGRAPH) // 2)
    edit.setTextCursor(cursor)
    edit.ensureCursorVisible()
    for area in edit.window().findChildren(QScrollArea):
        if (page := area.widget()) is not None:
            area.ensureVisible(0, edit.mapTo(page, edit.cursorRect().center()).y())


def enter(edit: QTextEdit) -> None:
    """Give the editor the keyboard."""
    edit.activateWindow()
    edit.setFocus()
    QApplication.processEvents()


def press(edit: QTextEdit, letter: str) -> None:
    """Type a letter and let everything that follows from it be painted."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        key = Qt.Key.Key_Space if letter == " " else Qt.Key.Key_A
        QCoreApplication.sendEvent(edit, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter))
    QApplication.processEvents()
    QApplication.processEvents()


class PaintCounter(QObject):
    """Counts how often an editor is painted: a key that is not seen would be no measure."""

    def __init__(self, edit: QTextEdit) -> None:
        super().__init__(edit)
        self.count = 0
        edit.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Paint
        return False


def key_ratio(room: Room) -> float:
    """Return a key in the form's editor ÷ a key in the bare one: a few words here, a few words there, in turn."""
    QApplication.processEvents()  # everything has its place before the cursor is looked for
    put_cursor(room.edit)
    window = QWidget()
    bare = bare_edit(room, window)
    QApplication.processEvents()
    put_cursor(bare)
    taken: dict[QTextEdit, list[float]] = {room.edit: [], bare: []}
    for _turn in range(rounds(TURNS)):
        for edit, spent in taken.items():
            enter(edit)
            counter = PaintCounter(edit)
            for letter in WORDS:
                start = time.perf_counter()
                press(edit, letter)
                spent.append(time.perf_counter() - start)
            edit.viewport().removeEventFilter(counter)
            assert counter.count >= len(WORDS), "keys were not painted"
    window.close()
    DETAILS.append("a key: " + ", ".join(f"{statistics.median(each) * 1000:.2f} ms" for each in taken.values()))
    return at_95_of_100(taken[room.edit]) / at_95_of_100(taken[bare])


def slowest_key(room: Room) -> float:
    """Return the slowest key in milliseconds, while the note is saved as it is typed."""
    put_cursor(room.edit)
    enter(room.edit)
    count = (1 if is_short() else SECONDS) * KEYS_A_SECOND
    saves: list[object] = []
    room.writer.saved.connect(saves.append)
    slowest, due = 0.0, time.perf_counter()
    for number in range(count):
        due += 1 / KEYS_A_SECOND
        wait_until(due)
        press(room.edit, WORDS[number % len(WORDS)])
        slowest = max(slowest, time.perf_counter() - due)
    assert is_short() or len(saves) > SECONDS / 4, "autosave was not on"
    DETAILS.append(f"{count} keys, saved {len(saves)} times meanwhile")
    return slowest * 1000


def longest_block(room: Room) -> float:
    """Return in milliseconds the longest gap between two turns of the window's loop while it saves; of all saves."""
    gaps: list[float] = []
    put_cursor(room.edit)
    enter(room.edit)
    for _turn in range(rounds(TURNS)):
        room.writer.flush()
        press(room.edit, "a")
        seen = [time.perf_counter()]
        loop, beat = QEventLoop(), QTimer()
        beat.timeout.connect(lambda seen=seen: seen.append(time.perf_counter()))
        beat.start(0)
        stop = room.writer.saved.connect(loop.quit)
        room.writer.save_now()
        loop.exec()
        seen.append(time.perf_counter())
        room.writer.disconnect(stop)
        gaps.append(max(after - before for before, after in pairwise(seen)))
    DETAILS.append("blocked by a save, in ms: " + ", ".join(f"{each * 1000:.1f}" for each in gaps))
    return max(gaps) * 1000


def wait_until(due: float) -> None:
    """Let the window live until a moment of `perf_counter`, asleep when it has nothing to do."""
    loop, timer = QEventLoop(), QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(loop.quit)
    timer.start(max(0, round((due - time.perf_counter()) * 1000)))
    loop.exec()
    while time.perf_counter() < due:  # the timer may be a fraction of a millisecond early
        pass


def measure() -> dict[str, float]:
    """Return them by their names."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.apply(application, theme.Theme())
    with room() as open_room:
        collect_from_now(application)  # as the program does once it has started
        return {
            "note.key": key_ratio(open_room),
            "note.slowest_key_ms": slowest_key(open_room),
            "note.save_block_ms": longest_block(open_room),
        }


DETAILS: list[str] = []

if __name__ == "__main__":
    tell(measure(), *DETAILS)
    os._exit(0)  # Qt's own taking down is not measured
