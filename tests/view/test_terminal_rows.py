"""Rows: every paragraph has its place, every passage is shown, and what stands between two edits is equal."""

from hypothesis import given, settings
from hypothesis import strategies as st
from sample_result import _document, sample

from kejidiff.model import (
    Alignment,
    Comparison,
    Direction,
    Edit,
    FigureLedger,
    ParagraphPair,
    Passage,
)
from kejidiff.span import Span
from kejidiff.view.terminal.marks import changes, inline, quiet_counts, side
from kejidiff.view.terminal.rows import Fold, Row, Subject, folded, rows
from kejidiff.view.terminal.strands import Strand, in_order


def subject(place: int = 0) -> Subject:
    result = sample()
    comparison = (*result.comparisons, *result.fragments_only)[place]
    left, right = result.document(comparison.left), result.document(comparison.right)
    return Subject(comparison, left, right, result.text_of(left), result.text_of(right))


def made(left: list[str], right: list[str], passages: list[Passage], pairs: list[ParagraphPair]) -> Subject:
    """A subject of two small documents, a paragraph a line, without titles."""
    one, other = "题\n" + "\n".join(left), "题\n" + "\n".join(right)
    a = _document("a", 1, one, 0, ["题", *left])
    b = _document("b", 1, other, 0, ["题", *right])
    comparison = Comparison(
        a.id, b.id, 0.5, 0.5, 0.5, Alignment(tuple(passages), tuple(pairs)), Direction(), (), (), FigureLedger()
    )
    return Subject(comparison, a, b, one, other)


def passage(left: Span, right: Span, left_at: tuple[int, ...], right_at: tuple[int, ...], *edits: Edit) -> Passage:
    return Passage(left, right, 0.9, "light", edits, left_at, right_at, 9)


def words(line: object) -> str:
    return "".join(piece.text for piece in line)  # type: ignore[attr-defined]


def places(found: tuple[Row, ...]) -> list[tuple[int, int]]:
    return [(row.left_at, row.right_at) for row in found]


def test_rows_stand_in_the_left_order_and_lone_right_ones_between() -> None:
    """Left ¶8 is right ¶1: it keeps its left place. Right ¶8 stands before the pair it precedes."""
    assert places(rows(subject())) == [
        (1, 2), (2, 3), (3, 4), (4, 5), (5, 6), (6, -1), (7, 7), (8, 1), (-1, 8), (9, 9),
    ]  # fmt: skip


def test_a_sentence_inside_two_long_paragraphs_is_a_row() -> None:
    """A passage that pairs no paragraphs is shown all the same, and its paragraphs are not called unmatched."""
    found = rows(subject(1))
    assert places(found) == [(1, 2), (2, -1), (3, -1), (-1, 1)]
    assert found[0].excerpt and found[0].left is not None and found[0].right is not None
    assert found[0].left.length == found[0].right.length


def test_runs_without_a_difference_are_folded() -> None:
    """Three verbatim pairs are one line with context 0, one with a neighbour that differs stays with context 1."""
    every = rows(subject())
    shapes = [
        [len(item.rows) if isinstance(item, Fold) else 0 for item in folded(every, context, False, False)]
        for context in (0, 1, 3)
    ]
    assert shapes == [[0, 0, 3, 1, 0, 0, 1, 0], [0, 0, 0, 2, 0, 0, 0, 0, 0], [0] * 10]
    assert folded(every, 0, True, False) == every


def test_context_zero_leaves_only_what_differs() -> None:
    """Every row that is left with context 0 has a mark in it."""
    every = rows(subject())
    assert all(item.differs(False) for item in folded(every, 0, False, False) if isinstance(item, Row))


def test_script_alone_is_no_difference_unless_asked_for() -> None:
    """A verbatim pair of two scripts is folded; with `script` it differs, and nothing is folded next to it."""
    every = rows(subject())
    platform = every[2]
    assert platform.pair is not None and platform.pair.tier == "verbatim"
    assert (platform.differs(False), platform.differs(True)) == (False, True)
    assert quiet_counts(platform) == (5, 0)


