"""Two more ways to be known: an IBAN, and one's own handle among one's own words."""

import pandas as pd
import pytest

from listening import clean
from listening.area import Area
from listening.clean import bank
from listening.post import complete


@pytest.mark.parametrize("written", ["GB29NWBK60161331926819", "gb29 nwbk 6016 1331 9268 19"])
def test_an_iban_is_masked(written: str) -> None:
    assert bank.masked(f"pay {written} please") == "pay [bank details] please"


@pytest.mark.parametrize(
    "kept", ["GB29NWBK60161331926818", "A611 A38 B6014 M1 J27", "ref AB12 CD34 EF56 GH78"]
)
def test_what_only_looks_like_an_iban_stays(kept: str) -> None:
    assert bank.masked(kept) == kept


@pytest.mark.parametrize(
    ("author", "said", "kept"),
    [
        ("dave_secret", "Dave_Secret here, bins again", "[account] here, bins again"),
        ("potholes", "potholes again", "potholes again"),  # may be an ordinary word
        (None, "dave_secret here", "dave_secret here"),
    ],
)
def test_ones_own_handle_leaves_ones_own_words(author: str | None, said: str, kept: str, area: Area) -> None:
    when = pd.Timestamp("2026-11-22T09:00Z")
    row = {
        "id": "feed:1",
        "source": "x",
        "channel": "public",
        "published": when,
        "text": said,
        "author": author,
    }
    assert clean.run(complete(pd.DataFrame([row])), area, bytes(32))["text"].tolist() == [kept]
