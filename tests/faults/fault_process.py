"""A call of kejidiff in a process and a group of its own -> how it ended, what it said, and what it left behind."""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).resolve().parents[2]
PYTHON: Final = sys.executable

#: Python's words at the head of what no user may see.
TRACEBACK: Final = "Traceback (most recent call last)"


@dataclass(frozen=True, slots=True)
class Finished:
    """`out` is stdout as it came; `err` text; `left` says how many processes of its group outlived it."""

    code: int
    out: bytes
    err: str
    left: int

    @property
    def complaints(self) -> list[str]:
        """Lines on stderr that are no message of ours."""
        return [line for line in self.err.splitlines() if line and not line.startswith("kejidiff: ")]


def environment(**changes: str) -> dict[str, str]:
    """This process's variables, with the checkout importable from wherever the call is made."""
    return {**os.environ, "PYTHONPATH": str(PROJECT), **changes}


def command(*arguments: str | bytes) -> list[str | bytes]:
    return [PYTHON, "-m", "kejidiff", *arguments]


def finished(
    line: Sequence[str | bytes],
    cwd: Path,
    *,
    stdin: bytes = b"",
    variables: Mapping[str, str] | None = None,
    before: Callable[[], None] | None = None,
    limit: float = 120,
) -> Finished:
    """Runs a command line to its end in a session of its own; past `limit` seconds it is killed and raises."""
    process = subprocess.Popen(
        line, cwd=cwd, env=environment(**(variables or {})), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, start_new_session=True, preexec_fn=before,
    )  # fmt: skip
    try:
        out, err = process.communicate(stdin, timeout=limit)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise
    return Finished(process.returncode, out, err.decode("utf-8", "backslashreplace"), members(process.pid))


def members(session: int) -> int:
    """How many processes live in a session whose leader has ended (Linux; elsewhere those of the group)."""
    if not Path("/proc/self/stat").exists():
        try:
            os.killpg(session, 0)
        except ProcessLookupError:
            return 0
        return 1
    return sum(_session_of(entry) == session for entry in Path("/proc").iterdir() if entry.name.isdigit())


def _session_of(entry: Path) -> int:
    """The session of a process that is no mere zombie; 0 where it has gone."""
    try:
        fields = (entry / "stat").read_text().rpartition(")")[2].split()
    except (OSError, ValueError):
        return 0
    return 0 if fields[0] == "Z" else int(fields[3])


def gone(session: int, within: float = 2.0) -> bool:
    """True as soon as nobody of a session is left: killed children take the system a moment to bury."""
    until = time.monotonic() + within
    while members(session):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def without_privileges() -> None:
    """Give up root's right to pass over permissions, so that what is unreadable is (Linux: CAP_DAC_*)."""
    if os.geteuid() == 0:
        import ctypes

        drop_from_bounding_set, dac_override, dac_read_search = 24, 1, 2
        libc = ctypes.CDLL(None)
        for capability in (dac_override, dac_read_search):
            libc.prctl(drop_from_bounding_set, capability, 0, 0, 0)


def peak_megabytes_of_children() -> float:
    """The most that any ended child of this process, or a child of it, ever held in memory."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def temporary_files(*folders: Path) -> list[str]:
    """What a run must not leave: any file of ours with a temporary name."""
    return sorted(
        str(path) for folder in folders for path in folder.rglob("*") if "kejidiff-" in path.name or ".tmp" in path.name
    )
