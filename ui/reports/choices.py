"""What a document holds: its parts, to whom it goes, how it is set, its texts; above Save in words what it will contain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ipt_desktop.domain.circle_naming import Naming
from ipt_desktop.domain.text import _
from ipt_desktop.services.finished_paper import part_words
from ipt_desktop.services.report_kind import Choices, Whom
from ui import theme
from ui.forms.form_view import FormView
from ui.reports.addressee import Addressee
from ui.reports.foot import SIDE, Foot, said
from ui.reports.kinds import KindChoice
from ui.reports.manner import Manner
from ui.reports.parts import PartsChoice
from ui.reports.records import RecordChoice
from ui.widgets.card import hairline
from ui.widgets.labels import label

if TYPE_CHECKING:
    from ipt_desktop.services.recipients import Recipient
    from ipt_desktop.services.report_kind import ReportKind
    from ui.preferences import Preferences


class ReportChoices(QWidget):
    """The left side of the tab. `kind_changed`: another document is wanted; `changed`: other parts of it, another sheet."""

    changed = Signal()
    kind_changed = Signal()

    def __init__(self, kinds: Sequence[ReportKind], preferences: Preferences, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("report_choices")
        self.setProperty("role", "desk")
        self._by_key = {each.key: each for each in kinds}
        self._contents: list[str] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.scroller = QScrollArea(self)
        self.scroller.setObjectName("report_choices_scroller")
        self.scroller.setWidgetResizable(True)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setWidget(self._make_body(kinds, preferences))
        column.addWidget(self.scroller, 1)
        column.addWidget(hairline(self))
        self.foot = Foot(self)
        column.addWidget(self.foot)
        self.choose_kind(self.kinds.kind())

    def _make_body(self, kinds: Sequence[ReportKind], preferences: Preferences) -> QWidget:
        body = QWidget(self.scroller)
        body.setProperty("role", "clear")
        column = QVBoxLayout(body)
        column.setContentsMargins(SIDE, 8, SIDE, 16)
        column.setSpacing(4)
        column.addWidget(label(_("Make a document"), body, kind="heading", name="report_heading"))
        self.kinds = KindChoice(kinds, body)
        self.kinds.chosen.connect(self._on_kind)
        column.addWidget(self.kinds)
        self._records = RecordChoice(body)
        self._records.changed.connect(self.changed)
        column.addWidget(self._records)
        column.addSpacing(4)
        column.addWidget(hairline(body))
        self.addressee = Addressee(body)
        self.addressee.changed.connect(self._show_sentence)
        self.addressee.settled.connect(self._on_recipient)
        column.addWidget(self.addressee)
        self.parts = PartsChoice(body)
        self.parts.changed.connect(self.changed)
        column.addWidget(self.parts)
        self.manner = Manner(preferences, body)
        self.manner.changed.connect(self.changed)
        column.addWidget(self.manner)
        column.addWidget(self._make_texts(body))
        column.addStretch(1)
        return body

    @property
    def kind(self) -> ReportKind:
        """The kind of document chosen."""
        return self._by_key[self.kinds.kind()]

    def choose_kind(self, key: str) -> None:
        """Choose a kind of document without announcing it, with the least that whoever it goes to needs of it."""
        self.kinds.choose(key)
        self.addressee.propose_referrer(is_meant=self.kind.is_to_referrer)
        self.parts.offer(self.kind.parts, self.kind.least(self.addressee.whom))
        self.manner.offer(self.kind)
        self._texts.setVisible(self.kind.texts is not None)
        self._texts_hint.setText(_(self.kind.texts_hint))
        self.offer_records(())

    def offer_records(self, records: Sequence[tuple[str, str]], chosen: str = "") -> None:
        """Offer what the document can show one of, or several, as (id, words), without announcing it."""
        self._records.offer(records, chosen, takes_several=self.kind.takes_several)

    def record(self) -> str:
        """Return which one is shown (`About.record_id`), "" where there is nothing to choose from."""
        return self._records.record()

    def _on_kind(self) -> None:
        self.choose_kind(self.kinds.kind())
        self.kind_changed.emit()

    def _on_recipient(self) -> None:
        """Include what whoever it goes to needs at least, save what was chosen by hand."""
        self.parts.settle(self.kind.least(self.addressee.whom))
        self.changed.emit()

    def _make_texts(self, body: QWidget) -> QWidget:
        self._texts = QWidget(body)
        column = QVBoxLayout(self._texts)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        column.addWidget(hairline(self._texts))
        column.addWidget(label(_("Texts"), self._texts, kind="title", name="texts_title"))
        self._texts_hint = label("", self._texts, kind="caption", tone="text_soft", name="texts_words", wraps=True)
        column.addWidget(self._texts_hint)
        self.form = FormView(theme.current(), self._texts)
        column.addWidget(self.form)
        return self._texts

    # -- what is chosen --------------------------------------------------------------------------------------------

    def begin(self, paper: str, known: Sequence[Recipient]) -> None:
        """Begin with a client: the sheet of the practice, and to whom a document of theirs may go."""
        self.manner.begin(paper)
        self.addressee.offer(known)

    def choices(self) -> Choices:
        """Return what is chosen besides parts and sheet; edits and masks are added where they are made."""
        since, until = self.manner.days if self.kind.has_dates else (None, None)
        return Choices(
            naming=self.naming,
            addressee=self.addressee.recipient if self.addressee.whom is Whom.CLINICIAN else "",
            since=since,
            until=until,
            tells_left_out=self.manner.tells.isChecked() and bool(self.kind.parts),
        )

    @property
    def naming(self) -> Naming:
        """What other people are called."""
        return Naming(self.manner.naming.currentData())

    def say_contents(self, printed: frozenset[str], *, is_initials_only: bool) -> None:
        """Say in words what the document will hold, what it leaves out, and what nothing is written about yet."""
        kind, wanted, printed = self.kind, self.parts.wanted(), self.parts.held(printed)
        held = part_words(kind, printed)
        if kind.parts and len(held) == len(kind.parts):
            held = [_("every part above")]
        left_out = part_words(kind, self.parts.unwanted()) + [_(each) for each in kind.leaves_out]
        if is_initials_only and not kind.is_for_the_client and self.naming is not Naming.NAMES:
            left_out.append(_("other people’s names"))
        groups = (
            (_("Will contain"), held + [_(each) for each in kind.holds]),
            (_("Leaves out"), left_out),
            (_("Nothing is written yet about"), part_words(kind, wanted - printed)),
        )
        self._contents = [said(head, words) for head, words in groups if words]
        self._show_sentence()

    def _show_sentence(self) -> None:
        """Say what it holds, and to whom it goes where it goes to someone: that may be out of sight above."""
        whom = self.addressee.recipient
        goes = [said(_("Goes to"), [_("{recipient}, and into the client’s list of disclosures").format(recipient=whom)])]
        self.foot.say(self._contents + (goes if whom else []))

    def is_complete(self) -> bool:
        """Whether it can be given out like this; where it can't, what is missing is in sight."""
        for part in (self.addressee, self.manner):
            if not part.is_complete():
                self.scroller.ensureWidgetVisible(part)
                return False
        self.addressee.settle()
        return True

    def forget(self) -> None:
        """Let go of what was said of a client."""
        self._contents = []
        self.offer_records(())
        self.addressee.forget()
        self.addressee.offer(())
        self.manner.forget()
        self.foot.forget()
        self.form.forget()
