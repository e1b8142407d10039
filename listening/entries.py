"""Entries: what a YAML file says, read key by key, every fault kept with its file and line.

    faults = Faults()
    top = read(Path("sources.yaml"), faults)
    name = top.text("name", needed=True)        # "" and a fault where it is missing or not text
    top.done()                                  # any key nobody asked for is a fault
    faults.stop()                               # one AreaError that lists them all, one a line

Reading goes on after a fault, so that one attempt shows all that is wrong with a file.
``ruamel.yaml`` is the only reader: it knows the line of every key. Dates stay text until asked for,
so that 2026-13-45 is a fault with a line and not an exception without one.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from listening.errors import AreaError

SHOWN_FAULTS = 40  # more than that is one mistake repeated: a page of text helps nobody
UNITS = {
    **dict.fromkeys(("s", "sec", "second", "seconds"), "seconds"),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), "minutes"),
    **dict.fromkeys(("h", "hour", "hours"), "hours"),
    **dict.fromkeys(("day", "days"), "days"),
    **dict.fromkeys(("week", "weeks"), "weeks"),
}
SECRETS = re.compile(r"(?i)^(.*[_-])?(password|passwd|secret|token|key|apikey|credentials?)$")
ELSEWHERE = "keep it in the environment or in .env, never in a configuration file"


class _Constructor(RoundTripConstructor):
    """ruamel's round-trip constructor, with dates left as the text that was written."""


_Constructor.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: node.value)


class Faults:
    """The sentences collected so far; ``stop`` raises them as one AreaError, if there are any."""

    def __init__(self) -> None:
        self.sentences: list[str] = []

    def add(self, sentence: str) -> None:
        """Note one fault."""
        self.sentences.append(sentence)

    def stop(self) -> None:
        """Raise what was noted, one sentence a line."""
        if not self.sentences:
            return
        shown = self.sentences[:SHOWN_FAULTS]
        if more := len(self.sentences) - len(shown):
            shown.append(f"… and {more} more")
        raise AreaError("\n".join(shown))


def nearest(word: object, allowed: Iterable[str]) -> str:
    """``; did you mean X?`` where a spelling is close, else nothing.

    >>> nearest("redit", ["feed", "reddit"])
    '; did you mean reddit?'
    """
    by_lower = {a.lower(): a for a in allowed}
    close = get_close_matches(str(word).lower(), by_lower, n=1, cutoff=0.7)
    return f"; did you mean {by_lower[close[0]]}?" if close and by_lower[close[0]] != word else ""


def duration(text: object) -> timedelta | None:
    """``15 min``, ``1 hour``, ``2 days``, ``30 s`` as a timedelta; None where it is not one.

    >>> duration("15 min")
    datetime.timedelta(seconds=900)
    """
    match = re.fullmatch(r"(-?\d{1,5}) ?([a-z]+)", text.strip().lower()) if isinstance(text, str) else None
    if match is None or match[2] not in UNITS:
        return None
    return timedelta(**{UNITS[match[2]]: int(match[1])})


def secret_in(url: str) -> bool:
    """Whether an address carries a password, a token or a key (Reddit's private feeds call it ``feed``)."""
    parts = urlsplit(url)
    names = {name for name, _ in parse_qsl(parts.query)}
    in_host = parts.password is not None or (parts.scheme in ("http", "https") and "@" in parts.netloc)
    return in_host or {"feed", "user"} <= names or any(SECRETS.match(n) for n in names)


def without_password(url: str) -> str:
    """A store's address for a sentence, whatever is wrong with it: up to the last @ all may be a password."""
    return re.sub(r"^((?:[^:/]*:?/+)?[^:/@]*|[^:]*):.*@", r"\1:***@", url, flags=re.S).partition("?")[0]


def is_web(address: str) -> bool:
    """Whether a text is an http(s) address with a host, and nothing else."""
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, half an IPv6 address
        good = False
    return good and not re.search(r"\s", address)


