"""What hangs on notice boards."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "board_post",
        sa.Column("challenge_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("board", sa.String(length=200), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenge.id"],
            name=op.f("fk_board_post_challenge_id_challenge"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("challenge_id", "board", name=op.f("pk_board_post")),
        sa.UniqueConstraint("place", name=op.f("uq_board_post_place")),
        sa.UniqueConstraint("ref", name=op.f("uq_board_post_ref")),
    )
    op.create_index(op.f("ix_board_post_due_at"), "board_post", ["due_at"], unique=False)


def downgrade() -> None:
    op.drop_table("board_post")
