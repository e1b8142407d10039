"""What each step of clean and analyse takes, beside the same step done the plain way.

Data: invented posts of the sample area, and entries of recorded feeds where ``LISTENING_BENCH_DATA`` names
them. Ours works by batches of 2,000, as a round does; its steps are the functions that ``clean.run`` and
``analyse.run`` call, and "the rest" is what those two take beyond them. The plain way goes post by
post: ``re.sub`` for each form of personal data, one regular expression an issue, a family of failures
and a group of cue words, one of all local names, ``vaderSentiment`` by sentences, and the learnt
weights by numpy for one post. Both read the same words and weights. The plain way does less: no check
digits, no protected names, no names from elsewhere, no misspellings, no weighing, only equal copies;
so its answers differ. Everything is compiled before it is timed. The two take turns; processor time,
the best of three.
"""

import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from selectolax.lexbor import LexborHTMLParser
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

import listening
from benchmarks.feeds import HERE, NOW, recorded
from listening import analyse, clean, sample
from listening.analyse import (
    copies,
    learned,
    lexicons,
    matching,
    mentions,
    ngrams,
    signs,
    tonemodel,
    wording,
)
from listening.analyse.tonelayer import Layer
from listening.area import Area
from listening.clean import (
    accounts,
    bank,
    births,
    homes,
    names,
    numbers,
    oldplates,
    plates,
    postcodes,
    redact,
    spots,
)
from listening.clean import text as clean_text
from listening.collect import feed
from listening.collect.web import Answer
from listening.errors import CollectError
from listening.post import frame

POSTS, FEW, BATCH, ROUNDS = 6_000, 1_000, 2_000, 3  # FEW: posts that the plain way is timed on
KEY = bytes(32)
STEPS = ("text", "redaction", "language", "places", "issues", "cues, flags", "tone", "learnt cues", "copies")
Times = dict[str, float]  # µs a post by step
FORMS = (
    *((form, "[e-mail]") for form in (accounts._EMAIL, accounts._SPELT)),
    *((form, "[account]") for form in (accounts._AT_NAME, accounts._NAMED, accounts._U_NAME)),
    *((form, "[spot]") for form in (spots._UPRN, spots._PAIR, spots._DEGREES, spots._GRID)),
    *((form, "[number]") for form in (births._BORN, bank._IBAN, bank._BANK, bank._CARD)),
    *((form, "[number]") for form in (numbers._NHS, numbers._NI, numbers._PHONE, postcodes._SHAPE)),
    *((form, "[plate]") for form in (plates._SHAPE, oldplates._OLDER, oldplates._DATELESS)),
    *((form, "[home]") for form in (homes._AFTER, homes._ALONE)),
    *((form, "[name]") for _, form in names._RULES),
)


def main() -> str:
    area = listening.load(sample.making.HOME)
    made = sample.posts(area).sample(POSTS, random_state=1).reset_index(drop=True)
    parts = [_table("Invented posts", made, area)]
    folder = Path(os.environ.get("LISTENING_BENCH_DATA", ""), "feeds")
    if (folder / "RECORDED.csv").exists():
        parts.append(_table("Entries of recorded feeds", _entries(folder), area))
    return (
        "## steps\n\nClean and analyse by step, beside the same done plainly, post by post"
        f" (`benchmarks/steps.py`).\n\n{chr(10).join(parts)}"
    )


