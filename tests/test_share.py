"""The one gate: display policies, what is held back, formulas, and small numbers that no sum gives away."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listening import share
from listening.area import Area, Checklist, Issue, Source, Town, Ward
from listening.errors import WordsError

NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)
WARDS = {
    "Larkford Bridge": "Larkford",
    "Mill Ward": "Larkford",
    "Stenby North": "Stenby",
    "Stenby South": "Stenby",
    "Moor": None,
}


def area(invented: bool = True) -> Area:
    sources = (
        Source("Echo", "feed", "press"),
        Source("Forum", "feed", "public", display="excerpt", was=("Old Forum",)),
        Source("Council", "feed", "official", display="full"),
    )
    return Area(
        name="Haverdale",
        code="X07000001",
        type="district",
        timezone="Europe/London",
        wards=tuple(Ward(name, f"X0500000{n}", town) for n, (name, town) in enumerate(WARDS.items())),
        towns=(Town("Larkford"), Town("Stenby")),
        places=(),
        bodies=(),
        issues=(Issue("bins", "Bins", "waste"), Issue("drugs", "Drugs", "police", sensitive=True)),
        sources=sources,
        checklist=Checklist(),
        store="sqlite://",
        config=Path("sources.yaml"),
        invented=invented,
    )


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    usual = {
        "source": "Council",
        "title": "Bins",
        "text": "Bins late",
        "author": "v1",
        "issues": ["bins"],
        "flags": [],
        "evidence": {},
        "place_hint": "X1",
    }
    return pd.DataFrame([{"id": f"a:{n}", **usual, **row} for n, row in enumerate(rows)])


LONG = "word " * 60


def test_each_source_shows_as_much_as_its_display_policy_lets_it() -> None:
    names = ("Echo", "Forum", "Old Forum", "Council", "Unknown")
    shown = share.posts(
        frame(*({"source": name, "text": LONG} for name in names)), area(), NOW, purpose="copy"
    )
    excerpt = ("word " * 40).strip() + "…"
    assert shown["text"].tolist() == [None, excerpt, excerpt, LONG, None]


def test_no_author_evidence_or_postcode_ever_leaves() -> None:
    shown = share.posts(frame({}), area(), NOW, purpose="export")
    assert shown.columns.tolist() == ["id", "source", "title", "text", "issues", "flags"]


def test_accusations_and_safeguarding_are_held_back_and_counted_and_abuse_is_not_mailed() -> None:
    posts = frame({}, {"flags": ["accusation"]}, {"flags": ["abuse", "safeguarding"]}, {"flags": ["abuse"]})
    page, brief = (share.posts(posts, area(), NOW, purpose=p) for p in ("page", "brief"))
    assert page.index.tolist() == [0, 3]
    assert (page.attrs["held"], page.attrs["held_by"]) == (2, {"accusation": 1, "safeguarding": 1})
    assert brief.index.tolist() == [0]
    assert (brief.attrs["held"], brief.attrs["held_by"]) == (
        3,
        {"abuse": 1, "accusation": 1, "safeguarding": 1},
    )


@pytest.mark.parametrize(
    ("authors", "kept"),
    [(("v1", "v2"), 0), (("v1", "v1", "v2"), 0), (("v1", None, "v2"), 0), (("v1", "v2", "v3"), 3)],
)
def test_a_sensitive_issue_is_never_listed_under_three_voices(
    authors: tuple[str | None, ...], kept: int
) -> None:
    posts = frame({}, *({"author": a, "issues": ["bins", "drugs"]} for a in authors))
    shown = share.posts(posts, area(), NOW, purpose="export")
    assert len(shown) == 1 + kept
    assert shown.attrs["held"] == len(authors) - kept


def test_voices_held_back_for_an_accusation_do_not_lift_a_sensitive_issue_over_the_floor() -> None:
    posts = frame(
        *(
            {"author": f"v{n}", "issues": ["drugs"], "flags": ["accusation"] if n == 0 else []}
            for n in range(3)
        )
    )
    assert share.posts(posts, area(), NOW, purpose="export").attrs["held_by"] == {
        "accusation": 1,
        "sensitive": 2,
    }


def test_what_leaves_says_area_date_sizes_internal_and_invented() -> None:
    shown = share.posts(frame({}, {"author": None}), area(), NOW, purpose="brief")
    expected = {
        "area": "Haverdale",
        "made": "Monday 16 November 2026, 08:00",
        "posts": "2",
        "accounts": "1",
        "status": "internal",
    }
    assert shown.attrs["heading"] == {**expected, "sample": "SAMPLE AREA – everything here is invented"}
    assert (
        share.posts(frame({}, {"author": None}), area(invented=False), NOW, purpose="brief").attrs["heading"]
        == expected
    )


def test_an_empty_frame_passes_and_an_unknown_purpose_does_not() -> None:
    assert len(share.posts(frame({}).iloc[:0], area(), NOW, purpose="export")) == 0
    with pytest.raises(WordsError, match="purpose must be one of page, copy"):
        share.posts(frame({}), area(), NOW, purpose="tweet")
    with pytest.raises(WordsError, match="must be annotated"):
        share.posts(frame({}).drop(columns="flags"), area(), NOW, purpose="copy")


@pytest.mark.parametrize("cell", ["=1+1", "+44", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_a_formula_is_neutralised_once(cell: str) -> None:
    once = share.neutral(pd.DataFrame({"text": [cell], cell: ["x"]}))
    assert once.columns.tolist() == ["text", "'" + cell]
    assert once["text"].tolist() == ["'" + cell]
    pd.testing.assert_frame_equal(share.neutral(once), once)


def test_words_numbers_and_times_are_left_as_they_are() -> None:
    plain = pd.DataFrame({"text": ["bins - late", None], "n": [-1, 2], "at": pd.to_datetime([NOW, NOW])})
    pd.testing.assert_frame_equal(share.neutral(plain), plain)


def test_a_small_cell_reads_fewer_than_5_and_another_is_hidden_with_it() -> None:
    rows = pd.DataFrame(
        {"issue": ["any", "bins", "drugs", "parks"], "voices": [42, 3, 9, 30], "posts": [60, 7, 12, 41]}
    )
    shown = share.counts(rows)
    assert shown["voices"].tolist() == ["42", "fewer than 5", "not shown", "30"]
    assert shown["posts"].fillna(-1).tolist() == [60, -1, -1, 41]
    assert shown.attrs["hidden"] == 2


def test_where_nothing_else_can_be_hidden_the_sum_is() -> None:
    rows = pd.DataFrame({"issue": ["any", "bins"], "voices": [13, 3], "posts": [20, 7]})
    assert share.counts(rows)["voices"].tolist() == ["not shown", "fewer than 5"]


def test_a_figure_its_partners_have_none_of_is_left_out_of_the_sum() -> None:
    rows = pd.DataFrame({"issue": ["any", "bins", "parks"], "voices": [12, 3, 9], "complaints": [1, 1, 0]})
    assert share.counts(rows)["complaints"].isna().all()


def test_only_whole_local_periods_leave() -> None:
    days = pd.DataFrame(
        {"day": pd.to_datetime(["2026-11-14", "2026-11-15", "2026-11-16"]), "voices": [9, 9, 9]}
    )
    weeks = pd.DataFrame({"week": pd.to_datetime(["2026-11-09", "2026-11-16"]), "voices": [9, 9]})
    months = pd.DataFrame({"month": pd.to_datetime(["2026-10-01", "2026-11-01"]), "voices": [9, 9]})
    assert [len(share.counts(f, area(), NOW)) for f in (days, weeks, months)] == [2, 1, 1]
    with pytest.raises(WordsError, match="whole days"):
        share.counts(pd.DataFrame({"hour": [1], "voices": [9]}))


def test_a_figure_that_is_not_known_leaves_as_not_known() -> None:
    rows = pd.DataFrame({"ward": ["Tannery", "Moorside"], "posts": [14, 3], "voices": [13, 2]})
    rows["usual_high"] = pd.array([None, 4], dtype="Int64")
    safe = share.counts(rows)
    assert safe["usual_high"].isna().tolist() == [True, True]
    assert safe["posts"].isna().tolist() == [False, True]


def test_without_an_area_town_sums_are_left_out_because_their_wards_are_not_known() -> None:
    rows = pd.DataFrame({"place": ["X07000001", "town:Larkford", "Mill Ward"], "voices": [30, 20, 10]})
    assert share.counts(rows)["place"].tolist() == ["X07000001", "Mill Ward"]


def test_two_rows_of_one_cell_are_refused() -> None:
    with pytest.raises(WordsError, match="one row a cell"):
        share.counts(pd.DataFrame({"issue": ["bins", "bins"], "voices": [9, 9]}))


# --- the differencing attack ---------------------------------------------------------------------

Cell = tuple[str, str]
INFINITE = 10**6


def published(cells: dict[Cell, int]) -> tuple[pd.DataFrame, list[tuple[Cell, list[Cell]]]]:
    """A table with every sum published, and the equations an attacker writes down: sum = its parts."""
    full, equations = dict(cells), []
    issues = sorted({i for i, _ in cells})
    sums = {
        "X07000001": list(WARDS),
        **{f"town:{t}": [w for w in WARDS if WARDS[w] == t] for t in ("Larkford", "Stenby")},
    }
    for issue in issues:
        for place, parts in sums.items():
            members = [(issue, w) for w in parts if (issue, w) in cells]
            if members:
                full[issue, place] = sum(cells[m] for m in members)
                equations.append(((issue, place), members))
    for place in [*WARDS, *sums]:
        members = [(i, place) for i in issues if (i, place) in full]
        if members:
            full["any", place] = sum(full[m] for m in members)
            equations.append((("any", place), members))
    for place, parts in sums.items():
        members = [("any", w) for w in parts if ("any", w) in full]
        equations.append((("any", place), members)) if members else None
    rows = pd.DataFrame(
        [(*cell, v, v) for cell, v in full.items()], columns=["issue", "place", "voices", "posts"]
    )
    return rows, equations


def solved(shown: pd.DataFrame, equations: list[tuple[Cell, list[Cell]]]) -> set[Cell]:
    """The small cells an attacker gets to know exactly, by linear algebra or by narrowing bounds."""
    said = {(r.issue, r.place): r.voices for r in shown.itertuples()}
    unknown = [c for c, v in said.items() if v in (share.FEWER, share.HIDDEN)]
    small = [c for c in unknown if said[c] == share.FEWER]
    if not small:
        return set()
    matrix = np.zeros((len(equations), len(unknown)))
    for row, (total, parts) in enumerate(equations):
        for cell, sign in [(total, -1), *((p, 1) for p in parts)]:
            if cell in unknown:
                matrix[row, unknown.index(cell)] += sign
    _, sizes, vectors = np.linalg.svd(matrix)
    free = vectors[(sizes > 1e-9).sum() :]
    fixed = {c for c in small if not len(free) or np.abs(free[:, unknown.index(c)]).max() < 1e-9}
    low = {c: 1 if v == share.FEWER else 5 if v == share.HIDDEN else int(v) for c, v in said.items()}
    high = {c: 4 if v == share.FEWER else INFINITE if v == share.HIDDEN else int(v) for c, v in said.items()}
    for _ in range(200):
        before = dict(low), dict(high)
        for total, parts in equations:
            low[total] = max(low[total], sum(low[p] for p in parts))
            high[total] = min(high[total], sum(high[p] for p in parts))
            for part in parts:
                others = [p for p in parts if p != part]
                low[part] = max(low[part], low[total] - sum(high[p] for p in others))
                high[part] = min(high[part], high[total] - sum(low[p] for p in others))
        if before == (low, high):
            break
    return fixed | {c for c in small if low[c] == high[c]}


TABLES = st.dictionaries(
    st.tuples(st.sampled_from(["bins", "drugs", "parks", "roads"]), st.sampled_from(list(WARDS))),
    st.one_of(st.integers(1, 8), st.integers(1, 40)),
    min_size=1,
)


@settings(max_examples=200, deadline=None)
@given(TABLES)
def test_no_hidden_small_cell_can_be_worked_out_from_rows_columns_and_towns(cells: dict[Cell, int]) -> None:
    rows, equations = published(cells)
    assert solved(share.counts(rows, area(), NOW), equations) == set()


def test_the_attack_itself_works_on_a_table_that_only_hides_the_small_cell() -> None:
    rows, equations = published(
        {("bins", "Mill Ward"): 3, ("bins", "Moor"): 9, ("parks", "Mill Ward"): 20, ("parks", "Moor"): 9}
    )
    naive = rows.assign(voices=[share.FEWER if v < 5 else str(v) for v in rows["voices"]])
    assert ("bins", "Mill Ward") in solved(naive, equations)


def test_every_cell_that_holds_one_to_four_voices_is_hidden_and_no_mark_is_false() -> None:
    rng = np.random.default_rng(7)
    rows, _ = published({(i, w): int(rng.integers(1, 15)) for i in ("bins", "drugs", "parks") for w in WARDS})
    shown = share.counts(rows, area(), NOW)
    for exact, mark in zip(rows["voices"], shown["voices"], strict=True):
        assert (mark == share.FEWER) == (exact < 5)
        assert mark in (share.FEWER, share.HIDDEN, str(exact))


def test_reports_without_an_account_count_each_as_somebody() -> None:
    rows = pd.DataFrame(
        {
            "day": pd.to_datetime(["2026-11-01", "2026-11-02", "2026-11-03"]),
            "channel": ["report", "report", "official"],
            "posts": [1, 9, 1],
            "voices": [0, 0, 0],
        }
    )
    left = share.counts(rows)
    assert left["voices"].tolist() == ["fewer than 5", "0", "0"]
    assert left["posts"].isna().tolist() == [True, False, False]
