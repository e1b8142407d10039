"""Article: one name for all the addresses of an article, to tell whether two posts give the same.

The name is compared and never opened, so more is dropped than a link could spare:

    scheme and ports            http and https are one
    hosts                       www., m., mobile., amp. before the name; letters outside ASCII as punycode
    AMP                         /amp, /amp/, .amp, .amp.html, .amphtml at the end, /amp/ at the start; ?amp,
                                ?outputType=amp
    endings                     a closing slash, index.html and the like
    parameters                  put in order; empty ones dropped

Case of the path is kept: some sites tell articles apart by it. Tracking parameters, fragments and
caches of others' pages are gone before: ``clean.addresses`` takes them out of every address kept.
A front page (no path and no parameters) is no article.

Sources: RFC 3986, section 6 (equal addresses); amp.dev, "How AMP pages are cached" and the pairing of
pages that its WordPress plugin documents (``/amp/``, ``?amp=1``). Sites that pair otherwise are not met.
"""

import re
from urllib.parse import parse_qsl, unquote, urlsplit

_HOST = re.compile(r"^(?:www[0-9]?|m|mobile|amp)\.(?=[^.]+\.)")
_AMP_FIRST = re.compile(r"^/amp(?=/.)")
_AMP_LAST = re.compile(r"(?:/amp|\.amp(?:\.html?)?|\.amphtml)$", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
_AMP_PARAMETER = re.compile(r"(?:amp|outputtype|amp_[a-z_]+|usqp)$", re.IGNORECASE)


def name(url: str | None) -> str | None:
    """The article an address leads to, or None for no address and for a front page.

    >>> name("http://m.example.org/news/weir-lane/amp/?b=2&a=1&amp=1")
    'example.org/news/weir-lane?a=1&b=2'
    >>> name("https://example.org/") is None
    True
    """
    try:
        parts = urlsplit(url or "")
        host = parts.hostname or ""
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    path = unquote(parts.path)
    path = _AMP_FIRST.sub("", path.rstrip("/"))
    path = _INDEX.sub("", _AMP_LAST.sub("", path)).rstrip("/")
    pairs = sorted((n, v) for n, v in parse_qsl(parts.query) if not _AMP_PARAMETER.match(n))
    if not path and not pairs:
        return None
    beside = f":{port}" if port not in (None, 80, 443) else ""
    query = "&".join(f"{n}={v}" for n, v in pairs)
    return f"{site(host)}{beside}{path}" + (f"?{query}" if query else "")


def site(host: str) -> str:
    """A host without what only says for which device it serves, in its coded form (``xn--…``).

    >>> site("www.bbc.co.uk"), site("m.bücher.example"), site("www.uk")
    ('bbc.co.uk', 'xn--bcher-kva.example', 'www.uk')
    """
    plain = _HOST.sub("", host.lower().rstrip("."))
    try:
        return plain.encode("idna").decode("ascii")
    except UnicodeError:
        return plain
