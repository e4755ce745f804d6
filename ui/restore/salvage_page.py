"""Saving what can be read of a damaged practice into a new one, and telling what is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QListWidget, QWidget

from ipt_desktop.domain.text import _
from ipt_desktop.services.practice_check import place_beside
from ipt_desktop.services.progress import Progress
from ipt_desktop.services.secret import Secret
from ui import theme
from ui.restore.recovery_page import RecoveryPage
from ui.restore.words import lost_lines, rebuilt_lines, rows_words
from ui.widgets.buttons import link
from ui.widgets.labels import HintLabel, label
from ui.widgets.naming import named

if TYPE_CHECKING:
    from ipt_desktop.domain.health import Salvaged

ROW, TALLEST = 24, 160
SAVED_FIRST = ("client", "document", "session", "person")


class SalvagePage(RecoveryPage):
    """For the damaged practice in `folder`, of which no byte is changed."""

    def __init__(self, folder: Path, parent: QWidget, *, is_demo: bool = False) -> None:
        super().__init__(
            folder,
            parent,
            name="salvage",
            title=_("Save what can be read"),
            verb=_("Save what can be read"),
            opening=_("Open the recovered practice"),
        )
        self.target = place_beside(folder, date.today())
        self._is_demo = is_demo
        words = _(
            "Everything that can be read is copied into a new practice, which opens as this one did. "
            "The damaged practice stays as it is. If you have a backup from before the damage, try that first."
        )
        self._words = label(words, self.asking, tone="text_soft", name="salvage_words", wraps=True)
        self._from = HintLabel(_("From {folder}").format(folder=folder), self.asking, name="salvage_from")
        self._into = HintLabel("", self.asking, name="salvage_into")
        self._change = link(_("Choose another folder…"), self.asking, name="salvage_folder")
        self._add_to(self.asking, self._words, self._from, self._into, self._change)
        self._result = label("", self.told, name="salvage_result", wraps=True)
        self.lost = named(QListWidget(self.told), "salvage_lost", _("What is lost, and what stands in for it"))
        self.lost.setWordWrap(True)
        self.lost.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._keep = link(_("Save this list…"), self.told, name="salvage_keep_list")
        self._where = HintLabel("", self.told, name="salvage_where")
        self._add_to(self.told, self._result, self.lost, self._keep, self._where)
        self._change.clicked.connect(self._on_change)
        self._keep.clicked.connect(self._on_keep)
        self.setFocusProxy(self.secret if self.needs_secret else self._go)
        self._show_target()
        self._show_asking()

    @property
    def needs_secret(self) -> bool:
        """Whether anything must be typed: the demo practice opens for anyone."""
        return not self._is_demo

    def _show_target(self) -> None:
        self._into.setText(_("Into {folder}").format(folder=self.target))

    def _on_change(self) -> None:
        dialog = QFileDialog(self, _("Where the recovered practice is to lie"), str(self.folder.parent))
        dialog.setObjectName("salvage_dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._on_folder_chosen)
        dialog.open()

    def _on_folder_chosen(self, folder: str) -> None:
        """Take an empty folder as it is; in any other the practice gets one of its own."""
        chosen = Path(folder)
        is_empty = not chosen.is_dir() or not any(chosen.iterdir())
        self.target = chosen if is_empty else place_beside(chosen / self.folder.name, date.today())
        self._show_target()

    def _order(self, secret: Secret) -> tuple[str, Callable[[Progress], object]]:
        practice, target = self.folder, self.target

        def work(tell: Progress) -> object:
            from ipt_desktop.services.practice_check import salvage

            return target, salvage(practice, secret, target, tell)

        return _("Reading what can be read. The damaged practice is not changed."), work

    def _tell(self, result: object) -> Path:
        target, done = cast("tuple[Path, Salvaged]", result)
        rows = {name: each.rows for name, each in done.tables.items()}
        saved = ", ".join(rows_words(name, rows[name]) for name in SAVED_FIRST if name in rows)
        lines = [*lost_lines(done.tables), *rebuilt_lines(done.rebuilt)]
        self._title.setText(_("What could be read is saved"))
        words = _("Saved: {saved}. What is lost:") if lines else _("Saved: {saved}. Nothing was found lost.")
        self._result.setText(words.format(saved=saved))
        self.lost.clear()
        self.lost.addItems(lines)
        self.lost.setFixedHeight(theme.current().px(min(ROW * len(lines) + 12, TALLEST)))
        self.lost.setVisible(bool(lines))
        self._keep.setVisible(bool(lines))
        where = _("It lies in {folder}. The damaged practice is as it was, in {damaged}; “Another practice…” opens either.")
        self._where.setText(where.format(folder=target, damaged=self.folder))
        return target

    def text(self) -> str:
        """Return what the page tells, as text."""
        lines = [self.lost.item(row).text() for row in range(self.lost.count())]
        return "\n".join([self._result.text(), *(f"- {line}" for line in lines), "", self._where.text(), ""])

    def _on_keep(self) -> None:
        dialog = QFileDialog(self, _("Where to keep the list"), str(Path.home() / "recovered practice.txt"))
        dialog.setObjectName("salvage_list_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("txt")
        dialog.fileSelected.connect(self.keep_list)
        dialog.open()

    def keep_list(self, path: str) -> None:
        """Write the list into a file; it holds numbers and no names."""
        try:
            Path(path).write_text(self.text(), encoding="utf-8")
        except OSError as error:
            words = _("{path} could not be written ({reason}). Choose another folder.")
            self.bar.say(_("The list was not saved"), words.format(path=path, reason=error.strerror), tone="caution")
        else:
            self.bar.say(_("The list is saved in {path}").format(path=path))
