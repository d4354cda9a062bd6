"""A passage -> the same with edits of one kind at places that are kept: what the kinds of edits are judged by."""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from kejidiff.model import EditKind
from kejidiff.span import Span
from quality.edits import MASKS, converted, other_figure
from quality.lexicon import dictionary, is_han, synonyms, words_of
from quality.pairs import sentence_spans

#: Characters between two edits, at least: so that no two are one.
_APART = 25
#: Of the places for a word: so few that clauses have their turn too.
_WORDS = 0.15
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_MORE_MASKS = (*MASKS, "某", "若干")
_CLAUSE_BORDER = re.compile(r"(?<=[，；])(?=[一-鿿])")
_CLAUSE = re.compile(r"(?<=[，；])[一-鿿、]{4,20}[，；]")


class Change(NamedTuple):
    """The source's characters of `span` (empty: an insertion) replaced by `text`."""

    span: Span
    text: str


class KnownEdit(NamedTuple):
    """Where an edit stands in the source and in the derived passage, counted from their starts; one may be empty."""

    src: Span
    susp: Span


def applied(text: str, changes: Sequence[Change]) -> tuple[str, tuple[KnownEdit, ...]]:
    """The text with ascending, disjoint changes made."""
    pieces, edits, at, size = [], [], 0, 0
    for (start, end), new in changes:
        pieces += [text[at:start], new]
        size += start - at + len(new)
        edits.append(KnownEdit(Span(start, end), Span(size - len(new), size)))
        at = end
    return "".join([*pieces, text[at:]]), tuple(edits)


def known_edits(
    text: str, kind: EditKind, rng: random.Random, phrases: Sequence[str]
) -> tuple[str, tuple[KnownEdit, ...]]:
    """The edited passage and its edits; none where the passage has no place for the kind."""
    if kind == "move":
        return _moved(text, rng)
    places = list(_PLACES[kind](text, rng, phrases))
    rng.shuffle(places)
    kept: list[Change] = []
    for change in places:
        near = Span(change.span.start - _APART, change.span.end + _APART)
        alone = not any(near.overlaps(other.span) or near.contains(other.span) for other in kept)
        if alone and change.text != change.span.of(text):
            kept.append(change)
    new, edits = applied(text, sorted(kept))
    return new, _where_different(text, new, edits) if kind == "script" else edits


def _where_different(text: str, new: str, edits: Sequence[KnownEdit]) -> tuple[KnownEdit, ...]:
    """Each edit's maximal runs of characters that changed: not every character has a traditional form."""
    return tuple(
        KnownEdit(*(Span(side.start + run.start(), side.start + run.end()) for side in (src, susp)))
        for src, susp in edits
        for run in re.finditer("1+", "".join("01"[a != b] for a, b in zip(src.of(text), susp.of(new), strict=True)))
    )


def _moved(text: str, rng: random.Random) -> tuple[str, tuple[KnownEdit, ...]]:
    """One sentence put behind others that are longer together, so that it is the one that moved."""
    found = [span for span in sentence_spans(text) if span.end < len(text) or text[-1:] in "。！？"]
    for _ in range(20):
        first = rng.randrange(max(len(found) - 2, 1))
        behind = first + rng.choice((2, 3))
        if behind >= len(found) or "\n" in text[found[first].start : found[behind].end]:
            continue
        moved, passed = found[first], Span(found[first].end, found[behind].end)
        if 15 <= moved.length < 0.7 * passed.length:
            new, edits = applied(text, [Change(moved, ""), Change(Span(passed.end, passed.end), moved.of(text))])
            return new, edits
    return text, ()


def _words(text: str) -> Iterator[tuple[Span, str]]:
    at = 0
    for word in words_of(text):
        yield Span(at, at + len(word)), word
        at += len(word)


def _synonyms(text: str, rng: random.Random, _phrases: Sequence[str]) -> Iterator[Change]:
    for span, word in _words(text):
        if len(word) > 1 and word in synonyms():
            yield Change(span, rng.choice(synonyms()[word]))


def _figures(text: str, rng: random.Random, _phrases: Sequence[str]) -> Iterator[Change]:
    for match in _FIGURE.finditer(text):
        yield Change(Span(*match.span()), other_figure(match[0], rng))


def _masks(text: str, rng: random.Random, _phrases: Sequence[str]) -> Iterator[Change]:
    for match in _FIGURE.finditer(text):
        yield Change(Span(*match.span()), rng.choice(_MORE_MASKS))


def _scripts(text: str, _rng: random.Random, _phrases: Sequence[str]) -> Iterator[Change]:
    for span, word in _words(text):
        new = converted(word, "s2t")
        if len(new) == len(word):
            yield Change(span, new)


def _garbles(text: str, rng: random.Random, _phrases: Sequence[str]) -> Iterator[Change]:
    """Broken characters, or a run of ten read in another encoding."""
    for span, word in _words(text):
        if not is_han(word):
            continue
        run = Span(span.start, span.start + 10)
        if rng.random() < 0.5 and is_han(run.of(text)) and run.end <= len(text):
            yield Change(run, run.of(text).encode("utf-8").decode("gb18030", "replace"))
        else:
            yield Change(span, "�" * len(word))


def _insertions(text: str, rng: random.Random, phrases: Sequence[str]) -> Iterator[Change]:
    """A clause of another text, or a word between two."""
    for match in _CLAUSE_BORDER.finditer(text):
        yield Change(Span(match.start(), match.start()), rng.choice(phrases).rstrip("，；。！？") + "，")
    for span, word in _words(text):
        if is_han(word) and rng.random() < _WORDS:
            yield Change(Span(span.end, span.end), rng.choice(dictionary()[2]))


def _deletions(text: str, rng: random.Random, _phrases: Sequence[str]) -> Iterator[Change]:
    """A clause, or a word."""
    for match in _CLAUSE.finditer(text):
        yield Change(Span(*match.span()), "")
    for span, word in _words(text):
        if is_han(word) and rng.random() < _WORDS:
            yield Change(span, "")


_PLACES: dict[EditKind, Callable[[str, random.Random, Sequence[str]], Iterator[Change]]] = {
    "script": _scripts, "synonym": _synonyms, "figure": _figures, "mask": _masks, "garble": _garbles,
    "insertion": _insertions, "deletion": _deletions,
}  # fmt: skip
