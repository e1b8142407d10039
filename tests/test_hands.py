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


def test_every_post_was_labelled_twice() -> None:
    for hand in (*writers.OPEN, *writers.held_out()):
        numbers = [
            [
                json.loads(line)["n"]
                for line in (HANDS / f"{kind}_{hand}.jsonl").read_text("utf-8").splitlines()
            ]
            for kind in ("hand", "kinds", "labels_A", "labels_B")
        ]
        assert numbers == [list(range(1, 261))] * 4
