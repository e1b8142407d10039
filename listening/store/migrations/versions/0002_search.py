"""Search: every post's words, as `search.words` cuts them."""

import sqlalchemy as sa
from alembic import op

from listening.store import dialect, search

revision = "0002"
down_revision = "0001"
BATCH = 1_000


def upgrade() -> None:
    connection = op.get_bind()
    kind = dialect.of(connection)
    kind.make_search(connection)
    held = sa.text("SELECT pk, title, text FROM post WHERE pk > :after ORDER BY pk LIMIT :most")
    after = 0
    while some := connection.execute(held, {"after": after, "most": BATCH}).all():
        kind.index(connection, [(row.pk, search.words(row.title, row.text)) for row in some])
        after = some[-1].pk
