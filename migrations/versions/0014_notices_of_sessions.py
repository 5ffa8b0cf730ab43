"""Codes that were ever drawn, which notice told of which sessions, and how a write-up is sent on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "drawn_code",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_drawn_code")),
    )
    op.execute("INSERT INTO drawn_code (code) SELECT code FROM challenge")
    op.create_table(
        "session_notice",
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("told_before", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["delivery_id"],
            ["delivery.id"],
            name=op.f("fk_session_notice_delivery_id_delivery"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["set_session.id"],
            name=op.f("fk_session_notice_session_id_set_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("delivery_id", "session_id", name=op.f("pk_session_notice")),
    )
    op.create_index(op.f("ix_session_notice_session_id"), "session_notice", ["session_id"])
    for name in ("sends_at", "kept_at"):
        op.add_column("write_up", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_write_up_sends_at"), "write_up", ["sends_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_write_up_sends_at"), table_name="write_up")
    op.drop_column("write_up", "kept_at")
    op.drop_column("write_up", "sends_at")
    op.drop_index(op.f("ix_session_notice_session_id"), table_name="session_notice")
    op.drop_table("session_notice")
    op.drop_table("drawn_code")
