"""In which form a circle leaves, what people are called on it, what it shows, and to whom it goes."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ipt_desktop.domain.circle_naming import Naming
from ipt_desktop.domain.circle_order import FORMS, CircleForm, CircleOrder
from ipt_desktop.domain.records import Sitting
from ipt_desktop.domain.report import Paper
from ipt_desktop.domain.text import _, ngettext
from ui.circle.export.beside import Beside, BesideChoice
from ui.circle.export.sittings import SittingChoice
from ui.reports.addressee import Addressee
from ui.widgets.buttons import link, outlined, primary
from ui.widgets.card import hairline
from ui.widgets.labels import label
from ui.widgets.naming import named
from ui.widgets.segmented import Segmented

SIDE = 20
OFFERED = (CircleForm.PDF, CircleForm.SVG, CircleForm.PNG, CircleForm.PNG_LARGE, CircleForm.CSV, CircleForm.GRAPHML)


class ExportChoices(QWidget):
    """The left side of the page. `changed` says that something else is to be made."""

    changed = Signal()
    save_asked = Signal()
    copy_asked = Signal()
    back_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("export_choices")
        self.setProperty("role", "desk")
        self._course_id = ""
        self._contents: list[str] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.scroller = QScrollArea(self)
        self.scroller.setObjectName("export_choices_scroller")
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
        column.setContentsMargins(SIDE, 10, SIDE, 16)
        column.setSpacing(6)
        back = link(_("Back to the circle"), body, name="export_back", icon="arrow-left", is_flush=True)
        back.clicked.connect(self.back_asked)
        column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(label(_("Export the circle"), body, kind="heading", name="export_heading"))
        self._forms = self._add_forms(body, column)
        column.addWidget(hairline(body))
        self._naming = self._add_naming(body, column)
        column.addWidget(hairline(body))
        self.sittings = SittingChoice(body)
        self.sittings.changed.connect(self.changed)
        column.addWidget(self.sittings)
        self._add_shown(body, column)
        column.addWidget(hairline(body))
        self.addressee = Addressee(body)
        self.addressee.changed.connect(self._show_sentence)
        column.addWidget(self.addressee)
        column.addStretch(1)
        return body

    def _add_forms(self, body: QWidget, column: QVBoxLayout) -> dict[CircleForm, QRadioButton]:
        column.addWidget(label(_("Form"), body, kind="title", name="export_form_title"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        column.addLayout(grid)
        group, buttons = QButtonGroup(body), {}
        for place, form in enumerate(OFFERED):
            words = _(FORMS[form])
            button = named(QRadioButton(words, body), f"export_form_{form.value}", _("Form: {form}").format(form=words))
            group.addButton(button)
            grid.addWidget(button, place // 2, place % 2)
            buttons[form] = button
        buttons[CircleForm.PDF].setChecked(True)
        group.buttonClicked.connect(self._on_form_chosen)
        return buttons

    def _add_naming(self, body: QWidget, column: QVBoxLayout) -> dict[Naming, QRadioButton]:
        column.addWidget(label(_("People are called by"), body, kind="title", name="export_naming_title"))
        words = {
            Naming.INITIALS: _("Initials"),
            Naming.PSEUDONYMS: _("Pseudonyms: Sister, Friend 1"),
            Naming.NAMES: _("Names"),
        }
        rows = QVBoxLayout()
        rows.setSpacing(0)
        column.addLayout(rows)
        group, buttons = QButtonGroup(body), {}
        for naming, said in words.items():
            button = named(
                QRadioButton(said, body), f"export_naming_{naming.value}", _("People are called by: {what}").format(what=said)
            )
            group.addButton(button)
            rows.addWidget(button)
            buttons[naming] = button
        buttons[Naming.INITIALS].setChecked(True)
        group.buttonClicked.connect(self.changed)
        return buttons

    def _add_shown(self, body: QWidget, column: QVBoxLayout) -> None:
        self._beside = BesideChoice(body)
        self._beside.changed.connect(self.changed)
        column.addWidget(self._beside)
        papers = [(paper.value, paper.value) for paper in Paper]
        self._paper_row = QWidget(body)
        row = QHBoxLayout(self._paper_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(label(_("Paper"), self._paper_row, kind="label", tone="text_soft", name="export_paper_title"))
        self._paper = Segmented(papers, self._paper_row, name="export_paper", spoken=_("Paper"))
        self._paper.chosen.connect(self.changed)
        row.addWidget(self._paper, 1)
        column.addWidget(self._paper_row)

    def _make_foot(self) -> QWidget:
        foot = QWidget(self)
        foot.setObjectName("export_foot")
        column = QVBoxLayout(foot)
        column.setContentsMargins(SIDE, 12, SIDE, 12)
        column.setSpacing(8)
        self.sentence = QLabel("", foot)
        self.sentence.setObjectName("export_sentence")
        self.sentence.setProperty("kind", "label")
        self.sentence.setTextFormat(Qt.TextFormat.RichText)
        self.sentence.setWordWrap(True)
        column.addWidget(self.sentence)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.save = primary(_("Save…"), foot, name="export_save", icon="file-down")
        self.copy = outlined(_("Copy as picture"), foot, name="export_copy", icon="copy")
        self.save.clicked.connect(self.save_asked)
        self.copy.clicked.connect(self.copy_asked)
        row.addWidget(self.save)
        row.addWidget(self.copy)
        row.addStretch(1)
        column.addLayout(row)
        return foot

    # -- what is chosen --------------------------------------------------------------------------------------------

    @property
    def order(self) -> CircleOrder | None:
        """What is wanted; None while too few circles are ticked."""
        chosen = self.sittings.chosen
        if len(chosen) < (2 if self.sittings.is_through_treatment else 1):
            return None
        beside = self._beside.shown
        return CircleOrder(
            course_id=self._course_id,
            form=next(form for form, button in self._forms.items() if button.isChecked()),
            naming=next(naming for naming, button in self._naming.items() if button.isChecked()),
            sittings=chosen,
            since=self.sittings.since,
            is_wanted_shown=beside.is_wanted_shown,
            are_ties_shown=beside.are_ties_shown,
            are_sectors_shown=beside.are_sectors_shown,
            overlay=beside.overlay,
            paper=Paper(self._paper.choice() or Paper.A4),
        )

    def begin(self, course_id: str, paper: str, sittings: Sequence[Sitting], ends: tuple[str, str], beside: Beside) -> None:
        """Begin anew for a course: a page with initials, of the circle that the tab shows and as it shows it.

        `ends` are the ids of the sitting shown and of the one compared with. Nothing is announced.
        """
        self._course_id = course_id
        self._forms[CircleForm.PDF].setChecked(True)
        self._naming[Naming.INITIALS].setChecked(True)
        self._beside.begin(beside)
        self._paper.choose(paper if paper in set(Paper) else Paper.A4.value)
        self.sittings.begin(sittings, *ends)
        self._show_form()
        self.scroller.verticalScrollBar().setValue(0)

    def focus_first(self) -> None:
        """Put the keyboard on the form chosen."""
        next(button for button in self._forms.values() if button.isChecked()).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_form_chosen(self) -> None:
        self._show_form()
        self.changed.emit()

    def _show_form(self) -> None:
        """Offer what the form can hold."""
        form = next(form for form, button in self._forms.items() if button.isChecked())
        self.sittings.take_several(form.is_picture)
        self._beside.setVisible(form.is_picture)
        self._paper_row.setVisible(form is CircleForm.PDF)
        self.copy.setVisible(form.is_picture)

    def let_save(self, is_ready: bool) -> None:
        """Let it be saved and copied once it is made."""
        self.save.setEnabled(is_ready)
        self.copy.setEnabled(is_ready)

    # -- in words --------------------------------------------------------------------------------------------------

    def say_contents(self, order: CircleOrder, people: int) -> None:
        """Say in words what it holds and what it leaves out."""
        circles = ngettext("{count} circle", "{count} circles", len(order.sittings)).format(count=len(order.sittings))
        who = ngettext("{count} person or group", "{count} people and groups", people).format(count=people)
        held = [circles, who]
        left_out = [_("what is written about them")]
        if order.form.is_picture:
            for words, is_in in self._beside.shown.told(order):
                (held if is_in else left_out).append(words)
        match order.naming:
            case Naming.NAMES:
                held.append(_("everyone’s name, the client’s too"))
            case Naming.INITIALS:
                held.append(_("initials"))
                left_out.insert(0, _("names"))
            case Naming.PSEUDONYMS:
                held.append(_("pseudonyms"))
                left_out.insert(0, _("names and initials"))
        self._contents = [_said(_("Will contain"), held), _said(_("Leaves out"), left_out)]
        self._show_sentence()

    def say_too_few(self) -> None:
        """Say that more circles have to be ticked."""
        self._contents = [escape(_("Tick at least two circles."))]
        self._show_sentence()

    def _show_sentence(self) -> None:
        whom = self.addressee.recipient
        goes = [_said(_("Goes to"), [_("{recipient}, and into the client’s list of disclosures").format(recipient=whom)])]
        self.sentence.setText(" ".join(self._contents + (goes if whom else [])))

    def is_complete(self) -> bool:
        """Whether it can leave like this; where it can't, what is missing is in sight."""
        if self.addressee.is_complete():
            return True
        self.scroller.ensureWidgetVisible(self.addressee)
        return False

    def forget(self) -> None:
        """Let go of what was said of a client."""
        self._course_id, self._contents = "", []
        self.sittings.forget()
        self.addressee.forget()
        self._show_sentence()


def _said(head: str, words: Sequence[str]) -> str:
    return f"<b>{escape(head)}</b> {escape(', '.join(words))}."
