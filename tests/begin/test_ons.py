"""ONS's geography service, asked on good days and bad: a server on this machine answers as it does."""

from collections.abc import Callable, Iterator

import pytest
from geography import BOUNDARIES, HOMES, TWO_TIERS, Portal, Visit, metres, open_portal

from listening.collect.ons import HOMES as HOMES_NAME
from listening.collect.ons import Council, Ons, newest_boundaries, newest_look_up
from listening.collect.web import Web
from listening.errors import CollectError

HAVERDALE = Council("Haverdale", "E07999001", county="Northshire")
COUNTY = Council("Northshire", "E10999001", districts=("E07999001", "E07999002"))


@pytest.fixture
def portal() -> Iterator[Portal]:
    with open_portal() as portal:
        yield portal


def asked(portal: Portal, **changes: float) -> Ons:
    settings = {"read": 2.0, "total": 5.0, "most": 5_000_000, **changes}
    web = Web("listening/test", ("127.0.0.1",), sleep=lambda _: None, **settings)  # type: ignore[arg-type]
    return Ons(web, portal.address)


@pytest.mark.parametrize(
    ("names", "newest"),
    [
        (["WD_MAY_2025_UK_BGC", "WD_DEC_2025_UK_BSC"], ("WD_DEC_2025_UK_BSC", "2025-12")),
        (["WD_DEC_2025_UK_BSC", "WD_DEC_2025_UK_BGC"], ("WD_DEC_2025_UK_BGC", "2025-12")),
        (["WD_MAY_2025_UK_BGC_V2", "WD_MAY_2025_UK_BGC"], ("WD_MAY_2025_UK_BGC_V2", "2025-05")),
        (
            ["Wards_December_2024_Boundaries_UK_BGC", "Wards_May_2024_Boundaries_UK_BGC"],
            ("Wards_December_2024_Boundaries_UK_BGC", "2024-12"),
        ),
        (["Wards_(May_2031)_Boundaries_UK_BGC"], ("Wards_(May_2031)_Boundaries_UK_BGC", "2031-05")),
        (["WD_MAY_2025_UK_BFC", "WD_MAY_2025_UK_NC", "LAD_MAY_2025_UK_BGC", "WD_XXX_2025_UK_BGC"], None),
        ([], None),
    ],
)
def test_the_newest_boundaries_are_taken_whatever_their_year(
    names: list[str], newest: tuple[str, str] | None
) -> None:
    assert newest_boundaries(names) == newest


def test_the_newest_look_up_is_taken_by_year_and_then_version() -> None:
    names = [
        "WD24_LAD24_UK_LU_v3",
        "WD25_LAD25_UK_LU",
        "WD25_LAD25_UK_LU_v2",
        "WD25_LAD24_UK_LU",
        "WD25_UK_LU",
    ]
    assert newest_look_up(names, HOMES_NAME) == "WD25_LAD25_UK_LU_v2"


def test_every_council_comes_with_its_code_its_county_and_its_welsh_name(portal: Portal) -> None:
    assert [(c.name, c.code, c.county, c.welsh) for c in asked(portal).councils()] == [
        ("Castle Withen", "E08999001", "", ""),
        ("Glen Moss", "S12999001", "", ""),
        ("Haverdale", "E07999001", "Northshire", ""),
        ("Heli Vale", "W06999001", "", "Bro Heli"),
        ("Larkford and Moor", "E09999001", "", ""),
        ("Lough Dun", "N09999001", "", ""),
        ("Northshire", "E10999001", "", ""),
        ("Nowhere", "X07999001", "", ""),
        ("Stenby, City of", "E06999001", "", ""),
        ("Upper Stenby", "E07999002", "Northshire", ""),
    ]


@pytest.mark.parametrize("limit", [1, 2, 3, 2000])
def test_all_pages_are_asked_for_however_short_they_are(portal: Portal, limit: int) -> None:
    portal.limit = limit
    wards = asked(portal).wards_of(HAVERDALE)
    assert [w.name for w in wards] == [
        "Central",
        "Foxholes",
        "Larch End",
        "Moorside: East",
        "Quarry Hill",
        "St. Anne's & Weir",
    ]
    assert len(asked(portal).councils()) == 10


def test_a_county_has_the_wards_of_its_districts(portal: Portal) -> None:
    wards = asked(portal).wards_of(COUNTY)
    assert [(w.name, w.district) for w in wards if w.name == "Central"] == [
        ("Central", "Haverdale"),
        ("Central", "Upper Stenby"),
    ]
    assert len(wards) == 8


def test_a_ward_comes_with_its_pieces_holes_middle_and_welsh_name(portal: Portal) -> None:
    first, second = asked(portal).wards_of(Council("Heli Vale", "W06999001"))
    assert (first.name, first.code, first.welsh, first.district) == (
        "Central",
        "W05990600",
        "Canol",
        "Heli Vale",
    )
    assert (second.welsh, len(first.polygons), len(first.polygons[0]), len(second.polygons)) == ("", 1, 2, 5)
    assert first.middle == pytest.approx((1.525, 53.025))


def test_the_grid_is_asked_for_in_metres(portal: Portal) -> None:
    ons = asked(portal)
    rings = ons.grid(Council("Heli Vale", "W06999001"))
    ward = ons.wards_of(Council("Heli Vale", "W06999001"))[0]
    assert set(rings) == {"W05990600", "W05990601"}
    assert rings["W05990600"][0][0] == pytest.approx(metres(*ward.polygons[0][0][0]))


def test_a_grid_in_other_units_is_refused(portal: Portal) -> None:
    portal.manners["/query"] = lambda visit: visit.tell({"spatialReference": {"wkid": 4326}, "features": []})
    with pytest.raises(CollectError, match="did not give the British National Grid"):
        asked(portal).grid(HAVERDALE)


