"""Sketches: signatures that datasketch can read, winnowing that keeps its promise, windows of whole sentences."""

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.background.grams import run_hashes
from kejidiff.options import BulkOptions, SketchParams
from kejidiff.sketch import sketch
from kejidiff.sketch.bands import band_keys
from kejidiff.sketch.minhash import EMPTY, permutations, shingle_hashes, signatures
from kejidiff.sketch.units import units_of
from kejidiff.sketch.windows import find_windows
from kejidiff.sketch.winnow import winnowed
from kejidiff.text.fold import codes_of
from kejidiff.text.stream import stream_of

PARAMS = SketchParams()
HANZI = st.text(alphabet="科技创新工作总结", max_size=120)


def whole(text: str) -> "np.ndarray":
    """The signature of all of `text`."""
    return signatures(shingle_hashes(codes_of(text), PARAMS.shingle), np.array([[0, len(text)]]), PARAMS)[0]


@given(HANZI)
@settings(deadline=None, derandomize=True, max_examples=30)
def test_signatures_are_datasketchs_own(text: str) -> None:
    """A datasketch 2 MinHash fed the same shingle hashes holds the same values, bit for bit."""
    from datasketch import MinHash

    theirs = MinHash(PARAMS.permutations, seed=PARAMS.hash_seed, hashfunc=int, scheme="affine32")
    theirs.update_batch(shingle_hashes(codes_of(text), PARAMS.shingle).tolist())
    assert (whole(text) == theirs.hashvalues).all()


def test_many_windows_at_once_are_each_alone() -> None:
    """Chunking changes nothing: each window's signature is that of its text alone; one without a shingle is empty."""
    text = "".join(chr(0x4E00 + (i * 7919) % 5000) for i in range(3000))
    windows = np.array([[0, 2], [0, 160], [80, 240], [2990, 3000], [100, 2900], [5, 5]])
    together = signatures(shingle_hashes(codes_of(text), PARAMS.shingle), windows, PARAMS)
    for (start, end), signature in zip(windows, together, strict=True):
        assert (signature == whole(text[start:end])).all()
    assert (together[0] == EMPTY).all()
    assert (band_keys(together, PARAMS)[0] == 0).all()


def test_all_units_of_a_stream_in_one_call_are_datasketchs_own() -> None:
    """Paragraphs of many texts folded as one stream: more shingles than are hashed at a time, and still each unit's
    signature is that of a datasketch MinHash fed the unit alone."""
    from datasketch import MinHash

    drawn = np.random.default_rng(3)
    texts = ["\n".join("".join(map(chr, drawn.integers(0x4E00, 0x5000, size))) for size in (9, 40, 700, 150))] * 3
    texts += ["".join(map(chr, drawn.integers(0x4E00, 0x9FA5, 40_000)))]
    stream = stream_of(texts)
    owners = np.searchsorted(stream.texts, stream.paragraphs[:, 0], side="right") - 1
    units = units_of(stream.paragraphs, owners, stream.sentences, BulkOptions())[:, 2:]
    hashes = shingle_hashes(stream.folded.astype(np.uint32), PARAMS.shingle)
    together = signatures(hashes, units, PARAMS)
    assert len(hashes) > 32_768
    for (start, end), signature in zip(units.tolist(), together, strict=True):
        theirs = MinHash(PARAMS.permutations, seed=PARAMS.hash_seed, hashfunc=int, scheme="affine32")
        theirs.update_batch(hashes[start : end - PARAMS.shingle + 1].tolist())
        assert (signature == theirs.hashvalues).all()


def test_equal_values_estimate_jaccard() -> None:
    """The share of equal values is near the Jaccard similarity of the shingle sets (four standard errors allowed)."""
    rng = np.random.default_rng(7)
    one = "".join(chr(0x4E00 + code) for code in rng.integers(0, 3000, 800))
    other = one[:600] + "".join(chr(0x4E00 + code) for code in rng.integers(0, 3000, 200))
    sets = [{text[at : at + 3] for at in range(len(text) - 2)} for text in (one, other)]
    jaccard = len(sets[0] & sets[1]) / len(sets[0] | sets[1])
    estimate = float((whole(one) == whole(other)).mean())
    assert abs(estimate - jaccard) < 4 * (jaccard * (1 - jaccard) / PARAMS.permutations) ** 0.5


