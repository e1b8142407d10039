"""The weights that come with the project are those that were learnt, and they say why."""

import numpy as np
from invented import frame

from listening import analyse
from listening.analyse import learned
from listening.area import Area


def test_the_weights_are_as_they_were_learnt() -> None:
    assert learned.checksum() == learned.SHA256
    model = learned.shipped()
    assert model.table.shape == (2**learned.BITS, len(learned.LABELS) + len(learned.KINDS))
    assert np.isfinite(model.table).all()


def test_a_post_scores_the_same_alone_and_among_others() -> None:
    texts = ["Brown bin missed again, nobody answers", "", "Who do I ring about a dead badger?", "ta duck"]
    together = learned.marks(texts)
    assert together.shape == (4, len(learned.LABELS))
    for text, row in zip(texts, together, strict=True):
        assert np.allclose(learned.marks([text])[0], row)


def test_what_no_list_holds_is_named_by_the_words_that_speak_for_it(area: Area) -> None:
    said = "Cllr Sharpe gave the contract to his brother in law and nobody batted an eyelid"
    row = analyse.run(frame(said), area).iloc[0]
    assert row["flags"] == ["accusation"]
    found = row["evidence"]["accusation"]
    assert (found["how"], found["confidence"], len(found["words"])) == ("learnt", "check", learned.SHOWN)
    assert all(word in said for word in found["words"])


def test_a_learnt_flag_is_not_believed_without_a_sign_of_it(area: Area) -> None:
    nobody = "They gave the contract to his brother in law and nobody batted an eyelid"
    sport = "Season tickets for the under tens are £40 this year, half the lads had colds"
    assert analyse.run(frame(nobody), area).iloc[0]["flags"] == []
    assert analyse.run(frame(sport), area).iloc[0]["flags"] == []


def test_posts_in_another_language_are_given_no_learnt_cue_and_no_learnt_flag(area: Area) -> None:
    said = "Dziękuję bardzo sąsiadom. Kosze znowu stoją pełne, od trzech tygodni nikt ich nie zabrał"
    row = analyse.run(frame(said), area).iloc[0]
    assert (row["language"], row["cues"], row["flags"], row["tone"]) == ("pl", [], [], None)
