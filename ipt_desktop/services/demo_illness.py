"""The diagnoses and the medication of a demo case."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from ipt_desktop.domain.code_list import CodeList
from ipt_desktop.domain.records import Session
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import Diagnosis, DiagnosisAt, Medication
from ipt_desktop.services.codes import Codes
from ipt_desktop.services.definition_source import Source
from ipt_desktop.services.demo_case import CaseDiagnosis, CaseMedicine
from ipt_desktop.services.resources import Resources
from ipt_desktop.services.toml_lines import Place

SYSTEM = "ICD-10-CM"


def diagnoses(
    told: Sequence[CaseDiagnosis],
    course_id: str,
    sessions: dict[int, Session],
    source: Source,
    place: Place,
    resources: Resources,
    id_of: Callable[[int], str],
) -> Iterator[Diagnosis]:
    """Yield the diagnoses of a course, at each end in the order they are told; the case refuses what does not fit."""
    codes = Codes(resources.path("codes")).list_of(SYSTEM) if told else None
    for number, each in enumerate(told):
        here: Place = (*place, "diagnoses", number)
        if each.at not in set(DiagnosisAt):
            source.refuse((*here, "at"), _("a diagnosis is made at the start or at the end"))
        session = sessions.get(each.session)
        if session is None:
            source.refuse((*here, "session"), _("there is no session with this number"))
        yield Diagnosis(
            id=id_of(number),
            course_id=course_id,
            at=DiagnosisAt(each.at),
            system=codes.system if codes and each.code else "",
            code=each.code,
            words=_title(each, codes, source, here),
            made_on=session.date,
            rank=1 + sum(other.at == each.at for other in told[:number]),
            created_at=session.created_at,
        )


def _title(told: CaseDiagnosis, codes: CodeList | None, source: Source, place: Place) -> str:
    line = codes.line(told.code) if codes and told.code else None
    if told.code and (line is None or not line.is_choosable):
        source.refuse((*place, "code"), _("there is no such code"))
    return told.words or (line.title if line else source.refuse((*place, "words"), _("a diagnosis needs words")))


def medicines(
    told: Sequence[CaseMedicine],
    client_id: str,
    first: Session,
    when: Callable[[str], str],
    id_of: Callable[[int], str],
) -> Iterator[Medication]:
    """Yield what the client takes and took; `when` reads a date that is counted."""
    for number, each in enumerate(told):
        begun, ended = (*(when(day) for day in each.taken), "", "")[:2]
        yield Medication(
            id=id_of(number),
            client_id=client_id,
            name=each.name,
            dose=each.dose,
            prescriber=each.prescriber,
            begun=begun or _before(first.date, each.begun),
            ended=ended,
            note=each.note,
            created_at=first.created_at,
        )


def _before(day: date, days: int) -> str:
    return (day - timedelta(days=days)).isoformat() if days else ""
