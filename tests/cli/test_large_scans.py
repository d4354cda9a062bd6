"""`kejidiff scan --depth paragraphs` from end to end: what it finds, what it writes, and how it ends."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_process import PROJECT, Ended, in_a_process
from small_reports import LEFT, OTHER, RIGHT, hostile_pair, pair

from kejidiff.kernel import without

Call = Callable[..., Ended]
SEEDS = str(PROJECT / "seeds")
PLAIN = ("--no-reports", "--lang", "en")


@pytest.fixture
def scan(call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Call:
    """A scan paragraph by paragraph; what is remembered of it stays in the test's folder."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return lambda *arguments: call("scan", "--depth", "paragraphs", *arguments)


def record(ended: Ended) -> dict[str, object]:
    assert ended.code in (0, 1, 3), ended.err
    found: dict[str, object] = json.loads(ended.out)
    return found


def shared(found: dict[str, object]) -> list[str]:
    """Passages of every pair, whatever their documents are called."""
    return sorted(json.dumps(one["passages"]) for one in found["comparisons"])  # type: ignore[attr-defined]


def by_name(told: object, name: str) -> list[dict[str, object]]:
    """Entries of a record, which follow one another as they came in a large scan, by name in any other."""
    entries: list[dict[str, object]] = told  # type: ignore[assignment]
    return sorted(entries, key=lambda one: str(one[name]))


def lines_file(folder: Path) -> Path:
    """The small reports as lines of one archive."""
    place = folder / "reports.jsonl"
    rows = [{"id": name, "text": text} for name, text in (("left", LEFT), ("other", OTHER), ("right", RIGHT))]
    place.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return place


def test_the_copy_among_the_samples_is_found(scan: Call) -> None:
    """The Jiaxing report and its copy in the other script, nearly whole, and ahead of everything else."""
    found = record(scan(SEEDS, "--format", "json", *PLAIN))
    first = found["comparisons"][0]  # type: ignore[index]
    assert (first["left"], first["right"]) == ("001_96a2032afdb334c4.txt#1", "002_f11c072e94adb095.txt#2")
    assert first["left_reuse"] > 0.95
    assert first["right_reuse"] > 0.95
    assert found["options"]["depth"] == "paragraphs"  # type: ignore[index]


def test_as_many_processes_as_you_like(scan: Call) -> None:
    """One process or two, the record is the same, byte for byte."""
    one, two = (scan(SEEDS, "--format", "json", *PLAIN, "--jobs", jobs) for jobs in ("1", "2"))
    assert one.out == two.out


def test_files_and_lines_share_the_same(scan: Call, tmp_path: Path) -> None:
    """The same reports as files of a folder and as lines of an archive have the same passages."""
    files = record(scan(str(pair(tmp_path / "files")), "--format", "json", *PLAIN))
    lines = record(scan(str(lines_file(tmp_path)), "--format", "json", *PLAIN))
    assert shared(files) == shared(lines) != []


def test_records_have_the_fields_of_any_scan(scan: Call, call: Call, tmp_path: Path) -> None:
    """Every field of an ordinary record, at the top and in every file, document, comparison and passage."""
    folder = str(pair(tmp_path / "files"))
    large = record(scan(folder, "--format", "json", *PLAIN))
    full = record(call("scan", "--depth", "full", folder, "--format", "json", *PLAIN))
    assert large.keys() == full.keys()
    for name in ("files", "documents", "comparisons"):
        assert large[name][0].keys() == full[name][0].keys(), name  # type: ignore[index]
    passages = [one["comparisons"][0]["passages"][0].keys() for one in (large, full)]  # type: ignore[index]
    assert passages[0] == passages[1]


def test_json_lines_hold_the_record(scan: Call, tmp_path: Path) -> None:
    """One line for the scan, one for every file, document and comparison, equal to the record's entries."""
    folder = str(pair(tmp_path / "files"))
    whole = record(scan(folder, "--format", "json", *PLAIN))
    told = [json.loads(line) for line in scan(folder, "--format", "jsonl", *PLAIN).text.splitlines()]
    assert told[0]["type"] == "scan"
    assert told[0]["complete"] is True
    for kind in ("file", "document", "comparison"):
        own = [{key: value for key, value in line.items() if key != "type"} for line in told if line["type"] == kind]
        assert own == whole[f"{kind}s"]


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "md"])
def test_a_file_holds_what_stdout_does(scan: Call, tmp_path: Path, form: str) -> None:
    """`-o` and stdout give the same bytes, and so do two runs."""
    folder = str(pair(tmp_path / "files"))
    told = scan(folder, "--format", form, *PLAIN)
    written = scan(folder, "--format", form, *PLAIN, "-o", "out")
    assert (told.code, written.code) == (0, 0)
    assert (tmp_path / "out").read_bytes() == told.out != b""


