"""Going through the circles of a course: slider, bars, names, and what becomes of the change list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from ipt_desktop.domain.change_list import change_list
from ipt_desktop.domain.circle_picture import CircleMode, CircleView
from ipt_desktop.domain.circle_time import NOW, Stop
from ipt_desktop.domain.dates import day_words
from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.text import _
from ui.circle.shown import ShownCircle
from ui.circle.shown_time import called
from ui.circle.side_by_side import plain_view
from ui.circle.time_commands import NameSitting, PutInNote
from ui.motion import glide_ms
from ui.page import Frame
from ui.verb import Told, Verb

if TYPE_CHECKING:
    from ipt_desktop.domain.records import Session
    from ui.circle.columns import CircleColumns

_BAR_ROOM = 50.0
"""What the bar over an earlier circle takes of the picture's height, in its units."""


class LookingBack(QObject):
    """What of the Circle tab belongs to time. `refresh` reads and shows the whole tab, `push` puts a step on the undo stack."""

    def __init__(
        self,
        shown: ShownCircle,
        columns: CircleColumns,
        frame: Frame,
        push: Callable[[Verb], None],
        refused: Told,
        refresh: Callable[[], None],
    ) -> None:
        super().__init__(columns)
        self._shown, self._columns, self._frame = shown, columns, frame
        self._push, self._refused, self._refresh = push, refused, refresh
        self._named = ""
        self._note_wanted: Session | None = None
        self._put: PutInNote | None = None
        columns.slider.chosen.connect(self.show)
        columns.circles.one_asked.connect(columns.changes.show_one)
        columns.naming.named_as.connect(self._on_named)
        columns.naming.left.connect(self._on_naming_left)
        columns.toolbar.compared.connect(self._on_compared)
        columns.canvas.glided.connect(self._refresh)
        columns.changes.note_asked.connect(self.put_in_note)
        columns.changes.side_by_side.connect(self._refresh)

    # -- what is shown ---------------------------------------------------------------------------------------------

    @property
    def before_words(self) -> str:
        """How the circle compared with is called, "" without one."""
        compared = self._shown.time.compared
        return called(compared) if compared else ""

    def show(self, key: str) -> None:
        """Show another circle: people glide there, then everything follows."""
        shown, columns, time = self._shown, self._columns, self._shown.time
        if key == time.key or shown.course_id is None:
            return
        columns.panel.flush()
        columns.naming.clear()
        time.show(key)
        ms = glide_ms(self._frame.preferences)
        if not ms or columns.circles.are_both_shown or not columns.canvas.isVisible():
            self._refresh()
            return
        try:
            shown.standings = shown.standings_at(time.stop)
        except PracticeError:  # it went meanwhile; what is there now is read and shown
            self._refresh()
            return
        self._hold_still()
        self.show_parts()
        columns.canvas.glide_to(shown.standings, ms)

    def show_now(self) -> None:
        """Go back to the present circle."""
        self.show(NOW)

    def show_sitting(self, sitting_id: str) -> None:
        """Show the circle as it stood in a sitting, the present one where there is no such."""
        stops = self._shown.time.time.stops
        self.show(next((each.key for each in stops if each.sitting_id == sitting_id), NOW))

    def show_since_first(self) -> None:
        """Show the present circle against the first, with who moved."""
        self._columns.panel.flush()
        self._shown.time.show(NOW)
        self._shown.time.compare("")
        self._columns.toolbar.show_mode(CircleMode.CHANGE)
        self._refresh()

    def edit(self) -> None:
        """Let what is done from now on go into the earlier circle shown."""
        self._shown.time.edit(True)
        self._refresh()
        self._columns.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def stop_editing(self) -> None:
        """Only look at the earlier circle again."""
        self._columns.panel.flush()
        self._shown.time.edit(False)
        self._refresh()

    def _hold_still(self) -> None:
        """Let nothing be changed while people are on their way: table and panel still show the circle that is left."""
        self._columns.canvas.is_read_only = self._columns.table.people.is_read_only = True
        self._columns.panel.setEnabled(False)
        self._columns.add_field.setEnabled(False)

    def show_parts(self) -> None:
        """Show slider, comparisons and bar as the time now is."""
        time, columns = self._shown.time, self._columns
        compared = time.compared
        columns.slider.show_time(time.time, time.key, compared.key if compared else "", time.phase_words)
        columns.toolbar.show_comparisons(time.choices(), time.choice)
        self._say_when(time.stop)
        if self._put is not None and not self._put.is_there:  # undone: what the bar says is true no more
            self._put = None
            columns.changes.bar.clear()

    def _say_when(self, stop: Stop) -> None:
        time, bar = self._shown.time, self._columns.past
        back = ("circle_back", _("Back to today"), self.show_now)
        if not time.is_past:
            bar.clear()
        elif time.is_read_only:
            is_drawn = stop.is_placed or not stop.is_before
            title = _("{when}, read only.") if is_drawn else _("{when}: not drawn.")
            edit = ("circle_edit_date", _("Edit this date") if is_drawn else _("Draw it"), self.edit)
            bar.say(title.format(when=stop.spoken), "", tone="note", actions=(back, edit))
        else:
            words = _(
                "What you move, write or remove belongs to that date. It holds later, too, until someone was placed again."
            )
            only_look = ("circle_stop_editing", _("Only look again"), self.stop_editing)
            title = _("You are changing an earlier circle: {when}.").format(when=stop.spoken_inside)
            bar.say(title, words, tone="caution", actions=(only_look, back))

    def _on_compared(self, choice: str) -> None:
        self._columns.panel.flush()
        self._shown.time.compare(choice)
        self._refresh()

    # -- two circles -----------------------------------------------------------------------------------------------

    def show_changes(self, view: CircleView) -> bool:
        """Show the change list and, if wanted, both circles; whether there is one to show."""
        shown, columns = self._shown, self._columns
        compared = shown.time.compared
        if view.mode is not CircleMode.CHANGE or compared is None:
            self.show_circle(view)
            return False
        stood = {each.person.id: each.before for each in shown.standings if each.before}
        stand = {each.person.id: each.now for each in shown.standings if each.now}
        people = [each.person for each in shown.standings]
        title, told = since_words(compared, shown.time.stop)
        columns.changes.show_changes(title, told, change_list(people, stood, stand, shown.words))
        self.show_circle(view)
        return True

    def show_circle(self, view: CircleView) -> None:
        """Show the circle, beside the earlier one where that is wanted."""
        shown, circles = self._shown, self._columns.circles
        compared = shown.time.compared
        view = replace(view, key_below=_BAR_ROOM if shown.is_read_only else 0.0)
        is_both = view.mode is CircleMode.CHANGE and compared is not None and self._columns.changes.is_side_by_side
        self._columns.give_room(is_both=is_both)
        if is_both and compared is not None:
            circles.show_earlier(shown.standings_before, view, compared.spoken, shown.time.stop.spoken)
            circles.canvas.show_circle(shown.standings, (), replace(plain_view(view), mode=view.mode))
        else:
            circles.show_one()
            circles.canvas.show_circle(shown.standings, shown.ties, view)
        self._columns.past.settle()  # where it covers nobody of whom stands there now

    # -- names -----------------------------------------------------------------------------------------------------

    def ask_for_name(self) -> None:
        """Ask how the circle shown is to be called."""
        if self._shown.course_id is None:
            return
        stop = self._shown.time.stop
        if stop.is_before:
            self._refused(_("This circle is called “before this began” already."))
        else:
            self._named = stop.key
            self._columns.naming.ask(stop.title, stop.name)

    def _on_named(self, name: str) -> None:
        shown, stop = self._shown, self._shown.time.time.stop(self._named)
        if shown.course_id is None or stop is None or name.strip() == stop.name:
            return
        circles = shown.desk.circles
        try:
            sitting_id = stop.sitting_id or circles.sitting_now(shown.course_id).id
        except PracticeError as error:
            self._refused(str(error))
            return
        self._push(NameSitting(circles, sitting_id, stop.name, name.strip(), self._refused))

    def _on_naming_left(self) -> None:
        self._columns.slider.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- the note --------------------------------------------------------------------------------------------------

    def put_in_note(self) -> None:
        """Put the change list below what is written in the note of today's session, else of the latest one."""
        from ipt_desktop.services.note_lines import note_of, session_to_note

        shown, bar = self._shown, self._columns.changes.bar
        if shown.course_id is None or shown.client_id is None:
            return
        try:
            session = session_to_note(shown.desk.sessions.sessions(shown.course_id), datetime.now())
            if session is None:
                bar.say(_("There is no session yet"), _("Start one, or copy the text."), tone="caution")
                return
            self._note_wanted = session
            self._keep_note()  # what is typed there begins the note
            note = note_of(shown.desk.documents, shown.client_id, session)
        except PracticeError as error:
            bar.say(_("Not put in the note"), str(error), tone="caution")
            return
        if note.revision:
            self.put_now()
            return
        begin = ("change_begin_note", _("Begin it with this list"), self.put_now)
        title = _("The session of {day} has no note yet").format(day=day_words(session.date))
        bar.say(title, actions=(begin,), tone="note")

    def put_now(self) -> None:
        """Put it there, whether or not the note is begun."""
        shown, bar, session = self._shown, self._columns.changes.bar, self._note_wanted
        self._note_wanted = None
        bar.clear()
        if session is None or shown.client_id is None:
            return
        step = PutInNote(
            shown.desk.documents, shown.client_id, session, self._columns.changes.text, self._keep_note, self._not_put
        )
        self._push(step)
        if step.is_done:
            self._put = step
            go = ("change_show_note", _("Show the sessions"), self._on_note_shown)
            bar.say(_("Put in the note of {day}").format(day=day_words(session.date)), actions=(go,))

    def _keep_note(self) -> bool:
        """Keep what is typed in the note first: the list comes below it."""
        page = self._frame.page("sessions")
        return page is None or page.flush()

    def _not_put(self, reason: str) -> None:
        self._columns.changes.bar.say(_("Not put in the note"), reason, tone="caution")

    def _on_note_shown(self) -> None:
        self._frame.show_tab("sessions")

    def forget(self) -> None:
        """Let go of every word; what is shown next is the present circle."""
        self._named, self._note_wanted, self._put = "", None, None
        columns = self._columns
        columns.naming.clear()
        columns.past.clear()
        columns.changes.forget()
        columns.circles.show_one()


def since_words(before: Stop, now: Stop) -> tuple[str, str]:
    """Return the title of a change list and from when to when it tells: "as told on 13 October · to 24 November"."""
    title = _("Since {when}").format(when=before.title if before.is_before or not before.name else before.name)
    begin = _("as told on {day}") if before.is_before else _("from {day}")
    days = [begin.format(day=day_words(before.day))] if before.day else []
    days += [_("to {day}").format(day=day_words(now.day))] if now.day else []
    return title, " · ".join(days)
