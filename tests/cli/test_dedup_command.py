"""`kejidiff dedup`: forms, manifests, the clean copy, what is refused, and how it ends."""

import csv
import hashlib
import io
import json
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from unicodedata import east_asian_width

import pytest
from cli_process import Ended, in_a_process, is_one_message, without_privileges
from small_reports import LEFT, OTHER, hostile_pair, pair

from kejidiff.view.messages import keys

Call = Callable[..., Ended]


#: What each of the two that share a passage has beside it, so that neither is a copy of the other.
OWN = (
    "茶园春剪比往年提早了十二天，炒青灶改用竹炭，摊晾的匾子加宽了两寸，头采的芽叶当天就能下灶，不再堆在晒场过夜。"
    "邮路改道以后，骡队不再翻越铁锁关，信件由渡口的木船捎带，桐油和麻绳也一并托运，每趟省下两个脚夫的工钱。",
    "陶窑换了新釉，素烧的坯子先在阴房里晾足七日，匣钵叠到九层，窑变的碎片挑出来铺了展柜前的小路，孩子们常来翻拣。"
    "剧场的幕布由票友们凑钱重做，锣鼓行头搬进评书茶馆的阁楼，录音磁带编了号，方言唱段也请老先生逐句校对过一遍。",
)


def corpus(folder: Path) -> Path:
    """Three reports, two of which share a paragraph, and a copy of one of them in a folder of its own."""
    pair(folder)
    for name, own in zip(("left.txt", "right.txt"), OWN, strict=True):
        (folder / name).write_text((folder / name).read_text("utf-8") + f"\n{own}\n", "utf-8")
    (folder / "copies").mkdir()
    (folder / "copies" / "left.txt").write_bytes(
        (folder / "left.txt").read_text("utf-8").replace("，", ",").encode("gb18030")
    )
    return folder


def digests(folder: Path) -> dict[str, tuple[str, int, int]]:
    """Every file with its digest, its time and its mode."""
    return {
        str(path.relative_to(folder)): (
            hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns, path.stat().st_mode,
        )
        for path in folder.rglob("*")
        if path.is_file()
    }  # fmt: skip


@pytest.mark.parametrize(("lang", "verdict"), [("zh", "保留 3 篇，共 4 篇"), ("en", "keep 3 of 4 reports")])
def test_a_dry_run_says_what_would_go_and_writes_nothing(call: Call, tmp_path: Path, lang: str, verdict: str) -> None:
    """The verdict, the family, what is left; not a file more than before, and nothing on stderr."""
    corpus(tmp_path / "texts")
    before = digests(tmp_path)
    ended = call("dedup", "texts", "--lang", lang, "--width", "100")
    assert (ended.code, ended.err) == (0, "")
    assert verdict in ended.text and "left#1" in ended.text and "100.0%" in ended.text and "right" in ended.text
    assert digests(tmp_path) == before and "dedup.dry" in keys()


@pytest.mark.parametrize("level", ["document", "paragraph"])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [20, 60, 80, 120, 200])
def test_no_line_is_wider_than_asked(call: Call, tmp_path: Path, width: int, lang: str, level: str) -> None:
    """From 20 columns up, in both languages, whatever the names hold; nothing of them reaches the terminal alive."""
    hostile_pair(tmp_path / "texts")
    (tmp_path / "texts" / "copy.txt").write_bytes((tmp_path / "texts" / "b\u202e.txt").read_bytes())
    ended = call("dedup", "texts", "--width", str(width), "--lang", lang, "--level", level, "--color", "never")
    assert ended.code == 0 and "\x1b" not in ended.text and "\u202e" not in ended.text
    for line in ended.text.splitlines():
        assert sum(2 if east_asian_width(char) in "WF" else 1 for char in line) <= width, line


