"""The gate: what a draft's figures are, what leaves them and by whose word, and when nothing may pass."""

import io
import json
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from check_texts import AFTERWARDS, HONEST, OURS, SOURCES, draft_of, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

import kejidiff
from kejidiff.errors import LibraryError, UsageError
from kejidiff.model.check import CheckResult, DraftCheck, Limits
from kejidiff.view.concerns import concerns
from kejidiff.view.json_text import dumps
from kejidiff.view.records_check import check_record

OWN_REPORT = (
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="generator" content="kejidiff">\n'
)


def one(result: CheckResult) -> DraftCheck:
    """The only draft."""
    (draft,) = result.drafts
    return draft


@pytest.fixture
def published(tmp_path: Path) -> Path:
    return written(tmp_path / "published", SOURCES)


@pytest.fixture
def recycled(tmp_path: Path) -> Path:
    path = tmp_path / "draft.txt"
    path.write_text(draft_of(*SOURCES.values()), encoding="utf-8")
    return path


def test_a_recycled_draft_is_over_the_limit(published: Path, recycled: Path) -> None:
    """What is copied from two reports is their union, ranked by what each gave, with the paragraphs it stands in."""
    result = kejidiff.check([recycled], against=[published])
    draft = one(result)
    assert (result.verdict, draft.exceeded) == ("over-limit", ("total", "single"))
    assert draft.stats.total > 0.9
    assert [source.path for source in draft.sources] == ["mill.txt", "canal.txt"]
    assert [source.paragraphs for source in draft.sources] == [(1,), (2,)]


def test_an_honest_draft_passes(published: Path, tmp_path: Path) -> None:
    """Nothing in common, all read, all compared: this and nothing else is a pass."""
    path = tmp_path / "honest.txt"
    path.write_text(HONEST, encoding="utf-8")
    result = kejidiff.check([path], against=[published])
    assert (result.verdict, one(result).stats.reused, one(result).sources) == ("pass", 0, ())


def test_the_left_side_is_always_a_draft(published: Path, recycled: Path, tmp_path: Path) -> None:
    """Whatever the names sort like, and though what it is compared with shares text, too."""
    copy = written(published, {"0_first.txt": SOURCES["mill.txt"]})
    result = kejidiff.check([recycled], against=[copy])
    lefts = {comparison.left for comparison in (*result.scan.comparisons, *result.scan.fragments_only)}
    assert lefts == {"draft.txt#1"}
    assert result.scan.documents[0].id == "draft.txt#1"


def test_three_copies_of_one_page_are_no_formula(recycled: Path, tmp_path: Path) -> None:
    """A page that three sites hold was copied all the same: the compared side's families are known."""
    mill = SOURCES["mill.txt"]
    sites = written(tmp_path / "sites", {f"site{number}.txt": mill for number in range(4)})
    draft = one(kejidiff.check([recycled], against=[sites]))
    assert draft.stats.total > 0.4 and draft.stats.longest_run > 50


def test_limits_are_reached_at_the_limit(published: Path, recycled: Path) -> None:
    """At a limit is over it; just below is not."""
    found = one(kejidiff.check([recycled], against=[published])).stats
    at = Limits(found.total, 1.1, found.longest_run)
    assert one(kejidiff.check([recycled], against=[published], limits=at)).exceeded == ("total", "run")
    above = Limits(found.total + 1e-9, 1.1, found.longest_run + 1)
    assert one(kejidiff.check([recycled], against=[published], limits=above)).verdict == "pass"


def test_invisible_characters_do_not_shorten_a_run(published: Path, tmp_path: Path) -> None:
    """What nobody sees between the characters is folded away for the longest run, too: `--max-run` is not dodged."""
    plain = draft_of(SOURCES["mill.txt"])
    drafts = written(tmp_path, {"plain.txt": plain, "hidden.txt": re.sub("(?<=[一-龥])(?=[一-龥])", "\u200b", plain)})
    hidden, seen = kejidiff.check([drafts / "plain.txt", drafts / "hidden.txt"], against=[published]).drafts
    assert hidden.stats.longest_run == seen.stats.longest_run > 100


