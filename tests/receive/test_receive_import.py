"""Import, whole: what is shown, what is kept, what is dropped, what comes back, and what is refused."""

# ruff: noqa: E501 - a row of a table is one line

import io
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from invented_council import area, configured
from openpyxl import Workbook
from typer.testing import CliRunner, Result

from listening.cli import app
from listening.errors import WordsError
from listening.receive import deed
from listening.store import Store, connect

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LOG = """Contact centre log,,,,,,,
Case ref,Date logged,Service request type,Case notes,Customer name,Telephone,Postcode,Ward
C-1001,05/11/2026 09:30,Missed bin,Mrs Eve Ample says her bin was missed. Ring 07700 900123,Eve Ample,07700 900123,HV1 1GE,
C-1002,28/11/2025,Street lighting,Light out on Mill Lane,Bo Nother,01632 960001,,Quarry Hill
C-1003,some day,Bins,No date here,A Person,,,
C-1004,06/11/2026,Bins,,A Person,,,
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return configured(tmp_path)


def store_of(config: Path) -> Store:
    return connect(f"sqlite:///{config.with_name('own.db')}")


def posts(config: Path) -> pd.DataFrame:
    store = store_of(config)
    try:
        return store.posts(noise=True).sort_values("published", ignore_index=True)
    finally:
        store.close()


def bring(config: Path, *words: str, text: str | None = None) -> Result:
    return CliRunner().invoke(app, ["--config", str(config), "import", *words], input=text)


def written(config: Path, text: str, name: str = "log.csv") -> str:
    path = config.with_name(name)
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_log_comes_in_redacted_placed_and_without_what_names_a_person(config: Path) -> None:
    said = bring(config, written(config, LOG), "--source", "Contact centre", "--yes")
    assert said.exit_code == 0, said.output
    assert said.stdout.startswith("2 new, 0 changed, 0 already known. 2 rows could not be used")
    kept = posts(config)
    assert kept[["text", "title", "channel", "kind", "author"]].values.tolist() == [
        ["Light out on Mill Lane", "Street lighting, Quarry Hill", "report", "report", None],
        ["Mrs [name] says her bin was missed. Ring [phone]", "Missed bin", "report", "report", None],
    ]
    assert [f"{t:%Y-%m-%d %H:%M}" for t in kept["published"]] == ["2025-11-28 00:00", "2026-11-05 09:30"]
    assert kept["wards"].tolist() == [["Quarry Hill"], ["Northfields"]]
    held = b"".join(p.read_bytes() for p in config.parent.glob("own.db*"))
    assert [w for w in (b"Eve Ample", b"900123", b"HV1 1GE", b"C-1001", b"Bo Nother") if w in held] == []


def test_the_guess_is_shown_with_redacted_rows_and_a_dry_run_stores_nothing(config: Path) -> None:
    said = bring(config, written(config, LOG), "--source", "Contact centre", "--dry-run").stdout
    for line in (
        "log.csv: 4 rows",
        "  Case ref              id         sure: its header",
        "  Date logged           published  sure: its header",
        "  Case notes            text       sure: its header",
        "Never comes in: Customer name (names).",
        "Never comes in: Telephone (phone numbers).",
        "Never comes in: Postcode (addresses).",
        "  2026-11-05  Missed bin – Mrs [name] says her bin was missed. Ring [phone]",
        "2 new, 0 already known, 2 rejected.",
        "  1 rejected: published is not a date we can read",
        "  1 rejected: text is empty",
        "Dry run: nothing was stored.",
    ):
        assert line in said.splitlines(), said
    assert posts(config).empty
    assert not config.with_name("listening.key").exists()
    assert not config.with_name("log.rejected.csv").exists()


def test_rejected_rows_come_back_for_their_owner_alone_and_come_in_once_corrected(config: Path) -> None:
    log = LOG.replace("No date here", "=No date here")
    bring(config, written(config, log), "--source", "Contact centre", "--yes")
    back = config.with_name("log.rejected.csv")
    assert stat.S_IMODE(back.stat().st_mode) == 0o600
    rows = pd.read_csv(back, dtype=str, keep_default_na=False)
    assert rows[["reason", "row", "Case ref", "Case notes"]].values.tolist() == [
        ["published is not a date we can read", "5", "C-1003", "'=No date here"],
        ["text is empty", "6", "C-1004", ""],
    ]
    back.write_text(back.read_text(encoding="utf-8").replace("some day", "07/11/2026"), encoding="utf-8")
    said = bring(config, str(back), "--source", "Contact centre", "--yes")
    assert said.stdout.startswith("1 new, 0 changed, 0 already known. 1 row could not be used"), said.output
    assert posts(config)["text"].tolist()[-1] == "=No date here"


def test_the_same_file_again_stores_nothing_twice(config: Path) -> None:
    for file in (LOG, "Date,Comment\n05/11/2026,Bins missed again\n05/11/2026,Bins missed again\n"):
        name = written(config, file)
        source = "Contact centre" if file is LOG else "Page comments"
        bring(config, name, "--source", source, "--yes")
        again = bring(config, name, "--source", source, "--yes").stdout
        assert again.startswith("0 new, 0 changed, ")
    assert len(posts(config)) == 3
    assert "1 row says again what another says." in again


def test_two_notes_of_one_case_are_both_kept(config: Path) -> None:
    log = "Case ref,Date logged,Case notes\nC1,05/11/2026,Bin missed\nC1,06/11/2026,Missed again\n"
    for expected in ("2 new", "0 new"):
        said = bring(config, written(config, log), "--source", "Contact centre", "--yes")
        assert said.stdout.startswith(expected)


def test_an_unsure_guess_is_not_taken_where_nobody_can_be_asked(config: Path) -> None:
    odd = written(config, "Column A,Column B\nThe bins in Quarry Hill were missed,05/11/2026\n")
    said = bring(config, odd, "--source", "Page comments")
    assert said.exit_code == 2
    assert "not sure enough to go on alone: text from 'Column A' (a guess); published from" in said.stderr
    assert posts(config).empty
    given = ("--map", "text=Column A", "--map", "published=Column B")
    assert bring(config, odd, "--source", "Page comments", *given).stdout.startswith("1 new")


def test_on_a_terminal_a_no_stores_nothing(config: Path) -> None:
    store, asked = store_of(config), deed.Asked(Path(written(config, LOG)), "Contact centre")
    here, lines, questions = area(config.parent), [], []

    def answer(question: str) -> bool:
        questions.append(question)
        return len(questions) > 1

    assert deed.bring_in(store, here, asked, NOW, lines.append, answer) == "Nothing was stored."
    assert store.empty
    assert questions == ["Go on?"]
    assert lines[0] == "log.csv: 4 rows"
    assert deed.bring_in(store, here, asked, NOW, lines.append, answer).startswith("2 new")
    store.close()


@pytest.mark.parametrize(("words", "why"), [
    (("--map", "text"), "--map must be a role and a column"),
    (("--map", "words=Case notes"), "--map must give one of text, title"),
    (("--map", "text=Nothing"), "--map text must name a column of log.csv"),
    (("--map", "text=Customer name"), "it holds names, which never come in"),
    (("--sheet", "One"), "--sheet is for Excel files"),
    (("--source", "Nobody"), "--source must be a name in sources.yaml; got 'Nobody'"),
])  # fmt: skip
def test_words_that_are_not_possible_are_one_sentence(words: tuple[str, ...], why: str, config: Path) -> None:
    said = bring(config, written(config, LOG), "--source", "Contact centre", *words)
    assert (said.exit_code, why in said.stderr) == (2, True), said.output


def test_without_a_source_the_choices_are_named(config: Path) -> None:
    said = bring(config, written(config, LOG))
    assert "say whose words these are with --source" in said.stderr
    assert "Contact centre, Page comments, Courier" in said.stderr


def test_a_log_waits_for_the_checklist_and_a_dry_run_says_so(tmp_path: Path) -> None:
    config = configured(tmp_path, retention="")
    log = written(config, LOG)
    said = bring(config, log, "--source", "Contact centre", "--yes")
    assert (said.exit_code, "waits for the checklist" in said.stderr) == (2, True)
    assert (
        "It cannot come in yet: importing"
        in bring(config, log, "--source", "Contact centre", "--dry-run").stdout
    )
    assert posts(config).empty


FIXMYSTREET = """Report ID,Title,Detail,User Name,Category,Created,Confirmed,Status,Latitude,Longitude,Query,Ward,Easting,Northing,Report URL
41,Lamp out,The lamp by the shop is dark. Cal Ample,Cal Ample,Street lighting,2026-11-05T09:00:00,2026-11-05T09:30:00,open,53.1234567,-1.2345678,HV1 1GE,Quarry Hill,451234,359876,https://fix.example/report/41
"""
META = """"Post ID","Page ID","Page name",Title,Description,"Publish time",Permalink,"Post type",Comments
1,2,Haverdale Council,"An autumn clean-up begins in Stenby, with skips for all",,"09/28/2026 18:12",https://page.example/1,Photos,12
"""


def test_a_fault_report_export_is_understood(config: Path) -> None:
    """Written from FixMyStreet's Reporting.pm (columns), read 2026-11-22; the report is invented."""
    said = bring(config, written(config, FIXMYSTREET), "--source", "Contact centre")
    assert said.stdout.startswith("1 new"), said.output
    post = posts(config).iloc[0]
    assert post[["title", "text", "url"]].tolist() == [
        "Lamp out, Street lighting, Quarry Hill",
        "The lamp by the shop is dark. [name]",
        "https://fix.example/report/41",
    ]
    assert "Never comes in: Latitude, Longitude, Easting, Northing (exact coordinates)." in said.stderr


