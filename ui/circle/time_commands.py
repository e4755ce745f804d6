"""What can be undone of the circle's time: a name given to a sitting, and the change list put in a note."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.text import _
from ui.verb import Told, Verb

if TYPE_CHECKING:
    from ipt_desktop.domain.records import Session
    from ipt_desktop.services.circles import Circles
    from ipt_desktop.services.documents import Documents
    from ipt_desktop.services.note_lines import Put


class NameSitting(Verb):
    """A sitting takes another name, or none."""

    def __init__(self, circles: Circles, sitting_id: str, old: str, new: str, refused: Told) -> None:
        super().__init__(_("Name this circle"), refused)
        self._circles = circles
        self._sitting_id, self._old, self._new = sitting_id, old, new

    def redo(self) -> None:
        """Give the name."""
        self.attempt(lambda: self._circles.name_sitting(self._sitting_id, self._new))

    def undo(self) -> None:
        """Give the name that it had."""
        self.attempt(lambda: self._circles.name_sitting(self._sitting_id, self._old))


class PutInNote(Verb):
    """Lines stand below what is written in a session's note; undone, they are taken out and nothing else.

    `keep` keeps what is typed in the note at that moment; False where that failed.
    """

    def __init__(
        self, documents: Documents, client_id: str, session: Session, text: str, keep: Callable[[], bool], refused: Told
    ) -> None:
        super().__init__(_("Put the changes in the note"), refused)
        self._keep = keep
        self._documents = documents
        self._client_id, self._session, self._text = client_id, session, text
        self._put: Put | None = None
        self.is_there = False
        """Whether the lines stand in the note."""

    def redo(self) -> None:
        """Put them there."""
        self.attempt(self._put_in)

    def undo(self) -> None:
        """Take them out."""
        self.attempt(self._take_out)

    def _put_in(self) -> None:
        from ipt_desktop.services.note_lines import note_of, put_lines

        self._require_kept()
        note = note_of(self._documents, self._client_id, self._session)
        self._put = put_lines(self._documents, note, self._text)
        self.is_there = True

    def _take_out(self) -> None:
        from ipt_desktop.services.note_lines import take_out

        self._require_kept()
        if self._put is not None:
            take_out(self._documents, self._put)
            self.is_there = False

    def _require_kept(self) -> None:
        if not self._keep():
            raise Refused(reason=_("What is typed in the note is not saved yet, so it stays as it is."))
