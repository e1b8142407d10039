"""The key of an area's pseudonyms: made once, kept beside the store, never in it.

Without it nobody can tell whose pseudonym is whose; with another one the same person would count
twice, and an erasure would find nothing. So the store keeps the key's fingerprint, and a missing
or different key is refused.
"""

import hashlib
import os
import re
import secrets
from pathlib import Path

from listening.area import Area
from listening.errors import WrongKey
from listening.store.door import Store
from listening.store.opening import file_of
from listening.store.trouble import plainly

NAME = "listening.key"
VARIABLE = "LISTENING_KEY"
FORM = re.compile(r"[0-9a-f]{64}")  # 32 bytes in hexadecimal
FINGERPRINT = 16  # hexadecimal digits of SHA-256: tells two keys apart, gives neither away


def key(store: Store, area: Area, make: bool = False) -> bytes:
    """The key (32 bytes) this store's pseudonyms are made with; WrongKey says what to do.

    ``LISTENING_KEY`` (64 hexadecimal digits) comes before the file ``listening.key`` (`place`). Where
    there is neither, and the store has never had a key, `make` makes one. Two processes that begin
    at once get the same key.
    """
    path = place(store.path, area)
    with plainly("opened", store.where), store.alone():
        first = store.fingerprint
        with plainly("read", str(path), "key for pseudonyms"):
            origin, found = _found(path)
        if found is None and first is None and make:
            with plainly("written", str(path), "key for pseudonyms"):
                found = _make(path)
        if found is None:
            raise WrongKey(_missing(path, area, begun=first is not None))
        mine = _fingerprint(found)
        if first is None:
            store.keep_fingerprint(mine)
        elif first != mine:
            raise WrongKey(
                f"the key for pseudonyms is not the one this store was begun with: {area.name}: {origin} has "
                f"the fingerprint {mine}, the store has {first}; put the first key back from your backup"
            )
        return found


def place(store: Path | None, area: Area) -> Path:
    """Where the key's file is: beside a SQLite file; beside sources.yaml where there is none."""
    return (store or area.config).with_name(NAME)


def carried(store: Store, url: str, area: Area) -> tuple[Path, Path] | None:
    """From where to where the key's file is to be carried with a store that has moved to `url`.

    None where there is nothing to carry: it is there already, or the key is in the environment.
    """
    old, new = place(store.path, area), place(file_of(url), area)
    same = new.exists() and old.exists() and new.read_bytes() == old.read_bytes()
    return None if same or old == new or os.environ.get(VARIABLE) or store.fingerprint is None else (old, new)


def _found(path: Path) -> tuple[str, bytes | None]:
    """Where the key comes from, and the key; None where there is none."""
    given = os.environ.get(VARIABLE)
    if given:
        return VARIABLE, _checked(given, VARIABLE)
    if path.exists():
        return str(path), _checked(path.read_text(encoding="ascii", errors="replace"), str(path))
    return str(path), None


def _checked(words: str, origin: str) -> bytes:
    digits = words.strip().lower()
    if not FORM.fullmatch(digits):  # never say what it holds: it may be nearly the key
        raise WrongKey(
            f"the key for pseudonyms must be 64 hexadecimal digits: {origin}: it has {len(digits)} "
            "characters, or others among them; put the right one back from your backup"
        )
    return bytes.fromhex(digits)


def _make(path: Path) -> bytes:
    """A new key in a file that only its owner may read; whole, or not there at all."""
    made = secrets.token_bytes(32)
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(made.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)  # under the store's lock: nobody else is making one
    return made


def _missing(path: Path, area: Area, begun: bool) -> str:
    if begun:
        return (
            f"the key for pseudonyms is missing: {area.name}: put {path} back from your backup, or set "
            f"{VARIABLE}; with a new key the same person would count twice and erasing would find nothing"
        )
    return f"there is no key for pseudonyms yet: {area.name}: the first collect or import makes {path}"


def _fingerprint(found: bytes) -> str:
    return hashlib.sha256(found).hexdigest()[:FINGERPRINT]
