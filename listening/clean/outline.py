"""Outline: where the digits of a text stand, so that a costly form is only looked for where it can be.

A form is some regular expression; each takes 15 to 90 µs for a long article, and few articles hold
any. What a form can't do without is asked first: so many digits in a row once blanks and brackets
between them are left out, or a letter beside a digit. Every answer is "it may be there" or "it isn't".
"""

import re
import string
from collections.abc import Iterator
from typing import NamedTuple

# Characters that are no ASCII letter and yet match one where case is ignored: ſ, ı, İ and the Kelvin sign.
_ODD = {"\u017f": "s", "\u0131": "i", "\u0130": "i", "\u212a": "k"}
_LETTERS, _DIGITS = string.ascii_letters.encode(), string.digits.encode()
_PLACES = bytes.maketrans(_LETTERS + _DIGITS, b"a" * 26 + b"A" * 26 + b"0" * 10)
_JOINED = bytes.maketrans(_LETTERS + _DIGITS, b"a" * 52 + b"0" * 10)
_NOUGHTS = bytes.maketrans(_LETTERS + _DIGITS + b"Oo", b"a" * 52 + b"0" * 12)  # O is typed for nought
# What may part the digits of one number; "?" stands for all characters beyond ASCII.
_BETWEEN = b" \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f().-?"


class Outline(NamedTuple):
    """A text with all letters alike and all digits alike."""

    places: bytes  # a for a small letter, A for a capital, 0 for a digit, all others themselves or ?
    letters: bytes  # the same with a for all letters
    run: int  # digits in a row, blanks, dots, dashes and brackets left out; 0 below 6
    insured: bool  # six digits between two letters, the same left out

    @property
    def beside(self) -> bool:
        """Whether a letter stands right before a digit."""
        return b"a0" in self.letters


def outline(text: str) -> Outline:
    """The outline of a text; a character beyond ASCII is a "?"."""
    raw = text.encode("ascii", "replace")
    close = raw.translate(_NOUGHTS, _BETWEEN)
    run = next((n for n in (13, 10, 8, 7, 6) if b"0" * n in close), 0)
    return Outline(raw.translate(_PLACES), raw.translate(_JOINED), run, b"a000000a" in close or odd(text))


def digits(text: str) -> int:
    """How many of 0 to 9 a text holds."""
    raw = text.encode("utf-8", "replace")
    return len(raw) - len(raw.translate(None, _DIGITS))


def numbers(text: str) -> Iterator[tuple[int, int]]:
    """Where each run of the digits 0 to 9 begins and ends.

    >>> list(numbers("at 12 or 3"))
    [(3, 5), (9, 10)]
    """
    raw = text.encode("ascii", "replace").translate(_PLACES)
    start = raw.find(b"0")
    while start >= 0:
        end = start + 1
        while raw[end : end + 1] == b"0":
            end += 1
        yield start, end
        start = raw.find(b"0", end)


def odd(text: str) -> bool:
    """Whether it holds a letter that is none of ASCII's and matches one where case is ignored."""
    return not text.isascii() and any(letter in text for letter in _ODD)


def folded(text: str) -> str:
    """The text in lower case, as patterns that ignore case see the letters a to z."""
    if odd(text):
        for letter, plain in _ODD.items():
            text = text.replace(letter, plain)
    return text.lower()


_MARK = re.compile(r"\[[\w -]{3,16}\]")


def unmarked(text: str) -> str:
    """The text with a blank for each character of a mark: what a mark is called is no cue."""
    return _MARK.sub(lambda found: " " * len(found[0]), text) if "[" in text else text
