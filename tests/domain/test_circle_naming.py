"""What people are called outside the program: nothing of a name is left unless names were asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipt_desktop.domain.circle_naming import Cast, Naming, cast_of, pseudonyms
from ipt_desktop.domain.records import Person
from ipt_desktop.domain.standing import print_initials, relation_text


def person(name: str, relation: str, **more: object) -> Person:
    return Person(client_id="c", name=name, relation=relation, **more)  # type: ignore[arg-type]


PEOPLE = (
    person("Anna Berg", "sister"),
    person("Ola Lind", "friend"),
    person("Sven Ek", "friend", relation_words="Anna’s former husband", has_died=True, died="2019-03"),
    person("Ruth Aaltonen", "mother_in_law", initials="RX"),
    person("Choir", "club", is_group=True),
    person("Uwe Zapp", "other"),
)
SAID = "Ruth told Anna. Ola came with Sven Ek"


def words_of(cast: Cast) -> str:
    """Return every word that a picture, a page or a table can take from it."""
    shown = [part for each in cast.people for part in (each.name, each.initials, relation_text(each), each.died)]
    return " | ".join([*shown, *cast.names.values(), *cast.lines.values(), *cast.relations.values(), cast.hide(SAID)])


def test_pseudonyms_tell_what_someone_is_and_are_numbered_where_several_are() -> None:
    called = list(pseudonyms(PEOPLE).values())
    assert called == ["Sister", "Friend 1", "Friend 2", "Mother-in-law", "Club", "Person"]


def test_pseudonyms_leave_no_name_no_initials_and_no_date() -> None:
    cast = cast_of(PEOPLE, Naming.PSEUDONYMS, client_name="Marta Lindqvist")
    words = words_of(cast)
    for known in ("Anna", "Berg", "Ola", "Lind", "Sven", "Ek", "Ruth", "RX", "R.X.", "A.B.", "Choir", "Uwe", "2019", "husband"):
        assert known not in words
    assert cast.hide(SAID) == "Mother-in-law told Sister. Friend 1 came with Friend 2"
    assert list(cast.lines.values())[:4] == ["Si · Sister", "Fr1 · Friend 1", "Fr2 · Friend 2 (died)", "ML · Mother-in-law"]


def test_initials_leave_no_name() -> None:
    cast = cast_of(PEOPLE, Naming.INITIALS, client_name="Marta Lindqvist")
    words = words_of(cast)
    for known in ("Anna", "Berg", "Ola", "Lind", "Sven", "Ruth", "Choir", "Uwe"):
        assert known not in words
    assert cast.hide(SAID) == "R.X. told A.B. O.L. came with S.E."
    assert list(cast.lines.values())[2] == "S.E., A.B.’s former husband (died 2019)"


def test_names_are_names_and_the_words_stay_as_they_were_said() -> None:
    cast = cast_of(PEOPLE, Naming.NAMES)
    assert cast.hide(SAID) == SAID
    assert list(cast.lines.values())[2] == "SE · Sven Ek, Anna’s former husband (died 2019)"
    assert relation_text(cast.people[0]) == "Anna Berg", "beside the token"


def test_two_people_of_one_name_are_told_apart() -> None:
    twins = (person("Anna", "sister"), person("Anna", "friend"), person("Anna", "friend"))
    assert list(cast_of(twins, Naming.NAMES).names.values()) == ["Anna (sister)", "Anna (friend) (1)", "Anna (friend) (2)"]
    assert list(cast_of(twins, Naming.INITIALS).names.values()) == ["A.1", "A.2", "A.3"]


def test_a_shared_last_name_does_not_betray_its_letter_under_pseudonyms() -> None:
    family = (person("Anna Berg", "sister"), person("Ola Berg", "brother"))
    assert cast_of(family, Naming.PSEUDONYMS).hide("The Berg house") == "The [name] house"


def test_a_long_name_is_cut_beside_the_token_and_whole_in_a_table() -> None:
    long = person("Bartholomew " * 16, "friend")
    cast = cast_of([long], Naming.NAMES)
    assert len(relation_text(cast.people[0])) <= 26
    assert cast.names[long.id] == long.name.strip()


@given(st.lists(st.sampled_from(["sister", "friend", "father", "family", "faith", "pet", "partner", "other"]), max_size=40))
def test_nobody_shares_a_pseudonym_or_a_token(relations: list[str]) -> None:
    people = [person("Somebody", each) for each in relations]
    cast = cast_of(people, Naming.PSEUDONYMS)
    assert len(set(cast.names.values())) == len(people)
    assert len(set(print_initials(cast.people).values())) == len(people)


@pytest.mark.parametrize("naming", Naming)
@pytest.mark.parametrize("name", ["\N{WATERMELON}", "王芳", "أمل", "-", "  "])
def test_a_name_of_any_letters_has_something_to_be_called(naming: Naming, name: str) -> None:
    (line,) = cast_of([person(name, "friend")], naming).lines.values()
    assert line.strip()
