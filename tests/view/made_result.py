"""Results made of given paragraphs, for tests that need other texts than those of `sample_result`."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from kejidiff.model import (
    Alignment,
    Comparison,
    Direction,
    Document,
    Edit,
    FigureChange,
    FigureLedger,
    FoldedText,
    Paragraph,
    ParagraphPair,
    Passage,
    ReuseStats,
    ScanResult,
    Skipped,
    SourceText,
    StockPhrase,
    Substitution,
)
from kejidiff.options import ScanOptions
from kejidiff.span import Span

#: What a hostile author might put into a text, a title or a file's name; each must come out as plain text.
HOSTILE = [
    "<script>alert(1)</script>", "</style><b>", "</title></head>", "]]><!--", "-->", '" onload="x', "' style='x",
    "&lt;&amp;amp;", "[red]bold[/red]", "[a](http://x.example/)", "![i](//x.example/i.png)", "`code` | cell |",
    "{{ 7 * 7 }}{% raw %}", "\x00\x1b[31m\x07", "\u202egnp.exe\u200b", "\udc80\ud800", "javascript:alert(1)",
    "=1+1", "+1", "-1", "@SUM(1)", "＝1", "＋1", "－1", "＠x", " \u200b=cmd|'/c calc'!A0", "\t=1", "https://x.example",
    "# h", "\r\n| x |", "\u2028=1",
]  # fmt: skip


def document(path: str, lines: Sequence[str], ordinal: int = 1, **known: Any) -> tuple[Document, str]:
    """A document whose title is its first line, and the text of its file, which is these lines."""
    text, paragraphs, position = "\n".join(lines), [], 0
    for number, line in enumerate(lines):
        paragraphs.append(Paragraph(Span(position, position + len(line)), number))
        position += len(line) + 1
    nothing, origin = np.zeros(0, np.int32), np.zeros(1, np.int32)
    counts = np.cumsum([0, *(character.isalnum() for character in text)], dtype=np.int32)
    made = {
        "id": f"{path}#{ordinal}", "path": path, "ordinal": ordinal, "title": lines[0], "span": Span(0, len(text)),
        "script": "hans", "paragraphs": tuple(paragraphs), "excluded": (), "repaired": (),
        "folded": FoldedText("", nothing, nothing, origin, origin), "countable_before": counts,
    }  # fmt: skip
    return Document(**(made | known)), text


def compared(left: Document, right: Document, edits: Sequence[Edit] = (), **known: Any) -> Comparison:
    """The second paragraphs of two documents as one passage and one pair."""
    here, there = left.paragraphs[1].span, right.paragraphs[1].span
    passage = Passage(here, there, 0.9, "light", tuple(edits), (1,), (1,), 5)
    made = {
        "left": left.id, "right": right.id, "left_reuse": 0.5, "right_reuse": 0.25, "resemblance": 0.5,
        "alignment": Alignment((passage,), (ParagraphPair(1, 1, 0.9, "light"),)), "direction": Direction(),
        "relation": (), "substitutions": (), "figures": FigureLedger(),
    }  # fmt: skip
    return Comparison(**(made | known))


def result(documents: Sequence[tuple[Document, str]], comparisons: Sequence[Comparison], **known: Any) -> ScanResult:
    """A result of these documents, each in a file of its own."""
    reused = {side for found in comparisons for side in (found.left, found.right)}
    made: Mapping[str, Any] = {
        "version": "0.1.0", "options": ScanOptions(),
        "files": tuple(SourceText(found.path, text) for found, text in documents),
        "documents": tuple(found for found, _ in documents),
        "stats": {
            found.id: ReuseStats(found.countable, light=found.countable // 2 if found.id in reused else 0)
            for found, _ in documents
        },
        "comparisons": tuple(comparisons),
    }  # fmt: skip
    return ScanResult(**(made | known))


def hostile() -> ScanResult:
    """Two documents in which text, titles, names, words, figures, messages are all of `HOSTILE`."""
    everything = " ".join(HOSTILE)
    left = document("<b>&\"'\u202e|`=.txt", [everything, everything, *HOSTILE])
    right = document("@]]>/[x](y)\udc80.txt", ["=cmd", f"{everything}{everything}", *HOSTILE[::-1]])
    here, there = left[0].paragraphs[1].span, right[0].paragraphs[1].span
    edits = [
        Edit("replacement", Span(here.start + 2, here.start + 40), Span(there.start + 2, there.start + 300)),
        Edit("figure", Span(here.start + 60, here.start + 80), Span(there.start + 320, there.start + 340)),
    ]
    ledger = FigureLedger(1, (FigureChange("changed", edits[1].left, edits[1].right),))
    words = (Substitution(everything, "</i>", 2),)
    comparison = compared(left[0], right[0], edits, figures=ledger, substitutions=words)
    made = result([left, right], [comparison])
    bad = Skipped("=\x00<img src=x onerror=y>.doc", "damaged", everything, "error")
    return ScanResult(
        made.version, made.options, (*made.files, bad), made.documents, made.stats, made.comparisons,
        substitutions=words, stock_phrases=(StockPhrase(everything, 2),),
    )  # fmt: skip