def test_boundaries_that_do_not_name_the_council_are_joined_by_the_look_up(portal: Portal) -> None:
    rows = portal.tables[BOUNDARIES]
    portal.tables[HOMES] = [{k: v for k, v in r.items() if k != "shape"} for r in rows]
    portal.tables[BOUNDARIES] = [{k: v for k, v in r.items() if not k.startswith("LAD")} for r in rows]
    ons = asked(portal)
    assert [c.name for c in ons.councils()][:3] == ["Castle Withen", "Glen Moss", "Haverdale"]
    assert len(ons.wards_of(HAVERDALE)) == 6
    assert set(ons.grid(HAVERDALE)) == {f"E0599000{n}" for n in range(6)}


def test_field_names_in_small_letters_are_understood(portal: Portal) -> None:
    portal.tables[BOUNDARIES] = [
        {k if k == "shape" else k.lower(): v for k, v in r.items()} for r in portal.tables[BOUNDARIES]
    ]
    ons = asked(portal)
    assert (len(ons.councils()), len(ons.wards_of(HAVERDALE))) == (10, 6)


def test_fields_of_another_year_are_understood(portal: Portal) -> None:
    portal.catalogue = ["WD_DEC_2031_UK_BGC"]
    portal.tables = {
        "WD_DEC_2031_UK_BGC": [
            {k.replace("25", "31"): v for k, v in r.items()} for r in portal.tables[BOUNDARIES]
        ]
    }
    ons = asked(portal)
    assert (ons.vintage, len(ons.wards_of(HAVERDALE))) == ("2031-12", 6)
    assert [c.county for c in ons.councils() if c.name == "Haverdale"] == [""]  # no look-up of counties


def test_without_the_two_tiers_there_are_no_counties(portal: Portal) -> None:
    portal.catalogue.remove(TWO_TIERS)
    portal.catalogue.remove("WD20_LAD20_CTY20_CED20_EN_LU_64f6")
    assert "Northshire" not in [c.name for c in asked(portal).councils()]


def test_a_ward_without_a_shape_comes_without_polygons(portal: Portal) -> None:
    portal.tables[BOUNDARIES][0]["shape"] = []
    assert [len(w.polygons) for w in asked(portal).wards_of(HAVERDALE) if w.name == "Central"] == [0]


def test_the_question_names_the_council_and_asks_for_degrees(portal: Portal) -> None:
    asked(portal).wards_of(HAVERDALE)
    question = portal.asked[-1]
    assert f"/{BOUNDARIES}/FeatureServer/0/query?" in question
    assert "LAD25CD+IN+('E07999001')" in question
    assert "outSR=4326" in question


Manner = Callable[[Visit], None]
SAYS_MORE = {"features": [], "exceededTransferLimit": True}


@pytest.mark.parametrize(
    ("path", "manner", "sentence"),
    [
        (
            "/query",
            lambda v: v.fault("outFields"),
            "refused our question: Cannot perform query. Invalid query parameters. (code 400)",
        ),
        (
            "services",
            lambda v: v.tell({"error": {"code": 499, "message": "Token Required"}}),
            "refused our question: Token Required (code 499)",
        ),
        ("services", lambda v: v.tell({"error": "Gone"}), "refused our question: Gone"),
        ("services", lambda v: v.tell({}), "gave no list of services: nothing"),
        (
            "services",
            lambda v: v.tell({"services": []}),
            "lists no boundaries of wards that we know: nothing",
        ),
        ("services", lambda v: v.tell([1]), "answered with something else than was asked for: list"),
        (
            "services",
            lambda v: v.say(200, b"<html>Sorry"),
            "answered with a page for people where data was asked for",
        ),
        ("services", lambda v: v.say(200, b'{"servi'), "answered with no JSON where data was asked for"),
        (
            "services",
            lambda v: v.say(500, b"oh"),
            "could not be asked: Its server has a fault and sends nothing we could read.",
        ),
        (
            "services",
            lambda v: v.say(404, b""),
            "could not be asked: There is nothing at its address any more.",
        ),
        ("/0", lambda v: v.tell({"fields": []}), f"has no codes and names of wards in {BOUNDARIES}: nothing"),
        ("/query", lambda v: v.tell({"count": 3}), "gave no rows: count"),
        ("/query", lambda v: v.tell(SAYS_MORE), "says there is more, and does not give it: after 0 rows"),
    ],
)
def test_a_bad_day_is_told_in_one_sentence(portal: Portal, path: str, manner: Manner, sentence: str) -> None:
    portal.manners[path] = manner
    with pytest.raises(CollectError) as caught:
        asked(portal).councils()
    assert str(caught.value) == f"the ONS geography service {sentence}"


def test_a_slow_day_is_not_waited_for(portal: Portal) -> None:
    def slowly(visit: Visit) -> None:
        visit.send_response(200)
        visit.end_headers()
        visit.connection.settimeout(10)
        visit.rfile.read(1)  # until the visitor leaves

    portal.manners["services"] = slowly
    with pytest.raises(CollectError, match=r"could not be asked: It did not finish its answer in time\.$"):
        asked(portal, read=0.1, total=0.5)


def test_a_boundary_that_is_none_is_told_with_its_ward(portal: Portal) -> None:
    feature = {
        "properties": {"WD25NM": "Foxholes"},
        "geometry": {"type": "Polygon", "coordinates": [[["a"]]]},
    }
    portal.manners["/query"] = lambda visit: visit.tell({"features": [feature]})
    with pytest.raises(CollectError, match="gave a boundary that is none: Foxholes"):
        asked(portal).wards_of(HAVERDALE)
