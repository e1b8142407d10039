"""Copies in the store: a root each, never a chain, whatever comes, changes and goes."""

from datetime import timedelta
from random import Random
from typing import Any

import pandas as pd
import pytest
from store_posts import AREA, DAY, NOW, posts
from store_posts import post as any_post

from listening.analyse import copies
from listening.store import Store

HOUR = timedelta(hours=1)
NEWS = "Weir Lane is shut by the river after heavy rain and drivers are sent round by the old mill road"
OTHER = "The library on Bridge Street opens late on most days now that its roof has been mended at last"


def post(number: int, **given: Any) -> dict[str, Any]:
    """A post without a headline of its own."""
    return any_post(number, **({"title": None} | given))


def said(store: Store) -> dict[str, str | None]:
    """Who is whose copy, by number."""
    found = store.posts(noise=True)
    roots = [r.removeprefix("invented:") if isinstance(r, str) else None for r in found["copy_of"]]
    return dict(sorted(zip((i.removeprefix("invented:") for i in found["id"]), roots, strict=True)))


def counted(store: Store) -> list[list[int]]:
    return store.counts(by="day")[["posts", "copies", "voices"]].values.tolist()


def four(**given: object) -> list[dict[str, object]]:
    """A root and three copies, an hour apart."""
    first = NOW - DAY
    return [
        post(
            n,
            text=NEWS,
            copy_of="invented:0" if n else None,
            published=first,
            collected=first + n * HOUR,
            **given,
        )
        for n in range(4)
    ]


def test_what_was_collected_in_the_window_and_shares_words_is_found(store: Store) -> None:
    other = post(9, text=OTHER, collected=NOW)
    early = post(8, text=NEWS, published=NOW - 9 * DAY)
    store.write(posts(*four(), early, other), AREA, NOW)
    found = store.texts(posts(post(5, text=NEWS)), NOW - DAY, NOW)
    assert found.columns.tolist() == [
        "id", "source", "channel", "url", "title", "text", "collected", "copy_of"
    ]  # fmt: skip
    assert found["id"].tolist() == [f"invented:{n}" for n in range(4)]
    assert store.texts(posts(post(5, text=OTHER)), NOW - DAY, NOW)["id"].tolist() == ["invented:9"]
    nothing = store.texts(posts(post(5, text=None)), NOW - DAY, NOW)
    assert nothing.dtypes.to_dict() == found.dtypes.to_dict()
    assert nothing.empty


@pytest.mark.parametrize("seed", range(3))
def test_what_is_found_tells_as_much_as_all_that_was_collected(store: Store, seed: int) -> None:
    chance = Random(seed)
    words = (NEWS + " " + OTHER).split()
    texts = [" ".join(chance.choices(words, k=chance.randint(3, 40))) for _ in range(60)]
    texts = [
        chance.choice(texts) + chance.choice(["", " please share", " Copyright PA Media"]) for _ in range(150)
    ]
    rows = [
        post(n, text=text, channel=chance.choice(["press", "public"]), url=f"https://example.org/{n % 40}")
        for n, text in enumerate(texts)
    ]
    known, fresh = posts(*rows[:100]), posts(*rows[100:])
    known["copy_of"] = pd.Series(copies.run(known), dtype="object")
    store.write(known, AREA, NOW)
    found = store.texts(fresh, NOW - 2 * DAY, NOW)
    assert len(found) < len(known)
    assert copies.run(fresh, found) == copies.run(fresh, known)
    assert sum(root is not None for root in copies.run(fresh, found)) > 10


def test_an_article_is_found_by_its_address_and_a_residents_link_is_not(store: Store) -> None:
    url = "https://www.example.org/news/1"
    rows = [
        post(1, channel="press", url=url, text=NEWS),
        post(2, channel="public", url=url, text=OTHER),
        post(3, channel="press", url="https://example.org/news/2", text=OTHER),
    ]
    store.write(posts(*rows), AREA, NOW)
    asked = post(5, channel="press", url="http://example.org/news/1/amp", text="Different words.")
    assert store.texts(posts(asked), NOW - 2 * DAY, NOW)["id"].tolist() == ["invented:1"]


def test_new_words_are_found_and_old_ones_are_not(store: Store) -> None:
    store.write(posts(post(1, text=NEWS)), AREA, NOW)
    store.write(posts(post(1, text=OTHER, collected=NOW)), AREA, NOW)
    assert store.texts(posts(post(2, text=NEWS)), NOW - 2 * DAY, NOW).empty
    assert store.texts(posts(post(2, text=OTHER)), NOW - 2 * DAY, NOW)["id"].tolist() == ["invented:1"]


