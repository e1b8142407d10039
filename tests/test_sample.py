"""Haverdale: the same every time, nobody real in it, and what was planted is there and is found."""

import hashlib
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from listening import analyse, clean, sample
from listening.area import Area, load
from listening.post import COLUMNS, STATES
from listening.sample import making
from listening.sample.ordinary import World
from listening.sample.words import STANCES
from listening.store import Store, connect
from listening.summarise import claims, health

HOME = Path(__file__).parents[1] / "data" / "sample" / "sources.yaml"
CLOCK = datetime(2026, 11, 16, 8, tzinfo=UTC)
PLACED_BY = pd.Timestamp("2026-10-12", tz="UTC")  # the store of these tests begins here: five weeks
# Outlets and platforms that exist; none may be named, let alone be given words.
REAL = [
    *[
        "bbc",
        "itv",
        "reddit",
        "facebook",
        "nextdoor",
        "twitter",
        "mastodon",
        "bluesky",
        "tiktok",
        "instagram",
    ],
    *[
        "youtube",
        "whatsapp",
        "guardian",
        "telegraph",
        "mirror",
        "chad",
        "examiner",
        "nationalworld",
        "gov.uk",
    ],
    *["nationalworld", "gov.uk", "fixmystreet", "trentbarton", "stagecoach", "arriva"],
]


@pytest.fixture(scope="module")
def area() -> Area:
    return load(HOME)


@pytest.fixture(scope="module")
def posts(area: Area) -> pd.DataFrame:
    return sample.posts(area)


@pytest.fixture(scope="module")
def told(area: Area, posts: pd.DataFrame) -> pd.DataFrame:
    """Public posts beside what is true of them."""
    return posts.merge(sample.truth(area), on="id").query("channel == 'public'")


@pytest.fixture(scope="module")
def world(area: Area) -> World:
    return World(area, making.SEED)


