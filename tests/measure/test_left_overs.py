"""Left-overs: what came along with copied text and belongs to the other document; few, and right."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from provenance import BODY, OPENING, compared

from kejidiff.model import Comparison


def listed(left: str, right: str) -> list[tuple[str, str, str, str]]:
    """(kind, side, text there, text where it comes from) of each."""
    return shown(compared(left, right), left, right)


def shown(found: Comparison, left: str, right: str) -> list[tuple[str, str, str, str]]:
    own = {"left": (left, right), "right": (right, left)}
    return [
        (one.kind, one.side, one.span.of(own[one.side][0]), one.origin.of(own[one.side][1])) for one in found.left_overs
    ]


ANHUA = f"""安化县科技局2023年工作总结
安化县位于湖南省中部。今年以来，{OPENING}
安化县科技局{BODY}
在安化县各乡镇建立示范基地，推广标准化生产。
安化县将继续加大投入。
"""


def pingle(text: str) -> str:
    """Another county's report: the name exchanged wherever it stands but in `各乡镇`."""
    return text.replace("安化县", "平乐县").replace("湖南省中部", "广西东北部").replace("平乐县各乡镇", "安化县各乡镇")


def test_a_place_forgotten_in_another_countys_report() -> None:
    """Three mentions exchanged, one forgotten: it is listed with where the source has it, and nothing else."""
    assert listed(ANHUA, pingle(ANHUA)) == [("place", "right", "安化县", "安化县")]
    assert compared(ANHUA, pingle(ANHUA)).findings[0] == "left-over-names"


def test_the_order_of_the_scan_does_not_matter() -> None:
    """The same on the left side when the copy comes first."""
    assert listed(pingle(ANHUA), ANHUA) == [("place", "left", "安化县", "安化县")]


def test_an_office_is_listed_as_one() -> None:
    """安化县科技局 is a unit, not a place."""
    right = ANHUA.replace("安化县", "平乐县").replace(f"平乐县科技局{BODY}", f"安化县科技局{BODY}")
    assert listed(ANHUA, right) == [("unit", "right", "安化县科技局", "安化县科技局")]


def test_traditional_copies_leave_names_over_too() -> None:
    """安化縣 in a traditional text comes from 安化县."""
    right = pingle(ANHUA).replace("安化县各乡镇建立", "安化縣各鄉鎮建立").replace("示范", "示範")
    assert ("place", "right", "安化縣", "安化县") in listed(ANHUA, right)


def test_what_both_lie_in_is_nobodys_left_over() -> None:
    """Two counties of 湖南省 may both name it, and the city they belong to."""
    left = ANHUA.replace("安化县位于湖南省中部", "湖南省益阳市安化县人口百万")
    right = left.replace("安化县", "桃江县")
    assert listed(left, right) == []


def test_a_place_that_is_visited_is_no_left_over() -> None:
    """A sentence of its own in which another county is learnt from."""
    right = ANHUA.replace("安化县", "平乐县") + "组织人员赴安化县考察学习黑茶产业经验。\n"
    assert listed(ANHUA, right) == []


def test_one_name_outside_shared_text() -> None:
    """The source's own place in a sentence that is not shared and speaks of nothing else."""
    right = ANHUA.replace("安化县", "平乐县") + "科技管理水平的提高，使安化县的农业更上一层楼。\n"
    assert listed(ANHUA, right) == [("place", "right", "安化县", "安化县科技局")]


def test_nothing_is_said_of_a_document_without_a_place() -> None:
    """Where a document names no place of its own, what it names may be its own."""
    right = "科技局2023年工作总结\n" + "".join(ANHUA.splitlines(keepends=True)[1:])
    assert listed(ANHUA, right) == []


def test_copies_of_one_place() -> None:
    """Two years' reports of one county: its name is no left-over."""
    assert [one for one in listed(ANHUA, ANHUA.replace("2023年", "2024年")) if one[0] != "year"] == []


YEARS = f"""安化县科技局2012年工作总结
2012年，我局{OPENING}
2012年，全县新增企业35家。组织技术培训128场，{BODY}
"""


def test_the_year_before_in_this_years_report() -> None:
    """2012年 stands where 2013年 should, as one other mention shows; the figure beside it came along."""
    right = YEARS.replace("2012年工作总结", "2013年工作总结").replace("2012年，我局", "2013年，我局")
    assert listed(YEARS, right) == [("year", "right", "2012", "2012"), ("figure", "right", "35", "35")]
    assert compared(YEARS, right).findings[0] == "left-over-years"


@pytest.mark.parametrize("phrase", ["比2012年增长", "自2012年起增长", "2012年以来增长", "2012年同期增长"])
def test_years_that_are_compared_with_are_right(phrase: str) -> None:
    """The year before as a measure or a beginning belongs in both."""
    left = YEARS.replace("2012年，全县新增", f"{phrase}，全县新增")
    right = left.replace("2012年工作总结", "2013年工作总结").replace("2012年，我局", "2013年，我局")
    assert listed(left, right) == []


def test_the_source_is_not_blamed() -> None:
    """The earlier year's report has no left-overs of the later one."""
    right = YEARS.replace("2012年工作总结", "2013年工作总结").replace("2012年，我局", "2013年，我局")
    assert {side for _, side, _, _ in listed(right, YEARS)} == {"left"}


@given(
    st.lists(
        st.sampled_from(["安化县", "平乐县", "湖南省", "2012年", "，", "。\n", OPENING, "\ud800", "x"]), max_size=12
    )
)
@settings(deadline=None, derandomize=True, max_examples=40)
def test_any_text(pieces: list[str]) -> None:
    """Whatever the text, left-overs lie in the documents, and nothing is left over in a copy of itself."""
    text = f"{OPENING}\n{''.join(pieces)}\n{BODY}\n"
    assert compared(text, text).left_overs == ()


REVIEW = f"""安化县2014年政府工作报告
一、2013年工作回顾
2013年，{OPENING}
{BODY}
2013年获得全省科普示范县称号。县志从2000年写起。
"""


def raised(*kept: str) -> str:
    """Every year a year later, but where `kept` stands, and the year that history has."""
    text = REVIEW.replace("2014年", "2015年").replace("2013年", "2014年")
    for one in kept:
        text = text.replace(one.replace("2013年", "2014年"), one)
    return text


def test_a_year_under_review_that_was_forgotten() -> None:
    """The report of 2014 reviews 2013; in its copy for 2015 every 2013 became 2014 but one: that is told, though the
    copy's own year is right everywhere."""
    (found,) = [one for one in listed(REVIEW, raised("2013年获得全省")) if one[0] == "year"]
    assert found == ("year", "right", "2013", "2013")


@pytest.mark.parametrize("kept", [(), ("2013年获得全省", "2013年工作回顾"), ("比2013年",)])
def test_years_that_stay_as_often_as_they_are_raised_are_right(kept: tuple[str, ...]) -> None:
    """What is of its own year in both reports stays in both; nothing is told of 2000 either."""
    right = raised(*kept).replace("2014年获得", "比2013年获得" if kept == ("比2013年",) else "2014年获得")
    left = REVIEW.replace("2013年获得", "比2013年获得") if kept == ("比2013年",) else REVIEW
    assert [one for one in listed(left, right) if one[0] == "year"] == []
