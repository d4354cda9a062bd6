"""Streams of folded characters: many texts at once, judged by a loop over characters."""

import re
from importlib.resources import files
from itertools import pairwise

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kejidiff.model import SourceText
from kejidiff.text.documents import find_documents
from kejidiff.text.figure_runs import value_of_figure
from kejidiff.text.fold import fold_characters
from kejidiff.text.stream import Stream, fold_classes, stream_of, stream_of_document

MASKS, JOINTS = "xXｘＸ×✕_＿*＊", ".．,，"
LINE_ENDS, SENTENCE_ENDS = "\n\r\x0b\x0c\x85\u2028\u2029", "。！？；!?;…"

#: Hanzi of both scripts, rare ones beyond the first plane, digits, wide forms, marks, line ends, blanks, emoji, private
#: use, lone surrogates.
CHARACTERS = st.one_of(
    st.sampled_from(
        "科技创新工作創新驅動陜㛝絺𫄨𠮷𝟗😀Ａ９aB3٣7x×_*.．,。！？；…，、“ \u3000\u200b\ue000\uf8ff\ud800\udc00"
    ),
    st.sampled_from(LINE_ENDS + "\r\n"),
    st.characters(codec=None, exclude_categories=()),
)
TEXTS = st.lists(st.text(CHARACTERS, max_size=30), min_size=1, max_size=6)


def in_the_first_plane(character: str) -> str:
    """The one documented difference to `fold`: private use stands for what lies beyond the first plane."""
    return character if ord(character) <= 0xFFFF else chr(0xE000 + ord(character) % 6400)


def slow_figures(text: str) -> dict[int, tuple[int, int]]:
    """Where figures stand: by their beginning the end and how many of their characters count."""
    kinds = "".join(
        "d" if one.isdecimal() else "m" if character in MASKS else "." if character in JOINTS else " "
        for character, one in ((character, fold_characters(character)) for character in text)
    )
    return {
        found.start(): (found.end(), len(fold_characters(text[found.start() : found.end()])))
        for found in re.finditer(r"[dm](?:\.?[dm])*", kinds)
        if "d" in found.group()
    }


def slow_paragraphs(text: str, at: int, folded_at: int) -> list[list[int]]:
    """Lines with a kept character, one character after the other; `at`, `folded_at`: where the text begins."""
    rows, start, folded_start, folded = [], 0, folded_at, folded_at
    figures = slow_figures(text)
    inside = {at for first, (end, _) in figures.items() for at in range(first + 1, end)}
    for offset, character in enumerate(text + "\n"):
        if character in LINE_ENDS:
            if folded > folded_start:
                rows.append([at + start, at + offset, folded_start, folded])
            start, folded_start = offset + 1, folded
        elif offset in figures or (offset not in inside and fold_characters(character)):
            folded += 1
    return rows


def slow_stream(texts: list[str]) -> dict[str, list[object]]:
    """What `stream_of` must give, as lists."""
    names = ("folded", "kept", "texts", "paragraphs", "sentences", "figures", "countable")
    found: dict[str, list[object]] = {name: [] for name in names}
    found["texts"].append(0)
    for text in texts:
        found["paragraphs"] += slow_paragraphs(text, len(found["kept"]), len(found["folded"]))
        figures = slow_figures(text)
        inside = {at for first, (end, _) in figures.items() for at in range(first + 1, end)}
        counted = 0
        for offset, character in enumerate(text + "\n"):
            one = "" if offset in inside else fold_characters(character)
            counted += len(one)
            if offset in figures:
                end, digits = figures[offset]
                found["figures"].append([len(found["folded"]), end - offset, digits])
                counted += digits - len(one)
                one = "#"
            found["kept"].append(bool(one))
            found["folded"] += [ord(in_the_first_plane(one))] if one else []
            found["sentences"] += [len(found["folded"])] if character in SENTENCE_ENDS else []
        found["texts"].append(len(found["kept"]))
        found["countable"].append(counted)
    found["kept"].pop()
    return found


def as_lists(stream: Stream) -> dict[str, list[object]]:
    """A stream as lists, by name: what is known of figures but their values, and nothing of scripts and odd ones."""
    arrays = {name: array.tolist() for name, array in stream._asdict().items() if name not in ("hanzi", "odd")}
    return arrays | {"figures": stream.figures[:, [0, 2, 3]].tolist()}


def test_two_texts_make_one_stream() -> None:
    """Script, width and marks fold; each line with a character is a paragraph; the way back counts original offsets."""
    stream = stream_of(["創新，\r\n\r\n驅動！", "Ａ1"])
    assert stream.folded.tobytes().decode("utf-16-le") == "创新驱动a#"
    assert "".join("·x"[kept] for kept in stream.kept.tolist()) == "xx·····xx··xx"
    assert stream.texts.tolist() == [0, 11, 14]
    assert stream.paragraphs.tolist() == [[0, 3, 0, 2], [7, 10, 2, 4], [11, 13, 4, 6]]
    assert stream.sentences.tolist() == [4]


