"""Robots: whether a site lets programs like ours read a page (robots.txt, RFC 9309).

Asked before pages are read that were made for people. Feeds and interfaces are made for programs.
"""

from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from listening.collect.encoding import decoded
from listening.collect.web import Web

MOST = 500_000  # bytes of it that are read: RFC 9309, 2.5


def allows(url: str, web: Web) -> bool:
    """Whether the site of a page allows it to be read; a site without the file allows everything.

    One whose server has a fault, or does not answer, allows nothing just now (RFC 9309, 2.3.1.4).
    """
    answer = web.get(urljoin(url, "/robots.txt"))
    if answer.body is None:
        return answer.status is not None and 400 <= answer.status < 500 and answer.status != 429
    rules = RobotFileParser()
    rules.parse(decoded(answer.body[:MOST]).splitlines())
    agent = web.user_agent.partition("/")[0]
    return rules.can_fetch(agent, urlsplit(url)._replace(fragment="").geturl())
