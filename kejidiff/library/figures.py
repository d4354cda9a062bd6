"""An open library -> its figures: how much it holds, by which parameters, with what history."""

from kejidiff.library.merging import runs
from kejidiff.library.schema import VERSION
from kejidiff.library.store import Store
from kejidiff.model.stored import LibraryInfo


def info(store: Store) -> LibraryInfo:
    """To be called while `store.reading()`."""
    files, characters = store.rows("SELECT count(*), ifnull(sum(characters), 0) FROM files")[0]
    documents, countable = store.rows("SELECT count(*), ifnull(sum(countable), 0) FROM documents")[0]
    history = store.rows("SELECT version, applied, tool FROM migrations ORDER BY version")
    own = runs(store) if store.layout == VERSION else []
    return LibraryInfo(
        path=store.path,
        files=files,
        documents=documents,
        characters=characters,
        countable=countable,
        bytes=store.raw.size,
        layout=store.layout,
        sealed=store.sealed(),
        parameters=store.settings(),
        history=tuple((version, applied, tool) for version, applied, tool in history),
        runs={"keys": (len(own), sum((one.last - one.first) >> (32 - one.bits) for one in own))},
    )
