"""A text in disguise: whose names go under which, what is left out, and what may still tell who someone is."""

from datetime import date, timedelta

import pytest

from ipt_desktop.domain.circle_naming import pseudonyms
from ipt_desktop.domain.disguise import Alias, Disguise
from ipt_desktop.domain.may_identify import may_identify
from ipt_desktop.domain.records import Client, Person
from ipt_desktop.domain.rich_text import Block, Run
from ipt_desktop.domain.shifted_dates import DateShift


def person(name: str, relation: str = "friend", **more: object) -> Person:
    return Person(client_id="c", name=name, relation=relation, **more)  # type: ignore[arg-type]


PEOPLE = (
    person("Tomasz Nowak", "husband"),
    person("Jadwiga Nowak", "daughter"),
    person("Anna Kowalska", "sister"),
    person("Adam Kowal", "friend"),
    person("Berta Olszewska", "friend"),
    person("Dr S. Grant", "doctor"),
    person("mother", "mother"),
    person("St Anne’s Choir", "club", is_group=True),
)
CLIENT = Client(
    name="Zofia Łukasiewicz",
    reference="2026-014",
    phone="+44 113 496 0142",
    email="zofia@example.org",
    address="12 Lindenhof\nLeeds LS1 4DY",
    referred_by="Dr Elias Moor",
    emergency_name="Ewa Lis",
    emergency_phone="0113 496 0999",
)


@pytest.fixture
def disguise() -> Disguise:
    dates = DateShift(-timedelta(weeks=100), date(2026, 6, 1))
    return Disguise(CLIENT, PEOPLE, pseudonyms(PEOPLE), [Alias("Linköping", "a town"), Alias("the  Mill")], dates)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Tomasz Nowak came.", "Husband came."),
        ("Zofia told Tomasz; ZOFIA, TOMASZ, Zofia’s", "Client told Husband; Client, Husband, Client’s"),
        ("Ms Łukasiewicz rang.", "Client rang."),
        ("the Nowak family", "the [name] family"),
        ("Adam and Berta", "Friend 1 and Friend 2"),
        ("Dr Grant, Dr. Grant", "Doctor, Doctor"),
        ("her mother sang in St Anne’s Choir", "her mother sang in Club"),
        ("Ewa Lis and Ewa", "[emergency contact] and [emergency contact]"),
        ("referred by Elias Moor", "referred by [referrer]"),
        ("T.N. asked. T. N. left.", "Husband asked. Husband left."),
        ("with T.N. Then she", "with Husband. Then she"),
        ("TN and ZŁ and Z.Ł.", "Husband and Client and Client."),
        ("A.K. and A. said", "[initials] and [initial] said"),
        ("B. rang", "Friend 2 rang"),
        ("the GP, on TV", "the GP, on TV"),
        ("Annabel, Tomaszów", "Annabel, Tomaszów"),
        ("in Linköping, LINKÖPING; at the Mill", "in a town, a town; at [left out]"),
        ("12 Lindenhof, Leeds LS1 4DY", "[address], [address]"),
        ("zofia@example.org, tom@x.example.com", "[e-mail], [e-mail]"),
        ("+441134960142 or 0113 4960999 or 07700 900 123", "[number] or [number] or [number]"),
        ("ref 2026-014", "ref [reference]"),
        ("www.example.org/zofia", "[web page]"),
        ("Born 14 September 1984.", "Born 15 October 1982."),
        ("", ""),
    ],
)
def test_what_tells_who_someone_is_is_said_otherwise(disguise: Disguise, written: str, told: str):
    assert disguise.text(written) == told


def test_the_same_is_always_said_alike(disguise: Disguise):
    again = Disguise(CLIENT, PEOPLE, pseudonyms(PEOPLE), [], disguise.dates)
    assert disguise.text("Tomasz on 3 May 2026") == again.text("Tomasz on 3 May 2026")


def test_a_name_or_date_that_emphasis_parts_is_found(disguise: Disguise):
    parted = Block((Run("Tomasz "), Run("Nowak", bold=True), Run(", 12 "), Run("March", italic=True), Run(" 2026")))
    (told,) = disguise.rich((parted,))
    assert told.text == "Husband, 11 April 2024"
    kept = Block((Run("With "), Run("Tomasz", bold=True)))
    assert disguise.rich((kept,)) == (Block((Run("With "), Run("Husband", bold=True))),)


def test_words_that_may_still_tell_are_listed_by_kind(disguise: Disguise):
    text = disguise.text(
        "She moved from Malmö to her aunt. At Christmas Tomasz drove a Volvo. In 1998, room 40417. “Maybe,” he said; "
        "berta was ill."
    )
    found = may_identify([text], disguise.pseudonyms, disguise.name_parts | {"Berta"}, disguise.dates.years)
    assert list(found.capitals) == ["Malmö", "Volvo"]
    assert list(found.times) == ["Christmas"]
    assert list(found.numbers) == ["40417"]
    assert list(found.small) == ["berta"]
    assert found.lines()[0] == "Words with a capital: Malmö, Volvo."


def test_of_many_words_the_rest_are_counted():
    text = "x " + " ".join(f"A{'b' * number}" for number in range(2, 20))
    assert may_identify([text], [], []).lines()[0].endswith("and 6 more.")
