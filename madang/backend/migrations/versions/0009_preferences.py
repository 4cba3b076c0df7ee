"""How pages look for a person on each of their devices."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "preferences",
        sa.Column("subject", sa.String(200), primary_key=True),
        sa.Column("written", sa.String(160), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        comment="How pages look for a person on each of their devices; who has the usual look has no row",
    )
