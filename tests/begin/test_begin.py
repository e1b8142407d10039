"""``init``, the whole way: a council's name in, an area that loads, draws and hears out. All invented."""

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from click.testing import Result
from geography import BOUNDARIES, TWO_TIERS, Portal, mesh, metres, open_portal
from typer.testing import CliRunner

import listening
from listening.area import Area, load
from listening.cli import app
from listening.post import COLUMNS
from listening.show.shapes import boundaries, shapes

ROOT = Path(__file__).parents[2]
DRAFT = "Who runs what is a draft by type of council: check it with the council."
NO_TOWNS = "No towns: a post that names only a town is counted in no ward. Give each ward its `town:`."
OPEN = "Nobody is named for: Drains and water, Anti-social behaviour, Crime, Fires."


@pytest.fixture
def portal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Portal]:
    with open_portal() as portal:
        monkeypatch.setenv("LISTENING_ONS", portal.address)
        yield portal


def begin(*words: str) -> Result:
    return CliRunner().invoke(app, ["init", *words])


def area_in(folder: Path) -> Area:
    return load(folder / "sources.yaml")


def test_a_district_is_begun_and_what_is_missing_is_said(
    portal: Portal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/usr/bin/python3")
    to = tmp_path / "haverdale"
    said = begin("Haverdale District Council", "--to", str(to))
    assert (said.exit_code, said.stderr) == (0, "")
    size = -(-(to / "wards.geojson").stat().st_size // 1000)
    assert said.stdout.splitlines() == [
        f"Haverdale: 6 wards with codes of May 2025 and boundaries ({size} KB).",
        "We know 6 ward names and no streets: give the folder of OS Open Names with --places, or write them "
        "under `places:`.",
        NO_TOWNS,
        OPEN,
        DRAFT,
        "6 sources in sources.yaml, all switched off until you have seen them work. The checklist is empty.",
        f"Next: /usr/bin/python3 -m listening --config {to / 'sources.yaml'} check --offline",
    ]


def test_the_area_holds_names_codes_and_the_month_of_its_wards(portal: Portal, tmp_path: Path) -> None:
    begin("Haverdale District Council", "--to", str(tmp_path / "a"))
    area = area_in(tmp_path / "a")
    assert (area.name, area.code, area.type, area.council, area.timezone) == (
        "Haverdale",
        "E07999001",
        "district",
        "Haverdale District Council",
        "Europe/London",
    )
    assert [(w.name, w.code, w.vintage, w.town) for w in area.wards][:3] == [
        ("Central", "E05990000", "2025-05", None),
        ("Foxholes", "E05990001", "2025-05", None),
        ("Larch End", "E05990005", "2025-05", None),
    ]
    assert (area.towns, area.places) == ((), ())
    assert {b.duty: b.name for b in area.bodies}["highways"] == "Northshire County Council"
    assert not any(source.enabled for source in area.sources)
    assert area.checklist.missing == ["controller", "contact", "purpose", "lawful_basis", "retention"]


@pytest.mark.parametrize(
    ("name", "type", "highways"),
    [
        ("Haverdale", "district", "Northshire County Council"),
        ("Northshire", "county", "us"),
        ("Stenby City Council", "unitary", "us"),
        ("Castle Withen", "metropolitan", "us"),
        ("Larkford and Moor", "london_borough", "us, Transport for London (red routes)"),
        ("Glen Moss", "scottish", "us, Transport Scotland (trunk roads)"),
        ("Heli Vale", "welsh", "us, the Welsh Government (trunk roads)"),
        ("Lough Dun", "ni", "Department for Infrastructure"),
    ],
)
def test_every_type_of_council_can_be_begun(
    portal: Portal, tmp_path: Path, name: str, type: str, highways: str
) -> None:
    said = begin(name, "--to", str(tmp_path / "a"))
    assert said.exit_code == 0, said.output
    area = area_in(tmp_path / "a")
    assert area.type == type
    assert next(b.name for b in area.bodies if b.duty == "highways") == highways
    assert set(boundaries(area)) == {w.name for w in area.wards}


def test_a_county_says_whose_wards_it_has_and_tells_namesakes_apart(portal: Portal, tmp_path: Path) -> None:
    said = begin("Northshire", "--to", str(tmp_path / "a"))
    assert "The wards are those of its 2 districts, not the county's own electoral divisions." in said.stdout
    assert [w.name for w in area_in(tmp_path / "a").wards][:4] == [
        "Central (Haverdale)",
        "Central (Upper Stenby)",
        "Foxholes (Haverdale)",
        "Foxholes (Upper Stenby)",
    ]


def test_welsh_names_are_other_names(portal: Portal, tmp_path: Path) -> None:
    begin("Bro Heli", "--to", str(tmp_path / "a"))
    area = area_in(tmp_path / "a")
    assert (area.name, area.aliases) == ("Heli Vale", ("Bro Heli", "Heli Vale council"))
    assert [w.aliases for w in area.wards] == [("Canol",), ()]


def test_northern_ireland_is_told_that_open_names_ends_at_the_sea(portal: Portal, tmp_path: Path) -> None:
    said = begin("Lough Dun", "--to", str(tmp_path / "a")).stdout
    assert "no streets: OS Open Names does not cover Northern Ireland." in said
    assert "Councillors here stand for District Electoral Areas; these are the wards within them." in said
    assert "Nobody is named" not in said


def test_a_type_that_is_given_is_taken_and_a_contradiction_is_said(portal: Portal, tmp_path: Path) -> None:
    said = begin("Haverdale", "--type", "unitary", "--to", str(tmp_path / "a"))
    assert (
        "You said unitary council; its code E07999001 is that of a district, borough or city council under a "
        "county. We took your word."
    ) in said.stdout
    assert area_in(tmp_path / "a").type == "unitary"


def test_a_name_ons_does_not_know_in_full_is_said(portal: Portal, tmp_path: Path) -> None:
    said = begin("stenby, city of", "--to", str(tmp_path / "a"))
    assert (
        "ONS does not list what the council calls itself: we wrote 'Stenby council'; mend `council:`."
        in said.stdout
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["Haverdal"], "no council of that name: 'Haverdal'; did you mean Haverdale (E07999001, district)?"),
        (["Haverdale", "--type", "duchy"], "--type must be one of district, county, unitary"),
        (["Nowhere"], "the type cannot be told from the code X07999001: give --type"),
        (
            ["Haverdale", "--places", "no/such"],
            "--places must be the folder of OS Open Names as CSV; no such folder",
        ),
    ],
)
def test_wrong_words_end_with_2_and_nothing_is_written(
    portal: Portal, tmp_path: Path, words: list[str], sentence: str
) -> None:
    said = begin(*words, "--to", str(tmp_path / "new" / "a"))
    assert (said.exit_code, said.stdout) == (2, "")
    assert said.stderr.startswith(sentence)
    assert list(tmp_path.iterdir()) == []


