"""Two names -> ScanResult of two documents with their one comparison: what `kejidiff show` looks at."""

import os
from collections.abc import Sequence

from kejidiff.errors import UsageError
from kejidiff.model import ScanResult, SourceText
from kejidiff.options import ScanOptions
from kejidiff.pipeline.compare import Comparer
from kejidiff.pipeline.names import Named, find_documents_named
from kejidiff.pipeline.scan import Advance, assembled
from kejidiff.pipeline.stock import found_in_stock, read_stock


def show(
    left: str,
    right: str,
    *,
    within: str | os.PathLike[str] | None = None,
    options: ScanOptions | None = None,
    stock: Sequence[str | os.PathLike[str]] = (),
    advance: Advance | None = None,
) -> ScanResult:
    """Compare two documents; `comparisons` holds exactly one, empty where they share nothing.

    Names are looked up `within` a file or folder (see `names`). What is rare is judged by the background and these two
    alone, so a run that a scan of many files counts as formula may be part of a passage here.
    `stock` as for `scan`; a stock file that is one of the two is left out of it.
    UsageError: `no-match`, `ambiguous`, `same-document`. NotReadError: a file that is named cannot be read.
    """
    options = options or ScanOptions()
    found = find_documents_named((left, right), within, options)
    if found[0].document.id == found[1].document.id:
        advice = f"it is {found[0].document.id}"
        raise UsageError(f"{left}, {right}", "both names mean one report", advice, "same-document")
    ordered = sorted(found, key=lambda named: (named.document.path, named.document.ordinal))
    comparer = Comparer([named.document for named in ordered], _texts(ordered), options)
    if advance is not None:
        advance("align", 0, 1)
    comparison = comparer.compare(0, 1)
    files: dict[str, SourceText] = {named.source.path: named.source for named in ordered}
    given = read_stock([os.fspath(path) for path in stock], (left, right), options)
    others = given.but(source.location for source in files.values())
    return assembled(
        tuple(files.values()),
        comparer,
        [comparison],
        (left, right),
        keep_empty=True,
        given=others,
        from_stock=found_in_stock(comparer.documents, comparer.texts, others.sources, options),
    )


def _texts(found: Sequence[Named]) -> dict[str, str]:
    return {named.source.path: named.source.text for named in found}
