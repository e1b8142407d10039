"""I heard this: one note is one post, no voice, and as many people as it says, kept apart."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from invented_council import area

from listening import analyse, clean, heard
from listening.area import Area, load
from listening.errors import WordsError
from listening.heard import Note, Spot
from listening.store import Store, connect
from listening.summarise.door import door
from listening.summarise.scope import Scope

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def here(tmp_path: Path) -> Area:
    return area(tmp_path)


@pytest.fixture
def store(here: Area) -> Iterator[Store]:
    opened = connect(here.store)
    yield opened
    opened.close()


def spot(here: Area, label: str) -> Spot:
    return next(s for s in heard.spots(here) if s.label == label)


def scope(here: Area, ward: str | None = None, issue: str | None = None) -> Scope:
    until = NOW + timedelta(minutes=1)
    return Scope(here, ward, None, issue, "7d", until - timedelta(days=7), until)


def test_a_note_is_one_post_of_its_own_channel_and_no_voice(here: Area, store: Store) -> None:
    note = Note(
        "drains-water", spot(here, "Quarry Hill"), 4, "Mrs Eve Ample of 12 High Street says it smells"
    )
    lines = heard.keep(note, here, store, NOW)
    assert lines[0] == "Heard from 4 people: Drains and water, Quarry Hill"
    post = store.posts(noise=True).iloc[0]
    kept = post[["source", "channel", "title", "author", "score", "issues", "wards", "tone"]].tolist()
    assert kept == ["I heard this", "heard", lines[0], None, 4, ["drains-water"], ["Quarry Hill"], None]
    assert "Ample" not in post["text"]
    assert "12" not in post["text"]
    tally = store.tally(NOW - timedelta(days=1), NOW + timedelta(days=1), channels=("heard",)).iloc[0]
    assert (tally["posts"], tally["voices"]) == (1, 0)
    assert (
        store.tally(NOW - timedelta(days=1), NOW + timedelta(days=1), channels=("public",)).iloc[0]["posts"]
        == 0
    )


def test_people_are_added_for_the_door_and_nowhere_else(here: Area, store: Store) -> None:
    for people, key in ((2, "a"), (3, "b"), (3, "b")):  # the third is the second, sent twice
        heard.keep(Note("bins-waste", spot(here, "Quarry Hill"), people, key=key), here, store, NOW)
    heard.keep(Note(None, spot(here, "All of Haverdale"), 1, "Everyone sang", key="c"), here, store, NOW)
    assert [d.line for d in door(store, scope(here))] == [
        "Bins: 2 notes, 5 people.", "Something else: 1 note, 1 person.",
    ]  # fmt: skip
    assert [d.sentence for d in door(store, scope(here, "Quarry Hill"))] == [
        "Heard at the door too: 2 notes, 5 people."
    ]
    assert door(store, scope(here, "Coldbrook")) == ()
    assert door(store, scope(here, issue="parking")) == ()


def test_a_sensitive_issue_is_told_from_three_people_up(here: Area, store: Store) -> None:
    slug = next(i.slug for i in here.issues if i.sensitive and not i.noise)
    heard.keep(Note(slug, spot(here, "Quarry Hill"), 2, key="a"), here, store, NOW)
    assert door(store, scope(here)) == ()
    heard.keep(Note(slug, spot(here, "Quarry Hill"), 1, key="b"), here, store, NOW)
    assert [(d.slug, d.notes, d.people) for d in door(store, scope(here))] == [(slug, 2, 3)]


@pytest.mark.parametrize(
    "configuration", [pytest.param("sources.yaml", marks=pytest.mark.slow), "data/sample/sources.yaml"]
)
def test_every_issue_and_place_of_the_lists_is_read_as_it_was_chosen(configuration: str) -> None:
    """The title passes redaction unchanged and gives its issue, whichever it is; a ward gives its ward."""
    here = load(ROOT / configuration)
    issues = [i.slug for i in here.issues if not i.noise]
    frames = []
    for number, place in enumerate(heard.spots(here)):
        note = Note(issues[number % len(issues)], place, 1 + number % 9, key=str(number))
        frames.append((note, clean.run(heard.raw(note, here, NOW), here, b"k" * 32).iloc[0]))
    assert len(frames) > len(issues)
    for note, cleaned in frames:
        assert cleaned["title"] == heard.title(note, here)
        found = analyse.run(cleaned.to_frame().T, here).iloc[0]
        assert found["issues"] == [note.issue]
        if note.spot.ward:
            assert here.ward_by_code[note.spot.ward].name in found["wards"]
            assert len(found["wards"]) == 1


@pytest.mark.parametrize(("change", "why"), [
    ({"people": 0}, "how many people must be 1 to 500; got 0"),
    ({"people": 501}, "how many people must be 1 to 500; got 501"),
    ({"issue": None}, "say in a few words what it was about, or choose an issue"),
    ({"day": date(2026, 11, 23)}, "when must be in the last 28 days; got 2026-11-23"),
    ({"day": date(2026, 10, 1)}, "when must be in the last 28 days; got 2026-10-01"),
])  # fmt: skip
def test_what_cannot_be_is_refused_in_a_sentence(change: dict[str, object], why: str, here: Area) -> None:
    given = {"issue": "bins-waste", "spot": spot(here, "Quarry Hill"), "people": 1} | change
    with pytest.raises(WordsError, match=why):
        heard.raw(Note(**given), here, NOW)  # type: ignore[arg-type]


def test_an_earlier_day_is_kept_as_noon_of_that_day(here: Area) -> None:
    note = Note("bins-waste", spot(here, "Quarry Hill"), 1, day=date(2026, 11, 20))
    assert heard.raw(note, here, NOW)["published"].iloc[0] == datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_it_waits_for_the_checklist_and_needs_its_source(tmp_path: Path) -> None:
    here = area(tmp_path, retention="")
    opened = connect(here.store)
    note = Note("bins-waste", heard.spots(here)[0], 1)
    with pytest.raises(WordsError, match="waits for the checklist"):
        heard.keep(note, here, opened, NOW)
    assert opened.empty
    opened.close()
    here.config.write_text(
        "\n".join(
            line for line in here.config.read_text(encoding="utf-8").split("\n") if "kind: heard" not in line
        ),
        encoding="utf-8",
    )
    with pytest.raises(WordsError, match=r"no source of kind heard is in sources\.yaml"):
        heard.raw(note, load(here.config), NOW)


def test_a_note_need_not_wait_for_a_collector_at_work(here: Area, store: Store) -> None:
    with store.lease("somebody else", NOW):
        heard.keep(Note("bins-waste", spot(here, "Quarry Hill"), 1), here, store, NOW)
    assert len(store.posts(noise=True)) == 1
