"""Stories, and which post belongs to which."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "story",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("first_seen", sa.BigInteger, nullable=False),
        sa.Column("told", sa.BigInteger, nullable=False),
        sa.Column("changed", sa.BigInteger, nullable=False),
        sa.Column("merged_into", TEXT),
    )
    op.create_index("story_merged_into", "story", ["merged_into"])
    op.create_table(
        "story_post",
        sa.Column(
            "post",
            sa.Integer,
            sa.ForeignKey("post.pk", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("story", TEXT, sa.ForeignKey("story.id"), nullable=False),
    )
    op.create_index("story_post_story", "story_post", ["story"])
