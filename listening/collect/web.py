"""Web: asks an address over HTTP, and gives an Answer: a body, "nothing new", or what went wrong.

Failure is a value: ``get`` raises nothing.
It is polite (one request at a time per host, ``Retry-After`` kept, conditional requests, an honest
name) and careful (deadline, size, redirects, private networks: see ``line``).
An address may hold a token, so none is ever written to a log or into a sentence.
Proxies named in the environment are not used: behind one, an address could not be checked.
"""

import copy
import hashlib
import logging
import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import httpcore2
import httpx2

from listening.collect.dates import LONDON, retry_after
from listening.collect.line import Line, PrivateAddressError, transport
from listening.collect.moves import PERMANENT
from listening.post import State

CONNECT = 5.0  # seconds to make a connection
READ = 10.0  # seconds of silence in the middle of an answer
TOTAL = 20.0  # seconds for the whole answer: redirects, further tries and pauses included
MOST = 5_000_000  # bytes of a body, after unpacking
REDIRECTS = 5
PAUSES = (0.5, 2.0)  # seconds before the second and the third try
SHORT_REST = 5.0  # seconds of Retry-After that are waited for here; longer ones are handed back
TRANSIENT = (429, 500, 502, 503, 504, 520, 522)  # 520 and 522 are Cloudflare's, for a fault behind it
USUAL_REST = timedelta(minutes=15)  # where a host asks for rest but not for how long
LONGEST_REST = timedelta(days=1)
AGENT = "listening/0.1 (social listening for UK local government; reads public feeds)"

UNREACHABLE = "It could not be reached from here (no network, or the address is wrong)."
TOO_SLOW = "It did not finish its answer in time."
BROKEN_OFF = "It broke off in the middle of its answer."
TOO_BIG = f"It sent more than {MOST // 1_000_000} MB, which is too much for a feed."
GARBLED = "Its answer is garbled and could not be unpacked."
PRIVATE = "Its address leads into a private network, where we do not look unless the host is allowed by name."
NO_ADDRESS = "Its address is not a web address."
NOT_TRUSTED = "Its security certificate could not be checked, so we do not trust the answer."
CIRCLES = f"It passed us on more than {REDIRECTS} times."
NEEDS_KEY = "Paused: this source needs a key. Everything else works."
UNKNOWN = "Something went wrong on our side while asking it."
REASONS = {
    403: "It refuses to be read by a program like this one.",
    404: "There is nothing at its address any more.",
    410: "It has been taken down for good.",
    451: "It may not be read, for legal reasons.",
}

# Changes what is kept under a name (None: nothing yet) in one go, while no other process may.
Ledger = Callable[[str, Callable[[str | None], str]], None]

# httpx2 logs every address it asks, tokens and all.
for _name in ("httpx2", "httpcore2"):
    logging.getLogger(_name).setLevel(logging.WARNING)


@dataclass(frozen=True)
class Answer:
    """What came back: a body, or ``not_modified``, or an ``error``; never two of them."""

    url: str  # where it was found in the end, after redirects
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)  # names in lower case
    body: bytes | None = None
    not_modified: bool = False
    error: str | None = None  # a plain sentence, for people
    detail: str | None = None  # a technical one, for the log
    state: State | None = None  # failing or paused, beside an error
    retry_at: datetime | None = None  # UTC; not to be asked before
    passing: bool = False  # the trouble may be over in a second
    moved: str | None = None  # where permanent redirects led; it may hold a token
    remember: dict[str, str] = field(default_factory=dict)  # for the source's memory, even of a failure

    @property
    def digest(self) -> str | None:
        """SHA-256 of the body, hexadecimal."""
        return None if self.body is None else hashlib.sha256(self.body).hexdigest()


