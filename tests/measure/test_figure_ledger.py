"""The ledger of figures: what agrees, what changed and in which sentence, what a new year should have changed."""

import sys
from pathlib import Path

import pytest

from kejidiff.measure.figures import figure_findings, figure_ledger
from kejidiff.model import Comparison, Document, FigureLedger
from kejidiff.options import ScanOptions
from kejidiff.pipeline.compare import Comparer

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "align"))
from aligning import compared, document

TEXT = (
    "凤鸣纤维材料技术研究院成为我市首家省级重大创新平台，填补了桐乡县市区级空白。\n"
    "全年申请专利2924件，同比增长41.7%，其中发明专利307件。\n"
    "科创中心占地33亩，在孵企业63家，毕业企业19家，发放贷款2095万元。\n"
    "2013年10月8日召开第12次会议，落实863计划，罚款200元以上，奖励100万元。\n"
)


def ledger(left: str, right: str) -> FigureLedger:
    return figure_ledger(left, right, compared(left, right).passages)


def findings(left: str, right: str, years: tuple[int, int] = (2012, 2013)) -> tuple[str, ...]:
    documents = [document("left", left), document("right", right)]
    comparison = Comparer(documents, {"left": left, "right": right}, ScanOptions()).compare(0, 1)
    return figure_findings(dated(documents, years), comparison.figures, comparison.passages)


def dated(documents: list[Document], years: tuple[int, int]) -> tuple[Document, Document]:
    from dataclasses import replace

    left, right = (replace(one, years=(year,) if year else ()) for one, year in zip(documents, years, strict=True))
    return left, right


def test_a_changed_figure_is_listed_with_its_sentences() -> None:
    """Both sentences whole, with the mark that ends them, without the blanks before them."""
    left, right = TEXT, TEXT.replace("307件", "415件").replace("63家", "xx家")
    found = ledger(left, right)
    assert [
        (change.kind, change.left.of(left), change.right.of(right), change.left_sentence.of(left))
        for change in found.changes
    ] == [
        ("changed", "307", "415", "全年申请专利2924件，同比增长41.7%，其中发明专利307件。"),
        ("masked", "63", "xx", "科创中心占地33亩，在孵企业63家，毕业企业19家，发放贷款2095万元。"),
    ]
    assert found.changes[0].right_sentence.of(right) == "全年申请专利2924件，同比增长41.7%，其中发明专利415件。"


def test_a_figure_in_another_form_agrees() -> None:
    """三百零七 is 307 and counts as unchanged, and as carried over."""
    right = TEXT.replace("307件", "三百零七件").replace("2095万元", "20950000元")
    found = ledger(TEXT, right)
    assert found.changes == ()
    assert found.same == ledger(TEXT, TEXT).same
    assert ("2095万", "20950000") in [(one.of(TEXT), other.of(right)) for one, other in found.carried]


def test_only_telling_figures_are_carried() -> None:
    """No years, dates, ordinals, names, limits, round or single figures."""
    found = ledger(TEXT, TEXT)
    assert [one.of(TEXT) for one, _ in found.carried] == ["2924", "41.7%", "307", "33亩", "63", "19", "2095万"]
    assert all(one == other for one, other in found.carried)


def test_only_figures_changed() -> None:
    """Said of a passage with two figures changed and no word; not with one, not with words exchanged as well."""
    other = TEXT.replace("307件", "415件").replace("63家", "75家")
    assert "only-figures-changed" in findings(TEXT, other)
    assert "only-figures-changed" not in findings(TEXT, TEXT.replace("307件", "415件"))
    assert "only-figures-changed" not in findings(TEXT, other.replace("成为", "变成").replace("填补", "弥补"))
    assert "only-figures-changed" not in findings(TEXT, TEXT)


@pytest.mark.parametrize(
    ("years", "said"), [((2012, 2013), True), ((2013, 2013), False), ((0, 2013), False), ((0, 0), False)]
)
def test_figures_carried_over(years: tuple[int, int], said: bool) -> None:
    """Said where both years are known and differ."""
    assert ("figures-carried-over" in findings(TEXT, TEXT, years)) is said


def test_two_figures_are_no_habit() -> None:
    """Fewer than three telling figures say nothing."""
    text = TEXT.splitlines()[0] + "\n" + TEXT.splitlines()[3] + "\n申请专利2924件，同比增长41.7%。"
    assert "figures-carried-over" not in findings(text, text)


def test_findings_are_part_of_a_comparison() -> None:
    """`Comparison.findings` holds them."""
    comparison: Comparison = compared(TEXT, TEXT.replace("307件", "415件").replace("63家", "75家"))
    assert "only-figures-changed" in comparison.findings
