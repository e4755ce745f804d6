"""The safety plan of a client beside the table: written with them, version by version, and taken to paper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.text import _
from ui import theme
from ui.clients.side_panel import SidePanel
from ui.forms.form_view import FormView
from ui.widgets.buttons import link, outlined
from ui.widgets.chips import FlowLayout
from ui.widgets.choice_field import ChoiceField


class PlanPanel(SidePanel):
    """It changes nothing itself: `version_asked` carries the id of a version to show."""

    version_asked = Signal(str)
    new_asked = Signal()
    paper_asked = Signal()
    risk_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, name="plan_panel", title=_("Safety plan"))
        self.say_under(_("Written with the client, in their words. Each change is kept as it is typed."))
        verbs = FlowLayout(gap=8)
        self.paper = outlined(_("On paper…"), self.sheet, name="plan_paper", icon="printer")
        self.new = link(_("New version"), self.sheet, name="plan_new", icon="plus")
        self.risk = link(_("Risk"), self.sheet, name="plan_risk", spoken=_("Risk entries"))
        self.done = link(_("Done"), self.sheet, name="plan_done", spoken=_("Done: back to the client’s file"))
        for each in (self.paper, self.new, self.risk, self.done):
            verbs.addWidget(each)
        self.body.addLayout(verbs)
        self.versions = ChoiceField(self.sheet, name="plan_versions", spoken=_("Version of the plan"))
        self.body.addWidget(self.versions)
        self.view = FormView(theme.current(), self.sheet)
        self.body.addWidget(self.view)
        self.body.addStretch(1)
        self.paper.clicked.connect(self.paper_asked)
        self.new.clicked.connect(self.new_asked)
        self.risk.clicked.connect(self.risk_asked)
        self.done.clicked.connect(self.left)
        self.versions.activated.connect(self._on_version)

    def show_versions(self, versions: Sequence[tuple[str, str]], shown_id: str, *, is_stored: bool) -> None:
        """Offer the versions (id, words), the latest first; one that is not stored yet can't be followed by another."""
        self.versions.clear()
        for document_id, words in versions:
            self.versions.addItem(words, document_id)
        self.versions.setCurrentIndex(self.versions.findData(shown_id))
        self.versions.setVisible(len(versions) > 1)
        self.new.setVisible(is_stored)
        self.paper.setEnabled(is_stored)

    def _on_version(self) -> None:
        self.version_asked.emit(str(self.versions.currentData()))

    def clear(self) -> None:
        """Let go of the versions; the writer lets go of the words."""
        self.versions.clear()
