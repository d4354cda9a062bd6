"""Texts of units that were read once are not read again where only some of them are wanted."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.pipeline.bulk.origins import NO_TEXTS, SYMBOL, Texts

Numbers = st.sets(st.integers(0, 12)).map(lambda units: np.array(sorted(units), dtype=np.int64))


def read(units: np.ndarray) -> Texts:
    """Unit n has n characters, n, a figure and n again and so on, and the number of a figure tells its unit."""
    symbols = [SYMBOL if at % 2 else unit for unit in units.tolist() for at in range(unit)]
    counts = units // 2
    figures = [
        [unit, at, 1] for unit, count in zip(units.tolist(), counts.tolist(), strict=True) for at in range(count)
    ]
    return Texts(
        units, np.cumsum(units) - units, np.array(symbols, dtype=np.uint16), np.cumsum(counts) - counts, counts,
        np.array(figures, dtype=np.uint32).reshape(-1, 3),
    )  # fmt: skip


def of_each(texts: Texts) -> list[tuple[int, list[int], list[list[int]]]]:
    """Number, characters and figures of each unit."""
    columns = (texts.units, texts.symbol_firsts, texts.figure_firsts, texts.counts)
    return [
        (unit, texts.symbols[first : first + unit].tolist(), texts.figures[figure : figure + count].tolist())
        for unit, first, figure, count in zip(*(column.tolist() for column in columns), strict=True)
    ]


@given(Numbers, Numbers)
@settings(deadline=None, derandomize=True)
def test_texts_come_from_memory_where_they_are_there(held: np.ndarray, wanted: np.ndarray) -> None:
    """The same as if all were read, and nothing is read that is held."""
    asked: list[int] = []

    def noted(units: np.ndarray) -> Texts:
        asked.extend(units.tolist())
        return read(units)

    assert of_each(read(held).of(wanted, noted)) == of_each(read(wanted))
    assert asked == sorted(set(wanted.tolist()) - set(held.tolist()))
    assert of_each(NO_TEXTS.of(wanted, read)) == of_each(read(wanted))
