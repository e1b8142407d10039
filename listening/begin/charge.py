"""Charge: who runs which duty, by type of council.

Names come from the type and from ONS's look-ups (a district's county), and from nowhere else. What differs
from place to place is left out, to be filled in: police and fire outside London, Scotland and Northern
Ireland, water in England and Wales, and tips where a joint authority may run them.

Sources, read 2026-11-22: gov.uk/understand-how-your-council-works (England's types of council),
nidirect.gov.uk/articles/local-councils (what councils there run and what they don't). The allocation for
Scotland and Wales is the usual one-tier split, with the national bodies that run the rest. It is a draft: a
council can have handed a duty to a trust, a company or a housing association, and the operator knows.
"""

COUNTY = "{county}"
DISTRICTS = "the district and borough councils"
BUSES, TRAINS, DWP = (
    "the bus companies",
    "the train companies, Network Rail",
    "Department for Work and Pensions",
)

# One council for everything a council does; the types below say what is different.
_OWN = (
    "street_cleaning parks leisure housing planning town_centres regeneration licensing environmental_health"
    " social_care schools libraries customer_service elections events council_tax"
)
_ALL = {
    **dict.fromkeys(_OWN.split(), "us"),
    "highways": "us",
    "parking": "us",
    "bus_operator": f"{BUSES}, us",
    "rail": TRAINS,
    "waste": "us",
    "floods": "Environment Agency (rivers), us (roads, surface water)",
    "health": "the NHS",
    "benefits": f"us (housing benefit), {DWP}",
}
_DISTRICT = {
    **_ALL,
    **dict.fromkeys(("highways", "social_care", "schools", "libraries"), COUNTY),
    "parking": f"{COUNTY} (streets), us (car parks)",
    "bus_operator": f"{BUSES}, {COUNTY}",
    "waste": f"us (bins), {COUNTY} (tips)",
    "floods": f"Environment Agency (rivers), {COUNTY} (roads, surface water)",
    "council_tax": f"us (collects), {COUNTY} (most of the bill)",
}
_COUNTY = {
    **_ALL,
    **dict.fromkeys(
        [
            "street_cleaning",
            "parks",
            "leisure",
            "housing",
            "planning",
            "town_centres",
            "licensing",
            "environmental_health",
            "events",
        ],
        DISTRICTS,
    ),
    "parking": f"us (streets), {DISTRICTS} (car parks)",
    "waste": f"{DISTRICTS} (bins), us (tips)",
    "regeneration": f"us, {DISTRICTS}",
    "elections": f"{DISTRICTS}, us (county elections)",
    "council_tax": f"{DISTRICTS} (collect), us (most of the bill)",
    "benefits": f"{DISTRICTS} (housing benefit), {DWP}",
}
_LONDON = {
    **_ALL,
    "highways": "us, Transport for London (red routes)",
    "bus_operator": "Transport for London",
    "rail": f"Transport for London, {TRAINS}",
    "waste": "us (bins)",
    "police": "Metropolitan Police Service",
    "fire": "London Fire Brigade",
    "regeneration": "us, Greater London Authority",
}
_SCOTTISH = {
    **_ALL,
    "highways": "us, Transport Scotland (trunk roads)",
    "rail": "ScotRail, Network Rail",
    "floods": "Scottish Environment Protection Agency (warnings), us",
    "water": "Scottish Water",
    "police": "Police Scotland",
    "fire": "Scottish Fire and Rescue Service",
    "health": "NHS Scotland",
    "benefits": f"us (housing benefit), Social Security Scotland, {DWP}",
}
_WELSH = {
    **_ALL,
    "highways": "us, the Welsh Government (trunk roads)",
    "bus_operator": f"{BUSES}, us, Transport for Wales",
    "rail": "Transport for Wales, Network Rail",
    "floods": "Natural Resources Wales (rivers), us (roads, surface water)",
    "health": "NHS Wales",
}
_NI = {
    **_ALL,
    "highways": "Department for Infrastructure",
    "parking": "Department for Infrastructure (streets), us (car parks)",
    "bus_operator": "Translink",
    "rail": "Translink",
    "floods": "Department for Infrastructure (rivers, roads)",
    "water": "Northern Ireland Water",
    "housing": "Northern Ireland Housing Executive",
    "regeneration": "Department for Communities, us",
    "police": "Police Service of Northern Ireland",
    "fire": "Northern Ireland Fire and Rescue Service",
    "health": "Health and Social Care",
    "social_care": "Health and Social Care",
    "schools": "Education Authority",
    "libraries": "Libraries NI",
    "benefits": "Department for Communities, Northern Ireland Housing Executive (housing benefit)",
    "council_tax": "Land and Property Services (rates)",
    "elections": "Electoral Office for Northern Ireland",
}
RUNS = {
    "district": _DISTRICT,
    "county": _COUNTY,
    "unitary": _ALL,
    "london_borough": _LONDON,
    "metropolitan": {**_ALL, "waste": "us (bins)"},
    "scottish": _SCOTTISH,
    "welsh": _WELSH,
    "ni": _NI,
}
CITY_OF_LONDON = "E09000001"


def charge(
    type: str, duties: list[str], county: str = "", code: str = ""
) -> tuple[dict[str, str], list[str]]:
    """Who runs each duty, by duty; and the duties nobody is named for, both in the order given.

    ``us`` is the council itself. A district whose county is not known gets none of the county's duties.

    >>> charge("district", ["highways", "planning", "police"], "Northshire County Council")
    ({'highways': 'Northshire County Council', 'planning': 'us'}, ['police'])
    """
    runs = dict(RUNS[type])
    if code == CITY_OF_LONDON:  # the one part of London with a police force of its own
        runs["police"] = "City of London Police"
    named = {
        d: runs[d].replace(COUNTY, county) for d in duties if d in runs and (county or COUNTY not in runs[d])
    }
    return named, [d for d in duties if d not in named]


def halves(type: str) -> list[str]:
    """What of a named duty is still open: tips that a joint authority may run."""
    return ["tips (a joint authority may run them)"] if type in ("metropolitan", "london_borough") else []
