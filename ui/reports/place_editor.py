"""The words of one section, changed where they stand on the page, for this paper alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ipt_desktop.domain.paper_texts import Edit, PaperText
from ipt_desktop.domain.rich_text import RichText, is_blank
from ipt_desktop.domain.text import _
from ui.forms.prose import ProseEdit
from ui.reports.preview import Preview
from ui.widgets.buttons import link, outlined
from ui.widgets.labels import label

QUIET_MS = 400
LEAST_WIDTH = 320


class PlaceEditor(QFrame):
    """Lies over the section it changes. `edited` when words were; `edits` are all that were made on this paper."""

    edited = Signal()

    def __init__(self, preview: Preview) -> None:
        super().__init__(preview.ground)
        self.setObjectName("place_editor")
        self.setProperty("role", "card")
        self._preview = preview
        self.section = ""
        self._texts: list[PaperText] = []
        self._fields: list[ProseEdit] = []
        self._edits: dict[tuple[str, RichText], RichText] = {}
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET_MS)
        self._quiet.timeout.connect(self.edited)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 10, 12, 10)
        self._column.setSpacing(6)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self._column.addLayout(self._lines)
        row = QHBoxLayout()
        self.back = link(_("Back to the text from the record"), self, name="place_back", is_flush=True)
        self.back.clicked.connect(self._on_back)
        self.done = outlined(_("Done"), self, name="place_done")
        self.done.clicked.connect(self.close_up)
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.done)
        self._column.addLayout(row)
        self.hide()

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What was changed on this paper."""
        return tuple(Edit(section, was, words) for (section, was), words in self._edits.items())

    def open(self, section: str, texts: Sequence[PaperText]) -> None:
        """Let the texts of a section be changed, as they were assembled or as they were changed before."""
        self.close_up()
        self._texts = [each for each in texts if each.section == section]
        if not self._texts:
            return
        self.section = section
        for number, text in enumerate(self._texts):
            title = " · ".join(filter(None, (text.title, text.where)))
            self._lines.addWidget(label(title, self, kind="caption", tone="text_soft", name=f"place_title_{number}"))
            field = ProseEdit(self, name=f"place_text_{number}", spoken=_("{text}, on this paper").format(text=title))
            field.fill(self._edits.get((section, text.words), text.words))
            field.edited.connect(partial(self._on_edited, number))
            self._lines.addWidget(field)
            self._fields.append(field)
        self._show_back()
        self.show()
        self.raise_()
        self.follow()
        self._fields[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._preview.scroller.ensureWidgetVisible(self)

    def follow(self) -> None:
        """Lie over the section, wherever it stands now."""
        if self.isHidden():
            return
        place = self._preview.place_of(self.section)
        if place is None:  # it was emptied: it stays where it was until it is closed
            place = self.geometry()
        width = min(max(place.width(), LEAST_WIDTH), self._preview.ground.width())
        left = max(0, min(place.left(), self._preview.ground.width() - width))
        self.setGeometry(QRect(left, place.top(), width, max(self.heightForWidth(width), self.sizeHint().height())))

    def close_up(self) -> None:
        """Let the page be seen again; what was changed stays changed."""
        if self._quiet.isActive():
            self._quiet.stop()
            self.edited.emit()
        section, self.section = self.section, ""
        had_keyboard = any(field.hasFocus() for field in self._fields) or self.done.hasFocus()
        self._texts, self._fields = [], []
        while (item := self._lines.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.hide()
                part.deleteLater()
        self.hide()
        if section and had_keyboard:
            self._preview.focus_mark(section)

    def forget(self) -> None:
        """Let go of every word that was changed."""
        self._quiet.stop()
        self._edits = {}
        self.close_up()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_up()
            return
        super().keyPressEvent(event)

    def _on_edited(self, number: int) -> None:
        text, words = self._texts[number], self._fields[number].blocks()
        if words == text.words:
            self._edits.pop((text.section, text.words), None)
        else:
            self._edits[text.section, text.words] = () if is_blank(words) else words
        self._show_back()
        self.follow()
        self._quiet.start()

    def _on_back(self) -> None:
        for text, field in zip(self._texts, self._fields, strict=True):
            self._edits.pop((text.section, text.words), None)
            field.fill(text.words)
        self._show_back()
        self._quiet.stop()
        self.edited.emit()
        self._fields[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_back(self) -> None:
        self.back.setVisible(any((each.section, each.words) in self._edits for each in self._texts))
