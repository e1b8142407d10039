"""GOV.UK: news and other announcements of chosen departments, agencies or topics.

In sources.yaml: ``kind: govuk``; ``options`` choose: ``organisations`` (as in the address of their page:
ministry-of-housing-communities-local-government), ``topics`` (content ids of taxons) and ``words`` (all
of them must stand in the page). ``url`` is needed only for another search, with a whole query of its own.
Gives: title, the line that says what it is about, link, date.
Does not give: the page's own text; deletions. Its date moves with each major update: we keep the first.
Limits: the newest 50; one request a look. An option it does not know makes it refuse (HTTP 422).
Terms: Open Government Licence v3.0, Crown copyright.
Checked: 2026-11-22: docs.publishing.service.gov.uk, "Using the search API" (also in github.com/alphagov/
search-api); fields and filters in three programs of others that ask it.
Verified: never against GOV.UK; on an answer written from those, and a misbehaving server in the tests.
"""

import hashlib
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from listening.area import Source
from listening.collect import document
from listening.collect.dates import read
from listening.collect.entry import markup, tidy, web_link
from listening.collect.web import Answer, Web
from listening.errors import CollectError
from listening.post import Found, Post

HERE = "https://www.gov.uk/api/search.json"
SITE = "https://www.gov.uk/"
COUNT = 50  # asked for; 10 is its default, 1,500 its most
MOST = 1_500
LONGEST = 20_000  # characters of one description
NOT_THESE = "It sends data, but no list of announcements."
PARTLY = "Some of its announcements could not be read."


def fetch(source: Source, memory: dict[str, Any], web: Web) -> Answer:
    """The search's Answer."""
    return document.ask(_address(source), memory, web)


def parse(answer: Answer, source: Source, now: datetime) -> Found:
    """A post an announcement, the newest first."""
    text = document.body(answer)
    if text is None:
        return Found([], memory=document.unchanged(answer))
    sent = document.data(text)
    results = sent.get("results") if isinstance(sent, dict) else None
    if not isinstance(results, list):
        raise CollectError(NOT_THESE)
    posts: dict[str, Post] = {}
    read_well = 0
    for result in results[:MOST]:
        if post := _post(result, source, now):
            read_well += 1
            posts.setdefault(post.id, post)
    listed = sorted(posts.values(), key=lambda post: post.published, reverse=True)
    memory = document.remembered(answer, _address(source), listed)
    return Found(listed, memory=memory, remark=PARTLY if read_well < len(results) else None)


def _address(source: Source) -> str:
    url = source.url or HERE
    if "?" in url:
        return url
    query = [
        ("filter_content_purpose_supergroup", "news_and_communications"),
        ("order", "-public_timestamp"),
        ("count", str(COUNT)),
        *(("fields", name) for name in ("title", "link", "description", "public_timestamp")),
        *(("filter_organisations", name) for name in source.options.get("organisations", ())),
        *(("filter_any_part_of_taxonomy_tree", name) for name in source.options.get("topics", ())),
    ]
    if words := source.options.get("words"):
        query.append(("q", " ".join(words)))
    return f"{url}?{urlencode(query)}"


def _post(result: Any, source: Source, now: datetime) -> Post | None:
    """None for what has no title or no page: nobody could say what it is."""
    if not isinstance(result, dict):
        return None
    title, link = markup(result.get("title")), web_link(result.get("link"), SITE)
    if not title or not link:
        return None
    published = read(tidy(result.get("public_timestamp")))
    about = markup(result.get("description"))
    return Post(
        id="govuk:" + hashlib.sha256(link.encode()).hexdigest()[:32],
        source=source.name,
        channel=source.channel,
        kind="article",
        published=min(published or now, now),
        collected=now,
        url=link,
        title=title,
        text=about[:LONGEST] if about else None,
        dated=published is not None,
    )
