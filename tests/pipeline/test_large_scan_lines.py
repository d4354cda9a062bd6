"""What a large scan writes of its matches: columns come to the passages that one puts together match by match."""

import json
from functools import reduce
from itertools import groupby
from operator import add
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kejidiff.align.unit_edits import KINDS
from kejidiff.kernel import without
from kejidiff.measure.bulk_reuse import DocumentReuse, PairReuse
from kejidiff.model import Reservation
from kejidiff.model.bulk import BulkComparison, BulkFile, BulkPassage
from kejidiff.options import ScanOptions
from kejidiff.pipeline.bulk.assembling import Assembled, tiers_of
from kejidiff.pipeline.bulk.comparisons import TIERS, ComparisonsOnDisk
from kejidiff.pipeline.bulk.filling import Texts
from kejidiff.pipeline.bulk.lines import comparison_lines
from kejidiff.pipeline.bulk.matches import MATCH, Matches
from kejidiff.pipeline.bulk.naming import Named
from kejidiff.pipeline.bulk.passages import positions
from kejidiff.span import Span
from kejidiff.view.json_text import escaped, quoted
from kejidiff.view.records_bulk import FORMS, file_line, file_lines

OPTIONS = ScanOptions(depth="paragraphs")
DOCUMENTS = 4
#: Of every document: countable characters; ten paragraphs of ten characters, one apart.
COUNTABLE = 90
PARAGRAPHS = np.array(
    [[at << 32 | side * 10 + n * 11 for at in range(DOCUMENTS) for n in range(10)] for side in (0, 1)]
)
NOTHING = np.zeros(0, dtype=np.int64)


class Bucket(NamedTuple):
    """Matches in their order, which of them are formula, and how common each is."""

    matches: Matches
    formula: "np.typing.NDArray[np.bool_]"
    commonness: "np.typing.NDArray[np.int64]"


@st.composite
def buckets(draw: st.DrawFn) -> Bucket:
    """A few pairs of documents with a few matches each, many of which follow each other."""
    rows, edits = [], []
    for left in range(DOCUMENTS):
        for right in range(left + 1, DOCUMENTS):
            i = j = 0
            for _ in range(draw(st.integers(0, 3))):
                i, j = (at + draw(st.sampled_from([0, 0, 3])) for at in (i, j))
                size = draw(st.integers(1, 25))
                count = draw(st.integers(0, 2))
                spans = (i, i + size, j, j + size), (i + left * COUNTABLE, i + size + left * COUNTABLE,
                                                      j + right * COUNTABLE, j + size + right * COUNTABLE)  # fmt: skip
                similarity = draw(st.sampled_from([1.0, 0.9, 0.5, 1 / 3]))
                rows.append(
                    (left, right, *spans[0], *spans[1], 0, 0, size, size + count, size, size, count, similarity)
                )
                edits += [(draw(st.integers(0, len(KINDS) - 1)), i + n, i + n, j, j + n) for n in range(count)]
                i, j = i + size, j + size
    drawn = st.lists(st.booleans(), min_size=len(rows), max_size=len(rows))
    common = st.lists(st.integers(2, 30), min_size=len(rows), max_size=len(rows))
    found = Matches(np.array(rows, dtype=MATCH), np.array(edits, dtype=np.int32).reshape(-1, 5))
    return Bucket(found, np.array(draw(drawn), dtype=bool), np.array(draw(common), dtype=np.int64))


def one_by_one(bucket: Bucket) -> list[BulkComparison]:
    """The comparisons of a bucket, put together from its matches one after the other."""
    rows, ends = bucket.matches.rows, np.cumsum(bucket.matches.rows["edits"])
    tiers = tiers_of(rows, OPTIONS)
    numbers = range(len(rows))
    found = []
    for (left, right), group in groupby(numbers, lambda at: (rows["left_document"][at], rows["right_document"][at])):
        own = list(group)
        sides: list[list[list[int]]] = [[], []]
        for at in own:
            runs = sides[bool(bucket.formula[at])]
            if runs and _follows(rows[runs[-1][-1]], rows[at]):
                runs[-1].append(at)
            else:
                runs.append([at])
        if not sides[0]:
            continue
        passages, formula = (
            tuple(_passage([rows[at] for at in run], run, bucket, ends, tiers) for run in runs) for runs in sides
        )
        shared = [sum(one.characters[side] for one in passages) for side in (0, 1)]
        both = sum(shared) / 2
        found.append(
            BulkComparison(
                f"{left}#1", f"{right}#1", f"题{left}", f"题{right}", shared[0] / COUNTABLE, shared[1] / COUNTABLE,
                both / max(2 * COUNTABLE - both, 1), passages, formula,
            )
        )  # fmt: skip
    return found


