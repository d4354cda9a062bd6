"""Correspondence: exact between edits, clipped inside them, judged by walking both texts."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.measure.correspondence import Correspondence
from kejidiff.model import Alignment, Edit, Passage
from kejidiff.span import Span

#: Pieces of a passage: a string is equal in both, a pair is an edit of so many characters.
PIECES = st.lists(st.one_of(st.integers(1, 4), st.tuples(st.integers(0, 3), st.integers(0, 3))), min_size=1, max_size=8)


def made(pieces: list[int | tuple[int, int]]) -> tuple[Passage, dict[int, int], dict[int, int]]:
    """A passage that begins at 5 and 7, and the exact partners of all characters outside its edits, either way."""
    left, right, edits = 5, 7, []
    forth: dict[int, int] = {}
    for piece in pieces:
        if isinstance(piece, int):
            forth |= {left + k: right + k for k in range(piece)}
            left, right = left + piece, right + piece
        elif piece != (0, 0):
            edits.append(Edit("synonym", Span(left, left + piece[0]), Span(right, right + piece[1])))
            left, right = left + piece[0], right + piece[1]
    passage = Passage(Span(5, left), Span(7, right), 0.9, "light", tuple(edits), (), (), 1)
    return passage, forth, {there: here for here, there in forth.items()}


@given(PIECES)
@settings(deadline=None, derandomize=True, max_examples=200)
def test_both_ways_agree_with_walking_the_texts(pieces: list[int | tuple[int, int]]) -> None:
    """Outside edits each character has its own partner; inside one the partner lies in the other half; the whole has
    the whole."""
    passage, forth, back = made(pieces)
    for to_left, exact, own, other in (
        (True, forth, passage.left, passage.right),
        (False, back, passage.right, passage.left),
    ):
        matched = Correspondence.of(Alignment((passage,)), to_left=to_left)
        for place in range(*own):
            found = matched.at(Span(place, place + 1))
            assert found is not None and other.contains(found)
            if place in exact:
                assert found == Span(exact[place], exact[place] + 1)
        assert matched.at(Span(own.start - 1, own.end)) is None
        assert matched.at(Span(own.end, own.end + 1)) is None


def test_an_edit_corresponds_to_its_other_half() -> None:
    """安化县 over 平乐瑶族县: the whole half, and a part of it at most to the end."""
    passage, _, _ = made([2, (3, 5), 2])
    matched = Correspondence.of(Alignment((passage,)), to_left=True)
    assert matched.at(Span(7, 10)) == Span(9, 14)
    assert matched.at(Span(7, 8)) == Span(9, 10)
