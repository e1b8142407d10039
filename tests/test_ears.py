"""The commands ``find`` and ``sources``, as a person runs them."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from smallest import smallest
from typer.testing import CliRunner

from benchmarks.local import feed_server
from listening.area import load
from listening.cli import app

FEED = (
    b"<rss version='2.0'><channel><title>Haverdale Courier</title><item><title>Bins</title>"
    b"<pubDate>Sat, 21 Nov 2026 10:00:00 GMT</pubDate></item></channel></rss>"
)
PAGE = b"<!doctype html><html><link rel=alternate type='application/rss+xml' href='/news.xml'></html>"

CHANNELS = "--channel must be one of press, official, public, report, heard; got 'news'"
EITHER = "give either --to FILE, to write an OPML file, or --from FILE, to add its feeds"
NONE = "No such file or directory"


def run(*words: str, config: Path) -> Result:
    return CliRunner().invoke(app, ["--config", str(config), *words])


def configuration(folder: Path, urls: dict[str, str]) -> Path:
    """Sources of these names and addresses, in the smallest area."""
    rows = (f"  - {{name: {name}, kind: feed, url: '{url}', channel: press}}\n" for name, url in urls.items())
    return smallest(folder, "sources:\n" + "".join(rows))


@pytest.fixture
def site() -> Iterator[str]:
    with feed_server({"/": PAGE, "/news.xml": FEED}) as address:
        yield address


@pytest.fixture
def config(tmp_path: Path, site: str) -> Path:
    return configuration(tmp_path, {"One": f"{site}/one.xml"})


@pytest.mark.parametrize("command", ["find", "sources"])
def test_help_teaches_with_an_example(command: str, config: Path) -> None:
    said = run(command, "--help", config=config)
    assert f"python -m listening {command} " in " ".join(said.stdout.split())


def test_find_prints_lines_that_can_be_pasted(config: Path, site: str) -> None:
    said = run("find", f"{site}/", "--channel", "official", config=config)
    assert (said.exit_code, said.stderr) == (0, "")
    assert said.stdout.startswith(
        f"Found 1 feed:\n  {site}/news.xml\n"
        "    Haverdale Courier: 1 item, newest 21 November 2026. The page names it.\n"
    )
    pasted = said.stdout.partition("sources: in sources.yaml:\n")[2]
    config.write_text(config.read_text() + pasted)
    added = load(config).sources[-1]
    assert (added.name, added.url, added.channel, added.enabled) == (
        "Haverdale Courier", f"{site}/news.xml", "official", False,
    )  # fmt: skip


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://[::1", "ftp://x.example", ""])
def test_find_says_of_what_is_no_address_that_the_words_are_wrong(address: str, config: Path) -> None:
    said = run("find", address, config=config)
    sentence = f"the address must be that of a website, like haverdale.example; got {address!r}"
    assert (said.exit_code, said.stdout, " ".join(said.stderr.split())) == (2, "", sentence)


def test_find_says_what_is_listened_to_already(tmp_path: Path, site: str) -> None:
    config = configuration(tmp_path, {"Our paper": f"{site}/news.xml"})
    said = run("find", f"{site}/", config=config)
    assert "Already in sources.yaml: Our paper." in said.stdout
    assert "To paste" not in said.stdout


def test_find_speaks_json_to_machines(config: Path, site: str) -> None:
    said = run("find", f"{site}/", "--format", "json", config=config)
    assert [json.loads(line) for line in said.stdout.splitlines()] == [
        {
            "address": f"{site}/news.xml", "title": "Haverdale Courier", "items": 1,
            "newest": "2026-11-21T10:00:00+00:00", "note": "The page names it.",
        }
    ]  # fmt: skip


def test_find_ends_with_1_and_a_sentence_where_there_is_no_feed(config: Path) -> None:
    with feed_server({"/": b"<html></html>"}) as address:
        said = run("find", f"{address}/", config=config)
    assert (said.exit_code, said.stdout) == (1, "")
    assert said.stderr == "No feed was found there. (8 addresses tried)\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("find", "x.example", "--channel", "news"), CHANNELS),
        (("sources",), EITHER),
        (("sources", "--to", "a", "--from", "b"), EITHER),
        (("sources", "--from", "/no/such.opml"), "the file cannot be read: /no/such.opml: " + NONE),
        (("sources", "--to", "/no/a.opml"), "the file cannot be written: /no/a.opml: " + NONE),
    ],
)  # fmt: skip
def test_wrong_words_are_one_sentence_and_exit_2(words: tuple[str, ...], sentence: str, config: Path) -> None:
    said = run(*words, config=config)
    assert (said.exit_code, said.stderr.strip()) == (2, sentence)


def test_feeds_go_out_and_come_in_again_the_same(tmp_path: Path, config: Path, site: str) -> None:
    config.write_text(
        config.read_text()
        + f"  - {{name: Two, kind: feed, url: '{site}/two.xml', channel: official, enabled: false}}\n"
        + "  - {name: r/dale, kind: reddit, channel: public, enabled: false}\n"
    )
    there = run("sources", "--to", str(tmp_path / "feeds.opml"), config=config)
    assert there.stdout == f"2 feeds written to {tmp_path / 'feeds.opml'}.\n"
    (tmp_path / "other").mkdir()
    other = configuration(tmp_path / "other", {"Three": f"{site}/three.xml"})
    back = run("sources", "--from", str(tmp_path / "feeds.opml"), config=other)
    assert back.stdout == "2 feeds added to sources.yaml, switched off until you read the terms.\n"
    assert [(s.name, s.url, s.channel, s.enabled) for s in load(other).sources] == [
        ("Three", f"{site}/three.xml", "press", True),
        ("One", f"{site}/one.xml", "press", False),
        ("Two", f"{site}/two.xml", "official", False),
    ]
    again = run("sources", "--from", str(tmp_path / "feeds.opml"), config=other)
    assert again.stdout.startswith(
        "Nothing was added to sources.yaml.\n  left out: One: it is there already\n"
    )


def test_what_cannot_be_added_is_named_and_no_secret_is_repeated(tmp_path: Path, config: Path) -> None:
    file = tmp_path / "in.opml"
    file.write_text(
        "<opml><body><outline text='A' xmlUrl='https://a.example/?token=sesame'/>"
        "<outline text='B' xmlUrl='file:///etc/hostname'/><outline text='C' xmlUrl='http://[bad'/>"
        "<outline text='One' xmlUrl='https://d.example/rss'/></body></opml>"
    )
    said = run("sources", "--from", str(file), "--channel", "official", config=config)
    assert said.stdout.splitlines() == [
        "1 feed added to sources.yaml, switched off until you read the terms.",
        "  left out: A: its address carries a password, a token or a key",
        "  left out: B: its address is not a web address",
        "  left out: C: its address is not a web address",
    ]
    assert "sesame" not in config.read_text() + said.stderr
    added = load(config).sources[-1]
    assert (added.name, added.channel) == ("One (2)", "official")
