"""How the practice is kept: its settings lie inside it, encrypted, and go with it to another computer."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of settings."""
    op.create_table(
        "setting",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_setting"),
    )


def downgrade() -> None:
    """Take it away; the defaults hold again."""
    op.drop_table("setting")
