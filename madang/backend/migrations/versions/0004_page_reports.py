"""What readers say is wrong on a page."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "page_reports",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("page", sa.String(200), nullable=False, comment="path without language and query"),
        sa.Column("locale", sa.String(5), nullable=False),
        sa.Column("wrong", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False, server_default=""),
    )
