"""ArcGIS: how a geography service of that make is asked: its catalogue, a layer's fields, rows by the page.

A layer hands out at most so many rows and says ``exceededTransferLimit`` (in GeoJSON under ``properties``); a
fault comes as status 200 with an ``error`` inside. Written from the ArcGIS REST API's description of "Query
(Feature Service/Layer)", read 2026-11-22.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from listening.collect.web import Web
from listening.errors import CollectError

PAGE = 2000  # rows without shapes: what such layers hand out at most
MOST_PAGES = 400
MOST = 64_000_000  # bytes of one answer
PATIENCE = 90.0  # seconds for one answer


@dataclass(frozen=True)
class Layer:
    """A layer to be queried: its address, and the names of its fields as this vintage spells them."""

    url: str
    fields: tuple[str, ...]

    def field(self, pattern: str) -> str | None:
        """The field of a name such as ``LAD..CD``, the dots being its year; None without one."""
        return next((f for f in self.fields if re.fullmatch(pattern, f, re.IGNORECASE)), None)


class ArcGis:
    """A service at an address; ``who`` names it in sentences. CollectError where it does not answer."""

    def __init__(self, web: Web, services: str, who: str) -> None:
        self.web, self.services, self.who = web, services.rstrip("/"), who

    def catalogue(self) -> list[str]:
        """The names of its feature services."""
        said = self._asked(self.services, {"f": "json"})
        services = said.get("services")
        if not isinstance(services, list):
            raise CollectError(f"{self.who} gave no list of services: {listed(said)}")
        known = (s for s in services if isinstance(s, dict) and s.get("type") == "FeatureServer")
        return [str(s.get("name")) for s in known]

    def layer(self, service: str) -> Layer:
        """The first layer of a service."""
        url = f"{self.services}/{quote(service.rpartition('/')[2])}/FeatureServer/0"
        fields = self._asked(url, {"f": "json"}).get("fields") or []
        return Layer(url, tuple(str(f.get("name")) for f in fields if isinstance(f, dict)))

    def rows(self, layer: Layer, where: str, fields: Iterable[str | None]) -> Iterator[dict[str, Any]]:
        """Rows without shapes, each once."""
        named = ",".join(f for f in fields if f)
        asks = {"outFields": named, "returnDistinctValues": "true", "orderByFields": named, "f": "json"}
        for page in self.pages(layer, where, {**asks, "returnGeometry": "false"}, PAGE):
            yield from (feature.get("attributes") or {} for feature in page["features"])

    def pages(self, layer: Layer, where: str, asks: dict[str, Any], rows: int) -> Iterator[dict[str, Any]]:
        """Page after page, until nothing is left out: a page may be shorter than was asked for."""
        seen = 0
        for _ in range(MOST_PAGES):
            page = {"where": where, **asks, "resultOffset": seen, "resultRecordCount": rows}
            said = self._asked(f"{layer.url}/query", page)
            features = said.get("features")
            if not isinstance(features, list) or not all(isinstance(f, dict) for f in features):
                raise CollectError(f"{self.who} gave no rows: {listed(said)}")
            yield said
            seen += len(features)
            inside = said.get("properties") or {}  # where GeoJSON has it
            more = said.get("exceededTransferLimit") or inside.get("exceededTransferLimit")
            if not more:
                return
            if not features:
                break
        raise CollectError(f"{self.who} says there is more, and does not give it: after {seen:,} rows")

    def _asked(self, url: str, words: dict[str, Any]) -> dict[str, Any]:
        answer = self.web.get(f"{url}?{urlencode(words)}")
        if answer.body is None:
            raise CollectError(f"{self.who} could not be asked: {answer.error}")
        try:
            said = json.loads(answer.body)
        except ValueError as error:
            page = "a page for people" if answer.body.lstrip()[:1] == b"<" else "no JSON"
            raise CollectError(f"{self.who} answered with {page} where data was asked for") from error
        if not isinstance(said, dict):
            raise CollectError(
                f"{self.who} answered with something else than was asked for: {type(said).__name__}"
            )
        if fault := said.get("error"):
            why = fault.get("message") if isinstance(fault, dict) else fault
            code = f" (code {fault.get('code')})" if isinstance(fault, dict) else ""
            raise CollectError(f"{self.who} refused our question: {' '.join(str(why).split())[:200]}{code}")
        return said


def listed(names: Iterable[Any]) -> str:
    """A few of what was met instead, for a sentence."""
    few = [str(name) for name in names][:5]
    return ", ".join(few) or "nothing"


def text(row: dict[str, Any], field: str | None) -> str:
    """The text of a field, whatever case the answer spells it in; empty without it."""
    if field is None:
        return ""
    value = row.get(field)
    if value is None:
        value = next((v for k, v in row.items() if k.lower() == field.lower()), None)
    return " ".join(str(value).split()) if value is not None else ""


def number(row: dict[str, Any], field: str | None) -> float | None:
    """The number of a field; None without one."""
    try:
        return float(text(row, field))
    except ValueError:
        return None
