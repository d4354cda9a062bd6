"""A disk that fills up: exit 5, the library stays whole, what was acknowledged stays."""

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from kept_reports import acknowledged, called, is_whole, reports


def limit_files_to(size: int) -> None:
    """No file of this process may grow past `size` bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize("kilobytes", [3, 60, 200])
def test_a_file_that_may_not_grow(tmp_path: Path, kilobytes: int) -> None:
    """Where the library's file may not grow (RLIMIT_FSIZE), `add` ends with 5 and one line, and loses nothing."""
    reports(tmp_path / "reports", 40)
    code, out, err = called(
        "add", "reports", "--format", "jsonl", cwd=tmp_path, before=lambda: limit_files_to(kilobytes << 10)
    )
    assert code == 5, err
    assert err.count("\n") == 1
    assert ": output: " in err
    is_whole(tmp_path / "kejidiff.db", acknowledged(out))
    assert called("add", "reports", cwd=tmp_path)[0] == 0
    assert len(list(tmp_path.glob("*.new*"))) == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on which file systems can be mounted; skips where that is not allowed."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.geteuid() != 0 or shutil.which("mount") is None or not mount(disk, 256):
        pytest.skip("mounting a small file system takes root")
    unmount(disk)
    yield disk
    unmount(disk)


def mount(disk: Path, kilobytes: int) -> bool:
    return (
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", disk], capture_output=True
        ).returncode
        == 0
    )


def unmount(disk: Path) -> None:
    subprocess.run(["umount", disk], capture_output=True)


def fill(disk: Path, folder: Path, kilobytes: int) -> bool:
    """Add to a library on a disk of this size; whether it was full, all promises kept."""
    assert mount(disk, kilobytes)
    try:
        code, out, err = called(
            "add", str(folder), "--library", "disk/kejidiff.db", "--format", "jsonl", cwd=disk.parent
        )
        assert code in (0, 5), err
        assert err.count("\n") == (code == 5)
        is_whole(disk / "kejidiff.db", acknowledged(out))
        return code == 5
    finally:
        unmount(disk)


def test_a_full_disk(small_disk: Path, tmp_path: Path) -> None:
    """Of three sizes of a disk, none loses what was acknowledged."""
    folder = reports(tmp_path / "reports", 20, sentences=120)
    assert all(fill(small_disk, folder, kilobytes) for kilobytes in (24, 100, 200))


@pytest.mark.faults
def test_forty_full_disks(small_disk: Path, tmp_path: Path) -> None:
    """The same at forty sizes."""
    folder = reports(tmp_path / "reports", 40, sentences=120)
    full = sum(fill(small_disk, folder, kilobytes) for kilobytes in range(8, 8 + 40 * 11, 11))
    print(f"40 sizes, {full} of them too small; nothing lost")  # noqa: T201
    assert full >= 30
