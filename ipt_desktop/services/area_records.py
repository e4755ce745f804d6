"""The records of the problem areas: one document each, in the form of its area; and what was asked about violence."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ipt_desktop.domain.area_record import AreaRecord, Screened, answers_for, screened
from ipt_desktop.domain.errors import RecordGone
from ipt_desktop.domain.form import Means, Purpose, form_hash
from ipt_desktop.domain.records import Course, Document, ProblemArea
from ipt_desktop.domain.worksheet import first_words
from ipt_desktop.services.area_links import record_of
from ipt_desktop.services.practice import OpenPractice, found
from ipt_desktop.storage.store import Reading

if TYPE_CHECKING:
    from ipt_desktop.services.documents import Documents
    from ipt_desktop.services.resources import Resources


class AreaRecords:
    """What can be done with the records of problem areas beside writing them, which `Documents` does."""

    def __init__(self, practice: OpenPractice, documents: "Documents", resources: "Resources") -> None:
        self._practice, self._documents, self._resources = practice, documents, resources

    def of_areas(self, areas: Sequence[ProblemArea]) -> dict[str, AreaRecord]:
        """Return how the record of each problem area stands, by the area's id."""
        with self._practice.read() as reading:
            return {each.id: self._told(reading, each) for each in areas}

    def asked_about(self, course_id: str, person_id: str) -> tuple[Screened, str]:
        """Return what was asked about violence of a person, and the problem area whose record asks it, "" where none does."""
        with self._practice.read() as reading:
            areas = reading.all(ProblemArea, "rank", course_id=course_id, person_id=person_id, ended_on=None)
            asking = [each for each in areas if self._resources.record_form(each.area).field_that_means(Means.VIOLENCE)]
            said = [self._told(reading, each).screened for each in asking] or [self._asked_of(reading, person_id)]
        return next((each for each in said if each.is_asked), Screened.NOT_ASKED), asking[0].id if asking else ""

    def document(self, problem_area_id: str) -> Document:
        """Return the record of a problem area; nothing of a fresh one is stored before its first save.

        One written with an earlier edition of its form moves to the present one if no answer would be lost. Raises RecordGone
        where the problem area is no more.
        """
        with self._practice.read() as reading:
            area = found(reading, ProblemArea, problem_area_id)
            course = found(reading, Course, area.course_id)
            written = record_of(reading, area)
        if written is not None:
            return self._documents.with_present_form(written)
        form = self._resources.record_form(area.area)
        answers = answers_for(area, form)
        return Document(
            client_id=course.client_id,
            course_id=course.id,
            about_id=area.person_id if len(answers) > 1 else None,
            form=form_hash(form),
            purpose=str(Purpose.AREA_RECORD),
            answers=answers,
        )

    def _told(self, reading: Reading, area: ProblemArea) -> AreaRecord:
        document = record_of(reading, area)
        asked = self._asked_of(reading, area.person_id)
        if document is None:
            return AreaRecord(problem_area_id=area.id, screened=asked)
        try:
            form = self._documents.form_of(document)
        except RecordGone:
            return AreaRecord(problem_area_id=area.id, document_id=document.id, screened=asked)
        is_about_another = document.about_id and area.person_id and document.about_id != area.person_id
        said = Screened.NOT_ASKED if is_about_another else screened(form, document.answers)
        return AreaRecord(
            problem_area_id=area.id,
            document_id=document.id,
            words=first_words(form, document.answers),
            screened=said if said.is_asked else asked,
        )

    def _asked_of(self, reading: Reading, person_id: str | None) -> Screened:
        """Return what the inventory says was asked about a person."""
        if person_id is None:
            return Screened.NOT_ASKED
        entries = reading.all(Document, "-saved_at", about_id=person_id, purpose=str(Purpose.INVENTORY_ENTRY))
        said = (screened(self._documents.form_of(each), each.answers) for each in entries)
        return next((each for each in said if each.is_asked), Screened.NOT_ASKED)
