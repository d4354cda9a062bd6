"""What the measurement on real pairs promises: units, labels, where units went, the corpus's surest pairs."""

import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.model import Alignment, Comparison, Direction, Edit, FigureLedger, Passage
from kejidiff.span import Span

PROJECT = Path(__file__).resolve().parents[2]
CORPUS = PROJECT.parent / "shared" / "corpus"
sys.path.insert(0, str(PROJECT / "benchmarks"))

from quality.real_groups import groups, subject_of, title_of, unrelated  # noqa: E402  a folder, not a package installed
from quality.real_judgement import Tally, common_runs, stock_share  # noqa: E402
from quality.real_labels import ARTICLES, SENTENCES, labels, shared  # noqa: E402
from quality.real_mapping import answers, coverage, equal_and_covered  # noqa: E402
from quality.real_scans import background_of, compared, read  # noqa: E402
from quality.real_table import share  # noqa: E402
from quality.real_units import Unit, articles, key_of, sentences  # noqa: E402

REGULATION = """某市测量条例
第一章　总则
第一条 为了量得准，制定本条例。
第二条 有下列情形之一的，不量：
（一）下雨；
（二）刮风。
依照第三条、第四条办理。
第二章 附则
第三条之一 本条例自公布之日起施行。
"""


def test_articles_end_where_the_next_article_or_chapter_begins() -> None:
    """A unit holds its article's lines and nothing of a heading; a reference to an article begins none."""
    found = articles(REGULATION)
    assert [unit.name for unit in found] == ["第一条", "第二条", "第三条之一"]
    assert found[1].span.of(REGULATION).startswith("有下列") and found[1].span.of(REGULATION).endswith("第四条办理。")
    assert found[2].key == "本条例自公布之日起施行"


def test_a_line_that_goes_on_with_a_reference_is_no_article() -> None:
    """第三条规定的 at the head of a line refers to an article."""
    assert [unit.name for unit in articles("第一条 照办。\n第三条规定的除外。\n第二条 完。")] == ["第一条", "第二条"]


def test_short_sentences_are_no_units() -> None:
    """Greetings and headings are left out; what is long enough keeps its place in the text."""
    text = "各位代表：\n全区粮食总产量达到三十万吨；增长较快。新建乡村公路一百二十公里以上！"
    assert [unit.span.of(text) for unit in sentences(text)] == [
        "全区粮食总产量达到三十万吨",
        "新建乡村公路一百二十公里以上",
    ]


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.text(alphabet="第一二条章 \n。，量测准Ａ1", max_size=80))
def test_units_are_ascending_and_say_what_stands_there(text: str) -> None:
    """Whatever the text: spans ascend, do not overlap, and a key is what its span folds to."""
    for units in (articles(text), sentences(text)):
        assert all(one.span.end <= other.span.start for one, other in pairwise(units))
        assert all(unit.key == key_of(unit.span.of(text)) != "" for unit in units)


def units(*keys: str) -> list[Unit]:
    """Units of these keys, one after another."""
    starts = [sum(map(len, keys[:at])) for at in range(len(keys))]
    return [
        Unit(str(at), Span(start, start + len(key)), key)
        for at, (start, key) in enumerate(zip(starts, keys, strict=True))
    ]


def test_labels_by_hand() -> None:
    """Equal, reworded, dropped, and half of it elsewhere."""
    one = "县级以上人民政府应当加强对测量工作的领导并列入预算"
    two = "测量人员应当持证上岗并接受继续教育每年不少于十日"
    split = "违反规定涂改测量结果的由主管部门责令改正并处一千元罚款"
    left = units(one, two, "动物园的猴子夜里睡在三棵大榕树上面不下来", split)
    right = units(
        two.replace("十日", "十二日"),
        one,
        split[: len(split) // 2] + "情节严重的吊销证书由上一级机关决定并且公告三十日以上期满后可以重新申请考核",
    )
    found = labels(left, right, ARTICLES)
    assert [label.kind for label in found] == ["identical", "modified", "new", "unclear"]
    assert [label.partners for label in found] == [(1,), (0,), (), ()]


def test_repeated_units_are_partners_of_either() -> None:
    """A sentence that stands twice may be answered by either, its like place being the label's own."""
    text = "对此我们将采取有力措施认真加以解决"
    found = labels(units(text, "一" * 40, text), units(text, "二" * 40, text), SENTENCES)
    assert (found[0].partners, found[2].partners) == ((0, 2), (2, 0))


def test_short_sentences_must_be_more_alike() -> None:
    """Two indicators of the same form are not one sentence; two long ones as much alike are."""
    short = "社会消费品零售总额增长百分之九", "社会消费品零售额达到一百二十亿元"
    assert labels(units(short[0]), units(short[1]), SENTENCES)[0].kind != "modified"
    assert labels(units(short[0]), units(short[1]), ARTICLES)[0].kind == "modified"


@settings(deadline=None, derandomize=True, max_examples=60)
@given(*[st.lists(st.text(alphabet="甲乙丙丁", min_size=1, max_size=14), max_size=6)] * 2)
def test_no_unit_is_the_first_partner_of_two(left: list[str], right: list[str]) -> None:
    """Labels are one to one, and identical exactly where keys are equal."""
    found = labels(units(*left), units(*right), ARTICLES)
    firsts = [label.partners[0] for label in found if label.partners]
    assert len(firsts) == len(set(firsts))
    assert all(
        (label.kind == "identical") == (left[label.left] == right[label.partners[0]])
        for label in found
        if label.partners
    )
    assert all(not label.partners for label in found if label.kind in ("new", "unclear"))


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.text(alphabet="甲乙", max_size=20), st.text(alphabet="甲乙", max_size=20))
def test_shared_counts_characters_in_common_runs(one: str, text: str) -> None:
    """Against counting each character by every run of eight that holds it."""
    runs = [range(at, at + 8) for at in range(len(one) - 7) if one[at : at + 8] in text]
    expected = sum(any(at in run for run in runs) for at in range(len(one))) / len(one) if one else 0.0
    assert shared(one, text) == pytest.approx(expected)


