"""What changed between two sittings, in words."""

from dataclasses import replace

from ipt_desktop.domain.change_list import change_list, printed_names
from ipt_desktop.domain.closeness import OUTSIDE, RingWords
from ipt_desktop.domain.records import Person, Placement

WORDS = RingWords()
PEOPLE = [
    Person(id="mother", client_id="c", name="Maria Łuk", relation="mother", is_in_focus=True, has_died=True, died="2025-04"),
    Person(id="husband", client_id="c", name="Tomasz Nowak", relation="husband"),
    Person(id="sister", client_id="c", name="Anna Kot", relation="sister"),
    Person(id="friend", client_id="c", name="Beata Ozga", relation="friend"),
    Person(id="brother", client_id="c", name="Roman Łuk", relation="brother"),
    Person(id="priest", client_id="c", name="Piotr Dąb", relation="faith", relation_words="priest"),
    Person(id="gone", client_id="c", name="Karol Zub", relation="colleague"),
]


def rows(**felt: float) -> dict[str, Placement]:
    return {key: Placement(person_id=key, sitting_id="s", felt=value) for key, value in felt.items()}


BEFORE = rows(mother=0.9, husband=0.5, sister=0.2, brother=OUTSIDE, priest=0.1, gone=0.4)
NOW = rows(mother=0.5, husband=0.9, sister=0.3, brother=0.1, priest=0.2, friend=0.6)
NOW["mother"] = replace(NOW["mother"], words="“She is with me, not instead of everyone.”")


def test_people_in_focus_first_and_in_the_clients_words() -> None:
    changes = change_list(PEOPLE, BEFORE, NOW, WORDS)
    assert [each.name for each in changes.moved] == ["Maria Łuk", "Tomasz Nowak", "Roman Łuk"]
    assert changes.moved[0].sentence == "“She is with me, not instead of everyone.” One ring further."
    assert changes.moved[1].sentence == "One ring closer."
    assert changes.moved[2].sentence == "From outside to the outer ring."
    assert (changes.moved[0].before, changes.moved[0].after) == ("inner", "middle")


def test_new_gone_and_unchanged() -> None:
    changes = change_list(PEOPLE, BEFORE, NOW, WORDS)
    assert [each.name for each in changes.new] == ["Beata Ozga"]
    assert [each.change for each in changes.gone] == ["no longer in the circle"]
    assert changes.unchanged_line == "Unchanged. Outer: Anna Kot; Piotr Dąb."


def test_taken_off_is_no_longer_in_the_circle() -> None:
    off = {**BEFORE, "husband": replace(BEFORE["husband"], is_present=False)}
    changes = change_list(PEOPLE, BEFORE, off, WORDS)
    assert [each.name for each in changes.gone] == ["Tomasz Nowak"]


def test_on_paper_nobody_is_named() -> None:
    changes = change_list(PEOPLE, BEFORE, NOW, WORDS, called=printed_names(PEOPLE))
    assert [each.name for each in changes.moved] == ["M.Ł., mother (died 2025)", "T.N., husband", "R.Ł., brother"]
    assert changes.unchanged_line == "Unchanged. Outer: A.K., sister; P.D., priest."
    assert not any(person.name in changes.as_text() for person in PEOPLE)


def test_the_same_initials_are_told_apart() -> None:
    two = [replace(PEOPLE[2], id="x"), PEOPLE[2]]
    assert list(printed_names(two).values()) == ["A.K.1, sister", "A.K.2, sister"]


def test_nothing_is_added_up() -> None:
    text = change_list(PEOPLE, BEFORE, NOW, WORDS).as_text()
    assert not any(letter.isdigit() for letter in text)


def test_a_person_in_focus_who_moved_within_a_ring_has_a_line_beginning_with_the_clients_words() -> None:
    now = {**NOW, "mother": replace(BEFORE["mother"], felt=0.7, words="Not on my chest.")}
    first = change_list(PEOPLE, BEFORE, now, WORDS).moved[0]
    assert (first.before, first.after) == ("inner", "inner")
    assert first.sentence == "“Not on my chest.” Further."
    back = change_list(PEOPLE, now, BEFORE, WORDS).moved[0]
    assert back.change == "closer"


def test_who_stands_where_they_stood_is_told_by_ring_from_the_client_outwards() -> None:
    changes = change_list(PEOPLE, NOW, NOW, WORDS, called=printed_names(PEOPLE))
    assert changes.unchanged_line == (
        "Unchanged. Inner: T.N., husband. Middle: M.Ł., mother (died 2025); B.O., friend. "
        "Outer: A.K., sister; P.D., priest; R.Ł., brother."
    )


def test_a_text_says_who_came_and_went_whom_the_client_confides_in_and_which_wish_is_not_met() -> None:
    now = {
        **NOW,
        "sister": replace(NOW["sister"], desired=0.5, is_confidant=True),
        "friend": replace(NOW["friend"], is_confidant=True),
        "husband": replace(NOW["husband"], desired=0.5),
        "mother": replace(NOW["mother"], desired=0.9),
    }
    before = {**BEFORE, "gone": replace(BEFORE["gone"], is_confidant=True)}
    lines = change_list(PEOPLE, before, now, WORDS).as_text().split("\n")
    assert lines == [
        "Maria Łuk: “She is with me, not instead of everyone.” One ring further, inner to middle.",
        "Tomasz Nowak: One ring closer, middle to inner.",
        "Roman Łuk: Outside to outer.",
        "Beata Ozga joined.",
        "Karol Zub is no longer in the circle.",
        "Two more confidants: Beata Ozga, Anna Kot.",
        "One confidant fewer: Karol Zub.",
        "Tomasz Nowak: closer than wanted.",
        "Anna Kot: still further than wanted.",
        "Unchanged. Outer: Anna Kot; Piotr Dąb.",
    ]
