"""Relation: another year, another place, a superior's text."""

from dataclasses import replace

import pytest

from kejidiff.measure.relation import find_relation
from kejidiff.model import Direction, Document, SourceText
from kejidiff.text.documents import find_documents


def report(title: str, text: str = "全面推进科技创新工作。") -> Document:
    return find_documents(SourceText(title, f"{title}\n{text}\n"))[0]


def named(years: tuple[int, ...], places: tuple[str, ...]) -> Document:
    return replace(report("总结"), years=years, places=places)


def test_years_and_places() -> None:
    """Another year, another place; what is not known is not said."""
    one = named((2023,), ("安化",))
    assert find_relation(one, named((2024,), ("平乐",))) == ("cross-year", "cross-place")
    assert find_relation(one, named((2023,), ("安化", "益阳"))) == ()
    assert find_relation(one, named((), ())) == ()


def test_titles_count_more_than_texts() -> None:
    """Two years' reports that each look back, two counties of one city: what the titles say differs."""
    one = report("安化县2012年工作总结", "2011年。2013年。益阳市。益阳市。")
    other = report("桃江县2013年工作总结", "2012年。2012年。益阳市。益阳市。")
    assert find_relation(one, other) == ("cross-year", "cross-place")
    assert find_relation(one, report("安化县二〇一二年汇报", "2013年。")) == ()


COUNTY = "益阳市要求各县落实任务。全县上下认真贯彻。"


@pytest.mark.parametrize(
    ("higher", "lower", "above"),
    [
        (report("国务院关于印发科技规划的通知"), report("安化县科技创新规划", COUNTY), True),
        (report("益阳市2023年科技工作要点"), report("安化县2023年科技工作要点", COUNTY), True),
        (report("湖南省益阳市科技工作要点"), report("湖南省益阳市安化县科技工作要点", COUNTY), True),
        (report("荆门市2023年科技工作要点"), report("安化县2023年科技工作要点", COUNTY), False),
        (report("安化县科技工作要点"), report("平乐县科技工作要点", COUNTY), False),
        (report("科技工作总结"), report("安化县科技工作要点", COUNTY), False),
        (report("益阳市2024年科技工作要点"), report("安化县2023年科技工作要点", COUNTY), False),
        (report("益阳市科技工作要点"), report("科技工作总结", COUNTY + "我县我县全县"), True),
    ],
)
def test_a_superiors_text(higher: Document, lower: Document, above: bool) -> None:
    """The state is above all; a city above the county that names it; neither above its equal, nor the later above the
    earlier. Where a title names no issuer, whom the text calls its own does."""
    assert ("copied-from-above" in find_relation(higher, lower)) == above
    assert ("copied-from-above" in find_relation(lower, higher)) == above


def test_a_superior_that_copied() -> None:
    """Where the higher one was made from the lower one, nothing was copied from above."""
    higher, lower = report("国务院关于印发科技规划的通知"), report("安化县科技创新规划")
    assert "copied-from-above" not in find_relation(higher, lower, Direction("right", 0.9))
    assert "copied-from-above" in find_relation(higher, lower, Direction("left", 0.9))
