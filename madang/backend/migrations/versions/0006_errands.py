"""Errands of callers without a screen."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    utc = sa.DateTime(timezone=True)
    op.create_table(
        "errands",
        sa.Column("id", sa.String(26), primary_key=True),
        sa.Column("agent", sa.String(200), nullable=False),
        sa.Column(
            "subject", sa.String(200), nullable=False, comment="whose errand it is; empty when nobody was found"
        ),
        sa.Column("at", utc, nullable=False),
        sa.Column("service", sa.String(80), nullable=False, server_default=""),
        sa.Column("form", sa.String(100), nullable=False, server_default=""),
        sa.Column("answers", sa.Text()),
        sa.Column(
            "code", sa.String(64), nullable=False, server_default="", comment="keyed hash of the last one sent"
        ),
        sa.Column("code_ends", utc),
        sa.Column("tries", sa.Integer(), nullable=False, server_default="0", comment="wrong ones of this code"),
        sa.Column("sent", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("application", sa.String(19), nullable=False, server_default=""),
        comment="Of callers without a screen: an agent fills in, a code sent to the caller's phone submits",
    )
    op.create_index("ix_errands_agent_at", "errands", ["agent", "at"])
