"""Documents and comparisons -> lines in the working folder, and an index to those of comparisons.

What a line looks like is a view's to say: it comes as templates of columns, and as functions for what is rare.
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from kejidiff.align.unit_edits import KINDS
from kejidiff.model.bulk import LineForms, Renderer
from kejidiff.pipeline.bulk.comparisons import TIERS, Comparisons, ComparisonsOnDisk
from kejidiff.pipeline.bulk.documents import Documents, DocumentsOnDisk, TextsOnDisk
from kejidiff.pipeline.bulk.filling import SEPARATOR, Texts, counted, filled
from kejidiff.pipeline.bulk.passages import Passages
from kejidiff.pipeline.bulk.spill import write_arrays, write_raw

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kejidiff.pipeline.bulk.filling import Column

    Ints = NDArray[np.int64]

#: Of a comparison: its greater ratio, the numbers of its documents, how many passages it has, and in which bucket's
#: files its lines are.
INDEX: Final = np.dtype([("reuse", "<f8"), ("left", "<u4"), ("right", "<u4"), ("passages", "<u4"), ("bucket", "<u4")])


def write_documents(piece: int, documents: DocumentsOnDisk, forms: LineForms, folder: Path) -> None:
    """Lines of a piece's files and documents."""
    files, found = documents.of(piece)
    write_raw(folder / f"file-lines-{piece}", np.frombuffer(forms.files(files), dtype=np.uint8))
    write_raw(folder / f"document-lines-{piece}", document_lines(found, forms).data)


def document_lines(found: Documents, forms: LineForms) -> Texts:
    """A line for each, one after the other."""
    own = [one.own for one in found.owned]
    ordinals = np.array([one.ordinal for one in own], dtype=np.int64)
    paths = Texts.of(forms.escaped([one.path for one in found.owned]))
    starts, ends = found.paragraphs.T
    spans = filled(forms.span + SEPARATOR, {"start": starts, "end": ends}, len(starts), forms.places)
    titled = np.array([one.titled for one in own], dtype=bool)
    firsts = np.where(titled, 0, 1)
    lasts = firsts + found.own[:, 1] - found.own[:, 0]
    columns: dict[str, Column] = {
        "id": ids_of(paths, ordinals),
        "path": paths,
        "ordinal": ordinals,
        "title": Texts.of(forms.escaped([one.title for one in own])),
        "start": found.start,
        "end": found.end,
        "countable": found.countable,
        "script": Texts.of_names(found.script),
        "excluded": Texts.of([forms.excluded(one.excluded) if one.excluded else b"" for one in own]),
        "repaired": Texts.of([forms.repaired(one.repaired) if one.repaired else b"" for one in own]),
        "paragraphs": spans.lists(*found.own.T),
        "numbers": counted(int(lasts.max(initial=0))).lists(firsts, lasts),
        "metadata": Texts.of([forms.metadata(one.metadata) if one.entry.metadata else b"" for one in found.owned]),
    }
    return filled(forms.document, columns | _reuse(found), len(own), forms.places)


def _reuse(found: Documents) -> "dict[str, Column]":
    """Counts, and what share each is of the countable characters, as of `ReuseStats`."""
    counts = {**found.reuse._asdict(), "reused": np.sum(found.reuse[:3], axis=0)}
    whole = np.maximum(found.countable, 1)  # of none there are none
    return counts | {f"{name}_share": count / whole for name, count in counts.items() if name != "longest_run"}


def ids_of(paths: Texts, ordinals: "Ints") -> Texts:
    """Of documents, from the paths of their files as they stand in a line, and from their numbers in these."""
    return filled(b"%(path)b#%(ordinal)d", {"path": paths, "ordinal": ordinals}, len(ordinals), 1)


def write_comparisons(
    bucket: int,
    comparisons: ComparisonsOnDisk,
    ids: Texts,
    render: Renderer,
    texts: TextsOnDisk | None,
    folder: Path,
) -> None:
    """Lines of a bucket's comparisons, and the index to them. `ids`: of all documents, as they stand in JSON."""
    found = comparisons.of(bucket)
    lines = [comparison_lines(found, ids, render.forms)]
    if render.row is not None and texts is not None:
        own = comparisons.one_by_one(found)
        lines.append(Texts.of([render.row(one, texts.of(left), texts.of(right)) for left, right, one in own]))
    for kind, written in zip(render.kinds, lines, strict=True):
        write_raw(folder / f"{kind}-lines-{bucket}", written.data)
    index = np.zeros(len(found.left), dtype=INDEX)
    index["reuse"] = np.maximum(found.left_reuse, found.right_reuse)
    index["left"], index["right"], index["bucket"] = found.left, found.right, bucket
    index["passages"] = found.own[:, 1] - found.own[:, 0]
    write_arrays(folder / f"index-{bucket}", [index, np.stack([written.ends for written in lines], axis=1)])


def comparison_lines(found: Comparisons, ids: Texts, forms: LineForms) -> Texts:
    """A line for each, one after the other."""
    passages = _passages(found.passages, found.edits, forms)
    columns: dict[str, Column] = {
        "left": ids.at(found.left),
        "right": ids.at(found.right),
        "left_reuse": found.left_reuse,
        "right_reuse": found.right_reuse,
        "resemblance": found.resemblance,
        "passages": passages.lists(*found.own.T),
        "formula": passages.lists(*found.formula.T),
    }
    return filled(forms.comparison, columns, len(found.left), forms.places)


def _passages(found: Passages, edits: "NDArray[np.int32]", forms: LineForms) -> Texts:
    """Each with the separator of a list behind it."""
    kinds, *spans = edits.T
    edit: dict[str, Column] = {"kind": Texts.of_names(KINDS).at(kinds)}
    edit.update(zip(("left", "left_end", "right", "right_end"), spans, strict=True))
    written = filled(forms.edit + SEPARATOR, edit, len(edits), forms.places)
    numbers = counted(max(int(own.max(initial=0)) for own in (found.left_paragraph_end, found.right_paragraph_end)))
    passage: dict[str, Column] = found._asdict() | {
        "tier": Texts.of_names(TIERS).at(found.tier),
        "left_paragraphs": numbers.lists(found.left_paragraph, found.left_paragraph_end),
        "right_paragraphs": numbers.lists(found.right_paragraph, found.right_paragraph_end),
        "kinds": _kinds(forms.kind).at(_kinds_among(kinds, found.edits)),
        "edits": written.lists(*found.edits.T),
    }
    return filled(forms.passage + SEPARATOR, passage, len(found.left), forms.places)


def _kinds_among(kinds: "NDArray[np.int32]", stretches: "Ints") -> "Ints":
    """Which kinds of edits there are in each stretch of them: bit K for kind K."""
    found = np.zeros(len(stretches), dtype=np.int64)
    some = stretches[:, 0] < stretches[:, 1]
    if some.any():  # stretches follow one another, but for reduceat none may be empty
        found[some] = np.bitwise_or.reduceat(1 << kinds.astype(np.int64), stretches[some, 0])
    return found


@cache
def _kinds(form: bytes) -> Texts:
    """Lists of kinds, in alphabetical order, by what `_kinds_among` gives."""
    lists = [sorted(kind for at, kind in enumerate(KINDS) if found >> at & 1) for found in range(1 << len(KINDS))]
    every = [kind for own in lists for kind in own]
    ends = np.cumsum([len(own) for own in lists])
    written = filled(form + SEPARATOR, {"kind": Texts.of_names(every)}, len(every), 1)
    return written.lists(ends - [len(own) for own in lists], ends)
