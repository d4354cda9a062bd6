"""CheckResult -> the record `kejidiff.check/1`, and lines of JSON: that of a scan, with verdicts, limits, exceptions.

The same rules as in `records`: fields may join, none is ever renamed. A saved record is a baseline for later checks.
"""

from collections.abc import Iterator

from kejidiff.model import Metadata, ReuseStats
from kejidiff.model.check import CheckResult, DraftCheck, IgnoreEntry, Judged, RankedSource
from kejidiff.view.concerns import Concern, concerns
from kejidiff.view.json_text import Record, line
from kejidiff.view.records import PLACES, scan_record
from kejidiff.view.verdict import entry_use


def check_record(result: CheckResult) -> Record:
    """The whole check as one record."""
    whole = scan_record(result.scan)
    used = entry_use(result)
    return {
        **whole,
        "schema": "kejidiff.check/1",
        "complete": result.complete,
        "verdict": result.verdict,
        "limits": {
            "total": round(result.limits.total, PLACES),
            "single": round(result.limits.single, PLACES),
            "run": result.limits.run,
        },
        "own": list(result.own),
        "fail_on": result.fail_on,
        "baseline": result.baseline,
        "today": result.today or None,
        "compared": result.compared,
        "in_library": result.in_library,
        "itself": list(result.itself),
        "by_runs": list(result.looked_at.listed),
        "ignore": [
            {**_entry(entry), "expired": at in result.expired, "passages": used.get(at, 0)}
            for at, entry in enumerate(result.ignore)
        ],
        "drafts": [_draft(result, draft) for draft in result.drafts],
        "metadata": [_metadata(path, result.metadata[path]) for path in sorted(result.metadata)],
    }


def check_jsonl(result: CheckResult) -> Iterator[str]:
    """Lines of JSON, each with its newline and a `type`: `check` once, then `file`, `draft`, `document`, `comparison`,
    `stock_source`, one each."""
    whole = check_record(result)
    listed = ("files", "drafts", "documents", "comparisons", "stock_sources")
    rest = ("clusters", "substitutions", "figures", "stock_phrases")
    yield line({"type": "check", **{key: value for key, value in whole.items() if key not in (*listed, *rest)}})
    for key in listed:
        for record in whole[key]:
            yield line({"type": key.removesuffix("s"), **record})


def _draft(result: CheckResult, draft: DraftCheck) -> Record:
    return {
        "path": draft.path,
        "document": draft.document or None,
        "verdict": draft.verdict,
        "exceeded": list(draft.exceeded),
        "reasons": list(draft.reasons),
        "warnings": list(draft.warnings),
        "looked_at": result.looked_at.documents.get(draft.document, 0),
        "reuse": _figures(draft.stats),
        "without_own": _figures(draft.without_own) if draft.without_own is not None else None,
        "judged": _figures(draft.judged),
        "sources": [_source(source) for source in draft.sources],
        "passages": [_passage(one) for one in draft.passages],
        "to_check": [_concern(one) for one in concerns(result, draft)],
    }


def _figures(stats: ReuseStats) -> Record:
    return {
        "countable": int(stats.countable),
        "reused_characters": int(stats.reused),
        "total": round(stats.total, PLACES),
        "verbatim": round(stats.share(stats.verbatim), PLACES),
        "light": round(stats.share(stats.light), PLACES),
        "rewritten": round(stats.share(stats.rewritten), PLACES),
        "largest_single": round(stats.single, PLACES),
        "longest_run": int(stats.longest_run),
        "stock": round(stats.stock_share, PLACES),
    }


def _source(source: RankedSource) -> Record:
    return {
        "id": source.id,
        "path": source.path,
        "title": source.title,
        "share": round(source.share, PLACES),
        "characters": int(source.characters),
        "relation": list(source.relation),
        "paragraphs": list(source.paragraphs),
        "own": source.own,
    }


def _passage(one: Judged) -> Record:
    return {
        "source": one.source,
        "span": [int(one.span.start), int(one.span.end)],
        "source_span": [int(one.source_span.start), int(one.source_span.end)],
        "tier": one.passage.tier,
        "digest": one.digest,
        "standing": one.standing,
        "known": one.known,
        "entry": one.entry if one.entry >= 0 else None,
    }


def _concern(one: Concern) -> Record:
    return {
        "kind": one.kind,
        "span": [int(one.span.start), int(one.span.end)] if one.span else None,
        "paragraph": one.number,
        "source": one.source or None,
        "source_paragraph": one.origin,
        "own": one.own or None,
        "figures": one.figures if one.kind == "figures" else None,
    }


def _entry(entry: IgnoreEntry) -> Record:
    return {
        "source": entry.source or None,
        "text": entry.text or None,
        "reason": entry.reason,
        "owner": entry.owner,
        "expires": entry.expires,
    }


def _metadata(path: str, known: Metadata) -> Record:
    return {"path": path, **known._asdict(), "tags": list(known.tags)}