def test_nothing_compared_is_no_pass(tmp_path: Path) -> None:
    """An empty folder, a folder that holds the draft alone: there was nothing to find anything in."""
    folder = written(tmp_path / "alone", {"draft.txt": HONEST})
    result = kejidiff.check([folder / "draft.txt"], against=[folder])
    assert (result.verdict, one(result).reasons, result.itself) == ("incomplete", ("nothing-compared",), ("draft.txt",))
    (tmp_path / "empty").mkdir()
    assert kejidiff.check([folder / "draft.txt"], against=[tmp_path / "empty"]).verdict == "incomplete"
    with pytest.raises(UsageError, match="nothing to compare with"):
        kejidiff.check([folder / "draft.txt"])


def test_a_copy_under_another_name_is_found(tmp_path: Path) -> None:
    """The draft itself is not compared with itself, its copy is; so is the same file by another way of writing it."""
    folder = written(tmp_path / "all", {"draft.txt": HONEST, "saved.txt": HONEST})
    result = kejidiff.check([folder / ".." / "all" / "draft.txt"], against=[folder])
    assert result.itself == ("draft.txt",)
    assert [source.path for source in one(result).sources] == ["saved.txt"]
    assert one(result).stats.total == 1.0


def test_a_hard_link_is_the_draft_itself(tmp_path: Path) -> None:
    """A second name of the draft's file is no second report, whichever name sorts first."""
    folder = written(tmp_path / "all", {"other.txt": OURS})
    (tmp_path / "draft.txt").write_text(HONEST, encoding="utf-8")
    (folder / "a.txt").hardlink_to(tmp_path / "draft.txt")
    result = kejidiff.check([tmp_path / "draft.txt"], against=[folder])
    assert (result.verdict, len(result.drafts), one(result).sources) == ("pass", 1, ())


@pytest.mark.parametrize("stored", [False, True])
def test_a_published_report_that_is_checked_too_hides_nothing(tmp_path: Path, stored: bool) -> None:
    """It is not compared with itself, and still is what the other drafts of the call are compared with, as alone."""
    folder = written(tmp_path / "published", SOURCES)
    new = written(tmp_path / "drafts", {"new.txt": draft_of(SOURCES["mill.txt"]), "copy.txt": SOURCES["mill.txt"]})
    library = tmp_path / "published.db"
    if stored:
        with kejidiff.Library(library) as kept:
            list(kept.add([folder]))

    def checked(*drafts: Path) -> CheckResult:
        return kejidiff.check(drafts, library=library) if stored else kejidiff.check(drafts, against=[folder])

    alone = one(checked(new / "new.txt"))
    result = checked(new / "new.txt", folder / "mill.txt", new / "copy.txt")
    copy, mill, beside = result.drafts
    assert (beside.verdict, beside.stats) == ("over-limit", alone.stats)
    assert copy.stats.total == 1.0
    assert (mill.verdict, mill.sources, result.itself, result.compared) == ("pass", (), ("mill.txt",), 2)


def test_an_archive_in_the_library_is_itself_too(tmp_path: Path) -> None:
    """Each member is compared with the others in the library, as all drafts are, and not with itself."""
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("in/a.txt", HONEST)
        archive.writestr("in/b.txt", OURS)
    with kejidiff.Library(tmp_path / "k.db") as kept:
        list(kept.add([tmp_path / "two.zip"]))
    result = kejidiff.check([tmp_path / "two.zip"], library=tmp_path / "k.db")
    assert (result.verdict, result.compared, result.itself) == ("pass", 1, ("two.zip/in/a.txt", "two.zip/in/b.txt"))


def test_each_of_a_folder_is_compared_with_the_rest_of_it(tmp_path: Path) -> None:
    """A folder against itself: as if each were checked alone; with `drafts_too` every pair once."""
    mill = SOURCES["mill.txt"]
    folder = written(tmp_path / "all", {"a.txt": mill, "b.txt": draft_of(mill), "c.txt": HONEST})
    result = kejidiff.check([folder], against=[folder])
    assert [draft.verdict for draft in result.drafts] == ["over-limit", "over-limit", "pass"]
    assert [[source.path for source in draft.sources] for draft in result.drafts] == [["all/b.txt"], ["all/a.txt"], []]
    assert result.compared == 2
    again = kejidiff.check([folder], against=[folder], drafts_too=True)
    assert [[source.path for source in draft.sources] for draft in again.drafts] == [["b.txt"], ["a.txt"], []]