def test_a_result_never_takes_the_place_of_what_was_read(scan: Call, tmp_path: Path) -> None:
    """`-o` that names one of the files is refused before anything is done; an earlier result is replaced."""
    folder = pair(tmp_path / "files")
    for _ in range(2):
        assert scan(str(folder), "-o", str(folder / "told.json"), "--format", "json", *PLAIN).code == 0
    ended = scan(str(folder), "-o", str(folder / "left.txt"), *PLAIN)
    assert ended.code == 2
    assert (folder / "left.txt").read_text(encoding="utf-8") == LEFT


@pytest.mark.parametrize("depth", ["full", "paragraphs"])
@pytest.mark.parametrize("name", ["report.html", "report.json", "passages.csv"])
def test_a_report_never_takes_the_place_of_what_was_read(call: Call, tmp_path: Path, depth: str, name: str) -> None:
    """Somebody's own text that is called like a report is refused and stays; an earlier report is replaced."""
    folder = pair(tmp_path / "files")
    for _ in range(2):
        assert call("scan", str(folder), "--depth", depth, "--reports", str(folder)).code == 0
    (folder / name).write_text(LEFT, encoding="utf-8")
    ended = call("scan", str(folder), "--depth", depth, "--reports", str(folder))
    assert ended.code == 2
    assert f"{folder / name}: usage: is one of the files compared" in ended.err
    assert (folder / name).read_text(encoding="utf-8") == LEFT


def test_the_table_quotes_the_original_texts(scan: Call, tmp_path: Path) -> None:
    """One row a passage, with the text of either side as it stands there."""
    told = scan(str(pair(tmp_path / "files")), "--format", "csv", *PLAIN).out.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(told, newline=""))
    assert row["left"] == "left.txt#1"
    assert row["left_text"] in LEFT
    assert row["right_text"] in RIGHT
    assert LEFT[int(row["left_start"]) : int(row["left_end"])] == row["left_text"]


def test_reuse_becomes_an_exit_code(scan: Call, tmp_path: Path) -> None:
    """`--fail-on` ends in 1 and names the worst; what could not be read ends in 3, and 1 beats 3."""
    folder = pair(tmp_path / "files")
    assert scan(str(folder), *PLAIN, "--fail-on", "95%").code == 0
    ended = scan(str(folder), *PLAIN, "--fail-on", "30%")
    assert ended.code == 1
    assert "left.txt#1: over-limit: " in ended.err
    (folder / "empty.txt").write_bytes(b"")
    unread = scan(str(folder), *PLAIN, "--format", "json")
    assert unread.code == 3
    assert record(unread)["complete"] is False
    assert "empty.txt: empty: " in unread.err
    assert scan(str(folder), *PLAIN, "--fail-on", "30%").code == 1


def test_the_command_it_ends_with_works(scan: Call, call: Call, tmp_path: Path) -> None:
    """The page's last line shows the first pair, of files in a folder as of rows of an archive."""
    for place in (pair(tmp_path / "files"), lines_file(tmp_path)):
        command = scan(str(place), *PLAIN, "--width", "300").text.partition("kejidiff show ")[2].split()
        shown = call("show", *command, "--lang", "en")
        assert shown.code == 0, shown.err
        assert "云杉镇" in shown.text


def test_what_hostile_files_hold_stays_text(scan: Call, tmp_path: Path) -> None:
    """Escape sequences, hidden characters and markup in names, titles and texts reach no view alive."""
    folder = str(hostile_pair(tmp_path / "files"))
    for form in ("text", "md", "html"):
        told = scan(folder, "--format", form, *PLAIN)
        assert told.code == 0, told.err
        assert not set("\x1b\x07\x9b\u202e\u200b") & set(told.text + told.err)
        assert "<script>alert" not in told.text.replace("&lt;script>alert", "") or form == "text"


