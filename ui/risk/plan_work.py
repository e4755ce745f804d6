"""What is done with safety plans: written, a new version begun, an earlier one read, taken to paper."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from ipt_desktop.domain.records import Client, Document
from ipt_desktop.domain.text import _
from ui.clients.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipt_desktop.domain.records import Course
    from ui.forms.document_writer import DocumentWriter
    from ui.risk.plan_panel import PlanPanel


class PlanWork(Work):
    """The safety plan with its panel. `risk_asked`: the risk entries are wanted."""

    risk_asked = Signal()

    @cached_property
    def panel(self) -> PlanPanel:
        """The panel; most days do without it."""
        from ui.risk.plan_panel import PlanPanel

        panel = PlanPanel(self.columns.right)
        panel.left.connect(self._on_left)
        panel.version_asked.connect(self._on_version_asked)
        panel.new_asked.connect(self.begin_version)
        panel.paper_asked.connect(self.to_paper)
        panel.risk_asked.connect(self.risk_asked)
        self.columns.right.addWidget(panel)
        return panel

    @cached_property
    def writer(self) -> DocumentWriter:
        """Keeps the plan as it is typed."""
        from ui.forms.document_writer import DocumentWriter

        writer = DocumentWriter(self.desk, self.frame, self.panel.view, self)
        writer.saved.connect(self._on_saved)
        return writer

    @property
    def _has_writer(self) -> bool:
        return "writer" in self.__dict__

    def is_own(self, origin: str) -> bool:
        """Whether a change came from the plan being written."""
        return self._has_writer and bool(origin) and origin == self.writer.origin

    # -- what it shows ---------------------------------------------------------------------------------------------

    def open_plan(self) -> bool:
        """Come to the front with the latest plan of the client chosen, or a new one; False where that could not be."""
        if not self.come() or self.client is None or not self.is_kept():
            return False
        plans = self.desk.safety_plans.plans(self.client.id)
        if not self._show(plans[0] if plans else self.desk.safety_plans.new_plan(self.client.id)):
            return False
        self.panel_asked.emit(self.panel)
        self.panel.show_top()
        self.panel.done.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def begin_version(self) -> None:
        """Begin a new version with what the latest says; it is stored once something is written in it."""
        if self.client is not None and self.is_kept():
            self._show(self.desk.safety_plans.new_plan(self.client.id))
            self.panel.view.focus_first()

    def _show(self, plan: Document) -> bool:
        is_shown = self.writer.open(plan, defaults=self.desk.safety_plans.defaults(plan), label_column=0)
        self._show_versions()
        return is_shown

    def _show_versions(self) -> None:
        document = self.writer.document
        if self.client is None or document is None:
            return
        plans, known = self.desk.safety_plans.plans(self.client.id), self.desk.safety_plans.standing
        is_stored = document.revision > 0
        versions = [(each.id, known(each).words) for each in plans]
        if not is_stored:
            versions.insert(0, (document.id, _("New version, not written yet")))
        self.panel.show_versions(versions, document.id, is_stored=is_stored)
        self.panel.view.set_read_only(is_stored and bool(plans) and document.id != plans[0].id)  # an earlier one is only read

    def show_client(self, client: Client | None, courses: Sequence[Course]) -> None:
        """Take the client chosen; the plan of another one goes."""
        is_other = self.client is not None and (client is None or client.id != self.client.id)
        super().show_client(client, courses)
        if is_other and self._has_writer:
            self._let_go()

    def is_kept(self) -> bool:
        """Keep what is typed and wait for it; False where that failed."""
        return not self._has_writer or self.writer.flush()

    def _let_go(self) -> None:
        self.writer.forget()
        self.panel.clear()

    def forget(self) -> None:
        """Let go of every word."""
        self.show_client(None, ())
        if self._has_writer:
            self._let_go()

    # -- what its parts tell ---------------------------------------------------------------------------------------

    def _on_version_asked(self, document_id: str) -> None:
        document = self.writer.document
        if document is not None and document.id != document_id and self.is_kept():
            self._show(self.desk.documents.document(document_id))
        else:
            self._show_versions()

    def _on_saved(self, document: Document) -> None:
        if document.revision == 1 or self.panel.versions.count() > 1:
            self._show_versions()

    def _on_left(self) -> None:
        if self.is_kept():
            self.panel_left.emit()

    def to_paper(self) -> None:
        """Take the plan to the Reports tab, where it is looked at, saved and printed."""
        from ui.reports.page import ReportsPage

        page = self.frame.page("reports")
        if isinstance(page, ReportsPage) and self.is_kept() and self.frame.show_tab("reports"):
            page.show_kind("safety-plan")
