"""The Reports tab: what a document holds on the left, its pages on the right; what is seen is what is saved, to the byte."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from ipt_desktop.domain.circle_naming import Naming
from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.text import _
from ipt_desktop.services.recipients import recipients
from ui.page import Frame, Page
from ui.reports.beside_preview import BesidePreview
from ui.reports.cautions import cautions
from ui.reports.choices import ReportChoices
from ui.reports.giving_out import GivingOut
from ui.reports.making_bar import MakingBar
from ui.reports.names_check import NamesCheck
from ui.reports.place_editor import PlaceEditor
from ui.reports.preview import Preview
from ui.reports.texts import ReportTexts
from ui.reports.typesetter import Order, Proof, Typesetter
from ui.widgets.empty_state import EmptyPage
from ui.widgets.inline_bar import InlineBar

if TYPE_CHECKING:
    from ipt_desktop.services.changes import Changed
    from ipt_desktop.services.desk import Desk

WIDE, NARROW = 348, 300


class ReportsPage(Page):
    """The documents that can be made of the client and the course chosen."""

    def __init__(self, desk: Desk, frame: Frame) -> None:
        super().__init__(desk, frame)
        self.setObjectName("reports_page")
        self._place: tuple[str, str] | None = None
        self._proof: Proof | None = None
        self.typesetter = Typesetter(desk, self)
        self._build()
        self.texts = ReportTexts(desk, frame, self.choices.form, self)
        self.giving = GivingOut(desk, frame, self, self.bar, self.choices, self.save_as)
        self._action = QAction(_("Save document as PDF…"), self)
        self._action.setObjectName("save_document")
        self._action.setShortcut(QKeySequence("Ctrl+Shift+S"))
        self._print_action = QAction(_("Print document…"), self)
        self._print_action.setObjectName("print_document")
        self._print_action.setShortcut(QKeySequence(QKeySequence.StandardKey.Print))
        self._copy_action = QAction(_("Copy document as text"), self)
        self._copy_action.setObjectName("copy_document")
        self._connect()
        self._show_state()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._pages = QStackedWidget(self)
        self._pages.setObjectName("reports_pages")
        self._pages.setProperty("role", "desk")
        column.addWidget(self._pages)
        words = _("Choose a client in the Clients tab, or add one. What is printed or sent about their treatment is made here.")
        self._no_client = EmptyPage(self._pages, words, name="reports_no_client", icon="file-text", has_client=False)
        words = _(
            "A summary is made from a course of treatment. Begin one in the client’s file; the summary fills as you write."
        )
        self._no_course = EmptyPage(self._pages, words, name="reports_no_course", icon="file-text", has_client=True)
        for empty in (self._no_client, self._no_course):
            empty.clients_asked.connect(self._on_clients_asked)
            self._pages.addWidget(empty)
        self._splitter = BesidePreview(self._pages, "reports_splitter", (WIDE, NARROW))
        self.choices = ReportChoices(self.desk.reporting.kinds(), self.frame.preferences, self._splitter)
        self.preview = Preview(self.desk.reporting.some_pages, self._splitter)
        self.editor = PlaceEditor(self.preview)
        self._splitter.hold(self.choices, self.preview)
        self.bar = InlineBar(self.preview, name="report_bar")  # what became of the last save
        self.caution = InlineBar(self.preview, name="report_caution")  # what to look at before the next
        self.names = NamesCheck(self.preview)
        self.making = MakingBar(self.preview)
        self._bars: tuple[QWidget, ...] = (self.bar, self.caution, self.names, self.making)
        for bar in self._bars:
            self.preview.above.addWidget(bar)
        for shown in (self.bar.shown, self.caution.shown, self.names.shown, self.making.shown):
            shown.connect(self._on_bar_shown)
        self._pages.addWidget(self._splitter)

    def _connect(self) -> None:
        self.choices.changed.connect(self.set_pages)
        self.choices.kind_changed.connect(self._on_kind_changed)
        self.choices.foot.save_asked.connect(self.save_as)
        self.choices.foot.print_asked.connect(self.print_pages)
        self.choices.foot.copy_asked.connect(self.copy_text)
        self._copy_action.triggered.connect(self.copy_text)
        self._action.triggered.connect(self.save_as)
        self._print_action.triggered.connect(self.print_pages)
        self.typesetter.made.connect(self._on_made)
        self.typesetter.failed.connect(self._on_failed)
        self.typesetter.progressed.connect(self.making.tell)
        self.typesetter.begun.connect(self.preview.show_first)
        self.giving.progressed.connect(lambda share: self.making.tell(share, _("On the way to the printer…")))
        self.giving.ended.connect(self.making.end)
        self.making.cancelled.connect(self._on_stopped)
        self.preview.failed.connect(self._on_failed)
        self.preview.edit_asked.connect(self._on_edit_asked)
        self.preview.page_shown.connect(self.editor.follow)
        self.editor.edited.connect(self.set_pages)
        self.names.changed.connect(self.set_pages)
        self.texts.kept.connect(self.set_pages)
        self.frame.changes.changed.connect(self._on_changed)

    # -- what it shows ---------------------------------------------------------------------------------------------

    def show_client(self, client_id: str | None, course_id: str | None) -> None:
        """Show what can be made of this course, or of the client alone; the first kind that can be made comes first."""
        place = (client_id, course_id or "") if client_id else None
        is_other = place is None or place != self._place
        if is_other:
            if not self.flush():
                return
            self._let_go()
        self._place = place
        if place is not None:
            self._offer()
            if is_other:
                self.choices.begin(self.desk.practice.details().paper, recipients(self.desk, place[0]))
                self.choices.choose_kind(self.choices.kinds.first_offered() or self.choices.kind.key)
        self._show_offered()

    def _offer(self) -> None:
        """Offer the kinds there is something to print of."""
        if self._place is not None:
            self.choices.kinds.offer(self.desk.reporting.missing_of_all(*self._place))

    @property
    def _can_make(self) -> bool:
        """Whether there is anything to make."""
        return self._place is not None and bool(self.choices.kinds.first_offered())

    def refresh(self) -> None:
        """Show texts and pages as the record now gives them."""
        self._is_behind = False
        self._offer()
        self._show_offered()

    def _show_offered(self) -> None:
        """Show the kind chosen, another where there is nothing to print of it, or why there is none."""
        self._show_state()
        if not self._can_make:
            return
        self._is_behind = False
        if not self.choices.kinds.is_offered(self.choices.kind.key):
            self.choices.choose_kind(self.choices.kinds.first_offered())
        self._show_kind()

    def show_kind(self, kind: str, record_id: str = "") -> None:
        """Show a kind of document of the client chosen, of several the one meant; where there is none, say why."""
        self._offer()
        if self._place is None or not self.flush():
            return
        if not self.choices.kinds.is_offered(kind):
            self.bar.say(_("There is no such document yet"), self.desk.reporting.missing(kind, *self._place))
            return
        self.bar.clear()
        if kind != self.choices.kind.key:
            self.choices.choose_kind(kind)
            self._drop_pages()
        self._show_state()
        self._show_kind(record_id)

    def _on_kind_changed(self) -> None:
        self._drop_pages()
        self._show_kind()

    def _drop_pages(self) -> None:
        """Let go of the pages of another document, and of what was changed on them: they are not to be saved by mistake."""
        self.typesetter.cancel()
        self.making.end()
        self.editor.forget()
        self.names.forget()
        self.preview.clear()
        self.bar.clear()
        self.caution.clear()
        self._proof = None
        self.giving.cancel()
        self._show_save()

    def _show_kind(self, record_id: str = "") -> None:
        """Show the texts and pages of the kind chosen."""
        if self._place is None:
            return
        kind, (client_id, course_id) = self.choices.kind, self._place
        try:
            self.choices.offer_records(self.desk.reporting.records(kind.key, course_id, client_id=client_id), record_id)
            if not self.texts.show(kind, client_id, course_id, self.choices.naming):
                return
        except PracticeError as error:
            self._on_failed(error)
            return
        self.set_pages()

    def set_pages(self) -> None:
        """Set the pages anew, soon."""
        if self._can_make and self._place is not None:
            self.typesetter.ask(self._order(*self._place), is_hurried=self._proof is None)

    def _order(self, client_id: str, course_id: str) -> Order:
        choices = self.choices
        return Order(
            choices.kind.key,
            client_id,
            course_id,
            choices.parts.wanted(),
            choices.manner.paper,
            choices.record(),
            str(choices.manner.text_size.currentData()),
            len(self.preview.pages) if self._proof is not None else 0,
            replace(choices.choices(), edits=self.editor.edits, masks=self.names.masks | choices.manner.masked),
        )

    def _show_state(self) -> None:
        shown = self._splitter if self._can_make else self._no_client if self._place is None else self._no_course
        self._pages.setCurrentWidget(shown)
        for action in (self._action, self._print_action, self._copy_action):
            action.setEnabled(self._can_make)
        self._show_save()

    def _show_save(self) -> None:
        """Let the pages be saved and printed once they are set."""
        for button in self.choices.foot.buttons:
            button.setEnabled(self._proof is not None)

    def _on_made(self, made: object) -> None:
        proof, before = cast(Proof, made), self._proof
        self._proof = proof
        self.making.end()
        self.choices.say_contents(proof.parts, is_initials_only=not proof.names)
        self.names.show_names(proof.named, is_wished=self.choices.naming is Naming.NAMES)
        if said := cautions(proof, self.choices.kind.check_words):
            self.caution.say(*said, tone="caution", can_close=False)
        else:
            self.caution.clear()
        self.preview.show_pdf(proof.pdf, proof.text)
        self.preview.offer_edits(proof.spans, {each.section: each.title for each in proof.texts})
        self._show_save()
        if not self.giving.is_waiting:
            return
        if proof.is_known_from(before) and self.giving.is_read(proof):
            self.giving.give_out(proof)
        else:
            self.giving.hold_back(proof)

    def _on_edit_asked(self, section: str) -> None:
        """Let a text be changed: in the document that holds it, where there is one, else on this paper."""
        texts = self._proof.texts if self._proof else ()
        if not self.texts.show_field([each.words for each in texts if each.section == section]):
            self.editor.open(section, texts)

    def _on_stopped(self) -> None:
        """Set no more, or print no more: what was seen before stays."""
        if not self.typesetter.is_busy:
            self.giving.stop_printing()
            return
        self.typesetter.cancel()
        self.giving.cancel()
        self.making.end()
        again = ("report_retry", _("Set the pages"), self.set_pages)
        self._proof = None
        self._show_save()
        self.bar.say(_("Stopped"), _("The pages here are not those of your last change."), tone="caution", actions=(again,))

    def _on_failed(self, error: object) -> None:
        self.giving.cancel()
        self.making.end()
        words = _("{error} Your texts are kept.").format(error=error)
        retry = ("report_retry", _("Try again"), self.set_pages)
        self.bar.say(_("The pages could not be made"), words, tone="danger", actions=(retry,))

    def _on_bar_shown(self, _is_shown: bool) -> None:
        """Keep room round the bars only while one is there."""
        is_any = any(bar.isVisibleTo(self.preview) for bar in self._bars)
        self.preview.above.setContentsMargins(*((16, 8, 16, 8) if is_any else (0, 0, 0, 0)))

    def _on_changed(self, change: Changed) -> None:
        """Follow what is stored elsewhere, now or when this tab is next looked at."""
        if self._place is None or change.origin == self.texts.writer.origin or not change.kinds:
            return
        self._keep_up()

    def _on_clients_asked(self) -> None:
        self.frame.show_tab("clients")

    # -- saving and printing ---------------------------------------------------------------------------------------

    def save_as(self) -> None:
        """Save the pages, by whoever knows the passphrase."""
        if self._is_ready() and self.choices.foot.password.is_complete():
            self.frame.when_sure(self._ask_where)

    def print_pages(self) -> None:
        """Print the pages, by whoever knows the passphrase; if newer words are still being set, as soon as they are."""
        if self._is_ready():
            self.frame.when_sure(self._print_soon)

    def copy_text(self) -> None:
        """Put the words on the clipboard, by whoever knows the passphrase."""
        if self._is_ready():
            self.frame.when_sure(self._copy_soon)

    def _copy_soon(self) -> None:
        self.giving.wait_to_copy()
        self._give_out()

    def _is_ready(self) -> bool:
        """Whether the pages can be given out as they stand here; where something is missing, it is in sight."""
        is_there = self._place is not None and self.frame.show_tab("reports") and self.flush()
        if is_there:
            self.editor.close_up()
        return is_there and self.choices.is_complete()

    def _print_soon(self) -> None:
        self.giving.wait_to_print()
        self._give_out()

    def _ask_where(self) -> None:
        """Ask where they are to be saved. The name offered tells nobody whose they are, unless it is wished."""
        if self._place is None:
            return
        client_id, course_id = self._place
        has_name = self.choices.manner.with_name.isChecked()
        kind = self.choices.kind.key
        name = self.desk.reporting.file_name(kind, course_id, client_id=client_id, has_full_name=has_name)
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, _("Save as PDF"), str(Path(folder) / name), _("PDF (*.pdf)"))
        dialog.setObjectName("save_report_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_file_chosen)
        dialog.open()

    def _on_file_chosen(self, path: str) -> None:
        self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Save the pages there; if newer words are still being set, as soon as they are."""
        self.giving.wait_to_save(path)
        self._give_out()

    def _give_out(self) -> None:
        if self.typesetter.is_busy or self._proof is None:
            return
        if self.giving.is_read(self._proof):
            self.giving.give_out(self._proof)
        else:
            self.giving.hold_back(self._proof)

    # -- the page as a tab -----------------------------------------------------------------------------------------

    def flush(self) -> bool:
        """Keep every word typed and wait for it."""
        return self.texts.flush()

    def forget(self) -> None:
        """Let go of every word and page."""
        self._let_go()
        self._place = None
        for dialog in self.findChildren(QDialog):
            dialog.reject()

    def _let_go(self) -> None:
        self.texts.writer.close()
        self.texts.forget()
        self.choices.forget()
        self.giving.forget()
        self._drop_pages()
        self._is_behind = False

    def menus(self) -> dict[str, Sequence[QAction]]:
        """Return what the File menu can do here."""
        return {"File": [self._action, self._print_action, self._copy_action]}
