"""A measure that is given for each person in the client's life tells whom it is about."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# Written out: Alembic adds no column that points elsewhere without copying the table.
LINK = "about_id TEXT CONSTRAINT fk_measure_result_about_id REFERENCES person (id) ON DELETE SET NULL"


def upgrade() -> None:
    """Make the new column."""
    op.execute(f"ALTER TABLE measure_result ADD COLUMN {LINK}")
    op.create_index("ix_measure_result_about_id", "measure_result", ["about_id"])


def downgrade() -> None:
    """Take it away again."""
    op.drop_index("ix_measure_result_about_id", "measure_result")
    op.drop_column("measure_result", "about_id")
