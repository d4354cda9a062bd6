"""Finds recycled text in Chinese reports.

    >>> import kejidiff
    >>> result = kejidiff.scan(["seeds"])
    >>> for comparison in result.comparisons:
    ...     print(comparison.left, comparison.right, f"{comparison.left_reuse:.3f}")

`scan` compares every document with every other, `show` two of them; both return a `ScanResult`. `scan_large` does it
paragraph by paragraph, for collections of any size, and gives a `BulkResult` inside a `with`. `check` holds drafts
against what was published before and gives a `CheckResult`. `explain` says what each stage decided for a pair, as an
`Explanation`; `dedup` what to keep of a corpus, as a `DedupResult`. A `Library` keeps documents in one file. Nothing is
imported before it is asked for: `import kejidiff` costs a millisecond.
"""

from typing import TYPE_CHECKING, Any

from kejidiff.version import __version__

if TYPE_CHECKING:
    from kejidiff.errors import KejidiffError, UsageError
    from kejidiff.large import scan_large
    from kejidiff.model import Comparison, Document, Passage, ReuseStats, ScanResult, Skipped, SourceText
    from kejidiff.model.bulk import BulkResult
    from kejidiff.model.check import CheckResult, Limits
    from kejidiff.model.dedup import DedupResult
    from kejidiff.model.explanation import Explanation
    from kejidiff.options import AlignOptions, JsonLines, ScanOptions, SketchParams
    from kejidiff.pipeline.check import check
    from kejidiff.pipeline.dedup import dedup
    from kejidiff.pipeline.explain import explain
    from kejidiff.pipeline.library import Library
    from kejidiff.pipeline.scan import scan, source_text
    from kejidiff.pipeline.show import show
    from kejidiff.span import Span

_HOMES = {
    "AlignOptions": "options", "BulkResult": "model.bulk", "CheckResult": "model.check", "Comparison": "model",
    "DedupResult": "model.dedup", "Document": "model", "Explanation": "model.explanation", "JsonLines": "options",
    "KejidiffError": "errors", "Library": "pipeline.library", "Limits": "model.check", "Passage": "model",
    "ReuseStats": "model", "ScanOptions": "options", "ScanResult": "model", "SketchParams": "options",
    "Skipped": "model", "SourceText": "model", "Span": "span", "UsageError": "errors", "check": "pipeline.check",
    "dedup": "pipeline.dedup", "explain": "pipeline.explain", "scan": "pipeline.scan", "scan_large": "large",
    "show": "pipeline.show", "source_text": "pipeline.scan",
}  # fmt: skip

__all__ = [
    "AlignOptions", "BulkResult", "CheckResult", "Comparison", "DedupResult", "Document", "Explanation", "JsonLines",
    "KejidiffError", "Library", "Limits", "Passage", "ReuseStats", "ScanOptions", "ScanResult", "SketchParams",
    "Skipped", "SourceText", "Span", "UsageError", "__version__", "check", "dedup", "explain", "scan", "scan_large",
    "show", "source_text",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import a public name from its module when it is first used (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'kejidiff' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"kejidiff.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
