"""Documents -> Comparison of two of them: what `scan`, `show` and `check` all do with a pair."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from kejidiff.align import Original, Side, Trace, align
from kejidiff.background.surprisal import GramProfile, Surprisal
from kejidiff.background.table import background
from kejidiff.errors import UsageError
from kejidiff.measure.direction import find_direction
from kejidiff.measure.figures import figure_findings, figure_ledger
from kejidiff.measure.formulas import FORMULAS
from kejidiff.measure.left_overs import Party, find_left_overs, left_over_findings, settled
from kejidiff.measure.mistakes import Slip, find_mistakes, mistake_findings, slips
from kejidiff.measure.relation import find_relation
from kejidiff.measure.reuse import covered
from kejidiff.measure.stock import listed
from kejidiff.measure.substitutions import find_substitutions
from kejidiff.measure.traces import Compared
from kejidiff.model import Alignment, CandidatePair, Comparison, Direction, Document, FigureLedger, Names
from kejidiff.options import ScanOptions
from kejidiff.span import Span
from kejidiff.text.fold import codes_of
from kejidiff.text.names import names_of
from kejidiff.text.words import word_begins


class Comparer:
    """The documents of one scan, ready to be compared two by two; documents are named by their index."""

    def __init__(
        self,
        documents: Sequence[Document],
        texts: Mapping[str, str],
        options: ScanOptions,
        pairs: Iterable[CandidatePair] | None = None,
        profiles: Sequence[GramProfile] | None = None,
        subjects: int | None = None,
    ) -> None:
        """`pairs`: those that may be compared; every pair where it is None. `profiles`: the documents', if known.
        `subjects`: so many of the first documents are what the result is about, all where it is None: of two others
        nothing is measured but what they share.

        UsageError where the options ask for another depth: the record would say what was not done.
        """
        if options.depth != "full":
            told = "is a depth of `kejidiff.scan_large`; here documents are compared in full"
            raise UsageError(f"depth={options.depth!r}", told, 'ScanOptions(depth="full"), the default')
        self.documents = documents
        self.texts = texts
        self._subjects = len(documents) if subjects is None else subjects
        self.options = options
        self._names: dict[int, Names] = {}
        self._slips: dict[int, tuple[Slip, ...]] = {}
        self._formulas: dict[int, list[Span]] = {}
        self._index = {document.id: index for index, document in enumerate(documents)}
        self.codes = [codes_of(document.folded.text) for document in documents]
        profiles = [GramProfile.of(codes) for codes in self.codes] if profiles is None else profiles
        self.surprisal = Surprisal(background(), profiles, _partners(len(documents), pairs))

    def compare(self, left: int, right: int, trace: Trace | None = None) -> Comparison:
        """Align the two and measure what was found; the comparison may be empty.

        `trace`, where one is given, is told what each stage of the alignment decides.
        """
        originals = self._original(left), self._original(right)
        sides = self._side(left), self._side(right)
        return self._measured(left, right, align(*originals, sides, word_begins, self.options, trace))

    def measured_again(self, comparison: Comparison) -> Comparison:
        """A comparison whose passages have changed, with all that depends on them measured anew."""
        left, right = self._index[comparison.left], self._index[comparison.right]
        again = self._measured(left, right, comparison.alignment)
        return again._replace(formula=comparison.formula, formula_pairs=comparison.formula_pairs)

    def _original(self, index: int) -> Original:
        document = self.documents[index]
        return Original.of(document, self.texts[document.path])

    def _side(self, index: int) -> Side:
        profile = self.surprisal.profiles[index]
        grams = profile.tables[-1]
        bits = self.surprisal.bits(index).copy()
        if index not in self._formulas:
            self._formulas[index] = listed(self.documents[index].folded.text, FORMULAS)
        for start, end in self._formulas[index]:
            bits[start:end] = 0.0
        return Side(self.codes[index], bits, grams.keys, grams.counts, profile.order)

    def _measured(self, left: int, right: int, alignment: Alignment) -> Comparison:
        one, other = self.documents[left], self.documents[right]
        texts = self.texts[one.path], self.texts[other.path]
        passages = alignment.passages
        if not passages:
            return self._unrelated(left, right, alignment)
        if min(left, right) >= self._subjects:
            return self._shared(left, right, alignment)
        left_overs = find_left_overs(self._party(left), self._party(right), alignment)
        bits = self.surprisal.ordinary_bits(left), self.surprisal.ordinary_bits(right)
        direction = find_direction(Compared((one, other), texts, passages, bits, left_overs))
        left_overs = settled(left_overs, direction)
        mistakes = find_mistakes((one, other), texts, alignment, self._slips_of(left))
        figures = figure_ledger(*texts, passages)
        return self._shared(left, right, alignment)._replace(
            direction=direction,
            relation=find_relation(one, other, direction),
            substitutions=find_substitutions(one.folded, other.folded, passages),
            figures=figures,
            left_overs=left_overs,
            mistakes=mistakes,
            findings=tuple(
                sorted(
                    (
                        *left_over_findings(left_overs),
                        *mistake_findings(mistakes),
                        *figure_findings((one, other), figures, passages),
                    )
                )
            ),
        )

    def _shared(self, left: int, right: int, alignment: Alignment) -> Comparison:
        """What the two share, and nothing of what follows from it."""
        one, other = self.documents[left], self.documents[right]
        return Comparison(
            left=one.id,
            right=other.id,
            left_reuse=_share(one, covered(one, [passage.left for passage in alignment.passages])),
            right_reuse=_share(other, covered(other, [passage.right for passage in alignment.passages])),
            resemblance=self._resemblance(left, right),
            alignment=alignment,
            direction=Direction(),
            relation=(),
            substitutions=(),
            figures=FigureLedger(),
        )

    def _unrelated(self, left: int, right: int, alignment: Alignment) -> Comparison:
        """What is to be said of two documents without a passage, though they may share fragments."""
        one, other = self.documents[left], self.documents[right]
        return Comparison(
            left=one.id,
            right=other.id,
            left_reuse=0.0,
            right_reuse=0.0,
            resemblance=self._resemblance(left, right),
            alignment=alignment,
            direction=Direction(),
            relation=find_relation(one, other, Direction()),
            substitutions=(),
            figures=FigureLedger(),
        )

    def _party(self, index: int) -> Party:
        """A document with what it names, found when first asked for."""
        document = self.documents[index]
        text = self.texts[document.path]
        if index not in self._names:
            self._names[index] = names_of(document, text)
        return Party(document, text, self._names[index])

    def _slips_of(self, index: int) -> tuple[Slip, ...]:
        """A document's slips, looked for when it is first asked about."""
        folded = self.documents[index].folded
        if index not in self._slips:
            pairs = self.surprisal.background_pairs(index)
            self._slips[index] = tuple(slips(folded.text, folded.clauses.tolist(), pairs))
        return self._slips[index]

    def _resemblance(self, left: int, right: int) -> float:
        one, other = (self.surprisal.profiles[index].tables[-1].keys for index in (left, right))
        both = len(np.intersect1d(one, other, assume_unique=True))
        either = len(one) + len(other) - both
        return both / either if either else 0.0


def _partners(count: int, pairs: Iterable[CandidatePair] | None) -> list[set[int]]:
    """By document: the others it may hold a passage with; what fragments alone are looked for in changes no bits."""
    if pairs is None:
        return [set(range(count)) - {document} for document in range(count)]
    partners: list[set[int]] = [set() for _ in range(count)]
    for pair in pairs:
        if not pair.slight:
            partners[pair.left].add(pair.right)
            partners[pair.right].add(pair.left)
    return partners


def _share(document: Document, count: int) -> float:
    return count / document.countable if document.countable else 0.0
