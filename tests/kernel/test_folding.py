"""A batch folded by the compiled pass is what arrays make of it, to the last bit and type."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kejidiff.kernel import is_compiled, without
from kejidiff.kernel.fold import PRIVATE, fold_codes
from kejidiff.text.stream import Stream, stream_of

pytestmark = pytest.mark.skipif(not is_compiled(), reason="nothing is compiled")

#: Everything that needs more than its entry: figures, masks, joints, ends of lines and sentences, odd and private
#: characters, Hanzi of both scripts, rare ones that fold into the first plane, lone surrogates.
SPECIAL = (
    "科創𫄨𠮷𝟗😀Ａ９aB3٣7x×_*².．,，。；…“ \u3000\u200b\ue000\uf8ff\uf900\U0002f800\xa0é\x85\u2028\r\n\ud800\udc00"
)
CHARACTERS = st.one_of(st.sampled_from(SPECIAL), st.characters(codec=None, exclude_categories=()))
#: A text of few characters, so that runs grow long; or a short one, repeated to a length at a border of words.
TEXTS = st.one_of(
    st.text(CHARACTERS, max_size=40),
    st.text(st.sampled_from("12x×.,，。科\n"), max_size=80),
    st.builds(
        lambda text, size: (text * size)[:size],
        st.text(CHARACTERS, min_size=1, max_size=5),
        st.sampled_from([1, 7, 8, 63, 64, 65, 127, 128, 511, 512, 1999, 2000, 2001]),
    ),
)


def plainly(texts: list[str]) -> Stream:
    """The stream as it is where nothing is compiled."""
    with without():
        return stream_of(texts)


@given(st.lists(TEXTS, min_size=1, max_size=5))
@example([""])
@example(["", "", "\n"])
@example(["1", ".1", "1.", "1..2", "x.1,x", "xx", "x,1" * 40])
@example(["9" * 200, "1,"])
@settings(deadline=None, derandomize=True, max_examples=500)
def test_the_compiled_stream_is_the_plain_one(texts: list[str]) -> None:
    """Every column, value for value."""
    for name, own, plain in zip(Stream._fields, stream_of(texts), plainly(texts), strict=True):
        assert own.dtype == plain.dtype, name
        assert own.shape == plain.shape and own.tolist() == plain.tolist(), name


@pytest.mark.parametrize("text", ["科" * 300_000, "1," * 150_000, "x\n" * 150_000, "。" * 300_000, "😀1" * 100_000])
def test_long_texts_of_one_kind_are_no_exception(text: str) -> None:
    """One run, one line, or as many of them as there are characters."""
    for own, plain in zip(stream_of([text]), plainly([text]), strict=True):
        assert np.array_equal(own, plain)


def test_lengths_that_do_not_come_to_the_batch_are_refused() -> None:
    """The C function would read or write where nothing of its is."""
    codes, table = np.zeros(3, np.uint16), np.zeros(0x10000, np.uint32)
    for lengths in ([], [2], [4], [1, 2], [-1, 3]):
        with pytest.raises(ValueError, match="lengths"):
            fold_codes(codes, np.array(lengths, np.int64), table, 10, codes.copy)
    with pytest.raises(ValueError, match="private"):
        fold_codes(codes, np.array([3]), table + np.uint32(PRIVATE), 10, codes[1:].copy)
    with pytest.raises(ValueError, match="lengths"):
        fold_codes(codes, np.array([3]), table[1:].copy(), 10, codes.copy)
