"""What a library keeps: `StoredFile` without its text, its documents, and what is to be said of the library itself."""

from typing import NamedTuple

from kejidiff.model.document import Exclusion
from kejidiff.model.metadata import Metadata
from kejidiff.model.source import Reservation
from kejidiff.span import Span


class StoredFile(NamedTuple):
    """A file of the library.

    number     by which the library knows it
    location   the absolute path it was read from; of an archive's member with its path in it; empty of stdin
    path       its name in the library, unique there
    added      when, UTC, as ISO 8601 has it
    """

    number: int
    location: str
    path: str
    sha256: str
    encoding: str
    format: str
    replaced: int
    metadata: Metadata
    added: str
    characters: int
    warnings: tuple[Reservation, ...] = ()
    marked: tuple[Exclusion, ...] = ()


class Part(NamedTuple):
    """A document of a file as it is kept. `fingerprints`: how many different ones it has."""

    ordinal: int
    title: str
    span: Span
    countable: int
    years: tuple[int, ...]
    places: tuple[str, ...]
    fingerprints: int


class StoredDocument(NamedTuple):
    """A document of the library and its file."""

    number: int
    file: StoredFile
    part: Part

    @property
    def id(self) -> str:
        return f"{self.file.path}#{self.part.ordinal}"

    @property
    def title(self) -> str:
        """As somebody gave it, else as it was found."""
        return self.file.metadata.title or self.part.title


class LibraryInfo(NamedTuple):
    """A library in figures.

    bytes        of its file
    sealed       every change has its checks; where not, the next writer looks it through and seals it
    parameters   what texts became keys by
    history      layouts it has had: version, when, by which kejidiff
    runs         in how many runs and parts its keys are, by their kind: there is one, `keys`
    """

    path: str
    files: int
    documents: int
    characters: int
    countable: int
    bytes: int
    layout: int
    sealed: bool
    parameters: dict[str, str]
    history: tuple[tuple[int, str, str], ...]
    runs: dict[str, tuple[int, int]]
