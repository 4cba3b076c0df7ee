"""What readers report gets a reference, and an answer that is read with it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("page_reports") as table:
        table.add_column(sa.Column("reference", sa.String(14), comment="what whoever reported took along"))
        table.add_column(sa.Column("answer_by", sa.Date(), comment="where an answer is promised"))
        table.add_column(sa.Column("answer", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("answered", sa.DateTime(timezone=True)))
        table.create_unique_constraint("uq_page_reports_reference", ["reference"])
