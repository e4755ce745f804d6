"""Entering a measure: digits alone, one key an item; what it comes to is shown as it is typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from ipt_desktop.domain.errors import RecordGone, Refused
from ipt_desktop.domain.measure import Measure
from ipt_desktop.domain.measure_entry import come_to_words
from ipt_desktop.domain.measure_records import Given, MeasureResult
from ipt_desktop.domain.measure_scoring import score
from ipt_desktop.domain.text import _
from ipt_desktop.services.autosave import Keeping
from ipt_desktop.services.measures import Entry
from ui.progress.answer_rows import bring_into_sight
from ui.progress.correcting import offer_addendum
from ui.progress.entry_commands import BeginMeasure, ChangeMeasure, EnterMeasure, RemoveMeasure
from ui.progress.entry_foot import EntryFoot
from ui.progress.entry_head import EntryHead
from ui.progress.entry_reading import EntryReading, one_of, read_entry
from ui.progress.entry_sheet import EntrySheet
from ui.progress.unfinished_bar import UnfinishedBar
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
    ""). `entered` carries what was kept.
    """

    left = Signal()
    turn_asked = Signal(str, str, str)
    entered = Signal(object)

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(parent, name="entry_panel", title=_("Enter a measure"))
        self._desk, self._frame = desk, frame
        self._reading: EntryReading | None = None
        self.measure: Measure | None = None
        self._changing: MeasureResult | None = None
        self._draft_id = ""
        self._shown: tuple[dict[str, float], str, str | None] = ({}, "", None)
        self._build()
        self.hide()

    def _build(self) -> None:
        self._turn = outlined(_("Turn to the client…"), self, name="entry_turn", icon="maximize-2")
        self._turn.clicked.connect(self._on_turn)
        self.head.addWidget(self._turn)
        self.unfinished = UnfinishedBar(self)
        self.unfinished.go_on.connect(self._on_go_on)
        self.unfinished.enter_rest.connect(self.open_draft)
        self.unfinished.let_go.connect(self._on_let_go)
        self.body.addWidget(self.unfinished)
        self._head = EntryHead(self)
        self._head.picked.connect(self._on_picked)
        self._head.day_changed.connect(self._show_notices)
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
        self._begin(measure, {}, day, held.id if held else None)
        return True

    def open_draft(self, result_id: str) -> bool:
        """Go on with a measure that was begun and not finished; False where it is no more."""
        reading, begun = self._read(), one_of(self._desk, result_id)
        if reading is None or begun is None:
            return False
        if result_id != self._draft_id:
            self.keep_half()
        result = begun.result
        self._begin(begun.measure, result.answers, result.on, result.session_id, draft_id=result_id)
        return True

    def open_result(self, result_id: str) -> bool:
        """Change what was answered; False where the result is no more."""
        reading, kept = self._read(), one_of(self._desk, result_id)
        if reading is None or kept is None:
            return False
        self.keep_half()
        self._begin(kept.measure, kept.result.answers, kept.result.on, kept.result.session_id, changing=kept.result)
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
        on: date,
        session_id: str | None,
        *,
        draft_id: str = "",
        changing: MeasureResult | None = None,
    ) -> None:
        assert self._reading is not None  # noqa: S101 - read before
        self.measure, self._draft_id, self._changing = measure, draft_id, changing
        self._head.show_reading(self._reading, measure, on, session_id)
        self._head.hold(is_held=changing is not None)
        self.title.setText(_("Change the answers") if changing is not None else _("Enter a measure"))
        self._turn.setVisible(changing is None and measure.has_items)
        is_told = changing is not None and self._desk.measures.is_told_signed(changing.id)
        self.foot.begin(measure, is_change=changing is not None, is_told=is_told)
        self.sheet.begin(measure, answers)
        self._show_notices()
        self._shown = (self.rows.readable(), self._head.day_field.text(), self._head.session_id)
        others = [each for each in self._reading.unfinished if each.id != draft_id]
        self.unfinished.show_begun(others, {each.key: each for each in self._reading.measures})
        self._go_to_rows()

    def _go_to_rows(self) -> None:
        self.show()
        bring_into_sight(self, 0)
        self.rows.go_to_first()

    # -- what it says ----------------------------------------------------------------------------------------------

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

    def _show_notices(self) -> None:
        measure, reading = self.measure, self._reading
        if measure is None or reading is None:
            return
        try:
            day = self._head.day()
        except Refused as refused:
            self.foot.error.show_error(str(refused), self._head.day_field)
            return
        self.foot.error.show_error("", self._head.day_field)
        said = reading.notices(measure, day) if self._changing is None else []
        self._notice.setText(" ".join(said))
        self._notice.setVisible(bool(said))

    # -- choices ---------------------------------------------------------------------------------------------------

    def _on_picked(self, key: str) -> None:
        """Begin another measure, for the same day and session; what was typed of this one is kept."""
        reading = self._reading
        measure = next((each for each in reading.measures if each.key == key), None) if reading else None
        if measure is None:
            return
        try:
            day = self._head.day()
        except Refused:
            day = date.today()
        session_id = self._head.session_id
        self.keep_half()
        self._read()
        self._begin(measure, {}, day, session_id)

    def _on_turn(self) -> None:
        if self.measure is not None and self.keep_half():
            key, session_id, draft_id = self.measure.key, self._head.session_id or "", self._draft_id
            self._close()
            self.turn_asked.emit(key, session_id, draft_id)

    def _on_go_on(self, result_id: str) -> None:
        begun = one_of(self._desk, result_id)
        if begun is not None:
            self.keep_half()
            self._close()
            self.turn_asked.emit(begun.measure.key, begun.result.session_id or "", result_id)

    def _on_let_go(self, result_id: str) -> None:
        begun = one_of(self._desk, result_id)
        if begun is not None:
            self._push(RemoveMeasure(self._desk.measures, begun.result, begun.measure.name, self._refused))
        reading = self._read()
        if reading is not None:
            others = [each for each in reading.unfinished if each.id != self._draft_id]
            self.unfinished.show_begun(others, {each.key: each for each in reading.measures})

    # -- keeping ---------------------------------------------------------------------------------------------------

    def on_keep(self) -> None:
        """Keep it, or say what is wrong."""
        measure = self.measure
        if measure is None:
            return
        try:
            entry = self._entry(measure)
        except Refused as refused:
            self.foot.error.show_error(str(refused))
            return
        if self._changing is not None:
            self._keep_change(self._changing, entry.answers, entry.on)
            return
        verb = EnterMeasure(self._desk.measures, entry, self._draft_id, self.foot.error.show_error)
        if self._push(verb) and verb.result is not None:
            self._go_on_from(verb.result, measure)

    def _entry(self, measure: Measure) -> Entry:
        assert self._reading is not None  # noqa: S101 - a measure is shown
        return Entry(
            client_id=self._reading.client.id,
            measure=measure,
            on=self._head.day(),
            answers=self.sheet.answers(),
            course_id=self._reading.course_id,
            session_id=self._head.session_id,
            given=Given.SCORES if self.sheet.is_of_scores else Given.PAPER,
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
                self._notice.setText(
                    " ".join([words.format(measure=measure.name, total=said or _("no total")), self._notice.text()])
                )
                self._notice.show()
                return
        self.left.emit()

    def keep_half(self) -> bool:
        """Keep what is half typed, without counting it; False where that could not be."""
        if self.isHidden() or self.measure is None or self._changing is not None:
            return True
        answers = self.rows.readable()
        now = (answers, self._head.day_field.text(), self._head.session_id)
        if not answers or now == self._shown:
            return True
        if self._draft_id and one_of(self._desk, self._draft_id) is None:
            self._draft_id = ""
        try:
            self._keep_draft(self.measure, answers)
        except Refused as refused:
            self.foot.error.show_error(str(refused))
            return False
        self._shown = now
        return True

    def _keep_draft(self, measure: Measure, answers: Mapping[str, float]) -> None:
        if self._draft_id:
            self._desk.measures.keep_answers(self._draft_id, answers)
            return
        score(measure, {key: int(each) if float(each).is_integer() else each for key, each in answers.items()})
        entry = replace(self._entry(measure), answers=answers)
        verb = BeginMeasure(self._desk.measures, entry, self._refused)
        if self._push(verb) and verb.result is not None:
            self._draft_id = verb.result.id

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
        begun = one_of(self._desk, self._draft_id) if self._draft_id else None
        if begun is not None:
            self._push(RemoveMeasure(self._desk.measures, begun.result, begun.measure.name, self._refused))
        self._close()
        self.left.emit()

    def _close(self) -> None:
        self.hide()
        self._let_go()

    def _let_go(self) -> None:
        self.measure = self._changing = None
        self._draft_id = ""
        self._shown = ({}, "", None)
        self.sheet.forget()
        self.foot.forget()
        self._head.forget()
        self._notice.setText("")

    def forget(self) -> None:
        """Let go of every word: another client is chosen, or the practice is being locked."""
        self._close()
        self._reading = None
        self.unfinished.forget()
