"""Two unrelated stretches -> a labelled pair: passages of one, edited, between the paragraphs of the other."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kejidiff.span import Span
from quality.plagdet import Match
from quality.texts import Stretch, han_of, sentences

#: Equal runs from this many Hanzi on are shared by nature; a zone reaches this far beyond its run on both sides.
_ZONE, _AROUND = 12, 20
#: Taken off the ends of a passage; no more, or bytes read as Latin-1 would go too.
_BLANKS = " \n\u3000"
#: Matches of one run of `_ZONE` that are looked at.
_ALIKE = 20


class Labels(NamedTuple):
    """What is true of two files of a scan: the `cases` of recycling."""

    susp: str
    src: str
    cases: tuple[Match, ...]


class Pair(NamedTuple):
    """Two texts by file name and what is true of them; `stock` are phrases put in both, Hanzi only."""

    kind: str
    files: dict[str, str]
    labels: Labels
    stock: tuple[str, ...] = ()

    def zones(self) -> tuple[Match, ...]:
        """What the two share by nature: neither a case nor put in."""
        labels = self.labels
        return natural_zones(self.files[labels.susp], self.files[labels.src], labels.cases, self.stock)


@dataclass(frozen=True)
class Host:
    """A text with passages put in, and where each of them stands, in the order they were given."""

    text: str
    spans: tuple[Span, ...]


def put_between(host: str, passages: Sequence[str], rng: random.Random, keep: Span | None = None) -> Host:
    """Each passage a paragraph of its own, at different borders, in any order; never first, never inside `keep`.

    `keep`, where given, is where that stretch of the host stands afterwards: the last of the spans.
    """
    ends = [at for at, mark in enumerate(host) if mark == "\n"] + [len(host)]
    ends = [end for end in ends if keep is None or not keep.start < end < keep.end]
    borders = rng.sample(ends, min(len(passages), len(ends)))
    borders += [len(host)] * (len(passages) - len(borders))
    spans = [Span(0, 0)] * len(passages)
    pieces, size, at, kept = [], 0, 0, keep
    for border, index in sorted(zip(borders, range(len(passages)), strict=True)):
        pieces += [host[at:border], "\n", passages[index]]
        start = size + border - at + 1
        if keep is not None and keep.start >= border:
            moved = start + len(passages[index]) - border
            kept = Span(keep.start + moved, keep.end + moved)
        spans[index] = Span(start, start + len(passages[index]))
        size, at = spans[index].end, border
    return Host("".join([*pieces, host[at:]]), (*spans, *([kept] if kept is not None else [])))


def pick_passage(text: str, length: int, taken: Sequence[Span], rng: random.Random, apart: int = 0) -> Span | None:
    """Whole sentences of about this many characters, `apart` or more from those taken; None where there are none."""
    found = sentence_spans(text)
    for _ in range(50):
        first = rng.randrange(len(found))
        last = first
        while last + 1 < len(found) and found[last].end - found[first].start < 0.9 * length:
            last += 1
        span = Span(found[first].start, found[last].end)
        near = Span(span.start - apart, span.end + apart)
        if 0.7 * length <= span.length <= 1.5 * length and not any(near.overlaps(other) for other in taken):
            return span
    return None


def sentence_spans(text: str) -> list[Span]:
    """Where the sentences stand, blanks at their ends left out."""
    found, at = [], 0
    for sentence in sentences(text):
        body = sentence.strip()
        start = text.index(body, at)
        at = start + len(body)
        found.append(Span(start, at))
    return found


def recycled(
    host: Stretch, src: Stretch, spans: Sequence[Span], edit: Callable[[str], str], rng: random.Random
) -> tuple[str, Labels]:
    """The derived text and its labels; the files go by `b.txt` and `a.txt`, source first."""
    passages = [edit(span.of(src.text)).strip(_BLANKS) for span in spans]
    kept = [(span, passage) for span, passage in zip(spans, passages, strict=True) if passage]
    made = put_between(host.text, [passage for _, passage in kept], rng)
    cases = tuple(Match(place, span) for place, (span, _) in zip(made.spans, kept, strict=True))
    return made.text, Labels("b.txt", "a.txt", cases)


def natural_zones(susp: str, src: str, cases: Sequence[Match], stock: Sequence[str] = ()) -> tuple[Match, ...]:
    """Maximal equal runs outside the cases, widened; those that stand inside a phrase of `stock` are left out."""
    one, one_at = han_of(susp)
    other, other_at = han_of(src)
    zones = []
    for left, right, size in equal_runs(one, other, _ZONE):
        run = one[left : left + size]
        zone = Match(
            Span(one_at[left], one_at[left + size - 1] + 1), Span(other_at[right], other_at[right + size - 1] + 1)
        )
        if not any(run in phrase or phrase in run for phrase in stock) and not any(map(zone.touches, cases)):
            zones.append(Match(_widened(zone.susp), _widened(zone.src)))
    return tuple(zones)


def _widened(span: Span) -> Span:
    return Span(max(span.start - _AROUND, 0), span.end + _AROUND)


def equal_runs(one: str, other: str, least: int) -> list[tuple[int, int, int]]:
    """Maximal runs of `least` characters or more that two strings share: start, start, length."""
    theirs: dict[str, list[int]] = {}
    for at in range(len(other) - least + 1):
        theirs.setdefault(other[at : at + least], []).append(at)
    found = []
    for left in range(len(one) - least + 1):
        for right in theirs.get(one[left : left + least], ())[:_ALIKE]:
            if left and right and one[left - 1] == other[right - 1]:
                continue
            size = least
            while one[left + size : left + size + 1] == other[right + size : right + size + 1] != "":
                size += 1
            found.append((left, right, size))
    return found
