"""A line of JSON -> a `Row`: the only door to orjson.

Source.      orjson reads Chinese reports at twice the speed of the standard library (800 to 470 MB/s) and refuses
             some of what that takes: lone surrogates, NaN, numbers beyond a double. Such lines are read again by the
             latter, so that what counts as damaged does not depend on the parser.
Limitations. UTF-8 only, as jsonlines.org has it. Of two fields of one name the later counts. Fields lie at the top.
"""

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from kejidiff.options import JsonLines
from kejidiff.read.archives.lines import Line
from kejidiff.read.archives.shard import Row

#: A number as orjson writes one that has lost digits: an integer of more than 64 bits, read as a double. Within a text
#: it may also be found, which costs time only.
_ROUNDED: Final = re.compile(rb"[:,\[]-?\d[\d.]*e\+")

#: Lists and objects in each other: what orjson writes, and Python's own parser reads within its stack.
_DEEPEST: Final = 250


def rows_in(lines: Iterable[Line], fields: JsonLines, *, by_offset: bool) -> Iterator[Row]:
    """One row a line, numbered by its offset or its number."""
    read = row_reader(fields)
    for number, offset, raw in lines:
        place = offset if by_offset else number
        yield Row(place, None, None, None, "too-large") if raw is None else read(raw, place)


def row_reader(fields: JsonLines) -> Callable[[bytes, int], Row]:
    """What makes a row of a line, given the row's number."""
    import orjson  # for those who read archives only

    text_field, id_field, loads, dumps, rounded = fields.text, fields.id, orjson.loads, orjson.dumps, _ROUNDED.search

    def read(raw: bytes, place: int) -> Row:
        try:
            value = loads(raw)
            text = value.pop(text_field)
            given = value.pop(id_field, None)
            rest = dumps(value) if value else None
        except (ValueError, KeyError, TypeError, AttributeError):
            return _read_again(raw, place, fields)
        if type(text) is not str or type(given) is float or (rest is not None and rounded(rest)):
            return _read_again(raw, place, fields)
        return Row(place, id_of(given), text, rest, "empty" if not text or text.isspace() else None)

    return read


def line_of_row(row: Row) -> bytes:
    """A row of a table as one line, from which `rows_written` makes it again."""
    import orjson

    number, given, text, metadata, problem = row
    return orjson.dumps((number, given, text, metadata and metadata.decode(), problem)) + b"\n"


def rows_written(lines: Iterable[bytes | None]) -> Iterator[Row]:
    """The rows of lines that `line_of_row` made."""
    import orjson

    for line in lines:
        number, given, text, metadata, problem = orjson.loads(line or b"")
        yield Row(number, given, text, metadata and metadata.encode(), problem)


def object_of(raw: bytes) -> dict[str, Any] | None:
    """All fields of a line, digit by digit as they stand there; None where it is no object."""
    try:
        value = json.loads(raw.decode("utf-8", "surrogatepass"), parse_constant=_nothing, parse_float=_finite)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def row_of(value: dict[str, Any] | None, place: int, fields: JsonLines) -> Row:
    """The row that these fields are."""
    if _is_deeper(value, _DEEPEST):
        return Row(place, None, None, None, "too-deep")
    rest = dict(value or {})
    text, given = rest.pop(fields.text, None), id_of(rest.pop(fields.id, None))
    metadata = metadata_of(rest)
    if not isinstance(text, str):
        return Row(place, given, None, metadata, "damaged")
    return Row(place, given, text, metadata, None if text.strip() else "empty")


def id_of(given: object) -> str | None:
    """A string or an integer as an id; nothing else is one."""
    return str(given) if isinstance(given, str | int) and not isinstance(given, bool) and given != "" else None


def metadata_of(fields: Mapping[str, Any]) -> bytes | None:
    """Fields as an object in JSON. What JSON has no form for comes as text: times as ISO 8601, bytes in hexadecimal."""
    if not fields:
        return None
    import orjson

    try:
        return orjson.dumps(fields, default=_as_text)
    except TypeError:  # lone surrogates, which only escapes can hold, and integers of more than 64 bits
        return json.dumps(fields, default=_as_text, ensure_ascii=True, separators=(",", ":")).encode()


def _read_again(raw: bytes, place: int, fields: JsonLines) -> Row:
    return row_of(object_of(raw), place, fields)


def _is_deeper(value: Any, most: int) -> bool:
    """True where lists and objects stand in each other more than so many times; no call for each of them."""
    level = [value]
    for _ in range(most + 1):
        level = [
            child
            for one in level
            if isinstance(one, dict | list)
            for child in (one.values() if isinstance(one, dict) else one)
            if isinstance(child, dict | list)
        ]
        if not level:
            return False
    return True


def _as_text(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else str(value)


def _nothing(_: str) -> None:
    """NaN and infinity, which Python writes and JSON does not know."""


def _finite(digits: str) -> float | None:
    value = float(digits)
    return value if math.isfinite(value) else None
