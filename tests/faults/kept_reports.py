"""Reports made up for the fault tests, and calls of `kejidiff library` that can be stopped -> what was promised."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from kejidiff.errors import LibraryError
from kejidiff.library.verify import verify
from kejidiff.pipeline.library import Library

PROJECT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(PROJECT), "LANG": "C.UTF-8"}


def report(number: int, sentences: int = 40) -> str:
    """A report of its own: sentences of characters drawn with the report's number as seed."""
    drawn = random.Random(number)
    lines = [
        "".join(chr(drawn.randrange(0x4E00, 0x9000)) for _ in range(drawn.randrange(12, 40))) + "。"
        for _ in range(sentences)
    ]
    return (
        f"第{number}号水利工作报告\n\n"
        + "\n\n".join("".join(lines[at : at + 4]) for at in range(0, sentences, 4))
        + "\n"
    )


def reports(folder: Path, count: int, sentences: int = 40, first: int = 0) -> Path:
    """A folder of `count` reports."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(first, first + count):
        (folder / f"{number:04}.txt").write_text(report(number, sentences), encoding="utf-8")
    return folder


def library(path: Path, folder: Path) -> Path:
    """A library of the reports in the folder."""
    with Library(path) as kept:
        assert all(outcome.state == "added" for outcome in kept.add([folder]))
    return path


def started(
    *arguments: str,
    cwd: Path,
    before: Callable[[], None] | None = None,
    out: int = subprocess.PIPE,
    temporary: Path | None = None,
) -> subprocess.Popen[bytes]:
    """`kejidiff library ARGUMENTS`, running."""
    return subprocess.Popen(
        [sys.executable, "-m", "kejidiff", "library", *arguments],
        cwd=cwd,
        env=ENVIRONMENT if temporary is None else {**ENVIRONMENT, "TMPDIR": str(temporary)},
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.PIPE,
        preexec_fn=before,
    )


def called(
    *arguments: str, cwd: Path, before: Callable[[], None] | None = None, temporary: Path | None = None
) -> tuple[int, bytes, str]:
    """Exit code, stdout and stderr of `kejidiff library ARGUMENTS`."""
    process = started(*arguments, cwd=cwd, before=before, temporary=temporary)
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err.decode("utf-8", "backslashreplace")


def acknowledged(out: bytes) -> set[str]:
    """Ids that whole lines of `--format jsonl` told of."""
    return {json.loads(line)["id"] for line in out.split(b"\n")[:-1]}


def held(path: Path) -> set[str]:
    """Ids the library lists."""
    with Library(path, lock_timeout=20) as kept:
        return {document.id for document in kept.documents()}


def is_whole(path: Path, promised: set[str]) -> None:
    """The library opens, is sound, holds what was promised with its text, and takes more."""
    if not path.exists():
        assert promised == set()
        return
    assert verify(str(path)) == []
    assert promised <= held(path)


def is_found(path: Path) -> bool:
    """Whether `verify` finds something wrong, or the file is refused."""
    try:
        return verify(str(path), 5) != []
    except LibraryError:
        return True
