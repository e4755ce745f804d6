"""All about the signature of the note that is open: the words and verbs in its foot, the panel, what stands below the note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.form import is_blank
from ipt_desktop.domain.session_records import Signature
from ipt_desktop.domain.signature_state import limits_words
from ipt_desktop.domain.signing import ATTENDANCE, TIMES, as_sentence, mark_words
from ipt_desktop.domain.text import _
from ui import theme
from ui.page import Frame
from ui.sessions.signed_part import SignedPart
from ui.sessions.signing_panel import SigningPanel
from ui.widgets.buttons import link, outlined, primary
from ui.widgets.labels import ElidedLabel

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk
    from ui.sessions.note_page import NotePage

PANEL_SHARE = 0.6  # of the page's height, at most
LEAST_NOTE = 48  # of the note stays in sight above the panel


class NoteBody(QWidget):
    """The form of a note, and below it what there is once it is signed."""

    def __init__(self, form: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "paper")
        form.setParent(self)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addWidget(form)


class SignatureSide(QObject):
    """`session_asked`: go to what is missing beside the note, the facts of its session."""

    session_asked = Signal()

    def __init__(self, desk: Desk, frame: Frame, note: NotePage) -> None:
        super().__init__(note)
        self._desk, self._frame, self._note = desk, frame, note
        self.signature: Signature | None = None
        self.body = NoteBody(note.view, note)
        self.part = SignedPart(desk, frame, self.body)
        self.body.column.addWidget(self.part)
        self.body.column.addStretch(1)
        self.panel = SigningPanel(note)
        self.foot = self._make_foot(note)
        self.panel.sign_asked.connect(self._on_sign_asked)
        self.panel.left.connect(self.leave)
        self.panel.part_asked.connect(self._on_part_asked)
        self.part.changed.connect(self._on_addendum_changed)

    def _make_foot(self, parent: QWidget) -> QWidget:
        foot = QWidget(parent)
        foot.setObjectName("signature_foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self._status = ElidedLabel(foot)
        self._status.setObjectName("signature_status")
        self._status.setProperty("kind", "label")
        self._status.setProperty("tone", "text_soft")
        self._add = outlined(_("Add an addendum"), foot, name="add_addendum", icon="plus")
        self._sign = primary(_("Sign note"), foot, name="sign_note_button", icon="signature")
        self._sign.setToolTip(_("Sign note (Ctrl+Shift+G)"))
        self._verify = link(_("Verify"), foot, name="verify_note", spoken=_("Verify this signed note"))
        row.addWidget(self._status, 1)
        row.addWidget(self._verify)
        row.addWidget(self._add)
        row.addWidget(self._sign)
        self._add.clicked.connect(self.add_addendum)
        self._sign.clicked.connect(lambda: self.ask_to_sign())
        self._verify.clicked.connect(self.verify)
        return foot

    def put_between(self, *parts: QWidget) -> None:
        """Put these into the foot, between its words and its verbs."""
        row = self.foot.layout()
        if isinstance(row, QHBoxLayout):
            for place, part in enumerate(parts, start=1):
                row.insertWidget(place, part)

    # -- what it shows ---------------------------------------------------------------------------------------------

    def show_note(self, signature: Signature | None) -> None:
        """Belong to the note that was opened just now."""
        document = self._note.writer.document
        self.signature = signature
        self.panel.forget()
        self.part.show_signature(signature, document.id if document else "")
        self._note.head.lock(signature is not None)
        self.show_status()

    def show_status(self) -> None:
        """Say in the foot whether the note is signed, and what is missing; not in the room, where the client may look."""
        document, signature = self._note.writer.document, self.signature
        is_written = document is not None and not is_blank(document.answers)
        is_asking = self.panel.isVisibleTo(self._note)
        is_quiet = self._note.is_in_room  # the client may read along: no word of risk, and nothing is signed yet
        self._sign.setVisible(is_written and signature is None and not is_asking and not is_quiet)
        self._verify.setVisible(signature is not None)
        self._add.setVisible(signature is not None and self.part.draft is None)
        words = ""
        if signature is not None:
            words = _("· content mark {mark}").format(mark=mark_words(signature.mark))
        elif document is not None and is_written and not is_quiet:
            try:
                missing = [each.words for each in self._desk.signing.what_is_missing(document)]
            except PracticeError:
                missing = []
            words = "· " + as_sentence([_("not signed"), *missing])
        self._status.setText(words)

    def flush(self) -> bool:
        """Keep what is typed in an addendum."""
        return self.part.flush()

    def close(self) -> bool:
        """End the stay at an addendum; False where its words could not be kept."""
        return self.part.close_draft()

    def forget(self) -> None:
        """Let go of every word."""
        self.signature = None
        self.panel.forget()
        self.part.forget()
        self._note.head.lock(False)
        self.show_status()

    @property
    def origins(self) -> set[str]:
        """Who stores what is written below the note."""
        return {self.part.draft.writer.origin} if self.part.draft is not None else set()

    # -- verbs -----------------------------------------------------------------------------------------------------

    def ask_to_sign(self, *, at_missing: bool = False) -> None:
        """Open the panel, once every word is kept; where nothing is written or it is signed, say so.

        `at_missing`: put the cursor at the first thing that is missing, instead of where it is said why.
        """
        document = self._note.writer.document
        if document is None or not self._note.writer.flush():
            return
        document = self._note.writer.document or document
        if self.signature is not None:
            self._note.bar.say(_("This note is signed"), _("What is to be added becomes an addendum."))
            return
        if not document.revision or is_blank(document.answers):
            self._note.bar.say(_("There is nothing to sign yet"))
            return
        if self._note.is_in_room:
            self._note.bar.say(_("This session is still running"), _("End it first, then sign its note."))
            return
        self._note.bar.clear()
        self._note.unfold_all()  # what is signed is in sight
        foot = self.foot.parentWidget() or self.foot
        around = self._note.head.height() + foot.height() + theme.current().px(LEAST_NOTE)
        self.panel.limit(min(round(self._note.height() * PANEL_SHARE), self._note.height() - around))
        outlook = self._desk.signing.outlook(document)
        self.panel.show_outlook(outlook)
        self.show_status()
        if at_missing and outlook.missing:
            self._on_part_asked(outlook.missing[0].key)

    def delete_jottings(self) -> None:
        """Delete the jottings of a signed note from every version of it: no mark is over them."""
        document = self._note.writer.document
        if document is None or self.signature is None:
            return
        try:
            self._desk.signing.delete_jottings(document.id)
        except PracticeError as error:
            self._note.bar.say(_("Not done"), str(error), tone="caution")
            return
        self._note.open_again()
        self._note.bar.say(_("The jottings are deleted"), _("They are in no version of this note. It is as it was signed."))

    def leave(self) -> None:
        """Close the panel and go back to the note."""
        self.panel.forget()
        self.show_status()
        self._note.focus_note()

    def keep_up(self) -> None:
        """Show what is missing now, after the note or its session was changed."""
        document = self._note.writer.document
        if document is not None and self.panel.isVisibleTo(self._note):
            self.panel.show_outlook(self._desk.signing.outlook(document))
        self.show_status()

    def _on_sign_asked(self) -> None:
        if self._note.writer.flush():
            self._frame.when_sure(self._sign_now)

    def _sign_now(self) -> None:
        document = self._note.writer.document
        if document is None or not self.panel.isVisibleTo(self._note):
            return
        try:
            typed = self.panel.signer()
            if typed is not None:
                self._desk.practice.change_details(typed)
            self._desk.signing.sign(
                document,
                reason=self.panel.reason.text(),
                is_late_entry=self.panel.late.isChecked(),
                delete_jottings=self.panel.jottings.isChecked() and not self.panel.jottings.isHidden(),
            )
        except PracticeError as error:
            self.panel.show_error(str(error))
            return
        self._note.open_again()
        self._note.scroller.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_addendum(self) -> None:
        """Begin an addendum, or go on with the one that is not signed yet."""
        document = self._note.writer.document
        if document is None:
            return
        if self.part.draft is None:
            try:
                self._desk.signing.begin_addendum(document.id)
            except PracticeError as error:
                self._note.bar.say(_("Not done"), str(error), tone="caution")
                return
            self._on_addendum_changed()
        if self.part.draft is not None:
            self._note.sight.show_end()
            self.part.draft.focus_words()

    def verify(self) -> None:
        """Look whether this note and its addenda are as they were signed, and say so."""
        document = self._note.writer.document
        if document is None or self.signature is None:
            return
        signed = [document.id, *(each.document.id for each in self._desk.signing.addenda(document.id) if each.signature)]
        states = [self._desk.signature_check.verify_one(each) for each in signed]
        client = self._desk.clients.client(document.client_id)
        told = [each.in_words(lambda _id: self._frame.name_of(client)) for each in states if not each.is_sound]
        if told:
            self._note.bar.say(_("This note is not as it was signed"), " ".join(told), tone="danger")
        else:
            self._note.bar.say(_("This note is as it was signed"), limits_words())

    def _on_addendum_changed(self) -> None:
        document = self._note.writer.document
        self.part.show_signature(self.signature, document.id if document else "")
        self._note.writer.show_kept()
        self.show_status()
        self._note.scroller.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_part_asked(self, key: str) -> None:
        if key in (ATTENDANCE, TIMES):
            self.session_asked.emit()
        else:
            self._note.go_to_field(key)