def test_a_page_export_with_american_dates_is_understood(config: Path) -> None:
    """Written from the columns of Meta Business Suite's export a post (2026); the post is invented."""
    said = bring(config, written(config, META), "--source", "Courier", "--yes")
    assert "Dates are read month first, as some of them can only be: 09/28/2026." in said.stderr
    post = posts(config).iloc[0]
    assert post["text"] == "An autumn clean-up begins in Stenby, with skips for all"
    assert f"{post['published']:%Y-%m-%d %H:%M}" == "2026-09-28 17:12"


def test_voices_of_a_page_are_pseudonyms_and_their_handles_go_nowhere(config: Path) -> None:
    text = "Comment ID,Created time,From name,Comment\n1,2026-11-05T10:00:00Z,dan_ample7,dan_ample7 says bins missed\n"
    bring(config, written(config, text), "--source", "Page comments")
    post = posts(config).iloc[0]
    assert post["author"].startswith("v")
    assert post["text"] == "[account] says bins missed"


PAGE = """[{"id": "2_3", "message": "ZED QUILL again: no bus", "created_time": "2026-11-05T10:00:00+0000",
 "from": {"name": "Zed Quill", "id": "123456"}}]"""


@pytest.mark.parametrize(("file", "text", "kept"), [
    ("x.csv", 'date,author,comment\n05/11/2026,Zed Quill,"Same here on Mill Lane, Zed Quill"\n', "Same here on Mill Lane, [name]"),
    ("x.csv", "date,author,comment\n05/11/2026,Potholes,Quill Potholes and potholes\n", "Quill Potholes and potholes"),
    ("x.csv", "date,author,comment\n05/11/2026,Haverdale District Council,Haverdale District Council will mend it\n",
     "Haverdale District Council will mend it"),
    ("-", "Zed Quill\nZed Quill here, the bus never came\n5 November 2026\n", "[name] here, the bus never came"),
    ("x.json", PAGE, "[name] again: no bus"),
])  # fmt: skip
def test_a_residents_own_name_is_masked_in_their_words(file: str, text: str, kept: str, config: Path) -> None:
    name = file if file == "-" else written(config, text, file)
    said = bring(config, name, "--source", "Page comments", "--yes", text=text if file == "-" else None)
    assert said.stdout.startswith("1 new"), said.output
    assert posts(config)["text"].tolist() == [kept]


