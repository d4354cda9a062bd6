"""Records keep the names, the types and the bytes that other programs were promised."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_result import HOSTILE, hostile
from sample_result import sample

from kejidiff.model import Skipped, SourceText
from kejidiff.span import Span
from kejidiff.view import records

NAMES: dict[str, set[str]] = {
    "": {
        "schema", "tool", "complete", "options", "files", "documents", "comparisons", "clusters", "substitutions",
        "figures", "stock_phrases", "stock_sources",
    },
    "tool": {"name", "version"},
    "files": {
        "path", "state", "reason", "message", "format", "encoding", "replaced", "characters", "sha256", "warnings",
    },
    "documents": {
        "id", "path", "ordinal", "title", "span", "countable", "script", "years", "places", "excluded", "repaired",
        "paragraphs", "paragraph_numbers", "reuse", "from_stock",
    },
    "documents.excluded": {"span", "reason"},
    "documents.repaired": {"span", "reason", "text", "guessed"},
    "documents.reuse": {
        "total", "verbatim", "light", "rewritten", "largest_single", "longest_run", "stock", "reused_characters",
        "stock_characters",
    },
    "comparisons": {
        "left", "right", "left_reuse", "right_reuse", "resemblance", "direction", "relation", "passages",
        "formula", "pairs", "fragments", "substitutions", "figures", "findings", "left_overs", "mistakes",
    },
    "comparisons.left_overs": {"kind", "side", "span", "origin"},
    "comparisons.mistakes": {"left", "right", "expected"},
    "comparisons.direction": {"source", "confidence", "evidence"},
    "comparisons.passages": {
        "left", "right", "similarity", "tier", "left_paragraphs", "right_paragraphs", "longest_run", "commonness",
        "kinds", "edits",
    },
    "comparisons.passages.edits": {"kind", "left", "right"},
    "comparisons.pairs": {"left", "right", "similarity", "tier", "moved"},
    "comparisons.figures": {"same", "changed", "masked", "changes"},
    "comparisons.substitutions": {"left", "right", "count", "pairs"},
    "clusters": {"members", "representative"},
    "substitutions": {"left", "right", "count", "pairs"},
    "figures": {"left", "right", "same", "changed", "masked", "changes"},
    "figures.changes": {"left", "right", "kind", "left_sentence", "right_sentence"},
    "stock_phrases": {"text", "documents", "spans"},
}  # fmt: skip


def at(record: Any, path: str) -> list[Any]:
    """Every value that stands at a dotted path, lists entered."""
    values = [record]
    for name in filter(None, path.split(".")):
        values = [value[name] for value in values]
        values = [item for value in values for item in (value if isinstance(value, list) else [value])]
    return values


@pytest.mark.parametrize("path", NAMES)
def test_names(path: str) -> None:
    """Every object of a scan's record has exactly the fields the contract names, and the sample has one of each."""
    found = at(records.scan_record(sample()), path)
    assert found
    assert all(set(value) == NAMES[path] for value in found)


def test_values_of_the_sample() -> None:
    """What a reader can check by eye: states, reasons, spans as pairs, ratios as fractions."""
    record = records.scan_record(sample())
    assert (record["schema"], record["complete"]) == ("kejidiff.scan/1", False)
    files = {file["path"]: file for file in record["files"]}
    assert files["旧档/2019.doc"] == {
        "path": "旧档/2019.doc", "state": "error", "reason": "encrypted", "message": "the file asks for a password",
        "format": None, "encoding": None, "replaced": 0, "characters": 0, "sha256": None, "warnings": [],
    }  # fmt: skip
    office = files["下属/004_丙局.txt"]
    assert (office["state"], office["reason"], office["replaced"]) == ("read", "decode-replaced", 1)
    assert office["warnings"][0]["span"] == [office["characters"] - 1, office["characters"]]
    document = record["documents"][0]
    assert document["paragraphs"][0] == [0, 9]
    assert document["paragraph_numbers"] == list(range(10))
    assert document["reuse"]["total"] == round(sample().stats[document["id"]].total, 6)
    comparison = record["comparisons"][0]
    assert comparison["passages"][0]["edits"][0] == {"kind": "mask", "left": [10, 14], "right": [40, 44]}
    assert comparison["passages"][0]["kinds"] == sorted(comparison["passages"][0]["kinds"])
    assert record["figures"][0]["masked"] == comparison["figures"]["masked"] == 2


def test_paths_ascend() -> None:
    """Files stand in the order of their paths, whatever order the scan found them in."""
    turned = replace(sample(), files=sample().files[::-1])
    paths = [file["path"] for file in records.scan_record(turned)["files"]]
    assert paths == sorted(paths)
    assert len(paths) == 7


