"""The keys that a therapist may change: which command has which, and who is told when one changes."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.text import _, marked
from ui.preferences import Preferences, save_preferences

START, END, COVER, FOCUS = "start_session", "end_session", "cover", "focus_mode"


@dataclass(frozen=True, slots=True)
class Command:
    """A command whose key can be changed: its name, its words and its usual key."""

    name: str
    words: str
    usual: str


COMMANDS = (
    Command(START, marked("Start session"), "F8"),
    Command(END, marked("End session"), "Shift+F8"),
    Command(COVER, marked("Cover"), "F9"),
    Command(FOCUS, marked("Focus mode"), "F11"),
)
_FUNCTION_KEYS = range(Qt.Key.Key_F1.value, Qt.Key.Key_F35.value + 1)
_NEVER = {Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
_WITH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def key_of(preferences: Preferences, name: str) -> QKeySequence:
    """Return the key a command has now."""
    usual = next(each.usual for each in COMMANDS if each.name == name)
    return QKeySequence(preferences.keys.get(name, usual))


class KeyChoices(QObject):
    """The keys in force. `changed` names the command that has another one now."""

    changed = Signal(str)

    def __init__(self, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._bound: dict[str, list[QAction]] = {}

    def key(self, name: str) -> QKeySequence:
        """Return the key a command has now."""
        return key_of(self._preferences, name)

    def words(self, name: str) -> str:
        """Return the key as this computer writes it: "F9", "⇧F8"."""
        return self.key(name).toString(QKeySequence.SequenceFormat.NativeText)

    def is_usual(self, name: str) -> bool:
        """Whether a command has its usual key."""
        return name not in self._preferences.keys

    def bind(self, action: QAction, name: str) -> None:
        """Let an action have the key of a command, now and after each change."""
        action.setProperty("command", name)
        action.setShortcut(self.key(name))
        self._bound.setdefault(name, []).append(action)

    def choose(self, name: str, key: QKeySequence) -> None:
        """Give a command another key, and keep it for this user."""
        usual = next(each.usual for each in COMMANDS if each.name == name)
        if key == QKeySequence(usual):
            self._preferences.keys.pop(name, None)
        else:
            self._preferences.keys[name] = key.toString(QKeySequence.SequenceFormat.PortableText)
        save_preferences(self._preferences)
        for action in self._bound.get(name, ()):
            action.setShortcut(key)
        self.changed.emit(name)

    def back_to_usual(self, name: str) -> None:
        """Give a command its usual key again."""
        self.choose(name, QKeySequence(next(each.usual for each in COMMANDS if each.name == name)))

    def refusal(self, name: str, key: QKeySequence, window: QWidget) -> str:
        """Say why a command can't have a key, or ""; `window` holds the actions that have theirs."""
        words = key.toString(QKeySequence.SequenceFormat.NativeText)
        if not _can_be_chosen(key):
            return _("{key} is needed for writing and moving about. Take a function key, or one with Ctrl or Alt.").format(
                key=words
            )
        others = [each for each in COMMANDS if each.name != name and self.key(each.name) == key]
        actions = [
            each for each in window.findChildren(QAction) if each.property("command") != name and key in each.shortcuts()
        ]
        taken = [_(each.words) for each in others] + [each.text().replace("&", "") for each in actions]
        return _("{key} is already the key of “{command}”.").format(key=words, command=taken[0]) if taken else ""


def _can_be_chosen(key: QKeySequence) -> bool:
    """Whether a key is neither one that is typed with nor one that every program has."""
    known = QKeySequence.StandardKey  # an enumeration that a start does without
    fixed = (known.Copy, known.Cut, known.Paste, known.SelectAll, known.Undo, known.Redo, known.Bold, known.Italic)
    if key.count() != 1 or any(key in QKeySequence.keyBindings(each) for each in fixed):
        return False
    pressed = key[0]  # type: ignore[index]  # PySide's stubs leave it out
    if pressed.key() in _NEVER:
        return False
    return pressed.key().value in _FUNCTION_KEYS or bool(pressed.keyboardModifiers() & _WITH)
