"""lines, words and brackets: the parts of find_chrome against slow and obvious versions of themselves."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.text.chrome import brackets, vocabulary, words
from kejidiff.text.chrome.lines import lines, squeezed

quick = settings(deadline=None, derandomize=True, max_examples=200)
texts = st.text(alphabet="一篇。,：，　 \t\n\r\v\u2028Ａ１關(lǐ)guān)\u200b\ud800𠀀", max_size=60)


def test_width_and_script_are_folded_and_offsets_stay() -> None:
    """A line reads half-width and simplified; its span is the whole line of the file, indentation included."""
    text = "标题\r\n　　上傳人：張三　頁數：１７ \n\n第２行"
    assert [(line.plain, text[line.start : line.end]) for line in lines(text)] == [
        ("标题", "标题"),
        ("上传人:張三 页数:17", "　　上傳人：張三　頁數：１７ "),
        ("第2行", "第２行"),
    ]


def test_pinyin_notes_are_left_out_and_other_brackets_are_not() -> None:
    """相關(guān)文章 reads 相关文章 where notes with tone marks stand in the file; (GDP) and (a) stay elsewhere."""
    assert [line.plain for line in lines("相關(guān)文章(GDP)")] == ["相关文章(GDP)"]
    assert [line.plain for line in lines("苯并(a)芘")] == ["苯并(a)芘"]


def test_a_long_line_is_left_as_it_is() -> None:
    """No rule reads paragraphs, so that they are not folded."""
    assert lines("，" * 301)[0].plain == "，" * 301
    assert lines("，" * 300)[0].plain == "," * 300


@quick
@given(texts)
def test_lines_are_the_lines_of_the_text(text: str) -> None:
    """Spans are what splitting at line breaks gives, without the lines that are blank."""
    plain = re.sub("[\v\f\r\u2028\u2029]", "\n", text)
    expected, start = [], 0
    for raw in plain.split("\n"):
        if raw.replace("\u200b", "").strip():
            expected.append((start, start + len(raw)))
        start += len(raw) + 1
    assert [(line.start, line.end) for line in lines(text)] == expected


@quick
@given(texts, st.integers(0, 30), st.integers(0, 60))
def test_a_part_of_a_text_has_the_same_offsets(text: str, start: int, length: int) -> None:
    """Lines of text[start:end] are those of the piece alone, moved by where it starts."""
    start = min(start, len(text))
    end = min(start + length, len(text))
    moved = [(start + line.start, start + line.end, line.plain) for line in lines(text[start:end])]
    assert [tuple(line) for line in lines(text, start, end)] == moved


def test_every_entry_holds_a_telling_character() -> None:
    """The lines that are never looked at can hold no entry of the vocabulary."""
    entries = vocabulary.NOTICES + vocabulary.SOFT_NOTICES + vocabulary.TAGS + tuple(vocabulary.BARE_HEADS)
    footers = ("icp备1", "icp证1", "公网安备", "版权所有", "©", "copyright", "经营许可证")
    assert [entry for entry in entries + footers if not set(entry) & set(vocabulary.TELLING)] == []


def test_entries_are_spelled_as_lines_are_read() -> None:
    """An entry with a blank, a capital, a full-width or a traditional character could never be found."""
    lists = (
        vocabulary.NOTICES, vocabulary.SOFT_NOTICES, vocabulary.SITE_WORDS, vocabulary.TAGS, vocabulary.LABELS,
        vocabulary.MENU_WORDS, vocabulary.LIST_HEADS, vocabulary.BARE_HEADS, vocabulary.WEAK_WORDS,
    )  # fmt: skip
    entries = sorted({entry for some in lists for entry in some})
    assert [entry for entry in entries if squeezed(lines(entry)[0].plain) != entry] == []


@quick
@given(st.lists(st.sampled_from([*vocabulary.TAGS, "工作总结", "一、基本情况", "今年以来,"]), max_size=6))
def test_no_line_with_an_entry_escapes_suspicion(pieces: list[str]) -> None:
    """Suspects are a superset of the lines that hold an entry: the search by characters loses none."""
    found = lines("\n".join(pieces))
    holding = [at for at, line in enumerate(found) if any(tag in squeezed(line.plain) for tag in vocabulary.TAGS)]
    assert set(holding) <= set(words.suspects(found))


def slow_brackets(text: str) -> list[tuple[int, int]]:
    """Every innermost bracket with an address in it whose ends are near enough, the first of those that overlap."""
    found: list[tuple[int, int]] = []
    for bracket in re.finditer(r"[(（\[【][^()（）\[\]【】\r\n]*[)）\]】]", text):
        for hint in re.finditer(r"\.[A-Za-z\d]|转载请注明|轉載請註明", bracket[0]):
            near = hint.start() <= 31 and len(bracket[0]) - hint.end() <= 31
            if near and re.search(r"www\.|https?:|\.(com|net|cn|org)(?![a-z])|转载请|轉載請", bracket[0], re.I):
                found.append(bracket.span())
                break
    return found


@quick
@given(
    st.lists(
        st.sampled_from(["(", ")", "【", "]", "www.", "a.com", "3.5", "转载请注明", "的" * 20, "\n", "x"]), max_size=12
    )
)
def test_brackets_are_those_a_slow_search_finds(pieces: list[str]) -> None:
    """The search from the address outwards finds what a search for brackets finds."""
    text = "".join(pieces)
    assert [tuple(span) for span in brackets.bracketed_notices(text)] == slow_brackets(text)


def test_a_bracket_with_anything_else_stays() -> None:
    """Figures, abbreviations and addresses too far from the bracket's ends are no notice."""
    for text in ("占比(3.5)", "平台(V2.0)", f"项目({'的' * 40}www.a.com)", "网址:www.a.com", "(www.a.com"):
        assert brackets.bracketed_notices(text) == []
