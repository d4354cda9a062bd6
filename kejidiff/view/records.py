"""ScanResult, Explanation -> records that other programs read: `kejidiff.scan/1`, `show/1`, `explain/1`, lines of JSON.

A record holds plain values only (dict, list, str, int, float, bool, None); spans are `[start, end]` in code points of
the original text, ratios fractions with six places. Field names are part of the contract with other programs: fields
may join them, none is ever renamed.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from kejidiff.model import (
    Cluster,
    Comparison,
    Document,
    Edit,
    Exclusion,
    FigureLedger,
    FromStock,
    Passage,
    Repair,
    Reservation,
    ReuseStats,
    ScanResult,
    Skipped,
    SourceText,
    StockPhrase,
    StockSource,
    Substitution,
)
from kejidiff.span import Span
from kejidiff.view.json_text import Given, Record, dumps, line

if TYPE_CHECKING:
    from kejidiff.model.explanation import ChainAccount, Explanation, Holders

__all__ = ["dumps", "explain_record", "file_record", "jsonl", "scan_record", "show_record"]

#: Places kept of a fraction: one character in a document of a million still shows, and the last bits, in which
#: platforms' floating point differs, do not.
PLACES: Final = 6


def scan_record(result: ScanResult) -> Record:
    """The whole scan as one record; pairs that share fragments only are in it where the options ask for fragments."""
    given = _metadata(result)
    return {
        "schema": "kejidiff.scan/1",
        **_origin(result),
        "files": [file_record(file) for file in sorted(result.files, key=lambda file: file.path)],
        "documents": [_document(document, result, given) for document in result.documents],
        "comparisons": [_comparison(comparison) for comparison in _listed(result)],
        "clusters": [_cluster(cluster) for cluster in result.clusters],
        "substitutions": _substitutions(result.substitutions),
        "figures": [_ledger_of(comparison) for comparison in result.comparisons],
        "stock_phrases": [_stock_phrase(phrase) for phrase in result.stock_phrases],
        "stock_sources": [_stock_source(source) for source in result.stock_sources],
    }


def show_record(result: ScanResult, comparison: Comparison) -> Record:
    """One comparison with its two documents and their files, under the names the record of a scan has for them."""
    documents = [result.document(comparison.left), result.document(comparison.right)]
    paths = sorted({document.path for document in documents})
    return {
        "schema": "kejidiff.show/1",
        **_origin(result),
        "files": [file_record(result.source(path)) for path in paths],
        "documents": [_document(document, result, _metadata(result)) for document in documents],
        "comparisons": [_comparison(comparison)],
        "stock_sources": [_stock_source(source) for source in result.stock_sources],
    }


def explain_record(explanation: "Explanation") -> Record:
    """What every stage decided for one pair; bits and evidence with six places, like fractions, but not up to 1."""
    result, candidacy, seeds = explanation.result, explanation.candidacy, explanation.seeds
    whole = show_record(result, explanation.comparison)
    return {
        **whole,
        "schema": "kejidiff.explain/1",
        "within_scan": explanation.within_scan,
        "reading": [
            {"document": document.id, "folded": len(document.folded.text),
             "sentences": max(len(document.folded.breaks) - 1, 0), "median_bits": _fraction(bits)}
            for document, bits in zip(explanation.documents, seeds.bits, strict=True)
        ],
        "candidate": {
            "chosen": candidacy.chosen,
            "family": candidacy.family,
            "shared_fingerprints": _fraction(candidacy.shared),
            "channels": [
                {"name": channel.name, "evidence": _fraction(channel.evidence), "floor": _fraction(channel.floor),
                 "enough": channel.enough}
                for channel in candidacy.channels
            ],
        },
        "seeds": {
            "grams": seeds.grams, "common": seeds.common, "places": seeds.places, "found": seeds.found,
            "runs": seeds.runs, "drowned": seeds.drowned, "alone": seeds.alone, "loose": seeds.loose,
            "chained": seeds.chained,
        },
        "chains": [_chain(chain) for chain in explanation.chains],
        "passages": [
            {"left": _span(passage.left), "right": _span(passage.right),
             "formula": passage in explanation.comparison.formula,
             "chains": [at for at, chain in enumerate(explanation.chains) if chain.passage == number],
             "holders": _holders(holders)}
            for number, (passage, holders) in enumerate(zip(explanation.passages, explanation.holders, strict=True))
        ],
        "stock_phrases": [_stock_phrase(phrase) for phrase in explanation.stock_phrases],
    }  # fmt: skip


def _chain(chain: "ChainAccount") -> Record:
    tie = chain.sentence
    return {
        "left": _span(chain.left),
        "right": _span(chain.right),
        "matched": chain.matched,
        "score": _fraction(chain.score),
        "core": _fraction(chain.core),
        "density": _fraction(chain.density),
        "similarity": _fraction(chain.similarity),
        "founding": chain.founding,
        "sentence": {
            "left": _span(tie.left),
            "right": _span(tie.right),
            "length": tie.length,
            "bits": _fraction(tie.bits),
            "similarity": None if tie.alike is None else _fraction(tie.alike),
        }
        if tie
        else None,
        "fate": chain.fate,
        "passage": chain.passage if chain.passage >= 0 else None,
    }


def _holders(holders: "Holders") -> Record:
    return {
        "families": [list(family) for family in holders.families],
        "needed": holders.needed,
        "share": _fraction(holders.share),
        "kin": holders.kin,
    }


def jsonl(result: ScanResult) -> Iterator[str]:
    """Lines of JSON, each with its newline and a `type`: `scan` (schema, tool, completeness, options) once, then
    `file`, `document`, `comparison` and `stock_source`, one each."""
    whole = scan_record(result)
    head = {key: whole[key] for key in ("schema", "tool", "complete", "options")}
    yield line({"type": "scan", **head})
    for key in ("files", "documents", "comparisons", "stock_sources"):
        for record in whole[key]:
            yield line({"type": key.removesuffix("s"), **record})


def _origin(result: ScanResult) -> Record:
    return {
        "tool": {"name": "kejidiff", "version": result.version},
        "complete": result.complete,
        "options": result.options.as_record(),
    }


def _listed(result: ScanResult) -> tuple[Comparison, ...]:
    return result.comparisons + (result.fragments_only if result.options.fragments else ())


def file_record(file: SourceText | Skipped) -> Record:
    """A file as every record holds it."""
    if isinstance(file, Skipped):
        return file_fields(file.path, file.state, file.reason, file.message)
    first = file.warnings[0] if file.warnings else None
    return file_fields(
        file.path,
        "read",
        first.reason if first else None,
        first.message if first else None,
        file.format,
        file.encoding or None,
        file.replaced,
        len(file.text),
        file.sha256 or None,
        file.warnings,
    )


def file_fields(
    path: str,
    state: str,
    reason: str | None,
    message: str | None,
    form: str | None = None,
    encoding: str | None = None,
    replaced: int = 0,
    characters: int = 0,
    sha256: str | None = None,
    warnings: Iterable[Reservation] = (),
) -> Record:
    """What is told of a file, in the order of a record."""
    return {
        "path": path,
        "state": state,
        "reason": reason,
        "message": message,
        "format": form,
        "encoding": encoding,
        "replaced": replaced,
        "characters": characters,
        "sha256": sha256,
        "warnings": [
            {"reason": warning.reason, "message": warning.message}
            | ({"span": _span(warning.span)} if warning.span else {})
            for warning in warnings
        ],
    }


def _document(document: Document, result: ScanResult, given: Mapping[str, bytes]) -> Record:
    stats = result.stats.get(document.id, ReuseStats(document.countable))
    return {
        "id": document.id,
        "path": document.path,
        "ordinal": document.ordinal,
        "title": document.title,
        "span": _span(document.span),
        "countable": document.countable,
        "script": document.script,
        "years": list(document.years),
        "places": list(document.places),
        "excluded": exclusions(document.excluded),
        "repaired": repairs(document.repaired),
        "paragraphs": _spans(paragraph.span for paragraph in document.paragraphs),
        "paragraph_numbers": [paragraph.number for paragraph in document.paragraphs],
        "reuse": _reuse(stats),
        "from_stock": [_from_stock(found) for found in result.from_stock.get(document.id, ())],
        **({"metadata": Given(json.loads(metadata))} if (metadata := given.get(document.path)) else {}),
    }


def exclusions(holes: Iterable[Exclusion]) -> list[Record]:
    """What counts in no ratio, and why."""
    return [{"span": _span(hole.span), "reason": hole.reason} for hole in holes]


def repairs(found: Iterable[Repair]) -> list[Record]:
    """Damage, and how it is read."""
    return [
        {"span": _span(one.span), "reason": one.reason, "text": one.text, "guessed": _spans(one.guessed)}
        for one in found
    ]


def _metadata(result: ScanResult) -> dict[str, bytes]:
    """By path: what an archive holds of a document beside its text and id, where it holds anything."""
    return {file.path: file.metadata for file in result.files if isinstance(file, SourceText) and file.metadata}


def _reuse(stats: ReuseStats) -> Record:
    return {
        "total": _fraction(stats.total),
        "verbatim": _fraction(stats.share(stats.verbatim)),
        "light": _fraction(stats.share(stats.light)),
        "rewritten": _fraction(stats.share(stats.rewritten)),
        "largest_single": _fraction(stats.single),
        "longest_run": int(stats.longest_run),
        "stock": _fraction(stats.stock_share),
        "reused_characters": int(stats.reused),
        "stock_characters": int(stats.stock),
    }


def _comparison(comparison: Comparison) -> Record:
    direction, alignment = comparison.direction, comparison.alignment
    return {
        "left": comparison.left,
        "right": comparison.right,
        "left_reuse": _fraction(comparison.left_reuse),
        "right_reuse": _fraction(comparison.right_reuse),
        "resemblance": _fraction(comparison.resemblance),
        "direction": {
            "source": direction.source,
            "confidence": _fraction(direction.confidence),
            "evidence": list(direction.evidence),
        },
        "relation": list(comparison.relation),
        "findings": list(comparison.findings),
        "left_overs": [
            {"kind": one.kind, "side": one.side, "span": _span(one.span), "origin": _span(one.origin)}
            for one in comparison.left_overs
        ],
        "mistakes": [
            {"left": _span(slip.left), "right": _span(slip.right), "expected": slip.expected}
            for slip in comparison.mistakes
        ],
        "passages": [_passage(passage) for passage in alignment.passages],
        "formula": [_passage(passage) for passage in comparison.formula],
        "pairs": [
            {"left": pair.left, "right": pair.right, "similarity": _fraction(pair.similarity), "tier": pair.tier,
             "moved": pair.moved}
            for pair in alignment.pairs
        ],
        "fragments": [
            {"left": _span(piece.left), "right": _span(piece.right), "length": piece.length}
            for piece in alignment.fragments
        ],
        "substitutions": _substitutions(comparison.substitutions),
        "figures": _ledger(comparison.figures),
    }  # fmt: skip


def _passage(passage: Passage) -> Record:
    return {
        "left": _span(passage.left),
        "right": _span(passage.right),
        "similarity": _fraction(passage.similarity),
        "tier": passage.tier,
        "left_paragraphs": list(passage.left_paragraphs),
        "right_paragraphs": list(passage.right_paragraphs),
        "longest_run": int(passage.longest_run),
        "commonness": int(passage.commonness),
        "kinds": list(passage.kinds),
        "edits": [_edit(edit) for edit in passage.edits],
    }


def _edit(edit: Edit) -> Record:
    return {"kind": edit.kind, "left": _span(edit.left), "right": _span(edit.right)}


def _cluster(cluster: Cluster) -> Record:
    return {"members": list(cluster.members), "representative": cluster.representative}


def _substitutions(substitutions: Iterable[Substitution]) -> list[Record]:
    return [
        {"left": word.left, "right": word.right, "count": word.count, "pairs": word.pairs} for word in substitutions
    ]


def _ledger(figures: FigureLedger) -> Record:
    return {
        "same": figures.same,
        "changed": figures.changed,
        "masked": figures.masked,
        "changes": [
            {"left": _span(change.left), "right": _span(change.right), "kind": change.kind,
             "left_sentence": _span(change.left_sentence), "right_sentence": _span(change.right_sentence)}
            for change in figures.changes
        ],
    }  # fmt: skip


def _ledger_of(comparison: Comparison) -> Record:
    return {"left": comparison.left, "right": comparison.right, **_ledger(comparison.figures)}


def _stock_phrase(phrase: StockPhrase) -> Record:
    return {
        "text": phrase.text,
        "documents": phrase.documents,
        "spans": [{"document": document_id, "span": _span(span)} for document_id, span in phrase.spans],
    }


def _stock_source(source: StockSource) -> Record:
    return {
        **file_record(source.file),
        "documents": [
            {"id": document.id, "title": document.title, "span": _span(document.span), "countable": document.countable}
            for document in source.documents
        ],
    }


def _from_stock(found: FromStock) -> Record:
    return {
        "source": found.source,
        "reuse": _fraction(found.reuse),
        "passages": [_passage(passage) for passage in found.passages],
    }


def _span(span: Span) -> list[int]:
    return [int(span.start), int(span.end)]


def _spans(spans: Iterable[Span]) -> list[list[int]]:
    return [_span(span) for span in spans]


def _fraction(share: float) -> float:
    return round(float(share), PLACES)
