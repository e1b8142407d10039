"""From a draw to the report: what is drawn is blind, what is labelled is kept, what is wrong comes back."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from listening import labelfile, labelling, pipeline
from listening.area import Area, load
from listening.cli import app
from listening.errors import WordsError
from listening.post import Post, frame
from listening.store import Store, connect, keys
from listening.summarise import accuracy, accuracy_labels

SAMPLE = Path(__file__).parents[1] / "data" / "sample" / "sources.yaml"
NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)  # where the sample's clock stands
WORDS = (
    "The bins in Quarry Hill were missed again, a disgrace.",
    "=1+1 potholes on Weir Lane, terrible",
    "Lovely morning to everybody.",
    "Street light out in Tannery, third week, awful.",
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty residents' posts, and one press article that may be shown by its headline only."""
    folder = tmp_path_factory.mktemp("built")
    area = replace(load(SAMPLE), store=f"sqlite:///{folder}/own.db")

    def post(n: int, source: str, channel: str, text: str) -> Post:
        at = NOW - timedelta(hours=n + 1)
        return Post(f"feed:{n:032x}", source, channel, "post", at, at, title=None, text=text, author=f"w{n}")

    posts = [
        post(n, "Haverdale Forum", "public", f"{WORDS[n % 4]} That makes {n + 2} times.") for n in range(40)
    ]
    posts.append(post(40, "Haverdale Courier", "press", "Bins were missed in Quarry Hill, the council says."))
    with closing(connect(area.store)) as opened:
        pipeline.understand(frame(posts), area, opened, keys.key(opened, area, make=True), NOW)
    return folder


@pytest.fixture
def area(built: Path, tmp_path: Path) -> Area:
    """Haverdale, invented, with a store of its own."""
    shutil.copytree(built, tmp_path / "own")
    return replace(load(SAMPLE), store=f"sqlite:///{tmp_path}/own/own.db")


@pytest.fixture
def store(area: Area) -> Iterator[Store]:
    with closing(connect(area.store)) as opened:
        yield opened


def run(area: Area, *words: str) -> tuple[int, str]:
    said = CliRunner().invoke(app, ["--config", str(SAMPLE), "--store", area.store, "evaluate", *words])
    assert said.exception is None or isinstance(said.exception, SystemExit), said.exception
    return said.exit_code, said.output


def filled(file: Path, **cells: dict[int, str]) -> Path:
    """The file as somebody fills it in: all about bins, unhappy, nowhere; ``cells`` says otherwise."""
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    head = next(n for n, line in enumerate(lines) if line.startswith("post,"))
    rows = pd.read_csv(file, skiprows=head, encoding="utf-8-sig", dtype=str, keep_default_na=False)
    rows = rows.assign(issues="Bins", wards="none", tone="Unhappy", coder="coder a")
    for name, changed in cells.items():
        for n, value in changed.items():
            rows.loc[n, name] = value
    done = file.with_name(f"{file.stem}-done.csv")
    rows.to_csv(done, index=False)
    return done


def test_a_file_to_label_is_blind_safe_and_says_what_is_allowed(
    area: Area, store: Store, tmp_path: Path
) -> None:
    file = tmp_path / "to-label.csv"
    code, said = run(area, "--draw", "10", "--to", str(file), "--seed", "1")
    assert code == 0
    assert "10 posts of 40 were drawn" in said
    assert "1 more could not be drawn: they may not be read whole." in said
    text = file.read_text(encoding="utf-8-sig")
    assert "SAMPLE AREA – everything here is invented" in text.splitlines()[0]
    assert "One of: Abandoned vehicles and hazards; " in text
    assert "unhappy; neutral; pleased; can't tell" in text
    rows = text[text.index("\npost,") + 1 :].splitlines()
    assert rows[0] == "post,draw,day,channel,title,text,issues,wards,tone,coder"
    assert all(row.endswith(",,,,") for row in rows[1:]), "nothing of the analysis stands in it"
    assert not [row for row in rows if ",=1+1" in row or '"=1+1' in row]
    assert not [line for line in text.splitlines() if "author" in line or ",w1" in line]
    assert store.decisions("export")["value"].iloc[0]["rows"] == 10


