"""The circle tells more of each person: support, conflict, contact, confidants; sectors, and goals that point at an arrow."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BEFORE = ("id", "person_id", "sitting_id", "is_present", "felt", "desired", "angle", "words")
NOT_ASKED = '{"emotional":null,"practical":null,"informational":null,"companionship":null}'
# Name, type and what the rows there are get.
NEW = (
    ("is_confidant", sa.Integer(), "0"),
    ("received", sa.Text(), f"'{NOT_ASKED}'"),
    ("wished", sa.Text(), f"'{NOT_ASKED}'"),
    ("given", sa.Integer(), "NULL"),
    ("conflict", sa.Integer(), "NULL"),
    ("contact", sa.Text(), "NULL"),
)


def upgrade() -> None:
    """Make the tables of sectors and goals, and give people and placements their new columns."""
    op.create_table(
        "sector",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("start", sa.Float(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_sector_client_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_sector"),
    )
    op.create_index("ix_sector_client_id", "sector", ["client_id"])
    op.create_table(
        "goal",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("course_id", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("problem_area_id", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Text(), nullable=True),
        sa.Column("is_closeness", sa.Integer(), nullable=False),
        sa.Column("start", sa.Float(), nullable=True),
        sa.Column("set_on", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name="fk_goal_course_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["problem_area_id"], ["problem_area.id"], name="fk_goal_problem_area_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_goal_person_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_goal"),
    )
    for column in ("course_id", "problem_area_id", "person_id"):
        op.create_index(f"ix_goal_{column}", "goal", [column])
    # SQLite adds a column with its key in place: the rows of people, and all that points at them, stay as they are.
    op.execute(
        "ALTER TABLE person ADD COLUMN sector_id TEXT CONSTRAINT fk_person_sector_id REFERENCES sector (id) ON DELETE SET NULL"
    )
    op.create_index("ix_person_sector_id", "person", ["sector_id"])
    _remake_placement(NEW)


def downgrade() -> None:
    """Take them away again."""
    _remake_placement(())
    op.drop_index("ix_person_sector_id", "person")
    op.execute("ALTER TABLE person DROP COLUMN sector_id")
    op.drop_table("goal")
    op.drop_table("sector")


def _remake_placement(new: tuple[tuple[str, sa.types.TypeEngine[Any], str], ...]) -> None:
    """Make the table anew with these columns besides the first: nothing points at it, and a column keeps no default."""
    op.rename_table("placement", "placement_before")
    for column in ("person_id", "sitting_id"):
        op.drop_index(f"ix_placement_{column}", "placement_before")
    op.create_table(
        "placement",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("sitting_id", sa.Text(), nullable=False),
        sa.Column("is_present", sa.Integer(), nullable=False),
        sa.Column("felt", sa.Float(), nullable=False),
        sa.Column("desired", sa.Float(), nullable=True),
        sa.Column("angle", sa.Float(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        *(sa.Column(name, kind, nullable=default == "NULL") for name, kind, default in new),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_placement_person_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name="fk_placement_sitting_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_placement"),
        sa.UniqueConstraint("person_id", "sitting_id", name="uq_placement_person_id_sitting_id"),
    )
    for column in ("person_id", "sitting_id"):
        op.create_index(f"ix_placement_{column}", "placement", [column])
    names = ", ".join((*BEFORE, *(name for name, _kind, _default in new)))
    values = ", ".join((*BEFORE, *(default for _name, _kind, default in new)))
    insert = f"INSERT INTO placement ({names}) SELECT {values} FROM placement_before"  # noqa: S608 - names of columns
    op.get_bind().exec_driver_sql(insert)  # as it stands: a colon in it is no parameter
    op.drop_table("placement_before")
