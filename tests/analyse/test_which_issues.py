import pytest
from invented import Annotated


@pytest.mark.parametrize(
    ("text", "issues"),
    [
        ("Huge pothole by the bakery, second tyre this year", ["roads-potholes"]),
        ("Potholes and no parking, what a street", ["roads-potholes", "parking"]),
        ("The bins were done late", ["bins-waste"]),
        ("Lovely concert last night", []),
        ("The cabinet met in the robin room", []),
    ],
)
def test_a_post_has_the_issues_it_names(read: Annotated, text: str, issues: list[str]) -> None:
    assert read(text)["issues"] == issues


def test_a_false_friend_hides_its_own_words_and_never_the_post(read: Annotated) -> None:
    row = read("Dropped my rocky road and hit a pothole")
    assert row["issues"] == ["roads-potholes"]
    assert read("Rocky road recipe wanted, please share it")["issues"] == []


def test_a_false_friend_hides_only_its_own_issue(read: Annotated) -> None:
    assert read("The car park is full")["issues"] == ["parking"]


def test_the_longer_term_says_which_issue_is_meant(read: Annotated) -> None:
    assert read("The dog bin wants a wipe")["issues"] == ["dog-fouling"]


def test_an_object_and_its_failure_imply_the_issue(read: Annotated) -> None:
    row = read("They took next door's but the brown one has been left again")
    assert row["issues"] == ["bins-waste"]
    assert row["evidence"]["bins-waste"] == {
        "words": ["brown one", "left"],
        "how": "failure",
        "confidence": "likely",
    }


def test_an_object_and_a_failure_in_two_sentences_imply_nothing(read: Annotated) -> None:
    # an article: in residents' own words the wording speaks too
    assert read("I like the brown one. My wife left at noon", channel="press")["issues"] == []


def test_evidence_is_cut_as_it_was_written(read: Annotated) -> None:
    assert read("POTHOLES! More Pot-holes, potholed lane, POTHOLES")["evidence"]["roads-potholes"] == {
        "words": ["POTHOLES", "potholed"],
        "how": "term",
        "confidence": "sure",
    }


def test_a_term_in_capitals_is_met_in_capitals_only(read: Annotated) -> None:
    assert read("SEND places are full")["issues"] == ["send"]
    assert read("Please send help with this")["issues"] == []


def test_a_place_name_raises_no_issue_by_itself(read: Annotated) -> None:
    row = read("See you at King's Park by two, then Larkford Library")
    assert (row["issues"], row["places"]) == ([], ["King's Park", "Larkford Library"])


def test_a_place_name_beside_a_failure_raises_its_issue(read: Annotated) -> None:
    assert read("Larkford Library is closing for good")["issues"] == ["libraries-culture"]


def test_a_filter_class_is_noise_where_no_issue_was_found(read: Annotated) -> None:
    row = read("Full time 1-0, what a game")
    assert (row["noise"], row["issues"]) == ("sport", [])
    assert row["evidence"]["sport"]["words"] == ["Full time", "1-0"]


def test_a_filter_class_gives_way_to_an_issue(read: Annotated) -> None:
    row = read("Kick off at three, and the parking was chaos")
    assert (row["noise"], row["issues"]) == (None, ["parking"])
    assert "sport" not in row["evidence"]


def test_the_filter_class_with_most_words_is_kept(read: Annotated) -> None:
    assert read("For sale after kick off, full time, 1-0")["noise"] == "sport"
