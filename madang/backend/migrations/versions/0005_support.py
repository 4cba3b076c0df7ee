"""Remote support: the trail and its head, sums by session, appointments."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    serial = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    utc = sa.DateTime(timezone=True)
    op.create_table(
        "support_records",
        sa.Column("number", serial, primary_key=True, autoincrement=False, comment="place in the chain"),
        sa.Column("key", sa.String(26), nullable=False),
        sa.Column("session", sa.String(64), nullable=False),
        sa.Column("at", sa.String(32), nullable=False, comment="as text: these very bytes are in the hash"),
        sa.Column("who", sa.String(10), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("detail", sa.String(200), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("agency", sa.String(200), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("locale", sa.String(5), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.UniqueConstraint("key", name="uq_support_records_key"),
        comment="The trail of remote support: nothing is ever changed or deleted here",
    )
    op.create_index("ix_support_records_session_number", "support_records", ["session", "number"])
    head = op.create_table(
        "support_head",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        comment="One row: how long the trail is, and the hash of its last record; who appends locks it",
    )
    op.bulk_insert(head, [{"id": 1, "count": 0, "hash": "0" * 64}])
    op.create_table(
        "support_sessions",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("asked", utc, nullable=False),
        sa.Column("locale", sa.String(5), nullable=False),
        sa.Column("need", sa.String(200), nullable=False),
        sa.Column("matched", utc),
        sa.Column("agreed", utc),
        sa.Column("ended", utc),
        sa.Column("wait", sa.Integer()),
        sa.Column("length", sa.Integer()),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("agent", sa.String(200), nullable=False),
        sa.Column("agent_name", sa.String(200), nullable=False),
        sa.Column("agency", sa.String(200), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("rating", sa.Integer()),
        sa.Column("comment", sa.Text(), nullable=False, server_default=""),
        sa.Column("outcome", sa.String(20)),
        sa.Column("note", sa.Text(), nullable=False, server_default=""),
        comment="Sums of the trail by session, and what both sides said of it",
    )
    op.create_index("ix_support_sessions_asked", "support_sessions", ["asked"])
    op.create_index("ix_support_sessions_agent_asked", "support_sessions", ["agent", "asked"])
    op.create_table(
        "appointments",
        sa.Column("id", sa.String(26), primary_key=True),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("start", utc, nullable=False),
        sa.Column("day", sa.Date(), nullable=False, comment="of the start, in Korea"),
        sa.Column("seat", sa.Integer(), nullable=False, comment="which of the agents' places"),
        sa.Column("turn", sa.Integer(), nullable=False, comment="which of the owner's on that day"),
        sa.Column("locale", sa.String(5), nullable=False),
        sa.Column("service", sa.String(80), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("phone", sa.String(20), nullable=False),
        sa.Column("created", utc, nullable=False),
        sa.Column("changed", utc, nullable=False),
        sa.UniqueConstraint("start", "seat", name="uq_appointments_start_seat"),
        sa.UniqueConstraint("owner", "day", "turn", name="uq_appointments_owner_day_turn"),
        sa.UniqueConstraint("owner", "start", name="uq_appointments_owner_start"),
    )
    op.create_index("ix_appointments_day_start", "appointments", ["day", "start"])
