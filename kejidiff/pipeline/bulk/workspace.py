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
from kejidiff.pipeline.bulk.spill import ends_a_piece, is_spilled

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

#: Kinds of files of a piece that no stage after joining reads, and that none after verifying does.
JOINED: Final = ("anchors",)
VERIFIED: Final = ("folded", "kept", "figures")
_PLAN: Final = "plan.json"
_LOCK: Final = "lock"
#: The first line of a lock file: by it the folder is known for a scan's, whose files may be removed without asking.
_MARK: Final = b"kejidiff working folder\n"
#: Its second line where a scan made the folder, which is then removed with what is in it.
_MADE: Final = b"made by a scan\n"
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def working_folder(parent: Path | None) -> Iterator[Path]:
    """A new folder, for its owner only, below `parent` or where the system keeps such; removed at the end, however the
    end comes about. OutputError where none can be made, or the disk is full."""
    try:
        folder = Path(tempfile.mkdtemp(prefix="kejidiff-", dir=parent))
    except OSError as error:
        raise _failure(parent or Path(os.environ.get("TMPDIR") or os.curdir), error) from error
    try:
        with _told_of(folder):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def kept_folder(folder: Path, plan: object) -> Iterator[Path]:
    """The folder, made where there is none; what is in it stays if `plan` is that of the scan it was kept for. When the
    work is done all that scans wrote there is removed, and the folder too if a scan made it. UsageError where it holds
    anything else, which is never touched, or is in use; OutputError where it cannot be made or written."""
    try:
        handle = _entered(folder)
    except OSError as error:
        raise _failure(folder, error) from error
    with _told_of(folder):
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
            with suppress(OSError):
                _empty(folder)
                _leave(folder, handle)
        finally:
            os.close(handle)


def let_go(folder: Path, piece: int, kinds: tuple[str, ...]) -> None:
    """Remove files of a piece that nothing reads any more, nine tenths of all bytes: those that go soon are never on
    the disk."""
    for kind in kinds:
        (folder / f"{kind}-{piece}").unlink(missing_ok=True)


def pieces_kept(folder: Path) -> int | None:
    """How many pieces of work a scan that was stopped has left there for another to go on from; None: no scan has."""
    with suppress(OSError):
        if (folder / _PLAN).is_file() and _is_marked(folder / _LOCK):
            return sum(ends_a_piece(path.name) for path in folder.iterdir())
    return None


def _entered(folder: Path) -> int:
    """The lock of a folder that is ours or empty, or that is made."""
    try:
        folder.mkdir(mode=0o700, parents=True)
        mark = _MARK + _MADE
    except FileExistsError:
        mark = _MARK
    _refuse_foreign(folder)
    handle = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        if fcntl is not None:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not os.fstat(handle).st_nlink:  # the scan that held it has ended since, and taken all away
            raise BlockingIOError
        if not os.read(handle, 1):
            os.write(handle, mark)
    except BaseException as error:
        os.close(handle)
        if isinstance(error, BlockingIOError):
            raise UsageError(str(folder), "another scan is working there", "wait for it, or name another") from error
        raise
    return handle


def _refuse_foreign(folder: Path) -> None:
    """UsageError where anything in the folder is no scan's; nothing is changed."""
    with os.scandir(folder) as entries:
        own = {entry.name: entry.is_file(follow_symlinks=False) and _is_own(entry.name) for entry in entries}
    ours = not own or (own.get(_LOCK, False) and _is_marked(folder / _LOCK, alone=len(own) == 1))
    if not ours or not all(own.values()):
        foreign = next((name for name, is_own in own.items() if not is_own), "")
        what = f"holds {foreign}, which is no working file" if ours else "is no working folder of kejidiff"
        raise UsageError(str(folder), what, "name an empty or a new folder")


def _is_own(name: str) -> bool:
    return name in (_LOCK, _PLAN, _PLAN + ".part") or is_spilled(name)


def _is_marked(lock: Path, alone: bool = False) -> bool:
    """Whether a scan wrote the lock, or came as far as making it: it is empty and all there is."""
    try:
        with lock.open("rb") as file:
            head = file.read(len(_MARK))
    except FileNotFoundError:
        return False
    return head == _MARK or (alone and not head)


def _empty(folder: Path) -> None:
    """Remove what scans wrote, but for the lock."""
    for path in folder.iterdir():
        if path.name != _LOCK and _is_own(path.name):
            path.unlink()


def _leave(folder: Path, handle: int) -> None:
    """Remove the lock, and the folder if a scan made it and nobody has put anything into it."""
    made = os.pread(handle, len(_MARK + _MADE), 0) == _MARK + _MADE
    (folder / _LOCK).unlink()
    if made:
        folder.rmdir()


@contextmanager
def _told_of(folder: Path) -> Iterator[None]:
    """Where the folder's disk is full, or it cannot be written, an OutputError says so."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL or _lies_in(folder, error.filename):
            raise _failure(folder, error) from error
        raise


def _lies_in(folder: Path, name: object) -> bool:
    if not isinstance(name, str | bytes):
        return False
    path = Path(os.fsdecode(name))
    return folder in (path, *path.parents)


def _failure(folder: Path, error: OSError) -> OutputError:
    message = (error.strerror or type(error).__name__).lower()
    space = "free some space, or " if error.errno in _FULL else ""
    return OutputError(str(folder), message, f"{space}name another folder with --work")
