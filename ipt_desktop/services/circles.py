"""The circle that remembers: people of a client's life, sittings of a course, and where each stood in each of them.

A circle at a sitting is the latest placement of each person up to it. A later course starts from where the one before it
ended, since the people are the client's.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from ipt_desktop.domain.carried_over import carried_over
from ipt_desktop.domain.circle_sectors import in_order
from ipt_desktop.domain.departure import Departure
from ipt_desktop.domain.errors import RecordGone, Refused
from ipt_desktop.domain.records import Course, Person, Placement, Sector, Session, Sitting, Tie
from ipt_desktop.domain.text import _
from ipt_desktop.services.course_circles import Circle, CourseCircles, place_of
from ipt_desktop.services.people import bring_back, changed_elsewhere, departure_of, let_go, named
from ipt_desktop.services.placing import Rows, put_row, take_row_back
from ipt_desktop.services.practice import OpenPractice, found
from ipt_desktop.services.ties import checked
from ipt_desktop.storage.store import Reading, Writing


class Circles:
    """What can be done with people, sittings, placements and ties."""

    def __init__(self, practice: OpenPractice) -> None:
        self._practice = practice
        self._let_go: dict[str, Departure] = {}  # person id → what went with them, for `restore_person`

    # -- what is there ---------------------------------------------------------------------------------------------

    def people(self, client_id: str) -> list[Person]:
        """Return the people of a client's life in the order they were named."""
        with self._practice.read() as reading:
            return reading.all(Person, "created_at", "id", client_id=client_id)

    def sittings(self, course_id: str) -> list[Sitting]:
        """Return the sittings in which anyone was placed, or that were named: "before this began" first, then by date."""
        return self.course_circles(course_id).sittings

    def circle(self, course_id: str, sitting_id: str | None = None) -> Circle:
        """Return the circle as it stood after a sitting of the course, or as it stands now."""
        return self.course_circles(course_id, sitting_id).circle(sitting_id)

    def course_circles(self, course_id: str, until: str | None = None) -> CourseCircles:
        """Return all circles of a course in one reading, or those up to a sitting. Raises RecordGone."""
        with self._practice.read() as reading:
            course = found(reading, Course, course_id)
            people = reading.all(Person, "created_at", "id", client_id=course.client_id)
            own = _in_order(reading.all(Sitting, course_id=course.id))
            own = own[: place_of(own, until) + 1]
            earlier = _of_earlier_courses(reading, course)
            return CourseCircles(people, earlier, own, _placements(reading, [*earlier, *own]))

    def placement(self, sitting_id: str, person_id: str) -> Placement | None:
        """Return a person's row of one sitting, or None where they were not placed in it."""
        with self._practice.read() as reading:
            return next(iter(reading.all(Placement, sitting_id=sitting_id, person_id=person_id)), None)

    def ties(self, client_id: str) -> list[Tie]:
        """Return what joins the people of a client's life."""
        with self._practice.read() as reading:
            return reading.all(Tie, "since", "id", client_id=client_id)

    # -- sittings --------------------------------------------------------------------------------------------------

    def sitting_now(self, course_id: str, at: datetime | None = None) -> Sitting:
        """Return the sitting that changes go into: that of today's running session, else today's; made if there is none."""
        moment = at or datetime.now()  # naive on purpose: a session's date and times are this computer's
        with self._practice.read() as reading:
            session = _running(reading.all(Session, course_id=course_id, date=moment.date()), moment)
        return self._sitting(Sitting(course_id=course_id, session_id=session.id if session else None, date=moment.date()))

    def sitting_before(self, course_id: str, on: date) -> Sitting:
        """Return the course's sitting "before this began"; made, as drawn on this date, if there is none."""
        return self._sitting(Sitting(course_id=course_id, date=on, is_before=True))

    def name_sitting(self, sitting_id: str, name: str) -> Sitting:
        """Name a circle ("baseline", "mid", "final"), or with "" take its name away.

        Raises Refused for the one before this began, which is called so already.
        """

        def work(writing: Writing) -> Sitting:
            sitting = found(writing, Sitting, sitting_id)
            if sitting.is_before:
                raise Refused(reason=_("This circle is called “before this began” already."))
            named = replace(sitting, name=" ".join(name.split()))
            writing.update(named)
            return named

        return self._practice.write("name_sitting", work, about=sitting_id)

    def _sitting(self, wanted: Sitting) -> Sitting:
        """Return the sitting of the same occasion; only where there is none is anything written."""
        with self._practice.read() as reading:
            known = _same_occasion(reading, wanted)
        if known is not None:
            return known
        return self._practice.write(
            "begin_sitting",
            lambda writing: _same_occasion(writing, wanted) or _made(writing, wanted),
            about=wanted.course_id,
        )

    # -- people ----------------------------------------------------------------------------------------------------

    def add_person(self, client_id: str, name: str, relation: str, *, relation_words: str = "") -> Person:
        """Add someone to the client's life. Raises Refused without a name."""
        person = named(Person(client_id=client_id, name=name, relation=relation, relation_words=relation_words))
        self._practice.write("add_person", lambda writing: writing.insert(person), about=person.id)
        return person

    def change_person(self, person: Person, seen: Person | None = None) -> Person:
        """Keep what was changed of a person. Raises Refused without a name.

        With `seen`, the record that was changed, only what differs from it is kept: what was changed elsewhere meanwhile stays.
        Raises Refused where that is the same thing, and RecordGone where the person is no more.
        """
        wanted = named(person)

        def work(writing: Writing) -> Person:
            stored = found(writing, Person, person.id)
            kept = wanted if seen is None else carried_over(stored, seen, wanted)
            if kept is None:
                raise changed_elsewhere(stored.name)
            writing.update(kept)
            return kept

        return self._practice.write("change_person", work, about=person.id)

    def departure(self, person_id: str) -> Departure:
        """Return what would go if a person were deleted. Raises RecordGone."""
        with self._practice.read() as reading:
            return departure_of(reading, person_id)

    def remove_person(self, person_id: str) -> Person:
        """Take someone out altogether. Raises Refused once anything is written of them; then take them off the circle."""

        def work(writing: Writing) -> Departure:
            going = departure_of(writing, person_id)
            if going.is_written_about:
                reason = _("Something is written about {name}. Remove them from the circle instead; nothing is lost then.")
                raise Refused(reason=reason.format(name=going.person.name))
            let_go(writing, going)
            return going

        return self._let_go_by("remove_person", work, person_id)

    def delete_person(self, person_id: str) -> Person:
        """Delete someone with all that is written about them; `restore_person` brings it back. Raises RecordGone."""

        def work(writing: Writing) -> Departure:
            going = departure_of(writing, person_id)
            let_go(writing, going)
            return going

        return self._let_go_by("delete_person", work, person_id)

    def _let_go_by(self, operation: str, work: Callable[[Writing], Departure], person_id: str) -> Person:
        going = self._practice.write(operation, work, about=person_id)
        self._let_go[person_id] = going
        return going.person

    def restore_person(self, person_id: str) -> Person:
        """Bring back someone deleted or taken out, with all that went with them. Raises RecordGone for anyone else."""
        going = self._let_go.get(person_id)
        if going is None:
            raise RecordGone(kind=_("person"))
        kept = self._practice.write("restore_person", partial(bring_back, going=going), about=person_id)
        del self._let_go[person_id]
        return kept

    def put_back(self, sitting_id: str, person_id: str, placement: Placement | None) -> Placement | None:
        """Make a person's row of a sitting this one, or none: what placing and taking off come to.

        Raises Refused for a wish about someone who has died: nobody can come nearer to be nearer to.
        """
        work = partial(put_row, sitting_id=sitting_id, person_id=person_id, placement=placement)
        return self._practice.write("place_person", work, about=person_id)

    def put_back_all(self, sitting_id: str, rows: Mapping[str, Placement | None]) -> None:
        """Make the rows of several people in a sitting these, or none, all at once. `rows` is by person id.

        Raises Refused as `put_back` does; then nobody has moved.
        """

        def work(writing: Writing) -> None:
            for person_id, placement in rows.items():
                put_row(writing, sitting_id, person_id, placement)

        self._practice.write("place_people", work, about=sitting_id)

    def take_back(self, sitting_id: str, seen: Rows, wanted: Rows) -> None:
        """Undo or redo what was done to rows of a sitting: from `seen` to `wanted`, by person id, None for no row.

        What was changed in these rows elsewhere meanwhile stays as it is. Raises Refused where that was the same thing, and
        RecordGone where a person or the sitting is no more; then nothing was changed.
        """

        def work(writing: Writing) -> None:
            for person_id, row in wanted.items():
                take_row_back(writing, sitting_id, person_id, (seen[person_id], row))

        operation, about = ("place_people", sitting_id) if len(wanted) > 1 else ("place_person", next(iter(wanted), ""))
        self._practice.write(operation, work, about=about)

    def turn(self, angles: Mapping[str, float]) -> None:
        """Turn placements to these angles, by placement id; closeness stays, and no sitting or placement is added."""

        def work(writing: Writing) -> None:
            for placement_id, angle in angles.items():
                writing.update(replace(found(writing, Placement, placement_id), angle=angle))

        self._practice.write("tidy_circle", work)

    # -- sectors ---------------------------------------------------------------------------------------------------

    def sectors(self, client_id: str) -> list[Sector]:
        """Return the parts that the client's circle has, clockwise from twelve o'clock."""
        with self._practice.read() as reading:
            return in_order(reading.all(Sector, client_id=client_id))

    def keep_sectors(self, client_id: str, sectors: Sequence[Sector], members: Mapping[str, str | None]) -> None:
        """Let the client's circle have these sectors and no others, and people (by id) belong to one of them, or to none.

        Who belonged to a sector that goes belongs to none. Raises Refused for a sector without a name.
        """
        if not all(each.name.strip() for each in sectors):
            raise Refused(reason=_("A sector needs a name."))

        def work(writing: Writing) -> None:
            wanted = {each.id for each in sectors}
            for known in writing.all(Sector, client_id=client_id):
                if known.id not in wanted:
                    writing.delete(Sector, known.id)
            for sector in sectors:
                writing.upsert(replace(sector, client_id=client_id, name=sector.name.strip()))
            for person_id, sector_id in members.items():
                writing.update(replace(found(writing, Person, person_id), sector_id=sector_id))

        self._practice.write("keep_sectors", work, about=client_id)

    # -- ties ------------------------------------------------------------------------------------------------------

    def add_tie(self, tie: Tie) -> Tie:
        """Join two people, or a person and the client. Raises what `ties.checked` raises."""
        self._practice.write("add_tie", lambda writing: writing.insert(checked(writing, tie)), about=tie.id)
        return tie

    def change_tie(self, tie: Tie, seen: Tie | None = None) -> Tie:
        """Keep a changed tie; with `seen`, the tie that was changed, only what differs from it.

        Raises RecordGone where it is no more, Refused where the same was changed elsewhere, and what `ties.checked` raises.
        """

        def work(writing: Writing) -> Tie:
            stored = found(writing, Tie, tie.id)
            kept = tie if seen is None else carried_over(stored, seen, tie)
            if kept is None:
                raise changed_elsewhere(_("This tie"))
            writing.update(checked(writing, kept))
            return kept

        return self._practice.write("change_tie", work, about=tie.id)

    def remove_tie(self, tie_id: str) -> Tie:
        """Take a tie out and return it, for `restore_tie`. Raises RecordGone where it is no more."""

        def work(writing: Writing) -> Tie:
            tie = found(writing, Tie, tie_id)
            writing.delete(Tie, tie_id)
            return tie

        return self._practice.write("remove_tie", work, about=tie_id)

    def restore_tie(self, tie: Tie) -> Tie:
        """Bring back a tie taken out, under its own id. Raises what `ties.checked` raises."""
        self._practice.write("restore_tie", lambda writing: writing.insert(checked(writing, tie)), about=tie.id)
        return tie


