"""Streets and places from files as Ordnance Survey ships OS Open Names. All names are invented.

Written from four public programs that read the product and agree on its 34 columns, 2026-11-22.
"""

from pathlib import Path

import pytest

from listening.begin.opennames import names_in, ordinary
from listening.errors import WordsError

# Two wards side by side, a kilometre wide; the first has a hole, in which the second has a second piece.
HOLE = [(300.0, 300.0), (300.0, 500.0), (500.0, 500.0), (500.0, 300.0), (300.0, 300.0)]
WARDS = {
    "X05000001": [[(0.0, 0.0), (1000.0, 0.0), (1000.0, 1000.0), (0.0, 1000.0), (0.0, 0.0)], HOLE],
    "X05000002": [[(1000.0, 0.0), (2000.0, 0.0), (2000.0, 1000.0), (1000.0, 1000.0), (1000.0, 0.0)], HOLE],
    "X05000003": [],
}


def row(name: str, kind: str, x: object, y: object, other: str = "", extra: int = 0) -> str:
    cells = [""] * (34 + extra)
    cells[0 + extra], cells[2 + extra], cells[4 + extra], cells[7 + extra] = "osgb4", f'"{name}"', other, kind
    cells[8 + extra], cells[9 + extra] = str(x), str(y)
    return ",".join(cells)


def folder(root: Path, *rows: str, header: str | None = None) -> Path:
    (root / "Data").mkdir()
    (root / "Data" / "XA00.csv").write_text("\ufeff" + "\r\n".join(rows) + "\r\n", encoding="utf-8")
    if header is not None:
        (root / "Doc").mkdir()
        (root / "Doc" / "OS_Open_Names_Header.csv").write_text("\ufeff" + header + "\r\n", encoding="utf-8")
    return root


def test_a_place_stands_in_the_ward_its_point_lies_in(tmp_path: Path) -> None:
    rows = [
        row("Larch Lane", "Named Road", 100, 100),
        row("Far Road", "Named Road", 5000, 100),
        row("Weir, The", "Urban Greenspace", 1500, 100),
        row("St. Anne's School", "Primary Education", 400, 400),
        row("Foxholes", "Village", 900, 900, "Tyllau"),
        row("HV1 1AA", "Postcode", 100, 100),
        row("A99", "Numbered Road", 100, 100),
        row("Larkford", "Town", 100, 200),
        row("Quarry Halt", "Railway Station", 1600, 600),
    ]
    found = names_in(folder(tmp_path, *rows), WARDS)
    assert found.places == {
        ("Larch Lane", "street"): ["X05000001"],
        ("Weir, The", "park"): ["X05000002"],
        ("St. Anne's School", "school"): ["X05000002"],  # in the hole of the first
        ("Foxholes", "village"): ["X05000001"],
        ("Quarry Halt", "landmark"): ["X05000002"],
    }
    assert (found.towns, found.second, found.files) == (["Larkford"], {("Foxholes", "village"): "Tyllau"}, 1)


def test_a_street_with_points_in_two_wards_stands_in_both_and_no_other(tmp_path: Path) -> None:
    rows = [
        row("Mill Brow", "Named Road", 990, 100),
        row("Mill Brow", "Section Of Named Road", 1010, 100),
        row("Mill Brow", "Section Of Named Road", 995, 120),
    ]
    assert names_in(folder(tmp_path, *rows), WARDS).places == {
        ("Mill Brow", "street"): ["X05000001", "X05000002"]
    }


def test_the_header_file_says_where_the_columns_stand(tmp_path: Path) -> None:
    header = "NEW,ID,NAMES_URI,NAME1,NAME1_LANG,NAME2,NAME2_LANG,TYPE,LOCAL_TYPE,GEOMETRY_X,GEOMETRY_Y"
    root = folder(tmp_path, row("Larch Lane", "Named Road", 100, 100, extra=1), header=header)
    assert names_in(root, WARDS).places == {("Larch Lane", "street"): ["X05000001"]}


def test_a_header_file_without_our_columns_is_refused(tmp_path: Path) -> None:
    root = folder(
        tmp_path, row("Larch Lane", "Named Road", 100, 100), header="ID,NAME1,NAME2,TYPE,LOCAL_TYPE"
    )
    with pytest.raises(
        WordsError, match=r"must name the columns of OS Open Names; it lacks GEOMETRY_X, GEOMETRY_Y$"
    ):
        names_in(root, WARDS)


def test_rows_that_are_short_or_have_no_point_are_passed_over(tmp_path: Path) -> None:
    root = folder(
        tmp_path, "a,b", row("Larch Lane", "Named Road", "", ""), row(" ", "Named Road", 100, 100), ""
    )
    assert names_in(root, WARDS).places == {}


def test_a_folder_without_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        WordsError, match=r"^--places must be the folder of OS Open Names as CSV; no \.csv file in "
    ):
        names_in(tmp_path, WARDS)
    with pytest.raises(WordsError, match="no such folder"):
        names_in(tmp_path / "none", WARDS)


@pytest.mark.parametrize(
    ("name", "kind", "common"),
    [
        ("High Street", "street", True),
        ("St. John's Road", "street", True),
        ("Broadway", "street", True),
        ("Larch Lane", "street", False),
        ("Foxholes", "village", True),
        ("Upper Foxholes", "village", False),
        ("Withenshaw", "school", False),
    ],
)
def test_names_met_everywhere_and_single_words_count_only_beside_a_town(
    name: str, kind: str, common: bool
) -> None:
    assert ordinary(name, kind) is common
