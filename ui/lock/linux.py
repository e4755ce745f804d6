"""Linux tells of sleep, locked screens and other users through D-Bus: login1 on the system's bus, screen savers on the user's.

A bus that is not there, or a service nobody offers, tells nothing; no call waits for an answer.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

from ipt_desktop.domain.text import _
from ui.lock.cause import Cause
from ui.lock.system import Tell

LOGIN = "org.freedesktop.login1"
LOGIN_PATH = "/org/freedesktop/login1"
MANAGER, SESSION = f"{LOGIN}.Manager", f"{LOGIN}.Session"
PROPERTIES = "org.freedesktop.DBus.Properties"
SAVERS = ("org.freedesktop", "org.gnome", "org.cinnamon", "org.mate", "org.xfce")


def session_path(session_id: str) -> str:
    """Return the path under which login1 keeps a session: a digit in front, and what is no letter, stands in hexadecimals."""
    encoded = "".join(
        letter if letter.isascii() and letter.isalnum() and not (place == 0 and letter.isdigit()) else f"_{ord(letter):02x}"
        for place, letter in enumerate(session_id)
    )
    return f"{LOGIN_PATH}/session/{encoded}"


class LinuxListening(QObject):
    """Holds sleep up (login1's delay, five seconds at most) until the practice is locked.

    `system` and `user` are the buses; `session_id` is this login's, as systemd names it.
    """

    def __init__(
        self,
        parent: QObject,
        tell: Tell,
        system: QDBusConnection | None = None,
        user: QDBusConnection | None = None,
        session_id: str | None = None,
    ) -> None:
        super().__init__(parent)
        self._tell = tell
        self._system = system or QDBusConnection.systemBus()
        self._user = user or QDBusConnection.sessionBus()
        self._held: QDBusMessage | None = None  # its file, while the message lives, is what holds sleep up
        known = os.environ.get("XDG_SESSION_ID", "") if session_id is None else session_id
        if self._user.isConnected():
            for saver in SAVERS:
                self._hear(self._user, "", "", f"{saver}.ScreenSaver", "ActiveChanged", "on_screen_saver(QDBusMessage)")
        if self._system.isConnected():
            self._hear(self._system, LOGIN, LOGIN_PATH, MANAGER, "PrepareForSleep", "on_sleep(QDBusMessage)")
            self._hear(self._system, LOGIN, LOGIN_PATH, MANAGER, "PrepareForShutdown", "on_shutdown(QDBusMessage)")
            self._hold_sleep_up()
            if known:
                self._hear_session(session_path(known))
            else:
                self._ask(f"{LOGIN_PATH}/session/auto", PROPERTIES, "Get", (SESSION, "Id"), self._on_session_known)

    def _hear(self, bus: QDBusConnection, service: str, path: str, interface: str, member: str, slot: str) -> None:
        # A bare callable raises, and so do the bytes that the type asks for.
        bus.connect(service, path, interface, member, self, SLOT(slot))  # type: ignore[call-overload]

    def _ask(
        self, path: str, interface: str, member: str, arguments: tuple[str, ...], then: Callable[[QDBusMessage], None]
    ) -> None:
        """Call a method of login1; `then` gets the answer, if one comes."""
        call = QDBusMessage.createMethodCall(LOGIN, path, interface, member)
        call.setArguments(list(arguments))
        _Question(self, QDBusPendingCallWatcher(self._system.asyncCall(call), self), then)

    # Sleep.

    def _hold_sleep_up(self) -> None:
        """Ask to be waited for before sleep; answered by a file that holds it up while it is open."""
        if self._system.isConnected():
            arguments = ("sleep", "IPT Desktop", _("Locks the practice first"), "delay")
            self._ask(LOGIN_PATH, MANAGER, "Inhibit", arguments, self._on_held_up)

    def _on_held_up(self, answer: QDBusMessage) -> None:
        self._held = answer

    @Slot(QDBusMessage)
    def on_sleep(self, message: QDBusMessage) -> None:
        """Lock before sleep; on waking, be ready for the next."""
        if _is_true(message):
            self._tell(Cause.SLEEP)
            self.let_go()
        elif self._held is None:
            self._hold_sleep_up()

    @Slot(QDBusMessage)
    def on_shutdown(self, message: QDBusMessage) -> None:
        """Lock before the computer is turned off."""
        if _is_true(message):
            self._tell(Cause.END)

    # The screen, the user.

    @Slot(QDBusMessage)
    def on_screen_saver(self, message: QDBusMessage) -> None:
        """Lock when the screen saver comes."""
        if _is_true(message):
            self._tell(Cause.SCREEN)

    def _on_session_known(self, answer: QDBusMessage) -> None:
        found = answer.arguments()
        if found and isinstance(session_id := _plain(found[0]), str):
            self._hear_session(session_path(session_id))

    def _hear_session(self, path: str) -> None:
        self._path = path
        self._hear(self._system, LOGIN, path, SESSION, "Lock", "on_lock(QDBusMessage)")
        self._hear(self._system, LOGIN, path, PROPERTIES, "PropertiesChanged", "on_session_changed(QDBusMessage)")

    @Slot(QDBusMessage)
    def on_lock(self, _message: QDBusMessage) -> None:
        """Lock when the system asks the session to."""
        self._tell(Cause.SCREEN)

    @Slot(QDBusMessage)
    def on_session_changed(self, _message: QDBusMessage) -> None:
        """Look whether the screen is locked or another session has come to the front."""
        self._ask(self._path, PROPERTIES, "Get", (SESSION, "Active"), partial(self._on_property, False, Cause.SWITCH))
        self._ask(self._path, PROPERTIES, "Get", (SESSION, "LockedHint"), partial(self._on_property, True, Cause.SCREEN))

    def _on_property(self, telling: bool, cause: Cause, answer: QDBusMessage) -> None:
        found = answer.arguments()
        if found and _plain(found[0]) is telling:
            self._tell(cause)

    def let_go(self) -> None:
        """Let sleep go on."""
        self._held = None

    def leave(self) -> None:
        """Hear nothing any more, and hold nothing up."""
        self.let_go()
        self._tell = _no_one
        self.deleteLater()


class _Question(QObject):
    """A call on its way; `then` gets the answer, unless it is an error."""

    def __init__(self, parent: QObject, watcher: QDBusPendingCallWatcher, then: Callable[[QDBusMessage], None]) -> None:
        super().__init__(parent)
        self._then = then
        watcher.finished.connect(self._on_finished)

    def _on_finished(self, watcher: QDBusPendingCallWatcher) -> None:
        if not watcher.isError():
            self._then(watcher.reply())
        watcher.deleteLater()
        self.deleteLater()


def _is_true(message: QDBusMessage) -> bool:
    return message.arguments()[:1] == [True]


def _plain(value: Any) -> Any:
    """Return what a variant holds."""
    return value.variant() if hasattr(value, "variant") else value


def _no_one(_cause: Cause) -> None:
    """Tell no one."""
