"""What may be searched for, and how a search is answered in words.

Nobody is looked up here: a search for an account, or for words that read as a private person's
name, is refused with a reason. The rule for names is plain and can be got round (a surname alone
passes, for most are words); names in posts are masked where recognised before they are kept.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from listening.area import Area
from listening.summarise.findings import where
from listening.summarise.scope import TIMES, Scope
from listening.summarise.words import count

LEXICONS = Path(__file__).parents[2] / "data" / "lexicons"
NO_ACCOUNTS = "We never search for accounts. Search for what people talk about: an issue, a street, a word."
NO_PEOPLE = "This reads as a person's name, and we never search for people. Try an issue, a street or a word."
LONGEST = 200  # letters of a query
TOO_LONG = "This search is too long. Try a few words."

_ACCOUNT = re.compile(r"@|(?:^|[\s(\"“/-])/?u/\w|\bv[0-9a-f]{24}\b", re.IGNORECASE)
_TITLED = re.compile(r"\b(?:mr|mrs|ms)\.?\s+([^\W\d_][\w'’-]+)", re.IGNORECASE)
_TURNED = re.compile(r"([^\W\d_][\w'’-]+),\s*([^\W\d_][\w'’-]+)")
_TOKEN = re.compile(r"[^\W\d_][\w'’]*(?:-[\w'’]+)*")
_APART = re.compile(r"\bOR\b|\bNOT\b|[()]|(?:^|\s)-(?=\S)")
_KINDS = frozenset(
    """avenue bridge cafe centre church close club court crescent drive estate farm field fields gardens green
    grove hall hill hospital house inn lane library market park place playground primary pub rd road row
    school shop square st station street surgery terrace walk ward way wood woods""".split()  # noqa: SIM905
)


def refused(asked: str, area: Area) -> str | None:
    """Why a search is not made; None where it may be."""
    if len(asked) > LONGEST:
        return TOO_LONG
    if names_account(asked):
        return NO_ACCOUNTS
    low = asked.lower()
    if any(name.lower() in low for name in area.office_holders):
        return None  # whoever holds an office answers for it
    titled = any(m[1].lower() not in _ordinary() for m in _TITLED.finditer(asked))
    turned = any(_is_name(m[2], m[1], "", area) for m in _TURNED.finditer(asked))
    runs = [_TOKEN.findall(run.replace(" AND ", " ")) for run in _APART.split(asked)]
    named = any(
        _is_name(a, b, c, area) for run in runs for a, b, c in zip(run, run[1:], [*run[2:], ""], strict=False)
    )
    return NO_PEOPLE if titled or turned or named else None


def names_account(text: str) -> bool:
    """Whether a text names somebody's account: ``@name``, ``u/name``, or a pseudonym."""
    return _ACCOUNT.search(text) is not None


def _is_name(first: str, second: str, third: str, area: Area) -> bool:
    """Whether two words in a row read as a given name and a surname; ``third`` follows them."""
    one, two, three = (re.sub(r"['’]s?$", "", w.lower()) for w in (first, second, third))
    if one.partition("-")[0] not in _given() or len(two) < 2:
        return False
    if two in _ordinary() or two in _KINDS or three in _KINDS:
        return False  # Victoria Park; Albert Smith Street
    return two not in _topics(area.issues) and f"{one} {two}" not in local(area)


@cache
def _given() -> frozenset[str]:
    return _words("given_names.txt")


@cache
def _ordinary() -> frozenset[str]:
    return _words("not_names.txt")


def _words(file: str) -> frozenset[str]:
    text = (LEXICONS / file).read_text(encoding="utf-8").splitlines()
    return frozenset(w for line in text if not line.startswith("#") for w in line.split())


@cache
def _topics(issues: tuple[object, ...]) -> frozenset[str]:
    """Every word of the issues' own terms: “bins” is no surname here."""
    terms = (t for i in issues for t in (*getattr(i, "terms", ()), getattr(i, "label", "")))
    return frozenset(w for t in terms for w in re.findall(r"\w+", t.lower()))


def local(area: Area) -> str:
    """All names of the area's places and bodies, lower-cased, one a line."""
    named = [n for w in area.wards for n in (w.name, *w.aliases)]
    named += [n for t in area.towns for n in (t.name, *t.aliases)]
    named += [n for p in area.places for n in (p.name, *p.aliases)]
    return "\n".join([*named, *(b.name for b in area.bodies), *(s.name for s in area.sources)]).lower()


def heading(number: int, scope: Scope, asked: str) -> str:
    """``41 posts with “brown bin”: Stenby, this week``"""
    held = f" with “{asked}”" if asked else ""
    return f"{count(number, 'post')}{held}: {where(scope)}, {TIMES[scope.period]}"


def nothing(scope: Scope, asked: str, filtered: bool) -> tuple[str, str]:
    """That nothing was found, and what to try."""
    held = f" with “{asked}”" if asked else ""
    tries = ["fewer words"] if asked else []
    tries += ["fewer filters"] if filtered else []
    tries += ["a longer time"] if scope.period != "90d" else []
    tries += [] if scope.kind == "area" else [f"all of {scope.area.name}"]
    most, last = ", ".join(tries[:-1]), tries[-1] if tries else "another issue"
    said = f"{most} or {last}" if most else last
    return f"No posts{held}: {where(scope)}, {TIMES[scope.period]}.", f"Try {said}."


def elsewhere(number: int) -> str:
    """``3 more posts hold these words but name no local issue we know.``"""
    verb, name = ("holds", "names") if number == 1 else ("hold", "name")
    more = f"{number:,} more post{'' if number == 1 else 's'}"
    return f"{more} {verb} these words but {name} no local issue we know."


def stretches(text: str, wanted: Iterable[str]) -> list[tuple[str, bool]]:
    """The text cut into runs, each with whether it is one of the wanted words.

    A wanted word is found whole and in any case; one that ends in ``*`` as a beginning.
    """
    patterns = [
        re.escape(word.removesuffix("*")).replace(r"\ ", r"\s+") + (r"\w*" if word.endswith("*") else "")
        for word in sorted({w for w in wanted if re.match(r"\w", w)}, key=len, reverse=True)
    ]
    if not patterns:
        return [(text, False)] if text else []
    pieces = re.split(rf"(?<!\w)({'|'.join(patterns)})(?!\w)", text, flags=re.IGNORECASE)
    return [(piece, n % 2 == 1) for n, piece in enumerate(pieces) if piece]
