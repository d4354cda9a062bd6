"""The table of passages opens in a spreadsheet as what it is: text and numbers, row by row."""

import csv
import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_result import HOSTILE, hostile
from sample_result import sample

from kejidiff.model import ScanResult
from kejidiff.view.table import COLUMNS, cell, passages_csv
from kejidiff.view.visible import visible

#: What makes a spreadsheet read a cell as a formula, and what it may skip before it.
SIGNS = "=+-@＝＋－＠"
SKIPPED = " \t\r\n\u00a0\u3000\u200b\u200d\ufeff\u2060\u00ad"


def rows(result: ScanResult) -> list[dict[str, str]]:
    text = passages_csv(result)
    assert text.startswith("\ufeff")
    assert len(list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))) > 0
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))


def harmless(value: str) -> bool:
    return value.lstrip(SKIPPED)[:1] not in tuple(SIGNS)


def test_one_row_a_passage() -> None:
    """Every passage has a row, in the order of the record, with the text of both sides."""
    result = sample()
    found = rows(result)
    passages = [(pair, passage) for pair in result.comparisons for passage in pair.passages]
    assert len(found) == len(passages) == 5
    for row, (pair, passage) in zip(found, passages, strict=True):
        left = result.document(pair.left)
        assert (row["left"], row["right"]) == (pair.left, pair.right)
        assert (int(row["left_start"]), int(row["left_end"])) == passage.left
        assert (int(row["right_start"]), int(row["right_end"])) == passage.right
        assert int(row["left_characters"]) == left.countable_in(passage.left)
        assert float(row["similarity"]) == passage.similarity
        assert (row["tier"], row["kinds"].split()) == (passage.tier, list(passage.kinds))
        assert row["left_text"] == visible(passage.left.of(result.text_of(left)))


def test_form() -> None:
    """A byte order mark, the header, lines that end in CRLF: what Excel needs and RFC 4180 asks for."""
    text = passages_csv(sample())
    assert text.startswith("\ufeff" + ",".join(COLUMNS) + "\r\n")
    assert text.endswith("\r\n")
    assert passages_csv(sample()) == text


def test_nothing_to_list() -> None:
    """Without passages there is the header alone."""
    from dataclasses import replace

    assert passages_csv(replace(sample(), comparisons=())) == "\ufeff" + ",".join(COLUMNS) + "\r\n"


def test_hostile_cells() -> None:
    """No cell can become a formula, hold anything hidden, or reach beyond itself."""
    found = rows(hostile())
    assert len(found) == 1
    values = found[0].values()
    assert all(harmless(value) for value in values)
    assert not any(hidden in value for value in values for hidden in "\x00\x1b\u202e\u200b\u2028\ud800\udc80")
    assert found[0]["left_title"].startswith("<script>alert(1)</script> </style>")
    assert found[0]["right"].startswith("'@")


@pytest.mark.parametrize("text", [*(sign + "1" for sign in SIGNS), *(skip + "=1" for skip in SKIPPED)])
def test_formula_starts(text: str) -> None:
    """Whatever a spreadsheet would calculate gets an apostrophe."""
    assert cell(text).startswith("'")


@pytest.mark.parametrize("text", ["", "1+1", "科技=创新", "'=1", "（一）", "·=", "“-”"])
def test_plain_cells_stay(text: str) -> None:
    """Text that begins with anything else is written as it is."""
    assert cell(text) == text


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.lists(st.one_of(st.text(max_size=5), st.sampled_from([*HOSTILE, *SIGNS, *SKIPPED]))).map("".join))
def test_no_text_becomes_a_formula(text: str) -> None:
    """Whatever the text, the cell's first sign that counts is no formula's, and all of the text is in it."""
    shown = cell(text)
    assert harmless(shown)
    assert shown.removeprefix("'") == visible(text).removeprefix("'") or shown == visible(text)


def test_columns_are_filled() -> None:
    """Each row has a value for every column, numbers as numbers."""
    found: list[dict[str, Any]] = list(rows(sample()))
    assert all(tuple(row) == COLUMNS and None not in row.values() for row in found)
    assert all(
        row[name].isdigit() for row in found for name in COLUMNS if name.endswith(("start", "end", "characters"))
    )
