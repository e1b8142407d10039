"""What a configuration may say, and the sentence a person reads where it is wrong."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from listening.area import Area, Body, Checklist, Issue, Place, Source, Town, Ward, load
from listening.errors import AreaError

SOURCES = """\
area: ground
issues: issues.yaml
store: sqlite:///kept/listening.db
checklist: {controller: Northshire Test Council, contact: listening@example.org, retention: 60 days}
network: {allow_private: [127.0.0.1]}
sources:
  - name: Stenby News
    kind: feed
    url: https://news.example/rss
    channel: press
    every: 15 min
    covers: [Stenby, Foxholes]
    terms: {note: headline and link only, checked: 2026-11-22}
  - name: Stenby Talk
    kind: reddit
    channel: public
    enabled: false
    why_disabled: needs a key
    keep: 30 days
    options: {subreddit: stenby}
"""

WARDS = """\
name: Test Dale
code: X07000009
type: district
council: Test Dale District Council
timezone: Europe/London
bodies:
  highways: {name: Northshire County Council, report: "https://www.northshire.example", phone: 01632 960 101}
towns:
  - {name: Stenby, aliases: [Old Stenby], elsewhere: [Moor]}
anchored: [High Street]
wards:
  - name: Foxholes
    code: X05000001
    town: Stenby
    vintage: 2025-05
    centroid: [-1.41, 53.82]
    was: [{name: Vixen, code: X05000001}]
    places: [High Street, Mill Lane, {name: Spinney Park, kind: park}]
  - name: Quarry Hill
    code: X05000002
    places: [Mill Lane]
places:
  - {name: Delph School, kind: school, wards: [Foxholes, Quarry Hill], aliases: [the Delph]}
"""

ISSUES = """\
issues:
  - slug: roads-potholes
    label: Road surface
    duty: highways
    parent: roads
    lgsl: [557]
    fixmystreet: [Potholes]
    terms: [pothole*]
    exclude: [pothole soup]
    failures:
      - {objects: [road], words: [broken up, sunk]}
  - slug: bins-waste
    label: Bins
    duty: waste
    terms: [bins]
  - slug: sport
    label: Sport
    noise: true
    terms: [kick-off]
