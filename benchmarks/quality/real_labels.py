"""Two texts' units -> which of them say the same: identical, modified, new, and what cannot be told.

identical   equal keys
modified    the most similar partner left, alike enough (normalised indel similarity of the keys; see `Floors`)
new         not a partner of any, and less than `NEW_BELOW` of it stands anywhere in the other text
unclear     the rest: merged and split articles, lists shared by several; measured nowhere
"""

from typing import Literal, NamedTuple

import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from quality.real_units import Unit

Kind = Literal["identical", "modified", "new", "unclear"]

#: A unit of which less than this stands in the other text in runs of `RUN` characters is new.
NEW_BELOW = 0.3
RUN = 8
#: Partners nearly as similar as the best are as right: penalty lists that differ in a number, repeated sentences.
AS_GOOD = 0.05
#: What being at another place of the text costs at most; decides between equals only.
_DRIFT = 0.02


class Floors(NamedTuple):
    """Least similarity of partners; `short` where one of them has fewer than `SHORT` characters."""

    long: float
    short: float


#: Articles that correspond are .5 alike even where they were written anew: of 36 drawn from the regulations of
#: different places all spoke of the same matter, though from .5 to .55 they hardly share wording.
ARTICLES = Floors(0.5, 0.5)
#: Of 30 drawn at .6 six were chance, all below .7 and short: 社会消费品零售总额增长22% and the like.
SENTENCES = Floors(0.6, 0.75)
SHORT = 30


class Label(NamedTuple):
    """`partners` index the right units: the first is the label's, the others would be as right; () where there is none.

    similarity   to the first partner; 0.0 where there is none
    """

    kind: Kind
    left: int
    partners: tuple[int, ...]
    similarity: float


def labels(left: list[Unit], right: list[Unit], floors: Floors) -> list[Label]:
    """One label for each left unit, in order; no right unit is the first partner of two."""
    if not left or not right:
        return [Label("new", at, (), 0.0) for at in range(len(left))]
    alike = similarities(left, right)
    alike = np.where(alike >= _least(left, right, floors), alike, 0.0)
    partner = _one_to_one(alike)
    whole = "\n".join(unit.key for unit in right)
    return [_label(at, unit, right, alike[at], partner[at], whole) for at, unit in enumerate(left)]


def similarities(left: list[Unit], right: list[Unit]) -> np.ndarray:
    """Shape (left, right): normalised indel similarity of the keys, 0 to 1."""
    return cdist(
        [unit.key for unit in left], [unit.key for unit in right], scorer=Indel.normalized_similarity, dtype=np.float32
    )


def shared(unit: str, text: str) -> float:
    """Share of `unit` that lies in runs of at least `RUN` characters which stand in `text` too."""
    hit = np.zeros(len(unit), dtype=bool)
    for at in range(len(unit) - RUN + 1):
        if unit[at : at + RUN] in text:
            hit[at : at + RUN] = True
    return float(hit.mean()) if len(unit) else 0.0


def _least(left: list[Unit], right: list[Unit], floors: Floors) -> np.ndarray:
    """Shape (left, right): how alike two units must be to be partners."""
    sizes = np.minimum.outer([len(unit.key) for unit in left], [len(unit.key) for unit in right])
    return np.where(sizes < SHORT, floors.short, floors.long)


def _label(at: int, unit: Unit, right: list[Unit], alike: np.ndarray, partner: int, whole: str) -> Label:
    if partner < 0:
        return Label("new" if shared(unit.key, whole) < NEW_BELOW else "unclear", at, (), 0.0)
    best = float(alike[partner])
    others = [int(other) for other in np.flatnonzero(alike >= max(best - AS_GOOD, 0.01)) if other != partner]
    kind: Kind = "identical" if unit.key == right[partner].key else "modified"
    return Label(kind, at, (partner, *others), best)


def _one_to_one(alike: np.ndarray) -> list[int]:
    """By left unit its partner or -1: the most similar pairs first, between equals those at like places."""
    rows, columns = np.nonzero(alike)
    drift = np.abs(rows / alike.shape[0] - columns / alike.shape[1])
    order = np.lexsort((columns, rows, -(alike[rows, columns] - _DRIFT * drift)))
    partner = [-1] * alike.shape[0]
    taken: set[int] = set()
    for row, column in zip(rows[order].tolist(), columns[order].tolist(), strict=True):
        if partner[row] < 0 and column not in taken:
            partner[row] = column
            taken.add(column)
    return partner
