"""Robots: whether a site lets programs like ours read a page (robots.txt, RFC 9309).

Asked before pages are read that were made for people. Feeds and interfaces are made for programs.
"""

from urllib.parse import urljoin
from urllib.robotparser import RobotFileParser

from listening.collect.encoding import decoded
from listening.collect.web import Web

NOT_ALLOWED = "Its site asks programs not to read this page (robots.txt)."
MOST = 500_000  # bytes of it that are read: RFC 9309, 2.5


def refusal(url: str, web: Web) -> str | None:
    """Why a page may not be read, in a sentence; None where it may: a site without the file allows all.

    One whose server has a fault, or does not answer, allows nothing just now (RFC 9309, 2.3.1.4).
    """
    answer = web.get(urljoin(url, "/robots.txt"))
    if answer.body is None:
        known_to_have_none = answer.status is not None and 400 <= answer.status < 500 and answer.status != 429
        return None if known_to_have_none else answer.error
    rules = RobotFileParser()
    rules.parse(decoded(answer.body[:MOST]).splitlines())
    agent = web.user_agent.partition("/")[0]
    return None if rules.can_fetch(agent, url.partition("#")[0]) else NOT_ALLOWED
