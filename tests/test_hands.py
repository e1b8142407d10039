"""The held-out posts are those that were frozen, and every post has both its labels."""

import hashlib
import json
import re

from benchmarks import writers

HANDS = writers.HANDS


def test_the_held_out_hands_are_as_they_were_frozen() -> None:
    told = re.findall(r"^([0-9a-f]{64})  (\S+)$", (HANDS / "README.md").read_text(encoding="utf-8"), re.M)
    assert len(told) >= 6
    for digest, name in told:
        assert hashlib.sha256((HANDS / name).read_bytes()).hexdigest() == digest, name


def test_posts_that_give_data_away_are_frozen_where_held_out_and_stand_in_one_file_only() -> None:
    folder = HANDS.with_name("given_away")
    ((digest, name),) = re.findall(
        r"^([0-9a-f]{64})  (\S+)$", (folder / "README.md").read_text(encoding="utf-8"), re.M
    )
    assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    files = {file: file.read_text(encoding="utf-8").splitlines() for file in sorted(folder.glob("*.jsonl"))}
    said = [json.loads(line)["text"] for lines in files.values() for line in lines]
    assert len(said) == len(set(said)) > 600


def test_every_post_was_labelled_twice_but_those_that_only_teach() -> None:
    for hand in (*writers.OPEN, *writers.held_out(), *writers.LABELLED_ONCE):
        once = hand in writers.LABELLED_ONCE
        kinds = ("hand", "kinds", "labels_A", *(() if once else ("labels_B",)))
        posts = 300 if once else 260
        assert [[row["n"] for row in writers.lines(kind, hand)] for kind in kinds] == [
            list(range(1, posts + 1))
        ] * len(kinds)


def test_no_post_is_both_learnt_from_and_held_out() -> None:
    taught = _texts((*writers.OPEN, *writers.LABELLED_ONCE))
    taught |= {text for _, text in writers.own()}
    for file in (HANDS.parent / "remarks").rglob("*.jsonl"):
        taught |= {json.loads(line)["text"] for line in file.read_text(encoding="utf-8").splitlines()}
    assert len(taught) > 10_000
    assert not taught & _texts(writers.held_out())


def _texts(hands: tuple[int, ...]) -> set[str]:
    return {row["text"] for hand in hands for row in writers.lines("hand", hand)}
