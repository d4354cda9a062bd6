"""A result and a format -> the text or the bytes that are written. Views make it; here it is chosen."""

import re
import time
from typing import TYPE_CHECKING, Final

from kejidiff.cli.presentation import Presentation

if TYPE_CHECKING:
    from kejidiff.model import ScanResult
    from kejidiff.model.check import CheckResult

#: Lone surrogates: what a name or a text may hold and UTF-8 cannot.
_SURROGATES: Final = re.compile("[\ud800-\udfff]")


def rendered(
    result: "ScanResult", form: str, presentation: Presentation, started: float, phrases: str = "grey"
) -> bytes:
    """A scan in `json`, `jsonl`, `csv`, `md`, `html` or `sarif`; `started` is what `time.perf_counter` read at first.

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
    if form == "sarif":
        from kejidiff.view.json_text import dumps as dumped
        from kejidiff.view.sarif_scan import scan_sarif

        return whole_utf8(dumped(scan_sarif(result, presentation.lang)))
    from kejidiff.view.records import dumps, jsonl, scan_record

    return whole_utf8("".join(jsonl(result)) if form == "jsonl" else dumps(scan_record(result)))


def rendered_check(
    result: "CheckResult", form: str, presentation: Presentation, started: float, phrases: str = "grey"
) -> bytes:
    """A check in any form but `text`; arguments and promise as of `rendered`."""
    if form == "html":
        from kejidiff.view.html.check import check_report

        seconds = time.perf_counter() - started
        return whole_utf8(check_report(result, lang=presentation.lang, seconds=seconds, phrases=phrases))
    if form == "csv":
        from kejidiff.view.table_check import check_csv

        return whole_utf8(check_csv(result))
    if form == "md":
        from kejidiff.view.markdown_check import check_markdown

        return whole_utf8(check_markdown(result, presentation.lang))
    if form == "junit":
        from kejidiff.view.junit import check_junit

        return whole_utf8(check_junit(result, presentation.lang))
    from kejidiff.view.json_text import dumps
    from kejidiff.view.records_check import check_jsonl, check_record
    from kejidiff.view.sarif import check_sarif

    if form == "sarif":
        return whole_utf8(dumps(check_sarif(result, presentation.lang)))
    return whole_utf8("".join(check_jsonl(result)) if form == "jsonl" else dumps(check_record(result)))


def whole_utf8(text: str) -> bytes:
    """UTF-8, with U+FFFD for each lone surrogate and every other character as it is."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", text).encode()
