"""How right is it: samples with known chances, shares with intervals that hold what they promise, alpha."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from listening.errors import WordsError
from listening.summarise import accuracy, accuracy_labels, accuracy_sample, accuracy_words
from listening.summarise.accuracy_alpha import agreement, alpha
from listening.summarise.accuracy_labels import Draw
from listening.summarise.accuracy_rates import Rate, change, rate

AT = pd.Timestamp("2026-11-16 08:00", tz="UTC")


def talk(number: int = 600) -> pd.DataFrame:
    """Invented posts: mostly bins, some potholes, few of anything else; what is true, and what is said."""
    random = np.random.default_rng(7)
    rows = []
    for n in range(number):
        truth = [
            s for s, share in (("bins", 0.4), ("potholes", 0.1), ("buses", 0.02)) if random.random() < share
        ]
        said = [s for s in truth if random.random() < 0.7] + (["parks"] if random.random() < 0.05 else [])
        ward = [["Weirside"], ["Mill Bank"], []][random.choice(3, p=[0.3, 0.02, 0.68])]
        tone = str(random.choice(["negative", "neutral"], p=[0.7, 0.3]))
        heard = tone if random.random() < 0.8 else "positive"
        rows.append((f"p{n:04}", "public" if n % 5 else "report", said, ward, tone, truth, heard))
    names = ["id", "channel", "issues", "wards", "tone", "truth", "heard"]
    posts = pd.DataFrame(rows, columns=names)
    return posts.assign(noise=None, towns=[[]] * number, maybe_wards=[[]] * number)


def labelled(posts: pd.DataFrame, drawn: pd.DataFrame, draw: str = "one") -> pd.DataFrame:
    """The labels somebody gives who always knows what is true."""
    rows = posts.set_index("id").loc[drawn["id"]]
    told = {"issues": "truth", "wards": "wards", "tone": "heard"}
    said = {"said_issues": "issues", "said_wards": "wards", "said_tone": "tone", "channel": "channel"}
    columns = {name: rows[of].tolist() for name, of in (told | said).items()}
    given = {"post": drawn["id"].tolist(), "weight": drawn["weight"].tolist(), **columns}
    return pd.DataFrame(given).assign(draw=draw, coder="coder A", at=AT, version="v1")


def one(post: str, said: list[str], truth: list[str], weight: float = 1.0, **more: Any) -> dict[str, Any]:
    """One label, written in one line."""
    told = {"post": post, "draw": "one", "coder": "coder A", "weight": weight, "channel": "public", "at": AT}
    told |= {"version": "v1", "issues": truth, "wards": [], "tone": None}
    return told | {"said_issues": said, "said_wards": [], "said_tone": None} | more


def totals(posts: int, **issues: int) -> dict[str, Any]:
    given = {"posts": posts, "issue": sum(issues.values()), "ward": 0}
    return {
        "posts": posts,
        "toned": 0,
        "issue": issues,
        "ward": {},
        "tone": {},
        "channels": {"public": given},
    }


def test_a_sample_has_its_size_its_chances_and_is_the_same_for_the_same_seed() -> None:
    posts = talk()
    drawn = accuracy_sample.sample(posts, 60, seed=3)
    assert len(drawn) == 60
    assert drawn["id"].is_unique
    assert drawn.equals(accuracy_sample.sample(posts.iloc[::-1], 60, seed=3))
    assert not drawn["id"].equals(accuracy_sample.sample(posts, 60, seed=4)["id"])
    rare = posts["wards"].map(lambda w: w == ["Mill Bank"])
    often = [accuracy_sample.sample(posts, 60, s)["id"].isin(posts.loc[rare, "id"]).mean() for s in range(20)]
    assert np.mean(often) > 1.8 * rare.mean(), (
        "what is rare has a larger part of the sample than of the posts"
    )
    sums = [accuracy_sample.sample(posts, 60, s)["weight"].sum() for s in range(60)]
    assert np.mean(sums) == pytest.approx(len(posts), rel=0.03), "weights add up to all posts"


def test_where_there_are_fewer_posts_than_asked_for_all_are_drawn_and_stand_for_themselves() -> None:
    drawn = accuracy_sample.sample(talk(9), 20, seed=1)
    assert sorted(drawn["id"]) == [f"p{n:04}" for n in range(9)]
    assert drawn["weight"].tolist() == [1.0] * 9
    assert accuracy_sample.sample(talk(9).head(0), 20, seed=1).empty


@pytest.mark.parametrize(("n", "by", "sentence"), [
    (0, ("issue",), "how many posts to draw must be 1 to 2,000; got 0"),
    (2_001, ("issue",), "how many posts to draw must be 1 to 2,000; got 2,001"),
    (5, ("author",), "by must be of channel, issue, ward; got author"),
])  # fmt: skip
def test_a_sample_that_cannot_be_drawn_is_refused(n: int, by: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(WordsError, match=sentence):
        accuracy_sample.sample(talk(5), n, 1, by)


@pytest.mark.slow
def test_over_many_samples_the_estimates_are_right_and_the_intervals_hold_nineteen_in_twenty() -> None:
    posts = talk(1_500)
    pairs = [(set(s), set(t)) for s, t in zip(posts["issues"], posts["truth"], strict=True)]
    right, said, there = (sum(map(len, x)) for x in zip(*((s & t, s, t) for s, t in pairs), strict=True))
    true = {"precision": right / said, "recall": right / there}
    draws = [Draw("one", AT, accuracy_sample.totals(posts), 0)]
    found: dict[str, list[tuple[float, bool]]] = {"precision": [], "recall": []}
    for seed in range(60):
        whole = accuracy.report(labelled(posts, accuracy_sample.sample(posts, 120, seed)), draws).of("issue")
        assert whole is not None
        for kind, share in true.items():
            one_rate = getattr(whole, kind)
            found[kind].append((one_rate.share, one_rate.low <= share <= one_rate.high))
    for kind, share in true.items():
        shares, held = zip(*found[kind], strict=True)
        assert np.mean(shares) == pytest.approx(share, abs=0.02), kind
        assert np.mean(held) >= 0.88, kind  # 95 % promised; of 60, seven may miss by chance once in a hundred


def test_a_report_counts_each_post_by_its_weight_and_says_where_labels_are_too_few() -> None:
    rows = [one(f"r{n}", ["bins"], ["bins"], 2.0) for n in range(9)] + [one("w", ["bins"], [], 2.0)]
    rows += [one(f"n{n}", [], ["bins"] if n < 3 else [], 18.0) for n in range(10)] + [
        one("p", ["parks"], ["parks"])
    ]
    found = accuracy.report(pd.DataFrame(rows), [Draw("one", AT, totals(201, bins=20, parks=1), 0)])
    bins = found.of("issue", "bins")
    assert bins is not None
    assert bins.precision.share == pytest.approx(0.9)
    assert (bins.precision.posts, bins.recall.posts) == (10, 12)
    missed = 3 * 18 / 201  # per post, of all posts
    assert bins.recall.share == pytest.approx(18 / 201 / (18 / 201 + missed))
    assert 0 < bins.recall.low < 0.25 < bins.recall.high < 0.6
    parks = found.of("issue", "parks")
    assert parks is not None
    assert (parks.precision, parks.recall) == (Rate(None, 0.0, 1.0, 1), Rate(None, 0.0, 1.0, 1))
    assert (found.posts, found.coders, found.twice, found.versions) == (21, 1, 0, ("v1",))
    assert [m.key for m in accuracy.weakest(found, "issue")] == ["bins"]
    assert (channel := found.of("channel", "public")) is not None
    assert channel.precision.posts == 11


def test_nothing_missed_in_a_few_posts_is_not_taken_for_nothing_missed_at_all() -> None:
    rows = [one(f"r{n}", ["bins"], ["bins"]) for n in range(12)] + [
        one(f"n{n}", [], [], 40.0) for n in range(30)
    ]
    found = accuracy.report(pd.DataFrame(rows), [Draw("one", AT, totals(1_212, bins=12), 0)])
    bins = found.of("issue", "bins")
    assert bins is not None
    assert bins.recall.share == 1.0
    assert bins.recall.low < 0.2, "one post in ten could be missed, and there are a hundred times as many"


def test_no_labels_are_a_report_without_a_number() -> None:
    found = accuracy.report(pd.DataFrame(columns=list(accuracy_labels.LABELS)), [])
    assert (found.posts, found.changes, found.twice) == (0, (), 0)
    assert all(m.precision.share is None and m.recall.share is None for m in found.measures)
    assert accuracy_words.title(found) == "Nobody has checked yet"
    assert accuracy_words.parts(found) == ()


def test_two_people_on_one_post_count_half_each_and_it_is_one_post() -> None:
    rows = [one("a", ["bins"], ["bins"]), one("a", ["bins"], [], coder="coder B")]
    rows += [one(f"r{n}", ["bins"], ["bins"]) for n in range(9)]
    found = accuracy.report(pd.DataFrame(rows), [Draw("one", AT, totals(10, bins=10), 0)])
    bins = found.of("issue", "bins")
    assert bins is not None
    assert (bins.precision.share, bins.precision.posts) == (pytest.approx(0.95), 10)
    assert (found.posts, found.coders, found.twice) == (10, 2, 1)


def test_the_matrix_of_tone_holds_every_label_and_another_analysis_can_be_held_against_them() -> None:
    tones = [("negative", "negative")] * 8 + [("positive", "negative")] * 3 + [("unclear", "neutral")]
    rows = [one(f"t{n}", [], [], tone=truth, said_tone=said) for n, (said, truth) in enumerate(tones)]
    known = {**totals(12), "toned": 12, "tone": {"negative": 8, "positive": 3, "unclear": 1}}
    draws = [Draw("one", AT, known, 0)]
    found = accuracy.report(pd.DataFrame(rows), draws)
    held = {(r.said, r.truth): r.posts for r in found.confusion.itertuples() if r.posts}
    assert held == {("negative", "negative"): 8, ("positive", "negative"): 3, ("unclear", "neutral"): 1}
    assert (tone := found.of("tone")) is not None
    assert tone.precision.share == pytest.approx(8 / 12)
    better = pd.DataFrame({"issues": [[]] * 12, "wards": [[]] * 12, "tone": [t for _, t in tones]})
    better.index = pd.Index([f"t{n}" for n in range(12)])
    assert (tone := accuracy.report(pd.DataFrame(rows), draws, better).of("tone")) is not None
    assert tone.precision.share == 1.0


def test_a_change_has_newcombes_interval() -> None:
    # Newcombe (1998), *Statistics in Medicine* 17, 873-890, table II, method 10, example (a):
    # 56/70 against 48/80 is .2000, .0524 to .3339. From general knowledge.
    rates = [rate([(1.0, float(n < yes)) for n in range(of)]) for yes, of in ((48, 80), (56, 70))]
    found = change("tone", "precision", *rates)
    assert found is not None
    assert [round(x, 4) for x in (found.after - found.before, found.low, found.high)] == [
        0.2,
        0.0524,
        0.3339,
    ]
    assert found.clear


def test_a_draw_is_held_against_the_one_before_once_it_has_labels_enough() -> None:
    first = [one(f"a{n}", ["bins"], ["bins"] if n % 2 else []) for n in range(40)]
    second = [one(f"b{n}", ["bins"], ["bins"], draw="two") for n in range(40)]
    draws = [Draw(key, AT, totals(40, bins=40), 0) for key in ("one", "two")]
    assert not accuracy.report(pd.DataFrame([*first, *second[:19]]), draws).changes
    found = accuracy.report(pd.DataFrame([*first, *second]), draws)
    step = next(c for c in found.changes if c.kind == "precision")
    assert (step.before, step.after, step.clear) == (0.5, 1.0, True)
    assert (
        accuracy_words.changes(found)[0] == "Issues, right of 100 we name: 50, now 100: better (+33 to +65)."
    )


def test_alpha_is_that_of_krippendorffs_own_examples() -> None:
    # K. Krippendorff, *Computing Krippendorff's Alpha-Reliability* (2007, 2011),
    # repository.upenn.edu/asc_papers/43: examples A, B and C, as printed there; from general knowledge.
    meg_owen = zip("0100000010", "1110010000", strict=True)
    assert alpha(list(meg_owen)) == pytest.approx(0.095, abs=0.0005)
    ben_gerry = zip("aabbdcccedda", "babbbccceddd", strict=True)
    assert alpha(list(ben_gerry)) == pytest.approx(0.692, abs=0.0005)
    four = zip("123321412...", "1233224125.3", ".3332342251.", "1233244125" + "1.", strict=True)
    assert alpha([[v for v in unit if v != "."] for unit in four]) == pytest.approx(0.743, abs=0.0005)


def test_alpha_is_not_told_where_nothing_was_labelled_twice_or_all_is_the_same() -> None:
    assert alpha([["a"], ["b"]]) is None
    assert alpha([["a", "a"], ["a", "a"]]) is None
    rows = [one("x", [], ["bins", "parks"], tone="neutral"), one("x", [], ["parks", "bins"], coder="coder B")]
    rows += [one("y", [], [], tone="neutral"), one("y", [], ["bins"], coder="coder B")]
    twice, found = agreement(pd.DataFrame(rows))
    assert (twice, found["wards"], found["tone"]) == (2, None, None)
    assert found["issues"] == pytest.approx(1 - 3 * 2 / (16 - 4 - 1 - 1))


def test_sentences_are_plain_and_end_where_labels_do() -> None:
    def shown(share: float | None, posts: int = 30) -> Rate:
        return Rate(share, (share or 0.1) - 0.1, min(1.0, (share or 0.1) + 0.1), posts)

    found = accuracy.report(pd.DataFrame(columns=list(accuracy_labels.LABELS)), [])
    whole = accuracy.Measure("issue", "", shown(0.92), shown(0.71))
    ward = accuracy.Measure("ward", "", shown(None, 3), shown(None, 4))
    tone = accuracy.Measure("tone", "", shown(0.75), shown(0.75))
    told = replace(found, posts=120, measures=(whole, ward, tone), twice=40,
                   alpha={"issues": 0.81, "wards": 0.9, "tone": 0.5})  # fmt: skip
    assert accuracy_words.title(told) == "About 92 in 100 issues we name are right"
    assert accuracy_words.parts(told) == (
        "Issues: of 100 we name, 92 (82–100) are right. Of 100 that people find, we name 71 (61–81).",
        "Wards: too few labels yet.",
        "Tone: right in 75 (65–85) of 100 posts.",
    )
    assert accuracy_words.agreed(told) == (
        "Of 40 posts labelled by two people, they agree well on issues and wards; too little on tone."
    )
    assert accuracy_words.title(replace(told, posts=3, measures=())) == "3 posts checked: too few labels yet"


def test_coders_are_letters_or_initials_and_never_names() -> None:
    assert [accuracy_labels.coder(s) for s in ("coder a", " A.B. ", "xy", "coder  B")] == [
        "coder A",
        "AB",
        "XY",
        "coder B",
    ]
    for name in ("Kevin Rowbotham", "kevin", "@kev", "", "coder AB"):
        with pytest.raises(
            WordsError, match="a coder is a letter, like 'coder A', or up to four initials; got"
        ):
            accuracy_labels.coder(name)
