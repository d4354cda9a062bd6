"""report.html is one sealed file: well formed, offline, safe whatever the documents hold, and complete."""

import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

import pytest
from made_result import HOSTILE, compared, document, hostile, result
from page_reader import Page, sealed
from sample_result import sample

from kejidiff.model import ScanResult, StockPhrase
from kejidiff.span import Span
from kejidiff.view.html import material, matrix, pair_page, report
from kejidiff.view.visible import visible


def nothing() -> ScanResult:
    return result([], [])


def clean() -> ScanResult:
    return replace(sample(), comparisons=(), clusters=(), substitutions=(), stock_phrases=())


MADE = [sample, hostile, clean, nothing]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("made", MADE)
def test_sealed(made: Callable[[], ScanResult], lang: str) -> None:
    """Tags balance, links lead to places in the page, nothing is fetched or run, no id stands twice."""
    page = sealed(report(made(), lang=lang))
    assert page.tags[0] == ("html", {"lang": "zh-Hans" if lang == "zh" else "en"})
    assert page.tags[2] == ("meta", {"charset": "utf-8"})


@pytest.mark.parametrize("made", [sample, hostile])
def test_page_of_a_pair(made: Callable[[], ScanResult]) -> None:
    """A page about one pair is sealed too, and about that pair only."""
    scanned = made()
    html = pair_page(scanned, scanned.comparisons[-1], lang="zh")
    page = sealed(html)
    assert "未收入本页" not in html
    assert page.count("article", "pair") == 1
    assert page.count("article", "full") == 2
    assert page.count("table", "matrix") == 0


