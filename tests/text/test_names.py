"""Names: places by dictionary and ending, units behind them, years however they are written."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.model import SourceText
from kejidiff.text.documents import find_documents
from kejidiff.text.names import find_names
from kejidiff.text.places import autonomous_name, autonomous_names, find_places, places_of
from kejidiff.text.years import find_years, years_of


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("在安化县召开", ["安化"]),
        ("湖南省益阳市安化县", ["湖南", "益阳", "安化"]),
        ("湖南省安化县", ["湖南", "安化"]),
        ("海拉尔区", ["海拉尔"]),
        ("内蒙古自治区", ["内蒙古"]),
        ("广西壮族自治区", ["广西"]),
        ("延边朝鲜族自治州", ["延边"]),
        ("延边州", ["延边"]),
        ("长白朝鲜族自治县", ["长白"]),
        ("阿拉善左旗", ["阿拉善左"]),
        ("杭州与苏州市", ["杭州", "苏州"]),
        ("运城市", ["运城"]),
    ],
)
def test_places(text: str, stems: list[str]) -> None:
    """Prefixes, districts, banners and autonomous divisions come down to one stem each."""
    assert [found.stem for found in find_places(text)] == stems


@pytest.mark.parametrize(
    "text",
    [
        "建设新城区", "老城区改造", "北方地区", "东北地区", "创新县域", "新镇区建设", "京津市场", "科教兴市",
        "平安城市", "宜居城市", "美丽乡村",
        "平凉城区", "各县市", "全市", "本县", "加盟", "自治州", "神州", "两省", "城乡", "家乡",
        "", "#", "\ud800市",
    ],
)  # fmt: skip
def test_no_places(text: str) -> None:
    """Parts of a town or of the world, slogans and words that only end like a place."""
    assert find_places(text) == []


def test_the_title_comes_first() -> None:
    """A title's place stands before one the text names more; a title may leave the ending out, or bring a name that
    the dictionary does not know."""
    text = "长沙市" * 3 + "安化县"
    assert places_of("安化县2013年总结", text) == ("安化", "长沙")
    assert places_of("益阳科技工作总结", "") == ("益阳",)
    assert places_of("晴隆望县工作总结", "")[:1] == ("晴隆望",)
    assert places_of("科技工作总结", "安化县") == ()


def test_units_stand_behind_places_or_in_titles() -> None:
    """An office after a place is one name; what a preposition parts from the place is not its office."""
    text = "安化县科技局表彰先进。安化县与中南大学合作。安化县人民政府决定。"
    document = find_documents(SourceText("a", f"嘉兴学院2013年总结\n{text}\n"))[0]
    units = [name.text for name in find_names(document.title, document.folded) if name.kind == "unit"]
    assert units == ["嘉兴学院", "安化县人民政府", "安化县科技局"]


def test_names_end_where_clauses_do() -> None:
    """推动安化，县科技局 names no 安化县."""
    document = find_documents(SourceText("a", "推动安化，县科技局工作取得进展。\n"))[0]
    assert [name for name in find_names("", document.folded) if name.stem == "安化"] == []


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2013年", [2013]),
        ("２０１３年", [2013]),
        ("二〇一三年", [2013]),
        ("二○一一年", [2011]),
        ("一九九八年", [1998]),
        ("2011-2013年", [2011, 2013]),
        ("2013 年", [2013]),
        ("20130年", []),
        ("2000-3000元", []),
        ("1200年", []),
        ("投资2013万元", []),
    ],
)
def test_years(text: str, years: list[int]) -> None:
    """However a year is written; amounts that look like one are none. The span holds the digits alone."""
    found = find_years(text)
    assert [year for _, year in found] == years
    assert all(len(span.of(text)) == 4 for span, _ in found)


def test_years_of_a_document() -> None:
    """The title's year first, in any form; then the most frequent; years compared with count half."""
    assert years_of("二〇一二年工作总结", "2011年。2011年。") == (2012, 2011)
    assert years_of("2014年度总结", "") == (2014,)
    assert years_of("总结", "2012年开局，比2013年好，比2013年快。2012年收官。") == (2012, 2013)
    assert years_of("总结", "2012年，2013年") == (2013, 2012)


@given(st.text(alphabet="安化县市州自治旗新城区地朝鲜族0２二〇年\ud800a", max_size=30))
@settings(deadline=None, derandomize=True, max_examples=200)
def test_any_text(text: str) -> None:
    """Places are ascending, disjoint and inside the text; nothing raises."""
    found = find_places(text)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    find_years(text)
    places_of(text, text)
    years_of(text, text)


#: What names of autonomous divisions are made of, and what stands around them.
PARTS = ["自治县", "自治州", "自治", "各", "壮", "族", "壮族", "蒙古", "延边", "积石山", "保安", "a", "。", "1", "省"]


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.lists(st.sampled_from(PARTS), max_size=18).map("".join), st.integers(0, 40))
def test_autonomous_divisions_are_found_where_the_pattern_alone_finds_them(text: str, peoples: int) -> None:
    """Looking back from every 自治 finds what the pattern finds from every character on, however many peoples share."""
    text = f"{text}延边{'壮族' * peoples}自治县{text}"
    plain = autonomous_name().finditer(text)
    assert [match.regs for match in autonomous_names(text)] == [match.regs for match in plain]