def _follows(earlier: Any, later: Any) -> bool:
    return all(earlier[f"{side}_counted_end"] == later[f"{side}_counted"] for side in ("left", "right"))


def _passage(run: list[Any], numbers: list[int], bucket: Bucket, ends: Any, tiers: Any) -> BulkPassage:
    first, last = run[0], run[-1]
    similarity = float(first["similarity"])
    if len(run) > 1:
        lengths = [int(one["left_length"]) + int(one["right_length"]) for one in run]
        parts = [float(one["similarity"]) * n for one, n in zip(run, lengths, strict=True)]
        similarity = reduce(add, parts) / sum(lengths)  # from 3.12 on sum() adds more exactly
    stretches = [slice(ends[at] - one["edits"], ends[at]) for at, one in zip(numbers, run, strict=True)]
    edits = np.concatenate([bucket.matches.edits[stretch] for stretch in stretches])
    return BulkPassage(
        left=Span(int(first["left"]), int(last["left_end"])),
        right=Span(int(first["right"]), int(last["right_end"])),
        similarity=similarity,
        tier=TIERS[max(tiers[at] for at in numbers)],
        left_paragraphs=_touched(first["left"], last["left_end"]),
        right_paragraphs=_touched(first["right"], last["right_end"]),
        longest_run=_longest([(int(one["longest"]), tiers[at] == 0) for at, one in zip(numbers, run, strict=True)]),
        commonness=max(int(bucket.commonness[at]) for at in numbers),
        edits=[(KINDS[kind], *spans) for kind, *spans in edits.tolist()],
        characters=tuple(int(last[f"{side}_counted_end"] - first[f"{side}_counted"]) for side in ("left", "right")),  # type: ignore[arg-type]
    )


def _longest(runs: list[tuple[int, bool]]) -> int:
    """The longest of some runs, of which those that are verbatim go on in the next."""
    best = held = 0
    for length, verbatim in runs:
        held = held + length if verbatim else 0
        best = max(best, length, held)
    return best


def _touched(start: int, end: int) -> list[int]:
    return [n for n in range(10) if start < n * 11 + 10 and end > n * 11]


def on_disk(bucket: Bucket, folder: Path) -> ComparisonsOnDisk:
    """The same in a working folder, as the only bucket."""
    bucket.matches.write(folder / "matches-0")
    np.save(folder / "paragraphs.npy", PARAGRAPHS)
    ids, titles = [f"{at}#1" for at in range(DOCUMENTS)], [f"题{at}" for at in range(DOCUMENTS)]
    named = Named([], [], {}, DOCUMENTS, ids, titles, [], [], [])
    pairs, reuse = PairReuse(*[NOTHING] * 5), DocumentReuse(*[NOTHING] * 6)
    assembled = Assembled(bucket.commonness, bucket.formula, pairs, reuse, np.array([0, len(bucket.formula)]))
    return ComparisonsOnDisk(folder, np.full(DOCUMENTS, COUNTABLE), named, assembled, OPTIONS)


@given(buckets())
def test_columns_come_to_what_matches_do(bucket: Bucket) -> None:
    """Every comparison with its passages, formula and edits; and of some, those asked for in the order asked for."""
    expected = one_by_one(bucket)
    with TemporaryDirectory() as folder:
        disk = on_disk(bucket, Path(folder))
        assert [one for _, _, one in disk.one_by_one(disk.of(0))] == expected
        some = expected[::-2]
        places = [(0, int(one.left[0]), int(one.right[0])) for one in some]
        assert list(disk.each(places)) == some


