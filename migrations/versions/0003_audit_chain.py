"""The audit trail becomes a chain that tells when an entry was altered or removed; what left the practice has a list."""

import hashlib
import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

GUARDS = {
    "audit_entry_is_never_altered": (
        "CREATE TRIGGER audit_entry_is_never_altered BEFORE UPDATE ON audit_entry"
        " BEGIN SELECT RAISE(ABORT, 'the audit trail is only ever added to'); END"
    ),
    "audit_entry_is_never_removed": (
        "CREATE TRIGGER audit_entry_is_never_removed BEFORE DELETE ON audit_entry"
        " BEGIN SELECT RAISE(ABORT, 'the audit trail is only ever added to'); END"
    ),
}
AS_BEFORE = ("id", "at", "operation", "kind", "record_id")
BEFORE_THE_FIRST = "0" * 64


def upgrade() -> None:
    """Give the entries there are their numbers and links, in the order in which they were written, and guard them."""
    op.rename_table("audit_entry", "audit_entry_before")
    _create_audit_entry()
    _create_audit_head()
    _create_disclosure()
    _chain_entries(op.get_bind())
    op.drop_table("audit_entry_before")
    for guard in GUARDS.values():
        op.execute(guard)


def downgrade() -> None:
    """Take the chain off the entries again."""
    for name in GUARDS:
        op.execute(f"DROP TRIGGER {name}")
    op.drop_table("disclosure")
    op.drop_table("audit_head")
    op.drop_index("ix_audit_entry_client_id", "audit_entry")
    op.rename_table("audit_entry", "audit_entry_after")
    op.create_table(
        "audit_entry",
        *(sa.Column(name, sa.Text(), nullable=False) for name in AS_BEFORE),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entry"),
    )
    names = ", ".join(AS_BEFORE)
    op.execute(f"INSERT INTO audit_entry ({names}) SELECT {names} FROM audit_entry_after ORDER BY number")  # noqa: S608
    op.drop_table("audit_entry_after")


def _create_audit_entry() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("operation", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entry"),
        sa.UniqueConstraint("number", name="uq_audit_entry_number"),
    )
    op.create_index("ix_audit_entry_client_id", "audit_entry", ["client_id"])


def _create_audit_head() -> None:
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )


def _create_disclosure() -> None:
    op.create_table(
        "disclosure",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("course_id", sa.Text(), nullable=True),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("authorised_on", sa.Text(), nullable=True),
        sa.Column("how", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_disclosure"),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_disclosure_client_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name="fk_disclosure_course_id", ondelete="SET NULL"),
    )
    op.create_index("ix_disclosure_client_id", "disclosure", ["client_id"])
    op.create_index("ix_disclosure_course_id", "disclosure", ["course_id"])


def _chain_entries(connection: sa.Connection) -> None:
    """Chain what is there; who did it, and about which client, was not kept then."""
    names = ", ".join(AS_BEFORE)
    found = connection.exec_driver_sql(f"SELECT {names} FROM audit_entry_before ORDER BY at, rowid").all()  # noqa: S608
    previous, rows = BEFORE_THE_FIRST, []
    for number, values in enumerate(found, 1):
        row = dict(zip(AS_BEFORE, values, strict=True))
        row |= {"number": number, "who": "", "client_id": "", "detail": "{}", "previous": previous}
        previous = row["hash"] = _sum_of(row)
        rows.append(row)
    if rows:
        columns, places = ", ".join(rows[0]), ", ".join("?" for _ in rows[0])
        insert = f"INSERT INTO audit_entry ({columns}) VALUES ({places})"  # noqa: S608
        connection.exec_driver_sql(insert, [tuple(row.values()) for row in rows])
        connection.exec_driver_sql("INSERT INTO audit_head VALUES ('chain', ?, ?)", (len(rows), previous))


def _sum_of(row: dict[str, Any]) -> str:
    """Return the SHA-256 over the canonical JSON of all fields of an entry, as this revision seals it."""
    text = json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
