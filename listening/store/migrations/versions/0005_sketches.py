"""Sketches: by which the posts that a new one may repeat are found."""

import sqlalchemy as sa
from alembic import op

from listening.store import sketches

revision = "0005"
down_revision = "0004"
BATCH = 1_000
DAYS_8 = 8 * 86_400_000_000  # microseconds: nothing is looked for among older posts

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "sketch",
        sa.Column("collected", sa.BigInteger, primary_key=True),
        sa.Column("post", sa.Integer, sa.ForeignKey("post.pk", ondelete="CASCADE"), primary_key=True),
        sa.Column("hashes", TEXT, nullable=False),
        sa.Column("page", sa.BigInteger),
        sqlite_with_rowid=False,
    )
    op.create_index("sketch_post", "sketch", ["post"])
    connection = op.get_bind()
    held = sa.text(
        "SELECT pk, collected, channel, url, title, text FROM post"
        " WHERE pk > :after AND collected > (SELECT MAX(collected) FROM post) - :span ORDER BY pk LIMIT :most"
    )
    after = 0
    while some := connection.execute(held, {"after": after, "span": DAYS_8, "most": BATCH}).mappings().all():
        sketches.remember(connection, [dict(row) for row in some])
        after = some[-1]["pk"]
