"""Recordings of remote support."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    utc = sa.DateTime(timezone=True)
    op.create_table(
        "recordings",
        sa.Column("session", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False, comment="sealed by the portal's key of keys"),
        sa.Column("begun", utc, nullable=False),
        sa.Column("expires", utc, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False, comment="pieces"),
        sa.Column("size", sa.Integer(), nullable=False, comment="bytes of all pieces"),
        sa.Column("end", sa.LargeBinary(), nullable=False, comment="the number of pieces, sealed"),
        sa.UniqueConstraint("name", name="uq_recordings_name"),
        comment="Of sessions of remote support whose citizen has agreed to it; without its row a recording is noise",
    )
    op.create_index("ix_recordings_expires", "recordings", ["expires"])
    op.create_table(
        "recording_pieces",
        sa.Column("recording", sa.String(64), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("content", sa.LargeBinary(), nullable=False, comment="sealed under the recording's key"),
    )
