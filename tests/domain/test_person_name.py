"""Names that people paste: cleaned to one line, cut between whole characters, two of one name told apart."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipt_desktop.domain.change_list import change_list
from ipt_desktop.domain.circle_facts import circle_facts
from ipt_desktop.domain.circle_naming import Naming, cast_of
from ipt_desktop.domain.client_circle import for_client
from ipt_desktop.domain.closeness import RingWords
from ipt_desktop.domain.person_name import LONGEST_NAME, characters, cleaned_name, cut_to, fitted, is_nameless
from ipt_desktop.domain.records import Person, Placement
from ipt_desktop.domain.standing import print_initials, spoken_words, standings, token_initials
from ipt_desktop.domain.told_apart import cut_apart, told_apart

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
SWEDEN, ENGLAND = "\U0001f1f8\U0001f1ea", "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
WAVING, KEYCAP = "\U0001f44b\U0001f3fd", "1\ufe0f\u20e3"
HARD = [FAMILY, SWEDEN, ENGLAND, WAVING, KEYCAP, "e\u0301", "رامي", "רות", "\u0915\u093f", "\u0000", "\ud83d", "\u200f", "\n"]
ANY = st.text(max_size=60) | st.lists(st.sampled_from([*HARD, " ", "a", "Anna"]), max_size=12).map("".join)


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("  Elin\n", "Elin"),
        ("Elin\r\nBerg\tmother\u2028x", "Elin Berg mother x"),
        ("El\0in\x07\x1b", "Elin"),
        ("Elin\ud83d", "Elin"),
        ("\ud83d\udc4b Elin", "\U0001f44b Elin"),
        ("\u202eEvil\u202c \u2067x\u2069", "Evil x"),
        ("\ufeffElin", "Elin"),
        (f"{FAMILY} {SWEDEN}{ENGLAND}", f"{FAMILY} {SWEDEN}{ENGLAND}"),
        ("رامي نور", "رامي نور"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
    ],
)
def test_what_is_pasted_becomes_one_readable_line(pasted: str, kept: str):
    assert cleaned_name(pasted) == kept


@pytest.mark.parametrize("name", ["", "  ", "\u200d\u200d", "\u200b", "\u0301", "\n\t", "\ud83d", "\u202e", "\u3164", "\0"])
def test_nothing_that_can_be_seen_is_no_name(name: str):
    assert is_nameless(cleaned_name(name))


@pytest.mark.parametrize("name", ["E", "?", "7", "王", "رامي", FAMILY, SWEDEN, "…"])
def test_whatever_can_be_seen_is_a_name(name: str):
    assert not is_nameless(cleaned_name(name))


@given(ANY)
def test_a_cleaned_name_stays_as_it_is_and_any_file_can_hold_it(text: str):
    name = cleaned_name(text)
    assert cleaned_name(name) == name
    assert name.encode().decode() == name
    assert not any(unicodedata.category(each) in ("Cc", "Cs", "Zl", "Zp") for each in name)
    assert name == name.strip()


@pytest.mark.parametrize("one", [FAMILY, SWEDEN, ENGLAND, WAVING, KEYCAP, "e\u0301"])
def test_what_is_seen_as_one_is_one(one: str):
    assert characters(f"a{one}{one}b") == ["a", one, one, "b"]


@given(ANY, st.integers(1, 12))
def test_a_cut_leaves_whole_characters(text: str, most: int):
    assert "".join(characters(text)) == text
    cut = cut_to(text, most)
    assert len(characters(cut)) <= max(most, 1)
    assert cut == text or text.startswith(cut.removesuffix("…"))
    assert all(each in characters(text) for each in characters(cut.removesuffix("…")))


def _width(text: str) -> float:
    return 7.0 * len(characters(text))


@given(ANY, st.floats(0.0, 300.0))
def test_what_is_fitted_fits_or_is_nothing(text: str, width: float):
    told = fitted(text, width, _width)
    assert not told or _width(told) <= width
    assert told == text or text.startswith(told.removesuffix("…"))


def test_a_long_name_is_measured_a_few_times_only():
    asked: list[str] = []

    def measure(text: str) -> float:
        asked.append(text)
        return _width(text)

    assert fitted("Bartholomew " * 16, 100.0, measure).endswith("…")
    assert len(asked) < 12


@given(ANY)
def test_any_name_has_letters_for_its_token_and_for_paper(text: str):
    person = Person(client_id="", name=cleaned_name(text) or "?")
    assert token_initials(person)
    assert print_initials([person])[person.id].endswith(".")
    assert token_initials(person).encode()


@pytest.mark.parametrize(
    ("name", "letters"),
    [(f"{FAMILY} Berg", f"{FAMILY}B"), (f"{SWEDEN}", SWEDEN), ("رامي نور", "رن"), ("e\u0301lodie", "E\u0301l")],
)
def test_a_token_holds_whole_characters(name: str, letters: str):
    assert token_initials(Person(client_id="", name=name)) == letters


# Two of one name


def people(*of: tuple[str, str]) -> list[Person]:
    """Return people by (name, relation), named one after the other."""
    day = datetime(2026, 11, 1, tzinfo=UTC)
    return [
        Person(id=f"id-{number}", client_id="c", name=name, relation=what, created_at=day + timedelta(minutes=number))
        for number, (name, what) in enumerate(of)
    ]


@pytest.mark.parametrize(
    ("of", "called"),
    [
        ([("Elin", "friend"), ("Anna", "friend")], ["Elin", "Anna"]),
        ([("Anna", "sister"), ("Anna", "friend")], ["Anna (sister)", "Anna (friend)"]),
        ([("Anna", "friend"), ("anna ", "friend")], ["Anna (friend) (1)", "anna (friend) (2)"]),
        ([("Anna", "friend"), ("Anna", "sister"), ("Anna (sister)", "other")], None),
        ([("José", "friend"), ("Jose\u0301", "uncle")], ["José (friend)", "Jose\u0301 (uncle)"]),
    ],
)
def test_two_of_one_name_are_told_apart_by_what_they_are_or_a_number(of: list[tuple[str, str]], called: list[str] | None):
    told = list(told_apart(people(*of)).values())
    assert len(set(told)) == len(told)
    assert called is None or told == called


@given(
    st.lists(
        st.tuples(st.sampled_from(["Anna", "anna", "Anna (2)", "Anna (friend)", "Bo"]), st.sampled_from(["friend", "son"])),
        max_size=9,
    ),
    st.booleans(),
)
def test_everyone_is_told_apart_whatever_they_are_called(of: list[tuple[str, str]], by_relation: bool):
    everyone = people(*of)
    told = told_apart(everyone, by_relation=by_relation)
    assert len({each.casefold() for each in told.values()}) == len(everyone)
    assert all(name.startswith(each.name) for each in everyone for name in [told[each.id]])
    assert told_apart(reversed(everyone), by_relation=by_relation) == told, "in whatever order they stand"


def two_annas(change: Callable[[Person], Person] = lambda each: each) -> tuple[list[Person], dict[str, Placement]]:
    both = [change(each) for each in people(("Anna", "sister"), ("Anna", "friend"))]
    rows = {each.id: Placement(person_id=each.id, sitting_id="s", felt=0.9, is_confidant=True) for each in both}
    return both, rows


def test_two_of_one_name_are_told_apart_in_lists_facts_and_words():
    both, rows = two_annas()
    words = RingWords()
    stood = standings(both, rows)
    assert sorted(spoken_words(each, words) for each in stood) == ["Anna, friend, inner", "Anna, sister, inner"]
    assert "Anna (sister)" in change_list(both, {}, rows, words).as_text()
    assert "Anna (friend)" in change_list(both, {}, rows, words).as_text()
    assert "Anna (sister), Anna (friend) (2)" in "\n".join(each.line for each in circle_facts(stood, words))
    both, rows = two_annas(lambda each: replace(each, relation="friend"))
    assert sorted(spoken_words(each, words) for each in standings(both, rows)) == [
        "Anna (friend) (1), friend, inner",
        "Anna (friend) (2), friend, inner",
    ]


@pytest.mark.parametrize("naming", Naming)
def test_two_of_one_name_are_told_apart_in_what_leaves_and_never_by_id(naming: Naming):
    both, _rows = two_annas(lambda each: replace(each, relation="friend"))
    cast = cast_of(both, naming)
    assert len(set(cast.names.values())) == len(set(cast.lines.values())) == 2
    assert not any(each.id in " ".join((*cast.names.values(), *cast.lines.values())) for each in both)


def test_on_the_clients_own_screen_a_number_tells_them_apart():
    both, rows = two_annas()
    assert sorted(each.name for each in for_client(standings(both, rows))) == ["Anna (1)", "Anna (2)"]


@pytest.mark.parametrize(
    ("called", "name", "cut"),
    [
        ("Elin", "Elin", "Elin"),
        ("Bartholomew Featherstone", "Bartholomew Featherstone", "Bartholomew Feathers…"),
        ("Bartholomew Featherstone (2)", "Bartholomew Featherstone", "Bartholomew Feat… (2)"),
        ("Anna (my oldest friend from school)", "Anna", "Anna (my oldest friend from school)"),
    ],
)
def test_what_tells_namesakes_apart_is_never_cut_off(called: str, name: str, cut: str):
    assert cut_apart(called, name, 21) == cut


def test_a_name_has_room_for_two_hundred():
    assert LONGEST_NAME == 200
