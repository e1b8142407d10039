"""Everything the store began with."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _counts()
    _decision()
    _due()
    _frozen()
    _heard()
    _lease()
    _memory()
    _meta()
    _place()
    _post()
    _run()
    _tombstone()
    _mention()
    _spot()
    op.execute(sa.text("INSERT INTO meta (key, value) VALUES ('version', '0')"))


def _counts() -> None:
    op.create_table(
        "counts",
        sa.Column("period", sa.Text, primary_key=True),
        sa.Column("channel", sa.Text, primary_key=True),
        sa.Column("place", sa.Text, primary_key=True),
        sa.Column("issue", sa.Text, primary_key=True),
        sa.Column("start", sa.Integer, primary_key=True),
        sa.Column("noise", sa.SmallInteger, nullable=False),
        sa.Column("posts", sa.Integer, nullable=False),
        sa.Column("copies", sa.Integer, nullable=False),
        sa.Column("conversations", sa.Integer),
        sa.Column("voices", sa.Integer),
        sa.Column("sources", sa.Integer),
        sa.Column("complaints", sa.Integer, nullable=False),
        sa.Column("questions", sa.Integer, nullable=False),
        sa.Column("praise", sa.Integer, nullable=False),
        sa.Column("negative", sa.Integer, nullable=False),
        sa.Column("neutral", sa.Integer, nullable=False),
        sa.Column("positive", sa.Integer, nullable=False),
        sa.Column("unclear", sa.Integer, nullable=False),
        sa.Column("voices_negative", sa.Integer, nullable=False),
        sa.Column("voices_neutral", sa.Integer, nullable=False),
        sa.Column("voices_positive", sa.Integer, nullable=False),
        sa.Column("voices_unclear", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("counts_start", "counts", ["period", "start"])


def _decision() -> None:
    op.create_table(
        "decision",
        sa.Column("pk", sa.Integer, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("about", sa.Text),
        sa.Column("value", sa.Text),
        sa.Column("undoes", sa.Integer, sa.ForeignKey("decision.pk")),
        sa.Column("nonce", sa.Text),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
    )


def _due() -> None:
    op.create_table(
        "due",
        sa.Column("period", sa.Text, primary_key=True),
        sa.Column("start", sa.Integer, primary_key=True),
    )


def _frozen() -> None:
    op.create_table(
        "frozen",
        sa.Column("day", sa.Integer, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("version", sa.Text),
    )


def _heard() -> None:
    op.create_table(
        "heard",
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("first_post", sa.BigInteger, nullable=False),
        sa.Column("last_post", sa.BigInteger, nullable=False),
        sa.Column("last_collected", sa.BigInteger, nullable=False),
    )


def _lease() -> None:
    op.create_table(
        "lease",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("pid", sa.Integer, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
    )


def _memory() -> None:
    op.create_table(
        "memory",
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("content", sa.Text, nullable=False),
    )


def _meta() -> None:
    op.create_table(
        "meta",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def _place() -> None:
    op.create_table(
        "place",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("town", sa.Text),
    )


def _post() -> None:
    op.create_table(
        "post",
        sa.Column("pk", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("published", sa.BigInteger, nullable=False),
        sa.Column("collected", sa.BigInteger, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("title", sa.Text),
        sa.Column("text", sa.Text),
        sa.Column("author", sa.Text),
        sa.Column("thread", sa.Text),
        sa.Column("edited", sa.BigInteger),
        sa.Column("dated", sa.SmallInteger, nullable=False),
        sa.Column("place_hint", sa.Text),
        sa.Column("replies", sa.Integer),
        sa.Column("score", sa.Integer),
        sa.Column("language", sa.Text),
        sa.Column("issues", sa.Text, nullable=False),
        sa.Column("issue_tones", sa.Text, nullable=False),
        sa.Column("wards", sa.Text, nullable=False),
        sa.Column("towns", sa.Text, nullable=False),
        sa.Column("maybe_wards", sa.Text, nullable=False),
        sa.Column("places", sa.Text, nullable=False),
        sa.Column("sentiment", sa.Float),
        sa.Column("tone", sa.Text),
        sa.Column("cues", sa.Text, nullable=False),
        sa.Column("flags", sa.Text, nullable=False),
        sa.Column("noise", sa.Text),
        sa.Column("copy_of", sa.Text),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("version", sa.Text),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("late", sa.SmallInteger, nullable=False),
        sa.Column("seen", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
    )
    op.create_index("post_author", "post", ["author"])
    op.create_index("post_copy_of", "post", ["copy_of"])
    op.create_index("post_published", "post", ["published"])
    op.create_index("post_source", "post", ["source", "collected"])
    op.create_index("post_url", "post", ["url"])


def _run() -> None:
    op.create_table(
        "run",
        sa.Column("pk", sa.Integer, primary_key=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("error", sa.Text),
        sa.Column("first", sa.BigInteger, nullable=False),
        sa.Column("last", sa.BigInteger, nullable=False),
        sa.Column("items", sa.Integer, nullable=False),
        sa.Column("new", sa.Integer, nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
    )
    op.create_index("run_source", "run", ["source", "pk"])


def _tombstone() -> None:
    op.create_table(
        "tombstone",
        sa.Column("hash", sa.Text, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
    )


def _mention() -> None:
    op.create_table(
        "mention",
        sa.Column("day", sa.Integer, primary_key=True),
        sa.Column("post", sa.Integer, sa.ForeignKey("post.pk", ondelete="CASCADE"), primary_key=True),
        sa.Column("issue", sa.Text, primary_key=True),
        sa.Column("ward", sa.Text, primary_key=True),
        sa.Column("town", sa.Text, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("hour", sa.SmallInteger, nullable=False),
        sa.Column("placement", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("voice", sa.BigInteger),
        sa.Column("thread", sa.BigInteger, nullable=False),
        sa.Column("tone", sa.Text),
        sa.Column("post_tone", sa.Text),
        sa.Column("cues", sa.SmallInteger, nullable=False),
        sa.Column("real", sa.SmallInteger, nullable=False),
        sa.Column("copy", sa.SmallInteger, nullable=False),
        sa.Column("late", sa.SmallInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("mention_issue", "mention", ["issue", "day"])
    op.create_index("mention_post", "mention", ["post"])
    op.create_index("mention_ward", "mention", ["ward", "day"])


def _spot() -> None:
    op.create_table(
        "spot",
        sa.Column("post", sa.Integer, sa.ForeignKey("post.pk", ondelete="CASCADE"), primary_key=True),
        sa.Column("place", sa.Text, primary_key=True),
        sqlite_with_rowid=False,
    )
