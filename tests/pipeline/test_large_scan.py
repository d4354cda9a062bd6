"""Scans of large collections: what holds of every one, shown on small ones made for it."""

import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

import kejidiff
from kejidiff.errors import UsageError
from kejidiff.kernel import without
from kejidiff.model.bulk import BulkResult, Renderer
from kejidiff.options import JsonLines, ScanOptions
from kejidiff.pipeline.bulk import collection, matching
from kejidiff.pipeline.bulk import scan as stages
from kejidiff.pipeline.bulk.planning import FileGroup, fingerprint, plan_of
from kejidiff.pipeline.bulk.scan import Work, bulk_scan
from kejidiff.read import discover
from kejidiff.text.fold import fold_characters
from kejidiff.view.records_bulk import FORMS, record_of

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

OPTIONS = ScanOptions(depth="paragraphs")
RENDER = Renderer(FORMS)


@contextmanager
def scanned(
    *paths: Path, options: ScanOptions = OPTIONS, work: Work | None = None, advance: stages.Advance | None = None
) -> Iterator[BulkResult]:
    """A large scan of a few files."""
    plan = plan_of(discover([str(path) for path in paths]), options.json_lines.every)
    with bulk_scan(plan, options, RENDER, work or Work(), advance=advance) as result:
        yield result


def record(*paths: Path, options: ScanOptions = OPTIONS, work: Work | None = None) -> bytes:
    """The whole record of a large scan."""
    with scanned(*paths, options=options, work=work) as result:
        return b"".join(record_of(result))


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    """Sixty made reports, with recycled paragraphs of all eight kinds, by name."""
    from corpus.writing import documents

    return {document.id: document.text for document, _ in zip(documents(7), range(60), strict=False)}