def test_fragments_are_listed_on_demand() -> None:
    """Pairs that share fragments only join the comparisons, behind the others, where the options ask for them."""
    plain = records.scan_record(sample())
    asked = records.scan_record(replace(sample(), options=replace(sample().options, fragments=True)))
    assert len(plain["comparisons"]) == 2
    assert [len(found["fragments"]) for found in asked["comparisons"]] == [0, 0, 1]
    assert asked["comparisons"][2]["fragments"][0]["length"] == 9
    assert asked["comparisons"][2]["passages"] == []


def test_equal_results_give_equal_bytes() -> None:
    """The same input gives the same text, and the text holds the whole record."""
    first, second = (records.scan_record(sample()) for _ in range(2))
    assert records.dumps(first) == records.dumps(second)
    assert json.loads(records.dumps(first)) == first
    assert records.dumps(first).endswith("}\n")


def test_one_row_a_line() -> None:
    """The long lists of a record can be read and compared line by line."""
    lines = records.dumps(records.scan_record(sample())).splitlines()
    assert sum(line.strip().startswith('{"kind": "synonym", "left": [') for line in lines) == 3
    assert "      [0, 9]," in [line[2:] for line in lines]


def test_show_has_one_comparison_and_its_two_documents() -> None:
    """The record of `show` names things as a scan's does, and holds nothing of other documents."""
    result = sample()
    record = records.show_record(result, result.comparisons[1])
    assert record["schema"] == "kejidiff.show/1"
    assert [found["id"] for found in record["documents"]] == ["001_甲市总结.txt#2", "下属/003_乙县2024.txt#1"]
    assert [file["path"] for file in record["files"]] == ["001_甲市总结.txt", "下属/003_乙县2024.txt"]
    assert record["comparisons"] == [records.scan_record(result)["comparisons"][1]]


def test_lines_of_json() -> None:
    """Each line is one object with a type: one a file, a document, a comparison, after one about the scan."""
    lines = list(records.jsonl(sample()))
    assert all(line.endswith("\n") and line.count("\n") == 1 for line in lines)
    values = [json.loads(line) for line in lines]
    types = [value.pop("type") for value in values]
    assert types == ["scan", *["file"] * 7, *["document"] * 5, *["comparison"] * 2]
    whole = records.scan_record(sample())
    assert values[1:] == whole["files"] + whole["documents"] + whole["comparisons"]
    assert values[0] == {key: whole[key] for key in ("schema", "tool", "complete", "options")}


def test_hostile_text_is_data() -> None:
    """Nothing in a name or a text breaks out of its string, steers a terminal or is lost to UTF-8."""
    record = records.scan_record(hostile())
    text = records.dumps(record)
    assert json.loads(text) == record
    assert text.encode("utf-8").decode("utf-8") == text
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]", text
    )
    assert "\\udc80.txt" in text
    assert record["documents"][0]["title"] == " ".join(HOSTILE)
    assert all(json.loads(line) for line in records.jsonl(hostile()))


def test_arrays_of_numbers_do_not_leak() -> None:
    """Spans that a stage made of numpy integers are written like any other."""
    import numpy as np

    result = sample()
    document = replace(result.documents[0], span=Span(np.int32(0), np.int32(5)), years=())  # type: ignore[arg-type]  # what numpy hands out
    record = records.scan_record(replace(result, documents=(document, *result.documents[1:])))
    assert json.loads(records.dumps(record))["documents"][0]["span"] == [0, 5]


ROW = st.dictionaries(st.sampled_from("abc"), st.one_of(st.text(), st.integers(), st.lists(st.integers())))
VALUE = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
    max_leaves=12,
)


@settings(deadline=None, derandomize=True, max_examples=150)
@given(VALUE, st.lists(st.one_of(ROW, st.lists(st.integers()))))
def test_layout_changes_nothing(value: Any, rows: list[Any]) -> None:
    """However a record is laid out in lines, reading it gives the record back."""
    record = {"x": value, "edits": rows, "y": {"paragraphs": rows, "z": [value, {"spans": rows}]}}
    assert json.loads(records.dumps(record)) == record


@pytest.mark.parametrize("text", ['", "\n", "', "\n", '\\", "\\n", ', ', "\\n", ', '"\n"'])
def test_rows_survive_what_parts_them(text: str) -> None:
    """A row may hold the very characters by which rows are parted while they are encoded."""
    record = {"edits": [{"a": text, "b": text}, {"a": f"{text}{text}", "b": [1, 2]}]}
    assert json.loads(records.dumps(record)) == record


def test_every_file_is_read_or_skipped_or_in_error() -> None:
    """Each file of the result is in the record once, under one of three states."""
    record = records.scan_record(sample())
    states = [file["state"] for file in record["files"]]
    assert {state: states.count(state) for state in states} == {"read": 4, "skipped": 2, "error": 1}
    assert all(isinstance(file, SourceText | Skipped) for file in sample().files)
