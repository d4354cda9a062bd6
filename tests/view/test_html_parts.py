"""The parts of the page that choose and order: what stands beside what, what has which colour."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_result import HOSTILE, compared, document, result
from markupsafe import Markup
from page_reader import Page
from sample_result import sample

from kejidiff.model import Alignment, Comparison, Exclusion, Paragraph, ParagraphPair, Repair
from kejidiff.span import Span, merged
from kejidiff.view.html import facing, findings, flank, marked, marks, material, sources, spots
from kejidiff.view.visible import visible

#: What is filled in: anything that must be escaped, and HTML that must not.
PART = st.text("<>&\"'{}甲a", max_size=6) | st.integers() | st.just(Markup("<b>{}</b>"))
QUICK = settings(deadline=None, derandomize=True, max_examples=150)


@QUICK
@given(st.lists(st.integers(0, 9), max_size=9))
def test_longest_ascent(numbers: list[int]) -> None:
    """What is found ascends, and no longer ascent exists (every subsequence tried)."""
    found = facing.longest_ascent(numbers)
    values = [numbers[place] for place in found]
    assert found == sorted(found)
    assert values == sorted(set(values))
    subsequences = (
        chosen for size in range(len(found) + 1, len(numbers) + 1) for chosen in combinations(numbers, size)
    )
    assert not any(all(a < b for a, b in pairwise(chosen)) for chosen in subsequences)


@QUICK
@given(
    st.lists(st.text("<>&\"'{}甲a", max_size=6) | st.integers() | st.just(Markup("<b>{}</b>")), min_size=2, max_size=2)
)
def test_parts_are_filled_in_as_markupsafe_does_it(parts: list[object]) -> None:
    """Escaped unless they are Markup, braces in them left alone; the slow way is the judge."""
    html = '<p class="{}">{}</p>\n'
    assert marks.fill(html, *parts) == Markup(html).format(*parts)
    assert isinstance(marks.fill(html, *parts), Markup)


def test_a_gap_without_a_part_is_a_mistake() -> None:
    """So is a part without a gap: neither is passed over."""
    for parts in ((), ("a",), ("a", "b", "c")):
        with pytest.raises(ValueError, match="assign"):
            marks.fill("<p>{}{}</p>", *parts)


def rows_of(comparison: Comparison, lefts: int, rights: int) -> list[facing.Row]:
    one = document("a.txt", ["题", *(f"左{place}" for place in range(1, lefts))])
    two = document("b.txt", ["题", *(f"右{place}" for place in range(1, rights))])
    shown = material.gather(result([one, two], [comparison]), "zh")
    sides = flank.flank(shown, comparison, "left"), flank.flank(shown, comparison, "right")
    return [row for block in facing.blocks(shown, comparison, *sides) for row in block.rows]


def paired(*pairs: tuple[int, int], moved: tuple[tuple[int, int], ...] = ()) -> Comparison:
    one, two = document("a.txt", ["题", "文"]), document("b.txt", ["题", "文"])
    made = tuple(ParagraphPair(left, right, 1.0, "verbatim", (left, right) in moved) for left, right in pairs)
    return compared(one[0], two[0], alignment=Alignment((), made))


def numbers(html: str) -> str:
    return Page(f"<p>{html}</p>").raw.get("a", "").split("↷")[0].strip()


def told(rows: list[facing.Row]) -> list[tuple[str, str, str]]:
    return [(row.kind, numbers(row.left.html), numbers(row.right.html)) for row in rows]


def test_rows_in_order() -> None:
    """Pairs stand side by side; what is only on one side stands where its document has it; titles share a row."""
    assert told(rows_of(paired((1, 2), (3, 3)), 4, 5)) == [
        ("lone", "¶0", "¶0"),
        ("lone", "", "¶1"),
        ("verbatim", "¶1", "¶2"),
        ("lone", "¶2", ""),
        ("verbatim", "¶3", "¶3"),
        ("lone", "", "¶4"),
    ]


def test_a_moved_pair_stands_at_its_left_place() -> None:
    """Its text is shown once, beside its left paragraph; at its right place there is a note that leads there."""
    rows = rows_of(paired((1, 2), (2, 3), (3, 1), moved=((3, 1),)), 4, 4)
    assert told(rows) == [
        ("lone", "¶0", "¶0"),
        ("stub", "", "¶1"),
        ("verbatim", "¶1", "¶2"),
        ("verbatim", "¶2", "¶3"),
        ("verbatim", "¶3", "¶1"),
    ]
    assert f'href="#{rows[4].right.anchor}"' in rows[1].right.html


def test_order_is_kept_where_nobody_said_moved() -> None:
    """A pair that leaves the common order is treated as moved even if it was not called so."""
    assert [row[0] for row in told(rows_of(paired((1, 3), (2, 1), (3, 2)), 4, 4))] == [
        "lone", "verbatim", "verbatim", "verbatim", "stub",
    ]  # fmt: skip


@QUICK
@given(st.integers(1, 7), st.integers(1, 7), st.randoms(use_true_random=False))
def test_every_paragraph_stands_once(lefts: int, rights: int, random: "object") -> None:
    """Whatever is paired with whatever, each paragraph of either document has exactly one place."""
    one, two = list(range(lefts)), list(range(rights))
    random.shuffle(two)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    pairs = list(zip(one[::2], two[::2], strict=False))
    rows = rows_of(paired(*pairs, moved=tuple(pairs[::3])), lefts, rights)
    places = [half.anchor for row in rows for half in (row.left, row.right) if half.anchor]
    assert len(places) == len(set(places)) == lefts + rights


def test_passages_without_pairs_stand_side_by_side() -> None:
    """A sentence shared inside two long paragraphs brings these beside each other, as parts."""
    made = sample()
    shown = material.gather(made, "zh")
    comparison = made.comparisons[1]
    assert facing.links(comparison) == (facing.Link(1, 2),)
    sides = flank.flank(shown, comparison, "left"), flank.flank(shown, comparison, "right")
    rows = [row for block in facing.blocks(shown, comparison, *sides) for row in block.rows]
    assert [row.kind for row in rows] == ["lone", "lone", "part", "lone", "lone"]
    assert '<span class="o">回顾这一年' in rows[2].left.html


def test_long_lone_stretches_are_folded_away() -> None:
    """Four paragraphs in a row without a partner are set apart under a line that counts them; three are not."""
    comparison = paired((1, 1), (6, 5))
    one = document("a.txt", [f"左{place}" for place in range(7)])
    two = document("b.txt", [f"右{place}" for place in range(6)])
    shown = material.gather(result([one, two], [comparison]), "en")
    sides = flank.flank(shown, comparison, "left"), flank.flank(shown, comparison, "right")
    blocks = facing.blocks(shown, comparison, *sides)
    assert [(len(block.rows), bool(block.told)) for block in blocks] == [(2, False), (7, True), (1, False)]
    assert blocks[1].told == "4 paragraphs only on the left · 3 paragraphs only on the right"


SPANS = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda two: Span(two[0], two[0] + two[1]))


def source(number: int) -> sources.Source:
    return sources.Source(number, sample().comparisons[0], "left", False)


@QUICK
@given(st.lists(st.tuples(st.integers(1, 3), SPANS), max_size=8))
def test_colours(found: "list[tuple[int, Span]]") -> None:
    """Coloured pieces are disjoint and ascending, cover what was held, each character in its first source's colour."""
    pieces = [sources.Piece(span, "light", source(number)) for number, span in sorted(found, key=lambda one: one[0])]
    painted = sources.coloured(pieces)
    assert all(a.span.end <= b.span.start for a, b in pairwise(painted))
    assert merged(piece.span for piece in painted) == merged(span for _, span in found)
    for piece in painted:
        for place in range(piece.span.start, piece.span.end):
            assert piece.source.number == min(number for number, span in found if span.start <= place < span.end)


