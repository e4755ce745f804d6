"""Nothing is lost, whatever is done in whatever order: the window is driven with real keys, and looked at from the disk.

After each step what lies on the disk is what was last shown as saved; after a kill the practice is opened from what the kill
left, and the note shows that again, character by character.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import Client, Session
from ipt_desktop.domain.rich_text import Block, BlockKind, from_json
from ipt_desktop.services.autosave import Keeping
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import create_with_key, open_with_key
from ipt_desktop.storage.store import Writing
from tests.ui.practice_room import KEY, Room
from tests.ui.sessions.conftest import FULL, MENDED, SessionsRoom
from tests.ui.sessions.test_window import TABS, PlainKeyPractices, unlock
from ui.forms.prose import ProseEdit, kind_of
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.sessions.page import SessionsPage
from ui.workspace import Workspace

FIELD = "what_happened"
WORDS = (
    *(
        "She rang. ",
        "no",
        " ",
        "\n",
        "<b>&amp;</b> ",
        "{name} %s ",
        "“didn’t” – ",
        "Żółć ",
        "林美玲",
        "😀👩‍👩‍👧",
        "\u202eabc",
        "עברית ",
        "e\u0301",
    ),
    *("a\n\nb", "  two  spaces ", "> * # 1. "),
)
FORMATS = ("bold", "italic", "heading", "numbered", "bullet", "quote")
STROKES = (
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Delete,
    Qt.Key.Key_Left,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_Up,
    Qt.Key.Key_Return,
)
TYPED = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map("".join)
THEN = st.sampled_from(["on", "sent", "saved"])
SHORT, LONG = 4, 1000


def type_text(text: QTextEdit, words: str) -> None:
    """Strike the keys of these words; what no key has arrives as a keyboard of another language sends it."""
    for letter in words:
        key = Qt.Key.Key_Return if letter == "\n" else Qt.Key(0)
        told = "\r" if letter == "\n" else letter
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(text, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, told))


def make_practice(folder: Path) -> list[tuple[str, list[str]]]:
    """Make a practice of two clients with two sessions each; return their ids."""
    room = Room(Desk(create_with_key(folder, KEY, "Willow Lane Practice")))
    made = []
    for name in ("Marta", "Piotr"):
        client: Client = room.client(name)
        course = room.course(client, date.today() - timedelta(days=8))
        sessions: list[Session] = room.sessions(course, 2)
        made.append((client.id, [each.id for each in sessions]))
    room.desk.settings.change(has_recovery_sheet=True)
    room.desk.close()
    return made


class Hand(RuleBasedStateMachine):
    """Types, formats, undoes, goes about, locks, meets a full disk, and is killed."""

    qtbot: QtBot
    template: Path
    folders: Iterator[Path]
    clients: list[tuple[str, list[str]]]
    kills = steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.is_full = False
        self.shown: dict[str, Any] = {}  # session → what was last shown as saved
        self.sent: dict[str, Any] = {}

    @initialize()
    def begin(self) -> None:
        self.folder = next(self.folders)
        shutil.copytree(self.template, self.folder)
        self.open()
        self.go(0, 1)
        self.type("Begun. ", "on")

    def open(self) -> None:
        self.window = MainWindow(self.folder, PlainKeyPractices(), Preferences(), tabs=TABS)
        self.window.resize(1100, 700)
        with self.qtbot.waitSignal(self.window.painted):
            self.window.show()
        unlock(self.qtbot, self.window)

    def listen(self) -> None:
        """Take down, as the page tells it, what is sent and what is shown as saved."""
        writer = self.page.note.writer
        if writer.property("is_heard"):
            return
        writer.setProperty("is_heard", True)
        writer.state_changed.connect(self.on_state)

    def on_state(self, state: str) -> None:
        document = self.page.note.writer.document
        if document is None or document.session_id is None:
            return
        if state == Keeping.SAVING:
            self.sent[document.session_id] = dict(self.page.note.view.answers())
        elif state == Keeping.SAVED:
            self.shown[document.session_id] = document.answers

    @property
    def workspace(self) -> Workspace:
        assert self.window.workspace is not None
        return self.window.workspace

    @property
    def page(self) -> SessionsPage:
        page = self.workspace.page("sessions")
        assert isinstance(page, SessionsPage)
        return page

    @property
    def text(self) -> QTextEdit:
        return self.page.note.view.editor(FIELD).findChild(QTextEdit)

    # -- what is done ----------------------------------------------------------------------------------------------

    @rule(client=st.integers(0, 1), session=st.integers(0, 1))
    def go(self, client: int, session: int) -> None:
        """Go to a client's session; refused as long as something could not be kept."""
        client_id, sessions = self.clients[client]
        if self.workspace.choose_client(client_id) and self.workspace.show_tab("sessions"):
            self.listen()
            if self.page.choose_session(sessions[session]):
                self.at = client, session
        else:
            assert self.is_full

    @rule(words=TYPED, then=THEN)
    def type(self, words: str, then: str) -> None:
        type_text(self.text, words)
        self.go_on(then)

    def go_on(self, then: str) -> None:
        """Type on at once, or stop long enough for a save to be sent, or to have come back."""
        if then != "on":
            self.page.note.writer._timer.timeout.emit()
        if then == "saved":
            self.settle()

    @rule(key=st.sampled_from(STROKES), times=st.integers(1, 4), words=TYPED, then=THEN)
    def strike(self, key: Qt.Key, times: int, words: str, then: str) -> None:
        for _time in range(times):
            QTest.keyClick(self.text, key)
        self.type(words, then)

    @rule(name=st.sampled_from(FORMATS), is_all=st.booleans(), words=TYPED, then=THEN)
    def format(self, name: str, is_all: bool, words: str, then: str) -> None:
        if is_all:
            self.text.selectAll()
        next(each for each in self.text.actions() if each.objectName().endswith(f"_{name}")).trigger()
        self.type(words, then)

    @rule(back=st.integers(1, 5), forth=st.integers(0, 5), then=THEN)
    def undo(self, back: int, forth: int, then: str) -> None:
        for _time in range(back):
            self.text.undo()
        for _time in range(forth):
            self.text.redo()
        self.go_on(then)

    @rule(tab=st.sampled_from(["circle", "sessions"]))
    def show_tab(self, tab: str) -> None:
        assert self.workspace.show_tab(tab) or self.is_full

    @rule()
    def lock(self) -> None:
        """Lock and unlock; where words can't be kept the lock is refused, and they are there still."""
        before = dict(self.page.note.view.answers())
        was_unsaved = self.page.note.writer.is_unsaved
        if not self.window.lock():
            assert self.is_full
            assert was_unsaved
            assert self.page.note.view.answers() == before
            self.window.uncover()
            return
        self.is_full = False  # the fault was of the connection that is closed now
        unlock(self.qtbot, self.window)
        self.page_again()

    @rule()
    @precondition(lambda self: not self.is_full)
    def fill_disk(self) -> None:
        self.run(FULL)
        self.is_full = True

    @rule()
    @precondition(lambda self: self.is_full)
    def mend_disk(self) -> None:
        self.run(MENDED)
        self.is_full = False

    @rule()
    def kill(self) -> None:
        """Open the practice from what a kill at this moment leaves: what was shown as saved is there, or what came after it."""
        type(self).kills += 1
        left = next(self.folders)
        shutil.copytree(self.folder, left, ignore=shutil.ignore_patterns("*-shm", "*.part"))
        self.abandon()
        self.folder, self.is_full = left, False
        desk = Desk(open_with_key(left, KEY))
        found = {session: self.stored(desk, session) for _client, sessions in self.clients for session in sessions}
        desk.close()
        for session, answers in found.items():
            assert answers in (self.shown.get(session), self.sent.get(session)), session
            if answers is not None:
                self.shown[session] = answers
        self.sent = {}
        self.open()
        self.page_again()

    # -- what holds ------------------------------------------------------------------------------------------------

    @invariant()
    def what_is_stored_is_what_was_shown_as_saved(self) -> None:
        type(self).steps += 1
        if self.window.workspace is None:
            return
        document = self.page.note.writer.document
        if document is None or document.session_id is None:
            return
        self.settle()
        assert self.stored(self.workspace.desk, document.session_id) == self.shown.get(document.session_id)
        if not self.page.note.writer.is_unsaved and document.session_id in self.shown:
            assert self.page.note.view.answers() == self.shown[document.session_id]
            require_shown(self.text, self.shown[document.session_id].get(FIELD))

    def settle(self) -> None:
        """Wait until no save is under way."""
        self.qtbot.waitUntil(lambda: self.page.note.writer._autosave.state is not Keeping.SAVING)

    def stored(self, desk: Desk, session: str) -> Any:
        documents = [each for each in desk.documents.of_session(session) if each.purpose == Purpose.PROGRESS_NOTE]
        return documents[0].answers if documents else None

    def page_again(self) -> None:
        """Go back to the note that was open and find in it what is stored."""
        self.go(*self.at)
        client, session = self.at
        require_shown(self.text, (self.shown.get(self.clients[client][1][session]) or {}).get(FIELD))

    def run(self, statement: str) -> None:
        def run(writing: Writing) -> None:
            writing._connection.exec_driver_sql(statement)

        self.workspace.desk.store.write(run)

    def abandon(self) -> None:
        """Let go of the window without keeping anything of it."""
        if self.window.workspace is not None:
            if self.is_full:
                self.run(MENDED)
            self.page.note.writer.state_changed.disconnect(self.on_state)
            self.window._close_practice()
        self.window.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def teardown(self) -> None:
        if hasattr(self, "window"):
            self.abandon()


