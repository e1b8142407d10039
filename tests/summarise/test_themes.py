from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from planted_comments import MATTERS, planted
from small import frame, post

from listening.summarise.terms import stem, table, terms
from listening.summarise.themes import COLUMNS, themes

AT = datetime(2026, 11, 1, 10, tzinfo=UTC)
SEEDS = range(8)
FOUND = 0.8  # of the planted themes of 4 comments or more
PURE = 0.85
STABLE = 0.6  # adjusted Rand index between a set and four fifths of it


def decision(number: int, about: list[str], value: dict[str, Any], undoes: Any = pd.NA) -> dict[str, Any]:
    return {"id": number, "about": {"terms": about}, "value": value, "undoes": undoes}


def member(found: pd.DataFrame, posts: pd.DataFrame) -> np.ndarray:
    """Which theme each post is in; -1 for "Other"."""
    where = {i: n for n, row in enumerate(found.itertuples()) for i in row.posts if row.label != "Other"}
    return np.array([where.get(i, -1) for i in posts["id"]])


def rand(one: np.ndarray, other: np.ndarray) -> float:
    """The adjusted Rand index (Hubert & Arabie 1985)."""
    table = pd.crosstab(one, other).to_numpy()
    pairs = lambda n: n * (n - 1) / 2  # noqa: E731 - one line, used four times
    both, a, b = pairs(table).sum(), pairs(table.sum(axis=1)).sum(), pairs(table.sum(axis=0)).sum()
    expected = a * b / pairs(table.sum())
    return float((both - expected) / ((a + b) / 2 - expected))


def test_four_in_five_planted_themes_are_found_in_sets_of_twenty_to_thirty_and_they_are_pure() -> None:
    hits, planted_ones, purities = 0, 0, []
    for matter in MATTERS:
        for seed in SEEDS:
            posts, truth = planted(matter, seed)
            assert 20 <= len(posts) <= 30
            own = pd.DataFrame({"group": member(themes(posts), posts), "theme": truth})
            grouped = own[own["group"] >= 0]
            sizes = grouped["group"].value_counts()
            for theme, rows in own[own["theme"] != ""].groupby("theme"):
                if len(rows) < 4:
                    continue
                planted_ones += 1
                inside = grouped.loc[grouped["theme"] == theme, "group"].value_counts()
                hits += bool(
                    len(inside)
                    and 2 * inside.iloc[0] >= len(rows)
                    and 2 * inside.iloc[0] >= sizes[inside.index[0]]
                )
            most = grouped.groupby("group")["theme"].agg(lambda t: t.value_counts().iloc[0])
            purities.append(most.sum() / len(grouped))
    assert hits >= FOUND * planted_ones, f"{hits} of {planted_ones}"
    assert np.mean(purities) >= PURE


def test_four_fifths_of_the_comments_give_nearly_the_same_themes() -> None:
    agreements = []
    for matter in MATTERS:
        posts, _ = planted(matter, 1, whole=True)
        whole = member(themes(posts), posts)
        some = np.arange(len(posts)) % 5 != 2
        part = member(themes(posts[some]), posts[some])
        both = (whole[some] >= 0) & (part >= 0)
        agreements.append(rand(whole[some][both], part[both]))
    assert np.mean(agreements) >= STABLE


def test_the_same_comments_give_the_same_themes() -> None:
    posts, _ = planted("library", 2)
    pd.testing.assert_frame_equal(themes(posts), themes(posts))


def test_nineteen_comments_are_too_few_to_group() -> None:
    posts, _ = planted("bus", 0)
    assert themes(posts.head(19)).empty
    assert themes(posts.head(19)).columns.tolist() == list(COLUMNS)
    assert themes(frame()).empty


def bins(**given: Any) -> pd.DataFrame:
    """Twelve comments about a bin, eight about a reply, two about neither."""
    left = ["Brown bin not emptied on Delph Road, third week.", "Our brown bin was not emptied."]
    left += ["Brown bin not emptied since the first.", "Why was the brown bin not emptied on Delph Road?"]
    reply = ["No reply from the council.", "Rang the council, no reply."]
    reply += ["Not one reply from the council.", "Emailed the council, no reply yet."]
    texts = [*left * 3, *reply * 2, "Blue lids are nice.", "Half a moon tonight."]
    return frame(
        *(
            post(
                str(n),
                AT + timedelta(minutes=n),
                text=text,
                places=["Delph Road"] if "Delph" in text else [],
                tone="negative" if "reply" in text else "neutral",
                **given,
            )
            for n, text in enumerate(texts)
        )
    )


