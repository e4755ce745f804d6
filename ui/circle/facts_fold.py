"""The plain facts of the circle shown, under the table; folded at first, and copied as text into a note."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ipt_desktop.domain.circle_facts import Fact, facts_text
from ipt_desktop.domain.text import _
from ui import theme
from ui.phases.fold import Fold
from ui.widgets.buttons import link
from ui.widgets.labels import label
from ui.widgets.naming import named

_LEAST, _HIGHEST = 44, 190


class FactsFold(Fold):
    """Who is in which ring, who is confided in, who came and went, who supports: counted and named, never scored."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Facts"), parent, name="circle_facts")
        self._facts: list[Fact] | None = None
        self._scroll = named(QScrollArea(self), "circle_facts_list", _("Facts"))
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.add(self._scroll)
        self._copy = link(_("Copy as text"), self, name="circle_facts_copy", icon="copy", spoken=_("Copy the facts as text"))
        self._copy.clicked.connect(self._on_copy_asked)
        self.add(self._copy)
        self._lines.setAlignment(self._copy, Qt.AlignmentFlag.AlignLeft)
        self.show_facts(())

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these facts; without any there is nothing to unfold. What stands there already is left alone."""
        if self._facts == list(facts):
            return
        self._facts = list(facts)
        body = QWidget(self._scroll)
        body.setObjectName("circle_facts_body")
        column = QVBoxLayout(body)
        column.setContentsMargins(8, 0, 8, 0)
        column.setSpacing(3)
        for number, fact in enumerate(self._facts):
            line = label(fact.line, body, kind="label", name=f"circle_fact_{number}", wraps=True)
            line.setMinimumWidth(1)
            column.addWidget(line)
        column.addStretch(1)
        self._scroll.setWidget(body)
        self._scroll.setAccessibleDescription(facts_text(self._facts))
        self._take_height()
        self.setVisible(bool(self._facts))

    def _take_height(self) -> None:
        self._scroll.setMaximumHeight(min(theme.current().px(_HIGHEST), _HIGHEST + 20))  # the table needs its room, too
        self._scroll.setMinimumHeight(theme.current().px(_LEAST))

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_copy"):
            self._take_height()

    def _on_copy_asked(self) -> None:
        QGuiApplication.clipboard().setText(facts_text(self._facts or ()))
