"""Bytes -> stdout or files: whole or not at all, with every failure told as one `OutputError`.

A file is written under a temporary name in its own folder and renamed, so that a reader of the old file never meets
half of a new one; it is readable by its owner only, since it quotes documents. Nothing is forced to the disk: a report
lost to a power cut can be made again.
"""

import errno
import os
import stat
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Final

from kejidiff.cli.failure import PIPE_CLOSED, Ended
from kejidiff.errors import OutputError, UsageError

#: What a file is made of: its bytes, or pieces of them one after the other.
Written = bytes | Iterable[bytes]

_ADVICE: Final = {
    errno.ENOSPC: "free some space or choose another folder",
    errno.EDQUOT: "free some space or choose another folder",
    errno.EACCES: "choose a folder you may write to",
    errno.EPERM: "choose a folder you may write to",
    errno.EROFS: "choose a folder you may write to",
    errno.ENOENT: "make the folder first",
    errno.ENOTDIR: "make the folder first",
    errno.EISDIR: "name a file, not a folder",
    errno.ENAMETOOLONG: "choose a shorter name",
}


def write_stdout(data: bytes) -> None:
    """Write all of `data` to stdout and flush it.

    Raises OutputError where stdout is closed or takes no more; ends the run with 141 where its reader has gone.
    """
    if sys.stdout is None:
        raise OutputError("stdout", "closed", "leave stdout open, or write to a file with -o FILE")
    try:
        sys.stdout.flush()
        # Not through the buffer: unbuffered (PYTHONUNBUFFERED) it writes once and may take only a part.
        sys.stdout.buffer.flush()
        write_all(sys.stdout.fileno(), data)
    except BrokenPipeError:
        silence_stdout()
        raise Ended(PIPE_CLOSED) from None
    except OSError as error:
        silence_stdout()
        raise failure_to_write("stdout", error) from error


def silence_stdout() -> None:
    """Lead stdout to /dev/null: what a failed write left in its buffer would fail again when Python shuts down."""
    with suppress(OSError, ValueError, AttributeError):
        descriptor = os.open(os.devnull, os.O_WRONLY)
        os.dup2(descriptor, sys.stdout.fileno())
        os.close(descriptor)


def write_file(path: str, data: Written) -> None:
    """Replace the file `path` by `data`, or write into it where it is no regular file (`/dev/null`, a FIFO).

    Raises OutputError; the old file then stands as it was, and nothing else is left behind.
    """
    try:
        if os.path.lexists(path) and not stat.S_ISREG(os.stat(path).st_mode):
            with open(path, "wb", buffering=0) as special:
                for piece in _pieces(data):
                    write_all(special.fileno(), piece)
            return
    except FileNotFoundError:
        pass  # a link that leads nowhere yet: replace_files makes the file it points to
    except BrokenPipeError:
        raise Ended(PIPE_CLOSED) from None
    except OSError as error:
        raise failure_to_write(path, error) from error
    replace_files({path: data})


def _is_library(path: str) -> bool:
    head = b""
    if os.path.isfile(path):
        with suppress(OSError), open(path, "rb", buffering=0) as file:
            head = file.read(100)
    if not head.startswith(b"SQLite"):
        return False
    from kejidiff.pipeline.library import is_library

    return is_library(head)


def replace_files(files: Mapping[str, Written]) -> None:
    """Replace several files; none is touched before all are written in full. Raises OutputError as `write_file`,
    UsageError where one is a library: a result in its place would be the end of it."""
    for path in files:
        if _is_library(path):
            raise UsageError(path, "is a library of kejidiff; nothing was written", "choose another name")
    waiting: list[tuple[str, str]] = []
    path = ""
    try:
        for path, data in files.items():
            target = os.path.realpath(path)
            if os.path.exists(target) and not os.access(target, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            waiting.append((_temporary_name(target), target))
            descriptor = os.open(waiting[-1][0], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                for piece in _pieces(data):
                    write_all(descriptor, piece)
            finally:
                os.close(descriptor)
        for temporary, target in tuple(waiting):
            path = target
            os.replace(temporary, target)
            waiting.remove((temporary, target))
    except OSError as error:
        raise failure_to_write(path, error) from error
    finally:
        for temporary, _ in waiting:
            with suppress(OSError):
                os.unlink(temporary)


def write_folder(folder: str, files: Mapping[str, Written]) -> None:
    """Write files into `folder`, which is made where only its last part is missing. Raises OutputError."""
    made = False
    try:
        if not os.path.isdir(folder):
            os.mkdir(folder, 0o700)
            made = True
    except OSError as error:
        raise failure_to_write(folder, error) from error
    try:
        replace_files({os.path.join(folder, name): data for name, data in files.items()})
    except BaseException:
        if made:
            with suppress(OSError):
                os.rmdir(folder)
        raise


def _pieces(data: Written) -> Iterable[bytes]:
    return (data,) if isinstance(data, bytes) else data


def _temporary_name(target: str) -> str:
    """A free name beside `target`: this process's, with the first number that is not taken (a killed run's remains)."""
    folder = os.path.dirname(target)
    number = 0
    while os.path.lexists(name := os.path.join(folder, f".kejidiff-{os.getpid()}-{number}.tmp")):
        number += 1
    return name


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of `data`, however often that takes; raises OSError."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def failure_to_write(subject: str, error: OSError) -> OutputError:
    """The system's error as ours, with what to do about it."""
    message = (error.strerror or type(error).__name__).lower()
    return OutputError(subject, message, _ADVICE.get(error.errno or 0, ""))
