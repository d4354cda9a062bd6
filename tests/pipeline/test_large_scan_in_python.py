"""`kejidiff.scan_large`: what the command finds, for a program."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import kejidiff
from kejidiff.cli import main
from kejidiff.errors import UsageError
from kejidiff.options import BulkOptions, JsonLines, ScanOptions
from kejidiff.pipeline.bulk.spill import ShardSketch, read_arrays, write_arrays
from kejidiff.pipeline.bulk.workspace import pieces_kept
from kejidiff.view.records_bulk import lines_of, record_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Options for which offsets, grams or units have no numbers.
UNFIT = [BulkOptions(most=513), BulkOptions(gram=3), BulkOptions(gram=21), BulkOptions(sample=3), BulkOptions(sample=0)]


def test_it_finds_what_the_command_finds(seeds: Path, tmp_path: Path) -> None:
    """The same record to the last byte, whatever the processes and the memory; nothing is left of its work."""
    written = tmp_path / "told.json"
    asked = ["scan", str(seeds), "--depth", "paragraphs", "--no-reports", "--format", "json", "-o", str(written)]
    assert main(asked) == 0
    (tmp_path / "work").mkdir()
    for how in ({}, {"jobs": 2, "memory": 300 << 20, "work": tmp_path / "work"}):
        with kejidiff.scan_large([seeds], **how) as result:  # type: ignore[arg-type]
            assert b"".join(record_of(result)) == written.read_bytes()
    assert list((tmp_path / "work").iterdir()) == []


def test_records_come_one_by_one(seeds: Path) -> None:
    """Files, documents and comparisons as they stand in the record, as often as they are asked for."""
    with kejidiff.scan_large([seeds]) as result:
        lines = [json.loads(line) for block in lines_of(result) for line in block.splitlines()]
        for kind in ("file", "document", "comparison") * 2:
            own = [
                {name: one for name, one in line.items() if name != "type"} for line in lines if line["type"] == kind
            ]
            assert list(result.records(kind)) == own[len(result.unopened) if kind == "file" else 0 :]
        assert result.totals.documents == len(list(result.records("document"))) == 11
        assert result.leading[0].left_reuse > 0.9
        assert isinstance(result, kejidiff.BulkResult)


def test_options_hold_but_for_the_depth(tmp_path: Path) -> None:
    """How archives are read is what the caller says, and depth what the function is for."""
    text = "科技创新工作取得了新的进展，全市共完成项目一百二十个，投入资金三亿元以上。"
    path = tmp_path / "a.txt"
    path.write_text("".join(json.dumps({"n": at, "t": text}) + "\n" for at in range(2)), encoding="utf-8")
    options = ScanOptions(json_lines=JsonLines("t", "n", every=True))
    with kejidiff.scan_large([str(path)], options, texts=True) as result:
        assert result.options.depth == "paragraphs"
        assert [one["left"] for one in result.records("comparison")] == ["a.txt/0#1"]
        assert {file.text for file in result.extract.files if isinstance(file, kejidiff.SourceText)} == {text}


def test_what_cannot_be_read_is_in_the_result(tmp_path: Path) -> None:
    """Also where nothing can: no document, and the reasons."""
    (tmp_path / "a.jsonl").touch()
    (tmp_path / "b.jsonl.gz").write_bytes(b"\x1f\x8b no gzip")
    with kejidiff.scan_large([tmp_path]) as result:
        assert [(file.path, file.reason) for file in result.unread] == [("a.jsonl", "empty"), ("b.jsonl.gz", "damaged")]
        assert (result.totals.documents, result.complete, list(result.records("file"))) == (0, False, [])


def kept_until(stage: str, seeds: Path, folder: Path) -> None:
    """A scan that was stopped at the beginning of a stage."""

    def stop(name: str, _done: int, _total: int) -> None:
        if name == stage:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), kejidiff.scan_large([seeds], work=folder, resume=True, advance=stop):
        pass


def test_a_stopped_one_goes_on(seeds: Path, tmp_path: Path) -> None:
    """With `resume` the folder is kept, told by progress, and gone in the end."""
    folder = tmp_path / "kept"
    kept_until("write", seeds, folder)
    assert pieces_kept(folder)
    with kejidiff.scan_large([seeds], work=folder, resume=True) as result:
        assert result.resumed[0] > 0
    assert not folder.exists()


def flipped(column: "NDArray[Any]") -> "NDArray[Any]":
    column = column.copy()
    column[-1] ^= 1 << 28
    return column


@pytest.mark.parametrize(
    "change",
    [
        lambda sketch: sketch._replace(units=flipped(sketch.units)),
        lambda sketch: sketch._replace(documents=flipped(sketch.documents)),
        lambda sketch: sketch._replace(units=sketch.units[::-1]),
        lambda sketch: sketch._replace(keys=sketch.keys[:-1]),
        lambda sketch: sketch._replace(counts=sketch.counts.astype(np.uint32)),
        lambda sketch: sketch[:3],
    ],
)
def test_a_damaged_sketch_is_told(change: Callable[[ShardSketch], "Any"], seeds: Path, tmp_path: Path) -> None:
    """By it files are read, and room is made for what is read: a bit that was flipped would ask for gigabytes."""
    folder = tmp_path / "kept"
    kept_until("read", seeds, folder)
    sketch = ShardSketch(*read_arrays(folder / "sketch-0", len(ShardSketch._fields)))
    write_arrays(folder / "sketch-0", change(sketch))
    resumed = kejidiff.scan_large([seeds], work=folder, resume=True)
    with pytest.raises(UsageError, match=r"sketch-0 .*there is damaged"), resumed:
        pass


@pytest.mark.parametrize(
    ("stage", "name"),
    [
        ("read", "folded-0"), ("read", "kept-0"), ("read", "anchors-0"), ("read", "figures-0"), ("read", "entries-0"),
        ("read", "sketch-0"), ("sketch", "pairs-0-of-1"), ("write", "matches-1"),
    ],
)  # fmt: skip
def test_a_working_file_that_breaks_off_is_told(stage: str, name: str, seeds: Path, tmp_path: Path) -> None:
    """As one may after a power cut, in the middle or between two of its items: nothing is found less, or misnamed."""
    folder = tmp_path / "kept"
    kept_until(stage, seeds, folder)
    whole = (folder / name).read_bytes()
    part = b"".join(whole.splitlines(keepends=True)[:-1]) if name == "entries-0" else whole[: len(whole) // 32 * 16]
    (folder / name).write_bytes(part)
    resumed = kejidiff.scan_large([seeds], work=folder, resume=True)
    with pytest.raises(UsageError, match=f"{name} .*is damaged"), resumed:
        pass


def test_what_it_does_not_do_is_told(seeds: Path, tmp_path: Path) -> None:
    """Before anything is done."""
    empty = tmp_path / "empty"
    empty.mkdir()
    for paths, how in (
        ([seeds], {"options": ScanOptions(fragments=True)}), ([seeds], {"resume": True}),
        ([seeds], {"jobs": 0}), ([seeds], {"memory": -5}),
        ([seeds], {"options": ScanOptions(bulk=BulkOptions(least=15))}),
        ([seeds], {"options": ScanOptions(bulk=BulkOptions(most=95))}),
        *(([seeds], {"options": ScanOptions(bulk=bulk)}) for bulk in UNFIT),
        (["-"], {"resume": True, "work": tmp_path / "kept"}), ([tmp_path / "none"], {}), ([empty], {}),
    ):  # fmt: skip
        with pytest.raises(UsageError), kejidiff.scan_large(paths, **how):  # type: ignore[arg-type]
            pass
    with pytest.raises(TypeError, match="sequence of paths"), kejidiff.scan_large(str(seeds)):
        pass
    with pytest.raises(UsageError, match="scan_large"):
        kejidiff.scan([seeds], ScanOptions(depth="paragraphs"))
