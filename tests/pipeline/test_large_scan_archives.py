"""What a large scan tells of archives and their rows: the same as a scan in full, however they are cut into pieces."""

import gzip
import json
import os
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kejidiff.model import Skipped, SourceText
from kejidiff.options import JsonLines, ScanOptions
from kejidiff.pipeline.bulk.documents import named_file
from kejidiff.pipeline.bulk.entries import file_of, read_entries, write_entries
from kejidiff.pipeline.bulk.naming import Named, name_all
from kejidiff.pipeline.bulk.planning import Plan, plan_of
from kejidiff.pipeline.bulk.reading import PieceReader
from kejidiff.pipeline.bulk.unpacking import packed_in, unpack, with_unpacked
from kejidiff.read import discover
from kejidiff.read.archives.packed import packed
from kejidiff.read.archives.shard import Form
from kejidiff.read.archives.sources import read_archive
from kejidiff.read.archives.unpacking import unpacked_blocks

OPTIONS = ScanOptions(depth="paragraphs")
TEXT = "科技创新工作取得了新的进展，全市共完成项目一百二十个，投入资金三亿元以上。"

Told = dict[str, tuple[str, str, str, tuple[str, ...]]]


def told_of(file: SourceText | Skipped) -> tuple[str, str, str, tuple[str, ...]]:
    """State, reason, message and reservations."""
    own = file_of(file)
    return own.state or "read", own.reason, own.message, tuple(f"{one.reason}: {one.message}" for one in own.warnings)


def in_full(path: Path, fields: JsonLines) -> Told:
    """What a scan in full tells of an archive, by name."""
    (found,) = discover([str(path)]).found
    return {file.path: told_of(file) for file in read_archive(found, fields, OPTIONS.max_file_bytes)}


def named_in(plan: Plan, folder: Path, fields: JsonLines) -> tuple[Named, Told]:
    """The same of a large scan, from the entries of its pieces."""
    for at, piece in enumerate(plan.pieces):
        reader = PieceReader(piece, OPTIONS, fields)
        for _ in reader.streams():
            pass
        write_entries(folder / f"entries-{at}", reader.entries)
    named = name_all(plan.pieces, folder, fields)
    files = [
        named_file(entry, name, named.told.get((piece, at)))
        for piece, names in enumerate(named.names)
        for at, (entry, name) in enumerate(zip(read_entries(folder / f"entries-{piece}"), names, strict=True))
        if name
    ]
    every = [*map(file_of, plan.unread), *named.archives, *files]
    assert len({file.path for file in every}) == len(every)
    warned = {file.path: tuple(f"{one.reason}: {one.message}" for one in file.warnings) for file in every}
    told = {file.path: (file.state or "read", file.reason, file.message, warned[file.path]) for file in every}
    unread = {file.path: (file.reason, file.message) for file in (*plan.unread, *named.unread)}
    assert unread == {path: (reason, message) for path, (state, reason, message, _) in told.items() if state != "read"}
    return named, told


def by_paragraphs(path: Path, fields: JsonLines = OPTIONS.json_lines) -> Told:
    plan = plan_of(discover([str(path)]), fields.every)
    with TemporaryDirectory() as folder:
        for number, shard in enumerate(packed_in(plan.pieces)):
            unpack(shard, number, Path(folder), replace(OPTIONS, json_lines=fields))
        plan = plan._replace(pieces=with_unpacked(plan.pieces, Path(folder)))
        return named_in(plan, Path(folder), fields)[1]


