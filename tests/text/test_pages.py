"""find_page_marks: numbers between pages are found as a series, lists are left alone, texts are rejoined."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.text.pages import find_page_marks

PROJECT = Path(__file__).resolve().parents[2]
CORPUS = PROJECT.parent / "shared" / "corpus"

SENTENCE = "全市科技工作以创新驱动发展为引领,聚焦重点产业、重点企业和重点平台,研发投入同比增长百分之十二"
quick = settings(deadline=None, derandomize=True, max_examples=100)


def seed(number: str) -> str:
    return next((PROJECT / "seeds").glob(f"{number}_*.txt")).read_text(encoding="utf-8")


def rejoined(text: str) -> str:
    for mark in reversed(find_page_marks(text)):
        text = text[: mark.span.start] + text[mark.span.end :]
    return text


def marks(text: str) -> list[str]:
    return [mark.span.of(text) for mark in find_page_marks(text)]


def paged(text: str, length: int, between: str = "\n\n", first: int = 1) -> str:
    """The text in pages of so many characters, each with its number before it."""
    pages = [text[at : at + length] for at in range(0, len(text), length)]
    return between.join(f"{number}、{page}" for number, page in enumerate(pages, start=first))


def test_the_sample_of_sixteen_pages() -> None:
    """Sample 004: sixteen marks, the first without the line break above it, the others with theirs."""
    assert marks(seed("004")) == ["1、", *[f"\n\n{number}、" for number in range(2, 17)]]


def test_what_a_page_tore_is_whole_again() -> None:
    """A bracket, a figure and a word that page ends cut in sample 004."""
    text = rejoined(seed("004"))
    for whole in ("R&D经费支出xx.x亿元", "(二)创新主体培育有新突破", "有限公司技术中心", "二、xxxx年科技工作思路"):
        assert whole in text


@pytest.mark.parametrize("number", ["000", "001", "002", "003"])
def test_samples_without_pages(number: str) -> None:
    """The lists of the other samples (89 numbered items in 001) are no pages."""
    assert find_page_marks(seed(number)) == ()


@pytest.mark.parametrize("between", ["\n\n", "\n", "", "\r\n\r\n", "\n　\n"])
@pytest.mark.parametrize("length", [60, 150, 300, 400])
def test_pages_of_equal_length_are_rejoined(length: int, between: str) -> None:
    """Any break between pages, also none at all: every number goes, nothing else does."""
    text = "".join(f"{SENTENCE}{chr(0x4E00 + at)}。" for at in range(40))
    assert rejoined(paged(text, length, between)) == text


def test_marks_at_sentence_ends_go_with_the_series() -> None:
    """Pages that happen to end with a sentence are parted by marks like the others."""
    pages = [SENTENCE + "。" if number in (2, 4) else SENTENCE + "的" for number in range(8)]
    text = "".join(pages)
    assert rejoined(paged(text, len(pages[0]))) == text


def test_a_page_that_ends_in_a_figure() -> None:
    """12 at a page's end and the number 2 after it read 122、: the figure stays, the number goes."""
    text = (SENTENCE * 2)[:58] + "12" + (SENTENCE * 6)[:230]
    assert paged(text, 60, "").count("122、") == 1
    assert rejoined(paged(text, 60, "")) == text


def test_a_first_page_without_a_number() -> None:
    """A series may begin at 2; its first mark then takes its line break along."""
    text = SENTENCE * 8
    whole = SENTENCE[:40] + "\n\n" + paged(text, 100, "\n\n", first=2)
    assert rejoined(whole) == SENTENCE[:40] + text


def test_unequal_pages_are_found_by_lines_that_break_off() -> None:
    """Lengths of 90 to 160, each page cut in mid-sentence: the second rule."""
    lengths = [90, 120, 160, 100, 140]
    text, pages = SENTENCE * 14, []
    for number, length in enumerate(lengths, start=1):
        pages.append(f"{number}、{text[:length]}")
        text = text[length:]
    assert len(find_page_marks("\n".join(pages))) == 5


def test_lists_are_no_pages() -> None:
    """Items that end their sentences, unequal items, equal short items, and a point instead of 、."""
    item = SENTENCE + "。"
    assert find_page_marks("\n".join(f"{number}、{item}" for number in range(1, 9))) == ()
    assert find_page_marks("".join(f"{n}、{item * n}" for n in range(1, 9))) == ()
    assert find_page_marks("".join(f"{number}、重点项目" for number in range(1, 30))) == ()
    assert find_page_marks("\n".join(f"{number}.{SENTENCE}" for number in range(1, 9))) == ()


def test_clean_texts_have_no_pages() -> None:
    """Nothing is found in 553 official texts."""
    if not CORPUS.is_dir():
        pytest.skip("no texts at ../shared/corpus")
    paths = sorted(CORPUS.glob("*/*.txt"))
    assert [path.name for path in paths if find_page_marks(path.read_text(encoding="utf-8"))] == []


def slow_even_series(text: str) -> list[int]:
    """Starts of the longest run of numbers at equal distances without blanks, each run tried from every pair."""
    hits = [(int(hit[0][:-1]), hit.start(), hit.end()) for hit in re.finditer(r"(?<![\d.-])\d+、", text)]
    best: list[tuple[int, int, int]] = []
    for first in hits:
        for second in [hit for hit in hits if hit[0] == first[0] + 1 and hit[1] >= first[2]]:
            page = len("".join(text[first[2] : second[1]].split()))
            run = [first, second]
            while page >= 50:
                near = [hit for hit in hits if hit[0] == run[-1][0] + 1 and hit[1] >= run[-1][2]]
                gaps = [(hit, len("".join(text[run[-1][2] : hit[1]].split()))) for hit in near]
                fitting = [hit for hit, gap in gaps if abs(gap - page) <= max(3, 0.03 * page)]
                if not fitting:
                    break
                run.append(fitting[0])
            best = max(best, run, key=len)
    return [start for _, start, _ in best] if len(best) >= 3 else []


@quick
@given(
    st.lists(st.sampled_from([SENTENCE, SENTENCE[:20], "\n", "3、", "第2、3季度", "。"]), min_size=8, max_size=40),
    st.integers(60, 130),
)
def test_a_made_series_is_the_one_a_slow_search_finds(pieces: list[str], length: int) -> None:
    """Page numbers are found among lists, dates and blanks, at the places where trying every pair finds them."""
    solid = "".join("".join(pieces).split())
    pages = [solid[at : at + length] for at in range(0, len(solid), length)]
    text = "\n".join(f"{number}、{page}" for number, page in enumerate(pages, start=1))
    slow = slow_even_series(text)
    torn = [page[-1:] not in "。" for page in pages[: len(slow) - 1]]
    if len(slow) > 3 and sum(torn) * 2 >= len(torn):
        found = find_page_marks(text)
        assert len(found) >= len(slow)
        assert {mark.span.start + len(mark.span.of(text)) - len(mark.span.of(text).lstrip()) for mark in found} >= set(
            slow
        )


@quick
@given(st.text(alphabet="123、。的 \n\r.-", max_size=400))
def test_any_text_passes(text: str) -> None:
    """Spans ascend, overlap nowhere and hold a number with its 、 between blanks."""
    found = find_page_marks(text)
    assert all(re.fullmatch(r"\s*\d+、\s*", mark.span.of(text)) for mark in found)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
