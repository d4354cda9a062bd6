"""Counts of grams: looked up, added, packed and unpacked without loss; and the bits they make."""

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.background.grams import ORDERS, GramTable, gram_keys
from kejidiff.background.surprisal import GramProfile, Surprisal
from kejidiff.background.table import background, packed, unpacked
from kejidiff.text.fold import codes_of

TEXT = st.text(alphabet="科技创新\U00020bb7", max_size=40)


def table(text: str, order: int) -> GramTable:
    return GramTable.of(gram_keys(codes_of(text), order))


@given(TEXT, TEXT, st.sampled_from(ORDERS))
@settings(deadline=None, derandomize=True, max_examples=150)
def test_counts_are_those_of_a_counter(one: str, other: str, order: int) -> None:
    """Added tables count what a Counter over both texts counts; what is absent counts 0."""
    expected = Counter(text[at : at + order] for text in (one, other) for at in range(len(text) - order + 1))
    total = GramTable.total([table(one, order), table(other, order)])
    asked = one + other + "新科新"
    counted = total.count(gram_keys(codes_of(asked), order))
    assert counted.tolist() == [expected[asked[at : at + order]] for at in range(len(asked) - order + 1)]


@given(TEXT)
@settings(deadline=None, derandomize=True, max_examples=50)
def test_the_file_brings_back_what_was_packed(text: str) -> None:
    """Keys and counts survive; so the shipped file means what the script counted."""
    tables = tuple(table(text + "科技", order) for order in ORDERS)
    for before, after in zip(tables, unpacked(packed(tables)), strict=True):  # type: ignore[arg-type]
        assert (before.keys == after.keys).all()
        assert (before.counts == after.counts).all()


def test_the_shipped_table_knows_official_chinese() -> None:
    """Formula is cheap, a rare name is dear, damage dearest: the order every judgement rests on."""
    texts = ["中华人民共和国", "推动经济社会高质量发展", "嘉兴龙晴照明", "痘鶎油扑疾靺"]
    profiles = [GramProfile.of(codes_of(text)) for text in texts]
    means = [float(Surprisal(background(), [profile], [()]).ordinary_bits(0).mean()) for profile in profiles]
    assert means == sorted(means)
    assert means[1] < 4 < means[2]


def test_what_others_hold_is_cheaper_and_what_a_document_is_compared_with_is_not() -> None:
    """A run that the rest of the scan uses is less surprising; copies of the source, however many, change nothing."""
    run = "凤凰行动计划落地嘉兴龙晴照明"
    profiles = [GramProfile.of(codes_of(text)) for text in (run, run, run, "全县粮食产量")]
    alone = Surprisal(background(), profiles[:2], [(1,), (0,)]).bits(0)
    known = Surprisal(background(), profiles[:3], [(1,), (0,), ()]).bits(0)
    copied = Surprisal(background(), profiles[:3], [(1, 2), (0, 2), (0, 1)]).bits(0)
    unrelated = Surprisal(background(), [profiles[0], profiles[1], profiles[3]], [(1,), (0,), ()]).bits(0)
    assert known.sum() < alone.sum()
    assert np.array_equal(copied, alone)
    assert np.allclose(unrelated, alone, atol=0.1)


def own_bits(text: str) -> "np.ndarray":
    """Bits of a text compared with one that has nothing to do with it."""
    return Surprisal(background(), [GramProfile.of(codes_of(text)), GramProfile.of(codes_of("乙"))], [(1,), (0,)]).bits(
        0
    )


def test_a_topics_word_is_cheap() -> None:
    """What a document names over and over, in ever new sentences, says little about where it was copied from."""
    fillers = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"
    text = "".join(f"{filler}商用密码" for filler in fillers)
    assert own_bits(text)[7:10].sum() < 0.6 * own_bits("甲商用密码乙")[2:5].sum()


def test_a_passage_that_stands_twice_is_as_telling_as_one_that_stands_once() -> None:
    """A report that repeats a paragraph may still have copied it."""
    passage = "新凤鸣纤维材料技术研究院成为我市首家省级研究院"
    once, twice = own_bits(passage), own_bits(passage + "。" + passage)
    assert np.allclose(once, twice[: len(once)], atol=1.0)


def test_bits_are_finite_and_capped() -> None:
    """Every character has between 0 and 16 bits, in texts of any length."""
    for text in ("", "一", "一二", "\U00020bb7" * 3, "#" * 9):
        bits = own_bits(text)
        assert bits.shape == (len(text),)
        assert ((bits >= 0) & (bits <= 16)).all()
