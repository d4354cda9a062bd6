"""The bigram model: what it promises about any text, and that its fast look-up is the plain one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.background.build_likelihood import PINYIN, pair_counts, pinyin_table, syllables
from kejidiff.background.likelihood import LONGEST, STEPS, Likelihood, codes_of, likelihood, packed, unpacked

QUIET = settings(deadline=None, derandomize=True, max_examples=60)
ANY_TEXT = st.text(st.characters(), max_size=40) | st.text("科技创新创新工作，。 \n\x00\ud800𠀀a1領", max_size=40)


def tiny() -> Likelihood:
    """Four symbols: a, b, c, and all else; of their 16 pairs four are stored."""
    symbol_of = np.full(0x10001, 3, np.uint16)
    symbol_of[[ord("a"), ord("b"), ord("c")]] = [0, 1, 2]
    return Likelihood.of(
        symbol_of=symbol_of,
        alone=np.array([8, 12, 16, 60], np.uint8),
        link=np.array([1, 2, 3, 4], np.uint8),
        stored=np.array([0, 1, 6, 15], np.uint32),
        pair_cost=np.array([4, 40, 7, 90], np.uint8),
    )


@pytest.mark.parametrize(
    ("pair", "bits"),
    [
        ("aa", 1.0),
        ("ab", 10.0),
        ("bc", 1.75),
        ("ba", (8 + 2) / 4),
        ("cb", (12 + 3) / 4),
        ("ax", (60 + 1) / 4),
        ("xx", 16.0),
        ("cx", (60 + 3) / 4),
    ],
)
def test_a_pair_costs_what_is_stored_or_else_the_sum_of_its_parts(pair: str, bits: float) -> None:
    """Stored pairs have costs of their own, others those of their members, none more than the limit."""
    symbols = tiny().symbols(codes_of(pair))
    assert tiny().bits(symbols[:1], symbols[1:]).tolist() == [bits]


def test_a_file_holds_the_model() -> None:
    """What is packed comes out the same, pairs far apart and at the very ends included."""
    model = Likelihood.of(
        np.arange(0x10001, dtype=np.uint32).astype(np.uint16) % np.uint16(300),
        np.arange(300, dtype=np.uint16).astype(np.uint8),
        np.zeros(300, np.uint8),
        np.array([0, 254, 255, 256, 511, 512, 70_000, 89_999], np.uint32),
        np.arange(8, dtype=np.uint8),
    )
    again = unpacked(packed(model))
    for name in ("symbol_of", "alone", "link", "stored", "marks", "ranks", "pair_cost", "shared"):
        assert np.array_equal(getattr(again, name), getattr(model, name)), name


def test_the_look_up_finds_what_a_search_finds() -> None:
    """The bit table gives for any pair of symbols what searching the sorted pairs gives."""
    model = likelihood()
    draw = np.random.default_rng(7)
    pairs = draw.integers(0, model.size, (2, 20_000)).astype(np.uint16)
    stored = draw.choice(model.stored, 2_000)
    before = np.concatenate((pairs[0], (stored // model.size).astype(np.uint16)))
    after = np.concatenate((pairs[1], (stored % model.size).astype(np.uint16)))
    known = dict(zip(model.stored.tolist(), model.pair_cost.tolist(), strict=True))
    slow = [
        min(known.get(b * model.size + a, int(model.link[b]) + int(model.alone[a])) / STEPS, LONGEST)
        for b, a in zip(before.tolist(), after.tolist(), strict=True)
    ]
    assert model.bits(before, after).tolist() == slow


@pytest.mark.parametrize(
    ("one", "other"),
    [("領導小組", "领导小组"), ("进一步,加强", "进一步，加强"), ("是否(三)", "是否（三）"), ("２０１３年", "2013年")],
)
def test_script_and_width_are_folded_away(one: str, other: str) -> None:
    """A text costs the same in either script, with full-width marks and digits or half-width ones."""
    assert likelihood().text_bits(one).tolist() == likelihood().text_bits(other).tolist()


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("科技人才合作交流大会", "萍既瞬藕献鹘涣鞔"),
        ("科技人才合作交流大会", "绉戞妧浜烘墠鍚堜綔浜ゆ祦"),
        ("中華民國九十年", "い地チ瓣Ε"),
    ],
)
def test_prose_is_likelier_than_what_damage_makes_of_it(right: str, wrong: str) -> None:
    """Readings of the same bytes differ by several bits a character."""
    model = likelihood()
    assert model.text_bits(right).mean() + 3 < model.text_bits(wrong).mean()


def test_a_rare_hanzi_costs_more_than_a_common_one() -> None:
    """A class costs what one of its members does: after the same character, an unknown Hanzi is the dearest."""
    common, known, unknown = (float(likelihood().text_bits(f"的{char}")[1]) for char in "工桥龘")
    assert common < known < unknown


@QUIET
@given(ANY_TEXT)
def test_every_text_has_a_cost(text: str) -> None:
    """Lone surrogates, controls, astral characters: each costs more than nothing and at most the limit."""
    bits = likelihood().text_bits(text)
    assert bits.shape == (len(text),)
    assert np.all((bits > 0) & (bits <= LONGEST))


def test_pairs_are_counted_within_texts_and_within_words_only() -> None:
    """Texts count once, words by frequency and weight; the last character of a word and the first of the next never."""
    table = np.full(0x10001, 3, np.uint16)
    table[[ord("a"), ord("b"), ord("\n")]] = [0, 1, 2]
    single, pairs = pair_counts(["aab", "b"], [("ab", 10), ("b", 4), ("ba", 2)], 0.5, table, 4)
    assert single.tolist() == [2 + 5 + 1, 2 + 5 + 2 + 1, 2, 0]
    assert pairs[0].tolist() == [1, 1 + 5, 0, 0]
    assert pairs[1].tolist() == [1, 0, 1, 0]
    assert pairs[2].tolist() == [1, 1, 0, 0]


def test_the_shipped_readings_are_those_of_pypinyin() -> None:
    """All readings, not only the first: 行 is háng and xíng; the file is what the script makes."""
    pytest.importorskip("pypinyin")
    assert PINYIN.read_text(encoding="utf-8") == pinyin_table()
    readings = syllables()
    assert "行" in readings["háng"]
    assert "行" in readings["xíng"]
    assert "業" in readings["yè"]
