"""Masked: what is typed into a page, as redaction leaves it. Pages ask here; none knows ``clean``."""

from listening.area import Area


def masked(said: str, area: Area) -> str:
    """The words with personal data masked, names of private people included."""
    from listening.clean import guard, redact  # here: a page that is only read needs none of it

    return redact.redact(said, guard.guard(area))
