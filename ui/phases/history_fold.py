"""How the course came here: the phases set and what was agreed otherwise, line by line; and what another protocol left."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ipt_desktop.domain.protocol_fit import SORT_WORDS, Misfit
from ipt_desktop.domain.records import PhaseChange
from ipt_desktop.domain.terms import Terms, change_words, history
from ipt_desktop.domain.text import _, ngettext
from ipt_desktop.domain.treatment_records import TermsChange
from ui.phases.reading import CourseReading, day_words
from ui.phases.wrapping_fold import WrappingFold
from ui.widgets.buttons import icon_button
from ui.widgets.labels import label


def phase_words(reading: CourseReading, change: PhaseChange) -> str:
    """Return "3 November: Middle, review on 1 December. Focus agreed"."""
    said = reading.phase_label(change.phase)
    if change.review_on is not None:
        said = _("{phase}, review on {day}").format(phase=said, day=day_words(change.review_on, reading.today))
    return _line(_("{day}: {what}").format(day=day_words(change.on, reading.today), what=said), change.reason)


def terms_words(reading: CourseReading, change: TermsChange, after: Terms) -> str:
    """Return "3 November: 16 instead of 12 sessions. Slow start"."""

    def named(hash_: str) -> str:
        return reading.protocol_names.get(hash_) or _("another protocol")

    said = change_words(change, after, named, reading.phase_label)
    return _line(_("{day}: {what}").format(day=day_words(change.on, reading.today), what=said), change.reason)


def misfit_words(reading: CourseReading, misfit: Misfit) -> str:
    """Return "Task: Sick role given, 20 October"."""
    said = _("{sort}: {what}").format(sort=_(SORT_WORDS[misfit.sort]), what=misfit.words)
    return ", ".join([said, *(day_words(day, reading.today) for day in misfit.days)])


def _line(words: str, reason: str) -> str:
    return _("{what}. {reason}").format(what=words, reason=reason) if reason else words


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """What happened, in words, with its record; `back` says what taking it back is called, "" where it can't be."""

    record: PhaseChange | TermsChange
    words: str
    back: str = ""


def history_lines(reading: CourseReading) -> list[HistoryLine]:
    """Return the phases set and the changes of what was agreed, the latest first. Of the latter only the last can go back."""
    lines = []
    for change in reading.changes:
        day, phase = day_words(change.on, reading.today), reading.phase_label(change.phase)
        back = _("Take back: {phase} on {day}").format(phase=phase, day=day)
        lines.append(HistoryLine(change, phase_words(reading, change), back))
    for place, (terms, after) in enumerate(history(reading.course, reading.terms)):
        words = terms_words(reading, terms, after)
        back = _("Take back: {change}").format(change=words) if place == 0 and reading.course.ended_on is None else ""
        lines.append(HistoryLine(terms, words, back))
    return sorted(lines, key=lambda each: (each.record.on, each.record.created_at), reverse=True)


def history_title(reading: CourseReading) -> str:
    """Return how many changes there were, of the phase and of what was agreed; "" where nothing was changed."""
    count, terms = len(reading.changes) + len(reading.terms), len(reading.terms)
    if not count:
        return ""
    words = ngettext("{count} change so far", "{count} changes so far", count)
    if not terms:
        words = ngettext("{count} change of phase", "{count} changes of phase", count)
    return words.format(count=count)


class HistoryFold(WrappingFold):
    """Phases and terms together. `change_taken_back` carries a `PhaseChange`, `terms_taken_back` a `TermsChange`."""

    change_taken_back = Signal(object)
    terms_taken_back = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Earlier phases"), parent, name="phase_history")

    def show_course(self, reading: CourseReading) -> None:
        """Show the history of a course; the fold is not there where there is none."""
        self.clear()
        title = history_title(reading)
        self.setVisible(bool(title))
        if title:
            self.set_words(title)
        for line in history_lines(reading):
            self._add(line)

    def _add(self, told: HistoryLine) -> None:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(told.words, line, kind="label", name=f"change_{told.record.id}", wraps=True), 1)
        if told.back:
            back = icon_button("rotate-ccw", line, name=f"take_back_{told.record.id}", spoken=told.back)
            back.setProperty("record", told.record)
            back.clicked.connect(self._on_back)
            row.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        self.add(line)

    def _on_back(self) -> None:
        record = self.sender().property("record")
        asked = self.change_taken_back if isinstance(record, PhaseChange) else self.terms_taken_back
        asked.emit(record)


class MisfitsFold(WrappingFold):
    """What was recorded under another protocol and has no place in the present one: to be read, never to be deleted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Recorded under another protocol"), parent, name="misfits")

    def show_course(self, reading: CourseReading) -> None:
        """Show it, where there is any."""
        self.clear()
        self.set_words(_("Recorded under another protocol · {count}").format(count=len(reading.misfits)))
        self.setVisible(bool(reading.misfits))
        for place, misfit in enumerate(reading.misfits):
            self.add(label(misfit_words(reading, misfit), self, kind="label", name=f"misfit_{place}", wraps=True))