def test_without_a_network_it_ends_with_1_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_portal() as portal:
        monkeypatch.setenv("LISTENING_ONS", portal.address)  # closed by the time it is asked
    said = begin("Haverdale", "--to", str(tmp_path / "a"))
    assert (said.exit_code, said.stdout) == (1, "")
    assert said.stderr == (
        "the ONS geography service could not be asked: It could not be reached from here "
        "(no network, or the address is wrong).\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_service_that_fails_half_way_leaves_nothing_half_written(portal: Portal, tmp_path: Path) -> None:
    portal.limit = 1
    portal.tables[BOUNDARIES][2]["shape"] = [[[("a", "b")]]]
    said = begin("Haverdale", "--to", str(tmp_path / "a"))
    assert (said.exit_code, said.stderr) == (
        1,
        "the ONS geography service gave a boundary that is none: Quarry Hill\n",
    )
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_never_written_over(portal: Portal, tmp_path: Path) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / "wards.yaml").write_text("mine")
    said = begin("Haverdale", "--to", str(folder))
    assert said.exit_code == 2
    assert said.stderr == (
        f"nothing was written: {folder} is there already: give --force to replace its wards and boundaries "
        "(its sources.yaml stays), or another folder with --to\n"
    )
    assert [(f.name, f.read_text()) for f in folder.iterdir()] == [("wards.yaml", "mine")]
    assert [f.name for f in tmp_path.iterdir()] == ["a"]


