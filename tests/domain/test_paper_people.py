"""What people are called on a paper: in a sentence, in a table, and what is still found by name."""

import pytest

from ipt_desktop.domain.circle_naming import Naming
from ipt_desktop.domain.paper_people import people_on_paper
from ipt_desktop.domain.records import Person
from ipt_desktop.domain.third_parties import ThirdParties


def person(name: str, relation: str, **more: object) -> Person:
    return Person(client_id="c", name=name, relation=relation, **more)  # type: ignore[arg-type]


PEOPLE = (
    person("Anna Kowalska", "sister"),
    person("Tomasz Nowak", "friend"),
    person("Adam Kowal", "friend"),
    person("Maria Kowalska", "mother", has_died=True, died="2025"),
    person("Dr S. Grant", "doctor"),
)


def called(naming: Naming, pronouns: str = "she/her") -> ThirdParties:
    return people_on_paper(PEOPLE, naming, client_name="Zofia Kowalska", addressee="Dr S. Grant", pronouns=pronouns)


@pytest.mark.parametrize(
    ("naming", "printed"),
    [
        (Naming.INITIALS, "A.K.1 rang T.N. She told M.K."),
        (Naming.RELATIONS, "Her sister rang her friend 1. She told her mother."),
        (Naming.PSEUDONYMS, "Sister rang Friend 1. She told Mother."),
        (Naming.NAMES, "Anna rang Tomasz. She told Maria."),
    ],
)
def test_people_are_called_in_a_sentence_as_it_was_chosen(naming: Naming, printed: str) -> None:
    assert called(naming).hide("Anna rang Tomasz. She told Maria.") == printed


def test_whose_they_are_follows_the_clients_pronouns_and_a_sentence_begins_with_a_capital() -> None:
    assert called(Naming.RELATIONS, "he/him").hide("It went well. Anna came, and Adam.") == (
        "It went well. His sister came, and his friend 2."
    )
    assert called(Naming.RELATIONS, "").hide("With Anna.") == "With the client’s sister."


def test_a_table_names_them_alike_and_the_one_it_is_for_keeps_the_name() -> None:
    maria = PEOPLE[3].id
    assert called(Naming.INITIALS).printed[maria] == "M.K., mother (died 2025)"
    assert called(Naming.RELATIONS).printed[maria] == "Mother (died 2025)"
    assert called(Naming.NAMES).printed[maria] == "Maria Kowalska, mother (died 2025)"
    for naming in Naming:
        assert called(naming).hide("Dr Grant asked.") == "Dr Grant asked."


def test_no_letter_of_a_name_stays_in_a_token_unless_initials_or_names_are_wanted() -> None:
    for naming in (Naming.RELATIONS, Naming.PSEUDONYMS):
        shown = called(naming).people[1]
        assert (shown.name, shown.initials) == ("Friend 1", "Fr1")


def test_names_are_found_whatever_people_are_called() -> None:
    for naming in Naming:
        assert called(naming).named_in("Anna rang Tomasz.") == ["Anna", "Tomasz"]


def test_only_the_names_asked_for_are_masked_also_of_people_nobody_listed() -> None:
    others = called(Naming.NAMES)
    assert others.mask("Anna, Tomasz, Emil and Emilia.", {"Tomasz", "Emil"}) == "Anna, T.N., E. and Emilia."
    assert called(Naming.RELATIONS).mask("Anna and Tomasz.", {"Anna"}) == "Her sister and Tomasz."