def test_reports_are_written_beside_it(scan: Call, tmp_path: Path) -> None:
    """The same three files as of any scan, and the page says where."""
    ended = scan(str(pair(tmp_path / "files")), "--reports", "out", "--lang", "en")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"report.html", "report.json", "passages.csv"}
    assert "out/report.html · report.json · passages.csv" in ended.text
    assert "compared paragraph by paragraph" in ended.text
    html = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "石板渠试了四十里水路" in html


def test_what_is_large_is_compared_by_paragraphs_and_told(
    scan: Call, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a size on, unless something is asked for that only a scan in full finds; whoever asks for it is not told."""
    folder = pair(tmp_path / "files")
    size = sum(path.stat().st_size for path in folder.iterdir())

    def depth(*asked: str) -> str:
        return record(call("scan", str(folder), "--format", "json", *PLAIN, *asked))["options"]["depth"]  # type: ignore[index,no-any-return]

    monkeypatch.setattr("kejidiff.pipeline.depth.LARGE_BYTES", size + 1)
    assert depth() == "full"
    monkeypatch.setattr("kejidiff.pipeline.depth.LARGE_BYTES", size)
    assert [depth(), depth("--fragments"), depth("--depth", "full")] == ["paragraphs", "full", "full"]
    for asked in (("--fragments",), ("--stock", str(lines_file(tmp_path))), ("--format", "sarif")):
        ended = call("scan", str(folder), *PLAIN, *asked)
        assert ended.code == 0
        assert f"kejidiff: scan: in-full: whole documents are compared, as {asked[0]}" in ended.err
    assert "in-full" not in call("scan", str(folder), *PLAIN, "--fragments", "--depth", "full").err
    assert "kejidiff: scan: by-paragraphs: 3 documents" in call("scan", str(folder), *PLAIN).err
    assert "by-paragraphs" not in scan(str(folder), *PLAIN).err


def test_what_was_stopped_is_gone_on_with(scan: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--resume` keeps the working files of a scan that was stopped in the user's state, and takes them away after."""
    folder, kept = str(pair(tmp_path / "files")), tmp_path / "state" / "kejidiff"

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("kejidiff.pipeline.bulk.finishing.write_documents", stop)
        assert scan(folder, *PLAIN, "--resume", "--quiet").err == ""
        stopped = scan(folder, *PLAIN, "--resume")
    assert stopped.code == 130
    (plan,) = kept.rglob("plan.json")
    ends = [*plan.parent.glob("entries-*"), *plan.parent.glob("matches-*"), *plan.parent.glob("pairs-*-of-*")]
    assert f"kejidiff: scan: kept: {len(ends)} pieces of work in {plan.parent} (" in stopped.err
    told = scan(folder, *PLAIN, "--resume")
    assert told.code == 0
    assert "kejidiff: scan: resumed: " in told.err
    assert "resumed: 0 of" not in told.err
    assert not any(path.name == "plan.json" for path in kept.rglob("*"))


@pytest.mark.parametrize("resume", [(), ("--resume",)])
def test_a_folder_that_cannot_be_made_is_told(scan: Call, tmp_path: Path, resume: tuple[str, ...]) -> None:
    """`--work` below a file, and with `--resume` a state below one: exit 5 and one line that names it."""
    folder, place = str(pair(tmp_path / "files")), str(tmp_path / "files" / "left.txt" / "a" / "b")
    ended = scan(folder, *PLAIN, "--work", place, *resume)
    assert (ended.code, ended.err.count("\n")) == (5, 1)
    assert f"kejidiff: {place}: output: " in ended.err


def test_a_folder_with_something_in_it_is_not_worked_in(scan: Call, tmp_path: Path) -> None:
    """`--resume --work` that names a folder of reports is refused, and nothing in it changes."""
    folder = pair(tmp_path / "files")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    ended = scan(str(folder), *PLAIN, "--resume", "--work", str(folder))
    assert ended.code == 2
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_what_it_cannot_do_is_refused(scan: Call, tmp_path: Path) -> None:
    """Stock and fragments are not looked for paragraph by paragraph, and SARIF is for scans in full."""
    folder = str(pair(tmp_path / "files"))
    for asked in (("--fragments",), ("--stock", folder), ("--format", "sarif")):
        ended = scan(folder, *PLAIN, *asked)
        assert ended.code == 2
        assert "--depth full" in ended.err


def test_a_wrong_text_field_is_one_line(scan: Call, tmp_path: Path) -> None:
    """One message and one entry that name the fields there are, whatever the number of rows."""
    ended = scan(str(lines_file(tmp_path)), "--text-field", "content", "--format", "json", *PLAIN)
    assert ended.code == 3
    (line,) = ended.lines
    assert line.startswith(
        "kejidiff: reports.jsonl: damaged: none of its rows (3) is an object with a string 'content'"
    )
    assert "'text'" in line
    assert [(file["path"], file["state"]) for file in record(ended)["files"]] == [("reports.jsonl", "error")]  # type: ignore[attr-defined]


def test_names_that_hold_no_characters_are_told(scan: Call, tmp_path: Path) -> None:
    """An id with half a character becomes a name that says so."""
    rows = [{"id": "\ud800", "text": LEFT}, {"id": "b", "text": RIGHT}]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    ended = scan("a.jsonl", "--format", "json", *PLAIN)
    assert ended.code == 0
    assert "name-undecodable: its name holds what is no character" in ended.err
    assert sorted(str(file["reason"]) for file in record(ended)["files"]) == ["None", "None", "name-undecodable"]  # type: ignore[attr-defined]


def test_one_document_is_told(scan: Call, tmp_path: Path) -> None:
    """A scan that has nothing to compare says so, like any other."""
    (tmp_path / "a.txt").write_text(LEFT, encoding="utf-8")
    ended = scan("a.txt", *PLAIN)
    assert (ended.code, ended.err) == (
        0, "kejidiff: a.txt#1: one-document: there is nothing to compare it with (name another file or a folder)\n"
    )  # fmt: skip


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.parquet", "a.txt", "a.docx", "link"])
@pytest.mark.parametrize("data", [b"", b"\n \n", b"PK\x03\x04 no zip", b"\x1f\x8b no gzip", b"\x00\x01\x02"])
def test_nothing_readable_is_a_result_like_any_other(scan: Call, tmp_path: Path, name: str, data: bytes) -> None:
    """Empty and damaged files alone, and links: no document, the reasons, and the exit code for them."""
    folder = tmp_path / "files"
    folder.mkdir()
    if name == "link":
        (tmp_path / "elsewhere").write_bytes(data)
        (folder / "link").symlink_to(tmp_path / "elsewhere")
    else:
        (folder / name).write_bytes(data)
    ended = scan(str(folder), "--format", "json", *PLAIN)
    found = record(ended)
    assert found["documents"] == []
    (file,) = found["files"]  # type: ignore[misc]
    assert file["state"] in ("skipped", "error")
    assert ended.code == (0 if found["complete"] else 3)


def test_stdin_is_never_gone_on_with(scan: Call) -> None:
    """What comes from there cannot be compared with what came before, so nothing is kept of it."""
    ended = scan("-", *PLAIN, "--resume")
    assert ended.code == 2
    assert "stdin cannot be read again" in ended.err


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_stdin_may_hold_rows(tmp_path: Path, jobs: str) -> None:
    """With `--jsonl` stdin is an archive, with the files, documents and names that a scan in full has."""
    lines = lines_file(tmp_path).read_bytes() + b'{"text": "nobody names me", "year": 2013}\n{"id": 1}\n'

    def told(depth: str) -> dict[str, object]:
        asked = ("scan", "--depth", depth, "-", "--jsonl", "--jobs", jobs, "--format", "json", *PLAIN)
        return record(in_a_process(*asked, cwd=tmp_path, stdin=lines))

    full, large = told("full"), told("paragraphs")
    assert by_name(large["files"], "path") == full["files"]
    held = [[(one["id"], one.get("metadata")) for one in by_name(told["documents"], "id")] for told in (large, full)]
    assert held[0] == held[1]
    assert [one["left"] for one in large["comparisons"]] == ["-/left#1"]  # type: ignore[attr-defined]


def test_a_scan_without_kernels_says_that_it_takes_longer(
    scan: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a few documents nobody would notice; of many it is said once, with what to do."""
    folder = str(pair(tmp_path / "files"))
    with without():
        assert "not-compiled" not in scan(folder, *PLAIN).err
        monkeypatch.setattr("kejidiff.cli.scan_large._MANY", 3)
        assert "scan: not-compiled: kejidiff was installed without a C compiler" in scan(folder, *PLAIN).err
