"""Which document is the record of which problem area. A record outlives its area, and is found again by another of its kind."""

from ipt_desktop.domain.area_record import is_record_of, kept_of
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import Document, ProblemArea
from ipt_desktop.domain.treatment_records import AreaDocument
from ipt_desktop.storage.store import Reading, Writing


def record_of(reading: Reading, area: ProblemArea) -> Document | None:
    """Return the record of a problem area that is linked to it, or None.

    One that was written before the area was made one of another kind waits until it is of that kind again.
    """
    links = reading.all(AreaDocument, problem_area_id=area.id)
    written = reading.all(Document, "created_at", id=[each.id for each in links]) if links else []
    return next((each for each in written if kept_of(each.answers)[1] == area.area), None)


def link_written(writing: Writing, document: Document) -> None:
    """Link a record, as it is saved, to the problem area it was begun for; one that has its area keeps it."""
    area_id, _key = kept_of(document.answers)
    if writing.get(AreaDocument, document.id) is None and writing.get(ProblemArea, area_id) is not None:
        writing.insert(AreaDocument(id=document.id, problem_area_id=area_id))


def link_known(writing: Writing, area: ProblemArea) -> None:
    """Give a problem area the record of an earlier one of its kind that was taken out, the one written last."""
    if record_of(writing, area) is not None:
        return
    written = writing.all(Document, "-saved_at", "id", course_id=area.course_id, purpose=str(Purpose.AREA_RECORD))
    free = [each for each in written if writing.get(AreaDocument, each.id) is None and is_record_of(each, area)]
    if free:
        writing.insert(AreaDocument(id=free[0].id, problem_area_id=area.id))
