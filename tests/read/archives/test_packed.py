"""Packed lines and Parquet that are damaged or unpack without end: told with a reason, what came before is kept."""

import gzip
import io
import os
import zlib
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest
from archives_made import FIELDS, found, gzipped, line, rows, texts, write_parquet, zstandard
from hypothesis import example, given
from hypothesis import strategies as st

from kejidiff.model import Skipped
from kejidiff.options import JsonLines
from kejidiff.read.archives import Row, Shard, UnreadableArchiveError, rows_of, shards_of
from kejidiff.read.archives.packed import BLOCK, unpacked

Packing = Callable[[bytes], bytes]
PACKED: list[tuple[str, Packing]] = [("a.jsonl.gz", gzipped), ("a.jsonl.zst", zstandard)]


def read_to_the_end(path: Path, fields: JsonLines = FIELDS, max_bytes: int = 64 << 20) -> tuple[list[Row], str]:
    """The rows that come, and the reason why no more do."""
    shards = shards_of(found(path), 64 << 20)
    if isinstance(shards, Skipped):
        return [], shards.reason
    read: list[Row] = []
    try:
        for shard in shards:
            for row in rows_of(shard, fields, max_bytes=max_bytes):
                read.append(row)  # noqa: PERF402 -- what came before an error is what is asked for
    except UnreadableArchiveError as error:
        return read, error.reason
    return read, ""