def test_labels_come_back_whole_and_bad_rows_with_their_reasons(
    area: Area, store: Store, tmp_path: Path
) -> None:
    file = tmp_path / "to-label.csv"
    run(area, "--draw", "12", "--to", str(file), "--seed", "1")
    done = filled(file, **{
        "issues": {0: "Bin", 11: ""},
        "wards": {1: "", 2: "quarry hill; Tannery", 11: ""},
        "tone": {3: "cross", 11: ""},
        "coder": {4: "Kevin Rowbotham"},
        "post": {5: "feed:9"},
    })  # fmt: skip
    with done.open("a", encoding="utf-8") as out:
        out.write("feed:1,a,b,c,d,e,Bins,none,neutral,coder A,one cell too many\n")
    code, said = run(area, "--labels", str(done))
    assert code == 0
    assert said.splitlines()[:7] == [
        "6 labels kept, 0 held already, 1 row still empty.",
        "  1 not taken: issues must be their labels parted by ;, or none; got 'bin'",
        "  1 not taken: wards must be their names parted by ;, or none; it is empty",
        "  1 not taken: tone must be unhappy, neutral, pleased, can't tell; got 'cross'",
        "  1 not taken: a coder is a letter, like 'coder A', or up to four initials; got 'Kevin Rowbotham'",
        "  1 not taken: this post was not drawn under this draw; only what chance chose can be counted",
        "  1 not taken: it has 11 cells and the header has 10: is a separator inside its words?",
    ]
    back = pd.read_csv(tmp_path / "to-label-done.rejected.csv", dtype=str, keep_default_na=False)
    assert len(back) == 6
    labels = accuracy_labels.labels(store.decisions("truth"))
    assert set(labels["coder"]) == {"coder A"}
    assert labels["issues"].tolist() == [["bins-waste"]] * 6
    assert ["Quarry Hill", "Tannery"] in labels["wards"].tolist()
    assert run(area, "--labels", str(done))[1].startswith("0 labels kept, 6 held already, 1 row still empty.")
    # The rejected rows, put right, are taken from the file they came back in.
    right = back.assign(issues="Bins", wards="none", tone="neutral", coder="AB").iloc[:3]
    mended = tmp_path / "mended.csv"
    right.to_csv(mended, index=False)
    assert run(area, "--labels", str(mended))[1].startswith(
        "3 labels kept, 0 held already, 0 rows still empty."
    )


@pytest.mark.slow
def test_an_excel_file_goes_the_same_way_round(area: Area, store: Store, tmp_path: Path) -> None:
    file = tmp_path / "to-label.xlsx"
    assert run(area, "--draw", "8", "--to", str(file))[0] == 0
    rows = pd.read_excel(file, dtype=str).assign(issues="none", wards="none", tone="can't tell")
    with pd.ExcelWriter(file, engine="openpyxl", mode="a", if_sheet_exists="replace") as book:
        rows.to_excel(book, sheet_name="posts", index=False)
    assert run(area, "--labels", str(file), "--coder", "coder B")[1].startswith("8 labels kept")
    assert pd.read_excel(file, sheet_name="how to label").shape[0] == 7


