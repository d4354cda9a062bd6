"""Whatever stands in a file or its name, both pages can be printed: they fit, they hide nothing, they raise nothing."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from sample_result import _document

from kejidiff.model import (
    Alignment,
    Comparison,
    Direction,
    Edit,
    Exclusion,
    FigureLedger,
    ParagraphPair,
    Passage,
    ReuseStats,
    ScanResult,
    SourceText,
    Substitution,
)
from kejidiff.options import ScanOptions
from kejidiff.span import Span
from kejidiff.view.terminal.cells import text_width
from kejidiff.view.terminal.scan import render_scan
from kejidiff.view.terminal.show import render_show

ANY = st.text(
    st.one_of(st.characters(codec=None, categories=None), st.sampled_from("科技，。“（[#{ \t\r\u3000")), max_size=40
)
NAME = ANY.filter(bool)


@st.composite
def _results(draw: st.DrawFn) -> ScanResult:
    """Two documents of one paragraph each that share all but what the edits say."""
    names = draw(st.lists(NAME, min_size=2, max_size=2, unique=True))
    texts = ["题", "目"]
    edits: list[Edit] = []
    for kind in draw(
        st.lists(st.sampled_from(["synonym", "figure", "garble", "script", "move", "deletion"]), max_size=4)
    ):
        same, left = draw(ANY), draw(NAME)
        right = "" if kind in ("deletion", "move") else draw(NAME)
        texts = [text + same for text in texts]
        edits.append(
            Edit(kind, *(Span(len(t), len(t) + len(own)) for t, own in zip(texts, (left, right), strict=True)))
        )
        texts = [texts[0] + left, texts[1] + right]
    texts = [text + "末" for text in texts]
    marks = {"excluded": (Exclusion(Span(1, 2), "page-mark"),)} if draw(st.booleans()) else {}
    documents = [
        _document(name, 1, text, 0, [text[:1], text[1:]], **marks) for name, text in zip(names, texts, strict=True)
    ]
    whole = [Span(1, len(text)) for text in texts]
    passage = Passage(*whole, 0.9, "light", tuple(edits), (1,), (1,), 3)
    pairs = (ParagraphPair(1, 1, 0.9, "light"),) if draw(st.booleans()) else ()
    comparison = Comparison(
        documents[0].id, documents[1].id, 0.5, 0.5, 0.5, Alignment((passage,), pairs),
        Direction("left", 0.5, (draw(NAME),)), (draw(NAME),), (Substitution(draw(NAME), draw(NAME), 2),),
        FigureLedger(),
    )  # fmt: skip
    stats = {document.id: ReuseStats(document.countable, light=document.countable) for document in documents}
    files = tuple(SourceText(name, text) for name, text in zip(names, texts, strict=True))
    return ScanResult("0.1.0", ScanOptions(), files, tuple(documents), stats, (comparison,), scanned=("seeds",))


@settings(deadline=None, derandomize=True, max_examples=150)
@given(_results(), st.integers(20, 130), st.sampled_from(["zh", "en"]), st.booleans())
def test_any_text_can_be_printed(result: ScanResult, width: int, lang: str, everything: bool) -> None:
    """No width is exceeded, no control character comes through, the output can be encoded."""
    pages = (
        render_scan(result, width=width, lang=lang, color=False, everything=everything),
        render_show(result, result.comparisons[0], width=width, lang=lang, color=False, full=everything),
    )
    for page in pages:
        page.encode("utf-8")
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e]", page)
        assert all(text_width(line) <= width for line in page.split("\n"))
