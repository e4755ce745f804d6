"""What D-Bus tells of locks the practice, and sleep waits for it: with a login1 of our own on a bus of our own."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtDBus import QDBusConnection
from pytestqt.qtbot import QtBot

from ui.lock.cause import Cause
from ui.lock.linux import LinuxListening, session_path
from ui.lock.system import SystemEvents, Tell

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.skipif(
    shutil.which("dbus-daemon") is None, reason="dbus-daemon is not installed (Debian: dbus-daemon)"
)

CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>"""


class Computer:
    """The bus with its login1."""

    def __init__(self, address: str, login: "subprocess.Popen[str]") -> None:
        self.address, self._login = address, login
        self.told: list[str] = []

    def does(self, what: str) -> None:
        assert self._login.stdin is not None
        self._login.stdin.write(f"{what}\n")
        self._login.stdin.flush()

    def says(self, line: str) -> None:
        """Wait until it says this."""
        assert self._login.stdout is not None
        while line not in self.told:
            said = self._login.stdout.readline()
            assert said, f"login1 ended before it said {line!r}"
            self.told.append(said.strip())
        self.told.remove(line)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    config = tmp_path_factory.mktemp("bus") / "bus.conf"
    config.write_text(CONFIG)
    command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().strip()
        daemon.terminate()


@pytest.fixture
def computer(address: str) -> Iterator[Computer]:
    command = [sys.executable, "-m", "tests.ui.lock.fake_login1", address]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as login:
        made = Computer(address, login)
        made.says("ready")
        yield made
        login.terminate()


class Hearing(QObject):
    """Someone who listens to that computer, and remembers the causes."""

    def __init__(self, computer: Computer, session_id: str) -> None:
        super().__init__()
        self.bus = QDBusConnection.connectToBus(computer.address, f"hearing {id(self)}")
        assert self.bus.isConnected()
        self.causes: list[str] = []
        self._session_id = session_id
        self.events = SystemEvents(self, self._listen)
        self.events.locked_by.connect(self.causes.append)

    def _listen(self, parent: QObject, tell: Tell) -> LinuxListening:
        self.listening = LinuxListening(parent, tell, self.bus, self.bus, self._session_id)
        return self.listening


@pytest.fixture
def hearing(qtbot: QtBot, computer: Computer) -> Iterator[Hearing]:
    made = Hearing(computer, "2")
    qtbot.waitUntil(lambda: made.listening._held is not None)
    computer.says("inhibit sleep delay")
    yield made
    QDBusConnection.disconnectFromBus(made.bus.name())


@pytest.mark.parametrize(
    ("what", "cause"),
    [
        ("sleep", Cause.SLEEP),
        ("shutdown", Cause.END),
        ("lock", Cause.SCREEN),
        ("hint", Cause.SCREEN),
        ("switch", Cause.SWITCH),
        ("saver org.freedesktop.ScreenSaver", Cause.SCREEN),
        ("saver org.gnome.ScreenSaver", Cause.SCREEN),
        ("saver org.cinnamon.ScreenSaver", Cause.SCREEN),
        ("saver org.mate.ScreenSaver", Cause.SCREEN),
        ("saver org.xfce.ScreenSaver", Cause.SCREEN),
    ],
)
def test_each_thing_told_locks(qtbot: QtBot, computer: Computer, hearing: Hearing, what: str, cause: Cause):
    computer.does(what)
    qtbot.waitUntil(lambda: hearing.causes == [cause])


def test_what_is_not_ours_or_is_over_locks_nothing(qtbot: QtBot, computer: Computer, hearing: Hearing):
    computer.does("other")
    computer.does("unsaver org.gnome.ScreenSaver")
    computer.does("wake")
    computer.does("lock")  # the last: by then the others have been heard
    qtbot.waitUntil(lambda: hearing.causes == [Cause.SCREEN])


def test_sleep_waits_until_the_practice_is_locked(qtbot: QtBot, computer: Computer, hearing: Hearing):
    held: list[bool] = []
    hearing.events.locked_by.connect(lambda _cause: held.append(hearing.listening._held is not None))
    computer.does("sleep")
    computer.says("did sleep")
    qtbot.waitUntil(lambda: held == [True])
    computer.says("released")
    computer.does("wake")
    qtbot.waitUntil(lambda: hearing.listening._held is not None)
    computer.says("inhibit sleep delay")


def test_who_leaves_holds_nothing_up_and_hears_nothing(qtbot: QtBot, computer: Computer, hearing: Hearing):
    hearing.events.leave()
    computer.says("released")
    computer.does("lock")
    computer.says("did lock")
    qtbot.wait(1)
    assert hearing.causes == []


def test_a_session_whose_name_is_not_known_is_asked_for(qtbot: QtBot, computer: Computer):
    hearing = Hearing(computer, "")
    qtbot.waitUntil(lambda: hasattr(hearing.listening, "_path"))
    assert hearing.listening._path == session_path("2")
    computer.does("lock")
    qtbot.waitUntil(lambda: hearing.causes == [Cause.SCREEN])
    QDBusConnection.disconnectFromBus(hearing.bus.name())


def test_without_any_bus_nothing_is_told_and_nothing_fails(qapp: object):
    parent = QObject()
    nowhere = QDBusConnection("nowhere")
    LinuxListening(parent, lambda cause: None, nowhere, nowhere).leave()


@pytest.mark.parametrize(("session", "end"), [("2", "_32"), ("c1", "c1"), ("12", "_312"), ("a-b", "a_2db")])
def test_a_sessions_path_is_written_as_systemd_does(session: str, end: str):
    assert session_path(session).endswith(f"/session/{end}")
