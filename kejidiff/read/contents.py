"""A file's bytes -> its text, whatever format they are in, or the reason why there is none; of an archive, all in it.

Plain text is decoded here; every other format is parsed by a process of its own (`confined`).

Terms.       An archive's *depth* is how many archives it lies in. What its members come to, and the text of those
             that a parser read, is counted over all depths and over all archives in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from kejidiff.model import Reservation, Skipped, SourceText
from kejidiff.read.confined import parse
from kejidiff.read.decode import Decoded, Refused, decode
from kejidiff.read.discover import FoundFile
from kejidiff.read.evasion import suspected
from kejidiff.read.extracted import Extracted, Members, UnparsableError
from kejidiff.read.failures import skipped
from kejidiff.read.formats import OWN_REPORT, PARSERS, Format, format_of, is_own_report

#: Archives in archives that are opened; more are no way to keep reports.
DEEPEST: Final = 3

#: What all members of one archive may come to, in files of the greatest size that is read.
LARGEST_FILES: Final = 4


@dataclass(slots=True)
class _Room:
    """What all members of one archive may still come to: one for all of them, however they are nested."""

    left: int


class _Reading(NamedTuple):
    """How a file is read: the codec forced, the greatest size of one file, and the room for its members."""

    encoding: str | None
    max_bytes: int
    room: _Room
    depth: int = 0


def read_content(found: FoundFile, data: bytes, encoding: str | None, max_bytes: int) -> Iterator[SourceText | Skipped]:
    """The file, and behind it, where it is an archive, its members, by path. Raises nothing for what the bytes are."""
    yield from _read(found, data, _Reading(encoding, max_bytes, _Room(LARGEST_FILES * max_bytes)))


def _read(found: FoundFile, data: bytes, reading: _Reading) -> Iterator[SourceText | Skipped]:
    try:
        result = _extracted(data, reading)
    except UnparsableError as error:
        result = Refused(error.reason, error.message)
    except MemoryError:
        result = Refused("memory", "does not fit into memory")
    if isinstance(result, Refused):
        yield skipped(found.path, result.reason, result.message, found.location)
    elif isinstance(result, Members):
        yield replace(_source(found, data, Extracted("")), format="archive")
        yield from _members(found, result, reading)
    else:
        yield _source(found, data, result)


def _members(found: FoundFile, archive: Members, reading: _Reading) -> Iterator[SourceText | Skipped]:
    inner = reading._replace(depth=reading.depth + 1)
    for member in archive.members:
        place = FoundFile(f"{found.path}/{member.name}", found.location)
        if member.reason:
            yield skipped(place.path, member.reason, member.message, place.location)
        else:
            yield from _read(place, member.data, inner)


def _extracted(data: bytes, reading: _Reading) -> Extracted | Members | Refused:
    """The text, the members, or why there is neither; raises `UnparsableError` where a parser refuses."""
    if is_own_report(data):
        return Refused("ignored", OWN_REPORT)
    form = format_of(data)
    if form is None or not form.kind:
        decoded = decode(data, reading.encoding)
        if isinstance(decoded, Decoded):
            return Extracted(decoded.text, encoding=decoded.encoding, replaced=decoded.replaced, format="text")
        return decoded
    parsed = parse(f"kejidiff.read.{PARSERS[form.kind]}", data, **_options(form, reading))
    if isinstance(parsed, Members):
        if reading.depth >= DEEPEST:
            return Refused("too-deep", f"an archive in more than {DEEPEST - 1} others")
        reading.room.left -= sum(len(member.data) for member in parsed.members)
        return parsed
    if reading.depth:
        reading.room.left -= len(parsed.text)
        if reading.room.left < 0:
            return Refused("expands-too-much", "the archive it is in unpacks to far more than it is")
    return parsed._replace(format=parsed.format or form.kind)


def _options(form: Format, reading: _Reading) -> dict[str, object]:
    """What the format's parser is told besides the bytes."""
    if form.kind == "html":
        return {"encoding": reading.encoding}
    if form.kind == "zip":
        return {"member_bytes": reading.max_bytes, "total_bytes": max(reading.room.left, 0)}
    return {}


def _source(found: FoundFile, data: bytes, extracted: Extracted) -> SourceText:
    import hashlib  # 3 ms: not before there is something to hash

    return SourceText(
        path=found.path,
        text=extracted.text,
        encoding=extracted.encoding,
        replaced=extracted.replaced,
        sha256=hashlib.sha256(data).hexdigest(),
        warnings=tuple(_reservations(found, extracted)),
        location=found.location,
        format=extracted.format,
        marked=extracted.marked,
    )


def _reservations(found: FoundFile, extracted: Extracted) -> Iterator[Reservation]:
    """What is to be said of a file that was read all the same, the graver first."""
    if extracted.replaced:
        number = f"{extracted.replaced:,} place" + ("s" if extracted.replaced > 1 else "")
        yield Reservation("decode-replaced", f"{number} could not be read as {extracted.encoding}, and stand as U+FFFD")
    yield from (*extracted.warnings, *suspected(extracted.text, extracted.format))
    if any("\ud800" <= char <= "\udfff" for char in found.path):
        yield Reservation("name-undecodable", "the file's name is not in the encoding of this system's names")
