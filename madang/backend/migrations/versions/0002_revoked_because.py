"""Why a document was revoked, as a code that whoever verifies it may be told."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("documents", sa.Column("revoked_because", sa.String(length=20), nullable=True))