def test_a_draft_that_is_all_the_library_holds_was_not_compared(tmp_path: Path) -> None:
    """What else is checked in the call does not make up for it."""
    folder = written(tmp_path / "all", {"a.txt": HONEST, "b.txt": OURS})
    with kejidiff.Library(tmp_path / "one.db") as kept:
        list(kept.add([folder / "a.txt"]))
    result = kejidiff.check([folder], library=tmp_path / "one.db")
    assert [(draft.verdict, draft.reasons) for draft in result.drafts] == [
        ("incomplete", ("nothing-compared",)),
        ("pass", ()),
    ]


@pytest.mark.parametrize(
    ("drafts", "published", "reason"),
    [
        ({"empty.txt": ""}, {}, "empty"),
        ({"blank.txt": " \n"}, {}, "empty"),
        ({"image.png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"}, {}, "binary"),
        ({"report.html": OWN_REPORT}, {}, "ignored"),
        ({"good.txt": HONEST}, {"image.png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"}, "not-compared"),
    ],
)
def test_what_was_not_read_does_not_pass(
    tmp_path: Path, drafts: dict[str, str | bytes], published: dict[str, str | bytes], reason: str
) -> None:
    """A draft without text, a named one that kejidiff wrote itself, an unreadable report on the other side."""
    folder = written(tmp_path / "drafts", drafts)
    against = written(tmp_path / "published", {**SOURCES, **published})
    result = kejidiff.check([folder / name for name in drafts], against=[against])
    assert (result.verdict, one(result).reasons, result.compared) == ("incomplete", (reason,), 2)
    assert not result.complete


def half_scanned(text: str) -> bytes:
    """A PDF of a page of text and a page that is a picture."""
    out = io.BytesIO()
    canvas = Canvas(out)
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas.setFont("STSong-Light", 12)
    for number, line in enumerate(text[at : at + 40] for at in range(0, len(text), 40)):
        canvas.drawString(50, 780 - 18 * number, line)
    canvas.showPage()
    canvas.drawImage(ImageReader(Image.new("L", (8, 8), 200)), 0, 0, 595, 842)
    canvas.save()
    return out.getvalue()


def test_what_was_read_in_part_does_not_pass(tmp_path: Path) -> None:
    """A draft of which a page is a scan may hold anything there; so may one that it is compared with."""
    scan, clean = {"scan.pdf": half_scanned(HONEST)}, {"clean.txt": AFTERWARDS}
    drafts = written(tmp_path / "drafts", {**scan, **clean})
    published = written(tmp_path / "published", SOURCES)
    result = kejidiff.check([drafts], against=[published])
    assert [(draft.path, draft.verdict, draft.reasons) for draft in result.drafts] == [
        ("clean.txt", "pass", ()),
        ("scan.pdf", "incomplete", ("pages-without-text",)),
    ]
    result = kejidiff.check([drafts / "clean.txt"], against=[written(published, scan)])
    assert (result.verdict, one(result).reasons) == ("incomplete", ("not-compared",))


@pytest.mark.parametrize("mark", [OWN_REPORT, '"schema": "kejidiff.', "kejidiff library lock\n"])
def test_no_line_at_its_head_takes_a_draft_past_the_gate(published: Path, tmp_path: Path, mark: str) -> None:
    """A text that looks like kejidiff's own work is a draft that was not read, though nobody named it."""
    drafts = written(tmp_path / "drafts", {"a.txt": HONEST, "b.txt": mark + draft_of(*SOURCES.values())})
    result = kejidiff.check([drafts], against=[published])
    assert result.verdict == "incomplete"
    assert [(draft.name, draft.verdict) for draft in result.drafts] == [("a.txt#1", "pass"), ("b.txt", "incomplete")]


