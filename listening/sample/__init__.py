"""Sample: Haverdale, an area that does not exist, and six months of invented talk in it.

    posts(area)     raw posts, as a collector would bring them home
    truth(area)     what is true of each: its issue, place, stance, template, and which plant it belongs to
    earlier(area)   earlier versions of the few that were edited later
    runs(area)      what was asked of each source, when, and what came
    build(url, …)   all of it through the true pipeline into a store, in seconds
    ensure()        the path of the built store, built anew only where it is absent or out of date

    words.py        templates and how posts are put together     crowd.py     who writes
    ordinary.py     ordinary weeks                               plants.py    what planted.yaml plants
    outlets.py      press, public bodies, fault reports          ears.py      the run history
    draft.py        a post in the making                         making.py    the build

Everything follows from the words in ``data/sample`` and one seed: the same seed gives the same
posts. Nobody in it exists.
"""

from listening.sample.making import build, earlier, ensure, posts, runs, truth

__all__ = ["build", "earlier", "ensure", "posts", "runs", "truth"]
