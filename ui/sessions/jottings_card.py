"""The jottings of a note in its margin: not part of the record, and deleted with one press that can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

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
    """Shows what stands in the note's own field, in its place: the words stand once, and *Edit* shows the field again.

    It is away while there is nothing, and in the room. `deletion_asked`: those of a signed note are to go for good.
    """

    deletion_asked = Signal()

    def __init__(self, note: NotePage, parent: QWidget) -> None:
        super().__init__(parent, name="jottings_card", title=_("Jottings"), is_dashed=True)
        self._note, self._view = note, note.view
        self._editor: ProseEditor | None = None
        self._is_in_room = self._is_in_sight = False
        self._is_edited = False  # in the form, since this note was opened: there it stays
        self._is_deleted = self._is_at_it = self._is_sure = False
        self.body.setContentsMargins(14, 12, 14, 12)
        self.body.setSpacing(6)
        off_record = _("not part of the record")
        self.body.addWidget(label(off_record, self, kind="caption", tone="text_soft", name="jottings_off_record", wraps=True))
        self._words = label("", self, kind="label", name="jottings_words", wraps=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(self._words)
        self._make_verbs()
        self._hint = label("", self, kind="caption", tone="text_soft", name="jottings_hint", wraps=True)
        self.body.addWidget(self._hint)
        self._view.filled.connect(self._on_filled)
        self._view.edited.connect(self._on_edited)
        self._show()

    def _make_verbs(self) -> None:
        row = QHBoxLayout()
        self._edit = link(_("Edit"), self, name="jottings_edit", spoken=_("Edit the jottings in the note"), is_flush=True)
        self._edit.clicked.connect(self.edit)
        self._delete = link(_("Delete now"), self, name="jottings_delete", is_flush=True)
        self._delete.clicked.connect(self.delete_now)
        self._keep = link(_("Keep"), self, name="jottings_keep", spoken=_("Keep the jottings"), is_flush=True)
        self._keep.clicked.connect(self._on_kept)
        self._gone = label(_("Deleted."), self, kind="label", tone="text_soft", name="jottings_gone")
        self._undo = link(_("Undo"), self, name="jottings_undo", spoken=_("Undo: bring the jottings back"), is_flush=True)
        self._undo.clicked.connect(self._on_undo)
        for part in (self._edit, self._delete, self._keep, self._gone, self._undo):
            row.addWidget(part)
        row.addStretch(1)
        self.body.addLayout(row)

    # -- where the words stand -------------------------------------------------------------------------------------

    def set_in_room(self, is_in_room: bool) -> None:
        """Stay away while a session runs: the field itself is in sight then."""
        if is_in_room != self._is_in_room:
            self._is_in_room = is_in_room
            self._show()

    def set_in_sight(self, is_in_sight: bool) -> None:
        """Follow the margin: while it is folded the field stands in the form."""
        if is_in_sight != self._is_in_sight:
            self._is_in_sight, self._is_edited = is_in_sight, False
            self._show()

    def edit(self) -> None:
        """Show the field in the form, and put the cursor behind its words."""
        if self._editor is not None:
            self._is_edited = True
            self._show()
            self._view.focus_field(Means.JOTTINGS)

    def make_way(self, part: object) -> None:
        """Show the field in the form where someone is about to go to it: the keyboard, or a word found."""
        if self._editor is not None and isinstance(part, QWidget) and (part is self._editor or self._editor.isAncestorOf(part)):
            self._is_edited = True
            self._show()

    # -- deleting --------------------------------------------------------------------------------------------------

    def delete_now(self) -> None:
        """Empty the field; one step of its own undo brings the words back. Of a signed note they go for good: ask once."""
        if self._editor is None or self._note.writer.is_rescued:
            return
        if self._is_signed():
            if self._is_sure:
                self.deletion_asked.emit()
            self._is_sure = not self._is_sure
            self._show()
            return
        self._is_at_it = True
        cursor = self._editor.prose.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.removeSelectedText()
        self._is_at_it, self._is_deleted = False, True
        self._show()
        self._undo.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_kept(self) -> None:
        self._is_sure = False
        self._show()
        self._delete.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_undo(self) -> None:
        self._is_deleted = False
        if self._editor is not None:
            self._is_at_it = True
            self._editor.prose.undo()
            self._is_at_it = False
        self._show()
        self._delete.setFocus(Qt.FocusReason.OtherFocusReason)

    def _is_signed(self) -> bool:
        return self._note.writer.signed_at is not None

    # -- what it shows ---------------------------------------------------------------------------------------------

    def _on_filled(self) -> None:
        """Follow the field of another note, or let go of the words."""
        found = self._view.editor_that_means(Means.JOTTINGS)
        is_another, self._editor = found is not self._editor, found if isinstance(found, ProseEditor) else None
        self._is_edited = self._is_deleted = self._is_sure = False
        if self._editor is not None and is_another:
            self._editor.edited.connect(self._on_written)
        self._show()

    def _on_written(self) -> None:
        """Leave the field where it is being written in."""
        self._is_edited = self._is_edited or not self._is_at_it
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
        is_here = bool(text) and not self._is_edited and self._is_in_sight and not self._is_in_room
        self._show_field(not is_here)
        self._words.setText(text if is_here or not self._is_edited else "")
        self._words.setVisible(bool(self._words.text()))
        self._show_verbs(bool(text))
        self.setVisible(not self._is_in_room and (bool(text) or self._is_deleted))

    def _show_verbs(self, has_text: bool) -> None:
        is_signed = self._is_signed()
        self._edit.setVisible(has_text and not self._is_edited and not is_signed)
        self._delete.setText(_("Delete for good") if self._is_sure else _("Delete now"))
        self._delete.setAccessibleName(_("{verb}: the jottings").format(verb=self._delete.text()))
        self._delete.setVisible(has_text)
        self._keep.setVisible(has_text and self._is_sure)
        words = _("Offered again when you sign.")
        if is_signed:
            words = _("They leave every version of this note. This can’t be undone.") if self._is_sure else ""
        self._hint.setText(words)
        self._hint.setVisible(has_text and bool(words))
        for part in (self._gone, self._undo):
            part.setVisible(self._is_deleted)

    def _show_field(self, is_shown: bool) -> None:
        editor = self._editor
        if editor is not None and editor.isHidden() is is_shown:
            caption = self._view.findChild(QLabel, f"label_{editor.asked.key}")
            for part in (editor, caption):
                if part is not None:
                    part.setVisible(is_shown)
