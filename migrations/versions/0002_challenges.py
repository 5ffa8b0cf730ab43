"""Challenges: officers help each other; sets and commitments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "learning_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_set")),
        sa.UniqueConstraint("name", name=op.f("uq_learning_set_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "thread",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("voices", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "challenge",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "solved",
                "closed",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "visibility",
            sa.Enum(
                "set",
                "network",
                name="visibility",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("set_id", sa.Integer(), nullable=True),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column(
            "circle",
            sa.Enum(
                "nobody",
                "handful",
                "wider",
                "moderators",
                name="circle",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("widen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_size", sa.Integer(), nullable=False),
        sa.Column("digest_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(visibility = 'set') = (set_id IS NOT NULL)", name=op.f("ck_challenge_set_only")
        ),
        sa.ForeignKeyConstraint(
            ["id"], ["thread.id"], name=op.f("fk_challenge_id_thread"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["set_id"], ["learning_set.id"], name=op.f("fk_challenge_set_id_learning_set")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge")),
        sa.UniqueConstraint("code", name=op.f("uq_challenge_code")),
    )
    op.create_index(
        "ix_challenge_listed", "challenge", ["state", "visibility", "posted_at"], unique=False
    )
    op.create_index(op.f("ix_challenge_set_id"), "challenge", ["set_id"], unique=False)
    op.create_index("ix_challenge_widen", "challenge", ["state", "widen_at"], unique=False)
    op.create_table(
        "credit",
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("credited", sa.Boolean(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_credit_entry_id_entry"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_credit_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("entry_id", "member_id", name=op.f("pk_credit")),
    )
    op.create_index(op.f("ix_credit_member_id"), "credit", ["member_id"], unique=False)
    op.create_table(
        "followed_theme",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_followed_theme_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"],
            ["theme.id"],
            name=op.f("fk_followed_theme_theme_id_theme"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("member_id", "theme_id", name=op.f("pk_followed_theme")),
    )
    op.create_index(
        op.f("ix_followed_theme_theme_id"), "followed_theme", ["theme_id"], unique=False
    )
    op.create_table(
        "interests",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("job", sa.String(length=120), nullable=False),
        sa.Column("muted_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("weekly_limit", sa.Integer(), nullable=True),
        sa.CheckConstraint("weekly_limit BETWEEN 0 AND 20", name=op.f("ck_interests_weekly_limit")),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_interests_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_interests")),
    )
    op.create_table(
        "participant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_participant_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"],
            ["thread.id"],
            name=op.f("fk_participant_thread_id_thread"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
        sa.UniqueConstraint(
            "thread_id", "member_id", name=op.f("uq_participant_thread_id_member_id")
        ),
        sa.UniqueConstraint("thread_id", "number", name=op.f("uq_participant_thread_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_participant_member_id"), "participant", ["member_id"], unique=False)
    op.create_table(
        "set_member",
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_set_member_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["set_id"],
            ["learning_set.id"],
            name=op.f("fk_set_member_set_id_learning_set"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("set_id", "member_id", name=op.f("pk_set_member")),
    )
    op.create_index(op.f("ix_set_member_member_id"), "set_member", ["member_id"], unique=False)
    op.create_table(
        "voice",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_voice_member_id_member"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_voice")),
        sa.UniqueConstraint("token", name=op.f("uq_voice_token")),
    )
    op.create_table(
        "agreement",
        sa.Column("participant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_agreement_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("participant_id", name=op.f("pk_agreement")),
    )
    op.create_table(
        "asking",
        sa.Column("participant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_asking_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("participant_id", name=op.f("pk_asking")),
    )
    op.create_index(op.f("ix_asking_asked_at"), "asking", ["asked_at"], unique=False)
    op.create_table(
        "challenge_theme",
        sa.Column("challenge_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("theme_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenge.id"],
            name=op.f("fk_challenge_theme_challenge_id_challenge"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"],
            ["theme.id"],
            name=op.f("fk_challenge_theme_theme_id_theme"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("challenge_id", "theme_id", name=op.f("pk_challenge_theme")),
    )
    op.create_index(
        op.f("ix_challenge_theme_theme_id"), "challenge_theme", ["theme_id"], unique=False
    )
    op.create_table(
        "challenge_words",
        sa.Column("challenge_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column("tried", sa.Text(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenge.id"],
            name=op.f("fk_challenge_words_challenge_id_challenge"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_challenge_words_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("challenge_id", name=op.f("pk_challenge_words")),
        sa.UniqueConstraint("key", name=op.f("uq_challenge_words_key")),
    )
    op.create_index(
        op.f("ix_challenge_words_participant_id"),
        "challenge_words",
        ["participant_id"],
        unique=False,
    )
    op.create_table(
        "follower",
        sa.Column("participant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("followed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("same_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("muted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_follower_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("participant_id", name=op.f("pk_follower")),
    )
    op.create_table(
        "notice",
        sa.Column("participant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("about", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_notice_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("participant_id", "what", "about", name=op.f("pk_notice")),
    )
    op.create_table(
        "reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "question",
                "offer",
                "author",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "given",
                "corrected",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenge.id"],
            name=op.f("fk_reply_challenge_id_challenge"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_reply_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
        sa.UniqueConstraint("participant_id", "key", name=op.f("uq_reply_participant_id_key")),
        sa.UniqueConstraint("ref", name=op.f("uq_reply_ref")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_reply_challenge_id"), "reply", ["challenge_id"], unique=False)
    op.create_table(
        "commitment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=True),
        sa.Column("challenge_id", sa.Integer(), nullable=True),
        sa.Column("entry_id", sa.String(length=64), nullable=True),
        sa.Column("solution", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("check_back_on", sa.Date(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "worked",
                "partly",
                "did not",
                "not yet",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("learning", sa.Text(), nullable=False),
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
        sa.CheckConstraint(
            "(entry_id IS NULL) = (solution IS NULL)", name=op.f("ck_commitment_whole_source")
        ),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenge.id"],
            name=op.f("fk_commitment_challenge_id_challenge"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
            name=op.f("fk_commitment_entry_id_entry"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_commitment_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["reply_id"],
            ["reply.id"],
            name=op.f("fk_commitment_reply_id_reply"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_commitment_challenge_id"), "commitment", ["challenge_id"], unique=False
    )
    op.create_index(
        op.f("ix_commitment_check_back_on"), "commitment", ["check_back_on"], unique=False
    )
    op.create_index(op.f("ix_commitment_entry_id"), "commitment", ["entry_id"], unique=False)
    op.create_index(op.f("ix_commitment_member_id"), "commitment", ["member_id"], unique=False)
    op.create_index(op.f("ix_commitment_reply_id"), "commitment", ["reply_id"], unique=False)
    op.create_table(
        "mark",
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "try",
                "helped",
                "solved",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_mark_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["reply.id"], name=op.f("fk_mark_reply_id_reply"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("reply_id", "participant_id", "kind", name=op.f("pk_mark")),
    )
    op.create_index(op.f("ix_mark_participant_id"), "mark", ["participant_id"], unique=False)
    op.create_table(
        "quote",
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("said", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"],
            ["delivery.id"],
            name=op.f("fk_quote_delivery_id_delivery"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_quote_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("delivery_id", "participant_id", "said", name=op.f("pk_quote")),
    )
    op.create_index(op.f("ix_quote_participant_id"), "quote", ["participant_id"], unique=False)
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=True),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenge.id"],
            name=op.f("fk_report_challenge_id_challenge"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_report_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["reply.id"], name=op.f("fk_report_reply_id_reply"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_report_challenge_id"), "report", ["challenge_id"], unique=False)
    op.create_index(op.f("ix_report_participant_id"), "report", ["participant_id"], unique=False)
    op.create_index(op.f("ix_report_reply_id"), "report", ["reply_id"], unique=False)
    op.create_index(op.f("ix_report_settled_at"), "report", ["settled_at"], unique=False)
    op.add_column(
        "channel_identity", sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True)
    )


def downgrade() -> None:
    op.drop_column("channel_identity", "last_used_at")
    op.drop_index(op.f("ix_report_settled_at"), table_name="report")
    op.drop_index(op.f("ix_report_reply_id"), table_name="report")
    op.drop_index(op.f("ix_report_participant_id"), table_name="report")
    op.drop_index(op.f("ix_report_challenge_id"), table_name="report")
    op.drop_table("report")
    op.drop_index(op.f("ix_quote_participant_id"), table_name="quote")
    op.drop_table("quote")
    op.drop_index(op.f("ix_mark_participant_id"), table_name="mark")
    op.drop_table("mark")
    op.drop_index(op.f("ix_commitment_reply_id"), table_name="commitment")
    op.drop_index(op.f("ix_commitment_member_id"), table_name="commitment")
    op.drop_index(op.f("ix_commitment_entry_id"), table_name="commitment")
    op.drop_index(op.f("ix_commitment_check_back_on"), table_name="commitment")
    op.drop_index(op.f("ix_commitment_challenge_id"), table_name="commitment")
    op.drop_table("commitment")
    op.drop_index(op.f("ix_reply_challenge_id"), table_name="reply")
    op.drop_table("reply")
    op.drop_table("notice")
    op.drop_table("follower")
    op.drop_index(op.f("ix_challenge_words_participant_id"), table_name="challenge_words")
    op.drop_table("challenge_words")
    op.drop_index(op.f("ix_challenge_theme_theme_id"), table_name="challenge_theme")
    op.drop_table("challenge_theme")
    op.drop_index(op.f("ix_asking_asked_at"), table_name="asking")
    op.drop_table("asking")
    op.drop_table("agreement")
    op.drop_table("voice")
    op.drop_index(op.f("ix_set_member_member_id"), table_name="set_member")
    op.drop_table("set_member")
    op.drop_index(op.f("ix_participant_member_id"), table_name="participant")
    op.drop_table("participant")
    op.drop_table("interests")
    op.drop_index(op.f("ix_followed_theme_theme_id"), table_name="followed_theme")
    op.drop_table("followed_theme")
    op.drop_index(op.f("ix_credit_member_id"), table_name="credit")
    op.drop_table("credit")
    op.drop_index("ix_challenge_widen", table_name="challenge")
    op.drop_index(op.f("ix_challenge_set_id"), table_name="challenge")
    op.drop_index("ix_challenge_listed", table_name="challenge")
    op.drop_table("challenge")
    op.drop_table("thread")
    op.drop_table("learning_set")
