"""Files -> a new folder, whole or not at all: written under a temporary name beside it, then renamed.

Folders are open to their owner only, files readable by their owner only, as everything that quotes documents.
"""

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress

from kejidiff.cli.output import failure_to_write, write_all
from kejidiff.errors import UsageError


def refuse_folder(folder: str, inputs: Iterable[str]) -> None:
    """Raises UsageError where `folder` is in use, or where it and an input lie one in the other."""
    if os.path.lexists(folder) and not os.path.isdir(folder):
        raise UsageError(folder, "is no folder", "name a new or empty folder", "folder-in-use")
    with suppress(OSError):
        if os.path.isdir(folder) and os.listdir(folder):
            raise UsageError(folder, "is not empty; nothing was written", "name a new or empty folder", "folder-in-use")
    target = os.path.realpath(folder)
    for path in inputs:
        if path == "-":
            continue
        given = os.path.realpath(path)
        if _within(target, given) or _within(given, target):
            raise UsageError(folder, f"lies in what is read, or holds it: {path}", "name a folder apart from the input")


def write_new_folder(folder: str, files: Iterable[tuple[str, bytes]]) -> int:
    """How many files were written; `files` are asked for one by one. Raises OutputError, and nothing is left then."""
    target = os.path.realpath(folder)
    temporary = f"{target}.kejidiff-{os.getpid()}.tmp"
    number = 0
    try:
        os.mkdir(temporary, 0o700)
        try:
            for path, data in files:
                _write(os.path.join(temporary, *path.split("/")), data)
                number += 1
            if os.path.isdir(target):
                os.rmdir(target)  # an empty one, and only such: the system refuses any other
            os.rename(temporary, target)
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise
    except OSError as error:
        raise failure_to_write(folder, error) from error
    return number


def _write(path: str, data: bytes) -> None:
    os.makedirs(os.path.dirname(path), 0o700, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        write_all(descriptor, data)
    finally:
        os.close(descriptor)


def _within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
