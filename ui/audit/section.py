"""Settings: the audit trail, what it shows, whether anything in it was changed, and the trail on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QWidget

from ipt_desktop.domain.audit import ChainState, Wanted
from ipt_desktop.domain.errors import Cancelled
from ipt_desktop.domain.records import AuditEntry, Client
from ipt_desktop.domain.text import _
from ipt_desktop.services.audit import PAGE
from ui import theme
from ui.audit.pdf_saving import PdfSaving
from ui.audit.trail_filter import TrailFilter
from ui.audit.trail_table import TrailTable
from ui.background import Task
from ui.faults import sentences_of
from ui.page import Frame
from ui.settings.section import Section
from ui.settings.work_line import WorkLine
from ui.widgets.buttons import outlined
from ui.widgets.empty_state import EmptyState
from ui.widgets.inline_bar import InlineBar

if TYPE_CHECKING:
    from ipt_desktop.domain.report import Report
    from ipt_desktop.services.desk import Desk

LEAST_HEIGHT = 260


class AuditSection(Section):
    """The newest entries first; more come as they are scrolled to."""

    widest = 960

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        words = _(
            "Who opened, changed, printed or unlocked what, and when; never what was said. Each entry is sealed together with "
            "the one before it, so that a change made outside this program is noticed."
        )
        super().__init__(desk, frame, parent, name="audit_section", title=_("Audit trail"), words=words)
        self._clients: dict[str, Client] = {}
        self._wanted = Wanted()
        self._task: Task | None = None
        self._has_more = False
        self.bar = InlineBar(self, name="trail_bar")
        self.filter = TrailFilter(self)
        self.table = TrailTable(self, self._name_of)
        self.table.setMinimumHeight(theme.current().px(LEAST_HEIGHT))
        nothing = _("Nothing was found. Ask for another client, kind of act or span of days.")
        self._empty = EmptyState(_("No such entry"), nothing, self, name="trail_empty", icon="history")
        self._stack = QStackedWidget(self)
        self._stack.setObjectName("trail_pages")
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        checking = _("Looking through the chain…")
        self.verify = WorkLine(self, name="verify_chain", words=_("Verify chain"), busy_words=checking)
        self.print = outlined(_("Print…"), self, name="print_trail", icon="printer")
        self.save = outlined(_("Save as PDF…"), self, name="save_trail", icon="file-down")
        self._saving = PdfSaving(desk, self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.column.addWidget(self.filter)
        self.column.addWidget(self._stack, 1)
        self.column.addWidget(self.bar)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.verify, 1)
        row.addWidget(self.print)
        row.addWidget(self.save)
        self.column.addLayout(row)

    def _connect(self) -> None:
        self.filter.changed.connect(self.refresh)
        self.table.end_neared.connect(self.load_more)
        self.verify.asked.connect(self.look_through)
        self.verify.done.connect(self._on_looked_through)
        self.verify.failed.connect(self._on_failed)
        self.save.clicked.connect(self.save_as)
        self.print.clicked.connect(self.print_pages)
        self._saving.saved.connect(self._on_saved)
        self._saving.printed.connect(self._on_printed)
        self._saving.failed.connect(self._on_failed)

    # -- what it shows ---------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the newest entries of those asked for."""
        clients = self.desk.clients.clients(with_archived=True)
        self._clients = {each.id: each for each in clients}
        self.filter.show_clients([(each.id, self.frame.name_of(each)) for each in clients])
        self._wanted = self.filter.wanted()
        self._load(self._wanted)

    def load_more(self) -> None:
        """Show those that follow, if there are any and they are not on their way."""
        if self._task is None and self._has_more:
            self._load(self._wanted)

    def _load(self, wanted: Wanted) -> None:
        if self._task is not None:
            self._task.let_go()
        audit = self.desk.audit

        def read() -> tuple[Wanted, list[AuditEntry], dict[str, str]]:
            entries = audit.entries(wanted)
            return wanted, entries, audit.records(entries)

        task = Task(read, self)
        task.done.connect(self._on_loaded)
        task.failed.connect(self._on_failed)
        self._task = task
        task.start()

    def _on_loaded(self, loaded: object) -> None:
        wanted, entries, records = cast("tuple[Wanted, Sequence[AuditEntry], Mapping[str, str]]", loaded)
        self._task = None
        self._has_more = len(entries) == PAGE
        if wanted.before is None:
            self.table.trail.show_entries(entries, records)
            self.table.scrollToTop()
            self._stack.setCurrentWidget(self.table if entries else self._empty)
        else:
            self.table.trail.add_entries(entries, records)
        if entries:
            self._wanted = replace(wanted, before=entries[-1].number)

    def _name_of(self, client_id: str) -> str:
        client = self._clients.get(client_id)
        return self.frame.name_of(client) if client is not None else _("a client who is gone")

    # -- whether it is whole ---------------------------------------------------------------------------------------

    def look_through(self) -> None:
        """Look through the whole chain, and say what came of it."""
        self.bar.clear()
        self.verify.run(self.desk.audit.verify)

    def _on_looked_through(self, found: object) -> None:
        state = cast("ChainState", found)
        if state.is_sound:
            self.bar.say(_("The audit trail is sound"), state.in_words())
        else:
            self.bar.say(_("The audit trail was changed"), state.in_words(), tone="danger")
        self.refresh()

    # -- on paper --------------------------------------------------------------------------------------------------

    def save_as(self) -> None:
        """Save what is asked for as PDF, by whoever knows the passphrase."""
        self.frame.when_sure(self._ask_where)

    def _ask_where(self) -> None:
        file_name = f"{_('audit trail')} {date.today():%Y-%m-%d}.pdf"
        self._saving.ask(self.pages, title=_("Save the audit trail as PDF"), file_name=file_name)

    def print_pages(self) -> None:
        """Print what is asked for, by whoever knows the passphrase."""
        self.frame.when_sure(self._ask_printer)

    def _ask_printer(self) -> None:
        self._saving.print_pages(self.pages, title=_("Audit trail"))

    def save_to(self, path: Path) -> None:
        """Save what is asked for there."""
        self._saving.save_to(path, self.pages)

    @property
    def pages(self) -> _Pages:
        """What makes the pages of what is asked for now; it may be called off the window's thread."""
        names = {each.id: self.frame.name_of(each) for each in self._clients.values()}
        return _Pages(self.desk, self.filter.wanted(), names, self.filter.in_words())

    def _on_saved(self, path: object) -> None:
        words = _("{path}. This file is not encrypted: whoever has it can read it.").format(path=path)
        self.bar.say(_("Saved as PDF"), words)
        self.refresh()

    def _on_printed(self) -> None:
        self.bar.say(_("Sent to the printer"))
        self.refresh()

    def _on_failed(self, error: object) -> None:
        self._task = None
        if not isinstance(error, Cancelled):
            self.bar.say(_("That did not work"), sentences_of(cast("Exception", error)), tone="caution")

    # -- the section -----------------------------------------------------------------------------------------------

    def forget(self) -> None:
        """Let go of every name and entry."""
        if self._task is not None:
            self._task.let_go()
            self._task = None
        self.verify.stop()
        for dialog in self.findChildren(QFileDialog):
            dialog.reject()
        self._clients, self._has_more = {}, False
        self.table.trail.show_entries(())
        self.filter.forget()
        self.bar.clear()


class _Pages:
    """Makes the pages of some entries, with the names as they stood on screen."""

    def __init__(self, desk: Desk, wanted: Wanted, names: dict[str, str], asked: str) -> None:
        self._desk, self._wanted, self._names, self._asked = desk, wanted, names, asked

    def __call__(self) -> Report:
        return self._desk.audit.report(self._wanted, self._name_of, asked=self._asked)

    def _name_of(self, client_id: str) -> str:
        return self._names.get(client_id, _("a client who is gone"))
