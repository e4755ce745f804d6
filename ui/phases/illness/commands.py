"""What can be undone of diagnoses and medication, by the records themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipt_desktop.domain.text import _
from ui.verb import Told, Verb

if TYPE_CHECKING:
    from ipt_desktop.domain.treatment_records import Diagnosis, Medication
    from ipt_desktop.services.diagnoses import Diagnoses
    from ipt_desktop.services.medications import Medications


class KeepDiagnosis(Verb):
    """A diagnosis is made (`old` is None), said otherwise, or given another rank."""

    def __init__(self, diagnoses: Diagnoses, old: Diagnosis | None, new: Diagnosis, refused: Told) -> None:
        super().__init__(_("Change a diagnosis") if old else _("Add a diagnosis"), refused)
        self._diagnoses, self._old, self._new = diagnoses, old, new

    def redo(self) -> None:
        """Keep it."""
        self.attempt(lambda: self._diagnoses.keep_diagnosis(self._new))

    def undo(self) -> None:
        """Keep what was before."""
        old = self._old
        if old is None:
            self.attempt(lambda: self._diagnoses.remove_diagnosis(self._new.id))
        else:
            self.attempt(lambda: self._diagnoses.keep_diagnosis(old))


class RemoveDiagnosis(Verb):
    """A diagnosis is taken out; undone, it stands at its rank again."""

    def __init__(self, diagnoses: Diagnoses, diagnosis: Diagnosis, refused: Told) -> None:
        super().__init__(_("Remove a diagnosis"), refused)
        self._diagnoses, self._diagnosis = diagnoses, diagnosis

    def redo(self) -> None:
        """Take it out."""
        self.attempt(lambda: self._diagnoses.remove_diagnosis(self._diagnosis.id))

    def undo(self) -> None:
        """Put it back."""
        self.attempt(lambda: self._diagnoses.keep_diagnosis(self._diagnosis))


class AddMedication(Verb):
    """A medicine is added. Undone, it is gone; done again, it is the same one."""

    def __init__(self, medications: Medications, medication: Medication, refused: Told) -> None:
        super().__init__(_("Add a medicine"), refused)
        self._medications, self._medication, self._is_known = medications, medication, False

    def redo(self) -> None:
        """Add it, or bring it back."""
        self.attempt(self._add)

    def _add(self) -> None:
        if self._is_known:
            self._medications.restore_medication(self._medication)
        else:
            self._medication = self._medications.add_medication(self._medication)
            self._is_known = True

    def undo(self) -> None:
        """Take it out again."""
        self.attempt(lambda: self._medications.remove_medication(self._medication.id))


class ChangeMedication(Verb):
    """What is known of a medicine is said otherwise."""

    def __init__(self, medications: Medications, old: Medication, new: Medication, refused: Told) -> None:
        super().__init__(_("Change a medicine"), refused)
        self._medications, self._old, self._new = medications, old, new

    def redo(self) -> None:
        """Keep the change."""
        self.attempt(lambda: self._medications.change_medication(self._new))

    def undo(self) -> None:
        """Keep what was before."""
        self.attempt(lambda: self._medications.change_medication(self._old))


class EndMedication(Verb):
    """A medicine is no longer taken since `ended`."""

    def __init__(self, medications: Medications, medication: Medication, ended: str, refused: Told) -> None:
        super().__init__(_("End a medicine"), refused)
        self._medications, self._medication, self._ended = medications, medication, ended

    def redo(self) -> None:
        """Say so."""
        self.attempt(lambda: self._medications.end_medication(self._medication.id, self._ended))

    def undo(self) -> None:
        """Say what was said before."""
        self.attempt(lambda: self._medications.end_medication(self._medication.id, self._medication.ended))


class RemoveMedication(Verb):
    """A medicine is taken out."""

    def __init__(self, medications: Medications, medication: Medication, refused: Told) -> None:
        super().__init__(_("Remove a medicine"), refused)
        self._medications, self._medication = medications, medication

    def redo(self) -> None:
        """Take it out."""
        self.attempt(lambda: self._medications.remove_medication(self._medication.id))

    def undo(self) -> None:
        """Bring it back under its own id."""
        self.attempt(lambda: self._medications.restore_medication(self._medication))
