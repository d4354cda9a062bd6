"""A library's path -> the writer's turn: one writer at a time, and whoever waits can be told who holds it.

SQLite's own lock on the file stays the truth; this one, on a file `NAME-lock` beside it, gives the turn a name and lets
writers wait without spinning on the library itself. The system takes the lock back when its holder dies, however it
dies, so nothing is ever to be unlocked by hand. The file stays, empty but for its first line, as removing a lock file
is a race. Where files cannot be locked this way (Windows), SQLite's lock alone keeps writers apart.
"""

import errno
import json
import os
import stat
import time
from contextlib import suppress
from typing import Final

from kejidiff.errors import OutputError
from kejidiff.library.failures import failure_of, locked

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

#: The first line of a lock file: by it `kejidiff scan` knows the file for its own and passes it over.
MARK: Final = b"kejidiff library lock\n"
#: Seconds between two tries, at first and at most: a writer's turn is some tens of milliseconds.
_PAUSE, _LONGEST_PAUSE = 0.002, 0.05

#: A link is not followed: whoever may make files in the folder could have any file written over with it.
_FLAGS: Final = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)


class WriterLock:
    """The writer's turn at the library `path`; taken by `acquire`, given back by `release`, as often as wanted."""

    def __init__(self, path: str, purpose: str) -> None:
        self.path = path
        self.purpose = purpose
        self._handle: int | None = None

    @property
    def held(self) -> bool:
        return self._handle is not None

    def acquire(self, timeout: float) -> None:
        """Wait for the turn, at most `timeout` seconds. LibraryError `library-locked` says who has it."""
        if self._handle is not None:
            return
        handle = self._opened()
        try:
            self._wait(handle, timeout)
            self._refuse_other(handle)
            _write(handle, MARK + _holder(self.purpose))
        except BaseException:
            os.close(handle)
            raise
        self._handle = handle

    def release(self) -> None:
        if self._handle is not None:
            with suppress(OSError):
                _write(self._handle, MARK)
                if fcntl is not None:  # closing does not do, where a process forked meanwhile has it open
                    fcntl.flock(self._handle, fcntl.LOCK_UN)
            os.close(self._handle)
            self._handle = None

    def _opened(self) -> int:
        try:
            return os.open(f"{self.path}-lock", _FLAGS, 0o600)
        except OSError as error:
            if error.errno == errno.ELOOP:
                raise self._other() from error
            raise failure_of(self.path, error, writing=True) from error

    def _refuse_other(self, handle: int) -> None:
        """OutputError where the file is somebody's own: it would be written over."""
        if not stat.S_ISREG(os.fstat(handle).st_mode) or not MARK.startswith(os.pread(handle, len(MARK), 0)):
            raise self._other()

    def _other(self) -> OutputError:
        advice = "move it away, or name another library"
        return OutputError(f"{self.path}-lock", "is in the place of the library's lock file and is none", advice)

    def _wait(self, handle: int, timeout: float) -> None:
        if fcntl is None:
            return
        until, pause = time.monotonic() + timeout, _PAUSE
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError as error:
                left = until - time.monotonic()
                if left <= 0:
                    raise locked(self.path, holder_of(self.path)) from error
            except OSError as error:  # a file system without such locks: there is nobody to wait for
                raise failure_of(self.path, error, writing=True) from error
            time.sleep(min(pause, left))
            pause = min(pause * 1.5, _LONGEST_PAUSE)


def holder_of(path: str) -> str:
    """Who has the turn, in words: `kejidiff library add, process 4711 on host since 2026-01-31T12:00:00Z`."""
    try:
        with open(f"{path}-lock", "rb") as file:
            told = json.loads(file.read(4096).removeprefix(MARK))
        return f"{told['command']}, process {told['pid']} on {told['host']} since {told['since']}"
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return "another program is using it"


def _holder(purpose: str) -> bytes:
    import platform

    since = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    told = {"pid": os.getpid(), "host": platform.node(), "since": since, "command": f"kejidiff {purpose}".strip()}
    return json.dumps(told).encode()


def _write(handle: int, content: bytes) -> None:
    """Put `content` in the file; a full disk keeps nobody from working."""
    with suppress(OSError):
        os.ftruncate(handle, 0)
        os.pwrite(handle, content, 0)
