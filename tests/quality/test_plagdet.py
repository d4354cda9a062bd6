"""The measure that everything is judged by gives what a pencil gives."""

import numpy as np
import pytest
from quality.figures import Score, added, parts, plagdet, rows_of
from quality.plagdet import Match, not_excused, sums_of

from kejidiff.span import Span


def match(a: int, b: int, c: int, d: int) -> Match:
    return Match(Span(a, b), Span(c, d))


def test_by_hand() -> None:
    """Two cases; one is found in two pieces, of the other's source half; one passage is wrong.

    recall (1 + 30/40) / 2 = .875; precision 3 / 4 = .75; granularity 3 / 2; F1 .8077; / log2(2.5) = .6110.
    """
    cases = [match(0, 10, 0, 10), match(20, 40, 20, 40)]
    found = [match(0, 5, 0, 5), match(5, 10, 5, 10), match(20, 40, 30, 40), match(60, 70, 60, 70)]
    sums = np.array(sums_of(cases, found))
    assert [float(part) for part in parts(sums)] == pytest.approx([0.875, 0.75, 1.5])
    assert float(plagdet(sums)) == pytest.approx(0.8076923 / 1.3219281, abs=1e-6)


def test_all_found() -> None:
    """Passages equal to the cases score 1."""
    cases = [match(0, 10, 5, 15), match(20, 40, 50, 70)]
    assert float(plagdet(np.array(sums_of(cases, cases)))) == 1.0


@pytest.mark.parametrize("found", [[], [match(0, 10, 50, 60)], [match(50, 60, 0, 10)], [match(10, 20, 10, 20)]])
def test_a_case_is_detected_on_both_sides_or_not_at_all(found: list[Match]) -> None:
    """Nothing, the right text with a wrong source, the right source with a wrong text, a neighbour: plagdet 0."""
    assert float(plagdet(np.array(sums_of([match(0, 10, 0, 10)], found)))) == 0.0


def test_wider_than_the_case() -> None:
    """A passage twice as long as its case has precision .5 and recall 1."""
    recall, precision, granularity = parts(np.array(sums_of([match(10, 20, 10, 20)], [match(5, 25, 0, 20)])))
    assert (float(recall), float(precision), float(granularity)) == (1.0, 0.5, 1.0)


def test_excuse() -> None:
    """Excused is what touches no case and lies by half in shared text on both sides; nothing else."""
    cases, zones = [match(0, 50, 0, 50)], [match(100, 120, 200, 220)]
    touching, excused = match(40, 120, 40, 220), match(95, 125, 195, 225)
    half_a_side, elsewhere = match(95, 125, 190, 290), match(100, 120, 300, 320)
    found = [touching, excused, half_a_side, elsewhere]
    assert not_excused(found, cases, zones) == [touching, half_a_side, elsewhere]


def test_rows() -> None:
    """A row's figure is that of the added sums; its interval holds it, and is a point where all pairs agree."""
    scores = [Score("m", "all right", "ratio", (2, 2))] * 5
    scores += [Score("m", "half", "ratio", (number % 2, 1)) for number in range(40)]
    alike, half = rows_of(scores)
    assert (alike.value, alike.low, alike.high, alike.pairs, alike.cases) == (1.0, 1.0, 1.0, 5, 10)
    assert half.value == 0.5
    assert 0.3 < half.low < 0.5 < half.high < 0.7
    assert rows_of(scores) == [alike, half]


def test_a_pair_counts_once() -> None:
    """Several cases of one pair are one observation: their sums are added before pairs are drawn."""
    cases = [
        Score("m", "kind", "ratio", (1, 1)),
        Score("m", "other", "ratio", (0, 1)),
        Score("m", "kind", "ratio", (0, 1)),
    ]
    assert added(cases) == [Score("m", "kind", "ratio", (1, 2)), Score("m", "other", "ratio", (0, 1))]
