"""Damaged double-byte text loses what is damaged, and undamaged text nothing."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.background.characters import table
from kejidiff.read.resync import LOST, LOST_BITS, STRETCH_LIMIT, replacing, resynchronised

LAWS = settings(deadline=None, derandomize=True, max_examples=100)
SENTENCE = "全市科技工作坚持自主创新，重点推进技术改造"


def cost_of_best(data: bytes, encoding: str) -> float:
    """The oracle: tries every way to cut the bytes into pieces; a piece is a character or, byte by byte, lost."""
    best = float("inf")
    for cuts in itertools.product((False, True), repeat=len(data) - 1):
        edges = [0, *(place for place, cut in enumerate(cuts, 1) if cut), len(data)]
        cost = 0.0
        for start, end in itertools.pairwise(edges):
            cost += piece_cost(data[start:end], encoding)
        best = min(best, cost)
    return best


def piece_cost(piece: bytes, encoding: str) -> float:
    try:
        char = piece.decode(encoding)
    except UnicodeDecodeError:
        char = ""
    if len(char) == 1:
        return table().cost(char)
    return LOST_BITS if len(piece) == 1 else float("inf")


@LAWS
@given(st.lists(st.sampled_from([*SENTENCE.encode("gb18030")[:24], 0x41, 0x81, 0x31, 0xFF]), min_size=1, max_size=8))
def test_the_division_is_the_cheapest_there_is(values: list[int]) -> None:
    """Dynamic programming finds what trying everything finds."""
    data = bytes(values)
    text, lost = resynchronised(data, "gb18030", table(), doubtful=True)
    cost = lost * LOST_BITS + table().bits(text.replace(LOST, "")) if LOST in text else table().bits(text)
    assert cost == cost_of_best(data, "gb18030")


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "big5hkscs", "big5"])
@LAWS
@given(text=st.text(max_size=30))
def test_sound_text_is_left_alone(encoding: str, text: str) -> None:
    """What a strict reader reads is read so: also rare characters, Greek, kana, and four-byte forms."""
    data = text.encode(encoding, "ignore")
    plain = data.decode(encoding)
    if not any("\ue000" <= char <= "\uf8ff" for char in plain):
        assert resynchronised(data, encoding, table()) == (plain, 0)


@pytest.mark.parametrize("place", range(1, 41))
def test_a_byte_that_turned_ascii_costs_one_character(place: int) -> None:
    """Every byte of the sentence in turn becomes `,` or `A`; only its own Hanzi (for a false pair, two) is lost."""
    data = SENTENCE.encode("gb18030")
    for other in b",A":
        text, _ = resynchronised(data[:place] + bytes([other]) + data[place + 1 :], "gb18030", table(), doubtful=True)
        kept = [char for char in SENTENCE if char in text]
        assert len(kept) >= len(SENTENCE) - 2


def test_the_plain_reader_loses_the_rest_of_the_line() -> None:
    """Why this module exists: one byte, and nothing behind it can be read."""
    data = SENTENCE.encode("gb18030")
    damaged = data[:8] + b"," + data[9:]
    plain, _ = replacing(damaged, "gb18030")
    assert not any(part in plain for part in ("自主创新", "重点推进", "技术改造"))
    text, lost = resynchronised(damaged, "gb18030", table())
    assert (text, lost) == ("全市科技," + LOST + "作坚持自主创新，重点推进技术改造", 1)


def test_a_stretch_beyond_the_limit_is_read_plainly() -> None:
    """Linear time for any input: what is too long to be weighed is lost as any decoder loses it."""
    data = b"\xb0" + ("工" * STRETCH_LIMIT).encode("gb18030")[:-1] + b"\xff"
    assert resynchronised(data, "gb18030", table()) == replacing(data, "gb18030")


def test_replacing_counts_what_it_put_in() -> None:
    """A U+FFFD that the bytes spell is none of the reader's."""
    assert replacing("早\ufffd晚".encode("gb18030") + b"\xff", "gb18030") == ("早\ufffd晚\ufffd", 1)
