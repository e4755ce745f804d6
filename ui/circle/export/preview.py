"""What is about to leave, as it will look to whoever opens it: a page, a picture, a table, a text."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QPlainTextEdit,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ipt_desktop.domain.circle_order import CircleForm
from ipt_desktop.domain.text import _
from ui.reports.preview import Preview
from ui.widgets.naming import named

if TYPE_CHECKING:
    from ipt_desktop.services.circle_exports import CircleCopy
    from ipt_desktop.services.desk import Desk

PNG = b"\x89PNG"


class CopyPreview(QWidget):
    """Shows one of four things; `above` is where bars stand."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("export_preview")
        self._desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.above = QVBoxLayout()
        self.above.setContentsMargins(0, 0, 0, 0)
        self.above.setSpacing(8)
        column.addLayout(self.above)
        self._stack = QStackedWidget(self)
        self._stack.setObjectName("export_preview_pages")
        column.addWidget(self._stack, 1)
        self.pages = Preview(self._images, self._stack)
        self.table = named(QTableWidget(self._stack), "export_table", _("Preview of the table"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.text = named(QPlainTextEdit(self._stack), "export_text", _("Preview of the network"))
        self.text.setReadOnly(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        for each in (self.pages, self.table, self.text):
            self._stack.addWidget(each)

    def show_copy(self, copy: CircleCopy, png: bytes) -> None:
        """Show a copy; `png` is its picture, where it is one."""
        match copy.order.form:
            case CircleForm.CSV:
                self._show_rows(copy.rows)
                self._stack.setCurrentWidget(self.table)
            case CircleForm.GRAPHML:
                self.text.setPlainText(copy.text)
                self._stack.setCurrentWidget(self.text)
            case _:
                self.pages.show_pdf(png or copy.data, copy.text)
                self._stack.setCurrentWidget(self.pages)

    def clear(self) -> None:
        """Let go of every word."""
        self.pages.clear()
        self._show_rows(())
        self.text.clear()

    def _images(self, data: bytes, width: int, numbers: Collection[int]) -> tuple[int, dict[int, bytes]]:
        """Return a picture as it is, the pages of a PDF as pictures so many pixels wide."""
        return (1, {1: data}) if data.startswith(PNG) else self._desk.reporting.some_pages(data, width, numbers)

    def _show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        heads, body = (rows[0], rows[1:]) if rows else ((), ())
        self.table.clear()
        self.table.setColumnCount(len(heads))
        self.table.setRowCount(len(body))
        self.table.setHorizontalHeaderLabels(list(heads))
        for place, row in enumerate(body):
            for column, cell in enumerate(row):
                self.table.setItem(place, column, QTableWidgetItem(cell))
        self.table.resizeColumnsToContents()
