"""macOS tells of sleep, locked screens and other users by notifications, heard through its Objective-C runtime."""

from __future__ import annotations

import ctypes
import ctypes.util
from typing import Any

from PySide6.QtCore import QObject

from ui.lock.cause import Cause
from ui.lock.system import Tell

WORKSPACE_CAUSES = {
    "NSWorkspaceWillSleepNotification": Cause.SLEEP,
    "NSWorkspaceScreensDidSleepNotification": Cause.SCREEN,
    "NSWorkspaceSessionDidResignActiveNotification": Cause.SWITCH,
    "NSWorkspaceWillPowerOffNotification": Cause.END,
}
SHARED_CAUSES = {"com.apple.screenIsLocked": Cause.SCREEN, "com.apple.screensaver.didstart": Cause.SCREEN}
CLASS_NAME = b"IptDesktopLockListener"
HEARD = b"heard:"


def cause_of(name: str) -> Cause | None:
    """Return what a notification tells of, by its name, or None."""
    return WORKSPACE_CAUSES.get(name) or SHARED_CAUSES.get(name)


class ObjectiveC:
    """The few calls of the Objective-C runtime that listening takes. Objects, classes and selectors are addresses."""

    def __init__(self, library: Any = None) -> None:
        self._objc = library or ctypes.CDLL(ctypes.util.find_library("objc"))
        for name in ("objc_getClass", "sel_registerName", "objc_allocateClassPair"):
            getattr(self._objc, name).restype = ctypes.c_void_p
        self._objc.objc_allocateClassPair.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t)
        self._objc.objc_registerClassPair.argtypes = (ctypes.c_void_p,)
        self._objc.class_addMethod.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)

    def class_named(self, name: bytes) -> int | None:
        """Return a class, or None where there is none."""
        found: int | None = self._objc.objc_getClass(name)
        return found

    def send(self, receiver: int | None, selector: bytes, *arguments: int | None) -> int | None:
        """Send a message whose arguments and answer are objects."""
        kinds = [ctypes.c_void_p] * (2 + len(arguments))
        call = ctypes.cast(self._objc.objc_msgSend, ctypes.CFUNCTYPE(ctypes.c_void_p, *kinds))
        answer: int | None = call(receiver, self._objc.sel_registerName(selector), *arguments)
        return answer

    def selector(self, name: bytes) -> int:
        """Return a selector."""
        found: int = self._objc.sel_registerName(name)
        return found

    def text(self, words: str) -> int | None:
        """Return an NSString."""
        buffer = ctypes.create_string_buffer(words.encode())
        return self.send(self.class_named(b"NSString"), b"stringWithUTF8String:", ctypes.addressof(buffer))

    def words(self, text: int | None) -> str:
        """Return what an NSString says."""
        address = self.send(text, b"UTF8String")
        return ctypes.string_at(address).decode() if address else ""

    def make_class(self, name: bytes, selector: bytes, method: Any) -> int | None:
        """Make a class with one method that takes an object and returns nothing; it stays until the program ends."""
        made: int | None = self._objc.objc_allocateClassPair(self.class_named(b"NSObject"), name, 0)
        self._objc.class_addMethod(made, self.selector(selector), ctypes.cast(method, ctypes.c_void_p), b"v@:@")
        self._objc.objc_registerClassPair(made)
        return made


METHOD = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)
_listening: list[Tell] = []


def hear(name: str) -> None:
    """Tell whoever listens what a notification of this name means."""
    cause = cause_of(name)
    if cause is not None:
        for tell in list(_listening):
            tell(cause)


class MacListening:
    """One object hears every notification, posted on the main thread; the system waits for it before sleep."""

    _listener: int | None = None
    _method: Any = None  # the runtime keeps only its address

    def __init__(self, _parent: QObject, tell: Tell) -> None:
        self._tell = tell
        _listening.append(tell)
        if MacListening._listener is None:
            self._begin(ObjectiveC())

    @classmethod
    def _begin(cls, objc: ObjectiveC) -> None:
        def heard(_self: int, _selector: int, notification: int) -> None:
            hear(objc.words(objc.send(notification, b"name")))

        cls._method = METHOD(heard)
        cls._listener = objc.send(objc.make_class(CLASS_NAME, HEARD, cls._method), b"new")
        workspace = objc.send(objc.class_named(b"NSWorkspace"), b"sharedWorkspace")
        centre = objc.send(workspace, b"notificationCenter")
        shared = objc.send(objc.class_named(b"NSDistributedNotificationCenter"), b"defaultCenter")
        for at, names in ((centre, WORKSPACE_CAUSES), (shared, SHARED_CAUSES)):
            for name in names:
                objc.send(at, b"addObserver:selector:name:object:", cls._listener, objc.selector(HEARD), objc.text(name), None)

    def let_go(self) -> None:
        """Do nothing: sleep waits until the notification has been heard, and the lock is done in there."""

    def leave(self) -> None:
        """Hear nothing any more."""
        if self._tell in _listening:
            _listening.remove(self._tell)
