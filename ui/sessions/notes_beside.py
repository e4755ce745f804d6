"""Two notes of a course at once: the one chosen in the list, and beside it another, both open to be written in."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.text import _
from ui import theme
from ui.page import Frame
from ui.sessions.note_page import NotePage
from ui.sessions.note_sight import SIDE, NotePlace
from ui.sessions.private_side import PrivateSide

if TYPE_CHECKING:
    from ipt_desktop.domain.records import Session
    from ipt_desktop.services.changes import Changed
    from ipt_desktop.services.desk import Desk
    from ui.sessions.course_notes import CourseNotes
    from ui.sessions.second_note import SecondNote

SHARE = "beside_splitter"  # of the first note, in per cent


class BesidePlace(NamedTuple):
    """Which note is beside, where in it the therapist was, and whether the keyboard was there."""

    session_id: str
    place: NotePlace
    has_keyboard: bool = False


class NotesBeside(QSplitter):
    """A document is open once: choosing in the list what stands beside lets the two change places.

    Each note is saved by its own writer. Where there is no room for two side by side they stand one above the other. The
    private page takes the second note's room, and gives it up again. `shown` tells whether the second note shows;
    `note_saved` carries its document; `made` carries the second note itself, once it is built; `history_asked` the note, of the
    two, whose earlier versions are asked for.
    """

    shown = Signal(bool)
    made = Signal(object)
    note_saved = Signal(object)
    focus_asked = Signal(object)
    history_asked = Signal(object)

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName(SHARE)
        self.setChildrenCollapsible(False)
        self._desk, self._frame = desk, frame
        self._course: CourseNotes | None = None
        self._first = ("", "")  # client and session of the first note
        self._session_id = ""
        self._second: SecondNote | None = None  # built when it is first opened
        self._kept: dict[str, BesidePlace] = {}  # course → what was beside, until lock
        self._has_given_way = self._is_stale = False
        self.side = PrivateSide(desk, frame, self)
        self.note = self.side.note
        self.addWidget(self.side)
        self.side.turned.connect(self._on_turned)
        self.note.writer.saved.connect(self._on_first_saved)
        self.note.history_asked.connect(partial(self.history_asked.emit, self.note))
        self.splitterMoved.connect(self._on_moved)
        frame.changes.changed.connect(self._on_changed)

    @property
    def second(self) -> SecondNote:
        """The second note."""
        if self._second is None:
            from ui.sessions.second_note import SecondNote

            self._second = SecondNote(self._desk, self._frame, self)
            self._second.hide()
            self._second.left.connect(self.close_second)
            self._second.refused.connect(self._on_refused)
            self._second.note_saved.connect(self._on_second_saved)
            self._second.focus_asked.connect(self._on_second_focus_asked)
            self._second.history_asked.connect(partial(self.history_asked.emit, self._second))
            self.addWidget(self._second)
            self.made.emit(self._second)
            self.side.lower()  # the first note's fields are found first by their names
        return self._second

    @property
    def is_open(self) -> bool:
        """Whether two notes show."""
        return bool(self._session_id)

    @property
    def active(self) -> NotePage:
        """The note the keyboard is in; the first where it is in neither."""
        focused = QApplication.focusWidget()
        if self._second is not None and self.is_open and focused is not None and self._second.isAncestorOf(focused):
            return self._second
        return self.note

    # -- which notes -----------------------------------------------------------------------------------------------

    def toggle_last(self) -> None:
        """Open the last note beside, or close what is beside."""
        if self.is_open:
            self.close_second()
            return
        session = self._course.session(self._first[1]) if self._course else None
        last = self._course.before(session)[0] if self._course and session else None
        if last is not None:
            self.open_beside(last.id)
        elif session is not None:
            self.note.bar.say(_("There is no earlier note in this course"), _("Nothing was written before this session."))

    def open_beside(self, session_id: str) -> bool:
        """Open a session's note beside the first and go on writing there; False where that could not be."""
        if session_id == self._first[1]:
            self.note.focus_note()  # it is open already
            return False
        if session_id != self._session_id and not self._show(session_id):
            return False
        self.second.focus_note()
        return True

    def _show(self, session_id: str) -> bool:
        session = self._course.session(session_id) if self._course else None
        if session is None or not self.side.put_away() or not self.put_away():
            return False
        try:
            if not self._open(session):
                return False
        except PracticeError as error:
            self._on_refused(str(error))
            return False
        self._session_id = session_id
        self.second.show()
        self.note.head.make_room(True, is_tight=True)
        self.shown.emit(True)
        self._fit()
        return True

    def _open(self, session: Session) -> bool:
        """Open the note of a session in the second place."""
        course = self._course
        if course is None:
            return False
        document = self._desk.documents.open_document(
            Purpose.PROGRESS_NOTE, self._first[0], course_id=session.course_id, session_id=session.id
        )
        _earlier, before = course.before(session)
        if not self.second.open(document, course.offered(self._desk, session), before):
            return False
        self.second.fold_later(False)
        self.second.show_session(session, course.number(session.id), date.today())
        return True

    def close_second(self) -> None:
        """Close the second note, once it is kept, and go on in the first."""
        had_keyboard = self.active is not self.note
        if not self.put_away():
            return
        if self._course is not None:
            self._kept.pop(self._course.course.id, None)
        self.note.writer.show_kept()
        if had_keyboard:
            self.note.take_up(self.note.place())

    def put_away(self) -> bool:
        """Close the second note; False where its words could not be kept, and it stays."""
        if self._second is None or not self.is_open:
            return True
        if not (self._second.writer.close() and self._second.signing.close()):
            return False
        self._let_go()
        return True

    def _let_go(self) -> None:
        self._session_id = ""
        if self._second is not None:
            self._second.forget()
            self._second.hide()
        self.note.head.make_room(self.side.is_turned)
        self.shown.emit(False)

    # -- what the page tells ---------------------------------------------------------------------------------------

    def makes_way(self, session_id: str) -> bool:
        """Let go of a note that is about to be the first one; False where its words could not be kept."""
        self._has_given_way = self.is_open and session_id == self._session_id
        return not self._has_given_way or self.put_away()

    def show_session(self, client_id: str, session_id: str) -> None:
        """Stand beside another session's note; one that gave way to it takes the place of the one before."""
        before, self._first = self._first[1], (client_id, session_id)
        self.side.show_session(client_id, session_id)
        if self._has_given_way:
            self._has_given_way = False
            self._show(before)

    def follow(self, course: CourseNotes | None) -> None:
        """Go on from what is stored now: a session that is gone, a note written in elsewhere, one that was beside before."""
        self._course = course
        if course is None:
            return
        if not self.is_open:
            self._open_again(course)
            return
        session = course.session(self._session_id)
        if session is None:
            self.put_away()
            return
        self.second.show_session(session, course.number(session.id), date.today())
        shown, stored = self.second.writer.document, course.notes.get(session.id)
        is_free = not self.second.writer.is_unsaved and not self.second.writer.is_rescued
        if shown is None or stored is None or not is_free:
            return
        if shown.id != stored.document.id or shown.revision < stored.document.revision:
            self._set_anew()

    def _open_again(self, course: CourseNotes) -> None:
        """Show again what was beside when this course was left."""
        kept = self._kept.pop(course.course.id, None)
        if kept is not None and kept.session_id != self._first[1] and not self.side.is_turned and self._show(kept.session_id):
            self.second.return_to(kept.place)

    def _set_anew(self) -> None:
        """Fill the second note again, with the cursor where it is."""
        session = self._course.session(self._session_id) if self._course else None
        if session is not None and self.second.writer.flush():
            place, has_keyboard = self.second.place(), self.active is self.second
            if self._open(session):
                (self.second.take_up if has_keyboard else self.second.return_to)(place)

    def is_own(self, origin: str) -> bool:
        """Whether a change was stored from one of the notes here."""
        return any(origin in each.origins for each in (self.note, self._second) if each is not None)

    def flush(self) -> bool:
        """Keep what is typed in either note and on the private page; False where any of it failed."""
        is_kept = self._second is None or (self._second.writer.flush() and self._second.signing.flush())
        return self.side.flush() and is_kept

    def place(self) -> BesidePlace | None:
        """Return what is beside, to come back to."""
        if self._second is None or not self.is_open:
            return None
        return BesidePlace(self._session_id, self._second.place(), self.active is self._second)

    def return_to(self, place: BesidePlace) -> None:
        """Open again what was beside."""
        if place.session_id != self._first[1] and self._show(place.session_id):
            (self.second.take_up if place.has_keyboard else self.second.return_to)(place.place)

    def grow(self) -> None:
        """Take another text size."""
        self.side.grow()
        if self.is_open:
            self._set_anew()
            self._fit()

    def forget(self) -> None:
        """Let go of every word here; what was beside comes again with its course, until `forget_places`."""
        if self.is_open and self._course is not None:
            self._kept[self._course.course.id] = BesidePlace(self._session_id, self.second.place())
        self._first = ("", "")
        self.side.forget()
        self._let_go()

    def forget_places(self) -> None:
        """Forget what was beside, and the course."""
        self._kept.clear()
        self._course = None

    # -- room ------------------------------------------------------------------------------------------------------

    def least_width(self) -> int:
        """Return the width below which the two stand one above the other, in pixels."""
        return sum(self._least_widths()) + self.handleWidth()

    def _least_widths(self) -> tuple[int, int]:
        """Return the width below which something of the first or the second note would be cut off, in pixels."""
        around = 2 * SIDE + theme.current().size("scroll")
        first, second = (
            max(each.minimumSizeHint().width(), each.view.minimumSizeHint().width() + around)
            for each in (self.note, self.second)
        )
        return first, second

    def _fit(self) -> None:
        if not self.is_open:
            return
        is_roomy = self.width() >= self.least_width()
        self.setOrientation(Qt.Orientation.Horizontal if is_roomy else Qt.Orientation.Vertical)
        self.second.stand_below(not is_roomy)
        whole = self.width() if is_roomy else self.height()
        share = self._frame.preferences.widths.get(SHARE, [50])[0] if is_roomy else 50
        first = whole * share // 100
        if is_roomy:
            least_first, least_second = self._least_widths()
            first = min(max(first, least_first), whole - self.handleWidth() - least_second)
        self.setSizes([first, whole - first])

    def _on_moved(self) -> None:
        if self.is_open and self.orientation() is Qt.Orientation.Horizontal:
            self._frame.preferences.widths[SHARE] = [round(100 * self.sizes()[0] / max(1, sum(self.sizes())))]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room again."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    # -- what is heard ---------------------------------------------------------------------------------------------

    def _on_turned(self, is_turned: bool) -> None:
        """Give the room to the private page."""
        if is_turned and self.is_open:
            self.put_away()

    def _on_second_saved(self, document: object) -> None:
        self.note_saved.emit(document)
        _tell_again(self.note)

    def _on_first_saved(self, _document: object) -> None:
        if self._second is not None and self.is_open:
            _tell_again(self._second)

    def _on_second_focus_asked(self) -> None:
        self.focus_asked.emit(self.second)

    def _on_refused(self, reason: str) -> None:
        self._frame.say(_("Not done"), reason, tone="caution")

    def _on_changed(self, change: Changed) -> None:
        """Remember that the second note offers people or areas who came or went."""
        self._is_stale = self._is_stale or (self.is_open and change.touches("person", "problem_area"))

    def showEvent(self, event: QShowEvent) -> None:
        """Offer in the second note, too, who can be named now."""
        super().showEvent(event)
        if self._is_stale and self.is_open and not event.spontaneous():
            self._is_stale = False
            self._set_anew()


def _tell_again(note: NotePage) -> None:
    """Try once more to keep a note whose save had failed: the other's success must not hide that it is not kept."""
    if note.writer.failure:
        note.writer.save_now()
