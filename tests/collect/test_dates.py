from datetime import UTC, datetime, timedelta

import pytest

from listening.collect.dates import read, retry_after

NOV_5 = "2026-11-05T14:30:00+00:00"
JUNE_5 = "2026-06-05T13:30:00+00:00"  # half past two in British summer time


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("2026-11-05T14:30:00Z", NOV_5),
        ("2026-11-05T14:30:00.123456+00:00", NOV_5),
        ("2026-11-05 14:30", NOV_5),
        ("2026-06-05T14:30:00", JUNE_5),
        ("2026-06-05T14:30:00+01:00", JUNE_5),
        ("2026-06-05T09:30:00-0400", JUNE_5),
        ("20261105T143000Z", NOV_5),
        ("2026/11/05 14:30", NOV_5),
        ("Thu, 05 Nov 2026 14:30:00 GMT", NOV_5),
        ("Thu, 05 Nov 2026 14:30:00 UT", NOV_5),
        ("Thu, 05 Nov 2026 14:30:00 Z", NOV_5),
        ("Thu, 05 Nov 2026 14:30:00", NOV_5),
        ("Fri, 05 Jun 2026 14:30:00 BST", JUNE_5),
        ("Fri, 05 Jun 2026 14:30:00 IST", JUNE_5),
        ("Fri, 05 Jun 2026 14:30:00 WEST", JUNE_5),
        ("Fri, 05 Jun 2026 09:30:00 EDT", JUNE_5),
        ("Thu, 05 Nov 2026 09:30:00 EST", NOV_5),
        ("Fri, 05 Jun 2026 14:30:00 +0100", JUNE_5),
        ("Fri, 05 Jun 2026 14:30:00 +0100 (BST)", JUNE_5),
        ("Fri, 05 Jun 2026 14:30:00 GMT+01:00", JUNE_5),
        ("Fri, 05 Jun 2026 14:30:00 Europe/London", JUNE_5),
        ("5 Nov 26 14:30 GMT", NOV_5),
        ("Monday, 5 November 2026 14:30:00 GMT", NOV_5),  # it was a Thursday
        ("05/11/2026 14:30", NOV_5),
        ("5/11/26 14:30", NOV_5),
        ("05.11.2026 14:30", NOV_5),
        ("5-Nov-2026 14:30", NOV_5),
        ("5 November 2026 14:30", NOV_5),
        ("Thursday 5th November 2026, 2.30pm", NOV_5),
        ("5 November 2026 at 2:30 p.m.", NOV_5),
        ("Thursday, November 5, 2026 - 14:30", NOV_5),
        ("Thu Nov  5 14:30:00 2026", NOV_5),
        ("Thu Nov  5 14:30:00 GMT 2026", NOV_5),
        ("Iau, 05 Tach 2026 14:30:00 +0000", NOV_5),
        ("Mawrth, 03 Mawrth 2026 10:00", "2026-03-03T10:00:00+00:00"),  # Tuesday, March
        ("5 November 2026", "2026-11-05T00:00:00+00:00"),
        ("2026-06-05", "2026-06-04T23:00:00+00:00"),  # local midnight
        ("Thu, 05 Nov 2026 24:00:00 GMT", "2026-11-06T00:00:00+00:00"),
        ("2026-12-31T24:00:00Z", "2027-01-01T00:00:00+00:00"),
        ("Thu, 31 Dec 2026 23:59:60 GMT", "2026-12-31T23:59:59+00:00"),
        ("Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37+00:00"),
    ],
)
def test_a_date_is_read_as_a_british_feed_means_it(words: str, moment: str) -> None:
    assert read(words) == datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("2026-03-29T00:59:59", "2026-03-29T00:59:59+00:00"),  # the last second of winter time
        ("2026-03-29T01:30:00", "2026-03-29T01:30:00+00:00"),  # a time the clocks jump over
        ("2026-03-29T02:00:00", "2026-03-29T01:00:00+00:00"),
        ("2026-10-25T00:59:59", "2026-10-24T23:59:59+00:00"),
        ("2026-10-25T01:30:00", "2026-10-25T00:30:00+00:00"),  # it happens twice: the first of them
        ("2026-10-25T02:00:00", "2026-10-25T02:00:00+00:00"),
        ("Sun, 25 Oct 2026 01:30:00 GMT", "2026-10-25T01:30:00+00:00"),  # the second, by name
    ],
)
def test_a_time_without_a_zone_follows_the_clocks_of_london(words: str, moment: str) -> None:
    assert read(words) == datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    "words",
    [
        *(
            None,
            "",
            "   ",
            "yesterday",
            "31/02/2026",
            "05/13/2026",
            "5 Foo 2026",
            "2026-11",
            "2026-11-05T25:00",
        ),
        *("0001-01-01T00:00:00", "Thu, 01 Jan 1970 00:00:00 GMT", "²/²/²", "1762345678"),
        pytest.param("1 " * 50_000, id="very long"),
    ],
)
def test_what_is_no_date_is_none_and_never_a_guess(words: str | None) -> None:
    assert read(words) is None


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("Mon, 16 Nov 2026 12:05:00 GMT", 300),
        ("Mon, 16 Nov 2026 11:00:00 GMT", 0),
        ("9" * 5000, 10**9),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str, seconds: int) -> None:
    assert retry_after(header, datetime(2026, 11, 16, 12, tzinfo=UTC)) == timedelta(seconds=seconds)


@pytest.mark.parametrize("header", [None, "", "soon", "-5", "1.5", "²"])
def test_a_retry_after_that_says_nothing_is_none(header: str | None) -> None:
    assert retry_after(header, datetime(2026, 11, 16, 12, tzinfo=UTC)) is None
