"""Which circle of a course is shown and which one it is compared with; whether an earlier one is being edited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from ipt_desktop.domain.circle_time import BEFORE, NOW, CourseTime, Stop, course_time
from ipt_desktop.domain.course_band import course_band
from ipt_desktop.domain.text import _

if TYPE_CHECKING:
    from ipt_desktop.domain.records import Sitting
    from ipt_desktop.services.desk import Desk

NOTHING = "nothing"
UNTIL = "until:"


class ShownTime:
    """Keys of `domain.circle_time`: ids and fixed words, nothing a client said. Earlier circles are read only unless edited."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.forget()

    def forget(self) -> None:
        """Go back to now, of no course."""
        self.key = NOW
        self.is_edited = False
        self.time = CourseTime(())
        self.phase_words: tuple[str, ...] = ()
        self._wish = ""

    def read(self, course_id: str, sittings: Sequence[Sitting]) -> None:
        """Lay out the course's occasions with these sittings; what is no longer there is shown no more. Raises RecordGone."""
        desk, today = self._desk, date.today()
        course, sessions = desk.courses.course(course_id), desk.sessions.sessions(course_id)
        wording = desk.courses.wording(course)
        band = course_band(course, desk.phases.changes(course_id), sessions, today, wording.present.after_keys)
        self.time = course_time(course, sessions, sittings, band, today)
        self.phase_words = tuple(wording.phase(key) for _place, key in self.time.phases)
        if self.time.stop(self.key) is None:
            self.show(NOW)

    # -- what is shown ---------------------------------------------------------------------------------------------

    @property
    def stop(self) -> Stop:
        """The occasion shown."""
        return self.time.stop(self.key) or Stop(key=NOW, is_now=True)

    @property
    def is_past(self) -> bool:
        """Whether what is shown is not the present circle."""
        return self.key != NOW

    @property
    def is_read_only(self) -> bool:
        """Whether what is shown is looked at and not changed."""
        return self.is_past and not self.is_edited

    def show(self, key: str) -> None:
        """Show another circle; nothing of it can be changed until `edit`."""
        if key != self.key:
            self.key, self.is_edited = key, False

    def edit(self, is_edited: bool) -> None:
        """Let every verb go into the earlier circle shown, or no longer."""
        self.is_edited = is_edited and self.is_past

    # -- what it is compared with ----------------------------------------------------------------------------------

    @property
    def compared(self) -> Stop | None:
        """The earlier circle compared with: the one chosen if it is earlier than the one shown, else the first."""
        earlier = self.time.earlier_than(self.key)
        if not earlier or self._wish == NOTHING:
            return None
        return next((each for each in earlier if each.key == self._wish), earlier[0])

    def compare(self, choice: str) -> None:
        """Compare with an earlier circle or with `NOTHING`; `UNTIL` a later one, which is then shown, this one before it."""
        if choice.startswith(UNTIL):
            self._wish = self.key
            self.show(choice.removeprefix(UNTIL))
        else:
            self._wish = choice

    def choices(self) -> list[tuple[str, str]]:
        """Return (words, choice) of all circles that the one shown can be compared with."""
        since = [(_("Since {when}").format(when=called(each)), each.key) for each in self.time.earlier_than(self.key)]
        until = []
        if self.stop.is_placed:
            later = self.time.later_than(self.key)
            until = [(_("Until {when}").format(when=called(each)), UNTIL + each.key) for each in later]
        return [*since, *until, (_("No comparison"), NOTHING)]

    @property
    def choice(self) -> str:
        """The one of `choices` in use."""
        return self.compared.key if self.compared else NOTHING


def called(stop: Stop) -> str:
    """Return how a circle is called in few words: "before", its name, else its session or day."""
    return _("before") if stop.key == BEFORE else stop.name or stop.title
