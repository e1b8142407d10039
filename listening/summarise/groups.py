"""Which of a few dozen short texts belong together.

Average linkage (Sokal & Michener 1958) on cosines of smoothed rows. Smoothing adds to each text a
part of its nearest neighbours (document expansion: Efron, Organisciak & Fenlon 2012,
doi:10.1145/2348283.2348405), so that two comments without a common word meet through a third.
The tree is cut where the mean silhouette (Rousseeuw 1987, doi:10.1016/0377-0427(87)90125-7) over
all comments is best, among cuts that leave a readable number of groups (about the square root of
half the comments: Mardia, Kent & Bibby 1979). Nothing is drawn at random, so the same comments
give the same groups.
"""

from dataclasses import dataclass

import numpy as np

from listening.summarise.terms import unit

NEIGHBOURS = 3
SHARE = 0.6  # of the neighbours' rows that is added
SMALLEST = 4  # comments in a group, and 3 in a hundred; fewer go to "Other"
LARGEST = 0.6  # of all comments: a cut that leaves a larger group tells too little
MOST = 7  # groups: more than a reader keeps in mind
CUTS = tuple(round(0.02 + 0.02 * n, 2) for n in range(30))  # cosines at which the tree may be cut
LIKE = 0.5  # of the likeness usual inside the groups: what is less like a group is not of it
LOOSE = 0.4  # mean likeness inside a group, below which it holds strangers
LINKED = 600  # texts that are linked; of more, the rest join the groups of these
OTHER = -1


@dataclass(frozen=True)
class Grouped:
    """``label``: the group of each row from 0, largest first, OTHER for none; the rest places new rows."""

    label: np.ndarray
    rows: np.ndarray  # the distinct texts that were linked, unsmoothed
    kept: np.ndarray  # the group of each of those
    weight: np.ndarray  # how many comments say the same as each of those
    floor: float  # mean likeness to a group, below which a text is like none


def groups(rows: np.ndarray, first: np.ndarray) -> Grouped:
    """The groups of unit rows; ``first`` names of each row the first that says the same: both go together."""
    once, weight = np.unique(first, return_counts=True)
    once, weight = once[:LINKED], weight[:LINKED]
    smooth = smoothed(rows[once], rows[once], itself=True)
    smallest = max(SMALLEST, round(0.03 * len(rows)))
    merges = linkage(smooth @ smooth.T)
    judged = [(_judged(smooth, cut(merges, len(once), c), weight, smallest), -c) for c in CUTS]
    label = _large(cut(merges, len(once), -max(judged)[1]), weight, smallest)
    means = _means(smooth, smooth, label, weight, itself=True)
    own = [means[i, g] for i, g in enumerate(_index(label)) if g != OTHER]
    floor = float(np.median(own)) * LIKE if own else 1.0
    settled = _tightened(smooth, _large(_best(means, label, floor), weight, smallest), weight)
    settled = _ordered(_large(settled, weight, smallest), weight)
    result = Grouped(settled, rows[once], settled, weight, floor)
    return Grouped(place(result, rows, first, once), result.rows, settled, weight, floor)


def place(grouped: Grouped, rows: np.ndarray, first: np.ndarray, once: np.ndarray) -> np.ndarray:
    """The group of every row, from that of the row it repeats; those that were not linked are joined."""
    known = dict(zip(once.tolist(), grouped.kept.tolist(), strict=True))
    joined = join(grouped, rows) if len(np.unique(first)) > len(once) else np.full(len(rows), OTHER)
    return np.array([known.get(int(f), int(joined[f])) for f in first], dtype=int)


def join(grouped: Grouped, rows: np.ndarray) -> np.ndarray:
    """The group that each of other rows is most like, or OTHER: for the comments of an earlier time."""
    linked = smoothed(grouped.rows, grouped.rows, itself=True)
    names = np.unique(grouped.kept[grouped.kept != OTHER])
    if not len(names) or not len(rows):
        return np.full(len(rows), OTHER)
    means = _means(smoothed(rows, grouped.rows), linked, grouped.kept, grouped.weight)
    return np.where(means.max(axis=1) >= grouped.floor, names[means.argmax(axis=1)], OTHER)


def smoothed(rows: np.ndarray, among: np.ndarray, itself: bool = False) -> np.ndarray:
    """Each row with a part of those ``among`` that are most like it (``itself``: rows are those)."""
    alike = rows @ among.T
    if itself:
        np.fill_diagonal(alike, 0.0)
    if not alike.size:
        return rows
    kth = np.sort(alike, axis=1)[:, -min(NEIGHBOURS, alike.shape[1])][:, None]
    near = np.where((alike >= kth) & (alike > 0), alike, 0.0)
    total = near.sum(axis=1, keepdims=True)
    return unit(rows + SHARE * (near / np.where(total > 0, total, 1.0)) @ among)


