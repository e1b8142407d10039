"""Options: what only one kind knows of a source, checked; each fault is a CollectError, said on its line."""

from collections.abc import Collection

from listening.area import Source
from listening.errors import CollectError


def only(source: Source, allowed: Collection[str]) -> None:
    """CollectError where a source has an option that its kind does not know."""
    if strange := sorted(str(name) for name in source.options.keys() - set(allowed)):
        raise CollectError(f"Its options may be {', '.join(allowed)}; got {', '.join(strange)}.")


def texts(source: Source, name: str) -> list[str]:
    """An option that is one text or number, or a list of them; none where it is not given."""
    value = source.options.get(name)
    many = value if isinstance(value, list) else [] if value is None else [value]
    if any(isinstance(one, bool) or not isinstance(one, str | int) or not str(one).strip() for one in many):
        raise CollectError(f"Its option {name} must be a text or a list of texts.")
    return [str(one).strip() for one in many]


def number(source: Source, name: str, least: float, most: float) -> float | None:
    """An option that is a number within bounds; None where it is not given."""
    value = source.options.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise CollectError(f"Its option {name} must be a number from {least:g} to {most:g}.")
    return float(value)
