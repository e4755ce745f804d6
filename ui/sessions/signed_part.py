"""What stands below a note once it is signed: by whom and when, with its mark; then its addenda in line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.session_records import Signature
from ipt_desktop.domain.signing import as_sentence, mark_words, signed_at_words
from ipt_desktop.domain.text import _
from ui import theme
from ui.forms.form_view import LABEL_COLUMN, WIDEST_FIELD
from ui.page import Frame
from ui.sessions.addendum import AddendumDraft, SignedAddendum
from ui.widgets.card import hairline
from ui.widgets.labels import label

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk
    from ipt_desktop.services.signing import Addendum


class SignedPart(QWidget):
    """Nothing to see while the note is not signed. `changed` when an addendum was signed or taken back."""

    changed = Signal()

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("signed_part")
        self._desk, self._frame = desk, frame
        self.draft: AddendumDraft | None = None
        self._signed: list[SignedAddendum] = []
        self._parting: list[SignedAddendum | AddendumDraft] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.current().space("l"), 0, 0)
        column.setSpacing(2)
        self._block = QWidget(self)
        self._block.setObjectName("signature_block")
        rows = QVBoxLayout(self._block)
        rows.setContentsMargins(0, 0, 0, theme.current().space("m"))
        rows.setSpacing(1)
        rows.addWidget(hairline(self._block))
        rows.addSpacing(theme.current().space("s"))
        self._name = label("", self._block, kind="strong", name="signature_name", wraps=True)
        self._licence = label("", self._block, kind="caption", tone="text_soft", name="signature_licence", wraps=True)
        self._when = label("", self._block, kind="caption", tone="text_soft", name="signature_when", wraps=True)
        self._reason = label("", self._block, kind="caption", tone="text_soft", name="signature_reason", wraps=True)
        for part in (self._name, self._licence, self._when, self._reason):
            rows.addWidget(part)
        column.addWidget(self._block)
        self._addenda = QVBoxLayout()
        self._addenda.setSpacing(theme.current().space("s"))
        column.addLayout(self._addenda)
        self.hide()

    def show_signature(self, signature: Signature | None, document_id: str) -> None:
        """Show who signed a document and its addenda; without a signature go away."""
        self.forget()
        self.setMaximumWidth(theme.current().px(LABEL_COLUMN) + max(WIDEST_FIELD, theme.current().px(WIDEST_FIELD)))
        if signature is None:
            return
        self._name.setText(signature.signer)
        self._licence.setText(signature.licence)
        self._licence.setVisible(bool(signature.licence))
        late = [_("late entry")] if signature.is_late_entry else []
        signed = _("Signed on screen {when}").format(when=signed_at_words(signature))
        mark = _("content mark {mark}").format(mark=mark_words(signature.mark))
        self._when.setText(as_sentence([signed, *late, mark]))
        missing = as_sentence(str(each) for each in signature.snapshot.get("missing") or ())
        words = _("Signed without: {missing}. {reason}").format(missing=missing, reason=signature.reason)
        self._reason.setText(words if missing else "")
        self._reason.setVisible(bool(missing))
        self._block.setAccessibleName(" ".join((signature.signer, signature.licence, self._when.text())))
        for addendum in self._desk.signing.addenda(document_id):
            self._add(addendum)
        self.show()

    def _add(self, addendum: Addendum) -> None:
        made: SignedAddendum | AddendumDraft
        if addendum.signature is not None:
            form = self._desk.documents.form_of(addendum.document)
            made = SignedAddendum(addendum, addendum.signature, form, self)
            self._signed.append(made)
        else:
            made = self.draft = AddendumDraft(self._desk, self._frame, addendum, self)
            made.sign_asked.connect(self._on_sign_asked)
            made.back_asked.connect(self._on_back_asked)
        self._addenda.addWidget(made)

    def flush(self) -> bool:
        """Keep what is typed in an addendum."""
        return self.draft is None or self.draft.writer.flush()

    def close_draft(self) -> bool:
        """End the stay at an addendum; False where its words could not be kept."""
        return self.draft is None or self.draft.writer.close()

    def forget(self) -> None:
        """Let go of every word."""
        shown: list[SignedAddendum | AddendumDraft] = [*self._signed, *([self.draft] if self.draft else [])]
        self._parting = shown  # one may be the sender of what led here
        for each in shown:
            each.forget()
            each.hide()
            each.setParent(None)
            each.deleteLater()
        self._signed, self.draft = [], None
        for part in (self._name, self._licence, self._when, self._reason):
            part.setText("")
        self._block.setAccessibleName("")
        self.hide()

    def _on_sign_asked(self) -> None:
        if self.flush():
            self._frame.when_sure(self._sign)

    def _sign(self) -> None:
        """Sign the addendum as it was kept."""
        draft = self.draft
        if draft is None or not draft.writer.flush() or draft.writer.document is None:
            return
        try:
            self._desk.signing.sign(draft.writer.document, origin=draft.writer.origin)
        except PracticeError as error:
            draft.error.show_error(str(error))
        else:
            self.changed.emit()

    def _on_back_asked(self) -> None:
        draft = self.draft
        if draft is None or not draft.writer.flush() or draft.writer.document is None:
            return
        try:
            self._desk.signing.remove_addendum(draft.writer.document.id)
        except PracticeError as error:
            draft.error.show_error(str(error))
        else:
            self.changed.emit()