@pytest.mark.parametrize("made", MADE)
def test_policy(made: Callable[[], ScanResult]) -> None:
    """The policy allows nothing but the style sheet, by the hash of exactly what stands in the page."""
    html = report(made(), lang="zh")
    page = Page(html)
    policy = next(known["content"] for tag, known in page.tags if known.get("http-equiv") == "Content-Security-Policy")
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert style
    digest = b64encode(sha256(style.group(1).encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not re.search(r"url\(|@import|https?:|//", re.sub(r"/\*.*?\*/", "", style.group(1), flags=re.DOTALL))


def test_equal_results_give_equal_pages() -> None:
    """The same result gives the same bytes; only the time it took, if told, adds to them."""
    assert report(sample(), lang="zh") == report(sample(), lang="zh")
    assert "0.9 秒" in report(sample(), lang="zh", seconds=0.94)
    assert "秒" not in report(sample(), lang="zh")


@pytest.mark.parametrize("made", [sample, hostile])
def test_all_of_a_text_is_shown(made: Callable[[], ScanResult]) -> None:
    """Read without our numbers, the paragraphs of both views are the documents' own, nothing added, lost or hidden."""
    scanned = made()
    page = sealed(report(scanned, lang="en"))
    for comparison in scanned.comparisons:
        for side in ("left", "right"):
            found = scanned.document(getattr(comparison, side))
            text = scanned.text_of(found)
            faced = material.comparison_anchor(comparison.left, comparison.right)
            full = material.document_anchor(found.id)
            for paragraph in found.paragraphs:
                shown = visible(paragraph.span.of(text))
                assert page.texts.get(f"{faced}-{side[0]}{paragraph.number}", "") == shown
                assert page.texts.get(f"{full}-{paragraph.number}", "") == shown


def test_hostile_text_is_text() -> None:
    """Names, titles, words, phrases, messages full of markup come out as characters; nothing hidden comes out raw."""
    html = report(hostile(), lang="zh")
    assert not set("\x00\x1b\x07\u202e\u200b\u2028\ud800\udc80") & set(html)
    for text in ("<script", "</style><b>", "]]><!--", "<img", "{{ 7", "49{%"):
        assert text not in html.replace("{{ 7 * 7 }}{% raw %}", "")
    page = Page(html)
    assert "49" not in page.texts["stock"]
    assert "{{ 7 * 7 }}" in page.texts["stock"]
    assert visible(HOSTILE[0]) in page.texts["documents"]
    assert "⟦U+202E⟧gnp.exe⟦U+200B⟧" in page.texts["stock"]
    assert "onerror=y" in page.texts["files"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_said(lang: str) -> None:
    """Verdict, counts with denominators, the caveat, what was not read: and no word of judgement."""
    html = report(sample(), lang=lang)
    told = {
        "zh": (
            "5 篇报告中有 4 篇文字雷同",
            "与本次扫描的文件比对，非知网结果",
            "259 / 299 字",
            "有文件未读，结果不完整",
        ),
        "en": ("4 of 5 reports share text with another", "not a CNKI result", "259 / 299 characters", "is incomplete"),
    }[lang]
    assert all(part in html for part in told)
    assert all(name in html for name in ("旧档/2019.doc", "发票⟦U+202E⟧fdp.exe", "decode-replaced", "1" * 64))
    assert "抄袭" not in html


def test_fragments_and_stock_phrases_are_listed_apart() -> None:
    """Runs too short to accuse anyone, and phrases everybody uses, have sections of their own with their texts."""
    page = sealed(report(sample(), lang="zh"))
    assert "技术合同成交额翻番" in page.texts["fragments"]
    assert "¶2¶19" in re.sub(r"\s", "", page.texts["fragments"])
    assert "在市委市政府的正确领导下 3 篇" in page.texts["stock"]
    one, two = document("a.txt", ["题", "正文", "套话在此"]), document("b.txt", ["题", "正文"])
    phrase = StockPhrase("套话在此", 2, ((one[0].id, Span(5, 9)),))
    html = report(result([one, two], [compared(one[0], two[0])], stock_phrases=(phrase,)), lang="zh")
    assert '<span class="k" title="套话">套话在此</span>' in html


@pytest.mark.parametrize("made", [clean, nothing])
def test_nothing_found(made: Callable[[], ScanResult]) -> None:
    """Without reuse there is a verdict and the files, no evidence and no empty table."""
    html = report(made(), lang="zh")
    page = sealed(html)
    assert ("未发现雷同" if made is clean else "没有可比对的报告") in html
    assert page.count("article") == page.count("table", "matrix") == page.count("ul", "chips") == 0
    assert page.count("table", "files") == 1


def test_every_kind_has_its_mark_and_its_legend() -> None:
    """Kinds of edits and tiers stand in the text under their classes, and the style sheet knows each of them."""
    html = report(sample(), lang="zh")
    text, style = html.split("</style>")[1], html.split("</style>")[0]
    for name in "yfmgrv":
        assert f'<i class="{name}">' in text
        assert f"i.{name} " in style or f"i.{name}," in style
    for tag in ('<ins class="a">', '<del class="d">', "<i>", '<b class="a"></b>', '<b class="d"></b>'):
        assert tag in text
    for name in ("verbatim", "light", "rewritten"):
        assert f'<tr class="{name}">' in text
        assert f".{name} td" in style
    assert '<tr class="stub">' in text
    assert '<span class="t">(xīn)</span>' in text
    assert 'title="读作：科技人才交流大会">' in text
    assert '<span class="x" title="网页杂项">' in text


def test_passages_keep_their_anchors() -> None:
    """A link to a passage still leads there when another pair leaves the scan."""
    whole = sample()
    part = replace(whole, comparisons=whole.comparisons[1:], clusters=())
    before, after = (
        {place for place in Page(report(made, lang="zh")).attributes("id") if re.match("[cpd]-", place)}
        for made in (whole, part)
    )
    assert after < before
    assert any(place.startswith("p-") and place.endswith("-1") for place in after)


def test_anchors_depend_on_the_documents_alone() -> None:
    """What a citation looks like: changing it breaks every link that was ever written down."""
    comparison = sample().comparisons[0]
    assert material.comparison_anchor(comparison.left, comparison.right) == "c-7d28f5d819"
    assert material.document_anchor("001_96a2032afdb334c4.txt#1") == "d-648da8747a"


def family(members: int, others: int) -> ScanResult:
    """`members` documents of which each shares its text with the first, and `others` that share nothing."""
    made = [document(f"{place:03}.txt", [f"题{place}", "正文正文"]) for place in range(members + others)]
    return result(made, [compared(made[0][0], other) for other, _ in made[1:members]])


def test_small_matrix_shows_all() -> None:
    """Up to the limit every document has a row and a column."""
    page = Page(report(family(3, 2), lang="zh"))
    assert page.count("a", "h") == 4
    assert page.count("span", "self") == 5


@pytest.mark.parametrize(("members", "shown", "left"), [(5, 5, 45), (45, matrix.LIMIT, 10)])
def test_large_matrix_shows_those_with_reuse(members: int, shown: int, left: int) -> None:
    """Beyond the limit only documents with reuse are shown, no more than the limit, and the rest is counted."""
    html = report(family(members, 50 - members), lang="en")
    assert Page(html).count("span", "self") == shown
    assert f"{left} more not shown" in html


def test_what_a_page_has_no_room_for_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pairs beyond the budget stay in the list without a link, and the page says how many and how to see them."""
    monkeypatch.setattr(material, "BUDGET", 30)
    html = report(family(9, 0), lang="en")
    page = sealed(html)
    assert page.count("article", "pair") == 2
    assert page.count("article", "full") == 3
    assert "6 more pairs are not laid out on this page" in html
    assert "6 more full texts are not on this page" in html
    assert "kejidiff show 000 003" in re.sub("#1", "", html)
    assert page.count("span", "h") == 12


def test_sources_are_numbered_by_share() -> None:
    """The full text names the source that shares most first, and colours overlapping passages by it."""
    made = [document(f"{place}.txt", [f"题{place}", "正文正文"]) for place in range(3)]
    pairs = [compared(made[0][0], made[1][0], left_reuse=0.2), compared(made[0][0], made[2][0], left_reuse=0.7)]
    html = report(result(made, pairs), lang="en")
    full = html[html.index('<article class="full"') :]
    first = full[: full.index("</article>")]
    assert first.index("题2") < first.index("题1")
    text = first[first.index('class="lines"') :]
    assert text.count('<mark class="s1 l">正文正文</mark>') == 1
    assert "s2 l" not in text
    assert first.count('class="chip s2"') == 2