def test_a_paired_paragraph_has_its_own_tier() -> None:
    """A passage over several paragraphs is cut where they have tiers of their own."""
    made = sample()
    left = made.documents[0]
    held = sources.held(left, sources.Source(1, made.comparisons[0], "left", True))
    passages = [passage.left for passage in made.comparisons[0].passages]
    assert merged(piece.span for piece in held) == merged(passages)
    by_paragraph = {left.paragraphs[pair.left].span: pair.tier for pair in made.comparisons[0].pairs}
    assert {piece.span: piece.tier for piece in held if piece.span in by_paragraph} == by_paragraph


TEXT = st.text(alphabet=st.one_of(st.sampled_from("科技&<>\"'\u202e\r\n "), st.characters()), max_size=30)


@QUICK
@given(TEXT, st.lists(st.tuples(SPANS, st.booleans()), max_size=5), SPANS)
def test_spots_lose_nothing(text: str, found: "list[tuple[Span, bool]]", window: Span) -> None:
    """Whatever is set aside or repaired in whatever part of a text, the part is shown whole and in order."""
    whole = Span(0, len(text))
    spans = [(span.clipped(whole), kind) for span, kind in found if span.clipped(whole).length]
    known = document(
        "a.txt", [text], paragraphs=(Paragraph(whole, 1),),
        excluded=tuple(Exclusion(span, "web-chrome") for span, kind in spans if kind),
        repaired=tuple(Repair(span, "gbk-shift", "<读>") for span, kind in spans if not kind),
    )  # fmt: skip
    shown = material.gather(result([known], []), "zh")
    part = window.clipped(whole)
    html = spots.spotted(text, part.start, part.end, spots.spots(shown, known[0]))
    page = Page(f'<p id="x">{html}</p>')
    cuts = {edge for span, _ in spans for edge in span}
    if not any(text[cut - 1 : cut + 1] == "\r\n" for cut in cuts | set(part)):
        expected = visible(part.of(text))
        assert page.texts.get("x", "").replace("\r", "\n") == expected.replace("\r", "\n")


