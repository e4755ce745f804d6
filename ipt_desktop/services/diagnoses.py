"""Diagnoses of a course, at its start and at its end: codes with their titles, or words alone; the main one first."""

from dataclasses import replace

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.records import Course
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import Diagnosis, DiagnosisAt
from ipt_desktop.services.practice import OpenPractice, found
from ipt_desktop.storage.store import Reading, Writing

LONGEST = 300  # characters of the words


class Diagnoses:
    """What can be done with the diagnoses of a course. What is chosen for a code is what the therapist has judged."""

    def __init__(self, practice: OpenPractice) -> None:
        self._practice = practice

    def of_course(self, course_id: str) -> list[Diagnosis]:
        """Return the diagnoses of a course: those at the start, then those at the end, each by rank."""
        with self._practice.read() as reading:
            return _at(reading, course_id, DiagnosisAt.START) + _at(reading, course_id, DiagnosisAt.END)

    def keep_diagnosis(self, diagnosis: Diagnosis) -> Diagnosis:
        """Add or change a diagnosis at its rank (1 is the main one); the others of that end of the course close up around it.

        Raises Refused without words or for more than there is room for, RecordGone where the course is no more.
        """

        def work(writing: Writing) -> Diagnosis:
            sound = _checked(writing, diagnosis)
            others = [each for each in _at(writing, sound.course_id, sound.at) if each.id != sound.id]
            rank = min(max(sound.rank, 1), len(others) + 1)
            _rank(writing, [*others[: rank - 1], replace(sound, rank=rank), *others[rank - 1 :]], sound.id)
            return replace(sound, rank=rank)

        return self._practice.write("keep_diagnosis", work, about=diagnosis.id)

    def remove_diagnosis(self, diagnosis_id: str) -> Diagnosis:
        """Take a diagnosis out and return it, for `keep_diagnosis`. Raises RecordGone where it is no more."""

        def work(writing: Writing) -> Diagnosis:
            diagnosis = found(writing, Diagnosis, diagnosis_id)
            writing.delete(Diagnosis, diagnosis_id)
            _rank(writing, _at(writing, diagnosis.course_id, diagnosis.at), "")
            return diagnosis

        return self._practice.write("remove_diagnosis", work, about=diagnosis_id)


def _at(reading: Reading, course_id: str, at: DiagnosisAt) -> list[Diagnosis]:
    return reading.all(Diagnosis, "rank", "created_at", "id", course_id=course_id, at=at)


def _rank(writing: Writing, diagnoses: list[Diagnosis], kept: str) -> None:
    """Give diagnoses their ranks in the given order; only what changes is written, and the one to be kept."""
    for rank, each in enumerate(diagnoses, start=1):
        if each.rank != rank or each.id == kept:
            writing.upsert(replace(each, rank=rank))


def _checked(reading: Reading, diagnosis: Diagnosis) -> Diagnosis:
    """Return the diagnosis as it is kept, its words tidied; without a code it has no code system."""
    words, code, system = (" ".join(each.split()) for each in (diagnosis.words, diagnosis.code, diagnosis.system))
    if not words:
        raise Refused(reason=_("A diagnosis needs words: what was found?"))
    if len(words) > LONGEST:
        raise Refused(reason=_("A diagnosis has room for {count} characters.").format(count=LONGEST))
    found(reading, Course, diagnosis.course_id)
    return replace(diagnosis, words=words, code=code, system=system if code else "")
