"""Vectors of word pieces, beside those of whole texts.

What was stored is of other texts than are embedded now. It can be made again from the entries, which
the next start does, so the table is laid out anew.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("entry_vectors")
    op.create_table(
        "entry_vectors",
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.Column("model", sa.String(length=128), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("dims", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("pieces", sa.LargeBinary(), nullable=False),
        sa.Column("counts", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
            name=op.f("fk_entry_vectors_entry_id_entry"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_entry_vectors")),
    )


def downgrade() -> None:
    op.execute("DELETE FROM entry_vectors")
    op.drop_column("entry_vectors", "counts")
    op.drop_column("entry_vectors", "pieces")
