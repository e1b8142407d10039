"""sources.yaml, added to: nothing else in it changes, and a file that cannot be added to stays as it was."""

import os
import stat
from datetime import date
from pathlib import Path

import pytest
from smallest import HEAD, smallest

from listening.area import load
from listening.errors import AreaError, WordsError
from listening.sourcefile import Ear, add, lines, named

ROOT = Path(__file__).parent.parent
DAY = date(2026, 11, 22)
COURIER = Ear("Courier", "https://courier.example/rss")
LISTED = """\
sources:   # our ears
  # the first
  - name: One
    kind: feed
    url: https://one.example/rss
    channel: press   # a newspaper
    terms:
      note: Words that go on
        to a second line.

# a remark at the end
"""


def config(folder: Path, listed: str = LISTED) -> Path:
    return smallest(folder, listed)


def test_every_line_stays_and_the_new_source_follows_the_last(tmp_path: Path) -> None:
    path = config(tmp_path)
    add(path, [COURIER], DAY)
    first, rest = LISTED.split("\n\n")
    assert (
        path.read_text()
        == HEAD
        + first
        + "\n"
        + (
            "\n"
            "  - name: Courier\n"
            "    kind: feed\n"
            "    url: https://courier.example/rss\n"
            "    channel: press\n"
            "    every: 30 min\n"
            "    enabled: false\n"
            "    why_disabled: its terms were not read yet\n"
            "    display: headline_link\n"
            "    terms:\n"
            "      note: Terms not read; headline and link only.\n"
            "      checked: 2026-11-22\n"
            "\n"
        )
        + rest
    )
    assert sorted(os.listdir(tmp_path)) == ["ground", "sources.yaml"]


def test_the_projects_own_file_keeps_every_line(tmp_path: Path) -> None:
    text = (ROOT / "sources.yaml").read_text(encoding="utf-8")
    text = text.replace("data/areas", str(ROOT / "data/areas")).replace(
        "data/issues", str(ROOT / "data/issues")
    )
    path = tmp_path / "sources.yaml"
    path.write_text(text, encoding="utf-8")
    before = load(path)
    after = add(path, named([COURIER], before.source_by_name), DAY)
    assert after.sources[:-1] == before.sources
    assert load(path) == after
    left = path.read_text().splitlines()
    for line in text.splitlines():
        assert line in left
    assert [n for n in left if n not in text.splitlines()] == [
        "  - name: Courier",
        "    url: https://courier.example/rss",
        "    why_disabled: its terms were not read yet",
        "      note: Terms not read; headline and link only.",
    ]


@pytest.mark.parametrize(
    "listed",
    [
        "sources:\n- name: One\n  kind: reddit\n  channel: public",
        "sources:\n      - {name: One, kind: reddit, channel: public}\n\n\nstore: sqlite:///x.db\n",
        "sources:\n  - name: One\n    kind: reddit\n    channel: public\n    options:\n      comments: |\n"
        "        deep\n\n        words\nstore: sqlite:///x.db\n",
    ],
)
def test_however_the_list_is_laid_out_the_new_one_is_its_last(tmp_path: Path, listed: str) -> None:
    path = config(tmp_path, listed)
    before = load(path)
    after = add(path, [COURIER], DAY)
    assert after.sources[0].options == before.sources[0].options
    assert [s.name for s in load(path).sources] == ["One", "Courier"]


@pytest.mark.parametrize(
    "name",
    [
        "yes", "null", "2026-11-22", "123", "- a: b", "# no", "{x}", "'q'", '"', "a: b", "é 漢 🙂", "%x",
        "@y", "*z", "[", "x" * 300, "a\u2028b\x85c",
    ],
)  # fmt: skip
def test_any_name_comes_back_as_it_was(tmp_path: Path, name: str) -> None:
    path = config(tmp_path)
    [ear] = named([Ear(name, "https://a.example/?q=[a]#b", "official", "why: 'so' # x")], ["One"])
    added = add(path, [ear], DAY).sources[-1]
    assert (added.name, added.url, added.channel) == (" ".join(name.split())[:80], ear.url, "official")
    assert (added.why_disabled, added.enabled, added.checked) == ("why: 'so' # x", False, DAY)


def test_a_name_that_is_taken_gets_a_number() -> None:
    ears = [Ear("Chad", "https://a.example"), Ear("Chad", "https://b.example"), Ear(" ", "https://c.example")]
    assert [e.name for e in named(ears, ["Chad"])] == ["Chad (2)", "Chad (3)", "https://c.example"]


@pytest.mark.parametrize(
    ("listed", "error"),
    [
        ("sources: []\n", WordsError),
        ("store: sqlite:///x.db\n", WordsError),
        ("sources: [{name: One, kind: reddit, channel: public}]\n", WordsError),
        ("sources:\n  - name: One\n", AreaError),
    ],
)
def test_a_file_that_cannot_be_added_to_stays_as_it_was(
    tmp_path: Path, listed: str, error: type[Exception]
) -> None:
    path = config(tmp_path, listed)
    with pytest.raises(error):
        add(path, [COURIER], DAY)
    assert path.read_text() == HEAD + listed
    assert sorted(os.listdir(tmp_path)) == ["ground", "sources.yaml"]


@pytest.mark.parametrize("ear", [Ear("One", "https://a.example"), Ear("Two", "ftp://a.example")])
def test_a_source_that_would_be_a_fault_changes_nothing(tmp_path: Path, ear: Ear) -> None:
    path = config(tmp_path)
    with pytest.raises(AreaError):
        add(path, [ear], DAY)
    assert path.read_text() == HEAD + LISTED
    assert sorted(os.listdir(tmp_path)) == ["ground", "sources.yaml"]


def test_the_file_keeps_its_rights_and_a_link_to_it_stays_a_link(tmp_path: Path) -> None:
    path = config(tmp_path)
    path.chmod(0o600)
    link = tmp_path / "linked.yaml"
    link.symlink_to(path)
    add(link, [COURIER], DAY)
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "Courier" in path.read_text()


def test_lines_to_paste_stand_under_sources(tmp_path: Path) -> None:
    text = LISTED.removesuffix("\n# a remark at the end\n") + lines([COURIER], DAY)
    assert load(config(tmp_path, text)).sources[-1].name == "Courier"


def test_a_file_from_windows_keeps_its_line_ends(tmp_path: Path) -> None:
    path = config(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    add(path, [COURIER], DAY)
    written = path.read_bytes()
    assert written.count(b"\n") == written.count(b"\r\n") == len((HEAD + LISTED).splitlines()) + 12


def test_a_file_without_a_last_line_end_can_be_added_to(tmp_path: Path) -> None:
    path = config(tmp_path, "sources:\n  - {name: One, kind: reddit, channel: public}")
    assert [s.name for s in add(path, [COURIER], DAY).sources] == ["One", "Courier"]


def test_a_channel_that_is_none_changes_nothing(tmp_path: Path) -> None:
    path = config(tmp_path)
    with pytest.raises(AreaError, match="channel must be one of"):
        add(path, [Ear("Two", "https://a.example", "news")], DAY)
    assert path.read_text() == HEAD + LISTED
