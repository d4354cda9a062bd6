"""Edits of a comparison -> the traces that copying leaves in a text, by kind and side.

Each kind says of the side it stands on that it was made later than the other:

    masked        figures hidden that the other prints
    dropped       figures gone, with the words around them left standing
    garbled       bytes damaged, characters lost to U+FFFD, invisible characters between Hanzi
    broken        single characters lost, put in or exchanged, and the text less likely for it
    substituted   words exchanged for words that official Chinese uses less, over and over
    converted     traditional characters where the other has simplified ones: what mainland offices write is converted
                  on the way to a traditional text, never the other way round
    left-over     names or years that belong to the other
    stranger      the rest of the document hardly uses the passage's telling words, the rest of the other does
    later-terms   names of offices that followed those the other uses (市场监督管理 after 工商行政管理)

*Bits* are those of the shipped background: without it a copied word would vouch for itself.
"""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kejidiff.background.grams import distinct, gram_keys
from kejidiff.background.table import background
from kejidiff.figures import is_mask
from kejidiff.measure.terms import SUCCESSORS
from kejidiff.model import FIGURE_SYMBOL, Document, Edit, LeftOver, Passage
from kejidiff.span import Span, without

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bits = NDArray[np.float64]

_SIDES: Final = ("left", "right")
Marks = Counter[tuple[str, str]]

#: Bits of an average character: what a reading is allowed for each it has more than the other. Mean of the 30 reports
#: of the State Council under the shipped table.
_AVERAGE: Final = 5.0
#: Characters after an edit whose bits depend on it: the order of the model less one.
_AFTER: Final = 2
#: Signs that damage leaves: lost, zero-width, soft hyphen, byte order mark.
_INVISIBLE: Final = frozenset("\ufffd\u200b\u200c\u200d\u00ad\ufeff\u2060")
#: A telling gram of three is counted at most this often in the background (of 197,322 kept, half are).
_TELLING_COUNT: Final = 5


class Compared(NamedTuple):
    """Two documents with their files' texts, what they share, and the bits of their folded characters."""

    documents: tuple[Document, Document]
    texts: tuple[str, str]
    passages: tuple[Passage, ...]
    bits: "tuple[Bits, Bits]"
    left_overs: tuple[LeftOver, ...] = ()


class Readings(NamedTuple):
    """How much less likely, in bits, the right reading of each edit is than the left one, all edits of one sort."""

    differences: tuple[float, ...]

    @property
    def mean(self) -> float:
        return float(np.mean(self.differences)) if self.differences else 0.0

    @property
    def steadiness(self) -> float:
        """The mean in units of its standard error (Student's t), 0 for fewer than two."""
        if len(self.differences) < 2:
            return 0.0
        spread = float(np.std(self.differences, ddof=1)) or 1.0
        return self.mean / spread * float(np.sqrt(len(self.differences)))


def count_traces(pair: Compared) -> Marks:
    """Counts by (kind, side) of all that are counted one by one."""
    marks: Marks = Counter()
    for passage in pair.passages:
        for edit in passage.edits:
            _of_edit(edit, pair, marks)
        for side, document, span in zip(_SIDES, pair.documents, (passage.left, passage.right), strict=True):
            marks["garbled", side] += sum(bool(one.text) and span.contains(one.span) for one in document.repaired)
    for left_over in pair.left_overs:
        if left_over.kind != "figure":
            marks["left-over", left_over.side] += 1
    return marks


def _of_edit(edit: Edit, pair: Compared, marks: Marks) -> None:
    left, right = edit.left.of(pair.texts[0]), edit.right.of(pair.texts[1])
    if edit.kind == "mask" and is_mask(left) != is_mask(right):
        marks["masked", "left" if is_mask(left) else "right"] += 1
    elif edit.kind in ("insertion", "deletion"):
        folded = pair.documents[0].folded.within(edit.left) or pair.documents[1].folded.within(edit.right)
        if folded == FIGURE_SYMBOL and not is_mask(left or right):
            marks["dropped", "right" if left else "left"] += 1
    elif edit.kind == "script" and len(left) == len(right):
        for one, other in zip(left, right, strict=True):
            if one != other and "\u3400" <= one <= "\u9fff" and "\u3400" <= other <= "\u9fff":
                plain = pair.documents[0].folded.within(edit.left)
                marks["converted", "right" if one in plain else "left"] += 1
    lost = [sum(character in _INVISIBLE for character in text) for text in (left, right)]
    if lost[0] != lost[1]:
        marks["garbled", "left" if lost[0] > lost[1] else "right"] += 1


