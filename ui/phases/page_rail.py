"""The pages of a paper that is written page by page: which there are, which are written, and which one is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui import theme
from ui.phases.parting import let_go
from ui.widgets.buttons import Button, link
from ui.widgets.labels import label

if TYPE_CHECKING:
    from ipt_desktop.domain.ending_pages import EndingPage, EndingPages

RAIL, SIDES, BOLDER = 224, (20, 4), 10
"""The least width at 100 % text; what stands at both sides; how much wider words may become when their page is open."""


class PageRail(QWidget):
    """A list of pages, in any order; `chosen` carries a page's key. What an early ending leaves out is behind *More pages*."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("page_rail")
        self.setAccessibleName(_("Pages"))
        self._entries: dict[str, Button] = {}
        self._shown: object = None
        self._parting: list[QWidget] = []
        self._is_unfolded = False
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDES[0], 14, SIDES[1], 12)
        column.setSpacing(2)
        column.addWidget(label(_("Pages"), self, kind="label_strong", tone="text_soft", name="page_rail_head"))
        column.addSpacing(2)
        self._first, self._rest = QVBoxLayout(), QVBoxLayout()
        self._more = link(_("More pages"), self, name="page_rail_more", icon="chevron-right")
        self._more.clicked.connect(self._on_more)
        for part in (self._first, self._rest):
            part.setSpacing(2)
        column.addLayout(self._first)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._rest)
        column.addStretch(1)

    def show_pages(self, pages: EndingPages, key: str) -> None:
        """Show the pages, the one of `key` as open."""
        titles = [[(each.key, each.title) for each in part] for part in (pages.first, pages.more)]
        if titles != self._shown:
            self._shown = titles
            self._parting = [*let_go(self._first), *let_go(self._rest)]
            self._entries = {}
            for part, column in ((pages.first, self._first), (pages.more, self._rest)):
                for page in part:
                    column.addWidget(self._entry(page))
        for page in pages.every:
            self._mark(page, is_open=page.key == key)
        self._is_unfolded = self._is_unfolded or any(each.key == key for each in pages.more)
        self._fold(has_more=bool(pages.more))
        widest = max((each.sizeHint().width() for each in self._entries.values()), default=0)
        self.setFixedWidth(max(theme.current().px(RAIL), widest + sum(SIDES) + BOLDER))

    def _entry(self, page: EndingPage) -> Button:
        made = Button(page.title, self, kind="entry", name=f"page_{page.key}", icon="circle", role="text_soft")
        made.setCheckable(True)
        made.setProperty("page", page.key)
        made.setProperty("is_slim", True)
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        made.setToolTip(page.title)
        made.clicked.connect(self._on_entry)
        self._entries[page.key] = made
        made.show()
        return made

    def _mark(self, page: EndingPage, *, is_open: bool) -> None:
        entry = self._entries[page.key]
        entry.setChecked(is_open)
        entry.set_icon("check" if page.is_written else "circle", "accent_text" if page.is_written else "text_soft")
        state = _("written") if page.is_written else _("nothing written yet")
        entry.setAccessibleName(f"{page.title}, {state}")

    def _fold(self, *, has_more: bool) -> None:
        self._more.setVisible(has_more)
        self._more.set_icon("chevron-down" if self._is_unfolded else "chevron-right")
        self._more.setAccessibleDescription(_("unfolded") if self._is_unfolded else _("folded"))
        for place in range(self._rest.count()):
            item = self._rest.itemAt(place)
            if item is not None and (entry := item.widget()) is not None:
                entry.setVisible(self._is_unfolded)

    def _on_more(self) -> None:
        self._is_unfolded = not self._is_unfolded
        self._fold(has_more=True)

    def _on_entry(self) -> None:
        entry = self.sender()
        if isinstance(entry, Button):
            entry.setChecked(True)  # the page that is open stays open
            self.chosen.emit(str(entry.property("page")))
