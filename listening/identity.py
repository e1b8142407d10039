"""Identity: the forms of every id a post of ours may have, so that one that went out comes back as itself.

A collector makes ids that say nothing of the writer: a hash, or the platform's own number of the post.
Two forms could hold more where somebody else wrote the file — Facebook's may begin with the writer's
number, and a name of letters may be an account — so those are known only in an export of our own.
"""

import re

_HOST = r"[0-9a-z][0-9a-z.-]{0,252}(?::[0-9]{1,5})?"
_SAFE = (
    r"(?:feed|govuk|lga|bluesky|heard|import):[0-9a-f]{32}",
    r"reddit:t[13]_[0-9a-z]{1,20}",
    rf"mastodon:{_HOST}/(?:[0-9]{{1,40}}|[0-7][0-9A-HJKMNP-TV-Z]{{25}})",  # a number, or a ULID
    rf"fixmystreet:{_HOST}/[0-9]{{1,12}}",
    rf"moderngov:{_HOST}/[0-9]{{1,12}}",
    r"floods:[0-9]{3}[0-9A-Za-z_-]{1,47}/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}",
)
_OURS = (
    r"facebook_page:[0-9]{1,20}(?:_[0-9]{1,20}){0,2}",
    rf"mastodon:{_HOST}/[0-9A-Za-z]{{1,40}}",
    r"floods:[^/\x00-\x1f]{0,50}/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}",
)
_ANYBODYS = re.compile("|".join(_SAFE))
_IN_OURS = re.compile("|".join((*_SAFE, *_OURS)))


def known(said: str, ours: bool = False) -> bool:
    """Whether this is an id as a collector, a form or an import makes it; ``ours``: in an export of ours.

    >>> known("reddit:t3_1abc"), known("facebook_page:12_34"), known("facebook_page:12_34", ours=True)
    (True, False, True)
    """
    return (_IN_OURS if ours else _ANYBODYS).fullmatch(said) is not None