def test_what_a_mac_packs_along_is_no_draft(published: Path, tmp_path: Path) -> None:
    """Members of an archive that are passed over by name leave it complete; one that looks like our work does not."""
    (tmp_path / "drafts").mkdir()
    for members, verdict in (
        ({"a.txt": HONEST, "__MACOSX/._a.txt": "x"}, "pass"),
        ({"a.txt": OWN_REPORT}, "incomplete"),
    ):
        with zipfile.ZipFile(tmp_path / "drafts" / "a.zip", "w") as archive:
            for name, text in members.items():
                archive.writestr(name, text)
        assert kejidiff.check([tmp_path / "drafts"], against=[published]).verdict == verdict


def test_what_the_call_itself_writes_and_reads_is_no_draft(published: Path, tmp_path: Path) -> None:
    """A folder that holds the library, the baseline and the reports of the call before is checked as it was then."""
    folder = written(tmp_path / "all", {"a.txt": HONEST})
    with kejidiff.Library(folder / "kejidiff.db") as library:
        assert list(library.add([published]))
    for _ in range(2):
        result = kejidiff.check([folder], library=folder / "kejidiff.db", written=[folder / "reports"])
        assert result.verdict == "pass"
        written(folder / "reports", {"check.html": OWN_REPORT})
    (folder / "known.json").write_text(dumps(check_record(result)), encoding="utf-8")
    assert kejidiff.check([folder], against=[published]).verdict == "incomplete"
    known = {"baseline": folder / "known.json", "written": [folder / "reports"]}
    assert kejidiff.check([folder], library=folder / "kejidiff.db", **known).verdict == "pass"


def test_over_a_limit_beats_incomplete(recycled: Path, tmp_path: Path) -> None:
    """What is over a limit stays over it, whatever could not be read beside it."""
    against = written(tmp_path / "published", {**SOURCES, "bad.txt": ""})
    result = kejidiff.check([recycled], against=[against])
    assert (result.verdict, one(result).reasons) == ("over-limit", ("not-compared",))


def test_drafts_are_compared_with_each_other_where_asked(published: Path, tmp_path: Path) -> None:
    """Two drafts that are copies of each other pass, unless `drafts_too`."""
    folder = written(tmp_path / "drafts", {"a.txt": HONEST, "b.txt": HONEST})
    apart = kejidiff.check([folder], against=[published])
    both = kejidiff.check([folder], against=[published], drafts_too=True)
    assert [draft.verdict for draft in apart.drafts] == ["pass", "pass"]
    assert [(draft.verdict, draft.stats.total) for draft in both.drafts] == [("over-limit", 1.0)] * 2
    assert [(one.left, one.right) for one in both.scan.comparisons] == [("a.txt#1", "b.txt#1")]


def test_a_drafts_figures_do_not_depend_on_the_others(published: Path, tmp_path: Path) -> None:
    """Ten versions of one draft are each as recycled as it is alone: they make nothing formula, nothing common."""
    text = draft_of(*SOURCES.values())
    folder = written(tmp_path / "drafts", {f"v{number}.txt": text for number in range(4)})
    alone = one(kejidiff.check([folder / "v0.txt"], against=[published]))
    together = kejidiff.check([folder], against=[published])
    assert {draft.stats for draft in together.drafts} == {alone.stats}
    assert together.draft("v0.txt#1").passages == alone.passages


def test_own_sources_leave_the_verdict(published: Path, recycled: Path) -> None:
    """去除本人: what the office itself published before is told and not judged; where there is none, all is."""
    result = kejidiff.check([recycled], against=[published], own=["nobody"])
    draft = one(result)
    assert draft.without_own == draft.judged == draft.stats


@pytest.mark.parametrize("nothing", ["", "  "])
def test_a_name_without_a_character_makes_nothing_ones_own(published: Path, recycled: Path, nothing: str) -> None:
    """A variable that was not set would let all pass whose unit nobody has told: it is refused."""
    with pytest.raises(UsageError, match="names no unit"):
        kejidiff.check([recycled], against=[published], own=["水利站", nothing])


