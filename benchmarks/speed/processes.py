"""A command -> how long it took as a whole, and the memory of all its processes together at their highest.

Limitations: memory is the sum of resident sets, so pages that forked processes share count once for each. They are
looked at every 20 ms or less often, and only where there is /proc; elsewhere memory is unknown, and the processor's
seconds are those of processes that their parents waited for.
"""

import contextlib
import os
import resource
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_PROC: Final = Path("/proc")
#: Seconds between two looks at least and at most; between them so many times what a look takes, or looking at
#: hundreds of processes would slow what is measured.
_PAUSES: Final = (0.02, 0.25)
_REST: Final = 50
_LAST_LINES: Final = 3
#: Fields of /proc/PID/stat behind the command's name (man 5 proc).
_SESSION: Final = 3
_USER: Final = 11
_SYSTEM: Final = 12
_RESIDENT: Final = 21


@dataclass(frozen=True, slots=True)
class Run:
    """`seconds` of the clock, `cpu` seconds of all its processes; `peak` is in bytes, 0 where it cannot be told;
    `failure` is empty for success.
    """

    seconds: float
    cpu: float
    peak: int
    failure: str = ""


def run(command: Sequence[str], log: Path, timeout: float, environment: Mapping[str, str] | None = None) -> Run:
    """Start it in a session of its own, what it prints going to `log`; after `timeout` seconds all of it is ended."""
    begun, before = time.perf_counter(), _waited_for()
    peak = 0
    pause = 0.0
    cpu: dict[int, float] = {}
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            stdout=out,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **(environment or {})},
            start_new_session=True,
        )
        try:
            while _still_runs(process, pause):
                looked = time.perf_counter()
                members = _members(process.pid)
                peak = max(peak, sum(one.resident for one in members.values()))
                cpu.update((pid, one.cpu) for pid, one in members.items())
                now = time.perf_counter()
                if now - begun > timeout:
                    return Run(timeout, sum(cpu.values()), peak, f"over {timeout:,.0f} s")
                pause = min(max(_PAUSES[0], _REST * (now - looked)), _PAUSES[1])
        finally:
            _end(process)
    seconds = time.perf_counter() - begun
    used = max(sum(cpu.values()), _waited_for() - before)
    return Run(seconds, used, peak, _failure(process.returncode, log))


def _still_runs(process: "subprocess.Popen[bytes]", pause: float) -> bool:
    """After so many seconds; if it ends before, that is known at once."""
    try:
        process.wait(pause)
    except subprocess.TimeoutExpired:
        return True
    return False


def _waited_for() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _end(process: "subprocess.Popen[bytes]") -> None:
    """The whole session, if any of it is left: its first group, and groups that others of it made."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pid in _members(process.pid):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _failure(code: int, log: Path) -> str:
    if code == 0:
        return ""
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return f"exit {code}: " + " / ".join(lines[-_LAST_LINES:])


@dataclass(frozen=True, slots=True)
class _Member:
    """Seconds of processors so far, and bytes resident now, of one process."""

    cpu: float
    resident: int


def _members(session: int) -> dict[int, _Member]:
    """The processes of a session by their numbers."""
    found = {}
    for folder in _PROC.glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[_SESSION]) == session:
            ticks = int(fields[_USER]) + int(fields[_SYSTEM])
            resident = int(fields[_RESIDENT]) * os.sysconf("SC_PAGE_SIZE")
            found[int(folder.name)] = _Member(ticks / os.sysconf("SC_CLK_TCK"), resident)
    return found
