"""Ties of a client's people: what is refused in words, and what comes back as it was."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from ipt_desktop.domain.errors import RecordGone, Refused
from ipt_desktop.domain.records import Client, Person, Placement, Support, Tie, TieKind
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import create_with_key

TODAY = date.today()


class Life:
    """A client with three people."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.circles = desk.circles
        self.client = desk.clients.add_client(Client(name="Marta Lindqvist"))
        self.johan, self.elin, self.noor = (
            self.circles.add_person(self.client.id, name, "friend") for name in ("Johan", "Elin", "Noor")
        )

    def tie(self, one: Person, other: Person | None = None, **more: object) -> Tie:
        return Tie(client_id=self.client.id, from_person_id=one.id, to_person_id=other.id if other else None, **more)  # type: ignore[arg-type]


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    desk = Desk(create_with_key(tmp_path / "practice", bytes(range(32)), "Willow Lane Practice"))
    yield Life(desk)
    desk.close()


def test_a_tie_to_oneself_is_refused(life: Life) -> None:
    with pytest.raises(Refused, match="joins two people"):
        life.circles.add_tie(life.tie(life.johan, life.johan))
    assert life.circles.ties(life.client.id) == []


def test_a_second_of_the_same_kind_between_the_same_two_is_refused_in_words(life: Life) -> None:
    first = life.circles.add_tie(life.tie(life.johan, life.elin, kind=TieKind.KIN))
    with pytest.raises(Refused, match="Elin and Johan are joined by such a tie already: family"):
        life.circles.add_tie(life.tie(life.elin, life.johan, kind=TieKind.KIN))
    other = life.circles.add_tie(life.tie(life.elin, life.johan, kind=TieKind.CONFLICT))
    with pytest.raises(Refused, match="such a tie already"):
        life.circles.change_tie(replace(other, kind=TieKind.KIN))
    assert set(life.circles.ties(life.client.id)) == {first, other}


def test_the_client_is_one_of_the_two(life: Life) -> None:
    life.circles.add_tie(life.tie(life.johan, kind=TieKind.PARTNER))
    with pytest.raises(Refused, match="Johan and the client"):
        life.circles.add_tie(life.tie(life.johan, kind=TieKind.PARTNER))
    life.circles.add_tie(life.tie(life.elin, kind=TieKind.PARTNER))


def test_after_one_has_ended_another_may_begin_and_the_old_one_stays_ended(life: Life) -> None:
    old = life.circles.add_tie(life.tie(life.johan, kind=TieKind.PARTNER, since=TODAY - timedelta(900)))
    ended = life.circles.change_tie(replace(old, until=TODAY - timedelta(300)))
    life.circles.add_tie(life.tie(life.johan, kind=TieKind.PARTNER))
    with pytest.raises(Refused, match="such a tie already"):
        life.circles.change_tie(replace(ended, until=None))


def test_a_removed_tie_comes_back_under_its_own_id(life: Life) -> None:
    tie = life.circles.add_tie(life.tie(life.johan, life.noor, kind=TieKind.ALLIANCE, strength=3))
    assert life.circles.remove_tie(tie.id) == tie
    assert life.circles.ties(life.client.id) == []
    life.circles.restore_tie(tie)
    assert life.circles.ties(life.client.id) == [tie]


def test_what_cannot_be_so_is_refused(life: Life) -> None:
    with pytest.raises(Refused, match="end before it began"):
        life.circles.add_tie(life.tie(life.johan, since=TODAY, until=TODAY - timedelta(1)))
    with pytest.raises(Refused, match="weak, medium or strong"):
        life.circles.add_tie(life.tie(life.johan, strength=4))
    stranger = life.circles.add_person(life.desk.clients.add_client(Client(name="Ewan")).id, "Moira", "wife")
    with pytest.raises(Refused, match="one client’s life"):
        life.circles.add_tie(life.tie(life.johan, stranger))


def test_what_is_gone_is_said(life: Life) -> None:
    tie = life.circles.add_tie(life.tie(life.johan, life.noor))
    life.circles.remove_person(life.noor.id)
    for verb in (
        lambda: life.circles.change_tie(tie),
        lambda: life.circles.remove_tie(tie.id),
        lambda: life.circles.add_tie(tie),
    ):
        with pytest.raises(RecordGone):
            verb()


def test_nobody_wishes_support_of_someone_who_died(life: Life) -> None:
    protocol = life.desk.resources.protocol("weissman-markowitz-klerman")
    assert protocol is not None
    course = life.desk.courses.begin_course(life.client.id, protocol, started_on=TODAY)
    sitting = life.circles.sitting_now(course.id)
    wished = Placement(
        person_id=life.noor.id, sitting_id=sitting.id, wished=Support(emotional=3), received=Support(practical=1)
    )
    life.circles.put_back(sitting.id, life.noor.id, wished)
    life.circles.change_person(replace(life.noor, has_died=True))
    shown = life.circles.circle(course.id).placements[life.noor.id]
    assert shown.wished == Support()
    assert shown.received == Support(practical=1)
    with pytest.raises(Refused, match="has died"):
        life.circles.put_back(sitting.id, life.noor.id, wished)
