"""What peers worked out on its way into the knowledge, and challenges that moderators dealt with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "harvest",
        sa.Column("challenge_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.String(length=64), nullable=True),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rejected_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenge.id"],
            name=op.f("fk_harvest_challenge_id_challenge"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_harvest_entry_id_entry"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("challenge_id", name=op.f("pk_harvest")),
    )
    op.create_index(op.f("ix_harvest_entry_id"), "harvest", ["entry_id"], unique=False)
    op.create_table(
        "settled_gap",
        sa.Column("challenge_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.String(length=64), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenge.id"],
            name=op.f("fk_settled_gap_challenge_id_challenge"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
            name=op.f("fk_settled_gap_entry_id_entry"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("challenge_id", name=op.f("pk_settled_gap")),
    )
    op.create_index(op.f("ix_settled_gap_entry_id"), "settled_gap", ["entry_id"], unique=False)
    op.create_table(
        "entry_words",
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("said", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("solution_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
            name=op.f("fk_entry_words_entry_id_entry"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_entry_words_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["solution_id"],
            ["solution.id"],
            name=op.f("fk_entry_words_solution_id_solution"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("entry_id", "participant_id", "said", name=op.f("pk_entry_words")),
    )
    for column in ("participant_id", "said", "solution_id"):
        op.create_index(op.f(f"ix_entry_words_{column}"), "entry_words", [column], unique=False)


def downgrade() -> None:
    op.drop_table("entry_words")
    op.drop_table("settled_gap")
    op.drop_table("harvest")