LEFT, RIGHT = "甲乙丙丁戊，己庚辛", "子甲乙X丁戊己庚辛丑"
PASSAGE = Passage(
    left=Span(0, 9),
    right=Span(1, 9),
    similarity=0.9,
    tier="light",
    edits=(Edit("replacement", Span(2, 3), Span(3, 4)), Edit("punctuation", Span(5, 6), Span(6, 6))),
    left_paragraphs=(0,),
    right_paragraphs=(0,),
    longest_run=5,
)


def comparison(*passages: Passage) -> Comparison:
    """A comparison of nothing but these passages."""
    return Comparison("a#1", "b#1", 0, 0, 0, Alignment(passages), Direction(), (), (), FigureLedger())


def test_characters_between_edits_have_counterparts() -> None:
    """Units are answered by the unit that holds their characters' counterparts; what was replaced has none."""
    left = [Unit("1", Span(0, 5), "甲乙丙丁戊"), Unit("2", Span(6, 9), "己庚辛")]
    right = [Unit("1", Span(1, 4), "甲乙X"), Unit("2", Span(4, 9), "丁戊己庚辛")]
    told = answers(comparison(PASSAGE), (), (LEFT, RIGHT), (left, right))
    assert [one.covered for one in told] == [1.0, 1.0]
    assert told[0].told == pytest.approx(0.8) and told[0].units == {0: 0.5, 1: 0.5}
    assert told[1].unit == 1
    assert coverage([Span(0, 3)], LEFT, left) == [pytest.approx(0.6), 0.0]
    assert equal_and_covered([PASSAGE], LEFT) == (7, 8)


def test_moved_halves_find_each_other() -> None:
    """A deletion and an insertion of kind move that hold one text answer each other."""
    left, right = "甲乙丙丁戊己", "丁戊己甲乙丙"
    moved = (Edit("move", Span(0, 0), Span(0, 3)), Edit("move", Span(3, 6), Span(6, 6)))
    passage = PASSAGE._replace(left=Span(0, 6), right=Span(0, 6), edits=moved)
    parts = [Unit("1", Span(0, 3), ""), Unit("2", Span(3, 6), "")]
    assert [one.unit for one in answers(comparison(passage), (), (left, right), (parts, parts))] == [1, 0]


def test_titles_tell_subjects_apart() -> None:
    """Place and date are no part of a subject; words that every title has make nobody kin."""
    one, other = Path("regulations/甲市消防条例(2019-01-01).txt"), Path("regulations/乙省消防管理办法.txt")
    assert (title_of(one), subject_of(one)) == ("甲市消防条例", "消防条例")
    assert not unrelated(one, other)
    assert unrelated(one, Path("regulations/甲市献血管理办法.txt"))
    assert not unrelated(Path("county/x_2012.txt"), Path("state_council/gwr_2012.txt"))


def test_shares_are_printed_with_their_interval() -> None:
    """Wilson's interval of 10 of 10 reaches down to .722."""
    assert (share(10, 10), share(0, 0)) == ("10/10 1.000 (.722-1.000)", "-")


@pytest.fixture(scope="module")
def corpus() -> Iterator[Path]:
    """The folder of real texts."""
    if not (CORPUS / "regulations").is_dir():
        pytest.skip("no texts at ../shared/corpus")
    yield CORPUS


def test_versions_of_one_regulation_are_aligned_article_by_article(corpus: Path) -> None:
    """Identical articles .99, modified .97 with the right partner, where a regulation stands there in two versions."""
    tally = Tally()
    for group in groups(corpus):
        if group.name == "versions":
            files = [read(path) for path in group.files]
            for (left, right), found in compared(files, group.pairs).items():
                tally.add(found, (files[left], files[right]), frozenset())
    assert tally.outcomes["identical", "found"] >= 0.99 * tally.of("identical") > 0
    assert tally.outcomes["modified", "found"] >= 0.97 * tally.of("modified") > 0


def test_stock_is_what_many_subjects_share(corpus: Path) -> None:
    """A phrase of all penalty clauses is stock, words of one subject are not; sharing nothing is taken for stock."""
    common = common_runs(corpus)
    penalty = "对直接负责的主管人员和其他直接责任人员依法给予处分"
    assert stock_share(penalty, penalty, common) == 1.0
    assert stock_share("白河水系的水闸夜里由三人看守", "白河水系的水闸夜里由三人看守", common) == 0.0
    assert stock_share("甲", "乙", common) == 1.0


def test_the_background_is_given_back(tmp_path: Path) -> None:
    """Another table holds only inside the block, also when something goes wrong there."""
    from kejidiff.background.table import background, packed
    from kejidiff.pipeline import compare

    (tmp_path / "table.npz").write_bytes(packed(background()))
    with pytest.raises(ZeroDivisionError), background_of(tmp_path / "table.npz"):
        assert vars(compare)["background"] is not background
        raise ZeroDivisionError
    assert vars(compare)["background"] is background
