"""A scan's plan -> its working folder: made for one scan and removed with it, or kept to be gone on with.

A kept folder holds a plan: what was to be read, and how. An earlier scan's files count for a later one with the same
plan; each was renamed into its place when it was whole, so what is there is done.
"""

import errno
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from kejidiff.errors import OutputError, UsageError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_PLAN: Final = "plan.json"
_LOCK: Final = "lock"
#: The first line of a lock file: by it the folder is known for a scan's, to be emptied without asking.
_MARK: Final = b"kejidiff working folder\n"
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def working_folder(parent: Path | None) -> Iterator[Path]:
    """A new folder, for its owner only, below `parent` or where the system keeps such; removed at the end, however the
    end comes about. OutputError where none can be made, or the disk is full."""
    try:
        folder = Path(tempfile.mkdtemp(prefix="kejidiff-", dir=parent))
    except OSError as error:
        raise _failure(parent or Path(tempfile.gettempdir()), error) from error
    try:
        with _told_of(folder):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def kept_folder(folder: Path, plan: object) -> Iterator[Path]:
    """The folder, made where there is none; what is in it stays if `plan` is that of the scan it was kept for, and all
    of it is removed when the work is done. UsageError where it is another's, or in use."""
    with _told_of(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = _locked(folder)
        try:
            told = json.dumps(plan, sort_keys=True)
            with suppress(OSError):
                if (folder / _PLAN).read_text(encoding="utf-8", errors="surrogatepass") == told:
                    told = ""
            if told:
                _empty(folder)
                temporary = folder / (_PLAN + ".part")
                temporary.write_text(told, encoding="utf-8", errors="surrogatepass")
                temporary.replace(folder / _PLAN)
            yield folder
            shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(handle)


def _locked(folder: Path) -> int:
    handle = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        if fcntl is not None:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        head = os.read(handle, len(_MARK))
        if head != _MARK:
            if head or any(path.name != _LOCK for path in folder.iterdir()):
                raise UsageError(str(folder), "is no working folder of kejidiff", "name an empty or a new folder")
            os.write(handle, _MARK)
    except OSError as error:
        os.close(handle)
        if error.errno in {errno.EWOULDBLOCK, errno.EAGAIN}:
            raise UsageError(str(folder), "another scan is working there", "wait for it, or name another") from error
        raise
    except BaseException:
        os.close(handle)
        raise
    return handle


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.name != _LOCK:
            path.unlink()


@contextmanager
def _told_of(folder: Path) -> Iterator[None]:
    """Where the folder's disk is full, or it cannot be written, an OutputError says so."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL or (error.filename and str(error.filename).startswith(str(folder))):
            raise _failure(folder, error) from error
        raise


def _failure(folder: Path, error: OSError) -> OutputError:
    message = (error.strerror or type(error).__name__).lower()
    return OutputError(str(folder), message, "free some space, or name another folder with --work")
