"""A login1 on a bus of its own, as far as the guard knows it: run as a program with the bus's address.

Each line on standard input is one thing that happens: "sleep", "wake", "shutdown", "lock", "switch", "hint", "saver NAME",
"other". Each thing asked of it, and the end of an inhibitor, is a line on standard output.
"""

import os
import sys
import threading

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusUnixFileDescriptor,
    QDBusVariant,
    QDBusVirtualObject,
)

LOGIN, PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
OWN, OTHER = f"{PATH}/session/_32", f"{PATH}/session/_33"


def tell(*words: str) -> None:
    print(*words, flush=True)  # noqa: T201 - this is how it speaks


class Login(QDBusVirtualObject):
    """Answers what is asked, and remembers the properties of the session."""

    active, locked_hint = True, False

    def introspect(self, path: str) -> str:
        return ""

    def _answer(self, message: QDBusMessage, connection: QDBusConnection, value: object) -> None:
        answer = message.createReply()
        answer.setArguments([value])
        connection.send(answer)

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:  # noqa: N802
        arguments = message.arguments()
        if message.member() == "Inhibit":
            reader, writer = os.pipe()
            answer = QDBusUnixFileDescriptor(writer)
            os.close(writer)
            self._answer(message, connection, answer)
            del answer
            threading.Thread(target=wait_for_end, args=(reader,), daemon=True).start()
            tell("inhibit", arguments[0], arguments[3])
        elif message.member() == "Get":
            values = {"Id": "2", "Active": self.active, "LockedHint": self.locked_hint}
            self._answer(message, connection, QDBusVariant(values[arguments[1]]))
            tell("get", arguments[1])
        return True


def wait_for_end(reader: int) -> None:
    os.read(reader, 1)  # returns when the last one who holds the other end lets go
    tell("released")


class Happenings(QObject):
    happened = Signal(str)

    def read(self) -> None:
        for line in sys.stdin:
            self.happened.emit(line.strip())
        self.happened.emit("end")


def main(address: str) -> None:
    app = QCoreApplication([])
    bus = QDBusConnection.connectToBus(address, "login1")
    login = Login()
    bus.registerVirtualObject(PATH, login, QDBusConnection.VirtualObjectRegisterOption.SubPath)
    bus.registerService(LOGIN)

    def say(path: str, interface: str, member: str, *arguments: object) -> None:
        signal = QDBusMessage.createSignal(path, interface, member)
        signal.setArguments(list(arguments))
        bus.send(signal)

    def happen(line: str) -> None:
        word, _space, name = line.partition(" ")
        if word in ("sleep", "wake"):
            say(PATH, f"{LOGIN}.Manager", "PrepareForSleep", word == "sleep")
        elif word == "shutdown":
            say(PATH, f"{LOGIN}.Manager", "PrepareForShutdown", True)
        elif word == "lock":
            say(OWN, f"{LOGIN}.Session", "Lock")
        elif word == "other":
            say(OTHER, f"{LOGIN}.Session", "Lock")
        elif word in ("switch", "hint"):
            login.active, login.locked_hint = word != "switch", word == "hint"
            say(OWN, "org.freedesktop.DBus.Properties", "PropertiesChanged", f"{LOGIN}.Session")
        elif word == "saver":
            say("/ScreenSaver", name, "ActiveChanged", True)
        elif word == "unsaver":
            say("/ScreenSaver", name, "ActiveChanged", False)
        else:
            app.quit()
        tell("did", line)

    happenings = Happenings()
    happenings.happened.connect(happen, Qt.ConnectionType.QueuedConnection)
    threading.Thread(target=happenings.read, daemon=True).start()
    tell("ready")
    app.exec()


if __name__ == "__main__":
    main(sys.argv[1])
