"""A result and a format -> the text or the bytes that are written. Views make it; here it is chosen."""

import re
import time
from typing import TYPE_CHECKING, Final

from kejidiff.cli.presentation import Presentation

if TYPE_CHECKING:
    from kejidiff.model import ScanResult

#: Lone surrogates: what a name or a text may hold and UTF-8 cannot.
_SURROGATES: Final = re.compile("[\ud800-\udfff]")


def rendered(
    result: "ScanResult", form: str, presentation: Presentation, started: float, phrases: str = "grey"
) -> bytes:
    """A scan in `json`, `jsonl`, `csv`, `md` or `html`; `started` is what `time.perf_counter` read at the beginning.

    `phrases` says how a page shows stock phrases and formula (`--stock-phrases`); records hold them all the same.
    These bytes are the same under every locale, terminal and colour setting.
    """
    if form == "html":
        from kejidiff.view.html import report

        return whole_utf8(
            report(result, lang=presentation.lang, seconds=time.perf_counter() - started, phrases=phrases)
        )
    if form == "csv":
        from kejidiff.view.table import passages_csv

        return whole_utf8(passages_csv(result))
    if form == "md":
        from kejidiff.view.markdown import scan_markdown

        return whole_utf8(scan_markdown(result, presentation.lang))
    from kejidiff.view.records import dumps, jsonl, scan_record

    return whole_utf8("".join(jsonl(result)) if form == "jsonl" else dumps(scan_record(result)))


def whole_utf8(text: str) -> bytes:
    """UTF-8, with U+FFFD for each lone surrogate and every other character as it is."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", text).encode()
