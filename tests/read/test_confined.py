"""Parsers run apart: whatever one does, the reading process gets an answer, and no child outlives its parent."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import kejidiff
from kejidiff.engine import run
from kejidiff.read.confined import Harness, Limits
from kejidiff.read.extracted import Extracted, UnparsableError

HERE = Path(__file__).parent
LIMITS = Limits(memory=256 << 20, seconds=1, patience=1.5)

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc and Linux's word to children of the dead")


@pytest.fixture
def harness() -> Iterator[Harness]:
    harness = Harness(LIMITS)
    yield harness
    harness.close()


def parse(harness: Harness, data: bytes = b"text", **options: str) -> Extracted:
    extracted = harness.parse("hostile_parsers", data, **options)
    assert isinstance(extracted, Extracted)
    return extracted


def reason(harness: Harness, act: str) -> str:
    with pytest.raises(UnparsableError) as raised:
        parse(harness, act=act)
    assert "sentence" not in raised.value.message
    return raised.value.reason


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def gone(process: int, seconds: float = 1.5) -> bool:
    until = time.monotonic() + seconds
    while alive(process) and time.monotonic() < until:
        time.sleep(0.01)
    return not alive(process)


def test_one_child_serves_all_files(harness: Harness) -> None:
    """It is another process, and the same one for the next file; bytes go in, text of any kind comes out."""
    first, second = parse(harness, "第一\n\0".encode()), parse(harness, b"")
    assert (first.text, second.text) == ("第一\n\0", "")
    assert first.encoding == second.encoding != str(os.getpid())


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        ("sleep", "timeout"),
        ("loop", "timeout"),
        ("memory", "memory"),
        ("segfault", "parser-crash"),
        ("exit", "parser-crash"),
        ("raise", "parser-crash"),
        ("deep", "too-deep"),
    ],
)
def test_a_parser_that_misbehaves_is_a_reason(harness: Harness, act: str, expected: str) -> None:
    """It sleeps, loops, eats memory, dies: the file has a reason code, and the next file is read as if nothing was."""
    parse(harness)
    assert reason(harness, act) == expected
    assert parse(harness).text == "text"


def test_a_child_that_cannot_be_started_is_a_reason(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system has no process left to give, the file is not read, and the run goes on."""
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(UnparsableError) as raised:
        parse(harness)
    assert raised.value.reason == "parser-crash"
    monkeypatch.undo()
    assert parse(harness).text == "text"


def test_the_processor_is_a_clock_too() -> None:
    """On a machine that is busy the clock is patient, and a parser that loops is stopped all the same."""
    harness = Harness(LIMITS._replace(patience=60))
    assert reason(harness, "loop") == "timeout"
    harness.close()


@pytest.mark.parametrize("lie", ["mark", "warning", "span", "reason", "number", "endless"])
def test_a_child_that_was_taken_over_is_not_believed(harness: Harness, lie: str) -> None:
    """What makes no sense as an answer is a crash, not a defect later on; a place outside the text is none."""
    if lie == "span":
        assert [mark.span for mark in parse(harness, lie=lie).marked] == [(4, 4)]
    else:
        with pytest.raises(UnparsableError) as raised:
            parse(harness, lie=lie)
        assert raised.value.reason == "parser-crash"
    assert parse(harness).text == "text"


def test_what_a_parser_prints_is_no_answer(harness: Harness) -> None:
    """Libraries may print; only the harness speaks to the parent."""
    assert parse(harness, act="deaf").text == "text"


def test_a_parser_can_write_no_file(harness: Harness, tmp_path: Path) -> None:
    """Not a byte, wherever it may; and it knows nothing of the parent's environment."""
    assert reason_of_writing(harness, tmp_path / "written") == "parser-crash"
    assert (tmp_path / "written").stat().st_size == 0
    assert set(parse(harness, act="environment").text.split()) <= {
        "LC_CTYPE", "LD_LIBRARY_PATH", "OPENBLAS_NUM_THREADS", "PYTHONUTF8",
    }  # fmt: skip


