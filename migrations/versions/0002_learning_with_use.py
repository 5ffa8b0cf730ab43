"""Wordings learnt from use: the review queue, and what a wording does not mean."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "phrase_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("supporters", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rejected_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
            name=op.f("fk_phrase_proposal_entry_id_entry"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phrase_proposal")),
        sa.UniqueConstraint("entry_id", "key", name=op.f("uq_phrase_proposal_entry_id")),
    )
    for column in ("entry_id", "rejected_at"):
        op.create_index(op.f(f"ix_phrase_proposal_{column}"), "phrase_proposal", [column])
    op.create_table(
        "lowered_wording",
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
            name=op.f("fk_lowered_wording_entry_id_entry"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("entry_id", "key", name=op.f("pk_lowered_wording")),
    )


def downgrade() -> None:
    op.drop_table("lowered_wording")
    for column in ("rejected_at", "entry_id"):
        op.drop_index(op.f(f"ix_phrase_proposal_{column}"), table_name="phrase_proposal")
    op.drop_table("phrase_proposal")
