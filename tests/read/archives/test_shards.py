"""An archive in pieces is the archive: whatever the pieces, packed or not."""

import tempfile
from itertools import pairwise
from pathlib import Path

import pytest
from archives_made import FIELDS, found, gzipped, line, refusal, rows, texts, write_parquet, zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.model import Skipped
from kejidiff.read.archives import Row, is_archive, lines_before, rows_of, shards_of
from kejidiff.read.discover import FoundFile

#: Lines as they come: texts of one to four bytes a character, blank ones, damaged ones.
LINES = st.one_of(
    st.text(st.sampled_from("渠a𠀀é\n\u2028"), min_size=1, max_size=20).map(lambda text: line({"text": text})[:-1]),
    st.sampled_from([b"", b" \t", b"{", "渠".encode(), b'{"text":""}']),
)


def whole(data: bytes, end: bytes) -> list[tuple[int, bytes]]:
    """Offset and content of every line that is not blank: the slow way, over the whole file."""
    place, kept = 0, []
    for raw in data.split(b"\n"):
        content = raw.removeprefix(b"\xef\xbb\xbf") if place == 0 else raw
        if content.strip():
            kept.append((place, content))
        place += len(raw) + 1
    return kept


@settings(max_examples=150, deadline=None)
@given(
    st.lists(LINES, max_size=12), st.sampled_from([b"\n", b"\r\n"]), st.booleans(), st.booleans(), st.integers(1, 300)
)
def test_shards_of_any_size_are_the_file(parts: list[bytes], end: bytes, last: bool, mark: bool, target: int) -> None:
    """Every line is in exactly one shard, whole, in order, at its offset, and counted right: also where a border falls
    into a character, between CR and LF, on a blank line, into the byte order mark."""
    data = (b"\xef\xbb\xbf" if mark else b"") + end.join(parts) + (end if last else b"")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.jsonl"
        path.write_bytes(data)
        shards = shards_of(found(path), target)
        if not data:
            assert isinstance(shards, Skipped) and shards.reason == "empty"
            return
        assert isinstance(shards, tuple)
        assert (shards[0].start, shards[-1].end) == (0, len(data))
        assert all(one.end == other.start for one, other in pairwise(shards))
        read = [row for shard in shards for row in rows_of(shard, FIELDS)]
        assert [row.number for row in read] == [place for place, _ in whole(data, end)]
        assert read == rows(path)
        before = lines_before(shards)
        numbered = [
            row for shard, first in zip(shards, before, strict=True)
            for row in rows_of(shard, FIELDS, first_number=first + 1)
        ]  # fmt: skip
        assert numbered == rows(path, first_number=1)
        for name, packed in (("a.jsonl.gz", gzipped(data)), ("a.jsonl.zst", zstandard(data))):
            (Path(folder) / name).write_bytes(packed)
            assert rows(Path(folder) / name) == numbered


def test_ten_thousand_tiny_lines(tmp_path: Path) -> None:
    """All are there, once, in shards of a thousand bytes and whole."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"".join(line({"id": at, "text": f"第{at}篇"}) for at in range(10_000)))
    assert [row.id for row in rows(path, 1000)] == [str(at) for at in range(10_000)]
    assert rows(path, 1000) == rows(path)


def test_lines_longer_than_a_block_are_whole(tmp_path: Path) -> None:
    """A text of nine megabytes comes in one piece, between two short ones."""
    path = tmp_path / "a.jsonl"
    long = "渠道清淤" * 750_000
    path.write_bytes(line({"text": "一"}) + line({"text": long}) + line({"text": "二"}))
    assert texts(rows(path)) == texts(rows(path, 1 << 20)) == ["一", long, "二"]


def test_a_line_too_long_is_told_and_not_held(tmp_path: Path) -> None:
    """The lines around it are read; of each form, and wherever the shards' borders are."""
    data = line({"text": "一"}) + line({"text": "长" * 5_000_000}) + line({"text": "二"})
    for name, packed in (("a.jsonl", data), ("a.jsonl.gz", gzipped(data)), ("a.jsonl.zst", zstandard(data))):
        (tmp_path / name).write_bytes(packed)
        for target in (1 << 30, 1 << 20, 1000):
            read = rows(tmp_path / name, target, max_bytes=1_000_000)
            assert [(row.text, row.problem) for row in read] == [("一", None), (None, "too-large"), ("二", None)]


def test_row_groups_are_shards(tmp_path: Path) -> None:
    """A Parquet file is cut between row groups, and its rows are numbered through."""
    columns = {"id": [f"n{at}" for at in range(100)], "text": [f"第{at}篇" for at in range(100)], "y": list(range(100))}
    path = write_parquet(tmp_path / "a.parquet", columns, group=7)
    shards = shards_of(found(path), 1)
    assert isinstance(shards, tuple) and [(one.start, one.end) for one in shards] == [(at, at + 1) for at in range(15)]
    expected = [Row(at + 1, f"n{at}", f"第{at}篇", f'{{"y":{at}}}'.encode()) for at in range(100)]
    assert rows(path, 1) == rows(path, 300) == rows(path) == expected


@pytest.mark.parametrize(
    ("name", "archive"),
    [("a.jsonl", True), ("A.NDJSON.ZST", True), ("a.jsonl.gz", True), ("a.parquet", True), ("a.json", False),
     ("a.jsonl.txt", False), ("a.gz", False), ("a.parquet.gz", False), ("-", False)],
)  # fmt: skip
def test_names_tell_archives(name: str, archive: bool) -> None:
    """By their endings, in any case."""
    assert is_archive(FoundFile(name, name)) is archive


def test_what_is_no_archive_is_told(tmp_path: Path) -> None:
    """Nothing in it, gone, not what its name says, or kejidiff's own."""
    for name, data in (("e.jsonl", b""), ("p.parquet", b"PAR1"), ("n.parquet", b"hello"), ("g.jsonl.gz", b"\x1f\x8b")):
        (tmp_path / name).write_bytes(data)
    own = b'{"schema": "kejidiff.scan/1", "text": "x"}\n'
    (tmp_path / "o.jsonl").write_bytes(own)
    (tmp_path / "o.jsonl.zst").write_bytes(zstandard(own))
    told = {path.name: refusal(path) for path in sorted(tmp_path.iterdir())}
    assert told == {
        "e.jsonl": "empty", "g.jsonl.gz": "damaged", "n.parquet": "damaged", "o.jsonl": "ignored",
        "o.jsonl.zst": "ignored", "p.parquet": "damaged",
    }  # fmt: skip
    assert refusal(tmp_path / "gone.jsonl") == "vanished"
