"""Files -> comparisons: all documents of a group in one scan, or each pair alone, under a background of choice."""

import hashlib
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kejidiff.background.table import unpacked
from kejidiff.model import Comparison, Document, SourceText
from kejidiff.options import ScanOptions
from kejidiff.pipeline import compare
from kejidiff.pipeline.compare import Comparer
from kejidiff.pipeline.scan import assembled
from kejidiff.text.documents import find_documents

_BUILD = Path(__file__).resolve().parent.parent / "background" / "build.py"

#: Two of a group's files by index, ascending.
Pair = tuple[int, int]


class Read(NamedTuple):
    """One file of the collection and the document it holds (of several, the longest); spans count in the file."""

    path: Path
    source: SourceText
    document: Document

    @property
    def text(self) -> str:
        return self.source.text


#: How a group's pairs are compared.
Scan = Callable[[Sequence[Read], Sequence[Pair]], dict[Pair, Comparison]]


@cache
def read(path: Path) -> Read:
    """The file's text and its document."""
    source = SourceText(path.name, path.read_text(encoding="utf-8"))
    return Read(path, source, max(find_documents(source), key=lambda document: document.countable))


def compared(files: Sequence[Read], pairs: Sequence[Pair]) -> dict[Pair, Comparison]:
    """The pairs' comparisons as a scan of all the files would report them, empty ones too.

    What is left out of the scan's work is the search for candidates: every pair asked for is aligned.
    """
    comparer = Comparer([one.document for one in files], {one.source.path: one.text for one in files}, ScanOptions())
    every = [comparer.compare(*pair) for pair in pairs]
    result = assembled(tuple(one.source for one in files), comparer, every, (), keep_empty=True)
    found = {(one.left, one.right): one for one in result.comparisons}
    names = [one.document.id for one in files]
    return {(left, right): found.get((names[left], names[right]), every[at]) for at, (left, right) in enumerate(pairs)}


def compared_alone(files: Sequence[Read], pairs: Sequence[Pair]) -> dict[Pair, Comparison]:
    """The same with each pair in a scan of its own."""
    return {pair: compared([files[pair[0]], files[pair[1]]], [(0, 1)])[0, 1] for pair in pairs}


def half_of(path: Path) -> int:
    """The half of the collection a file is in, as the background's `--half` draws it: 0 or 1."""
    return hashlib.sha256(path.name.encode()).digest()[0] % 2


def build_half(collection: Path, half: int, folder: Path) -> Path:
    """A background table counted from one half of the collection, built in `folder` unless it is there."""
    table = folder / f"half{half}.npz"
    if not table.exists():
        command = [sys.executable, str(_BUILD), str(collection), "--half", str(half), "--output", str(table)]
        subprocess.run(command, check=True, capture_output=True)
    return table


@contextmanager
def background_of(table: Path) -> Iterator[None]:
    """Compare under another table of counts than the shipped one."""
    shipped, tables = vars(compare)["background"], unpacked(table.read_bytes())
    vars(compare)["background"] = lambda: tables
    try:
        yield
    finally:
        vars(compare)["background"] = shipped
