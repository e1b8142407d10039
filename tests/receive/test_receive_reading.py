"""Files of every form as rows: whatever is in them, each row is a row or comes back with its reason."""

# ruff: noqa: E501, DTZ001 - a table's row is one line, and a spreadsheet's time has no zone

import contextlib
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from listening.errors import WordsError
from listening.receive import days, files, paste
from listening.receive.sheet import Sheet

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LOG = [["Case ref", "Date logged", "Case notes"], ["C1", "05/11/2026", "Bin; missed, again"]]


def rows(sheet: Sheet) -> list[list[object]]:
    return [sheet.columns, *sheet.rows.values.tolist()]


def excel(*sheets: tuple[str, list[list[object]]], header: str = "") -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, cells in sheets:
        made = book.create_sheet(name)
        made.oddHeader.center.text = header or None
        for row in cells:
            made.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("by", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_table_is_read_whatever_its_separator_and_encoding(by: str, encoding: str) -> None:
    text = "\n".join(by.join(f'"{c}"' for c in row) for row in [*LOG, ["C2", "06/11/2026", "Café – £5"]])
    sheet = files.table(text.encode(encoding), "log.csv")
    assert rows(sheet) == [*LOG, ["C2", "06/11/2026", "Café – £5"]]


def test_titles_above_the_header_and_new_lines_inside_quotes() -> None:
    text = 'Contact centre log\n"Made 6 November 2026",,\n\nCase ref,Date logged,Case notes\nC1,05/11/2026,"Bin\nmissed"\n'
    sheet = files.table(text.encode(), "log.csv")
    assert rows(sheet) == [LOG[0], ["C1", "05/11/2026", "Bin\nmissed"]]
    assert sheet.above == ("Contact centre log", "Made 6 November 2026")


def test_a_header_of_two_rows_is_joined() -> None:
    text = "Customer,,Case,,\nName,Phone,Ref,Date,Notes\nA B,01234,C1,05/11/2026,Bin missed\n"
    assert files.table(text.encode(), "log.csv").columns == [
        "Customer Name", "Customer Phone", "Case Ref", "Case Date", "Case Notes",
    ]  # fmt: skip


def test_a_row_with_too_many_cells_or_an_open_quote_comes_back_with_its_reason() -> None:
    text = (
        'Ref,Date,Notes\nC1,05/11/2026,Bin, missed\nC2,05/11/2026,fine\nC3,05/11/2026,"never closed\nC4,x,y\n'
    )
    sheet = files.table(text.encode(), "log.csv")
    assert [r[0] for r in rows(sheet)[1:]] == ["C2"]
    assert [(b.number, b.reason.split(":")[0]) for b in sheet.broken] == [
        (2, "it has 4 cells and the header has 3"),
        (4, "a quotation mark is opened and never closed"),
    ]


def test_excel_gives_real_dates_whole_numbers_and_the_sheet_that_was_asked_for(tmp_path: Path) -> None:
    log = [
        ["Contact log"],
        [],
        ["Case ref", "Date logged", "Case notes"],
        [101.0, datetime(2026, 11, 5, 9), "Bins"],
    ]
    file = tmp_path / "log.xlsx"
    file.write_bytes(excel(("Log", log), ("Other", [["text", "date"], ["a b c", date(2026, 11, 1)]])))
    sheet = files.read(file)
    assert rows(sheet) == [
        ["Case ref", "Date logged", "Case notes"],
        ["101", datetime(2026, 11, 5, 9), "Bins"],
    ]
    assert sheet.remarks == ("Read: sheet 'Log'. Not read: Other.",)
    assert files.read(file, "Other").columns == ["text", "date"]
    with pytest.raises(WordsError, match="--sheet must be one of Log, Other; got 'X'"):
        files.read(file, "X")


@pytest.mark.parametrize(("name", "data"), [
    ("x.xlsx", b"no zip"), ("x.xls", b"old"), ("x.pdf", b"%PDF"), ("x.json", b"{nothing"), ("x.json", b"[" * 5000),
    ("x.parquet", b"PAR0"), ("x.json", b'{"a": [1, 2]}'.replace(b'{"a": [1, 2]}', b"[1, 2]")),
])  # fmt: skip
def test_what_cannot_be_read_is_one_sentence(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(WordsError):
        files.read(tmp_path / name)


def test_a_dump_of_a_page_gives_its_comments_and_not_its_posts() -> None:
    """Written from Meta's Graph API reference (Comment, Page post), read 2026-11-22; every word invented."""
    dump = {"data": [{
        "id": "1_2", "message": "Our news", "created_time": "2026-11-01T09:00:00+0000",
        "comments": {"data": [{
            "id": "2_3", "message": "Bins?", "created_time": "2026-11-01T10:00:00+0000", "from": {"name": "N", "id": "9"},
            "comments": {"data": [{"id": "2_4", "message": "Same", "created_time": "2026-11-01T11:00:00+0000"}]},
        }]},
    }], "paging": {"cursors": {}}}  # fmt: skip
    sheet = files.json_file(json.dumps(dump).encode(), "page.json")
    assert [[r[c] for c in ("id", "message", "thread")] for _, r in sheet.rows.iterrows()] == [
        ["2_3", "Bins?", "1_2"], ["2_4", "Same", "1_2"],
    ]  # fmt: skip
    assert sheet.rows["from.name"].tolist() == ["N", None]
    assert "only the comments come in" in sheet.remarks[0]


def test_json_lines_keep_the_good_and_name_the_broken() -> None:
    sheet = files.json_file(b'{"text": "a", "date": "2026-11-01"}\n{broken\n"word"\n', "x.jsonl")
    assert sheet.rows["text"].tolist() == ["a"]
    assert [b.number for b in sheet.broken] == [2, 3]


def test_letters_that_a_download_wrote_twice_are_made_whole() -> None:
    twice = "café".encode().decode("latin-1")
    assert files.json_file(json.dumps([{"text": twice}]).encode(), "x.json").rows["text"].tolist() == ["café"]


def test_a_pasted_block_loses_names_dates_and_page_words() -> None:
    block = "Ann Example\nThe bins were missed\nagain.\n2d  Like  Reply\n\n12 November 2026 at 10:15\nThanks for the swings\n"
    sheet = paste.sheet(block, LONDON, NOW)
    assert sheet.rows[["author", "text"]].values.tolist() == [
        ["Ann Example", "The bins were missed\nagain."], [None, "Thanks for the swings"],
    ]  # fmt: skip
    assert sheet.rows["published"].tolist() == [
        datetime(2026, 11, 20, 12, tzinfo=UTC), datetime(2026, 11, 12, 10, 15, tzinfo=UTC),
    ]  # fmt: skip


@pytest.mark.parametrize(("said", "means"), [
    ("Yesterday at 10:12", "2026-11-21T10:12"), ("Today at 09:01", "2026-11-22T09:01"),
    ("12 November at 09:30", "2026-11-12T09:30"), ("25 December at 09:30 · Edited", "2025-12-25T09:30"),
    ("22 November at 13:00", "2025-11-22T13:00"), ("Sunday 5 July at 10:00", "2026-07-05T09:00"),
    ("November 12 at 9:30 PM", "2026-11-12T21:30"), ("29 February", "2024-02-29T00:00"),
    ("31 November at 10:00", None), ("Today at 25:00", None), ("3 marches", None), ("Until 12 March", None),
    ("Yesterday the bins", None),
])  # fmt: skip
def test_a_pasted_date_without_a_year_or_a_day_is_the_latest_past_one(said: str, means: str | None) -> None:
    found = paste.when(said, LONDON, NOW)
    assert (found and f"{found:%Y-%m-%dT%H:%M}") == means


def test_the_date_of_a_pasted_facebook_block_is_no_part_of_its_words() -> None:
    block = (
        "Ann Example\nYesterday at 10:12\nBins missed\n\nBo Example\n12 November at 09:30 · \nLights out\n"
    )
    assert paste.sheet(block, LONDON, NOW).rows.values.tolist() == [
        ["Ann Example", datetime(2026, 11, 21, 10, 12, tzinfo=UTC), "Bins missed"],
        ["Bo Example", datetime(2026, 11, 12, 9, 30, tzinfo=UTC), "Lights out"],
    ]


def test_pasted_lines_without_empty_ones_are_a_post_each_and_a_street_is_no_author() -> None:
    assert paste.sheet("Bins missed\nLights out\n", LONDON, NOW).rows["text"].tolist() == [
        "Bins missed",
        "Lights out",
    ]
    block = "Mill Lane\nflooded again\n\nNext one\n"
    assert paste.sheet(block, LONDON, NOW, ["Mill Lane"]).rows["text"].tolist() == [
        "Mill Lane\nflooded again",
        "Next one",
    ]


def test_a_pasted_table_is_read_as_a_table() -> None:
    assert rows(paste.sheet("Date\tComment\n05/11/2026\tBins\n", LONDON, NOW)) == [
        ["Date", "Comment"], ["05/11/2026", "Bins"],
    ]  # fmt: skip


@pytest.mark.parametrize(("said", "means"), [
    ("05/11/2026", "2026-11-05T00:00"), ("5.11.26 9:30", "2026-11-05T09:30"), ("05/06/2026 14:00", "2026-06-05T13:00"),
    ("2026-11-05", "2026-11-05T00:00"), ("2026-11-05T09:30:00+0000", "2026-11-05T09:30"),
    ("Thu 5 November 2026 at 9:30pm", "2026-11-05T21:30"), ("5th Nov 2026", "2026-11-05T00:00"),
    ("November 5, 2026", "2026-11-05T00:00"), ("Sat, 21 Nov 2026 10:00:00 GMT", "2026-11-21T10:00"),
    ("1762336800", "2025-11-05T10:00"), ("46331.5", "2026-11-05T12:00"), ("12:30 AM", None), ("some day", None),
    ("31/02/2026", None), ("10", None), ("", None), ("01/01/0001", None),
])  # fmt: skip
def test_dates_are_local_and_become_utc(said: str, means: str | None) -> None:
    found = days.moment(said, LONDON)
    assert (found and f"{found:%Y-%m-%dT%H:%M}") == means


def test_one_date_that_can_only_be_american_settles_its_column_and_doubt_is_told() -> None:
    assert days.day_first(["05/11/2026", "28/11/2026"]) == (True, None)
    assert days.day_first(["09/11/2026", "09/28/2026 18:12"])[0] is False
    assert days.day_first(["05/11/2026"]) == (
        True,
        "Dates are read day first, as is usual here: 05/11/2026 is 5 November.",
    )


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    for read in (files.table, files.json_file, files.book, files.parquet):
        with contextlib.suppress(WordsError):
            read(data, "x", None)


CELLS = st.lists(st.text(max_size=12), min_size=1, max_size=5)


@settings(max_examples=150, deadline=None)
@given(st.lists(CELLS, max_size=8), st.sampled_from(",;\t|"))
def test_every_row_is_a_row_or_broken(body: list[list[str]], by: str) -> None:
    import csv

    out = io.StringIO(newline="")
    csv.writer(out, delimiter=by, quoting=csv.QUOTE_ALL).writerows(
        [["Ref", "Date logged", "Case notes"], *body]
    )
    sheet = files.parted(out.getvalue().encode("utf-8", "replace").decode(), "x.csv")
    filled = [row for row in body if any(c.strip() for c in row)]
    assert len(sheet.rows) + len(sheet.broken) == len(filled)