def test_a_purge_forgets_what_nothing_is_looked_for_in(store: Store) -> None:
    store.write(posts(post(1, text=NEWS, published=NOW - 20 * DAY), post(2, text=NEWS)), AREA, NOW)
    store.purge(AREA, NOW)
    assert store.texts(posts(post(3, text=NEWS)), NOW - 30 * DAY, NOW)["id"].tolist() == ["invented:2"]


def test_an_erased_post_is_not_found(store: Store) -> None:
    store.write(posts(*four()), AREA, NOW)
    store.erase(AREA, NOW, ids=["invented:0", "invented:1"])
    assert store.texts(posts(post(5, text=NEWS)), NOW - DAY, NOW)["id"].tolist() == [
        "invented:2",
        "invented:3",
    ]
    assert said(store) == {"2": None, "3": "2"}


def test_an_edit_of_a_copy_unfolds_it(store: Store) -> None:
    store.write(posts(*four()), AREA, NOW)
    store.write(posts(post(2, text=OTHER, collected=NOW)), AREA, NOW)
    assert said(store) == {"0": None, "1": "0", "2": None, "3": "0"}
    assert counted(store) == [[2, 2, 4]]
    assert store.recount().empty


def test_an_edit_of_a_root_lets_its_copies_go_and_the_first_of_them_leads(store: Store) -> None:
    store.write(posts(*four()), AREA, NOW)
    version = store.version
    store.write(posts(post(0, text=OTHER, collected=NOW)), AREA, NOW)
    assert said(store) == {"0": None, "1": None, "2": "1", "3": "1"}
    assert counted(store) == [[2, 2, 4]]
    assert store.version > version
    assert store.recount().empty


def test_an_edit_that_changes_little_keeps_the_copies(store: Store) -> None:
    store.write(posts(*four()), AREA, NOW)
    store.write(posts(post(0, text=NEWS + " again", collected=NOW)), AREA, NOW)
    assert said(store) == {"0": None, "1": "0", "2": "0", "3": "0"}


def test_a_root_that_becomes_a_copy_takes_its_copies_along(store: Store) -> None:
    store.write(posts(*four(), post(7, text=NEWS, collected=NOW - 2 * DAY)), AREA, NOW)
    store.write(posts(post(0, text=NEWS + " again", copy_of="invented:7", collected=NOW)), AREA, NOW)
    assert said(store) == {"0": "7", "1": "7", "2": "7", "3": "7", "7": None}
    assert store.recount().empty


def test_when_a_root_is_purged_its_copy_takes_over_and_no_figure_changes(store: Store) -> None:
    late = NOW - 95 * DAY
    rows = [
        post(0, text=NEWS, published=late),
        post(1, text=NEWS, copy_of="invented:0", published=late + 6 * DAY, collected=late + 6 * DAY),
        post(2, text=NEWS, copy_of="invented:0", published=late + 7 * DAY, collected=late + 7 * DAY),
    ]
    store.write(posts(*rows), AREA, NOW)
    before = counted(store)
    store.purge(AREA, NOW)
    assert said(store) == {"1": None, "2": "1"}
    assert counted(store) == before == [[1, 0, 1], [0, 1, 1], [0, 1, 1]]
    store.write(posts(rows[1] | {"copy_of": None, "version": "two"}), AREA, NOW)  # read anew, the same words
    assert counted(store) == before
    assert store.recount().empty


@pytest.mark.parametrize("seed", range(6))
def test_whatever_comes_and_goes_no_copy_names_a_copy_or_nobody(store: Store, seed: int) -> None:
    chance = Random(seed)
    texts = [
        NEWS,
        OTHER,
        NEWS + " again",
        "Bins were missed once more along the whole of Mill Bank this very week",
    ]
    for step in range(25):
        at = NOW - 3 * DAY + step * HOUR
        some = chance.sample(range(12), 3)
        deed = chance.random()
        if deed < 0.75:
            roots = [chance.choice([None, *(f"invented:{n}" for n in range(12))]) for _ in some]
            rows = [
                post(n, text=chance.choice(texts), copy_of=r if r != f"invented:{n}" else None, collected=at)
                for n, r in zip(some, roots, strict=True)
            ]
            store.write(posts(*rows), AREA, at)
        elif deed < 0.95:
            store.gone([f"invented:{n}" for n in some], AREA, at)
        else:
            store.erase(AREA, at, ids=[f"invented:{some[0]}"])
        now = said(store)
        assert all(root is None or now[root] is None for root in now.values()), now
    assert store.recount().empty