def test_a_newsroom_may_name_itself(config: Path) -> None:
    text = "date,author,comment\n05/11/2026,Larkford Mercury,The Larkford Mercury has asked about the bins\n"
    bring(config, written(config, text), "--source", "Courier", "--yes")
    assert posts(config)["text"].tolist() == ["The Larkford Mercury has asked about the bins"]


def test_a_pasted_block_comes_in_from_the_keyboard(config: Path) -> None:
    block = "Ann Example\nBins in Quarry Hill missed\n5 November 2026\n\nThanks for the swings in Stenby\n"
    said = bring(config, "-", "--source", "Page comments", "--yes", text=block)
    assert said.stdout.startswith("2 new"), said.output
    kept = posts(config)
    assert kept["text"].tolist() == ["Bins in Quarry Hill missed", "Thanks for the swings in Stenby"]
    assert kept["dated"].tolist() == [True, False]
    assert bring(config, "-", "--source", "Page comments", "--yes", text=block).stdout.startswith("0 new")


def test_the_command_itself_reads_a_pipe(config: Path) -> None:
    words = [
        sys.executable,
        "-m",
        "listening",
        "--config",
        str(config),
        "import",
        "-",
        "--source",
        "Page comments",
    ]
    said = subprocess.run(
        words, input="Bins missed in Stenby\n", capture_output=True, text=True, timeout=120, check=False
    )
    assert (said.returncode, said.stdout[:5]) == (0, "1 new"), said.stderr


