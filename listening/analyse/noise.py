"""Which filter class a post belongs to: sport, adverts and the like, kept out of every figure.

A filter class holds only where no real issue was found: a match report that also complains of
the car park is talk about parking.
"""

from listening.analyse.issues import Found
from listening.area import Issue


def split(found: Found, issues: dict[str, Issue]) -> tuple[Found, str | None]:
    """The real issues, and the filter class where there are none: the one with most words."""
    real = {slug: evidence for slug, evidence in found.items() if not issues[slug].noise}
    if real or not found:
        return real, None
    return {}, max(found, key=lambda slug: len(found[slug].spans))
