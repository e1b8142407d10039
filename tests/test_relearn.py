"""The last layer of tone: learnt from labels, measured on those held out, kept only where it does better."""

import json
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from smallest import smallest

from listening import analyse, labelling, pipeline, relearn
from listening.analyse import tonelayer
from listening.analyse.tonelayer import PLAIN, Layer
from listening.area import load
from listening.configure import tone_file
from listening.errors import AreaError, WordsError
from listening.post import Post, frame
from listening.store import connect, keys, make_folder
from listening.summarise.corrected import TONE

HAND = Path(__file__).parents[1] / "benchmarks" / "hands" / "hand_1.jsonl"  # invented; not held out
NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)
SOURCE = "sources:\n  - {name: Forum, kind: feed, channel: public, display: full, url: 'https://x.example'}\n"


def labelled(folder: Path, number: int, label: Callable[[int, str], str]) -> Path:
    """An area with so many invented posts, all drawn and labelled by what ``label`` makes of their tone."""
    config = smallest(folder, SOURCE)
    area = load(config)
    texts = [json.loads(line)["text"] for line in HAND.read_text(encoding="utf-8").splitlines()[:number]]
    at = [NOW - timedelta(minutes=n + 1) for n in range(number)]
    posts = [
        Post(f"feed:{n:032x}", "Forum", "public", "post", at[n], at[n], text=text)
        for n, text in enumerate(texts)
    ]
    make_folder(area)
    with closing(connect(area.store)) as store:
        pipeline.understand(frame(posts), area, store, keys.key(store, area, make=True), NOW)
        drawn = labelling.draw(store, area, number, 1, "officer", NOW)
        tones = [(i, t) for i, t in zip(drawn.posts["id"], drawn.posts["tone"], strict=True) if t is not None]
        rows = [
            labelling.Row(i, drawn.key, "coder A", ("none",), ("none",), TONE[label(n, t)])
            for n, (i, t) in enumerate(tones)
        ]
        assert not labelling.take(store, area, rows, "officer", NOW).bad
    return config


def tried(config: Path) -> relearn.Tried:
    area = load(config)
    with closing(connect(area.store)) as store:
        return relearn.relearn(store, area, "officer", NOW)


def test_a_layer_is_learnt_from_chances_and_is_the_plain_one_where_there_is_nothing_to_learn() -> None:
    random = np.random.default_rng(0)
    raw = random.dirichlet((1, 1, 1), 2_000)
    for true in (Layer(1.5, 1.0, -0.5, -0.5), PLAIN):
        risen = tonelayer.applied(raw, true)
        assert risen.sum(1) == pytest.approx(1)
        wanted = np.eye(3)[[random.choice(3, p=p) for p in risen]]
        assert tonelayer.learnt(raw, wanted, np.ones(len(raw))) == pytest.approx(true, abs=0.2)


def test_what_helps_held_out_labels_is_kept_beside_sources_yaml_and_read_with_the_area(
    tmp_path: Path,
) -> None:
    config = labelled(tmp_path, 250, lambda n, tone: "positive" if tone == "positive" else "negative")
    plain = load(config)
    assert plain.tone_layer == ()
    found = tried(config)
    lines = relearn.told(found, tone_file(config))
    assert found.low > 0
    assert lines[0].startswith("Kept: of 100 labels held out, tone is right in ")
    area = load(config)
    assert area.tone_layer == tuple(found.layer)
    assert analyse.version(area) != analyse.version(plain)
    with closing(connect(area.store)) as store:
        before = (store.posts(noise=True)["tone"] == "neutral").sum()
        assert pipeline.retag(area, store).posts == 250
        assert (store.posts(noise=True)["tone"] == "neutral").sum() < before
        assert store.decisions("relearn")["value"].iloc[0]["kept"] is True
    tone_file(config).unlink()
    assert analyse.version(load(config)) == analyse.version(plain)


def test_what_helps_nobody_is_not_kept_and_nothing_changes(tmp_path: Path) -> None:
    config = labelled(tmp_path, 100, lambda n, tone: tone)
    found = tried(config)
    assert (found.before, found.kept) == (1.0, False)
    assert not tone_file(config).exists()
    (line,) = relearn.told(found, tone_file(config))
    assert line.startswith("Not kept: of 100 labels held out, tone is right in ")
    assert line.endswith("no clear gain. Nothing was changed.")


def test_too_few_labels_and_invented_areas_teach_nothing_and_a_broken_file_is_told(tmp_path: Path) -> None:
    config = labelled(tmp_path, 20, lambda n, tone: tone)
    with pytest.raises(WordsError, match="tone can learn from 60 labelled posts that are still held; got "):
        tried(config)
    tone_file(config).write_text('{"layer": [1, 2]}', encoding="utf-8")
    with pytest.raises(AreaError, match=r"layer must be four numbers; got \[1.0, 2.0\]"):
        load(config)
    tone_file(config).unlink()
    config.write_text(
        "invented: true\nclock: 2026-11-16T08:00\n" + config.read_text(encoding="utf-8"), "utf-8"
    )
    with pytest.raises(WordsError, match="the sample area is invented: there is nothing to learn from it"):
        tried(config)
