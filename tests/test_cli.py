"""The commands as a person runs them: real processes, their words and their exit codes."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.request import urlopen

import pandas as pd
import pytest
from smallest import smallest

import listening
from benchmarks.local import ROOT, feed_server
from listening import collecting

FEED = (
    b"<rss version='2.0'><channel><title>t</title><item><guid isPermaLink='false'>a1</guid>"
    b"<title>=Potholes on Carsic Lane in Sutton</title><link>https://paper.example/a1</link>"
    b"<description>Still there</description>"
    b"<pubDate>Sat, 21 Nov 2026 10:00:00 GMT</pubDate></item></channel></rss>"
)


def run(*words: str, config: Path | None = None, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("LISTENING_")}
    if config:
        environment["LISTENING_CONFIG"] = str(config)
    return subprocess.run(
        [sys.executable, "-m", "listening", *words],
        env=environment,
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=120,
    )


def configuration(folder: Path, urls: dict[str, str]) -> Path:
    """A sources.yaml for these feeds, in an area that loads in no time."""
    rows = "".join(
        f"  - {{name: {name}, kind: feed, url: {url!r}, channel: press, every: 15 min, display: full}}\n"
        for name, url in urls.items()
    )
    return smallest(
        folder,
        "store: sqlite:///listening.db\n"
        "checklist: {controller: Tests, contact: tests@example.org, purpose: to test,"
        " lawful_basis: none, retention: 3650 days}\n"
        f"sources:\n{rows}",
    )


@pytest.fixture
def config(tmp_path: Path):  # type: ignore[no-untyped-def]
    with feed_server({"/feed": FEED}) as address:
        yield configuration(tmp_path, {"One": f"{address}/feed"})


def test_analyse_promises_to_go_on_only_where_it_does() -> None:
    said = " ".join(run("analyse", "--help").stdout.replace("│", " ").split())
    assert "the next run does the rest; with --all it begins at the first post again." in said


@pytest.mark.parametrize(
    "command",
    ["", "analyse", "check", "collect", "dashboard", "evaluate", "status", "export", "import", "move"],
)
def test_help_teaches_with_an_example(command: str) -> None:
    said = run(*([command] if command else []), "--help")
    assert said.returncode == 0
    assert "python -m listening" in " ".join(said.stdout.split())


def test_check_of_the_real_configuration_needs_no_network() -> None:
    said = run("check", "--offline")
    assert (said.returncode, said.stderr) == (0, "")
    assert "Ashfield: 23 wards" in said.stdout


def test_check_leaves_a_source_alone_that_asked_a_collector_for_rest(config: Path) -> None:
    run("collect", "--now", config=config)
    area = listening.load(config)
    store = listening.connect(area.store)
    before = store.memory("One")
    assert run("check", "--format", "json", config=config).stdout.count('"items": 1') == 1  # read in full
    assert store.memory("One") == before
    until = datetime.now(UTC) + timedelta(hours=1)
    store.remember("One", {**before, "retry_at": until.isoformat()})
    row = json.loads(run("check", "--format", "json", config=config).stdout)
    assert (row["state"], row["items"]) == ("paused", 0)
    assert row["reason"].startswith("Resting until ")
    store.close()


def test_check_makes_no_store_and_reads_what_one_remembers(config: Path) -> None:
    area = listening.load(config)
    assert collecting._store_there(area) is None
    assert run("check", config=config).returncode == 0
    assert not Path(area.store.removeprefix("sqlite:///")).exists()
    with closing(listening.connect(area.store)) as store:
        store.remember("Elsewhere", {"reddit_rss_next": "2026-11-23T09:01:00+00:00", "etag": "x"})
        assert collecting._memories(store) == {"Elsewhere": {"reddit_rss_next": "2026-11-23T09:01:00+00:00"}}


@pytest.mark.parametrize(
    "words", [["status"], ["export", "posts", "--to", "x.csv"], ["evaluate"], ["analyse"]], ids=lambda w: w[0]
)
def test_a_store_that_is_not_there_is_said_and_not_made(
    words: list[str], config: Path, tmp_path: Path
) -> None:
    typo = tmp_path / "typo.db"
    said = run("--store", f"sqlite:///{typo}", *words, config=config)
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr == (f"no store there yet: {typo}: collect or import makes it, or mend the address\n")
    assert not typo.exists()


def test_collect_makes_the_folder_its_configuration_names_and_no_other(config: Path, tmp_path: Path) -> None:
    config.write_text(config.read_text().replace("sqlite:///listening.db", "sqlite:///data/listening.db"))
    nowhere = tmp_path.with_name("nowhere") / "l.db"
    said = run("--store", f"sqlite:///{nowhere}", "collect", "--now", config=config)
    assert (said.returncode, nowhere.parent.exists()) == (1, False)
    assert f"{nowhere}: there is no folder {nowhere.parent}; make it first" in said.stderr
    assert run("collect", "--now", config=config).returncode == 0
    assert (tmp_path / "data" / "listening.db").exists()


def test_check_stores_nothing_and_tells_of_nothing_new(config: Path) -> None:
    assert run("check", config=config).stdout.endswith("  ok       One: 1 items\n")
    assert "new" not in json.loads(run("check", "--format", "json", config=config).stdout)
    assert "One: 1 items, 1 new" in run("collect", "--now", config=config).stdout


def test_check_goes_on_where_the_store_opens_but_cannot_be_read(config: Path) -> None:
    store = listening.connect(listening.load(config).store)
    with closing(sqlite3.connect(str(store.path))) as other:
        other.execute("ALTER TABLE memory RENAME TO elsewhere")
    store.close()
    said = run("check", "--format", "json", config=config)
    assert (said.returncode, json.loads(said.stdout)["state"], said.stderr) == (0, "ok", "")


def test_a_fault_in_the_configuration_is_one_sentence_with_file_and_line_and_exit_2(config: Path) -> None:
    config.write_text(config.read_text().replace("kind: feed", "kind: fed"))
    said = run("check", config=config)
    assert said.returncode == 2
    assert "got 'fed'" in said.stderr
    assert "sources.yaml line" in said.stderr
    assert "Traceback" not in said.stderr


def test_collect_speaks_json_to_machines(config: Path) -> None:
    said = run("collect", "--now", "--format", "json", config=config)
    row = json.loads(said.stdout)
    assert said.returncode == 0
    assert {k: row[k] for k in ("source", "state", "items", "new", "error")} == {
        "source": "One", "state": "ok", "items": 1, "new": 1, "error": None,
    }  # fmt: skip


def test_collect_with_nothing_due_says_so(config: Path) -> None:
    run("collect", "--now", config=config)
    said = run("collect", config=config)
    assert (
        said.stdout.strip() == "No source is due yet. To ask all of them: python -m listening collect --now"
    )


def test_collect_where_every_source_fails_ends_with_1(config: Path) -> None:
    config.write_text(config.read_text().replace("/feed'", "/nothing'"))
    assert run("collect", "--now", config=config).returncode == 1


def test_an_unknown_format_is_refused_with_the_choices(config: Path) -> None:
    said = run("collect", "--format", "xml", config=config)
    assert (said.returncode, said.stderr.strip()) == (2, "--format must be one of text, json; got 'xml'")


def test_status_says_how_each_source_is(config: Path) -> None:
    run("collect", "--now", config=config)
    said = run("status", config=config)
    assert said.stdout.startswith("Haverdale: 1 heard")
    assert "One" in said.stdout


@pytest.mark.slow
def test_status_and_collect_say_what_is_odd_in_the_same_sentences(tmp_path: Path) -> None:
    items = "".join(f"<item><guid>{n}</guid><title>Bins {n}</title></item>" for n in range(4))
    feeds = {
        "/undated": f"<rss version='2.0'><channel><title>t</title>{items}</channel></rss>".encode(),
        "/page": b"<!doctype html><html></html>",
        "/empty": f"<rss version='2.0'><channel><title>e</title>{items}</channel></rss>".encode(),
    }
    with feed_server(feeds) as address:
        config = configuration(tmp_path, {n: f"{address}/{n.lower()}" for n in ("Undated", "Page", "Empty")})
        run("collect", "--now", config=config)
        feeds["/empty"] = b"<rss version='2.0'><channel><title>e</title></channel></rss>"
        for _ in range(2):
            collected = run("collect", "--now", config=config)
        status = run("status", config=config)
    undated = "None of its items carries a date: each counts on the day we met it."
    empty = "It answers, but is empty; usually it holds 4 items."
    resting = r"Resting until \d\d:\d\d( on \d+ \w+)?: it has failed 3 times in a row\."
    assert f"  quiet    Undated: 0 items, 0 new. {undated}\n" in collected.stdout
    assert f"  stale    Empty: 0 items, 0 new. {empty}\n" in collected.stdout
    assert re.search(
        rf"  failing  Page: It sends a web page instead of a feed\. {resting}\n", collected.stdout
    )
    assert re.search(rf"  ok       Undated: Heard .+\. {undated}\n", status.stdout)
    assert f"  stale    Empty: {empty}\n" in status.stdout
    page = r"  failing  Page: It has not answered yet \(it sends a web page instead of a feed\)\. "
    assert re.search(page + resting, status.stdout)


@pytest.mark.parametrize(
    "kind", ["csv", *(pytest.param(kind, marks=pytest.mark.slow) for kind in ("jsonl", "xlsx", "parquet"))]
)
def test_an_export_reads_back_without_authors_and_with_formulas_neutralised(
    kind: str, config: Path, tmp_path: Path
) -> None:
    run("collect", "--now", config=config)
    to = tmp_path / f"out.{kind}"
    said = run("export", "posts", "--format", kind, "--to", str(to), config=config)
    assert said.returncode == 0, said.stderr
    read = {
        "csv": lambda: pd.read_csv(to, comment="#"),
        "jsonl": lambda: pd.read_json(to, lines=True).iloc[1:],
        "xlsx": lambda: pd.read_excel(to),
        "parquet": lambda: pd.read_parquet(to),
    }[kind]()
    assert "author" not in read.columns
    title = read["title"].iloc[0]
    assert title == ("'" if kind in ("csv", "xlsx") else "") + "=Potholes on Carsic Lane in Sutton"
    assert "1 posts written" in said.stdout


def test_an_export_comes_back_in_and_changes_nothing(config: Path, tmp_path: Path) -> None:
    run("collect", "--now", config=config)
    to = tmp_path / "out.jsonl"
    run("export", "posts", "--format", "jsonl", "--to", str(to), config=config)
    (tmp_path / "listening.db").unlink()
    said = run("import", str(to), config=config)
    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith("1 new")


def test_rows_that_cannot_be_used_come_back_with_the_reason(config: Path, tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text("source,published,text\nOne,05/11/2026,Bins\nOne,some day,Bins\nTwo,05/11/2026,Bins\n")
    said = run("import", str(file), config=config)
    assert said.stdout.startswith("1 new")
    back = pd.read_csv(tmp_path / "in.rejected.csv")
    assert back["reason"].tolist() == ["published is not a date we can read", "source is not in sources.yaml"]


@pytest.mark.slow
def test_no_id_of_a_file_carries_a_handle_into_the_store(config: Path, tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text(
        "id,thread,source,published,author,text\n"
        "mastodon:@eve_s/1,https://forum.example/user/jane_s/1,One,05/11/2026,"
        "dave_secret,dave_secret says bins\n"
    )
    assert run("import", str(file), config=config).stdout.startswith("1 new")
    kept = (tmp_path / "listening.db").read_bytes()
    assert [h for h in (b"eve_s", b"jane_s", b"dave_secret") if h in kept] == []
    to = tmp_path / "out.jsonl"
    run("export", "posts", "--format", "jsonl", "--to", str(to), config=config)
    assert re.fullmatch(r"import:[0-9a-f]{32}", json.loads(to.read_text().splitlines()[1])["id"])


@pytest.mark.slow
def test_a_file_cannot_put_words_into_another_sources_post(config: Path, tmp_path: Path) -> None:
    config.write_text(
        config.read_text()
        + "  - {name: Two, kind: feed, url: 'http://127.0.0.1/x', channel: public, enabled: false}\n"
    )
    run("collect", "--now", config=config)
    to = tmp_path / "out.jsonl"
    run("export", "posts", "--format", "jsonl", "--to", str(to), config=config)
    changed = to.read_text().replace("Still there", "All mended")
    (tmp_path / "changed.jsonl").write_text(changed)
    said = run("import", str(tmp_path / "changed.jsonl"), "--source", "Two", config=config)
    assert said.stdout.startswith("0 new, 0 changed")
    back = pd.read_csv(tmp_path / "changed.rejected.csv")
    assert back["reason"].tolist() == ["its id belongs to a post of another source"]


@pytest.mark.parametrize("kind", [pytest.param("csv", marks=pytest.mark.slow), "jsonl"])
def test_an_export_says_on_its_first_line_what_it_is(kind: str, config: Path, tmp_path: Path) -> None:
    run("collect", "--now", config=config)
    to = tmp_path / f"out.{kind}"
    run("export", "posts", "--format", kind, "--to", str(to), config=config)
    first = to.read_text().splitlines()[0]
    for part in ("status: internal", "accounts: 0", "posts: 1", "area: Haverdale"):
        assert part in first


def test_days_the_wrong_way_round_are_refused(config: Path, tmp_path: Path) -> None:
    words = [
        "export",
        "counts",
        "--since",
        "2026-11-10",
        "--until",
        "2026-11-01",
        "--to",
        str(tmp_path / "x.csv"),
    ]
    listening.connect(listening.load(config).store).close()
    said = run(*words, config=config)
    assert (said.returncode, said.stderr.strip()) == (
        2,
        "--since must not be after --until; got 2026-11-10 and 2026-11-01",
    )


def test_ctrl_c_while_it_is_still_loading_ends_it_without_a_cry() -> None:
    process = subprocess.Popen(
        [sys.executable, "-X", "importtime", "-m", "listening", "status"],
        cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    assert process.stderr
    while "typer" not in process.stderr.readline():  # the first part of it: some 100 ms are left
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    said, loaded = process.communicate(timeout=30)
    assert (process.returncode, said) == (130, "")
    assert [line for line in loaded.splitlines() if not line.startswith("import time:")] == []


LOST = """
import os, runpy, signal, sys, time, weakref
from listening import cli

