"""The page of `dedup`: what it says, in readable golden files; that it fits; that colour is only colour."""

import os
import re
from pathlib import Path

import pytest
from sample_result import sample

from kejidiff.model.dedup import Decision, DedupResult, DedupRules, Family, Remaining, Removal
from kejidiff.view.terminal.cells import text_width
from kejidiff.view.terminal.dedup import Written, render_dedup

GOLDEN = Path(__file__).parent / "golden"
_ESCAPE = re.compile("\x1b\\[[0-9;]*m")


def result() -> DedupResult:
    """The sample's documents: one kept, one dropped for it, one trimmed, the rest kept."""
    scan = sample()
    one, two, three, *others = scan.documents
    removal = Removal(three.paragraphs[-1].span, one.id, one.paragraphs[-1].span, 0.91, "light")
    decisions = (
        Decision(one.id, "kept", 1),
        Decision(two.id, "dropped", 1, one.id, "contained", 0.8412, 0.93),
        Decision(three.id, "trimmed", removed=(removal,)),
        *(Decision(other.id, "kept") for other in others),
    )
    return DedupResult(
        version="0.0.0",
        rules=DedupRules("best", "paragraph", 0.7, "light"),
        files=scan.files,
        documents=scan.documents,
        decisions=decisions,
        families=(Family(1, one.id, (one.id, two.id)),),
        remaining=(Remaining(one.id, three.id, 0.123, 0.4),),
        kept=scan,
    )


def page(width: int, lang: str, color: bool = False, written: Written | None = None) -> str:
    return render_dedup(result(), width=width, lang=lang, color=color, seconds=0.9, written=written)


@pytest.mark.parametrize(("width", "lang"), [(60, "zh"), (100, "en"), (120, "zh")])
def test_the_page_is_what_was_accepted(width: int, lang: str) -> None:
    """Any change of what a reader meets is seen here, and accepted on purpose."""
    golden = GOLDEN / f"dedup-{width}-{lang}.txt"
    if os.environ.get("KEJIDIFF_ACCEPT"):
        golden.write_text(page(width, lang), "utf-8")
    assert page(width, lang) == golden.read_text("utf-8")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [20, 33, 60, 80, 120, 200])
def test_no_line_is_wider_than_asked(width: int, lang: str) -> None:
    """From 20 columns up, also where it says what was written; colour adds no character."""
    written = Written("a/folder/with/a/long/name\x1b[31m", 1234, "manifest.parquet")
    for one in (page(width, lang), page(width, lang, written=written)):
        assert "\x1b" not in one
        assert all(text_width(line) <= width and line == line.rstrip(" ") for line in one.splitlines())
    assert _ESCAPE.sub("", page(width, lang, color=True)) == page(width, lang)
