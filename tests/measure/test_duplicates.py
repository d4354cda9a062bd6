"""Families: everything is kept or dropped, every drop is held by what is kept, chains do not grow."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejidiff.measure.duplicates import Held, Verdict, find_families, holding
from kejidiff.model import Document
from kejidiff.model.dedup import Keep

KEEPS: tuple[Keep, ...] = ("best", "first", "longest", "earliest")


@dataclass(frozen=True)
class Stub:
    """As much of a document as families are made of."""

    id: str
    path: str
    countable: int
    title: str = ""
    ordinal: int = 1
    excluded: tuple[Any, ...] = ()
    repaired: tuple[Any, ...] = ()


@st.composite
def corpora(draw: st.DrawFn) -> tuple[list[Document], dict[tuple[int, int], Held]]:
    """Documents as sets of letters: who holds whom follows from what they have in common."""
    sets = draw(st.lists(st.sets(st.sampled_from("abcdefgh"), min_size=1), min_size=1, max_size=9))
    titles = [draw(st.sampled_from(("", "2012年总结", "2015年总结"))) for _ in sets]
    documents = [
        Stub(f"{at}.txt#1", f"{at}.txt", 100 * len(own), title)
        for at, (own, title) in enumerate(zip(sets, titles, strict=True))
    ]
    held = {
        (one, other): Held(
            len(sets[one] & sets[other]) / len(sets[one]),
            len(sets[one] & sets[other]) / len(sets[other]),
            1.0,
            draw(st.sampled_from(("", "left", "right"))),
        )
        for one in range(len(sets))
        for other in range(one + 1, len(sets))
    }
    return cast("list[Document]", documents), held


def families(documents: Sequence[Document], held: dict[tuple[int, int], Held], keep: Keep) -> dict[int, Verdict]:
    everyone = range(len(documents))
    kin = {one: frozenset(other for other in everyone if other != one) for one in everyone}
    return find_families(
        documents, dict.fromkeys(everyone, 0), kin, lambda pairs: [held[pair] for pair in pairs], keep, 0.75
    )


def share(held: dict[tuple[int, int], Held], one: int, other: int) -> float:
    return held[one, other].left if one < other else held[other, one].right


@given(corpora(), st.sampled_from(KEEPS))
def test_every_dropped_document_is_held_by_a_kept_one(
    corpus: tuple[list[Document], dict[tuple[int, int], Held]], keep: Keep
) -> None:
    """Whatever the policy: the keeper is kept, and holds the share of the dropped one that is told."""
    documents, held = corpus
    for dropped, verdict in families(documents, held, keep).items():
        assert verdict.keeper not in families(documents, held, keep)
        assert verdict.share == share(held, dropped, verdict.keeper) >= 0.75
        assert verdict.holding == holding(verdict.share, share(held, verdict.keeper, dropped), 0.75)


@given(corpora(), st.sampled_from(KEEPS))
def test_what_is_kept_is_a_corpus_without_copies(
    corpus: tuple[list[Document], dict[tuple[int, int], Held]], keep: Keep
) -> None:
    """No kept document is held by a longer kept one, and asking again drops nothing."""
    documents, held = corpus
    dropped = families(documents, held, keep)
    kept = [at for at in range(len(documents)) if at not in dropped]
    for one in kept:
        for other in kept:
            if one != other and documents[one].countable < documents[other].countable:
                assert share(held, one, other) < 0.75
    again = {(one, other): held[kept[one], kept[other]] for other in range(len(kept)) for one in range(other)}
    assert families([documents[at] for at in kept], again, keep) == {}


def test_chains_of_half_alike_texts_are_no_family() -> None:
    """A holds most of B, B most of C, but A does not hold C: C stays."""
    documents = cast("list[Document]", [Stub(f"{at}.txt#1", f"{at}.txt", 100 - at) for at in range(3)])
    held = {(0, 1): Held(0.8, 0.8, 1.0), (1, 2): Held(0.8, 0.8, 1.0), (0, 2): Held(0.5, 0.5, 1.0)}
    assert families(documents, held, "longest") == {1: Verdict(0, "duplicate", 0.8, 1.0)}


def test_an_excerpt_goes_and_never_what_holds_it() -> None:
    """Even where the excerpt comes first, `first` keeps the whole text: nothing is lost."""
    documents = cast("list[Document]", [Stub("a.txt#1", "a.txt", 100), Stub("b.txt#1", "b.txt", 900)])
    held = {(0, 1): Held(1.0, 0.11, 1.0)}
    assert families(documents, held, "first") == {0: Verdict(1, "contained", 1.0, 1.0)}


@pytest.mark.parametrize(("keep", "kept"), [("first", 0), ("longest", 1), ("earliest", 2), ("best", 1)])
def test_each_policy_keeps_its_own(keep: Keep, kept: int) -> None:
    """Of three copies: the first by path, the longest, that with the earliest year; the best is the most complete."""
    documents = cast(
        "list[Document]",
        [
            Stub("a.txt#1", "a.txt", 990, "2015年总结"),
            Stub("b.txt#1", "b.txt", 1000, "2014年总结"),
            Stub("c.txt#1", "c.txt", 980, "2013年总结"),
        ],
    )
    held = {pair: Held(0.95, 0.95, 0.95) for pair in ((0, 1), (0, 2), (1, 2))}
    dropped = families(documents, held, keep)
    assert {verdict.keeper for verdict in dropped.values()} == {kept} and len(dropped) == 2


def test_the_original_is_better_than_an_equal_copy() -> None:
    """Where it is decided which was made from which, `best` keeps the source though the copy is a little longer."""
    documents = cast("list[Document]", [Stub("a.txt#1", "a.txt", 1000), Stub("b.txt#1", "b.txt", 990)])
    assert families(documents, {(0, 1): Held(0.9, 0.9, 0.9, "right")}, "best") == {0: Verdict(1, "duplicate", 0.9, 0.9)}
