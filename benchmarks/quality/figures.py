"""Scores of pairs -> the figures of the table, each with the interval that resampling the pairs gives.

Every score is a row of sums, and every figure a function of sums that were added up, so that one matrix product makes
all resamples.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

#: Resamples: the quantiles at 2.5 % then rest on 25 of them.
ROUNDS = 1000


class Score(NamedTuple):
    """What one scan adds to one line of the table. `formula` names how `sums` become a figure (see `FORMULAS`)."""

    measure: str
    kind: str
    formula: str
    sums: tuple[float, ...]


class Row(NamedTuple):
    """One line: `value` with the 95 % interval `[low, high]` over `pairs` scored pairs, `cases` in all of them.

    counted   the figures are counts and no shares
    """

    measure: str
    kind: str
    pairs: int
    cases: int
    value: float
    low: float
    high: float
    note: str = ""
    counted: bool = False


def ratio(sums: "Floats") -> "Floats":
    """Sums (…, 2): part and whole."""
    return np.where(sums[..., 1] > 0, sums[..., 0] / np.maximum(sums[..., 1], 1e-12), np.nan)


def plagdet(sums: "Floats") -> "Floats":
    """Sums (…, 12): those of `plagdet.Sums` with excused detections left out, then those with all of them."""
    recall, precision, granularity = parts(sums)
    harmonic = 2 * precision * recall / np.maximum(precision + recall, 1e-12)
    return np.asarray(harmonic / np.log2(1 + granularity))


def parts(sums: "Floats") -> "tuple[Floats, Floats, Floats]":
    """Recall, precision, granularity of sums as `plagdet.Sums` has them."""
    cases, detections, recall, precision, hits, detected = np.moveaxis(sums[..., :6], -1, 0)
    return (
        recall / np.maximum(cases, 1),
        np.where(detections > 0, precision / np.maximum(detections, 1), 0.0),
        np.where(detected > 0, hits / np.maximum(detected, 1), 1.0),
    )


#: ratio: (part, whole); hits: (how many, out of how many), the first is the figure; times: (pairs kept, all pairs).
FORMULAS: Mapping[str, "Callable[[Floats], Floats]"] = {
    "ratio": ratio,
    "hits": lambda sums: sums[..., 0],
    "plagdet": plagdet,
    "times": lambda sums: sums[..., 1] / np.maximum(sums[..., 0], 1),
}


def added(scores: Iterable[Score]) -> list[Score]:
    """Scores of one line added up: what one pair of texts counts for, however many cases it holds."""
    totals: dict[tuple[str, str, str], tuple[float, ...]] = {}
    for *line, sums in scores:
        before = totals.get((line[0], line[1], line[2]), (0.0,) * len(sums))
        totals[line[0], line[1], line[2]] = tuple(a + b for a, b in zip(before, sums, strict=True))
    return [Score(*line, sums) for line, sums in totals.items()]


def rows_of(scores: Iterable[Score]) -> list[Row]:
    """One row a measure and kind, in the order in which they first come."""
    grouped: dict[tuple[str, str, str], list[tuple[float, ...]]] = {}
    for measure, kind, formula, sums in scores:
        grouped.setdefault((measure, kind, formula), []).append(sums)
    return [_row(*key, np.array(sums, dtype=np.float64)) for key, sums in grouped.items()]


def _row(measure: str, kind: str, formula: str, sums: "Floats") -> Row:
    function = FORMULAS[formula]
    total = sums.sum(axis=0)
    drawn = np.random.default_rng(1).multinomial(len(sums), np.full(len(sums), 1 / len(sums)), size=ROUNDS)
    values = function(drawn @ sums)
    low, high = np.nanquantile(values, (0.025, 0.975)) if np.isfinite(values).any() else (np.nan, np.nan)
    cases = total[0] if formula == "plagdet" else total[1]
    value = float(function(total))
    note, counted = _note(formula, total), formula in ("hits", "times")
    return Row(measure, kind, len(sums), int(cases), value, float(low), float(high), note, counted)


def _note(formula: str, total: "Floats") -> str:
    if formula != "plagdet":
        return ""
    recall, precision, granularity = (float(part) for part in parts(total))
    strict = float(plagdet(total[6:]))
    return f"rec {recall:.3f} prec {precision:.3f} gran {granularity:.2f}; strict {strict:.3f}"


def in_order(rows: Sequence[Row], order: Sequence[tuple[str, str]], measures: Sequence[str]) -> list[Row]:
    """By measure; within one, the kinds of `order` first, then the others by name."""
    places = {line: place for place, line in enumerate(order)}
    last = len(order)
    return sorted(
        rows,
        key=lambda row: (measures.index(row.measure), places.get((row.measure, row.kind), last), row.kind),
    )


def printed(rows: Sequence[Row], aim: Callable[[tuple[str, str], float], str]) -> str:
    """The table; `aim` says what a line's figure is held against."""
    lines = [f"{'measure':10s} {'kind':30s} {'pairs':>5s} {'cases':>6s} {'figure':>6s}  {'95 % interval':14s}  aim"]
    before = ""
    for row in rows:
        name = row.measure if row.measure != before else ""
        before = row.measure
        value, low, high = (shown(figure, row.counted) for figure in (row.value, row.low, row.high))
        interval = f"[{low}, {high}]" if row.pairs > 1 else ""
        line = f"{name:10s} {row.kind:30s} {row.pairs:5d} {row.cases:6d} {value:>6s}  {interval:14s}"
        lines.append(f"{line}  {aim((row.measure, row.kind), row.value):8s}  {row.note}".rstrip())
    return "\n".join(lines)


def shown(figure: float, counted: bool) -> str:
    """Three decimals for a share, none for a count, a dash for what there is not."""
    if not np.isfinite(figure):
        return "-"
    return f"{figure:.0f}" if counted else f"{figure:.3f}"
