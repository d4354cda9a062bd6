"""`kejidiff explain`: what it says, in which form, how wide, and how it ends."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import get_args
from unicodedata import east_asian_width

import pytest
from cli_process import Ended, is_one_message
from small_reports import SHARED, hostile_pair, pair

from kejidiff.model.explanation import ChannelName, Fate, Founding
from kejidiff.view.messages import keys

Call = Callable[..., Ended]

STAGES = {
    "zh": ["读入", "候选", "种子", "链", "雷同段", "套话与零星", "方向与关系"],
    "en": ["Reading", "Candidates", "Seeds", "Chains", "Passages", "Formula, fragments", "Direction, relation"],
}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_stages_are_told_in_their_order(call: Call, tmp_path: Path, lang: str) -> None:
    """Seven sections after the verdict, in both languages, and nothing on stderr."""
    pair(tmp_path / "texts")
    ended = call("explain", "left", "right", "--in", "texts", "--lang", lang)
    assert (ended.code, ended.err) == (0, "")
    assert re.findall(r"\n\n \d (.*)", ended.text) == STAGES[lang]
    assert "left.txt#1" in ended.text and "\x1b" not in ended.text


def test_a_passage_says_what_founded_it(call: Call, tmp_path: Path) -> None:
    """Its chain is marked, names its passage, and shows how both texts begin there."""
    pair(tmp_path / "texts")
    ended = call("explain", "left", "right", "--in", "texts", "--lang", "zh")
    assert "✓ 核心够 60 比特" in ended.text and "在雷同段 1" in ended.text
    assert "两篇相关" in ended.text
    assert SHARED[:10] in ended.text


def test_equal_texts_are_one_passage(call: Call, tmp_path: Path) -> None:
    """Two copies of a text too short to hold a chain are a passage because they are equal, and it says so."""
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text("渠道清淤\n", encoding="utf-8")
    ended = call("explain", "one.txt", "two.txt", "--lang", "zh")
    assert ended.code == 0 and "两篇归一后全同" in ended.text


def test_no_passage_says_why(call: Call, tmp_path: Path) -> None:
    """Two texts that share nothing: no passage, and the reason beside it; that is an answer, not an error."""
    pair(tmp_path / "texts")
    ended = call("explain", "left", "other", "--in", "texts", "--lang", "zh")
    assert ended.code == 0
    assert "没有雷同段" in ended.text and "不是候选对" in ended.text


def test_the_record_holds_every_stage(call: Call, tmp_path: Path) -> None:
    """`kejidiff.explain/1`: the fields of `show`, and of each stage; all chains, whatever `--chains` says."""
    pair(tmp_path / "texts")
    ended = call("explain", "left", "right", "--among", "texts", "--format", "json", "--chains", "0")
    record = json.loads(ended.out)
    assert record["schema"] == "kejidiff.explain/1" and record["within_scan"] is True
    shown = json.loads(call("show", "left", "right", "--in", "texts", "--format", "json").out)
    assert set(shown) <= set(record)
    assert record["comparisons"][0]["passages"] == shown["comparisons"][0]["passages"]
    assert [one["name"] for one in record["candidate"]["channels"]] == ["windows", "fingerprints", "anchors"]
    seeds = record["seeds"]
    assert seeds["runs"] == seeds["drowned"] + seeds["alone"] + seeds["loose"] + seeds["chained"]
    assert record["chains"] and record["passages"][0]["chains"]
    for at in record["passages"][0]["chains"]:
        assert record["chains"][at]["passage"] == 0
    holders = record["passages"][0]["holders"]
    assert (holders["families"], holders["share"], holders["kin"]) == ([], 0.0, False)
    assert [one["document"] for one in record["reading"]] == ["left.txt#1", "right.txt#1"]


@pytest.mark.parametrize("width", [20, 33, 60, 80, 120, 200])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_width_binds(call: Call, tmp_path: Path, width: int, lang: str) -> None:
    """No line is wider than `--width`, a Hanzi counted as two."""
    pair(tmp_path / "texts")
    for names in (("left", "right"), ("left", "other")):
        ended = call("explain", *names, "--among", "texts", "--width", str(width), "--lang", lang)
        widths = [sum(1 + (east_asian_width(c) in "WF") for c in line) for line in ended.text.splitlines()]
        assert ended.code == 0 and max(widths) <= width


def test_nothing_hostile_is_alive(call: Call, tmp_path: Path) -> None:
    """Control and hidden characters of texts, titles and names are spelled out, in text and in the record."""
    folder = hostile_pair(tmp_path / "texts")
    names = [str(path) for path in sorted(folder.iterdir())]
    for form in ("text", "json"):
        ended = call("explain", *names, "--format", form)
        assert ended.code == 0, ended.err
        assert not set(ended.text) & set("\x1b\x07\x9b\u202e\u200b")
    assert "⟦U+202E⟧" in call("explain", *names).text


def test_fewer_chains_can_be_asked_for(call: Call, seeds: Path) -> None:
    """The rest is counted, and how to see it is said."""
    ended = call("explain", "001#4", "001#5", "--in", str(seeds), "--chains", "2", "--lang", "en")
    assert re.search(r"\d+, the best 2 listed \(--chains N\)", ended.text)
    assert len(re.findall(r"^      ✗ ", ended.text, re.MULTILINE)) == 2


def test_every_reason_is_documented(project: Path) -> None:
    """Each slug that says why has words in both languages and a place in docs/COMMANDS.md."""
    reference = (project / "docs" / "COMMANDS.md").read_text(encoding="utf-8")
    section = reference.partition("## kejidiff explain\n")[2].partition("\n## ")[0]
    for group, slugs in (("founding", get_args(Founding)), ("fate", get_args(Fate)), ("fate.short", get_args(Fate)),
                         ("channel", get_args(ChannelName))):  # fmt: skip
        assert [slug for slug in slugs if f"{group}.{slug}" not in keys()] == []
        assert group == "channel" or [slug for slug in slugs if f"`{slug}`" not in section] == []


def test_wrong_calls_are_told_in_a_line(call: Call, tmp_path: Path) -> None:
    """A name for nothing, a path that is none, and two places to look names up in."""
    pair(tmp_path / "texts")
    for arguments, parts in (
        (("nosuch", "left", "--among", "texts"), ("nosuch: no-match: ",)),
        (("left", "right", "--among", "elsewhere"), ("no-such-path",)),
        (("left", "right", "--among", "texts", "--in", "texts"), ("--in: usage: ",)),
        (("left", "left.txt", "--in", "texts"), ("same-document",)),
    ):
        ended = call("explain", *arguments)
        assert ended.code == 2 and is_one_message(ended, *parts), ended.err


def test_a_file_not_read_is_told(call: Call, tmp_path: Path) -> None:
    """In a scan with an unreadable file the explanation stands, and the exit code says that something is missing."""
    folder = pair(tmp_path / "texts")
    (folder / "empty.txt").write_bytes(b"")
    ended = call("explain", "left", "right", "--among", "texts")
    assert ended.code == 3 and is_one_message(ended, "empty.txt: empty: ")