def read(path: Path, faults: Faults, named: str = "") -> "Entry":
    """The file's outermost mapping. A file that cannot be read at all raises at once.

    ``named`` says where its name was met, e.g. ``sources.yaml line 2``.
    """
    try:
        data = _parsed(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise AreaError(f"no such file: {path}" + (f" (named in {named})" if named else "")) from error
    except (OSError, UnicodeDecodeError) as error:
        raise AreaError(f"the file cannot be read: {path}: {error}") from error
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f" line {mark.line + 1}" if mark else ""
        why = str(error.problem or error.context).partition(" with value ")[0]  # a value may be a secret
        raise AreaError(f"this is not YAML: {why} ({path.name}{line})") from error
    except (YAMLError, ValueError) as error:
        raise AreaError(f"this is not YAML: {error} ({path.name})") from error
    if not isinstance(data, CommentedMap):
        raise AreaError(f"the file must hold keys and their values; got {_kind(data)} ({path.name} line 1)")
    return Entry(data, path.name, faults)


@lru_cache(maxsize=8)
def _parsed(text: str) -> Any:
    """What a YAML text says; nobody writes to it. The lists of issues take a second to parse."""
    yaml = YAML(typ="rt")
    yaml.Constructor = _Constructor
    return yaml.load(text)


def _kind(value: object) -> str:
    names = {CommentedMap: "keys and values", CommentedSeq: "a list", type(None): "nothing"}
    return names.get(type(value), repr(value))


class Entry:
    """One mapping of a file. Each method takes one key, checks it, and gives its value or the default."""

    def __init__(self, data: CommentedMap, file: str, faults: Faults, who: str = "", line: int = 1) -> None:
        self.data, self.file, self.faults, self.who = data, file, faults, who
        self.first = line
        self._taken: set[str] = set()

    def line(self, key: str | None = None, item: int | None = None) -> int:
        """The line of a key, or of an item of its list; of the mapping itself without one."""
        try:
            if item is not None:
                return int(self.data[key].lc.item(item)[0]) + 1
            return int(self.data.lc.key(key)[0]) + 1 if key in self.data else self.first
        except (AttributeError, KeyError, TypeError):
            return self.first

    def fault(self, text: str, key: str | None = None, item: int | None = None) -> None:
        """Note a fault of this mapping at a key's line."""
        who = f", {self.who}" if self.who else ""
        self.faults.add(f"{text} ({self.file} line {self.line(key, item)}{who})")

    def has(self, key: str) -> bool:
        """Whether the key is there with a value."""
        return self.data.get(key) is not None

    def take(self, key: str, needed: bool = False) -> Any:
        """The raw value, or None; a needed one that is missing is a fault."""
        self._taken.add(key)
        value = self.data.get(key)
        if needed and (value is None or value == ""):
            self.fault(f"{key} is missing", key)
        return value

    def done(self) -> None:
        """Note every key that nobody asked for: a misspelling, or a secret."""
        self.refuse_secrets()
        allowed = ", ".join(sorted(self._taken))
        for key in self.data:
            if key not in self._taken and not SECRETS.match(str(key)):
                self.fault(f"unknown key {str(key)!r}; allowed: {allowed}{nearest(key, self._taken)}", key)

    def refuse_secrets(self) -> None:
        """Note every key that reads as a password, a token or a key."""
        for key in self.data:
            if SECRETS.match(str(key)):
                self.fault(f"{key} looks like a secret; {ELSEWHERE}", key)

    def text(self, key: str, default: str = "", needed: bool = False) -> str:
        """A line of text."""
        value = self.take(key, needed)
        if value is None:
            return default
        if not isinstance(value, str):
            self.fault(f"{key} must be text; got {_kind(value)}", key)
            return default
        return str(value).strip()

    def matching(self, key: str, pattern: str, says: str, needed: bool = False) -> str:
        """Text of a given form; ``says`` tells the form in words."""
        value = self.text(key, needed=needed)
        if value and not re.fullmatch(pattern, value):
            self.fault(f"{key} must be {says}; got {value!r}", key)
        return value

    def web(self, key: str, needed: bool = False) -> str | None:
        """An http(s) address that carries no password, token or key."""
        value = self.text(key, needed=needed)
        if not value:
            return None
        if not is_web(value):
            self.fault(f"{key} must be an address that begins with https:// or http://; got {value!r}", key)
        elif secret_in(value):
            self.fault(f"{key} carries a password, a token or a key; {ELSEWHERE}", key)
        return value

    def choice(self, key: str, allowed: Iterable[str], default: str = "") -> str:
        """One of some words; needed where there is no default."""
        allowed = tuple(allowed)
        value = self.take(key, needed=not default)
        if value in (None, "") or value in allowed:
            return str(value or default)
        given = repr(str(value)) if isinstance(value, str) else _kind(value)
        self.fault(f"{key} must be one of {', '.join(allowed)}; got {given}{nearest(value, allowed)}", key)
        return default or allowed[0]

    def yes(self, key: str, default: bool = False) -> bool:
        """true or false; nothing else counts."""
        value = self.take(key)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self.fault(f"{key} must be true or false, without quotes; got {_kind(value)}", key)
        return default

    def day(self, key: str) -> date | None:
        """A date such as 2026-11-22."""
        value = self.take(key)
        if value is None:
            return None
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fault(f"{key} must be a date such as 2026-11-22; got {str(value)!r}", key)
            return None

    def span(self, key: str, least: str, default: timedelta | None = None) -> timedelta | None:
        """A length of time such as ``15 min``, of at least ``least``."""
        value = self.take(key)
        if value is None or value == "":
            return default
        found, floor = duration(value), duration(least)
        if found is None:
            self.fault(f"{key} must be a time such as 15 min, 1 hour, 2 days; got {_kind(value)}", key)
        elif floor is not None and found < floor:
            self.fault(f"{key} must be at least {least}; got {str(value)!r}", key)
        else:
            return found
        return default

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        result = []
        for i, value in enumerate(self.items(key)):
            if isinstance(value, str) and value.strip():
                result.append(str(value).strip())
            else:
                self.fault(f"{key} must hold texts; got {_kind(value)}", key, i)
        return tuple(result)

    def numbers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers."""
        values = self.items(key)
        for i, value in enumerate(values):
            if not isinstance(value, int) or isinstance(value, bool):
                self.fault(f"{key} must hold whole numbers; got {_kind(value)}", key, i)
        return tuple(int(v) for v in values if isinstance(v, int))

    def items(self, key: str) -> list[Any]:
        """A list of anything."""
        value = self.take(key)
        if value is None or isinstance(value, CommentedSeq):
            return list(value or [])
        self.fault(f"{key} must be a list; got {_kind(value)}", key)
        return []

    def entries(self, key: str, called: str) -> list["Entry"]:
        """A list of mappings; ``called`` is what one of them is: ``source``, ``ward``."""
        result = []
        for i, value in enumerate(self.items(key)):
            if isinstance(value, CommentedMap):
                name = value.get("name") or value.get("slug")
                who = f"{called} {str(name)!r}" if name else f"{called} {i + 1}"
                result.append(Entry(value, self.file, self.faults, who, self.line(key, i)))
            else:
                self.fault(f"each {called} must be keys and values; got {_kind(value)}", key, i)
        return result

    def mapping(self, key: str) -> "Entry":
        """The mapping under a key; an empty one where it is missing."""
        value = self.take(key)
        if value is not None and not isinstance(value, CommentedMap):
            self.fault(f"{key} must be keys and values; got {_kind(value)}", key)
        data = value if isinstance(value, CommentedMap) else CommentedMap()
        who = f"{self.who}, {key}" if self.who else key
        return Entry(data, self.file, self.faults, who, self.line(key))


def once(entries: list[Entry], key: str, values: list[str]) -> None:
    """Fault every value that an earlier entry already has."""
    first: dict[str, int] = {}
    for entry, value in zip(entries, values, strict=True):
        if value and value in first:
            entry.fault(f"{key} must be used once; {value!r} already stands on line {first[value]}", key)
        first.setdefault(value, entry.line(key))
