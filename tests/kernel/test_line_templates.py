"""Text from columns, and bytes from places in files: the compiled functions give what the plain ones give."""

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejidiff.kernel import is_compiled, lines, without
from kejidiff.pipeline.bulk.filling import Texts, counted, filled

if TYPE_CHECKING:
    from kejidiff.pipeline.bulk.filling import Column

pytestmark = pytest.mark.skipif(not is_compiled(), reason="nothing is compiled")

#: Around the bytes that are copied at once.
LITERALS = st.sampled_from([b"", b", ", b"%", b"%d%%", b"x" * 15, b"x" * 16, b"x" * 17, b"x" * 33]) | st.binary(
    max_size=40
)
INTEGERS = st.sampled_from([0, 9, 10, 99, 100, -1, 2**63 - 1, -(2**63)]) | st.integers(-(2**63), 2**63 - 1)
#: Near what is half between two decimals, exactly there, and where `repr` changes its form.
HALVES = st.builds(lambda odd, places: (2 * odd + 1) / (2 * 10**places), st.integers(0, 999), st.integers(1, 9))
DYADIC = st.builds(lambda count, bits: count / 2**bits, st.integers(0, 1 << 12), st.integers(3, 60))
DECIMAL = st.builds(lambda count, places: count / 10**places, st.integers(0, 999), st.integers(0, 12))
NEXT = st.builds(np.nextafter, HALVES | DECIMAL, st.sampled_from([0.0, 1e3])).map(float)
RATIOS = st.one_of(HALVES, DYADIC, DECIMAL, NEXT, st.floats(0, 1), st.floats(0, 1e-3), st.floats(0, 999.9)).filter(
    lambda ratio: ratio < 1000
)
DATA = st.binary(max_size=50)


@st.composite
def tables(draw: st.DrawFn) -> "tuple[bytes, dict[str, Column], int]":
    """A template, columns, and how many rows."""
    rows = draw(st.integers(0, 5))
    template = draw(LITERALS)
    columns: dict[str, Column] = {}
    for at, kind in enumerate(draw(st.text("abd", max_size=4))):
        template += b"%%(c%d)%b" % (at, kind.encode()) + draw(LITERALS)
        if kind == "b":
            data = draw(DATA)
            edges = [sorted(draw(st.tuples(*[st.integers(0, len(data))] * 2))) for _ in range(rows)]
            starts, ends = np.array(edges, dtype=np.int64).reshape(-1, 2).T.copy()
            columns[f"c{at}"] = Texts(np.frombuffer(data, dtype=np.uint8), starts, ends)
        else:
            values = draw(st.lists(INTEGERS if kind == "d" else RATIOS, min_size=rows, max_size=rows))
            columns[f"c{at}"] = np.array(values, dtype=np.int64 if kind == "d" else np.float64)
    return template, columns, rows


@given(tables(), st.integers(1, 9))
def test_rows_are_filled_as_plainly(table: "tuple[bytes, dict[str, Column], int]", places: int) -> None:
    """Whatever a template holds, and whatever values: the same text, and the same ends."""
    compiled = filled(*table, places)
    with without():
        plain = filled(*table, places)
    assert compiled.each() == plain.each()
    assert compiled.ends.tolist() == plain.ends.tolist()


@given(st.lists(RATIOS, max_size=50), st.integers(1, 9))
def test_ratios_are_those_of_python(ratios: list[float], places: int) -> None:
    """Rounded and written as Python rounds and writes them."""
    found = filled(b"%(ratio)a", {"ratio": np.array(ratios)}, len(ratios), places)
    assert found.each() == [repr(round(ratio, places)).encode() for ratio in ratios]


def test_every_half_is_rounded_to_even() -> None:
    """Of what lies exactly between two decimals."""
    for places in range(1, 10):
        halves = [count / 2 ** (places + 1) for count in range(1, 1 << (places + 1), 2)]
        assert all((Fraction(half) * 10**places).denominator == 2 for half in halves)
        assert filled(b"%(ratio)a", {"ratio": np.array(halves)}, len(halves), places).each() == [
            repr(round(half, places)).encode() for half in halves
        ]


@pytest.mark.parametrize("ratio", [-0.0, -0.5, 1000.0, 1e300, float("inf"), float("nan")])
def test_other_numbers_are_left_to_python(ratio: float) -> None:
    """They are no ratios; what Python makes of them is written."""
    assert lines.fill((b"", b""), [np.array([0.5, ratio])], 2, 6) is None
    assert filled(b"%(ratio)a;", {"ratio": np.array([0.5, ratio])}, 2, 6).each() == [
        b"0.5;", b"%a;" % round(ratio, 6)
    ]  # fmt: skip


def test_what_is_no_column_of_the_table_is_refused() -> None:
    """Too few values, another type, texts outside their data: nothing of it reaches a C function."""
    data, one = np.zeros(4, np.uint8), np.ones(1, np.int64)
    for column in (np.zeros(2, np.int64), (data, one, one + 4), (data, one - 2, one), (data, one + 1, one)):
        with pytest.raises(ValueError, match=r"values for|outside"):
            lines.fill((b"", b""), [column], 1, 6)
    with pytest.raises(TypeError):
        lines.fill((b"", b""), [np.zeros(1, np.int32)], 1, 6)  # type: ignore[list-item]


def test_other_decimals_are_left_to_python() -> None:
    """Of more than nine, numbers would run over, and the room for them."""
    for places in (0, 10, 20):
        assert lines.fill((b"", b""), [np.array([0.5])], 1, places) is None
    assert filled(b"%(ratio)a", {"ratio": np.array([1 / 3])}, 1, 12).each() == [b"0.333333333333"]


def test_lists_are_stretches_of_rows() -> None:
    """The last item of a list goes without its separator; a list of none is empty."""
    numbers = counted(12)
    firsts, ends = np.array([0, 3, 3, 9, 12, 5]), np.array([1, 3, 5, 12, 12, 4])
    assert numbers.lists(firsts, ends).each() == [b"0", b"", b"3, 4", b"9, 10, 11", b"", b""]
    assert counted(0).lists(firsts[:0], ends[:0]).each() == []
    assert counted(0).lists(np.zeros(2, np.int64), np.zeros(2, np.int64)).each() == [b"", b""]
