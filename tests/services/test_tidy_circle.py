"""Tidying a stored circle: nobody comes closer or goes further by it, and nothing is added to what the practice remembers."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ipt_desktop.domain.circle_style import circle_style
from ipt_desktop.domain.closeness import OUTSIDE, Geometry
from ipt_desktop.domain.records import Client, Course, Person, Placement, Sitting
from ipt_desktop.domain.standing import standings
from ipt_desktop.domain.tidy import tidied
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import create_with_key

TOKENS = tomllib.loads((Path(__file__).parents[2] / "resources/themes/tokens.toml").read_text(encoding="utf-8"))
STYLE = circle_style(TOKENS)
GEOMETRY = Geometry(center=(300.0, 300.0), radius=240.0, nearest=STYLE.nearest, outside_at=STYLE.outside_at)
TODAY = date(2026, 11, 24)
# Many in one place, so that there is something to tidy.
FELT = st.one_of(st.sampled_from((OUTSIDE, 0.0, 0.5, 0.52, 1.0)), st.floats(0.0, 1.0))
ANGLE = st.one_of(st.sampled_from((0.0, 90.0, 92.0)), st.floats(0.0, 360.0, exclude_max=True))
WISH = st.one_of(st.none(), st.floats(0.0, 1.0))
# Closeness, angle and wish of each, and whether they were placed today or last week.
PEOPLE = st.lists(st.tuples(FELT, ANGLE, WISH, st.booleans()), max_size=10)


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One practice for all examples; each has a client of its own."""
    opened = Desk(create_with_key(tmp_path_factory.mktemp("tidy") / "practice", bytes(range(32)), "Willow Lane Practice"))
    yield opened
    opened.close()


def drawn(desk: Desk, people: list[tuple[float, float, float | None, bool]]) -> Course:
    """Return a course with a circle of last week and one of today."""
    client = desk.clients.add_client(Client(name="Marta"))
    protocol = desk.resources.protocol("weissman-markowitz-klerman")
    assert protocol is not None
    course = desk.courses.begin_course(client.id, protocol, started_on=TODAY - timedelta(weeks=4))
    last_week, today = (
        desk.circles.sitting_now(course.id, datetime.combine(day, time(9))).id for day in (TODAY - timedelta(weeks=1), TODAY)
    )
    for number, (felt, angle, wish, is_today) in enumerate(people):
        person = desk.circles.add_person(client.id, f"P{number}", "friend")
        sitting_id = today if is_today else last_week
        place = Placement(person_id=person.id, sitting_id=sitting_id, felt=felt, angle=angle, desired=wish)
        desk.circles.put_back(sitting_id, person.id, place)
    return course


def stored(desk: Desk, course: Course) -> tuple[dict[str, Sitting], dict[str, Placement]]:
    with desk.store.read() as reading:
        sittings = {each.id: each for each in reading.all(Sitting, course_id=course.id)}
        return sittings, {each.id: each for each in reading.all(Placement, sitting_id=list(sittings))}


def reach(_person: Person) -> float:
    return STYLE.token / 2


@settings(max_examples=25)
@example([(0.5, 90.0, 0.8, True), (0.5, 90.0, None, False), (OUTSIDE, 90.0, None, True), (OUTSIDE, 92.0, None, False)])
@given(PEOPLE)
def test_only_angles_change_and_no_sitting_or_placement_is_added(
    practice: Desk, people: list[tuple[float, float, float | None, bool]]
):
    course = drawn(practice, people)
    sittings, placements = stored(practice, course)
    circle = practice.circles.circle(course.id)
    angles = tidied(standings(circle.people, circle.placements), GEOMETRY, reach)
    practice.circles.turn({circle.placements[person_id].id: angle for person_id, angle in angles.items()})
    sittings_after, after = stored(practice, course)
    assert sittings_after == sittings
    assert after.keys() == placements.keys()
    for placement_id, was in placements.items():
        assert after[placement_id] == replace(was, angle=angles.get(was.person_id, was.angle))
    tidy = practice.circles.circle(course.id)
    assert tidied(standings(tidy.people, tidy.placements), GEOMETRY, reach) == {}, "what is tidy stays as it is"