def cleaned_up(_):
    os.kill(os.getpid(), getattr(signal, sys.argv[1]))
    time.sleep(5)  # is broken off, and Python says "Exception ignored" and goes on

def load_dotenv():
    thing = type("Thing", (), {})()
    known = weakref.ref(thing, cleaned_up)
    if sys.argv[1] == "SIGTERM":
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    del thing
    time.sleep(5)
    sys.exit(1)

cli.load_dotenv = load_dotenv
runpy.run_module("listening", run_name="__main__")
"""


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_stop_that_comes_while_python_cleans_up_is_not_lost(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOST, name], cwd=ROOT, capture_output=True, text=True, timeout=60,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_a_stop_that_comes_while_python_ends_is_no_cry() -> None:
    code = (
        "import atexit, signal; from listening import cli\n"
        "cli.load_dotenv = lambda: atexit.register(signal.raise_signal, signal.SIGINT)\n"
        "cli.app = lambda: None\ncli.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("", "")


def test_ctrl_c_ends_a_watch_as_it_is_meant_to_end(config: Path) -> None:
    environment = {**os.environ, "LISTENING_CONFIG": str(config)}
    process = subprocess.Popen(
        [sys.executable, "-m", "listening", "collect", "--watch"],
        env=environment, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    assert process.stdout
    assert "One" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    assert (*process.communicate(timeout=30), process.returncode) == ("", "", 0)


def test_ctrl_c_ends_the_dashboard_and_its_collector(config: Path) -> None:
    environment = {**os.environ, "LISTENING_CONFIG": str(config)}
    process = subprocess.Popen(
        [sys.executable, "-m", "listening", "dashboard", "--port", "8733"],
        env=environment, cwd=ROOT, text=True, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        # Tests that run in the background of a script have Ctrl-C turned off, and hand that on.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    assert process.stdout
    lines = []
    for line in process.stdout:
        lines.append(line)
        if "One" in line:
            break
    address = next(line for line in lines if "http://" in line).split()[1]
    urlopen(address, timeout=10).close()
    process.send_signal(signal.SIGINT)
    rest, errors = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Nothing is left running." in rest
    assert errors == ""
    with pytest.raises(OSError, match="refused"):
        urlopen(address, timeout=2)
    left = subprocess.run(["pgrep", "-f", str(config)], capture_output=True, text=True, check=False)
    assert left.stdout == ""
