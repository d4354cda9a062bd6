"""Cells: no line is wider than asked, no text is lost, no Hanzi is cut, 避头尾 holds wherever the width lets it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from kejidiff.view.terminal.cells import (
    NO_END,
    NO_START,
    Line,
    Piece,
    cut_line,
    cut_middle,
    cut_text,
    line_width,
    padded,
    text_width,
    wrap,
)
from kejidiff.view.terminal.layout import flow, labelled, spread, wrapped

LIKELY = "科技创新年，。、；：？！）》”（《“—…·%[]{}-+ 　1234,.xyéが\u3099👍ǐ繁體"
TEXT = st.text(st.sampled_from(LIKELY), max_size=80)
LINES = st.lists(st.tuples(TEXT, st.sampled_from(["", "replaced", "quiet"])), max_size=5)


def texts(lines: list[Line]) -> list[str]:
    return ["".join(piece.text for piece in line) for line in lines]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("科技", 4),
        ("abc", 3),
        ("“·—…”", 5),
        ("（。）", 6),
        ("¶12 ", 4),
        ("か\u3099", 2),
        ("é", 1),
        ("e\u0301", 1),
        ("⟦U+202E⟧", 8),
        ("𠀀", 2),
        ("", 0),
    ],
)
def test_width_is_counted_in_cells(text: str, cells: int) -> None:
    """A Hanzi and a full-width mark are two cells, a combining mark none, an ambiguous character one."""
    assert text_width(text) == cells


def test_width_agrees_with_another_judge() -> None:
    """rich's table, made from another source, counts the same for what reports are written in."""
    ranges = [(0x20, 0x7F), (0xA1, 0x250), (0x2010, 0x2027), (0x2500, 0x2600), (0x3000, 0x302E), (0x4E00, 0x9FFF)]
    ranges += [(0x3041, 0x3097), (0x3099, 0x3100), (0xAC00, 0xD7A3), (0xFF01, 0xFF60), (0x20000, 0x20100)]
    wrong = [
        chr(code)
        for first, last in ranges
        for code in range(first, last)
        if code != 0xAD and text_width(chr(code)) != cell_len(chr(code))
    ]
    assert wrong == []


def test_breaks_follow_the_rules() -> None:
    """A full stop does not begin a line nor an opening mark end one; numbers, words, …… and —— stay whole."""
    text = "一、科技（创新）成效明显。2023年申请专利1,284件——同比增长……"
    assert texts(wrap([Piece(text)], 12)) == [
        "一、科技（创",
        "新）成效明",
        "显。2023年申",
        "请专利1,284",
        "件——同比增",
        "长……",
    ]


def test_marks_stay_with_what_they_mark() -> None:
    """`{+` never ends a line, `+}` never begins one, whatever stands around them."""
    line = [Piece("各项工作"), Piece("{+", "inserted", "open"), Piece("全力推进", "inserted"),
            Piece("+}", "inserted", "close"), Piece("有序", "")]  # fmt: skip
    assert texts(wrap(line, 10)) == ["各项工作", "{+全力推", "进+}有序"]


def test_a_word_wider_than_the_line_is_divided() -> None:
    """Nothing is cut off and nothing sticks out, even where no rule can be kept."""
    assert texts(wrap([Piece("abcdefghij")], 4)) == ["abcd", "efgh", "ij"]
    assert texts(wrap([Piece("。。。。")], 4)) == ["。。", "。。"]


@settings(deadline=None, derandomize=True, max_examples=400)
@given(LINES, st.integers(2, 40))
def test_no_line_is_wider_and_nothing_is_lost(parts: list[tuple[str, str]], cells: int) -> None:
    """Each line fits; joined again the text is there, in its styles, but for blanks at which a line was broken."""
    line = [Piece(text, style) for text, style in parts]
    broken = wrap(line, cells)
    assert all(line_width(one) <= cells for one in broken)
    whole = "".join(text for text, _ in parts)
    pattern = r"\s*".join(re.escape(one) for one in texts(broken)) + r"\s*"
    assert re.fullmatch(pattern, whole)
    styled = [(c, piece.style) for one in broken for piece in one for c in piece.text if not c.isspace()]
    assert styled == [(c, style) for text, style in parts for c in text if not c.isspace()]