@pytest.fixture(scope="module")
def store(area: Area, posts: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The last five weeks by the true way: cleaned, analysed, written; and all runs."""
    opened = connect(f"sqlite:///{tmp_path_factory.mktemp('sample') / 'sample.db'}")
    late = posts[posts["published"] >= PLACED_BY]
    opened.write(analyse.run(clean.run(late, area, making.KEY), area), area, CLOCK)
    for run in sample.runs(area):
        opened.record(run, {}, lapse=timedelta.max)
    return opened


def truths(which: str) -> list[dict[str, Any]]:
    rows = making.ordinary.book(HOME.parent)["planted"]["truth"]
    recent = [r for r in rows if pd.Timestamp(str(r["since"]), tz="UTC") >= PLACED_BY and "plant" not in r]
    return rows if which == "raw" else recent


def digest(posts: pd.DataFrame) -> str:
    return hashlib.sha256(posts.to_csv().encode()).hexdigest()


def test_the_same_seed_gives_the_same_posts_and_another_seed_others(area: Area, posts: pd.DataFrame) -> None:
    making._made.clear()
    assert digest(sample.posts(area)) == digest(posts)
    assert digest(sample.posts(area, seed=1)) != digest(posts)


def test_the_posts_are_a_raw_posts_frame_of_26_weeks_up_to_the_clock(area: Area, posts: pd.DataFrame) -> None:
    assert list(posts.columns) == list(COLUMNS)
    assert area.clock == CLOCK
    assert posts["published"].is_monotonic_increasing
    assert posts["published"].min() < pd.Timestamp("2026-05-19", tz="UTC")
    assert (posts["published"] <= posts["collected"]).all()
    assert posts["collected"].max() <= CLOCK
    assert posts["id"].is_unique


def test_about_120_residents_posts_a_day_and_half_of_them_small_talk(told: pd.DataFrame) -> None:
    assert 18_000 < len(told) < 23_000
    assert 105 < len(told) / 182 < 130
    assert 0.42 < told["noise"].notna().mean() < 0.55
    local = told[told["issue"].notna()]
    assert 0.3 < local["ward"].notna().mean() < 0.5


def test_every_residents_post_tells_the_template_it_was_made_from(told: pd.DataFrame, world: World) -> None:
    assert told["template"].notna().all()
    ordinary = told[told["plant"].isna() & told["stance"].notna()]
    written = {
        f"{slug} {stance}: {lead}"
        for slug in world.words.issues
        for stance in STANCES
        for lead in world.words.files[slug].get(stance, ())
    }
    assert set(ordinary["template"]) <= written
    assert (ordinary.groupby("template")["stance"].nunique() == 1).all()
    lead = ordinary["template"].str.partition(": ")[2].str.partition("{")[0].str.strip(" .,")
    found = [words.lower() in text.lower() for words, text in zip(lead, ordinary["text"], strict=True)]
    assert pd.Series(found).mean() > 0.98, "the others are typed without apostrophes, or arrive as HTML"


def test_busy_wards_are_heard_ten_times_as_often_as_villages(told: pd.DataFrame) -> None:
    by_ward = told[told["plant"].isna()]["ward"].value_counts()
    assert by_ward["Haver Market"] > 10 * by_ward["Withen Valley"] > 0
    assert len(by_ward) == 18


def test_conversations_have_up_to_twenty_posts_and_a_few_voices_write_much(told: pd.DataFrame) -> None:
    talks = told[told["plant"].isna()].groupby("thread").size()
    assert talks.max() <= 20
    assert talks.min() == 1
    assert talks.max() > 10
    voices = told["author"].value_counts()
    assert voices.head(300).sum() > 0.4 * len(told)
    assert (voices == 1).sum() > 1_000
    assert 100 < told["author"].isna().sum() < 1_000


@pytest.mark.parametrize("row", truths("raw"), ids=lambda row: str(row["name"]))
def test_what_was_planted_is_in_the_raw_posts(told: pd.DataFrame, world: World, row: dict[str, Any]) -> None:
    since, until = world.local(row["since"]), world.local(row["until"])
    rows = told[told["published"].between(since, until, inclusive="left")]
    for key in ("ward", "town", "issue", "plant"):
        rows = rows[rows[key] == row[key]] if key in row else rows
    rows = rows[rows["issue"].notna()]
    assert len(rows) == row["posts"]
    assert rows["author"].nunique() == row.get("accounts", rows["author"].nunique())
    assert rows["source"].nunique() == row.get("sources", rows["source"].nunique())
    assert rows["issue"].value_counts().to_dict() == row.get("issues", rows["issue"].value_counts().to_dict())
    named = [s for s in row.get("streets", {}) if s != "none"]
    streets = rows["street"].where(rows["street"].isin(named), "none").value_counts().to_dict()
    assert streets == row.get("streets", streets)


def test_eight_accounts_wrote_48_of_51_posts_on_23_account_days(told: pd.DataFrame) -> None:
    rows = told[told["plant"] == "car park charges"]
    counts = rows["author"].value_counts()
    assert counts.head(8).sum() == 48
    days = rows.groupby("author")["published"].agg(
        lambda s: s.dt.tz_convert("Europe/London").dt.date.nunique()
    )
    assert days.sum() == 26


def test_no_name_of_a_real_outlet_stands_anywhere(area: Area, posts: pd.DataFrame) -> None:
    names = " ".join(s.name for s in area.sources) + " " + " ".join(b.name for b in area.bodies)
    words = " ".join([names, *posts["title"].dropna(), *posts["text"]]).lower()
    assert not [name for name in REAL if re.search(rf"\b{re.escape(name)}\b", words)]


def test_every_address_is_on_a_host_that_cannot_exist(area: Area, posts: pd.DataFrame) -> None:
    addresses = [
        *(s.url or "" for s in area.sources),
        *(b.report for b in area.bodies if b.report),
        *posts["url"],
    ]
    addresses += [a for text in posts["text"] for a in re.findall(r"https?://[^\s\"<]+", text)]
    assert {a.split("/")[2].rsplit(".", 1)[1] for a in addresses} == {"example"}


def test_every_code_and_postcode_is_of_a_register_that_does_not_exist(area: Area) -> None:
    assert {w.code[:2] for w in area.wards} == {"X0"}
    assert area.postcode_areas == ("HV",)
    assert {p[:2] for p in area.postcodes} == {"HV"}
    assert set(area.postcodes.values()) == {w.code for w in area.wards}


def test_every_handle_is_made_of_the_lists_words(area: Area, posts: pd.DataFrame) -> None:
    lists = making.ordinary.book(HOME.parent / "words")["handles"]
    form = re.compile(rf"({'|'.join(lists['first'])})_({'|'.join(lists['second'])})\d*")
    handles = posts["author"].dropna()
    assert all(form.fullmatch(handle) for handle in handles)
    assert set(posts.loc[posts["author"].notna(), "channel"]) == {"public"}


def test_personal_data_is_in_the_raw_posts_and_gone_after_cleaning(area: Area, told: pd.DataFrame) -> None:
    rows = told[told["personal"].notna()]
    assert 0.005 < len(rows) / len(told) < 0.02
    assert all(secret in text for secret, text in zip(rows["personal"], rows["text"], strict=True))
    cleaned = clean.run(rows[list(COLUMNS)], area, making.KEY)
    whole = "\n".join([*cleaned["text"], *cleaned["title"].dropna(), *cleaned["author"].dropna()])
    assert not [secret for secret in rows["personal"] if secret in whole]
    assert not set(rows["author"].dropna()) & set(cleaned["author"].dropna())
    phones = rows["personal"][rows["personal"].str.match(r"\d")]
    assert phones.str.match(r"07700 900\d{3}|01632 960\d{3}").all()


def test_earlier_headlines_are_versions_of_posts_that_are_there(area: Area, posts: pd.DataFrame) -> None:
    earlier = sample.earlier(area)
    assert earlier["title"].tolist() == ["Smoke seen over Haver", "Fire breaks out at old Dye Works"]
    last = posts[posts["id"].isin(earlier["id"])].iloc[0]
    assert last["source"] == "Haverdale Courier"
    assert earlier["published"].tolist() == [last["published"]] * 2
    assert earlier["edited"].isna().tolist() == [True, False]
    assert earlier["edited"].iloc[1] < last["edited"]


def test_pasted_words_are_several_voices_and_one_text(
    area: Area, posts: pd.DataFrame, told: pd.DataFrame
) -> None:
    pasted = told[told["plant"] == "pasted"]
    assert (pasted["author"].nunique(), pasted["text"].nunique()) == (7, 1)
    carried = posts[posts["channel"] == "press"].groupby(["title", "text"])["source"].nunique()
    assert (carried >= 2).sum() >= 5


def test_runs_come_in_order_and_none_is_later_than_the_clock(area: Area) -> None:
    runs = sample.runs(area)
    assert [r.at for r in runs] == sorted(r.at for r in runs)
    assert runs[-1].at <= CLOCK
    assert {r.state for r in runs} <= set(STATES)
    assert {r.source for r in runs} == {s.name for s in area.sources}


@pytest.mark.parametrize("row", truths("store"), ids=lambda row: str(row["name"]))
def test_the_true_way_finds_what_was_planted(store: Store, world: World, row: dict[str, Any]) -> None:
    asked: dict[str, Any] = {"wards": [row["ward"]]} if "ward" in row else {"towns": [row["town"]]}
    asked |= {"issues": [row["issue"]]} if "issue" in row else {}
    got = store.tally(world.local(row["since"]), world.local(row["until"]), **asked).iloc[0]
    # Exact up to one post or four in a hundred: what is told in passing is missed ("drains full of leaves,
    # then they wonder why it floods" is about drains), and the rules change.
    assert got["posts"] == pytest.approx(row["posts"], rel=0.04, abs=1)
    assert got["voices"] == pytest.approx(row.get("accounts", got["voices"]), rel=0.02, abs=1)


def test_the_ears_are_as_the_morning_of_16_november_has_them(area: Area, store: Store, world: World) -> None:
    now = world.local("2026-11-16T07:45")
    states = health.states(area, store.runs(until=now), store.heard(now), now)
    assert health.ears(states) == "15 heard · 3 quiet · 1 late · 1 failing · 1 paused (needs a key)"
    carried = store.tally(PLACED_BY, now, by=("source", "ward"), channels=None)
    deaf = health.coverage(area, store.runs(until=now), store.heard(now), now, "Upper Dale", carried=carried)
    assert (deaf.names, deaf.heard, deaf.failing) == (("Dale Parish News",), 0, ("Dale Parish News",))


def test_daleline_was_last_heard_on_the_thursday_before_3_november(
    area: Area, store: Store, world: World
) -> None:
    now = world.local("2026-11-03T07:30")
    states = health.states(area, store.runs(until=now), store.heard(now), now).set_index("name")
    assert states.loc["DaleLine news", "state"] == "failing"
    assert states.loc["DaleLine news", "last_heard"].date().isoformat() == "2026-10-29"


def test_the_claim_about_the_bridge_is_going_round_unconfirmed(store: Store, world: World) -> None:
    since, now = world.local("2026-11-12T00:00"), world.local("2026-11-12T09:20")
    talk = store.posts(since, now, wards=["Larkford Bridge"], channels=["public"])
    known = store.posts(since, now, wards=["Larkford Bridge"], channels=["press", "official"])
    claim = claims.claims(talk, known, claims.lexicon())[0]
    assert (claim.words, claim.posts, claim.accounts) == ("The bridge has collapsed", 4, 4)
    assert claim.first == world.local("2026-11-12T08:12")
    flags = talk["flags"].explode().value_counts().to_dict()
    assert flags == {"abuse": 3, "safeguarding": 1}


def test_the_stamp_changes_with_the_words(tmp_path: Path) -> None:
    config = tmp_path / "sources.yaml"
    config.write_text("area: area\n", encoding="utf-8")
    before = making.stamp(config)
    assert before == making.stamp(config)
    (tmp_path / "words.yaml").write_text("lines: []\n", encoding="utf-8")
    assert making.stamp(config) != before
