"""How much of the usual talk could be heard: less talk while its source was down is no news."""

from listening.area import BROUGHT_IN
from listening.summarise import listened
from listening.summarise.figures import PUBLIC
from listening.summarise.scope import Ledger, Scope, history
from listening.summarise.trends import HEARD


def audible(store: Ledger, scope: Scope) -> float:
    """The part of the scope's usual talk that could be heard in its window, 0–1.

    Each source counts by what it carried before, over up to 26 weeks; one that was silent for more
    than 12 hours takes away the part of its talk that it missed. Costs nothing where none was.
    """
    if not scope.silences.missed(scope.since, scope.until):
        return 1.0
    past = history(scope)
    told = {"figures": ("posts",), "channels": PUBLIC, **scope.only}
    rows = store.tally(past["since"], past["until"], by=("source",), **told)
    return scope.silences.part(rows.set_index("source")["posts"], scope.since, scope.until)


def partly(scope: Scope, part: float = 1.0) -> bool:
    """Whether nothing may be called usual or low: its ears, or those of most of its talk, were down."""
    return bool(scope.silent) or part < HEARD


def silent(scope: Scope, part: float = 1.0) -> str:
    """``Its sources were silent from Tuesday to Friday.``; empty where it could be heard.

    Where files are brought in, it is told of the sources that we ask.
    """
    if scope.silent:
        brought = any(s.enabled and s.kind in BROUGHT_IN for s in scope.area.sources)
        if brought and scope.silent == listened.ALL_THE_TIME:
            return "No source that we ask was heard in this time."
        return f"{'The sources that we ask' if brought else 'Its sources'} were silent {scope.silent}."
    return "Sources that carry much of its talk were silent for a time." if part < HEARD else ""
