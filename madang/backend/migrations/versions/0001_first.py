"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "accesses",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("authority", sa.String(length=80), nullable=False),
        sa.Column("evidence", sa.String(length=80), nullable=False),
        sa.Column("service", sa.String(length=80), nullable=False),
        sa.Column("application", sa.String(length=19), nullable=False),
        sa.Column("consent", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_accesses"),
    )
    op.create_index("ix_accesses_subject_at", "accesses", ["subject", "at"], unique=False)
    op.create_table(
        "applications",
        sa.Column("number", sa.String(length=19), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("about", sa.String(length=80), nullable=False, comment="id of the household member it is about, or self"),
        sa.Column("idempotency_key", sa.String(length=80), nullable=False),
        sa.Column("draft", sa.String(length=26), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="of the draft that was submitted"),
        sa.Column("service", sa.String(length=80), nullable=False),
        sa.Column("form", sa.String(length=100), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("submitted", MOMENT, nullable=False),
        sa.Column("started", MOMENT, nullable=True, comment="when the draft was created"),
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_applications"),
        sa.UniqueConstraint("draft", name="uq_applications_draft"),
        sa.UniqueConstraint("owner", "idempotency_key", name="uq_applications_owner_idempotency_key"),
    )
    op.create_index("ix_applications_owner_submitted", "applications", ["owner", "submitted"], unique=False)
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("service", sa.String(length=80), nullable=False),
        sa.Column("form", sa.String(length=100), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("updated", MOMENT, nullable=False),
        sa.Column("expires", MOMENT, nullable=False),
        sa.Column("idempotency_key", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("application", sa.String(length=19), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
    )
    op.create_index("ix_drafts_owner_state", "drafts", ["owner", "state"], unique=False)
    op.create_index("ix_drafts_state_expires", "drafts", ["state", "expires"], unique=False)
    op.create_table(
        "marks",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_marks"),
        comment="What was done to this database, e.g. which demonstration data it holds",
    )
    op.create_table(
        "people",
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name="pk_people"),
    )
    op.create_table(
        "registers",
        sa.Column("evidence", sa.String(length=80), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("evidence", "subject", name="pk_registers"),
    )
    op.create_index("ix_registers_subject", "registers", ["subject"], unique=False)
    op.create_table(
        "documents",
        sa.Column("number", sa.String(length=19), nullable=False),
        sa.Column("secret", sa.String(length=26), nullable=False),
        sa.Column("application", sa.String(length=19), nullable=False),
        sa.Column("document", sa.String(length=80), nullable=False),
        sa.Column("service", sa.String(length=80), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("holder", sa.String(length=300), nullable=False),
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("issued", MOMENT, nullable=False),
        sa.Column("verifiable_until", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("revoked", MOMENT, nullable=True),
        sa.Column("revoked_by", sa.String(length=200), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["application"], ["applications.number"], name="fk_documents_application_applications"),
        sa.PrimaryKeyConstraint("number", name="pk_documents"),
        sa.UniqueConstraint("application", "document", name="uq_documents_application_document"),
        sa.UniqueConstraint("secret", name="uq_documents_secret"),
    )
    op.create_index("ix_documents_owner_issued", "documents", ["owner", "issued"], unique=False)
    op.create_index("ix_documents_sha256", "documents", ["sha256"], unique=False)
    op.create_table(
        "events",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("application", sa.String(length=19), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("actor", sa.String(length=200), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["application"], ["applications.number"], name="fk_events_application_applications"),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
    )
    op.create_index("ix_events_application", "events", ["application"], unique=False)
    op.create_table(
        "files",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("draft", sa.String(length=26), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["draft"], ["drafts.id"], name="fk_files_draft_drafts", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_files"),
    )
    op.create_index("ix_files_draft", "files", ["draft"], unique=False)
    op.create_table(
        "jobs",
        sa.Column("application", sa.String(length=19), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False, comment="waiting, done or cancelled"),
        sa.Column("document", sa.String(length=80), nullable=False),
        sa.Column(
            "number", sa.String(length=19), nullable=False, comment="of the document to be, at each attempt"
        ),
        sa.Column("secret", sa.String(length=26), nullable=False),
        sa.Column("holder", sa.String(length=300), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", MOMENT, nullable=False, comment="leased to a worker, or backing off, until then"),
        sa.Column("failure", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["application"], ["applications.number"], name="fk_jobs_application_applications"),
        sa.PrimaryKeyConstraint("application", name="pk_jobs"),
        sa.UniqueConstraint("number", name="uq_jobs_number"),
    )
    op.create_index("ix_jobs_state_not_before", "jobs", ["state", "not_before"], unique=False)
