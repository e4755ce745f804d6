"""What changed since the sitting compared with: the client's own words first, then the move in ring words."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ipt_desktop.domain.change_list import Change, ChangeList
from ipt_desktop.domain.standing import token_initials
from ipt_desktop.domain.text import _
from ui.circle.people_table import token_pixmap
from ui.widgets.buttons import link
from ui.widgets.labels import label
from ui.widgets.naming import named


class ChangePanel(QScrollArea):
    """The change list beside the circle; it can be copied as text."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "change_panel", _("What changed"))
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._text = ""

    def show_changes(self, title: str, changes: ChangeList) -> None:
        """Show these changes under a title; nothing in them is added up."""
        self._text = changes.as_text()
        body = QWidget(self)
        body.setObjectName("change_panel_body")
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 14, 12, 12)
        column.setSpacing(10)
        column.addWidget(label(title, body, kind="title", name="change_title", wraps=True))
        groups = ((_("Moved"), changes.moved), (_("New in the circle"), changes.new), (_("No longer there"), changes.gone))
        for head, rows in groups:
            self._add_group(column, body, head, rows)
        if changes.unchanged:
            column.addWidget(label(changes.unchanged_line, body, tone="text_soft", name="change_unchanged", wraps=True))
        if not changes.rows:
            column.addWidget(label(_("Everyone stands where they stood."), body, name="change_none", wraps=True))
        column.addStretch(1)
        copy = link(_("Copy as text"), body, name="change_copy", icon="copy")
        copy.clicked.connect(self._on_copy_asked)
        column.addWidget(copy)
        self.setWidget(body)

    def forget(self) -> None:
        """Let go of every word."""
        self._text = ""
        self.setWidget(QWidget(self))

    def _add_group(self, column: QVBoxLayout, body: QWidget, head: str, rows: Sequence[Change]) -> None:
        if rows:
            column.addWidget(label(head, body, kind="caption", tone="text_soft"))
        for each in rows:
            row = QHBoxLayout()
            token = QLabel(body)
            token.setPixmap(token_pixmap(each.person, 32.0, self.devicePixelRatioF(), token_initials(each.person)))
            row.addWidget(token, 0, Qt.AlignmentFlag.AlignTop)
            words = QVBoxLayout()
            words.setSpacing(1)
            words.addWidget(label(each.name, body, kind="strong", wraps=True))
            words.addWidget(label(each.sentence, body, kind="label", name=f"change_{each.person.id}", wraps=True))
            row.addLayout(words, 1)
            column.addLayout(row)

    def _on_copy_asked(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
