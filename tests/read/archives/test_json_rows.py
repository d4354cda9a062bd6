"""What a line of JSON is as a row: its id, its text, all the rest; and what is told of one that is none."""

import json
from pathlib import Path

import pytest
from archives_made import line, rows

from kejidiff.options import JsonLines
from kejidiff.read.archives import Row, RowNames


def written(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "a.jsonl"
    path.write_bytes(data)
    return path


def test_a_line_is_id_text_and_the_rest(tmp_path: Path) -> None:
    """Other fields come as they are, numbered by the offset where the line begins."""
    path = written(tmp_path, line({"id": "甲", "text": "渠道", "year": 2020}) + line({"text": "水库"}))
    assert rows(path) == [
        Row(0, "甲", "渠道", b'{"year":2020}'),
        Row(len('{"id": "甲", "text": "渠道", "year": 2020}\n'.encode()), None, "水库"),
    ]


def test_fields_may_have_other_names(tmp_path: Path) -> None:
    """The names are those that were asked for; `id` and `text` are then fields like others."""
    path = written(tmp_path, line({"n": 7, "body": "渠道", "text": 1}))
    assert rows(path, fields=JsonLines(text="body", id="n")) == [Row(0, "7", "渠道", b'{"text":1}')]


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"{broken", "damaged"),
        (b'{"id": "x"}', "damaged"),
        (b'{"text": null}', "damaged"),
        (b'["text"]', "damaged"),
        (b'"text"', "damaged"),
        (b"7", "damaged"),
        ('{"text": "渠道"}'.encode("gb18030"), "damaged"),
        (b"[" * 100_000, "damaged"),
        (b'{"text": ""}', "empty"),
        ('{"text": " \u3000\\n"}'.encode(), "empty"),
    ],
)
def test_one_bad_line_is_one_row_with_a_problem(tmp_path: Path, raw: bytes, problem: str) -> None:
    """Whatever stands in it; the lines around it are read."""
    good = line({"text": "渠道"})
    found = rows(written(tmp_path, good + raw + b"\n" + good))
    assert [row.problem for row in found] == [None, problem, None]
    assert found[1].number == len(good)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("a/b#2", "a/b#2"), (0, "0"), (-3, "-3"), (10**30, "1" + "0" * 30), ("", None), (None, None), (True, None),
        (1.5, None), ([1], None), ("a\nb\x1b[31m", "a\nb\x1b[31m"), ("\ud800", "\ud800"),
    ],
)  # fmt: skip
def test_ids_are_strings_and_integers(tmp_path: Path, given: object, name: str | None) -> None:
    """An id comes digit by digit and character by character; what is neither is none."""
    (found,) = rows(written(tmp_path, json.dumps({"id": given, "text": "渠道"}).encode()))
    assert (found.id, found.text, found.problem) == (name, "渠道", None)


@pytest.mark.parametrize(
    "rest",
    [
        '{"big":123456789012345678901234567890}', '{"n":[1,{"a":98765432109876543210}]}', '{"x":"\\ud800"}',
        '{"f":0.1,"e":1e-7,"z":null}', '{"deep":{"list":[[],{}]}}',
    ],
)  # fmt: skip
def test_metadata_keeps_its_values(tmp_path: Path, rest: str) -> None:
    """No digit is lost, however long a number is; lone surrogates stay escapes."""
    (found,) = rows(written(tmp_path, b'{"text": "x", ' + rest[1:].encode()))
    assert found.metadata is not None and json.loads(found.metadata) == json.loads(rest)


def test_what_json_has_no_value_for_is_null(tmp_path: Path) -> None:
    """NaN and infinity, as Python writes them, end neither the line nor make a record that is no JSON."""
    (found,) = rows(written(tmp_path, b'{"text": "x", "a": NaN, "b": -Infinity, "c": 1e999}'))
    assert found == Row(0, None, "x", b'{"a":null,"b":null,"c":null}')


def test_no_two_rows_bear_one_name() -> None:
    """A second id is told and gets its number; an id that looks like such a name does not take it from another."""
    names = RowNames()
    given = [Row(1, "a", ""), Row(2, "a@3", ""), Row(3, "a", ""), Row(4, None, ""), Row(5, "4", "")]
    assert [names.name(row) for row in given] == [
        ("a", False), ("a@3", False), ("a@3@", True), ("4", False), ("4@5", True),
    ]  # fmt: skip
