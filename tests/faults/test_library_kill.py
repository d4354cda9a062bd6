"""Writers killed at random moments: nothing acknowledged is lost, nothing is to be unlocked, readers read at once."""

import os
import random
import signal
import time
from pathlib import Path

import pytest
from kept_reports import acknowledged, called, held, is_whole, library, reports, started

from kejidiff.library.verify import verify

#: Reports of which one call adds some until it is killed; enough that it never ends by itself before.
FILES = 400


def kill_while_adding(tmp_path: Path, runs: int, seed: int) -> tuple[int, int]:
    """Kill `runs` calls of `add`; returns how many left a journal and how many reports were acknowledged in all."""
    drawn = random.Random(seed)
    folder, path = tmp_path / "reports", tmp_path / "kejidiff.db"
    promised: set[str] = set()
    journals = 0
    for run in range(runs):
        reports(folder, FILES, sentences=24, first=run * FILES)
        out = tmp_path / "out"
        with out.open("wb") as file:
            process = started("add", str(folder), "--format", "jsonl", cwd=tmp_path, out=file.fileno())
            until = time.monotonic() + 20
            if run % 4:  # most runs: well into its work
                while not out.stat().st_size and time.monotonic() < until:
                    time.sleep(0.002)
            time.sleep(drawn.random() * (0.3 if run % 4 else 0.8))
            process.send_signal(signal.SIGKILL)
            process.wait()
            assert process.stderr is not None
            assert process.stderr.read() == b""
            process.stderr.close()
        promised |= acknowledged(out.read_bytes())
        journals += (tmp_path / "kejidiff.db-journal").exists()
        is_whole(path, promised)
        for old in folder.iterdir():
            old.unlink()
    return journals, len(promised)


def test_killed_writers_lose_nothing_they_acknowledged(tmp_path: Path) -> None:
    """After kill -9 at any moment of `library add` the library opens, is sound and holds every report it told of."""
    _, promised = kill_while_adding(tmp_path, 4, seed=1)
    assert promised
    reports(tmp_path / "more", 2, first=900_000)
    code, out, err = called("add", "more", "--format", "jsonl", cwd=tmp_path)
    assert (code, err) == (0, "")
    assert acknowledged(out) <= held(tmp_path / "kejidiff.db")
    assert verify(str(tmp_path / "kejidiff.db")) == []


@pytest.mark.faults
def test_a_hundred_killed_writers_lose_nothing(tmp_path: Path) -> None:
    """The same, a hundred times over one library."""
    journals, promised = kill_while_adding(tmp_path, 100, seed=2)
    print(f"100 runs killed, {journals} left a journal, {promised} reports acknowledged, none lost")  # noqa: T201
    assert promised > 100


def leave_a_journal(folder: Path) -> Path:
    """A library with the journal of a change that was under way when its writer died, half of it written to the
    file."""
    path = library(folder / "kejidiff.db", reports(folder / "reports", 6))
    child = os.fork()
    if child == 0:
        from kejidiff.library.store import open_for_writing
        from kejidiff.pipeline.preparing import parameters

        store = open_for_writing(str(path), parameters(), 5, "test", make=False)
        store.begin_turn()
        store.connection.execute("PRAGMA cache_size = 5")
        store.connection.execute("PRAGMA cache_spill = ON")
        store.connection.execute("BEGIN IMMEDIATE")
        store.connection.execute("UPDATE files SET content = randomblob(9000)")
        store.connection.execute("DELETE FROM parts")
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert (folder / "kejidiff.db-journal").stat().st_size > 0
    return path


@pytest.mark.parametrize("read_only", [False, True], ids=["writable", "read-only folder"])
def test_readers_read_past_a_journal_and_change_nothing(tmp_path: Path, read_only: bool) -> None:
    """With a killed writer's journal beside it, list, info, verify and export give the state before, from a private
    copy of which nothing remains; library and journal stay as they are, byte for byte, in a read-only folder, too."""
    from cli_process_privileges import without_privileges

    place = tmp_path / "place"
    place.mkdir()
    path = leave_a_journal(place)
    journal = place / "kejidiff.db-journal"
    before = path.read_bytes(), journal.read_bytes(), sorted(place.iterdir())
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    if read_only:
        place.chmod(0o555)
        path.chmod(0o444)
    try:
        for command in ("verify", "list", "info", "export"):
            code, out, err = called(
                command,
                "--library",
                str(path),
                cwd=tmp_path,
                before=without_privileges if read_only else None,
                temporary=temporary,
            )
            assert (code, err) == (0, ""), command
            assert out
            assert list(temporary.iterdir()) == []
    finally:
        place.chmod(0o755)
    assert (path.read_bytes(), journal.read_bytes(), sorted(place.iterdir())) == before
    assert len(held(path)) == 6
    reports(tmp_path / "more", 1, first=77)
    assert called("add", str(tmp_path / "more"), "--library", str(path), cwd=tmp_path)[0] == 0 or read_only
    if not read_only:
        assert not journal.exists()
        assert len(held(path)) == 7
        assert verify(str(path)) == []


def test_a_journal_is_found_from_a_link_to_the_library(tmp_path: Path) -> None:
    """It lies beside the file, not beside the link; without it readers would take half of a change for the state."""
    place = tmp_path / "place"
    place.mkdir()
    path = leave_a_journal(place)
    link = tmp_path / "link.db"
    link.symlink_to(path)
    assert verify(str(link)) == []
    assert len(held(link)) == 6


@pytest.mark.faults
def test_sixty_interrupted_writers_leave_no_false_alarm(tmp_path: Path) -> None:
    """Ctrl-C at sixty random moments, COMMIT and sealing included: never an alarm, never an add lost."""
    drawn = random.Random(4)
    promised: set[str] = set()
    for run in range(60):
        reports(tmp_path / str(run), 120, sentences=24, first=run * 120)
        process = started("add", str(run), "--format", "jsonl", cwd=tmp_path)
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(drawn.random() * 0.3)
        process.send_signal(drawn.choice((signal.SIGINT, signal.SIGTERM)))
        out, err = process.communicate(timeout=30)
        assert (process.returncode in (0, 130, 143), err) == (True, b"")
        promised |= acknowledged(first + out)
        is_whole(tmp_path / "kejidiff.db", promised)
    assert promised


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_writers_end_at_once_and_leave_a_sound_library(tmp_path: Path, number: signal.Signals) -> None:
    """Ctrl-C and SIGTERM end `library add` with their code, nothing of a change under way stays, and no journal."""
    reports(tmp_path / "reports", FILES, sentences=24)
    process = started("add", "reports", "--format", "jsonl", "--jobs", "2", cwd=tmp_path)
    assert process.stdout is not None
    first = process.stdout.readline()
    process.send_signal(number)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 128 + number
    assert err == b""
    is_whole(tmp_path / "kejidiff.db", acknowledged(first + out))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kejidiff.db", "kejidiff.db-lock", "reports"]