def compare_readings(pair: Compared) -> tuple[Readings, Readings]:
    """Of words exchanged for words, and of single characters lost, put in or exchanged."""
    # One exchange made throughout (安化 for 平乐) is one decision.
    words: dict[tuple[str, str], float] = {}
    characters: list[float] = []
    for passage in pair.passages:
        for edit in passage.edits:
            if edit.kind not in ("synonym", "insertion", "deletion"):
                continue
            halves = [_half(pair, side, span) for side, span in enumerate((edit.left, edit.right))]
            if halves[0] is None or halves[1] is None:
                continue
            (left, left_cost), (right, right_cost) = halves[0], halves[1]
            if max(len(left), len(right)) == 1:
                characters.append(right_cost - left_cost)
            elif left and right:
                words.setdefault((left, right), right_cost - left_cost)
    return Readings(tuple(words.values())), Readings(tuple(characters))


def _half(pair: Compared, side: int, span: Span) -> tuple[str, float] | None:
    """The folded text of an edit's half, and its bits and those of what follows, less an average character's for each;
    None for figures."""
    folded = pair.documents[side].folded
    first, last = (int(at) for at in folded.starts.searchsorted(span))
    if FIGURE_SYMBOL in folded.text[first:last]:
        return None
    own = pair.bits[side][first : last + _AFTER]
    return folded.text[first:last], float(own.sum()) - _AVERAGE * len(own)


def strangeness(pair: Compared) -> tuple[int, int, float]:
    """Telling grams of the passages that stand in the rest of the left document, of the right one, and the share of
    both rests that is the left one's."""
    rests = [_grams(document, _rest(pair, side)) for side, document in enumerate(pair.documents)]
    if not len(rests[0]) or not len(rests[1]):
        return 0, 0, 0.5
    inside, theirs = (_grams(document, _shared(pair, side)) for side, document in enumerate(pair.documents))
    inside = inside[_among(inside, theirs)]
    inside = inside[background()[2].count(inside) <= _TELLING_COUNT]
    held = [int(_among(inside, rest).sum()) for rest in rests]
    whole = len(rests[0]) + len(rests[1])
    return held[0], held[1], len(rests[0]) / whole


def _rest(pair: Compared, side: int) -> tuple[Span, ...]:
    return without(pair.documents[side].span, _shared(pair, side))


def _shared(pair: Compared, side: int) -> list[Span]:
    return [passage.right if side else passage.left for passage in pair.passages]


def _grams(document: Document, spans: Sequence[Span]) -> "NDArray[np.uint64]":
    """The different 3-grams of some stretches of a document, figures aside."""
    folded = document.folded
    pieces = []
    for span in spans:
        first, last = folded.starts.searchsorted(span)
        codes = np.frombuffer(folded.text[first:last].encode("utf-32-le", "surrogatepass"), np.uint32)
        pieces.append(gram_keys(codes, 3))
    return distinct(np.concatenate(pieces)) if pieces else np.zeros(0, dtype=np.uint64)


def _among(grams: "NDArray[np.uint64]", others: "NDArray[np.uint64]") -> "NDArray[np.bool_]":
    """Which of `grams` are among `others` (ascending)."""
    if not len(others):
        return np.zeros(len(grams), dtype=bool)
    at = np.minimum(np.searchsorted(others, grams), len(others) - 1)
    return np.asarray(others[at] == grams)


def successors(pair: Compared) -> tuple[int, int]:
    """How many offices the left (right) document calls by a later name than the other does."""
    texts = [
        "\n".join(document.folded.within(span) for span in _shared(pair, side))
        for side, document in enumerate(pair.documents)
    ]
    later = [0, 0]
    for old, new in SUCCESSORS:
        counts = [
            (text.count(old) - (old in new) * text.count(new), text.count(new) - (new in old) * text.count(old))
            for text in texts
        ]
        for side in (0, 1):
            (own_old, own_new), (other_old, other_new) = counts[side], counts[1 - side]
            later[side] += own_new > other_new and own_old < other_old
    return later[0], later[1]