def book(header: str = "", tab: str = "Log", title: str = "") -> bytes:
    made = Workbook()
    sheet = made.active
    sheet.title = tab
    sheet.oddHeader.center.text = header or None
    made.properties.keywords = title or None
    for row in (["Case ref", "Date logged", "Case notes"], ["C1", "05/11/2026", "Bins missed"]):
        sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


HEAD = "Case ref,Date logged,Case notes"
PLAIN = f"{HEAD}\nC1,05/11/2026,Bins missed\n"


@pytest.mark.parametrize(("name", "data"), [
    ("log_CONFIDENTIAL.csv", PLAIN), ("Official-Sensitive log.csv", PLAIN), ("restricted.csv", PLAIN),
    ("log.csv", f"OFFICIAL-SENSITIVE\n{PLAIN}"), ("log.csv", f"Not for publication: Part 2 report,,\n{PLAIN}"),
    ("log.csv", f"Exempt under paragraph 3 of Schedule 12A,,\n{PLAIN}"), ("log.csv", f"Confidential contact log,,\n{PLAIN}"),
    ("log.csv", f"{PLAIN}RESTRICTED,,\n"), ("log.csv", PLAIN.replace("Case ref", "OFFICIAL - SENSITIVE ref")),
    ("log.xlsx", book(header="OFFICIAL-SENSITIVE")), ("log.xlsx", book(tab="Confidential")),
    ("log.xlsx", book(title="official sensitive")),
])  # fmt: skip
def test_a_marked_file_is_refused_whole(name: str, data: str | bytes, config: Path) -> None:
    path = config.with_name(name)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    said = bring(config, str(path), "--source", "Contact centre", "--yes")
    assert said.exit_code == 2, said.output
    assert f"{name} is marked" in said.stderr
    assert "nothing of it was read in" in said.stderr
    assert posts(config).empty


def test_a_marking_that_is_none_needs_a_reason_and_the_reason_is_on_record(config: Path) -> None:
    log = written(config, PLAIN, "confidential-waste-collections.csv")
    words = (log, "--source", "Contact centre", "--yes", "--not-confidential")
    assert bring(config, *words, " ").exit_code == 2
    assert bring(config, *words, "about the waste service, not secret").stdout.startswith("1 new")
    store = store_of(config)
    decided = store.decisions("import").iloc[0]
    store.close()
    assert decided["value"] == {"marked": "confidential", "why": "about the waste service, not secret"}
    assert "waste" not in decided["about"]