@pytest.fixture(scope="module")
def folder(made: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made reports as files."""
    place = tmp_path_factory.mktemp("reports")
    for name, text in made.items():
        (place / f"{name}.txt").write_text(text, encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def archive(made: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as lines of one archive."""
    place = tmp_path_factory.mktemp("archive") / "reports.jsonl"
    lines = [json.dumps({"id": name, "text": text, "year": 2013}, ensure_ascii=False) for name, text in made.items()]
    place.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return place


def passages(told: bytes) -> list[tuple[object, ...]]:
    """Who shares what with whom, without the names of files around those of reports."""
    found = json.loads(told)["comparisons"]
    return sorted(
        (*(re.sub(r"^reports\.jsonl/|\.txt(?=#)", "", one[side]) for side in ("left", "right")), str(one["passages"]))
        for one in found
    )


def test_between_two_edits_both_texts_are_equal(archive: Path, made: dict[str, str]) -> None:
    """Whoever walks a passage's edits, in original offsets, meets the same folded text on both sides between them."""

    def alike(text: str) -> str:
        joined = re.sub(r"(?<=[0-9x×])[.,．，](?=[0-9x×])", "", text)
        return re.sub("[0-9x]+", "#", fold_characters(joined))

    walked = 0
    for comparison in json.loads(record(archive))["comparisons"]:
        left, right = (made[comparison[side].split("/")[1].split("#")[0]] for side in ("left", "right"))
        for passage in comparison["passages"]:
            i, j = passage["left"][0], passage["right"][0]
            end = {"left": [passage["left"][1]] * 2, "right": [passage["right"][1]] * 2}
            for edit in [*(one for one in passage["edits"] if one["kind"] != "move"), end]:
                assert alike(left[i : edit["left"][0]]) == alike(right[j : edit["right"][0]])
                i, j, walked = edit["left"][1], edit["right"][1], walked + 1
    assert walked > 500


def test_what_is_recycled_is_found(archive: Path) -> None:
    """Of the made reports' recycled paragraphs 98 of 100, and hardly anything else."""
    from corpus.writing import documents

    told = json.loads(record(archive))["comparisons"]
    found = {
        (name, at)
        for one in told
        for side in ("left", "right")
        for passage in one["passages"]
        for name in [one[side].split("/")[1].split("#")[0]]
        for at in range(*passage[side])
    }
    recycled = [
        (document.id, (piece.copy.start, piece.copy.end)) for document, _ in zip(documents(7), range(60), strict=False)
        for piece in document.recycled
    ]  # fmt: skip
    missed = [
        one for one in recycled if sum((one[0], at) in found for at in range(*one[1])) * 2 < one[1][1] - one[1][0]
    ]
    assert len(recycled) > 150
    assert len(missed) <= 0.02 * len(recycled)


@pytest.mark.parametrize("jobs", [2, 3])
def test_jobs_change_nothing(archive: Path, jobs: int) -> None:
    """The record is the same byte for byte, however many workers made it."""
    assert record(archive, work=Work(jobs=jobs)) == record(archive)


def test_pieces_and_parts_change_nothing(folder: Path, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many small pieces, and parts of few anchors each, come to the same record."""
    whole = record(folder), record(archive)
    monkeypatch.setattr("kejidiff.pipeline.bulk.planning.PIECE_BYTES", 100_000)
    monkeypatch.setattr("kejidiff.pipeline.bulk.collection._PART", 20_000)
    plan = plan_of(discover([str(folder)]))
    assert len(plan.pieces) > 10 and all(isinstance(piece, FileGroup) for piece in plan.pieces)
    assert (record(folder), record(archive)) == whole


def test_how_many_are_matched_at_once_changes_nothing(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A few pairs and a pair of documents at a time, and without anything compiled: the same record."""
    expected = record(archive)
    monkeypatch.setattr(matching, "_AT_ONCE", 7)
    monkeypatch.setattr(matching, "_WITH_NEIGHBOURS", 1)
    assert record(archive) == expected
    with without():
        assert record(archive) == expected


def test_little_memory_changes_nothing(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What fits into less memory is joined in more parts, to the same record; a byte is as good as what is least."""
    expected = record(archive)
    assert record(archive, work=Work(memory=1)) == expected
    monkeypatch.setattr(collection, "_LEAST_PART", 500)
    assert record(archive, work=Work(memory=1)) == expected


def test_files_and_rows_of_one_text_are_one_to_a_scan(folder: Path, archive: Path) -> None:
    """The same reports as files and as lines of an archive share the same passages."""
    assert passages(record(folder)) == passages(record(archive)) != []


def test_fields_of_a_row_are_its_documents_metadata(archive: Path) -> None:
    """What a row holds beside its text and id stands in its document's record."""
    assert {json.dumps(one["metadata"]) for one in json.loads(record(archive))["documents"]} == {'{"year": 2013}'}


def test_damaged_annotated_and_compiled_texts_go_the_long_way(seeds: Path) -> None:
    """Of the samples: the compilations are split, pinyin notes and shifted bytes mended, the one copy found."""
    told = json.loads(record(seeds))
    documents = {document["id"]: document for document in told["documents"]}
    assert [sum(name.startswith(start) for name in documents) for start in ("001", "002", "003", "004")] == [5, 3, 1, 1]
    repaired = [
        repair["reason"] for name, one in documents.items() if name.startswith("002") for repair in one["repaired"]
    ]
    assert repaired.count("pinyin-note") > 1_400 and "gbk-shift" in repaired
    pairs = [(one["left"][:3], one["right"][:3], one["left_reuse"] > 0.8) for one in told["comparisons"]]
    assert pairs[0] == ("001", "002", True)
    assert all(one["left_reuse"] < 0.03 for one in told["comparisons"][1:])


def test_paragraphs_are_numbered_as_in_full(made: dict[str, str], tmp_path: Path) -> None:
    """From 0 where the first is the title, else from 1, whether a text is plain or read with care."""
    texts = {
        **dict(list(made.items())[:6]),
        "titled": "\n\u3000关于水利工作的总结\n今年以来，我镇修了三条渠道。\n",
        "untitled": "今年以来，我镇修了三条渠道，管了九个村。\n关于水利工作的总结\n",
        "careful": "关于水利工作的总结\n今年以来，我镇修了三条渠道\u200b\u200b\u200b，管了\u200b\u200b九个村。\n",
    }
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts.items()), "utf-8")
    large = {one["id"]: one for one in json.loads(record(path))["documents"]}
    full = {document.id: document for document in kejidiff.scan([path]).documents}
    firsts = {name: document.paragraphs[0].number for name, document in full.items()}
    assert {name: one["paragraph_numbers"][0] for name, one in large.items()} == firsts
    assert set(firsts.values()) == {0, 1}
    assert [firsts[f"a.jsonl/{name}#1"] for name in ("titled", "untitled", "careful")] == [0, 1, 0]


def test_a_document_ends_with_its_last_paragraph(made: dict[str, str], tmp_path: Path) -> None:
    """Blank lines around it are no part of it, as in a scan in full, whether it is a row or a file."""
    texts = [f"{around}{text}{around}" for around, text in zip(("", "\n", "\n\n \n"), made.values(), strict=False)]
    rows = [json.dumps({"id": str(at), "text": text}) for at, text in enumerate(texts)]
    (tmp_path / "a.jsonl").write_text("\n".join(rows), encoding="utf-8")
    for at, text in enumerate(texts):
        (tmp_path / f"{at}.txt").write_text(text, encoding="utf-8")
    large = {one["id"]: tuple(one["span"]) for one in json.loads(record(tmp_path))["documents"]}
    assert large == {document.id: tuple(document.span) for document in kejidiff.scan([tmp_path]).documents}


def test_years_and_places_are_not_looked_for(seeds: Path) -> None:
    """Of no document, so that they do not depend on how a text was read."""
    assert {(*one["years"], *one["places"]) for one in json.loads(record(seeds))["documents"]} == {()}


def test_a_stopped_scan_goes_on(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was done is not done again, the record is that of an undisturbed scan, and the folder is gone at the end."""
    monkeypatch.setattr("kejidiff.pipeline.bulk.planning.PIECE_BYTES", 100_000)
    work = Work(folder=tmp_path / "kept", keep=True)

    def stop(stage: str, done: int, _total: int) -> None:
        if (stage, done) == ("align", 3):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), scanned(archive, work=work, advance=stop):
        pass
    assert work.folder is not None and work.folder.is_dir()
    with scanned(archive, work=work) as result:
        reused, every = result.resumed
        told = b"".join(record_of(result))
    assert 10 < reused < every
    assert told == record(archive)
    assert not work.folder.exists()


def test_what_is_used_up_is_kept_for_those_who_go_on(archive: Path, tmp_path: Path) -> None:
    """Stopped when lines are written, a scan that is to be gone on with has all its files; any other has few left."""
    left = {}
    for keep in (True, False):
        work = Work(folder=tmp_path / "kept" if keep else tmp_path, keep=keep)
        with scanned(archive, work=work):
            left[keep] = {path.name.partition("-")[0] for path in tmp_path.glob("*/*")}
    assert left[True] - left[False] >= {"anchors", "folded", "kept", "figures"}


def test_what_has_changed_is_not_gone_on_with(archive: Path, tmp_path: Path) -> None:
    """Another text in the archive, or other options: nothing of the earlier scan counts."""
    own = tmp_path / "own.jsonl"
    own.write_bytes(archive.read_bytes())
    work = Work(folder=tmp_path / "kept", keep=True)

    def stopped(options: ScanOptions) -> None:
        def stop(stage: str, _done: int, _total: int) -> None:
            if stage == "write":
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt), scanned(own, options=options, work=work, advance=stop):
            pass

    stopped(OPTIONS)
    own.write_bytes(archive.read_bytes() + b"\n")
    with scanned(own, work=work) as result:
        assert result.resumed[0] == 0
    stopped(OPTIONS)
    with scanned(own, options=replace(OPTIONS, light_from=0.9), work=work) as result:
        assert result.resumed[0] == 0


def test_an_end_of_any_kind_leaves_no_folder(archive: Path, tmp_path: Path) -> None:
    """Neither an interrupt nor an error leaves working files behind."""
    for stage, error in (("read", KeyboardInterrupt), ("align", ValueError), ("write", KeyboardInterrupt)):

        def stop(now: str, _done: int, _total: int, stage: str = stage, error: type[BaseException] = error) -> None:
            if now == stage:
                raise error

        with pytest.raises(error), scanned(archive, work=Work(folder=tmp_path), advance=stop):
            pass
        assert list(tmp_path.iterdir()) == []


def test_bad_rows_and_bad_files_are_told_and_end_nothing(tmp_path: Path) -> None:
    """Lines that are no objects, empty texts, one id twice, unreadable files: each is one entry, and no more."""
    text = "科技创新工作取得了新的进展，全市共完成项目一百二十个，投入资金三亿元以上。"
    rows = [{"id": 1, "text": text}, "nope", {"id": 1, "text": text}, None, {"text": ""}, {"text": text}]
    lines = ["" if row is None else row if isinstance(row, str) else json.dumps(row) for row in rows]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"\x00\x01\x02")
    (tmp_path / "c.jsonl.gz").write_bytes(b"\x1f\x8b broken")
    told = json.loads(record(tmp_path))
    states = {file["path"]: (file["state"], file["reason"]) for file in told["files"]}
    assert states == {
        "a.jsonl": ("read", None),
        "a.jsonl/1": ("read", None),
        "a.jsonl/2": ("error", "damaged"),
        "a.jsonl/1@3": ("read", "duplicate-id"),
        "a.jsonl/5": ("skipped", "empty"),
        "a.jsonl/6": ("read", None),
        "b.txt": ("skipped", "no-text"),
        "c.jsonl.gz": ("error", "damaged"),
    }
    assert told["complete"] is False
    assert [document["id"] for document in told["documents"]] == ["a.jsonl/1#1", "a.jsonl/1@3#1", "a.jsonl/6#1"]
    assert len(told["comparisons"]) == 3


@pytest.mark.parametrize(
    "text",
    [
        "a" * 200_000 + "\n" + "啊" * 200_000,
        "科技创新工作总结，" * 20_000,
        ("今年以来我们认真贯彻落实上级部署，扎实推进各项工作。\n" * 2_000),
        "无" * 30 + "\n",
        "\n" * 1_000 + "!" * 1_000,
    ],
    ids=["one character", "a period", "one line again and again", "one short line", "marks only"],
)
def test_hostile_shapes_are_scanned_like_others(text: str, tmp_path: Path) -> None:
    """Text without information ends the work neither with an error nor with pairs that grow with the square."""
    rows = [json.dumps({"id": at, "text": text}) for at in range(30)]
    (tmp_path / "a.jsonl").write_text("\n".join(rows), encoding="utf-8")
    told = json.loads(record(tmp_path))
    assert len(told["comparisons"]) <= 29 * 8
    assert told["complete"] is True


def test_a_page_that_very_many_hold_is_formula(tmp_path: Path) -> None:
    """A page in forty reports that share nothing else is in no ratio; in two it is recycled."""
    page = "各单位要高度重视档案管理工作，明确一名分管领导和一名联络员，于每月二十五日前将进展情况报送至办公室汇总。"

    def own(at: int) -> str:
        return "".join(chr(0x4E00 + (at * 7919 + step * step * 31) % 20_000) for step in range(120))

    def reuse(holders: int) -> set[float]:
        rows = [json.dumps({"id": at, "text": f"{own(at)}\n{page}"}) for at in range(holders)]
        path = tmp_path / f"{holders}.jsonl"
        path.write_text("\n".join(rows), encoding="utf-8")
        return {round(document["reuse"]["total"], 1) for document in json.loads(record(path))["documents"]}

    assert reuse(2) == {0.3}
    assert reuse(40) == {0.0}


def scattered(at: int, length: int = 120) -> str:
    """Text that nothing else holds."""
    return "".join(chr(0x4E00 + (at * 7919 + step * step * 31 + at * step) % 20_000) for step in range(length))


def reuse_of(texts: list[str], path: Path) -> tuple[list[float], list[int]]:
    """Share of reuse of each document, and the sizes of clusters."""
    path.write_text("\n".join(json.dumps({"id": at, "text": text}) for at, text in enumerate(texts)), encoding="utf-8")
    told = json.loads(record(path))
    shares = [document["reuse"]["total"] for document in told["documents"]]
    return shares, [len(cluster["members"]) for cluster in told["clusters"]]


@pytest.mark.parametrize("copies", [2, 9, 25])
def test_a_table_of_equal_rows_is_copied_as_a_whole(copies: int, tmp_path: Path) -> None:
    """Rows that differ in figures alone are paired row by row, however many there are and however many hold them."""
    rows = [
        f"第{at}项:本年度安排资金{at * 37}万元,支持重点实验室和工程技术研究中心建设项目{at}个。" for at in range(1, 60)
    ]
    shares, clusters = reuse_of(["\n".join(rows)] * copies, tmp_path / "a.jsonl")
    assert min(shares) > 0.99
    assert clusters == [copies]


@pytest.mark.parametrize("copies", [2, 8, 12, 25])
def test_a_report_pasted_together_and_copied_is_no_formula(copies: int, tmp_path: Path) -> None:
    """Eight reports hold a paragraph each; those that hold all eight are copies of each other, however many."""
    paragraphs = [scattered(at) for at in range(8)]
    sources = [f"{scattered(100 + at, 400)}\n{one}" for at, one in enumerate(paragraphs)]
    shares, clusters = reuse_of([*sources, *["\n".join(paragraphs)] * copies], tmp_path / "a.jsonl")
    assert min(shares[8:]) > 0.99
    assert clusters == [copies]


def test_other_fields_of_rows_can_be_named(tmp_path: Path) -> None:
    """The text and the id may have names of their own."""
    text = "科技创新工作取得了新的进展，全市共完成项目一百二十个，投入资金三亿元以上。"
    rows = [json.dumps({"name": name, "body": text}) for name in ("甲", "乙")]
    (tmp_path / "a.jsonl").write_text("\n".join(rows), encoding="utf-8")
    told = json.loads(record(tmp_path, options=replace(OPTIONS, json_lines=JsonLines("body", "name"))))
    assert [document["id"] for document in told["documents"]] == ["a.jsonl/甲#1", "a.jsonl/乙#1"]
    assert len(told["comparisons"]) == 1


def test_functions_that_compare_in_full_take_no_other_depth(seeds: Path) -> None:
    """Or their records would say that paragraphs were compared."""
    names = [str(path) for path in sorted(seeds.glob("00[34]*.txt"))]
    with pytest.raises(UsageError, match="in full"):
        kejidiff.scan(names, OPTIONS)
    with pytest.raises(UsageError, match="in full"):
        kejidiff.show(*names, options=OPTIONS)


def test_a_file_of_the_same_name_elsewhere_is_another(archive: Path, tmp_path: Path) -> None:
    """What an earlier scan kept of one folder's file is not told of another's, even if size and time are the same."""
    places = tmp_path / "one" / "a.jsonl", tmp_path / "two" / "a.jsonl"
    for place in places:
        place.parent.mkdir()
        place.write_bytes(archive.read_bytes())
        os.utime(place, (1_700_000_000, 1_700_000_000))
    told = [fingerprint(plan_of(discover([str(place)])).pieces) for place in places]
    assert told[0] != told[1]
    assert told[0] == fingerprint(plan_of(discover([str(places[0])])).pieces)
