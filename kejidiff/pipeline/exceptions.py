"""A baseline, an ignore file -> what of a draft's reuse is known already, and what somebody answers for.

A baseline is an earlier record of `kejidiff check` (JSON, `kejidiff.check/1`): passages are known again by the digest
of their text and their source, wherever they have moved to; the source by its id, or by its content where another
call names it otherwise. An ignore file is TOML:

    [[ignore]]
    source  = "2024/*"                     # id or path, or a pattern of either; or
    text    = "按照上级统一部署"             # how the passage begins, or its digest; or both
    reason  = "series of our own, agreed with the editor"
    owner   = "王芳"
    expires = 2027-03-31
"""

import json
import os
import re
import tomllib
from datetime import date, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Final, NamedTuple

from kejidiff.errors import UsageError
from kejidiff.model import Document
from kejidiff.model.check import IgnoreEntry
from kejidiff.text.fold import fold_characters

Name = str | os.PathLike[str]
SCHEMA: Final = "kejidiff.check/1"
_DIGEST: Final = re.compile("[0-9a-f]{32}")
_KEYS: Final = ("source", "text", "reason", "owner", "expires")
#: Folded characters that the beginning of a passage must have to stand for it: every office begins with 今年以来.
_LEAST: Final = 8


class Baseline(NamedTuple):
    """Digest of each passage that is known, with the id of its source, and with what that holds (`content`)."""

    passages: frozenset[tuple[str, str]] = frozenset()
    contents: frozenset[tuple[str, str]] = frozenset()

    def holds(self, digest: str, source: str, content: str) -> bool:
        return (digest, source) in self.passages or (bool(content) and (digest, content) in self.contents)


def content(sha256: str, source: str) -> str:
    """What a source is known by under any name: its file's digest and its ordinal; "" where there is no digest."""
    return f"{sha256}#{source.rpartition('#')[2]}" if sha256 else ""


def baseline_of(path: Name) -> Baseline:
    """What an earlier record holds. UsageError where the file is none (`bad-baseline`)."""
    name = os.fspath(path)
    advice = "give a file that `kejidiff check --write-baseline` wrote"
    try:
        record = json.loads(_content(name, "bad-baseline", advice))
    except (ValueError, RecursionError) as error:
        raise UsageError(name, "not JSON", advice, "bad-baseline") from error
    if not isinstance(record, dict) or record.get("schema") != SCHEMA:
        raise UsageError(name, f"not a record of {SCHEMA}", advice, "bad-baseline")
    try:
        known = frozenset(
            (str(passage["digest"]), str(passage["source"]))
            for draft in record["drafts"]
            for passage in draft["passages"]
        )
        digests = {str(file["path"]): str(file["sha256"] or "") for file in record.get("files", ())}
    except (KeyError, TypeError) as error:
        raise UsageError(name, f"not a record of {SCHEMA}", advice, "bad-baseline") from error
    held = {(digest, content(digests.get(source.rpartition("#")[0], ""), source)) for digest, source in known}
    return Baseline(known, frozenset(one for one in held if one[1]))


def ignore_of(path: Name) -> tuple[IgnoreEntry, ...]:
    """The entries, in the file's order. UsageError where one lacks what it must say (`bad-ignore`)."""
    name = os.fspath(path)
    advice = "see docs/GATE.md"
    try:
        table = tomllib.loads(_content(name, "bad-ignore", advice))
    except (ValueError, RecursionError) as error:
        raise UsageError(name, f"not TOML: {error}", "mend the file", "bad-ignore") from error
    entries = table.get("ignore", [])
    if set(table) - {"ignore"} or not isinstance(entries, list):
        raise UsageError(name, "holds something else than [[ignore]] entries", advice, "bad-ignore")
    return tuple(_entry(f"{name}: entry {number}", entry) for number, entry in enumerate(entries, 1))


def expired(entry: IgnoreEntry, today: str) -> bool:
    """True from the day after the last one on which it counts."""
    return entry.expires < today


def covers(entry: IgnoreEntry, source: Document, digest: str, text: str) -> bool:
    """True where the entry names this passage: its source by id, path or pattern, its text by digest or beginning."""
    named = not entry.source or any(
        name == entry.source or fnmatchcase(name, entry.source) for name in (source.id, source.path)
    )
    if not named or not entry.text:
        return named
    return entry.text == digest or fold_characters(text).startswith(fold_characters(entry.text))


def _entry(subject: str, entry: Any) -> IgnoreEntry:
    if not isinstance(entry, dict) or set(entry) - set(_KEYS):
        raise UsageError(subject, f"has other keys than {', '.join(_KEYS)}", "see docs/GATE.md", "bad-ignore")
    told = {key: _told(entry.get(key)) for key in _KEYS}
    missing = [key for key in ("reason", "owner", "expires") if not told[key]]
    if missing:
        advice = "say why, who answers for it, and until when"
        raise UsageError(subject, f"lacks {', '.join(missing)}", advice, "bad-ignore")
    if not told["source"] and not told["text"]:
        raise UsageError(subject, "names neither source nor text", "see docs/GATE.md", "bad-ignore")
    if told["text"] and not _DIGEST.fullmatch(told["text"]) and len(fold_characters(told["text"])) < _LEAST:
        advice = "give more of the passage, or its digest from the record"
        raise UsageError(subject, f"text is shorter than {_LEAST} characters", advice, "bad-ignore")
    return IgnoreEntry(**told | {"expires": day(told["expires"], subject, "bad-ignore")})


def day(text: str, subject: str, slug: str = "usage") -> str:
    """A date as `YYYY-MM-DD`. UsageError where it is none."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise UsageError(subject, f"{text!r} is no date", "write it as 2027-03-31", slug) from error


def _told(value: object) -> str:
    """TOML's own dates count as dates; whatever is neither text nor a date counts as not said."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value.strip() if isinstance(value, str) else ""


def _content(name: str, slug: str, advice: str) -> str:
    try:
        return Path(name).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(name, "not UTF-8", advice, slug) from error
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", None) or "cannot be read"
        raise UsageError(name, str(told).lower(), advice, slug) from error
