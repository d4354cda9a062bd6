"""How deep a scan goes by itself: by what the files hold, not by what they take."""

import gzip
import zipfile
from pathlib import Path

import pytest

from kejidiff.pipeline.depth import found_large

LINES = b'{"text": "1"}\n' * 100


@pytest.mark.parametrize(("name", "times"), [("a.jsonl.gz", 4), ("a.jsonl", 4), ("a.txt", 1), ("a.zip", 2)])
def test_what_is_packed_counts_as_what_it_holds(
    name: str, times: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A packed archive is large from a quarter of the size on, whatever it is called, and a zip archive from half."""
    place = tmp_path / name
    if name == "a.zip":
        with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.txt", LINES)
    else:
        place.write_bytes(gzip.compress(LINES))
    size = place.stat().st_size
    monkeypatch.setattr("kejidiff.pipeline.depth.LARGE_BYTES", size * times)
    assert found_large([str(place)], asked=False) is not None
    monkeypatch.setattr("kejidiff.pipeline.depth.LARGE_BYTES", size * times + 1)
    assert found_large([str(place)], asked=False) is None


def test_plain_lines_count_once_and_tables_three_times(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines as they lie; a table is packed column by column."""
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    lines, table = tmp_path / "a.jsonl", tmp_path / "a.parquet"
    lines.write_bytes(LINES)
    parquet.write_table(pyarrow.table({"text": ["1"]}), table)
    for place, times in ((lines, 1), (table, 3)):
        size = place.stat().st_size * times
        for limit in (size, size + 1):
            monkeypatch.setattr("kejidiff.pipeline.depth.LARGE_BYTES", limit)
            assert (found_large([str(place)], asked=False) is not None) == (limit == size)


def test_any_file_may_be_an_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With `--jsonl` a packed file counts as what it unpacks to under any name."""
    place = tmp_path / "a.txt"
    place.write_bytes(gzip.compress(LINES))
    monkeypatch.setattr("kejidiff.pipeline.depth.LARGE_BYTES", place.stat().st_size * 4)
    assert found_large([str(place)], asked=False) is None
    assert found_large([str(place)], asked=False, every=True) is not None


def test_nothing_to_read_is_not_large(tmp_path: Path) -> None:
    """Nor where it is asked for: a scan in full tells of files that cannot be read."""
    (tmp_path / "a.jsonl").touch()
    assert found_large([str(tmp_path)], asked=True) is None


def test_what_holds_little_text_or_is_not_read_does_not_make_a_scan_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twenty PDFs full of pictures are a scan in full; so is a folder with one file that is too large to be read."""
    monkeypatch.setattr("kejidiff.pipeline.depth.LARGE_BYTES", 10_000)
    for at in range(20):
        (tmp_path / f"{at}.pdf").write_bytes(b"%PDF-" + bytes(5_000))
    with (tmp_path / "huge.txt").open("wb") as huge:
        huge.truncate((64 << 20) + 1)
    assert found_large([str(tmp_path)], asked=False) is None
    (tmp_path / "a.txt").write_bytes(b"a" * 10_000)
    assert found_large([str(tmp_path)], asked=False) is not None
