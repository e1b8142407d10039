"""What the tests have another process do: a real one, told what to do on its command line.

other_process.py open                     opens each URL that comes in on a line, says "ok" or why not
other_process.py key                      the same, and says the key it got
other_process.py lease URL                takes the lease, says "held", waits to be ended
other_process.py write URL POSTS BATCHES  writes a crowd in so many calls, saying each beginning; waits
other_process.py talk URL                 writes talk in which a story is, says "written"; waits
other_process.py pace URL NUMBER          takes turns of Reddit's pace all at NOW, saying each; waits
other_process.py move URL TO              moves a store in batches of 100, saying how far it is; waits
"""

import sys

from store_posts import AREA, NOW, crowd, posts
from store_talk import flood, ordinary

from listening.collect.reddit_pace import API_MOST, PATIENCE, Pace
from listening.errors import ListeningError
from listening.store import connect, keys, moving


def _each(deed: str) -> None:
    print("ready", flush=True)
    for line in sys.stdin:
        try:
            store = connect(line.strip())
            said = keys.key(store, AREA, make=True).hex() if deed == "key" else f"ok {store.version}"
            store.close()
        except ListeningError as error:
            said = repr(error)
        print(said, flush=True)


def _lease(url: str) -> None:
    with connect(url).lease("collect", NOW):
        print("held", flush=True)
        sys.stdin.read()


def _write(url: str, number: int, batches: int) -> None:
    found, store = crowd(number, days=60, seed=11), connect(url)
    for first in range(batches):
        print(f"begin {first}", flush=True)
        store.write(found[found.index // 10 % batches == first], AREA, NOW)  # copies with their root
    sys.stdin.read()  # done: waits to be killed


def _talk(url: str) -> None:
    connect(url).write(posts(*ordinary(), *flood(0, 1, 2)), AREA, NOW)
    print("written", flush=True)
    sys.stdin.read()


def _pace(url: str, number: int) -> None:
    store, pace = connect(url), Pace(API_MOST, "reddit_api")
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in range(number):
        print(pace.take(lambda: NOW, PATIENCE, store.revise)[1].isoformat(), flush=True)
    sys.stdin.read()


def _move(url: str, to: str) -> None:
    moving.BATCH = 100
    connect(url).move(to, NOW, lambda table, done, _: print(table, done, flush=True))
    sys.stdin.read()


if __name__ == "__main__":
    deed, *words = sys.argv[1:]
    if deed == "lease":
        _lease(words[0])
    elif deed == "write":
        _write(words[0], int(words[1]), int(words[2]))
    elif deed == "talk":
        _talk(*words)
    elif deed == "pace":
        _pace(words[0], int(words[1]))
    elif deed == "move":
        _move(*words)
    else:
        _each(deed)