class Web:
    """The way out: limits, manners and one request at a time per host. Safe to share by threads.

    ``clock`` gives the time of day for ``Retry-After``; ``sleep`` the pause between two tries.
    """

    def __init__(
        self,
        user_agent: str = AGENT,
        allow_private: Iterable[str] = (),
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], None] = time.sleep,
        connect: float = CONNECT,
        read: float = READ,
        total: float = TOTAL,
        most: int = MOST,
    ) -> None:
        self.user_agent = user_agent or AGENT
        self.allow_private = tuple(allow_private)
        self.clock, self.sleep = clock, sleep
        self.timeout = httpx2.Timeout(read, connect=connect)
        self.total, self.most = total, most
        self._hosts: dict[str, threading.Lock] = defaultdict(threading.Lock)
        self._guard = threading.Lock()
        self._certificates: ssl.SSLContext | None = None
        self._pauses: tuple[float, ...] = PAUSES
        self.ledger: Ledger | None = None
        self.glance = False

    def paced(self, ledger: Ledger) -> "Web":
        """The same way out; what it asks for by a pace is told to others that ask by the same ledger."""
        told = copy.copy(self)
        told.ledger = ledger
        return told

    def glancing(self) -> "Web":
        """The same way out, for a first glance: who could ask many times asks for one page alone."""
        self._trusted()  # as in ``once``
        brief = copy.copy(self)
        brief.glance = True
        return brief

    def once(self) -> "Web":
        """The same way out, its queues at the hosts included, without a second try."""
        self._trusted()  # read once, not once a copy
        single = copy.copy(self)
        single._pauses = ()
        return single

    def get(
        self,
        url: str,
        etag: str | None = None,
        last_modified: str | None = None,
        known: str | None = None,
    ) -> Answer:
        """The Answer of an address; ``known`` is the digest of the last body understood.

        A body we know already counts as not modified, whatever the validators say: some servers
        make up a new ETag for every answer.
        """
        line = Line(self.allow_private, time.monotonic() + self.total)
        headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        conditions = {name: value for name, value in headers.items() if value}
        for pause in (*self._pauses, None):
            answer = self._once(url, conditions, line)
            rest = retry_after(answer.headers.get("retry-after"), self.clock())
            wait = another_try(answer, pause, rest)
            if wait is None or time.monotonic() + wait >= line.until:
                break
            self.sleep(wait)
        return self.judged(answer, bool(conditions), known)

    def send(
        self, method: str, url: str, headers: dict[str, str] | None = None, content: bytes | None = None
    ) -> Answer:
        """One request as it is, and its answer with its body, whatever its status.

        For a client with manners of its own: no redirect is followed, no further try is made and
        nothing is judged (``judged`` does that). What could not be asked is an ``error``, as in ``get``.
        """
        line = Line(self.allow_private, time.monotonic() + self.total)
        try:
            wire = transport(line, self._trusted())
            with httpx2.Client(transport=wire, timeout=self.timeout, trust_env=False) as client:
                named = {"User-Agent": self.user_agent, "Accept-Encoding": "gzip, deflate", **(headers or {})}
                request = client.build_request(method, url, headers=named, content=content)
                if request.url.scheme not in ("http", "https") or not request.url.host:
                    raise httpx2.UnsupportedProtocol("only http and https")
                with self._turn(request.url.host, line):
                    return self._exchange(client, request, as_it_is=True)[0]
        except Exception as error:  # as in _once
            return _failure(url, error)

    def stream(self, url: str, heard: Callable[[str], bool], seconds: float, most: int) -> Answer:
        """Hands each message of a websocket to ``heard`` until it says False; then an Answer without a body.

        ``url`` begins with https:// (or http://) as everywhere. It also ends, and that is no error,
        after so many ``seconds``, after ``most`` bytes, after a silence, and at the server's goodbye.
        A call that is answered with an ordinary refusal is judged as in ``get``.
        """
        from listening.collect import stream  # its client is imported where it is used

        line = Line(self.allow_private, time.monotonic() + seconds)
        try:
            host = httpx2.URL(url).host
            with self._turn(host, line):
                stream.talk(
                    url,
                    line,
                    self._trusted(),
                    {"User-Agent": self.user_agent},
                    self.timeout.connect or CONNECT,
                    self.timeout.read or READ,
                    heard,
                    most,
                )
            return Answer(url, 101)
        except stream.Refused as refusal:
            told = refusal.response
            headers = {name.lower(): value for name, value in told.headers.raw_items()}
            return self.judged(Answer(url, told.status_code, headers, bytes(told.body)))
        except Exception as error:  # as in _once
            return _failure(url, error)

    def _once(self, url: str, conditions: dict[str, str], line: Line) -> Answer:
        try:
            return self._followed(url, conditions, line)
        except Exception as error:  # failure is a value here, whatever the client below comes up with
            return _failure(url, error)

    def _followed(self, url: str, conditions: dict[str, str], line: Line) -> Answer:
        headers = {
            "User-Agent": self.user_agent,
            "Accept": "application/rss+xml, application/atom+xml, application/feed+json, "
            "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5",
            "Accept-Encoding": "gzip, deflate",
            **conditions,
        }
        wire = transport(line, self._trusted())
        with httpx2.Client(transport=wire, timeout=self.timeout, trust_env=False) as client:
            request = client.build_request("GET", url, headers=headers)
            moved, for_good = None, True
            for _ in range(REDIRECTS + 1):
                if request.url.scheme not in ("http", "https") or not request.url.host:
                    raise httpx2.UnsupportedProtocol("only http and https")
                with self._turn(request.url.host, line):
                    answer, onward = self._exchange(client, request)
                if onward is None:
                    return replace(answer, moved=moved)
                for_good = for_good and answer.status in PERMANENT
                moved = str(onward.url) if for_good else moved
                request = onward
        return Answer(url, answer.status, error=CIRCLES, detail="too many redirects", state="failing")

    def _exchange(
        self, client: httpx2.Client, request: httpx2.Request, as_it_is: bool = False
    ) -> tuple[Answer, httpx2.Request | None]:
        """One request and its answer, or where the answer sends us next.

        ``as_it_is``: the body of every answer is read, and no answer sends us anywhere.
        """
        response = client.send(request, stream=True, follow_redirects=False)
        try:
            answer = Answer(str(response.url), response.status_code, dict(response.headers))
            if response.next_request is not None and not as_it_is:
                return answer, response.next_request
            if response.status_code != 200 and not as_it_is:
                return answer, None
            body = self._body(response)
            if body is None:
                return replace(answer, error=TOO_BIG, detail=f"over {self.most} bytes", state="failing"), None
            return replace(answer, body=body), None
        finally:
            response.close()

    def _body(self, response: httpx2.Response) -> bytes | None:
        """The unpacked body, or None as soon as it proves too large."""
        if int(response.headers.get("content-length") or 0) > self.most:
            return None
        body = bytearray()
        for piece in response.iter_bytes():
            body += piece
            if len(body) > self.most:
                return None
        return bytes(body)

    def judged(self, answer: Answer, asked_for_changes: bool = False, known: str | None = None) -> Answer:
        """The answer with its meaning: not modified, resting, or what is wrong in plain words."""
        status = answer.status
        if answer.error or (status == 200 and answer.digest != known):
            return answer
        if status == 200 or (status == 304 and (asked_for_changes or known)):
            return replace(answer, not_modified=True, body=None)
        if status in (429, 503):
            return self._resting(answer)
        reason = REASONS.get(status or 0, "It does not accept our request.")
        if status == 401:
            reason = NEEDS_KEY
        elif status is not None and (status < 400 or status >= 500):
            reason = "Its server has a fault and sends nothing we could read."
        state: State = "paused" if status == 401 else "failing"
        return replace(answer, error=reason, detail=f"HTTP {status}", state=state)

    def _resting(self, answer: Answer) -> Answer:
        now = self.clock()
        rest = retry_after(answer.headers.get("retry-after"), now) or USUAL_REST
        until = now + min(rest, LONGEST_REST)
        why = "it asked us to slow down" if answer.status == 429 else "it is too busy to answer"
        sentence = resting(until, now, why)
        detail = f"HTTP {answer.status}, Retry-After {answer.headers.get('retry-after', 'not given')}"
        return replace(answer, error=sentence, detail=detail, state="paused", retry_at=until)

    @contextmanager
    def _turn(self, host: str, line: Line) -> Iterator[None]:
        """One at a time per host; time spent in the queue is not the server's."""
        queued = time.monotonic()
        with self._guard:
            lock = self._hosts[host.lower()]
        with lock:
            line.until += time.monotonic() - queued
            yield

    def _trusted(self) -> ssl.SSLContext:
        with self._guard:  # made once, at first use: reading the certificates takes a moment
            self._certificates = self._certificates or httpx2.create_ssl_context()
            return self._certificates


