"""The risk entries of a client: what was asked, what was found, what the therapist did. Nothing of it is sent anywhere.

What a session's note says about risk is kept by the save of that note (`note_following`); the rest is kept here.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from ipt_desktop.domain import risk
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.records import Client
from ipt_desktop.domain.risk import RiskLevel
from ipt_desktop.domain.session_records import RiskEntry
from ipt_desktop.domain.text import _
from ipt_desktop.services.measure_safety import answer_flags
from ipt_desktop.services.practice import OpenPractice, found
from ipt_desktop.storage.store import Reading, Writing


class Risk:
    """What can be done with risk entries."""

    def __init__(self, practice: OpenPractice) -> None:
        self._practice = practice

    def entries(self, client_id: str) -> list[RiskEntry]:
        """Return a client's entries, newest first."""
        with self._practice.read() as reading:
            return risk.in_order(reading.all(RiskEntry, client_id=client_id))

    def entry(self, entry_id: str) -> RiskEntry:
        """Return an entry; raises RecordGone where there is none."""
        with self._practice.read() as reading:
            return found(reading, RiskEntry, entry_id)

    def levels(self, client_id: str) -> list[RiskLevel]:
        """Return where each kind of risk stands for a client, what is to be reviewed first."""
        with self._practice.read() as reading:
            return levels_of(reading, [client_id]).get(client_id, [])

    def means(self, client_id: str) -> str:
        """Return the means told of last, and by whom they are restricted; "" where nobody was told of any."""
        told = next((each for each in self.entries(client_id) if each.means.strip() or each.restricted_by.strip()), None)
        return risk.means_words(told) if told else ""

    def keep_risk(self, entry: RiskEntry) -> RiskEntry:
        """Add an entry or keep it changed. What a note says stays as the note has it, and a change is to be reviewed again.

        Raises Refused for a day still to come, RecordGone where the client is no longer there.
        """
        if entry.on > date.today():
            raise Refused(reason=_("Risk can’t have been asked about on a day that is still to come."))

        def work(writing: Writing) -> RiskEntry:
            found(writing, Client, entry.client_id)
            known = writing.get(RiskEntry, entry.id)
            kept = entry
            if known is not None and risk.is_of_note(known):
                kept = replace(entry, asked=known.asked, words=known.words, action=known.action, on=known.on)
            writing.upsert(kept)
            answer_flags(writing, kept, known)
            return kept

        return self._practice.write("keep_risk", work, about=entry.id)

    def review_risk(self, entry_id: str, on: date | None) -> RiskEntry:
        """Note that an entry was reviewed on a day; None takes that back. Raises RecordGone where it is no more."""

        def work(writing: Writing) -> RiskEntry:
            reviewed = replace(found(writing, RiskEntry, entry_id), reviewed_on=on)
            writing.update(reviewed)
            return reviewed

        return self._practice.write("review_risk", work, about=entry_id)

    def remove_risk(self, entry_id: str) -> RiskEntry:
        """Take an entry out and return it, for `restore_risk`.

        Raises RecordGone where it is no more, Refused for one that a note says: it goes when the note says otherwise.
        """

        def work(writing: Writing) -> RiskEntry:
            entry = found(writing, RiskEntry, entry_id)
            if risk.is_of_note(entry):
                raise Refused(reason=_("This stands in the note of a session. Change it there, and it changes here."))
            writing.delete(RiskEntry, entry_id)
            return entry

        return self._practice.write("remove_risk", work, about=entry_id)

    def restore_risk(self, entry: RiskEntry) -> RiskEntry:
        """Put an entry back that was taken out. Raises RecordGone where its client is no longer there."""

        def work(writing: Writing) -> RiskEntry:
            found(writing, Client, entry.client_id)
            writing.upsert(entry)
            answer_flags(writing, entry)
            return entry

        return self._practice.write("restore_risk", work, about=entry.id)


def levels_of(reading: Reading, client_ids: Collection[str]) -> dict[str, list[RiskLevel]]:
    """Return where each kind of risk stands for each of these clients: two queries, however many they are."""
    own: defaultdict[str, list[RiskEntry]] = defaultdict(list)
    for entry in reading.all(RiskEntry, id=reading.risk_entries_that_count(client_ids)):
        own[entry.client_id].append(entry)
    return {client_id: risk.levels(entries) for client_id, entries in own.items()}
