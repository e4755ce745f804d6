"""What every editor of a field has in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QVBoxLayout, QWidget

from ipt_desktop.domain.form import Field
from ipt_desktop.domain.records import Tie
from ipt_desktop.domain.text import _
from ui import theme
from ui.widgets.naming import named

if TYPE_CHECKING:
    from ui.forms.events_editor import EventsTold
    from ui.forms.goals_editor import GoalsRated

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Given:
    """What a session's note is given beside its form; some papers of a course are given a part of it.

    The course's `goals` (id, words) and how far they were `rated` in it, what a tick `says` by its meaning, and the `events`
    told in the session, or of the client.
    """

    goals: Choices = ()
    says: Mapping[str, str] = field(default_factory=dict)
    events: EventsTold | None = None
    rated: GoalsRated | None = None


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What an editor is given: whom, which ties and events it may name, the protocol's words, what only a note has.

    `areas` are the protocol's problem areas, `every_session` what it asks in every session of a phase.
    """

    people: Choices = ()
    ties: Sequence[Tie] = ()
    areas: Choices = ()
    every_session: Choices = ()
    life_events: Choices = ()
    is_in_room: bool = False
    is_narrow: bool = False
    given: Given | None = None


class Editor(QWidget):
    """One field's editor. `edited` is the therapist's doing, never the program's.

    `asked_for` (what, id) asks for a place elsewhere: "person" on the circle, the entry about "risk", the "goals",
    how far a "goal" is.
    """

    edited = Signal()
    asked_for = Signal(str, str)

    def __init__(self, asked: Field, parent: QWidget) -> None:
        super().__init__(parent)
        self.asked = asked
        named(self, f"field_{asked.key}", _(asked.label))
        self.setAccessibleDescription(_(asked.hint) if asked.hint else "")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.current().space("s"))

    def name(self, part: str) -> str:
        """Return the objectName of a part of this editor."""
        return f"field_{self.asked.key}_{part}"

    def first_height(self) -> int:
        """Return the height of the first thing in it, which the label stands beside."""
        return theme.current().size("control")

    def put_hint(self, hint: QWidget) -> None:
        """Take the hint, below what is asked."""
        self.column.addWidget(hint)

    def answer(self) -> Any:
        """Return what is answered, as JSON."""
        raise NotImplementedError

    def show_answer(self, answer: Any) -> None:
        """Show an answer, or none, without `edited`."""
        raise NotImplementedError

    def keep(self) -> None:
        """Keep what is typed in a part that has records of its own: the note is being left."""

    def forget(self) -> None:
        """Let go of every word."""
        self.show_answer(None)

    def go_on(self, setting: Setting) -> None:
        """Serve another document of the same form; only what `setting` tells differently each time may have changed."""

    def set_read_only(self, is_read_only: bool) -> None:
        """Show without letting anyone change it; the words stay as readable as before."""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, is_read_only)
        for button in self.findChildren(QAbstractButton):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus if is_read_only else Qt.FocusPolicy.StrongFocus)
        for line in self.findChildren(QLineEdit):
            line.setReadOnly(is_read_only)


def words_line(editor: Editor, name: str, spoken: str) -> QLineEdit:
    """Return a line of text that says `edited` for its editor."""
    line = named(QLineEdit(editor), name, spoken)
    line.textEdited.connect(editor.edited)
    return line
