"""Paths and bytes -> `SourceText` or `Skipped`: the only room that touches the files to be compared, and reads only.

`discover` finds, `read_file` reads one, `read_files` one with what is in it, `decode` turns bytes into text.
"""

from kejidiff.read.decode import Decoded, Refused, decode
from kejidiff.read.discover import Discovery, FoundFile, discover
from kejidiff.read.files import content, read_file, read_files

__all__ = ["Decoded", "Discovery", "FoundFile", "Refused", "content", "decode", "discover", "read_file", "read_files"]
