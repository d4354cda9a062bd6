"""Measures: counts that add up, and findings that say no more than the edits do."""

import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.measure.clusters import find_clusters
from kejidiff.measure.commonness import with_commonness
from kejidiff.measure.figures import figure_ledger
from kejidiff.measure.reuse import covered, reuse_by_document
from kejidiff.measure.substitutions import find_substitutions, total_substitutions
from kejidiff.model import (
    Alignment,
    Comparison,
    Direction,
    Edit,
    FigureLedger,
    ParagraphPair,
    Passage,
    ReuseStats,
    Tier,
)
from kejidiff.span import Span

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "align"))
from aligning import document

TEXT = "全年完成投资。\n新增企业三家。\n授权专利百件。"


def passage(
    left: tuple[int, int], right: tuple[int, int], tier: Tier = "light", edits: tuple[Edit, ...] = ()
) -> Passage:
    return Passage(Span(*left), Span(*right), 0.9, tier, edits, (), (), longest_run=left[1] - left[0])


def comparison(
    left: str, right: str, *passages: Passage, reuse: float = 0.5, pairs: tuple[ParagraphPair, ...] = ()
) -> Comparison:
    return Comparison(
        f"{left}#1", f"{right}#1", reuse, reuse, 0.0, Alignment(passages, pairs), Direction(), (), (), FigureLedger()
    )


def test_total_is_a_union_and_never_a_sum() -> None:
    """Two passages that share characters count them once; the largest single is the larger of the two."""
    documents = [document(name, TEXT) for name in "abc"]
    found = [comparison("a", "b", passage((0, 7), (0, 7))), comparison("a", "c", passage((3, 15), (3, 15)))]
    stats = reuse_by_document(documents, found, {})["a#1"]
    assert (stats.reused, stats.countable, stats.largest_single) == (12, 18, 9)
    assert stats.longest_run == 12


def test_tiers_of_paragraphs_part_a_passage() -> None:
    """A passage that is `light` as a whole counts its verbatim paragraph as verbatim."""
    documents = [document(name, TEXT) for name in "ab"]
    pairs = (ParagraphPair(0, 0, 1.0, "verbatim"), ParagraphPair(1, 1, 0.7, "rewritten"))
    found = [comparison("a", "b", passage((0, 23), (0, 23)), pairs=pairs)]
    stats = reuse_by_document(documents, found, {})["a#1"]
    assert (stats.verbatim, stats.rewritten, stats.light) == (6, 6, 6)


def test_stock_is_counted_apart() -> None:
    """A stock phrase counts where no passage covers it, and never in the total."""
    documents = [document(name, TEXT) for name in "ab"]
    found = [comparison("a", "b", passage((0, 7), (0, 7)))]
    stats = reuse_by_document(documents, found, {"a#1": [Span(4, 12)]})["a#1"]
    assert (stats.reused, stats.stock) == (6, 4)


def test_one_document_alone() -> None:
    """No comparison: nothing reused, ratios 0, also for a document without a countable character."""
    stats = reuse_by_document([document("a", TEXT), document("b", "。。")], [], {})
    assert stats["a#1"].total == stats["b#1"].total == stats["b#1"].single == 0.0


COUNTS = st.builds(ReuseStats, *[st.integers(0, 99)] * 7)


@given(COUNTS, COUNTS, COUNTS)
@settings(deadline=None, derandomize=True, max_examples=50)
def test_statistics_add(one: ReuseStats, two: ReuseStats, three: ReuseStats) -> None:
    """Addition is associative and has a zero: statistics of parts are statistics of the whole."""
    assert (one + two) + three == one + (two + three)
    assert one + ReuseStats() == one


@given(st.lists(st.tuples(st.integers(0, 23), st.integers(0, 23)), max_size=6))
@settings(deadline=None, derandomize=True, max_examples=100)
def test_covered_counts_each_character_once(pairs: list[tuple[int, int]]) -> None:
    """Judged by a set of positions."""
    spans = [Span(min(pair), max(pair)) for pair in pairs]
    positions = {at for span in spans for at in range(*span)}
    assert covered(document("a", TEXT), spans) == sum(at < len(TEXT) and TEXT[at] not in "。\n" for at in positions)


def test_the_ledger_counts_what_agrees_and_lists_what_does_not() -> None:
    """Equal values in two forms agree; a changed one and a masked one are told apart."""
    left, right = "投资12亿元，增长3.5%，共20项，达１００家", "投资12亿元，增长4.5%，共xx项，达100家"
    edits = (
        Edit("figure", Span(9, 12), Span(9, 12)),
        Edit("mask", Span(15, 17), Span(15, 17)),
        Edit("script", Span(20, 23), Span(20, 23)),
    )
    ledger = figure_ledger(left, right, [passage((0, len(left)), (0, len(right)), edits=edits)])
    assert (ledger.same, ledger.changed, ledger.masked) == (2, 1, 1)
    assert [change.left.of(left) for change in ledger.changes] == ["3.5", "20"]


def test_substitutions_are_counted_over_all_pairs() -> None:
    """One exchange in two comparisons: counts add, and so do the comparisons it stands in."""
    edits = (Edit("synonym", Span(0, 2), Span(0, 2)), Edit("insertion", Span(3, 3), Span(3, 4)))
    folded = [document(name, text).folded for name, text in (("a", "通过审核"), ("b", "透過審查"))]
    found = find_substitutions(*folded, [passage((0, 4), (0, 4), edits=edits)])
    assert [(item.left, item.right, item.count) for item in found] == [("通过", "透过", 1)]
    with_found = [
        Comparison("a", "b", 0, 0, 0, Alignment(()), Direction(), (), found, FigureLedger()),
        Comparison("a", "c", 0, 0, 0, Alignment(()), Direction(), (), found, FigureLedger()),
    ]
    assert [(item.count, item.pairs) for item in total_substitutions(with_found)] == [(2, 2)]


def test_clusters_do_not_chain() -> None:
    """b is near a and c, c is near d: d shares nothing with b, so it is not drawn in."""
    documents = [document(name, TEXT) for name in "abcd"]
    near = [comparison(*pair, passage((0, 7), (0, 7)), reuse=0.9) for pair in ("ab", "bc", "cd")]
    assert [(cluster.representative, cluster.members) for cluster in find_clusters(documents, near, 0.5)] == [
        ("b#1", ("a#1", "b#1", "c#1"))
    ]
    assert find_clusters(documents, near, 0.95) == ()


def test_commonness_counts_documents() -> None:
    """A passage that a third document shares with the left one is held by three; a bit of it is not the passage."""
    found = with_commonness(
        [
            comparison("a", "b", passage((0, 7), (0, 7))),
            comparison("a", "c", passage((0, 6), (0, 6))),
            comparison("a", "d", passage((6, 15), (0, 9))),
        ]
    )
    assert [item.passages[0].commonness for item in found] == [3, 3, 2]
