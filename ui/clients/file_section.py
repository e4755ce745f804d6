"""A section of a client's file: read as words, edited in place; kept when a field is left, or after a second of quiet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ipt_desktop.domain.records import Client
from ipt_desktop.domain.text import _
from ui import theme
from ui.clients.file_field import FieldRow, FileField, value_words
from ui.clients.kept_fields import KeptFields
from ui.widgets.buttons import link
from ui.widgets.labels import label

LABEL_WIDTH = 112


class FileSection(QWidget):
    """Some fields under a title. `kept` carries (fields changed, number of the visit): the page stores them.

    `is_waiting` after that says that the store did not keep some of it.
    Nothing that is being typed is overwritten when the file is shown again; what is wrong stays in its field, with the reason.
    """

    kept = Signal(object, int)

    def __init__(self, key: str, title: str, fields: Sequence[FileField], parent: QWidget, *, read: Sequence[str] = ()) -> None:
        super().__init__(parent)
        self.setObjectName(f"file_{key}")
        self.setAccessibleName(title)
        self._key, self._fields = key, fields
        self._read_keys = read or [each.key for each in fields]
        self._client: Client | None = None
        self._keeping = KeptFields(self._shown, self)
        self._keeping.kept.connect(self.kept)
        self._editors = self._keeping.rows
        self._build(title)

    def _build(self, title: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(label(title, self, kind="strong", name=f"file_{self._key}_title"))
        head.addStretch(1)
        self.edit_link = link(_("Edit"), self, name=f"edit_{self._key}", spoken=_("Edit: {section}").format(section=title))
        self.edit_link.clicked.connect(self._on_edit_clicked)
        head.addWidget(self.edit_link)
        column.addLayout(head)
        self._reading = QWidget(self)
        self._rows = QGridLayout(self._reading)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(8)
        self._rows.setVerticalSpacing(6)
        self._rows.setColumnStretch(1, 1)
        self._read: dict[str, tuple[QLabel, QLabel]] = {}
        for row, asked in enumerate(each for each in self._fields if each.key in self._read_keys):
            self._add_read(row, asked)
        self._grow()
        column.addWidget(self._reading)
        self._editing = QWidget(self)
        self._editing.hide()
        column.addWidget(self._editing)

    def _add_read(self, row: int, asked: FileField) -> None:
        caption = label(_(asked.label), self._reading, kind="label", tone="text_soft", wraps=True)
        value = label("", self._reading, name=f"file_{asked.key}_words", wraps=True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        caption.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        caption.setContentsMargins(0, 1, 0, 0)
        self._rows.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
        self._rows.addWidget(value, row, 1)
        self._read[asked.key] = (caption, value)

    def _build_editors(self) -> None:
        """Make the fields when they are first edited: most files are only read."""
        column = QVBoxLayout(self._editing)
        column.setContentsMargins(0, 2, 0, 6)
        column.setSpacing(10)
        for asked in self._fields:
            row = FieldRow(asked, self._editing)
            column.addWidget(row)
            self._keeping.add(row)

    # -- what it shows ---------------------------------------------------------------------------------------------

    @property
    def is_editing(self) -> bool:
        """Whether the fields are open."""
        return not self._editing.isHidden()

    def show_client(self, client: Client) -> None:
        """Show a client. Another one than before closes the fields; the same one leaves what is being typed alone."""
        is_other = self._client is None or self._client.id != client.id
        before, self._client = self._client, client
        if is_other and self.is_editing:
            self._close()
        for asked in self._fields:
            words = value_words(client, asked)
            for part in self._read.get(asked.key, ()):
                part.setVisible(bool(words))
            if asked.key in self._read:
                self._read[asked.key][1].setText(words)
        if self.is_editing and before is not None:
            self._keeping.follow(before, client)
        self._show_link()

    def _show_link(self) -> None:
        has_any = any(not caption.isHidden() for caption, _value in self._read.values())
        self._reading.setVisible(has_any and not self.is_editing)
        self.edit_link.setText(_("Done") if self.is_editing else _("Edit") if has_any else _("Add"))

    # -- editing ---------------------------------------------------------------------------------------------------

    def edit(self) -> None:
        """Open the fields and go to the first."""
        if self._client is None:
            return
        if not self._editors:
            self._build_editors()
        if not self.is_editing:
            self._keeping.show_record(self._client)
            self._editing.show()
            self._show_link()
        next(iter(self._editors.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def close_fields(self) -> None:
        """Keep what is typed and read again; fields with something wrong in them stay open."""
        self.keep()
        if all(not row.error.text() for row in self._editors.values()):
            self._close()
            self.edit_link.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        self._editing.hide()
        self._keeping.forget()
        self._show_link()

    def keep(self) -> None:
        """Tell what differs from the record."""
        self._keeping.keep()

    @property
    def is_waiting(self) -> bool:
        """Whether the store did not keep some of what was told."""
        return self._keeping.is_waiting

    def _shown(self) -> Client | None:
        return self._client if self.is_editing else None

    def _on_edit_clicked(self) -> None:
        if self.is_editing:
            self.close_fields()
        else:
            self.edit()

    def forget(self) -> None:
        """Let go of every word."""
        self._client = None
        self._close()
        for _caption, value in self._read.values():
            value.setText("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the fields; what is typed is kept."""
        if event.key() == Qt.Key.Key_Escape and self.is_editing:
            self.close_fields()
        else:
            super().keyPressEvent(event)

    def _grow(self) -> None:
        self._rows.setColumnMinimumWidth(0, theme.current().px(LABEL_WIDTH) - 8)
        for caption, _value in self._read.values():
            caption.setFixedWidth(theme.current().px(LABEL_WIDTH) - 8)

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_read"):
            self._grow()