def test_a_baseline_knows_passages_that_moved(published: Path, recycled: Path, tmp_path: Path) -> None:
    """Known text is known in another place, too; what was added to it is judged alone."""
    baseline = tmp_path / "baseline.json"
    before = kejidiff.check([recycled], against=[published])
    baseline.write_text(dumps(check_record(before)), encoding="utf-8")
    title, first, second = recycled.read_text(encoding="utf-8").split("\n\n")
    recycled.write_text("\n\n".join((title, HONEST.split("\n\n")[1], second, first)), encoding="utf-8")
    moved = kejidiff.check([recycled], against=[published], baseline=baseline, fail_on="new")
    assert (moved.verdict, one(moved).judged.reused) == ("pass", 0)
    assert {passage.standing for passage in one(moved).passages} == {"known"}
    written(published, {"other.txt": OURS})
    recycled.write_text(recycled.read_text(encoding="utf-8") + "\n\n" + OURS.split("\n\n")[1], encoding="utf-8")
    added = one(kejidiff.check([recycled], against=[published], baseline=baseline, fail_on="new"))
    assert [passage.source for passage in added.passages if passage.standing == "judged"] == ["other.txt#1"]
    assert 0 < added.judged.reused < added.stats.reused


def test_a_baseline_knows_a_source_that_goes_by_another_name(published: Path, recycled: Path, tmp_path: Path) -> None:
    """What a source is called depends on what else is in the call; what it holds does not, nor a passage of it."""
    baseline = tmp_path / "baseline.json"
    baseline.write_text(dumps(check_record(kejidiff.check([recycled], against=[published]))), encoding="utf-8")
    namesake = written(tmp_path / "drafts", {"mill.txt": recycled.read_text(encoding="utf-8")})
    result = kejidiff.check([namesake], against=[published], baseline=baseline, fail_on="new")
    assert "published/mill.txt#1" in {source.id for source in one(result).sources}
    assert (result.verdict, {passage.standing for passage in one(result).passages}) == ("pass", {"known"})


def test_a_baseline_alone_changes_no_verdict(published: Path, recycled: Path, tmp_path: Path) -> None:
    """Known passages are named; only `fail_on` new takes them out."""
    baseline = tmp_path / "baseline.json"
    before = kejidiff.check([recycled], against=[published])
    baseline.write_text(dumps(check_record(before)), encoding="utf-8")
    draft = one(kejidiff.check([recycled], against=[published], baseline=baseline))
    assert draft.verdict == "over-limit" and all(passage.known for passage in draft.passages)


