"""Exact coordinates and property numbers in the words."""

import pytest

from listening.clean import spots


@pytest.mark.parametrize(("said", "kept"), [
    ("Lamp out at 53.12345,-1.26543.", "Lamp out at [coordinates]."),
    ("53.12345 N 1.26 W", "[coordinates]"),
    ("lat: 53.12345, long: -1.26543 by the gate", "[coordinates] by the gate"),
    ("(-1.26543 53.12345)", "([coordinates])"),
    ("53°07'24\"N 1°15'35\"W", "[coordinates]"),
    ("at SK 49234 58123 or SK4923458123", "at [coordinates] or [coordinates]"),
    ("UPRN 100030123456, UPRN: 10003012", "[UPRN], [UPRN]"),
    ("uprn no. 100030123456", "[UPRN]"),
])  # fmt: skip
def test_what_points_at_one_home_is_masked(said: str, kept: str) -> None:
    assert spots.masked(said) == kept
    assert spots.masked(kept) == kept


@pytest.mark.parametrize("said", [
    "It rose from 53.1 to 1.2", "£53.123 and 1.26", "53.12345 alone", "version 53.123.1 of 2.345",
    "100030123456 is a number", "ST 12 is a bus", "the UPRN is missing", "up 51.123 per cent, 7.25 last year",
])  # fmt: skip
def test_other_numbers_stay(said: str) -> None:
    assert spots.masked(said) == said
