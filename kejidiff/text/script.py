"""How many Hanzi a text has, and how many of them simplification changes -> which script it is written in."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kejidiff.model.document import Script

#: Share of a text's Hanzi that simplification changes. Traditional running text: .35 to .40 (the corpus through OpenCC
#: s2t); simplified: below .005. Between the bars both scripts stand in one text.
_TRADITIONAL: Final = 0.10
_SIMPLIFIED: Final = 0.01


def script_of(hanzi: int, changed: int) -> "Script":
    """`hanzi` of a text, of which `changed` are no simplified forms."""
    if not hanzi:
        return "none"
    share = changed / hanzi
    if share >= _TRADITIONAL:
        return "hant"
    return "hans" if share < _SIMPLIFIED else "mixed"
