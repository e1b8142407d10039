"""Asked: the words of a question, looked at before it is answered; a slip of the pen is no quiet nought."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, select

from listening.entries import nearest
from listening.errors import WordsError
from listening.post import CHANNELS
from listening.store.places import NONE, Places
from listening.store.schema import counts, heard, mention, run

Names = Sequence[str] | None
ANY = "any"  # an issue: at least one that is real


def understood(
    connection: Connection, known: Places, issues: Names = None, channels: Names = None, sources: Names = None
) -> None:
    """Nothing, where each word is a channel, or an issue or a source of the area's or of a post's.

    Else a WordsError that names the allowed. The database is asked only of a word that is not known. A
    store that has learnt no words yet, empty or of an older version, lets every issue and source pass.
    """
    for channel in channels or ():
        if channel not in CHANNELS:
            raise _refused("channel", CHANNELS, channel)
    for issue in issues or ():
        if known.issues and issue not in known.issues and issue not in (ANY, NONE):
            c = counts.c
            rolled = (c.period == "day", c.channel.in_(CHANNELS), c.place == known.area, c.issue == issue)
            if not _there(connection, mention.c.issue == issue) and not _there(connection, *rolled):
                raise _refused("issue", [ANY, NONE, *sorted(known.issues)], issue)
    for source in sources or ():
        if known.sources and source not in known.sources:
            kept = (heard.c.source == source, run.c.source == source, mention.c.source == source)
            if not any(_there(connection, each) for each in kept):
                raise _refused("source", sorted(known.sources), source)


def _there(connection: Connection, *conditions: ColumnElement[bool]) -> bool:
    """Whether a row is so: one look in an index."""
    return connection.scalar(select(1).where(*conditions).limit(1)) is not None


def _refused(what: str, allowed: Iterable[str], word: object) -> WordsError:
    return WordsError(f"{what} must be one of {', '.join(allowed)}; got {word!r}{nearest(word, allowed)}")
