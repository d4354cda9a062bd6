"""What workers of a cluster make of rows: numbers that hold for any text that is read, however it is batched."""

import json
import sys
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kejidiff.model import FIGURE_SYMBOL
from kejidiff.options import BulkOptions, JsonLines, ScanOptions
from kejidiff.pipeline.bulk.reading import LONGEST, TOGETHER
from kejidiff.pipeline.cluster.numbers import DOCUMENT_BITS, UNIT_BITS
from kejidiff.pipeline.cluster.rows import rows_of_lines, rows_of_table
from kejidiff.pipeline.cluster.sketching import Sketching, sketched
from kejidiff.sketch.units import units_of

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

FIELDS = JsonLines()
HOW = Sketching(
    lambda columns: rows_of_lines(columns, FIELDS, 64 << 20),
    {"file:/a.jsonl": (0, "a.jsonl")}, "gzip", ScanOptions(depth="paragraphs"), texts=False,
)  # fmt: skip


def told(texts: Sequence[str], place: int = 0) -> list[dict[str, Any]]:
    """All rows that come of texts in one piece that begins there, without columns that are null."""
    lines = [json.dumps({"text": one}).encode() for one in texts]
    columns = {"file": ["file:/a.jsonl"] * len(lines), "at": np.full(len(lines), place), "line": lines}
    rows: list[dict[str, Any]] = []
    for batch in sketched(iter([columns]), HOW):
        each = (zip(batch, values, strict=True) for values in zip(*batch.values(), strict=True))
        rows += [{name: one for name, one in row if one is not None} for row in each]
    return list(map(of_itself, rows))


def of_itself(row: dict[str, Any]) -> dict[str, Any]:
    """A unit with its own kept bits and figures, and without what stands beside them in its bytes."""
    if "span" not in row:
        return row
    start, end, skipped, counted = np.frombuffer(row["span"], np.int64).tolist()
    bits = np.unpackbits(np.frombuffer(row["kept"], np.uint8))[skipped : skipped + end - start]
    figures = row["figures"][: 12 * row["text"].decode("utf-16-le").count(FIGURE_SYMBOL)]
    return {**row, "span": (start, end, counted), "kept": bits.tolist(), "figures": figures}


def made(number: int) -> list[str]:
    from corpus.writing import documents

    return [one.text for one in islice(documents(9), number)]


def test_a_unit_does_not_tell_what_came_before() -> None:
    """Its row is that of a piece of its text alone, in whichever batch it is."""
    texts = made(60)
    whole = [row for row in told(texts) if "unit" in row]
    alone = [row for at, text in enumerate(texts) for row in told([text], at) if "unit" in row]
    assert whole == alone
    assert len(whole) > 2_000


def test_any_text_that_is_read_has_numbers_for_its_units() -> None:
    """Of lines of 40 and 20 characters in turn a text of 64 MB has more than 2^20 units, and less than there are
    numbers; shorter units there are none of."""
    options = BulkOptions()
    count = (64 << 20) // 31
    lengths = np.where(np.arange(count) % 2, options.least, options.short)
    ends = np.cumsum(lengths)
    paragraphs = np.stack((ends - lengths, ends, ends - lengths, ends), axis=1)
    units = units_of(paragraphs, np.zeros(count, np.int64), np.zeros(0, np.int64), options)
    assert 1 << 20 < len(units) < 1 << UNIT_BITS
    assert LONGEST // options.least < 1 << UNIT_BITS
    assert TOGETHER // options.least < 1 << 24
    assert UNIT_BITS + DOCUMENT_BITS == 63


def test_a_document_of_too_many_units_has_no_wrong_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would have those of the next document's; units may be made shorter than they are by option."""
    monkeypatch.setattr("kejidiff.pipeline.cluster.sketching.UNIT_BITS", 1)
    with pytest.raises(OverflowError, match="2 units"):
        told(made(1))


def test_what_fits_no_piece_here_fits_one_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """A packed file is one piece on a cluster, however large it is."""
    monkeypatch.setattr("kejidiff.pipeline.bulk.reading.TOGETHER", 10)
    (piece,) = (row for row in told(made(3)) if "entries" in row)
    assert len(np.frombuffer(piece["numbers"], np.int64)) == 3


def test_limits_of_texts_are_bytes() -> None:
    """Of a table as of lines: a Hanzi is three."""
    texts = ["长" * 10, "长" * 11, "a" * 30, "a" * 31, None]
    rows = rows_of_table({"text": texts, "id": [None] * 5, "rest": [None] * 5}, 30)
    assert [row.problem for row in rows] == [None, "too-large", None, "too-large", "damaged"]
