"""Sessions of several kinds that run; steps, risk, events; signatures and addenda; words and places that help writing.

What the notes there are tell of risk and of steps gets its records, as every later save of a note does.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

Link = tuple[str, str]
TABLES: dict[str, tuple[tuple[str, ...], dict[str, Link]]] = {
    # name: (columns: "name" is text that is never empty, "name?" may be NULL, "name#" is a whole number), links
    "event": (
        (
            *("id", "client_id", "session_id?", "on", "until", "title", "kind", "person_ids", "mood#?", "note", "recurs#"),
            "created_at",
        ),
        {"client_id": ("client", "CASCADE"), "session_id": ("session", "SET NULL")},
    ),
    "step": (
        (
            *("id", "course_id", "session_id?", "words", "person_id?", "agreed_on", "due?", "done?", "what_happened"),
            *("mood_effect?", "reviewed_on?", "reviewed_in_id?", "created_at"),
        ),
        {
            "course_id": ("course", "CASCADE"),
            "session_id": ("session", "SET NULL"),
            "person_id": ("person", "SET NULL"),
            "reviewed_in_id": ("session", "SET NULL"),
        },
    ),
    "risk_entry": (
        (
            *("id", "client_id", "course_id?", "session_id?", "on", "kind", "asked", "words", "ideation", "plan", "intent"),
            *("protective", "means", "restricted_by", "told", "told_on?", "action", "reviewed_on?", "created_at"),
        ),
        {"client_id": ("client", "CASCADE"), "course_id": ("course", "SET NULL"), "session_id": ("session", "SET NULL")},
    ),
    "signature": (
        (
            *("id", "document_id", "number#", "at", "zone", "signer", "licence", "is_late_entry#", "reason", "snapshot"),
            *("previous", "mark"),
        ),
        {"document_id": ("document", "CASCADE")},
    ),
    "amendment": (
        ("id", "document_id", "created_at"),
        {"id": ("document", "CASCADE"), "document_id": ("document", "CASCADE")},
    ),
    "spelling_word": (("id", "added_at"), {}),
    "snippet": (("id", "words"), {}),
    "bookmark": (("id", "place"), {}),
}
BEFORE = ("id", "course_id", "date", "starts_at", "ends_at", "mode", "attendance", "created_at")
OPTIONAL = ("starts_at", "ends_at", "attendance")
# Name and what the sessions there get.
NEW = (
    ("kind", "'session'"),
    ("attendee_ids", "'[]'"),
    ("attendees", "''"),
    ("fee", "''"),
    ("begun_at", "NULL"),
    ("closed_at", "NULL"),
)


def upgrade() -> None:
    """Make the new tables, give sessions their new columns, and put what notes tell into records."""
    _remake_session(NEW)
    for name, (columns, links) in TABLES.items():
        _create(name, columns, links)
    _follow_notes(op.get_bind())


def downgrade() -> None:
    """Take them away again; what notes tell stays in the notes."""
    for name in reversed(TABLES):
        op.drop_table(name)
    _remake_session(())


def _create(name: str, columns: tuple[str, ...], links: Mapping[str, Link]) -> None:
    named = {each.rstrip("?").rstrip("#"): each for each in columns}
    op.create_table(
        name,
        *(sa.Column(key, sa.Integer() if "#" in each else sa.Text(), nullable="?" in each) for key, each in named.items()),
        *(
            sa.ForeignKeyConstraint([key], [f"{parent}.id"], name=f"fk_{name}_{key}", ondelete=ondelete)
            for key, (parent, ondelete) in links.items()
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        *([sa.UniqueConstraint("number", name=f"uq_{name}_number")] if "number" in named else []),
    )
    for key in links:
        op.create_index(f"ix_{name}_{key}", name, [key])


def _remake_session(new: tuple[tuple[str, str], ...]) -> None:
    """Make the table anew with these columns besides the first. Foreign keys are off: what points at it by name stays."""
    op.create_table(
        "session_anew",
        *(sa.Column(name, sa.Text(), nullable=name in OPTIONAL) for name in BEFORE),
        *(sa.Column(name, sa.Text(), nullable=default == "NULL") for name, default in new),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name="fk_session_course_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_session"),
    )
    names = ", ".join((*BEFORE, *(name for name, _default in new)))
    values = ", ".join((*BEFORE, *(default for _name, default in new)))
    op.get_bind().exec_driver_sql(f"INSERT INTO session_anew ({names}) SELECT {values} FROM session")  # noqa: S608 - columns
    op.drop_index("ix_session_course_id", "session")
    op.drop_table("session")
    op.rename_table("session_anew", "session")
    op.create_index("ix_session_course_id", "session", ["course_id"])


def _follow_notes(connection: sa.Connection) -> None:
    """Put what each note tells of risk and of the steps agreed into records, a course's notes in the order of its sessions."""
    fields = dict(_fields_by_form(connection))
    notes = connection.exec_driver_sql(
        "SELECT document.client_id, session.course_id, session.id, session.date, document.form, document.answers,"
        " document.saved_at FROM document JOIN session ON session.id = document.session_id"
        " ORDER BY session.course_id, session.date, session.starts_at, session.created_at"
    ).fetchall()
    agreed: tuple[str, str] | None = None  # the last step of a course, as (course, step)
    for client, course, session, day, form, body, at in notes:
        told, keys = json.loads(body), fields.get(form, {})
        review, risk, words = (told.get(keys.get(means)) for means in ("last_step", "risk", "between_session_task"))
        if isinstance(review, dict) and review.get("done") and agreed is not None and agreed[0] == course:
            connection.exec_driver_sql(
                "UPDATE step SET done = ?, what_happened = ?, reviewed_on = ?, reviewed_in_id = ? WHERE id = ?",
                (review["done"], review.get("words", ""), day, session, agreed[1]),
            )
        if isinstance(risk, dict) and risk.get("asked") in ("none", "unchanged", "changed"):
            _insert_risk(connection, client, course, session, day, risk, at)
        if isinstance(words, str) and words.strip():
            agreed = (course, str(uuid5(NAMESPACE_URL, f"ipt-desktop/{session}/step")))
            connection.exec_driver_sql(
                "INSERT INTO step (id, course_id, session_id, words, agreed_on, what_happened, created_at)"
                " VALUES (?, ?, ?, ?, ?, '', ?)",
                (agreed[1], course, session, words.strip(), day, at),
            )


def _insert_risk(connection: sa.Connection, client: str, course: str, session: str, day: str, risk: Any, at: str) -> None:
    connection.exec_driver_sql(
        'INSERT INTO risk_entry (id, client_id, course_id, session_id, "on", kind, asked, words, action, created_at,'
        " ideation, plan, intent, protective, means, restricted_by, told)"
        " VALUES (?, ?, ?, ?, ?, 'suicide', ?, ?, ?, ?, '', '', '', '', '', '', '')",
        (
            *(str(uuid5(NAMESPACE_URL, f"ipt-desktop/{session}/risk")), client, course, session, day),
            *(risk["asked"], risk.get("words", ""), risk.get("action", ""), at),
        ),
    )


def _fields_by_form(connection: sa.Connection) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each form kept in the practice with its fields' keys by what they mean."""
    for hash_, body in connection.exec_driver_sql("SELECT id, body FROM definition WHERE kind = 'form'"):
        sections = json.loads(body).get("sections", ())
        yield hash_, {each["means"]: each["key"] for section in sections for each in section["fields"] if each.get("means")}
