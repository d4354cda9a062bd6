"""Compiled ways back to the original texts: the same places and counts as numpy's, for units of every length."""

from time import process_time
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.kernel import is_compiled, without
from kejidiff.kernel import origins as kernel
from kejidiff.pipeline.bulk.locating import located
from kejidiff.pipeline.bulk.matches import FOUND, Found
from kejidiff.pipeline.bulk.origins import SYMBOL, Kept, Texts, before, figures_in, origins_of

pytestmark = pytest.mark.skipif(not is_compiled(), reason="no compiled kernels")

#: Folded characters of a unit: few, at the borders of words, bytes and the table, and too many for that.
LENGTHS = st.sampled_from([1, 2, 7, 8, 9, 63, 64, 65, 127, 128, 511, 512, 513])


class Drawn:
    """Units as `Units` has them, made by chance from a few numbers that hypothesis draws."""

    def __init__(self, lengths: list[int], seed: int) -> None:
        chance = np.random.default_rng(seed)
        rows, bits, symbols, figures, skipped = [], [], [], [], []
        for length in lengths:
            figured = chance.random(length) < chance.choice([0, 0.1, 1])
            sizes = np.where(figured, chance.integers(1, 4, length), 1)
            gaps = chance.choice([0, 0, 1, 9, 70], length)  # what folding leaves out before each character
            gaps[0] = 0
            firsts = np.cumsum(gaps) + np.cumsum(sizes) - sizes
            own = np.zeros(int(firsts[-1] + sizes[-1]), dtype=np.uint8)
            own[firsts] = 1
            before, start = int(chance.integers(0, 8)), int(chance.integers(0, 10_000))
            noise = chance.integers(0, 2, before), chance.integers(0, 2, 7)  # bits of what stands around it
            bits.append(np.packbits(np.concatenate((noise[0], own, noise[1]))[: -(-(before + len(own)) // 8) * 8]))
            symbols.append(np.where(figured, SYMBOL, 0x4E00).astype(np.uint16))
            figures.append(np.stack((sizes, sizes, chance.integers(1, 4, length)), axis=1)[figured].astype(np.uint32))
            rows.append((start, start + len(own), length, int(chance.integers(0, 1 << 33)), len(figures[-1])))
            skipped.append(before)
        self.columns = np.array(rows, dtype=np.int64).T.copy()
        self.pieces = bits, symbols, figures
        self.skipped = np.array(skipped, dtype=np.int64)
        self.documents = np.arange(len(lengths), dtype=np.uint32)

    def kept(self, units: np.ndarray) -> Kept:
        """As `Units.kept`; texts stand in another order than their units."""
        starts, ends, lengths, counted, counts = self.columns[:, units].copy()
        order = np.arange(len(units))[::-1]
        bits = np.concatenate([self.pieces[0][0][:0], *(self.pieces[0][at] for at in units.tolist())])
        symbols, figures = (
            np.concatenate([own[0][:0], *(own[at] for at in units[order].tolist())]) for own in self.pieces[1:]
        )
        firsts = before(lengths[order])[order], before(counts[order])[order]
        return Kept(
            starts,
            ends,
            lengths,
            self.skipped[units],
            counted,
            bits,
            Texts(units, firsts[0], symbols, firsts[1], counts, figures),
        )


@st.composite
def matches(draw: st.DrawFn) -> tuple[Drawn, Found]:
    """Units, and matches with edits between some of them."""
    lengths = draw(st.lists(LENGTHS, min_size=2, max_size=5))
    drawn = Drawn(lengths, draw(st.integers(0, 1 << 16)))
    chance = np.random.default_rng(draw(st.integers(0, 1 << 16)))
    rows = np.zeros(draw(st.integers(0, 6)), dtype=FOUND)
    edits = []
    for row in rows:
        for side in ("left", "right"):
            row[side + "_unit"] = unit = chance.choice([0, chance.integers(0, len(lengths))])
            start, end = np.sort(chance.choice(lengths[unit] + 1, 2, replace=False))
            row[side], row[side + "_end"] = start, end
        row["edits"] = chance.integers(0, 4)
        for _ in range(int(row["edits"])):
            ends = [np.sort(chance.integers(0, lengths[row[side + "_unit"]] + 1, 2)) for side in ("left", "right")]
            edits.append([int(chance.integers(0, 6)), *ends[0].tolist(), *ends[1].tolist()])
    return drawn, Found(rows, np.array(edits, dtype=np.int32).reshape(-1, 5))


@given(matches())
@settings(deadline=None, derandomize=True, max_examples=300)
def test_matches_are_located_as_in_numpy(found: tuple[Drawn, Found]) -> None:
    """Their ends, countable characters and edits, these in any order; figures of several digits, skipped characters."""
    units, own = found
    with without():
        expected = located(own, units)  # type: ignore[arg-type]
    told = located(own, units)  # type: ignore[arg-type]
    assert told.rows.tolist() == expected.rows.tolist()
    assert told.edits.tolist() == expected.edits.tolist()
    assert (told.rows.dtype, told.edits.dtype) == (expected.rows.dtype, expected.edits.dtype)


def test_places_of_a_unit_by_hand() -> None:
    """「共 12 人，a」: three marks left out, a figure of two digits."""
    kept = Kept(
        starts=np.array([100]), ends=np.array([108]), lengths=np.array([4]), skipped=np.array([3]),
        counted=np.array([50]), bits=np.packbits([1, 1, 1] + [1, 0, 1, 0, 0, 1, 0, 1] + [1] * 5),
        texts=Texts(
            units=np.array([7]), symbol_firsts=np.array([1]), figure_firsts=np.array([0]), counts=np.array([1]),
            symbols=np.array([SYMBOL, ord("共"), SYMBOL, ord("人"), ord("a")], "<u2"),
            figures=np.array([[12, 2, 2]], "<u4"),
        ),
    )  # fmt: skip
    places = [(100, 101), (102, 104), (105, 106), (107, 108)]
    origins = origins_of(kept)
    assert [*zip(origins.starts.tolist(), origins.ends.tolist(), strict=True)] == [*places, (108, 108)]
    assert origins.counted.tolist() == [50, 51, 53, 54, 55]
    found = kernel.located(
        kept.texts.symbols, kept.bits, kept.texts.figures, SYMBOL, kept.rows, np.array([[0, 0, 0, 4, 1, 2, 1]]),
        np.array([[3, 1, 2, 2, 2]], np.int32),
    )  # fmt: skip
    assert found is not None
    assert found[0].tolist() == [[100, 108, 102, 104, 50, 55, 51, 53]]
    assert found[1].tolist() == [[3, 102, 104, 104, 104]]


def test_a_unit_with_very_many_blanks_is_looked_through_once() -> None:
    """A thousand copies of one with eight million blanks take no longer than reading them does: minutes otherwise."""
    bits = np.zeros(1_000_000, dtype=np.uint8)
    bits[0], bits[-1] = 0x80, 0x01
    units = np.array([[0, 2, 0, 8_000_000, 0, 0, 0, 0]])
    matches = np.array([[0, 0, 0, 2, 0, 2, 0]] * 1_000)
    nothing = np.zeros((0, 3), np.uint32), np.zeros((0, 5), np.int32)
    began = process_time()
    found = kernel.located(np.ones(2, np.uint16), bits, nothing[0], SYMBOL, units, matches, nothing[1])
    assert process_time() - began < 1
    assert found is not None
    assert (found[0] == [0, 8_000_000, 0, 8_000_000, 0, 2, 0, 2]).all()


@given(st.lists(st.integers(0, 70_000), max_size=4), st.integers(0, 1 << 16))
@settings(deadline=None, derandomize=True, max_examples=40)
def test_figures_are_counted_as_in_numpy(lengths: list[int], seed: int) -> None:
    """Unit by unit, in units of any length, empty ones too."""
    symbols = np.where(np.random.default_rng(seed).random(sum(lengths)) < 0.9, SYMBOL, 1).astype(np.uint16)
    sizes = np.array(lengths, dtype=np.int64)
    with without():
        expected = figures_in(symbols, sizes)
    assert figures_in(symbols, sizes).tolist() == expected.tolist()


@pytest.mark.parametrize("lengths", [[3], [2, -1], [-1, 2]])
def test_figures_of_more_symbols_than_there_are_is_refused(lengths: list[int]) -> None:
    """Or of less than none."""
    with pytest.raises(ValueError, match="lengths"):
        kernel.count_of(SYMBOL, np.zeros(2, np.uint16), np.array(lengths))


@pytest.mark.parametrize(
    "wrong",
    [
        {"matches": [[0, 9, 0, 1, 0, 1, 0]]},
        {"matches": [[-1, 0, 0, 1, 0, 1, 0]]},
        {"matches": [[0, 0, 0, 9, 0, 1, 0]]},
        {"matches": [[0, 0, 1, 1, 0, 1, 0]]},
        {"matches": [[0, 0, -1, 1, 0, 1, 0]]},
        {"matches": [[0, 0, 0, 1, 0, 1, 1]]},
        {"matches": [[0, 0, 0, 1, 0, 1, 1]], "edits": [[0, 0, 9, 0, 1]]},
        {"matches": [[0, 0, 0, 1, 0, 1, 1]], "edits": [[0, 0, 1, 1, 0]]},
        {"matches": [[0, 0, 0, 1, 0, 1, -1]]},
        {"symbols": [1, 2]},
        {"kept": []},
        {"kept": [0xFF]},
        {"kept": [0x80]},
        {"figures": [[]]},
        {"kept": [0, 0b11100000], "units": [[0, 3, 0, 4, 0, 0, 0, 0]]},
    ],
)
def test_matches_of_other_units_are_refused(wrong: dict[str, list[list[int]]]) -> None:
    """Nothing is read or written beyond what is there, whatever numbers say."""
    right = {
        "symbols": [SYMBOL, 1, 1], "kept": [0b11100000], "figures": [[1, 1, 1]], "matches": [[0, 0, 0, 1, 0, 1, 0]],
        "edits": [], "units": [[0, 3, 0, 4, 0, 0, 0, 0]],
    }  # fmt: skip
    types = {"symbols": "<u2", "kept": "|u1", "figures": "<u4", "units": "<i8", "matches": "<i8", "edits": "<i4"}
    shapes = {"figures": (-1, 3), "edits": (-1, 5)}

    def told(values: dict[str, list[list[int]]]) -> object:
        arrays = [
            np.array(values[name], dtype).reshape(shapes.get(name, np.shape(values[name])))
            for name, dtype in types.items()
        ]
        return kernel.located(*arrays[:3], SYMBOL, *arrays[3:])

    assert told(right) is not None
    with pytest.raises(ValueError, match="matches"):
        told(right | wrong)


def test_units_longer_than_the_table_are_left_to_numpy() -> None:
    """No unit has more than 512 folded characters; if one had, its matches would be located all the same."""
    drawn = Drawn([513, 3], 1)
    with patch.object(kernel, "address", side_effect=AssertionError):
        nothing = np.zeros((0, 7), np.int64), np.zeros((0, 5), np.int32)
        kept = drawn.kept(np.arange(2))
        assert kernel.located(kept.texts.symbols, kept.bits, kept.texts.figures, SYMBOL, kept.rows, *nothing) is None
