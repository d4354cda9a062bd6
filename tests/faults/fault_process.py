"""A call of kejidiff in a process of its own -> how it ended, what it said, what it took, and what it left behind."""

import itertools
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

PROJECT: Final = Path(__file__).resolve().parents[2]
PYTHON: Final = sys.executable

#: Python's words at the head of what no user may see.
TRACEBACK: Final = "Traceback (most recent call last)"

#: A variable that every process of a run inherits, wherever it goes: sessions and groups can be left, this cannot.
MARK: Final = "KEJIDIFF_FAULT_RUN"
_NUMBERS: Final = itertools.count()


class NeverEndedError(Exception):
    """A call that was still running at its limit; it has been killed with all it started."""


@dataclass(frozen=True, slots=True)
class Finished:
    """`out` is stdout as it came; `err` text; `left` counts processes that outlived it, `megabytes` is the most that
    it or a child of its had in memory."""

    code: int
    out: bytes
    err: str
    left: int
    megabytes: float = 0.0
    seconds: float = 0.0

    @property
    def complaints(self) -> list[str]:
        """Lines on stderr that are no message of ours, and messages that own up to a defect."""
        lines = [line for line in self.err.splitlines() if line]
        return [line for line in lines if not line.startswith("kejidiff: ") or ": defect: " in line]


class Running:
    """A call under way. `mark` is borne by it and by all that it starts."""

    def __init__(
        self,
        line: Sequence[str | bytes],
        cwd: Path | None,
        *,
        stdin: bytes = b"",
        variables: Mapping[str, str] | None = None,
        before: Callable[[], None] | None = None,
    ) -> None:
        self.mark = f"{os.getpid()}-{next(_NUMBERS)}"
        self._files: tuple[IO[bytes], ...] = tuple(tempfile.TemporaryFile() for _ in range(3))  # noqa: SIM115
        self._files[0].write(stdin)
        self._files[0].seek(0)
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            line, cwd=cwd, env=environment(**{MARK: self.mark, **(variables or {})}), stdin=self._files[0],
            stdout=self._files[1], stderr=self._files[2], start_new_session=True, preexec_fn=before,
        )  # fmt: skip

    def ended(self, limit: float = 120) -> Finished:
        """Waits for its end; at the limit it is killed, which raises NeverEndedError."""
        until = time.monotonic() + limit
        while True:
            pid, status, used = os.wait4(self.process.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() > until:
                self.kill()
                raise NeverEndedError(f"still running after {limit} s: {self.process.args!r}")
            time.sleep(0.003)
        seconds = time.monotonic() - self.started
        self.process.returncode = os.waitstatus_to_exitcode(status)
        left = left_of(self.mark, self.process.pid)
        out, err = (self._text(file) for file in self._files[1:])
        for file in self._files:
            file.close()
        unit = 1024 if sys.platform != "darwin" else 1 << 20
        return Finished(
            self.process.returncode, out, err.decode("utf-8", "backslashreplace"), left, used.ru_maxrss / unit, seconds
        )

    def signal(self, number: int) -> None:
        """Sends it a signal. Not by Popen, which would look whether it has ended, and so take its end from `wait4`."""
        os.kill(self.process.pid, number)

    def kill(self) -> None:
        """Ends it and all that bear its mark."""
        with suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()
        for pid in _bearing(self.mark, self.process.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for file in self._files:
            file.close()

    @staticmethod
    def _text(file: IO[bytes]) -> bytes:
        file.seek(0)
        return file.read()


def environment(**changes: str) -> dict[str, str]:
    """This process's variables, with the checkout importable from wherever the call is made."""
    return {**os.environ, "PYTHONPATH": str(PROJECT), **changes}


def command(*arguments: str | bytes) -> list[str | bytes]:
    return [PYTHON, "-m", "kejidiff", *arguments]


def finished(
    line: Sequence[str | bytes],
    cwd: Path | None,
    *,
    stdin: bytes = b"",
    variables: Mapping[str, str] | None = None,
    before: Callable[[], None] | None = None,
    limit: float = 120,
) -> Finished:
    """Runs a command line to its end; raises NeverEndedError at the limit, in seconds."""
    return Running(line, cwd, stdin=stdin, variables=variables, before=before).ended(limit)


def left_of(mark: str, session: int, patience: float = 1.0) -> int:
    """How many processes of a run live still: killed ones take the system a moment to bury. Linux; elsewhere 0."""
    until = time.monotonic() + patience
    while (bearing := _bearing(mark, session)) and time.monotonic() < until:
        time.sleep(0.01)
    return len(bearing)


def _bearing(mark: str, session: int) -> list[int]:
    """Processes that bear the mark, and those of the session, whose variables may be others; no mere zombies."""
    wanted = f"{MARK}={mark}\0".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            state, _, _, of, *_ = (entry / "stat").read_text().rpartition(")")[2].split()
            if state != "Z" and (int(of) == session or wanted in (entry / "environ").read_bytes() + b"\0"):
                found.append(int(entry.name))
    return found


def without_privileges() -> None:
    """Give up root's right to pass over permissions, so that what is unreadable is (Linux: CAP_DAC_*)."""
    if os.geteuid() == 0:
        import ctypes

        drop_from_bounding_set, dac_override, dac_read_search = 24, 1, 2
        libc = ctypes.CDLL(None)
        for capability in (dac_override, dac_read_search):
            libc.prctl(drop_from_bounding_set, capability, 0, 0, 0)


def temporary_files(*folders: Path) -> list[str]:
    """What a run must not leave: files of ours with a temporary name."""
    return sorted(
        str(path)
        for folder in folders
        for path in folder.rglob("*")
        if path.name.startswith(".kejidiff-") or path.name.endswith((".tmp", "-journal"))
    )