def test_a_file_in_the_way_is_refused_even_by_force(portal: Portal, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("mine")
    said = begin("Haverdale", "--force", "--to", str(tmp_path / "a"))
    assert said.exit_code == 2
    assert said.stderr.endswith("a is a file: give another folder with --to\n")
    assert (tmp_path / "a").read_text() == "mine"


def test_a_folder_that_cannot_be_made_is_said(portal: Portal, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    said = begin("Haverdale", "--to", str(tmp_path / "file" / "a"))
    assert (said.exit_code, said.stdout) == (2, "")
    assert said.stderr.startswith(f"the folder cannot be written: {tmp_path / 'file' / 'a'}: ")
    assert [f.name for f in tmp_path.iterdir()] == ["file"]


def test_an_empty_folder_is_filled(portal: Portal, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    assert begin("Haverdale", "--to", str(tmp_path / "a")).exit_code == 0
    assert sorted(f.name for f in (tmp_path / "a").iterdir()) == [
        "sources.yaml",
        "wards.geojson",
        "wards.yaml",
    ]


def test_force_replaces_the_wards_keeps_the_old_and_leaves_the_sources(
    portal: Portal, tmp_path: Path
) -> None:
    folder = tmp_path / "a"
    begin("Haverdale", "--to", str(folder))
    (folder / "listening.db").write_text("posts")
    sources = (folder / "sources.yaml").read_text().replace('controller: ""', 'controller: "Us"')
    (folder / "sources.yaml").write_text(sources)
    (folder / "wards.yaml").write_text((folder / "wards.yaml").read_text() + "# by hand\n")
    assert begin("Haverdale", "--force", "--to", str(folder)).exit_code == 0
    assert sorted(f.name for f in folder.iterdir()) == [
        "listening.db",
        "sources.yaml",
        "wards.geojson",
        "wards.geojson.before",
        "wards.yaml",
        "wards.yaml.before",
    ]
    assert (folder / "sources.yaml").read_text() == sources
    assert (folder / "wards.yaml.before").read_text().endswith("# by hand\n")
    assert not (folder / "wards.yaml").read_text().endswith("# by hand\n")
    assert [f.name for f in tmp_path.iterdir()] == ["a"]


def test_force_refuses_wards_that_its_sources_do_not_fit(portal: Portal, tmp_path: Path) -> None:
    folder = tmp_path / "a"
    begin("Haverdale", "--to", str(folder))
    sources = (folder / "sources.yaml").read_text()
    (folder / "sources.yaml").write_text(sources.replace("kind: lga", "kind: lga\n    covers: [Gone Ward]"))
    before = (folder / "wards.yaml").read_text()
    said = begin("Haverdale", "--force", "--to", str(folder))
    assert said.exit_code == 2
    assert said.stderr.startswith(
        f"nothing was written: the new wards do not fit {folder / 'sources.yaml'}:\ncovers"
    )
    assert (folder / "wards.yaml").read_text() == before
    assert [f.name for f in tmp_path.iterdir()] == ["a"]


def test_without_a_word_the_folder_is_named_after_the_council(
    portal: Portal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = begin("Stenby")
    assert said.exit_code == 0, said.output
    assert area_in(tmp_path / "data" / "areas" / "stenby").name == "Stenby"
    monkeypatch.setattr(sys, "executable", str(tmp_path / ".venv" / "bin" / "python"))
    assert begin("Stenby", "--force").stdout.endswith(
        "Next: .venv/bin/python -m listening --config data/areas/stenby/sources.yaml check --offline\n"
    )


def test_the_check_that_is_told_next_passes(portal: Portal, tmp_path: Path) -> None:
    begin("Larkford and Moor", "--to", str(tmp_path / "a"))
    said = CliRunner().invoke(app, ["--config", str(tmp_path / "a" / "sources.yaml"), "check", "--offline"])
    assert said.exit_code == 0, said.output
    assert said.stdout.startswith("Larkford and Moor: 2 wards, 0 towns, 0 places, ")


@pytest.mark.parametrize("name", ["Larkford and Moor", "Castle Withen"])
def test_what_a_joint_authority_may_run_is_told_open(portal: Portal, tmp_path: Path, name: str) -> None:
    said = begin(name, "--to", str(tmp_path / "a")).stdout
    assert "Partly named only: tips (a joint authority may run them).\n" in said
    assert next(b.name for b in area_in(tmp_path / "a").bodies if b.duty == "waste") == "us (bins)"


def test_a_district_of_no_known_county_says_so(portal: Portal, tmp_path: Path) -> None:
    portal.tables[TWO_TIERS] = portal.tables[TWO_TIERS][-1:]  # Upper Stenby alone
    said = begin("Haverdale", "--to", str(tmp_path / "a")).stdout
    assert "ONS did not say which county it lies in: nobody is named for what the county runs.\n" in said
    assert "highways" not in {b.duty for b in area_in(tmp_path / "a").bodies}


def test_the_map_draws_the_real_borders(portal: Portal, tmp_path: Path) -> None:
    begin("Haverdale", "--to", str(tmp_path / "a"))
    drawn = shapes(area_in(tmp_path / "a"))
    assert (len(drawn["Central"][0]), len(drawn["Larch End"])) == (2, 5)  # a hole; pieces
    assert len(drawn["Foxholes"][0][0]) > 200, "more than a hexagon"


def test_large_boundaries_are_made_smaller_than_300_kilobytes(portal: Portal, tmp_path: Path) -> None:
    rows = [r for r in portal.tables[BOUNDARIES] if r["LAD25CD"] == "E07999001"]
    for row, shape in zip(rows, mesh(3, 2, points=700), strict=True):
        row["shape"] = shape
    said = begin("Haverdale", "--to", str(tmp_path / "a"))
    size = (tmp_path / "a" / "wards.geojson").stat().st_size
    assert 200_000 < size <= 300_000
    assert f"boundaries ({-(-size // 1000)} KB)." in said.stdout
    json.loads((tmp_path / "a" / "wards.geojson").read_bytes())


def test_boundaries_that_stay_too_large_are_told(
    portal: Portal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("listening.begin.told.BUDGET", 1_000)
    said = begin("Haverdale", "--to", str(tmp_path / "a")).stdout
    assert "3 islets too small to draw left out.\n" in said
    assert "The boundaries are larger than 1 KB: the map will be slow.\n" in said


def test_a_ward_without_a_boundary_is_named(portal: Portal, tmp_path: Path) -> None:
    portal.tables[BOUNDARIES][1]["shape"] = []
    assert (
        "No boundary for Foxholes: not on the map.\n"
        in begin("Haverdale", "--to", str(tmp_path / "a")).stdout
    )


def open_names(folder: Path, *rows: tuple[str, str, float, float]) -> Path:
    """A folder of OS Open Names with these names, kinds and points in degrees."""
    (folder / "DATA").mkdir(parents=True)
    lines = []
    for name, kind, lon, lat in rows:
        x, y = metres(lon, lat)
        cells = ["osgb4", "", name, "", "", "", "", kind, str(x), str(y), *[""] * 24]
        lines.append(",".join(cells))
    (folder / "DATA" / "XA00.csv").write_text("\n".join(lines), encoding="utf-8")
    return folder


def post(text: str) -> pd.DataFrame:
    now = datetime(2026, 11, 16, 8, tzinfo=UTC)
    row = dict.fromkeys(COLUMNS) | {"id": "x:1", "source": "Forum", "channel": "public", "kind": "post"}
    return pd.DataFrame([row | {"text": text, "published": now, "collected": now, "dated": True}])


def test_open_names_give_streets_to_wards_and_the_area_hears_them(portal: Portal, tmp_path: Path) -> None:
    names = open_names(
        tmp_path / "opname_csv_gb",
        ("Larch Lane", "Named Road", -1.49, 53.01),
        ("High Street", "Named Road", -1.49, 53.02),
        ("Mill Brow", "Named Road", -1.46, 53.01),
        ("Mill Brow", "Section Of Named Road", -1.44, 53.01),
        ("Weir Park", "Urban Greenspace", -1.43, 53.03),
        ("Larkford", "Town", -1.43, 53.03),
        ("Larch End", "Village", -1.37, 53.08),
        ("Elsewhere Road", "Named Road", -1.0, 53.03),
    )
    to = tmp_path / "a"
    said = begin("Haverdale", "--places", str(names), "--to", str(to))
    assert said.exit_code == 0, said.output
    assert (
        "From OS Open Names: 3 streets, 1 park, 0 schools, 1 village and 0 other places. "
        "1 street in more than one ward.\n"
    ) in said.stdout
    assert (
        "No ward has a town yet. Towns known by name: Larkford. Common street names wait for that."
        in said.stdout
    )
    area = area_in(to)
    assert {(p.name, p.kind, p.wards, p.anchored) for p in area.places} == {
        ("Larch Lane", "street", ("Central",), False),
        ("High Street", "street", ("Central",), True),
        ("Mill Brow", "street", ("Central", "Foxholes"), True),
        ("Weir Park", "park", ("Foxholes",), False),
    }
    assert [t.name for t in area.towns] == ["Larkford"]
    heard = listening.annotate(
        post("Another massive pothole on Larch Lane, and the bins were missed again"), area
    )
    assert heard["wards"].tolist() == [["Central"]]
    assert "roads-potholes" in heard["issues"].iloc[0]
    assert listening.annotate(post("Crash on the High Street"), area)["wards"].tolist() == [[]]


def test_a_village_of_its_wards_name_adds_nothing_to_the_ward(portal: Portal, tmp_path: Path) -> None:
    names = open_names(
        tmp_path / "opname_csv_gb",
        ("Foxholes", "Village", -1.43, 53.03),
        ("Foxholes", "Hamlet", -1.49, 53.01),
        ("Central", "Suburban Area", -1.49, 53.01),
    )
    told_apart = ["Central (Haverdale)", "Central (Upper Stenby)"]
    for name, central in (("Haverdale", ["Central"]), ("Northshire", told_apart)):
        said = begin(name, "--places", str(names), "--to", str(tmp_path / name))
        assert said.exit_code == 0, said.output
        area = area_in(tmp_path / name)
        assert [(p.name, p.kind, len(p.wards)) for p in area.places] == [("Foxholes", "village", 1)]
        assert [w.name for w in area.wards if w.anchored] == central


def test_open_names_without_a_name_in_the_wards_are_told(portal: Portal, tmp_path: Path) -> None:
    names = open_names(tmp_path / "opname_csv_gb", ("Elsewhere Road", "Named Road", -1.0, 53.03))
    said = begin("Haverdale", "--places", str(names), "--to", str(tmp_path / "a"))
    assert (
        "We know 6 ward names and no streets: OS Open Names (1 file) holds none in these wards.\n"
        in said.stdout
    )


def test_names_with_signs_in_them_survive_the_way_through_yaml(portal: Portal, tmp_path: Path) -> None:
    rows = [r for r in portal.tables[BOUNDARIES] if r["LAD25CD"] == "E07999001"]
    odd = ["true", "- Dash", "Hash # Hill", "Quote \" 'Brow'", "Brace {x}, [y]", "Ŵyn: *Fach"]
    for row, name in zip(rows, odd, strict=True):
        row["WD25NM"] = name
    begin("Haverdale", "--to", str(tmp_path / "a"))
    assert sorted(w.name for w in area_in(tmp_path / "a").wards) == sorted(odd)


def test_help_teaches_with_an_example() -> None:
    assert "python -m listening init " in " ".join(begin("--help").stdout.split())


def test_on_a_terminal_the_type_is_asked_and_the_likely_one_proposed(portal: Portal, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    words = [sys.executable, "-m", "listening", "init", "Haverdale", "--to", str(tmp_path / "a")]
    process = subprocess.Popen(
        words, stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, env={**os.environ, "TERM": "dumb"}
    )
    os.close(theirs)
    said = ""
    try:
        while "[district]" not in said:
            said += os.read(ours, 4096).decode()
        os.write(ours, b"duchy\n")
        while said.count("[district]") < 2:
            said += os.read(ours, 4096).decode()
        os.write(ours, b"\n")
        while True:
            said += os.read(ours, 4096).decode()
    except OSError:  # the other end is closed
        pass
    finally:
        process.wait(30)
        os.close(ours)
    plain = " ".join(re.sub(r"\x1b\[[0-9;]*m", "", said).split())
    assert "Found Haverdale (E07999001, district). Its type says who runs what: district " in plain
    assert "It must be one of district, county, unitary" in plain
    assert "got 'duchy' What type is it? [district]:" in plain
    assert process.returncode == 0, plain
    assert area_in(tmp_path / "a").type == "district"
