"""CheckResult -> JUnit-style XML: a test suite for each draft, a test case for each limit and for completeness.

CI systems show it as failed tests. No character that XML 1.0 forbids gets in, nothing is quoted from a document but its
title, and there are no times: equal results give equal bytes.
Source: XML 1.0 (5th edition), 2.2; the form is what Jenkins and GitLab read, which has no standard.
"""

from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import quoteattr

from kejidiff.model.check import LIMITS, CheckResult, DraftCheck, Limit
from kejidiff.view import verdict as words
from kejidiff.view.messages import message
from kejidiff.view.numbers import percent
from kejidiff.view.visible import visible_line

_COLUMNS: Final[dict[Limit, str]] = {"total": "column.total", "single": "column.single", "run": "column.run"}


def check_junit(result: CheckResult, lang: str) -> str:
    """The document, with its declaration; ends with a newline."""
    return "\n".join(_lines(result, lang)) + "\n"


def _lines(result: CheckResult, lang: str) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    failures = sum(len(draft.exceeded) for draft in result.drafts)
    errors = sum(bool(draft.reasons) for draft in result.drafts) or int(not result.drafts)
    tests = sum(len(_limits(draft)) + 1 for draft in result.drafts) or 1
    yield f'<testsuites name="kejidiff check" tests="{tests}" failures="{failures}" errors="{errors}">'
    for draft in result.drafts:
        yield from _suite(result, draft, lang)
    if not result.drafts:
        yield '<testsuite name="kejidiff check" tests="1" failures="0" errors="1">'
        told = _attribute(message("verdict.empty", lang))
        yield f'<testcase name="complete" classname="kejidiff"><error type="incomplete" message={told}/></testcase>'
        yield "</testsuite>"
    yield "</testsuites>"


def _suite(result: CheckResult, draft: DraftCheck, lang: str) -> Iterator[str]:
    name, tests = _attribute(draft.name), len(_limits(draft)) + 1
    counts = f'tests="{tests}" failures="{len(draft.exceeded)}" errors="{int(bool(draft.reasons))}"'
    yield f"<testsuite name={name} {counts}>"
    for limit in _limits(draft):
        told = f"{message(_COLUMNS[limit], lang)} {words.value(result, draft.judged, limit, lang)}, "
        told += words.limit_told(result, limit, lang)
        failure = f'<failure type="over-limit" message={_attribute(told)}/>' if limit in draft.exceeded else ""
        yield _case(f"max-{limit}", name, failure)
    reasons = message("semicolon", lang).join(words.reasons(draft, lang))
    yield _case("complete", name, f'<error type="incomplete" message={_attribute(reasons)}/>' if reasons else "")
    if draft.document:
        yield f"<system-out>{_text(_told(result, draft, lang))}</system-out>"
    yield "</testsuite>"


def _case(name: str, draft: str, found: str) -> str:
    head = f'<testcase name="{name}" classname={draft}'
    return f"{head}>{found}</testcase>" if found else f"{head}/>"


def _limits(draft: DraftCheck) -> tuple[Limit, ...]:
    return LIMITS if draft.document else ()


def _told(result: CheckResult, draft: DraftCheck, lang: str) -> str:
    """What stands in the log: figures, what is left out and by whose word, the first sources."""
    lines = [message(f"check.verdict.{draft.verdict}", lang)]
    if why := words.left_out(draft, lang):
        lines.append(why)
    for at in sorted({one.entry for one in draft.passages if one.entry >= 0}):
        entry = result.ignore[at]
        lines.append(message("check.ignored.who", lang, reason=entry.reason, owner=entry.owner, expires=entry.expires))
    lines += [f"{percent(source.share)} {source.id} {source.title}".rstrip() for source in draft.sources[:10]]
    return "\n".join(visible_line(told) for told in lines)


def _attribute(text: str) -> str:
    return quoteattr(visible_line(text))


def _text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
