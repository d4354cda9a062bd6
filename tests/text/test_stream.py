"""Streams of folded characters: many texts at once, judged by a loop over characters."""

from itertools import pairwise

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kejidiff.text.fold import fold_characters
from kejidiff.text.stream import Stream, stream_of

LINE_ENDS, SENTENCE_ENDS = "\n\r\x0b\x0c\x85\u2028\u2029", "。！？；!?;…"

#: Hanzi of both scripts, rare ones beyond the first plane, digits, wide forms, marks, line ends, blanks, emoji, private
#: use, lone surrogates.
CHARACTERS = st.one_of(
    st.sampled_from("科技创新工作創新驅動陜㛝絺𫄨𠮷𝟗😀Ａ９aB3٣。！？；…，、“ \u3000\u200b\ue000\uf8ff\ud800\udc00"),
    st.sampled_from(LINE_ENDS + "\r\n"),
    st.characters(codec=None, exclude_categories=()),
)
TEXTS = st.lists(st.text(CHARACTERS, max_size=30), min_size=1, max_size=6)


def in_the_first_plane(character: str) -> str:
    """The one documented difference to `fold`: private use stands for what lies beyond the first plane."""
    return character if ord(character) <= 0xFFFF else chr(0xE000 + ord(character) % 6400)


def slow_paragraphs(text: str, at: int, folded_at: int) -> list[list[int]]:
    """Lines with a kept character, one character after the other; `at`, `folded_at`: where the text begins."""
    rows, start, folded_start, folded = [], 0, folded_at, folded_at
    for offset, character in enumerate(text + "\n"):
        if character in LINE_ENDS:
            if folded > folded_start:
                rows.append([at + start, at + offset, folded_start, folded])
            start, folded_start = offset + 1, folded
        elif fold_characters(character):
            folded += 1
    return rows


def slow_stream(texts: list[str]) -> dict[str, list[object]]:
    """What `stream_of` must give, as lists."""
    found: dict[str, list[object]] = {"folded": [], "kept": [], "texts": [0], "paragraphs": [], "sentences": []}
    for text in texts:
        found["paragraphs"] += slow_paragraphs(text, len(found["kept"]), len(found["folded"]))
        for character in text + "\n":
            one = fold_characters(character)
            found["kept"].append(bool(one))
            found["folded"] += [ord(in_the_first_plane(one))] if one else []
            found["sentences"] += [len(found["folded"])] if character in SENTENCE_ENDS else []
        found["texts"].append(len(found["kept"]))
    found["kept"].pop()
    return found


def as_lists(stream: Stream) -> dict[str, list[object]]:
    """A stream as lists, by name."""
    return {name: array.tolist() for name, array in stream._asdict().items()}


def test_two_texts_make_one_stream() -> None:
    """Script, width and marks fold; each line with a character is a paragraph; the way back counts original offsets."""
    stream = stream_of(["創新，\r\n\r\n驅動！", "Ａ1"])
    assert stream.folded.tobytes().decode("utf-16-le") == "创新驱动a1"
    assert "".join("·x"[kept] for kept in stream.kept.tolist()) == "xx·····xx··xx"
    assert stream.texts.tolist() == [0, 11, 14]
    assert stream.paragraphs.tolist() == [[0, 3, 0, 2], [7, 10, 2, 4], [11, 13, 4, 6]]
    assert stream.sentences.tolist() == [4]


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
