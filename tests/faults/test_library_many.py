"""Writers and readers at once: no add is lost, nobody sees an error, and whoever waits too long is told for whom."""

import json
import os
import time
from pathlib import Path

import pytest
from kept_reports import PROJECT, acknowledged, called, held, library, reports, started

from kejidiff.errors import LibraryError
from kejidiff.library.lock import WriterLock
from kejidiff.library.verify import verify
from kejidiff.pipeline.library import Library


def crowd(tmp_path: Path, writers: int, readers: int, seconds: float) -> tuple[int, int]:
    """So many of each at one library for so long; returns how many reports were added and how often it was read."""
    path = library(tmp_path / "kejidiff.db", reports(tmp_path / "first", 3))
    until = time.monotonic() + seconds
    batches = dict.fromkeys(range(writers), 0)
    running = {}
    promised: set[str] = set()
    reads = 0
    kinds = ("list", "verify", "info")
    while running or time.monotonic() < until:
        for number in range(writers + readers):
            if number in running or time.monotonic() >= until:
                continue
            if number < writers:
                folder = tmp_path / f"writer{number}" / str(batches[number])
                reports(folder, 8, sentences=8, first=(number + 1) * 100_000 + batches[number] * 8)
                batches[number] += 1
                call = ("add", str(folder), "--format", "jsonl")
            else:
                call = (kinds[number % 3], "--format", "json")
            with (tmp_path / f"out{number}").open("wb") as out:  # a pipe that nobody reads yet would hold it up
                running[number] = started(*call, cwd=tmp_path, out=out.fileno())
        for number, process in list(running.items()):
            if process.poll() is None:
                continue
            printed, err = (tmp_path / f"out{number}").read_bytes(), process.communicate()[1]
            assert (process.returncode, err.decode()) == (0, "")
            if number < writers:
                told = acknowledged(printed)
                assert len(told) == 8
                promised |= told
            else:
                json.loads(printed)
                reads += 1
            del running[number]
        time.sleep(0.01)
    assert promised <= held(path)
    assert len(held(path)) == 3 + len(promised)
    assert len(promised) == 8 * sum(batches.values())
    assert verify(str(path)) == []
    return len(promised), reads


def test_writers_and_readers_at_once(tmp_path: Path) -> None:
    """Two writers and two readers for two seconds: no add is lost, no error."""
    added, reads = crowd(tmp_path, 2, 2, 2)
    assert added
    assert reads


@pytest.mark.faults
def test_eight_writers_and_eight_readers_for_thirty_seconds(tmp_path: Path) -> None:
    """Eight of each for thirty seconds: no add is lost, no error."""
    added, reads = crowd(tmp_path, 8, 8, 30)
    print(f"8 writers added {added} reports, 8 readers read {reads} times; no error, nothing lost")  # noqa: T201
    assert added >= 64


def test_who_waits_too_long_is_told_for_whom(tmp_path: Path) -> None:
    """A writer that does not get its turn within --lock-timeout ends with 4 and names process, host, time and
    command."""
    path = library(tmp_path / "kejidiff.db", reports(tmp_path / "reports", 1))
    reports(tmp_path / "more", 1, first=5)
    lock = WriterLock(str(path), "library add")
    lock.acquire(1)
    try:
        code, out, err = called("add", "more", "--lock-timeout", "0.2", cwd=tmp_path)
    finally:
        lock.release()
    assert (code, out) == (4, b"")
    assert "library-locked" in err
    assert f"kejidiff library add, process {os.getpid()} on " in err
    assert err.count("\n") == 1
    assert called("add", "more", "--lock-timeout", "0.2", cwd=tmp_path)[0] == 0


def test_a_reader_waits_no_longer_than_it_is_told(tmp_path: Path) -> None:
    """A library that another program keeps to itself is `library-locked` for readers, too."""
    import sqlite3

    path = library(tmp_path / "kejidiff.db", reports(tmp_path / "reports", 1))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(LibraryError) as caught:
            Library(path, lock_timeout=0.1).documents()
        assert caught.value.slug == "library-locked"
    finally:
        other.close()


def test_a_library_in_a_read_only_folder_is_read(tmp_path: Path) -> None:
    """list, info, verify and export work where nothing may be written, and write nothing; add ends with 5."""
    from cli_process_privileges import without_privileges

    place = tmp_path / "place"
    place.mkdir()
    path = library(place / "kejidiff.db", reports(tmp_path / "reports", 2))
    before = sorted(place.iterdir())
    place.chmod(0o555)
    path.chmod(0o444)
    (place / "kejidiff.db-lock").chmod(0o444)
    try:
        for command in ("list", "info", "verify", "export"):
            code, _, err = called(command, "--library", str(path), cwd=tmp_path, before=without_privileges)
            assert (code, err) == (0, ""), command
        code, _, err = called(
            "add", str(PROJECT / "seeds"), "--library", str(path), cwd=tmp_path, before=without_privileges
        )
        assert code == 5
        assert ": output: " in err
        assert sorted(place.iterdir()) == before
    finally:
        place.chmod(0o755)
