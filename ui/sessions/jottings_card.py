"""The jottings of a note in its margin: not part of the record, and deleted with one press that can be undone.

Those of a signed note are deleted from every version of it, which takes two presses: that can't be undone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.form import Means, is_blank
from ipt_desktop.domain.text import _
from ui.forms.editors import ProseEditor
from ui.widgets.buttons import link
from ui.widgets.card import Card
from ui.widgets.labels import label

if TYPE_CHECKING:
    from ui.sessions.note_page import NotePage


class JottingsCard(Card):
    """Shows what stands in the note's own field; it is written there. It is away while there is nothing, and in the room."""

    def __init__(self, note: NotePage, parent: QWidget) -> None:
        super().__init__(parent, name="jottings_card", title=_("Jottings"), is_dashed=True)
        self._note, self._view = note, note.view
        self._editor: ProseEditor | None = None
        self._is_in_room = False
        self._is_deleted = self._is_at_it = self._is_sure = False
        self.body.setContentsMargins(14, 12, 14, 12)
        self.body.setSpacing(6)
        off_record = _("not part of the record")
        self.body.addWidget(label(off_record, self, kind="caption", tone="text_soft", name="jottings_off_record", wraps=True))
        self._words = label("", self, kind="label", name="jottings_words", wraps=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(self._words)
        row = QHBoxLayout()
        self._delete = link(_("Delete now"), self, name="jottings_delete", spoken=_("Delete now: the jottings"), is_flush=True)
        self._delete.clicked.connect(self.delete_now)
        self._gone = label(_("Deleted."), self, kind="label", tone="text_soft", name="jottings_gone")
        self._undo = link(_("Undo"), self, name="jottings_undo", spoken=_("Undo: bring the jottings back"), is_flush=True)
        self._undo.clicked.connect(self._on_undo)
        for part in (self._delete, self._gone, self._undo):
            row.addWidget(part)
        row.addStretch(1)
        self.body.addLayout(row)
        self._hint = label(
            _("Offered again when you sign."), self, kind="caption", tone="text_soft", name="jottings_hint", wraps=True
        )
        self.body.addWidget(self._hint)
        self._view.filled.connect(self._on_filled)
        self._view.edited.connect(self._on_edited)
        self._show()

    def set_in_room(self, is_in_room: bool) -> None:
        """Stay away while a session runs: the field itself is in sight then."""
        if is_in_room != self._is_in_room:
            self._is_in_room = is_in_room
            self._show()

    def delete_now(self) -> None:
        """Empty the field; one step of its own undo brings the words back."""
        if self._editor is None:
            return
        if self._note.writer.signed_at is not None:
            self._delete_for_good()
            return
        if self._note.writer.is_rescued:  # only read until it goes on from what was written elsewhere
            return
        self._is_at_it = True
        cursor = self._editor.prose.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.removeSelectedText()
        self._is_at_it, self._is_deleted = False, True
        self._show()
        self._undo.setFocus(Qt.FocusReason.OtherFocusReason)

    def _delete_for_good(self) -> None:
        """Ask a second time; then they are gone from the signed note and from every version of it."""
        if self._is_sure:
            self._note.signing.delete_jottings()
            self._note.scroller.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._is_sure = True
            self._show()

    def _on_undo(self) -> None:
        self._is_deleted = False
        if self._editor is not None:
            self._editor.prose.undo()
        self._show()
        self._delete.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_filled(self) -> None:
        """Follow the field of another note, or let go of the words."""
        found = self._view.editor_that_means(Means.JOTTINGS)
        self._editor = found if isinstance(found, ProseEditor) else None
        self._is_deleted = self._is_sure = False
        if self._editor is not None:
            self._editor.edited.connect(self._show)
        self._show()

    def _on_edited(self) -> None:
        """Take the offer to undo back with the next thing that is written."""
        if self._is_deleted and not self._is_at_it:
            self._is_deleted = False
            self._show()

    def _show(self) -> None:
        answer = self._editor.answer() if self._editor is not None else []
        text = rich_text.as_plain(rich_text.from_json(answer)) if not is_blank(answer) else ""
        if text:
            self._is_deleted = False
        self._words.setText(text)
        self._words.setVisible(bool(text))
        for part in (self._delete, self._hint):
            part.setVisible(bool(text))
        is_signed = self._note.writer.signed_at is not None
        words = _("Delete for good") if self._is_sure else _("Delete now")
        self._delete.setText(words)
        self._delete.setAccessibleName(_("{verb}: the jottings").format(verb=words))
        gone = _("They go from every version of this note, and can’t come back. The note stays as it was signed.")
        self._hint.setText(gone if self._is_sure else "" if is_signed else _("Offered again when you sign."))
        self._hint.setVisible(bool(text and self._hint.text()))
        for part in (self._gone, self._undo):
            part.setVisible(self._is_deleted)
        self.setVisible(not self._is_in_room and (bool(text) or self._is_deleted))