@given(buckets())
def test_lines_hold_what_views_are_given(bucket: Bucket) -> None:
    """A line of JSON for each comparison, with and without compiled functions."""
    with TemporaryDirectory() as folder:
        found = on_disk(bucket, Path(folder)).of(0)
    ids = Texts.of_names(f"{at}#1" for at in range(DOCUMENTS))
    lines = comparison_lines(found, ids, FORMS).each()
    with without():
        assert comparison_lines(found, ids, FORMS).each() == lines
    expected = one_by_one(bucket)
    for line, one in zip(lines, expected, strict=True):
        told = json.loads(line)
        assert line.endswith(b"}\n")
        assert (told["type"], told["left"], told["right"]) == ("comparison", one.left, one.right)
        assert [told[name] for name in ("left_reuse", "right_reuse", "resemblance")] == [
            round(ratio, 6) for ratio in (one.left_reuse, one.right_reuse, one.resemblance)
        ]
        assert told["passages"] == [_record(passage) for passage in one.passages]
        assert told["formula"] == [_record(passage) for passage in one.formula]


def _record(passage: BulkPassage) -> dict[str, object]:
    return {
        "left": list(passage.left), "right": list(passage.right), "similarity": round(passage.similarity, 6),
        "tier": passage.tier, "left_paragraphs": passage.left_paragraphs, "right_paragraphs": passage.right_paragraphs,
        "longest_run": passage.longest_run, "commonness": passage.commonness,
        "kinds": sorted({kind for kind, *_ in passage.edits}),
        "edits": [
            {"kind": kind, "left": [i, i_end], "right": [j, j_end]} for kind, i, i_end, j, j_end in passage.edits
        ],
    }  # fmt: skip


def test_every_character_is_escaped_as_json_has_it() -> None:
    """Among others and alone, whether all are plain or one is not."""
    every = [chr(code) for code in range(0x110000)]
    plain = [character for character in every if quoted(character)[1:-1] == character]
    assert escaped(plain) == [character.encode() for character in plain]
    assert escaped(["\n", ""]) == [b"\\n", b""]
    assert escaped([]) == []
    others = sorted(set(every) - set(plain))
    for character in others:
        assert escaped(["题", character]) == ["题".encode(), quoted(character)[1:-1].encode()]


@given(
    st.lists(
        st.builds(
            BulkFile,
            path=st.text(max_size=5) | st.sampled_from(["a/甲", 'a/"\\', "a/\n\u202e\ud800"]),
            reason=st.sampled_from(["", "empty"]),
            message=st.sampled_from(["", "行 1"]),
            state=st.sampled_from([None, "error", "skipped"]),
            format=st.sampled_from(["", "json-line", "text"]),
            encoding=st.sampled_from(["", "utf-8"]),
            replaced=st.integers(0, 3),
            characters=st.integers(0, 10**9),
            sha256=st.sampled_from(["", "0a" * 32]),
            warnings=st.sampled_from(
                [(), (Reservation("duplicate-id", "行", None),), (Reservation("x", "y", Span(1, 2)),)]
            ),
        ),
        max_size=5,
    )
)
def test_lines_of_files_are_those_of_each(files: list[BulkFile]) -> None:
    """Whether nothing is to be said of a file or much: a line as the encoder makes it."""
    assert file_lines(files) == b"".join(map(file_line, files))
    assert [json.loads(line)["path"] for line in file_lines(files).splitlines()] == [file.path for file in files]


@given(st.lists(st.lists(st.integers(0, 9), max_size=6), min_size=1, max_size=6), st.data())
def test_paragraphs_are_looked_up_in_their_document_alone(documents: list[list[int]], drawn: st.DataObject) -> None:
    """As a search among all of them would say, for documents with none, one and many."""
    edges = np.array([at << 32 | edge for at, own in enumerate(documents) for edge in sorted(own)], dtype=np.int64)
    firsts = np.concatenate(([0], np.cumsum([len(own) for own in documents])))
    asked = drawn.draw(st.lists(st.tuples(st.integers(0, len(documents) - 1), st.integers(0, 10)), max_size=8))
    at, offsets = np.array(asked, dtype=np.int64).reshape(-1, 2).T
    wanted = at << 32 | offsets
    found = positions(edges, firsts[at], firsts[at + 1], wanted)
    assert found.tolist() == np.searchsorted(edges, wanted).tolist()
