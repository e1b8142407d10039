"""Collect: the only room that opens a socket. Sources in, raw posts and the state of each source out.

    rounds    who is asked now, side by side: ``ready``, ``due``
    outcome   what became of one source that was asked, and what it remembers
    rhythm    how often a source speaks: when to ask it, and when its silence is odd
    breaker   how long a source that fails is left alone; ``moves``: one that has moved for good
    web       one polite, careful request; failure is a value (``line``: addresses and deadlines)
    feed      RSS, Atom and JSON Feed: ``fetch`` asks, ``parse`` understands (``xmlfeed``,
              ``jsonfeed`` read a document into ``entry``; ``tame`` keeps feedparser from
              harm; ``identity`` gives ids)
    reddit    subreddits: with approved keys through PRAW (``reddit_api``, over ``reddit_wire``), with a
              private feed's token through RSS (``reddit_rss``); ``reddit_posts`` understands both,
              ``reddit_pace`` keeps to Reddit's limits, ``reddit_keys`` reads the secrets
    moderngov a council's meetings ahead, with their agendas
    govuk     announcements of departments and agencies
    lga       news of the Local Government Association, off its page
    floods    flood alerts and warnings, England
    document  for kinds that are no feed: a service's JSON or XML
    finding   from a site's address to its feeds; for people who look for sources, never in a round
    turns     which posts are looked up now to see what was deleted; what is believed
    page      a web page, for want of a feed; ``robots`` asks whether it may be read
    dates     dates as feeds write them
    encoding  the characters of a body, whatever it says they are

A kind of source is a module here with ``fetch(source, memory, web) -> Answer``, its only use of the
network, and a pure ``parse(answer, source, now) -> Found``; its name stands in ``KINDS``.
It may have ``recheck(ids, memory, web)``, the ids of posts deleted upstream, given ``MOST_RECHECKED`` at a
time, and ``recall(memories)``, told what all sources remember before any of them is asked.
It says ``STEADY = True`` where its news is rare and urgent (warnings), or where a stream runs on: it is
then always asked at its ``every``; and ``WHOLE = True`` where an answer is the whole list, not just what
came since the last: then an empty answer is odd where items usually stand in it. ``RARE = True``: no
silence is odd here; ``UNDATED = True``: no item of this kind has a date.
"""

from listening.collect.outcome import our_fault
from listening.collect.rounds import (
    KINDS,
    ask,
    due,
    ready,
    recheck,
    recheck_due,
    recheck_most,
    resting,
    waiting,
    wished,
)

__all__ = [
    "KINDS",
    "ask",
    "due",
    "our_fault",
    "ready",
    "recheck",
    "recheck_due",
    "recheck_most",
    "resting",
    "waiting",
    "wished",
]
