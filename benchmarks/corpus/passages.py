"""The nouns of the made corpus: where a passage stands, what was recycled from where, a document with its truth."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one paragraph; `start` and `end` are code points of the document's text, half-open."""

    id: str
    paragraph: int
    start: int
    end: int

    def record(self) -> dict[str, object]:
        """As it stands in truth.jsonl."""
        return {"id": self.id, "paragraph": self.paragraph, "span": [self.start, self.end]}


@dataclass(frozen=True, slots=True)
class Recycled:
    """One recycled paragraph: of which kind, where the copy stands, and where its source."""

    kind: str
    copy: Passage
    source: Passage

    def record(self) -> dict[str, object]:
        """As it stands in truth.jsonl."""
        return {"kind": self.kind, "copy": self.copy.record(), "source": self.source.record()}


@dataclass(frozen=True, slots=True)
class MadeDocument:
    """A document and what in it was recycled; paragraphs of `text` are its lines."""

    id: str
    text: str
    recycled: tuple[Recycled, ...]
