"""`segments`: a window cut at edits and exclusions is still the window, character for character."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.model import Edit, Exclusion
from kejidiff.span import Span
from kejidiff.view.segments import segments


def test_edits_and_exclusions_cut_the_window() -> None:
    """Equal text, edits and excluded stretches come one after another, each with its kind."""
    text = "我市通过创新，取得12、成效。"
    edits = [Edit("synonym", Span(2, 4), Span(2, 4)), Edit("deletion", Span(7, 9), Span(7, 7))]
    marks = [Exclusion(Span(9, 12), "page-mark")]
    told = [(cut.text, cut.kind, cut.excluded) for cut in segments(text, Span(0, len(text)), edits, "left", marks)]
    assert told == [
        ("我市", None, False),
        ("通过", "synonym", False),
        ("创新，", None, False),
        ("取得", "deletion", False),
        ("12、", None, True),
        ("成效。", None, False),
    ]


def test_an_absent_text_leaves_an_empty_segment_in_its_place() -> None:
    """A view can print a caret where the other side has more, also at the window's borders."""
    edits = [Edit("insertion", Span(k, k), Span(k, k + 2)) for k in (0, 2, 4)]
    assert [(cut.text, cut.kind) for cut in segments("甲乙丙丁", Span(0, 4), edits, "left")] == [
        ("", "insertion"),
        ("甲乙", None),
        ("", "insertion"),
        ("丙丁", None),
        ("", "insertion"),
    ]


def test_an_edit_across_the_border_is_cut_and_one_outside_passed_over() -> None:
    """A window shows its own part of an edit; each segment still knows the whole edit it is part of."""
    across, outside = Edit("synonym", Span(0, 3), Span(0, 3)), Edit("figure", Span(5, 6), Span(5, 6))
    cuts = segments("甲乙丙丁戊己", Span(1, 4), [across, outside], "right")
    assert [(cut.text, cut.edit) for cut in cuts] == [("乙丙", across), ("丁", None)]


@st.composite
def _cases(draw: st.DrawFn) -> tuple[str, Span, list[Edit], list[Exclusion]]:
    text = draw(st.text(st.sampled_from("甲乙丙，。1a"), max_size=30))
    borders = st.integers(0, len(text))
    window = Span(*sorted((draw(borders), draw(borders))))
    places = sorted(draw(st.lists(borders, max_size=8).filter(lambda found: len(found) % 2 == 0)))
    spans = [Span(*places[k : k + 2]) for k in range(0, len(places), 2)]
    holes = sorted(draw(st.lists(borders, max_size=4, unique=True).filter(lambda found: len(found) % 2 == 0)))
    excluded = [Exclusion(Span(*holes[k : k + 2]), "web-chrome") for k in range(0, len(holes), 2)]
    return text, window, [Edit("replacement", span, span) for span in spans], excluded


@settings(deadline=None, derandomize=True, max_examples=300)
@given(_cases())
def test_the_segments_make_up_the_window(case: tuple[str, Span, list[Edit], list[Exclusion]]) -> None:
    """Joined, the texts are the window's text; edits keep their order; excluded characters are exactly the holes'."""
    text, window, edits, excluded = case
    cuts = segments(text, window, edits, "left", excluded)
    assert "".join(cut.text for cut in cuts) == window.of(text)
    told = [edits.index(cut.edit) for cut in cuts if cut.edit is not None]
    assert told == sorted(told)
    holes = {place for hole in excluded for place in range(*hole.span.clipped(window))}
    position, found = window.start, set()
    for cut in cuts:
        if cut.excluded:
            found |= set(range(position, position + len(cut.text)))
        position += len(cut.text)
    assert found == holes
