"""Passages parted at the edges of stock text: nothing is lost between the two parts, and nothing counted twice."""

import sys
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.measure.templates import standing, standing_in_stock, with_holders, without_templates
from kejidiff.model import Alignment, Comparison, Direction, Edit, FigureLedger, FromStock, ParagraphPair, Passage
from kejidiff.span import Span, merged

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "align"))
from aligning import document

FORM = "请写明制约当地产业发展的一至两个关键问题并提出可以操作的改进措施。"
OWN = "茶农把老茶园台刈更新了八十亩春茶开采提前九天鲜叶价格上涨两块三毛。"
TEXT = f"{FORM}\n{OWN}\n{FORM[::-1]}"
BORDERS = (len(FORM), len(FORM) + 1 + len(OWN) + 1)


def likeness(left: str, right: str) -> float:
    return 1.0 if left == right else 0.9


def whole(left: str, right: str, *edits: Edit) -> Comparison:
    passage = Passage(Span(0, len(left)), Span(0, len(right)), 0.9, "light", edits, (0, 1, 2), (0, 1, 2), 30)
    pairs = tuple(ParagraphPair(index, index, 1.0, "verbatim") for index in range(3))
    return Comparison("a#1", "b#1", 1.0, 1.0, 1.0, Alignment((passage,), pairs), Direction(), (), (), FigureLedger())


def parted(held: list[Span], left: str = TEXT, right: str = TEXT, *edits: Edit) -> Comparison:
    sides = document("a", left), document("b", right)
    return without_templates(whole(left, right, *edits), sides, {"a#1": held}, likeness, 0.8)


def test_without_stock_text_nothing_changes() -> None:
    """The very same comparison comes back where no stock text stands, or only a few words of it."""
    comparison = whole(TEXT, TEXT)
    sides = document("a", TEXT), document("b", TEXT)
    assert without_templates(comparison, sides, {}, likeness, 0.8) is comparison
    assert without_templates(comparison, sides, {"a#1": [Span(3, 12)]}, likeness, 0.8) is comparison


def test_a_passage_is_parted_at_the_edges_of_stock_text() -> None:
    """Form, own, form: one passage and two of formula, paragraph pairs with the part they belong to."""
    found = parted([Span(0, BORDERS[0]), Span(BORDERS[1], len(TEXT))])
    assert [passage.left.of(TEXT) for passage in found.passages] == [OWN]
    assert [passage.left.of(TEXT) for passage in found.formula] == [FORM, FORM[::-1]]
    assert [passage.tier for passage in (*found.passages, *found.formula)] == ["verbatim"] * 3
    assert [pair.left for pair in found.pairs] == [1] and [pair.left for pair in found.formula_pairs] == [0, 2]
    folded = document("a", TEXT).folded.within(found.passages[0].left)
    assert found.passages[0].longest_run == len(folded) and found.passages[0].left_paragraphs == (1,)


def test_what_each_filled_in_by_itself_is_neither() -> None:
    """A long filling that the two do not share is left out of both parts; a short one stays with the form."""
    long, short = "全年办了十一场稻虾轮作的田间课到场四百余人次带动青年五人", "云杉镇"
    for filling, formulas in ((long, 2), (short, 1)):
        left, right = (FORM + text + FORM[::-1] for text in (filling, OWN[: len(filling)]))
        edit = Edit("replacement", *[Span(len(FORM), len(FORM) + len(filling))] * 2)
        held = [Span(0, len(FORM)), Span(len(FORM) + len(filling), len(left))]
        found = parted(held, left, right, edit)
        assert found.passages == () and len(found.formula) == formulas
        assert any(filling in passage.left.of(left) for passage in found.formula) == (filling == short)


def test_stock_text_on_either_side_is_enough() -> None:
    """The report on the right has the form's text, the one on the left has it from there or from elsewhere."""
    sides = document("a", TEXT), document("b", TEXT)
    found = without_templates(whole(TEXT, TEXT), sides, {"b#1": [Span(0, len(TEXT))]}, likeness, 0.8)
    assert found.passages == () and len(found.formula) == 1


@given(st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))), max_size=5))
@settings(deadline=None, derandomize=True, max_examples=150)
def test_parts_tile_the_passage(pairs: list[tuple[int, int]]) -> None:
    """Wherever stock text stands: parts are disjoint, equal on both sides, and together hold every word."""
    held = list(merged(Span(min(pair), max(pair)) for pair in pairs))
    found = parted(held)
    spans = sorted(passage.left for passage in (*found.passages, *found.formula))
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(passage.left == passage.right for passage in (*found.passages, *found.formula))
    own = document("a", TEXT)
    # Own stretches of under twenty characters between stock ones go with the form, so no word is lost.
    assert own.countable == sum(own.countable_in(span) for span in spans)


def test_what_was_filled_in_does_not_stand_in_the_form() -> None:
    """A word for a blank does, a clause does not; the spans of several sources are one union."""
    edits = (Edit("replacement", Span(2, 5), Span(2, 6)), Edit("insertion", Span(8, 20), Span(9, 9)))
    passage = Passage(Span(0, 30), Span(0, 19), 0.9, "light", edits, (), (), 5)
    assert standing([passage]) == (Span(0, 8), Span(20, 30))
    found = {"a#1": tuple(FromStock(f"{name}#1", name, name, 0.5, (passage,)) for name in ("x", "y"))}
    assert standing_in_stock(found) == {"a#1": (Span(0, 8), Span(20, 30))}


def test_formula_counts_its_holders() -> None:
    """Three reports of one form: each of its passages is held by three."""
    passage = Passage(Span(0, 9), Span(0, 9), 1.0, "verbatim", (), (), (), 9)
    none = Comparison("a#1", "b#1", 0, 0, 0, Alignment(()), Direction(), (), (), FigureLedger(), formula=(passage,))
    every = [none, none._replace(right="c#1"), none._replace(left="b#1", right="c#1")]
    assert [found.formula[0].commonness for found in with_holders(every[:1], every)] == [3]
