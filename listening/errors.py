"""Everything that can go wrong, as one small tree.

    ListeningError          the base: catch this to catch all of ours
    ├── WordsError          the caller's words are wrong: an option, a column, a date     (exit 2)
    │   └── AreaError       sources.yaml, wards.yaml or issues.yaml are wrong              (exit 2)
    ├── CollectError        a source could not be asked or understood                      (exit 1)
    └── StoreError          the database could not be opened, read or written              (exit 1)
        ├── AwayStore       its database server went away in the middle; nothing half-written was kept
        ├── NewerStore      it was written by a later version of this program
        ├── BusyStore       another collector is at work on it
        └── WrongKey        the key for pseudonyms is missing, or not the one it was begun with

One sentence form for all of them: *what happened: to which: why*, with the value met and the
choices allowed, e.g. ``kind must be one of feed, reddit; got 'redit' (sources.yaml line 14,
source 'Mill Road')``.
Every foreign exception that reaches an edge of a room is wrapped with ``from``.
"""


class ListeningError(Exception):
    """The base of all errors of this package; its text is one plain sentence."""

    exit_code = 1


class WordsError(ListeningError):
    """What was asked for is not possible as it was put."""

    exit_code = 2


class AreaError(WordsError):
    """The configuration is wrong; the sentence names file, line and what is allowed."""


class CollectError(ListeningError):
    """A source could not be asked, or its answer could not be understood."""


class StoreError(ListeningError):
    """The store could not be opened, read or written."""


class AwayStore(StoreError):
    """The database server went away in the middle: the same may be done again when it is back."""


class NewerStore(StoreError):
    """The store was written by a later version of this program."""


class BusyStore(StoreError):
    """Another collector holds the lease of this store."""


class WrongKey(StoreError):
    """The pseudonym key is missing, or is not the key this store was begun with."""
