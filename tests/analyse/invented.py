"""A small invented area: three towns, a few wards, the streets that make trouble."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from listening.area import Area, Body, Checklist, Issue, Place, Source, Town, Ward

WARDS = (
    Ward("Larkford Bridge", "E05900001", town="Larkford"),
    Ward("Larkford Park", "E05900002", town="Larkford"),
    Ward("Haver Market", "E05900003", town="Haver", was=(("Haver St Anne's", "E05800003"),)),
    Ward("Haver Castle", "E05900004", town="Haver", aliases=("Castle Hill",)),
    Ward("Summit", "E05900005", town="Haver", anchored=True),
    Ward("Quarry Hill", "E05900006", town="Stenby"),
    Ward("Eastgate", "E05900008", town="Stenby"),
    Ward("Coldbrook", "E05900007"),
)
TOWNS = (
    Town("Larkford", elsewhere=("Magna", "Spa")),
    Town("Haver", aliases=("Haver-on-Dale",)),
    Town("Stenby"),
)
PLACES = (
    Place("Weir Lane", ("Larkford Bridge",)),
    Place("Bridge Street", ("Larkford Bridge",)),
    Place("Tithe Barn Road", ("Haver Castle",)),
    Place("Outram Street", ("Haver Market",)),
    Place("Station Road", ("Larkford Bridge", "Haver Market", "Quarry Hill")),
    Place("Mill Road", ("Haver Market", "Haver Castle")),
    Place("Church Street", ("Quarry Hill",), anchored=True),
    Place("Kingsway", ("Quarry Hill",), anchored=True),
    Place("Vine Street", ("Quarry Hill",), anchored=True),
    Place("St Anne's School", ("Haver Market",), kind="school"),
    Place("King's Park", ("Larkford Park",), kind="park", aliases=("the Rec",)),
    Place("Larkford Library", ("Larkford Park",), kind="landmark"),
    Place("Underdale", ("Coldbrook",), kind="village"),
    Place("Westwell", ("Coldbrook",), kind="village", anchored=True),
    Place("Nether End", ("Summit",), kind="village"),
    Place("Main Street", ("Coldbrook", "Quarry Hill"), anchored=True),
    Place("Ford Lane", ("Haver Castle", "Summit")),
    Place("Coronation Street", ("Quarry Hill",)),
)
ISSUES = (
    Issue(
        "roads-potholes",
        "Road surface",
        "highways",
        ("pothole*", "resurfac*", "state of the road"),
        ("rocky road",),
    ),
    Issue(
        "bins-waste",
        "Bins",
        "waste",
        ("bin", "bin day", "refuse collection"),
        ("in the bin where it belongs",),
        failures=((("black one", "brown one", "rubbish"), ("not been emptied", "left", "missed")),),
    ),
    Issue("dog-fouling", "Dog fouling", "waste", ("dog bin", "dog poo", "dogs mess"), ("hot dog",)),
    Issue("parks-play", "Parks", "parks", ("park", "swing", "play area"), ("car park",)),
    Issue("parking", "Parking", "parking", ("parking", "car park", "double yellows")),
    Issue("libraries-culture", "Libraries", "libraries", ("library",), ("python library",)),
    Issue(
        "street-lights",
        "Street lights",
        "highways",
        ("street light*",),
        failures=((("lamp", "lights"), ("out", "not working")),),
    ),
    Issue("send", "SEND", "schools", ("SEND", "EHCP")),
    Issue("sport", "Sport", "", ("full time", "kick off", "1-0"), noise=True),
    Issue("advert", "Adverts", "", ("for sale", "free delivery"), noise=True),
)
SOURCES = (
    Source("Haverdale Forum", "feed", "public"),
    Source("Larkford Lines", "feed", "public", covers=("Larkford",)),
    Source("Haverdale tag", "mastodon", "public"),
    Source("Bridge Newsletter", "feed", "official", covers=("Larkford Bridge",)),
)


def small_area(**changes: Any) -> Area:
    """The invented area, with what a test changes."""
    parts: dict[str, Any] = {
        "name": "Haverdale",
        "code": "E07900001",
        "type": "district",
        "timezone": "Europe/London",
        "wards": WARDS,
        "towns": TOWNS,
        "places": PLACES,
        "bodies": (Body("highways", "Northshire County Council"),),
        "issues": ISSUES,
        "sources": SOURCES,
        "checklist": Checklist(),
        "store": "sqlite://",
        "config": Path("sources.yaml"),
        "office_holders": ("Ida Quill",),
        "elsewhere": ("Marlbury", "Northshire", "Wexcombe"),
    }
    return Area(**(parts | changes))


def frame(*texts: str | None, **columns: Any) -> pd.DataFrame:
    """One post a text, as residents' posts of one forum unless ``columns`` says otherwise."""
    return pd.DataFrame(
        {
            "id": [f"feed:{n}" for n in range(len(texts))],
            "source": "Haverdale Forum",
            "channel": "public",
            "published": pd.Timestamp("2026-11-16 08:00", tz="UTC"),
            "text": pd.Series(texts, dtype="object"),
        }
        | columns
    )


Annotated = Callable[..., dict[str, Any]]
