"""Paths and bytes -> `SourceText` or `Skipped`: the only room that touches the files to be compared, and reads only.

`discover` finds, `read_texts` reads one with all that is in it, `read_file` one alone, `decode` turns bytes into text.
"""

from kejidiff.read.decode import Decoded, Refused, decode
from kejidiff.read.discover import Discovery, FoundFile, discover
from kejidiff.read.files import content, read_file, read_files
from kejidiff.read.texts import holds_rows, read_texts

__all__ = [
    "Decoded", "Discovery", "FoundFile", "Refused", "content", "decode", "discover", "holds_rows", "read_file",
    "read_files", "read_texts",
]  # fmt: skip
