"""Plain facts of a circle: counted and named, no more."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ipt_desktop.domain.circle_facts import circle_facts, facts_text
from ipt_desktop.domain.closeness import RingWords
from ipt_desktop.domain.records import Person, Placement, Support
from ipt_desktop.domain.standing import standings

WORDS = RingWords()


def person(key: str, **more: object) -> Person:
    return Person(id=key, client_id="c", name=key.capitalize(), relation="friend", **more)  # type: ignore[arg-type]


def row(key: str, felt: float, **asked: object) -> Placement:
    return Placement(person_id=key, sitting_id="s", felt=felt, **asked)  # type: ignore[arg-type]


PEOPLE = [person("elin"), person("noor"), person("sven", has_died=True), person("choir", is_group=True), person("petra")]
NOW = {
    "elin": row("elin", 0.9, received=Support(emotional=1, practical=0)),
    "noor": row("noor", 0.8, is_confidant=True, received=Support(emotional=3)),
    "sven": row("sven", 0.7, is_confidant=True, received=Support(emotional=3)),
    "choir": row("choir", 0.2),
}
THEN = {"elin": row("elin", 0.9), "sven": row("sven", 0.7), "petra": row("petra", 0.4)}


def lines(since: str = "before this began") -> list[str]:
    return [each.line for each in circle_facts(standings(PEOPLE, NOW, THEN), WORDS, since)]


def test_people_are_counted_by_ring_and_groups_apart() -> None:
    assert lines()[:2] == ["Inner: 3 people, of whom 1 has died", "Outer: 1 group"]


def test_confidants_are_named_and_the_dead_are_none() -> None:
    assert "Confidants: Noor (1)" in lines()


def test_who_came_and_who_went_since_the_sitting_compared_with() -> None:
    assert "New since before this began: Noor, Choir (2)" in lines()
    assert "No longer there since before this began: Petra (1)" in lines()
    assert not any("since" in each for each in lines(since=""))


def test_supporters_are_named_by_kind_where_it_was_asked() -> None:
    said = lines()
    assert "Support, emotional: Elin, Noor (2)" in said
    assert "Support, practical: none" in said, "asked, and nobody gives it"
    assert not any("company" in each or "information" in each for each in said), "not asked is not none"


def test_an_empty_circle_has_no_facts() -> None:
    assert circle_facts([], WORDS, "before") == []


def test_the_text_is_a_line_for_each_fact() -> None:
    facts = circle_facts(standings(PEOPLE, NOW, THEN), WORDS, "before")
    assert facts_text(facts).splitlines() == [each.line for each in facts]


@given(st.lists(st.floats(-0.15, 1.0), min_size=1, max_size=8), st.floats(-0.05, 0.05))
def test_a_move_within_a_ring_changes_no_fact(places: list[float], by: float) -> None:
    """Nothing of closeness but the ring gets into a fact: there is no sum and no score of moves."""
    people = [person(f"p{number}") for number in range(len(places))]
    now = {each.id: row(each.id, 0.5) for each in people}
    moved = {key: replace(each, felt=each.felt + by) for key, each in now.items()}
    then = {each.id: row(each.id, felt) for each, felt in zip(people, places, strict=True)}
    facts = circle_facts(standings(people, now, then), WORDS, "then")
    assert circle_facts(standings(people, moved, then), WORDS, "then") == facts
    assert circle_facts(standings(people, now, now), WORDS, "then") == facts
