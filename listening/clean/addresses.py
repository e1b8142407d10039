"""Addresses: a link in its canonical form that says nothing of who wrote it, or no link at all.

Kept: http and https only, host in lower case, without user name, default port, fragment and
tracking parameters, percent signs with capital digits; a page in Google's AMP cache is given by its own
address. On the platforms below only forms known to be free of an author are kept;
everything else there is None, "link not kept":

    x.com, twitter.com   <user>/status/<id>             -> https://x.com/i/status/<id>
    bsky.app             profile/<did or handle>/…      -> None
    reddit.com           r/<x>/comments/<id>/<slug>     -> without the slug (it repeats the title);
                         user/…, u/…, r/u_<name>/…      -> None
    facebook.com         groups/…/posts/<id>, events/<id>, reel/<id>, watch?v=  kept; profiles,
                         pages, shares and permalink.php (its id is the author's) -> None
    instagram.com        p/<id>, reel/<id> (a user before it is dropped); else None
    threads.com          @<user>/post/<id>              -> https://www.threads.com/t/<id>
    youtube.com          watch?v=, shorts/<id>, live/<id>, playlist?list=; channels -> None
    linkedin.com         posts/<user>…activity-<id>     -> feed/update/urn:li:activity:<id>
    tiktok.com, nextdoor, t.me, wa.me                   -> None (no author-free form, or a phone number)
    anywhere else        a path with /@name, /~name, /user(s)/…, /u/…, /profile(s)/…, /author(s)/…,
                         or an e-mail address, phone number or full postcode -> None.
                         mastodon's /@user/123 is one of these. Public bodies' own sites
                         (gov.uk, nhs.uk, police.uk, parliament.uk) may name their office-holders.

The forms are from general knowledge of the platforms; none of them was asked. Tracking parameters:
those of Google, Meta, Microsoft, Piano (the BBC's ``at_``), Comscore (``ns_``), Webtrekk (``wt_``) and
mail senders, as AdGuard's URL tracking filter and ClearURLs list them. The AMP cache's form: amp.dev,
"Using the Google AMP Cache", checked 2026-11-22. Which address two posts share is asked of
``listening.article``.
"""

import re
from collections.abc import Callable
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

from listening.clean import postcodes
from listening.clean.outline import folded

LONGEST = 2_000  # characters; longer addresses carry a payload, not a page
_TRACKING = re.compile(
    r"(?:utm_|at_|ns_|pk_|mtm_|hsa_|vero_|oly_|mc_|itm_|otm_|wt_|fb_|elqtrack|__s$|_hs|_ga|_gl$)"
    r"|(?:fbclid|gclid|gclsrc|dclid|srsltid|ncid|mbid|s_cid|maca|_openstat|__twitter_impression|gbraid"
    r"|wbraid|msclkid|twclid|ttclid|yclid|igshid|igsh|cmpid|cmp|ocid|icid|ito"
    r"|mkt_tok|ref_src|ref_url|share_id|rdt|si|spm|xtor|s_kwcid|trk|source_caller|smid|smtyp|taid)$",
    re.IGNORECASE,
)
# Parameters that name a person or a home, whatever their value.
_PERSONAL = re.compile(
    r"(?:user(?:name|id)?|author|handle|e?mail|phone|tel|mobile|name|postcode|pc|uid)$", re.IGNORECASE
)
_AUTHORED = re.compile(r"/(?:[@~][^/]|(?:users?|u|profiles?|authors?)/[^/])|@", re.IGNORECASE)
_PHONE = re.compile(r"(?<![0-9])(?:\+?44|0)(?:7[0-9]{9}|[123][0-9]{9})(?![0-9])")
_SPOT = re.compile(
    r"(?:49|5[0-9]|60)\.[0-9]{3,}[,+ /]{1,2}-?[0-9]\.[0-9]{3,}"
)  # a place to some hundred metres
_PUBLIC_BODY = re.compile(r"(?:^|\.)(?:gov\.uk|nhs\.uk|police\.uk|parliament\.uk|gov\.scot|gov\.wales)$")
_CACHED = re.compile(r"https?://[^/]+\.cdn\.ampproject\.org/[cv]/(s/)?(?=[^/]+\.)", re.IGNORECASE)
_DIGIT = re.compile("[0-9]")
_FRONT = re.compile(r"^(?:www|m|mobile|old|new|np|mbasic|en-gb)\.")
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_HOST = re.compile(r"(?=.{1,253}$)[^\s/@:?#\\<>\"'%]+$")
_SAFE = "/%:!$&()*+,;=~-._@"

