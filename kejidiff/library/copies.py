"""A library with a journal that a killed writer left -> a private copy of both, for readers to roll back.

The copy lies in a folder of its own that only its owner may enter, and is gone when the block is left: whoever opened
it keeps reading it from its open descriptors.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from kejidiff.library.failures import locked
from kejidiff.library.lock import holder_of
from kejidiff.library.pages import RawFile

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

#: The bytes on which SQLite puts its read locks (os_unix.c: SHARED_FIRST and SHARED_SIZE, behind PENDING_BYTE).
_SHARED_FIRST, _SHARED_SIZE = 0x40000002, 510
_PAUSE: Final = 0.02
_STRETCH: Final = 1 << 20


@contextmanager
def private_copy(path: str, timeout: float) -> Iterator[str]:
    """The path of the copy. Raises OSError; LibraryError `library-locked`."""
    folder = tempfile.mkdtemp(prefix="kejidiff-")  # 0700
    try:
        raw = RawFile(path)
        try:
            _hold(raw, path, timeout)
            copy = os.path.join(folder, "library")
            with suppress(FileNotFoundError):
                shutil.copyfile(f"{path}-journal", f"{copy}-journal")
            _write(raw, copy)
        finally:
            raw.close()
        yield copy
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _hold(raw: RawFile, path: str, timeout: float) -> None:
    """Keep writers from changing the file while it is copied, as a reader of SQLite's does; closing gives it free."""
    if fcntl is None:
        return
    until = time.monotonic() + timeout
    while True:
        with suppress(BlockingIOError, PermissionError):
            fcntl.lockf(raw.handle, fcntl.LOCK_SH | fcntl.LOCK_NB, _SHARED_SIZE, _SHARED_FIRST)
            return
        if time.monotonic() > until:
            raise locked(path, holder_of(path))
        time.sleep(_PAUSE)


def _write(raw: RawFile, copy: str) -> None:
    """Not by opening the file again: closing that would drop the lock."""
    with open(copy, "xb", buffering=0) as file:
        at = 0
        while stretch := os.pread(raw.handle, _STRETCH, at):
            file.write(stretch)
            at += len(stretch)
