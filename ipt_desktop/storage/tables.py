"""The tables of a practice: one for each record, whose columns are the record's fields.

What cannot exist alone goes with its parent (`CASCADE`). Words are never lost with something they merely refer to: there the
link is cleared instead (`SET NULL`). A definition is named by the hash of its content, which is not a foreign key.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from threading import RLock
from typing import Literal

from sqlalchemy import Column, ForeignKey, MetaData, Table, UniqueConstraint

from ipt_desktop.domain import measure_records, records, session_records, treatment_records
from ipt_desktop.domain.records import Record
from ipt_desktop.storage.mapper import fields_of

Link = tuple[str, Literal["CASCADE", "SET NULL"]]

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
_metadata = MetaData(naming_convention=_NAMES)
_private_metadata = MetaData(naming_convention=_NAMES)


class Schema(StrEnum):
    """Which tables a database has: the practice's, or those of the private notes. The value is the folder of its migrations."""

    PRACTICE = "versions"
    PRIVATE = "private"


# The triggers a current practice has, each as its migration made it.
TRIGGER_SQL: dict[str, str] = {
    f"audit_entry_is_never_{done}": (
        f"CREATE TRIGGER audit_entry_is_never_{done} BEFORE {change} ON audit_entry"
        " BEGIN SELECT RAISE(ABORT, 'the audit trail is only ever added to'); END"
    )
    for done, change in (("altered", "UPDATE"), ("removed", "DELETE"))
}
TRIGGERS: frozenset[str] = frozenset(TRIGGER_SQL)


def _table(
    name: str,
    record_type: type[Record],
    links: dict[str, Link] | None = None,
    unique: tuple[str, ...] = (),
    indexed: tuple[str, ...] = (),
    within: MetaData = _metadata,
) -> tuple[type[Record], Callable[[], Table]]:
    """Return how a record's table is made: `links` are its foreign keys (all indexed, as are those `indexed`).

    `unique` names columns unique together.
    """

    def make() -> Table:
        columns = []
        for field in fields_of(record_type).values():
            link = (links or {}).get(field.name)
            keys = [ForeignKey(f"{link[0]}.id", ondelete=link[1])] if link else []
            columns.append(
                Column(
                    field.name,
                    field.column_type,
                    *keys,
                    primary_key=field.name == "id",
                    nullable=field.is_optional,
                    index=True if link or field.name in indexed else None,
                )
            )
        constraints = [UniqueConstraint(*unique)] if unique else []
        return Table(name, within, *columns, *constraints)

    return record_type, make


class Tables(Mapping[type[Record], Table]):
    """The tables of a database by their records. Each is made when it is first asked for: a start needs a third of them."""

    def __init__(self, made_by: Iterable[tuple[type[Record], Callable[[], Table]]]) -> None:
        self._made_by = dict(made_by)
        self._made: dict[type[Record], Table] = {}
        self._lock = RLock()

    def __getitem__(self, record_type: type[Record]) -> Table:
        """Return the table of a record; KeyError for one that has none here."""
        made = self._made.get(record_type)
        if made is not None:
            return made
        with self._lock:
            if record_type not in self._made:
                self._made[record_type] = self._made_by[record_type]()
            return self._made[record_type]

    def __iter__(self) -> Iterator[type[Record]]:
        """Go through the records, with every table there: what one refers to may come later."""
        for record_type in self._made_by:
            self[record_type]
        return iter(self._made_by)

    def __len__(self) -> int:
        """Return how many tables there are."""
        return len(self._made_by)