def test_a_paragraph_split_in_two_tells_where_its_other_half_is() -> None:
    """Left ¶1 is right ¶1 and ¶2: one pair with a half marked as found elsewhere, one row for the other half."""
    left, right = ["甲乙丙丁戊己，庚辛壬癸子丑。"], ["甲乙丙丁戊己，", "庚辛壬癸子丑。"]
    cut = Edit("punctuation", Span(9, 9), Span(9, 10))
    whole = passage(Span(2, 16), Span(2, 17), (1,), (1, 2), cut)
    found = rows(made(left, right, [whole], [ParagraphPair(1, 1, 0.9, "light")]))
    assert places(found) == [(1, 1), (1, 2)]
    assert [(edit.kind, edit.left) for edit in found[0].edits] == [("move", Span(9, 16))]
    assert list(found[0].elsewhere.values()) == [2]
    assert found[1].excerpt and found[1].left == Span(9, 16)


def test_sentences_that_changed_places_are_shown_as_moved() -> None:
    """Two passages that cross inside one pair: the longer stays, the shorter is marked on both sides."""
    left, right = ["甲乙丙丁戊己庚。子丑寅卯。"], ["子丑寅卯。甲乙丙丁戊己庚。"]
    long = passage(Span(2, 10), Span(7, 15), (1,), (1,))
    short = passage(Span(10, 15), Span(2, 7), (1,), (1,))
    about = made(left, right, [long, short], [ParagraphPair(1, 1, 0.9, "light")])
    (row,) = rows(about)
    assert words(side(row, about, "left")) == "甲乙丙丁戊己庚。{↷¶1 子丑寅卯。}"
    assert words(side(row, about, "right")) == "{↷¶1 子丑寅卯。}甲乙丙丁戊己庚。"
    assert words(inline(row, about)) == "{↷←¶1 子丑寅卯。}甲乙丙丁戊己庚。{↷→¶1 子丑寅卯。}"
    assert [words(line) for line in changes(row, about, "zh")[0]] == ["移动 子丑寅卯。 ↷ ¶1"]


def test_text_of_a_pair_outside_its_passages_is_on_one_side_only() -> None:
    """What no passage covers is marked as absent over there, but not what both have there alike."""
    left, right = ["甲乙丙丁戊己。今年新增八家。"], ["甲乙丙丁戊己。去年减少两家。"]
    about = made(left, right, [passage(Span(2, 9), Span(2, 9), (1,), (1,))], [ParagraphPair(1, 1, 0.8, "light")])
    (row,) = rows(about)
    assert words(inline(row, about)) == "甲乙丙丁戊己。{-今年新增八-}{+去年减少两+}家。"
    assert words(side(row, about, "left")) == "甲乙丙丁戊己。{-今年新增八-}‸家。"


def test_each_kind_has_its_mark() -> None:
    """The marks a reader without colours relies on."""
    about = subject()
    found = rows(about)
    assert words(side(found[0], about, "left")).startswith("#20__#年，")
    assert "[通过]" in words(side(found[0], about, "left")) and "‸推动" in words(side(found[0], about, "left"))
    assert "{+全力+}" in words(side(found[0], about, "right")) and "[透過]" in words(side(found[0], about, "right"))
    assert "{-其中发明专利占三成，-}" in words(side(found[1], about, "left"))
    assert "“[科技人才交流大会]”" in words(side(found[6], about, "left"))
    assert "“⟦!た萍既瞬沤涣鞔蠡�⟧”" in words(side(found[6], about, "right"))
    assert "[通过→透過]" in words(inline(found[0], about)) and "#12.5→15.2#%" in words(inline(found[1], about))
    assert "本市⟦U+200B⟧特色" in words(inline(found[5], about))
    assert "~驱动发~" in words(side(found[0], about, "left", script=True))
    excluded = rows(subject(1))[2]
    assert words(side(excluded, subject(1), "left")).startswith("‹上一篇")


def test_no_passages_no_pairs() -> None:
    """Two documents with nothing in common have rows of one side only."""
    found = rows(subject(2))
    assert {row.sort for row in found} == {"left", "right"}


