"""How deep a scan goes by itself: by what the files hold, not by what they take."""

import gzip
import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kejidiff.pipeline.depth import found_large
from kejidiff.read.zip_directory import listed_members

LINES = b'{"text": "1"}\n' * 100


@pytest.mark.parametrize(("name", "times"), [("a.jsonl.gz", 4), ("a.jsonl", 4), ("a.txt", 1)])
def test_what_is_packed_counts_as_what_it_holds(
    name: str, times: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A packed archive is large from a quarter of the size on, whatever it is called."""
    place = tmp_path / name
    place.write_bytes(gzip.compress(LINES))
    size = place.stat().st_size
    monkeypatch.setattr("kejidiff.pipeline.depth.LARGE_BYTES", size * times)
    assert found_large([str(place)], asked=False) is not None
    monkeypatch.setattr("kejidiff.pipeline.depth.LARGE_BYTES", size * times + 1)
    assert found_large([str(place)], asked=False) is None


def test_members_of_a_zip_archive_count_as_files_of_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each once: texts by what they unpack to, PDFs for a twentieth, what is too large to be read for nothing; of an
    archive without a directory its own size."""
    members = {"a.txt": 30_000, "深/b.TXT": 10_000, "c.pdf": 200_000, "huge.txt": (64 << 20) + 1}
    (tmp_path / "folder").mkdir()
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = b"PK" * 30_000
        for name, size in members.items():
            archive.writestr(name, bytes(size))
            (tmp_path / "folder" / name.replace("/", "-")).write_bytes(bytes(size))
    (tmp_path / "b.zip").write_bytes(b"PK" * 25_000)
    for name in ("a.zip", "folder", "b.zip"):
        for limit in (50_000, 50_001):
            monkeypatch.setattr("kejidiff.pipeline.depth.LARGE_BYTES", limit)
            assert (found_large([str(tmp_path / name)], asked=False) is not None) == (limit == 50_000), name


@given(st.binary(max_size=200))
@example(b"PK\x05\x06" + b"\xff" * 18)
@example(b"PK\x01\x02" + b"\xff" * 60 + b"PK\x05\x06" + bytes(8) + struct.pack("<II", 64, 0) + bytes(2))
def test_any_bytes_have_a_directory_or_none(data: bytes) -> None:
    """Whatever it says, nothing but a list comes of it."""
    members = listed_members(io.BytesIO(data + b"PK\x05\x06" + data))
    assert members is None or all(member.size >= 0 for member in members)


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
