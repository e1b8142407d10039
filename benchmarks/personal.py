"""Does personal data go, and does what only looks like it stay? The part of ``safety`` on redaction."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks import safety_cases
from listening.area import Area
from listening.clean import guard, redact

GIVEN_AWAY = Path(__file__).with_name("given_away")
OPEN = tuple(range(1, 11))  # posts that forms were written with


def hands(area: Area, rows: list[dict[str, Any]]) -> list[str]:
    """Of what both labellers named as personal: how much is gone, and how many other posts were touched."""
    protected = guard.guard(area)
    out = ["| in the hands | items | masked | posts without any | touched |", "|--|--:|--:|--:|--:|"]
    for key in ("personal", "names"):
        hit = items = touched = without = 0
        for row in rows:
            done = redact.redact(row["text"], protected)
            said = sorted(set(row["a"][key]) & set(row["b"][key]))
            items, hit = items + len(said), hit + sum(item not in done for item in said)
            if not any(row[side][k] for side in "ab" for k in ("personal", "names")):
                without += 1
                touched += ("[name]" in done) if key == "names" else (_other(done) != _other(row["text"]))
        out.append(f"| {key} | {items} | {hit} | {without} | {touched} |")
    return [*out, ""]


def given_away(area: Area, held_out: bool) -> list[str]:
    """Posts of ``given_away``: what is gone of what was marked, and marks beyond a post's number of them."""
    protected = guard.guard(area)
    out = ["| given away | structured | recall | marks beyond | precision | names | recall | beyond |"]
    out[0] += " precision |\n|--|--:|--:|--:|--:|--:|--:|--:|--:|"
    for name in (*(f"posts_{n}" for n in OPEN), *["held_out"] * held_out):
        lines = GIVEN_AWAY.joinpath(f"{name}.jsonl").read_text("utf-8").splitlines()
        told = np.array([_told(json.loads(line)["text"], protected) for line in lines])
        draws = np.random.default_rng(7).integers(0, len(told), (1_000, len(told)))
        cells = [_cells(told[:, kind], told[draws][:, :, kind]) for kind in (0, 1)]
        out.append(f"| {name} | {' | '.join(cells)} |")
    return [*out, ""]


def _told(marked: str, protected: guard.Guard) -> list[tuple[int, int, int]]:
    """Of structured data and of names: pieces, those that are gone, marks beyond their number."""
    plain = re.sub("[<>{}]", "", marked)
    done = redact.redact(plain, protected)
    secrets, persons = re.findall("<(.+?)>", marked), re.findall("{(.+?)}", marked)
    without = re.sub("[0-9]…", "…", done)  # what is left of a postcode is no door
    left = sum(not _less(secret, plain, without) for secret in secrets)
    known = sum(any(_stands(part, done) for part in who.split() if len(part) > 1) for who in persons)
    other, names = _other(done), done.count("[name]")
    return [
        (len(secrets), len(secrets) - left, max(0, other - len(secrets))),
        (len(persons), len(persons) - known, max(0, names - len(persons))),
    ]


def _less(piece: str, plain: str, done: str) -> bool:
    """Whether a piece stands less often than before; one that is glued to a word is counted in words too."""
    before = _stands(piece, plain)
    return _stands(piece, done) < before if before else done.count(piece) < plain.count(piece)


def _stands(piece: str, text: str) -> int:
    """How often a piece stands in a text by itself; the end of a postcode only after its digit."""
    before = r"[0-9]\s?" if re.fullmatch("[A-Za-z]{2}", piece) else r"(?<!\w)"
    return len(re.findall(rf"{before}{re.escape(piece)}(?!\w)", text))


def _cells(told: NDArray[np.int64], drawn: NDArray[np.int64]) -> str:
    """Pieces, recall, marks too many, precision; ``told`` is (posts, 3), ``drawn`` (draws, posts, 3)."""
    pieces, gone, over = told.sum(0)
    _, found, beyond = np.moveaxis(drawn.sum(1), 1, 0)
    recall = _between(gone / pieces, found / np.maximum(1, drawn.sum(1)[:, 0]))
    return f"{pieces} | {recall} | {over} | {_between(gone / (gone + over), found / (found + beyond))}"


def _between(figure: float, draws: NDArray[np.float64]) -> str:
    low, high = np.quantile(draws, (0.025, 0.975))
    return f"{figure:.3f} ({low:.2f} to {high:.2f})"


def _other(text: str) -> int:
    """Marks in a text, but those of names and links."""
    return len(re.findall(r"\[(?!name|link)[\w -]+\]|[0-9]…", text))


def forms(area: Area) -> list[str]:
    protected = guard.guard(area)
    out = ["| form | items | masked | left alone outside |", "|--|--:|--:|--:|"]
    found = whole = clear = texts_in_all = 0
    for form, texts in safety_cases.FORMS.items():
        items = hit = kept = 0
        for text in texts:
            done = redact.redact(re.sub("[<>]", "", text), protected)
            secrets = re.findall("<(.+?)>", text)
            items += len(secrets)
            hit += sum(_gone(secret, done, re.sub("[<>]", "", text)) for secret in secrets)
            kept += all(w in done for w in re.findall(r"[a-z]{4,}", re.sub("<.+?>", " ", text)))
        found, whole, clear, texts_in_all = (
            found + hit,
            whole + items,
            clear + kept,
            texts_in_all + len(texts),
        )
        out.append(f"| {form} | {items} | {hit} | {kept} of {len(texts)} |")
    false = [t for t in safety_cases.TRAPS if redact.redact(t, protected) != t]
    precision, recall = found / max(1, found + len(false)), found / whole
    out.append(f"| all | {whole} | {found} | {clear} of {texts_in_all} |")
    return [
        *out,
        f"\nRecall {recall:.3f}; of {len(safety_cases.TRAPS)} traps {len(false)} were touched "
        f"{false or ''}: precision {precision:.3f}.\n",
    ]


