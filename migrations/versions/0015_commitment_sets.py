"""Which set may read a commitment that its member shares with their set."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "commitment_set",
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["commitment.id"],
            name=op.f("fk_commitment_set_commitment_id_commitment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["set_id"],
            ["learning_set.id"],
            name=op.f("fk_commitment_set_set_id_learning_set"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("commitment_id", name=op.f("pk_commitment_set")),
    )
    op.create_index(op.f("ix_commitment_set_set_id"), "commitment_set", ["set_id"], unique=False)
    # What was shared with "my set" before could only mean the one set that a member is in.
    op.execute(
        "INSERT INTO commitment_set (commitment_id, set_id) "
        "SELECT commitment.id, min(set_member.set_id) FROM commitment "
        "JOIN set_member ON set_member.member_id = commitment.member_id "
        "WHERE commitment.sharing = 'set' GROUP BY commitment.id HAVING count(*) = 1"
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_commitment_set_set_id"), table_name="commitment_set")
    op.drop_table("commitment_set")
