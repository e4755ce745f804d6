"""A problem area that is worked on: with whom, since when, the stage of a dispute, and its strategies to look at."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.protocol import Area, Stage
from ipt_desktop.domain.records import DisputeStage, ProblemArea, StageChange
from ipt_desktop.domain.text import _
from ui.forms.choices import one_of
from ui.phases.date_line import DateLine
from ui.phases.fold import Fold
from ui.phases.reading import CourseReading, day_words
from ui.widgets.buttons import icon_button
from ui.widgets.chips import chip_label
from ui.widgets.labels import Picture, label


def rank_word(rank: int) -> str:
    """Return what a rank is called."""
    return {1: _("primary"), 2: _("second")}.get(rank, _("further"))


def stage_of(area: Area | None, stages: list[StageChange]) -> Stage | None:
    """Return the protocol's stage that was judged last, or None."""
    if area is None or not stages:
        return None
    return next((each for each in area.stages if each.key == stages[0].stage), None)


class AreaView(QWidget):
    """One problem area. `stage_judged` carries (problem area, stage), `stage_dated` (stage change, date)."""

    edit_asked = Signal(object)
    removed = Signal(object)
    stage_judged = Signal(object, object)
    stage_dated = Signal(object, object)

    def __init__(self, reading: CourseReading, area: ProblemArea, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"area_{area.area}")
        self._area = area
        self._stages = reading.stages_of(area)
        known = reading.wording.known_area(area.area)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(5)
        self._add_head(reading, known)
        if area.about:
            self._column.addWidget(label(area.about, self, name=f"about_{area.area}", wraps=True))
        self._add_facts(reading)
        if known is not None:
            if known.stages:
                self._add_stage(reading, known)
            self._add_reference(known)

    def _add_head(self, reading: CourseReading, known: Area | None) -> None:
        word = reading.area_label(self._area.area)
        stage = stage_of(known, self._stages)
        said = _("{area} · {stage}").format(area=word, stage=_(stage.label)) if stage else word
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(chip_label(said, self, name=f"chip_{self._area.area}"))
        row.addStretch(1)
        key = self._area.area
        edit = icon_button("pencil", self, name=f"edit_{key}", spoken=_("Change {area}…").format(area=word))
        remove = icon_button("trash-2", self, name=f"remove_{key}", spoken=_("Remove {area}").format(area=word))
        edit.clicked.connect(self._on_edit)
        remove.clicked.connect(self._on_remove)
        row.addWidget(edit)
        row.addWidget(remove)
        self._column.addLayout(row)

    def _add_facts(self, reading: CourseReading) -> None:
        person = reading.person(self._area.person_id)
        agreed, ended = self._area.agreed_on, self._area.ended_on
        facts = [
            rank_word(self._area.rank),
            _("with {name}").format(name=person) if person else "",
            _("agreed {day}").format(day=day_words(agreed, reading.today)) if agreed else _("to be agreed"),
            _("until {day}").format(day=day_words(ended, reading.today)) if ended else "",
        ]
        words = " · ".join(each for each in facts if each)
        self._column.addWidget(
            label(words, self, kind="caption", tone="text_soft", name=f"facts_{self._area.area}", wraps=True)
        )

    def _add_stage(self, reading: CourseReading, known: Area) -> None:
        key = self._area.area
        options = [(each.key, _(each.label)) for each in known.stages]
        choice = one_of(options, self, name=f"stage_{key}", spoken=_("Stage of the dispute"))
        choice.choose(self._stages[0].stage if self._stages else None)
        choice.chosen.connect(self._on_stage_chosen)
        self._choice = choice
        self._column.addWidget(choice)
        stage = stage_of(known, self._stages)
        if stage is None:
            hint = " ".join(f"{_(each.label).capitalize()}: {_(each.sign)}" for each in known.stages)
        else:
            hint = f"{_(stage.sign)} {_(stage.aim)}"
        self._column.addWidget(label(hint, self, kind="caption", tone="text_soft", name=f"sign_{key}", wraps=True))
        if self._stages:
            self._add_stage_dates(reading, known)

    def _add_stage_dates(self, reading: CourseReading, known: Area) -> None:
        key, latest = self._area.area, self._stages[0]
        row = QHBoxLayout()
        since = DateLine(self, name=f"stage_date_{key}")
        words = _("since {day}").format(day=day_words(latest.on, reading.today))
        since.show_date(latest.on, words, _("Stage judged, {since}").format(since=words))
        since.date_chosen.connect(self._on_stage_dated)
        row.addWidget(since)
        labels = {each.key: _(each.label) for each in known.stages}
        earlier = [
            _("{stage} {day}").format(stage=labels.get(each.stage, each.stage), day=day_words(each.on, reading.today))
            for each in self._stages[1:]
        ]
        before = _("before: {stages}").format(stages=", ".join(earlier)) if earlier else ""
        row.addWidget(label(before, self, kind="caption", tone="text_soft", name=f"stage_history_{key}", wraps=True), 1)
        self._column.addLayout(row)

    def _add_reference(self, known: Area) -> None:
        fold = Fold(_("Strategies"), self, name=f"strategies_{known.key}")
        for words in (each.text for each in known.strategies):
            fold.add(label(_(words), fold, kind="body", wraps=True))
        fold.unfold()
        self._column.addWidget(fold)
        if known.caution:
            row = QHBoxLayout()
            row.setSpacing(6)
            row.addWidget(Picture("circle-alert", self, role="caution"), 0, Qt.AlignmentFlag.AlignTop)
            caution = label(_(known.caution), self, kind="caption", tone="caution", name=f"caution_{known.key}", wraps=True)
            row.addWidget(caution, 1)
            self._column.addLayout(row)

    def _on_edit(self) -> None:
        self.edit_asked.emit(self._area)

    def _on_remove(self) -> None:
        self.removed.emit(self._area)

    def _on_stage_chosen(self, key: object) -> None:
        """Judge the stage; pressing the one chosen again leaves it as it is: a judgement is taken back with Undo."""
        if key is None:
            self._choice.choose(self._stages[0].stage if self._stages else None)
        else:
            self.stage_judged.emit(self._area, DisputeStage(str(key)))

    def _on_stage_dated(self, day: date) -> None:
        self.stage_dated.emit(self._stages[0], day)
