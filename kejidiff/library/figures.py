"""An open library -> its figures: how much it holds, by which parameters, with what history."""

from kejidiff.library.index import CHANNELS
from kejidiff.library.store import Store
from kejidiff.model.stored import LibraryInfo


def info(store: Store) -> LibraryInfo:
    """To be called while `store.reading()`."""
    files, characters = store.rows("SELECT count(*), ifnull(sum(characters), 0) FROM files")[0]
    documents, countable = store.rows("SELECT count(*), ifnull(sum(countable), 0) FROM documents")[0]
    history = store.rows("SELECT version, applied, tool FROM migrations ORDER BY version")
    query = "SELECT channel, count(DISTINCT level || '.' || run), count(*) FROM parts GROUP BY channel"
    runs = {channel: (run, parts) for channel, run, parts in store.rows(query)}
    return LibraryInfo(
        path=store.path,
        files=files,
        documents=documents,
        characters=characters,
        countable=countable,
        bytes=store.raw.size,
        layout=int(store.rows("PRAGMA user_version")[0][0]),
        sealed=store.sealed(),
        parameters=store.settings(),
        history=tuple((version, applied, tool) for version, applied, tool in history),
        runs={name: runs.get(channel, (0, 0)) for channel, name in enumerate(CHANNELS)},
    )
