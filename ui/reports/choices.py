"""What a document holds: its parts, its sheet, its texts; and in words what it will contain, above Save."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ipt_desktop.domain.report import Paper
from ipt_desktop.domain.text import _
from ui import theme
from ui.forms.form_view import FormView
from ui.reports.addressee import Addressee
from ui.reports.kinds import KindChoice
from ui.reports.parts import PartsChoice
from ui.widgets.buttons import outlined, primary
from ui.widgets.card import hairline
from ui.widgets.chips import FlowLayout
from ui.widgets.choice_field import ChoiceField
from ui.widgets.labels import label
from ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from ipt_desktop.services.report_kind import ReportKind

SIDE = 24


class ReportChoices(QWidget):
    """The left side of the tab. `kind_changed`: another document is wanted; `changed`: other parts of it, another sheet."""

    changed = Signal()
    kind_changed = Signal()
    save_asked = Signal()
    print_asked = Signal()

    def __init__(self, kinds: Sequence[ReportKind], parent: QWidget) -> None:
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
        self.scroller.setWidget(self._make_body(kinds))
        column.addWidget(self.scroller, 1)
        column.addWidget(hairline(self))
        column.addWidget(self._make_foot())
        self.choose_kind(self.kinds.kind())

    def _make_body(self, kinds: Sequence[ReportKind]) -> QWidget:
        body = QWidget(self.scroller)
        body.setProperty("role", "clear")
        column = QVBoxLayout(body)
        column.setContentsMargins(SIDE, 8, SIDE, 16)
        column.setSpacing(4)
        column.addWidget(label(_("Make a document"), body, kind="heading", name="report_heading"))
        self.kinds = KindChoice(kinds, body)
        self.kinds.chosen.connect(self._on_kind)
        column.addWidget(self.kinds)
        self._which = ChoiceField(body, name="report_which", spoken=_("Which one"))
        self._which.currentIndexChanged.connect(self.changed)
        column.addWidget(self._which)
        column.addSpacing(4)
        column.addWidget(hairline(body))
        self.addressee = Addressee(body)
        self.addressee.changed.connect(self._show_sentence)
        column.addWidget(self.addressee)
        column.addLayout(self._make_paper_row(body))
        self.parts = PartsChoice(body)
        self.parts.changed.connect(self.changed)
        column.addWidget(self.parts)
        column.addWidget(self._make_texts(body))
        column.addStretch(1)
        return body

    @property
    def kind(self) -> ReportKind:
        """The kind of document chosen."""
        return self._by_key[self.kinds.kind()]

    def choose_kind(self, key: str) -> None:
        """Choose a kind of document without announcing it, with the parts it usually has."""
        self.kinds.choose(key)
        self.parts.offer(self.kind.parts)
        self._texts.setVisible(self.kind.texts is not None)
        self._texts_hint.setText(_(self.kind.texts_hint))
        self.offer_records(())

    def offer_records(self, records: Sequence[tuple[str, str]], chosen: str = "") -> None:
        """Offer what the document can show one of, as (id, words), without announcing it; one alone needs no choice."""
        chosen = chosen or self.record()
        self._which.blockSignals(True)
        self._which.clear()
        for record_id, words in records:
            self._which.addItem(words, record_id)
        self._which.setCurrentIndex(max(0, self._which.findData(chosen)))
        self._which.blockSignals(False)
        self._which.setVisible(len(records) > 1)

    def record(self) -> str:
        """Return the id of the one that is shown, "" where there is nothing to choose from."""
        return str(self._which.currentData() or "")

    def _on_kind(self) -> None:
        self.choose_kind(self.kinds.kind())
        self.kind_changed.emit()

    def _make_paper_row(self, body: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(16)
        row.addWidget(label(_("Paper"), body, kind="label", tone="text_soft", name="paper_title"))
        papers = [(paper.value, paper.value) for paper in Paper]
        self._paper = Segmented(papers, body, name="report_paper", spoken=_("Paper"))
        self._paper.chosen.connect(self.changed)
        row.addWidget(self._paper, 1)
        return row

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

    def _make_foot(self) -> QWidget:
        foot = QWidget(self)
        foot.setObjectName("report_foot")
        column = QVBoxLayout(foot)
        column.setContentsMargins(SIDE, 12, SIDE, 12)
        column.setSpacing(8)
        self.sentence = QLabel("", foot)
        self.sentence.setObjectName("report_sentence")
        self.sentence.setProperty("kind", "label")
        self.sentence.setTextFormat(Qt.TextFormat.RichText)
        self.sentence.setWordWrap(True)
        self.save = primary(_("Save as PDF…"), foot, name="save_report", icon="file-down")
        self.save.clicked.connect(self.save_asked)
        self.print = outlined(_("Print…"), foot, name="print_report", icon="printer")
        self.print.clicked.connect(self.print_asked)
        column.addWidget(self.sentence)
        verbs = QWidget(foot)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        verbs.setSizePolicy(policy)
        flow = FlowLayout(verbs, gap=8)  # below one another where the text is large
        flow.addWidget(self.save)
        flow.addWidget(self.print)
        column.addWidget(verbs)
        return foot

    # -- what is chosen --------------------------------------------------------------------------------------------

    def paper(self) -> str:
        """Return the sheet chosen."""
        return self._paper.choice() or Paper.A4.value

    def begin(self, paper: str) -> None:
        """Choose this sheet, without announcing it."""
        self._paper.choose(paper if paper in set(Paper) else Paper.A4.value)

    def say_contents(self, printed: frozenset[str], *, is_initials_only: bool) -> None:
        """Say in words what the document will hold, what it leaves out, and what nothing is written about yet."""
        kind, wanted, printed = self.kind, self.parts.wanted(), self.parts.held(printed)
        held = self.parts.words(printed)
        if kind.parts and len(held) == len(kind.parts):
            held = [_("every part above")]
        left_out = self.parts.words(self.parts.unwanted()) + [_(each) for each in kind.leaves_out]
        if is_initials_only and not kind.is_for_the_client:
            left_out.append(_("other people’s names"))
        groups = (
            (_("Will contain"), held + [_(each) for each in kind.holds]),
            (_("Leaves out"), left_out),
            (_("Nothing is written yet about"), self.parts.words(wanted - printed)),
        )
        self._contents = [_said(head, words) for head, words in groups if words]
        self._show_sentence()

    def _show_sentence(self) -> None:
        """Say what it holds, and to whom it goes where it goes to someone: that may be out of sight above."""
        whom = self.addressee.recipient
        goes = [_said(_("Goes to"), [_("{recipient}, and into the client’s list of disclosures").format(recipient=whom)])]
        self.sentence.setText(" ".join(self._contents + (goes if whom else [])))

    def is_complete(self) -> bool:
        """Whether it can be saved like this; where it can't, what is missing is in sight."""
        if self.addressee.is_complete():
            return True
        self.scroller.ensureWidgetVisible(self.addressee)
        return False

    def forget(self) -> None:
        """Let go of what was said of a client."""
        self._contents = []
        self.offer_records(())
        self.addressee.forget()
        self._show_sentence()
        self.form.forget()


def _said(head: str, words: Sequence[str]) -> str:
    return f"<b>{escape(head)}</b> {escape(', '.join(words))}."
