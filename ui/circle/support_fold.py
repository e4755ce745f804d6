"""What was asked about the person chosen in this sitting: confiding, support, conflict, contact; folded, told in words."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.records import ContactHow, Placement
from ipt_desktop.domain.standing import Standing
from ipt_desktop.domain.support_words import KINDS, contact_word, kind_word, level_of, support_lines
from ipt_desktop.domain.text import _
from ui.circle.level_row import LevelRow
from ui.phases.fold import Fold
from ui.widgets.choice_field import ChoiceField
from ui.widgets.labels import label
from ui.widgets.naming import named
from ui.widgets.segmented import Segmented

_NOT_ASKED = ""
RECEIVED, WISHED = "received", "wished"


class SupportFold(Fold):
    """Support and contact of one person. `placement_edited` carries the placement as it is wished; nothing is changed here."""

    placement_edited = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        self._summary = None
        super().__init__(_("Support and contact"), parent, name="person_support")
        self._placement: Placement | None = None
        self._summary = label("", self, kind="caption", tone="text_soft", name="person_support_summary", wraps=True)
        self._summary.setContentsMargins(4, 0, 0, 0)
        lines = self.layout()
        assert isinstance(lines, QVBoxLayout)  # noqa: S101 - a fold is a column
        lines.insertWidget(1, self._summary)
        self._is_confidant = named(QCheckBox(_("A confidant"), self), "person_confidant", _("A confidant"))
        self._is_confidant.setToolTip(_("Someone the client can tell what matters"))
        self._is_confidant.clicked.connect(self._on_confidant)
        self.add(self._is_confidant)
        self._add_support()
        self._given = self._row("given", _("Given to them"), spoken=_("Support given to them"))
        self._conflict = self._row("conflict", _("Conflict"))
        self._add_contact()
        self.show_standing(None)

    # -- what it is made of ----------------------------------------------------------------------------------------

    def _add_support(self) -> None:
        words = ((RECEIVED, _("Received")), (WISHED, _("Wished")))
        self._which = Segmented(words, self, name="person_support_which", spoken=_("Support"))
        for key, _words in words:
            self._which.button(key).setProperty("is_tight", True)
        self._which.choose(RECEIVED)
        self._which.chosen.connect(self._on_which)
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 4, 0, 0)
        row.addWidget(label(_("Support"), box, kind="label", tone="text_soft"))
        row.addStretch(1)
        row.addWidget(self._which)
        self.add(box)
        self._kinds = {kind: self._row(f"support_{kind}", _capital(kind_word(kind))) for kind in KINDS}

    def _row(self, name: str, words: str, spoken: str = "") -> LevelRow:
        row = LevelRow(words, self, name=f"person_{name}", spoken=spoken)
        row.chosen.connect(self._on_level)
        self.add(row)
        return row

    def _add_contact(self) -> None:
        self._contact = ChoiceField(self, name="person_contact", spoken=_("Contact"))
        self._contact.addItem(contact_word(None), _NOT_ASKED)
        for how in ContactHow:
            self._contact.addItem(contact_word(how), how.value)
        self._contact.activated.connect(self._on_contact)
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 4, 0, 0)
        row.addWidget(label(_("Contact"), box, kind="caption", tone="text_soft"))
        row.addWidget(self._contact, 1)
        self.add(box)

    def _show(self, *, is_folded: bool) -> None:
        super()._show(is_folded=is_folded)
        self._show_summary()

    # -- what it shows ---------------------------------------------------------------------------------------------

    def show_standing(self, standing: Standing | None) -> None:
        """Show what was asked about someone, or nothing. Nobody wishes support of someone who has died."""
        self._placement = standing.now if standing else None
        self.setVisible(self._placement is not None)  # of who still waits for a place nothing is kept in this sitting
        has_died = standing is not None and standing.person.has_died
        if has_died:
            self._which.choose(RECEIVED)
        self._which.button(WISHED).setVisible(not has_died)
        now = self._placement or Placement(person_id="", sitting_id="")
        self._is_confidant.setChecked(now.is_confidant)
        self._show_support(now)
        self._given.show_level(now.given)
        self._conflict.show_level(now.conflict)
        self._contact.setCurrentIndex(self._contact.findData(now.contact.value if now.contact else _NOT_ASKED))
        self._show_summary()

    def _show_support(self, now: Placement) -> None:
        support = now.wished if self._which.choice() == WISHED else now.received
        for kind, row in self._kinds.items():
            row.show_level(level_of(support, kind))

    def _show_summary(self) -> None:
        if self._summary is None:
            return
        words = " ".join(support_lines(self._placement)) if self._placement else ""
        self._summary.setText(words)
        self._summary.setVisible(self.is_folded and bool(words))

    # -- what was changed ------------------------------------------------------------------------------------------

    def _on_which(self) -> None:
        if self._placement is not None:
            self._show_support(self._placement)

    def _on_confidant(self) -> None:
        self._tell(is_confidant=self._is_confidant.isChecked())

    def _on_level(self) -> None:
        """Tell the levels as they stand: the one just chosen differs from what is kept."""
        levels = {kind: row.level for kind, row in self._kinds.items()}
        which = str(self._which.choice())
        if self._placement is not None:
            support = replace(getattr(self._placement, which), **levels)
            self._tell(given=self._given.level, conflict=self._conflict.level, **{which: support})

    def _on_contact(self) -> None:
        how = self._contact.currentData()
        self._tell(contact=ContactHow(how) if how else None)

    def _tell(self, **changed: object) -> None:
        if self._placement is None:
            return
        edited = replace(self._placement, **changed)  # type: ignore[arg-type]
        if edited != self._placement:
            self._placement = edited
            self.placement_edited.emit(edited)


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
