"""Explore, drawn: what is found, why it is listed, what is refused, and labels put right."""

import re
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from alone import served
from screen import CHROMIUM, FLAGS, PAGE, SAMPLE, SHOUT
from streamlit.testing.v1 import AppTest

from listening.area import load
from listening.show import post, reading
from listening.store import connect

NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)
Look = Callable[..., AppTest]


@pytest.fixture
def look(open_page: Look) -> Look:
    """Open the page on the sample at an address."""
    return partial(open_page, "explore")


def shown(app: AppTest, *kinds: str) -> list[str]:
    wanted = kinds or ("title", "markdown", "caption", "text")
    return [
        str(e.value).replace("\\", "").replace("\u2060", "")
        for e in app.container(key="today")
        if e.type in wanted
    ]


def title(app: AppTest) -> str:
    return shown(app, "title")[0]


def downloads(app: AppTest) -> list[str]:
    return [b.label for b in app.get("download_button")]


def test_brown_bin_is_found_with_its_evidence_in_bold_and_the_reason(look: Look) -> None:
    app = look(q="brown bin", town="Stenby")
    number = int(title(app).split()[0])
    assert any("We never read Facebook groups" in line for line in shown(app))
    assert title(app) == f"{number} posts with “brown bin”: Stenby, this week"
    assert downloads(app) == [f"Download {number} posts (CSV)"]
    texts = [line for line in shown(app, "markdown") if "**brown bin**" in line.lower()]
    assert len(texts) == number
    whys = [line for line in shown(app, "caption") if "issue: bins – because of “" in line]
    assert len(whys) == number


@pytest.mark.parametrize("asked", ["@binman", "u/binman", "Kevin Rowbotham", "mrs rowbotham"])
def test_no_search_for_a_person_is_made(asked: str, look: Look) -> None:
    app = look(q=asked)
    assert "We never search for accounts." in title(app) or "we never search for people." in title(app)
    assert not downloads(app)
    assert not [line for line in shown(app) if "because of" in line]


def test_a_search_that_cannot_be_read_says_what_is_wrong(look: Look) -> None:
    app = look(q='"brown bin')
    assert title(app) == "This search cannot be read"
    assert any("a quotation mark is missing its other one" in line for line in shown(app))


def test_nothing_found_says_what_to_try_and_what_could_be_heard(look: Look) -> None:
    app = look(q="zebra", ward="Coldbrook", tone="negative")
    assert title(app) == "No posts with “zebra”: Coldbrook, this week."
    said = "\n".join(shown(app))
    assert "Try fewer words, fewer filters, a longer time or all of Haverdale." in said
    assert "sources" in said


def test_twenty_five_posts_a_page_and_the_page_stands_in_the_address(look: Look) -> None:
    first = look(period="28d", issue="bins-waste")
    assert len([c for c in shown(first, "caption") if "because of" in c]) == 25
    assert "Page 1 of 7" in shown(first, "caption")
    first.button(key="leaf_Older").click().run()
    assert "Page 2 of 7" in shown(first, "caption")
    assert "2" in first.query_params["page"]
    beyond = look(period="28d", issue="bins-waste", page="999")
    assert "Page 7 of 7" in shown(beyond, "caption")


def test_filters_stand_in_the_address_and_a_new_one_leads_to_the_first_page(look: Look) -> None:
    app = look(period="28d", page="2")
    app.selectbox(key="at_tone").set_value("positive").run()
    assert not app.exception
    assert "positive" in app.query_params["tone"]
    assert "page" not in app.query_params
    facts = [c for c in shown(app, "caption") if "because of" in c]
    assert facts
    assert all(" · pleased · " in c for c in facts)


@pytest.mark.parametrize(
    "address",
    [
        {"channel": "press", "period": "28d"},
        {"channel": "all", "ward": "Haver Market"},
        {"source": "Haverdale Courier", "period": "90d"},
        {"marked": "question"},
        {"marked": "corrected"},
        {"about": "none", "period": "today"},
        {"about": "all", "q": "football OR library"},
        {"channel": "nonsense", "source": "x", "tone": "y", "marked": "z", "page": "-3"},
        {"period": "90d"},
    ],
    ids=str,
)
def test_every_view_can_be_opened(address: dict[str, str], look: Look) -> None:
    assert len(look(**address).title) == 1


