"""The problem areas of a demo case: the sessions that worked on their strategies, and the record of each."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from ipt_desktop.domain import records as r
from ipt_desktop.domain.area_record import OF_AREA
from ipt_desktop.domain.protocol import Protocol
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import AreaDocument, StrategyWork
from ipt_desktop.services.definition_source import Source
from ipt_desktop.services.demo_case import CaseCourse, CaseDocument
from ipt_desktop.services.toml_lines import Place


def strategies(
    course: CaseCourse,
    protocol: Protocol,
    sessions: Sequence[r.Session],
    source: Source,
    place: Place,
    id_of: Callable[..., str],
) -> Iterator[StrategyWork]:
    """Yield where strategies were worked on. The case refuses what its course or its protocol does not have."""
    number = place[-1] + 1 if isinstance(place[-1], int) else 0
    worked_on = {each.area for each in course.areas}
    for at, (told, session) in enumerate(zip(course.sessions, sessions, strict=True)):
        for area, keys in told.works.items():
            here: Place = (*place, "sessions", at, "works", area)
            known = protocol.area(area) if area in worked_on else None
            if known is None:
                source.refuse(here, _("the course has no problem area “{area}”").format(area=area))
            for key in keys:
                if known.strategy(key) is None:
                    source.refuse(here, _("the problem area has no strategy “{strategy}”").format(strategy=key))
                yield StrategyWork(
                    id=id_of("work", number, area, key, told.week),
                    problem_area_id=id_of("area", number, area),
                    strategy=key,
                    on=session.date,
                    session_id=session.id,
                    created_at=session.created_at,
                )


def as_area_record(told: CaseDocument, area_id: str, records: Iterable[r.Record]) -> Iterator[r.Record]:
    """Yield a document and its revision as those of the record of a problem area, and that they are."""
    of_area = {OF_AREA: {"id": area_id, "key": told.area}}
    for each in records:
        if isinstance(each, r.Document | r.Revision):
            yield replace(each, answers={**each.answers, **of_area})
        else:
            yield each
        if isinstance(each, r.Document):
            yield AreaDocument(id=each.id, problem_area_id=area_id)
