"""A comparison -> the lines that sum it up: paragraphs by tier, kinds of changes, direction, words, figures."""

from collections import Counter
from collections.abc import Callable

from kejidiff.model import Comparison, Document, EditKind, FigureLedger, Substitution
from kejidiff.span import Span
from kejidiff.view.messages import message, term
from kejidiff.view.numbers import count, numerator, percent
from kejidiff.view.terminal.cells import Line, Piece, cut_middle
from kejidiff.view.terminal.marks import shown

#: Kinds in the order they are told, from what was done on purpose to what happens by itself.
_KINDS: tuple[EditKind, ...] = (
    "synonym", "replacement", "insertion", "deletion", "mask", "figure", "move", "garble", "punctuation", "script",
)  # fmt: skip

#: Cells of one word in a substitution: longer ones are whole clauses, and their ends tell enough.
_WORD_CELLS = 16


def paragraphs(comparison: Comparison, lang: str) -> list[Line]:
    """`38 段一一对应：逐字 11`, `少量改动 25`, `改写 2`; passages are counted where no paragraphs are paired."""
    pairs = comparison.pairs
    if pairs:
        tiers = Counter(pair.tier for pair in pairs)
        head = message("pair.paragraphs", lang, n=len(pairs))
    else:
        tiers = Counter(passage.tier for passage in comparison.passages)
        head = message("pair.passages", lang, n=len(comparison.passages))
    if moved := sum(pair.moved for pair in pairs):
        head += message("parenthesis", lang, text=f"{message('show.moved', lang)} {count(moved)}")
    told = [
        [Piece(f"{term('tier', tier, lang)} "), Piece(count(tiers[tier]), "number")]
        for tier in ("verbatim", "light", "rewritten")
        if tiers[tier]
    ]
    return [[Piece(head + message("colon", lang)), *told[0]], *told[1:]] if told else [[Piece(head)]]


def kinds(comparison: Comparison, lang: str) -> list[Line]:
    """How many edits of each kind all passages hold."""
    counts = Counter(edit.kind for passage in comparison.passages for edit in passage.edits)
    return [[Piece(f"{term('kind', kind, lang)} {count(counts[kind])}")] for kind in _KINDS if counts[kind]]


def direction(comparison: Comparison, lang: str) -> Line:
    """Which was made from which, and why that is thought; empty where nothing is known."""
    found = comparison.direction
    if found.source == "unknown" and not found.evidence:
        return []
    line = [Piece(message(f"direction.{found.source}", lang))]
    told = []
    if found.evidence:
        told.append(message("comma", lang).join(shown(term("evidence", slug, lang)) for slug in found.evidence))
    if found.source != "unknown":
        told.append(message("direction.confidence", lang, share=percent(found.confidence)))
    line.append(Piece(message("parenthesis", lang, text=message("semicolon", lang).join(told)), "quiet"))
    return line


def relation(comparison: Comparison, lang: str) -> list[Line]:
    """`跨地`, `跨年`: how the two documents stand to each other."""
    return [[Piece(shown(term("relation", slug, lang)))] for slug in comparison.relation]


def findings(comparison: Comparison, lang: str) -> list[Line]:
    """`⚠ 年份照旧`: what to look at."""
    return [[Piece("⚠ ", "warning"), Piece(shown(term("finding", slug, lang)))] for slug in comparison.findings]


def substitution(found: Substitution) -> Line:
    """`通过→透过 ×9`."""
    left, right = (cut_middle(shown(word), _WORD_CELLS) for word in (found.left, found.right))
    return [Piece(f"{left}→{right} "), Piece(f"×{count(found.count)}", "quiet")]


def figures(ledger: FigureLedger, example: Callable[[Span, Span], str], lang: str) -> list[Line]:
    """`6 处相同`, `1 处改动（12.5→15.2）`, `2 处遮蔽（20__→2023）`; nothing for a ledger without figures.

    `example` gives the words of one change from its left and right spans.
    """
    entries: list[Line] = []
    if ledger.same:
        entries.append([Piece(message("figures.same", lang, n=ledger.same))])
    for kind, number in (("changed", ledger.changed), ("masked", ledger.masked)):
        if number:
            first = next(change for change in ledger.changes if change.kind == kind)
            told = message("parenthesis", lang, text=example(first.left, first.right))
            entries.append([Piece(message(f"figures.{kind}", lang, n=number)), Piece(told, "quiet")])
    return entries


def formula(comparison: Comparison, left: Document, lang: str) -> Line:
    """`套话 3 段 412 字，不计入`; empty where there is none."""
    found = comparison.formula
    length = sum(left.countable_in(passage.left) for passage in found)
    return [Piece(message("pair.formula", lang, n=len(found), length=length), "quiet")] if found else []


def shares(reuse: float, countable: int, lang: str) -> Line:
    """`5,486 / 5,633 字雷同  97.4%`."""
    part = numerator(reuse, countable)
    return [
        Piece(message("count.of", lang, part=part, whole=countable) + "  "),
        Piece(percent(reuse), "number"),
    ]
