"""A post in the making: what it says, and what is true of it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

import pandas as pd

from listening.area import Area
from listening.post import Post, frame

HTML = 0.12  # share of residents' posts that arrive as HTML
PERSONAL = 0.011  # share that carry personal data, all of it invented
KINDS = {"press": "article", "official": "post", "report": "report"}
TRUTHS = ("id", "plant", "issue", "ward", "town", "street", "stance", "template", "noise", "personal")


@dataclass(eq=False, slots=True)
class Draft:
    """One post before it has an id. What is true of it is known, because it was made up."""

    at: datetime  # UTC
    source: str
    text: str
    title: str | None = None
    author: str | None = None  # the raw handle
    thread: str | None = None
    issue: str | None = None
    ward: str | None = None
    town: str | None = None
    street: str | None = None
    stance: str | None = None
    # what a resident's post was made from: issue, stance and leading sentence, its slots unfilled;
    # of one written word for word its text
    template: str | None = None
    noise: str | None = None
    plant: str | None = None  # the name of its plant in planted.yaml; None: background
    personal: str | None = None  # what must not outlive cleaning
    delay: timedelta | None = None  # between published and collected
    before: list[tuple[datetime, str]] = field(default_factory=list)  # earlier headlines and when they stood
    replying: bool = False
    dated: bool = True


def platform(source: str) -> str:
    """The part of an id before its colon."""
    return source.lower().replace(" ", "-")


def posts(drafts: list[Draft], area: Area, random: Random) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The drafts as raw posts, oldest first, and the truth about each (``TRUTHS``)."""
    ordered = sorted(drafts, key=lambda d: (d.at, d.source, d.text))
    made, truths = [], []
    for number, draft in enumerate(ordered, 1):
        post = _post(draft, area, number, random)
        made.append(post)
        truths.append([post.id, *(getattr(draft, name) for name in TRUTHS[1:])])
    return frame(made), pd.DataFrame(truths, columns=list(TRUTHS))


def _post(draft: Draft, area: Area, number: int, random: Random) -> Post:
    source = area.source_by_name[draft.source]
    public = source.channel == "public"
    collected = draft.at + (draft.delay or timedelta(seconds=random.uniform(20, 170)))
    if area.clock and collected > area.clock:
        collected = area.clock
    name = platform(draft.source)
    host = (source.url or "").split("/")[2]
    text, title = draft.text, draft.title
    if public and not draft.plant and random.random() < HTML:
        text = html(text, host, number)
    return Post(
        id=f"{name}:{number}",
        source=draft.source,
        channel=source.channel,
        kind=KINDS.get(source.channel) or ("comment" if draft.replying else "post"),
        published=draft.at if draft.dated else collected,
        collected=collected,
        url=f"https://{host}/{'t' if public else 'n'}/{number}?utm_source=feed",
        title=title,
        text=text,
        author=draft.author if public else None,
        thread=f"{name}:{draft.thread}" if draft.thread else None,
        edited=draft.before[-1][0] if draft.before else None,
        dated=draft.dated,
        replies=random.choices((0, 1, 2, 3, 5, 8, 13), (50, 20, 12, 8, 5, 3, 2))[0] if public else None,
    )


def html(text: str, host: str, number: int) -> str:
    """The text as a feed's HTML: entities, a paragraph, at times a link to a picture."""
    safe = text.replace("&", "&amp;").replace("'", "&#39;")
    if number % 3 == 0:
        safe += f' <a href="https://{host}/photo/{number}?utm_medium=rss">photo</a>'
    return f"<p>{safe.replace('. ', '.<br>', 1)}</p>"


def personal(
    text: str, lines: list[str], area: Area, random: Random, mention: str, ward: str | None
) -> tuple[str, str]:
    """The text with a line of invented personal data, and the words that must not outlive cleaning.

    Only a post of a ward may give a postcode, and it is one of that ward: a postcode places a post.

    Telephone numbers are from Ofcom's drama ranges, mail is at example.org (checked 2026-11-22),
    postcodes are of the area HV, which does not exist.
    """
    code = area.ward_by_name[ward].code if ward else None
    own = sorted(postcode for postcode, of in area.postcodes.items() if of == code)
    secrets = {
        "phone": f"{random.choice(('07700 900', '01632 960'))}{random.randrange(1000):03d}",
        "mail": f"{mention.replace('_', '.')}@example.org",
        "postcode": random.choice(own) if own else "",
        "mention": f"@{mention}",
    }
    line = random.choice([line for line in lines if own or "{postcode}" not in line])
    used = next(name for name in secrets if f"{{{name}}}" in line)
    return f"{text} {line.format(**secrets)}", secrets[used]
