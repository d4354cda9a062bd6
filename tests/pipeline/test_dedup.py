"""`kejidiff.dedup`: what is kept of copies made for the purpose, and what a clean copy holds."""

import gzip
import json
import zipfile
from pathlib import Path

import opencc
import pytest
from corpus_texts import edited, report, text

import kejidiff
from kejidiff.errors import NotReadError, UsageError
from kejidiff.model import Skipped
from kejidiff.model.dedup import DedupResult
from kejidiff.options import JsonLines
from kejidiff.pipeline.clean_copy import clean_copy, text_without
from kejidiff.span import Span


def written(folder: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def states(result: DedupResult) -> dict[str, str]:
    return {one.document: one.state for one in result.decisions}


def dropped(result: DedupResult) -> dict[str, tuple[str, str]]:
    return {one.document: (one.kept, one.reason) for one in result.decisions if one.state == "dropped"}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six reports, and of the first five a copy each: equal, in the other script, edited, cut off, inside another."""
    made = [text(report(seed)) for seed in range(6)]
    files = {f"{number}.txt": own for number, own in enumerate(made)}
    files["copies/equal.txt"] = made[0].replace("，", ",")
    files["copies/script.txt"] = str(opencc.OpenCC("s2t").convert(made[1]))
    files["copies/edited.txt"] = edited(made[2], 0.1, 7)
    files["copies/excerpt.txt"] = "\n\n".join(report(3)[:4])
    files["copies/whole.txt"] = text([*report(40), *report(4)[1:]])
    return written(tmp_path_factory.mktemp("corpus"), files)


def test_copies_are_dropped_and_nothing_else(corpus: Path) -> None:
    """Each copy ends with its source, and for the reason that is true of it; the rest is kept."""
    result = kejidiff.dedup([corpus], keep="first")
    assert dropped(result) == {
        "copies/equal.txt#1": ("0.txt#1", "duplicate"),
        "copies/script.txt#1": ("1.txt#1", "duplicate"),
        "copies/edited.txt#1": ("2.txt#1", "duplicate"),
        "copies/excerpt.txt#1": ("3.txt#1", "contained"),
        "4.txt#1": ("copies/whole.txt#1", "contained"),
    }
    assert result.complete and sum(result.counts().values()) == len(result.documents) == 11
    assert len(result.families) == 5


def test_order_of_paths_and_jobs_change_nothing(corpus: Path) -> None:
    """Two processes, and the folders the other way round: the same decisions."""
    one = kejidiff.dedup([corpus])
    other = kejidiff.dedup(sorted(corpus.iterdir(), reverse=True), jobs=2)
    assert one.decisions == kejidiff.dedup([corpus], jobs=2).decisions
    assert one.counts() == other.counts()


def test_a_clean_copy_has_no_copies(corpus: Path, tmp_path: Path) -> None:
    """Dedup of the clean copy drops nothing; kept files have their bytes; the input is as it was."""
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in corpus.rglob("*.txt")}
    result = kejidiff.dedup([corpus])
    for name, data in clean_copy(result):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
        assert data == (corpus / name).read_bytes()
    assert before == {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in corpus.rglob("*.txt")}
    again = kejidiff.dedup([tmp_path])
    assert again.counts() == {"kept": 6, "trimmed": 0, "dropped": 0}


def test_half_of_another_report_is_no_copy(tmp_path: Path) -> None:
    """A report that quotes half of another is kept, and what it shares is told."""
    source, other = report(10, 6), report(11, 6)
    folder = written(tmp_path, {"a.txt": text(source), "b.txt": text([*other[:4], *source[4:]])})
    result = kejidiff.dedup([folder])
    assert result.counts()["kept"] == 2
    assert [(one.left, one.right) for one in result.remaining] == [("a.txt#1", "b.txt#1")]
    assert 0.3 < result.remaining[0].left_share < 0.7


def test_many_copies_are_one_family(tmp_path: Path) -> None:
    """Seventy edited copies of one text, more than are tied with one another, are one family beside another text."""
    base = text(report(20, 3))
    files = {f"{number:02}.txt": edited(base, 0.03, number) for number in range(70)}
    result = kejidiff.dedup([written(tmp_path, {**files, "other.txt": text(report(21, 3))})])
    assert [len(family.members) for family in result.families] == [70]
    assert result.counts() == {"kept": 2, "trimmed": 0, "dropped": 69}


def test_texts_that_differ_in_figures_only_are_no_exact_copies(tmp_path: Path) -> None:
    """Short notes of another year are two notes."""
    result = kejidiff.dedup(
        [written(tmp_path, {"a.txt": "渠道清淤12处\n", "b.txt": "渠道清淤15处\n", "c.txt": "渠道清淤12处\n"})]
    )
    assert dropped(result) == {"c.txt#1": ("a.txt#1", "duplicate")}


def test_recycled_paragraphs_go_where_the_partner_stays(tmp_path: Path) -> None:
    """Paragraph level takes them out of the later report, names the place in the earlier one, and keeps the rest."""
    one, two = report(30, 4), report(31, 4)
    two[2:2] = [one[2], one[3].replace("。", "，", 1)]
    result = kejidiff.dedup(
        [written(tmp_path, {"a.txt": text(one), "b.txt": text(two)})], level="paragraph", keep="first"
    )
    assert states(result) == {"a.txt#1": "kept", "b.txt#1": "trimmed"}
    removals = result.decisions[1].removed
    assert [(tmp_path / "b.txt").read_text()[slice(*own.span)] for own in removals] == two[2:4]
    assert [(tmp_path / "a.txt").read_text()[slice(*own.origin)] for own in removals] == one[2:4]
    assert {own.holder for own in removals} == {"a.txt#1"}
    assert all(max(one.left_share, one.right_share) < 0.01 for one in result.remaining)  # no more than titles
    copies = dict(clean_copy(result))
    assert copies["b.txt"].decode() == text([*two[:2], *two[4:]])
    assert copies["a.txt"] == (tmp_path / "a.txt").read_bytes()


def test_tiers_say_how_much_may_be_changed(tmp_path: Path) -> None:
    """`verbatim` leaves an edited paragraph where it is, `light` takes it."""
    one, two = report(32, 4), report(33, 4)
    two[2:2] = [edited(one[2], 0.06, 3)]
    folder = written(tmp_path, {"a.txt": text(one), "b.txt": text(two)})
    assert kejidiff.dedup([folder], level="paragraph", tier="verbatim").counts()["trimmed"] == 0
    assert kejidiff.dedup([folder], level="paragraph", tier="light").counts()["trimmed"] == 1


def test_formula_is_nobodys(tmp_path: Path) -> None:
    """A paragraph that every one of six reports holds, which otherwise share nothing, stays in all of them."""
    formula = "在县委、县政府的正确领导下，在各有关部门的大力支持下，我们认真学习上级会议精神，圆满完成全年工作任务。"
    files = {f"{seed}.txt": text([*report(seed)[:3], formula, *report(seed)[3:]]) for seed in range(6, 12)}
    result = kejidiff.dedup([written(tmp_path, files)], level="paragraph")
    assert result.counts() == {"kept": 6, "trimmed": 0, "dropped": 0}


def lines(*values: object) -> bytes:
    return b"".join(json.dumps(value, ensure_ascii=False).encode() + b"\n" for value in values)


def test_json_lines_are_documents_whole(tmp_path: Path) -> None:
    """A line a document, ids as given, other fields untouched; bad lines and second ids are told, and end nothing."""
    made = [text(report(seed, 3)) for seed in range(60, 63)]
    compilation = "".join(
        f"工作总结{number}\n\n{text(report(seed)[1:])}" for number, seed in zip("一二三", (63, 64, 65), strict=True)
    )
    (tmp_path / "c.jsonl").write_bytes(
        lines({"id": "https://x/1", "text": made[0], "label": [1, {"a": "é"}]}, {"id": 7, "text": made[1]})
        + b"{broken\n\n"
        + lines({"text": made[0]}, {"id": 7, "text": made[2]}, {"id": "all", "text": compilation}, {"id": "no"})
    )
    result = kejidiff.dedup([tmp_path])
    assert [document.path for document in result.documents] == sorted(
        ["c.jsonl/https://x/1", "c.jsonl/7", "c.jsonl/5", "c.jsonl/7@6", "c.jsonl/all"]
    )
    assert {file.path: file.reason for file in result.files if isinstance(file, Skipped)} == {
        "c.jsonl/3": "damaged",
        "c.jsonl/no": "damaged",
    }
    assert len(dropped(result)) == 1 and not result.complete
    copies = dict(clean_copy(result))
    kept = [json.loads(line) for line in copies["c.jsonl"].splitlines()]
    assert len(kept) == 4 and all(
        line in (tmp_path / "c.jsonl").read_bytes().split(b"\n") for line in copies["c.jsonl"].splitlines()
    )
    assert [warning.reason for file in result.files if not isinstance(file, Skipped) for warning in file.warnings] == [
        "duplicate-id"
    ]


def test_trimmed_lines_keep_their_fields_and_gzip_stays_gzip(tmp_path: Path) -> None:
    """Text and id may have other names; what is packed comes out packed, the same bytes each time."""
    one, two = report(70, 4), report(71, 4)
    two[2:2] = [one[2]]
    data = lines({"n": "a", "body": text(one)}, {"n": "b", "body": text(two), "extra": None})
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(data))
    rules = JsonLines(text="body", id="n")
    result = kejidiff.dedup([tmp_path], json_lines=rules, level="paragraph", keep="first")
    copies = [dict(clean_copy(result, json_lines=rules)) for _ in range(2)]
    assert copies[0] == copies[1]
    _, trimmed = gzip.decompress(copies[0]["c.jsonl.gz"]).splitlines()
    assert json.loads(trimmed) == {"n": "b", "body": text([*two[:2], *two[3:]]), "extra": None}


def test_gzip_does_not_expand_without_end(tmp_path: Path) -> None:
    """A file that unpacks to sixteen plain ones, and a hundred times what it is, is refused; a torn one is damaged."""
    (tmp_path / "big.jsonl.gz").write_bytes(gzip.compress(b" " * 20_000_000))
    (tmp_path / "torn.jsonl.gz").write_bytes(gzip.compress(lines({"text": "渠道"}))[:-12])
    options = kejidiff.ScanOptions(max_file_bytes=1_000_000)
    result = kejidiff.dedup([tmp_path], options=options)
    assert [(file.path, file.reason) for file in result.files if isinstance(file, Skipped)] == [
        ("big.jsonl.gz", "expands-too-much"), ("torn.jsonl.gz", "damaged"),
    ]  # fmt: skip


def test_a_gzip_file_of_many_members_is_read_once(tmp_path: Path) -> None:
    """Members one after the other are one file, however many: none is looked at again for each that comes before."""
    line = lines({"text": "渠道"})
    many = gzip.compress(b"") * 100_000 + gzip.compress(line) + gzip.compress(line)
    (tmp_path / "many.jsonl.gz").write_bytes(many)
    assert [one.document for one in kejidiff.dedup([tmp_path]).decisions] == [f"many.jsonl.gz/{at}#1" for at in (1, 2)]


def test_names_of_a_clean_copy_never_clash(tmp_path: Path) -> None:
    """A file and a folder of one name, names that differ in case only, names too long for any disk: all are kept."""
    reports = [text(report(seed)) for seed in range(6)]
    long = "长" * 200
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        for at, name in enumerate(("x", "x/y.txt", "x/Y.txt", f"{long}1.txt", f"{long}2.txt", "x~2")):
            archive.writestr(name, reports[at])
    copy = dict(clean_copy(kejidiff.dedup([tmp_path / "z.zip"])))
    assert sorted(copy.values()) == sorted(one.encode() for one in reports)
    short = "长" * 78
    assert set(copy) == {
        "z.zip/x", "z.zip/x~2/y.txt~2", "z.zip/x~2/Y.txt", f"z.zip/{short}.txt", f"z.zip/{short}.txt~2", "z.zip/x~2~2",
    }  # fmt: skip


def test_a_file_changed_meanwhile_is_not_copied(tmp_path: Path) -> None:
    """What is copied is what was judged."""
    folder = written(tmp_path, {"a.txt": text(report(80))})
    result = kejidiff.dedup([folder])
    written(tmp_path, {"a.txt": "别的\n"})
    with pytest.raises(NotReadError) as raised:
        dict(clean_copy(result))
    assert raised.value.slug == "changed-while-reading"


@pytest.mark.parametrize("threshold", [0.0, 0.3, 1.1])
def test_thresholds_that_make_no_sense_are_refused(tmp_path: Path, threshold: float) -> None:
    """Below half, two texts are no copies."""
    with pytest.raises(UsageError):
        kejidiff.dedup([tmp_path], threshold=threshold)


def test_holes_close() -> None:
    """The blank lines behind a removed paragraph go with it, and nothing else."""
    assert text_without("甲\n\n乙\n\n丙\n", [Span(3, 4)]) == "甲\n\n丙\n"
    assert text_without("甲\n", []) == "甲\n"
