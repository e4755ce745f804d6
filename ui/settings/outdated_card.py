"""Backups that an earlier passphrase or key still opens: written anew, or taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ipt_desktop.domain.errors import Cancelled
from ipt_desktop.domain.text import _, ngettext
from ipt_desktop.services.outdated_backups import OpenedBy, remove, rewrite_all, secret_in
from ui.faults import sentences_of
from ui.settings.work_line import WorkLine
from ui.start.passphrase import PassphraseField
from ui.widgets.buttons import outlined
from ui.widgets.card import Card
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import FieldError, label

if TYPE_CHECKING:
    from pathlib import Path

    from ipt_desktop.domain.errors import PracticeError
    from ipt_desktop.services.backups import Backups
    from ipt_desktop.services.outdated_backups import ListedBackup
    from ipt_desktop.services.progress import Progress
    from ui.page import Frame


class OutdatedCard(Card):
    """Hidden while there is none. `changed` when some were rewritten or removed."""

    changed = Signal()

    def __init__(self, backups: Backups, frame: Frame, parent: QWidget) -> None:
        super().__init__(parent, name="outdated_backups", title=_("Backups that open with an earlier secret"))
        self._backups, self._frame = backups, frame
        self._outdated: tuple[ListedBackup, ...] = ()
        self._is_removing, self._asked_for = False, 0
        self._words = label("", self, name="outdated_words", wraps=True)
        self._asked = label("", self, kind="label", tone="text_soft", name="outdated_asked", wraps=True)
        self.field = PassphraseField(self, name="outdated_secret", spoken=_("Earlier passphrase or code of the earlier sheet"))
        self._error = FieldError(self, name="outdated_error")
        self.work = WorkLine(
            self,
            name="outdated_rewrite",
            words=_("Rewrite with the present passphrase"),
            busy_words=_("Rewriting…"),
        )
        self.remove = outlined(_("Remove them…"), self, name="outdated_remove")
        self.bar = InlineBar(self, name="outdated_bar")
        for part in (self._words, self._asked, self.field, self._error, self.work):
            self.body.addWidget(part)
        row = QHBoxLayout()
        row.addWidget(self.remove)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self.bar)
        self.work.begun.connect(self.remove.hide)
        self.work.ended.connect(self.remove.show)
        self.work.asked.connect(self._on_rewrite)
        self.work.done.connect(self._on_rewritten)
        self.work.failed.connect(self._on_failed)
        self.field.returned.connect(self._on_rewrite)
        self.field.edited.connect(self._on_edited)
        self.remove.clicked.connect(self._on_remove_meant)
        self.hide()

    def show_backups(self, outdated: tuple[ListedBackup, ...], *, has_others: bool) -> None:
        """Show how many there are; they can be removed only where there are others."""
        self._outdated = outdated
        self.setVisible(bool(outdated))
        by_key = sum(each.opened_by is OpenedBy.EARLIER_KEY for each in outdated)
        words = ngettext(
            "{count} backup was made before the passphrase or the key was changed: the earlier one still opens it.",
            "{count} backups were made before the passphrase or the key was changed: the earlier one still opens them.",
            len(outdated),
        )
        self._words.setText(words.format(count=len(outdated)))
        asked = ngettext(
            "{count} of them has an earlier key: to rewrite it, type the passphrase or the sheet's code of that time.",
            "{count} of them have an earlier key: to rewrite them, type the passphrase or the sheet's code of that time.",
            by_key,
        )
        self._asked.setText(asked.format(count=by_key))
        for part in (self._asked, self.field):
            part.setVisible(by_key > 0)
        self.remove.setEnabled(has_others)
        self.remove.setToolTip("" if has_others else _("Make a backup first: there is no other one."))

    def forget(self) -> None:
        """Let go of the secret."""
        self.field.clear()
        self._error.show_error("")

    def _on_edited(self, _text: str) -> None:
        self._error.show_error("", self.field)

    def _on_rewrite(self) -> None:
        needs_secret = any(each.opened_by is OpenedBy.EARLIER_KEY for each in self._outdated)
        text = self.field.text()
        if needs_secret and not text:
            self._error.show_error(_("Type what opened the practice at that time."), self.field)
            self.field.setFocus()
            return
        self.bar.clear()
        secret = secret_in(text) if needs_secret else None
        backups, outdated = self._backups, self._outdated

        def work(tell: Progress) -> object:
            return rewrite_all(backups, outdated, secret, tell)

        self._is_removing, self._asked_for = False, len(outdated)
        self.work.run(work)

    def _on_rewritten(self, result: object) -> None:
        failed = cast("dict[Path, PracticeError]", result)
        self.forget()
        if done := self._asked_for - len(failed):
            self._frame.say(self._done_words(done))  # above the page: this card goes with the last of them
        if failed:
            words = " ".join(str(each) for each in failed.values())
            title = ngettext("{count} backup is as it was", "{count} backups are as they were", len(failed))
            self.bar.say(title.format(count=len(failed)), words, tone="caution")
        self.changed.emit()

    def _done_words(self, count: int) -> str:
        if self._is_removing:
            words = ngettext("{count} backup is removed for good", "{count} backups are removed for good", count)
            return words.format(count=count)
        words = ngettext(
            "{count} backup is rewritten: only what opens the practice now opens it",
            "{count} backups are rewritten: only what opens the practice now opens them",
            count,
        )
        return words.format(count=count)

    def _on_failed(self, error: object) -> None:
        if not isinstance(error, Cancelled):
            self._error.show_error(sentences_of(cast("Exception", error)), self.field)
            self.field.line.selectAll()
            self.field.setFocus()
        self.changed.emit()

    def _on_remove_meant(self) -> None:
        """Ask first: it can't be undone."""
        title = ngettext("Remove {count} backup for good?", "Remove {count} backups for good?", len(self._outdated))
        words = _("The backups that open with the present passphrase stay.")
        sure = ("outdated_remove_now", _("Remove them"), self._on_remove_sure)
        keep = ("outdated_keep", _("Keep them"), self.bar.clear)
        self.bar.say(title.format(count=len(self._outdated)), words, tone="caution", actions=(sure, keep), can_close=False)

    def _on_remove_sure(self) -> None:
        self._frame.when_sure(self._remove)

    def _remove(self) -> None:
        outdated = self._outdated
        self.bar.clear()

        def work(tell: Progress) -> object:
            for number, each in enumerate(outdated):
                tell(number / len(outdated))
                remove(each)
            return {}

        self._is_removing, self._asked_for = True, len(outdated)
        self.work.run(work)
