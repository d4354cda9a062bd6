"""One folded text -> Sketch: its windows' signatures and band keys, its winnowed fingerprints, its anchors."""

from typing import TYPE_CHECKING, NamedTuple

from kejidiff.background.grams import run_hashes
from kejidiff.background.surprisal import GramProfile
from kejidiff.options import SketchParams
from kejidiff.sketch.anchors import Anchors, find_anchors
from kejidiff.sketch.bands import band_keys
from kejidiff.sketch.minhash import shingle_hashes, signatures
from kejidiff.sketch.windows import find_windows
from kejidiff.sketch.winnow import winnowed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Sketch(NamedTuple):
    """What candidates are found by.

    windows       shape (n, 2): folded spans
    signatures    shape (n, permutations)
    keys          shape (n, bands); 0 is nobody's key
    fingerprints  hashes of the winnowed runs, with `places`, the folded offset at which each begins
    anchors       rare 4-grams with their bits
    profile       its grams, which alignment needs again
    """

    windows: "NDArray[np.int64]"
    signatures: "NDArray[np.uint32]"
    keys: "NDArray[np.uint64]"
    fingerprints: "NDArray[np.uint64]"
    places: "NDArray[np.int64]"
    anchors: Anchors
    profile: GramProfile


def sketch(codes: "NDArray[np.uint32]", breaks: "NDArray[np.int32]", params: SketchParams) -> Sketch:
    """`codes` of a folded text, `breaks` its sentence breaks."""
    windows = find_windows(breaks, params.window)
    signed = signatures(shingle_hashes(codes, params.shingle), windows, params)
    grams = run_hashes(codes, params.winnow_gram)
    places = winnowed(grams, params.winnow_window)
    profile = GramProfile.of(codes)
    return Sketch(
        windows=windows,
        signatures=signed,
        keys=band_keys(signed, params),
        fingerprints=grams[places],
        places=places,
        anchors=find_anchors(codes, profile),
        profile=profile,
    )
