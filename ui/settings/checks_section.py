"""Settings: when the practice was last looked through, what came of it, and how to read that."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QWidget

from ipt_desktop.domain.errors import DatabaseDamaged
from ipt_desktop.domain.health import Health
from ipt_desktop.domain.text import _, ngettext
from ui.background import Task
from ui.backup_words import when_words
from ui.faults import sentences_of
from ui.page import Frame
from ui.restore.words import lost_lines, rows_words
from ui.settings.section import Section
from ui.settings.signed_card import SignedCard
from ui.widgets.buttons import outlined
from ui.widgets.card import Card
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import HintLabel, label
from ui.widgets.naming import named

if TYPE_CHECKING:
    from ipt_desktop.services.check_record import CheckResult
    from ipt_desktop.services.desk import Desk


class ChecksSection(Section):
    """The quick check of each start, the full one of each day, and *Check now*."""

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        words = _(
            "Disks age, and a single altered bit can spoil a page. The program looks for that by itself, "
            "so that a sound backup is still at hand when it happens."
        )
        super().__init__(desk, frame, parent, name="checks_section", title=_("Checks"), words=words)
        self._task: Task | None = None
        card = Card(self, name="checks_card")
        self._damage = label("", card, kind="strong", tone="danger", name="checks_damage", wraps=True)
        self._quick = self._line(card, "checks_quick")
        quick = _("At each start, in the background: the structure of the database.")
        self._full = self._line(card, "checks_full")
        full = _("Once a day, in the background: every page against its seal, every reference, every index.")
        for part in (self._damage, self._quick, HintLabel(quick, card, name="checks_quick_hint")):
            card.body.addWidget(part)
        for part in (self._full, HintLabel(full, card, name="checks_full_hint")):
            card.body.addWidget(part)
        self._found = label("", card, name="checks_found", wraps=True)
        self._meter = named(QProgressBar(card), "checks_meter", _("The practice is being checked"))
        self._meter.setTextVisible(False)
        self._meter.setRange(0, 0)
        self._now = outlined(_("Check now"), card, name="check_now")
        self._now.clicked.connect(self.check_now)
        self.bar = InlineBar(card, name="checks_bar")
        card.body.addWidget(self._found)
        card.body.addWidget(self.bar)
        row = QHBoxLayout()
        row.addWidget(self._now)
        row.addWidget(self._meter, 1)
        row.addStretch(1)
        card.body.addLayout(row)
        self.column.addWidget(card)
        self.signed = SignedCard(desk, frame, self)
        self.column.addWidget(self.signed)
        self._explain()
        self.column.addStretch(1)
        self._show_busy(is_busy=False)

    def _line(self, parent: QWidget, name: str) -> QLabel:
        return label("", parent, kind="strong", name=name, wraps=True)

    def _explain(self) -> None:
        """Say how to read it."""
        card = Card(self, name="checks_reading", title=_("How to read this"))
        sound = _("“Sound” means that every note is as it was written.")
        damaged = _(
            "If damage is found, the practice is only read from then on: nothing more is written into the file, and the "
            "window says what can still be read and offers a backup."
        )
        for number, words in enumerate((sound, damaged)):
            card.body.addWidget(label(words, card, tone="text_soft", name=f"checks_reading_{number}", wraps=True))
        self.column.addWidget(card)

    def refresh(self) -> None:
        """Show what the last checks came to."""
        state = self.desk.checks.record.state
        damage = self.desk.checks.damage
        self._damage.setText(_("This practice is damaged and is only read now.") if damage else "")
        self._damage.setVisible(bool(damage))
        self._quick.setText(_("Last quick check: {result}").format(result=_result_words(state.quick)))
        self._full.setText(_("Last full check: {result}").format(result=_result_words(state.full)))
        self._found.setVisible(bool(self._found.text()))
        self.signed.refresh()

    def forget(self) -> None:
        """Let go of a check that is under way: it changes nothing."""
        if self._task is not None:
            self._task.let_go()
            self._task = None
        self._found.setText("")
        self.bar.clear()
        self.signed.forget()
        self._show_busy(is_busy=False)

    def check_now(self) -> None:
        """Make a full check, and show what it found."""
        if self._task is not None:
            return
        self.bar.clear()
        self._found.setText("")
        self._task = Task(self.desk.checks.full, self)
        self._task.done.connect(self._on_checked)
        self._task.failed.connect(self._on_not_checked)
        self._show_busy(is_busy=True)
        self.refresh()
        self._task.start()

    def _show_busy(self, *, is_busy: bool) -> None:
        self._meter.setVisible(is_busy)
        self._now.setEnabled(not is_busy)
        words = _("Checking…") if is_busy else _("Check now")
        self._now.setText(words)
        self._now.setAccessibleName(words)

    def _end(self) -> None:
        self._task = None
        self._show_busy(is_busy=False)
        self.refresh()

    def _on_checked(self, result: object) -> None:
        self._found.setText(found_words(cast("Health", result)))
        self._end()

    def _on_not_checked(self, error: object) -> None:
        self._end()
        title = _("Nothing can be read") if isinstance(error, DatabaseDamaged) else _("The check could not be made")
        self.bar.say(title, sentences_of(cast("Exception", error)), tone="caution")


def found_words(found: Health) -> str:
    """Return what a check found, in sentences."""
    if found.has_damaged_pages:
        return ". ".join([_("Damage was found"), *lost_lines(found.readable)]) + "."
    if found.orphans:
        words = ngettext(
            "{count} record has lost what it belonged to; everything can be read.",
            "{count} records have lost what they belonged to; everything can be read.",
            len(found.orphans),
        )
        return words.format(count=len(found.orphans))
    held = ", ".join(rows_words(name, found.counts.get(name, 0)) for name in ("client", "session", "document"))
    return _("Everything is sound: {held}.").format(held=held)


def _result_words(result: CheckResult | None) -> str:
    if result is None:
        return _("none yet")
    when = when_words(result.at)
    return _("{when}, sound").format(when=when) if result.is_sound else _("{when}, something was found").format(when=when)