def _made(writing: Writing, sitting: Sitting) -> Sitting:
    writing.insert(sitting)
    return sitting


def _same_occasion(reading: Reading, wanted: Sitting) -> Sitting | None:
    """Return the course's sitting of the same session or day; there is one "before this began", whenever it was drawn."""
    when = {} if wanted.is_before else {"date": wanted.date, "session_id": wanted.session_id}
    known = reading.all(Sitting, "created_at", course_id=wanted.course_id, is_before=wanted.is_before, **when)
    return known[0] if known else None


def _in_order(sittings: Sequence[Sitting]) -> list[Sitting]:
    return sorted(sittings, key=lambda each: (not each.is_before, each.date, each.created_at, each.id))


def _of_earlier_courses(reading: Reading, course: Course) -> list[Sitting]:
    earlier = [each for each in reading.all(Course, "number", client_id=course.client_id) if each.number < course.number]
    return [sitting for each in earlier for sitting in _in_order(reading.all(Sitting, course_id=each.id))]


def _placements(reading: Reading, sittings: Sequence[Sitting]) -> list[Placement]:
    return reading.all(Placement, sitting_id=[each.id for each in sittings]) if sittings else []


def _running(sessions: Sequence[Session], moment: datetime) -> Session | None:
    """Return the session of the day that has begun last, else the day's first; None on a day without one."""
    by_start = sorted(sessions, key=lambda each: (each.starts_at is not None, each.starts_at or moment.time()))
    begun = [each for each in by_start if each.starts_at is None or each.starts_at <= moment.time()]
    return begun[-1] if begun else by_start[0] if by_start else None
