"""Numbers of a library's files and documents -> their texts, and what of them was only looked at for verbatim runs."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kejidiff.model import Metadata, SourceText

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kejidiff.library.choice import Chosen
    from kejidiff.library.store import Store


class ForRuns(NamedTuple):
    """Documents that share so little with a draft that they are looked at for verbatim runs only.

    number    how many
    holders   path and ordinal of those that hold a run which is no stock phrase
    stock     by place in the draft's folded text: does a run as short as runs may be begin there that is stock?
    """

    number: int
    holders: frozenset[tuple[str, int]]
    stock: "NDArray[np.bool_]"


class Collection(NamedTuple):
    """Files of a library, all or some, by path, to compare drafts with.

    sources    their texts; `path` is the name in the library, `location` empty
    metadata   by path, of `holding`, too
    total      documents the library holds, those left out here included
    looked_at  by draft, where runs were looked for
    holding    texts of the files that hold such runs, and are not compared in full
    """

    sources: tuple[SourceText, ...]
    metadata: Mapping[str, Metadata]
    total: int
    looked_at: tuple[ForRuns, ...] = ()
    holding: tuple[SourceText, ...] = ()


def collection_of(store: "Store", numbers: Sequence[int]) -> Collection:
    """These files of a library. LibraryError `library-damaged` where one is."""
    from kejidiff.library.documents import sources

    found = sources(store, numbers)
    total = int(store.rows("SELECT count(*) FROM documents")[0][0])
    return Collection(tuple(one for one, _ in found), {one.path: metadata for one, metadata in found}, total)


def with_runs(
    store: "Store", collection: Collection, chosen: "Chosen", folded: Sequence[str], length: int
) -> Collection:
    """The collection with what stands verbatim, `length` characters and more, in documents that are not in it.

    `folded`: the drafts' folded texts. LibraryError `library-damaged` where one of the documents is.
    """
    from kejidiff.library.documents import named, of_files, sizes
    from kejidiff.library.verbatim import find_verbatim

    compared = of_files(store, sorted(chosen.files))
    found = [find_verbatim(store, text, own, length) for text, own in zip(folded, chosen.sharing, strict=True)]
    told = sorted({number for one in found for number in one.holders.tolist()} - compared)
    names = named(store, told)
    more = collection_of(store, sorted({file for file, _ in sizes(store, told).values()}))
    return collection._replace(
        metadata={**collection.metadata, **more.metadata},
        holding=more.sources,
        looked_at=tuple(
            ForRuns(
                number=sum(number not in compared for number in one.looked_at.tolist()),
                holders=frozenset(names[number] for number in one.holders.tolist() if number in names),
                stock=one.stock,
            )
            for one in found
        ),
    )
