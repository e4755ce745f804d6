"""An addendum below a signed note: written like the note, signed by itself, and read in line from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.form import Form, Means, is_blank
from ipt_desktop.domain.session_records import Signature
from ipt_desktop.domain.signing import mark_words, signed_at_words
from ipt_desktop.domain.text import _
from ipt_desktop.services.autosave import Keeping
from ui import theme
from ui.forms.document_writer import DocumentWriter
from ui.forms.form_view import FormView
from ui.forms.prose import ProseEdit
from ui.page import Frame
from ui.widgets.buttons import link, outlined
from ui.widgets.labels import FieldError, label
from ui.widgets.save_state import SaveState

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk
    from ipt_desktop.services.signing import Addendum


class AddendumView(QFrame):
    """What one addendum has in common, signed or not: its frame and its title."""

    def __init__(self, addendum: Addendum, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"addendum_{addendum.document.id}")
        self.setProperty("role", "addendum")
        at = addendum.amendment.created_at.astimezone()
        title = _("Addendum of {day}, {time}").format(day=long_date(at.date()), time=f"{at:%H:%M}")
        self.setAccessibleName(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(14, 10, 14, 10)
        self.column.setSpacing(6)
        self.column.addWidget(label(title, self, kind="strong", name="addendum_title"))


class SignedAddendum(AddendumView):
    """A signed one: only read."""

    def __init__(self, addendum: Addendum, signature: Signature, form: Form, parent: QWidget) -> None:
        super().__init__(addendum, parent)
        self._words = ProseEdit(self, name="addendum_words", spoken=self.accessibleName())
        self._words.setProperty("is_bare", True)
        self._words.setReadOnly(True)
        self._words.fill(rich_text.from_json(form.answer(addendum.document.answers, Means.NOTE)))
        self.column.addWidget(self._words)
        told = _("{name} · signed {when} · content mark {mark}").format(
            name=signature.signer, when=signed_at_words(signature), mark=mark_words(signature.mark)
        )
        self.column.addWidget(label(told, self, kind="caption", tone="text_soft", name="addendum_signed", wraps=True))

    def forget(self) -> None:
        """Let go of every word."""
        self._words.fill(())


class AddendumDraft(AddendumView):
    """One that is being written. `sign_asked`, and `back_asked` while it has no word."""

    sign_asked = Signal()
    back_asked = Signal()

    def __init__(self, desk: Desk, frame: Frame, addendum: Addendum, parent: QWidget) -> None:
        super().__init__(addendum, parent)
        self.view = FormView(theme.current(), self)
        self.column.addWidget(self.view)
        row = QHBoxLayout()
        row.setSpacing(10)
        self.save_state = SaveState(self, name="addendum_save_state")
        self._not_signed = label(_("· not signed"), self, kind="label", tone="text_soft", name="addendum_not_signed")
        self._back = link(_("Take it back"), self, name="addendum_back", spoken=_("Take it back: the empty addendum"))
        self._sign = outlined(_("Sign addendum"), self, name="addendum_sign", icon="lock")
        self._back.clicked.connect(self.back_asked)
        self._sign.clicked.connect(self.sign_asked)
        row.addWidget(self.save_state)
        row.addWidget(self._not_signed)
        row.addStretch(1)
        row.addWidget(self._back)
        row.addWidget(self._sign)
        self.column.addLayout(row)
        self.error = FieldError(self, name="addendum_error")
        self.column.addWidget(self.error)
        self.writer = DocumentWriter(desk, frame, self.view, self)
        self.writer.state_changed.connect(self._on_state_changed)
        self.view.edited.connect(self._show_verbs)
        self.writer.open(addendum.document, label_column=0)
        self._show_verbs()

    def focus_words(self) -> None:
        """Put the cursor behind what is written."""
        self.view.focus_field(Means.NOTE)

    def forget(self) -> None:
        """Let go of every word."""
        self.writer.forget()

    def _show_verbs(self) -> None:
        is_empty = is_blank(self.writer.answers())
        self._back.setVisible(is_empty)
        self._sign.setEnabled(not is_empty)
        self.error.show_error("")

    def _on_state_changed(self, state: str) -> None:
        document = self.writer.document
        at = document.saved_at if document else None
        self.save_state.show_state(Keeping.SAVED if state == Keeping.CLEAN else Keeping(state), at, self.writer.failure)
