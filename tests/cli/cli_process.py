"""A call of kejidiff in a process of its own -> what it printed and how it ended."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Ended:
    """`out` is stdout as it came, byte for byte; `err` is text."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def lines(self) -> list[str]:
        """The lines on stderr."""
        return self.err.splitlines()


def environment(**changes: str) -> dict[str, str]:
    """This process's variables, with the checkout importable from wherever the call is made."""
    return {**os.environ, "PYTHONPATH": str(PROJECT), **changes}


def in_a_process(
    *arguments: str | bytes,
    cwd: Path,
    stdin: bytes = b"",
    variables: Mapping[str, str] | None = None,
    before: Callable[[], None] | None = None,
) -> Ended:
    """Run it to its end. `before` is called in the child just before it starts."""
    done = subprocess.run(
        [sys.executable, "-m", "kejidiff", *arguments],
        cwd=cwd,
        env=environment(**(variables or {})),
        input=stdin,
        capture_output=True,
        timeout=60,
        preexec_fn=before,
    )
    return Ended(done.returncode, done.stdout, done.stderr.decode("utf-8", "backslashreplace"))


def without_privileges() -> None:
    """Give up root's right to pass over permissions, so that a read-only folder is one (Linux: CAP_DAC_*)."""
    if os.geteuid() == 0:
        import ctypes

        drop_from_bounding_set, dac_override, dac_read_search = 24, 1, 2
        libc = ctypes.CDLL(None)
        for capability in (dac_override, dac_read_search):
            libc.prctl(drop_from_bounding_set, capability, 0, 0, 0)


def is_one_message(ended: Ended, *parts: str) -> bool:
    """True where stderr is a single line of kejidiff's that holds all `parts`, and no traceback."""
    return (
        len(ended.lines) == 1
        and ended.err.startswith("kejidiff: ")
        and all(part in ended.err for part in parts)
        and "Traceback" not in ended.err
    )
