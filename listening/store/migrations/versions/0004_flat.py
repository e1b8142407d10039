"""Indexes with which a page's readings don't grow with the posts: by channel, and by source."""

from alembic import op

revision = "0004"
down_revision = "0002"


def upgrade() -> None:
    op.create_index("post_channel", "post", ["channel", "published"])
    op.create_index("post_heard", "post", ["source", "published", "collected"])
