"""Social listening for local government: a public post walks through seven rooms.

    sources.yaml ─► collect ─► clean ─► analyse ─► store ─► summarise ─► show
                    network    pure     pure       disk     pure         screen

    >>> import listening                                        # doctest: +SKIP
    >>> area = listening.load("sources.yaml")                   # doctest: +SKIP
    >>> store = listening.connect("sqlite:///data/listening.db")    # doctest: +SKIP
    >>> runs = listening.listen(area, store)                    # doctest: +SKIP
    >>> posts = listening.annotate(store.posts(), area)         # doctest: +SKIP

Names are looked up when first used, so that ``import listening`` stays quick.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "load": "listening.area:load",
    "connect": "listening.store:connect",
    "listen": "listening.pipeline:listen",
    "annotate": "listening.analyse:run",
    "trends": "listening.summarise.trends:trends",
    "bursts": "listening.summarise.bursts:bursts",
    "stories": "listening.summarise.stories:stories",
    "themes": "listening.summarise.themes:themes",
    "phrases": "listening.summarise.phrases:phrases",
    "voices": "listening.summarise.voices:voices",
}
__all__ = ["__version__", *_HOMES]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"listening has no public name {name!r}; it has {', '.join(_HOMES)}")
    module, _, attribute = _HOMES[name].partition(":")
    return getattr(import_module(module), attribute)
