"""What the database counts of sessions is what the domain counts."""

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipt_desktop.domain import records as r
from ipt_desktop.domain.course import tally_of
from ipt_desktop.storage.store import Store

TODAY = date(2026, 3, 2)
SESSIONS = st.lists(
    st.tuples(st.integers(-3, 3), st.sampled_from([None, *r.Attendance]), st.sampled_from(list(r.SessionKind))), max_size=12
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=SESSIONS, second=SESSIONS)
def test_the_database_counts_as_the_domain_does(store: Store, one_of_each: list[Any], first: Any, second: Any):
    (pattern,) = (each for each in one_of_each if isinstance(each, r.Course))
    (client,) = (each for each in one_of_each if isinstance(each, r.Client))
    kept: dict[str, list[r.Session]] = {}

    def work(writing: Any) -> None:
        for course in writing.all(r.Course):
            writing.delete(r.Course, course.id)
        writing.upsert(client)
        for name, rows in (("one", first), ("two", second), ("other", first)):
            fields = {each: getattr(pattern, each) for each in pattern.__dataclass_fields__}
            writing.insert(r.Course(**fields | {"id": name, "number": len(kept) + 1}))
            kept[name] = [
                r.Session(course_id=name, date=TODAY + timedelta(days), attendance=attendance, kind=kind)
                for days, attendance, kind in rows
            ]
            for session in kept[name]:
                writing.insert(session)

    store.write(work)
    with store.read() as reading:
        told = reading.session_tallies(TODAY, ["one", "two", "unknown"])
        assert reading.session_tallies(TODAY, []) == {}
    assert told == {name: tally_of(kept[name], TODAY) for name in ("one", "two") if kept[name]}
