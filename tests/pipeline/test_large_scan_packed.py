"""Large scans of archives that cannot be entered in the middle: unpacked on the disk, and then like any other."""

import gzip
import json
import resource
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import pytest

from kejidiff.engine import run
from kejidiff.errors import OutputError
from kejidiff.model.bulk import BulkResult, Renderer
from kejidiff.options import ScanOptions
from kejidiff.pipeline.bulk.planning import plan_of
from kejidiff.pipeline.bulk.scan import Advance, Work, bulk_scan
from kejidiff.pipeline.bulk.unpacking import packed_in, unpack, with_unpacked
from kejidiff.pipeline.bulk.workspace import pieces_kept, working_folder
from kejidiff.read import discover
from kejidiff.read.archives import Shard
from kejidiff.read.archives.packed import packed
from kejidiff.view.records_bulk import FORMS, record_of

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

OPTIONS = ScanOptions(depth="paragraphs")
RENDER = Renderer(FORMS)
PIECE = 100_000


@contextmanager
def scanned(path: Path, work: Work | None = None, advance: Advance | None = None) -> Iterator[BulkResult]:
    """A large scan in pieces of a hundred thousand bytes."""
    with bulk_scan(plan_of(discover([str(path)])), OPTIONS, RENDER, work or Work(), advance=advance) as result:
        yield result


def record(path: Path, work: Work | None = None) -> bytes:
    """Its whole record."""
    with scanned(path, work) as result:
        return b"".join(record_of(result))


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kejidiff.pipeline.bulk.planning.PIECE_BYTES", PIECE)


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    """Forty made reports."""
    from corpus.writing import documents

    return [{"id": one.id, "text": one.text} for one in islice(documents(5), 40)]


@pytest.fixture(scope="module")
def lines(rows: list[dict[str, str]]) -> bytes:
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def table(path: Path, rows: list[dict[str, str]], group: int) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    parquet.write_table(pyarrow.Table.from_pylist(rows), path, row_group_size=group)


def test_the_record_is_that_of_the_plain_archive(rows: list[dict[str, str]], lines: bytes, tmp_path: Path) -> None:
    """Packed by either, of members, a table of one row group or many; by one process or two: byte for byte."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines)
    plain = record(path)
    half = len(lines) // 2
    for data in (
        packed(lines, "gzip"),
        packed(lines, "zstd"),
        packed(lines[:half], "zstd") + packed(lines[half:], "zstd"),
    ):
        path.write_bytes(data)
        assert record(path) == plain
        assert record(path, Work(jobs=2)) == plain
    for group in (7, 1_000):
        table(path, rows, group)
        assert record(path, Work(jobs=2)).replace(b'"parquet-row"', b'"json-line"') == plain


@pytest.mark.parametrize("packing", ["gzip", "parquet"])
def test_pieces_are_small_however_large_the_archive(
    packing: str, rows: list[dict[str, str]], lines: bytes, tmp_path: Path
) -> None:
    """One packed file, or one row group, comes to as many pieces as plain lines do, and each row is in one of them."""
    path, folder = tmp_path / "a.jsonl", tmp_path / "work"
    folder.mkdir()
    path.write_bytes(packed(lines, "gzip"))
    if packing == "parquet":
        table(path, rows, 1_000)
    plan = plan_of(discover([str(path)]))
    (shard,) = packed_in(plan.pieces)
    unpack(shard, 0, folder, OPTIONS)
    pieces = [piece for piece in with_unpacked(plan.pieces, folder) if isinstance(piece, Shard)]
    assert len(pieces) >= len(lines) // PIECE
    assert [one.start for one in pieces[1:]] == [one.end for one in pieces[:-1]]
    assert max(one.end - one.start for one in pieces) <= PIECE
    assert {one.location for one in pieces} == {str(path)}


def test_archives_keep_their_places_among_others(lines: bytes, tmp_path: Path) -> None:
    """Files before, between and behind them, plain archives too: documents come in the order of the names."""
    kept = lines.splitlines(keepends=True)
    (tmp_path / "a.txt").write_text(json.loads(kept[0])["text"], encoding="utf-8")
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(b"".join(kept[1:20])))
    (tmp_path / "c.jsonl").write_bytes(b"".join(kept[20:30]))
    (tmp_path / "d.jsonl.zst").write_bytes(packed(b"".join(kept[30:]), "zstd"))
    (tmp_path / "e.txt").write_text(json.loads(kept[0])["text"], encoding="utf-8")
    told = json.loads(record(tmp_path, Work(jobs=2)))
    assert told["complete"]
    names = [one["id"] for one in told["documents"]]
    assert len(names) == 41 and names == sorted(names)
    assert [file["path"] for file in told["files"] if "/" not in file["path"]] == [
        "b.jsonl.gz", "c.jsonl", "d.jsonl.zst", "a.txt", "e.txt"
    ]  # fmt: skip


def stopped_at(stage: str) -> Callable[[str, int, int], None]:
    def stop(now: str, _done: int, _total: int) -> None:
        if now == stage:
            raise KeyboardInterrupt

    return stop


@pytest.mark.parametrize(("stage", "kept"), [("unpack", 1), ("read", 2)])
def test_what_was_unpacked_is_not_unpacked_again(
    stage: str, kept: int, lines: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It counts among the pieces of work that are kept, and the record is that of an undisturbed scan."""
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(lines) + b"\x1f\x8b torn")
    undisturbed = record(path)
    work = Work(folder=tmp_path / "kept", keep=True)
    with pytest.raises(KeyboardInterrupt), scanned(path, work, stopped_at(stage)):
        pass
    assert work.folder is not None and pieces_kept(work.folder) == kept
    monkeypatch.delattr("kejidiff.pipeline.bulk.unpacking.unpacked_blocks")
    with scanned(path, work) as result:
        assert result.resumed[0] == kept
        assert b"".join(record_of(result)) == undisturbed
    assert not work.folder.exists()


