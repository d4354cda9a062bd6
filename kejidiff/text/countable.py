"""Original text -> countable characters (有效字数): Han, letters and digits, but what is excluded and pinyin notes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from kejidiff.model import Exclusion, Repair
from kejidiff.span import Span, merged
from kejidiff.text.fold import DROPPED, codes_of, fold_table

if TYPE_CHECKING:
    from kejidiff.model.document import IntArray


def countable_before(text: str, window: Span, repairs: Sequence[Repair], excluded: Sequence[Exclusion]) -> "IntArray":
    """Shape (window.length + 1,): how many countable characters of the window stand before each offset in it."""
    counts = fold_table().fold(codes_of(window.of(text))) != DROPPED
    notes = [repair.span for repair in repairs if not repair.text]
    for hole in merged([exclusion.span for exclusion in excluded] + notes):
        counts[hole.start - window.start : hole.end - window.start] = False
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
