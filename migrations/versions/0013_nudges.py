"""The kinds of nudge that members stopped. Check-backs and digests are nudges like all others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0011"
branch_labels = None
depends_on = None

# Nobody is asked again what they were asked before: what was sent is a decided nudge.
_CHECK_BACKS = """
INSERT INTO nudge (key, member_id, kind, thing, due_at, useless_at, fate, decided_at)
SELECT
    'check-back:' || check_back.commitment_id || ':' || check_back.day || ':' || check_back.number
        || ':' || commitment.member_id,
    commitment.member_id,
    'check-back',
    'check-back:' || check_back.commitment_id || ':' || check_back.day,
    check_back.asked_at,
    check_back.asked_at,
    'sent',
    check_back.asked_at
FROM check_back JOIN commitment ON commitment.id = check_back.commitment_id
"""
_DIGESTS = """
INSERT INTO nudge (key, member_id, kind, thing, due_at, useless_at, fate, decided_at)
SELECT
    'theme-digest:weekly:' || week || ':' || member_id,
    member_id,
    'theme-digest',
    'theme-digest:weekly:' || week,
    sent_at,
    sent_at,
    'sent',
    sent_at
FROM digest
"""


def upgrade() -> None:
    op.create_table(
        "stopped_kind",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_stopped_kind_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("member_id", "kind", name=op.f("pk_stopped_kind")),
    )
    for column in ("held", "knock"):
        op.add_column(
            "delivery",
            sa.Column(column, sa.Boolean(), nullable=False, server_default=sa.text("false")),
        )
    op.execute(_CHECK_BACKS)
    op.execute(_DIGESTS)
    op.drop_table("check_back")
    op.drop_table("digest")


def downgrade() -> None:
    op.create_table(
        "digest",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_digest_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("member_id", "week", name=op.f("pk_digest")),
    )
    op.create_table(
        "check_back",
        sa.Column("commitment_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["commitment.id"],
            name=op.f("fk_check_back_commitment_id_commitment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("commitment_id", "day", "number", name=op.f("pk_check_back")),
    )
    op.drop_column("delivery", "knock")
    op.drop_column("delivery", "held")
    op.drop_table("stopped_kind")
