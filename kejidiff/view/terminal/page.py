"""Options of a call -> Page: what every part of the side-by-side view needs to know."""

from typing import NamedTuple

from kejidiff.model import Document
from kejidiff.view.messages import message
from kejidiff.view.terminal.cells import Line, Piece
from kejidiff.view.terminal.layout import crossed_rule
from kejidiff.view.terminal.rows import Subject

#: Columns from which two texts stand side by side: 23 Hanzi each, a good half of a printed line.
SIDE_BY_SIDE = 100


class Page(NamedTuple):
    """full: fold nothing. script: mark differences of script and punctuation too. phrases: how stock is shown."""

    subject: Subject
    width: int
    lang: str
    full: bool
    script: bool
    phrases: str = "grey"

    @property
    def beside(self) -> bool:
        return self.width >= SIDE_BY_SIDE

    @property
    def cells(self) -> int:
        """Cells of one column; of the only one where texts do not stand side by side."""
        return (self.width - 5) // 2 if self.beside else self.width - 1

    def rule(self, stroke: str, crossing: str) -> Line:
        """A line across the page; `crossing` stands where the columns' divider meets it."""
        return crossed_rule(self.cells, stroke, crossing) if self.beside else [Piece(stroke * self.width, "rule")]

    def number(self, document: Document, index: int) -> str:
        """`¶3`, or the word for a title line."""
        number = document.paragraphs[index].number
        return f"¶{number}" if number else message("show.title", self.lang)