@pytest.mark.parametrize(("words", "reason"), [
    ("OFFICIAL-SENSITIVE: a child at risk", "marked 'OFFICIAL-SENSITIVE'"),
    ("PRIVATE AND CONFIDENTIAL. Rent arrears", "marked 'PRIVATE AND CONFIDENTIAL'"),
    ("Exempt under Schedule 12A of the Act", "marked 'Exempt under Schedule 12A'"),
    ("Confidential: do not share", "marked 'Confidential:'"),
    ("[RESTRICTED] case", "marked '[RESTRICTED]'"),
])  # fmt: skip
def test_a_marked_row_is_rejected_and_the_others_come_in(words: str, reason: str, config: Path) -> None:
    said = bring(
        config, written(config, f'{PLAIN}C2,05/11/2026,"{words}"\n'), "--source", "Contact centre", "--yes"
    )
    assert said.stdout.startswith("1 new"), said.output
    assert f"  1 rejected: {reason}\n" in said.stderr + said.stdout
    assert "1 row marked as confidential stayed out and went to no file: 3." in said.stdout
    assert not config.with_name("log.rejected.csv").exists()


def test_a_column_of_markings_rejects_row_by_row(config: Path) -> None:
    log = f"{HEAD},Confidential?\nC1,05/11/2026,Bins,No\nC2,05/11/2026,Secret,Yes\nC3,05/11/2026,Odd,maybe\nC4,05/11/2026,Open,\n"
    said = bring(config, written(config, log), "--source", "Contact centre", "--yes")
    assert said.stdout.startswith("2 new"), said.output
    for why in (
        "marked confidential: Confidential? says 'Yes'",
        "Confidential? says 'maybe': neither yes nor no, so it stays out",
    ):
        assert f"  1 rejected: {why}\n" in said.stderr + said.stdout
    assert "2 rows marked as confidential stayed out and went to no file: 3, 4." in said.stdout
    assert not config.with_name("log.rejected.csv").exists()


def test_the_file_of_rejected_rows_holds_no_row_that_is_marked(config: Path) -> None:
    log = f'{PLAIN}C2,05/11/2026,"Confidential: at risk"\nC3,some day,Bins\nC4,05/11/2026,Secret: more,and more\n'
    bring(config, written(config, log.replace("Secret: more", "OFFICIAL-SENSITIVE: more")),
          "--source", "Contact centre", "--yes")  # fmt: skip
    back = config.with_name("log.rejected.csv").read_text(encoding="utf-8-sig")
    assert back.splitlines()[1:] == ["published is not a date we can read,4,C3,some day,Bins"]


