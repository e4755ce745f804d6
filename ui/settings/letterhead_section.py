"""Settings: what stands at the head of a letter, with a look at it as it will be printed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from ipt_desktop.domain.errors import PracticeError, Refused
from ipt_desktop.domain.report import Paper, Report
from ipt_desktop.domain.text import _
from ui import theme
from ui.background import Task
from ui.page import Frame
from ui.settings.section import Section
from ui.widgets.buttons import link, outlined, primary
from ui.widgets.card import Card
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import FieldError, HintLabel, label
from ui.widgets.naming import named
from ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from ipt_desktop.domain.records import Practice
    from ipt_desktop.services.desk import Desk

LOOK_WIDTH = 640
LOOK_SHARE = 0.16
"""How much of a page the head takes: so much of it is looked at."""
LINES = 3
QUIET_MS = 200
LARGEST = 20_000_000
"""Bytes of a picture that is worth reading."""


class LetterheadSection(Section):
    """Who writes, where, and the logo; kept together, and taken back together."""

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        words = _("It stands at the head of letters and summaries. A field left empty is not printed.")
        super().__init__(desk, frame, parent, name="letterhead_section", title=_("Letterhead"), words=words)
        self._kept: tuple[Practice, bytes] | None = None
        self._logo = b""
        self._turn = 0
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET_MS)
        self._quiet.timeout.connect(self._draw)
        self._add_look()
        card = Card(self, name="letterhead_card")
        self._body = card.body
        self.therapist = self._line("letterhead_therapist", _("Therapist"))
        self.profession = self._line("letterhead_profession", _("Profession"))
        self.registration = self._lines("letterhead_registration", _("Registration or licence numbers, one a line"))
        hint = _("A single number is printed as “Registration …”; of several each stands as you write it.")
        self._body.addWidget(HintLabel(hint, card, name="letterhead_registration_hint"))
        self.practice = self._line("letterhead_practice", _("Practice"))
        self.address = self._lines("letterhead_address", _("Address"))
        self.contact = self._lines("letterhead_contact", _("Telephone, e-mail"))
        self._add_logo(card)
        self._body.addWidget(label(_("Paper"), card, kind="label", tone="text_soft", name="letterhead_paper_label"))
        papers = [(each.value, each.value) for each in Paper]
        self.paper = Segmented(papers, card, name="letterhead_paper", spoken=_("Paper"))
        self.paper.chosen.connect(self._on_edited)
        self._body.addWidget(self.paper)
        self.keep = primary(_("Keep letterhead"), card, name="letterhead_keep")
        self.keep.clicked.connect(self.flush)
        self._body.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeft)
        self.bar = InlineBar(card, name="letterhead_bar")
        self._body.addWidget(self.bar)
        self.column.addWidget(card)
        self.column.addStretch(1)

    def _add_look(self) -> None:
        self.look = named(QLabel(self), "letterhead_look", _("The letterhead as it is printed"))
        self.look.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.column.addWidget(self.look)

    def _line(self, name: str, words: str) -> QLineEdit:
        field = named(QLineEdit(self), name, words)
        self._caption(field, words)
        field.textEdited.connect(self._on_edited)
        return field

    def _lines(self, name: str, words: str) -> QPlainTextEdit:
        field = named(QPlainTextEdit(self), name, words)
        field.setTabChangesFocus(True)
        field.setFixedHeight(LINES * field.fontMetrics().lineSpacing() + 18)
        self._caption(field, words)
        field.textChanged.connect(self._on_edited)
        return field

    def _caption(self, field: QWidget, words: str) -> None:
        caption = label(words, self, kind="label", tone="text_soft", name=f"{field.objectName()}_label")
        caption.setBuddy(field)
        self._body.addWidget(caption)
        self._body.addWidget(field)

    def _add_logo(self, card: Card) -> None:
        self._body.addWidget(label(_("Logo"), card, kind="label", tone="text_soft", name="letterhead_logo_label"))
        row = QHBoxLayout()
        self.choose = outlined(_("Choose a picture…"), card, name="letterhead_choose_logo")
        self.choose.clicked.connect(self._ask_logo)
        self.remove = link(_("Remove the logo"), card, name="letterhead_remove_logo")
        self.remove.clicked.connect(lambda: self._take_logo(b""))
        row.addWidget(self.choose)
        row.addWidget(self.remove)
        row.addStretch(1)
        column = QVBoxLayout()
        column.addLayout(row)
        self._logo_error = FieldError(card, name="letterhead_logo_error")
        column.addWidget(self._logo_error)
        words = _("A PNG or JPEG. It is made small and kept within the practice; where and when it was taken is not kept.")
        column.addWidget(HintLabel(words, card, name="letterhead_logo_hint"))
        self._body.addLayout(column)

    # -- what stands there -----------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what is kept, unless something was typed that is not."""
        if self._kept is None or not self._is_changed():
            self._fill(self.desk.practice.details(), self.desk.practice.logo())

    def _fill(self, details: Practice, logo: bytes) -> None:
        self._kept, self._logo = (details, logo), logo
        for field, text in (
            (self.therapist, details.therapist),
            (self.profession, details.profession),
            (self.practice, details.name),
        ):
            field.setText(text)
        for lines, text in (
            (self.registration, details.registration),
            (self.address, details.address),
            (self.contact, details.contact),
        ):
            lines.blockSignals(True)
            lines.setPlainText(text)
            lines.blockSignals(False)
        self.paper.choose(details.paper)
        self._show()

    def _typed(self, details: Practice) -> Practice:
        return replace(
            details,
            name=self.practice.text().strip() or details.name,
            therapist=self.therapist.text().strip(),
            profession=self.profession.text().strip(),
            registration=self.registration.toPlainText().strip(),
            address=self.address.toPlainText().strip(),
            contact=self.contact.toPlainText().strip(),
            paper=self.paper.choice() or details.paper,
        )

    def _is_changed(self) -> bool:
        return self._kept is not None and (self._typed(self._kept[0]), self._logo) != self._kept

    def _on_edited(self, *_args: object) -> None:
        self.bar.clear()
        self._show()

    def _show(self) -> None:
        self.keep.setEnabled(self._is_changed())
        self.remove.setVisible(bool(self._logo))
        self._quiet.start()

    # -- the logo --------------------------------------------------------------------------------------------------

    def _ask_logo(self) -> None:
        dialog = QFileDialog(self, _("Choose a picture"), "", _("Pictures (*.png *.jpg *.jpeg)"))
        dialog.setObjectName("letterhead_logo_dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.read_logo(Path(path)))
        dialog.open()

    def read_logo(self, path: Path) -> None:
        """Take a picture for the logo, or say what is wrong with it; the one there was stays then."""
        from ipt_desktop.services.letterhead_logo import logo_for_keeping

        try:
            if path.stat().st_size > LARGEST:
                raise Refused(reason=_("This picture is far too large for a letterhead. Choose a smaller one."))
            logo = logo_for_keeping(path.read_bytes())
        except OSError as error:
            self._logo_error.show_error(_("It cannot be read: {reason}.").format(reason=error.strerror or error))
            return
        except PracticeError as error:
            self._logo_error.show_error(str(error))
            return
        self._take_logo(logo)

    def _take_logo(self, logo: bytes) -> None:
        self._logo_error.show_error("")
        self._logo = logo
        self._on_edited()

    # -- the look of it --------------------------------------------------------------------------------------------

    def _draw(self) -> None:
        """Set the head of an empty page as it now reads, off this thread."""
        if self._kept is None:
            return
        self._turn += 1
        turn, desk, details, logo = self._turn, self.desk, self._typed(self._kept[0]), self._logo
        width = round(theme.current().px(LOOK_WIDTH) * self.devicePixelRatioF())

        def work() -> tuple[int, bytes]:
            from ipt_desktop.services.report_page import letterhead

            report = Report(kind="", title="", letterhead=letterhead(details))
            pages = desk.reporting.set_pages(report, Paper(details.paper), logo=logo)
            return turn, desk.reporting.some_pages(pages.pdf, width, (1,))[1][1]

        task = Task(work, self)
        task.done.connect(self._on_drawn)
        task.failed.connect(self._on_failed)
        task.start()

    def _on_drawn(self, drawn: object) -> None:
        turn, png = cast("tuple[int, bytes]", drawn)
        if turn != self._turn:
            return
        picture = QPixmap()
        picture.loadFromData(png, "PNG")
        head = picture.copy(0, 0, picture.width(), round(picture.height() * LOOK_SHARE))
        head.setDevicePixelRatio(self.devicePixelRatioF())
        self.look.setPixmap(head)
        self.look.setFixedHeight(QSize(head.deviceIndependentSize().toSize()).height())

    def _on_failed(self, error: object) -> None:
        self.bar.say(_("The letterhead cannot be shown"), str(error), tone="caution")

    # -- keeping ---------------------------------------------------------------------------------------------------

    def flush(self) -> bool:
        """Keep what was changed; False where that failed."""
        if self._kept is None or not self._is_changed():
            return True
        before, details = self._kept, self._typed(self._kept[0])
        if not self._keep(details, self._logo):
            return False
        undo = ("letterhead_undo", _("Undo"), lambda: self._take_back(before))
        self.bar.say(_("Letterhead kept"), actions=(undo,))
        return True

    def _keep(self, details: Practice, logo: bytes) -> bool:
        try:
            self.desk.practice.change_details(details, logo)
        except PracticeError as error:
            self.bar.say(_("Not kept"), str(error), tone="danger")
            return False
        self._kept = (details, logo)
        self._show()
        return True

    def _take_back(self, before: tuple[Practice, bytes]) -> None:
        if self._keep(*before):
            self._fill(*before)
            self.bar.say(_("As it was before"))

    def forget(self) -> None:
        """Let go of what was typed and shown."""
        self._quiet.stop()
        self._turn += 1
        self._kept = None
        self.look.clear()
        self.bar.clear()
