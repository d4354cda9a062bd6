"""Files of a scan that never was -> its result: the texts are written to a folder of their own and scanned as any are.

The background table can be another one than the shipped: see `use_tables`.
"""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import kejidiff.background.table as table_module
from kejidiff.background.grams import ORDERS, GramTable, gram_keys
from kejidiff.background.table import background, unpacked
from kejidiff.model import Comparison, Passage, ScanResult, SourceText
from kejidiff.options import ScanOptions
from kejidiff.pipeline.scan import scan
from kejidiff.text.documents import find_documents
from kejidiff.text.fold import codes_of
from quality.pairs import Labels
from quality.plagdet import Match

Tables = tuple[GramTable, GramTable, GramTable]
_SHIPPED = background
_BUILD = Path(__file__).resolve().parent.parent / "background" / "build.py"


def scanned(files: Mapping[str, str], options: ScanOptions | None = None) -> ScanResult:
    """The result of a scan of these texts by file name."""
    with TemporaryDirectory(prefix="kejidiff-quality-") as folder:
        for name, text in files.items():
            (Path(folder) / name).write_text(text, encoding="utf-8", newline="")
        return scan([folder], options)


def file_of(document_id: str) -> str:
    """`b.txt#1` -> `b.txt`."""
    return document_id.rpartition("#")[0]


def comparisons_of(result: ScanResult, labels: Labels) -> list[tuple[Comparison, bool]]:
    """Those of the two files, with or without passages; True where the derived text is the left one."""
    wanted = {(labels.susp, labels.src): True, (labels.src, labels.susp): False}
    compared = [*result.comparisons, *result.fragments_only]
    keys = [(file_of(one.left), file_of(one.right)) for one in compared]
    return [(one, wanted[key]) for one, key in zip(compared, keys, strict=True) if key in wanted]


def detections(result: ScanResult, labels: Labels) -> list[Match]:
    """The passages of the two files, derived text first."""
    return [match_of(passage, turned) for one, turned in comparisons_of(result, labels) for passage in one.passages]


def match_of(passage: Passage, left_is_susp: bool) -> Match:
    """A passage with the derived text's side first."""
    return Match(passage.left, passage.right) if left_is_susp else Match(passage.right, passage.left)


def use_tables(tables: Tables) -> None:
    """Have every module of this process that asks for the background get these tables."""
    current = table_module.background

    def replaced() -> Tables:
        return tables

    for name, module in list(sys.modules.items()):
        if name.startswith("kejidiff.") and getattr(module, "background", None) is current:
            vars(module)["background"] = replaced


def half_table(folder: Path, half: int) -> Tables:
    """The table that the project's script builds from one half of a folder."""
    with TemporaryDirectory(prefix="kejidiff-quality-") as place:
        output = Path(place) / "half.npz"
        command = [sys.executable, str(_BUILD), str(folder), "--half", str(half), "--output", str(output)]
        environment = {**os.environ, "PYTHONPATH": str(_BUILD.parents[2])}
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
        return unpacked(output.read_bytes())


def without(sources: Sequence[SourceText]) -> Tables:
    """The shipped tables with the counts of these texts taken out (as far as the tables kept them)."""
    codes = [codes_of(document.folded.text) for source in sources for document in find_documents(source)]
    ones, twos, threes = (
        _less(table, [GramTable.of(gram_keys(own, order)) for own in codes])
        for table, order in zip(_SHIPPED(), ORDERS, strict=True)
    )
    return ones, twos, threes


def _less(table: GramTable, others: Sequence[GramTable]) -> GramTable:
    counts = table.counts - GramTable.total(others).count(table.keys)
    return GramTable(table.keys, counts.clip(min=0))