def another_try(answer: Answer, pause: float | None, rest: timedelta | None) -> float | None:
    """Seconds before the next try; None where another try now would be pointless or rude."""
    transient = answer.passing or answer.status in TRANSIENT
    if pause is None or not transient:
        return None
    if rest is not None:
        return max(rest.total_seconds(), pause) if rest.total_seconds() <= SHORT_REST else None
    return None if answer.status == 429 else pause


def _failure(url: str, error: Exception) -> Answer:
    """The Answer for what the client raised. Its own words may hold the address: they stay out."""
    causes = [error]
    while (cause := causes[-1].__cause__ or causes[-1].__context__) is not None and cause not in causes:
        causes.append(cause)  # type: ignore[arg-type]
    passing = False
    if any(isinstance(c, ssl.SSLError) for c in causes):
        sentence = NOT_TRUSTED
    elif isinstance(error, PrivateAddressError):
        sentence = PRIVATE
    elif isinstance(error, httpx2.ConnectError | httpcore2.ConnectError):
        sentence = UNREACHABLE
    elif isinstance(error, httpx2.ConnectTimeout | httpcore2.ConnectTimeout):
        sentence, passing = UNREACHABLE, True
    elif isinstance(error, httpx2.TimeoutException | httpcore2.TimeoutException):
        sentence, passing = TOO_SLOW, True
    elif isinstance(error, httpx2.NetworkError | httpx2.RemoteProtocolError | httpcore2.NetworkError):
        sentence, passing = BROKEN_OFF, True
    elif isinstance(error, httpx2.DecodingError):
        sentence = GARBLED
    elif isinstance(error, httpx2.InvalidURL | httpx2.UnsupportedProtocol | httpx2.LocalProtocolError):
        sentence = NO_ADDRESS
    else:
        sentence = UNKNOWN
    detail = " < ".join(type(c).__name__ for c in causes)
    return Answer(url, error=sentence, detail=detail, state="failing", passing=passing)


def resting(until: datetime, now: datetime, why: str) -> str:
    """Why and until when a source is left alone, for people."""
    return f"Resting until {_clock_time(until, now)}: {why}."


def _clock_time(moment: datetime, now: datetime) -> str:
    """A time as said in Britain: "13:05", with the day where it is not today."""
    there, here = moment.astimezone(LONDON), now.astimezone(LONDON)
    day = "" if there.date() == here.date() else f" on {there.day} {there:%B}"
    return f"{there:%H:%M}{day}"
