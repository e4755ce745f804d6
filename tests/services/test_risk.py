"""Risk entries on a real practice: kept, reviewed, taken out and put back, and what the table reads of them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ipt_desktop.domain import risk
from ipt_desktop.domain.audit import Wanted
from ipt_desktop.domain.errors import RecordGone, Refused
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import Client, Session
from ipt_desktop.domain.session_records import RiskAsked, RiskEntry, RiskKind
from ipt_desktop.services.desk import Desk

TODAY = date.today()


@pytest.fixture
def client(desk: Desk) -> Client:
    return desk.clients.add_client(Client(name="Marta Lindqvist"))


def entry(client: Client, days_ago: int, asked: RiskAsked, words: str = "", kind: RiskKind = RiskKind.SUICIDE) -> RiskEntry:
    return RiskEntry(client_id=client.id, on=TODAY - timedelta(days=days_ago), asked=asked, words=words, kind=kind)


def noted(desk: Desk, client: Client) -> RiskEntry:
    """Return the entry that the note of a session made."""
    course = desk.courses.begin_course(client.id, desk.resources.protocols[0], started_on=TODAY)
    session = desk.sessions.add_session(Session(course_id=course.id, date=TODAY))
    note = desk.documents.open_document(Purpose.PROGRESS_NOTE, client.id, course_id=course.id, session_id=session.id)
    draft = desk.documents.begin_writing(note)
    desk.documents.keep_draft(draft, {"risk": {"asked": "changed", "words": "Passive ideation"}})
    return desk.risk.entries(client.id)[0]


def test_an_entry_is_kept_changed_reviewed_removed_and_put_back(desk: Desk, client: Client):
    kept = desk.risk.keep_risk(entry(client, 3, RiskAsked.CHANGED, "Passive ideation"))
    assert desk.risk.levels(client.id)[0].is_open
    assert desk.risk.review_risk(kept.id, TODAY).reviewed_on == TODAY
    assert not desk.risk.levels(client.id)[0].is_open
    assert desk.risk.review_risk(kept.id, None) == kept
    removed = desk.risk.remove_risk(kept.id)
    assert desk.risk.entries(client.id) == []
    desk.risk.restore_risk(removed)
    assert desk.risk.entry(kept.id) == kept
    trail = [each.operation for each in desk.audit.entries(Wanted(client_id=client.id))]
    assert trail[:5] == ["restore_risk", "remove_risk", "review_risk", "review_risk", "keep_risk"]


def test_what_cannot_be_is_refused(desk: Desk, client: Client):
    with pytest.raises(Refused, match="still to come"):
        desk.risk.keep_risk(entry(client, -1, RiskAsked.NONE))
    with pytest.raises(RecordGone):
        desk.risk.keep_risk(replace(entry(client, 1, RiskAsked.NONE), client_id="nobody"))
    with pytest.raises(RecordGone):
        desk.risk.review_risk("nothing", TODAY)


def test_what_a_note_says_stays_as_the_note_has_it(desk: Desk, client: Client):
    made = noted(desk, client)
    assert risk.is_of_note(made)
    kept = desk.risk.keep_risk(replace(made, words="Other", asked=RiskAsked.NONE, kind=RiskKind.SELF_HARM, told="Dr Weiss"))
    assert (kept.words, kept.asked) == ("Passive ideation", RiskAsked.CHANGED)
    assert (kept.kind, kept.told) == (RiskKind.SELF_HARM, "Dr Weiss")
    with pytest.raises(Refused, match="note of a session"):
        desk.risk.remove_risk(made.id)


def test_the_table_reads_of_everyone_what_the_file_reads_of_one(desk: Desk, client: Client):
    other = desk.clients.add_client(Client(name="Zofia Wójcik"))
    desk.clients.add_client(Client(name="Nobody asked"))
    for kept in (
        entry(client, 30, RiskAsked.CHANGED, "Older words"),
        entry(client, 20, RiskAsked.CHANGED, "Passive ideation"),
        entry(client, 10, RiskAsked.UNCHANGED, " "),
        entry(client, 2, RiskAsked.NOT_ASKED),
        entry(client, 40, RiskAsked.CHANGED, "He shouts", RiskKind.DOMESTIC_ABUSE),
        entry(other, 5, RiskAsked.UNCHANGED, "Self-harm, past", RiskKind.SELF_HARM),
        entry(other, 4, RiskAsked.NONE),
    ):
        desk.risk.keep_risk(kept)
    told = {each.client.name: list(each.risk) for each in desk.clients.overview(TODAY)}
    assert told["Nobody asked"] == []
    for each in (client, other):
        assert told[each.name] == desk.risk.levels(each.id) == risk.levels(desk.risk.entries(each.id))
    assert [each.words for each in told["Marta Lindqvist"]] == ["To review", "He shouts"]
    assert [each.words for each in told["Zofia Wójcik"]] == ["Self-harm, past", "None"]
    with desk.open_practice.read() as reading:
        assert len(reading.risk_entries_that_count([client.id])) == 4  # the oldest words count no more