def test_a_theme_is_named_in_peoples_own_words_without_the_place() -> None:
    found = themes(bins())
    assert found["label"].tolist() == ["Brown bin not emptied", "No reply from the council", "Other"]
    assert found["comments"].tolist() == [12, 8, 2]
    assert found["negative"].tolist() == [0, 8, 0]
    assert found["before"].isna().all()
    assert found["renamed"].tolist() == [False] * 3
    assert sorted(i for ids in found["posts"] for i in ids) == sorted(bins()["id"])


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("Couldn't get through, so the brown bin is still full.", "The brown bin is still full"),
        ("The brown bin is as full as it is.", "The brown bin is as full as it is"),
        ("The brown bin is as full as it on the", "The brown bin is as full"),
        ("The brown bin is full and our", "The brown bin is full"),
    ],
)
def test_a_theme_s_name_is_not_cut_off_at_a_small_word(said: str, label: str) -> None:
    rows = [post(str(n), AT, text=said, author=f"a{n}") for n in range(12)]
    others = [post(f"o{n}", AT, text="No reply from the council.") for n in range(8)]
    assert label in themes(frame(*rows, *others))["label"].tolist()


def test_quotes_differ_and_none_carries_a_flag() -> None:
    posts = bins()
    posts["flags"] = pd.Series([["abuse"] if n % 2 else [] for n in range(len(posts))], dtype="object")
    found = themes(posts)
    quoted = posts.set_index("id").loc[[i for ids in found["quotes"] for i in ids]]
    assert found["quotes"].map(len).tolist()[:2] == [1, 1]
    assert quoted["flags"].map(len).sum() == 0


def test_a_copy_adds_its_account_and_no_comment() -> None:
    copies = [post(f"c{n}", AT, text="x", author=f"other{n}", copy_of="0") for n in range(5)]
    posts = pd.concat([bins(author="one"), frame(*copies)], ignore_index=True)
    found = themes(posts)
    assert found["comments"].tolist() == [12, 8, 2]
    assert found["voices"].tolist() == [6, 1, 1]


def test_earlier_comments_are_counted_beside_the_theme_they_are_like() -> None:
    earlier = frame(
        post("a", AT, text="The brown bin was not emptied."),
        post("b", AT, text="Not one reply from them."),
        post("c", AT, text="Lovely weather for ducks."),
        post("d", AT, text="Brown bin not emptied.", copy_of="a"),
    )
    assert themes(bins(), before=earlier)["before"].tolist() == [1, 1, 1]
    assert themes(bins(), before=earlier.head(0))["before"].tolist() == [0, 0, 0]


def test_a_new_name_a_join_and_a_split_are_remembered_and_can_be_undone() -> None:
    plain = themes(bins())
    left, reply = plain["terms"].iloc[0], plain["terms"].iloc[1]
    named = decision(1, left, {"rename": "Brown bins left"})
    assert themes(bins(), pd.DataFrame([named]))["label"].iloc[0] == "Brown bins left"
    joined = decision(2, reply, {"join": {"terms": left}})
    found = themes(bins(), pd.DataFrame([named, joined]))
    assert found["label"].tolist() == ["Brown bins left", "Other"]
    assert found["comments"].tolist() == [20, 2]
    undone = decision(3, reply, {}, undoes=2)
    assert themes(bins(), pd.DataFrame([named, joined, undone]))["comments"].tolist() == [12, 8, 2]
    split = themes(bins(), pd.DataFrame([decision(1, left, {"split": True})]))
    assert sorted(split["comments"]) == [2, 3, 8, 9]


@pytest.mark.parametrize("about", [None, {"terms": []}, {"terms": ["quite", "another", "matter"]}])
def test_a_decision_about_a_theme_that_is_no_more_changes_nothing(about: Any) -> None:
    row = {"id": 1, "about": about, "value": {"rename": "Gone"}, "undoes": pd.NA}
    assert "Gone" not in themes(bins(), pd.DataFrame([row]))["label"].tolist()
    erased = {"id": 1, "about": None, "value": None, "undoes": pd.NA}
    assert themes(bins(), pd.DataFrame([erased]))["comments"].tolist() == [12, 8, 2]


def test_no_theme_is_named_after_a_person_or_a_masked_word() -> None:
    texts = ["Ask Aaron about the brown bin.", "Brown bin and [name] again."] * 6
    rows = [post(str(n), AT, text=t) for n, t in enumerate(texts)]
    others = [post(f"o{n}", AT, text="No reply from the council.") for n in range(8)]
    labels = themes(frame(*rows, *others))["label"].tolist()
    assert "No reply from the council" in labels
    assert not [name for name in labels if "Aaron" in name or "[" in name]


def test_words_are_one_without_their_endings_and_by_their_sense() -> None:
    assert [stem(w) for w in ("bins", "emptied", "empty", "missing", "glass", "stopped")] == [
        "bin", "empty", "empty", "miss", "glass", "stop",
    ]  # fmt: skip
    assert terms("Rang the surgery, no reply.").keys() >= {"=answer", "reply", "rang surgery"}
    assert "delph" not in terms("Left on Delph Road.", frozenset({"delph", "road"}))


def test_comments_without_a_common_word_are_all_other() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    rows = [post(str(n), AT, text=f"zq{c}xa zq{c}xo zq{c}xe zq{c}xu") for n, c in enumerate(letters)]
    found = themes(frame(*rows))
    assert found["label"].tolist() == ["Other"]
    assert found["comments"].tolist() == [26]
    assert table(frame()).rows.shape == (0, 0)