# A link as it stands in running text: with a scheme, with www, or a bare domain with a path.
_TOP = "com|org|net|uk|app|social|me|io|tv|info|be|it|eu"
_SIGNED = r"(?<![\w@.])(?:https?://|www\.)[^\s<>\"\[\]]+"
LINK = re.compile(
    rf"({_SIGNED}|(?<![\w@./-])(?:[a-z0-9-]{{1,63}}\.){{1,4}}(?:{_TOP})/[^\s<>\"\[\]]+)", re.IGNORECASE
)
_LINK_SIGNED = re.compile(f"({_SIGNED})", re.IGNORECASE)
_BARE = re.compile(rf"\.(?:{_TOP})/")
_CLOSING = ".,;:!?'*…"  # punctuation that ends a sentence, not an address
GONE = "[link]"


def canonical(url: str | None) -> str | None:
    """The address in its one author-free form, or None where there is none worth keeping.

    >>> canonical("HTTPS://Example.org:443/a?utm_source=x&id=7#top")
    'https://example.org/a?id=7'
    >>> canonical("https://twitter.com/someone/status/123?s=20")
    'https://x.com/i/status/123'
    >>> canonical("javascript:alert(1)") is None
    True
    """
    parts = _split(_uncached(url))
    if parts is None or parts.hostname is None:
        return None
    host = parts.hostname.rstrip(".")
    bare = _FRONT.sub("", host)
    if bare in _PLATFORMS:
        return _PLATFORMS[bare]([p for p in parts.path.split("/") if p], dict(parse_qsl(parts.query)))
    path = unquote(parts.path)
    if _DIGIT.search(path) and (_PHONE.search(path) or postcodes.held(path.replace("+", " "))):
        return None
    if _SPOT.search(path):
        return None
    if _AUTHORED.search(path) and not _PUBLIC_BODY.search(host):
        return None
    return _joined(parts, host)


def linked(text: str) -> list[str]:
    """A text parted at its links: words, a link, words; bare domains where one may be."""
    low = folded(text)
    if _BARE.search(low):
        return LINK.split(text)
    return _LINK_SIGNED.split(text) if "http" in low or "www." in low else [text]


def in_text(link: str) -> str:
    """A link of running text, canonical or as ``[link]``; closing punctuation stays outside it."""
    body = link.rstrip(_CLOSING)
    while body.endswith(")") and body.count(")") > body.count("("):
        body = body[:-1].rstrip(_CLOSING)
    bare = "://" not in body[:8]
    kept = canonical("https://" + body if bare else body)
    return (kept or GONE) + link[len(body) :]


def _uncached(url: str | None) -> str | None:
    """The address of the page itself where ``url`` is that of its copy in Google's AMP cache."""
    if not isinstance(url, str):
        return None
    url = url.strip()
    while cached := _CACHED.match(url):
        url = f"http{'s' if cached[1] else ''}://{url[cached.end() :]}"
    return url


def _split(url: str | None) -> SplitResult | None:
    """The parts of an http(s) address, or None for anything else, malformed ones included."""
    if not isinstance(url, str) or len(url) > LONGEST:
        return None
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname or ""
    if parts.scheme.lower() not in ("http", "https") or not _HOST.match(host.rstrip(".")) or port == 0:
        return None
    return parts


def _joined(parts: SplitResult, host: str) -> str | None:
    default = {"http": 80, "https": 443}[parts.scheme]
    where = f"{host}:{parts.port}" if parts.port not in (None, default) else host
    kept = [p for p in parts.query.split("&") if p and _kept(p)]
    query = "?" + quote("&".join(kept), safe=_SAFE + "?/") if kept else ""
    path = quote(parts.path or "/", safe=_SAFE, errors="replace")
    result = f"{parts.scheme}://{where}{_ESCAPE.sub(lambda m: m[0].upper(), path + query)}"
    return result if len(result) <= LONGEST else None


