"""What only one kind of source knows, as it arrives from sources.yaml; its faults stand in faults.txt."""

from pathlib import Path
from typing import Any

import pytest
from test_configuration import SOURCES, write

from listening.area import SOURCE_KINDS, load
from listening.options import CHANNELS, KINDS

HEAD = SOURCES.partition("sources:")[0]


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("facebook_page", "{page: 123456789012345}", {"page": "123456789012345", "comments": True}),
        (
            "facebook_page",
            '{page: "123456789012345", depth: 200, comments: false}',
            {"page": "123456789012345", "depth": 200, "comments": False},
        ),
        ("fixmystreet", "{}", {}),
        (
            "fixmystreet",
            "{body: 2560, days: 60, jurisdiction: fixmystreet.com}",
            {"body": 2560, "days": 60, "jurisdiction": "fixmystreet.com"},
        ),
        (
            "mastodon",
            '{hashtags: ["#Stenby", Foxholes]}',
            {"hashtags": ["stenby", "foxholes"], "local": False},
        ),
        ("mastodon", "{local: true}", {"hashtags": [], "local": True}),
        (
            "bluesky",
            "{words: [Quarry Hill], hashtags: [StenbyFloods]}",
            {"words": ["Quarry Hill"], "hashtags": ["stenbyfloods"]},
        ),
        (
            "floods",
            "{lat: 53, long: -1.25, dist: 10, county: Dale, areas: [034WAF428]}",
            {"county": ["Dale"], "lat": 53.0, "long": -1.25, "dist": 10.0, "areas": ["034WAF428"]},
        ),
        ("moderngov", "{committees: [142, 310]}", {"committees": ["142", "310"]}),
        ("govuk", "{organisations: one, words: [bins]}", {"organisations": ["one"], "words": ["bins"]}),
        ("lga", "{}", {}),
        ("reddit", "{subreddit: stenby, depth: 50}", {"subreddit": "stenby", "depth": 50}),
    ],
)
def test_options_arrive_as_plain_values(tmp_path: Path, kind: str, given: str, kept: dict[str, Any]) -> None:
    channel = CHANNELS.get(kind, "public")
    text = (
        f"{HEAD}sources:\n  - name: A\n    kind: {kind}\n    channel: {channel}\n"
        f"    url: https://a.example\n    options: {given}\n"
    )
    [source] = load(write(tmp_path, text)).sources
    assert source.options == kept


def test_only_kinds_that_exist_are_in_the_tables() -> None:
    assert KINDS.keys() | CHANNELS.keys() <= set(SOURCE_KINDS)


def test_more_words_than_anybody_could_answer_for_are_refused(tmp_path: Path) -> None:
    from listening.errors import AreaError

    words = ", ".join(f"word{n}" for n in range(51))
    text = (
        f"{HEAD}sources:\n  - {{name: A, kind: bluesky, channel: public, url: https://a.example,"
        f" options: {{words: [{words}]}}}}\n"
    )
    with pytest.raises(AreaError, match=r"^words and hashtags must be 50 or fewer; got 51 \("):
        load(write(tmp_path, text))
