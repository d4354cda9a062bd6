"""What was carried along: every view names it, its place, its sentence and whose it is."""

from sample_result import sample

from kejidiff.model import LeftOver, SharedMistake
from kejidiff.view.carried import Carried, carried
from kejidiff.view.html.page import report
from kejidiff.view.markdown import scan_markdown
from kejidiff.view.records import scan_record
from kejidiff.view.terminal.scan import render_scan
from kejidiff.view.terminal.show import render_show

RESULT = sample()
PAIR = RESULT.comparisons[0]


def entries() -> list[Carried]:
    left, right = RESULT.document(PAIR.left), RESULT.document(PAIR.right)
    return list(carried(PAIR, left, right, (RESULT.text_of(left), RESULT.text_of(right))))


def test_entries_know_their_place_and_owner() -> None:
    """Left-overs first, then slips; each with its paragraph and the other document's."""
    place, figure, slip = entries()
    assert (place.kind, place.text, place.before.endswith("位居")) == ("place", "全省前列", True)
    assert place.at("zh").startswith("左篇 ¶") and place.owner("zh").startswith("属右篇 ¶")
    assert figure.at("en").startswith("right ¶") and figure.owner("en").startswith("belongs to left ¶")
    assert slip.at("zh").startswith("左篇 ¶") and slip.owner("zh") == "通常作“封顶”"


def test_every_view_names_them() -> None:
    """Terminal, page, Markdown and record, in both languages."""
    for lang, heading in (("zh", "残留"), ("en", "eft over")):
        views = (
            render_show(RESULT, PAIR, width=100, lang=lang, color=False),
            render_scan(RESULT, width=120, lang=lang, color=False, everything=True),
            report(RESULT, lang=lang),
            scan_markdown(RESULT, lang),
        )
        assert [view for view in views if heading not in view or "全省前列" not in view] == []
    record = scan_record(RESULT)["comparisons"][0]
    assert record["findings"] == ["left-over-names", "shared-mistakes"]
    assert [one["kind"] for one in record["left_overs"]] == ["place", "figure"]
    assert record["mistakes"][0]["expected"] == "封顶"


def test_a_pair_without_any_says_nothing() -> None:
    """No heading without entries."""
    plain = PAIR._replace(left_overs=(), mistakes=(), findings=())
    assert "残留" not in render_show(RESULT, plain, width=100, lang="zh", color=False)


def test_context_keeps_to_its_line() -> None:
    """What is shown around an entry ends where its line does, and says where the line goes on."""
    one = RESULT.document(PAIR.left)
    text = RESULT.text_of(one)
    for start in range(0, len(text), 7):
        span = one.span._replace(start=start, end=min(start + 2, len(text)))
        found = PAIR._replace(left_overs=(LeftOver("place", "left", span, span),), mistakes=())
        shown = next(carried(found, one, one, (text, text)))
        assert not set("\r\n") & set(shown.before + shown.after)
        plain = shown.before.lstrip("…") + span.of(text) + shown.after.rstrip("…")
        assert plain in text or "…" in text


def test_nothing_hides_in_an_entry() -> None:
    """An invisible character is made visible in every view."""
    text = RESULT.text_of(RESULT.document(PAIR.left))
    at = text.index("\u200b")
    span = PAIR.left_overs[0].span._replace(start=at - 1, end=at + 2)
    slips = (SharedMistake(span, span, "\u202e"),)
    hidden = PAIR._replace(left_overs=(LeftOver("place", "left", span, span),), mistakes=slips)
    page = render_show(RESULT, hidden, width=100, lang="zh", color=False)
    assert "\u200b" not in page and "\u202e" not in page