def test_the_report_is_against_the_analysis_and_a_correction_changes_nothing(
    area: Area, store: Store, tmp_path: Path
) -> None:
    assert run(area)[1].startswith("Nobody has checked yet.")
    file = tmp_path / "to-label.csv"
    run(area, "--draw", "40", "--to", str(file))
    run(area, "--labels", str(filled(file)))
    before = run(area)[1]
    assert "40 posts checked by 1 person" in before
    assert "These posts are invented." in before
    found = accuracy.report(
        accuracy_labels.labels(store.decisions("truth")), accuracy_labels.draws(store.decisions("draw"))
    )
    assert (bins := found.of("issue", "bins-waste")) is not None
    assert (bins.precision.share, bins.precision.posts) == (1.0, 10)
    assert bins.recall.share == pytest.approx(10 / 40), "all posts were said to be about bins, ten are known"
    post = store.posts(issues=["bins-waste"], channels=["public"], limit=1)["id"].iloc[0]
    store.decide("officer", "label", post, {"part": "issue", "was": "bins-waste", "now": None}, NOW)
    assert run(area)[1] == before


def test_an_erased_post_takes_its_labels_with_it(area: Area, store: Store, tmp_path: Path) -> None:
    drawn = labelling.draw(store, area, 5, 1, "officer", NOW)
    rows = [
        labelling.Row(post, drawn.key, "coder A", ("bins",), ("none",), "neutral")
        for post in drawn.posts["id"]
    ]
    assert labelling.take(store, area, rows, "officer", NOW).kept == 5
    store.erase(area, NOW, ids=[rows[0].post])
    assert len(accuracy_labels.labels(store.decisions("truth"))) == 4
    assert len(accuracy_labels.drawn(store.decisions("drawn"), drawn.key)) == 4
    again = labelling.take(store, area, rows[:1], "officer", NOW)
    assert [why for _, why in again.bad] == [
        "this post was not drawn under this draw; only what chance chose can be counted"
    ]
    store.verify()


WRONG = (
    (("--draw", "10"), "--draw and --to go together: how many posts, and the file for them"),
    (("--to", "x.csv"), "--draw and --to go together: how many posts, and the file for them"),
    (("--draw", "1", "--to", "x.csv", "--labels", "y.csv"), "--draw, --labels and --retrain are deeds"),
    (("--draw", "1", "--to", "x.doc"), "--to must end in .csv or .xlsx; got 'x.doc'"),
    (("--draw", "0", "--to", "x.csv"), "how many posts to draw must be 1 to 2,000; got 0"),
    (("--draw", "1", "--to", str(SAMPLE.with_suffix(".csv")), "--days", "0"), "--days"),
    (("--labels", "nowhere.csv"), "could not read nowhere.csv: No such file or directory"),
    (("--retrain",), "the sample area is invented: there is nothing to learn from it"),
    (("--format", "xml"), "--format must be one of text, json; got 'xml'"),
)  # fmt: skip


def test_words_that_cannot_be_are_told_in_a_sentence_and_nothing_is_done(area: Area, store: Store) -> None:
    for words, sentence in WRONG:
        code, said = run(area, *words)
        assert (code, sentence in said) == (2, True), said
    assert store.decisions().empty


def test_a_file_with_labels_is_never_written_over_and_a_strange_one_is_refused(
    area: Area, store: Store, tmp_path: Path
) -> None:
    file = tmp_path / "a.csv"
    file.write_text("name,age\nx,1\ny,2\n", encoding="utf-8")
    assert (
        "--to must be a new file, or labels would be lost" in run(area, "--draw", "5", "--to", str(file))[1]
    )
    code, said = run(area, "--labels", str(file))
    assert (code, said.strip()) == (
        2, "a file of labels needs the columns post, draw, issues, wards, tone, coder; a.csv has no post",
    )  # fmt: skip
    drawn = labelling.draw(store, area, 5, 9, "officer", NOW)
    with pytest.raises(WordsError, match=r"this sample was drawn already: 2026-11-16 08:00 no\. 9"):
        labelling.draw(store, area, 5, 9, "officer", NOW)
    with pytest.raises(WordsError, match="no post of the last 28 days may be drawn"):
        labelling.draw(store, area, 5, 10, "officer", NOW - timedelta(days=60))
    labelfile.write(store, area, drawn, tmp_path / "new.csv", NOW)
    assert len(labelfile.read(tmp_path / "new.csv")[0]) == 5
