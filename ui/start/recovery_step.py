"""The recovery sheet, shown this once: print it or save it, and show that it is at hand by typing one group of it back."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLineEdit, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.text import _
from ipt_desktop.services.recovery_code import group_problem, group_to_ask
from ui import theme
from ui.background import Task
from ui.reports.preview import Preview
from ui.widgets.buttons import Button, link, outlined, primary
from ui.widgets.card import hairline
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import FieldError, HintLabel, label

if TYPE_CHECKING:
    from ipt_desktop.domain.records import Practice
    from ui.printing import Printing

IsGroup = Callable[[int, str], bool]

PANEL_WIDTH, WIDEST_PANEL = 372, 480
LEAST_HEIGHT = 420
FILE_NAME = "ipt-recovery-sheet.pdf"  # it tells nobody whose practice it opens


class RecoveryStep(QWidget):
    """A new recovery sheet for `practice`; on screen its `code` is in the sheet's picture alone.

    `is_group(number, typed)` settles whether the group typed back is right (`OpenVault.confirm_recovery_code`). `confirmed`
    when it was, `stopped` when the therapist wants no sheet now: whoever shows this step asks what then becomes of the code,
    with `bar`. `stop` is what the way out is called; without it there is none. `given_out` names, as the audit trail does, how
    the sheet left the program.
    """

    confirmed = Signal()
    given_out = Signal(str)
    stopped = Signal()

    def __init__(self, code: str, practice: Practice, is_group: IsGroup, parent: QWidget, *, stop: str = "") -> None:
        super().__init__(parent)
        self.setObjectName("recovery_step")
        self.setAccessibleName(_("The recovery sheet"))
        self.setProperty("role", "desk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._code, self._practice, self._is_group = code, practice, is_group
        self.group = group_to_ask()
        self._pdf = b""
        self._printing: Printing | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._panel = self._make_panel(stop)
        row.addWidget(self._panel)
        row.addWidget(hairline(self, is_upright=True))
        row.addWidget(self._make_sheet(), 1)
        self.setMinimumHeight(LEAST_HEIGHT)
        self.setFocusProxy(self._print)
        self._fit()
        self._make_pdf()

    def _make_panel(self, stop: str) -> QScrollArea:
        area = QScrollArea(self)
        area.setObjectName("recovery_panel")
        area.setAccessibleName(_("The recovery sheet"))
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        panel = QWidget(area)
        panel.setProperty("role", "clear")
        self._column = QVBoxLayout(panel)
        self._column.setContentsMargins(24, 20, 24, 20)
        self._column.setSpacing(8)
        self._add_sheet_part(panel)
        self._column.addWidget(hairline(panel))
        self._add_group_part(panel)
        self._column.addStretch(1)
        self._go_on = primary(_("Go on"), panel, name="recovery_confirm", is_big=True)
        self._go_on.clicked.connect(self._on_confirm)
        self._column.addWidget(self._go_on)
        if stop:
            self._stop = link(stop, panel, name="recovery_stop")
            self._stop.clicked.connect(self.stopped)
            self._column.addWidget(self._stop)
        area.setWidget(panel)
        return area

    def _add_sheet_part(self, panel: QWidget) -> None:
        self._column.addWidget(label(_("The recovery sheet"), panel, kind="heading", name="recovery_title"))
        words = _(
            "It opens your practice when the passphrase is forgotten or the key file is lost. Nobody else can do that for you. "
            "The sheet is shown this once: print it, and keep it where you keep your will."
        )
        self._column.addWidget(label(words, panel, tone="text_soft", name="recovery_words", wraps=True))
        self._print = outlined(_("Print…"), panel, name="recovery_print", icon="printer")
        self._save = outlined(_("Save as PDF…"), panel, name="recovery_save", icon="file-down")
        for button, act in ((self._print, self.print_sheet), (self._save, self.save_as)):
            button.clicked.connect(act)
            button.setEnabled(False)
            self._column.addWidget(button)
        words = _("The file opens your practice for whoever finds it: keep it off this computer, on a stick put away safely.")
        self._column.addWidget(HintLabel(words, panel, name="recovery_save_hint"))
        self.bar = InlineBar(panel, name="recovery_bar")
        self._column.addWidget(self.bar)
        self._column.addSpacing(4)

    def _add_group_part(self, panel: QWidget) -> None:
        words = _("Type group {number} from the sheet").format(number=self.group)
        self._column.addSpacing(4)
        self._column.addWidget(label(words, panel, kind="strong", name="recovery_group_label", wraps=True))
        self.field = QLineEdit(panel)
        self.field.setObjectName("recovery_group")
        self.field.setAccessibleName(words)
        self.field.setMaxLength(80)
        self.field.returnPressed.connect(self._on_confirm)
        self.field.textEdited.connect(self._on_edited)
        self.field.installEventFilter(self)
        self._column.addWidget(self.field)
        self.error = FieldError(panel, name="recovery_error")
        self._column.addWidget(self.error)
        words = _("It shows that the sheet is at hand and can be read. Small letters do not matter.")
        self._column.addWidget(HintLabel(words, panel, name="recovery_group_hint"))

    def _make_sheet(self) -> QStackedWidget:
        self._side = QStackedWidget(self)
        self._side.setObjectName("recovery_side")
        self.preview = Preview(_images, self._side)
        self.preview.failed.connect(self._on_failed)
        self._side.addWidget(self.preview)
        cover = QFrame(self._side)
        cover.setObjectName("recovery_cover")
        cover.setProperty("role", "sunken")
        column = QVBoxLayout(cover)
        column.setContentsMargins(32, 32, 32, 32)
        words = _("The sheet is out of sight here while you type the group. Leave the field to see it again.")
        column.addStretch(1)
        for part in (
            label(_("Read it from your paper"), cover, kind="title", name="recovery_paper", wraps=True),
            label(words, cover, tone="text_soft", name="recovery_paper_words", wraps=True),
        ):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(part)
        column.addStretch(1)
        self._side.addWidget(cover)
        return self._side

    # -- the sheet -------------------------------------------------------------------------------------------------

    def _make_pdf(self) -> None:
        from ipt_desktop.services.recovery_sheet import sheet_pdf

        practice, code = self._practice, self._code
        task = Task(lambda: sheet_pdf(practice, code), self)
        task.done.connect(self._on_made)
        task.failed.connect(self._on_failed)
        task.start()

    def _on_made(self, made: object) -> None:
        if not self._code:
            return  # it is over already
        self._pdf = cast("bytes", made)
        for button in (self._print, self._save):
            button.setEnabled(True)
        if self.focusWidget() is None or not self.field.hasFocus():
            self._print.setFocus()
        words = _("One page with fourteen numbered groups of four characters. A saved PDF can be read aloud.")
        self.preview.show_pdf(self._pdf, words)

    def _on_failed(self, error: object) -> None:
        from ui.faults import sentences_of

        self.show_error(sentences_of(cast("Exception", error)))

    def print_sheet(self) -> None:
        """Ask for a printer and print the sheet."""
        from ui.printing import Printing

        if self._printing is None:
            self._printing = Printing(_images, self)
            self._printing.printed.connect(self._on_printed)
            self._printing.failed.connect(self._on_failed)
        self._printing.ask(self._pdf, _("Recovery sheet"))

    def _on_printed(self) -> None:
        self.given_out.emit("report_printed")
        self.bar.say(_("Sent to the printer"), _("Look at the paper: can every group be read?"))

    def save_as(self) -> None:
        """Ask where the sheet is to be saved."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, _("Save the recovery sheet"), str(Path(folder) / FILE_NAME), _("PDF (*.pdf)"))
        dialog.setObjectName("recovery_save_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, path: str) -> None:
        """Save the sheet there, whole or not at all."""
        from ipt_desktop.services.reporting import write_whole

        try:
            write_whole(self._pdf, Path(path))
        except PracticeError as error:
            self.bar.say(_("The sheet was not saved"), str(error), tone="caution")
            return
        self.given_out.emit("report_saved")
        words = _("{path}. Whoever has this file can open the practice: move it off this computer.").format(path=path)
        self.bar.say(_("Saved as PDF"), words, tone="caution")

    # -- the proof -------------------------------------------------------------------------------------------------

    def _on_edited(self) -> None:
        self.error.show_error("", self.field)

    def _on_confirm(self) -> None:
        typed = self.field.text()
        if not self._code:
            return
        if problem := group_problem(self._code, self.group, typed):
            self.error.show_error(problem, self.field)
            self.field.selectAll()
            self.field.setFocus()
        elif self._is_group(self.group, typed):
            self.forget()
            self.confirmed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Put the sheet out of sight while its group is typed: what is read from the screen shows nothing."""
        if watched is self.field and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._side.setCurrentIndex(1 if event.type() is QEvent.Type.FocusIn else 0)
        return super().eventFilter(watched, event)

    # -- as a page -------------------------------------------------------------------------------------------------

    def set_busy(self, is_busy: bool) -> None:
        """Take no second order while the first one runs."""
        buttons: list[Button] = [self._go_on, self._print, self._save]
        for button in buttons:
            button.setEnabled(not is_busy)

    def show_error(self, text: str) -> None:
        """Say what went wrong."""
        self.bar.say(text, tone="danger")

    def forget(self) -> None:
        """Let go of the code, the sheet and what was typed."""
        self._code, self._pdf = "", b""
        self.preview.clear()
        self.field.clear()
        self.error.show_error("", self.field)
        for dialog in self.findChildren(QFileDialog):
            dialog.reject()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_side"):
            self._fit()

    def _fit(self) -> None:
        self._panel.setFixedWidth(min(theme.current().px(PANEL_WIDTH), WIDEST_PANEL))


def _images(pdf: bytes, width: int, numbers: Collection[int]) -> tuple[int, dict[int, bytes]]:
    from ipt_desktop.services.page_images import some_page_images

    return some_page_images(pdf, width, numbers)
