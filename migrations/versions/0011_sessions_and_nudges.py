"""Sessions of sets, what people say about coming, what they learnt, and what became of nudges."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "habits",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "nation",
            sa.Enum(
                "ENG",
                "WLS",
                "SCT",
                "NIR",
                name="nation",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("quiet_from", sa.Time(), nullable=True),
        sa.Column("quiet_until", sa.Time(), nullable=True),
        sa.Column("nudges_a_week", sa.Integer(), nullable=True),
        sa.Column(
            "digest",
            sa.Enum(
                "off",
                "daily",
                "weekly",
                name="digest",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("seniority", sa.String(length=60), nullable=False),
        sa.Column("calendar", sa.String(length=64), nullable=True),
        sa.CheckConstraint("nudges_a_week BETWEEN 0 AND 20", name=op.f("ck_habits_nudges_a_week")),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_habits_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_habits")),
        sa.UniqueConstraint("calendar", name=op.f("uq_habits_calendar")),
    )
    op.create_table(
        "set_facilitator",
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_set_facilitator_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["set_id"],
            ["learning_set.id"],
            name=op.f("fk_set_facilitator_set_id_learning_set"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("set_id", "member_id", name=op.f("pk_set_facilitator")),
    )
    op.create_index(
        op.f("ix_set_facilitator_member_id"), "set_facilitator", ["member_id"], unique=False
    )
    op.create_table(
        "set_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("uid", sa.String(length=80), nullable=False),
        sa.Column("series", sa.String(length=32), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "planned",
                "cancelled",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["set_id"],
            ["learning_set.id"],
            name=op.f("fk_set_session_set_id_learning_set"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_set_session")),
        sa.UniqueConstraint("code", name=op.f("uq_set_session_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_set_session_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_set_session_series"), "set_session", ["series"], unique=False)
    op.create_index(op.f("ix_set_session_set_id"), "set_session", ["set_id"], unique=False)
    op.create_index(op.f("ix_set_session_starts_on"), "set_session", ["starts_on"], unique=False)
    op.create_table(
        "presenting_issue",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("volunteered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("picked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenge.id"],
            name=op.f("fk_presenting_issue_challenge_id_challenge"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_presenting_issue_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["set_session.id"],
            name=op.f("fk_presenting_issue_session_id_set_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", "challenge_id", name=op.f("pk_presenting_issue")),
    )
    op.create_index(
        op.f("ix_presenting_issue_challenge_id"), "presenting_issue", ["challenge_id"], unique=False
    )
    op.create_index(
        op.f("ix_presenting_issue_member_id"), "presenting_issue", ["member_id"], unique=False
    )
    op.create_table(
        "reflection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("set_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column(
            "sharing",
            sa.Enum(
                "private",
                "set",
                "network",
                name="sharing",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("make_up", sa.Boolean(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_reflection_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["set_session.id"],
            name=op.f("fk_reflection_session_id_set_session"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["set_id"],
            ["learning_set.id"],
            name=op.f("fk_reflection_set_id_learning_set"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reflection")),
        sa.UniqueConstraint(
            "member_id", "session_id", name=op.f("uq_reflection_member_id_session_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_reflection_session_id"), "reflection", ["session_id"], unique=False)
    op.create_index(op.f("ix_reflection_set_id"), "reflection", ["set_id"], unique=False)
    op.create_table(
        "seat",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "rsvp",
            sa.Enum(
                "yes",
                "maybe",
                "no",
                name="rsvp",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attended", sa.Boolean(), nullable=True),
        sa.Column("told", sa.Integer(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_seat_member_id_member"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["set_session.id"],
            name=op.f("fk_seat_session_id_set_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", "member_id", name=op.f("pk_seat")),
    )
    op.create_index(op.f("ix_seat_member_id"), "seat", ["member_id"], unique=False)
    op.create_table(
        "write_up",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("explored", sa.Text(), nullable=False),
        sa.Column("ideas", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_on_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["set_session.id"],
            name=op.f("fk_write_up_session_id_set_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_write_up")),
    )
    op.create_table(
        "nudge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("thing", sa.String(length=80), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("useless_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "fate",
            sa.Enum(
                "sent",
                "merged",
                "dropped",
                name="fate",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["delivery_id"],
            ["delivery.id"],
            name=op.f("fk_nudge_delivery_id_delivery"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_nudge_member_id_member"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nudge")),
        sa.UniqueConstraint("key", name=op.f("uq_nudge_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_nudge_delivery_id"), "nudge", ["delivery_id"], unique=False)
    op.create_index("ix_nudge_member_decided", "nudge", ["member_id", "decided_at"], unique=False)
    op.create_index("ix_nudge_member_thing", "nudge", ["member_id", "thing"], unique=False)
    op.create_table(
        "shown_words",
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"],
            ["delivery.id"],
            name=op.f("fk_shown_words_delivery_id_delivery"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_shown_words_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("delivery_id", "member_id", "about", name=op.f("pk_shown_words")),
    )
    op.create_index(op.f("ix_shown_words_member_id"), "shown_words", ["member_id"], unique=False)
    op.create_table(
        "committed",
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["commitment.id"],
            name=op.f("fk_committed_commitment_id_commitment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["set_session.id"],
            name=op.f("fk_committed_session_id_set_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("commitment_id", name=op.f("pk_committed")),
    )
    op.create_index(op.f("ix_committed_session_id"), "committed", ["session_id"], unique=False)
    op.add_column("delivery", sa.Column("useless_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "learning_set",
        sa.Column("purpose", sa.Text(), nullable=False, server_default=sa.text("''")),
    )
    op.add_column(
        "learning_set",
        sa.Column("size_note", sa.Text(), nullable=False, server_default=sa.text("''")),
    )
    op.add_column(
        "learning_set", sa.Column("edition", sa.Integer(), nullable=False, server_default="1")
    )


def downgrade() -> None:
    op.drop_column("learning_set", "edition")
    op.drop_column("learning_set", "size_note")
    op.drop_column("learning_set", "purpose")
    op.drop_column("delivery", "useless_at")
    op.drop_index(op.f("ix_committed_session_id"), table_name="committed")
    op.drop_table("committed")
    op.drop_index(op.f("ix_shown_words_member_id"), table_name="shown_words")
    op.drop_table("shown_words")
    op.drop_index("ix_nudge_member_thing", table_name="nudge")
    op.drop_index("ix_nudge_member_decided", table_name="nudge")
    op.drop_index(op.f("ix_nudge_delivery_id"), table_name="nudge")
    op.drop_table("nudge")
    op.drop_table("write_up")
    op.drop_index(op.f("ix_seat_member_id"), table_name="seat")
    op.drop_table("seat")
    op.drop_index(op.f("ix_reflection_set_id"), table_name="reflection")
    op.drop_index(op.f("ix_reflection_session_id"), table_name="reflection")
    op.drop_table("reflection")
    op.drop_index(op.f("ix_presenting_issue_member_id"), table_name="presenting_issue")
    op.drop_index(op.f("ix_presenting_issue_challenge_id"), table_name="presenting_issue")
    op.drop_table("presenting_issue")
    op.drop_index(op.f("ix_set_session_starts_on"), table_name="set_session")
    op.drop_index(op.f("ix_set_session_set_id"), table_name="set_session")
    op.drop_index(op.f("ix_set_session_series"), table_name="set_session")
    op.drop_table("set_session")
    op.drop_index(op.f("ix_set_facilitator_member_id"), table_name="set_facilitator")
    op.drop_table("set_facilitator")
    op.drop_table("habits")
