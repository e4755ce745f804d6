"""A problem area that is worked on: with whom, its stage, where each strategy was worked on, its record, its goals."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from ipt_desktop.domain.closeness import RingWords
from ipt_desktop.domain.text import _
from ui import theme
from ui.phases.area_foot import AreaFoot
from ui.phases.area_reading import AreaReading
from ui.phases.fold import Fold
from ui.phases.goal_view import GoalsView
from ui.phases.reading import day_words
from ui.phases.screening_line import CautionLine
from ui.phases.stage_fold import StageFold
from ui.phases.strategy_row import StrategyRow
from ui.widgets.buttons import icon_button, link
from ui.widgets.chips import chip_label
from ui.widgets.labels import label
from ui.widgets.naming import named


def rank_word(rank: int) -> str:
    """Return what a rank is called."""
    return {1: _("primary"), 2: _("second")}.get(rank, _("further"))


class AreaView(QWidget):
    """One problem area. It says what is wished and changes nothing itself.

    `stage_judged` carries (problem area, stage), `stage_dated` (stage change, date), `marked` (problem area, strategy, number
    of the session, whether), `worksheet_asked` (problem area, key of the form).
    """

    edit_asked = Signal(object)
    removed = Signal(object)
    stage_judged = Signal(object, object)
    stage_dated = Signal(object, object)
    stage_taken_back = Signal(object)
    marked = Signal(object, str, int, bool)
    record_asked = Signal(object)
    worksheet_asked = Signal(object, str)

    def __init__(self, told: AreaReading, rings: RingWords, parent: QWidget) -> None:
        super().__init__(parent)
        self._told, self._area = told, told.area
        self._key = told.area.area
        self._menu: QMenu | None = None
        self.setObjectName(f"area_{told.area.id}")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        self._add_head()
        self._add_facts()
        if told.known is not None and told.known.stages:
            self._add_stage()
        self._add_strategies()
        self.goals = GoalsView(told.goals, rings, told.sessions, self, area_id=told.area.id, area=told.label)
        self._column.addWidget(self.goals)
        self._add_foot()

    def take_keyboard(self) -> None:
        """Go to the verb that changes it."""
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def unfold_as(self, before: QWidget) -> None:
        """Unfold what was unfolded in the view that this one takes the place of."""
        unfolded = {each.objectName() for each in before.findChildren(Fold) if not each.is_folded}
        for fold in self.findChildren(Fold):
            if fold.objectName() in unfolded:
                fold.unfold()
        if isinstance(before, AreaView) and before.shows_reference:
            self._help.click()

    @property
    def shows_reference(self) -> bool:
        """Whether what the protocol says of it is in sight."""
        return self._help.isChecked()

    def _name(self, what: str) -> str:
        """Return the objectName of a part. The problem area is named by its key: one of a kind is worked on at a time."""
        return f"{what}_{self._key}" if self._area.ended_on is None else f"{what}_{self._area.id}"

    def _add_head(self) -> None:
        told, stage = self._told, self._told.stage
        said = _("{area} · {stage}").format(area=told.label, stage=_(stage.label)) if stage else told.label
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(chip_label(said, self, name=self._name("chip"), icon="route"), 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        self._head = row
        self._column.addLayout(row)

    def _add_facts(self) -> None:
        told, today = self._told, self._told.today
        agreed, ended = self._area.agreed_on, self._area.ended_on
        facts = [
            self._area.about,
            rank_word(self._area.rank),
            _("with {name}").format(name=told.with_whom) if told.with_whom else "",
            _("agreed {day}").format(day=day_words(agreed, today)) if agreed else _("to be agreed"),
            _("until {day}").format(day=day_words(ended, today)) if ended else "",
        ]
        words = " · ".join(each for each in facts if each)
        row = QHBoxLayout()
        row.addWidget(label(words, self, kind="caption", tone="text_soft", name=self._name("facts"), wraps=True), 1)
        self._facts = row
        self._column.addLayout(row)
        self._add_verbs()
        self._place_verbs()
        self._add_reference()

    def _place_verbs(self) -> None:
        """Put the verbs at the right of the head, or of the line below where large text fills the head."""
        row = self._facts if theme.current().is_large else self._head
        row.addWidget(self._verbs, 0, Qt.AlignmentFlag.AlignTop)

    def changeEvent(self, event: QEvent) -> None:
        """Place the verbs anew at another text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_verbs"):
            self._place_verbs()

    def _add_verbs(self) -> None:
        told = self._told
        self._verbs = QWidget(self)
        self._verbs.setObjectName(self._name("verbs"))
        row = QHBoxLayout(self._verbs)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        change, remove = _("Change {area}…").format(area=told.label), _("Remove {area}").format(area=told.label)
        verbs: tuple[tuple[str, str, str, Callable[[], None]], ...] = (
            ("circle-help", "about", _("When to choose it, and usual goals"), self._on_help),
            ("pencil", "edit", change, self._on_edit),
            ("trash-2", "remove", remove, self._on_remove),
        )
        for icon, name, spoken, verb in verbs:
            button = icon_button(icon, self._verbs, name=self._name(name), spoken=spoken)
            button.clicked.connect(verb)
            row.addWidget(button)
            if name == "edit":
                self._edit = button
            if name == "about":
                self._help = button
                button.setCheckable(True)

    def _add_stage(self) -> None:
        stage = StageFold(self._told, self, name=self._name("stage"))
        stage.stage_judged.connect(self.stage_judged)
        stage.stage_dated.connect(self.stage_dated)
        stage.taken_back.connect(self.stage_taken_back)
        self._column.addWidget(stage)

    # -- strategies ------------------------------------------------------------------------------------------------

    def _add_strategies(self) -> None:
        told = self._told
        rows = QVBoxLayout()
        rows.setSpacing(0)
        self._column.addLayout(rows)
        last_confronting = next((each.key for each in reversed(told.strategies) if each.key in told.confronting), "")
        for each in told.strategies:
            row = StrategyRow(each, told.sessions, self, name=f"{self._name('strategy')}_{each.key}")
            row.marked.connect(self._on_marked)
            rows.addWidget(row)
            if each.key == last_confronting and told.is_to_be_screened:
                self._add_caution(rows)

    def _add_caution(self, rows: QVBoxLayout) -> None:
        """Say what is to be asked or read before a confrontation is rehearsed."""
        line = CautionLine(self, name=self._name("caution"), link_name=self._name("screen"))
        line.show_caution(is_told=self._told.record.screened.is_told)
        line.asked.connect(self._on_record)
        rows.addWidget(line)

    # -- record and worksheets -------------------------------------------------------------------------------------

    def _add_foot(self) -> None:
        """Put the record, with how it begins, the worksheets and the link to another goal at the foot."""
        record = self._told.record
        words = record.words or (_("begun") if record.document_id else _("nothing written yet"))
        spoken = _("Record of {area}: {words}").format(area=self._told.label, words=words)
        opened = link(_("Record…"), self, name=self._name("record"), icon="notebook", spoken=spoken, is_flush=True)
        opened.clicked.connect(self._on_record)
        verbs: list[QWidget] = [self.goals.add]
        if self._told.worksheets:
            spoken = _("Begin a worksheet for {area}…").format(area=self._told.label)
            self._sheets = link(_("Worksheet…"), self, name=self._name("worksheets"), icon="plus", spoken=spoken, is_flush=True)
            self._sheets.clicked.connect(self._on_worksheets)
            verbs.insert(0, self._sheets)
        self._column.addWidget(AreaFoot(opened, words, verbs, self, name=self._name("record_begins")))

    def _on_worksheets(self) -> None:
        told = self._told
        spoken = _("Worksheets for {area}").format(area=told.label)
        self._menu = named(QMenu(self), self._name("worksheets_menu"), spoken)
        for key, title, is_confronting in told.worksheets:
            is_first_asked = is_confronting and told.is_to_be_screened
            words = _("{worksheet} (violence is asked about first)").format(worksheet=title) if is_first_asked else title
            action = self._menu.addAction(words)
            action.setObjectName(f"{self._name('worksheet')}_{key}")
            action.setData(key)
            action.triggered.connect(self._on_worksheet)
        self._menu.popup(self._sheets.mapToGlobal(QPoint(0, self._sheets.height())))

    def _on_worksheet(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.worksheet_asked.emit(self._area, str(action.data()))

    # -- what the protocol says of it ------------------------------------------------------------------------------

    def _add_reference(self) -> None:
        """Keep what the protocol says of the problem area at hand, out of sight until it is asked for."""
        known = self._told.known
        self._reference = QWidget(self)
        self._reference.setObjectName(self._name("reference"))
        column = QVBoxLayout(self._reference)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(2)
        usual = [f"· {_(each)}" for each in known.goals] if known is not None else []
        lines = [_(known.choose_when), *usual, _(known.caution)] if known is not None else []
        for words in (each for each in lines if each):
            column.addWidget(label(words, self._reference, kind="caption", tone="text_soft", wraps=True))
        self._help.setVisible(any(lines))
        self._reference.hide()
        self._column.addWidget(self._reference)

    def _on_help(self) -> None:
        self._reference.setVisible(self._help.isChecked())

    # -- what was asked --------------------------------------------------------------------------------------------

    def _on_edit(self) -> None:
        self.edit_asked.emit(self._area)

    def _on_remove(self) -> None:
        self.removed.emit(self._area)

    def _on_record(self) -> None:
        self.record_asked.emit(self._area)

    def _on_marked(self, strategy: str, number: int, is_marked: bool) -> None:
        self.marked.emit(self._area, strategy, number, is_marked)
