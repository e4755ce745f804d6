"""What a document holds: its parts, its sheet, its texts; and in words what it will contain, above Save."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QRadioButton, QScrollArea, QVBoxLayout, QWidget

from ipt_desktop.domain.report import Paper
from ipt_desktop.domain.text import _
from ui import theme
from ui.forms.form_view import FormView
from ui.reports.addressee import Addressee
from ui.widgets.buttons import primary
from ui.widgets.card import hairline
from ui.widgets.labels import label
from ui.widgets.naming import named
from ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from ipt_desktop.services.termination_summary import Part

SIDE = 24
SUMMARY, SAFETY_PLAN = "termination-summary", "safety-plan"


class ReportChoices(QWidget):
    """The left side of the tab. `changed` says that other parts or another sheet are wanted; `save_asked`, the button."""

    changed = Signal()
    save_asked = Signal()

    def __init__(self, parts: Sequence[Part], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("report_choices")
        self.setProperty("role", "desk")
        self._parts = parts
        self._boxes: dict[str, QCheckBox] = {}
        self._contents: list[str] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.scroller = QScrollArea(self)
        self.scroller.setObjectName("report_choices_scroller")
        self.scroller.setWidgetResizable(True)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setWidget(self._make_body())
        column.addWidget(self.scroller, 1)
        column.addWidget(hairline(self))
        column.addWidget(self._make_foot())

    def _make_body(self) -> QWidget:
        body = QWidget(self.scroller)
        body.setProperty("role", "clear")
        column = QVBoxLayout(body)
        column.setContentsMargins(SIDE, 8, SIDE, 16)
        column.setSpacing(4)
        column.addWidget(label(_("Make a document"), body, kind="heading", name="report_heading"))
        self._add_kinds(body, column)
        column.addSpacing(4)
        column.addWidget(hairline(body))
        self.addressee = Addressee(body)
        self.addressee.changed.connect(self._show_sentence)
        column.addWidget(self.addressee)
        column.addLayout(self._make_paper_row(body))
        self._of_summary = QWidget(body)
        inner = QVBoxLayout(self._of_summary)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(4)
        self._add_parts(self._of_summary, inner)
        self._add_texts(self._of_summary, inner)
        column.addWidget(self._of_summary)
        column.addStretch(1)
        return body

    def _add_kinds(self, body: QWidget, column: QVBoxLayout) -> None:
        self._kinds: dict[str, QRadioButton] = {}
        for key, words, whom in (
            (SUMMARY, _("Summary of treatment"), _("for a clinician who asks for it")),
            (SAFETY_PLAN, _("Safety plan"), _("for the client")),
        ):
            name = key.split("-")[-1] if key == SUMMARY else "plan"
            self._kinds[key] = choice = named(QRadioButton(words, body), f"kind_{name}", words)
            choice.setChecked(key == SUMMARY)
            choice.clicked.connect(self._on_kind)
            column.addWidget(choice)
            caption = label(whom, body, kind="caption", tone="text_soft", name=f"kind_{name}_whom")
            caption.setIndent(theme.current().px(26))
            column.addWidget(caption)

    def kind(self) -> str:
        """Return the kind of document chosen."""
        return next(key for key, choice in self._kinds.items() if choice.isChecked())

    def offer_plan(self, *, is_there: bool) -> None:
        """Let the safety plan be chosen where there is one; else the summary is."""
        self._kinds[SAFETY_PLAN].setEnabled(is_there)
        hint = "" if is_there else _("There is none yet: it is written in the client’s file.")
        self._kinds[SAFETY_PLAN].setToolTip(hint)
        self._kinds[SAFETY_PLAN].setAccessibleDescription(hint)
        if not is_there:
            self.choose_kind(SUMMARY)

    def choose_kind(self, kind: str) -> None:
        """Choose a kind of document without announcing it; what is asked of the summary shows with it alone."""
        self._kinds[kind].setChecked(True)
        self._of_summary.setVisible(kind == SUMMARY)

    def _on_kind(self) -> None:
        self.choose_kind(self.kind())
        self.changed.emit()

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

    def _add_parts(self, body: QWidget, column: QVBoxLayout) -> None:
        column.addWidget(label(_("Include"), body, kind="title", name="include_title"))
        boxes = QVBoxLayout()
        boxes.setSpacing(0)
        column.addLayout(boxes)
        for part in self._parts:
            box = named(QCheckBox(_(part.words), body), f"include_{part.key}", _("Include: {part}").format(part=_(part.words)))
            box.setChecked(True)
            box.toggled.connect(self.changed)
            self._boxes[part.key] = box
            boxes.addWidget(box)

    def _add_texts(self, body: QWidget, column: QVBoxLayout) -> None:
        column.addSpacing(8)
        column.addWidget(hairline(body))
        column.addSpacing(4)
        column.addWidget(label(_("Texts"), body, kind="title", name="texts_title"))
        words = _(
            "Change what you like; the record stays as it is. A text left empty comes from the record, with initials for other "
            "people where their names are spelt as on the circle. Please read it before you send it."
        )
        column.addWidget(label(words, body, kind="caption", tone="text_soft", name="texts_words", wraps=True))
        column.addSpacing(4)
        self.form = FormView(theme.current(), body)
        column.addWidget(self.form)

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
        column.addWidget(self.sentence)
        column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        return foot

    # -- what is chosen --------------------------------------------------------------------------------------------

    def include(self) -> frozenset[str]:
        """Return the keys of the parts that are wanted."""
        return frozenset(key for key, box in self._boxes.items() if box.isChecked())

    def paper(self) -> str:
        """Return the sheet chosen."""
        return self._paper.choice() or Paper.A4.value

    def begin(self, paper: str) -> None:
        """Choose every part and this sheet, without announcing it."""
        for box in self._boxes.values():
            box.blockSignals(True)
            box.setChecked(True)
            box.blockSignals(False)
        self._paper.choose(paper if paper in set(Paper) else Paper.A4.value)

    def say_contents(self, printed: frozenset[str], *, is_initials_only: bool) -> None:
        """Say in words what the document will hold, what it leaves out, and what nothing is written about yet."""
        if self.kind() == SAFETY_PLAN:
            held = [_("whom to ring first"), _("the steps that are written"), _("where it is kept")]
            left_out = [_("scores"), _("diagnosis"), _("risk entries")]
            self._contents = [_said(_("Will contain"), held), _said(_("Leaves out"), left_out)]
            self._show_sentence()
            return
        wanted = self.include()
        held = self._words(printed)
        if len(held) == len(self._parts):
            held = [_("every part above")]
        left_out = self._words(self._boxes.keys() - wanted)
        if is_initials_only:
            left_out.append(_("other people’s names"))
        groups = (
            (_("Will contain"), held),
            (_("Leaves out"), left_out),
            (_("Nothing is written yet about"), self._words(wanted - printed)),
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

    def _words(self, keys: Collection[str]) -> list[str]:
        """Return parts by key as they stand inside a sentence, in their order."""
        words = [_(part.words) for part in self._parts if part.key in keys]
        return [each[:1].lower() + each[1:] for each in words]

    def forget(self) -> None:
        """Let go of what was said of a client."""
        self._contents = []
        self.addressee.forget()
        self._show_sentence()
        self.form.forget()


def _said(head: str, words: Sequence[str]) -> str:
    return f"<b>{escape(head)}</b> {escape(', '.join(words))}."
