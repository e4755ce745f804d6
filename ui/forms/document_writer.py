"""Keeps one document of a form saved while it is written: whoever edits a document does it through here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from ipt_desktop.domain.errors import NoteSigned, PracticeError, PracticeGone, PracticeReadOnly, RecordGone, SaveFailed
from ipt_desktop.domain.fault import fault_in_words
from ipt_desktop.domain.plain_answers import as_text
from ipt_desktop.domain.records import Document, new_id
from ipt_desktop.domain.text import _
from ipt_desktop.services.autosave import Autosave, Keeping
from ui.forms.form_view import FormView
from ui.forms.rescue import RescueSaving
from ui.page import BarAction, Frame

if TYPE_CHECKING:
    from ipt_desktop.services.documents import Documents, Draft, Saved


_OFFERED = ("save_retry", "rescue_copy", "leave_asked", "leave_not")


class Written(Protocol):
    """Whose documents are written: the practice's, or the private notes'."""

    @property
    def documents(self) -> Documents:
        """Return what can be done with them."""
        ...


class DocumentWriter(QObject):
    """A form view's way to the disk: within a second of the last key, every two seconds while typing, and on leaving.

    A save that fails keeps the words on screen, says so in the window's bar and is tried again until it succeeds. Drives the
    save state of the strip. `saved` carries the stored `Document`; `state_changed` a `Keeping`.
    """

    saved = Signal(object)
    state_changed = Signal(str)
    _settled = Signal(int, object, object)

    def __init__(self, desk: Written, frame: Frame, view: FormView, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._frame, self._view = desk, frame, view
        self.origin = new_id()
        self._draft: Draft | None = None
        self._fill: dict[str, Any] = {}
        self._autosave = Autosave()
        self._sends = 0
        self._is_read_only = False
        self.signed_at: datetime | None = None
        self._why, self._rescued_to, self._asks_to_leave = "", "", False
        self._may_never_come_back = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.save_now)
        self._settled.connect(self._on_settled, Qt.ConnectionType.QueuedConnection)
        view.edited.connect(self._on_edited)
        app = QGuiApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)
            app.applicationStateChanged.connect(self._on_application_state)

    @cached_property
    def rescue(self) -> RescueSaving | None:
        """Whoever saves a copy elsewhere; the private notes have none: their words go into no file but by a release."""
        copies = getattr(self._desk, "rescue_copies", None)
        if copies is None:
            return None
        made = RescueSaving(copies, self._unsaved, self._view, self)
        made.saved.connect(self._on_rescued)
        made.failed.connect(self._on_not_rescued)
        return made

    @property
    def document(self) -> Document | None:
        """The document that is open, as it was last saved or found."""
        return self._draft.document if self._draft else None

    @property
    def is_unsaved(self) -> bool:
        """Whether anything typed is not known to be on the disk."""
        return self._autosave.is_unsaved

    def open(self, document: Document, *, signed_at: datetime | None = None, **fill: Any) -> bool:
        """Show a document in the view (`fill` as in `FormView.fill`); False where the one before could not be kept.

        One that was signed, at `signed_at`, is only read.

        Whoever looks the document up flushes first: of the very page that is open, words on their way would count as another's.
        """
        if not self.close():
            return False
        self._draft = self._desk.documents.begin_writing(document)
        self._autosave = Autosave()
        self._fill = {**fill, "document_id": document.id}
        self.signed_at = signed_at
        self._view.set_read_only(signed_at is not None)
        self._view.fill(self._desk.documents.form_of(document), document.answers, **self._fill)
        self._tell(document.saved_at if document.revision else None)
        return True

    @property
    def state(self) -> Keeping:
        """What became of what was typed last."""
        return self._autosave.state

    @property
    def is_rescued(self) -> bool:
        """Whether the document moved on elsewhere and the therapist has yet to choose when to go on from there."""
        return self._draft is not None and self._draft.is_rescued

    @property
    def failure(self) -> str:
        """Why what was typed is not kept and what becomes of it, "" while nothing has failed."""
        if self._autosave.state is not Keeping.FAILED:
            return ""
        if self._is_read_only:
            return _("the practice is damaged and only read; your words are on screen")
        return _("your words are kept on screen and tried again")

    def answers(self) -> Mapping[str, Any]:
        """Return the answers as they stand on screen."""
        return self._view.answers()

    def show_kept(self) -> None:
        """Show in the strip again what became of this document, after another one was written."""
        if self._draft is not None:
            self._tell(self._draft.document.saved_at if self._draft.document.revision else None)

    def save_now(self) -> None:
        """Send what is typed to the disk without waiting, if anything is and no save is under way."""
        if self._draft is None or not self._autosave.is_unsaved or self._autosave.state is Keeping.SAVING:
            return
        self._sends += 1
        sent = self._sends
        self._autosave.sent()
        self._tell()
        try:
            self._desk.documents.save_draft(
                self._draft, self._view.answers(), lambda saved, error: self._settle(sent, saved, error), origin=self.origin
            )
        except Exception as error:  # whatever it was, the words are not kept: that is said, and tried again
            self._failed(error)

    def flush(self) -> bool:
        """Keep everything typed and wait for the disk; False where that failed: the words stay on screen."""
        if self._draft is None or not self._autosave.is_unsaved:
            return True
        self._timer.stop()
        self._sends += 1  # what an earlier save still reports no longer matters
        self._autosave.sent()
        try:
            document = self._desk.documents.keep_draft(self._draft, self._view.answers(), origin=self.origin)
        except Exception as error:  # as above
            self._failed(error)
            return False
        if self._draft.is_rescued:
            self._say_rescued()
        else:
            self._kept(document)
        return True

    def close(self) -> bool:
        """Keep everything and end the stay at the document; False where the words could not be kept, and nothing is closed."""
        if self._draft is None:
            return True
        if not self.flush():
            return False
        if self._draft.is_rescued:
            self._view.set_read_only(False)  # what comes into the view next was not changed elsewhere
        self._desk.documents.end_writing(self._draft)
        self._draft = None
        return True

    def end_stay(self) -> bool:
        """Keep everything and note the end of the stay, with the page still open; what is typed next begins another."""
        if self._draft is None or not self.flush():
            return False
        self._desk.documents.end_writing(self._draft)
        return True

    def forget(self) -> None:
        """Let go of the document and every word of it; whoever locks has flushed before."""
        self._timer.stop()
        self._sends += 1
        if self._draft is not None and not self._autosave.is_unsaved:
            self._desk.documents.end_writing(self._draft)
        self._draft, self._fill, self.signed_at = None, {}, None
        self._autosave = Autosave()
        self._view.forget()

    def _settle(self, sent: int, saved: Saved | None, error: BaseException | None) -> None:
        """Hand what became of a save from the writer thread to the window's."""
        try:
            self._settled.emit(sent, saved, error)
        except RuntimeError:  # the window went away meanwhile; the words are on the disk or were kept by its flush
            return

    def _on_settled(self, sent: int, saved: Saved | None, error: BaseException | None) -> None:
        if sent != self._sends or self._draft is None:
            return
        if error is not None:
            self._failed(error)
        elif saved is not None and saved.is_rescue:
            self._say_rescued()
        elif saved is not None:
            self._kept(saved.document)

    def _kept(self, document: Document) -> None:
        self._autosave.saved()
        self._rescued_to, self._asks_to_leave = "", False
        was_pressed = _is_in_bar()
        self._frame.unsay(_failing_title())
        if was_pressed:
            self._write_on()
        self._tell(document.saved_at)
        self._wait()
        self.saved.emit(document)

    def _failed(self, error: BaseException) -> None:
        self._autosave.failed(monotonic())
        if isinstance(error, PracticeReadOnly):
            self._say_read_only(error)
            return
        self._why = str(error if isinstance(error, PracticeError) else SaveFailed(reason=fault_in_words(error)))
        # A full disk can be mended; what was deleted or signed may never come back, and must not hold the window for ever.
        self._may_never_come_back = isinstance(error, PracticeGone | RecordGone | NoteSigned)
        self._say_failing()
        self._tell()
        self._wait()

    def _say_failing(self) -> None:
        """Say what is wrong, what is safe, and what can be done; leaving a disk that can be mended takes a second press."""
        retry = ("save_retry", _("Try again now"), self.save_now)
        words = " ".join(each for each in (self._why, self._rescue_words()) if each)
        actions: tuple[BarAction, ...] = (retry, *self._rescuing())
        if self._asks_to_leave:
            lost = _("What was typed since the last save is lost then, in this practice.")
            keep = ("leave_not", _("Keep trying"), self._on_keep_trying)
            words, actions = f"{lost} {self._rescue_words()}".strip(), (*self._rescuing(), self._leaving(), keep)
        elif self._may_never_come_back:  # and must not hold the window for ever
            actions = (*actions, self._copying(), self._leaving())
        else:
            actions = (*actions, ("leave_asked", _("Leave it unsaved…"), self._on_leave_asked))
        self._frame.say(_failing_title(), words, tone="danger", actions=actions, can_close=False)

    def _write_on(self) -> None:
        """Give the keyboard back to the text: the link it was on is gone, and others are beside it."""
        text = self._view.focusWidget()
        if text is not None:
            text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rescuing(self) -> tuple[BarAction, ...]:
        return (("rescue_copy", _("Save a copy elsewhere…"), self.rescue.ask),) if self.rescue is not None else ()

    def _rescue_words(self) -> str:
        saved = _("An encrypted copy is safe in {path}; File ▸ Read a rescue copy… brings it back.")
        return saved.format(path=self._rescued_to) if self._rescued_to else ""

    def _unsaved(self) -> tuple[Document, Mapping[str, Any]] | None:
        return (self._draft.document, self._view.answers()) if self._draft is not None else None

    def _on_rescued(self, path: str) -> None:
        self._rescued_to = path
        if self._autosave.state is Keeping.FAILED:
            self._say_failing()
        self._write_on()

    def _on_not_rescued(self, reason: str) -> None:
        """Say that it could not be written there either, and keep asking."""
        self._rescued_to = ""
        again = (*self._rescuing(), ("save_retry", _("Try again now"), self.save_now), self._copying())
        self._frame.say(_failing_title(), reason, tone="danger", actions=again, can_close=False)

    def _on_leave_asked(self) -> None:
        self._asks_to_leave = True
        self._say_failing()

    def _on_keep_trying(self) -> None:
        self._asks_to_leave = False
        self._say_failing()
        self._write_on()

    def _say_read_only(self, error: PracticeReadOnly) -> None:
        """Say that nothing is kept any more, which trying again would not change; the words can be taken elsewhere."""
        ways_out = *self._rescuing(), self._copying(), self._leaving()
        self._frame.say(_failing_title(), str(error), tone="danger", actions=ways_out, can_close=False)
        self._is_read_only = True
        self._tell()

    def _copying(self) -> BarAction:
        return "copy_unsaved", _("Copy the text"), self._copy

    def _leaving(self) -> BarAction:
        return "leave_unsaved", _("Leave it unsaved"), self._leave_unsaved

    def _copy(self) -> None:
        """Put all that stands on the page into the clipboard, what is confidential too: it has no other way out."""
        if self._draft is not None:
            form = self._desk.documents.form_of(self._draft.document)
            QGuiApplication.clipboard().setText(as_text(form, self._view.answers(), with_confidential=True))

    def _leave_unsaved(self) -> None:
        """Go back to what is stored: the therapist wants no more of the words on screen."""
        self._frame.unsay(_failing_title())
        self._rescued_to, self._asks_to_leave = "", False
        if self._draft is not None:
            self._timer.stop()
            document = self._draft.document
            self._autosave = Autosave()
            self._view.fill(self._desk.documents.form_of(document), document.answers, **self._fill)
            self._tell(document.saved_at if document.revision else None)

    def _say_rescued(self) -> None:
        """Say that the document moved on elsewhere: the words refused are beside it; the therapist chooses when to go on."""
        self._autosave = Autosave()
        self._view.set_read_only(True)
        self._frame.say(
            _("This page was changed in another place"),
            _("What you typed here is kept beside it, in the earlier versions. Nothing was overwritten."),
            tone="caution",
            actions=(("show_newer", _("Show the newer page"), self._show_newer),),
        )
        self._tell()

    def _show_newer(self) -> None:
        self._frame.unsay(_("This page was changed in another place"))
        if self._draft is not None and self._draft.is_rescued:
            document = self._desk.documents.take_over(self._draft)
            self._view.set_read_only(False)
            self._view.fill(self._desk.documents.form_of(document), document.answers, **self._fill)
            self._tell(document.saved_at)

    def _tell(self, at: Any = None) -> None:
        state = self._autosave.state
        detail = self.failure
        shown = Keeping.SAVED if state is Keeping.CLEAN and at is not None else state
        if self.signed_at is not None:
            shown, at = Keeping.SIGNED, self.signed_at
        self._frame.show_save_state(shown, at, detail)
        self.state_changed.emit(state)

    def _wait(self) -> None:
        due = self._autosave.due_at()
        if due is not None:
            self._timer.start(max(0, round((due - monotonic()) * 1000)))

    def _on_edited(self) -> None:
        if self._draft is None:
            return
        if self.signed_at is not None:  # a screen reader can press what the mouse can't reach
            QTimer.singleShot(0, self, self._show_signed)
            return
        self._autosave.typed(monotonic())
        self._tell()
        self._wait()

    def _show_signed(self) -> None:
        """Show a signed document as it is again."""
        if self._draft is not None and self.signed_at is not None:
            document = self._draft.document
            self._view.fill(self._desk.documents.form_of(document), document.answers, **self._fill)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None and self._view.isAncestorOf(old) and (new is None or not self._view.isAncestorOf(new)):
            self.save_now()

    def _on_application_state(self, state: Qt.ApplicationState) -> None:
        """Keep at once when the program is left or the computer is about to sleep."""
        if state is not Qt.ApplicationState.ApplicationActive:
            self.save_now()


def _is_in_bar() -> bool:
    """Whether the keyboard is on what the bar about a failed save offers."""
    focused = QApplication.focusWidget()
    return focused is not None and focused.objectName() in _OFFERED


def _failing_title() -> str:
    return _("The last change could not be saved")
