"""The tables: one place where their columns are written down, and what each is for.

Times are whole microseconds since 1970 (UTC), days are ordinals of the area's own calendar
(``date.toordinal``): integers mean the same in SQLite and PostgreSQL.
Lists and dicts are JSON text. A change here needs a revision in ``migrations/versions`` and a
new ``REVISION``; a test holds the two together.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    Table,
)
from sqlalchemy import Text as AnyText

REVISION = "0005"  # the newest one in migrations/versions

metadata = MetaData()

# Words are told apart and put in order by their bytes in both databases, whatever the server's language.
Text = AnyText().with_variant(AnyText(collation="C"), "postgresql")

# Small facts about the store: version, area, timezone, fingerprint of the key …
meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

# Every place a figure can be about, by the key it has in `counts` and `mention`. Never deleted:
# a ward that left the area keeps its name here for its history.
place = Table(
    "place",
    metadata,
    Column("key", Text, primary_key=True),  # GSS code | "town:<name>" | the area's code
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),  # ward, town, area
    Column("town", Text),
)

post = Table(
    "post",
    metadata,
    Column("pk", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("source", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("published", BigInteger, nullable=False),
    Column("collected", BigInteger, nullable=False),
    Column("url", Text),
    Column("title", Text),
    Column("text", Text),
    Column("author", Text),
    Column("thread", Text),
    Column("edited", BigInteger),
    Column("dated", SmallInteger, nullable=False),
    Column("place_hint", Text),
    Column("replies", Integer),
    Column("score", Integer),
    Column("language", Text),
    Column("issues", Text, nullable=False),
    Column("issue_tones", Text, nullable=False),
    Column("wards", Text, nullable=False),  # codes; names outside
    Column("towns", Text, nullable=False),
    Column("maybe_wards", Text, nullable=False),  # codes; names outside
    Column("places", Text, nullable=False),
    Column("sentiment", Float),
    Column("tone", Text),
    Column("cues", Text, nullable=False),
    Column("flags", Text, nullable=False),
    Column("noise", Text),
    Column("copy_of", Text),
    Column("evidence", Text, nullable=False),
    Column("version", Text),
    # what only the store knows
    Column("day", Integer, nullable=False),  # local day of `published`
    Column("late", SmallInteger, nullable=False),  # 1: came for a day already frozen; not counted
    Column("seen", BigInteger, nullable=False),  # when the words we hold were collected
    Column("digest", Text, nullable=False),  # of title and text: an edit changes it
    Index("post_published", "published"),
    Index("post_channel", "channel", "published"),  # the newest of one channel: no other is read
    Index("post_heard", "source", "published", "collected"),  # what `runs.heard` asks, without the posts
    Index("post_source", "source", "collected"),
    Index("post_author", "author"),
    Index("post_copy_of", "copy_of"),
    Index("post_url", "url"),
)

# A post × issue × ward (× town): the finest grain, from which every distinct figure comes.
# Clustered by day, so that a window is one run of pages. `ward` is '' on the rows that only
# carry a further town of a post whose ward is known: such a post is not of "no ward".
mention = Table(
    "mention",
    metadata,
    Column("day", Integer, primary_key=True),
    Column("post", Integer, ForeignKey("post.pk", ondelete="CASCADE"), primary_key=True),
    Column("issue", Text, primary_key=True),  # slug | "none" | slug of a filter class
    Column("ward", Text, primary_key=True),  # code | "none" | ""
    Column("town", Text, primary_key=True),  # name | "none"
    Column("at", BigInteger, nullable=False),
    Column("hour", SmallInteger, nullable=False),
    Column("placement", Text, nullable=False),  # ward, town, several, unknown
    Column("channel", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("voice", BigInteger),
    Column("thread", BigInteger, nullable=False),
    Column("tone", Text),  # of the sentences that name this issue
    Column("post_tone", Text),  # of the whole post: what `any` counts
    Column("cues", SmallInteger, nullable=False),  # 1 complaint, 2 question, 4 praise
    Column("real", SmallInteger, nullable=False),  # 1: a real issue; 0: "none" or noise
    Column("copy", SmallInteger, nullable=False),
    Column("late", SmallInteger, nullable=False),
    Index("mention_post", "post"),
    Index("mention_ward", "ward", "day"),
    Index("mention_issue", "issue", "day"),
    Index("mention_source", "source", "ward", "day"),  # which source has ever spoken of which ward
    sqlite_with_rowid=False,
)

# By which the posts of the last days are found that a new one may repeat; in the order of collecting.
# Older rows are taken out by the purge.
sketch = Table(
    "sketch",
    metadata,
    Column("collected", BigInteger, primary_key=True),
    Column("post", Integer, ForeignKey("post.pk", ondelete="CASCADE"), primary_key=True),
    Column("hashes", Text, nullable=False),  # 16 hashes of 8 hexadecimal digits; '': too few words
    Column("page", BigInteger),  # hash of the article a press or official item leads to
    Index("sketch_post", "post"),
    sqlite_with_rowid=False,
)

# The streets, parks and schools a post names.
spot = Table(
    "spot",
    metadata,
    Column("post", Integer, ForeignKey("post.pk", ondelete="CASCADE"), primary_key=True),
    Column("place", Text, primary_key=True),
    sqlite_with_rowid=False,
)

# What happened, told once: an id for good, and never any of the posts' words. `told` is when it was
# first a story. `merged_into` makes a pointer of it: it became one with that story.
story = Table(
    "story",
    metadata,
    Column("id", Text, primary_key=True),
    Column("first_seen", BigInteger, nullable=False),  # when its first post was published
    Column("told", BigInteger, nullable=False),
    Column("changed", BigInteger, nullable=False),  # the last time it took or lost a post
    Column("merged_into", Text),
    Index("story_merged_into", "merged_into"),
)

# A post belongs to one story at most; the link goes with it.
story_post = Table(
    "story_post",
    metadata,
    Column("post", Integer, ForeignKey("post.pk", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("story", Text, ForeignKey("story.id"), nullable=False),
    Index("story_post_story", "story"),
)

# The roll-up. Key order: what is asked for by name first, time last, so that a series is one run.
# The three distinct figures are NULL where a day was frozen before its month was over.
counts = Table(
    "counts",
    metadata,
    Column("period", Text, primary_key=True),  # day, week, month
    Column("channel", Text, primary_key=True),
    Column("place", Text, primary_key=True),
    Column("issue", Text, primary_key=True),  # slug | any | none | slug of a filter class
    Column("start", Integer, primary_key=True),  # first local day of the period
    Column("noise", SmallInteger, nullable=False),
    Column("posts", Integer, nullable=False),
    Column("copies", Integer, nullable=False),
    Column("conversations", Integer),
    Column("voices", Integer),
    Column("sources", Integer),
    Column("complaints", Integer, nullable=False),
    Column("questions", Integer, nullable=False),
    Column("praise", Integer, nullable=False),
    Column("negative", Integer, nullable=False),
    Column("neutral", Integer, nullable=False),
    Column("positive", Integer, nullable=False),
    Column("unclear", Integer, nullable=False),
    Column("voices_negative", Integer, nullable=False),
    Column("voices_neutral", Integer, nullable=False),
    Column("voices_positive", Integer, nullable=False),
    Column("voices_unclear", Integer, nullable=False),
    Index("counts_start", "period", "start"),
    sqlite_with_rowid=False,
)

# Finished weeks and months whose days have changed since they were rolled.
due = Table(
    "due",
    metadata,
    Column("period", Text, primary_key=True),
    Column("start", Integer, primary_key=True),
)

# Days from which a purge has taken a post: their counts are read, never made again.
frozen = Table(
    "frozen",
    metadata,
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("version", Text),  # of the analysis they were counted with; several: joined by a space
)

# What each source has ever sent; outlives the purge of its posts.
heard = Table(
    "heard",
    metadata,
    Column("source", Text, primary_key=True),
    Column("first_post", BigInteger, nullable=False),
    Column("last_post", BigInteger, nullable=False),
    Column("last_collected", BigInteger, nullable=False),
)

run = Table(
    "run",
    metadata,
    Column("pk", Integer, primary_key=True, autoincrement=False),
    Column("source", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("error", Text),
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    Column("items", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("seconds", Float, nullable=False),
    Index("run_source", "source", "pk"),
)

memory = Table(
    "memory",
    metadata,
    Column("source", Text, primary_key=True),
    Column("content", Text, nullable=False),
)

# Whatever a person tells the tool; append-only. `nonce` keeps an erased row's digest from being
# guessed back into its words, and goes with them.
decision = Table(
    "decision",
    metadata,
    Column("pk", Integer, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("role", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("about", Text),
    Column("value", Text),
    Column("undoes", Integer, ForeignKey("decision.pk")),
    Column("nonce", Text),  # NULL: the content has been erased
    Column("content", Text, nullable=False),  # digest of this row's content
    Column("digest", Text, nullable=False),  # digest of the last row's digest and this content
)

# Hashes of ids and addresses that are never to be collected again.
tombstone = Table(
    "tombstone",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("at", BigInteger, nullable=False),
)

lease = Table(
    "lease",
    metadata,
    Column("name", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("pid", Integer, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("until", BigInteger, nullable=False),
)

# In an order in which no row comes before one it names; what is small is moved in one piece.
LARGE = (post, mention, spot, sketch, story, story_post, counts)
SMALL = (meta, place, due, frozen, heard, run, memory, decision, tombstone, lease)