@pytest.mark.parametrize(("name", "packed"), PACKED)
def test_a_torn_file_gives_what_is_before_the_tear(tmp_path: Path, name: str, packed: Packing) -> None:
    """A transfer that broke off: the rows that are there, then the reason."""
    texts_ = [os.urandom(200).hex() for _ in range(5000)]
    data = packed(b"".join(line({"text": one}) for one in texts_))
    (tmp_path / name).write_bytes(data[: len(data) // 2])
    read, reason = read_to_the_end(tmp_path / name)
    whole = [row for row in read if row.problem is None]
    assert reason == "damaged" and 500 < len(whole) < 4000 and texts(whole) == texts_[: len(whole)]


@pytest.mark.parametrize(("name", "packed"), PACKED)
def test_a_flipped_byte_is_told(tmp_path: Path, name: str, packed: Packing) -> None:
    """Wherever in the stream it is, nothing but `damaged` comes of it."""
    data = bytearray(packed(b"".join(line({"text": os.urandom(50).hex()}) for _ in range(50))))
    for at in range(10, len(data) - 8, 97):
        bad = bytearray(data)
        bad[at] ^= 0xFF
        (tmp_path / name).write_bytes(bad)
        _, reason = read_to_the_end(tmp_path / name)
        assert reason in ("damaged", "expands-too-much") or name.endswith(".zst")  # its checksum is optional


@pytest.mark.parametrize(("name", "packed"), PACKED)
def test_many_members_are_one_file(tmp_path: Path, name: str, packed: Packing) -> None:
    """As `cat` of two packed files makes them, with a line that goes over the border."""
    one = line({"text": "渠道"}) + line({"text": "水库"})
    (tmp_path / name).write_bytes(packed(one[:20]) + packed(b"") + packed(one[20:]))
    assert texts(rows(tmp_path / name)) == ["渠道", "水库"]


def unpacked_by_the_standard_library(data: bytes) -> tuple[bytes, bool]:
    """What comes of a gzip file, and whether it is whole."""
    parts = []
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            while part := file.read1(1 << 20):
                parts.append(part)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        return b"".join(parts), False
    return b"".join(parts), True


def unpacked_here(data: bytes) -> tuple[bytes, bool]:
    parts = []
    try:
        for part in unpacked(io.BytesIO(data), "gzip", 64 << 20):
            assert len(part) <= BLOCK
            parts.append(part)
    except UnreadableArchiveError as error:
        assert error.reason == "damaged"
        return b"".join(parts), False
    return b"".join(parts), True


@given(
    members=st.lists(st.tuples(st.binary(max_size=40), st.integers(0, 2_000), st.integers(0, 5)), max_size=5),
    end=st.sampled_from([b"", b"\0", b"\x1f", b"x", b"\x1f\x8b", b"\0" * 300_000]),
    cut=st.integers(0, 40),
)
@example(members=[(b"ab", 300_000, 0)] * 2, end=b"", cut=0)
@example(members=[(b"\0", 5_000_000, 3), (b"\0", BLOCK, 0), (b"a", 1, 0)], end=b"\0", cut=0)
@example(members=[(b"a", 1, 200_000), (b"b", 1, 0)], end=b"", cut=0)
def test_gzip_is_what_the_standard_library_takes_for_it(
    members: list[tuple[bytes, int, int]], end: bytes, cut: int
) -> None:
    """Members of any length, with zeros behind them, cut short, with something else at the end."""
    data = b"".join(gzip.compress(one * times) + bytes(zeros) for one, times, zeros in members) + end
    data = gzip.compress(b"first") + data[: len(data) - cut]
    (own, whole), (other, also) = unpacked_here(data), unpacked_by_the_standard_library(data)
    assert whole == also
    assert own == other if whole else own.startswith(other) or other.startswith(own)


@pytest.mark.parametrize(("name", "packed"), PACKED)
def test_no_file_unpacks_without_end(tmp_path: Path, name: str, packed: Packing) -> None:
    """Sixteen times the greatest file, or a hundred times its own size: more is a bomb. No text of it was held."""
    (tmp_path / name).write_bytes(packed(b" " * 20_000_000 + b"\n" + line({"text": "渠道"})))
    assert read_to_the_end(tmp_path / name, max_bytes=1_000_000) == ([], "expands-too-much")
    assert texts(read_to_the_end(tmp_path / name)[0]) == ["渠道"]


def test_a_packed_file_may_be_called_plain(tmp_path: Path) -> None:
    """First bytes count, not names."""
    (tmp_path / "a.jsonl").write_bytes(zstandard(line({"text": "渠道"})))
    (tmp_path / "b.jsonl.gz").write_bytes(line({"text": "渠道"}))
    assert texts(rows(tmp_path / "a.jsonl")) == texts(rows(tmp_path / "b.jsonl.gz")) == ["渠道"]


def test_a_file_that_became_shorter_is_told(tmp_path: Path) -> None:
    """Also between cutting and reading."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(line({"text": "渠道"}))
    with pytest.raises(UnreadableArchiveError) as raised:
        list(rows_of(Shard("a.jsonl", str(path), "lines", 0, 1000), FIELDS))
    assert raised.value.reason == "changed-while-reading"


def test_a_file_that_grows_meanwhile_is_told(tmp_path: Path) -> None:
    """What was read of it is no archive that ever was."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(line({"text": "渠道"}) * 3)
    reading = rows_of(Shard("a.jsonl", str(path), "lines", 0, path.stat().st_size), FIELDS)
    next(reading)
    path.write_bytes(line({"text": "渠道"}) * 4)
    with pytest.raises(UnreadableArchiveError) as raised:
        list(reading)
    assert raised.value.reason == "changed-while-reading"


def test_cells_of_parquet_are_metadata(tmp_path: Path) -> None:
    """Numbers, lists, times and bytes; a null is no field; a row without a text is told."""
    import datetime

    path = write_parquet(
        tmp_path / "a.parquet",
        {
            "id": [1, 2, 2], "text": ["渠道", None, " "], "tags": [["a"], None, []],
            "day": [datetime.date(2020, 1, 2), None, None], "raw": [b"\x00\xff", None, None],
        },
    )  # fmt: skip
    assert rows(path) == [
        Row(1, "1", "渠道", b'{"tags":["a"],"day":"2020-01-02","raw":"00ff"}'),
        Row(2, "2", None, None, "damaged"),
        Row(3, "2", " ", b'{"tags":[]}', "empty"),
    ]


def test_a_table_without_the_column_is_told(tmp_path: Path) -> None:
    """The message names the columns there are, and the option."""
    path = write_parquet(tmp_path / "a.parquet", {"content": ["渠道"], "text": [1]})
    assert read_to_the_end(path)[1] == "damaged"
    with pytest.raises(UnreadableArchiveError, match=r"it has content, text \(--text-field"):
        rows(path, fields=JsonLines(text="body"))
    assert texts(rows(path, fields=JsonLines(text="content"))) == ["渠道"]


def test_two_columns_of_one_name_are_told(tmp_path: Path) -> None:
    """Two programs would read two different texts."""
    import pyarrow
    from pyarrow import parquet

    for names in (["text", "text"], ["x", "x", "text"]):
        table = pyarrow.table([pyarrow.array([name]) for name in names], names=names)
        parquet.write_table(table, tmp_path / "a.parquet")
        assert read_to_the_end(tmp_path / "a.parquet") == ([], "ambiguous-parts")


def test_texts_of_any_arrow_type_are_texts(tmp_path: Path) -> None:
    """Long strings and dictionaries, as other programs write them."""
    import pyarrow

    for kind in (pyarrow.large_string(), pyarrow.dictionary(pyarrow.int32(), pyarrow.string())):
        path = write_parquet(tmp_path / "a.parquet", {"text": pyarrow.array(["渠道", "水库", "渠道"]).cast(kind)})
        assert texts(rows(path)) == ["渠道", "水库", "渠道"]


def test_a_damaged_table_is_told(tmp_path: Path) -> None:
    """Cut short, or with bytes flipped in its data: never a crash, never another exception."""
    whole = write_parquet(tmp_path / "a.parquet", {"text": [os.urandom(40).hex() for _ in range(300)]}).read_bytes()
    for at in range(4, len(whole) - 4, 211):
        bad = bytearray(whole)
        bad[at] ^= 0xFF
        (tmp_path / "b.parquet").write_bytes(bad)
        read_to_the_end(tmp_path / "b.parquet")
    (tmp_path / "b.parquet").write_bytes(whole[:-20])
    assert read_to_the_end(tmp_path / "b.parquet") == ([], "damaged")


def test_one_text_many_times_does_not_fill_the_memory(tmp_path: Path) -> None:
    """A dictionary lets a small table be large: it ends where a packed file would, whatever its columns' type, and no
    more than a few of its rows are there at a time."""
    import pyarrow

    repeated = pyarrow.DictionaryArray.from_arrays([0] * 10_000, ["长" * 100_000])
    for texts_ in (repeated, repeated.slice(0, 1_000).cast(pyarrow.string())):
        path = write_parquet(tmp_path / "a.parquet", {"text": texts_})
        read, reason = read_to_the_end(path, max_bytes=1_000_000)
        assert path.stat().st_size < 400_000 and reason == "expands-too-much" and 40 < len(read) < 100
        shards = shards_of(found(path), 1 << 30)
        assert not isinstance(shards, Skipped)
        before = pyarrow.total_allocated_bytes()
        held = [pyarrow.total_allocated_bytes() - before for _ in islice(rows_of(shards[0], FIELDS), 1_000)]
        assert len(held) == 1_000 and max(held) < 10_000_000


def test_limits_of_texts_are_bytes(tmp_path: Path) -> None:
    """Of a table as of lines: a Hanzi is three."""
    texts_ = ["长" * 10, "长" * 11, "a" * 30, "a" * 31, "𠀀" * 7, "𠀀" * 8]
    path = write_parquet(tmp_path / "a.parquet", {"text": texts_})
    read = rows(path, max_bytes=30)
    assert [row.problem for row in read] == [None, "too-large"] * 3
    assert texts(read) == ["长" * 10, None, "a" * 30, None, "𠀀" * 7, None]