def test_the_shipped_table_is_what_folding_makes() -> None:
    """No code point of the first plane folds otherwise in many texts at once than in one."""
    shipped = np.load(files("kejidiff") / "data" / "fold.npy")
    assert np.array_equal(shipped, fold_classes())


def test_figures_are_symbols_with_values() -> None:
    """Equal figures have equal values however they are written, others others, hidden ones none."""
    stream = stream_of(["2013年1,485万元，１４８５人", "18.47、1847、20××、0", "5x、3"])
    assert stream.folded.tobytes().decode("utf-16-le") == "#年#万元#人######"
    values = stream.figures[:, 1].tolist()
    assert values[1] == values[2] and values[3] != values[4] and values[5] == 0 == values[7]
    assert len({*values}) == 7
    assert stream.figures[:, 2:].tolist() == [[4, 4], [5, 4], [4, 4], [5, 4], [4, 4], [4, 2], [1, 1], [2, 2], [1, 1]]
    figures = ["2013", "1,485", "１４８５", "18.47", "1847", "20××", "0", "5x", "3"]
    assert [value_of_figure(figure) for figure in figures] == values


def test_a_document_folded_with_care_is_a_stream_like_any_other() -> None:
    """Clean text comes to the same folded characters, kept bits, paragraphs and figures by either way."""
    text = "2013年工作总结\n全年完成专利1,485件，增长18.47%。\n\n第二段有A、B两类项目。\n"
    (document,) = find_documents(SourceText("a.txt", text))
    long, short = stream_of_document(text, document), stream_of([text])
    assert long.folded.tolist() == short.folded.tolist()
    assert np.flatnonzero(long.kept).tolist() == np.flatnonzero(short.kept).tolist()
    assert long.figures.tolist() == short.figures.tolist()
    assert long.countable.tolist() == short.countable.tolist() == [document.countable]
    assert long.paragraphs[:, 2:].tolist() == short.paragraphs[:, 2:].tolist()


def test_a_figure_in_damaged_text_ends_before_the_next_character() -> None:
    """Repaired characters may meet within one original character; that is never of two folded ones in a stream."""
    plain = "2013年完成专利1,485件，增长18.47%。" * 20
    text = plain.encode().decode("latin-1")
    (document,) = find_documents(SourceText("a.txt", text))
    stream = stream_of_document(text, document)
    starts = np.append(np.flatnonzero(stream.kept), document.span.length)
    at = stream.figures[:, 0]
    assert len(at) == 60 and stream.folded[:5].tobytes().decode("utf-16-le") == "#年完成专"
    assert (starts[at] + stream.figures[:, 2] <= starts[at + 1]).all()


@given(TEXTS)
@example([""])
@example(["", "", "\n"])
@example(["😀𠮷" * 3, "𠮷"])
@settings(deadline=None, derandomize=True, max_examples=300)
def test_a_stream_is_what_a_loop_over_characters_makes(texts: list[str]) -> None:
    """Folded text, kept bits, paragraphs and sentence ends, whatever characters the texts have."""
    assert as_lists(stream_of(texts)) == slow_stream(texts)


@given(TEXTS, st.data())
@settings(deadline=None, derandomize=True, max_examples=150)
def test_any_batching_gives_the_same(texts: list[str], data: st.DataObject) -> None:
    """Cut into batches anywhere, each text has the same folded characters, kept bits, paragraphs and sentence ends."""
    cuts = sorted({0, len(texts), *data.draw(st.lists(st.integers(0, len(texts)), max_size=3))})
    apart = [by_text(stream_of(texts[start:end])) for start, end in pairwise(cuts)]
    assert [text for batch in apart for text in batch] == by_text(stream_of(texts))


def by_text(stream: Stream) -> list[tuple[list[int], ...]]:
    """Each text's share of a stream, counted from its own beginning."""
    before = np.concatenate(([0], np.cumsum(stream.kept), [np.count_nonzero(stream.kept)]))
    found = []
    for start, end in pairwise(stream.texts.tolist()):
        first, last = int(before[start]), int(before[min(end, len(stream.kept))])
        rows = stream.paragraphs[(stream.paragraphs[:, 0] >= start) & (stream.paragraphs[:, 0] < end)]
        folded = stream.folded[first:last].tolist()
        kept = stream.kept[start : end - 1].tolist()
        found.append((folded, kept, (rows - [start, start, first, first]).tolist()))
    return found


def test_a_million_characters_on_one_line_are_one_paragraph() -> None:
    """A line has no greatest length."""
    stream = stream_of(["科" * 1_000_000])
    assert stream.paragraphs.tolist() == [[0, 1_000_000, 0, 1_000_000]]