def test_the_record_adds_up(call: Call, tmp_path: Path) -> None:
    """kejidiff.dedup/1: counts, rules, one row a document, families, what is left."""
    corpus(tmp_path / "texts")
    record = json.loads(call("dedup", "texts", "--format", "json", "--keep", "first").out)
    assert record["schema"] == "kejidiff.dedup/1" and record["complete"] is True
    assert record["options"]["keep"] == "first" and record["options"]["threshold"] == 0.7
    counts = record["counts"]
    assert (
        counts["kept"] + counts["trimmed"] + counts["dropped"] == counts["documents"] == len(record["documents"]) == 4
    )
    row = next(row for row in record["documents"] if row["state"] == "dropped")
    family = record["families"][row["family"] - 1]
    assert row["kept_id"] == family["kept"] and row["id"] in family["members"]
    assert (row["reason"], row["share"], row["similarity"]) == ("duplicate", 1.0, 1.0)
    assert [(one["left"], one["right"]) for one in record["remaining"]] == [("copies/left.txt#1", "right.txt#1")]
    head, *lines = (json.loads(line) for line in call("dedup", "texts", "--format", "jsonl").out.splitlines())
    assert head["type"] == "dedup" and [one["type"] for one in lines].count("document") == 4


def test_manifests_hold_the_same_rows(call: Call, tmp_path: Path) -> None:
    """JSON lines, CSV and Parquet, chosen by the name's ending; `-` is JSON lines on stdout, alone."""
    arrow = pytest.importorskip("pyarrow.parquet")
    corpus(tmp_path / "texts")
    for name in ("m.jsonl", "m.csv", "m.parquet"):
        assert call("dedup", "texts", "--manifest", name, "--level", "paragraph").code == 0
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    rows = [json.loads(line) for line in (tmp_path / "m.jsonl").read_text().splitlines()]
    table = list(csv.DictReader(io.StringIO((tmp_path / "m.csv").read_text("utf-8-sig"), newline="")))
    columns = arrow.read_table(tmp_path / "m.parquet").to_pylist()
    for row, cells, column in zip(rows, table, columns, strict=True):
        assert row["id"] == cells["id"] == column["id"] and row["state"] == cells["state"] == column["state"]
        assert row["share"] == column["share"] and str(row["countable"]) == cells["countable"]
        assert [one["span"] for one in row["removed"]] == [[one["start"], one["end"]] for one in column["removed"]]
    assert {row["state"] for row in rows} == {"kept", "trimmed", "dropped"}
    alone = call("dedup", "texts", "--manifest", "-", "--level", "paragraph").out
    assert alone == (tmp_path / "m.jsonl").read_bytes()


def test_a_clean_copy_is_whole_and_the_input_untouched(call: Call, tmp_path: Path) -> None:
    """Kept files byte for byte below the same names, a manifest beside them, folders closed to others; the input has
    its bytes, times and modes; a dedup of the copy passes over the manifest and drops nothing."""
    corpus(tmp_path / "texts")
    before = digests(tmp_path / "texts")
    assert call("dedup", "texts", "--write", "clean", "--keep", "first").code == 0
    assert digests(tmp_path / "texts") == before
    made = {name: own[0] for name, own in digests(tmp_path / "clean").items()}
    manifest = made.pop("MANIFEST.jsonl")
    assert manifest and made == {name: before[name][0] for name in ("copies/left.txt", "other.txt", "right.txt")}
    for path in (tmp_path / "clean", *(tmp_path / "clean").rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)
    again = call("dedup", "clean", "--format", "json")
    assert again.code == 0 and json.loads(again.out)["counts"]["dropped"] == 0


def test_folders_in_use_are_refused(call: Call, tmp_path: Path) -> None:
    """A folder that holds anything, one inside the input, one around it, a file: nothing is read or written."""
    corpus(tmp_path / "texts")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    (tmp_path / "empty").mkdir()
    for folder in ("full", "texts/clean", "texts", ".", "full/x"):
        ended = call("dedup", "texts", "--write", folder)
        assert ended.code == 2 and is_one_message(ended, folder), folder
    assert call("dedup", "texts", "--write", "empty").code == 0


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    """A folder that may not be written to, and a disk that is full in the middle of it: 5, and no half of a copy."""
    corpus(tmp_path / "texts")
    (tmp_path / "closed").mkdir(mode=0o500)
    ended = in_a_process("dedup", "texts", "--write", "closed/clean", cwd=tmp_path, before=without_privileges)
    assert ended.code == 5 and is_one_message(ended, "closed/clean") and not any((tmp_path / "closed").iterdir())

    def small_files() -> None:
        import resource
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (700, 700))

    ended = in_a_process("dedup", "texts", "--write", "clean", cwd=tmp_path, before=small_files)
    assert ended.code == 5 and is_one_message(ended, "clean")
    assert {path.name for path in tmp_path.iterdir()} == {"closed", "texts"}