def test_garbled_text_says_how_it_is_read() -> None:
    """The remark on a damaged stretch is its reading, with a warning where the damage left something open."""
    repaired = (Repair(Span(1, 3), "gbk-shift", "海·", (Span(0, 1),)),)
    known = document("a.txt", ["上?た会"], repaired=repaired)
    shown = material.gather(result([known], []), "zh")
    html = spots.spotted("上?た会", 0, 4, spots.spots(shown, known[0]))
    assert html == '上<span class="g" title="读作：海·（残缺处为推测）">?た</span>会'


def test_sentence_around_a_figure() -> None:
    """The sentence is cut at its own ends, at the document's, or, if long, at a number of characters on either side."""
    text = "甲。新增5家。乙"
    whole = Span(0, len(text))
    assert findings.sentence(text, Span(4, 5), whole, "f") == '新增<i class="f">5</i>家。'
    assert findings.sentence(text, Span(4, 4), whole, "m") == '新增<b class="m"></b>5家。'
    assert findings.sentence(text, Span(4, 5), Span(3, 6), "f") == '增<i class="f">5</i>家'
    long = "长" * 99 + "5" + "长" * 99
    expected = f'…{"长" * findings.AROUND}<i class="f">5</i>{"长" * findings.AROUND}…'
    assert findings.sentence(long, Span(99, 100), Span(0, len(long)), "f") == expected
    assert findings.sentence("<b>5</b>", Span(3, 4), Span(0, 8), "f") == '&lt;b&gt;<i class="f">5</i>&lt;/b&gt;'


def test_strip_shows_where_reuse_lies() -> None:
    """Stripes ascend within the document's ten thousand units and lead to its paragraphs; a single sentence is seen."""
    made = sample()
    shown = material.gather(made, "zh")
    strip = Page(str(marked.marked(shown, made.documents[0]).strip))
    bars = [known for tag, known in strip.tags if tag == "rect"]
    assert len(bars) == 8
    tops = [int(bar["y"] or 0) for bar in bars]
    assert tops == sorted(tops)
    assert all(int(bar["height"] or 0) >= 20 and int(bar["y"] or 0) < 10000 for bar in bars)


def test_names_are_escaped_once() -> None:
    """A hostile title comes out of the look-up as its own characters, neither as markup nor escaped twice."""
    one, two = (document(f"{place}.txt", [text, "正文"]) for place, text in enumerate(HOSTILE[:2]))
    shown = material.gather(result([one, two], [compared(one[0], two[0])]), "zh")
    assert shown.names[one[0].id].html.endswith("&lt;script&gt;alert(1)&lt;/script&gt;</span>")
    assert Page(str(shown.document_link(two[0].id))).raw["span"] == HOSTILE[1]
