"""Worksheets about a person or a tie, as links on the circle: "Communication analysis, 17 November" opens it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ipt_desktop.domain.tie_words import is_of
from ipt_desktop.domain.worksheet import title_and_day
from ui.page import Frame
from ui.phases.parting import let_go
from ui.widgets.buttons import ICON_GAP, Button
from ui.widgets.labels import label

if TYPE_CHECKING:
    from ipt_desktop.domain.records import Tie
    from ipt_desktop.services.changes import Changed
    from ipt_desktop.services.worksheets import Worksheet
    from ui.circle.person_panel import PersonPanel
    from ui.circle.shown import ShownCircle


class SheetLink(Button):
    """The link to a worksheet: where the panel has no room for all of its words they end in an ellipsis."""

    def __init__(self, words: str, parent: QWidget, *, name: str) -> None:
        super().__init__(words, parent, kind="link", name=name, icon="file-text", role="accent_text")
        self.setProperty("is_flush", True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Ask for no width, so that the panel around it stays as wide as it is."""
        return QSize(1, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as many of the words as there is room for."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        inside = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self).width()
        room = inside - self.iconSize().width() - ICON_GAP
        is_whole = self.fontMetrics().horizontalAdvance(self.text()) <= room
        if not is_whole and self.width() < self.sizeHint().width():
            option.text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        self.setToolTip("" if option.text == self.text() else self.text())
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.end()


class SheetLinks(QWidget):
    """The worksheets there are, each a link; not there without one. `opened` carries a document's and a course's id."""

    opened = Signal(str, str)

    def __init__(self, parent: QWidget, *, name: str, title: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._shown: object = None
        self._letting_go: list[QWidget] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(label(title, self, kind="label", tone="text_soft"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column.addLayout(self._rows)
        self.hide()

    def show_sheets(self, sheets: Sequence[Worksheet], today: date) -> None:
        """Show these, the latest first."""
        lines = tuple(
            (each.document.id, each.document.course_id or "", title_and_day(each.form, each.day, today, is_short=True))
            for each in sheets
        )
        if lines == self._shown:
            return
        self._shown = lines
        self._letting_go = let_go(self._rows)
        for document_id, course_id, words in lines:
            made = SheetLink(words, self, name=f"{self.objectName()}_{document_id}")
            made.setProperty("sheet", [document_id, course_id])
            made.clicked.connect(self._on_clicked)
            self._rows.addWidget(made)
        self.setVisible(bool(lines))

    def _on_clicked(self) -> None:
        self.opened.emit(*self.sender().property("sheet"))


class SheetSide(QObject):
    """Joins the links in the person panel and in the tie editor to the practice."""

    def __init__(self, shown: ShownCircle, panel: PersonPanel, frame: Frame, keep_up: Callable[[], None]) -> None:
        """`keep_up` lets the page read again once it is shown the next time."""
        super().__init__(panel)
        self._shown, self._panel, self._frame, self._keep_up = shown, panel, frame, keep_up
        self._desk = shown.desk
        self._person_id = ""
        self._sheets: list[Worksheet] = []
        self.of_person = SheetLinks(panel, name="person_sheets", title=_("Worksheets"))
        self.of_tie = SheetLinks(panel, name="tie_sheets", title=_("Worksheets of this tie"))
        panel.put_sheets(self.of_person)
        panel.ties.editor.put_sheets(self.of_tie)
        panel.ties.editor.tie_shown.connect(self._show_tie)
        for links in (self.of_person, self.of_tie):
            links.opened.connect(self._on_opened)
        frame.changes.changed.connect(self._on_changed)

    def show_person(self, person_id: str) -> None:
        """Show the worksheets about a person or about a tie of theirs; "" is nobody."""
        self._person_id = person_id
        client_id = self._shown.client_id
        self._sheets = self._desk.worksheets.of_client(client_id) if person_id and client_id else []
        ties: dict[str, Tie] = {each.id: each for each in self._shown.ties}
        own = [
            each
            for each in self._sheets
            if each.person_id == person_id or (each.tie_id in ties and is_of(ties[each.tie_id or ""], person_id))
        ]
        self.of_person.show_sheets(own, date.today())
        self._show_tie(self._panel.ties.editor.tie_id)

    def forget(self) -> None:
        """Let go of every worksheet."""
        self.show_person("")

    def _show_tie(self, tie_id: str) -> None:
        self.of_tie.show_sheets([each for each in self._sheets if tie_id and each.tie_id == tie_id], date.today())

    def _on_changed(self, changed: Changed) -> None:
        """Follow what was written or taken out meanwhile."""
        if not changed.touches("document"):
            return
        if self._panel.isVisible():
            self.show_person(self._person_id)
        else:
            self._keep_up()

    def _on_opened(self, document_id: str, course_id: str) -> None:
        """Go to the worksheet, in its own course, where that tab can show it."""
        client_id = self._shown.client_id
        if client_id is None:
            return
        if course_id and course_id != self._frame.course_id and not self._frame.choose_client(client_id, course_id):
            return
        if self._frame.show_tab("phases") and (page := self._frame.page("phases")) is not None:
            page.open_worksheet(document_id)
