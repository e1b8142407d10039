"""Trees: the comments under Reddit's submissions, through PRAW, and which threads are to be read later.

PRAW lays out what an answer holds; what is folded away under a `more` is unfolded here, one by one,
so that a fold that can't be read takes no other comment with it.
"""

from collections import deque
from collections.abc import Iterable
from typing import Any

from praw.models import Comment, MoreComments

from listening.collect.reddit_wire import Wire

TREE = 500  # comments asked for at once; what is beyond comes in `more`
FAULTS = 3  # threads of a look, or folds of a thread, that could not be read, before it ends
TRIES = 5  # looks in which a thread may be broken off, before it is given up


def trees(
    reddit: Any, waiting: dict[str, int], wire: Wire
) -> tuple[list[dict[str, Any]], dict[str, int], int]:
    """The comments of the waiting threads, as ``plain`` gives them; what waits now; how many were given up.

    ``waiting`` holds by a submission's id how often its thread was broken off, the newest first. Those
    that broke off wait behind the others. A thread larger than all requests of a look is given up
    with what was read of it when it comes first: else it would never end.
    """
    comments: list[dict[str, Any]] = []
    left, given_up, faults = dict(waiting), 0, 0
    order = sorted(waiting, key=lambda id_: waiting[id_])
    for id_ in order:
        if is_over(wire):
            break
        some, whole = _tree(reddit, id_, wire)
        comments += some
        if whole:
            del left[id_]
        elif wire.left <= 0:
            if id_ == order[0]:
                del left[id_]
                given_up += 1
        elif not (wire.trouble and wire.trouble.state == "paused" and wire.trouble.status is None):  # asked
            faults += 1
            left[id_] += 1
            if left[id_] >= TRIES:
                del left[id_]
                given_up += 1
        if not is_over(wire):
            wire.trouble = None
        if faults == FAULTS:
            break
    return comments, left, given_up


def is_over(wire: Wire) -> bool:
    """Whether nothing more is to be asked in this look."""
    trouble = wire.trouble
    return wire.left <= 0 or wire.late or bool(trouble and (trouble.retry_at or trouble.status == 401))


def plain(thing: Any) -> dict[str, Any]:
    """A submission's or comment's own words and figures, as ``reddit_api`` lists them."""
    told = vars(thing)
    submission = "title" in told
    author = told.get("author")
    plain = {
        "name": thing.fullname,
        "html": told.get("selftext_html" if submission else "body_html"),
        "text": told.get("selftext" if submission else "body"),
        "author": vars(author).get("name") if author is not None else None,
        "created": told.get("created_utc"),
        "edited": told.get("edited") or None,
        "link": told.get("permalink"),
        "score": None if told.get("score_hidden") or told.get("hide_score") else told.get("score"),
    }
    if submission:
        removed = told.get("removed_by_category")
        return {
            **plain,
            "id": told["id"],
            "title": told["title"],
            "answers": told.get("num_comments"),
            "removed": removed,
        }
    return {**plain, "thread": told.get("link_id"), "parent": told.get("parent_id")}


def _tree(reddit: Any, id_: str, wire: Wire) -> tuple[list[dict[str, Any]], bool]:
    """The comments of a thread as far as they can be read, and whether they are all; so they are, where
    Reddit says that the thread may not be read."""
    submission = reddit.submission(id_)
    submission.comment_limit, submission.comment_sort = TREE, "new"
    comments: dict[str, dict[str, Any]] = {}
    folds: list[MoreComments] = []
    try:
        whole = _laid_out(submission.comments, comments, folds)
    except Exception:  # PRAW raises its own, and asserts; the Wire knows the reason
        return [], bool(wire.trouble and wire.trouble.status in (403, 404))
    faults = 0
    while folds and faults < FAULTS and not is_over(wire):
        folds.sort(key=_size)
        fold: Any = folds.pop()
        fold.submission = submission
        try:
            understood = _laid_out(fold.comments(update=False), comments, folds)
        except Exception:  # as above
            understood = False
        if not understood:
            whole = False
            faults += 1
    return list(comments.values()), whole and not folds


def _laid_out(things: Iterable[Any], comments: dict[str, dict[str, Any]], folds: list[MoreComments]) -> bool:
    """Put comments by their names and folds where they belong; whether all were understood."""
    queue, understood = deque(things), True
    while queue:
        thing: Any = queue.popleft()
        if isinstance(thing, MoreComments):
            folds.append(thing)
            continue
        try:
            told = plain(thing)
            replies: Any = thing.replies if isinstance(thing, Comment) else ()
            queue.extend(replies)
        except Exception:  # one that is not as Reddit's documents describe; the others are
            understood = False
        else:
            comments[told["name"]] = told
    return understood


def _size(fold: MoreComments) -> int:
    count = vars(fold).get("count")
    return count if isinstance(count, int) else 0
