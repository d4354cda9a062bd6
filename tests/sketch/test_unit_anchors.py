"""Anchors of units: which grams are kept depends on their characters alone; judged by loops in plain Python."""

from itertools import accumulate, pairwise

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kejidiff.options import BulkOptions
from kejidiff.sketch.unit_anchors import UnitAnchors, gram_hashes, unit_anchors

OPTIONS = BulkOptions()
WORD = (1 << 64) - 1
GOLDEN, PRIME = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F
#: Few characters, so that grams come again; digits; a private one.
FOLDED = st.text(st.sampled_from("科技创新工作总结0123\ue001"), max_size=400)


def codes(text: str) -> np.ndarray:
    """A folded text as a stream holds it."""
    return np.frombuffer(text.encode("utf-16-le"), dtype="<u2")


def slow_number(character: str) -> int:
    """Splitmix64's output for the character's code, as its authors write it; a digit is a figure."""
    state = ((ord("#") if character.isdigit() else ord(character)) + 1) * GOLDEN & WORD
    state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9 & WORD
    state = (state ^ (state >> 27)) * 0x94D049BB133111EB & WORD
    return state ^ (state >> 31)


def slow_mix(run: str) -> int:
    """A run's hash before the last step: that of its longer and of its shorter end, which may overlap, put together."""
    if len(run) == 2:
        return (slow_number(run[0]) * GOLDEN + slow_number(run[1])) & WORD
    width = 2
    while width + min(width, len(run) - width) < len(run):
        width += min(width, len(run) - width)
    mixed = slow_mix(run[:width]) * (PRIME if width == 2 else GOLDEN) & WORD
    return (mixed ^ (mixed >> 29)) + slow_mix(run[-width:]) & WORD


def slow_hash(run: str) -> int:
    """The hash of one gram."""
    mixed = slow_mix(run) * PRIME & WORD
    return mixed ^ (mixed >> 32)


def slow_anchors(text: str, units: list[list[int]], options: BulkOptions) -> tuple[list[int], list[int]]:
    """Anchors, the first of each hash in a unit, and keys, gram by gram."""
    anchors, keys = [], []
    for number, (_, _, start, end) in enumerate(units):
        hashes = [slow_hash(text[at : at + options.gram]) for at in range(start, end - options.gram + 1)]
        keys.append(sum(hashes) & WORD)
        held: set[int] = set()
        for place, hashed in enumerate(hashes):
            if hashed % options.sample == 0 and hashed >> 32 not in held:
                held.add(hashed >> 32)
                anchors.append(((hashed >> 32) << 32) | (number << 8) | (place // 2))
    return anchors, keys


def whole(text: str, options: BulkOptions = OPTIONS) -> UnitAnchors:
    """The anchors of a text that is one unit."""
    return unit_anchors(codes(text), np.array([[0, 0, 0, len(text)]]), options)


def kept_grams(text: str) -> set[str]:
    """The grams of a text that are anchors, by their hashes."""
    kept = set((whole(text).anchors >> np.uint64(32)).tolist())
    return {text[at : at + 6] for at in range(len(text) - 5) if slow_hash(text[at : at + 6]) >> 32 in kept}


@given(FOLDED, st.integers(4, 9))
@settings(deadline=None, derandomize=True, max_examples=100)
def test_hashes_are_those_of_each_gram_alone(text: str, gram: int) -> None:
    """A gram's hash is computed from its own characters, wherever it stands."""
    expected = [slow_hash(text[at : at + gram]) for at in range(len(text) - gram + 1)]
    assert gram_hashes(codes(text), gram).tolist() == expected


@given(FOLDED, st.lists(st.integers(0, 400), max_size=8), st.sampled_from([1, 2, 4]), st.integers(5, 8))
@example("", [], 4, 6)
@settings(deadline=None, derandomize=True, max_examples=150)
def test_anchors_are_what_a_loop_over_grams_keeps(text: str, cuts: list[int], sample: int, gram: int) -> None:
    """Place, unit and hash of every kept gram inside a unit; none across two; text between units has none."""
    options = BulkOptions(sample=sample, gram=gram, least=gram)
    edges = sorted({0, *(cut for cut in cuts if cut <= len(text)), len(text)})
    units = [[0, 0, a, b] for a, b in list(pairwise(edges))[::2] if b - a >= gram]
    found = unit_anchors(codes(text), np.array(units, dtype=np.int64).reshape(-1, 4), options)
    anchors, keys = slow_anchors(text, units, options)
    assert (sorted(found.anchors.tolist()), found.keys.tolist()) == (sorted(anchors), keys)
    assert found.counts.tolist() == [sum(a >> 8 & 0xFFFFFF == at for a in anchors) for at in range(len(units))]


@given(st.lists(st.text(st.sampled_from("甲乙丙"), min_size=6, max_size=200), min_size=1, max_size=5))
@settings(deadline=None, derandomize=True, max_examples=100)
def test_a_unit_has_each_anchor_once(texts: list[str]) -> None:
    """Of what a text says over and over, the first place in each unit is left."""
    edges = [0, *accumulate(map(len, texts))]
    units = [[0, 0, a, b] for a, b in pairwise(edges)]
    options = BulkOptions(sample=2, gram=6, least=6)
    found = unit_anchors(codes("".join(texts)), np.array(units), options, 5)
    anchors, _ = slow_anchors("".join(texts), units, options)
    assert sorted(found.anchors.tolist()) == sorted(anchor + (5 << 8) for anchor in anchors)


@given(FOLDED, FOLDED, FOLDED, FOLDED, st.text(st.sampled_from("科技创新工作总结9"), min_size=30, max_size=100))
@settings(deadline=None, derandomize=True, max_examples=100)
def test_what_two_units_share_has_the_same_anchors(a: str, b: str, c: str, d: str, shared: str) -> None:
    """Sampling looks at nothing but the gram: of a run both hold, both keep the same grams."""
    inside = {shared[at : at + 6] for at in range(len(shared) - 5)}
    one, other = (kept_grams((before + shared + after)[:512]) for before, after in ((a[:200], b), (c[:200], d)))
    assert one & inside == other & inside


def test_units_equal_but_for_digits_have_one_key() -> None:
    """Last year's paragraph with new figures has the same; one with a longer figure, or another word, has not."""
    one, other = (whole(f"全年实现总产值{figure}亿元同比增长百分之八点六").keys[0] for figure in (1234, 5678))
    assert one == other
    for text in ("全年实现总产值123亿元同比增长百分之八点六", "全年完成总产值1234亿元同比增长百分之八点六"):
        assert whole(text).keys[0] != one


def test_one_gram_in_four_is_kept() -> None:
    """Of 20,000 different grams a quarter are anchors, give or take five standard deviations."""
    text = np.random.default_rng(5).integers(0x4E00, 0x9FA5, 20_000).astype(np.uint16)
    kept = int(np.count_nonzero(gram_hashes(text, 6) & np.uint64(3) == 0))
    assert abs(kept - 5_000) < 5 * (20_000 * 0.25 * 0.75) ** 0.5
