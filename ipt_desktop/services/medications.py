"""Medication as it is known: what is taken or was, of whom, since when. Nothing here says what should be taken."""

from collections.abc import Callable
from dataclasses import replace

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.records import Client
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import Medication
from ipt_desktop.domain.typed_when import is_earlier, is_when
from ipt_desktop.services.practice import OpenPractice, found
from ipt_desktop.storage.store import Reading, Writing

LONGEST = 200  # characters of each of the lines


class Medications:
    """What can be done with the medication of a client."""

    def __init__(self, practice: OpenPractice) -> None:
        self._practice = practice

    def of_client(self, client_id: str) -> list[Medication]:
        """Return a client's medication, what was begun last first; what nobody knows the beginning of stands at the end."""
        with self._practice.read() as reading:
            return reading.all(Medication, "-begun", "created_at", "id", client_id=client_id)

    def add_medication(self, medication: Medication) -> Medication:
        """Add a medicine. Raises what `_checked` raises."""
        return self._insert("add_medication", medication)

    def restore_medication(self, medication: Medication) -> Medication:
        """Bring back a medicine taken out, under its own id. Raises what `_checked` raises."""
        return self._insert("restore_medication", medication)

    def change_medication(self, medication: Medication) -> Medication:
        """Keep what is known otherwise. Raises RecordGone where it is no more, and what `_checked` raises."""
        return self._update("change_medication", medication.id, lambda _known: medication)

    def end_medication(self, medication_id: str, ended: str) -> Medication:
        """Say since when a medicine is no longer taken, an ISO date of any precision; "" takes that back.

        Raises Refused for an end before the beginning, RecordGone where the medicine is no more.
        """
        return self._update("end_medication", medication_id, lambda known: replace(known, ended=ended))

    def remove_medication(self, medication_id: str) -> Medication:
        """Take a medicine out and return it, for `restore_medication`. Raises RecordGone where it is no more."""

        def work(writing: Writing) -> Medication:
            medication = found(writing, Medication, medication_id)
            writing.delete(Medication, medication_id)
            return medication

        return self._practice.write("remove_medication", work, about=medication_id)

    def _insert(self, operation: str, medication: Medication) -> Medication:
        def work(writing: Writing) -> Medication:
            sound = _checked(writing, medication)
            writing.insert(sound)
            return sound

        return self._practice.write(operation, work, about=medication.id)

    def _update(self, operation: str, medication_id: str, changed: Callable[[Medication], Medication]) -> Medication:
        def work(writing: Writing) -> Medication:
            sound = _checked(writing, changed(found(writing, Medication, medication_id)))
            writing.update(sound)
            return sound

        return self._practice.write(operation, work, about=medication_id)


def _checked(reading: Reading, medication: Medication) -> Medication:
    """Return the medicine as it is kept, its lines tidied.

    Raises Refused without a name, for more than there is room for, for what is no date, and for an end before the beginning;
    RecordGone where the client is no more.
    """
    told = (medication.name, medication.dose, medication.prescriber, medication.note)
    name, dose, prescriber, note = (" ".join(each.split()) for each in told)
    if not name:
        raise Refused(reason=_("Say which medicine it is."))
    if any(len(line) > LONGEST for line in (name, dose, prescriber, note)):
        raise Refused(reason=_("Each line has room for {count} characters.").format(count=LONGEST))
    if not all(is_when(each) for each in (medication.begun, medication.ended) if each):
        raise Refused(reason=_("Since when and until when are a year, a month or a day."))
    if medication.begun and medication.ended and is_earlier(medication.ended, medication.begun):
        raise Refused(reason=_("It can’t end before it begins."))
    found(reading, Client, medication.client_id)
    return replace(medication, name=name, dose=dose, prescriber=prescriber, note=note)
