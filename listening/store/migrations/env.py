"""How Alembic runs here: on the connection it is handed, inside the transaction that is open.

There is no ini file: ``opening.migrate`` calls the command with a configuration made in memory.
"""

from alembic import context

from listening.store.schema import metadata

connection = context.config.attributes["connection"]
# Batch mode: SQLite cannot alter most of a table in place, so Alembic copies it.
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
context.run_migrations()
