"""A handle becomes a pseudonym under the key, and an absent author is no voice."""

import hashlib
import hmac

import pytest

from listening.clean.voices import pseudonym
from listening.errors import WordsError

KEY = b"k" * 32


def test_the_pseudonym_is_the_keyed_hash_of_platform_and_folded_handle() -> None:
    expected = hmac.new(KEY, b"reddit\x00jane_doe", hashlib.sha256).hexdigest()[:24]
    assert pseudonym(" Jane_Doe ", "reddit", KEY) == "v" + expected


def test_another_platform_or_another_key_is_another_voice() -> None:
    voices = {
        pseudonym("jane", "reddit", KEY),
        pseudonym("jane", "mastodon", KEY),
        pseudonym("jane", "reddit", b"x"),
    }
    assert len(voices) == 3


@pytest.mark.parametrize("absent", [None, "", "  ", "[deleted]", "Anonymous", "[removed]"])
def test_an_absent_author_is_no_voice(absent: str | None) -> None:
    assert pseudonym(absent, "reddit", KEY) is None


def test_an_empty_key_is_refused() -> None:
    with pytest.raises(WordsError, match="must not be empty"):
        pseudonym("jane", "reddit", b"")
