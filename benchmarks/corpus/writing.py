"""A seed -> made reports without end, each with what in it was recycled from earlier ones.

A report is a title and some 40 paragraphs: one in seven a heading, the others of two sentences or many. The first N
reports of a seed are the same however many follow.
"""

import random
from collections.abc import Iterator
from itertools import count
from typing import Final

import numpy as np

from corpus.passages import MadeDocument, Passage, Recycled
from corpus.recycling import EMBED, KINDS, Made
from corpus.sentences import SEPARATOR, drawn_sentences, drawn_words, plain
from corpus.sources import Sources, Written

#: Of all paragraphs, the title too.
RECYCLED: Final = 0.095
PARAGRAPHS: Final = (28, 52)
HEADINGS: Final = 0.14
#: Characters of a paragraph that is no heading: log-normal, so that a report has 26.5 KB of UTF-8.
LENGTH: Final = (5.17, 0.55)
SHORTEST_SOURCE: Final = 100
BOILERPLATE_PARAGRAPHS: Final = 6
#: Fit paragraphs are found at once or soon; only a heap of headings would need more.
_TRIES: Final = 30


class Writer:
    """Draws sentences, headings and titles from one seed."""

    def __init__(self, seed: int) -> None:
        self._numpy = np.random.default_rng(seed)
        self.rng = random.Random(seed)
        self._sentences: Iterator[str] = (one for _ in count() for one in drawn_sentences(self._numpy))
        self._words = {name: self._stream(name) for name in ("verb", "noun", "place", "office", "head", "year")}
        self.words = (next(self._words[name]) for _ in count() for name in ("noun", "verb", "noun"))

    def _stream(self, name: str) -> Iterator[str]:
        return (word for _ in count() for word in drawn_words(name, 1_000, self._numpy))

    def sentences(self) -> list[str]:
        """Those of one paragraph."""
        wanted = self.rng.lognormvariate(*LENGTH)
        found = [next(self._sentences)]
        length = len(found[0])
        while length < wanted * 1.75:  # raw sentences are longer, by their separators
            found.append(next(self._sentences))
            length += len(found[-1])
        return found

    def heading(self) -> str:
        """One line without a full stop."""
        words = [next(self._words[name]) for name in ("head", "verb", "noun", "noun")]
        return SEPARATOR.join(words) + SEPARATOR

    def title(self) -> str:
        """Place, year and office."""
        words = [next(self._words[name]) for name in ("place", "office", "year")]
        return SEPARATOR.join([*words, "工作总结", ""])


def documents(seed: int, boilerplate: float = 0.0, equal: bool = False) -> Iterator[MadeDocument]:
    """Reports without end. `boilerplate`: the share of reports that end in one and the same page; `equal`: every
    paragraph of every report is the same one, and nothing counts as recycled.
    """
    writer = Writer(seed)
    if equal:
        text = "\n".join([plain("".join(writer.sentences()))] * (sum(PARAGRAPHS) // 2))
        yield from (MadeDocument(_id(number), text, ()) for number in count(1))
    sources = Sources()
    page = _Page(seed)
    chance = random.Random(seed + 1)
    for number in count(1):
        composed = _Composed(_id(number))
        _compose(composed, writer, sources)
        for written in composed.fresh:
            sources.add(written, writer.rng)
        if chance.random() < boilerplate:
            page.append(composed)
        yield composed.document()


def _id(number: int) -> str:
    return f"d{number:07}"


class _Composed:
    """A report while it is written."""

    def __init__(self, id_: str) -> None:
        self.id = id_
        self.fresh: list[Written] = []
        self._lines: list[str] = []
        self._recycled: list[Recycled] = []
        self._length = 0

    def add(self, raw: str) -> Passage:
        """One more paragraph; where it stands."""
        line = plain(raw)
        where = Passage(self.id, len(self._lines), self._length, self._length + len(line))
        self._lines.append(line)
        self._length += len(line) + 1
        return where

    def add_fresh(self, raw: str) -> None:
        """One more paragraph, which later reports may recycle."""
        where = self.add(raw)
        if where.end - where.start >= SHORTEST_SOURCE:
            self.fresh.append(Written(self.id, where.paragraph, where.start, raw))

    def add_recycled(self, kind: str, source: Passage, before: str, raw: str, after: str) -> None:
        """One more paragraph, of which `raw` is recycled."""
        whole = self.add(before + raw + after)
        start = whole.start + len(plain(before))
        copy = Passage(whole.id, whole.paragraph, start, start + len(plain(raw)))
        self._recycled.append(Recycled(kind, copy, source))

    def document(self) -> MadeDocument:
        """Finished."""
        return MadeDocument(self.id, "\n".join(self._lines), tuple(self._recycled))


def _compose(composed: _Composed, writer: Writer, sources: Sources) -> None:
    """Title and paragraphs, fresh and recycled."""
    rng = writer.rng
    composed.add(writer.title())
    paragraphs = rng.randint(*PARAGRAPHS)
    for _ in range(paragraphs - 1):
        if sources and rng.random() < RECYCLED * paragraphs / (paragraphs - 1):
            _recycle(composed, writer, sources)
        elif rng.random() < HEADINGS:
            composed.add(writer.heading())
        else:
            composed.add_fresh("".join(writer.sentences()))


def _recycle(composed: _Composed, writer: Writer, sources: Sources) -> None:
    """One recycled paragraph, of a kind that the source found is fit for."""
    kind = writer.rng.choice(list(KINDS))
    for _ in range(_TRIES):
        source = sources.choose(writer.rng)
        made = KINDS[kind](source.raw, writer.words, writer.rng)
        if made is not None:
            taken = Passage(source.id, source.paragraph, source.start + made.start, source.start + made.end)
            composed.add_recycled(kind, taken, *_around(kind, made, writer))
            return
    composed.add_fresh("".join(writer.sentences()))


def _around(kind: str, made: Made, writer: Writer) -> tuple[str, str, str]:
    """What stands before the recycled text in its paragraph, the text, and what stands after it."""
    if kind != EMBED:
        return "", made.raw, ""
    fresh = [*writer.sentences(), *writer.sentences()[:1]]
    cut = writer.rng.randrange(1, len(fresh))
    return "".join(fresh[:cut]), made.raw, "".join(fresh[cut:])


class _Page:
    """The page of boilerplate: the first report that bears it is the source of all others."""

    def __init__(self, seed: int) -> None:
        writer = Writer(seed + 2)
        self._paragraphs = ["".join(writer.sentences()) for _ in range(BOILERPLATE_PARAGRAPHS)]
        self._sources: list[Passage] = []

    def append(self, composed: _Composed) -> None:
        """Put it under the report."""
        if not self._sources:
            self._sources = [composed.add(raw) for raw in self._paragraphs]
            return
        for raw, source in zip(self._paragraphs, self._sources, strict=True):
            composed.add_recycled("boilerplate", source, "", raw, "")