@pytest.mark.parametrize("content", ["", "[]", '{"schema": "kejidiff.scan/1"}', '{"schema": "kejidiff.check/1"}'])
def test_a_baseline_that_is_none_is_refused(published: Path, recycled: Path, tmp_path: Path, content: str) -> None:
    """Nothing is taken for known because a file could not be understood."""
    (tmp_path / "baseline.json").write_text(content, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        kejidiff.check([recycled], against=[published], baseline=tmp_path / "baseline.json")
    assert caught.value.slug == "bad-baseline"


ENTRY = 'source = "{}"\nreason = "agreed"\nowner = "王芳"\nexpires = {}\n'


@pytest.mark.parametrize(
    ("wrong", "error", "told"),
    [
        ({"fail_on": "bogus"}, UsageError, "neither 'any' nor 'new'"),
        ({"limits": (0.3, 0.2, 200)}, TypeError, "kejidiff.Limits"),
        ({"limits": {"total": 0.3}}, TypeError, "kejidiff.Limits"),
        ({"limits": Limits(total="30%")}, TypeError, "limits.total is a number"),  # type: ignore[arg-type]
        ({"limits": Limits(single=float("nan"))}, UsageError, "not above 0"),
        ({"limits": Limits(run=0)}, UsageError, "not above 0"),
    ],
)
def test_what_could_leave_the_gate_open_is_refused(
    published: Path, recycled: Path, wrong: dict[str, Any], error: type[Exception], told: str
) -> None:
    """A program that asks for what there is not, or gives a limit that nothing reaches, is told so in plain words."""
    with pytest.raises(error, match=told):
        kejidiff.check([recycled], against=[published], **wrong)


def ignoring(tmp_path: Path, *entries: str) -> Path:
    path = tmp_path / "ignore.toml"
    path.write_text("".join(f"[[ignore]]\n{entry}" for entry in entries), encoding="utf-8")
    return path


def test_ignoring_everything_leaves_nothing(published: Path, recycled: Path, tmp_path: Path) -> None:
    """Judged is nothing, found is all the same, and each passage names the entry that took it out."""
    path = ignoring(tmp_path, ENTRY.format("*", "2027-03-31"))
    draft = one(kejidiff.check([recycled], against=[published], ignore=path, today=date(2027, 3, 31)))
    assert (draft.verdict, draft.judged.total, draft.judged.longest_run) == ("pass", 0.0, 0)
    assert draft.stats.total > 0.9
    assert {(passage.standing, passage.entry) for passage in draft.passages} == {("ignored", 0)}


def test_an_expired_entry_no_longer_counts(published: Path, recycled: Path, tmp_path: Path) -> None:
    """The day after the last one, reuse is judged again, and the entry is named as expired."""
    path = ignoring(tmp_path, ENTRY.format("*", '"2027-03-31"'))
    result = kejidiff.check([recycled], against=[published], ignore=path, today=date(2027, 4, 1))
    assert (result.verdict, result.expired, result.today) == ("over-limit", (0,), "2027-04-01")


@pytest.mark.parametrize(
    "entry",
    [
        'source = "mill.txt"',
        'source = "mill*"',
        'source = "mill.txt#1"',
        'text = "磨坊在小河的转弯处"',
        'text = "磨坊,在小河的轉彎處"',
        'text = "{digest}"',
    ],
)
def test_an_entry_names_source_or_text(published: Path, recycled: Path, tmp_path: Path, entry: str) -> None:
    """By path, id or pattern; by how the passage begins, in either script, or by its digest. The rest is judged."""
    before = one(kejidiff.check([recycled], against=[published]))
    digest = next(passage.digest for passage in before.passages if passage.source == "mill.txt#1")
    told = entry.format(digest=digest) + '\nreason = "agreed"\nowner = "王芳"\nexpires = 2999-01-01\n'
    result = kejidiff.check([recycled], against=[published], ignore=ignoring(tmp_path, told))
    standing = {passage.source: passage.standing for passage in one(result).passages}
    assert standing == {"mill.txt#1": "ignored", "canal.txt#1": "judged"}


@pytest.mark.parametrize(
    "content",
    [
        "[[ignore]]\nsource = 'a'\nowner = 'b'\nexpires = 2027-01-01\n",
        "[[ignore]]\nsource = 'a'\nreason = 'b'\nexpires = 2027-01-01\n",
        "[[ignore]]\nsource = 'a'\nreason = 'b'\nowner = 'c'\n",
        "[[ignore]]\nsource = 'a'\nreason = ' '\nowner = 'c'\nexpires = 2027-01-01\n",
        "[[ignore]]\nreason = 'b'\nowner = 'c'\nexpires = 2027-01-01\n",
        "[[ignore]]\nsource = 'a'\nreason = 'b'\nowner = 'c'\nexpires = 'never'\n",
        "[[ignore]]\ntext = '我们'\nreason = 'b'\nowner = 'c'\nexpires = 2027-01-01\n",
        "[[ignore]]\nsource = 'a'\nreason = 'b'\nowner = 'c'\nexpires = 2027-01-01\nexpire = 1\n",
        "[[ignored]]\nsource = 'a'\n",
        "ignore = 3\n",
        "[[ignore\n",
    ],
)
def test_an_entry_that_nobody_answers_for_is_refused(
    published: Path, recycled: Path, tmp_path: Path, content: str
) -> None:
    """Without reason, owner or expiry, without anything it names, or misspelt: an error, not a guess."""
    (tmp_path / "ignore.toml").write_text(content, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        kejidiff.check([recycled], against=[published], ignore=tmp_path / "ignore.toml")
    assert caught.value.slug == "bad-ignore"


def test_stock_is_no_reuse_for_a_draft_either(published: Path, recycled: Path, tmp_path: Path) -> None:
    """What draft and report both have from a form is formula; a form that was not read leaves the check incomplete."""
    form = written(tmp_path / "forms", {"form.txt": SOURCES["mill.txt"]})
    with_form = one(kejidiff.check([recycled], against=[published], stock=[form]))
    assert [source.path for source in with_form.sources] == ["canal.txt"]
    (form / "form.txt").write_text("", encoding="utf-8")
    result = kejidiff.check([recycled], against=[published], stock=[form], limits=Limits(1.1, 1.1, 10**6))
    assert one(result).reasons == ("not-compared",)


def test_the_record_does_not_depend_on_jobs_or_order(published: Path, tmp_path: Path) -> None:
    """One worker or three, drafts and sources named in either order: the same bytes."""
    folder = written(tmp_path / "drafts", {"a.txt": draft_of(*SOURCES.values()), "b.txt": HONEST})
    drafts, against = [folder / "a.txt", folder / "b.txt"], [published / name for name in SOURCES]
    records = [
        dumps(check_record(kejidiff.check(own, against=theirs, jobs=jobs)))
        for own, theirs, jobs in ((drafts, against, 1), (drafts, against, 3), (drafts[::-1], against[::-1], 1))
    ]
    assert len(set(records)) == 1


def test_the_record_holds_what_the_contract_names(published: Path, recycled: Path) -> None:
    """`kejidiff.check/1`: the record of a scan with verdict, limits, and only drafts on the left."""
    record = json.loads(dumps(check_record(kejidiff.check([recycled], against=[published]))))
    assert (record["schema"], record["verdict"], record["complete"]) == ("kejidiff.check/1", "over-limit", True)
    assert record["limits"] == {"total": 0.3, "single": 0.2, "run": 200}
    assert {comparison["left"] for comparison in record["comparisons"]} == {"draft.txt#1"}
    assert {file["path"] for file in record["files"]} == {"draft.txt", *SOURCES}
    draft = record["drafts"][0]
    assert draft["reuse"]["total"] == record["documents"][0]["reuse"]["total"]
    assert [source["share"] for source in draft["sources"]] == [
        comparison["left_reuse"] for comparison in record["comparisons"]
    ]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.sampled_from([*SOURCES.values(), OURS, HONEST, AFTERWARDS]), min_size=1, max_size=4))
