"""Indexes with which a page's readings don't grow with the posts: by channel, and by source."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    for name, table, columns in (
        ("post_channel", "post", ["channel", "published"]),
        ("post_heard", "post", ["source", "published", "collected"]),
        ("mention_source", "mention", ["source", "ward", "day"]),
    ):
        op.create_index(name, table, columns, if_not_exists=True)
