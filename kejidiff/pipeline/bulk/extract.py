"""The leading documents and comparisons of a large scan -> an ordinary result, for views that show such.

Documents come with their texts as far as those were kept and a page has room for them; of a document without its text
the paragraphs, figures and notes are known, and no countable characters but all of them.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kejidiff.model import (
    Alignment,
    Cluster,
    Comparison,
    Direction,
    Document,
    Edit,
    FigureLedger,
    FoldedText,
    Paragraph,
    Passage,
    ScanResult,
    Skipped,
    SourceText,
)
from kejidiff.model.bulk import BulkComparison, BulkDocument, BulkFile, BulkPassage
from kejidiff.options import ScanOptions
from kejidiff.pipeline.bulk.documents import TextsOnDisk
from kejidiff.pipeline.bulk.planning import FileGroup, Piece
from kejidiff.span import Span
from kejidiff.text.countable import countable_before
from kejidiff.version import __version__

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Comparisons that come with texts, and code points of all their files together: more than a page shows of them.
WITH_TEXTS: Final = 20
CHARACTERS: Final = 20_000_000


class Leading(NamedTuple):
    """What a result leads with.

    documents   those with most reuse, then the others of `comparisons`, each once
    numbers     theirs in the scan
    places      where each was read, as of `places_of`
    """

    documents: Sequence[BulkDocument]
    numbers: Sequence[int]
    places: Sequence[str]
    comparisons: Sequence[BulkComparison]
    clusters: Sequence[Cluster]
    unread: Sequence[Skipped]
    reserved: Sequence[BulkFile]


def places_of(
    documents: Sequence[BulkDocument], numbers: Sequence[int], first: "NDArray[np.int64]", pieces: Sequence[Piece]
) -> list[str]:
    """Where each document was read, and a row or member of an archive: the archive's place, `/`, its own name.

    first   shape (S + 1,): number of each piece's first document, and of all
    """
    at = np.searchsorted(first, numbers, side="right") - 1
    return [_place(pieces[piece], one.path) for piece, one in zip(at.tolist(), documents, strict=True)]


def _place(piece: Piece, path: str) -> str:
    for found in piece.files if isinstance(piece, FileGroup) else (piece,):
        if path == found.path or path.startswith(found.path + "/"):
            return found.location + path.removeprefix(found.path)
    return path


def extract_of(leading: Leading, options: ScanOptions, texts: TextsOnDisk | None) -> ScanResult:
    """`texts`: None where they were not kept."""
    known = {} if texts is None else _texts(leading, texts)
    reserved = {file.path: file for file in leading.reserved}
    places = {one.path: place for one, place in zip(leading.documents, leading.places, strict=True)}
    paths = {one.path: "" for one in leading.documents}
    paths |= {one.path: known[one.id] for one in leading.documents if one.id in known}
    files = tuple(
        SourceText(
            path,
            paths.get(path, ""),
            warnings=reserved[path].warnings if path in reserved else (),
            location=places.get(path, ""),
        )
        for path in dict.fromkeys((*reserved, *paths))
    )
    return ScanResult(
        version=__version__,
        options=options,
        files=(*leading.unread, *files),
        documents=tuple(_document(one, known.get(one.id)) for one in leading.documents),
        stats={one.id: one.stats for one in leading.documents},
        comparisons=tuple(_comparison(one, one.left in known and one.right in known) for one in leading.comparisons),
        clusters=tuple(leading.clusters),
    )


def _texts(leading: Leading, texts: TextsOnDisk) -> dict[str, str]:
    """Of the first comparisons' documents, while there is room; never of one side alone."""
    numbers = {document.id: number for document, number in zip(leading.documents, leading.numbers, strict=True)}
    known: dict[str, str] = {}
    room = CHARACTERS
    for comparison in leading.comparisons[:WITH_TEXTS]:
        sides = [side for side in (comparison.left, comparison.right) if side not in known]
        both = {side: texts.of(numbers[side]) for side in sides}
        room -= sum(map(len, both.values()))
        if room < 0:
            break
        known |= both
    texts.close()
    return known


def _document(found: BulkDocument, text: str | None) -> Document:
    if text is None:
        counted = np.zeros(found.span.length + 1, dtype=np.int32)
    else:
        inside = [hole for hole in found.excluded if hole.span.overlaps(found.span)]
        counted = np.minimum(countable_before(text, found.span, found.repaired, inside), found.countable)
    counted[-1] = found.countable  # a mask counts one character among units, and none in the text
    nothing = np.zeros(0, dtype=np.int32)
    return Document(
        id=found.id,
        path=found.path,
        ordinal=found.ordinal,
        title=found.title,
        span=found.span,
        script=found.script,
        paragraphs=tuple(
            Paragraph(Span(*span), number) for number, span in enumerate(found.paragraphs, found.first_number)
        ),
        excluded=found.excluded,
        repaired=found.repaired,
        folded=FoldedText("", nothing, nothing, nothing, nothing),
        countable_before=counted,
        years=(),
        places=(),
    )


def _comparison(found: BulkComparison, whole: bool) -> Comparison:
    """`whole`: its documents have their texts; formula is left out else, as its characters could not be counted."""
    return Comparison(
        left=found.left,
        right=found.right,
        left_reuse=found.left_reuse,
        right_reuse=found.right_reuse,
        resemblance=found.resemblance,
        alignment=Alignment(tuple(map(_passage, found.passages))),
        direction=Direction(),
        relation=(),
        substitutions=(),
        figures=FigureLedger(),
        formula=tuple(map(_passage, found.formula)) if whole else (),
    )


def _passage(found: BulkPassage) -> Passage:
    return Passage(
        left=found.left,
        right=found.right,
        similarity=found.similarity,
        tier=found.tier,
        edits=tuple(
            Edit(kind, Span(left, left_end), Span(right, right_end))
            for kind, left, left_end, right, right_end in found.edits
        ),
        left_paragraphs=tuple(found.left_paragraphs),
        right_paragraphs=tuple(found.right_paragraphs),
        longest_run=found.longest_run,
        commonness=found.commonness,
    )
