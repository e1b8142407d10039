from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from small import frame, post

from listening.area import Area
from listening.store import Store
from listening.summarise import overview, standing, today
from listening.summarise.event import Also, Item
from listening.summarise.event import event as happening
from listening.summarise.figures import Figures
from listening.summarise.kept import Kept, too_few, visible
from listening.summarise.scope import Scope
from listening.summarise.trends import Usual

NOW = datetime(2026, 11, 3, 7, 30, tzinfo=UTC)
FLOOD = datetime(2026, 11, 12, 9, 20, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def ordinary(store: Store, area: Area) -> Store:
    """Twelve weeks with a post about parking on most days, and this week's handful."""
    past = [post(f"p{n}", NOW - n * DAY) for n in range(9, 92) if n % 7]
    week = [
        post("a", NOW - DAY, places=["Weir Lane"], tone="negative"),
        post("b", NOW - 2 * DAY, places=["Weir Lane"], issues=["parking", "bins"]),
        post(
            "c",
            NOW - 3 * DAY,
            text="Thank you, crews, for the bins on Monday",
            issues=["bins"],
            cues=["praise"],
            tone="positive",
        ),
        post(
            "d",
            NOW - 4 * DAY,
            text="Who do I ring about the bins?",
            issues=["bins"],
            cues=["question"],
            author="va",
        ),
        post("e", NOW - 4 * DAY, issues=["homelessness"]),
        post("f", NOW - 4 * DAY, issues=["elections"]),
        post("g", NOW - DAY, issues=["parking"], flags=["abuse"]),
        post("h", NOW - DAY, issues=["parking"], flags=["safeguarding"]),
        post("r", NOW - 5 * DAY, channel="report", source="Fault reports", author=None, tone=None),
        post(
            "m",
            NOW - DAY,
            wards=[],
            maybe_wards=["Larkford Bridge", "Larkford Mount"],
            places=["Station Road"],
        ),
    ]
    bodies = [
        post(
            "o",
            NOW - 20 * DAY,
            channel="official",
            source="Northshire Flood Centre",
            author=None,
            issues=[],
            title="Drop-in, 5 November",
            text=None,
            tone=None,
        ),
    ]
    store.write(frame(*past, *week, *bodies), area, NOW)
    return store


def _overview(store: Store, at: Scope, cells: standing.Cells) -> overview.Overview:
    return overview.gather(store, at, overview.of_week(store, at, cells))


def test_a_usual_week_has_all_its_figures(ordinary: Store, scope: Callable[..., Scope], area: Area) -> None:
    found = today.gather(ordinary, scope())
    assert found.figures == Figures(
        posts=8, voices=7, sources=1, questions=1, negative=1, neutral=6, positive=1
    )
    assert (found.usual, found.weeks) == (Usual(5, 6, 11), 11)
    assert [(m.slug, m.posts, m.usual, m.streets, m.reports) for m in found.mentioned] == [
        ("parking", 4, Usual(5, 6, 11), (("Weir Lane", 2), ("", 2)), 1),
        ("bins", 3, Usual(0, 0, 11), (("Weir Lane", 1), ("", 2)), 0),
    ]
    assert found.mentioned[0].reported == NOW - 5 * DAY
    assert [q.id for q in (found.good,) if q] == ["c"]
    assert [q.id for q in found.questions] == ["d"]
    assert [(a.title, a.id) for a in found.ahead] == [("Drop-in", "o")]
    assert found.kept == Kept(abusive=1, at_risk=1)
    assert found.only_source == "Haverdale Forum"
    assert found.vague == (("Station Road", ("Larkford Bridge", "Larkford Mount")),)
    assert (found.tone_place, found.event, found.loud, found.standing) == ("Haverdale", None, None, ())


def test_a_sensitive_issue_of_fewer_than_three_accounts_is_neither_listed_nor_shown(area: Area) -> None:
    two = frame(*(post(str(n), NOW, issues=["homelessness"]) for n in range(2)), post("x", NOW))
    three = frame(*(post(str(n), NOW, issues=["homelessness"]) for n in range(3)))
    assert visible(two, area)["id"].tolist() == ["x"]
    assert visible(three, area)["id"].tolist() == ["0", "1", "2"]


def test_copies_count_as_voices_of_a_sensitive_issue(area: Area) -> None:
    pasted = frame(
        post("a", NOW, issues=["homelessness"]),
        *(post(str(n), NOW, issues=["homelessness"], copy_of="a") for n in range(2)),
        post("x", NOW),
    )
    assert visible(pasted, area)["id"].tolist() == ["a", "0", "1", "x"]
    assert (too_few(pasted, area), too_few(pasted[pasted["id"] != "1"], area)) == (0, 1)
    assert too_few(frame(), area) == 0


def test_of_a_sensitive_issue_of_one_or_two_accounts_nothing_is_told(
    store: Store, area: Area, scope: Callable[..., Scope]
) -> None:
    two = [post(str(n), NOW - DAY, issues=["homelessness"], places=["Weir Lane"]) for n in range(2)]
    mount = [post("m", NOW - DAY, issues=["homelessness"], wards=["Larkford Mount"])]
    store.write(frame(*two, *mount), area, NOW)
    alone = today.gather(store, scope(issue="homelessness"))
    assert (alone.hushed, alone.figures, alone.mentioned, alone.wards) == (True, Figures(), (), ())
    town = today.gather(store, scope(ward=None, town="Larkford", issue="homelessness"))
    assert (town.hushed, town.figures.posts, town.wards) == (False, 3, ())
    assert [m.streets for m in town.mentioned] == [()]


def test_posts_held_back_and_accusations_are_never_shown(area: Area) -> None:
    rows = frame(*(post(f, NOW, flags=[f]) for f in ("abuse", "safeguarding", "accusation")))
    assert visible(rows, area)["id"].tolist() == ["abuse"]
    assert visible(frame(), area).empty


@pytest.fixture
def flooded(store: Store, area: Area) -> Store:
    """Years of nothing about floods, then a morning with six accounts."""
    past = [post(f"p{n}", FLOOD - n * DAY, issues=["bins"]) for n in range(1, 100)]
    morning = [
        post(
            f"f{n}",
            FLOOD.replace(hour=6, minute=41 + n),
            issues=["flooding"],
            places=["Weir Lane"],
            text=f"Water is over the kerb, {n} inches deep",
            source=("Haverdale Forum", "Council page comments")[n % 2],
        )
        for n in range(6)
    ]
    claims = [
        post(
            f"c{n}",
            FLOOD.replace(hour=8, minute=12 + n),
            issues=["flooding"],
            text="The bridge has collapsed",
        )
        for n in range(3)
    ]
    bins = [post(f"b{n}", FLOOD.replace(hour=8, minute=n), issues=["bins", "flooding"]) for n in range(2)]
    official = [
        post(
            "o1",
            FLOOD.replace(hour=7, minute=15),
            channel="official",
            source="Northshire Flood Centre",
            author=None,
            issues=["flooding"],
            wards=[],
            title="Flood warning for the Haver at Larkford",
            text=None,
            tone=None,
        ),
        post(
            "o2",
            FLOOD.replace(hour=8, minute=50),
            channel="official",
            source="Northshire Flood Centre",
            author=None,
            issues=["parking"],
            title="Weir Lane bridge closed for checks",
            text=None,
            tone=None,
        ),
        post(
            "late",
            FLOOD + DAY,
            channel="official",
            source="Northshire Flood Centre",
            author=None,
            issues=["flooding"],
            title="The bridge has collapsed",
            text=None,
            tone=None,
        ),
    ]
    store.write(frame(*past, *morning, *claims, *bins, *official), area, FLOOD)
    return store


def test_what_is_being_talked_about_now_is_told_with_what_is_confirmed_and_what_is_not(
    flooded: Store, scope: Callable[..., Scope]
) -> None:
    event = today.gather(flooded, scope(period="today", now=FLOOD)).event
    assert event is not None
    assert (event.slug, event.street, event.figures.posts, event.figures.voices) == (
        "flooding",
        "Weir Lane",
        11,
        11,
    )
    assert (event.first, event.fifth) == (FLOOD.replace(hour=6, minute=41), FLOOD.replace(hour=6, minute=45))
    assert event.usual == Usual(0, 0, 12)
    assert event.streets == (("Weir Lane", 6), ("", 5))
    assert [i.title for i in event.confirmed] == ["Flood warning for the Haver at Larkford"]
    nearest = Item(
        "Weir Lane bridge closed for checks",
        "Northshire Flood Centre",
        "official",
        FLOOD.replace(hour=8, minute=50),
        None,
    )
    assert [(c.words, c.accounts, n) for c, n in event.claims] == [("The bridge has collapsed", 3, nearest)]
    assert event.also == (Also("Bins", 2, Usual(1, 1, 12), same=True),) or event.also[0].same
    assert event.duties == ("flooding",), "two posts about bins give nobody a duty"


def test_an_event_whose_posts_are_erased_while_it_is_read_is_none(
    flooded: Store, area: Area, scope: Callable[..., Scope]
) -> None:
    at = scope(period="today", now=FLOOD)
    rows = flooded.posts(channels=["public"])
    talk, official = rows.assign(author=rows["id"]), flooded.posts(channels=["official"])
    assert happening(flooded, at, talk, official) is not None
    told = _Erasing(flooded, area, rows["id"].tolist())
    assert happening(told, at, talk, official) is None  # type: ignore[arg-type]


class _Erasing:
    """A store of which a second reader's posts go the moment before their words are read."""

    def __init__(self, store: Store, area: Area, ids: list[str]) -> None:
        self.store, self.area, self.ids = store, area, ids

    def __getattr__(self, name: str) -> object:
        if name == "posts":
            self.store.erase(self.area, FLOOD, ids=self.ids)
        return getattr(self.store, name)


def test_one_ward_on_the_flood_of_the_town_is_told(
    flooded: Store, area: Area, scope: Callable[..., Scope]
) -> None:
    here = scope("Larkford Mount", "today", FLOOD)
    assert today.gather(flooded, here).around == (), "nobody speaks of the flood in this ward"
    flooded.write(frame(post("m", FLOOD - DAY / 24, issues=["flooding"], wards=[here.ward])), area, FLOOD)
    assert today.gather(flooded, here).around == (("Larkford", "Flooding", 12),)
    assert today.gather(flooded, scope(period="today", now=FLOOD)).around == ()


def test_what_stands_out_is_found_for_one_ward_and_for_the_area(
    flooded: Store, scope: Callable[..., Scope]
) -> None:
    cells = standing.cells(flooded, scope(now=FLOOD))
    assert standing.standing(flooded, scope(now=FLOOD), cells) == ("flooding",)
    assert standing.standing(flooded, scope("Larkford Mount", now=FLOOD), cells) == ()
    view = _overview(flooded, scope(ward=None, now=FLOOD), cells)
    (row,) = view.week.standing
    assert (row.label, row.place, row.posts, row.voices, row.usual) == (
        "Flooding",
        "Larkford Bridge",
        11,
        11,
        Usual(0, 0, 13),
    )
    assert (row.bodies, row.statements) == (("Northshire Flood Centre",), 1)
    assert row.days[-1] == (FLOOD.date(), 11)
    assert (view.week.loud, view.week.quiet, view.week.good) == ((), (), ())
    assert view.placed == {"ward": 18}
    assert view.noise == ()


def test_talk_that_is_part_of_a_stronger_event_hides_neither_the_smaller_place_nor_itself(
    store: Store, area: Area, scope: Callable[..., Scope]
) -> None:
    past = [post(f"p{n}", FLOOD - n * DAY, issues=["bins"], wards=["Upper Dale"]) for n in range(8, 100)]
    flood = [post(f"f{n}", FLOOD - DAY, issues=["flooding"]) for n in range(20)]
    thanks = [post(f"t{n}", FLOOD - DAY, issues=["flooding", "parking"]) for n in range(6)]
    mount = [post(f"m{n}", FLOOD - DAY, issues=["parking"], wards=["Larkford Mount"]) for n in range(8)]
    store.write(frame(*past, *flood, *thanks, *mount), area, FLOOD)
    whole = scope(ward=None, now=FLOOD)
    cells = standing.cells(store, whole)
    view = _overview(store, whole, cells)
    assert [(row.slug, row.place, row.posts) for row in view.week.standing] == [
        ("flooding", "Larkford Bridge", 26),
        ("parking", "Larkford Mount", 8),
    ]
    town = scope(ward=None, town="Larkford", now=FLOOD)
    assert standing.standing(store, town, cells, [("flooding", "town:Larkford")]) == ("parking",)
    assert standing.standing(store, scope(now=FLOOD), cells) == ("flooding",)


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ([*range(4, 168, 16)], "no clear change"),
        ([167] * 20, "rising"),
        ([150] * 11 + [167], "falling"),
        ([2, *[151] * 11, 167], "falling"),
        ([166] * 8 + [167] * 17 + [167] * 22, "rising"),
        ([75] * 130 + [100] * 52 + [120] * 17, "falling"),
    ],
    ids=["a trickle", "just now", "over by the morning", "a stray before", "at its height", "ebbing"],
)
def test_a_direction_is_that_of_the_time_since_it_began(hours: list[int], said: str) -> None:
    blocks = [0] * standing.BLOCKS
    for hour in hours:
        blocks[hour * 6] += 1
    assert standing.direction(blocks, 11) == said
    assert standing.direction(blocks, 9) == "no clear change"


def test_an_empty_store_gives_noughts_and_no_ranges(
    store: Store, area: Area, scope: Callable[..., Scope]
) -> None:
    store.write(frame(), area, NOW)
    found = today.gather(store, scope())
    assert (found.figures, found.usual, found.weeks, found.mentioned, found.event) == (
        Figures(),
        None,
        0,
        (),
        None,
    )
    cells = standing.cells(store, scope(ward=None))
    assert _overview(store, scope(ward=None), cells).week.standing == ()


@pytest.mark.parametrize("period", ["today", "7d", "28d", "90d"])
def test_every_period_can_be_gathered_for_ward_town_area_and_issue(
    ordinary: Store, scope: Callable[..., Scope], period: str
) -> None:
    for given in ({}, {"ward": None, "town": "Larkford"}, {"ward": None}, {"ward": None, "issue": "bins"}):
        found = today.gather(ordinary, scope(period=period, **given))
        assert found.figures.posts >= 0
    whole = scope(period=period, ward=None)
    assert _overview(ordinary, whole, standing.cells(ordinary, whole)).figures.posts >= 0
