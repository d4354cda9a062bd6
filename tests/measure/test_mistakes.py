"""Shared rare mistakes: one slip in both documents; seldom found, seldom wrong."""

from pathlib import Path

import pytest
from provenance import BODY, OPENING, compared

from kejidiff.background.grams import gram_keys
from kejidiff.background.table import background
from kejidiff.measure.mistakes import slips
from kejidiff.model import SourceText
from kejidiff.text.documents import find_documents
from kejidiff.text.fold import codes_of

ROOT = Path(__file__).resolve().parents[2]


def slips_of(text: str, clauses: list[int]) -> list[tuple[int, int, str]]:
    return list(slips(text, clauses, background()[1].count(gram_keys(codes_of(text), 2))))


def found(text: str) -> list[tuple[str, str]]:
    return [(text[start:end], expected) for start, end, expected in slips_of(text, [0, len(text)])]


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        ("加强知识产权保沪工作", ("沪", "护")),
        ("开展科学枝术普及", ("枝", "技")),
        ("促进济经社会发展", ("济经", "经济")),
        ("加强识知产权保护", ("识知", "知识")),
        ("加快转变经挤发展方式", ("挤", "济")),
    ],
)
def test_slips(text: str, slip: tuple[str, str]) -> None:
    """A character of the same sound or shape, two that changed places."""
    assert found(text) == [slip]


@pytest.mark.parametrize(
    "text",
    [
        "全面推进科技创新工作",
        "作好科技工作",
        "认真的贯彻落实",
        "上东锦城广场",
        "进鑫公司生态园",
        "王建鑫同志",
        "",
        "#",
        "ab\ud800",
    ],
)
def test_no_slips(text: str) -> None:
    """Right text, what most writers confuse, names of people, estates and companies."""
    assert found(text) == []


SLIP = OPENING.replace("转化科技成果", "转化科挤成果")


def test_a_slip_in_both() -> None:
    """It is listed with both places and the usual form; in one document alone it proves nothing."""
    both = compared(f"甲地科技工作总结\n{SLIP}\n{BODY}\n", f"乙地科技工作汇报\n{BODY}\n{SLIP}\n")
    assert [(one.left.length, one.right.length, one.expected) for one in both.mistakes] == [(1, 1, "技")]
    assert "shared-mistakes" in both.findings
    one = compared(f"甲地科技工作总结\n{SLIP}\n{BODY}\n", f"乙地科技工作汇报\n{OPENING}\n{BODY}\n")
    assert one.mistakes == ()


def test_the_same_damage_in_both() -> None:
    """A run of UTF-8 read as GBK that stands in both letter for letter."""
    damaged = OPENING.encode().decode("gb18030", "replace")
    both = compared(f"甲地科技工作总结\n{damaged}\n{BODY}\n", f"乙地科技工作汇报\n{BODY}\n{damaged}\n")
    assert both.mistakes
    assert all("企业" in one.expected for one in both.mistakes[:1])


def test_the_seeds_hold_no_shared_mistakes() -> None:
    """Eleven real documents: no slip is found in any of them."""
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        for document in find_documents(SourceText(path.name, path.read_text(encoding="utf-8"))):
            assert slips_of(document.folded.text, document.folded.clauses.tolist()) == []


def test_official_texts_hold_next_to_none() -> None:
    """At most one finding in 100,000 characters of texts that were proof-read."""
    folder = ROOT.parent / "shared" / "corpus" / "national_laws"
    if not folder.is_dir():
        pytest.skip("needs ../shared/corpus")
    size = count = 0
    for path in sorted(folder.glob("*.txt"))[:30]:
        for document in find_documents(SourceText(path.name, path.read_text(encoding="utf-8"))):
            size += len(document.folded.text)
            count += len(slips_of(document.folded.text, document.folded.clauses.tolist()))
    assert count <= size / 100_000