LETTERS = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp"), exclude_characters="\ufffc"), min_size=1, max_size=8
)
RUNS = st.lists(st.tuples(LETTERS, st.booleans(), st.booleans()), min_size=1, max_size=3)
ONE = st.tuples(st.sampled_from(["", *FORMATS[2:]]), RUNS) | st.just(("", []))  # Enter in an empty list item ends the list
BLOCKS = st.lists(ONE, min_size=1, max_size=4)


@given(blocks=BLOCKS)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_typed_is_stored_and_shown_again_character_by_character(
    sessions_room: SessionsRoom, blocks: list[tuple[str, list[tuple[str, bool, bool]]]]
):
    """Every format is typed: by the keys and actions of the field, never put into it."""
    if not hasattr(sessions_room, "page"):
        sessions_room.room.sessions(sessions_room.course, 2)
        sessions_room.show()
    first, second = sessions_room.sessions()
    page = sessions_room.page
    assert page.choose_session(first.id)
    text = page.note.view.editor(FIELD).findChild(ProseEdit)
    text.selectAll()
    QTest.keyClick(text, Qt.Key.Key_Delete)
    for number, (kind, runs) in enumerate(blocks):
        if number:
            QTest.keyClick(text, Qt.Key.Key_Return)
        turn_into(text, kind)
        for words, is_bold, is_italic in runs:
            look = text.currentCharFormat()
            if (look.fontWeight() >= QFont.Weight.Bold) != is_bold:
                trigger(text, "bold")
            if look.fontItalic() != is_italic:
                trigger(text, "italic")
            type_text(text, words)
    typed = text.blocks()
    assert [each.text for each in typed] == ([] if typed == () else ["".join(run[0] for run in runs) for _kind, runs in blocks])
    told = [(letter, run.bold, run.italic) for block in typed for run in block.runs for letter in run.text]
    assert told == [(letter, bold, italic) for _kind, runs in blocks for words, bold, italic in runs for letter in words]
    if typed:
        assert [each.kind for each in typed] == [BlockKind(kind or "paragraph") for kind, _runs in blocks]
    assert page.choose_session(second.id)  # the note is kept, and every word of it leaves the screen
    stored = sessions_room.desk.documents.of_session(first.id)
    assert from_json(stored[0].answers.get(FIELD) if stored else None) == typed
    assert page.choose_session(first.id)
    assert page.note.view.editor(FIELD).findChild(ProseEdit).blocks() == typed


