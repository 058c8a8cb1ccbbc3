"""Runs migrations on the connection that `storage.session.schema` hands over, in the transaction it has begun."""

from alembic import context

from storage.models import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # SQLite supports it if the driver does not manage transactions
    render_as_batch=True,
)

with context.begin_transaction():
    context.run_migrations()
