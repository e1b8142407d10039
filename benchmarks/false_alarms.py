"""How often would Today point at something when nothing has happened?

A quiet year is simulated: 42 issues in 18 wards of three towns, each ward cell with its own rate
(log-uniform, 0.02 to 2 conversations a week), a slow mood, a weekday cycle, and conversations of
1.8 posts on average of which one in 25 becomes a thread of about 20. Towns and the area are the
sums of their wards. ``bursts`` looks once a day, as the page does; ``talked`` looks at the end of
each day, which is the hour at which it has most to mistake. A cell that was pointed at is left
alone for 14 days. Two seeds; the figure on the page is the mean.
"""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd

from listening.summarise.bursts import TALKED_ACCOUNTS, Talked, bursts, talked
from listening.summarise.trends import usual

ISSUES, TOWNS, WARDS = 42, 3, 18
BASELINE, YEAR = 26 * 7, 364  # days
REST = 14  # days a cell is left alone after it was pointed at
SEEDS = (1, 2)
WEEKDAY = np.array([1.1, 1.05, 1.0, 1.05, 1.1, 0.9, 0.8])


def main() -> str:
    years = [_year(seed) for seed in SEEDS]
    area = float(np.mean([len(y) for y in years]))
    found = pd.concat(years)
    ward = float((found["place"].str.startswith("w")).sum() / len(years) / WARDS)
    kinds = found.groupby("kind").size().div(len(years)).to_dict()
    return (
        "## false_alarms\n\nA simulated quiet year, looked at every day (`benchmarks/false_alarms.py`):"
        f" {ISSUES * (WARDS + TOWNS + 1)} cells, {len(SEEDS)} years.\n\n"
        "| false alarms a year, whole area | by the 7-day rule | by the since-midnight rule | one ward |\n"
        "|--:|--:|--:|--:|\n"
        f"| {area:.1f} | {kinds.get('week', 0):.1f} | {kinds.get('today', 0):.1f}"
        f" | {ward:.2f} |\n"
    )


def _year(seed: int) -> pd.DataFrame:
    daily = _simulated(np.random.default_rng(seed))
    parents = {f"w{w}": f"t{w % TOWNS}" for w in range(WARDS)} | {f"t{t}": "area" for t in range(TOWNS)}
    rest: dict[tuple[str, str], int] = {}
    rows = []
    for day in range(BASELINE + 7, BASELINE + 7 + YEAR):
        now = datetime.combine(_date(day), datetime.min.time(), UTC) + timedelta(hours=23)
        window = daily[(daily["number"] > day - BASELINE - 7) & (daily["number"] <= day)]
        pointed = {("week", r.issue, r.place) for r in bursts(window, now, parents=parents).itertuples()}
        pointed |= {("today", t.issue, t.place) for t in _talked(window, day, parents)}
        for kind, issue, place in sorted(pointed):
            if rest.get((issue, place), -1) < day:
                rows.append({"kind": kind, "issue": issue, "place": place, "day": day})
                rest[(issue, place)] = day + REST
    return pd.DataFrame(rows, columns=["kind", "issue", "place", "day"])


def _talked(window: pd.DataFrame, day: int, parents: dict[str, str]) -> list[Talked]:
    today = window[window["number"] == day]
    busy = today[today["voices"] >= TALKED_ACCOUNTS]
    before = window[window["number"].isin(range(day - 84, day, 7))]
    numbers = before.set_index(["issue", "place", "number"])
    posts, conversations = {}, {}
    for row in busy.itertuples():
        keys = [(row.issue, row.place, n) for n in range(day - 84, day, 7)]
        past = numbers.reindex(keys)[["posts", "conversations"]].fillna(0)
        posts[row.issue, row.place] = usual(past["posts"])
        conversations[row.issue, row.place] = past["conversations"]
    found = talked(busy, conversations, posts)
    # One event in a ward shows in its town and area too; it is one alarm.
    held = {(t.issue, p) for t in found for p in (parents.get(t.place), "area") if p}
    return [t for t in found if (t.issue, t.place) not in held]


def _simulated(dice: np.random.Generator) -> pd.DataFrame:
    days = BASELINE + 7 + YEAR
    cells = ISSUES * WARDS
    rate = np.exp(dice.uniform(np.log(0.02), np.log(2), cells)) / 7
    mood = np.exp(np.cumsum(dice.normal(0, 0.03, (days // 7 + 1, cells)), axis=0) * 0.5)
    mood = np.repeat(mood, 7, axis=0)[:days]
    conversations = dice.poisson(rate * mood * WEEKDAY[np.arange(days) % 7][:, None])
    number, cell = np.nonzero(conversations)
    many = np.repeat(np.arange(len(number)), conversations[number, cell])
    posts = dice.geometric(1 / 1.8, len(many)) + np.where(
        dice.random(len(many)) < 0.04, dice.poisson(18, len(many)), 0
    )
    voices = 1 + dice.binomial(posts - 1, 0.7)
    rows = pd.DataFrame(
        {"number": number[many], "cell": cell[many], "conversations": 1, "posts": posts, "voices": voices}
    )
    rows["issue"] = "i" + (rows["cell"] // WARDS).astype(str)
    rows["ward"] = rows["cell"] % WARDS
    places = (
        rows.assign(place="w" + rows["ward"].astype(str)),
        rows.assign(place="t" + (rows["ward"] % TOWNS).astype(str)),
        rows.assign(place="area"),
    )
    figures = ["conversations", "posts", "voices"]
    daily = pd.concat(places).groupby(["number", "issue", "place"])[figures].sum().reset_index()
    return daily.assign(day=daily["number"].map(_date))


def _date(number: int) -> date:
    return date(2025, 1, 6) + timedelta(days=int(number))


if __name__ == "__main__":
    print(main())