def test_of_a_pasted_block_nothing_is_written_beside(
    config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = {p.name for p in tmp_path.iterdir()}
    block = "Date,Comment\n05/11/2026,Bins missed\nsome day,Eve Ample rang 07700 900123\n"
    said = bring(config, "-", "--source", "Page comments", "--yes", text=block)
    assert said.stdout.endswith("1 row could not be used, and nothing of it was written.\n"), said.output
    assert "Ample" not in said.output
    made = {p.name for p in tmp_path.iterdir()} - before
    assert not [name for name in made if not name.startswith(("own.db", "listening.key"))]


@pytest.mark.parametrize("words", [
    "Restricted parking on Mill Lane is ignored", "Is my complaint confidential?", "RESTRICTED BYWAY sign is down",
    "The exempt accommodation next door is loud", "Why was the report not for publication", "Protect our park",
])  # fmt: skip
def test_false_friends_come_in(words: str, config: Path) -> None:
    log = written(config, f'{HEAD}\nC1,05/11/2026,"{words}"\n', "restricted-parking-complaints.csv")
    assert bring(config, log, "--source", "Contact centre", "--yes").stdout.startswith("1 new")
    assert posts(config)["text"].tolist() == [words]


@pytest.mark.parametrize("notice", [
    "This e-mail and any attachments are confidential and intended only for the addressee.",
    "Confidentiality notice: if you are not the intended recipient, delete it.",
    "The information in this email is confidential and may be privileged. OFFICIAL-SENSITIVE mail is marked so.",
])  # fmt: skip
def test_the_notice_under_an_e_mail_is_cut_off_and_refuses_nothing(notice: str, config: Path) -> None:
    log = f'{HEAD}\nC1,05/11/2026,"Bins missed on Mill Lane.\n\n{notice}"\n'
    assert bring(config, written(config, log), "--source", "Contact centre", "--yes").stdout.startswith(
        "1 new"
    )
    assert posts(config)["text"].tolist() == ["Bins missed on Mill Lane."]


def test_an_invented_area_takes_no_file(tmp_path: Path) -> None:
    here = configured(tmp_path)
    here.write_text(here.read_text(encoding="utf-8") + "invented: true\n", encoding="utf-8")
    with pytest.raises(WordsError, match="an invented area is made, never collected into"):
        deed.bring_in(store_of(here), area_of(here), deed.Asked(Path("x.csv")), NOW, print, None)


def area_of(config: Path):  # type: ignore[no-untyped-def]
    from listening.area import load

    return load(config)


def test_what_each_column_is_taken_for_in_other_systems_exports(config: Path) -> None:
    """Headers as Confirm and Open311 GeoReport v2 have them; the rows are invented."""
    confirm = (
        "Enquiry Number;Enquiry Time;Subject Name;Description;Location;Officer Name;Easting\n"
        "1234567;05/11/2026 14:33;Pothole;Deep hole, dangerous;Near Mill Lane;J Ample;451234\n"
    )
    said = bring(config, written(config, confirm), "--source", "Contact centre", "--dry-run").stdout
    assert "  Enquiry Time    published  sure: its header" in said
    assert "Never comes in: Officer Name (names)." in said
    assert "  2026-11-05  Pothole, Near Mill Lane – Deep hole, dangerous" in said
    open311 = (
        '[{"service_request_id": "6", "service_name": "Street lighting", "service_code": "006", "lat": 53.12345,'
        ' "description": "Lamp out in Stenby", "requested_datetime": "2026-04-14T06:37:38+01:00", "address": "8 Weir Lane"}]'
    )
    said = bring(config, written(config, open311, "x.json"), "--source", "Contact centre", "--dry-run").stdout
    assert "  2026-04-14  Street lighting – Lamp out in Stenby" in said
    assert "Never comes in: lat (exact coordinates)." in said


@pytest.mark.parametrize(("name", "words", "kept"), [
    ("Aoife", "Aoife rang about bins", "[name] rang about bins"),
    ("Quigley-Obi", "Ms Quigley says Obi is ill", "Ms [name] says [name] is ill"),
    ("Quigley-Obi", "Quigley-Obi rang", "[name] rang"),
    ("Doe, Jane", "Jane Doe rang. Jane's bin, JANE DOE", "[name] rang. [name]'s bin, [name]"),
    ("Ian", "Ian says the bins are late", "[name] says the bins are late"),
    ("Mrs Amy O'Neil", "Amy and O’Neil rang", "[name] and [name] rang"),
    ("Mark Green", "Mark Green rang. Green bin missed, Mark it", "[name] rang. Green bin missed, [name] it"),
    ("The Occupier", "The bins are late", "The bins are late"),
    ("Jo Mill", "Light out on Mill Lane", "Light out on Mill Lane"),
    ("Amy Ho", "amy or ho, in small letters", "amy or ho, in small letters"),
])  # fmt: skip
def test_every_part_of_the_rows_own_name_is_masked(name: str, words: str, kept: str, config: Path) -> None:
    log = f'{HEAD},Customer name\nC1,05/11/2026,"{words}","{name}"\n'
    bring(config, written(config, log), "--source", "Contact centre", "--yes")
    assert posts(config)["text"].tolist() == [kept]
