"""Names of other people in prose: what is replaced, and what must not be."""

import pytest

from ipt_desktop.domain.records import Person
from ipt_desktop.domain.rich_text import Block, BlockKind, Run
from ipt_desktop.domain.third_parties import ThirdParties


def person(name: str, relation: str = "friend", **more: object) -> Person:
    return Person(client_id="c", name=name, relation=relation, **more)  # type: ignore[arg-type]


PEOPLE = (
    person("Tomasz Nowak", "husband"),
    person("Jadwiga Nowak", "daughter"),
    person("Anna Kowalska", "sister"),
    person("Adam Kowal", "friend"),
    person("Maria Łukasiewicz", "mother", initials="MX"),
    person("Vincent van Dyk", "colleague"),
    person("Dr S. Grant", "doctor"),
    person("Dr Weiss", "doctor"),
    person("mother", "mother"),
    person("choir", "club", is_group=True),
    person("St Anne’s Choir", "club", is_group=True),
    person("王芳", "friend"),
)


@pytest.fixture
def others() -> ThirdParties:
    return ThirdParties(PEOPLE, client_name="Zofia Łukasiewicz", addressee="Dr S. Grant, Park Edge Surgery")


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Tomasz Nowak came.", "T.N. came."),
        ("She told Tomasz. He left", "She told T.N. He left"),
        ("Tomasz’s evenings, TOMASZ NOWAK too", "T.N.’s evenings, T.N. too"),
        ("the Nowak family", "the N. family"),
        ("Anna and Adam", "A.K.1 and A.K.2"),
        ("She rang Anna. Then", "She rang A.K.1. Then"),
        ("Anna… Anna...", "A.K.1… A.K.1..."),
        ("Maria, born Łukasiewicz", "M.X., born Łukasiewicz"),
        ("Vincent van Dyk, a van", "V.V.D., a van"),
        ("Dr Weiss and Dr Grant", "W. and Dr Grant"),
        ("her mother and the choir", "her mother and the choir"),
        ("St Anne’s Choir", "S.A.C."),
        ("她和王芳吵架", "她和王.吵架"),
        ("Annabel, adam, Tomaszów", "Annabel, adam, Tomaszów"),
        ("", ""),
    ],
)
def test_names_become_initials_as_whole_words(others: ThirdParties, written: str, printed: str) -> None:
    assert others.hide(written) == printed


def test_decomposed_letters_are_the_same_name() -> None:
    others = ThirdParties([person("Mária Kováč")])
    assert others.hide("Ma\u0301ria and Kova\u0301c\u030c") == "M.K. and M.K."


def test_emphasis_and_kind_stay(others: ThirdParties) -> None:
    block = Block((Run("With "), Run("Tomasz", bold=True)), BlockKind.BULLET)
    assert others.hide_in((block,)) == (Block((Run("With "), Run("T.N.", bold=True)), BlockKind.BULLET),)


def test_names_that_are_left_are_told_once_each(others: ThirdParties) -> None:
    assert others.named_in("Tomasz. Tomasz, and Anna Kowalska with T.N.") == ["Tomasz", "Anna Kowalska"]


def test_the_words_of_a_relation_hold_no_name_either() -> None:
    others = ThirdParties([person("Tomasz Nowak"), person("Ewa Lis", relation_words="Tomasz’s aunt")])
    assert others.people[1].relation_words == "T.N.’s aunt"


def test_without_people_nothing_is_replaced() -> None:
    assert ThirdParties(()).hide("Tomasz") == "Tomasz"


@pytest.mark.parametrize(
    ("prescriber", "printed"),
    [
        ("Dr S. Grant", "Dr S. Grant"),
        ("Dr Grant", "Dr Grant"),
        ("Dr Weiss", "W."),
        ("Dr Ida Bo Bell", "Dr I.B.B."),
        ("Prof. Bell", "Prof. B."),
        ("the surgery", "the surgery"),
        ("GP", "GP"),
        ("", ""),
    ],
)
def test_a_professional_on_no_circle_is_initials_too_unless_the_page_is_theirs(
    others: ThirdParties, prescriber: str, printed: str
):
    assert others.professional(prescriber) == printed
