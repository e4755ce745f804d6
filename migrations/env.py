"""Runs the migrations inside the transaction that `ipt_desktop.storage.migrations` has begun on its own connection."""

from alembic import context

from ipt_desktop.storage.tables import metadata_of

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata_of(context.config.attributes["schema"]),
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