TABLES = Tables(
    [
        _table("practice", records.Practice),
        _table("client", records.Client),
        _table("course", records.Course, {"client_id": ("client", "CASCADE")}),
        _table("session", records.Session, {"course_id": ("course", "CASCADE")}),
        _table("phase_change", records.PhaseChange, {"course_id": ("course", "CASCADE")}),
        _table("task_tick", records.TaskTick, {"course_id": ("course", "CASCADE"), "session_id": ("session", "SET NULL")}),
        _table("sector", records.Sector, {"client_id": ("client", "CASCADE")}),
        _table("person", records.Person, {"client_id": ("client", "CASCADE"), "sector_id": ("sector", "SET NULL")}),
        _table("problem_area", records.ProblemArea, {"course_id": ("course", "CASCADE"), "person_id": ("person", "SET NULL")}),
        _table("stage_change", records.StageChange, {"problem_area_id": ("problem_area", "CASCADE")}),
        _table("sitting", records.Sitting, {"course_id": ("course", "CASCADE"), "session_id": ("session", "SET NULL")}),
        _table(
            "placement",
            records.Placement,
            {"person_id": ("person", "CASCADE"), "sitting_id": ("sitting", "CASCADE")},
            unique=("person_id", "sitting_id"),
        ),
        _table(
            "tie",
            records.Tie,
            # A tie without its second person would read as one to the client, so it goes with either end.
            {
                "client_id": ("client", "CASCADE"),
                "from_person_id": ("person", "CASCADE"),
                "to_person_id": ("person", "CASCADE"),
            },
        ),
        _table(
            "goal",
            treatment_records.Goal,
            {
                "course_id": ("course", "CASCADE"),
                "problem_area_id": ("problem_area", "SET NULL"),
                "person_id": ("person", "SET NULL"),
            },
        ),
        _table("definition", records.Definition),
        _table("setting", records.Setting),
        _table(
            "document",
            records.Document,
            {
                "client_id": ("client", "CASCADE"),
                "course_id": ("course", "SET NULL"),
                "session_id": ("session", "SET NULL"),
                "about_id": ("person", "SET NULL"),
            },
        ),
        _table("revision", records.Revision, {"document_id": ("document", "CASCADE")}),
        _table("event", session_records.Event, {"client_id": ("client", "CASCADE"), "session_id": ("session", "SET NULL")}),
        _table(
            "step",
            session_records.Step,
            {
                "course_id": ("course", "CASCADE"),
                "session_id": ("session", "SET NULL"),
                "person_id": ("person", "SET NULL"),
                "reviewed_in_id": ("session", "SET NULL"),
            },
        ),
        _table(
            "risk_entry",
            session_records.RiskEntry,
            {"client_id": ("client", "CASCADE"), "course_id": ("course", "SET NULL"), "session_id": ("session", "SET NULL")},
        ),
        _table("signature", session_records.Signature, {"document_id": ("document", "CASCADE")}, unique=("number",)),
        _table("amendment", session_records.Amendment, {"id": ("document", "CASCADE"), "document_id": ("document", "CASCADE")}),
        _table("terms_change", treatment_records.TermsChange, {"course_id": ("course", "CASCADE")}),
        _table(
            "strategy_work",
            treatment_records.StrategyWork,
            {"problem_area_id": ("problem_area", "CASCADE"), "session_id": ("session", "SET NULL")},
        ),
        _table(
            "goal_rating",
            treatment_records.GoalRating,
            {"goal_id": ("goal", "CASCADE"), "session_id": ("session", "SET NULL")},
        ),
        _table(
            "suggestion_answer",
            treatment_records.SuggestionAnswer,
            {"client_id": ("client", "CASCADE"), "course_id": ("course", "CASCADE")},
        ),
        _table(
            "area_document",
            treatment_records.AreaDocument,
            {"id": ("document", "CASCADE"), "problem_area_id": ("problem_area", "CASCADE")},
        ),
        _table("diagnosis", treatment_records.Diagnosis, {"course_id": ("course", "CASCADE")}),
        _table("medication", treatment_records.Medication, {"client_id": ("client", "CASCADE")}),
        _table(
            "measure_result",
            measure_records.MeasureResult,
            {
                "client_id": ("client", "CASCADE"),
                "course_id": ("course", "SET NULL"),
                "session_id": ("session", "SET NULL"),
                "corrects_id": ("measure_result", "SET NULL"),
                "risk_entry_id": ("risk_entry", "SET NULL"),
                "about_id": ("person", "SET NULL"),
            },
        ),
        _table("measure_plan", measure_records.MeasurePlan, {"id": ("course", "CASCADE")}),
        _table("spelling_word", session_records.SpellingWord),
        _table("snippet", session_records.Snippet),
        _table("bookmark", session_records.Bookmark),
        # Its entries outlive what they name, so nothing is a foreign key.
        _table("audit_entry", records.AuditEntry, unique=("number",), indexed=("client_id",)),
        _table("audit_head", records.AuditHead),
        _table(
            "disclosure",
            records.Disclosure,
            {"client_id": ("client", "CASCADE"), "course_id": ("course", "SET NULL")},
        ),
    ]
)

# The private notes lie in a file of their own, with no key into the other: its clients and sessions are not there to point to.
# The columns are those of the practice's tables, so the same statements serve both.
PRIVATE_TABLES = Tables(
    [
        _table("definition", records.Definition, within=_private_metadata),
        _table("document", records.Document, within=_private_metadata),
        _table("revision", records.Revision, {"document_id": ("document", "CASCADE")}, within=_private_metadata),
    ]
)


def table_of(record_type: type[Record]) -> Table:
    """Return the table that keeps this type of record."""
    return TABLES[record_type]


def metadata_of(schema: Schema) -> MetaData:
    """Return all tables of a database."""
    is_private = schema is Schema.PRIVATE
    list(PRIVATE_TABLES if is_private else TABLES)
    return _private_metadata if is_private else _metadata
