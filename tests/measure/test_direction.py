"""Direction: who copied from whom, by dates and by the traces that copying leaves."""

import json
import sys
from pathlib import Path

import pytest
from provenance import BODY, OPENING, compared

from kejidiff.measure.direction import find_direction
from kejidiff.measure.traces import Compared
from kejidiff.model import Comparison, Direction, Document, Edit, Passage
from kejidiff.span import Span

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "align"))
import numpy as np
from aligning import document

ROOT = Path(__file__).resolve().parents[2]
BENCH = ROOT.parent / "shared" / "bench" / "dev"


def judged(documents: tuple[Document, Document], texts: tuple[str, str], *edits: Edit) -> Direction:
    spans = [Span(0, len(text)) for text in texts]
    passage = Passage(spans[0], spans[1], 0.9, "light", edits, (), (), longest_run=8)
    bits = tuple(np.full(len(one.folded.text), 5.0) for one in documents)
    return find_direction(Compared(documents, texts, (passage,), (bits[0], bits[1])))


@pytest.mark.parametrize(
    ("masked_left", "masked_right", "source"),
    [(2, 0, "right"), (0, 2, "left"), (2, 2, "third"), (1, 0, "unknown"), (0, 0, "unknown")],
)
def test_masks_point_to_what_was_made_later(masked_left: int, masked_right: int, source: str) -> None:
    """Who masks figures copied them; both sides masking go back to a third; one mask is no evidence."""
    left = "xx年" * masked_left + "20年" * masked_right
    right = "20年" * masked_left + "xx年" * masked_right
    edits = [Edit("mask", Span(at, at + 2), Span(at, at + 2)) for at in range(0, len(left), 3)]
    assert judged((document("a", left), document("b", right)), (left, right), *edits).source == source


def test_no_passage_no_direction() -> None:
    """Nothing shared, nothing said, whatever the traces."""
    documents = document("a", "xx年xx年"), document("b", "20年20年")
    assert find_direction(Compared(documents, ("xx年xx年", "20年20年"), (), (np.zeros(4), np.zeros(4)))) == Direction()


CLOSING = "深入实施创新驱动发展战略，加强知识产权保护，提高自主创新能力，促进经济社会发展。"
REPORT = f"科技工作总结\n{OPENING}\n{BODY}\n{CLOSING}\n"


def changed(text: str, words: str) -> str:
    for word in words.split():
        old, new = word.split("=")
        assert old in text
        text = text.replace(old, new)
    return text


def both_ways(derived: str) -> list[Direction]:
    """REPORT on the left and on the right of what was made from it."""
    found: list[Comparison] = [compared(REPORT, derived), compared(derived, REPORT)]
    return [one.direction for one in found]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (
            "企业=店家 主体=躯干 推动=鼓动 深度=浓度 人才=英才 成果=名堂 农民=庄稼人 提高=擢升 "
            "能力=气力 促进=督促 保护=爱护 技术=本领",
            "substituted",
        ),
        ("深度融合=深度融\ufffd 科技成果=科技\ufffd果 社会=社\ufffd", "garbled"),
    ],
)
def test_what_is_less_likely_was_made_later(words: str, kind: str) -> None:
    """Words that official Chinese does not use, and lost characters, tell the copy, on whichever side it stands."""
    derived = changed(REPORT, words)
    left, right = both_ways(derived)
    assert (left.source, right.source) == ("left", "right")
    assert f"{kind}-in-right" in left.evidence
    assert f"{kind}-in-left" in right.evidence


def test_a_name_exchanged_throughout_is_one_exchange() -> None:
    """安化 for 平乐 twelve times over is no twelve-fold evidence of rewording."""
    left = REPORT.replace("科技", "安化")
    found = compared(left, left.replace("安化", "平乐")).direction
    assert "substituted-in-left" not in found.evidence
    assert "substituted-in-right" not in found.evidence


def test_a_traditional_text_is_converted() -> None:
    """Mainland reports are written in simplified characters."""
    import opencc

    left, right = both_ways(opencc.OpenCC("s2t").convert(REPORT))
    assert (left.source, right.source) == ("left", "right")
    assert left.evidence == ("converted-in-right",)


def test_dates_come_first() -> None:
    """The earlier title year is the source, and more surely so where the traces agree."""
    earlier = REPORT.replace("科技工作总结", "2012年科技工作总结")
    later = REPORT.replace("科技工作总结", "二〇一三年科技工作总结")
    assert compared(earlier, later).direction == Direction("left", 0.9, ("later-year-right",))
    assert compared(later, earlier).direction == Direction("right", 0.9, ("later-year-left",))


def test_dates_against_traces_are_less_sure() -> None:
    """A masked copy under the earlier date: the date still decides, with little confidence."""
    figures = "新增企业128家，投资36亿元，增长15.5%。"
    masked = "新增企业xx家，投资xx亿元，增长xx%。"
    earlier = REPORT.replace("科技工作总结", "2012年科技工作总结") + masked + "\n"
    later = REPORT.replace("科技工作总结", "2013年科技工作总结") + figures + "\n"
    found = compared(earlier, later).direction
    assert (found.source, found.confidence) == ("left", 0.6)
    assert "masked-in-left" in found.evidence


def test_later_names_of_offices() -> None:
    """市场监督管理 followed 工商行政管理."""
    old = REPORT.replace("合作社", "工商行政管理部门和国土资源部门").replace("主体", "主体的科技")
    new = old.replace("工商行政管理部门和国土资源部门", "市场监督管理部门和自然资源部门")
    assert "later-terms-in-right" in compared(old, new).direction.evidence
    assert "later-terms-in-left" in compared(new, old).direction.evidence


def test_a_copy_of_itself_tells_nothing() -> None:
    """Equal texts: unknown, no evidence."""
    assert compared(REPORT, REPORT).direction == Direction()


def test_directions_of_labelled_pairs() -> None:
    """A fixed tenth of the development bench: nine in ten of those decided are right."""
    if not BENCH.is_dir():
        pytest.skip("needs ../shared/bench")
    rows = [json.loads(line) for line in (BENCH / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    decided = right = 0
    for row in [row for row in rows if row["cases"]][::10]:
        texts = [(BENCH / row[side]).read_text(encoding="utf-8") for side in ("src", "susp")]
        source = compared(*texts).direction.source
        decided += source != "unknown"
        right += source == "left"
    assert decided >= 10
    assert right >= 0.9 * decided
