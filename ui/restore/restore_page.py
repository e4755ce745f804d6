"""Restoring a backup: what is in it is shown before anything moves, and what is there now only moves aside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QListWidget, QListWidgetItem, QRadioButton, QWidget

from ipt_desktop.domain.errors import WrongPassphrase
from ipt_desktop.domain.text import _
from ipt_desktop.services.progress import Progress
from ipt_desktop.services.secret import Secret
from ui import theme
from ui.background import Task
from ui.restore.recovery_page import RecoveryPage
from ui.restore.words import described, held_words, row_words, when_words
from ui.widgets.buttons import link
from ui.widgets.labels import HintLabel, label
from ui.widgets.naming import named

if TYPE_CHECKING:
    from ipt_desktop.domain.backup import Manifest
    from ipt_desktop.services.backup_writing import Backup
    from ipt_desktop.services.restore import Restored

MOST_ROWS, ROW = 4, 30
SUFFIX = ".iptbackup"


class RestorePage(RecoveryPage):
    """For the practice in `folder`, which nobody has open; there need not be one."""

    def __init__(self, folder: Path, parent: QWidget) -> None:
        super().__init__(
            folder, parent, name="restore", title=_("Restore a backup"), verb=_("Restore"), opening=_("Open the practice")
        )
        self.manifest: Manifest | None = None
        self._path: Path | None = None
        self._has_practice = True
        self._new_folder: Path | None = None
        self._looks = 0
        self._build_choice()
        self._build_place()
        self._result = label("", self.told, name="restore_result", wraps=True)
        self._aside = HintLabel("", self.told, name="restore_aside")
        self._add_to(self.told, self._result, self._aside)
        self.setFocusProxy(self.known)
        self._show_asking()
        self._show_backups([])
        self._look_for_backups()

    def _build_choice(self) -> None:
        self._about = label("", self.asking, tone="text_soft", name="restore_about", wraps=True)
        self._about.setText(_("Looking for backups…"))
        self.known = named(QListWidget(self.asking), "restore_known", _("Backups that were found, newest first"))
        self.known.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._choose = link(_("Choose a file…"), self.asking, name="restore_choose")
        self._what = label("", self.asking, kind="strong", name="restore_what", wraps=True)
        self._file = HintLabel("", self.asking, name="restore_file")
        self._add_to(self.asking, self._about, self.known, self._choose, self._what, self._file)
        self.known.currentRowChanged.connect(self._on_row_chosen)
        self._choose.clicked.connect(self._on_choose)

    def _build_place(self) -> None:
        self.here = named(QRadioButton(_("Put it in the practice's place"), self.asking), "restore_here")
        self._here_hint = HintLabel("", self.asking, name="restore_here_hint")
        self.elsewhere = named(QRadioButton(_("Put it into a new folder"), self.asking), "restore_elsewhere")
        self._elsewhere_hint = HintLabel("", self.asking, name="restore_elsewhere_hint")
        self._change = link(_("Choose the folder…"), self.asking, name="restore_folder")
        self._add_to(
            self.asking, self.here, self._here_hint, self.elsewhere, self._elsewhere_hint, self._change
        )  # one below the other: each says where it leads
        for choice in (self.here, self.elsewhere):
            choice.setAccessibleName(choice.text())
            choice.toggled.connect(self._show_place)
        self.here.setChecked(True)
        self._change.clicked.connect(self._on_change)

    # -- which backup ----------------------------------------------------------------------------------------------

    def _look_for_backups(self) -> None:
        folder = self.folder

        def look() -> object:
            from ipt_desktop.services.restore import known_backups
            from ipt_desktop.services.vault import PracticeState, practice_state

            return practice_state(folder) is not PracticeState.NONE, known_backups(folder)

        task = Task(look, self)
        task.done.connect(self._on_looked)
        task.failed.connect(self._say_error)
        task.start()

    def _on_looked(self, found: object) -> None:
        self._has_practice, backups = cast("tuple[bool, Sequence[Backup]]", found)
        self._show_place()
        self._show_backups(backups)
        if backups and self._path is None:
            self.known.setCurrentRow(0)
        if backups and self._choose.hasFocus():
            self.known.setFocus()

    def _show_backups(self, backups: Sequence[Backup]) -> None:
        self.known.clear()
        for each in backups:
            item = QListWidgetItem(row_words(each.manifest), self.known)
            item.setData(Qt.ItemDataRole.UserRole, str(each.path))
            item.setToolTip(str(each.path))
        rows = min(max(len(backups), 1), MOST_ROWS)
        self.known.setFixedHeight(theme.current().px(ROW) * rows + 6)
        self.known.setVisible(bool(backups))
        self.setFocusProxy(self.known if backups else self._choose)
        if backups:
            self._about.setText(_("These backups were found. Choosing one changes nothing yet."))
        else:
            self._about.setText(_("Choose the file of a backup: its name ends in {suffix}.").format(suffix=SUFFIX))

    def _on_row_chosen(self, row: int) -> None:
        if row >= 0:
            self.show_backup(Path(self.known.item(row).data(Qt.ItemDataRole.UserRole)))

    def _on_choose(self) -> None:
        dialog = QFileDialog(self, _("The backup to restore"), str(self._path.parent if self._path else Path.home()))
        dialog.setObjectName("restore_dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([_("Backups (*{suffix})").format(suffix=SUFFIX), _("All files (*)")])
        dialog.fileSelected.connect(self._on_file_chosen)
        dialog.open()

    def _on_file_chosen(self, path: str) -> None:
        self.known.setCurrentRow(-1)
        self.show_backup(Path(path))

    def show_backup(self, path: Path) -> None:
        """Look at a file, every byte of it, and show what is in it; nothing is changed."""
        self._looks += 1
        look = self._looks
        self._path, self.manifest = path, None
        self.bar.clear()
        self._what.setText(_("Looking at the backup…"))
        self._file.setText(str(path))

        def work() -> object:
            from ipt_desktop.services.backups import describe

            return describe(path)

        task = Task(work, self)
        task.done.connect(lambda found: self._on_described(look, found))
        task.failed.connect(lambda error: self._on_not_described(look, error))
        task.start()

    def _on_described(self, look: int, found: object) -> None:
        if look != self._looks:
            return
        self.manifest = cast("Manifest", found)
        self._what.setText(described(self.manifest))
        self._show_asking()

    def _on_not_described(self, look: int, error: object) -> None:
        if look == self._looks:
            self._path = None
            self._what.setText("")
            self._file.setText("")
            self._say_error(error)

    # -- where it goes ---------------------------------------------------------------------------------------------

    @property
    def target(self) -> Path:
        """The folder in which the practice is to be."""
        return self._new_place() if self.elsewhere.isChecked() else self.folder

    def _new_place(self) -> Path:
        from ipt_desktop.services.practice_check import place_beside

        return self._new_folder or place_beside(self.folder, date.today())

    def _show_place(self) -> None:
        if self._has_practice:
            words = _("The practice that is there now moves whole into a folder of its own, inside {folder}.")
        else:
            words = _("Into {folder}, where no practice is yet.")
        self._here_hint.setText(words.format(folder=self.folder))
        is_elsewhere = self.elsewhere.isChecked()
        self._elsewhere_hint.setText(_("Into {folder}.").format(folder=self._new_place()))
        self._elsewhere_hint.setVisible(is_elsewhere)
        self._change.setVisible(is_elsewhere)
        self._here_hint.setVisible(not is_elsewhere)

    def _on_change(self) -> None:
        dialog = QFileDialog(self, _("The folder for the practice"), str(self.folder.parent))
        dialog.setObjectName("restore_folder_dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._on_folder_chosen)
        dialog.open()

    def _on_folder_chosen(self, folder: str) -> None:
        """Take an empty folder as it is; in any other the practice gets one of its own."""
        chosen = Path(folder)
        is_empty = not chosen.is_dir() or not any(chosen.iterdir())
        own = chosen / _("Practice restored {day}").format(day=date.today().isoformat())
        self._new_folder = chosen if is_empty else own
        self._show_place()

    # -- the work --------------------------------------------------------------------------------------------------

    @property
    def needs_secret(self) -> bool:
        """Whether anything must be typed: a backup of the demo practice opens for anyone."""
        return self.manifest is None or not self.manifest.is_demo

    def _say_error(self, error: object) -> None:
        super()._say_error(error)
        if isinstance(error, WrongPassphrase):
            words = _("A backup opens with the passphrase of its day. If it was changed since, type the earlier one.")
            self.bar.say(str(error), words, tone="caution", can_close=False)

    def _problem(self) -> str:
        if self.manifest is None:
            return _("Choose a backup first.")
        return super()._problem()

    def _order(self, secret: Secret) -> tuple[str, Callable[[Progress], object]]:
        path, target = cast("Path", self._path), self.target

        def work(tell: Progress) -> object:
            from ipt_desktop.services.restore import restore

            return target, restore(path, target, secret, tell)

        return _("The backup is unpacked and proven whole. Until then nothing moves."), work

    def _tell(self, result: object) -> Path:
        target, done = cast("tuple[Path, Restored]", result)
        words = _("The practice is as it was on {when}: {what}. It lies in {folder}.")
        self._title.setText(_("The backup is restored"))
        self._result.setText(words.format(when=when_words(done.manifest), what=held_words(done.manifest), folder=target))
        aside = _("What was there before lies unchanged in {folder}. Keep it until you are sure that nothing is missing.")
        self._aside.setText(aside.format(folder=done.aside) if done.aside else "")
        self._aside.setVisible(done.aside is not None)
        return target
