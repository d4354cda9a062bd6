"""The working folder of a large scan: nothing of anybody else is touched, and what goes wrong with it is told."""

import errno
import resource
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from kejidiff.engine import run
from kejidiff.errors import OutputError, UsageError
from kejidiff.pipeline.bulk.spill import is_spilled, read_arrays, read_raw, write_arrays, write_raw
from kejidiff.pipeline.bulk.workspace import JOINED, VERIFIED, kept_folder, let_go, pieces_kept, working_folder

PLAN = {"pieces": [1, 2]}


def kept(folder: Path, *names: str) -> None:
    """A folder that a stopped scan has left behind, with these files."""
    with suppress(KeyboardInterrupt), kept_folder(folder, PLAN):
        for name in names:
            (folder / name).write_bytes(b"kept")
        raise KeyboardInterrupt


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_folder_of_ones_own_is_emptied_and_stays(tmp_path: Path) -> None:
    """An empty folder that was there before is there after, and empty; one that a scan made goes away."""
    own, new = tmp_path / "own", tmp_path / "new"
    own.mkdir()
    for folder in (own, new):
        kept(folder, "sketch-0", "pairs-1-of-4")
        assert pieces_kept(folder) == 1
        with kept_folder(folder, PLAN):
            assert {"sketch-0", "pairs-1-of-4"} < names_in(folder)
    assert names_in(own) == set()
    assert not new.exists()
    assert pieces_kept(own) is pieces_kept(new) is None


@pytest.mark.parametrize("name", ["thesis.docx", "sketch", "notes-1", "plan.json", "lock"])
def test_a_folder_with_anything_else_is_refused_as_it_is(tmp_path: Path, name: str) -> None:
    """Whatever a file of somebody else is called, the scan does not begin, and leaves nothing there."""
    (tmp_path / name).write_bytes(b"mine")
    with pytest.raises(UsageError, match="is no working folder"), kept_folder(tmp_path, PLAN):
        pass
    assert names_in(tmp_path) == {name}
    assert (tmp_path / name).read_bytes() == b"mine"


def test_a_file_put_into_a_kept_folder_is_never_removed(tmp_path: Path) -> None:
    """Neither where another plan begins anew, nor at the end: it is refused until the file has gone."""
    folder = tmp_path / "kept"
    kept(folder, "sketch-0")
    (folder / "thesis.docx").write_bytes(b"mine")
    for plan in (PLAN, {"pieces": []}):
        with pytest.raises(UsageError, match=r"holds thesis\.docx"), kept_folder(folder, plan):
            pass
    (folder / "thesis.docx").unlink()
    with kept_folder(folder, PLAN):
        (folder / "thesis.docx").write_bytes(b"mine")
    assert names_in(folder) == {"thesis.docx"}


def test_a_folder_in_it_is_refused(tmp_path: Path) -> None:
    """A scan makes none, whatever it is called: it is not ours to remove."""
    (tmp_path / "sketch-1").mkdir()
    with pytest.raises(UsageError), kept_folder(tmp_path, PLAN):
        pass
    kept(tmp_path / "kept")
    (tmp_path / "kept" / "sketch-1").mkdir()
    with pytest.raises(UsageError, match="holds sketch-1"), kept_folder(tmp_path / "kept", {}):
        pass
    assert names_in(tmp_path) == {"sketch-1", "kept"}


def test_a_folder_in_use_is_refused(tmp_path: Path) -> None:
    """Two scans never work in one folder."""
    with kept_folder(tmp_path / "kept", PLAN), pytest.raises(UsageError, match="another scan"):
        kept(tmp_path / "kept")


@pytest.mark.parametrize("parts", [("file", "new"), ("file", "new", "deeper")])
def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, parts: tuple[str, ...]) -> None:
    """Below a file no folder can be made: an error of output that names the folder that was asked for."""
    (tmp_path / "file").write_bytes(b"")
    folder = tmp_path.joinpath(*parts)
    for place in (kept_folder(folder, PLAN), working_folder(folder)):
        with pytest.raises(OutputError) as raised, place:
            pass
        assert raised.value.subject == str(folder)
        assert raised.value.advice == "name another folder with --work"


def test_no_temporary_folder_at_all_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system has no place for temporary files that can be written: an error of output as well."""

    def nowhere(**_: object) -> str:
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found")

    monkeypatch.setattr("tempfile.mkdtemp", nowhere)
    monkeypatch.setattr("tempfile.gettempdir", nowhere)
    with pytest.raises(OutputError, match="no usable"), working_folder(None):
        pass


def write_too_much(folder: Path, kind: str) -> None:
    """Write a megabyte where a file may have no more than 64 kB."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, resource.RLIM_INFINITY))
    items = np.zeros(1 << 17, dtype=np.uint64)
    if kind == "raw":
        write_raw(folder / "anchors-0", items)
    else:
        write_arrays(folder / "sketch-0", [items, items])


@pytest.mark.parametrize("kind", ["raw", "arrays"])
def test_a_worker_that_finds_the_disk_full_says_so(tmp_path: Path, kind: str) -> None:
    """Whatever is written: the reason reaches the process that asked, which tells it as an error of output."""
    with pytest.raises(OutputError, match="file too large") as raised, working_folder(tmp_path) as folder:
        run(lambda _: write_too_much(folder, kind), [0, 1], 2)
    assert raised.value.advice.startswith("free some space")
    assert names_in(tmp_path) == set()


def test_an_error_of_the_system_arrives_with_its_number_and_file(tmp_path: Path) -> None:
    """From a worker as from this process."""
    for jobs in (1, 2):
        with pytest.raises(FileNotFoundError) as raised:
            run(lambda at: (tmp_path / f"none-{at}").stat(), [0, 0], jobs)
        assert (raised.value.errno, raised.value.filename) == (errno.ENOENT, str(tmp_path / "none-0"))


def test_arrays_come_back_as_they_were(tmp_path: Path) -> None:
    """Of any shape, order and type, and none at all."""
    arrays = [
        np.arange(10, dtype=np.uint32).reshape(5, 2),
        np.asfortranarray(np.arange(6).reshape(2, 3)),
        np.arange(10)[::2],
        np.zeros((0, 3)),
        np.array([(1, 0.5)], dtype=[("a", "<u4"), ("b", "<f8")]),
    ]
    write_arrays(tmp_path / "sketch-0", arrays)
    for written, read in zip(arrays, read_arrays(tmp_path / "sketch-0", len(arrays)), strict=True):
        assert np.array_equal(written, read)
        assert written.dtype == read.dtype
    write_raw(tmp_path / "anchors-0", arrays[2])
    assert read_raw(tmp_path / "anchors-0", np.int64, 1, 4).tolist() == [2, 4, 6]


def test_what_is_used_up_is_let_go(tmp_path: Path) -> None:
    """Files of that piece which nothing reads any more, and no others; twice is once."""
    for name in ("anchors-1", "anchors-11", "folded-1", "entries-1", "matches-1", "texts-1", "sketch-1"):
        (tmp_path / name).touch()
    for _ in range(2):
        let_go(tmp_path, 1, JOINED + VERIFIED)
    assert names_in(tmp_path) == {"anchors-11", "entries-1", "matches-1", "texts-1", "sketch-1"}


def test_names_of_working_files() -> None:
    """A kind and a number, and nothing that only looks like it."""
    assert all(map(is_spilled, ("sketch-0", "text-places-12", "pairs-0-of-8", "row-lines-3.part")))
    assert not any(map(is_spilled, ("sketch", "sketch-0.txt", "report-1", "sketch-0\n", "lines-1", "pairs-1")))
