"""Paragraphs and tables as a parser meets them -> `Extracted`: one text, and where in it what is hidden or repeated."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from kejidiff.model import Exclusion, Reservation
from kejidiff.read.extracted import Extracted, UnparsableError
from kejidiff.span import Span

#: What a part may hold that no text file does: control characters become blanks, lest words run together.
_CONTROLS: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_BREAKS: Final = re.compile("\r\n?|\x85|\u2028|\u2029")

_PARTING: Final = "\n\n"
#: Characters of a header or footer's paragraph: an office's name, address and telephone. Word sets a page of text in a
#: header where it is told to, and nobody sees that it is one.
_LONGEST_ASIDE: Final = 100


class Run(NamedTuple):
    """Text of one look; `hidden` where nobody would see it."""

    text: str
    hidden: bool = False


class Block(NamedTuple):
    """A paragraph, or a table with a line for each row; `aside` where it is a page's header or footer."""

    runs: Sequence[Run]
    aside: bool = False


def joined(blocks: Iterable[Block]) -> Extracted:
    """The text of all blocks that hold any, with a blank line between them. UnparsableError: `no-text`."""
    pieces: list[str] = []
    marked: list[Exclusion] = []
    at = 0
    for block in blocks:
        runs = _trimmed([Run(cleaned(run.text), run.hidden) for run in _merged(block.runs)])
        text = "".join(run.text for run in runs)
        if not text.strip():
            continue
        if pieces:
            pieces.append(_PARTING)
            at += len(_PARTING)
        marked += _marks(runs, at, block.aside)
        pieces.append(text)
        at += len(text)
    if not any(map(str.isalnum, "".join(pieces))):
        raise UnparsableError("no-text", "no Hanzi, no letter and no digit in it")
    text = "".join(pieces)
    return Extracted(text, tuple(marked), _suspicion(text, marked))


def chained(parts: Iterable[Extracted]) -> Extracted:
    """Several texts as one, with a blank line between them. UnparsableError: `no-text` where there are none."""
    texts: list[str] = []
    marked: list[Exclusion] = []
    warnings: list[Reservation] = []
    at = 0
    for part in parts:
        texts.append(part.text)
        marked += [Exclusion(_moved(mark.span, at), mark.reason) for mark in part.marked]
        warnings += [told._replace(span=told.span and _moved(told.span, at)) for told in part.warnings]
        at += len(part.text) + len(_PARTING)
    if not texts:
        raise UnparsableError("no-text", "no Hanzi, no letter and no digit in it")
    return Extracted(_PARTING.join(texts), tuple(marked), tuple(warnings))


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def row_blocks(rows: Iterable[Sequence[Sequence[Block]]]) -> Iterator[Block]:
    """A table, given as the blocks of each cell of each row, with a line for each row.

    A row with a single filled cell lays text out, as forms do with all of a report: its blocks stand for themselves.
    """
    lines: list[Run] = []
    for row in rows:
        cells = [[block for block in cell if _is_filled(block)] for cell in row]
        filled = [cell for cell in cells if cell]
        if len(filled) == 1 and len(filled[0]) > 1:
            yield Block(lines)
            yield from filled[0]
            lines = []
        elif filled:
            lines += [*([Run("\n")] if lines else []), *_line(cells)]
    yield Block(lines)


def _line(cells: Sequence[Sequence[Block]]) -> Iterator[Run]:
    """A row's cells with tabs between them, and what is in one of them on one line."""
    for number, cell in enumerate(cells):
        if number:
            yield Run("\t")
        for place, block in enumerate(cell):
            if place:
                yield Run(" ")
            yield from (Run(run.text.replace("\n", " "), run.hidden) for run in block.runs)


def _is_filled(block: Block) -> bool:
    return any(run.text.strip() for run in block.runs)


def cleaned(text: str) -> str:
    """The text as a text file could hold it."""
    text = _CONTROLS.sub(" ", _BREAKS.sub("\n", text))
    if _SURROGATES.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _merged(runs: Sequence[Run]) -> Iterator[Run]:
    """Runs of one look as one: formats part text anywhere, even between the halves of a surrogate pair."""
    for hidden, alike in groupby((run for run in runs if run.text), key=lambda run: run.hidden):
        yield Run("".join(run.text for run in alike), hidden)


def _trimmed(runs: list[Run]) -> list[Run]:
    """The runs without line breaks at either end."""
    while runs and not runs[0].text.lstrip("\n"):
        runs = runs[1:]
    while runs and not runs[-1].text.rstrip("\n"):
        runs = runs[:-1]
    if runs:
        runs = [runs[0]._replace(text=runs[0].text.lstrip("\n")), *runs[1:]]
        runs[-1] = runs[-1]._replace(text=runs[-1].text.rstrip("\n"))
    return runs


def _marks(runs: Sequence[Run], at: int, aside: bool) -> list[Exclusion]:
    """What is hidden of a block, neighbours as one; of a block aside, all of it, unless it is long."""
    length = sum(len(run.text) for run in runs)
    if aside and length <= _LONGEST_ASIDE:
        return [Exclusion(Span(at, at + length), "page-mark")]
    marks: list[Exclusion] = []
    for run in runs:
        end = at + len(run.text)
        if run.hidden and run.text.strip():
            if marks and marks[-1].span.end == at:
                marks[-1] = Exclusion(Span(marks[-1].span.start, end), "hidden")
            else:
                marks.append(Exclusion(Span(at, end), "hidden"))
        at = end
    return marks


_LETTERS: Final = re.compile(r"[^\W\d_]")
_AMID: Final = re.compile(r"[^\n]")


def _suspicion(text: str, marked: Sequence[Exclusion]) -> tuple[Reservation, ...]:
    """One warning for all that is hidden, with the place of the first.

    None for figures and signs alone at a line's end: page numbers of a table of contents, which Word hides on the web
    and other programs everywhere.
    """
    hidden = [mark.span for mark in marked if mark.reason == "hidden"]
    if not any(_LETTERS.search(span.of(text)) or _AMID.match(text, span.end) for span in hidden):
        return ()
    characters, places = sum(span.length for span in hidden), len(hidden)
    where = f"{places:,} places" if places > 1 else "one place"
    message = f"{characters:,} characters in {where} cannot be seen in it: hidden, tiny, or of the paper's colour"
    return (Reservation("evasion-suspected", message, hidden[0]),)
