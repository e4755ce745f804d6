"""The stage of a role dispute: judged by the therapist, what it is known by, and every judgement so far."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ipt_desktop.domain.records import DisputeStage, StageChange
from ipt_desktop.domain.text import _
from ui.forms.choices import one_of
from ui.phases.area_reading import AreaReading
from ui.phases.date_line import DateLine
from ui.phases.fold import Fold
from ui.phases.reading import day_words
from ui.widgets.buttons import icon_button
from ui.widgets.labels import label


class StageFold(Fold):
    """Folded once the stage is judged. `stage_judged` carries (problem area, stage), `stage_dated` (stage change, date)."""

    stage_judged = Signal(object, object)
    stage_dated = Signal(object, object)
    taken_back = Signal(object)

    def __init__(self, told: AreaReading, parent: QWidget, *, name: str) -> None:
        super().__init__(_stage_words(told), parent, name=f"{name}_part")
        self._told, self._name = told, name
        self._add_choice()
        self._add_hint()
        for change in told.stages:
            self._add_change(change)
        if not told.stages:
            self.unfold()

    def _add_choice(self) -> None:
        known = self._told.known
        options = [(each.key, _(each.label)) for each in known.stages] if known is not None else []
        self._choice = one_of(options, self, name=self._name, spoken=_("Stage of the dispute"))
        self._show_judged()
        self._choice.chosen.connect(self._on_chosen)
        self.add(self._choice)

    def _show_judged(self) -> None:
        self._choice.choose(self._told.stages[0].stage if self._told.stages else None)

    def _add_hint(self) -> None:
        stage, known = self._told.stage, self._told.known
        if stage is not None:
            words = f"{_(stage.sign)} {_(stage.aim)}"
        else:
            stages = known.stages if known is not None else ()
            words = " ".join(f"{_(each.label).capitalize()}: {_(each.sign)}" for each in stages)
        hint = f"sign{self._name.removeprefix('stage')}"
        self.add(label(words, self, kind="caption", tone="text_soft", name=hint, wraps=True))

    def _add_change(self, change: StageChange) -> None:
        """Add a judgement: its day, which can be changed, its stage, and the way to take it back."""
        told = self._told
        is_latest = change is told.stages[0]
        stage = told.stage_named(change.stage)
        word = _(stage.label) if stage is not None else str(change.stage)
        day = day_words(change.on, told.today)
        line = QWidget(self)
        line.setObjectName(f"stage_change_{change.id}")
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(label(word, line, kind="label", name=f"stage_word_{change.id}"))
        since = DateLine(line, name=self._name.replace("stage", "stage_date", 1) if is_latest else f"stage_date_{change.id}")
        words = _("since {day}").format(day=day) if is_latest else _("from {day}").format(day=day)
        since.show_date(change.on, words, _("{stage}, judged {since}").format(stage=word, since=words))
        since.setProperty("change", change)
        since.date_chosen.connect(self._on_dated)
        row.addWidget(since, 1)
        spoken = _("Take back: {stage} from {day}").format(stage=word, day=day)
        back = icon_button("rotate-ccw", line, name=f"stage_take_back_{change.id}", spoken=spoken)
        back.setProperty("change", change)
        back.clicked.connect(self._on_take_back)
        row.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        self.add(line)

    def _on_chosen(self, key: object) -> None:
        """Judge the stage; pressing the one chosen again leaves it as it is: a judgement is taken back below."""
        if key is None:
            self._show_judged()
        else:
            self.stage_judged.emit(self._told.area, DisputeStage(str(key)))

    def _on_dated(self, day: date) -> None:
        self.stage_dated.emit(self.sender().property("change"), day)

    def _on_take_back(self) -> None:
        self.taken_back.emit(self.sender().property("change"))


def _stage_words(told: AreaReading) -> str:
    """Return the title: "Stage: impasse, since 9 November", or that it is not judged."""
    if not told.stages:
        return _("Stage not judged so far")
    latest, stage = told.stages[0], told.stage
    word = _(stage.label) if stage is not None else str(latest.stage)
    return _("Stage: {stage}, since {day}").format(stage=word, day=day_words(latest.on, told.today))
