"""Changes -> those that are halves of a move: deleted here and inserted there, rather than written anew."""

from collections.abc import Sequence

from kejidiff.align.script import Change
from kejidiff.align.seeds import Runs
from kejidiff.span import Span

#: A change is half of a move when out-of-order runs match this share of it.
_MATCHED = 0.6


def find_moves(changes: Sequence[Change], runs: Runs, moved: Sequence[int]) -> frozenset[Change]:
    """The deletions and insertions that the runs in `moved` (indexes into `runs`) account for."""
    lefts = [Span(int(runs.left[run]), int(runs.left[run] + runs.length[run])) for run in moved]
    rights = [Span(int(runs.right[run]), int(runs.right[run] + runs.length[run])) for run in moved]
    return frozenset(
        change
        for change in changes
        if (change.j == change.j_end and _covered(Span(change.i, change.i_end), lefts))
        or (change.i == change.i_end and _covered(Span(change.j, change.j_end), rights))
    )


def _covered(change: Span, runs: list[Span]) -> bool:
    matched = sum(run.clipped(change).length for run in runs)
    return matched >= _MATCHED * change.length
