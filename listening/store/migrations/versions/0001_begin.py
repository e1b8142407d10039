"""Everything the store began with."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


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
        sa.Column("period", TEXT, primary_key=True),
        sa.Column("channel", TEXT, primary_key=True),
        sa.Column("place", TEXT, primary_key=True),
        sa.Column("issue", TEXT, primary_key=True),
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
        sa.Column("pk", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("what", TEXT, nullable=False),
        sa.Column("about", TEXT),
        sa.Column("value", TEXT),
        sa.Column("undoes", sa.Integer, sa.ForeignKey("decision.pk")),
        sa.Column("nonce", TEXT),
        sa.Column("content", TEXT, nullable=False),
        sa.Column("digest", TEXT, nullable=False),
    )


def _due() -> None:
    op.create_table(
        "due",
        sa.Column("period", TEXT, primary_key=True),
        sa.Column("start", sa.Integer, primary_key=True),
    )


def _frozen() -> None:
    op.create_table(
        "frozen",
        sa.Column("day", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("version", TEXT),
    )


def _heard() -> None:
    op.create_table(
        "heard",
        sa.Column("source", TEXT, primary_key=True),
        sa.Column("first_post", sa.BigInteger, nullable=False),
        sa.Column("last_post", sa.BigInteger, nullable=False),
        sa.Column("last_collected", sa.BigInteger, nullable=False),
    )


def _lease() -> None:
    op.create_table(
        "lease",
        sa.Column("name", TEXT, primary_key=True),
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("host", TEXT, nullable=False),
        sa.Column("pid", sa.Integer, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
    )


def _memory() -> None:
    op.create_table(
        "memory",
        sa.Column("source", TEXT, primary_key=True),
        sa.Column("content", TEXT, nullable=False),
    )


def _meta() -> None:
    op.create_table(
        "meta",
        sa.Column("key", TEXT, primary_key=True),
        sa.Column("value", TEXT, nullable=False),
    )


def _place() -> None:
    op.create_table(
        "place",
        sa.Column("key", TEXT, primary_key=True),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("town", TEXT),
    )


def _post() -> None:
    op.create_table(
        "post",
        sa.Column("pk", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", TEXT, nullable=False, unique=True),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("channel", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("published", sa.BigInteger, nullable=False),
        sa.Column("collected", sa.BigInteger, nullable=False),
        sa.Column("url", TEXT),
        sa.Column("title", TEXT),
        sa.Column("text", TEXT),
        sa.Column("author", TEXT),
        sa.Column("thread", TEXT),
        sa.Column("edited", sa.BigInteger),
        sa.Column("dated", sa.SmallInteger, nullable=False),
        sa.Column("place_hint", TEXT),
        sa.Column("replies", sa.Integer),
        sa.Column("score", sa.Integer),
        sa.Column("language", TEXT),
        sa.Column("issues", TEXT, nullable=False),
        sa.Column("issue_tones", TEXT, nullable=False),
        sa.Column("wards", TEXT, nullable=False),
        sa.Column("towns", TEXT, nullable=False),
        sa.Column("maybe_wards", TEXT, nullable=False),
        sa.Column("places", TEXT, nullable=False),
        sa.Column("sentiment", sa.Float),
        sa.Column("tone", TEXT),
        sa.Column("cues", TEXT, nullable=False),
        sa.Column("flags", TEXT, nullable=False),
        sa.Column("noise", TEXT),
        sa.Column("copy_of", TEXT),
        sa.Column("evidence", TEXT, nullable=False),
        sa.Column("version", TEXT),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("late", sa.SmallInteger, nullable=False),
        sa.Column("seen", sa.BigInteger, nullable=False),
        sa.Column("digest", TEXT, nullable=False),
    )
    op.create_index("post_author", "post", ["author"])
    op.create_index("post_copy_of", "post", ["copy_of"])
    op.create_index("post_published", "post", ["published"])
    op.create_index("post_source", "post", ["source", "collected"])
    op.create_index("post_url", "post", ["url"])


def _run() -> None:
    op.create_table(
        "run",
        sa.Column("pk", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("error", TEXT),
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
        sa.Column("hash", TEXT, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
    )


def _mention() -> None:
    op.create_table(
        "mention",
        sa.Column("day", sa.Integer, primary_key=True),
        sa.Column("post", sa.Integer, sa.ForeignKey("post.pk", ondelete="CASCADE"), primary_key=True),
        sa.Column("issue", TEXT, primary_key=True),
        sa.Column("ward", TEXT, primary_key=True),
        sa.Column("town", TEXT, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("hour", sa.SmallInteger, nullable=False),
        sa.Column("placement", TEXT, nullable=False),
        sa.Column("channel", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("voice", sa.BigInteger),
        sa.Column("thread", sa.BigInteger, nullable=False),
        sa.Column("tone", TEXT),
        sa.Column("post_tone", TEXT),
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
        sa.Column("place", TEXT, primary_key=True),
        sqlite_with_rowid=False,
    )
