"""The first tables of a practice."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table of the first release."""
    _create_audit_entry()
    _create_client()
    _create_definition()
    _create_practice()
    _create_course()
    _create_person()
    _create_phase_change()
    _create_problem_area()
    _create_session()
    _create_tie()
    _create_document()
    _create_sitting()
    _create_stage_change()
    _create_task_tick()
    _create_placement()
    _create_revision()


def downgrade() -> None:
    """Take them away again, children first."""
    for name in (
        "revision",
        "placement",
        "task_tick",
        "stage_change",
        "sitting",
        "document",
        "tie",
        "session",
        "problem_area",
        "phase_change",
        "person",
        "course",
        "practice",
        "definition",
        "client",
        "audit_entry",
    ):
        op.drop_table(name)


def _create_audit_entry() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("operation", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entry"),
    )


def _create_client() -> None:
    op.create_table(
        "client",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("initials", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("pronouns", sa.Text(), nullable=False),
        sa.Column("born_on", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("emergency_name", sa.Text(), nullable=False),
        sa.Column("emergency_phone", sa.Text(), nullable=False),
        sa.Column("referred_by", sa.Text(), nullable=False),
        sa.Column("referred_on", sa.Text(), nullable=True),
        sa.Column("presenting_problem", sa.Text(), nullable=False),
        sa.Column("own_words", sa.Text(), nullable=False),
        sa.Column("is_archived", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_client"),
    )


def _create_definition() -> None:
    op.create_table(
        "definition",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_definition"),
    )


def _create_practice() -> None:
    op.create_table(
        "practice",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("therapist", sa.Text(), nullable=False),
        sa.Column("profession", sa.Text(), nullable=False),
        sa.Column("registration", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("is_demo", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_practice"),
    )


def _create_course() -> None:
    op.create_table(
        "course",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("protocol", sa.Text(), nullable=False),
        sa.Column("planned_sessions", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("frequency", sa.Text(), nullable=False),
        sa.Column("phases", sa.Text(), nullable=False),
        sa.Column("started_on", sa.Text(), nullable=False),
        sa.Column("planned_end", sa.Text(), nullable=True),
        sa.Column("ended_on", sa.Text(), nullable=True),
        sa.Column("ending", sa.Text(), nullable=True),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_course"),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_course_client_id", ondelete="CASCADE"),
    )
    op.create_index("ix_course_client_id", "course", ["client_id"])


def _create_person() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("initials", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("relation_words", sa.Text(), nullable=False),
        sa.Column("is_group", sa.Integer(), nullable=False),
        sa.Column("is_in_focus", sa.Integer(), nullable=False),
        sa.Column("has_died", sa.Integer(), nullable=False),
        sa.Column("died", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_person_client_id", ondelete="CASCADE"),
    )
    op.create_index("ix_person_client_id", "person", ["client_id"])


def _create_phase_change() -> None:
    op.create_table(
        "phase_change",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("course_id", sa.Text(), nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("on", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_phase_change"),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name="fk_phase_change_course_id", ondelete="CASCADE"),
    )
    op.create_index("ix_phase_change_course_id", "phase_change", ["course_id"])


def _create_problem_area() -> None:
    op.create_table(
        "problem_area",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("course_id", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=True),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("agreed_on", sa.Text(), nullable=True),
        sa.Column("ended_on", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_problem_area"),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name="fk_problem_area_course_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_problem_area_person_id", ondelete="SET NULL"),
    )
    op.create_index("ix_problem_area_course_id", "problem_area", ["course_id"])
    op.create_index("ix_problem_area_person_id", "problem_area", ["person_id"])


def _create_session() -> None:
    op.create_table(
        "session",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("course_id", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.Text(), nullable=True),
        sa.Column("ends_at", sa.Text(), nullable=True),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("attendance", sa.Text(), nullable=True),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_session"),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name="fk_session_course_id", ondelete="CASCADE"),
    )
    op.create_index("ix_session_course_id", "session", ["course_id"])


def _create_tie() -> None:
    op.create_table(
        "tie",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("from_person_id", sa.Text(), nullable=False),
        sa.Column("to_person_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("strength", sa.Integer(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_tie"),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_tie_client_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["from_person_id"], ["person.id"], name="fk_tie_from_person_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["to_person_id"], ["person.id"], name="fk_tie_to_person_id", ondelete="CASCADE"),
    )
    op.create_index("ix_tie_client_id", "tie", ["client_id"])
    op.create_index("ix_tie_from_person_id", "tie", ["from_person_id"])
    op.create_index("ix_tie_to_person_id", "tie", ["to_person_id"])


def _create_document() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("course_id", sa.Text(), nullable=True),
        sa.Column("session_id", sa.Text(), nullable=True),
        sa.Column("about_id", sa.Text(), nullable=True),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_document"),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_document_client_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name="fk_document_course_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name="fk_document_session_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["about_id"], ["person.id"], name="fk_document_about_id", ondelete="SET NULL"),
    )
    op.create_index("ix_document_about_id", "document", ["about_id"])
    op.create_index("ix_document_client_id", "document", ["client_id"])
    op.create_index("ix_document_course_id", "document", ["course_id"])
    op.create_index("ix_document_session_id", "document", ["session_id"])


def _create_sitting() -> None:
    op.create_table(
        "sitting",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("course_id", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=True),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_before", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sitting"),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name="fk_sitting_course_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name="fk_sitting_session_id", ondelete="SET NULL"),
    )
    op.create_index("ix_sitting_course_id", "sitting", ["course_id"])
    op.create_index("ix_sitting_session_id", "sitting", ["session_id"])


def _create_stage_change() -> None:
    op.create_table(
        "stage_change",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("problem_area_id", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("on", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stage_change"),
        sa.ForeignKeyConstraint(
            ["problem_area_id"], ["problem_area.id"], name="fk_stage_change_problem_area_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_stage_change_problem_area_id", "stage_change", ["problem_area_id"])


def _create_task_tick() -> None:
    op.create_table(
        "task_tick",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("course_id", sa.Text(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("on", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_task_tick"),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name="fk_task_tick_course_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name="fk_task_tick_session_id", ondelete="SET NULL"),
    )
    op.create_index("ix_task_tick_course_id", "task_tick", ["course_id"])
    op.create_index("ix_task_tick_session_id", "task_tick", ["session_id"])


def _create_placement() -> None:
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
        sa.PrimaryKeyConstraint("id", name="pk_placement"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_placement_person_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name="fk_placement_sitting_id", ondelete="CASCADE"),
        sa.UniqueConstraint("person_id", "sitting_id", name="uq_placement_person_id_sitting_id"),
    )
    op.create_index("ix_placement_person_id", "placement", ["person_id"])
    op.create_index("ix_placement_sitting_id", "placement", ["sitting_id"])


def _create_revision() -> None:
    op.create_table(
        "revision",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("is_rescue", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_revision"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_revision_document_id", ondelete="CASCADE"),
    )
    op.create_index("ix_revision_document_id", "revision", ["document_id"])
