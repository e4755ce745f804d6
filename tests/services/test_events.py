"""Events of a client's life: what is refused in words, what comes back as it was, and what stays when a session goes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ipt_desktop.domain.errors import RecordGone, Refused
from ipt_desktop.domain.records import Client, Session
from ipt_desktop.domain.session_records import Event, EventKind
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import create_with_key


class Life:
    """A client in a course, with one session and two people; and another client."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.events = desk, desk.events
        self.client, self.other = (desk.clients.add_client(Client(name=name)) for name in ("Marta Lindqvist", "Ewan"))
        self.course = desk.courses.begin_course(self.client.id, desk.resources.protocols[0], started_on=date(2026, 3, 2))
        self.session = desk.sessions.add_session(Session(course_id=self.course.id, date=date(2026, 3, 9)))
        self.johan = desk.circles.add_person(self.client.id, "Johan", "ex_partner")
        self.stranger = desk.circles.add_person(self.other.id, "Petra", "sister")

    def event(self, title: str = "Moved out", on: str = "2026-03-07", **more: object) -> Event:
        return Event(**{"client_id": self.client.id, "session_id": self.session.id, "on": on, "title": title, **more})  # type: ignore[arg-type]


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    desk = Desk(create_with_key(tmp_path / "practice", bytes(range(32)), "Willow Lane Practice"))
    yield Life(desk)
    desk.close()


def test_words_are_tidied_and_strangers_are_left_out(life: Life) -> None:
    kept = life.events.add_event(life.event("  Moved \n out ", person_ids=[life.johan.id, life.stranger.id, "gone"]))
    assert (kept.title, kept.person_ids) == ("Moved out", [life.johan.id])
    assert life.events.of_session(life.session.id) == life.events.of_client(life.client.id) == [kept]


def test_they_come_by_their_dates(life: Life) -> None:
    titles = {"2026-03-08": "later", "2019": "a year", "2019-12": "a month", "2026-03-07": "earlier"}
    for on, title in titles.items():
        life.events.add_event(life.event(title, on))
    assert [each.title for each in life.events.of_client(life.client.id)] == ["a year", "a month", "earlier", "later"]


@pytest.mark.parametrize("on", ["", "last spring", "2026-13", "2026-02-30", "26"])
def test_a_date_that_is_none_is_refused(life: Life, on: str) -> None:
    with pytest.raises(Refused, match="a year, a month or a day"):
        life.events.add_event(life.event(on=on))
    assert life.events.of_client(life.client.id) == []


def test_what_is_wrong_is_said(life: Life) -> None:
    with pytest.raises(Refused, match="what happened"):
        life.events.add_event(life.event("  "))
    with pytest.raises(Refused, match="belong to one client"):
        life.events.add_event(life.event(client_id=life.other.id))
    with pytest.raises(RecordGone):
        life.events.change_event(life.event())


def test_one_taken_out_comes_back_as_it_was_and_a_session_that_goes_leaves_it(life: Life) -> None:
    kept = life.events.add_event(life.event(kind=EventKind.MOVE, recurs=True))
    assert life.events.remove_event(kept.id) == kept
    life.desk.sessions.remove_session(life.session.id)
    back = life.events.restore_event(kept)
    assert back == replace(kept, session_id=None)
    assert life.events.of_client(life.client.id) == [back]


def test_each_change_is_in_the_audit_trail_without_a_word_of_it(life: Life) -> None:
    kept = life.events.add_event(life.event("Moved out of the pear house"))
    life.events.change_event(replace(kept, title="Moved back into the pear house"))
    life.events.remove_event(kept.id)
    rows = [each for each in life.desk.audit.entries() if each.operation.endswith("_event")]
    assert sorted(each.operation for each in rows) == ["add_event", "change_event", "remove_event"]
    assert all(each.client_id == life.client.id for each in rows)
    assert "pear" not in str(rows)
