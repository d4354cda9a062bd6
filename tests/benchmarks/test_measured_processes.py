"""Whole processes are measured, failures are told, and nothing is left running."""

import sys
import time
from pathlib import Path

from speed.commands import passages
from speed.processes import run


def running(pid: int) -> bool:
    """It is there, and more than an entry that nobody has asked for yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_memory_of_children_counts(tmp_path: Path) -> None:
    """The peak is that of all processes together: here of a child that fills 100 MB."""
    fill = "import time; b = bytearray(100_000_000); time.sleep(1)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {fill!r}], check=True)"
    done = run([sys.executable, "-c", parent], tmp_path / "log", timeout=60)
    assert done.failure == ""
    if Path("/proc/self/stat").exists():
        assert done.peak > 100_000_000


def test_failure_is_told_with_its_last_words(tmp_path: Path) -> None:
    """The exit code, and the end of what was printed."""
    done = run([sys.executable, "-c", "import sys; print('why'); sys.exit(7)"], tmp_path / "log", timeout=60)
    assert done.failure == "exit 7: why"


def test_nothing_outlives_its_time(tmp_path: Path) -> None:
    """When the time is over, the command's children are ended with it."""
    told = tmp_path / "child"
    child = f"import os, pathlib, time; pathlib.Path({str(told)!r}).write_text(str(os.getpid())); time.sleep(600)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    done = run([sys.executable, "-c", parent], tmp_path / "log", timeout=3)
    assert done.failure.startswith("over")
    if told.exists() and Path("/proc/self/stat").exists():
        while running(int(told.read_text())):
            time.sleep(0.01)


def test_passages_become_pairs_of_the_generators_ids() -> None:
    """A comparison's passages are told one by one, under the ids the truth uses."""
    passage = {"left": [3, 90], "right": [7, 95]}
    record = {"type": "comparison", "left": "000/d0000001.txt#1", "right": "d0000002#1", "passages": [passage]}
    assert list(passages(record)) == [
        {"left": {"id": "d0000001", "span": [3, 90]}, "right": {"id": "d0000002", "span": [7, 95]}}
    ]
    assert list(passages({"type": "file"})) == []