def _entries(folder: Path) -> pd.DataFrame:
    """Entries of recorded feeds, half of them as the press's and half as residents' own words."""
    found = {}
    for _, body in recorded(folder, "RECORDED.csv"):
        try:
            posts = feed.parse(Answer(url=str(HERE.url), status=200, body=body), HERE, NOW).posts
        except CollectError:
            continue
        found.update({post.id: post for post in posts})
    posts = frame(list(found.values())).sample(POSTS // 2, random_state=1).reset_index(drop=True)
    return posts.assign(channel=["press", "public"] * (len(posts) // 2))


def _table(name: str, posts: pd.DataFrame, area: Area) -> str:
    plain = Plain(area)
    _ours(posts.head(200), area)
    few = posts.head(FEW)
    ours, theirs, alone = {}, {}, {}
    for _ in range(ROUNDS):
        for best, times in ((ours, _ours(posts, area)), (theirs, plain.times(few)), (alone, _vader(few))):
            best.update({step: min(best.get(step, 1e9), spent) for step, spent in times.items()})
    whole, steps = ours.pop("clean") + ours.pop("analyse"), sum(ours.values())
    size = int(posts["text"].str.len().mean())
    rows = [_row(step, ours[step], theirs[step], whole) for step in STEPS]
    rows.append(f"| the rest | {whole - steps:.0f} | {1 - steps / whole:.0%} | | |\n")
    rows.append(_row("**clean + analyse**", whole, sum(theirs.values()), whole))
    return (
        f"{name}, {len(posts):,}, {size} characters in the mean:\n\n"
        "| | ours: µs a post | share | plainly: µs a post | plainly over ours |\n"
        f"|---|--:|--:|--:|--:|\n{''.join(rows)}\n"
        f"`vaderSentiment` alone: {alone['vader']:.0f} µs a post, {alone['vader'] / whole:.2f} times ours.\n"
    )


def _row(step: str, ours: float, plain: float, whole: float) -> str:
    return f"| {step} | {ours:.0f} | {ours / whole:.0%} | {plain:.0f} | {plain / ours:.1f} |\n"


def _timed(deed: Callable[[], Any], posts: int) -> float:
    begun = time.process_time()
    deed()
    return (time.process_time() - begun) / posts * 1e6


def _vader(posts: pd.DataFrame) -> Times:
    analyser = SentimentIntensityAnalyzer()
    said = [f"{title or ''} {text or ''}" for title, text in zip(posts["title"], posts["text"], strict=True)]
    return {"vader": _timed(lambda: [analyser.polarity_scores(words) for words in said], len(said))}


def _ours(posts: pd.DataFrame, area: Area) -> Times:
    """Clean and analyse whole, and then their steps one by one, on the same batches."""
    found: Times = {}
    for n in range(0, len(posts), BATCH):
        for step, spent in _batch(posts.iloc[n : n + BATCH], area):
            found[step] = found.get(step, 0.0) + spent / len(posts)
    return found


def _batch(raw: pd.DataFrame, area: Area) -> Iterator[tuple[str, float]]:
    made: dict[str, Any] = {}

    def timed(step: str, deed: Callable[[], Any]) -> tuple[str, float]:
        return step, _timed(lambda: made.update({step: deed()}), 1)

    yield timed("clean", lambda: clean.run(raw, area, KEY))
    yield timed("analyse", lambda: analyse.run(made["clean"], area))
    cleaned, tools = made["clean"], analyse._compiled(area)
    channels, guard = list(cleaned["channel"]), clean.guard.guard(area)
    told = [*raw["title"].dropna(), *raw["text"].dropna()]
    yield timed("text", lambda: [clean_text.plain(words) for words in told])
    people = [c not in clean.NO_VOICE for c in channels]
    both = [*zip(raw["title"], people, strict=True), *zip(raw["text"], people, strict=True)]
    plain = [(clean_text.plain(words), own) for words, own in both if isinstance(words, str)]
    yield timed("redaction", lambda: [redact.redact(words, guard, people=own) for words, own in plain])
    with analyse._unswept():
        texts = list(map(matching.read, cleaned["title"], cleaned["text"]))
        yield timed("language", lambda: [tools.languages.guess(text.low) for text in texts])
        spoken = made["language"]
        yield timed("tone", lambda: analyse._scores(texts, spoken, channels, Layer(*area.tone_layer)))
        yield timed("learnt cues", lambda: analyse._marks(texts, spoken, channels))
        marks = made["learnt cues"]
        yield timed(
            "cues, flags",
            lambda: (
                [tools.cues.find(text) for text in texts],
                [tools.flags.find(*each) for each in zip(texts, channels, marks, strict=True)],
            ),
        )
        yield timed("places", lambda: [mentions.find(text, tools.gazetteer, tools.lists) for text in texts])
        wrong = [found["failure"] for found in made["cues, flags"][0]]
        spans = [[(name.start, name.end) for name in named] for named in made["places"]]
        yield timed(
            "issues", lambda: [tools.taxonomy.find(*a) for a in zip(texts, spans, wrong, strict=True)]
        )
        yield timed("copies", lambda: copies.run(cleaned))


class Plain:
    """The same steps as one would first write them, compiled before they are timed."""

    def __init__(self, area: Area) -> None:
        self._analyser = SentimentIntensityAnalyzer()
        self._stop = {c: frozenset(w) for c, w in lexicons.load("languages")["stop_words"].items()}
        self._issues = {
            issue.slug: (
                _any(issue.exclude),
                _any((*issue.terms, *issue.spots)),
                [(_any(objects), _any(words)) for objects, words in (*issue.failures, *issue.together)],
            )
            for issue in area.issues
        }
        local = [*area.places, *area.wards, *area.towns]
        self._places = _any(name for place in local for name in (place.name.lower(), *place.aliases))
        flags = lexicons.load("flags")
        groups = [*lexicons.load("cues").values(), *(flags[g] for g in analyse.flags._GROUPS)]
        abuse = analyse._compiled(area).flags._abuse
        threats = abuse._threats.values()
        rude = (abuse._coarse, abuse._names, abuse._beast, abuse._rude, abuse._group, *threats)
        self._groups = [*map(_any, groups), *rude]
        self._signs = [_any(words) for words in lexicons.load("tone")["signs"].values()]
        self._met: set[str] = set()

    def times(self, posts: pd.DataFrame) -> Times:
        """µs a post by step."""
        spent, self._met = dict.fromkeys(STEPS, 0.0), set()
        for title, text, channel in zip(posts["title"], posts["text"], posts["channel"], strict=True):
            said = "\n".join(words for words in (title, text) if isinstance(words, str))
            for step, deed in (("text", self.text), ("redaction", self.redacted)):
                begun = time.process_time()
                said = deed(said)
                spent[step] += time.process_time() - begun
            deeds: tuple[Callable[[str], Any], ...] = (
                *(self.language, self.places, self.issues, self.cues),
                *((self.tone, self.learnt) if channel == "public" else ()),
            )
            for step, about in zip(STEPS[2:], deeds, strict=False):
                begun = time.process_time()
                about(said)
                spent[step] += time.process_time() - begun
            begun = time.process_time()
            self.copied(said)
            spent["copies"] += time.process_time() - begun
        return {step: seconds / len(posts) * 1e6 for step, seconds in spent.items()}

    def text(self, said: str) -> str:
        """Without markup."""
        return LexborHTMLParser(said).text() if "<" in said or "&" in said else said

    def redacted(self, said: str) -> str:
        """Every form looked for in every post."""
        for form, mark in FORMS:
            said = form.sub(mark, said)
        return said

    def language(self, said: str) -> str:
        """The one with most stop words."""
        words = re.findall(r"[^\W\d_]+", said.lower())
        return max(self._stop, key=lambda code: sum(word in self._stop[code] for word in words))

    def places(self, said: str) -> list[str]:
        """Local names as they are written."""
        return self._places.findall(said.lower())

    def issues(self, said: str) -> list[str]:
        """Issues by their terms outside their exclusions, or by a thing and what goes wrong with it."""
        low, found = said.lower(), []
        for slug, (hidden, terms, families) in self._issues.items():
            left = hidden.sub(" ", low)
            if terms.search(left) or any(o.search(left) and f.search(left) for o, f in families):
                found.append(slug)
        return found

    def cues(self, said: str) -> list[list[Any]]:
        """Every group of cue and flag words."""
        low = said.lower()
        return [group.findall(low) for group in self._groups]

    def tone(self, said: str) -> Any:
        """VADER by sentences, groups of words, n-grams and what the words say."""
        low = said.lower()
        sentences = [s for s in re.split(r"(?<=[.!?])\s+|\n+", said) if s]
        compounds = [self._analyser.polarity_scores(s)["compound"] for s in sentences]
        counts = [min(len(group.findall(low)), signs.MOST) for group in self._signs]
        model = tonemodel.load()
        worded = wording.shipped().tones([matching.read(None, said)])
        return compounds, counts, ngrams.scores(ngrams.read([said]), model.table), worded

    def learnt(self, said: str) -> Any:
        """Learnt weights of cues and flags."""
        return learned.scored(learned.grams([said]), learned.shipped())

    def copied(self, said: str) -> bool:
        """Whether the same words were met before."""
        words = " ".join(re.findall(r"\w+", said.lower()))
        return words in self._met or self._met.add(words) is not None


def _any(terms: Iterable[str]) -> re.Pattern[str]:
    """One regular expression of all terms, the longest first; nothing matches none."""
    ordered = sorted({str(term).lower() for term in terms}, key=len, reverse=True)
    words = "|".join(re.escape(t.rstrip("*")) + (r"\w*" if t.endswith("*") else "") for t in ordered)
    return re.compile(rf"\b(?:{words})\b" if words else r"(?!)")


if __name__ == "__main__":
    print(main())
