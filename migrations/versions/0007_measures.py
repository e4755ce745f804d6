"""Measures: what was answered, and which measures a course gives when. An event is dated as the client tells it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

LINKS = {
    "client_id": ("client", "CASCADE"),
    "course_id": ("course", "SET NULL"),
    "session_id": ("session", "SET NULL"),
    "corrects_id": ("measure_result", "SET NULL"),
    "risk_entry_id": ("risk_entry", "SET NULL"),
}


def upgrade() -> None:
    """Make the new tables and the new column."""
    op.add_column("event", sa.Column("told", sa.Text(), nullable=True))
    op.create_table(
        "measure_result",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("course_id", sa.Text(), nullable=True),
        sa.Column("session_id", sa.Text(), nullable=True),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("on", sa.Text(), nullable=False),
        sa.Column("given", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("total", sa.Float(), nullable=True),
        sa.Column("flagged", sa.Text(), nullable=False),
        sa.Column("finished_at", sa.Text(), nullable=True),
        sa.Column("corrects_id", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("risk_entry_id", sa.Text(), nullable=True),
        sa.Column("created_at", sa.Text(), nullable=False),
        *(
            sa.ForeignKeyConstraint([key], [f"{parent}.id"], name=f"fk_measure_result_{key}", ondelete=ondelete)
            for key, (parent, ondelete) in LINKS.items()
        ),
        sa.PrimaryKeyConstraint("id", name="pk_measure_result"),
    )
    for key in LINKS:
        op.create_index(f"ix_measure_result_{key}", "measure_result", [key])
    op.create_table(
        "measure_plan",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["course.id"], name="fk_measure_plan_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_measure_plan"),
    )
    op.create_index("ix_measure_plan_id", "measure_plan", ["id"])


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("measure_plan")
    op.drop_table("measure_result")
    op.drop_column("event", "told")
