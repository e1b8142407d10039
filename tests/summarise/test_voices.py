from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from small import frame, post

from listening.summarise.voices import Loud, accounts, loud, loudest, voices

AT = datetime(2026, 11, 9, 10, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")


def written(*each: int) -> object:
    """Posts of one account after another, one an hour."""
    authors = [f"v{n}" for n, posts in enumerate(each) for _ in range(posts)]
    return frame(*(post(str(i), AT + timedelta(hours=i), author=a) for i, a in enumerate(authors)))


def test_eight_accounts_that_wrote_48_of_51_posts_are_loud_not_wide() -> None:
    assert loud(written(6, 6, 6, 6, 6, 6, 6, 6, 1, 1, 1), LONDON) == Loud(51, 11, 8, 48, 13)


def test_as_many_posts_by_as_many_accounts_are_not_loud() -> None:
    assert loud(written(*[1] * 51), LONDON) is None
    assert loud(written(*[3] * 17), LONDON) is None


def test_few_posts_are_never_loud() -> None:
    assert loud(written(19), LONDON) is None
    assert loud(frame(), LONDON) is None


def test_posts_without_an_account_are_no_voice() -> None:
    assert accounts(frame(post("1", AT), post("2", AT, author=None), post("3", AT, author="v1"))) == 1
    assert accounts(frame()) == 0


def test_how_many_accounts_wrote_how_many_posts_is_told_without_telling_one_from_another() -> None:
    found = voices(written(4, 2, 2, 1, 1))
    assert found.to_dict("list") == {
        "wrote": [4, 2, 1],
        "accounts": [1, 2, 2],
        "posts": [4, 4, 2],
        "share": [0.4, 0.4, 0.2],
        "loudest_three": [0.8, 0.8, 0.8],
    }
    assert voices(frame()).empty
    assert loudest(frame()) == 0