@given(HANZI, HANZI, st.text(alphabet="甲乙丙丁戊己庚", min_size=13, max_size=20), HANZI, HANZI)
@settings(deadline=None, derandomize=True, max_examples=150)
def test_common_runs_of_13_share_a_fingerprint(before: str, after: str, run: str, left: str, right: str) -> None:
    """Schleimer's guarantee: gram + window - 1 = 13 common characters, wherever they stand, keep a common hash."""
    kept = []
    for text in (before + run + after, left + run + right):
        hashes = run_hashes(codes_of(text), PARAMS.winnow_gram)
        kept.append(set(hashes[winnowed(hashes, PARAMS.winnow_window)].tolist()))
    assert kept[0] & kept[1]


@given(st.lists(st.integers(0, 9), max_size=40), st.integers(1, 8))
@settings(deadline=None, derandomize=True, max_examples=200)
def test_winnowing_keeps_the_least_of_each_window(values: list[int], window: int) -> None:
    """Judged by the definition: the rightmost least hash of every window, and nothing else."""
    size = min(window, len(values))
    expected = set()
    for start in range(len(values) - size + 1 if size else 0):
        part = values[start : start + size]
        expected.add(start + size - 1 - part[::-1].index(min(part)))
    assert winnowed(np.array(values, dtype=np.uint64), window).tolist() == sorted(expected)


@given(st.lists(st.integers(1, 90), max_size=40), st.integers(40, 200))
@settings(deadline=None, derandomize=True, max_examples=150)
def test_windows_hold_whole_sentences_and_all_of_them(lengths: list[int], size: int) -> None:
    """Windows begin and end at breaks, ascend, cover the text, and every sentence lies whole in one."""
    breaks = np.concatenate(([0], np.cumsum(lengths))).astype(np.int32)
    windows = find_windows(breaks, size)
    assert set(windows.reshape(-1).tolist()) <= set(breaks.tolist())
    assert (np.diff(windows[:, 0]) > 0).all()
    for start, end in pairwise(breaks.tolist()):
        assert ((windows[:, 0] <= start) & (end <= windows[:, 1])).any()


def test_an_empty_text_has_an_empty_sketch() -> None:
    """Nothing to hash is no error, and nobody's candidate."""
    empty = sketch(codes_of(""), np.array([0], dtype=np.int32), PARAMS)
    assert len(empty.windows) == len(empty.fingerprints) == 0
    short = sketch(codes_of("一"), np.array([0, 1], dtype=np.int32), PARAMS)
    assert not short.keys.any()


def test_datasketch_takes_our_signatures() -> None:
    """Handed over, they estimate the same similarity, and datasketch's LSH finds one by the other."""
    from datasketch import MinHashLSH

    from kejidiff.sketch.interchange import as_minhash

    text = "".join(chr(0x4E00 + (at * 7919) % 3000) for at in range(400))
    one, other = whole(text), whole(text[:300] + text[:100])
    hashes = [as_minhash(signature, PARAMS) for signature in (one, other)]
    assert hashes[0].jaccard(hashes[1]) == float((one == other).mean())
    lsh = MinHashLSH(num_perm=PARAMS.permutations, params=(PARAMS.bands, PARAMS.rows))
    lsh.insert("one", hashes[0])
    assert lsh.query(hashes[1]) == ["one"]


def test_the_shipped_permutations_are_numpys() -> None:
    """What is read from a file is what numpy draws from the same seed; another seed is drawn."""
    generator = np.random.RandomState(PARAMS.hash_seed)
    multipliers = generator.randint(0, 1 << 31, PARAMS.permutations, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    shipped = permutations(PARAMS.permutations, PARAMS.hash_seed)
    assert (shipped[0] == multipliers).all()
    assert (shipped[1] == generator.randint(0, 1 << 32, PARAMS.permutations, dtype=np.uint32)).all()
    assert not (permutations(PARAMS.permutations, 2)[0] == multipliers).all()