def reason_of_writing(harness: Harness, path: Path) -> str:
    with pytest.raises(UnparsableError) as raised:
        parse(harness, act="write", path=str(path))
    return raised.value.reason


def test_a_fork_gets_a_child_of_its_own(harness: Harness) -> None:
    """Two processes never speak to one child, and the one that forked keeps its own."""
    before = parse(harness).encoding
    seen = run(lambda _: (os.getpid(), parse_forked(harness).encoding), range(4), jobs=2)
    assert before not in {child for _, child in seen}
    assert len({child for _, child in seen}) == len({worker for worker, _ in seen}) == 2
    assert parse(harness).encoding == before


def parse_forked(harness: Harness) -> Extracted:
    if harness._owner != os.getpid():  # what the module's own harness is told by the system
        harness.after_fork()
    return parse(harness)


HOLDER = """
import sys, time
sys.path.insert(0, {here!r})
from kejidiff.read import confined
print(confined.parse("hostile_parsers", b"text").encoding, flush=True)
{then}
"""


def holder(then: str) -> tuple["subprocess.Popen[str]", int]:
    """A process that has a child; and the child's id."""
    program = HOLDER.format(here=str(HERE), then=then)
    call = [sys.executable, "-c", program]
    process = subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    return process, int(process.stdout.readline())


@linux_only
@pytest.mark.parametrize("then", ["time.sleep(60)", 'confined.parse("hostile_parsers", b"x", act="loop")'])
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_no_child_outlives_its_parent(then: str, number: int) -> None:
    """Whether the child is idle or busy, and whatever ended the parent."""
    process, child = holder(then)
    assert alive(child)
    with process:
        process.send_signal(number)
        process.wait(5)
    assert gone(child)


@linux_only
def test_a_child_ends_with_a_program_that_ends() -> None:
    """Nothing is left when all is done."""
    process, child = holder("")
    with process:
        process.wait(10)
    assert gone(child)


@linux_only
@pytest.mark.parametrize(("kind", "most"), [("RLIMIT_AS", 700 << 20), ("RLIMIT_CPU", 600), ("RLIMIT_NOFILE", 48)])
def test_limits_that_a_shell_has_set_are_kept(kind: str, most: int) -> None:
    """Somebody whose `ulimit` is lower than ours, and who may not raise it, has files read all the same."""
    program = (
        "import ctypes, resource, sys\n"
        f"sys.path.insert(0, {str(HERE)!r})\n"
        "ctypes.CDLL(None).prctl(24, 24)\n"  # drops CAP_SYS_RESOURCE, for what is started by root
        f"resource.setrlimit(resource.{kind}, ({most}, {most}))\n"
        "from kejidiff.read.confined import parse\n"
        "print([parse('hostile_parsers', b'text').text for _ in range(2)])"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ended.stdout == "['text', 'text']\n", ended.stderr


@linux_only
def test_plain_text_starts_no_child(tmp_path: Path) -> None:
    """A folder of text files costs no second process."""
    (tmp_path / "a.txt").write_text("全市科技工作坚持自主创新", encoding="utf-8")
    program = (
        f"import kejidiff; kejidiff.source_text({str(tmp_path / 'a.txt')!r})\n"
        "from kejidiff.read import confined; print(confined._harness.child)"
    )
    assert (
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "None\n"
    )


def test_results_do_not_depend_on_jobs(tmp_path: Path) -> None:
    """Files that take a parser are read alike by one process and by two."""
    from documents import docx, odt, paragraph

    for number in range(4):
        (tmp_path / f"{number}.docx").write_bytes(docx(paragraph(f"第{number}份报告，全市科技工作坚持自主创新。")))
        (tmp_path / f"{number}.odt").write_bytes(odt("<text:p>全市科技工作</text:p>"))
    alone, together = (kejidiff.scan([tmp_path], jobs=jobs) for jobs in (1, 2))
    assert alone.files == together.files
    assert {file.format for file in alone.files if hasattr(file, "format")} == {"docx", "odt"}
