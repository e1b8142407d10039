"""``python -m listening move``: what it says, and what it leaves to be done."""

import hashlib
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from store_posts import AREA, NOW, crowd

from listening.store import connect

ROOT = Path(__file__).parent.parent.parent


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("LISTENING_")}
    command = [sys.executable, "-m", "listening", *words]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_move_says_what_it_moved_and_tells_to_carry_the_key(url: str, tmp_path: Path) -> None:
    (tmp_path / "listening.key").write_text("ab" * 32 + "\n")
    old = f"sqlite:///{tmp_path}/listening.db"
    with closing(connect(old)) as store:
        store.write(crowd(300, days=30, seed=2), AREA, NOW)
        fingerprint = hashlib.sha256(bytes.fromhex("ab" * 32)).hexdigest()[:16]
        store.keep_fingerprint(fingerprint)
        held = len(store.posts(noise=True))
    config = ROOT / "sources.yaml"
    done = _run("--config", str(config), "--store", old, "move", "--to", url)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == f"  post: {held:,} of {held:,}"
    tables = ["post", "mention", "spot", "sketch", "story", "story_post", "counts"]
    assert [line.split(":")[0].strip() for line in lines[:7]] == tables
    assert lines[7].startswith(f"Moved and counted on both sides: post {held:,}, mention ")
    assert lines[8] == (
        "Carry the key for pseudonyms along, or collecting stops: "
        f"copy {tmp_path}/listening.key to {config.with_name('listening.key')}"
    )
    assert lines[9:] == ["Then put the new address into LISTENING_STORE."]
    with closing(connect(url)) as moved:
        assert (len(moved.posts(noise=True)), moved.fingerprint) == (held, fingerprint)
    again = _run("--config", str(config), "--store", old, "move", "--to", url)
    assert (again.returncode, again.stderr) == (0, "")
    said = lines[7].replace("Moved and counted", "Everything is there already, counted")
    assert again.stdout.splitlines() == [said, *lines[8:]]
    with closing(connect(url)) as moved:
        moved.decide("officer", "note", "a ward", "seen", NOW)
    third = _run("--config", str(config), "--store", old, "move", "--to", url)
    assert (third.returncode, third.stdout) == (1, "")
    assert third.stderr.startswith("the store could not be moved: postgresql://")
    assert third.stderr.endswith("there is a store already; name another\n")


def test_a_file_may_stand_in_the_configuration_too(tmp_path: Path) -> None:
    config = ROOT / "sources.yaml"
    to, old = f"sqlite:///{tmp_path}/new.db", f"sqlite:///{tmp_path}/old.db"
    connect(old).close()
    done = _run("--config", str(config), "--store", old, "move", "--to", to)
    said = f"Then put the new address behind `store:` in {config}, or into LISTENING_STORE."
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, said)
