"""A gzip or zstd file -> what it unpacks to, block by block: the only door to zstd.

Several members or frames one after the other are one file. What comes before a tear is still given.

Source.      RFC 1952 and RFC 8878. zstd is that of the standard library from Python 3.14 on, before that its backport.
Limitations. Frames that ask for a window of more than 128 MiB (`zstd --long=28` and more) are refused, as by `zstd -d`.
"""

import sys
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, Final

from kejidiff.read.archives.opening import size_of
from kejidiff.read.archives.shard import Form, UnreadableArchiveError

#: Bytes unpacked at a time, at most.
BLOCK: Final = 4 << 20

#: Bytes of a packed file read at a time, and taken from there at the beginning of a member: twice as many each time
#: while it goes on, so that neither a long one takes many calls nor a short one the copy of all behind it.
_PACKED, _LEAST = 1 << 17, 1 << 10

#: How packed files begin; a zstd file may also begin with a frame to be skipped, as pzstd and seekable ones do.
GZIP: Final = b"\x1f\x8b"
ZSTD: Final = b"\x28\xb5\x2f\xfd"
_SKIPPABLE: Final = b"\x2a\x4d\x18"

#: zlib's number for members with gzip's header, and the greatest window.
_GZIP_BITS: Final = 31

#: An archive may unpack to sixteen files of the greatest size, and beyond that to a hundred times what it is. Chinese
#: reports pack to a third or a fifth; the same report over and over to a five-hundredth, which the first figure allows.
ROOM: Final = 16
RATIO: Final = 100


def packed_form(head: bytes) -> Form | None:
    """The form that the first four bytes tell."""
    if head.startswith(GZIP):
        return "gzip"
    if head.startswith(ZSTD) or (head[1:4] == _SKIPPABLE and 0x50 <= head[0] <= 0x5F):
        return "zstd"
    return None


def unpacked(file: BinaryIO, form: Form, max_bytes: int) -> Iterator[bytes]:
    """Blocks of at most `BLOCK` bytes. UnreadableArchiveError: `damaged`, `expands-too-much`."""
    allowed = max(ROOM * max_bytes, RATIO * size_of(file))
    blocks = _gzip(file) if form == "gzip" else _zstd(file)
    total = 0
    for block in blocks:
        total += len(block)
        if total > allowed:
            told = f"unpacks to more than {allowed >> 20:,} MB (unpack it first if that is right)"
            raise UnreadableArchiveError("expands-too-much", told)
        yield block


def packed(data: bytes, form: Form) -> bytes:
    """The same bytes at any time of day; plain ones as they are."""
    if form == "gzip":
        import gzip

        return gzip.compress(data, mtime=0)
    return _zstd_module().compress(data) if form == "zstd" else data


def _zstd_module() -> Any:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd


def _gzip(file: BinaryIO) -> Iterator[bytes]:
    """The standard library's own reader of such files takes half as long again."""
    return _members(file, "gzip", lambda: zlib.decompressobj(_GZIP_BITS), _inflated, zlib.error)


def _zstd(file: BinaryIO) -> Iterator[bytes]:
    """The standard library's own reader copies what lies behind each frame, a hundred KB, however short."""
    zstd = _zstd_module()
    return _members(file, "zstd", zstd.ZstdDecompressor, _given, zstd.ZstdError)


def _members(
    file: BinaryIO,
    name: Form,
    begun: Callable[[], Any],
    given: Callable[[Any, bytes], Iterator[bytes]],
    failure: type[Exception],
) -> Iterator[bytes]:
    """Member by member, each by a decompressor of its own. Zeros between those of gzip are padding, as to gzip."""
    unpacking, buffer, place, step = None, b"", 0, _LEAST
    try:
        while True:
            if place == len(buffer):
                buffer, place = file.read(_PACKED), 0
                if not buffer:
                    break
            if unpacking is None and name == "gzip" and not buffer[place]:
                place = len(buffer) - len(buffer[place:].lstrip(b"\0"))
                continue
            unpacking = unpacking or begun()
            piece = buffer[place : place + step]
            yield from given(unpacking, piece)
            place += len(piece) - len(unpacking.unused_data)
            step = _LEAST if unpacking.eof else min(step * 2, _PACKED)
            unpacking = None if unpacking.eof else unpacking
    except failure as error:
        raise UnreadableArchiveError("damaged", f"the {name} file is damaged") from error
    if unpacking is not None:
        raise UnreadableArchiveError("damaged", f"the {name} file ends before its end")


def _given(unpacking: Any, piece: bytes) -> Iterator[bytes]:
    """All that a piece of a frame makes, in blocks."""
    block = unpacking.decompress(piece, BLOCK)
    while block:
        yield block
        block = b"" if unpacking.needs_input or unpacking.eof else unpacking.decompress(b"", BLOCK)


def _inflated(unpacking: Any, piece: bytes) -> Iterator[bytes]:
    """The same of a member of gzip. Where a block is full there may be more to come, also of what is taken in."""
    block = unpacking.decompress(piece, BLOCK)
    while block:
        yield block
        full = len(block) == BLOCK and not unpacking.eof
        block = unpacking.decompress(unpacking.unconsumed_tail, BLOCK) if full else b""