def _slowly_broken(text: str, cells: int) -> list[str]:
    """The rules again, one character after another: the last place that is allowed, or else the last that fits."""
    tokens = re.findall(
        r"……|——|[0-9A-Za-z\u00c0-\u024f]+(?:[.,:/'_@&+×-][0-9A-Za-z_]+)*[%‰℃_×]*|_+|--[a-z][a-z-]*"
        r"|.[\u0300-\u036f\u3099]*",
        text,
    )
    inner = set[int]()
    position = 0
    for token in tokens:
        if text_width(token) <= cells:
            inner |= set(range(position + 1, position + len(token)))
        position += len(token)
    lines: list[str] = []
    while text_width(text) > cells:
        fits = [end for end in range(1, len(text)) if text_width(text[:end]) <= cells]
        allowed = [
            end
            for end in fits
            if text[:end].strip()
            and end + position - len(text) not in inner
            and (
                text[end - 1].isspace() or text[end].isspace() or not (text[end - 1] in NO_END or text[end] in NO_START)
            )
        ]
        end = max(allowed or fits)
        lines.append(text[:end].rstrip() if allowed else text[:end])
        text = text[end:].lstrip() if allowed else text[end:]
    return [*lines, text] if text else lines or [""]


@settings(deadline=None, derandomize=True, max_examples=400)
@given(st.text(st.sampled_from("科技，。）（“ 1a-…—+\u3099"), max_size=40), st.integers(2, 24))
def test_the_quick_way_breaks_where_the_slow_one_does(text: str, cells: int) -> None:
    """A line begins with 。，、；：？！）》” or ends with （《“ only where the width leaves no other place."""
    assert texts(wrap([Piece(text)], cells)) == _slowly_broken(text, cells)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(TEXT, st.integers(1, 30))
def test_a_cut_text_fits_and_says_that_it_was_cut(text: str, cells: int) -> None:
    """What fits is left alone; what does not has `…` where something is missing."""
    for cut in (cut_text(text, cells), cut_middle(text, cells), texts([cut_line([Piece(text)], cells)])[0]):
        assert text_width(cut) <= cells
        assert cut == text or "…" in cut


@settings(deadline=None, derandomize=True, max_examples=200)
@given(TEXT, st.integers(0, 60), st.booleans())
def test_padding_fills_and_never_cuts(text: str, cells: int, right: bool) -> None:
    """A column is exactly as wide as it should be, or as its text."""
    line = padded([Piece(text)], cells, right)
    assert line_width(line) == max(cells, text_width(text))
    assert texts([line])[0].strip() == text.strip()


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.lists(TEXT.filter(bool), min_size=1, max_size=8), st.integers(8, 50), st.integers(1, 3))
def test_a_list_says_how_many_it_left_out(entries: list[str], width: int, most: int) -> None:
    """Entries told and entries left out add up; each line fits."""
    lines = flow([[Piece(f"<{text}>")] for text in entries], width, most, lambda n: [Piece(f"+{n}>")])
    assert all(line_width(line) <= width for line in lines)
    told = "".join(texts(lines)).replace(" ", "").replace("\u3000", "")
    left_out = next((n for n in range(len(entries), 0, -1) if told.endswith(f"+{n}>")), 0)
    expected = "".join(f"<{text}>" for text in entries[: len(entries) - left_out])
    assert told.removesuffix(f"+{left_out}>") == expected.replace(" ", "").replace("\u3000", "")


@settings(deadline=None, derandomize=True, max_examples=200)
@given(TEXT, TEXT, st.integers(20, 60), st.integers(0, 6), st.integers(0, 6))
def test_whatever_is_laid_out_fits(one: str, other: str, width: int, indent: int, hanging: int) -> None:
    """Indents, labels and lines with two ends stay within the width as well."""
    left, right = [Piece(one)], [Piece(other)]
    lines = wrapped(left, width, indent, hanging) + labelled("例", 6, width, lambda room: wrapped(right, room), indent)
    lines += spread(wrapped(left, width)[0], right, width)
    assert all(line_width(line) <= width for line in lines)
