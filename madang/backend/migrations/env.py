"""Alembic's entry: runs the revisions over the connection that madang.backend.migrate opened."""

from alembic import context

from madang.backend.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=False,  # the caller's transaction holds all of it
    compare_type=True,
)
context.run_migrations()