def test_of_the_press_only_headline_and_link_are_shown(look: Look, sample_store: str) -> None:
    said = " ".join(shown(look(channel="press", period="7d", about="all"))).replace("**", "")
    store = connect(sample_store)
    articles = store.posts(channels=["press"])
    store.close()
    assert any(headline in said for headline in articles["title"])
    bodies = [t for t, head in zip(articles["text"], articles["title"], strict=True) if t and t != head]
    assert not [t for t in bodies if t[:60] in said]


def test_safeguarding_is_never_listed_and_abuse_waits_behind_a_click(look: Look, sample_store: str) -> None:
    app = look(period="90d", about="all", issue="flooding")
    said = " ".join(shown(app))
    assert "held back: somebody may be at risk." in said
    labels = [e.label for e in app.get("expander")]
    assert any(re.fullmatch(r"Show \d+ abusive posts?", label) for label in labels), labels
    store = connect(sample_store)
    flagged = store.posts(noise=True)
    store.close()
    hidden = flagged[flagged["flags"].map(lambda f: bool({"safeguarding", "abuse"} & set(f)))]
    assert len(hidden)
    for text in hidden["text"]:
        assert text[:40] not in said.replace("**", "")


def test_a_list_is_as_long_as_its_number_but_for_what_it_says_is_not_shown(
    look: Look, sample_store: str
) -> None:
    app = look(ward="Larkford Bridge")
    said = " ".join(shown(app))
    store, area = connect(sample_store), load(SAMPLE)
    assert area.clock
    week = {"since": area.clock - timedelta(days=7), "until": area.clock, "wards": ["Larkford Bridge"]}
    rows = store.posts(**week, channels=["public"], issues=["any"])
    store.close()
    roots = int(rows["copy_of"].isna().sum())
    listed = int(re.search(r"(\d+) posts: Larkford Bridge", said)[1])  # type: ignore[index]
    missing = [int(n) for n in re.findall(r"(\d+) posts? (?:held back|not shown|makes? an acc)", said)]
    assert missing
    assert listed + sum(missing) == roots


def test_words_that_name_no_local_issue_are_counted_and_can_be_opened(look: Look) -> None:
    app = look(q="the", period="28d")
    (more,) = [b for b in app.button if b.key == "unnamed"]
    assert any("name no local issue we know." in line for line in shown(app))
    more.click().run()
    assert "all" in app.query_params["about"]


def test_a_corrected_label_is_shown_beside_what_the_analysis_said_and_can_be_taken_back(
    look: Look, own_copy: str
) -> None:
    store = connect(own_copy)
    app = look(store=own_copy, q="brown bin", town="Stenby")
    menu = next(m for m in app.get("menu_button") if m.proto.label == "Correct")
    assert "Not about bins" in [o.replace("\\", "") for o in menu.proto.options]
    found = store.posts(search="brown bin", towns=["Stenby"], issues=["any"], channels=["public"], limit=1)
    (about,) = found["id"]
    before = found["issues"].tolist()
    value = {"part": "issue", "was": "bins-waste", "now": None}
    store.decide("officer", "label", about, value, load(SAMPLE).clock or NOW)
    app.run()
    assert "**Corrected: not about bins** · officer" in shown(app, "caption")
    assert store.posts(ids=[about])["issues"].tolist() == before, "the analysis stays as it is"
    app.button(key=f"undo_{about}").click().run()
    assert not [line for line in shown(app) if "Corrected" in line]
    kept = store.decisions("label")
    store.close()
    assert kept["undoes"].dropna().tolist() == [kept["id"].iloc[0]]


