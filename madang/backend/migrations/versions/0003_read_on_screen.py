"""What a register said when it was read on the screen, where no document was asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    comment = "what was read on the screen, where no document was asked for"
    op.add_column("applications", sa.Column("reading", sa.Text(), nullable=True, comment=comment))
