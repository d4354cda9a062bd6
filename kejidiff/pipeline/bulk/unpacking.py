"""Archives that cannot be entered in the middle -> lines in the working folder, and shards of those for all workers.

Each is unpacked by one worker, several side by side, as a stream: it takes a few blocks of memory, and the disk what it
unpacks to, within the bounds of `read.archives.packed`.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO, Final

from kejidiff.options import ScanOptions
from kejidiff.pipeline.bulk import planning
from kejidiff.pipeline.bulk.planning import Piece
from kejidiff.read.archives import Shard, UnreadableArchiveError
from kejidiff.read.archives.unpacking import shards_unpacked, unpacked_blocks

#: Bytes written at a time: rows of a table come one by one.
_BUFFER: Final = 1 << 20

Torn = tuple[str, str] | None


def packed_in(pieces: Sequence[Piece]) -> list[Shard]:
    """Those of the pieces that are to be unpacked, which `unpack` numbers in this order."""
    return [piece for piece in pieces if isinstance(piece, Shard) and piece.form != "lines"]


def unpack(shard: Shard, number: int, folder: Path, options: ScanOptions) -> None:
    """Write `torn-N`, and `unpacked-N` when all of it is there."""
    path = folder / f"unpacked-{number}"
    temporary = path.with_name(path.name + ".part")
    with temporary.open("wb", buffering=_BUFFER) as file:
        torn = _written(unpacked_blocks(shard, options.json_lines, options.max_file_bytes), file)
    (folder / f"torn-{number}").write_text(json.dumps(torn), encoding="utf-8")
    temporary.replace(path)


def with_unpacked(pieces: Sequence[Piece], folder: Path) -> tuple[Piece, ...]:
    """The pieces in their order, in place of those that were unpacked the pieces that these come to."""
    numbers = {id(shard): number for number, shard in enumerate(packed_in(pieces))}
    found: list[Piece] = []
    for piece in pieces:
        if not isinstance(piece, Shard) or id(piece) not in numbers:
            found.append(piece)
            continue
        number = numbers[id(piece)]
        told = json.loads((folder / f"torn-{number}").read_text(encoding="utf-8"))
        torn: Torn = told and (told[0], told[1])
        found += shards_unpacked(piece, folder / f"unpacked-{number}", torn, planning.PIECE_BYTES)
    return tuple(found)


def _written(blocks: Iterable[bytes], file: BinaryIO) -> Torn:
    """Write whole lines, and say why no more came, if so: the end of a line that was torn may be missing, and of an
    archive that was changed meanwhile nothing counts."""
    size = whole = 0
    try:
        for block in blocks:
            file.write(block)
            ended = block.rfind(b"\n") + 1
            whole = size + ended if ended else whole
            size += len(block)
    except UnreadableArchiveError as error:
        file.truncate(0 if error.reason == "changed-while-reading" else whole)
        return error.reason, error.message
    return None
