"""A command -> how long it took as a whole, and the memory of all its processes together at their highest.

Limitations: memory is the sum of resident sets, so pages that forked processes share count once for each; it is looked
at every 20 ms, and only where there is /proc.
"""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_PROC: Final = Path("/proc")
_INTERVAL: Final = 0.02
_LAST_LINES: Final = 3


@dataclass(frozen=True, slots=True)
class Run:
    """`peak` is in bytes, 0 where it cannot be told; `failure` is empty for success."""

    seconds: float
    peak: int
    failure: str = ""


def run(command: Sequence[str], log: Path, timeout: float, environment: Mapping[str, str] | None = None) -> Run:
    """Start it in a session of its own, what it prints going to `log`; after `timeout` seconds all of it is ended."""
    begun = time.perf_counter()
    peak = 0
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
            while process.poll() is None:
                peak = max(peak, _resident(process.pid))
                if time.perf_counter() - begun > timeout:
                    return Run(timeout, peak, f"over {timeout:,.0f} s")
                time.sleep(_INTERVAL)
        finally:
            _end(process)
    seconds = time.perf_counter() - begun
    return Run(seconds, peak, _failure(process.returncode, log))


def _end(process: "subprocess.Popen[bytes]") -> None:
    """The whole session, if any of it is left."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _failure(code: int, log: Path) -> str:
    if code == 0:
        return ""
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return f"exit {code}: " + " / ".join(lines[-_LAST_LINES:])


def _resident(session: int) -> int:
    """Bytes resident in all processes of the session."""
    total = 0
    for folder in _PROC.glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session:
            total += int(fields[21])
    return total * os.sysconf("SC_PAGE_SIZE")