def test_the_union_is_more_than_any_part_of_it(published: Path, tmp_path: Path, parts: list[str]) -> None:
    """Total is at least the largest single, which is at least every source's share; judged is never more than found."""
    path = tmp_path / "draft.txt"
    path.write_text(draft_of(*parts), encoding="utf-8")
    ignore = ignoring(tmp_path, ENTRY.format("mill*", "2999-01-01"))
    draft = one(kejidiff.check([path], against=[published], ignore=ignore))
    shares = [source.share for source in draft.sources]
    assert draft.stats.total >= draft.stats.single == max(shares, default=0.0)
    assert draft.judged.total <= draft.stats.total and draft.judged.longest_run <= draft.stats.longest_run
    assert all(draft.passages[at].span <= draft.passages[at + 1].span for at in range(len(draft.passages) - 1))


def kept(path: Path, folder: Path) -> Path:
    """A library of what is in the folder."""
    with kejidiff.Library(path) as library:
        list(library.add([folder]))
    return path


def test_a_library_gives_what_its_files_would(published: Path, recycled: Path, tmp_path: Path) -> None:
    """The same figures, sources, passages whether the reports lie in a folder or in a library."""
    library = kept(tmp_path / "kejidiff.db", published)
    from_files = kejidiff.check([recycled], against=[published])
    from_library = kejidiff.check([recycled], library=library)
    assert one(from_library) == one(from_files)
    assert (from_library.in_library, from_library.compared) == (2, 2)
    assert not from_library.given and from_files.given


