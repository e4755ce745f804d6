"""Two more things about a new practice, each with a sentence of why, and each can be left as it is."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from ipt_desktop.domain.text import _
from ui.start.entrance import Entrance
from ui.widgets.buttons import link, primary
from ui.widgets.card import hairline
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import HintLabel, label
from ui.widgets.naming import named


class MoreThingsPage(Entrance):
    """May this computer remember the key, and where do backups go? `begun` when the practice is to be opened."""

    begun = Signal()

    def __init__(self, folder: Path, parent: QWidget) -> None:
        super().__init__(parent, name="more_things")
        self._own = folder / "backups"
        self.backup_folder: Path | None = None
        self.card.addWidget(label(_("Two more things"), self, kind="title", name="more_title"))
        self._add_remembering()
        self.card.addWidget(hairline(self))
        self._add_backups()
        self.bar = InlineBar(self, name="more_bar")
        self.card.addWidget(self.bar)
        self.card.addSpacing(4)
        self._begin = primary(_("Begin"), self, name="begin", is_big=True)
        self._begin.clicked.connect(self.begun)
        self.card.addWidget(self._begin)
        self.setFocusProxy(self._begin)

    def _add_remembering(self) -> None:
        words = _("May this computer remember the key?")
        self.remember = named(QCheckBox(words, self), "remember_here", words)
        self.card.addWidget(self.remember)
        words = _(
            "Its keychain then opens the practice for whoever is signed in here as you. The passphrase always works, too."
        )
        self.card.addWidget(HintLabel(words, self, name="remember_hint"))

    def _add_backups(self) -> None:
        self.card.addWidget(label(_("Where backups go"), self, name="backups_title"))
        self._place = HintLabel("", self, name="backups_place")
        self.card.addWidget(self._place)
        self._choose = link(_("Choose another folder or disk…"), self, name="choose_backups", is_flush=True)
        self._choose.clicked.connect(self._on_choose)
        self.card.addWidget(self._choose, 0, Qt.AlignmentFlag.AlignLeft)
        self._show_place()

    def _show_place(self) -> None:
        if self.backup_folder is None:
            words = _("Into {folder}. A second disk would keep them when this one fails; they are encrypted.")
        else:
            words = _("Into {folder}. They are encrypted.")
        self._place.setText(words.format(folder=self.backup_folder or self._own))

    def _on_choose(self) -> None:
        dialog = QFileDialog(self, _("Where to keep the backups"), str(Path.home()))
        dialog.setObjectName("backups_dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.choose_folder)
        dialog.open()

    def choose_folder(self, folder: str) -> None:
        """Let the backups go there, if it can be written."""
        if not os.access(folder, os.W_OK | os.X_OK):
            words = _("{folder} cannot be written to. Choose another folder.").format(folder=folder)
            self.bar.say(_("Backups go where they went before"), words, tone="caution")
            return
        self.bar.clear()
        self.backup_folder = Path(folder)
        self._show_place()

    def set_busy(self, is_busy: bool) -> None:
        """Take no second order while the first one runs."""
        for part in (self._begin, self._choose, self.remember):
            part.setEnabled(not is_busy)
        self._begin.setText(_("Asking the keychain…") if is_busy else _("Begin"))

    def say_not_remembered(self, text: str) -> None:
        """Say why this computer does not remember the key; it goes on without."""
        self.remember.setChecked(False)
        self.bar.say(_("This computer does not remember the key"), text, tone="caution")

    def show_error(self, text: str) -> None:
        """Say what went wrong."""
        self.bar.say(text, tone="danger")

    def forget(self) -> None:
        """Take the bar away."""
        self.bar.clear()
