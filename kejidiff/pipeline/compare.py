"""Documents -> Comparison of two of them: what `scan`, `show` and `check` all do with a pair."""

from collections.abc import Mapping, Sequence

import numpy as np

from kejidiff.align import Original, Side, align
from kejidiff.background.surprisal import GramProfile, Surprisal
from kejidiff.background.table import background
from kejidiff.measure.direction import find_direction
from kejidiff.measure.figures import figure_ledger
from kejidiff.measure.relation import find_relation
from kejidiff.measure.reuse import covered
from kejidiff.measure.substitutions import find_substitutions
from kejidiff.model import Alignment, Comparison, Document
from kejidiff.options import ScanOptions
from kejidiff.text.fold import codes_of
from kejidiff.text.words import word_cutter


class Comparer:
    """The documents of one scan, ready to be compared two by two; documents are named by their index."""

    def __init__(self, documents: Sequence[Document], texts: Mapping[str, str], options: ScanOptions) -> None:
        self.documents = documents
        self.texts = texts
        self.options = options
        self.codes = [codes_of(document.folded.text) for document in documents]
        self.surprisal = Surprisal(background(), [GramProfile.of(codes) for codes in self.codes])

    def compare(self, left: int, right: int) -> Comparison:
        """Align the two and measure what was found; the comparison may be empty."""
        originals = self._original(left), self._original(right)
        sides = self._side(left, right), self._side(right, left)
        return self._measured(left, right, align(*originals, sides, word_cutter, self.options))

    def _original(self, index: int) -> Original:
        document = self.documents[index]
        return Original.of(document, self.texts[document.path])

    def _side(self, index: int, partner: int) -> Side:
        profile = self.surprisal.profiles[index]
        grams = profile.tables[-1]
        return Side(self.codes[index], self.surprisal.bits(index, partner), grams.keys, grams.counts, profile.order)

    def _measured(self, left: int, right: int, alignment: Alignment) -> Comparison:
        one, other = self.documents[left], self.documents[right]
        texts = self.texts[one.path], self.texts[other.path]
        passages = alignment.passages
        return Comparison(
            left=one.id,
            right=other.id,
            left_reuse=_share(one, covered(one, [passage.left for passage in passages])),
            right_reuse=_share(other, covered(other, [passage.right for passage in passages])),
            resemblance=self._resemblance(left, right),
            alignment=alignment,
            direction=find_direction(texts, (one, other), passages),
            relation=find_relation(one, other),
            substitutions=find_substitutions(one.folded, other.folded, passages),
            figures=figure_ledger(*texts, passages),
        )

    def _resemblance(self, left: int, right: int) -> float:
        one, other = (self.surprisal.profiles[index].tables[-1].keys for index in (left, right))
        both = len(np.intersect1d(one, other, assume_unique=True))
        either = len(one) + len(other) - both
        return both / either if either else 0.0


def _share(document: Document, count: int) -> float:
    return count / document.countable if document.countable else 0.0
