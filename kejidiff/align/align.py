"""Two documents -> Alignment: seed, chain, block, snap, edit, pair. The order of the stages, and nothing else."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import partial

from kejidiff.align.blocks import Block, equal_texts, find_blocks
from kejidiff.align.chains import find_chains
from kejidiff.align.edges import original_span, snapped
from kejidiff.align.edits import find_edits
from kejidiff.align.fragments import find_fragments
from kejidiff.align.moves import find_moves
from kejidiff.align.originals import Original
from kejidiff.align.pairing import pair_paragraphs, score
from kejidiff.align.script import Stretch, find_changes, similarity
from kejidiff.align.seeds import Runs, Side, find_runs
from kejidiff.align.sentences import holds_sentence
from kejidiff.align.trace import Trace
from kejidiff.model import Alignment, Edit, FoldedText, Passage
from kejidiff.options import AlignOptions, ScanOptions
from kejidiff.span import Span

#: What parts a clause of folded text into words: the offsets at which one begins.
Words = Callable[[str], Sequence[int]]


def align(
    left: Original,
    right: Original,
    sides: tuple[Side, Side],
    words: Words,
    options: ScanOptions,
    trace: Trace | None = None,
) -> Alignment:
    """Everything two documents share. `sides` hold what finding needs, `left` and `right` what showing needs.

    `trace`, where one is given, is told what each stage decides.
    """
    runs = find_runs(*sides, options.align, trace)
    blocks = equal_texts(runs, left, right) or _blocks(runs, sides, (left, right), options.align, trace)
    if trace is not None:
        trace.runs, trace.sides, trace.kept = runs, sides, blocks
    spans = snapped(blocks, left.folded, right.folded, options.align.snap_share)
    boundaries = _Boundaries(left, words), _Boundaries(right, words)
    passages = tuple(
        _passage(left, right, runs, block, span, boundaries, options.light_from)
        for block, span in zip(blocks, spans, strict=True)
    )
    members = [member for block in blocks for member in block.members]
    pairs = pair_paragraphs(left, right, runs, members, options.light_from) if members else ()
    codes = sides[0].codes, sides[1].codes
    return Alignment(passages, pairs, find_fragments((left.folded, right.folded), codes, spans, options.fragment))


def _blocks(
    runs: Runs,
    sides: tuple[Side, Side],
    originals: tuple[Original, Original],
    options: AlignOptions,
    trace: Trace | None,
) -> list[Block]:
    """The blocks of two texts; those of related ones are looked for once more, with less asked of each."""
    texts = originals[0].folded, originals[1].folded
    paragraphs = originals[0].edges, originals[1].edges
    chains = find_chains(runs, options, trace)

    def look(rules: AlignOptions) -> list[Block]:
        if trace is not None:
            trace.forget()
            trace.chains, trace.rules = chains, rules
        founds = partial(holds_sentence, runs=runs, sides=sides, texts=texts, options=rules, trace=trace)
        return find_blocks(runs, chains, *sides, founds, partial(_alike, *texts), paragraphs, rules, trace)

    blocks = look(options)
    covered = (
        sum(block.left.length for block in blocks) / max(len(sides[0]), 1),
        sum(block.right.length for block in blocks) / max(len(sides[1]), 1),
    )
    return look(options.among_kin()) if max(covered) >= options.kin else blocks


def _alike(left: FoldedText, right: FoldedText, one: Span, other: Span) -> float:
    return similarity(one.of(left.text), other.of(right.text))


class _Boundaries:
    """Is there a word boundary before a folded offset? Clauses are parted into words when first asked about."""

    def __init__(self, original: Original, words: Words) -> None:
        self._text = original.folded.text
        self._clauses: list[int] = original.folded.clauses.tolist()
        self._words = words
        self._begins: dict[int, frozenset[int]] = {}

    def __call__(self, offset: int) -> bool:
        at = bisect_right(self._clauses, offset) - 1
        start = self._clauses[at]
        if start == offset:
            return True
        if start not in self._begins:
            clause = self._text[start : self._clauses[at + 1]]
            self._begins[start] = frozenset(start + begin for begin in self._words(clause))
        return offset in self._begins[start]


def _passage(
    left: Original,
    right: Original,
    runs: Runs,
    block: Block,
    folded: tuple[Span, Span],
    boundaries: tuple[_Boundaries, _Boundaries],
    light_from: float,
) -> Passage:
    one, other = folded
    stretches = (
        Stretch(left.folded.text, one, boundaries[0], left.folded.clauses),
        Stretch(right.folded.text, other, boundaries[1], right.folded.clauses),
    )
    changes, moved = find_moves(left.folded, right.folded, find_changes(*stretches, runs, block.members))
    spans = (
        original_span(left.text, left.folded, one, left.document.span.end),
        original_span(right.text, right.folded, other, right.document.span.end),
    )
    edits = find_edits(left, right, spans, folded, changes, moved, boundaries)
    alike, tier = score(left, right, folded, light_from)
    return Passage(
        left=spans[0],
        right=spans[1],
        similarity=alike,
        tier=tier,
        edits=edits,
        left_paragraphs=left.paragraphs_in(one),
        right_paragraphs=right.paragraphs_in(other),
        longest_run=_longest_run(left, right, edits, one),
    )


def _longest_run(left: Original, right: Original, edits: Sequence[Edit], span: Span) -> int:
    """Folded characters of the longest stretch that no edit interrupts but one of script or punctuation, or of what is
    folded away: characters that nobody sees would cut any run short."""
    starts = left.folded.starts

    def interrupts(edit: Edit) -> bool:
        return edit.kind not in ("script", "punctuation") and any(
            here.searchsorted(place.start) < here.searchsorted(place.end)
            for here, place in ((starts, edit.left), (right.folded.starts, edit.right))
        )

    told = [edit.left for edit in edits if interrupts(edit)]
    begins = [span.start, *(int(starts.searchsorted(edit.end)) for edit in told)]
    ends = [*(int(starts.searchsorted(edit.start)) for edit in told), span.end]
    return max(end - begin for begin, end in zip(begins, ends, strict=True))