def _kept(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    value = unquote(value.replace("+", " "))
    return not (
        _TRACKING.match(name)
        or _PERSONAL.match(name)
        or "@" in value
        or _PHONE.search(value)
        or postcodes.held(value)
        or _SPOT.search(value)
    )


Query = dict[str, str]


def _x(path: list[str], query: Query) -> str | None:
    if "status" in path and path[-1] != "status":
        number = path[path.index("status") + 1]
        return f"https://x.com/i/status/{number}" if number.isdigit() and number.isascii() else None
    if len(path) == 2 and path[0] == "hashtag" and path[1].isalnum():
        return "https://x.com/hashtag/" + quote(path[1])
    return None


def _reddit(path: list[str], query: Query) -> str | None:
    if path[:1] == ["r"] and len(path) > 1 and _word(path[1]) and not path[1].lower().startswith("u_"):
        if path[2:3] == ["comments"] and len(path) > 3 and _word(path[3]):
            # a comment's id stands after the slug, or after the word "comment"
            comment = f"/comment/{path[5]}" if len(path) > 5 and _word(path[5]) else ""
            return f"https://www.reddit.com/r/{path[1]}/comments/{path[3]}{comment}"
        return f"https://www.reddit.com/r/{path[1]}" if len(path) == 2 else None
    if path[:1] in (["comments"], ["gallery"]) and len(path) > 1 and _word(path[1]):
        return f"https://www.reddit.com/{path[0]}/{path[1]}"
    return None


def _reddit_file(path: list[str], query: Query) -> str | None:
    return f"https://www.reddit.com/comments/{path[0]}" if len(path) == 1 and _word(path[0]) else None


def _facebook(path: list[str], query: Query) -> str | None:
    home = "https://www.facebook.com/"
    if path[:1] == ["groups"] and len(path) > 1 and _word(path[1]):
        post = (
            f"/posts/{path[3]}"
            if path[2:3] in (["posts"], ["permalink"]) and path[3:4] and _word(path[3])
            else ""
        )
        return f"{home}groups/{path[1]}{post}"
    if path[:1] in (["events"], ["reel"]) and len(path) > 1 and path[1].isdigit():
        return f"{home}{path[0]}/{path[1]}"
    if path[:1] == ["watch"] and query.get("v", "").isdigit():
        return f"{home}watch/?v={query['v']}"
    return None


def _instagram(path: list[str], query: Query) -> str | None:
    for kind in ("p", "reel", "tv"):
        if kind in path[:2] and path[-1] != kind and _word(path[path.index(kind) + 1]):
            return f"https://www.instagram.com/{kind}/{path[path.index(kind) + 1]}/"
    return None


def _threads(path: list[str], query: Query) -> str | None:
    number = (
        path[2] if len(path) > 2 and path[1] == "post" else path[1] if path[:1] == ["t"] and path[1:] else ""
    )
    return f"https://www.threads.com/t/{number}" if _word(number) else None


def _youtube(path: list[str], query: Query) -> str | None:
    for name, form in (("v", "watch?v="), ("list", "playlist?list=")):
        if path[:1] == [form.partition("?")[0]] and _word(query.get(name, "")):
            return f"https://www.youtube.com/{form}{query[name]}"
    if path[:1] in (["shorts"], ["live"], ["embed"]) and len(path) > 1 and _word(path[1]):
        return f"https://www.youtube.com/watch?v={path[1]}"
    return None


def _youtu_be(path: list[str], query: Query) -> str | None:
    return f"https://www.youtube.com/watch?v={path[0]}" if path and _word(path[0]) else None


def _linkedin(path: list[str], query: Query) -> str | None:
    number = re.search(r"activity[-:]([0-9]{10,25})", "/".join(path))
    return f"https://www.linkedin.com/feed/update/urn:li:activity:{number[1]}" if number else None


def _nowhere(path: list[str], query: Query) -> str | None:
    return None


def _word(part: str) -> bool:
    """Whether a piece of an address is an id and nothing else."""
    return re.fullmatch(r"[A-Za-z0-9_-]{1,64}", part) is not None


_PLATFORMS: dict[str, Callable[[list[str], Query], str | None]] = {
    **dict.fromkeys(
        ("x.com", "twitter.com", "nitter.net", "fxtwitter.com", "vxtwitter.com", "fixupx.com"), _x
    ),
    **dict.fromkeys(("facebook.com", "fb.com"), _facebook),
    **dict.fromkeys(("threads.net", "threads.com"), _threads),
    **dict.fromkeys(("youtube.com", "youtube-nocookie.com"), _youtube),
    **dict.fromkeys(("bsky.app", "tiktok.com", "vm.tiktok.com", "nextdoor.com", "nextdoor.co.uk"), _nowhere),
    **dict.fromkeys(
        ("t.me", "wa.me", "api.whatsapp.com", "fb.me", "snapchat.com", "linktr.ee", "paypal.me", "monzo.me"),
        _nowhere,
    ),
    "reddit.com": _reddit,
    "redd.it": _reddit_file,
    "youtu.be": _youtu_be,
    "instagram.com": _instagram,
    "linkedin.com": _linkedin,
    "uk.linkedin.com": _linkedin,
}
