"""Entering a measure: digits alone, one key an item; what it comes to is shown as it is typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from ipt_desktop.domain.errors import PracticeError, RecordGone, Refused
from ipt_desktop.domain.measure import Measure
from ipt_desktop.domain.measure_entry import come_to_words
from ipt_desktop.domain.measure_records import Given, MeasureResult
from ipt_desktop.domain.text import _
from ipt_desktop.services.autosave import Keeping
from ipt_desktop.services.measures import Entry
from ui.progress.answer_rows import bring_into_sight
from ui.progress.correcting import offer_addendum
from ui.progress.entry_commands import BeginMeasure, ChangeMeasure, EnterMeasure, RemoveMeasure
from ui.progress.entry_foot import EntryFoot
from ui.progress.entry_head import EntryHead
from ui.progress.entry_reading import EntryPlace, EntryReading, one_of, read_entry
from ui.progress.entry_sheet import EntrySheet
from ui.verb import Verb
from ui.widgets.buttons import outlined
from ui.widgets.card import Card
from ui.widgets.labels import label

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk
    from ui.page import Frame


class EntryPanel(Card):
    """One measure of the client chosen, as it is typed. Esc keeps what is half typed, Cancel lets go of it.

    `left` once it closes. `turn_asked` carries (key of the measure, id of the session or "", id of the result to go on with or
    "", id of the person it is about or ""). `entered` carries what was kept. `draft_changed`: another one half typed is open.
    """

    left = Signal()
    turn_asked = Signal(str, str, str, str)
    entered = Signal(object)
    draft_changed = Signal()

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(parent, name="entry_panel", title=_("Enter a measure"))
        self._desk, self._frame = desk, frame
        self._reading: EntryReading | None = None
        self.measure: Measure | None = None
        self._changing: MeasureResult | None = None
        self.draft_id = ""
        self._shown: tuple[dict[str, float], str, str | None, str | None] = ({}, "", None, None)
        self._build()
        self.hide()

    def _build(self) -> None:
        self._turn = outlined(_("Turn to the client…"), self, name="entry_turn", icon="maximize-2")
        self._turn.clicked.connect(self._on_turn)
        self.head.addWidget(self._turn)
        self._head = EntryHead(self)
        self._head.picked.connect(self._on_picked)
        self._head.changed.connect(lambda: self._show_notices())
        self._head.went_on.connect(self._go_to_rows)
        self.body.addWidget(self._head)
        self._notice = label("", self, kind="label", tone="caution", name="entry_notice", wraps=True)
        self.body.addWidget(self._notice)
        self.sheet = EntrySheet(self)
        self.rows = self.sheet.rows
        self.foot = EntryFoot(self)
        self.sheet.changed.connect(self._on_changed)
        self.rows.came_to_end.connect(self.foot.go)
        self.rows.keep_asked.connect(self.on_keep)
        self.foot.kept.connect(self.on_keep)
        self.foot.cancelled.connect(self.cancel)
        self.foot.removed.connect(self._on_remove)
        self.body.addWidget(self.sheet)
        self.body.addWidget(self.foot)

    # -- opening ---------------------------------------------------------------------------------------------------

    def open(self, key: str = "", session_id: str = "", on: date | None = None) -> bool:
        """Begin a measure, else the first that is due, else the one given last. False where there is no client."""
        reading = self._read()
        if reading is None:
            return False
        measure = next((each for each in reading.measures if each.key == key), None) or reading.proposed
        if measure is None:
            return False
        if not self.isHidden() and self._changing is None and self.measure == measure and not session_id:
            self._go_to_rows()  # asked for again: what is typed stays
            return True
        self.keep_half()
        session = next((each for each in reading.sessions if each.id == session_id), None)
        day = on or (session.date if session else date.today())
        held = session or reading.session_on(day)
        self._begin(measure, {}, EntryPlace(day, held.id if held else None))
        return True

    def open_draft(self, result_id: str) -> bool:
        """Go on with a measure that was begun and not finished; False where it is no more."""
        reading, begun = self._read(), one_of(self._desk, result_id)
        if reading is None or begun is None:
            return False
        if result_id != self.draft_id:
            self.keep_half()
        self._begin(begun.measure, begun.result.answers, _place_of(begun.result), draft_id=result_id)
        return True

    def open_result(self, result_id: str) -> bool:
        """Change what was answered; False where the result is no more."""
        reading, kept = self._read(), one_of(self._desk, result_id)
        if reading is None or kept is None:
            return False
        self.keep_half()
        self._begin(kept.measure, kept.result.answers, _place_of(kept.result), changing=kept.result)
        return True

    def _read(self) -> EntryReading | None:
        client_id = self._frame.client_id
        if client_id is None:
            return None
        try:
            self._reading = read_entry(self._desk, client_id, self._frame.course_id)
        except RecordGone:
            return None
        return self._reading

    def _begin(
        self,
        measure: Measure,
        answers: Mapping[str, float],
        place: EntryPlace,
        *,
        draft_id: str = "",
        changing: MeasureResult | None = None,
    ) -> None:
        assert self._reading is not None  # noqa: S101 - read before
        self.measure, self.draft_id, self._changing = measure, draft_id, changing
        self._head.show_reading(self._reading, measure, place)
        self._head.hold(is_held=changing is not None)
        self.title.setText(_("Change the answers") if changing is not None else _("Enter a measure"))
        self._turn.setVisible(changing is None and measure.has_items)
        is_told = changing is not None and self._desk.measures.is_told_signed(changing.id)
        self.foot.begin(measure, is_change=changing is not None, is_told=is_told)
        self.sheet.begin(measure, answers)
        self._show_notices()
        self._shown = (self.sheet.readable(), *self._head.typed)
        self.draft_changed.emit()
        self._go_to_rows()

    def _go_to_rows(self) -> None:
        self.show()
        bring_into_sight(self, 0)
        if self.measure is None or not self._head.asks_whom(self.measure):
            self.rows.go_to_first()

    # -- what it says ----------------------------------------------------------------------------------------------

    def follow(self) -> None:
        """Offer the sessions and people there are now; where the session that was meant is gone, say so."""
        reading = self._read() if self.measure is not None else None
        if self.measure is not None and reading is not None:
            gone = self._head.follow(reading, self.measure)
            self._show_notices(gone)

    def _on_changed(self) -> None:
        """Say what it comes to now, or why it can't be."""
        measure = self.measure
        if measure is None:
            return
        self.foot.show_hint(is_shown=not self.sheet.is_of_scores)
        try:
            result = self.sheet.come_to()
        except Refused as refused:
            result = None
            self.foot.error.show_error(str(refused))
        else:
            self.foot.error.show_error("")
        self.foot.tell(measure, result)

    def _show_notices(self, first: str = "") -> None:
        measure, reading = self.measure, self._reading
        if measure is None or reading is None:
            return
        try:
            day = self._head.day()
        except Refused as refused:
            self.foot.error.show_error(str(refused), self._head.day_field)
            return
        self.foot.error.show_error("", self._head.day_field)
        said = reading.notices(measure, day, self._head.about_id) if self._changing is None else []
        self._notice.setText(" ".join([first, *said]).strip())
        self._notice.setVisible(bool(first or said))

    # -- choices ---------------------------------------------------------------------------------------------------

    def _on_picked(self, key: str) -> None:
        """Begin another measure, for the same day and session; what was typed of this one is kept."""
        reading = self._reading
        measure = next((each for each in reading.measures if each.key == key), None) if reading else None
        if measure is None:
            return
        place = EntryPlace(self._head.likely_day(), self._head.session_id)
        self.keep_half()
        self._read()
        self._begin(measure, {}, place)

    def _on_turn(self) -> None:
        if self.measure is None:
            return
        if self.measure.is_per_person and self._head.about_id is None:
            self.foot.error.show_error(_("The {measure} is about one person. Say whom.").format(measure=self.measure.name))
        elif self.keep_half():
            asked = (self.measure.key, self._head.session_id or "", self.draft_id, self._head.about_id or "")
            self._close()
            self.turn_asked.emit(*asked)

    # -- keeping ---------------------------------------------------------------------------------------------------

    def on_keep(self) -> None:
        """Keep it, or say what is wrong."""
        measure = self.measure
        if measure is None:
            return
        try:
            entry = self._entry(measure, self._head.day(), self.sheet.answers())
        except Refused as refused:
            self.foot.error.show_error(str(refused))
            return
        if self._changing is not None:
            self._keep_change(self._changing, entry.answers, entry.on)
            return
        verb = EnterMeasure(self._desk.measures, entry, self.draft_id, self.foot.error.show_error)
        if self._push(verb) and verb.result is not None:
            self._go_on_from(verb.result, measure)

    def _entry(self, measure: Measure, on: date, answers: Mapping[str, float]) -> Entry:
        assert self._reading is not None  # noqa: S101 - a measure is shown
        return Entry(
            client_id=self._reading.client.id,
            measure=measure,
            on=on,
            answers=answers,
            course_id=self._reading.course_id,
            session_id=self._head.session_id,
            given=Given.SCORES if self.sheet.is_of_scores else Given.PAPER,
            about_id=self._head.about_id,
        )

    def _keep_change(self, before: MeasureResult, answers: Mapping[str, float], on: date) -> None:
        verb = ChangeMeasure(
            self._desk.measures, before, answers, on, self.foot.reason.text().strip(), self.foot.error.show_error
        )
        if self._push(verb) and verb.after is not None:
            after, is_correction = verb.after, verb.is_correction
            self._close()
            self.entered.emit(after)
            if is_correction:
                offer_addendum(self._frame, before.session_id or "")

    def _go_on_from(self, result: MeasureResult, measure: Measure) -> None:
        """Close; or, where another measure is due for the session, go on with that."""
        session_id, on = result.session_id or "", result.on
        said = come_to_words(measure, self._desk.measures.one(result.id).scored)
        self._close()
        self.entered.emit(result)
        reading = self._read()
        if reading is not None and on == date.today():
            due = next((each for each in reading.due if each != measure.key), None)
            if due is not None and self.open(due, session_id, on):
                words = _("The {measure} is kept: {total}. This one is due too.")
                self._show_notices(words.format(measure=measure.name, total=said or _("no total")))
                return
        self.left.emit()

    def keep_half(self) -> bool:
        """Keep what is half typed, without counting it; False where that could not be."""
        if self.isHidden() or self.measure is None:
            return True
        answers = self.sheet.readable()
        now = (answers, *self._head.typed)
        if not answers or now == self._shown:
            return True
        if self._changing is not None:
            self._keep_half_change(self._changing, answers)
            return True
        if self.draft_id and one_of(self._desk, self.draft_id) is None:
            self.draft_id = ""
        try:
            self._keep_draft(self.measure, answers)
        except PracticeError as error:
            self.foot.error.show_error(str(error))
            return False
        self._shown = now
        return True

    def _keep_draft(self, measure: Measure, answers: Mapping[str, float]) -> None:
        entry = self._entry(measure, self._head.likely_day(), answers)
        if self.draft_id:
            self._desk.measures.keep_answers(self.draft_id, answers, entry)
            return
        verb = BeginMeasure(self._desk.measures, entry, self._refused)
        if self._push(verb) and verb.result is not None:
            self.draft_id = verb.result.id

    def _keep_half_change(self, before: MeasureResult, answers: Mapping[str, float]) -> None:
        """Keep a change that leaves out nothing that was answered; else say that the result is as it was."""
        if answers.keys() >= before.answers.keys():
            reason, on = self.foot.reason.text().strip(), self._head.likely_day()
            self._push(ChangeMeasure(self._desk.measures, before, answers, on, reason, self._refused))
        else:
            why = _("A change that leaves open what was answered is not kept half made.")
            self._frame.say(_("The result is as it was"), why, tone="caution")

    def _on_remove(self) -> None:
        if self._changing is not None and self.measure is not None:
            verb = RemoveMeasure(self._desk.measures, self._changing, self.measure.name, self.foot.error.show_error)
            if self._push(verb):
                self._close()
                self.left.emit()

    def _push(self, verb: Verb) -> bool:
        """Do a step that can be undone."""
        self._frame.undo_stack().push(verb)
        if verb.is_done:
            self._frame.show_save_state(Keeping.SAVED, datetime.now(UTC))
        return verb.is_done

    def _refused(self, reason: str) -> None:
        self._frame.say(_("Not done"), reason, tone="caution")

    # -- leaving ---------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc, and keep what is typed; keep with Ctrl+Enter."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        has_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.put_aside()
        elif is_enter and (has_ctrl or QApplication.focusWidget() is self.foot.reason):
            self.on_keep()
        else:
            super().keyPressEvent(event)

    def put_aside(self) -> None:
        """Close, with what is half typed kept."""
        if self.keep_half():
            self._close()
            self.left.emit()

    def cancel(self) -> None:
        """Close, and let go of what was typed."""
        begun = one_of(self._desk, self.draft_id) if self.draft_id else None
        if begun is not None:
            self._push(RemoveMeasure(self._desk.measures, begun.result, begun.measure.name, self._refused))
        self._close()
        self.left.emit()

    def _close(self) -> None:
        self.hide()
        self._let_go()

    def _let_go(self) -> None:
        self.measure = self._changing = None
        self.draft_id = ""
        self._shown = ({}, "", None, None)
        self.sheet.forget()
        self.foot.forget()
        self._head.forget()
        self._notice.setText("")
        self.draft_changed.emit()

    def forget(self) -> None:
        """Let go of every word: another client is chosen, or the practice is being locked."""
        self._close()
        self._reading = None


def _place_of(result: MeasureResult) -> EntryPlace:
    return EntryPlace(result.on, result.session_id, result.about_id)