def linkage(alike: np.ndarray) -> list[tuple[int, int, float]]:
    """The merges of average linkage: which two (each by its lowest row) and at which likeness."""
    likeness = alike.astype(float)
    np.fill_diagonal(likeness, -np.inf)
    sizes = np.ones(len(likeness))
    merges = []
    for _ in range(len(likeness) - 1):
        one, two = sorted(divmod(int(np.argmax(likeness)), len(likeness)))
        merges.append((one, two, float(likeness[one, two])))
        mixed = (sizes[one] * likeness[one] + sizes[two] * likeness[two]) / (sizes[one] + sizes[two])
        likeness[one], likeness[:, one] = mixed, mixed
        likeness[two], likeness[:, two], likeness[one, one] = -np.inf, -np.inf, -np.inf
        sizes[one] += sizes[two]
    return merges


def cut(merges: list[tuple[int, int, float]], number: int, at: float) -> np.ndarray:
    """The group of each of ``number`` rows (its lowest row) where only merges of at least ``at`` are made."""
    label = np.arange(number)
    for one, two, alike in merges:
        if alike >= at:
            label[label == two] = one
    return label


def halves(rows: np.ndarray) -> np.ndarray | None:
    """0 or 1 for each row: by the latest merge that leaves two or more on each side; None without one."""
    merges = linkage(rows @ rows.T)
    for last in range(len(merges) - 1, -1, -1):
        label = np.arange(len(rows))
        for one, two, _ in merges[:last]:
            label[label == two] = one
        one, two, _ = merges[last]
        if min(np.sum(label == one), np.sum(label == two)) >= 2:
            away = rows[label == one].mean(axis=0) - rows[label == two].mean(axis=0)
            return np.where(rows @ away >= 0, 0, 1)
    return None


def _large(label: np.ndarray, weight: np.ndarray, smallest: int) -> np.ndarray:
    """The groups of at least ``smallest`` comments; all other rows in OTHER."""
    inside = label != OTHER
    counts = np.bincount(label[inside], weights=weight[inside], minlength=len(label))
    return np.where(inside & (counts[label] >= smallest), label, OTHER)


def _judged(rows: np.ndarray, label: np.ndarray, weight: np.ndarray, smallest: int) -> float:
    """The mean silhouette of a cut; rows in no group count nought; -1 where the cut is not readable."""
    kept = _large(label, weight, smallest)
    names, total = np.unique(kept[kept != OTHER]), weight.sum()
    most = min(MOST, round((total / 2) ** 0.5) + 1)
    if not 2 <= len(names) <= most or max(weight[kept == g].sum() for g in names) > LARGEST * total:
        return -1.0
    means, result = _means(rows, rows, kept, weight, itself=True), 0.0
    for i, own in enumerate(_index(kept)):
        if own != OTHER:
            a, b = 1 - means[i, own], 1 - np.delete(means[i], own).max()
            result += (b - a) / max(a, b, 1e-9)
    return result / len(kept)


def _index(label: np.ndarray) -> list[int]:
    names = np.unique(label[label != OTHER])
    return [OTHER if g == OTHER else int(np.searchsorted(names, g)) for g in label]


def _means(
    rows: np.ndarray, among: np.ndarray, label: np.ndarray, weight: np.ndarray, itself: bool = False
) -> np.ndarray:
    """The mean likeness of each row to each group of ``among``; itself left out, its repeats counted."""
    names = np.unique(label[label != OTHER])
    member = np.array([label == g for g in names], dtype=float).reshape(len(names), len(among)) * weight
    alike, others = rows @ among.T @ member.T, member.sum(axis=1)[None, :]
    if itself:
        inside = (member > 0).T
        alike, others = alike - inside * np.einsum("ij,ij->i", rows, among)[:, None], others - inside
    means: np.ndarray = alike / np.maximum(1.0, others)
    return means


def _best(means: np.ndarray, label: np.ndarray, floor: float) -> np.ndarray:
    """Every row in the group it is most like, where it is like one at all."""
    names = np.unique(label[label != OTHER])
    if not len(names):
        return label
    return np.where(means.max(axis=1) >= floor, names[means.argmax(axis=1)], OTHER)


def _tightened(rows: np.ndarray, label: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Loose groups cut down to the half that is most alike: a name must hold for what it stands over."""
    means, names = _means(rows, rows, label, weight, itself=True), np.unique(label[label != OTHER])
    result = label.copy()
    for n, group in enumerate(names):
        own = means[label == group, n]
        if own.mean() < LOOSE:
            result[(label == group) & (means[:, n] < own.mean())] = OTHER
    return result


def _ordered(label: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """The same groups numbered from 0, the largest first, then by who comes first."""
    names = np.unique(label[label != OTHER]).tolist()
    names.sort(key=lambda g: (-weight[label == g].sum(), int(np.argmax(label == g))))
    return np.array([names.index(g) if g != OTHER else OTHER for g in label], dtype=int)
