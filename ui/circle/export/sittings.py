"""Which circles leave: one, compared with another or not, or up to four through treatment."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.circle_order import MOST_ON_A_PAGE, through_treatment
from ipt_desktop.domain.dates import day_and_month
from ipt_desktop.domain.records import Sitting
from ipt_desktop.domain.text import _
from ui.widgets.labels import label
from ui.widgets.naming import named
from ui.widgets.segmented import Segmented

ONE, THROUGH = "one", "through"


class SittingChoice(QWidget):
    """The sittings chosen. `changed` with each change by hand."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("export_sittings")
        self._boxes: dict[str, QCheckBox] = {}
        self._sittings: Sequence[Sitting] = ()
        self._takes_several = True
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        kinds = ((ONE, _("One circle")), (THROUGH, _("Through treatment")))
        self.kind = Segmented(kinds, self, name="export_kind", spoken=_("Which circles"))
        self.kind.choose(ONE)
        self.kind.chosen.connect(self._on_chosen)
        column.addWidget(self.kind)
        self._one = self._make_one()
        column.addWidget(self._one)
        self._several = QWidget(self)
        self._rows = QVBoxLayout(self._several)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._hint = label("", self._several, kind="caption", tone="text_soft", name="export_most", wraps=True)
        self._rows.addWidget(self._hint)
        column.addWidget(self._several)
        self._show_kind()

    def _make_one(self) -> QWidget:
        part = QWidget(self)
        grid = QGridLayout(part)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        self._shown = named(QComboBox(part), "export_sitting", _("Circle of"))
        self._since = named(QComboBox(part), "export_since", _("Compared with"))
        for row, field in enumerate((self._shown, self._since)):
            field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            field.setMinimumContentsLength(8)
            caption = label(field.accessibleName(), part, kind="label", tone="text_soft", name=f"{field.objectName()}_label")
            caption.setBuddy(field)
            grid.addWidget(caption, row, 0)
            grid.addWidget(field, row, 1)
        self._shown.activated.connect(self._on_shown_chosen)
        self._since.activated.connect(self._on_chosen)
        grid.setColumnStretch(1, 1)
        return part

    # -- what is chosen --------------------------------------------------------------------------------------------

    @property
    def is_through_treatment(self) -> bool:
        """Whether several circles are wanted."""
        return self._takes_several and self.kind.choice() == THROUGH

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of the sittings wanted, "" for now; none while too few are ticked."""
        if not self.is_through_treatment:
            return (str(self._shown.currentData() or ""),)
        return tuple(sitting_id for sitting_id, box in self._boxes.items() if box.isChecked())

    @property
    def since(self) -> str:
        """The id of the sitting compared with, or ""."""
        return "" if self.is_through_treatment else str(self._since.currentData() or "")

    def take_several(self, takes_several: bool) -> None:
        """Offer circles through treatment, or one alone: a table holds no more."""
        self._takes_several = takes_several
        self._show_kind()

    def begin(self, sittings: Sequence[Sitting], shown: str, since: str) -> None:
        """Offer these sittings, oldest first; choose what the tab shows, and what tells the course at a glance."""
        self._sittings = tuple(sittings)
        with QSignalBlocker(self._shown):
            self._shown.clear()
            self._shown.addItem(_("Now"), "")
            for each in sittings:
                self._shown.addItem(_capital(each), each.id)
            self._shown.setCurrentIndex(max(0, self._shown.findData(shown)))
        self._offer_earlier(since)
        ticked = {each.id for each in through_treatment(sittings)}
        for box in self._boxes.values():
            self._rows.removeWidget(box)
            box.deleteLater()
        self._boxes = {}
        for number, each in enumerate(sittings):
            box = named(QCheckBox(_capital(each), self._several), f"export_sitting_{number}", _capital(each))
            box.setChecked(each.id in ticked)
            box.toggled.connect(self._on_chosen)
            self._boxes[each.id] = box
            self._rows.insertWidget(number, box)
        self.kind.choose(ONE)
        self._show_kind()

    def forget(self) -> None:
        """Let go of every sitting."""
        self.begin((), "", "")

    def _offer_earlier(self, since: str) -> None:
        """Offer for comparison the sittings before the one shown."""
        place = self._shown.currentIndex()
        earlier = self._sittings[: place - 1] if place > 0 else self._sittings[:-1]
        with QSignalBlocker(self._since):
            self._since.clear()
            self._since.addItem(_("nothing"), "")
            for each in earlier:
                self._since.addItem(_capital(each), each.id)
            self._since.setCurrentIndex(max(0, self._since.findData(since)))
        self._since.setEnabled(bool(earlier))

    def _on_shown_chosen(self) -> None:
        self._offer_earlier(self.since)
        self._on_chosen()

    def _on_chosen(self, *_what: object) -> None:
        self._show_kind()
        self.changed.emit()

    def _show_kind(self) -> None:
        count = sum(box.isChecked() for box in self._boxes.values())
        self.kind.setVisible(self._takes_several)
        self.kind.button(THROUGH).setEnabled(len(self._boxes) > 1)
        self._one.setVisible(not self.is_through_treatment)
        self._several.setVisible(self.is_through_treatment)
        for box in self._boxes.values():
            box.setEnabled(box.isChecked() or count < MOST_ON_A_PAGE)
        words = _("Two to four circles stand on one page, each compared with the one before.")
        self._hint.setText(words)


def _capital(sitting: Sitting) -> str:
    """Return how a sitting is called: its name, *before this began*, or its day in words."""
    words = _("before this began") if sitting.is_before else sitting.name or day_and_month(sitting.date)
    return words[:1].upper() + words[1:]