"""


def write(folder: Path, sources: str = SOURCES, wards: str = WARDS, issues: str = ISSUES) -> Path:
    (folder / "ground").mkdir()
    (folder / "ground" / "wards.yaml").write_text(wards, encoding="utf-8")
    (folder / "issues.yaml").write_text(issues, encoding="utf-8")
    (folder / "sources.yaml").write_text(sources, encoding="utf-8")
    return folder / "sources.yaml"


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, f"{old!r} must stand once in the text that is changed"
    return text.replace(old, new)


def fault(path: Path) -> str:
    with pytest.raises(AreaError) as caught:
        load(path)
    return str(caught.value)


def test_everything_a_configuration_says_arrives_in_the_area(tmp_path: Path) -> None:
    path = write(tmp_path)
    assert load(path) == Area(
        name="Test Dale",
        code="X07000009",
        type="district",
        council="Test Dale District Council",
        timezone="Europe/London",
        bodies=(
            Body("highways", "Northshire County Council", "https://www.northshire.example", "01632 960 101"),
        ),
        towns=(Town("Stenby", ("Old Stenby",), ("Moor",)),),
        wards=(
            Ward(
                "Foxholes",
                "X05000001",
                "Stenby",
                "2025-05",
                aliases=("Vixen",),
                was=(("Vixen", "X05000001"),),
                centroid=(-1.41, 53.82),
            ),
            Ward("Quarry Hill", "X05000002"),
        ),
        places=(
            Place("High Street", ("Foxholes",), anchored=True),
            Place("Mill Lane", ("Foxholes", "Quarry Hill")),
            Place("Spinney Park", ("Foxholes",), "park"),
            Place("Delph School", ("Foxholes", "Quarry Hill"), "school", ("the Delph",)),
        ),
        issues=(
            Issue(
                "roads-potholes",
                "Road surface",
                "highways",
                ("pothole*",),
                ("pothole soup",),
                ((("road",), ("broken up", "sunk")),),
                parent="roads",
                lgsl=(557,),
                fixmystreet=("Potholes",),
            ),
            Issue("bins-waste", "Bins", "waste", ("bins",)),
            Issue("sport", "Sport", "none", ("kick-off",), noise=True),
        ),
        sources=(
            Source(
                name="Stenby News",
                kind="feed",
                channel="press",
                url="https://news.example/rss",
                every=timedelta(minutes=15),
                covers=("Stenby", "Foxholes"),
                terms="headline and link only",
                checked=datetime(2026, 11, 22, tzinfo=UTC).date(),
                line=7,
            ),
            Source(
                name="Stenby Talk",
                kind="reddit",
                channel="public",
                enabled=False,
                why_disabled="needs a key",
                keep=timedelta(days=30),
                options={"subreddit": "stenby"},
                line=14,
            ),
        ),
        checklist=Checklist("Northshire Test Council", "listening@example.org", retention=timedelta(days=60)),
        store=f"sqlite:///{tmp_path}/kept/listening.db",
        config=path,
        allow_private=("127.0.0.1",),
        user_agent="listening/0.1.0 (+listening@example.org; Northshire Test Council)",
        retention=timedelta(days=60),
    )


def faults() -> list[tuple[str, str, str, str]]:
    """The table in faults.txt: file, what stands there, what is written instead, the sentence."""
    blocks = (Path(__file__).parent / "faults.txt").read_text(encoding="utf-8").strip().split("\n\n")
    rows = []
    for change, sentence in (block.split("\n", 1) for block in blocks[1:]):
        file, old, new = re.fullmatch(r"(\w+): (.*?) => ?(.*)", change).groups()  # type: ignore[union-attr]
        rows.append((file, old.replace(r"\n", "\n"), new.replace(r"\n", "\n"), sentence))
    return rows


@pytest.mark.parametrize(("file", "old", "new", "sentence"), faults(), ids=lambda value: value[:50])
def test_a_fault_is_told_with_file_line_value_and_choices(
    tmp_path: Path, file: str, old: str, new: str, sentence: str
) -> None:
    texts = {"sources": SOURCES, "wards": WARDS, "issues": ISSUES}
    texts[file] = changed(texts[file], old, new)
    assert fault(write(tmp_path, **texts)) == sentence


def test_a_secret_is_never_repeated_in_the_sentence(tmp_path: Path) -> None:
    secret = changed(SOURCES, "https://news.example/rss", "https://me:hush@news.example/rss?token=hush")
    assert "hush" not in fault(write(tmp_path, changed(secret, "keep: 30 days", "password: hush")))


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        changed(SOURCES, "every: 15 min", "every: 1 s"),
        changed(WARDS, "type: district", "type: village"),
        changed(ISSUES, "label: Bins", "label: [Bins]"),
    )
    assert fault(path).splitlines() == [
        "label must be text; got a list (issues.yaml line 13, issue 'bins-waste')",
        "type must be one of district, county, unitary, london_borough, metropolitan, scottish, welsh, ni; "
        "got 'village' (wards.yaml line 3)",
        "every must be at least 1 min; got '1 s' (sources.yaml line 11, source 'Stenby News')",
    ]


def test_a_mistake_made_a_hundred_times_is_told_forty_times_and_counted(tmp_path: Path) -> None:
    many = "".join(f"  - {{name: Street {i}, wards: [Nowhere]}}\n" for i in range(100))
    lines = fault(write(tmp_path, wards=WARDS + many)).splitlines()
    assert (len(lines), lines[-1]) == (41, "… and 60 more")


def test_a_file_that_is_not_there_is_named_in_full(tmp_path: Path) -> None:
    assert fault(tmp_path / "sources.yaml") == f"no such file: {tmp_path}/sources.yaml"


def test_a_missing_area_folder_is_told_with_the_line_that_names_it(tmp_path: Path) -> None:
    path = write(tmp_path, changed(SOURCES, "area: ground", "area: grund"))
    assert fault(path) == f"no such file: {tmp_path}/grund/wards.yaml (named in sources.yaml line 1)"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "area: here: there\n",
            "this is not YAML: mapping values are not allowed here (sources.yaml line 1)",
        ),
        (
            "area: a\n\tissues: b\n",
            "this is not YAML: found character '\\t' that cannot start any token (sources.yaml line 2)",
        ),
        ("- area\n", "the file must hold keys and their values; got a list (sources.yaml line 1)"),
        ("", "the file must hold keys and their values; got nothing (sources.yaml line 1)"),
        (
            "area: a\narea: b\n",
            'this is not YAML: found duplicate key "area" (sources.yaml line 2)',
        ),
    ],
)
def test_a_file_that_is_no_mapping_is_refused_with_its_line(tmp_path: Path, text: str, sentence: str) -> None:
    assert fault(write(tmp_path, text)) == sentence


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path)
    path.write_bytes("area: café\n".encode("latin-1"))
    assert fault(path).startswith(f"the file cannot be read: {path}: 'utf-8' codec can't decode byte 0xe9")


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("1 min", timedelta(minutes=1)),
        ("90 s", timedelta(seconds=90)),
        ("1 hour", timedelta(hours=1)),
        ("36 hours", timedelta(hours=36)),
        ("2 days", timedelta(days=2)),
        ("1 week", timedelta(weeks=1)),
    ],
)
def test_an_interval_is_read_as_it_is_spoken(tmp_path: Path, text: str, length: timedelta) -> None:
    area = load(write(tmp_path, changed(SOURCES, "every: 15 min", f"every: {text}")))
    assert area.source_by_name["Stenby News"].every == length


def test_what_is_left_out_has_a_careful_default(tmp_path: Path) -> None:
    sources = "area: ground\nissues: issues.yaml\nsources:\n  - {name: A, kind: feed, channel: press, url: https://a.example}\n"
    area = load(write(tmp_path, sources))
    assert area.sources == (Source("A", "feed", "press", "https://a.example", line=4),)
    assert area.checklist.missing == ["controller", "contact", "purpose", "lawful_basis", "retention"]
    assert (area.retention, area.store) == (timedelta(days=90), f"sqlite:///{tmp_path}/data/listening.db")
    assert (
        area.user_agent == "listening/0.1.0 (no contact given yet; listening to Test Dale District Council)"
    )


def test_an_old_name_still_in_use_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, changed(SOURCES, "keep: 30 days", "was: [Stenby News]"))
    assert fault(path) == (
        "was must hold names no longer in use; got 'Stenby News' (sources.yaml line 19, source 'Stenby Talk')"
    )


def test_the_clock_of_an_invented_area_is_local_and_kept_in_utc(tmp_path: Path) -> None:
    path = write(tmp_path, "invented: true\nclock: 2026-07-16T08:00\n" + SOURCES)
    assert load(path).clock == datetime(2026, 7, 16, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "url", ["postgresql://db.example/listening", "postgresql+psycopg:///listening", "sqlite:////tmp/a.db"]
)
def test_a_store_that_is_already_absolute_is_kept(tmp_path: Path, url: str) -> None:
    assert load(write(tmp_path, changed(SOURCES, "sqlite:///kept/listening.db", url))).store == url


def test_towns_left_out_are_those_the_wards_name(tmp_path: Path) -> None:
    wards = changed(WARDS, "towns:\n  - {name: Stenby, aliases: [Old Stenby], elsewhere: [Moor]}\n", "")
    assert load(write(tmp_path, wards=wards)).towns == (Town("Stenby"),)


def test_an_issue_whose_duty_nobody_runs_here_has_no_body(tmp_path: Path) -> None:
    area = load(write(tmp_path))
    assert area.body("bins-waste") is None


def test_postcodes_are_read_in_one_spelling_and_their_faults_told(tmp_path: Path) -> None:
    path = write(tmp_path)
    (tmp_path / "ground" / "postcodes.csv").write_text("postcode,ward\nhv11aa,X05000001\nHV1 1AB,X05000002\n")
    assert load(path).postcodes == {"HV1 1AA": "X05000001", "HV1 1AB": "X05000002"}
    (tmp_path / "ground" / "postcodes.csv").write_text(
        "HV1 1AA,X05000001\nHV1,X05000001\nHV1 1AB,X05000009\n"
    )
    says = "a line must be a full postcode and the code of a ward here; got"
    assert fault(path).splitlines() == [
        f"{says} 'HV1, X05000001' (postcodes.csv line 2)",
        f"{says} 'HV1 1AB, X05000009' (postcodes.csv line 3)",
    ]


def test_the_store_named_in_the_environment_or_env_file_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config, elsewhere = write(tmp_path, SOURCES), "postgresql://me@db.example/listening"
    own = load(config).store
    monkeypatch.setenv("LISTENING_STORE", elsewhere)
    assert (own, load(config).store) == (f"sqlite:///{tmp_path}/kept/listening.db", elsewhere)
    (tmp_path / ".env").write_text("LISTENING_STORE=sqlite:///from-file.db\n")
    monkeypatch.delenv("LISTENING_STORE")
    monkeypatch.setattr("dotenv.main.find_dotenv", lambda *words, **more: str(tmp_path / ".env"))
    assert load(config).store == "sqlite:///from-file.db"
    sample = Path(__file__).parent.parent / "data" / "sample" / "sources.yaml"
    assert load(sample).store.endswith("data/sample.db"), "the sample keeps its own"
