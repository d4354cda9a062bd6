"""What a large scan tells of archives and their rows: the same as a scan in full, however they are cut into pieces."""

import json
from collections.abc import Sequence
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
from kejidiff.read import discover
from kejidiff.read.archives.sources import read_archive

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
    with TemporaryDirectory() as folder:
        return named_in(plan_of(discover([str(path)]), fields.every), Path(folder), fields)[1]


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


@given(rows=ROWS, size=st.sampled_from([40, 200, 100_000]))
@example(rows=[{"text": TEXT}, {"id": "1", "text": TEXT}], size=100_000)
@example(rows=[{"id": "a", "text": TEXT}] * 3, size=40)
def test_rows_have_the_names_they_have_in_full(rows: list[object], size: int) -> None:
    """Ids that are numbers of other rows, ids twice, none, damaged rows and blank lines between: names and messages."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        path = write(Path(folder) / "a.jsonl", rows)
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
    import gzip

    whole = write(tmp_path / "a.jsonl", [{"id": at, "body": f"{TEXT}{at * at}"} for at in range(500)]).read_bytes()
    torn = tmp_path / "b.jsonl.gz"
    torn.write_bytes(gzip.compress(whole)[:-2000])
    assert {path: state for path, (state, *_) in by_paragraphs(torn).items()} == {"b.jsonl.gz": "error"}


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
