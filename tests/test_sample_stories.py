"""Stories of the sample, told day by day as a collector does, beside those told in one go."""

import re
from collections.abc import Mapping
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from listening import analyse, clean, sample
from listening.area import Area, load
from listening.pipeline import tell_stories
from listening.sample import making
from listening.store import Store, connect
from listening.summarise import stories
from listening.summarise.clusters import WINDOW, of_window
from listening.summarise.identity import assigned
from listening.summarise.stories import HISTORY

DAY = timedelta(days=1)
DAYS = 9  # from before the fire and the flood to the sample's clock
STREAMED = 0.98  # B-cubed F1: within .02 of one go


@pytest.fixture(scope="module")
def area() -> Area:
    return load(making.HOME)


@pytest.fixture(scope="module")
def posts(area: Area) -> pd.DataFrame:
    """The last five weeks, cleaned and annotated."""
    raw = sample.posts(area)
    return analyse.run(
        clean.run(raw[raw["published"] > area.clock - 5 * HISTORY / 4], area, making.KEY), area
    )


def story_of(kept: pd.DataFrame, ids: list[str]) -> dict[str, str]:
    """The story of each post; one that is in none stands alone."""
    found = {p: str(key) for key, members in zip(kept["id"], kept["posts"], strict=True) for p in members}
    return {i: found.get(i, i) for i in ids}


def b_cubed(one: Mapping[str, str], other: Mapping[str, str]) -> float:
    """B-cubed F1 (Bagga and Baldwin 1998) of two ways to part the same posts."""
    first, second = pd.Series(one), pd.Series(other)
    both = pd.DataFrame({"a": first, "b": second}).groupby(["a", "b"]).size()
    a, b = first.value_counts(), second.value_counts()
    precision = sum(n * n / a[x] for (x, _), n in both.items()) / len(first)
    recall = sum(n * n / b[y] for (_, y), n in both.items()) / len(first)
    return float(2 * precision * recall / (precision + recall))


def test_the_measure_knows_same_and_other() -> None:
    one = {"p": "a", "q": "a", "r": "b", "s": "b"}
    assert b_cubed(one, {"p": "x", "q": "x", "r": "y", "s": "y"}) == 1
    assert b_cubed(one, dict.fromkeys(one, "x")) == pytest.approx(2 / 3)


@pytest.fixture(scope="module")
def streamed(area: Area, posts: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> list[tuple]:  # type: ignore[type-arg]
    """For each day: the stories kept so far, those told in one go, and the posts there were."""
    store: Store = connect(f"sqlite:///{tmp_path_factory.mktemp('days') / 'sample.db'}")
    days, before = [], posts["collected"].min() - DAY
    for back in range(DAYS, -1, -1):
        now = area.clock - back * DAY
        store.write(posts[(posts["collected"] > before) & (posts["collected"] <= now)], area, now)
        tell_stories(store, now)
        held = store.posts(now - HISTORY, now)
        days.append(
            (store.stories(now - HISTORY, now), assigned(held, now), of_window(held, now)["id"].tolist())
        )
        before = now
    store.close()
    return days


def test_told_day_by_day_or_in_one_go_they_are_the_same_stories(streamed: list[tuple]) -> None:  # type: ignore[type-arg]
    scores = [b_cubed(story_of(kept, ids), story_of(whole, ids)) for kept, whole, ids in streamed]
    assert min(scores) >= STREAMED
    kept, whole, ids = streamed[-1]
    largest = max(whole["posts"], key=len)
    assert len(largest) > 150
    (told,) = {s for i, s in story_of(kept, ids).items() if i in largest}  # the flood is one story, not two
    assert told in set(kept["id"])


def test_no_story_changes_its_name_from_day_to_day(streamed: list[tuple]) -> None:  # type: ignore[type-arg]
    for (before, _, _), (after, _, _) in pairwise(streamed):
        names = {*after["id"], *(i for was in after["was"] for i in was)}
        assert set(before["id"]) <= names


def test_a_sample_is_built_anew_where_the_code_that_tells_its_stories_has_changed() -> None:
    folder = Path(stories.__file__).parent
    waiting, needed = ["stories"], set()
    while waiting:
        name = waiting.pop()
        needed.add(name)
        found = re.findall(
            r"^from listening\.summarise\.(\w+) import", (folder / f"{name}.py").read_text(), re.M
        )
        waiting += [n for n in found if n not in needed]
    assert set(making.STORIES) == needed


def test_no_post_leaves_the_seven_days_between_two_looks_at_the_sample() -> None:
    assert making.LOOK < WINDOW
