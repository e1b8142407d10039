"""What a councillor's own note says it is about: chosen from a list, so nothing is guessed.

``listening/heard.py`` writes the title: "Heard from 4 people: Drains and water, Mill Lane". The label after
the colon is the issue, whether or not its words are among the issue's terms.
"""

import re
from collections.abc import Mapping

from listening.analyse.issues import Found
from listening.analyse.matching import Evidence, Text
from listening.area import Issue

_TITLE = re.compile(r"Heard from [\d,]+ (?:person|people): (?P<about>.+)")


def told(text: Text, matched: Found, issues: Mapping[str, Issue]) -> Found:
    """The chosen issue, then what the note's own words name; words of its title name nothing else."""
    title = _TITLE.match(text.original[: text.title_end])
    if title is None:
        return matched
    about = title["about"].strip()
    fits = [
        i for i in issues.values() if about == i.label or about.startswith((f"{i.label}, ", f"{i.label}."))
    ]
    chosen = max(fits, key=lambda i: len(i.label), default=None)
    said = {s: e for s, e in matched.items() if any(start >= text.title_end for start, _ in e.spans)}
    return ({chosen.slug: Evidence([], "told", "sure")} if chosen else {}) | said
