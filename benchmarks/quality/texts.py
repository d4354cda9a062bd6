"""A folder -> stretches of its texts: what labelled pairs are cut from.

Texts are read as kejidiff reads them; what it sets aside (site furniture, page marks) is left out, and a paragraph is
one line. A *stretch* is a run of whole paragraphs of one document. Documents whose titles differ by a date in brackets
are versions of one text and have one `origin`.
"""

import hashlib
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kejidiff.background.grams import distinct, run_hashes
from kejidiff.engine import run
from kejidiff.model import Document, SourceText
from kejidiff.read import discover, read_file
from kejidiff.span import without
from kejidiff.text.documents import find_documents
from kejidiff.text.fold import codes_of, fold_table, text_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Two texts that share a run of this many Hanzi are no unrelated texts.
RELATED = 20
_VERSION = re.compile(r"[（(]\d{4}.*?[)）]$")
_SENTENCE = re.compile(r"[^。！？\n]*[。！？]?[”』）)]?")
#: Characters of a stretch: three pages, or ten.
_LEAST, _MOST = 3000, 6000
#: A longer paragraph is parted at the ends of sentences.
_LONG_PARAGRAPH = 1500


def han_codes(text: str) -> "tuple[NDArray[np.uint32], NDArray[np.intp]]":
    """The Hanzi of a text, folded to one script, and where each stands."""
    folded = fold_table().fold(codes_of(text))
    at = np.flatnonzero((folded >= 0x4E00) & (folded < 0xA000))
    return folded[at], at


def han_of(text: str) -> tuple[str, list[int]]:
    """The same as a string, and as a list."""
    codes, at = han_codes(text)
    return text_of(codes), at.tolist()


@dataclass(frozen=True)
class Stretch:
    """`text`: paragraphs, a line each. `origin`: the document's name without its version."""

    origin: str
    text: str

    @cached_property
    def runs(self) -> "NDArray[np.uint64]":
        """Hashes of its runs of `RELATED` Hanzi, each once."""
        return distinct(run_hashes(han_codes(self.text)[0], RELATED))

    def unrelated(self, other: "Stretch") -> bool:
        """True where the two are of different documents and share no long run."""
        return self.origin != other.origin and not len(np.intersect1d(self.runs, other.runs, assume_unique=True))


def origin_of(name: str) -> str:
    """`a/上海市条例(2018-05-24).txt` -> `上海市条例`."""
    return _VERSION.sub("", Path(name).stem)


def half_of(name: str) -> int:
    """0 or 1: the half a file falls into by its name, as `benchmarks/background/build.py --half` has it."""
    return hashlib.sha256(Path(name).name.encode()).digest()[0] % 2


def read_sources(folder: Path) -> list[SourceText]:
    """Every text below the folder that can be read, by path."""
    read = (read_file(found) for found in discover([str(folder)]).found)
    return sorted((one for one in read if isinstance(one, SourceText)), key=lambda one: one.path)


def in_no_table(sources: Sequence[SourceText], table_half: int) -> list[SourceText]:
    """The texts of the other half of which no version is in the table's half."""
    known = {origin_of(one.path) for one in sources if half_of(one.path) == table_half}
    return [one for one in sources if half_of(one.path) != table_half and origin_of(one.path) not in known]


def stretches_of(sources: Sequence[SourceText], jobs: int = 1) -> list[Stretch]:
    """All stretches, a document's one after another."""
    return [stretch for own in run(_stretches, sources, jobs) for stretch in own]


def _stretches(source: SourceText) -> list[Stretch]:
    return [
        Stretch(f"{origin_of(source.path)}#{document.ordinal}", text)
        for document in find_documents(source)
        for text in _cut(_paragraphs(source, document))
    ]


def _paragraphs(source: SourceText, document: Document) -> list[str]:
    holes = [exclusion.span for exclusion in document.excluded]
    lines = []
    for paragraph in document.paragraphs:
        pieces = (part.of(source.text) for part in without(paragraph.span, holes))
        line = "".join("".join(pieces).split("\n")).strip()
        lines += [line] if len(line) <= _LONG_PARAGRAPH else sentences(line)
    return [line for line in lines if line]


def _cut(paragraphs: Sequence[str]) -> list[str]:
    found: list[str] = []
    current: list[str] = []
    for paragraph in paragraphs:
        if current and sum(map(len, current)) + len(paragraph) > _MOST:
            found.append("\n".join(current))
            current = []
        current.append(paragraph)
    return [text for text in [*found, "\n".join(current)] if len(text) >= _LEAST]


def sentences(text: str) -> list[str]:
    """The text in sentences, marks kept; a line break ends one and is dropped."""
    return [part for line in text.split("\n") for part in _SENTENCE.findall(line) if part.strip()]


class Pool:
    """Hands out stretches, each once; begins again, in another order, when all are gone."""

    def __init__(self, stretches: Sequence[Stretch], seed: str) -> None:
        self._all = sorted(stretches, key=lambda one: (one.origin, one.text))
        self._rng = random.Random(seed)
        self._left: list[Stretch] = []

    def take(self, apart: Sequence[Stretch] = ()) -> Stretch:
        """The next stretch that is unrelated to all of `apart`. LookupError where the folder has none."""
        for again in (False, True):
            if again:
                self._left = self._rng.sample(self._all, len(self._all))
            for index, one in enumerate(self._left):
                if all(one.unrelated(other) for other in apart):
                    return self._left.pop(index)
        raise LookupError(f"no text of {_LEAST} characters is left that is unrelated to {len(apart)} others")
