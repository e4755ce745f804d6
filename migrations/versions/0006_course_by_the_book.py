"""Terms changed, strategies worked, goals rated, suggestions answered, records of problem areas; diagnoses and medication.

A goal gets its scale and what became of it, a phase the day it is looked at again.
"""

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

Link = tuple[str, str]
TABLES: dict[str, tuple[tuple[str, ...], dict[str, Link]]] = {
    # name: (columns: "name" is text that is never empty, "name?" may be NULL, "name#" is a whole number), links
    "terms_change": (
        (
            *("id", "course_id", "on", "reason", "protocol", "planned_sessions#", "minutes#", "frequency", "phases"),
            *("planned_end?", "created_at"),
        ),
        {"course_id": ("course", "CASCADE")},
    ),
    "strategy_work": (
        ("id", "problem_area_id", "strategy", "on", "session_id?", "created_at"),
        {"problem_area_id": ("problem_area", "CASCADE"), "session_id": ("session", "SET NULL")},
    ),
    "goal_rating": (
        ("id", "goal_id", "value#", "on", "session_id?", "created_at"),
        {"goal_id": ("goal", "CASCADE"), "session_id": ("session", "SET NULL")},
    ),
    "suggestion_answer": (
        ("id", "client_id", "course_id", "suggestion", "reply", "on", "created_at"),
        {"client_id": ("client", "CASCADE"), "course_id": ("course", "CASCADE")},
    ),
    "area_document": (
        ("id", "problem_area_id"),
        {"id": ("document", "CASCADE"), "problem_area_id": ("problem_area", "CASCADE")},
    ),
    "diagnosis": (
        ("id", "course_id", "at", "system", "code", "words", "made_on", "rank#", "created_at"),
        {"course_id": ("course", "CASCADE")},
    ),
    "medication": (
        ("id", "client_id", "name", "dose", "prescriber", "begun", "ended", "note", "created_at"),
        {"client_id": ("client", "CASCADE")},
    ),
}
GOAL = (*("id", "course_id", "words", "problem_area_id?", "person_id?", "is_closeness#", "start~?", "set_on", "created_at"),)
GOAL_LINKS = {
    "course_id": ("course", "CASCADE"),
    "problem_area_id": ("problem_area", "SET NULL"),
    "person_id": ("person", "SET NULL"),
}
# What the goals there get.
NEW = {"baseline#?": "NULL", "target#?": "NULL", "status": "'open'", "closed_on?": "NULL", "evidence": "''"}


def upgrade() -> None:
    """Make the new tables and columns."""
    op.add_column("phase_change", sa.Column("review_on", sa.Text(), nullable=True))
    _remake_goal(NEW)
    for name, (columns, links) in TABLES.items():
        _create(name, columns, links)


def downgrade() -> None:
    """Take them away again."""
    for name in reversed(TABLES):
        op.drop_table(name)
    _remake_goal({})
    op.drop_column("phase_change", "review_on")


def _plain(column: str) -> str:
    return column.rstrip("?").rstrip("#~")


def _create(name: str, columns: tuple[str, ...], links: Mapping[str, Link], called: str = "") -> None:
    """Make a table; its keys and indexes bear its final name, `called`."""
    called = called or name
    op.create_table(
        name,
        *(
            sa.Column(
                _plain(each),
                sa.Integer() if "#" in each else sa.Float() if "~" in each else sa.Text(),
                nullable="?" in each,
            )
            for each in columns
        ),
        *(
            sa.ForeignKeyConstraint([key], [f"{parent}.id"], name=f"fk_{called}_{key}", ondelete=ondelete)
            for key, (parent, ondelete) in links.items()
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{called}"),
    )
    if name == called:
        _index(name, links)


def _index(name: str, links: Mapping[str, Link]) -> None:
    for key in links:
        op.create_index(f"ix_{name}_{key}", name, [key])


def _remake_goal(new: Mapping[str, str]) -> None:
    """Make the table anew with these columns besides the first. Foreign keys are off: what points at it by name stays."""
    _create("goal_anew", (*GOAL, *new), GOAL_LINKS, called="goal")
    before = ", ".join(_plain(each) for each in GOAL)
    names = ", ".join((before, *(_plain(each) for each in new)))
    values = ", ".join((before, *new.values()))
    op.get_bind().exec_driver_sql(f"INSERT INTO goal_anew ({names}) SELECT {values} FROM goal")  # noqa: S608 - columns
    op.drop_table("goal")
    op.rename_table("goal_anew", "goal")
    _index("goal", GOAL_LINKS)