def test_an_archive_that_has_changed_is_unpacked_again(lines: bytes, tmp_path: Path) -> None:
    """Nothing of what was kept of the old one counts."""
    path, work = tmp_path / "a.jsonl.gz", Work(folder=tmp_path / "kept", keep=True)
    path.write_bytes(gzip.compress(lines))
    with pytest.raises(KeyboardInterrupt), scanned(path, work, stopped_at("read")):
        pass
    path.write_bytes(gzip.compress(lines[: lines.index(b"\n") + 1]))
    with scanned(path, work) as result:
        assert (result.resumed[0], result.totals.documents) == (0, 1)


def test_a_full_disk_is_told(lines: bytes, tmp_path: Path) -> None:
    """Of the archive nothing is amiss: it is an error of output, with what to do about it."""
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(lines))
    (shard,) = packed_in(plan_of(discover([str(path)])).pieces)

    def unpacked_little(folder: Path) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, resource.RLIM_INFINITY))
        unpack(shard, 0, folder, OPTIONS)

    with pytest.raises(OutputError, match="file too large") as raised, working_folder(tmp_path) as folder:
        run(lambda _: unpacked_little(folder), [0, 1], 2)
    assert raised.value.advice.startswith("free some space")
    assert [one.name for one in tmp_path.iterdir()] == ["a.jsonl.gz"]


def test_texts_beyond_what_can_be_numbered_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that is too long by itself, and one for which its piece has no more room: each left out with the reason,
    never numbered wrong; of rows and of files."""
    monkeypatch.setattr("kejidiff.pipeline.bulk.reading.LONGEST", 1_000)
    monkeypatch.setattr("kejidiff.pipeline.bulk.reading.TOGETHER", 2_500)
    texts = {"a": "水" * 900, "b": "渠" * 1_001, "c": "村" * 1_000, "d": "镇" * 900, "e": "县" * 100}
    (tmp_path / "z.jsonl").write_text("".join(json.dumps({"id": one, "text": texts[one]}) + "\n" for one in texts))
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    told = json.loads(record(tmp_path))
    states = {file["path"]: (file["state"], file["reason"], file["message"]) for file in told["files"]}
    for name, row in (("{}.txt", ""), ("z.jsonl/{}", "line {} ")):
        assert [states[name.format(one)][0] for one in texts] == ["read", "skipped", "read", "error", "read"]
        assert states[name.format("b")][1:] == ("too-large", row.format(2) + "has more than 1,000 characters")
        assert states[name.format("d")][1:] == (
            "memory", row.format(4) + "has more than 2,500 characters with what is read together with it"
        )  # fmt: skip
    assert told["complete"] is False
