"""Scans: what is promised of any of them, whatever the texts."""

import json
from pathlib import Path

import pytest

import kejidiff
from kejidiff.view.records import dumps, scan_record

RUN = "鼓励社会力量设立各类科普奖"


def written(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def test_a_run_of_13_that_two_reports_share_is_a_fragment_however_ordinary(tmp_path: Path) -> None:
    """It enters no ratio and is no stock phrase; with `fragments` the pair is listed for it alone, also in JSON."""
    one, other = f"关于表彰的通知\n经研究，{RUN}，特此说明。\n", f"赶海归来\n老船工听说{RUN}！\n"
    folder = written(tmp_path, a=one, b=other)
    assert kejidiff.scan([folder]).comparisons == ()
    result = kejidiff.scan([folder], kejidiff.ScanOptions(fragments=True))
    (pair,) = result.fragments_only
    assert [fragment.left.of(one) for fragment in pair.alignment.fragments] == [RUN]
    assert json.loads(dumps(scan_record(result)))["options"]["fragments"] is True


def test_one_path_is_no_list_of_paths(tmp_path: Path) -> None:
    """A string would be scanned letter by letter, beginning with the root of the disk."""
    with pytest.raises(TypeError, match="sequence"):
        kejidiff.scan(str(tmp_path))


def test_own_reports_are_no_documents(tmp_path: Path) -> None:
    """A record left where the next scan looks is passed over, and the scan stays complete."""
    folder = written(tmp_path, a="关于表彰的通知\n经研究，同意。\n")
    (folder / "report.json").write_text(dumps(scan_record(kejidiff.scan([folder]))), encoding="utf-8")
    again = kejidiff.scan([folder])
    assert again.complete
    assert [document.path for document in again.documents] == ["a.txt"]
