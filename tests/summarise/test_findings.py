"""The sentences of Today, word for word."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from listening.area import Area, Body, Place
from listening.summarise import duties, findings, hearing, outlook
from listening.summarise.ahead import Ahead
from listening.summarise.claims import Claim
from listening.summarise.event import Also, Event, Item
from listening.summarise.figures import Figures, Mentioned
from listening.summarise.kept import Kept
from listening.summarise.noted import Noted
from listening.summarise.overview import Overview, Week
from listening.summarise.quotes import Quote
from listening.summarise.scope import Scope
from listening.summarise.standing import Standing
from listening.summarise.today import Today
from listening.summarise.trends import Usual
from listening.summarise.voices import Loud

LONDON = ZoneInfo("Europe/London")
TUESDAY = datetime(2026, 11, 3, 7, 30, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 12, 9, 20, tzinfo=UTC)
MONDAY = datetime(2026, 11, 16, 7, 45, tzinfo=UTC)
COUNTY = Body("highways", "Northshire County Council", "https://roads.northshire.example")
QUIET = Today(
    figures=Figures(posts=8, voices=7, sources=2, negative=3, neutral=3, positive=1, unclear=1),
    usual=Usual(5, 13, 26),
    weeks=26,
    mentioned=(),
    wards=(),
    standing=(),
    event=None,
    only_source=None,
    loud=None,
    good=None,
    questions=(),
    ahead=(),
    tone_place="Larkford",
    tone=Figures(posts=41, negative=15, neutral=9, positive=6, unclear=11),
    kept=Kept(),
    vague=(),
)
FLOOD = Event(
    slug="flooding",
    label="Flooding",
    street="Weir Lane",
    figures=Figures(posts=31, voices=24, sources=2),
    first=datetime(2026, 11, 12, 6, 41, tzinfo=UTC),
    fifth=datetime(2026, 11, 12, 7, 2, tzinfo=UTC),
    usual=Usual(0, 0, 12),
    streets=(("Weir Lane", 19), ("Bridge Street", 7), ("Mill Yard", 3), ("", 2)),
    confirmed=(),
    press=(),
    claims=(),
    said=(),
    also=(),
    duties=("flooding", "bins"),
)
CLAIM = Claim(
    "The bridge has collapsed",
    4,
    4,
    datetime(2026, 11, 12, 8, 12, tzinfo=UTC),
    THURSDAY,
    ("a", "b", "c", "d"),
)
CLOSED = Item(
    "Weir Lane bridge closed for checks",
    "County Council",
    "official",
    datetime(2026, 11, 12, 8, 50, tzinfo=UTC),
    None,
)
LARKFORD = Standing(
    slug="flooding",
    label="Flooding",
    key="town:Larkford",
    place="Larkford",
    posts=206,
    voices=141,
    usual=Usual(0, 2, 26),
    direction="falling",
    days=tuple((date(2026, 11, 9 + n), posts) for n, posts in enumerate((0, 0, 0, 131, 52, 17, 6, 0))),
    weeks=(),
    parts=(("Larkford Bridge", 122), ("Larkford Park", 14)),
    only_place=70,
    bodies=("Northshire Flood Centre", "Northshire Fire Service", "Haverdale District Council"),
    statements=4,
    last_statement=datetime(2026, 11, 13, 12, tzinfo=UTC),
    reports=0,
    runs=None,
)
STENBY = replace(
    LARKFORD,
    slug="bins",
    label="Bins",
    key="town:Stenby",
    place="Stenby",
    posts=27,
    voices=22,
    usual=Usual(2, 7, 26),
    direction="no clear change",
    weeks=(6, 11, 20, 27),
    parts=(("Quarry Hill", 14),),
    only_place=0,
    bodies=(),
    statements=0,
    last_statement=None,
    reports=11,
    runs=Body("waste", "us"),
)
VIEW = Overview(
    figures=Figures(posts=682, voices=431, complaints=214, questions=9),
    usuals={"posts": Usual(380, 470, 26)},
    days={},
    weeks=26,
    unanswered=4,
    week=Week(standing=(LARKFORD, STENBY), loud=(), quiet=(), good=()),
    placed={"ward": 308, "town": 162, "several": 38, "unknown": 174},
    noise=(("Football", 201), ("Adverts", 133), ("Lost pets", 41), ("Jobs", 30), ("Other", 17)),
    kept=Kept(),
)
CALM = replace(VIEW, week=Week(standing=(), loud=(), quiet=(), good=()))


def test_a_quiet_day(scope: Callable[..., Scope]) -> None:
    assert findings.headline(QUIET, scope()) == [
        "A usual week in Larkford Bridge.",
        "8 posts from 7 accounts; usually 5–13.",
        "Nothing stands out.",
    ]


@pytest.mark.parametrize(
    ("change", "first", "last"),
    [
        ({"usual": Usual(1, 4, 26)}, "A busy week in Larkford Bridge.", "No single issue stands out."),
        ({"usual": Usual(20, 30, 26)}, "A quiet week in Larkford Bridge.", "No single issue stands out."),
        ({"usual": None}, "8 posts about Larkford Bridge this week.", "No single issue stands out."),
        (
            {"standing": ("Flooding",)},
            "One thing stands out in Larkford Bridge: flooding.",
            "Nothing else stands out.",
        ),
        (
            {"standing": ("Bins", "CCTV")},
            "Two things stand out in Larkford Bridge: bins and CCTV.",
            "Nothing else stands out.",
        ),
    ],
)
def test_other_weeks(change: dict[str, object], first: str, last: str, scope: Callable[..., Scope]) -> None:
    said = findings.headline(replace(QUIET, **change), scope())  # type: ignore[arg-type]
    assert (said[0], said[2]) == (first, last)


def test_a_place_heard_for_three_weeks_has_no_usual_range(scope: Callable[..., Scope]) -> None:
    young = replace(QUIET, usual=None, weeks=3)
    assert (
        findings.figures(young, scope()) == "8 posts from 7 accounts; no usual range yet: heard for 3 weeks."
    )


def test_without_a_usual_range_the_figures_lead(scope: Callable[..., Scope]) -> None:
    young = replace(QUIET, usual=None, weeks=3)
    assert findings.headline(young, scope(period="90d")) == [
        "8 posts about Larkford Bridge in three months.",
        "They are from 7 accounts.",
    ]
    copied = replace(young, figures=Figures(posts=1, voices=3, copies=2))
    assert findings.headline(copied, scope(issue="bins", period="28d")) == [
        "1 post about bins in Larkford Bridge in four weeks.",
        "It is from 3 accounts, with 2 copies; no usual range yet: heard for 3 weeks.",
    ]


def test_copies_are_said_beside_the_posts_and_what_is_not_shown_has_its_reason(
    scope: Callable[..., Scope],
) -> None:
    copied = replace(QUIET, figures=Figures(posts=6, voices=12, copies=6))
    assert findings.figures(copied, scope()) == "6 posts (and 6 copies) from 12 accounts; usually 5–13."
    assert findings.written(Figures(posts=1, voices=2, copies=1)) == "1 post (and 1 copy) from 2 accounts"
    assert findings.not_shown(0) == []
    assert findings.not_shown(1) == ["1 post not shown: too few accounts wrote about its topic."]
    assert findings.not_shown(2) == ["2 posts not shown: too few accounts wrote about their topic."]
    assert findings.headline(replace(QUIET, hushed=True), scope()) == ["Too few to show."]


def test_one_issue_in_one_place(scope: Callable[..., Scope]) -> None:
    assert findings.headline(QUIET, scope(issue="bins"))[0] == "A usual week for bins in Larkford Bridge."


@pytest.mark.parametrize(
    ("period", "usual", "said"),
    [
        ("7d", Usual(0, 4, 26), "No posts about Larkford Bridge this week; that is usual."),
        ("7d", Usual(2, 4, 26), "No posts about Larkford Bridge this week; usually 2–4."),
        ("today", Usual(0, 0, 12), "No posts about Larkford Bridge since midnight; that is usual."),
        ("28d", None, "No posts about Larkford Bridge in four weeks."),
    ],
)
def test_no_posts_while_the_ears_are_alive(
    period: str, usual: Usual | None, said: str, scope: Callable[..., Scope]
) -> None:
    nothing = replace(QUIET, figures=Figures(), usual=usual)
    assert findings.headline(nothing, scope(period=period)) == [said]


def test_a_bad_day(scope: Callable[..., Scope]) -> None:
    assert findings.headline(replace(QUIET, event=FLOOD), scope(period="today", now=THURSDAY)) == [
        "Flooding on Weir Lane is being talked about now.",
        "31 posts from 24 accounts since 06:41; on a usual Thursday morning there are none.",
    ]
    elsewhere = replace(FLOOD, street=None, usual=Usual(0, 2, 12))
    area = scope().area
    assert findings.talked_about(elsewhere, area) == "Flooding is being talked about now."
    works = replace(area, places=(Place("Old Dye Works", ("Larkford Mount",), kind="landmark"),))
    fires = replace(FLOOD, label="Fires", street="Old Dye Works")
    assert findings.talked_about(fires, works) == "Fires at Old Dye Works are being talked about now."
    assert findings.talked_figures(elsewhere, scope(now=THURSDAY)) == [
        "31 posts from 24 accounts since 06:41; on a usual Thursday morning there are 0–2."
    ]


def test_what_is_confirmed_and_what_is_not() -> None:
    assert findings.confirmed(CLOSED, THURSDAY, LONDON) == "County Council · 08:50"
    assert findings.unconfirmed(CLAIM, CLOSED, THURSDAY, LONDON) == (
        "“The bridge has collapsed” – 4 posts, 4 accounts, first at 08:12. No outlet or public body says so."
        " Nearest official post: “Weir Lane bridge closed for checks”, County Council, 08:50."
        " Check before you pass it on."
    )
    assert findings.unconfirmed(CLAIM, None, THURSDAY, LONDON).endswith(
        "says so. Check before you pass it on."
    )


def test_where_and_who(scope: Callable[..., Scope], area: Area) -> None:
    assert (
        findings.streets(FLOOD.streets) == "Weir Lane 19 · Bridge Street 7 · Mill Yard 3 · no street named 2"
    )
    assert findings.streets((("", 4),)) == ""
    assert duties.duties(FLOOD, area) == [
        ("Flooding", "Northshire Flood Centre"),
        ("Bins", "us · out of hours 01632 960 101"),
        ("Danger to life", "999"),
    ]
    assert (
        findings.also(Also("Bins", 3, Usual(0, 1, 12), True))
        == "Bins 3 posts, usually 0–1. Part of the same event."
    )
    assert findings.also(Also("Bins", 3, None, False)) == "Bins 3 posts."


def test_why_am_i_told_this(scope: Callable[..., Scope]) -> None:
    assert findings.why_told(FLOOD, scope(now=THURSDAY)) == [
        "Between 06:41 and 07:02, 5 accounts posted about flooding in this ward.",
        "By now they are 24, on 2 sources.",
        "On 12 earlier Thursdays up to this hour, we saw none.",
        "The rule: 5 accounts since midnight, in more talks than chance would bring.",
        "We expect about 10 false alarms a year for the whole area; for one ward, fewer than one.",
    ]


def test_the_row_of_an_issue() -> None:
    lights = Mentioned(
        "lights",
        "Street lights",
        2,
        2,
        Usual(0, 3, 26),
        26,
        (("Market Street", 1), ("", 1)),
        COUNTY,
        1,
        datetime(2026, 10, 29, 12, tzinfo=UTC),
    )
    assert findings.ordinarily(lights) == "usually 0–3"
    assert findings.ordinarily(replace(lights, posts=1)) == ""
    assert findings.streets(lights.streets) == "Market Street 1 · no street named 1"
    assert findings.runs(lights.runs) == "Runs it: Northshire County Council"
    assert findings.runs(None) == ""
    assert findings.reported(lights, TUESDAY, LONDON) == "Reported too: 1 report, 29 October"
    assert (
        findings.reported(replace(lights, reports=3), TUESDAY, LONDON)
        == "Reported too: 3 reports, last 29 October"
    )
    assert findings.reported(replace(lights, reports=0), TUESDAY, LONDON) == ""
    assert (
        findings.others([lights, replace(lights, label="CCTV", posts=1)]) == "Also: street lights 2, CCTV 1."
    )
    assert findings.others([]) == ""
    assert (findings.see_all(8), findings.see_all(1)) == ("See all 8 posts", "See the post")


def test_quotes_questions_and_what_is_coming() -> None:
    quote = Quote("Where?", "Haverdale Forum", datetime(2026, 11, 1, 9, tzinfo=UTC), "1")
    assert findings.attributed(quote, TUESDAY, LONDON) == "Haverdale Forum · Sunday"
    assert (
        findings.attributed(replace(quote, accounts=5), TUESDAY, LONDON)
        == "Haverdale Forum · Sunday · asked by 5 accounts"
    )
    assert (findings.open_questions(1), findings.open_questions(3)) == (
        "A question nobody has answered",
        "Questions nobody has answered",
    )
    assert (findings.more_questions(1), findings.more_questions(4)) == (
        "1 more question has no answer.",
        "4 more questions have no answer.",
    )
    committee = Ahead(date(2026, 11, 5), "Planning Committee: 14 homes, Weir Lane", "us", "1", None)
    assert findings.coming(committee) == ("Thu 5 Nov", "Planning Committee: 14 homes, Weir Lane")


def test_tone_of_a_small_place_is_borrowed_and_says_so(scope: Callable[..., Scope]) -> None:
    assert " ".join(findings.tone(scope(), QUIET.figures, "Larkford", QUIET.tone)) == (
        "8 posts is too few to judge one ward."
        " Across Larkford (41 posts): 15 unhappy, 9 neutral, 6 pleased, 11 can't tell."
    )
    enough = Figures(posts=157, negative=84, neutral=36, positive=13, unclear=24)
    assert findings.tone(scope(), enough, "Larkford Bridge", enough) == [
        "157 posts: 84 unhappy, 36 neutral, 13 pleased, 24 can't tell."
    ]
    crowd = Figures(posts=2000, negative=1200, neutral=400, positive=300, unclear=100)
    assert findings.tone(scope(), Figures(), "Larkford", crowd) == [
        "Across Larkford (2,000 posts): 1,200 unhappy, 400 neutral, 300 pleased, 100 can't tell."
    ]
    few = Figures(posts=9, negative=9)
    assert findings.tone(scope(), few, "Haverdale", few) == ["9 posts is too few to judge one ward."]
    assert findings.tone(scope(ward=None), few, "Haverdale", few) == ["9 posts is too few to judge tone."]
    assert findings.tone(scope(), Figures(), "Haverdale", Figures()) == ["No posts to judge tone by."]


def test_what_is_kept_from_view(area: Area) -> None:
    assert findings.kept_from_view(Kept(3, 1, 2), area.phones) == [
        "3 abusive posts hidden.",
        "1 post held back: somebody may be at risk. Duty officer 01632 960 115 · danger now: 999",
        "2 posts make an accusation about a named person. Not shown here, not in any brief.",
    ]
    assert findings.kept_from_view(Kept(1, 0, 1), {}) == [
        "1 abusive post hidden.",
        "1 post makes an accusation about a named person. Not shown here, not in any brief.",
    ]
    assert findings.kept_from_view(Kept(), {}) == []


def test_the_awkward_moments() -> None:
    assert findings.no_change(22, Usual(13, 28, 26)) == "No clear change: 22 posts, usually 13–28."
    assert (
        findings.loud_not_wide(Loud(51, 11, 8, 48, 26)) == "Loud, not wide: 8 accounts wrote 48 of 51 posts."
    )
    assert findings.loud_not_wide(Loud(51, 11, 8, 48, 26), "Parking") == (
        "Parking: loud, not wide: 8 accounts wrote 48 of 51 posts."
    )
    assert findings.whole_town("Larkford", "Flooding", 47) == (
        "Larkford as a whole: 47 posts about flooding since midnight."
    )
    assert findings.only("Haverdale Forum", 6) == "All 6 posts are from Haverdale Forum."
    assert outlook.unplaced(174) == "174 posts are about local issues but don't say where."
    assert findings.vague("Station Road", ("Haver Market", "Larkford Mount")) == (
        "“Station Road” is in Haver Market and Larkford Mount. Shown in neither."
    )
    assert findings.END == "That is all for today."


def test_the_officers_morning(scope: Callable[..., Scope]) -> None:
    assert outlook.headline(VIEW, scope(ward=None, now=MONDAY)) == [
        "Two things stand out: flooding in Larkford (falling) and bins in Stenby (rising).",
        "Nothing else stands out.",
    ]
    assert outlook.measure(682, "post", Usual(380, 470, 26)) == ("682 posts", "usually 380–470")
    assert outlook.unanswered(4) == "4 have no answer yet"
    assert outlook.placed(VIEW.placed) == (
        "one ward 308 · a town only 162 · several possible wards 38 · cannot tell 174"
    )
    assert (
        outlook.left_out(VIEW.noise)
        == "Left out as noise: 422 (football 201, adverts 133, lost pets 41, other 47)"
    )


def test_what_stands_out_is_of_the_week_and_says_so_beside_other_periods(
    scope: Callable[..., Scope],
) -> None:
    month = scope(ward=None, now=MONDAY).at(period="28d")
    assert outlook.headline(VIEW, month)[0] == (
        "Two things stand out in the last 7 days: flooding in Larkford (falling) and bins in Stenby (rising)."
    )
    bins = Mentioned("bins", "Bins", 64, 41, Usual(8, 20, 22), 22, (), None, 0, None)
    few = Mentioned("lights", "Street lights", 9, 9, Usual(0, 3, 22), 22, (), None, 0, None)
    near = Mentioned("litter", "Litter", 12, 11, Usual(4, 11, 22), 22, (), None, 0, None)
    assert findings.above((bins, few, near), month, "") == "Well above its usual range: bins."
    assert findings.above((few, near), month, "Nothing stands out.") == ""
    assert findings.above((bins,), month.at(period="7d"), "Nothing stands out.") == "Nothing stands out."


def test_what_stands_out() -> None:
    assert outlook.standing_figures(LARKFORD, 26) == "206 posts · 141 accounts · usually 0–2"
    assert outlook.course(LARKFORD) == "Thu 131 · Fri 52 · Sat 17 · Sun 6. Confirmed by three public bodies."
    assert outlook.spread(LARKFORD) == "Larkford Bridge 122 · Larkford Park 14 · “Larkford” only 70"
    split = replace(LARKFORD, posts=210, days=((date(2026, 11, 8), 4), *LARKFORD.days[1:]))
    assert outlook.course(split).startswith("earlier 4 · Thu 131")
    assert outlook.spread(split).endswith("“Larkford” only 70 · elsewhere 4")
    assert outlook.course(STENBY) == "Four weeks running: 6, 11, 20, 27."
    assert outlook.owner(STENBY) == "Runs it: us. Reports to the council there: 11."


def test_loud_quiet_and_good() -> None:
    parking = Noted(
        "parking", "Car park charges", "town:Haver", "Haver", 51, 11, loud=Loud(51, 11, 8, 48, 26)
    )
    assert outlook.loud(parking) == [
        "51 posts · 11 accounts · 8 of them wrote 48",
        "One post per account per day would make it 26.",
    ]
    works = Noted(
        "works",
        "Ring road works",
        "town:Haver",
        "Haver",
        0,
        0,
        usual=Usual(12, 20, 26),
        until=date(2026, 10, 25),
    )
    assert outlook.quiet(works) == "Ring road works, Haver: no posts, 12–20 a week until October"
    library = Noted("libraries", "Libraries", "town:Haver", "Haver", 9, 9, pleased=9)
    assert outlook.good(library) == "Libraries, Haver: 9 posts, 9 accounts, all pleased"


def test_a_quiet_morning_for_the_area(scope: Callable[..., Scope]) -> None:
    whole = scope(ward=None)
    assert outlook.headline(CALM, whole) == [
        "A busy week in Haverdale.",
        "No single issue stands out.",
    ]
    assert outlook.headline(replace(CALM, usuals={}), whole)[0] == ("682 posts about Haverdale this week.")
    assert outlook.headline(replace(VIEW, figures=Figures()), whole) == [
        "No posts about local issues in Haverdale this week."
    ]
    assert outlook.left_out(()) == "Nothing was left out as noise."


def every_sentence(scope: Callable[..., Scope], area: Area) -> list[str]:
    """Each sentence the two pages can say, once, with the figures of the mock-ups."""
    from listening.show.patch import HOW

    ward, whole = scope(now=THURSDAY), scope(ward=None, now=MONDAY)
    said = [*findings.headline(QUIET, ward), *findings.headline(replace(QUIET, event=FLOOD), ward)]
    said += findings.headline(replace(QUIET, standing=("Bins",)), ward)
    said += [findings.nothing(ward, Usual(0, 4, 26)), findings.no_change(22, Usual(13, 28, 26))]
    said += [findings.only("Haverdale Forum", 6), findings.loud_not_wide(Loud(51, 11, 8, 48, 26))]
    said += [findings.vague("Station Road", ("Haver Market", "Larkford Mount"))]
    said += [
        findings.unconfirmed(CLAIM, CLOSED, THURSDAY, LONDON),
        findings.also(Also("Bins", 3, Usual(0, 1, 12), True)),
    ]
    said += [*findings.why_told(FLOOD, ward), *findings.kept_from_view(Kept(3, 1, 2), area.phones)]
    said += findings.tone(ward, QUIET.figures, "Larkford", QUIET.tone)
    said += [*findings.headline(replace(QUIET, usual=None, weeks=3), ward), *findings.not_shown(2)]
    said += [
        findings.whole_town("Larkford", "Flooding", 47),
        findings.TOO_FEW,
        hearing.last_week(2, before=True),
    ]
    said += [findings.more_questions(4), hearing.FACEBOOK, hearing.NOT_NOTHING, findings.END]
    said += [*outlook.headline(VIEW, whole), *outlook.headline(CALM, whole)]
    said += [outlook.course(LARKFORD), outlook.course(STENBY), outlook.owner(STENBY), outlook.unplaced(174)]
    said += [outlook.left_out(VIEW.noise), *HOW]
    return [s.strip() for text in said for s in findings.SENTENCE.split(text) if s.strip()]


def test_no_sentence_is_longer_than_twenty_five_words(scope: Callable[..., Scope], area: Area) -> None:
    long = [s for s in every_sentence(scope, area) if len(s.split()) > 25]
    assert long == []


def test_the_sentences_read_at_grade_six_or_below(scope: Callable[..., Scope], area: Area) -> None:
    """Flesch–Kincaid grade (Kincaid et al. 1975): .39 words a sentence + 11.8 syllables a word - 15.59."""
    sentences = every_sentence(scope, area)
    words = [w for s in sentences for w in s.split() if any(c.isalpha() for c in w)]
    grade = 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    assert grade <= 6, f"{grade:.1f}"


def syllables(word: str) -> int:
    """Runs of vowels, without a silent e at the end: right to about one word in ten, and not biased low."""
    letters = "".join(c for c in word.lower() if c.isalpha())
    runs = sum(c in "aeiouy" and (n == 0 or letters[n - 1] not in "aeiouy") for n, c in enumerate(letters))
    silent = letters.endswith("e") and not letters.endswith("le") and runs > 1
    return max(1, runs - silent)
