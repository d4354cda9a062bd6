"""A record -> JSON text, the same bytes for equal records: indented with short rows on one line, or a line alone.

Text comes as it stands in the record. Characters that could steer a terminal or that UTF-8 cannot hold (controls,
bidirectional and zero-width marks, tags, noncharacters, lone surrogates) are written as `\\uXXXX`; everything else as
itself.
Limitation: two lone surrogates that happen to form a pair are read back as the character they stand for.
"""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

Record = dict[str, Any]


class Given(dict[str, Any]):
    """Fields that somebody else named and filled: on one line, whatever they are called."""


#: Lists whose items stand one to a line, however they are built inside: short rows, many of them, none of which holds
#: a list of strings (see `_rows`).
_ROWS: Final = frozenset(
    {"paragraphs", "excluded", "repaired", "edits", "pairs", "fragments", "changes", "substitutions", "spans"}
)

_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
_UNSAFE: Final = re.compile(
    "[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)
#: What is not written as itself, but for the line feed.
_ESCAPED: Final = re.compile('[\x00-\x09\x0b-\x1f"\\\\]|' + _UNSAFE.pattern)


def dumps(record: Record) -> str:
    """JSON text, indented, short rows on one line, with a newline at its end; encodes as UTF-8 without loss."""
    return _safe(_laid_out(record, "") + "\n")


def line(record: Record) -> str:
    """JSON text on one line, its newline included; encodes as UTF-8 without loss."""
    return _safe(_ENCODE(record) + "\n")


def quoted(text: str) -> str:
    """A string as JSON text."""
    return _safe(_ENCODE(text))


def escaped(texts: Sequence[str]) -> list[bytes]:
    """Strings as they stand between the quotes of JSON text, in UTF-8."""
    joined = "\n".join(texts)
    if texts and joined.count("\n") == len(texts) - 1 and not _ESCAPED.search(joined):
        return joined.encode().split(b"\n")
    return [quoted(text)[1:-1].encode() for text in texts]


def _safe(text: str) -> str:
    return _UNSAFE.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    """`\\uXXXX`, two of them for what lies beyond the first plane."""
    units = match.group().encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def _laid_out(value: Any, indent: str) -> str:
    """JSON of `value`, one line where it holds scalars only; further lines begin with `indent`."""
    children: Iterable[Any] = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, Given) or not any(isinstance(child, (dict, list)) for child in children):
        return _ENCODE(value)
    inner = indent + "  "
    if isinstance(value, dict):
        parts = (
            f"{_ENCODE(key)}: "
            + (_rows(child, inner) if key in _ROWS and child and isinstance(child, list) else _laid_out(child, inner))
            for key, child in value.items()
        )
    else:
        parts = (_laid_out(child, inner) for child in value)
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return f"{opening}\n{inner}" + f",\n{inner}".join(parts) + f"\n{indent}{closing}"


def _rows(items: list[Any], indent: str) -> str:
    """JSON of `items`, one to a line, in a single call of the C encoder (a third of the time of one call an item).

    Between each two items stands the string "\\n" while they are encoded. No item yields `, "\\n", ` of its own: inside
    JSON text a bare quote follows a blank only where a string begins, and rows hold no lists of strings.
    """
    woven = [part for item in items for part in (item, "\n")]
    inner = indent + "  "
    encoded = _ENCODE(woven[:-1])[1:-1].replace(', "\\n", ', f",\n{inner}")
    return f"[\n{inner}{encoded}\n{indent}]"
