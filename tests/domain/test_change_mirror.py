"""What holds of any two circles: nothing changed between one and itself, and the way back mirrors the way there."""

from hypothesis import given
from hypothesis import strategies as st

from ipt_desktop.domain.change_list import ChangeList, change_list
from ipt_desktop.domain.closeness import OUTSIDE, RingWords
from ipt_desktop.domain.records import Person, Placement

PEOPLE = [
    Person(id=f"p{number}", client_id="c", name=f"Person {number}", is_in_focus=number == 0, has_died=number == 1)
    for number in range(6)
]
FELT = st.one_of(st.just(OUTSIDE), st.floats(0.0, 1.0).map(lambda felt: round(felt, 3)))
CIRCLES = st.dictionaries(
    st.sampled_from([each.id for each in PEOPLE]),
    st.builds(
        Placement,
        person_id=st.just(""),
        sitting_id=st.just(""),
        felt=FELT,
        desired=st.none() | FELT,
        is_present=st.booleans(),
        is_confidant=st.booleans(),
        words=st.sampled_from(["", "He was the first I told."]),
    ),
)


def changes(before: dict[str, Placement], now: dict[str, Placement]) -> ChangeList:
    return change_list(PEOPLE, before, now, RingWords())


@given(CIRCLES)
def test_the_change_list_of_a_circle_with_itself_is_empty(circle: dict[str, Placement]) -> None:
    same = changes(circle, circle)
    assert same.is_empty
    assert same.rows == same.trusted == same.trusted_no_more == ()


@given(CIRCLES, CIRCLES)
def test_the_way_back_mirrors_the_way_there(one: dict[str, Placement], other: dict[str, Placement]) -> None:
    there, back = changes(one, other), changes(other, one)
    assert {(each.name, each.before, each.after, each.is_closer) for each in there.moved} == {
        (each.name, each.after, each.before, not each.is_closer) for each in back.moved
    }
    assert {each.name for each in there.new} == {each.name for each in back.gone}
    assert {each.name for each in there.gone} == {each.name for each in back.new}
    assert {each.name for each in there.unchanged} == {each.name for each in back.unchanged}
    assert set(there.trusted) == set(back.trusted_no_more)
    assert there.is_empty == back.is_empty


@given(CIRCLES, CIRCLES)
def test_everyone_stands_in_one_group(one: dict[str, Placement], other: dict[str, Placement]) -> None:
    told = changes(one, other)
    names = [each.name for each in (*told.rows, *told.unchanged)]
    assert len(names) == len(set(names))
