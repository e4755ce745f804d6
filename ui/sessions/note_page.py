"""The note of a session: its head, the form it is written in, and under it whether it is kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ipt_desktop.domain.dates import day_words
from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.form import Form, Means, Section, is_blank
from ipt_desktop.domain.records import Document
from ipt_desktop.domain.text import _
from ipt_desktop.services.autosave import Keeping
from ipt_desktop.services.note_forms import note_forms
from ui import theme
from ui.forms.document_writer import DocumentWriter
from ui.forms.editor import Given
from ui.forms.form_view import LABEL_COLUMN, FormView
from ui.forms.writing.find_bar import FindBar
from ui.forms.writing.format_row import FormatRow
from ui.forms.writing.pen import Pen
from ui.page import Frame
from ui.sessions.bring_forward import BringForward
from ui.sessions.event_side import EventSide
from ui.sessions.goal_side import GoalSide
from ui.sessions.last_time import step_agreed
from ui.sessions.last_time_words import left_said
from ui.sessions.note_sight import SIDE, NotePlace, NoteSight, place_from
from ui.sessions.other_form import taken_form, without_place_words
from ui.sessions.session_head import SessionHead
from ui.sessions.session_words import Note
from ui.sessions.signature_side import NoteBody, SignatureSide
from ui.sessions.signed_sight import as_signed
from ui.widgets.buttons import icon_button, link
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import label
from ui.widgets.save_state import SaveState

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What a note may name: people (id, name), problem areas (key, words), those worked on, and what risk was last found.

    Also the goals of the course (id, words), how many sessions are left after this one (None where that isn't counted), and the
    between-session task to be asked about: of a signed note, as it was then.
    """

    people: Sequence[tuple[str, str]] = ()
    areas: Sequence[tuple[str, str]] = ()
    worked_on: Collection[str] = ()
    risk_found: str = ""
    step: str = ""
    goals: Sequence[tuple[str, str]] = ()
    sessions_left: int | None = None


