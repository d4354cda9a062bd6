"""Ranges of files, read by one call: the bytes that many reads would give."""

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kejidiff.kernel import is_compiled, without
from kejidiff.kernel.ranges import read_ranges
from kejidiff.pipeline.bulk import spill
from kejidiff.pipeline.bulk.spill import Pieces, write_raw

pytestmark = pytest.mark.skipif(not is_compiled(), reason="no compiled kernels")

#: Bytes of each file: more than what is read along between two ranges, and than what is read at once.
SIZES = (0, 20_000, 400_000)
RANGES = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 400_000), st.integers(0, 9_000)), max_size=30)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three files of one kind."""
    place = tmp_path_factory.mktemp("folder")
    for number, size in enumerate(SIZES):
        write_raw(place / f"kept-{number}", np.random.default_rng(number).integers(0, 256, size).astype(np.uint8))
    return place


@given(RANGES, st.booleans(), st.integers(1, 60), st.sampled_from((1, 2, 200)))
@settings(
    deadline=None, derandomize=True, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_ranges_are_read_as_one_by_one(
    folder: Path, ranges: list[tuple[int, int, int]], ascending: bool, near: int, most: int
) -> None:
    """In any order, side by side, overlapping, far apart, beyond a file's end, none; of more files than may be open."""
    ranges = [(number, start // near, size) for number, start, size in (sorted(ranges) if ascending else ranges)]
    columns = np.array(ranges, dtype=np.int64).reshape(-1, 3).T.copy()
    pieces = Pieces(folder, "kept")
    try:
        with pytest.MonkeyPatch.context() as changed:
            changed.setattr(spill, "OPEN", most)
            with without():
                expected = pieces.gathered(*columns).tobytes()
            assert pieces.gathered(*columns).tobytes() == expected
    finally:
        pieces.close()
    plain = [(folder / f"kept-{number}").read_bytes()[start : start + size] for number, start, size in ranges]
    assert expected == b"".join(own.ljust(size, b"\0") for own, (_, _, size) in zip(plain, ranges, strict=True))


def test_a_large_range_is_read_whole(folder: Path) -> None:
    """Larger than what is read at once, beside a small one."""
    pieces, whole = Pieces(folder, "kept"), (folder / "kept-2").read_bytes()
    found = pieces.gathered(np.array([2, 2]), np.array([0, 399_990]), np.array([399_980, 10]))
    assert found.tobytes() == whole[:399_980] + whole[399_990:]
    pieces.close()


def test_ranges_within_a_large_one_are_read(folder: Path) -> None:
    """However far the first reaches beyond what is read at once: a damaged file may say anything."""
    pieces, whole = Pieces(folder, "kept"), (folder / "kept-2").read_bytes()
    starts, sizes = np.array([0, 10, 20_000]), np.array([300_000, 5, 270_000])
    found = pieces.gathered(np.full(3, 2), starts, sizes)
    plain = zip(starts.tolist(), sizes.tolist(), strict=True)
    assert found.tobytes() == b"".join(whole[start : start + size] for start, size in plain)
    pieces.close()


def test_what_the_system_says_is_told() -> None:
    """A file that is not open is an OSError with its number."""
    read, write = os.pipe()
    try:
        for file in (write, 1 << 30):
            with pytest.raises(OSError, match=r"\[Errno"):
                read_ranges(np.array([file]), np.array([0]), np.array([1]))
    finally:
        os.close(read)
        os.close(write)


def test_no_ranges_are_refused() -> None:
    """Sizes below zero, and columns that do not belong together."""
    one, none = np.array([1]), np.zeros(0, np.int64)
    for columns in ((one, one, none), (one, one, -one), (one, -one, one)):
        with pytest.raises(ValueError, match="ranges"):
            read_ranges(*columns)
    found = read_ranges(none, none, none)
    assert found is not None
    assert not len(found)
