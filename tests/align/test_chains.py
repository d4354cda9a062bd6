"""Chains: what is computed for many runs at once is what a plain loop over them finds."""

from math import log2

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.align import chains
from kejidiff.align.seeds import Runs
from kejidiff.options import AlignOptions

OPTIONS = AlignOptions()
#: Starts on both sides, length, bits; few values, so that runs touch, overlap and tie.
RUN = st.tuples(st.integers(0, 150), st.integers(0, 150), st.integers(3, 40), st.sampled_from((8.0, 11.5, 32.0, 77.25)))


def _runs(rows: list[tuple[int, int, int, float]]) -> Runs:
    left, right, length, bits = zip(*sorted(rows), strict=True) if rows else ((), (), (), ())
    whole = (np.array(column, dtype=np.int64) for column in (left, right, length))
    return Runs(*whole, np.array(bits, dtype=np.float64))


def _scored_one_by_one(runs: Runs, options: AlignOptions) -> tuple[list[float], list[int], list[float]]:
    """The recurrence as it is defined: every run looks back at every run in reach."""
    lefts, rights, lengths, bits = (column.tolist() for column in (runs.left, runs.right, runs.length, runs.bits))
    gains = [own - options.run_price for own in bits]
    scores, links = list(gains), [-1] * len(gains)
    reach = options.chain_gap + max(lengths, default=0)
    for run, (left, right, length) in enumerate(zip(lefts, rights, lengths, strict=True)):
        best, cost = 0.0, 0.0
        for before in range(run - 1, max(run - options.lookback, 0) - 1, -1):
            if left - lefts[before] > reach:
                break
            gaps = left - lefts[before] - lengths[before], right - rights[before] - lengths[before]
            narrow, wide = min(gaps), max(gaps)
            if wide > options.chain_gap or -narrow >= length or -narrow >= lengths[before]:
                continue
            paid = log2(1 + wide - narrow)
            if wide > 0:
                paid += options.gap_price * wide
            if narrow < 0:
                paid -= narrow * (bits[run] / length)
            if scores[before] - paid > best:
                best, cost, links[run] = scores[before] - paid, paid, before
        scores[run] += best
        gains[run] -= cost
    return scores, links, gains


@pytest.mark.parametrize("rows", [1, 7, 1024])
@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.lists(RUN, max_size=130))
def test_scores_are_those_of_the_plain_loop(rows: int, drawn: list[tuple[int, int, int, float]]) -> None:
    """Scores, links and gains equal to the last bit, however many runs are looked at together."""
    runs = _runs(drawn)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chains, "_ROWS", rows)
        found = chains._scored(runs, OPTIONS)
    assert tuple(column.tolist() for column in found) == _scored_one_by_one(runs, OPTIONS)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.lists(RUN, max_size=60))
def test_drowned_runs_lie_under_much_stronger_ones(drawn: list[tuple[int, int, int, float]]) -> None:
    """A run is drowned where every one of its characters lies in some run of four times its bits."""
    runs = _runs(drawn)
    spans = [range(start, start + length) for start, length in zip(runs.left, runs.length, strict=True)]
    expected = [
        all(any(at in other and bits >= 4 * own for other, bits in zip(spans, runs.bits, strict=True)) for at in span)
        for span, own in zip(spans, runs.bits, strict=True)
    ]
    assert chains._drowned(runs, runs.left).tolist() == expected
