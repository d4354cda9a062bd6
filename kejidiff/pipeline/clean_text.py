"""Text, what was decided about it -> the text without what goes."""

from collections.abc import Sequence

from kejidiff.model.dedup import Decision
from kejidiff.span import Span, merged, without

#: The documents of one text: where each stands, and what becomes of it.
Decided = list[tuple[Span, Decision]]


def stays(decided: Decided) -> bool:
    """True where something of the text is kept."""
    return any(decision.state != "dropped" for _, decision in decided)


def holes(decided: Decided) -> list[Span]:
    """What goes out of a text."""
    return [
        hole
        for span, decision in decided
        for hole in ([span] if decision.state == "dropped" else [removal.span for removal in decision.removed])
    ]


def text_without(text: str, holes: Sequence[Span]) -> str:
    """`text` with every hole closed: the blanks and line ends behind a hole go with it."""
    wider = []
    for start, end in merged(holes):
        wider.append(Span(start, end + len(text[end:]) - len(text[end:].lstrip())))
    return "".join(piece.of(text) for piece in without(Span(0, len(text)), wider))
