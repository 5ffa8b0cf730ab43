"""Drafts, revisions, merges, evidence, review dates, and a number for each solution."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.String(length=200), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_draft_entry_id_entry"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_draft")),
        sa.UniqueConstraint("origin", name=op.f("uq_draft_origin")),
    )
    op.create_table(
        "entry_redirect",
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.Column("leads_to", sa.String(length=64), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
            name=op.f("fk_entry_redirect_entry_id_entry"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["leads_to"],
            ["entry.id"],
            name=op.f("fk_entry_redirect_leads_to_entry"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_entry_redirect")),
    )
    op.create_index(
        op.f("ix_entry_redirect_leads_to"), "entry_redirect", ["leads_to"], unique=False
    )
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "proposed",
                "edited",
                "published",
                "rejected",
                "retired",
                "brought back",
                "merged",
                "joined",
                "parted",
                "restored",
                "undone",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("other_id", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_revision_entry_id_entry"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_revision_by"), "revision", ["by"], unique=False)
    op.create_index("ix_revision_history", "revision", ["entry_id", "id"], unique=False)
    op.create_table(
        "solution_number",
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("solution_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
            name=op.f("fk_solution_number_entry_id_entry"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["solution_id"],
            ["solution.id"],
            name=op.f("fk_solution_number_solution_id_solution"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("entry_id", "number", name=op.f("pk_solution_number")),
        sa.UniqueConstraint(
            "entry_id", "solution_id", name=op.f("uq_solution_number_entry_id_solution_id")
        ),
    )
    op.create_index(
        op.f("ix_solution_number_solution_id"), "solution_number", ["solution_id"], unique=False
    )
    op.execute(
        """
        INSERT INTO solution_number (entry_id, number, solution_id)
        SELECT entry_id, row_number() OVER (PARTITION BY entry_id ORDER BY position, id), id
        FROM solution
        """
    )
    op.create_table(
        "solution_twin",
        sa.Column("solution_id", sa.Integer(), nullable=False),
        sa.Column("counts_for", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["counts_for"],
            ["solution.id"],
            name=op.f("fk_solution_twin_counts_for_solution"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["solution_id"],
            ["solution.id"],
            name=op.f("fk_solution_twin_solution_id_solution"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("solution_id", name=op.f("pk_solution_twin")),
    )
    op.create_index(
        op.f("ix_solution_twin_counts_for"), "solution_twin", ["counts_for"], unique=False
    )
    op.create_table(
        "trial",
        sa.Column("solution_id", sa.Integer(), nullable=False),
        sa.Column("voice", sa.String(length=64), nullable=False),
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
            nullable=False,
        ),
        sa.Column("learnt", sa.Text(), nullable=True),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["solution_id"],
            ["solution.id"],
            name=op.f("fk_trial_solution_id_solution"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("solution_id", "voice", name=op.f("pk_trial")),
    )
    op.create_index(op.f("ix_trial_voice"), "trial", ["voice"], unique=False)
    op.add_column("entry", sa.Column("review_by", sa.Date(), nullable=True))
    op.create_index(op.f("ix_entry_review_by"), "entry", ["review_by"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_entry_review_by"), table_name="entry")
    op.drop_column("entry", "review_by")
    op.drop_index(op.f("ix_trial_voice"), table_name="trial")
    op.drop_table("trial")
    op.drop_index(op.f("ix_solution_twin_counts_for"), table_name="solution_twin")
    op.drop_table("solution_twin")
    op.drop_index(op.f("ix_solution_number_solution_id"), table_name="solution_number")
    op.drop_table("solution_number")
    op.drop_index("ix_revision_history", table_name="revision")
    op.drop_index(op.f("ix_revision_by"), table_name="revision")
    op.drop_table("revision")
    op.drop_index(op.f("ix_entry_redirect_leads_to"), table_name="entry_redirect")
    op.drop_table("entry_redirect")
    op.drop_table("draft")
