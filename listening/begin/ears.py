"""Ears: the sources a new area begins with, as the text of sources.yaml, every one switched off."""

from listening.begin.draft import Draft, scalar

ENGLISH = ("district", "county", "unitary", "london_borough", "metropolitan")


def sources_yaml(draft: Draft, issues: str) -> str:
    """The text of sources.yaml: sources most councils have, each off until somebody has seen it work."""
    head = f"""\
# What we listen to, for {draft.name}. Begun by `python -m listening init` on {draft.today}.
#
# Every source is switched off, for none was ever asked: read its terms, add its address where there is none,
# set `enabled: true`, and run `check`. `python -m listening find ADDRESS` finds the feeds of a site.

area: .
issues: {scalar(issues)}
store: sqlite:///listening.db

# Five lines by whoever runs this. Until all are there, sources of residents' own words stay paused.
checklist:
  controller: ""
  contact: ""
  purpose: ""
  lawful_basis: ""
  retention: ""

network:
  allow_private: []

sources:
"""
    return head + "".join(_source(draft, **source) for source in _sources(draft))


def _sources(draft: Draft) -> list[dict[str, str]]:
    """What to begin with; the local papers are the operator's to add."""
    council = draft.full_name
    seen, unread = "never seen to work", "Terms not read."
    ogl = "Open Government Licence v3.0."
    listed = [
        {"name": f"{council} news", "kind": "feed", "why": "no address yet; add its url", "terms": unread},
        {
            "name": f"{draft.name} council meetings",
            "kind": "moderngov",
            "why": "no address yet",
            "terms": unread,
        },
        {
            "name": "GOV.UK news",
            "kind": "feed",
            "url": "https://www.gov.uk/search/news-and-communications.atom",
            "why": seen,
            "terms": ogl,
        },
    ]
    if draft.county_council:
        name = f"{draft.county_council} news"
        listed.insert(
            1, {"name": name, "kind": "feed", "why": "no address yet; add its url", "terms": unread}
        )
    if draft.type in ENGLISH or draft.type == "welsh":
        listed.append({"name": "Local Government Association", "kind": "lga", "why": seen, "terms": unread})
    if draft.type in ENGLISH and (where := _middle(draft)):
        options = f"{{lat: {where[1]:.3f}, long: {where[0]:.3f}, dist: 20}}"
        name = "Environment Agency flood warnings"
        listed.append({"name": name, "kind": "floods", "why": seen, "terms": ogl, "options": options})
    return listed


def _source(
    draft: Draft, name: str, kind: str, why: str, terms: str, url: str = "", options: str = ""
) -> str:
    lines = [f"  - name: {scalar(name)}", f"    kind: {kind}", *([f"    url: {url}"] if url else [])]
    lines += [
        "    channel: official",
        "    every: 1 hour",
        "    enabled: false",
        f"    why_disabled: {scalar(why)}",
    ]
    lines += ["    licence: OGL"] if "Open Government Licence" in terms else []
    lines += [f"    terms: {{note: {scalar(terms + ' Never asked from here.')}, checked: {draft.today}}}"]
    lines += [f"    options: {options}"] if options else []
    return "\n" + "\n".join(lines) + "\n"


def _middle(draft: Draft) -> tuple[float, float] | None:
    """The mean of the wards' middles."""
    middles = [w.middle for w in draft.wards if w.middle]
    if not middles:
        return None
    return sum(x for x, _ in middles) / len(middles), sum(y for _, y in middles) / len(middles)
