"""``python -m listening evaluate``: draw posts to label, take labels back, and say how right we are."""

import json
import secrets
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from listening.command import area_of, one_of, plainly, store_of
from listening.errors import WordsError

FORMATS = ("text", "json")
ROLE = "operator"


@plainly
def evaluate(
    context: typer.Context,
    draw: Annotated[int | None, typer.Option("--draw", help="Draw this many posts to label.")] = None,
    to: Annotated[Path | None, typer.Option("--to", help="The file for them: .csv or .xlsx.")] = None,
    labels: Annotated[Path | None, typer.Option("--labels", help="Take labels from this file.")] = None,
    coder: Annotated[
        str | None, typer.Option(help="Who labelled rows that name nobody: coder A, or initials.")
    ] = None,
    retrain: Annotated[
        bool, typer.Option("--retrain", help="Fit tone's last layer to the labels; kept only if better.")
    ] = False,
    days: Annotated[int, typer.Option(min=1, max=90, help="Draw from this many last days.")] = 28,
    seed: Annotated[int | None, typer.Option(min=0, help="Draw the same sample again, elsewhere.")] = None,
    format: Annotated[str, typer.Option("--format", help="text for people, json for machines.")] = "text",
) -> None:
    """Say how often issues, wards and tone are right, by what people said of posts drawn by chance.

    Labels are kept beside the posts and held against what the analysis said, never against corrections.

    Examples: python -m listening evaluate --draw 100 --to to-label.xlsx
              python -m listening evaluate --labels to-label.xlsx --coder "coder A"
              python -m listening evaluate
              python -m listening evaluate --retrain
    """
    one_of("format", format, FORMATS)
    if (draw is not None) + (labels is not None) + retrain > 1:
        raise WordsError("--draw, --labels and --retrain are deeds of their own: give one of them")
    if (draw is None) != (to is None):
        raise WordsError("--draw and --to go together: how many posts, and the file for them")
    area = area_of(context)
    store = store_of(area)
    now = area.clock or datetime.now(UTC)
    if draw is not None and to is not None:
        lines = _draw(store, area, draw, to, days, seed, now, format)
    elif labels is not None:
        lines = _take(store, area, labels, coder, now)
    elif retrain:
        lines = _retrain(store, area, now)
    else:
        lines = _report(store, area, now, format)
    for line in lines:
        typer.echo(line)


def _draw(
    store: Any, area: Any, n: int, to: Path, days: int, seed: int | None, now: datetime, format: str
) -> list[str]:
    from listening import labelfile, labelling
    from listening.bar import Bar

    labelfile.writable(to)
    with Bar("Reading posts", format) as advance:
        given = secrets.randbelow(labelling.LARGEST_SEED) if seed is None else seed
        drawn = labelling.draw(store, area, n, given, ROLE, now, days, advance)
    said = [labelfile.write(store, area, drawn, to, now)]
    if drawn.left_out:
        said.append(f"{drawn.left_out:,} more could not be drawn: they may not be read whole.")
    return [*said, f"When it is filled in: python -m listening evaluate --labels {to}"]


def _take(store: Any, area: Any, file: Path, coder: str | None, now: datetime) -> list[str]:
    from listening import labelfile, labelling
    from listening.summarise import words

    rows, cells, broken = labelfile.read(file, coder)
    taken = labelling.take(store, area, rows, ROLE, now)
    bad = sorted([*taken.bad, *broken], key=lambda b: b[0].number)
    kept, empty = words.count(taken.kept, "label"), words.count(taken.blank, "row")
    said = f"{kept} kept, {taken.held} held already, {empty} still empty."
    lines = [said]
    for why, number in _counted(bad).items():
        lines.append(f"  {number} not taken: {why}")
    return [*lines, *filter(None, [labelfile.rejects(bad, cells, file)])]


def _retrain(store: Any, area: Any, now: datetime) -> list[str]:
    from listening import configure, relearn

    tried = relearn.relearn(store, area, ROLE, now)
    return relearn.told(tried, configure.tone_file(area.config))


def _counted(bad: list[Any]) -> dict[str, int]:
    reasons = [why for _, why in bad]
    return {why: reasons.count(why) for why in dict.fromkeys(reasons)}


def _report(store: Any, area: Any, now: datetime, format: str) -> list[str]:
    from listening.summarise import accuracy, accuracy_labels, accuracy_words

    labels = accuracy_labels.labels(store.decisions(accuracy_labels.TRUTH))
    draws = accuracy_labels.draws(store.decisions(accuracy_labels.DRAW))
    found = accuracy.report(labels, draws)
    if format == "json":
        return [json.dumps(asdict(m)) for m in found.measures]
    invented = [accuracy_words.INVENTED] if area.invented else []
    if labels.empty:
        begin = "Begin with: python -m listening evaluate --draw 50 --to to-label.csv"
        return [f"{accuracy_words.NOBODY}.", *invented, begin]
    lines = [f"{accuracy_words.title(found)}.", *invented]
    lines += [*accuracy_words.checked(found, draws, now, area), *accuracy_words.parts(found)]
    lines += [*accuracy_words.weak(found, area), accuracy_words.agreed(found), accuracy_words.alphas(found)]
    for part in accuracy_words.HEADS:
        lines += _table(accuracy_words.rows(found, part, area))
    lines += _table(accuracy_words.matrix(found))
    changed = accuracy_words.changes(found)
    lines += ["", "Since the draw before:", *changed] if changed else []
    return [line for n, line in enumerate(lines) if line or n]


def _table(rows: list[dict[str, str]]) -> list[str]:
    """Rows in columns, under their heads; nothing where there are none."""
    if not rows:
        return []
    heads = list(rows[0])
    wide = {h: max(len(h), *(len(r[h]) for r in rows)) for h in heads}
    told = [dict(zip(heads, heads, strict=True)), *rows]
    return ["", *("  ".join(f"{row[h]:<{wide[h]}}" for h in heads).rstrip() for row in told)]
