"""Rows whose texts were read as bytes are those that the parser makes, whatever lines hold, however they are cut."""

import json
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kejidiff.kernel import is_compiled, rows, without
from kejidiff.options import JsonLines
from kejidiff.read.archives.encoded import EncodedRow, rows_of_lines
from kejidiff.read.archives.lines import lines_of, stretches_of
from kejidiff.read.archives.objects import rows_in
from kejidiff.read.archives.shard import Row
from kejidiff.text.stream import encoded

pytestmark = pytest.mark.skipif(not is_compiled(), reason="nothing is compiled")

FIELDS = JsonLines()
#: Characters of one byte to four, at the borders of what each may be; what JSON escapes; blanks; lone surrogates.
CHARACTERS = st.sampled_from(
    'a"\\/\n\t \x00\x1f\x7f\x80\u07ff\u0800科，\ud7ff\ud800\ue000\uf8ff\uf900\uffff\U00010000𠮷😀'
)
TEXTS = st.text(CHARACTERS, max_size=20)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=5,
)
BYTES = [b"", b'"', b"\\", b"{", b"}", b",", b"\xff", b"\xe7", b"\xa0", b"u", b"\xed\xa0\x80"]
NAMES = st.one_of(st.sampled_from(["text", "id", "tex", "textt", "t\u0065xt", "科"]), TEXTS)


@st.composite
def lines(draw: st.DrawFn) -> bytes:
    """A line: an object, as a program writes it, or with blanks, fields twice, escapes, some bytes changed."""
    fields = draw(st.lists(st.tuples(NAMES, VALUES), max_size=4))
    if draw(st.booleans()):
        fields.insert(draw(st.integers(0, len(fields))), ("text", draw(st.one_of(TEXTS, VALUES))))
    blank = st.sampled_from(["", "", " ", "\t", " \r"])
    plain = draw(st.booleans())
    written = [
        draw(blank) + json.dumps(name, ensure_ascii=plain) + draw(blank) + ":" + draw(blank)
        + json.dumps(value, ensure_ascii=draw(st.booleans())) + draw(blank)
        for name, value in fields
    ]  # fmt: skip
    line = bytearray((draw(blank) + "{" + ",".join(written) + "}" + draw(blank)).encode("utf-8", "surrogatepass"))
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 2]))):
        at = draw(st.integers(0, len(line)))
        line[at : at + draw(st.integers(0, 2))] = draw(st.sampled_from(BYTES))
    return bytes(line).replace(b"\n", b"")


def parsed(data: bytes, most: int) -> list[Row]:
    """The rows as the parser makes them."""
    return list(rows_in(lines_of([data], most), FIELDS, by_offset=False))


def as_rows(found: Iterator[Row | EncodedRow]) -> Iterator[Row]:
    """Rows with their texts; what they have encoded is what encoding makes of the text."""
    for row in found:
        if isinstance(row, Row):
            yield row
            continue
        text = row.encoded.text
        own, plain = row.encoded, encoded(text)
        assert (bytes(own.utf8), bytes(own.codes), bytes(own.points)) == tuple(map(bytes, plain[1:]))
        assert text.startswith(own.begins) and len(own.begins) >= min(len(text), rows.BEGINNING)
        assert own.characters == len(text)
        yield Row(row.number, row.id, text, row.metadata)


@given(
    st.lists(st.one_of(lines(), st.sampled_from([b"", b" ", b"\r", b"{}"])), max_size=6),
    st.lists(st.integers(0, 400), max_size=3),
    st.sampled_from([40, 1 << 20]),
)
@example([b'{"text": "\\ud83d\\ude00"}', b'{"text": "a", "text": "b"}', b'{"a": {"text": "a"}, "text": "b"}'], [], 99)
@example([b'{"text": "a\\', b'{"text": "\\u12', b'{"text": "\xe7\xa7', b'{"text', b'{"text":', b'{"text": "a"'], [], 99)
@settings(deadline=None, derandomize=True, max_examples=600)
def test_rows_are_those_of_the_parser(given_lines: list[bytes], cuts: list[int], most: int) -> None:
    """Number, id, text, metadata and problem of each, however the file is cut into blocks."""
    data = b"\n".join(given_lines)
    edges = sorted({0, *(min(cut, len(data)) for cut in cuts), len(data)})
    blocks = [data[a:b] for a, b in pairwise(edges)]
    found = as_rows(rows_of_lines(stretches_of(blocks, most), FIELDS, most))
    assert list(found) == parsed(data, most)


@pytest.mark.parametrize("size", [63, 64, 65, 4096, rows.ROOM - 1, rows.ROOM, rows.ROOM + 1])
def test_lines_at_the_border_of_the_room(size: int) -> None:
    """A line that fills what is read at once, and one that is longer, between others."""
    line = b'{"text":"' + b"a" * (size - 11) + b'"}'
    data = b"\n".join([b'{"text":"b"}', line, line, b"", b'{"text":"c"}'])
    assert len(line) == size
    found = list(as_rows(rows_of_lines(stretches_of([data], 1 << 30), FIELDS, 1 << 30)))
    assert found == parsed(data, 1 << 30)
    assert [row.number for row in found] == [1, 2, 3, 5]


def test_ten_thousand_short_lines() -> None:
    """More than are read at once."""
    data = b"\n".join(b'{"id": %d, "text": "a"}' % at for at in range(10_000))
    assert list(as_rows(rows_of_lines(stretches_of([data], 99), FIELDS, 99))) == parsed(data, 99)


def test_nothing_outside_the_block_is_read() -> None:
    """A range that is none is refused, and without a library there are no rows."""
    for start, end in ((-1, 2), (2, 1), (0, 4)):
        with pytest.raises(ValueError, match="block"):
            rows.read_rows(b"abc", start, end, b"text")
    with without():
        assert rows.read_rows(b"abc", 0, 3, b"text") is None
