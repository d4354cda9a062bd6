"""The scorer judges a hand-made case as a reader would."""

from typing import Any

import pytest
from corpus.score import score

#: One paragraph of document s, [0, 100), copied whole into a; its [20, 60) is embedded in b, its [70, 100) in c.
SOURCE = {"id": "s", "paragraph": 0, "span": [0, 100]}
TRUTH: list[dict[str, Any]] = [
    {"kind": "verbatim", "copy": {"id": "a", "paragraph": 1, "span": [10, 110]}, "source": SOURCE},
    {
        "kind": "embedded",
        "copy": {"id": "b", "paragraph": 0, "span": [5, 45]},
        "source": {**SOURCE, "span": [20, 60]},
    },
    {
        "kind": "embedded",
        "copy": {"id": "c", "paragraph": 0, "span": [5, 35]},
        "source": {**SOURCE, "span": [70, 100]},
    },
]


def pair(left: str, left_span: tuple[int, int], right: str, right_span: tuple[int, int]) -> dict[str, Any]:
    return {"left": {"id": left, "span": list(left_span)}, "right": {"id": right, "span": list(right_span)}}


@pytest.mark.parametrize(
    ("pairs", "verbatim", "embedded", "true"),
    [
        pytest.param([], 0, 0, 0, id="nothing is reported"),
        pytest.param([pair("s", (0, 100), "a", (10, 110))], 1, 0, 1, id="copy and source"),
        pytest.param([pair("a", (10, 110), "s", (0, 100))], 1, 0, 1, id="either side may be left"),
        pytest.param([pair("s", (0, 49), "a", (10, 59))], 0, 0, 1, id="less than half is true, and not found"),
        pytest.param([pair("s", (0, 50), "a", (10, 60))], 1, 0, 1, id="half is enough"),
        pytest.param(
            [pair("s", (0, 25), "a", (10, 35)), pair("s", (60, 85), "a", (70, 95))], 1, 0, 2, id="pieces add up"
        ),
        pytest.param(
            [pair("s", (0, 30), "a", (10, 40)), pair("s", (5, 30), "a", (15, 40))], 0, 0, 2, id="but each but once"
        ),
        pytest.param([pair("s", (0, 100), "b", (0, 90))], 0, 1, 1, id="a whole paragraph finds what is embedded"),
        pytest.param([pair("a", (10, 110), "b", (5, 45))], 0, 1, 1, id="siblings; of a, 40 of 100 is too little"),
        pytest.param([pair("b", (5, 45), "c", (5, 35))], 0, 0, 0, id="siblings that share no text"),
        pytest.param([pair("s", (0, 100), "a", (110, 200))], 0, 0, 0, id="beside the copy"),
        pytest.param([pair("s", (0, 100), "z", (0, 100))], 0, 0, 0, id="a document that copied nothing"),
        pytest.param([pair("a", (10, 60), "a", (60, 110))], 0, 0, 0, id="within one document"),
    ],
)
def test_what_is_found_and_what_is_true(pairs: list[Any], verbatim: int, embedded: int, true: int) -> None:
    """Found: half of the copy, linked to one relative. True: both sides touch relatives."""
    result = score(TRUTH, pairs)
    assert result.kinds == {"verbatim": (verbatim, 1), "embedded": (embedded, 2)}
    assert (result.true_pairs, result.pairs) == (true, len(pairs))


def test_boilerplate_counts_for_precision_only() -> None:
    """A page that many share is no false alarm, and nobody has to find it."""
    page = {"kind": "boilerplate", "copy": {"id": "d", "paragraph": 9, "span": [0, 80]}, "source": SOURCE}
    result = score([*TRUTH, page], [pair("s", (0, 100), "a", (10, 110)), pair("d", (0, 80), "s", (0, 80))])
    assert result.precision == 1.0
    assert result.recall == pytest.approx(1 / 3)
    assert result.kinds["boilerplate"] == (1, 1)