@pytest.mark.browser
def test_one_click_puts_a_label_right_and_is_recorded(own_copy: str, tmp_path: Path) -> None:
    sync_api = pytest.importorskip("playwright.sync_api")
    script = tmp_path / "page.py"
    script.write_text(PAGE.format(name="explore"), encoding="utf-8")
    with served(script, own_copy) as address, sync_api.sync_playwright() as player:
        chromium = player.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        tab = chromium.new_page(viewport={"width": 390, "height": 844})
        tab.goto(f"{address}/?area=sample&q=brown+bin&town=Stenby")
        tab.get_by_role("button", name="Correct").first.click(timeout=30_000)
        tab.get_by_text("Not about bins", exact=True).first.click()
        tab.get_by_text("Corrected: not about bins").wait_for()
        chromium.close()
    store = connect(own_copy)
    (kept,) = store.decisions("label").to_dict("records")
    store.close()
    assert kept["value"] == {"part": "issue", "was": "bins-waste", "now": None}


def test_nothing_in_a_post_is_taken_for_code(
    look: Look, monkeypatch: pytest.MonkeyPatch, live_config: Path
) -> None:
    monkeypatch.setenv("LISTENING_CONFIG", str(live_config))
    monkeypatch.delenv("LISTENING_STORE", raising=False)
    app = look(area="own", ward="Quarry Hill", q="bins")
    assert len([c for c in shown(app, "caption") if "because of" in c]) == 5
    for kind in ("markdown", "caption", "title"):
        for element in app.get(kind):
            assert not re.search(
                r"(?<!\\)(<script|<img|<b>|\]\(javascript|!\[|:red\[|\*\*loud)", element.value
            )
    assert [t for t in shown(app, "markdown") if SHOUT.split("</script> ")[1] in t]
    assert not [t for t in shown(app) if re.search(r"\bv[0-9a-f]{8,}", t)], "no author is shown"


@pytest.mark.parametrize(
    ("text", "wanted", "drawn"),
    [
        ("Bins *not* emptied", ["bins"], "**Bins** \\*not\\* emptied"),
        ("a\n\n    code\tb", ["b"], "a  \ncode **b**"),
        ("# no heading", [], "\\# no heading"),
        ("<b>bins</b>", ["bins"], "\\<b\\>**bins**\\<\\/b\\>"),
        ("", ["bins"], ""),
    ],
)
def test_evidence_is_bold_and_all_else_is_letters(text: str, wanted: list[str], drawn: str) -> None:
    assert post.bold(text, wanted) == drawn


def test_why_a_post_is_listed_is_said_in_words() -> None:
    area = load(SAMPLE)
    evidence = {
        "bins-waste": {"words": ["not emptied", "bin"], "how": "failure", "confidence": "sure"},
        "Quarry Hill": {"words": ["Delph Road"], "how": "street", "confidence": "likely"},
        "Weir Lane": {"words": ["Weir Lane"], "how": "street", "confidence": "sure"},
        "unsure_sarcasm": {"words": ["Brilliant"], "how": "cue", "confidence": "check"},
        "abuse": {"words": ["a bad word"], "how": "rule", "confidence": "sure"},
        "question": {"words": [], "how": "cue", "confidence": "sure"},
    }
    assert post.why(SimpleNamespace(evidence=evidence), area) == [
        "issue: bins – because of “not emptied” and “bin”",
        "ward: Quarry Hill – because of “Delph Road” (likely)",
        "street: Weir Lane – because of “Weir Lane”",
        "may be sarcasm – because of “Brilliant” (check this)",
    ]
    assert post.why(SimpleNamespace(evidence=None), area) == []
    short = reading.because(SimpleNamespace(evidence=evidence), area)
    assert short.startswith("Bins: “not emptied”, “bin” · ")
    assert "May be sarcasm: “Brilliant” (check this)" in short


def test_a_folded_article_says_in_how_many_other_outlets_it_stands(look: Look, sample_store: str) -> None:
    with closing(connect(sample_store)) as store:
        found = store.posts(NOW - timedelta(days=7), NOW, channels=["press"])
        copy = found[found["copy_of"].notna()].iloc[0]
        root = store.posts(ids=[copy["copy_of"]], noise=True).iloc[0]
        number = store.posts(copies_of=[root["id"]], noise=True)["source"].nunique()
    app = look(source=root["source"], q=f'"{root["title"]}"', about="all")
    said = f"Also in: {number} other outlet{'s' * (number > 1)}"
    assert said in [e.label for e in app.get("expander")]