@pytest.mark.parametrize(
    "wrong",
    [
        (),
        ("texts", "--manifest", "m.txt"),
        ("texts", "--threshold", "10%"),
        ("texts", "--text-field", "id"),
        ("texts", "--manifest", "texts/left.txt"),
        ("nowhere",),
    ],
)
def test_wrong_calls_end_with_2(call: Call, tmp_path: Path, wrong: tuple[str, ...]) -> None:
    """One line that names what is wrong; nothing is written."""
    corpus(tmp_path / "texts")
    before = digests(tmp_path)
    ended = call("dedup", *wrong)
    assert ended.code == 2 and is_one_message(ended) and digests(tmp_path) == before


def test_what_was_not_read_is_told(call: Call, tmp_path: Path) -> None:
    """A bad line among JSON lines: exit 3, the line named on stderr, the other lines decided and copied."""
    (tmp_path / "texts").mkdir()
    rows = [{"id": "a", "text": LEFT, "url": "http://x"}, {"id": "b", "text": LEFT}, {"id": "c", "text": OTHER}]
    lines = [json.dumps(row) for row in rows]
    (tmp_path / "texts" / "t.jsonl").write_text("\n".join([lines[0], "[]", *lines[1:]]))
    ended = call("dedup", "texts", "--write", "clean")
    assert ended.code == 3 and is_one_message(ended, "t.jsonl/2", "damaged", "line 2")
    assert (tmp_path / "clean" / "t.jsonl").read_text() == f"{lines[0]}\n{lines[2]}\n"


def test_stdin_may_hold_json_lines(call: Call, tmp_path: Path) -> None:
    """`-` with --jsonl; the clean copy of it is made anew, of ids and texts."""
    rows = "".join(json.dumps({"id": name, "text": LEFT}) + "\n" for name in "ab")
    ended = in_a_process("dedup", "-", "--jsonl", "--write", "clean", cwd=tmp_path, stdin=rows.encode())
    assert ended.code == 0
    assert json.loads((tmp_path / "clean" / "stdin.jsonl").read_text()) == {"id": "a", "text": LEFT}


def test_every_form_is_the_same_under_any_locale_and_jobs(call: Call, tmp_path: Path) -> None:
    """Bytes on stdout and in a file, one process or two, are equal."""
    corpus(tmp_path / "texts")
    for form in ("json", "jsonl", "csv", "md"):
        one = call("dedup", "texts", "--format", form, "--lang", "en").out
        assert call("dedup", "texts", "--format", form, "-j", "2", "-o", "out", "--lang", "en").code == 0
        assert (tmp_path / "out").read_bytes() == one and one


def test_parquet_without_its_library_says_what_to_install(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told before any file is read; the other manifests need no library."""
    corpus(tmp_path / "texts")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    ended = call("dedup", "texts", "--manifest", "m.parquet")
    assert ended.code == 2 and is_one_message(ended, "--manifest", "kejidiff[parquet]")
    assert call("dedup", "texts", "--manifest", "m.csv").code == 0


def test_manifests_among_the_texts_are_passed_over(call: Call, tmp_path: Path) -> None:
    """What an earlier run wrote is no text, whatever its form, and leaves the result complete."""
    corpus(tmp_path / "texts")
    for name in ("m.csv", "m.jsonl"):
        assert call("dedup", "texts", "--manifest", f"texts/{name}").code == 0
    ended = call("dedup", "texts", "--format", "json")
    assert ended.code == 0 and json.loads(ended.out)["counts"]["documents"] == 4
