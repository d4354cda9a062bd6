"""Reflowing: fragments with places become paragraphs, whatever unit they are measured in."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.read.fragments import Fragment
from kejidiff.read.lines import reflow


def page(*lines: str, unit: float = 10.0, left: float = 50.0, top: float = 80.0) -> list[Fragment]:
    """Lines below one another; a leading ideographic blank sets a line in by its width, an empty line leaves a gap."""
    fragments = []
    for number, line in enumerate(lines):
        text = line.lstrip("\u3000")
        start = left * unit / 10 + unit * (len(line) - len(text))
        y = top * unit / 10 + number * 1.5 * unit
        if text:
            width = sum(unit if ord(char) > 0x2E80 else unit / 2 for char in text)
            fragments.append(Fragment(text, start, start + width, y, y + unit, unit))
    return fragments


LINES = (
    "　　全县科技工作取得新成绩创新能",
    "力明显提高。",
    "　　下一步将继续加大投入完善政策强",
    "化服务努力开创新局面。",
)


def test_lines_join_up_to_the_next_indent() -> None:
    """Text set in by two Hanzi becomes paragraphs, in points and in millimetres alike."""
    for unit in (10.0, 3.5):
        text = reflow([page(*LINES, unit=unit)]).text
        assert text.split("\n\n") == [
            "全县科技工作取得新成绩创新能力明显提高。",
            "下一步将继续加大投入完善政策强化服务努力开创新局面。",
        ]


def test_a_paragraph_over_a_page_break_is_one() -> None:
    """Page marks between its halves are one hole in the line, so that nothing parts it."""
    first = [*page(*LINES[:3]), *page("- 1 -", left=110, top=300)]
    second = [*page(LINES[3], *LINES[:2]), *page("- 2 -", left=110, top=300)]
    found = reflow([first, second])
    (hole, last) = found.marked
    assert hole.span.of(found.text) == "\n\n- 1 -\n\n"
    assert last.span.of(found.text) == "- 2 -"
    assert found.text[hole.span.end :].startswith("化服务努力")
    assert found.text[: hole.span.start].endswith("政策强")


def test_words_and_hyphens() -> None:
    """Between words a line's end is a blank, in a word that was parted nothing."""
    lines = ("The committee of the county rec-", "ommends the plan for the coming", "year.")
    assert reflow([page(*lines)]).text == "The committee of the county recommends the plan for the coming year."


def test_cells_of_a_row_are_parted_by_tabs() -> None:
    """A row of a table is a block of its own."""
    row = [*page("项目名称"), *page("经费", left=150), *page("备注", left=220)]
    assert reflow([[*row, *page("第一期", top=100), *page("12", left=150, top=100)]]).text == (
        "项目名称\t经费\t备注\n\n第一期\t12"
    )


def test_nothing() -> None:
    assert reflow([]).text == ""
    assert reflow([[], [Fragment("  ", 0, 1, 0, 1, 1)]]) == ("", (), (False, False))


numbers = st.floats(-1e4, 1e4, allow_nan=False)
fragments = st.builds(
    lambda text, left, top, width, size: Fragment(text, left, left + abs(width), top, top + size, size),
    st.text("科技工作总结abc 12,。-\u3000", min_size=1, max_size=12), numbers, numbers, numbers, st.floats(0.1, 100),
)  # fmt: skip


@given(st.lists(st.lists(fragments, max_size=25), max_size=4))
@settings(deadline=None, derandomize=True, max_examples=150)
def test_no_character_is_lost(pages: list[list[Fragment]]) -> None:
    """Wherever fragments stand, all their characters are in the text but hyphens; marks lie in it, in order."""
    found = reflow(pages)
    kept = sorted(char for char in found.text if not char.isspace() and char != "-")
    given_ = sorted(char for one in pages for fragment in one for char in fragment.text)
    assert kept == [char for char in given_ if not char.isspace() and char != "-"]
    edges = [0, *(edge for one in found.marked for edge in one.span), len(found.text)]
    assert edges == sorted(edges)
    assert all(one.span.length for one in found.marked)
