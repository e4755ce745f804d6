"""What comes before the answers: which measure, of which day, for which session."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QWidget

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.measure import Measure
from ipt_desktop.domain.text import _
from ui.phases.phase_editor import captioned
from ui.progress.entry_reading import EntryPlace, EntryReading
from ui.widgets.chips import FlowLayout
from ui.widgets.choice_field import ChoiceField
from ui.widgets.date_field import DateField

CHOICE_LETTERS = 34  # of a name there is always room for; a longer one is whole in its tooltip


class MeasureChoice(ChoiceField):
    """A measure, chosen from the list or by typing a part of its name. `picked` carries its key."""

    picked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, name="entry_measure", spoken=_("Measure: choose, or type a part of its name"))
        self.setEditable(True)
        self.setInsertPolicy(ChoiceField.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(CHOICE_LETTERS)
        completer = self.completer()
        if isinstance(completer, QCompleter):
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        line = self.lineEdit()
        if line is not None:
            line.returnPressed.connect(self._on_return)
            line.editingFinished.connect(self._on_left)
            line.setAccessibleName(self.accessibleName())
        self.activated.connect(self._on_activated)
        self._key = ""

    def offer(self, measures: tuple[tuple[str, str], ...]) -> None:
        """Offer measures by (key, words)."""
        self.blockSignals(True)
        self.clear()
        for key, words in measures:
            self.addItem(words, key)
        self.blockSignals(False)

    def show_key(self, key: str) -> None:
        """Show a measure without telling of it."""
        self._key = key
        self.setCurrentIndex(self.findData(key))
        line = self.lineEdit()
        if line is not None:
            line.setCursorPosition(0)  # its beginning tells it apart
        self.setToolTip(self.currentText())

    def _on_activated(self, place: int) -> None:
        key = self.itemData(place)
        if key and key != self._key:
            self._key = str(key)
            self.picked.emit(self._key)

    def _on_return(self) -> None:
        """Take the first that has what was typed in its name."""
        found = self.findText(self.currentText(), Qt.MatchFlag.MatchContains)
        if found >= 0:
            self.setCurrentIndex(found)
            self._on_activated(found)

    def _on_left(self) -> None:
        """Show again what is chosen, where what was typed is no measure."""
        place = self.findData(self._key)
        if place >= 0 and self.currentText() != self.itemText(place):
            self.setCurrentIndex(place)
            self.setEditText(self.itemText(place))


class EntryHead(QWidget):
    """`picked` carries the key of a measure; `changed`: another day, which may be another session's, or another person."""

    picked = Signal(str)
    changed = Signal()
    went_on = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        row = FlowLayout(self, gap=12)
        self.measure = MeasureChoice(self)
        self.measure.picked.connect(self.picked)
        self.day_field = DateField(self, name="entry_day", spoken=_("Filled in on"), latest=date.today())
        self.day_field.editingFinished.connect(self._on_day_left)
        self.day_field.returnPressed.connect(self.went_on)
        self.session = ChoiceField(self, name="entry_session", spoken=_("For which session"))
        self.session.setMinimumWidth(200)
        self.about = ChoiceField(self, name="entry_about", spoken=_("About whom"))
        self.about.setMinimumWidth(200)
        self.about.activated.connect(self.changed)
        row.addWidget(captioned(_("Measure"), self.measure, self))
        self._about_row = captioned(_("About whom"), self.about, self)
        row.addWidget(self._about_row)
        row.addWidget(captioned(_("Filled in on"), self.day_field, self))
        row.addWidget(captioned(_("For"), self.session, self))
        self._reading: EntryReading | None = None

    def show_reading(self, reading: EntryReading, measure: Measure, place: EntryPlace) -> None:
        """Offer what there is, and show what is meant."""
        self._reading = reading
        offered = {each.key: each for each in (*reading.measures, measure)}
        self.measure.offer(tuple((each.key, self._words(each)) for each in offered.values()))
        self.measure.show_key(measure.key)
        self.day_field.latest = date.today()
        self.day_field.show_day(place.on)
        self.session.clear()
        self.session.addItem(_("no session"), "")
        for key, words in reading.session_words():
            self.session.addItem(words, key)
        self.session.setCurrentIndex(max(self.session.findData(place.session_id or ""), 0))
        self._show_people(reading, measure, place.about_id)

    def follow(self, reading: EntryReading, measure: Measure) -> str:
        """Offer the sessions and people there are now; return what is to be said where the session meant is gone."""
        meant = self.session_id
        self.show_reading(reading, measure, EntryPlace(self.likely_day(), meant, self.about_id))
        if meant is None or self.session_id is not None:
            return ""
        return _("The session it was for is no more. What is typed stays, and is kept without a session.")

    def _show_people(self, reading: EntryReading, measure: Measure, about_id: str | None) -> None:
        """Offer the people of the client's life, where the measure is about one of them; nobody is meant beforehand."""
        self._about_row.setVisible(measure.is_per_person)
        self.about.clear()
        self.about.addItem(_("choose…") if reading.people else _("nobody is on the circle yet"), "")
        for each in reading.people if measure.is_per_person else ():
            self.about.addItem(each.name, each.id)
        self.about.setCurrentIndex(max(self.about.findData(about_id or ""), 0))

    def _words(self, measure: Measure) -> str:
        words = measure.name if measure.full_name == measure.name else f"{measure.name} – {measure.full_name}"
        is_due = self._reading is not None and measure.key in self._reading.due
        return _("{measure} · due").format(measure=words) if is_due else words

    def day(self) -> date:
        """Return the day. Raises Refused for one that can't be."""
        day = self.day_field.day()
        if day is None:
            raise Refused(reason=_("Say on which day it was filled in."))
        if day > date.today():
            raise Refused(reason=_("This day is still to come. A measure is dated by the day it was filled in."))
        return day

    def likely_day(self) -> date:
        """Return the day, today where what is typed can be none."""
        try:
            return self.day()
        except Refused:
            return date.today()

    @property
    def session_id(self) -> str | None:
        """The session it is for, or None."""
        return self.session.currentData() or None

    def asks_whom(self, measure: Measure) -> bool:
        """Take the keyboard where whom the measure is about is still to be said."""
        asks = measure.is_per_person and self.about_id is None and self.about.isEnabled()
        if asks:
            self.about.setFocus(Qt.FocusReason.TabFocusReason)
        return asks

    @property
    def about_id(self) -> str | None:
        """The person it is about, or None."""
        return self.about.currentData() or None

    @property
    def typed(self) -> tuple[str, str | None, str | None]:
        """What stands here: the day as it is typed, the session, the person."""
        return self.day_field.text(), self.session_id, self.about_id

    def hold(self, *, is_held: bool) -> None:
        """Let measure, session and person stay as they are: an earlier result is being changed."""
        for part in (self.measure, self.session, self.about):
            part.setEnabled(not is_held)

    def _on_day_left(self) -> None:
        """Let the session of another day be meant with it."""
        if self._reading is None:
            return
        try:
            held = self._reading.session_on(self.day())
        except Refused:
            held = None
        else:
            if self.session.isEnabled():
                self.session.setCurrentIndex(max(self.session.findData(held.id if held else ""), 0))
        self.changed.emit()

    def forget(self) -> None:
        """Let go of what was typed."""
        self._reading = None
        self.day_field.clear()
        self.session.clear()
        self.about.clear()