@st.composite
def _subjects(draw: st.DrawFn) -> Subject:
    """Two documents made from one list of pieces, paragraphs broken at random places of their own."""
    left = right = "题\n"
    edits: list[Edit] = []
    for _ in range(draw(st.integers(1, 12))):
        same = draw(st.text(st.sampled_from("甲乙丙丁，。"), min_size=1, max_size=6))
        left, right = left + same, right + same
        kind = draw(
            st.sampled_from(["synonym", "insertion", "deletion", "script", "break-left", "break-right", "break"])
        )
        one = {"insertion": "", "break-left": "\n", "break": "\n", "break-right": ""}.get(kind, "子丑")
        other = {"deletion": "", "break-right": "\n", "break": "\r\n", "break-left": ""}.get(kind, "寅卯辰")
        known = "punctuation" if kind.startswith("break") else kind
        edits.append(Edit(known, Span(len(left), len(left) + len(one)), Span(len(right), len(right) + len(other))))
        left, right = left + one, right + other
    left, right = left + "末", right + "末"
    first = _document("a", 1, left, 0, [line for line in left.split("\n") if line])
    second = _document("b", 1, right, 0, [line for line in right.split("\n") if line.strip("\r")])
    a, b = len(first.paragraphs) - 1, len(second.paragraphs) - 1
    every = Passage(
        Span(2, len(left)), Span(2, len(right)), 0.9, "light", tuple(edits), tuple(range(1, a + 1)),
        tuple(range(1, b + 1)), 3,
    )  # fmt: skip
    chosen = draw(st.lists(st.integers(1, min(a, b)), unique=True, max_size=3))
    pairs = tuple(ParagraphPair(k, k, 0.9, "light") for k in sorted(chosen))
    comparison = Comparison(
        first.id, second.id, 0.9, 0.9, 0.9, Alignment((every,), pairs), Direction(), (), (), FigureLedger()
    )
    return Subject(comparison, first, second, left, right)


@settings(deadline=None, derandomize=True, max_examples=150)
@given(_subjects())
def test_between_two_edits_both_sides_are_equal(about: Subject) -> None:
    """However paragraphs are split and paired, a row never shows differing text without a mark."""
    for row in rows(about):
        if row.left is None or row.right is None:
            continue
        here, there = row.left.start, row.right.start
        for edit in (*row.edits, Edit("move", Span(row.left.end, row.left.end), Span(row.right.end, row.right.end))):
            assert about.left_text[here : edit.left.start] == about.right_text[there : edit.right.start]
            here, there = edit.left.end, edit.right.end


@settings(deadline=None, derandomize=True, max_examples=100)
@given(_subjects())
def test_every_paragraph_has_a_row(about: Subject) -> None:
    """No paragraph of either document is missing, and no pair is shown twice."""
    found = rows(about)
    assert {row.left_at for row in found} - {-1} == set(range(1, len(about.left.paragraphs)))
    assert {row.right_at for row in found} - {-1} == set(range(1, len(about.right.paragraphs)))
    paired = [(row.left_at, row.right_at) for row in found if row.pair]
    assert len(paired) == len(set(paired)) == len(about.comparison.pairs)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(_subjects(), st.integers(0, 3), st.booleans())
def test_folding_loses_no_row(about: Subject, context: int, script: bool) -> None:
    """Folds and rows together are the rows, in their order."""
    every = rows(about)
    flat = [
        row
        for item in folded(every, context, False, script)
        for row in (item.rows if isinstance(item, Fold) else (item,))
    ]
    assert flat == list(every)


def test_a_long_paragraph_takes_linear_time() -> None:
    """A megabyte in one line, without a difference, is one row like any other."""
    text = "科技创新" * 250_000
    whole = passage(Span(2, 2 + len(text)), Span(2, 2 + len(text)), (1,), (1,))
    about = made([text], [text], [whole._replace(tier="verbatim")], [ParagraphPair(1, 1, 1.0, "verbatim")])
    assert places(rows(about)) == [(1, 1)]


@settings(deadline=None, derandomize=True, max_examples=150)
@given(st.permutations(range(6)), st.lists(st.integers(1, 9), min_size=6, max_size=6))
def test_what_stays_in_order_is_the_heaviest_choice(places: list[int], weights: list[int]) -> None:
    """Of strands in any order on the right, those kept share as many characters as the best of all choices."""
    strands = [
        Strand(Span(10 * k, 10 * k + 9), Span(10 * place, 10 * place + 9), (), weight)
        for k, (place, weight) in enumerate(zip(places, weights, strict=True))
    ]
    kept = in_order(strands)
    assert [one.right for one in kept] == sorted(one.right for one in kept)
    choices = ([one for k, one in enumerate(strands) if chosen >> k & 1] for chosen in range(64))
    best = max(
        sum(one.equal for one in choice)
        for choice in choices
        if [one.right for one in choice] == sorted(one.right for one in choice)
    )
    assert sum(one.equal for one in kept) == best
