"""Signatures -> datasketch's own objects, for whoever wants its LSH or its storage. datasketch's one door."""

from typing import TYPE_CHECKING

from kejidiff.options import SketchParams

if TYPE_CHECKING:
    import numpy as np
    from datasketch import MinHash
    from numpy.typing import NDArray


def as_minhash(signature: "NDArray[np.uint32]", params: SketchParams) -> "MinHash":
    """One row of `Sketch.signatures` as a `datasketch.MinHash`; importing datasketch takes half a second."""
    from datasketch import MinHash

    return MinHash(num_perm=params.permutations, seed=params.hash_seed, hashvalues=signature.copy(), scheme="affine32")