def turn_into(text: ProseEdit, kind: str) -> None:
    """Make the block with the cursor this kind, whatever Enter has made it."""
    is_kind = str(kind_of(text.textCursor().block()))
    wanted = kind or "paragraph"
    if is_kind != wanted:
        trigger(text, is_kind if wanted == "paragraph" else wanted)


def trigger(text: ProseEdit, name: str) -> None:
    next(each for each in text.actions() if each.objectName().endswith(f"_{name}")).trigger()


def require_shown(text: QTextEdit, answer: Any) -> None:
    """Require that a field shows a stored answer, character by character, in its formats."""
    blocks = from_json(answer)
    lines = [Block(), *()] if not blocks else list(blocks)
    shown = text.toPlainText().split("\n")
    assert shown == [each.text for each in lines]
    assert tuple(blocks) == text.blocks()  # type: ignore[attr-defined]


@contextmanager
def machine(qtbot: QtBot, tmp_path: Path) -> Iterator[type[Hand]]:
    """Yield the machine on a practice of its own, copied for each example."""
    template = tmp_path / "template"
    clients = make_practice(template)

    class Here(Hand):
        pass

    Here.qtbot, Here.template, Here.clients = qtbot, template, clients
    Here.folders = (tmp_path / f"practice{number}" for number in iter(int, 1) for number in [len(list(tmp_path.iterdir()))])
    yield Here


@pytest.mark.parametrize("examples", [SHORT, pytest.param(LONG, marks=pytest.mark.soak)])
def test_nothing_is_lost_in_any_order(
    qtbot: QtBot, tmp_path: Path, examples: int, record_property: Callable[[str, object], None]
):
    with machine(qtbot, tmp_path) as made:
        quiet = settings(
            max_examples=examples,
            stateful_step_count=12 if examples == SHORT else 30,
            deadline=None,
            phases=[Phase.generate],  # a failure is told with its steps; making them fewer would take minutes
            suppress_health_check=list(HealthCheck),
            derandomize=examples == SHORT,
            database=None,
        )
        run_state_machine_as_test(made, settings=quiet)  # type: ignore[no-untyped-call]
    told = (
        "keys, formats, undo, other notes, tabs and clients, locks, full disks and kills in any order",
        f"{examples:,} sequences in the window: {made.steps:,} steps, {made.kills:,} kills",
        "what was stored was always what was last shown as saved, and was shown again to the letter",
    )
    record_property("proof", told)
