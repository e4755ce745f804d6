"""Medication: what is known of it is kept, said in words, ended, taken out and brought back."""

from dataclasses import replace
from datetime import date

import pytest

from ipt_desktop.domain.errors import RecordGone, Refused
from ipt_desktop.domain.illness_words import has_ended, medication_words
from ipt_desktop.domain.records import Client
from ipt_desktop.domain.treatment_records import Medication
from ipt_desktop.services.desk import Desk

TODAY = date(2026, 11, 23)


@pytest.fixture
def client(desk: Desk) -> Client:
    return desk.clients.add_client(Client(name="Marta Lindqvist"))


def medicine(client: Client, name: str = "Sertraline", **more: str) -> Medication:
    return Medication(**{"client_id": client.id, "name": name, **more})


def test_what_is_known_is_kept_tidied(desk: Desk, client: Client) -> None:
    kept = desk.medications.add_medication(medicine(client, "  Sertraline ", dose=" 50  mg", begun="2026-09-08"))
    assert desk.medications.of_client(client.id) == [kept]
    changed = desk.medications.change_medication(replace(kept, dose="100 mg"))
    assert desk.medications.of_client(client.id) == [changed]
    ended = desk.medications.end_medication(kept.id, "2026-11")
    assert ended == replace(changed, ended="2026-11")
    assert desk.medications.end_medication(kept.id, "") == changed
    assert desk.medications.remove_medication(kept.id) == changed
    assert desk.medications.of_client(client.id) == []
    desk.medications.restore_medication(changed)
    assert desk.medications.of_client(client.id) == [changed]


def test_what_was_begun_last_comes_first(desk: Desk, client: Client) -> None:
    for name, begun in (("old", "2019"), ("unknown", ""), ("new", "2026-09-08"), ("between", "2026-02")):
        desk.medications.add_medication(medicine(client, name, begun=begun))
    assert [each.name for each in desk.medications.of_client(client.id)] == ["new", "between", "old", "unknown"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": " "}, "which medicine"),
        ({"note": "x" * 201}, "room for 200"),
        ({"begun": "autumn"}, "a year, a month or a day"),
        ({"ended": "2026-13"}, "a year, a month or a day"),
        ({"begun": "2026-09", "ended": "2026-08-30"}, "before it begins"),
    ],
)
def test_what_can_t_be_is_refused(desk: Desk, client: Client, wrong: dict[str, str], said: str) -> None:
    with pytest.raises(Refused, match=said):
        desk.medications.add_medication(medicine(client, **wrong))
    assert desk.medications.of_client(client.id) == []


def test_nothing_is_kept_for_nobody(desk: Desk, client: Client) -> None:
    with pytest.raises(RecordGone):
        desk.medications.add_medication(medicine(client, client_id="nobody"))
    with pytest.raises(RecordGone):
        desk.medications.end_medication("nothing", "2026")


def test_an_end_within_the_month_it_began_in_is_no_earlier(desk: Desk, client: Client) -> None:
    kept = desk.medications.add_medication(medicine(client, begun="2026-09-08", ended="2026-09"))
    assert desk.medications.of_client(client.id) == [kept]


@pytest.mark.parametrize(
    ("known", "words"),
    [
        (
            {"dose": "50 mg", "prescriber": "Dr Weiss", "begun": "2026-09"},
            "Sertraline 50 mg, prescribed by Dr Weiss since September 2026",
        ),
        ({"begun": "2026-09-08"}, "Sertraline, since 8 September"),
        ({"begun": "2025-03", "ended": "2025-06-02"}, "Sertraline, from March 2025 to 2 June 2025"),
        ({"prescriber": "Dr Weiss", "ended": "2019"}, "Sertraline, prescribed by Dr Weiss until 2019"),
        ({}, "Sertraline"),
    ],
)
def test_it_is_stated_in_words(client: Client, known: dict[str, str], words: str) -> None:
    assert medication_words(medicine(client, **known), TODAY) == words


@pytest.mark.parametrize(
    ("ended", "is_over"),
    [("", False), ("2026-11-23", True), ("2026-11-24", False), ("2026-11", True), ("2027", False), ("2026", True)],
)
def test_it_has_ended_once_its_day_month_or_year_has_come(client: Client, ended: str, is_over: bool) -> None:
    assert has_ended(medicine(client, ended=ended), TODAY) is is_over