def write(path: Path, rows: Sequence[object]) -> Path:
    """Each row on a line of its own; what is a string already as it stands, and blank for None."""
    lines = ["" if row is None else row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


IDS = st.sampled_from([None, None, 1, 2, 3, 4, "1", "5", "2@4", "3@5", "a", "a@3", "x@", "\ud800"])
ROWS = st.lists(
    st.one_of(
        IDS.map(lambda own: {"text": TEXT} if own is None else {"id": own, "text": TEXT}),
        IDS.map(lambda own: {"text": ""} if own is None else {"id": own, "body": TEXT}),
        st.sampled_from([None, "nope"]),
    ),
    max_size=9,
)


FORMS: st.SearchStrategy[Form] = st.sampled_from(["lines", "gzip", "zstd"])


@given(rows=ROWS, size=st.sampled_from([40, 200, 100_000]), form=FORMS)
@example(rows=[{"text": TEXT}, {"id": "1", "text": TEXT}], size=100_000, form="lines")
@example(rows=[{"id": "a", "text": TEXT}] * 3, size=40, form="lines")
@example(rows=[], size=40, form="gzip")
def test_rows_have_the_names_they_have_in_full(rows: list[object], size: int, form: Form) -> None:
    """Ids that are numbers of other rows, ids twice, none, damaged rows and blank lines between: names and messages,
    whether the archive is plain or packed."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        path = write(Path(folder) / "a.jsonl", rows)
        path.write_bytes(packed(path.read_bytes(), form))
        patch.setattr("kejidiff.pipeline.bulk.planning.PIECE_BYTES", size)
        assert by_paragraphs(path) == in_full(path, OPTIONS.json_lines)


def test_an_archive_without_a_text_is_one_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blank lines only, or no row with the field asked for: one entry with the reason, and the fields there are."""
    blank = write(tmp_path / "blank.jsonl", [None] * 9)
    wrong = write(tmp_path / "wrong.jsonl", [{"id": at, "content": TEXT, "year": 2013} for at in range(20)])
    other = write(tmp_path / "z.jsonl", [{"id": "a", "text": TEXT}, {"id": "b"}])
    monkeypatch.setattr("kejidiff.pipeline.bulk.planning.PIECE_BYTES", 300)
    for path in (blank, wrong, other):
        assert by_paragraphs(path) == in_full(path, OPTIONS.json_lines)
    told = by_paragraphs(tmp_path)
    assert told["blank.jsonl"] == ("skipped", "empty", "holds no row", ())
    assert told["wrong.jsonl"][2].endswith(
        "(20) is an object with a string 'text'; there are texts in 'content' (--text-field NAME)"
    )
    assert sorted(told) == ["blank.jsonl", "wrong.jsonl", "z.jsonl", "z.jsonl/a", "z.jsonl/b"]


def test_an_archive_that_breaks_off_without_a_text_is_one_entry(tmp_path: Path) -> None:
    """Damaged rows before a tear are not told of one by one either."""
    whole = write(tmp_path / "a.jsonl", [{"id": at, "body": f"{TEXT}{at * at}"} for at in range(500)]).read_bytes()
    torn = tmp_path / "b.jsonl.gz"
    torn.write_bytes(gzip.compress(whole)[:-2000])
    assert {path: state for path, (state, *_) in by_paragraphs(torn).items()} == {"b.jsonl.gz": "error"}


@pytest.mark.parametrize("form", ["gzip", "zstd"])
@pytest.mark.parametrize("size", [20_000, 1 << 24])
def test_what_is_before_a_tear_is_read_and_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: Form, size: int
) -> None:
    """Wherever the tear is: in the first line, in some later one, behind the last. The same as in full."""
    monkeypatch.setattr("kejidiff.pipeline.bulk.planning.PIECE_BYTES", size)
    rows = [{"text": TEXT + sha256(b"%d" % at).hexdigest()} for at in range(2_000)]
    whole = packed(write(tmp_path / "whole.jsonl", rows).read_bytes(), form)
    torn = tmp_path / "torn.jsonl"
    counted = set()
    for end in (20, len(whole) // 3, len(whole) - 12, len(whole) - 1):
        torn.write_bytes(whole[:end])
        told = by_paragraphs(torn)
        assert told == in_full(torn, OPTIONS.json_lines)
        state, reason, message, _ = told["torn.jsonl"]
        assert (state, reason) == ("error", "damaged")
        read = sum(state == "read" for state, *_ in told.values())
        assert (f"; {read:,} rows before that were read" in message) == (read > 0)
        counted.add(read)
    assert len(counted) > 1


def test_members_and_frames_are_one_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Packed one after the other, as `cat` and parallel packers leave them, with lines that go over their borders."""
    monkeypatch.setattr("kejidiff.pipeline.bulk.planning.PIECE_BYTES", 300)
    rows = [{"id": f"第{at}号", "text": TEXT} for at in range(30)]
    lines = write(tmp_path / "a.jsonl", rows).read_bytes()
    for form in ("gzip", "zstd"):
        (tmp_path / "a.jsonl").write_bytes(
            b"".join(packed(lines[at : at + 77], form) for at in range(0, len(lines), 77))
        )
        told = by_paragraphs(tmp_path / "a.jsonl")
        assert told == in_full(tmp_path / "a.jsonl", OPTIONS.json_lines)
        assert len(told) == 31


@pytest.mark.parametrize("form", ["gzip", "zstd"])
def test_what_unpacks_without_end_is_told(tmp_path: Path, form: Form) -> None:
    """After so much of it as is allowed, and what is before that is read."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(packed(json.dumps({"text": TEXT}).encode() + b"\n" + b" " * 20_000_000, form))
    options = replace(OPTIONS, max_file_bytes=1_000_000)
    (shard,) = packed_in(plan_of(discover([str(path)])).pieces)
    unpack(shard, 0, tmp_path, options)
    assert json.loads((tmp_path / "torn-0").read_text())[0] == "expands-too-much"
    assert (tmp_path / "unpacked-0").stat().st_size < 1000


def test_an_archive_that_changes_meanwhile_has_no_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was unpacked of it is no archive that ever was: one entry, as in full."""
    path = write(tmp_path / "a.jsonl", [{"text": TEXT}] * 9)
    path.write_bytes(gzip.compress(path.read_bytes()))
    (shard,) = packed_in(plan_of(discover([str(path)])).pieces)

    def grown(*given: object) -> object:
        for block in unpacked_blocks(*given):  # type: ignore[arg-type]
            os.utime(path, (1, 1))
            yield block

    monkeypatch.setattr("kejidiff.pipeline.bulk.unpacking.unpacked_blocks", grown)
    unpack(shard, 0, tmp_path, OPTIONS)
    assert json.loads((tmp_path / "torn-0").read_text())[0] == "changed-while-reading"
    assert (tmp_path / "unpacked-0").stat().st_size == 0


@pytest.mark.parametrize("group", [3, 1_000])
def test_a_table_is_cut_wherever_its_row_groups_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, group: int
) -> None:
    """One row group or many: pieces of one size, rows told as in full, what is amiss with the whole told once."""
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    monkeypatch.setattr("kejidiff.pipeline.bulk.planning.PIECE_BYTES", 300)
    texts = [None if at % 7 == 3 else " " if at % 7 == 4 else f"{TEXT}{at}" for at in range(60)]
    table = pyarrow.table({"id": ["a", "b", None] * 20, "text": texts, "年": list(range(60))})
    path = tmp_path / "a.parquet"
    parquet.write_table(table, path, row_group_size=group)
    told = by_paragraphs(path)
    assert told == in_full(path, OPTIONS.json_lines)
    assert len(told) == 61
    other = JsonLines(text="内容")
    assert by_paragraphs(path, other) == in_full(path, other)


def test_rows_of_a_table_are_told_by_their_row(tmp_path: Path) -> None:
    """Not by a line, which a table has none of."""
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    path = tmp_path / "a.parquet"
    table = pyarrow.table({"id": ["a", "b", "a"], "text": [TEXT, "", TEXT]})
    parquet.write_table(table, path)
    told = by_paragraphs(path)
    assert told == in_full(path, OPTIONS.json_lines)
    assert told["a.parquet/b"][2] == "row 2 has an empty text"