def _gone(secret: str, done: str, before: str) -> bool:
    """Whether a piece of personal data stands in a text no more."""
    return (
        done != before
        and not re.search(rf"(?<!\w){re.escape(secret)}(?!\w)", done)
        and (len(secret) > 2 or secret + " " not in done)
    )


def names(area: Area) -> list[str]:
    protected = guard.guard(area)
    out = ["| kind of name | beside a cue | masked | with none | masked |", "|--|--:|--:|--:|--:|"]
    true = false = 0
    for kind, called in safety_cases.NAMES.items():
        hits = {
            n: [_masked(cue.format(name), name, protected) for name in called]
            for n, cue in enumerate(safety_cases.CUED)
        }
        cued = [
            hit
            for n, row in hits.items()
            if "{0} again" not in safety_cases.CUED[n] and n not in (8, 11)
            for hit in row
        ]
        bare = [hit for n in (8, 9, 11) for hit in hits[n]]
        true += sum(cued) + sum(bare)
        out.append(f"| {kind} | {len(cued)} | {np.mean(cued):.2f} | {len(bare)} | {np.mean(bare):.2f} |")
    false = sum("[name]" in redact.redact(text, protected) for text in safety_cases.NAMELESS)
    altered = _altered(area, protected)
    return [
        *out,
        f"\nOf {len(safety_cases.NAMELESS)} sentences with no person's name {false} lost a word: precision "
        f"{true / (true + false):.3f}.",
        f"Protected names and offices altered: {len(altered)} of {len(_protected(area)):,} "
        f"{altered[:5] or ''}.\n",
    ]


def _masked(text: str, name: str, protected: guard.Guard) -> bool:
    return not any(part in redact.redact(text, protected) for part in name.split())


def _protected(area: Area) -> list[str]:
    names = [n for p in (*area.places, *area.wards, *area.towns) for n in (p.name, *p.aliases)]
    bodies = [area.council, *(b.name for b in area.bodies), *area.office_holders]
    offices = [o.format(n) for o in safety_cases.OFFICES for n in ("Janet Fettlewick", "Deepak Rampuri")]
    return list(dict.fromkeys([*names, *bodies, *offices]))


def _altered(area: Area, protected: guard.Guard) -> list[str]:
    said = (
        "Pothole by {0} again",
        "thanks to {0} for that",
        "call {0} today",
        "{0} next door",
        "our {0} is shut",
        "avoid {0}, who runs it",
    )
    return [
        n for n in _protected(area) if any(redact.redact(s.format(n), protected) != s.format(n) for s in said)
    ]


def vectors(area: Area, data: Path) -> list[str]:
    """Presidio's and scrubadub's own cases of UK forms: whether the marked stretch is gone."""
    protected = guard.guard(area)
    rows = [
        json.loads(line) for line in (data / "pii/presidio_vectors.jsonl").read_text("utf-8").splitlines()
    ]
    kinds = ("uk_postcode", "uk_nino", "uk_nhs", "uk_vehicle_registration", "email", "credit_card")
    out = ["| Presidio's cases | marked | masked | not to be marked | touched |", "|--|--:|--:|--:|--:|"]
    for kind in kinds:
        mine = [r for r in rows if r["recognizer"] == kind and "text" in r]
        yes = [(r["text"], r["text"][a:b]) for r in mine for a, b in r.get("spans") or ()]
        no = [r["text"] for r in mine if r.get("n") == 0]
        hit = sum(_cut(t, secret, protected) for t, secret in yes)
        touched = sum(redact.redact(t, protected) != t for t in no)
        out.append(f"| {kind} | {len(yes)} | {hit} | {len(no)} | {touched} |")
    return [*out, "", *_scrubadub(data, protected)]


def _cut(text: str, secret: str, protected: guard.Guard) -> bool:
    return secret not in redact.redact(text, protected)


def _scrubadub(data: Path, protected: guard.Guard) -> list[str]:
    rows = [
        json.loads(line) for line in (data / "pii/scrubadub_vectors.jsonl").read_text("utf-8").splitlines()
    ]
    kinds: dict[str, list[bool]] = {}
    for row in rows:
        kind = row["test"].split("::")[0].removeprefix("test_detector_")
        if "before" in row and row["before"] != row["after"]:
            kinds.setdefault(kind, []).extend(_each(row["before"], row["after"], protected))
        elif kind == "postal_codes" and row.get("expected") == [True]:
            kinds.setdefault(kind, []).append(_cut(row["value"], row["value"], protected))
    out = ["| scrubadub's cases | items | masked |", "|--|--:|--:|"]
    return [*out, *(f"| {kind} | {len(hits)} | {sum(hits)} |" for kind, hits in sorted(kinds.items())), ""]


def _each(before: str, after: str, protected: guard.Guard) -> Iterable[bool]:
    """Whether each stretch that scrubadub marks is masked here."""
    pattern = re.sub(r"\\\{\\\{[A-Z_]+\\\}\\\}", "(.+)", re.escape(after))
    found = re.fullmatch(pattern, before, re.DOTALL)
    return [_cut(before, secret, protected) for secret in found.groups()] if found else []
