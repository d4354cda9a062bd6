"""An ordinary result -> that of a large scan which holds it as what leads, for the tests of its views."""

from dataclasses import replace

from kejidiff.model import Alignment, Comparison, Direction, Document, FigureLedger, Passage, ScanResult, Skipped
from kejidiff.model.bulk import BulkComparison, BulkDocument, BulkPassage, BulkResult, BulkTotals, Lead

#: Documents, pairs and the like of the scan beyond those that lead.
BEYOND = 1_000


def large(scan: ScanResult, **known: object) -> BulkResult:
    """A scan of a thousand documents and pairs more, with `scan`, less what no large scan finds, as its extract."""
    reused = sorted(
        (one for one in scan.documents if scan.stats[one.id].reused), key=lambda one: -scan.stats[one.id].total
    )
    others = [one for one in scan.documents if one not in reused]
    extract = replace(
        scan,
        documents=(*reused, *others),
        comparisons=tuple(map(_plain, scan.comparisons)),
        substitutions=(),
        stock_phrases=(),
        fragments_only=(),
    )
    unread = tuple(file for file in scan.files if isinstance(file, Skipped))
    lead = Lead(tuple(_document(one, scan) for one in reused), tuple(map(_comparison, extract.comparisons)), extract)
    made = {
        "version": scan.version,
        "options": scan.options,
        "totals": BulkTotals(
            read=len(scan.files) - len(unread) + BEYOND, skipped=len(unread), failed=0,
            documents=len(scan.documents) + BEYOND, recycled=len(reused) + 90, countable=1_234_567, reused=98_765,
            comparisons=len(scan.comparisons) + BEYOND, passages=2_345,
        ),
        "unopened": (),
        "unread": unread,
        "reserved": (),
        "shares": None,
        "clusters": scan.clusters,
        "complete": scan.complete,
        "lead": lambda: lead,
    }  # fmt: skip
    return BulkResult(**(made | known))  # type: ignore[arg-type]


def _plain(found: Comparison) -> Comparison:
    return found._replace(
        alignment=Alignment(found.passages),
        direction=Direction(),
        relation=(),
        findings=(),
        substitutions=(),
        figures=FigureLedger(),
        formula=(),
        formula_pairs=(),
        left_overs=(),
        mistakes=(),
    )


def _document(found: Document, scan: ScanResult) -> BulkDocument:
    paragraphs = [list(paragraph.span) for paragraph in found.paragraphs]
    return BulkDocument(
        found.id, found.path, found.ordinal, found.title, found.span, found.countable, found.script, paragraphs,
        stats=scan.stats[found.id],
    )  # fmt: skip


def _comparison(found: Comparison) -> BulkComparison:
    passages = tuple(map(_passage, found.passages))
    return BulkComparison(
        found.left,
        found.right,
        found.left,
        found.right,
        found.left_reuse,
        found.right_reuse,
        found.resemblance,
        passages,
    )


def _passage(found: Passage) -> BulkPassage:
    edits = [(edit.kind, *edit.left, *edit.right) for edit in found.edits]
    return BulkPassage(
        found.left, found.right, found.similarity, found.tier, list(found.left_paragraphs),
        list(found.right_paragraphs), found.longest_run, found.commonness, edits,
        (found.left.length, found.right.length),
    )  # fmt: skip
