"""The page a circle leaves by: choices on the left, what will leave on the right; what is seen is what is saved."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from ipt_desktop.domain.circle_naming import Naming
from ipt_desktop.domain.circle_order import FORMS, CircleForm, CircleOrder
from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.report import places_in_words
from ipt_desktop.domain.text import _
from ui.circle.export.choices import ExportChoices
from ui.circle.export.painting import as_png, for_clipboard, painted
from ui.circle.export.preview import CopyPreview
from ui.page import Frame
from ui.reports.beside_preview import BesidePreview
from ui.reports.typesetter import Typesetter, Watch
from ui.widgets.inline_bar import InlineBar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipt_desktop.domain.records import Disclosure, Sitting
    from ipt_desktop.services.circle_exports import CircleCopy
    from ipt_desktop.services.desk import Desk
    from ui.circle.export.beside import Beside

WIDE, NARROW = 372, 320


def make_copy(desk: Desk, order: CircleOrder, _watch: Watch) -> CircleCopy:
    """Make what is to leave; slow, for a thread of its own."""
    return desk.circle_exports.make(order)


class ExportPage(QWidget):
    """Choose, look, save or copy. `back_asked` leads back to the circle."""

    back_asked = Signal()

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("circle_export")
        self._desk, self._frame = desk, frame
        self._copy: CircleCopy | None = None
        self._target: Path | None = None
        self._is_open = False
        self.maker = Typesetter(desk, self, make_copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._splitter = BesidePreview(self, "export_splitter", (WIDE, NARROW))
        self.choices = ExportChoices(self._splitter)
        self.preview = CopyPreview(desk, self._splitter)
        self._splitter.hold(self.choices, self.preview)
        column.addWidget(self._splitter)
        self.bar = InlineBar(self.preview, name="export_bar")  # what became of the last one
        self.caution = InlineBar(self.preview, name="export_caution")  # what to look at before the next
        for bar in (self.bar, self.caution):
            self.preview.above.addWidget(bar)
            bar.shown.connect(self._on_bar_shown)
        self._connect()

    def _connect(self) -> None:
        self.choices.changed.connect(self.refresh)
        self.choices.save_asked.connect(self.save_as)
        self.choices.copy_asked.connect(self.copy_picture)
        self.choices.back_asked.connect(self.back_asked)
        self.maker.made.connect(self._on_made)
        self.maker.failed.connect(self._on_failed)
        self.preview.pages.failed.connect(self._on_failed)

    # -- what it shows ---------------------------------------------------------------------------------------------

    def begin(self, course_id: str, sittings: Sequence[Sitting], ends: tuple[str, str], beside: Beside) -> None:
        """Offer the circles of a course, first the one that the tab shows, with what it shows beside people.

        `ends` are the ids of the sitting shown and of the one compared with.
        """
        self.forget()
        self._is_open = True
        self.choices.begin(course_id, self._desk.practice.details().paper, sittings, ends, beside)
        self.refresh()
        self.choices.focus_first()

    def refresh(self) -> None:
        """Make anew what is chosen, as it is stored now."""
        if not self._is_open:
            return
        order = self.choices.order
        self.choices.let_save(False)
        if order is None:
            self.maker.cancel()
            self.choices.say_too_few()
        else:
            self.maker.ask(order, is_hurried=self._copy is None)

    def _on_made(self, made: object) -> None:
        copy = cast("CircleCopy", made)
        self._copy = copy
        self.choices.say_contents(copy.order, copy.people)
        self._say_cautions(copy)
        png = as_png(painted(copy.picture, copy.letters, copy.scale * 2)) if copy.picture else b""
        self.preview.show_copy(copy, png)
        self.choices.let_save(True)
        if self._target is not None:
            self._save_to(self._target)

    def _say_cautions(self, copy: CircleCopy) -> None:
        heads, words = [], []
        if copy.places:
            heads.append(_("Some characters cannot be printed; in brackets stands what they are"))
            words.append(_("{places}.").format(places=places_in_words(copy.places)))
        if copy.order.naming is Naming.NAMES:
            heads.append(_("Everyone is named"))
            words.append(_("The people on the circle were not asked; initials or pseudonyms keep them unknown."))
        if heads:
            self.caution.say(". ".join(heads), " ".join(words), tone="caution", can_close=False)
        else:
            self.caution.clear()

    def _on_failed(self, error: object) -> None:
        self._target = None
        retry = ("export_retry", _("Try again"), self.refresh)
        self.bar.say(_("This could not be made"), str(error), tone="danger", actions=(retry,))

    def _on_bar_shown(self, _is_shown: bool) -> None:
        """Keep room round the bars only while one is there."""
        is_any = any(bar.isVisibleTo(self.preview) for bar in (self.bar, self.caution))
        self.preview.above.setContentsMargins(*((16, 8, 16, 8) if is_any else (0, 0, 0, 0)))

    # -- leaving ---------------------------------------------------------------------------------------------------

    def save_as(self) -> None:
        """Save it, by whoever knows the passphrase."""
        if self._is_open and self.choices.is_complete():
            self._frame.when_sure(self._ask_where)

    def _ask_where(self) -> None:
        """Ask where it is to be saved. The name offered tells nobody whose it is."""
        if self._copy is None:
            return
        order = self._copy.order
        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        name = self._desk.circle_exports.file_name(order)
        ending, words = order.form.ending, _(FORMS[order.form])
        dialog = QFileDialog(self, _("Save the circle"), str(folder / name), f"{words} (*.{ending})")
        dialog.setObjectName("export_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_file_chosen)
        dialog.open()

    def _on_file_chosen(self, path: str) -> None:
        self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Save it there; if something newer is still being made, as soon as it is."""
        self._target = path
        if not self.maker.is_busy:
            self._save_to(path)

    def _save_to(self, path: Path) -> None:
        self._target = None
        copy, whom = self._copy, self.choices.addressee
        if copy is None:
            return
        data = copy.data
        if not data and copy.picture:
            data = as_png(painted(copy.picture, copy.letters, copy.scale * copy.order.form.times))
        try:
            disclosure = self._desk.circle_exports.save(data, path, copy.order, recipient=whom.recipient, purpose=whom.purpose)
        except PracticeError as error:
            again = ("export_elsewhere", _("Choose another place"), self.save_as)
            self.bar.say(_("Not saved"), str(error), tone="danger", actions=(again,))
            return
        words = _("{path}. This file is not encrypted: whoever has it can read it.").format(path=path)
        self._say_done(_("Saved"), words, disclosure)

    def copy_picture(self) -> None:
        """Put it on the clipboard as a picture, by whoever knows the passphrase."""
        if self._is_open and self.choices.is_complete():
            self._frame.when_sure(self._copy_now)

    def _copy_now(self) -> None:
        order, whom = self.choices.order, self.choices.addressee
        if order is None:
            return
        wanted = replace(order, form=CircleForm.CLIPBOARD)
        try:
            copy = self._desk.circle_exports.make(wanted)
            disclosure = self._desk.circle_exports.note_copied(wanted, recipient=whom.recipient, purpose=whom.purpose)
        except PracticeError as error:
            self.bar.say(_("Not copied"), str(error), tone="danger")
            return
        assert copy.picture is not None  # noqa: S101 - it is what the clipboard takes
        QGuiApplication.clipboard().setMimeData(for_clipboard(painted(copy.picture, copy.letters, copy.scale * 2)))
        words = _("Paste it where you need it. Locking the practice takes it from the clipboard again.")
        self._say_done(_("Copied as a picture"), words, disclosure)

    def _say_done(self, title: str, words: str, disclosure: Disclosure | None) -> None:
        if disclosure is not None:
            told = _("It is in the client’s list of disclosures, as given to {recipient}.")
            words = f"{words} {told.format(recipient=disclosure.recipient)}"
            self.choices.addressee.forget()  # the next one is not given to the same by mistake
        self.bar.say(title, words, tone="note")

    def forget(self) -> None:
        """Let go of every word and picture."""
        self._is_open = False
        self.maker.cancel()
        self.choices.forget()
        self.choices.let_save(False)
        self.preview.clear()
        self.bar.clear()
        self.caution.clear()
        self._copy = self._target = None
        for dialog in self.findChildren(QFileDialog):
            dialog.reject()

    # -- Qt --------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.back_asked.emit()
        else:
            super().keyPressEvent(event)
