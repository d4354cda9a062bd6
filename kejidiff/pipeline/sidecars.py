"""Files that tell of other files -> the metadata of each report.

Beside a report `NAME` may lie `NAME.meta.json`, an object of fields; in its folder `metadata.csv`, a table with a
column `path`. `--sidecar` names more of both kinds, a JSON file then an object of such objects by path, or a list of
objects with `path`. What is said nearer to the call comes first: `--meta`, `--sidecar`, the fields of a row of an
archive that bear these names, the report's own file, the folder's table. None of these files is a report.
"""

import csv
import io
import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final, NamedTuple, Self

from kejidiff.errors import UsageError
from kejidiff.model import Metadata, Skipped, SourceText
from kejidiff.read import FoundFile

FIELDS: Final = Metadata._fields
OWN: Final = ".meta.json"
TABLE: Final = "metadata.csv"
#: Bytes of a side file, as of a report: one that lies beside reports must not fill the memory.
_LARGEST: Final = 64 << 20
#: What parts tags that stand in one text.
_PARTING: Final = re.compile(r"[,;，；、]")

Fields = dict[str, Any]


class Sidecars(NamedTuple):
    """What is said of the files of one call.

    for_all   holds for every file
    named     by path or base name, from the files that were named
    beside    by location of the report, from the files that lie beside reports
    skipped   side files that cannot be understood
    """

    for_all: Fields
    named: dict[str, Fields]
    beside: dict[str, Fields]
    locations: frozenset[str]
    skipped: tuple[Skipped, ...]

    @classmethod
    def read(cls, sidecars: Sequence[str], for_all: Mapping[str, str], found: Iterable[FoundFile]) -> Self:
        """UsageError where a named file cannot be read or understood, or a field is not known."""
        named: dict[str, Fields] = {}
        for path in sidecars:
            try:
                named.update(_by_path(_bytes_of(path), table=path.lower().endswith(".csv")))
            except OSError as error:
                raise UsageError(path, (error.strerror or "cannot be read").lower(), "check --sidecar") from error
            except ValueError as error:
                raise UsageError(path, str(error), "docs/COMMANDS.md shows the form", "bad-metadata") from error
        try:
            checked = _checked(dict(for_all))
        except ValueError as error:
            raise UsageError("--meta", str(error), "write --meta KEY=VALUE", "bad-metadata") from error
        found = list(found)
        beside, locations, skipped = _lying_beside(found)
        kept = {os.path.realpath(path) for path in sidecars}
        locations |= {file.location for file in found if os.path.realpath(file.location) in kept}
        return cls(checked, named, beside, frozenset(locations), tuple(skipped))

    def is_sidecar(self, file: FoundFile) -> bool:
        return file.location in self.locations

    def fields_of(self, file: FoundFile, source: SourceText) -> Fields:
        """What is said of a file; nothing where nothing is."""
        paths = (source.path, source.path.rpartition("/")[2], file.location, os.path.abspath(file.location))  # noqa: PTH100
        named: Fields = next((self.named[path] for path in paths if path in self.named), {})
        return {**self.beside.get(file.location, {}), **_of_row(source.metadata), **named, **self.for_all}


def _of_row(metadata: bytes) -> Fields:
    """The fields of a row that are ours; what others mean by these names, and is no such value, is passed over."""
    row = json.loads(metadata) if metadata else {}
    said: Fields = {}
    for name in FIELDS:
        with suppress(ValueError):
            if row.get(name) not in (None, ""):
                said |= _checked({name: row[name]})
    return said


def _lying_beside(found: Sequence[FoundFile]) -> tuple[dict[str, Fields], set[str], list[Skipped]]:
    """By location of a report what its own file or the folder's table says; where the tables are; what failed."""
    beside: dict[str, Fields] = {}
    skipped: list[Skipped] = []
    tables: dict[str, dict[str, Fields]] = {}
    for file in found:
        folder, name = os.path.split(file.location)
        if name == TABLE:
            tables[folder] = _understood(file.location, file.path, skipped, table=True)
    for file in found:
        folder, name = os.path.split(file.location)
        fields = tables.get(folder, {}).get(name, {})
        if os.path.isfile(file.location + OWN):  # noqa: PTH113 -- a name need not be Unicode
            own = _understood(file.location + OWN, file.path + OWN, skipped, table=False)
            fields = {**fields, **own.get("", {})}
        if fields:
            beside[file.location] = fields
    return beside, {os.path.join(folder, TABLE) for folder in tables}, skipped  # noqa: PTH118


def _understood(location: str, path: str, skipped: list[Skipped], *, table: bool) -> dict[str, Fields]:
    """Fields by path, those of a file of its own under no path; nothing where it cannot be understood."""
    try:
        content = _bytes_of(location)
        return _by_path(content, table=True) if table else {"": _checked(_object(content))}
    except (OSError, ValueError) as error:
        told = "cannot be read" if isinstance(error, OSError) else str(error)
        skipped.append(Skipped(path, "damaged", f"metadata: {told}", "error", location))
        return {}


def _bytes_of(path: str) -> bytes:
    """A side file's content. OSError; ValueError where it is larger than any table of reports is."""
    with open(path, "rb") as side:  # noqa: PTH123 -- a name need not be Unicode
        content = side.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise ValueError(f"is larger than {_LARGEST >> 20} MB")
    return content


def _by_path(content: bytes, *, table: bool) -> dict[str, Fields]:
    """Fields by path. ValueError says what is wrong, and quotes field names only."""
    if table:
        try:
            rows: list[Fields] = list(csv.DictReader(io.StringIO(_text(content))))
        except csv.Error:  # a cell of more than 128 KiB, say
            raise ValueError("is no table") from None
    else:
        whole = _json(content)
        rows = [{"path": path, **_mapping(own)} for path, own in whole.items()] if isinstance(whole, dict) else whole
    if not isinstance(rows, list):
        raise ValueError("is neither an object nor a list")
    found = {}
    for row in rows:
        fields = dict(_mapping(row))
        path = fields.pop("path", None)
        if not isinstance(path, str) or not path:
            raise ValueError("has an entry without a path")
        found[path] = _checked({name: value for name, value in fields.items() if value not in ("", None)})
    return found


def _object(content: bytes) -> Fields:
    return _mapping(_json(content))


def _json(content: bytes) -> Any:
    try:
        return json.loads(_text(content))
    except (ValueError, RecursionError):
        raise ValueError("is no JSON") from None


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            return content.decode("gb18030")
        except UnicodeDecodeError:
            raise ValueError("is no text") from None


def _mapping(value: object) -> Fields:
    if not isinstance(value, dict):
        raise ValueError("has an entry that is no object of fields")
    return value


def _checked(fields: Fields) -> Fields:
    """The fields as `Metadata` takes them."""
    checked: Fields = {}
    for name, value in fields.items():
        if name not in FIELDS:
            raise ValueError(f"no such field: {name}; there are {', '.join(FIELDS)}")
        if name == "tags":
            given = _PARTING.split(value) if isinstance(value, str) else value
            if not isinstance(given, list) or not all(isinstance(tag, str) for tag in given):
                raise ValueError("tags is neither a text nor a list of texts")
            checked[name] = tuple(dict.fromkeys(tag.strip() for tag in given if tag.strip()))
        elif isinstance(value, str | int) and not isinstance(value, bool):
            checked[name] = str(value).strip()
        else:
            raise ValueError(f"{name} is no text")
    return checked