class NotePage(QWidget):
    """One note at a time, kept saved by its `writer`.

    `note_saved` carries the document; `form_changed`: the note took another form; `refused` says why something was not done;
    `asked_for` (what, id) is where the form wants to go (`Editor.asked_for`); `history_asked`: the earlier versions;
    `print_asked`: the note on paper.
    """

    label_column = LABEL_COLUMN
    is_printed_here = True

    note_saved = Signal(object)
    form_changed = Signal()
    refused = Signal(str)
    asked_for = Signal(str, str)
    history_asked = Signal()
    print_asked = Signal()

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("note_page")
        self.setProperty("role", "paper")
        self._desk = desk
        self._found = NotePlace()  # where the note that is open was left last
        self._offered, self._before = Offered(), None  # type: Offered, Note | None
        self._is_in_room = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = SessionHead(self)
        self.bar = InlineBar(self, name="note_bar")
        column.addWidget(centred(self.head, self))
        column.addWidget(centred(self.bar, self))
        self.scroller = QScrollArea(self)
        self.pen = Pen(desk, frame, self, keeps=True)
        self.view = FormView(theme.current(), self.scroller, self.pen)
        self.signing = SignatureSide(desk, frame, self)
        ground = centred(self.signing.body, self.scroller)
        ground.setProperty("role", "paper")
        self.sight = NoteSight(self.view, ground, self.scroller)
        self.forward = BringForward(self)
        self.forward.chosen.connect(self._on_brought_forward)
        self.forward.left.connect(self.focus_note)
        column.addWidget(centred(self.forward, self))
        self.finding = FindBar(self.view, self)
        column.addWidget(centred(self.finding, self))
        column.addWidget(self.scroller, 1)
        column.addWidget(self.signing.panel)
        column.addWidget(self._make_foot())
        self.writer = DocumentWriter(desk, frame, self.view, self)
        self.events = EventSide(desk, frame, self.refused.emit, self)
        self.goals = GoalSide(desk, frame, self.refused.emit, self)
        self._connect()

    def _make_foot(self) -> QWidget:
        foot = QFrame(self)
        foot.setObjectName("note_foot")
        foot.setProperty("role", "foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(SIDE, 8, SIDE, 8)
        foot.setMinimumHeight(theme.current().size("control") + 17)  # also without a button
        self.save_state = SaveState(foot, name="note_save_state")
        self._promise = label(_("Kept as you type"), foot, kind="label", tone="text_soft", name="note_promise")
        row.addWidget(self.save_state)
        row.addWidget(self._promise)
        self.formats = FormatRow(foot)
        history = link(_("History"), foot, name="note_history_link", icon="history", spoken=_("History of this note"))
        history.setToolTip(_("Earlier versions of this note (Ctrl+Shift+H)"))
        history.clicked.connect(self.history_asked)
        self._print = icon_button("printer", foot, name="note_print", spoken=_("Print this note…"))
        self._print.clicked.connect(self.print_asked)
        self._print.setVisible(self.is_printed_here)
        self._history = history
        self.signing.put_between(self.formats, self._print, history)
        row.addWidget(self.signing.foot, 1)
        return foot

    def _connect(self) -> None:
        self.head.form_chosen.connect(self.take_form)
        self.finding.went_to.connect(self.sight.show_text)
        self.sight.prose_entered.connect(self.formats.follow)
        self.writer.state_changed.connect(self._on_state_changed)
        self.writer.saved.connect(self.note_saved)
        self.view.asked_for.connect(self.asked_for)

    # -- which note ------------------------------------------------------------------------------------------------

    def open(self, document: Document, offered: Offered, before: Note | None) -> bool:
        """Show a note, and what the one `before` it agreed; False where the present one could not be kept and stays."""
        if not self.writer.flush() or not self.signing.close():
            return False
        kept = self._keyboard_in(document)
        self._remember()
        self.bar.clear()
        self.finding.clear()
        self.forward.clear()
        self.view.use_theme(theme.current())
        signature = self._desk.signing.signature_of(document.id)
        if signature is not None:
            offered, before = as_signed(offered, signature), None
        self.events.belong_to(document, signature)
        self.goals.belong_to(document)
        says: dict[str, str] = {Means.SESSIONS_LEFT: left_said(offered.sessions_left)}
        given = Given(goals=offered.goals, says=says, events=self.events, rated=self.goals)
        named = {"people": offered.people, "areas": offered.areas, "worked_on": offered.worked_on}
        at = signature.at if signature else None
        if not self.writer.open(document, signed_at=at, given=given, **named, label_column=self.label_column):
            return False
        self.signing.body.setMaximumWidth(self.view.maximumWidth())
        self._offered, self._before = offered, before
        self._found = kept or place_from(self._desk.bookmarks.place(document.id))
        self.sight.begin()
        (self.take_up if kept else self.return_to)(self._found)
        self._show_form()
        self.head.offer_people(offered.people)
        self._show_earlier()
        self.formats.keep_room(signature is None)
        self.signing.show_note(signature)
        return True

    def _keyboard_in(self, document: Document) -> NotePlace | None:
        """Return where in this document the keyboard is, None where it is elsewhere: filled anew, it must not go astray."""
        shown, focused = self.writer.document, QApplication.focusWidget()
        is_here = focused is not None and self.view.isAncestorOf(focused)
        return self.place() if is_here and shown is not None and shown.id == document.id else None

    def show_room(self, is_on: bool) -> None:
        """Show the note as the client may see it, or not: nothing of last time, no risk, until a key brings it."""
        self.head.show_room(is_on)
        self._history.setVisible(not is_on)
        self._print.setVisible(self.is_printed_here and not is_on)
        if is_on != self._is_in_room:
            self._is_in_room = is_on
            self._show_earlier()
            self.signing.show_status()
            self._on_state_changed(self.writer.state)

    @property
    def is_in_room(self) -> bool:
        """Whether the note shown is that of the session that is running."""
        return self._is_in_room

    @property
    def origins(self) -> set[str]:
        """Who stores what is written on this page: the note, and an addendum below it."""
        return {self.writer.origin, *self.signing.origins}

    def open_again(self) -> None:
        """Show the note as it is stored now, at the place where the therapist is."""
        document = self.writer.document
        if document is not None:
            place = self.place()
            self.open(self._desk.documents.document(document.id), self._offered, self._before)
            self.return_to(place)

    def go_to_field(self, key: str) -> None:
        """Put the keyboard into a field, unfolding its section."""
        form = self.form
        section = (
            next((each for each in form.sections if any(asked.key == key for asked in each.fields)), None) if form else None
        )
        if section is not None and self._is_in_sight(section):
            self.view.set_folded(section.key, False)
            self.view.focus_key(key)
            self.sight.show_focused_soon()

    def _show_form(self) -> None:
        if (form := self.form) is not None:
            self.head.offer_forms(note_forms(self._desk.resources), form)

    def take_form(self, key: str) -> None:
        """Write the note in another form: its words come along, or it is said which have no place there."""
        new = next((each for each in self._desk.resources.forms if each.key == key), None)
        old, document = self.form, self.writer.document
        if new is None or old is None or document is None or new.key == old.key or not self.writer.flush():
            self._show_form()
            return
        document = self.writer.document or document
        self.writer.close()
        try:
            changed, without_place = taken_form(self._desk.documents, document, old, new)
        except PracticeError as error:
            self.refused.emit(str(error))
            self.open(document, self._offered, self._before)  # as it was: what is typed next must have somewhere to go
            return
        self.open(changed, self._offered, self._before)
        self.form_changed.emit()
        if without_place:
            self.bar.say(*without_place_words(without_place, old, new), tone="caution")

    @property
    def form(self) -> Form | None:
        """The form of the note that is open."""
        document = self.writer.document
        return self._desk.documents.form_of(document) if document else None

    def fold_later(self, is_folded: bool) -> None:
        """Fold what is asked after the session, unless something is written there and no client is there; or unfold all."""
        for section in self._later():
            has_words = any(not is_blank(self.writer.answers().get(each.key)) for each in section.fields)
            self.view.set_folded(section.key, is_folded and (self._is_in_room or not has_words))

    def unfold_all(self) -> None:
        """Unfold every section and go to the first one asked after the session."""
        self.fold_later(False)
        later = next((each for section in self._later() for each in section.fields), None)
        if later is not None:
            editor = self.view.editor(later.key)
            editor.setFocus()
            target = editor.focusProxy() or editor
            target.setFocus()
            self.sight.show_focused_soon()

    def _later(self) -> list[Section]:
        form = self.form
        in_sight = form.sections if form else ()
        return [each for each in in_sight if each.title and not each.is_in_room and self._is_in_sight(each)]

    def _is_in_sight(self, section: Section) -> bool:
        return self.view.findChild(QWidget, f"section_{section.key}") is not None

    def _show_earlier(self) -> None:
        """Say what was agreed last time and what risk was found, and underline last time's mood; in the room, how to see it."""
        is_shown, before = not self._is_in_room, self._before
        self.view.show_last_time(before.document.answers if before and is_shown else {})
        step = self._offered.step or (step_agreed(before) if before else "")
        words = _("Agreed last time: {step}").format(step=step) if is_shown else _("F4 shows the words agreed last time.")
        self.view.say(Means.LAST_STEP, words if step else "")
        found = self._offered.risk_found if is_shown else ""
        self.view.say(Means.RISK, _("Unchanged would mean: {found}.").format(found=found) if found else "")

    def focus_note(self) -> None:
        """Put the cursor where the telling is written."""
        form = self.form
        if form is None:
            return
        told = next((each for each in (Means.WHAT_HAPPENED, Means.NOTE) if form.field_that_means(each)), None)
        if told is not None:
            self.view.focus_field(told)
        else:
            self.view.focus_first()

    def bring_forward(self) -> None:
        """Offer parts of the note before this one for the empty parts of this."""
        if self.signing.signature is not None:
            self.bar.say(_("This note is signed"), _("What is to be added becomes an addendum."))
            return
        form, before = self.form, self._before
        session_id = before.document.session_id if before else None
        if form is None or not self.writer.flush():
            return
        day = self._desk.sessions.session(session_id).date if session_id else None
        people = dict(self._offered.people)
        if before is None or day is None or not self.forward.offer(form, self.view.answers(), before, day, people):
            self.bar.say(_("The last note has nothing for an empty part of this one."))

    def _on_brought_forward(self, answers: dict[str, Any], day: date) -> None:
        keys = self.view.bring_forward(answers, day)
        form = self.form
        labels = [_(asked.label) for key in keys if form and (asked := form.field(key))]
        words = _("Each says so until you edit it.")
        title = _("Brought forward from {day}: {parts}").format(day=day_words(day), parts=" · ".join(labels))
        self.bar.say(title, words, actions=(("bring_forward_undo", _("Undo"), partial(self._take_back, keys)),))
        self.focus_note()

    def _take_back(self, keys: list[str]) -> None:
        self.bar.clear()
        self.view.take_back(keys)

    def place(self) -> NotePlace:
        """Return where in the note the therapist is."""
        return self.sight.place()

    def return_to(self, place: NotePlace) -> None:
        """Go back to a place; it is scrolled there as soon as the fields have their heights."""
        self.sight.return_to(place)

    def take_up(self, place: NotePlace) -> None:
        """Go back to a place and give the keyboard to the field it was in last, if it was in one."""
        self.sight.take_up(place)

    def _remember(self) -> None:
        """Keep where in the note the therapist is, for the next time it is opened, after a crash too."""
        document = self.writer.document
        if document is not None and document.revision:
            place = self.place() if self.sight.field else replace(self._found, scrolled=self.sight.scrolled)
            self._desk.bookmarks.keep(document.id, asdict(place))

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember the place when another tab is shown."""
        super().hideEvent(event)
        self._remember()

    def forget(self) -> None:
        """Let go of every word."""
        self._remember()
        self._found = NotePlace()
        self.sight.field = ""
        self._offered, self._before = Offered(), None
        self.finding.clear()
        self.forward.clear()
        self._is_in_room = False
        self.writer.forget()
        self.events.forget()
        self.goals.forget()
        self.signing.forget()
        self.head.forget()
        self.bar.clear()
        self.save_state.show_state(Keeping.CLEAN)

    def _on_state_changed(self, state: str) -> None:
        document = self.writer.document
        at = document.saved_at if document and document.revision else None
        shown = Keeping.SAVED if state == Keeping.CLEAN and at else Keeping(state)
        if self.writer.signed_at is not None:
            shown, at = Keeping.SIGNED, self.writer.signed_at
        self.save_state.show_state(shown, at, self.writer.failure)
        self._promise.setText(_("Kept as you type") if shown is Keeping.CLEAN else _("· kept as you type"))
        self._promise.setVisible(shown is Keeping.CLEAN or (self._is_in_room and shown is Keeping.SAVED))
        if shown in (Keeping.CLEAN, Keeping.SAVED):
            self.signing.keep_up()


def centred(child: QWidget, parent: QWidget) -> QWidget:
    """Return a ground that keeps its child in the middle, as wide as it may be."""
    ground = QWidget(parent)
    row = QHBoxLayout(ground)
    row.setContentsMargins(SIDE, 0, SIDE, SIDE if isinstance(child, NoteBody) else 8)
    row.addStretch(1)
    row.addWidget(child, 1000)
    row.addStretch(1)
    return ground
