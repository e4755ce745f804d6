"""Runs the migrations inside the transaction that `ipt_desktop.storage.migrations` has begun on its own connection."""

from alembic import context

from ipt_desktop.storage.tables import Schema, metadata, private_metadata

is_private = context.config.attributes["schema"] is Schema.PRIVATE
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=private_metadata if is_private else metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
