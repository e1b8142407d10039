"""Councils: which one is meant by a name, and of what type it is."""

import re
import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches

from listening.area import AREA_TYPES
from listening.collect.ons import Council
from listening.errors import WordsError

# By the first three characters of a council's GSS code (ONS Register of Geographic Codes; as in mySociety's
# list of UK local authorities; both seen 2026-11-22).
TYPES = {
    "E06": "unitary",
    "E07": "district",
    "E08": "metropolitan",
    "E09": "london_borough",
    "E10": "county",
    "S12": "scottish",
    "W06": "welsh",
    "N09": "ni",
}
SAID = {
    "district": "district, borough or city council under a county",
    "county": "county council",
    "unitary": "unitary council",
    "london_borough": "London borough",
    "metropolitan": "metropolitan borough",
    "scottish": "Scottish council",
    "welsh": "Welsh council",
    "ni": "Northern Ireland council",
}
ORDINARY = re.compile(
    r"council|county|borough|district|city|metropolitan|london|royal|unitary|authority|corporation|of|the|and"
    r"|cyngor|sir|bwrdeistref|dinas|y"
)
LISTED = 20  # councils named in one sentence
NEAR = 5


def likely_type(council: Council) -> str | None:
    """The type its code tells; None for a code of no register."""
    return TYPES.get(council.code[:3])


def chosen_type(council: Council, given: str | None) -> str:
    """The type given, else the one its code tells."""
    if given is not None:
        if given not in AREA_TYPES:
            raise WordsError(f"--type must be one of {', '.join(AREA_TYPES)}; got {given!r}")
        return given
    if likely := likely_type(council):
        return likely
    raise WordsError(
        f"the type cannot be told from the code {council.code}: give --type, one of {', '.join(AREA_TYPES)}"
    )


def chosen(councils: Sequence[Council], name: str, given: str | None = None) -> Council:
    """The one council that a name or a code means; WordsError with the choices where it is none or several.

    "Ashfield District Council", "ashfield" and E07000170 mean the same; a type given narrows it down.
    """
    wanted = name.strip()
    by_code = [c for c in councils if c.code == wanted.upper()]
    if by_code:
        return by_code[0]
    words = plain(wanted)
    exact = [c for c in councils if words and words in (plain(c.name), plain(c.welsh))]
    inside = [c for c in councils if words and (words <= plain(c.name) or words <= plain(c.welsh))]
    for found in (exact, inside):
        if found:
            return _one(found, wanted, given)
    raise WordsError(f"no council of that name: {wanted!r}{_near(councils, wanted)}")


def plain(name: str) -> frozenset[str]:
    """The words that tell a council from others, without accents: those every council has are left out.

    >>> sorted(plain("Kingston upon Hull, City of")), sorted(plain("City of London"))
    (['hull', 'kingston', 'upon'], ['city', 'london'])
    """
    flat = unicodedata.normalize("NFKD", name.lower().replace("&", " and "))
    flat = re.sub(r"['’.]", "", "".join(c for c in flat if not unicodedata.combining(c)))
    words = frozenset(re.findall(r"[a-z]+|\d+", flat))
    own = frozenset(w for w in words if not ORDINARY.fullmatch(w))
    return own or (words - {"council", "corporation", "of", "the"})


def said(council: Council) -> str:
    """A council's area as people call it: ONS writes "Bristol, City of"."""
    return re.sub(r", (City|County) of$", "", council.name)


def slug(name: str) -> str:
    """A folder's name: lower-case words joined by hyphens.

    >>> slug("St. Helens & Moor")
    'st-helens-and-moor'
    """
    flat = (
        unicodedata.normalize("NFKD", name.lower().replace("&", " and ")).encode("ascii", "ignore").decode()
    )
    return "-".join(re.findall(r"[a-z0-9]+", flat.replace("'", ""))) or "area"


def full_name(council: Council, type: str, typed: str) -> tuple[str, bool]:
    """The council's own name, and whether it is known: ONS lists areas, not what councils call themselves."""
    own = " ".join(typed.split())
    if re.search(r"\b(council|cyngor|corporation|london borough|comhairle)\b", own, re.IGNORECASE):
        return own, True
    if type == "county":
        return f"{said(council)} County Council", True
    return f"{said(council)} council", False


def shown(council: Council) -> str:
    """A council with its code and type: ``Ashfield (E07000170, district)``."""
    return f"{council.name} ({council.code}, {likely_type(council) or 'type not told'})"


def _one(found: list[Council], name: str, given: str | None) -> Council:
    of_type = [c for c in found if given and likely_type(c) == given]
    if re.search(r"\bcounty council\b", name, re.IGNORECASE):
        of_type = of_type or [c for c in found if likely_type(c) == "county"]
    left = of_type or found
    if len(left) == 1:
        return left[0]
    listed = "; ".join(shown(c) for c in left[:LISTED])
    more = f"; and {len(left) - LISTED} more" if len(left) > LISTED else ""
    raise WordsError(f"{len(left)} councils go by {name!r}: {listed}{more}. Give the whole name, or the code")


def _near(councils: Sequence[Council], name: str) -> str:
    names = {" ".join(sorted(plain(n))): c for c in councils for n in (c.name, c.welsh) if n}
    close = get_close_matches(" ".join(sorted(plain(name))), names, n=NEAR, cutoff=0.6)
    near = list(dict.fromkeys(shown(names[c]) for c in close))
    return (
        f"; did you mean {' or '.join(near)}?"
        if near
        else "; give it as ONS does, such as Ashfield or E07000170"
    )