def test_a_draft_in_the_library_is_not_compared_with_itself(published: Path, recycled: Path, tmp_path: Path) -> None:
    """The file it was added from is the draft; a copy of it elsewhere is recycled, under a name of its own."""
    library = kept(tmp_path / "kejidiff.db", published)
    itself = kejidiff.check([published / "mill.txt"], library=library)
    assert (itself.itself, one(itself).stats.reused) == (("mill.txt",), 0)
    copy = written(tmp_path / "drafts", {"mill.txt": SOURCES["mill.txt"]})
    found = one(kejidiff.check([copy / "mill.txt"], library=library))
    assert [(source.id, source.share) for source in found.sources] == [("kejidiff.db/mill.txt#1", 1.0)]


def test_a_library_that_is_missing_or_empty_is_no_pass(published: Path, tmp_path: Path) -> None:
    """Missing: an error; empty: there was nothing to compare with. Neither makes a file."""
    draft = written(tmp_path, {"draft.txt": HONEST}) / "draft.txt"
    with pytest.raises(LibraryError):
        kejidiff.check([draft], library=tmp_path / "nosuch.db")
    assert not (tmp_path / "nosuch.db").exists()
    library = kept(tmp_path / "kejidiff.db", published)
    with kejidiff.Library(library) as opened:
        opened.remove(list(SOURCES))
    assert one(kejidiff.check([draft], library=library)).reasons == ("nothing-compared",)


def test_a_side_file_is_no_report_and_is_never_passed_over(published: Path, recycled: Path, tmp_path: Path) -> None:
    """It is listed, once; one that cannot be understood leaves the check incomplete; named as a draft, it is one."""
    (published / "metadata.csv").write_text("path,unit\nmill.txt,磨坊合作社\n", encoding="utf-8")
    result = kejidiff.check([recycled], against=[published], own=["磨坊合作社"])
    assert [file.path for file in result.scan.files] == ["draft.txt", "canal.txt", "metadata.csv", "mill.txt"]
    assert (result.complete, one(result).sources[0].own) == (True, True)
    (published / "metadata.csv").write_text("path,colour\nmill.txt,red\n", encoding="utf-8")
    unclear = kejidiff.check([recycled], against=[published])
    assert [file.path for file in unclear.scan.files] == ["draft.txt", "canal.txt", "metadata.csv", "mill.txt"]
    assert one(unclear).reasons == ("not-compared",)
    named = kejidiff.check([published / "metadata.csv"], against=[published / "mill.txt"])
    assert [draft.path for draft in named.drafts] == ["metadata.csv"]


@pytest.mark.parametrize("own", ["磨坊合作社", "series"])
def test_metadata_says_what_is_the_offices_own(published: Path, recycled: Path, tmp_path: Path, own: str) -> None:
    """By unit or tag, from a side file beside the report, and so from a library that it was added to."""
    (published / "mill.txt.meta.json").write_text('{"unit": "磨坊合作社", "tags": ["series"]}', encoding="utf-8")
    library = kept(tmp_path / "kejidiff.db", published)
    for collection in ({"against": [published]}, {"library": library}):
        result = kejidiff.check([recycled], own=[own], **collection)
        draft = one(result)
        assert {(source.path, source.own) for source in draft.sources} == {("mill.txt", True), ("canal.txt", False)}
        assert draft.without_own == draft.judged and 0 < draft.judged.reused < draft.stats.reused
        assert {passage.standing for passage in draft.passages} == {"own", "judged"}
        assert result.complete


def test_what_a_page_hides_beside_the_report_is_told_of_it(published: Path, tmp_path: Path) -> None:
    """It stands in no report of the file, and is to be looked at before publication all the same."""
    covert = f'<div style="display:none">{SOURCES["mill.txt"].splitlines()[2][:40]}</div>'
    body = f"<h1>档案馆搬迁纪要</h1><p>{HONEST.splitlines()[2]}</p>"
    page = f"<html><head><title>x</title></head><body>{covert}{body}</body></html>"
    result = kejidiff.check([written(tmp_path, {"draft.html": page}) / "draft.html"], against=[published])
    assert one(result).warnings == ("evasion-suspected",)
    assert [found.kind for found in concerns(result, one(result))] == ["evasion-suspected"]
