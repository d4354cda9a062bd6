"""Edits -> substitutions: a word for a word, counted. 通过 -> 透过 nine times over is no accident.

Words are given as they fold (simplified, notes left out, damage repaired), so that both scripts' copies of one exchange
count together.
"""

from collections import Counter
from collections.abc import Sequence

from kejidiff.model import Comparison, FoldedText, Passage, Substitution


def find_substitutions(left: FoldedText, right: FoldedText, passages: Sequence[Passage]) -> tuple[Substitution, ...]:
    """Exchanged words of one comparison, the most frequent first."""
    counts: Counter[tuple[str, str]] = Counter()
    for passage in passages:
        for edit in passage.edits:
            if edit.kind == "synonym":
                counts[left.within(edit.left), right.within(edit.right)] += 1
    return tuple(Substitution(left, right, count) for (left, right), count in _ranked(counts))


def total_substitutions(comparisons: Sequence[Comparison]) -> tuple[Substitution, ...]:
    """Those of all comparisons together; `pairs` counts the comparisons each stands in."""
    counts: Counter[tuple[str, str]] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for comparison in comparisons:
        for found in comparison.substitutions:
            counts[found.left, found.right] += found.count
            pairs[found.left, found.right] += 1
    return tuple(Substitution(*words, count, pairs[words]) for words, count in _ranked(counts))


def _ranked(counts: "Counter[tuple[str, str]]") -> list[tuple[tuple[str, str], int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
