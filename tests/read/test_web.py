"""Web pages: all that is seen is in the text, block by block; furniture and what is hidden are marked, not dropped."""

import html
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.errors import UsageError
from kejidiff.read.extracted import Extracted, UnparsableError
from kejidiff.read.web import extract

PROSE = "根据县委部署，全县科技工作取得了新的成绩，创新能力明显提高，各项任务顺利完成。"
OTHER = "下一步，将继续加大投入，完善政策，强化服务，努力开创全县科技工作的新局面。"
MENU = "<ul>" + "".join(f"<li><a href=/{at}>栏目{at}</a>" for at in range(4)) + "</ul>"


def read(markup: str, encoding: str = "utf-8") -> Extracted:
    return extract(markup.encode(encoding))


def blocks(markup: str) -> list[str]:
    return read(markup).text.split("\n\n")


def marked(extracted: Extracted, reason: str) -> list[str]:
    return [one.span.of(extracted.text) for one in extracted.marked if one.reason == reason]


@pytest.mark.parametrize("called", ["utf-8", "gb2312", "gbk", "big5", "iso-8859-1", "utf-16", "nonsense"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le"])
def test_the_bytes_say_the_encoding(encoding: str, called: str) -> None:
    """Whatever the page calls itself, it is read as what it is, characters beyond GB2312 included."""
    extracted = read(f"<html><meta charset={called}><title>镕</title><p>朱镕基㑇{PROSE}", encoding)
    assert extracted.text.endswith(f"朱镕基㑇{PROSE}")
    assert extracted.replaced == 0


def test_big5() -> None:
    """Traditional pages of Hong Kong and Taiwan, with a hint that lies."""
    text = "科技工作總結：全縣科技工作取得新的成績，創新能力明顯提高。"
    extracted = read(f"<meta charset=utf-8><p>{text}", "big5hkscs")
    assert (extracted.text, extracted.encoding) == (text, "big5hkscs")


def test_the_hint_decides_where_bytes_do_not() -> None:
    """Other languages are read in the encoding that their page names; a name forced by the caller beats all."""
    russian = "<meta charset=windows-1251><p>Годовой отчёт о научной работе района и плане на будущий год"
    assert "Годовой отчёт" in read(russian, "windows-1251").text
    assert extract(f"<p>{PROSE}".encode("gb18030"), "gb18030").text == PROSE
    with pytest.raises(UsageError):
        extract(b"<p>x", "no-such-codec")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>一段<p>二段", "一段|二段"),
        ("<div>标题<br>一段。<br><br>二段。</div>", "标题|一段。|二段。"),
        (f"<div>标题<br>&nbsp;&nbsp;&nbsp;&nbsp;{PROSE}<br>\u3000\u3000{OTHER}", f"标题|{PROSE}|{OTHER}"),
        (f"<div>\u3000\u3000{PROSE}\u3000\u3000{OTHER}</div>", f"{PROSE}|{OTHER}"),
        ("<p>全县科\n  技工作</p>", "全县科技工作"),
        ("<p>two\n words</p>", "two words"),
        ("<h1>总结</h1>甲<b>乙</b><i>丙</i><ul><li>丁<li>戊</ul>", "总结|甲乙丙|丁|戊"),
        ("<table><tr><th>指标<th>数值<tr><td>专利<td><p>12</p></table>", "指标\t数值|专利\t12"),
        ("<pre>一行\n  二行</pre>", "一行\n  二行"),
        ("<ruby>漢<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby>字", "漢(hàn)字"),
        ("<p>科<wbr>技&shy;创&#8203;新&#x5de5;", "科技\u00ad创\u200b新工"),
        ("<p>研发&amp;nbsp;投入", "研发&nbsp;投入"),
        ("<p><![CDATA[科技]]>工作", "科技工作"),
        ("<p>甲<script>var 脚='本'</script><style>p{}</style><noscript>无</noscript><template>模</template>乙", "甲乙"),
        ('<?xml version="1.0"?><html><head><title/><script src="a"/></head><body><p>正文</p></body></html>', "正文"),
        ("<plaintext>甲 <b>", "甲 <b>"),
        ("<p>甲<iframe src=x>框</iframe><svg>图</svg>乙", "甲乙"),
    ],
)
def test_blocks(markup: str, text: str) -> None:
    """Paragraphs, breaks, indents, lists, tables: one block each, in order."""
    assert read(f"{markup}").text == text.replace("|", "\n\n")


def test_a_table_for_layout_has_no_cells() -> None:
    """Where a table holds the whole article its cells are blocks; data beside it keeps its rows."""
    page = f"<table><tr><td>{MENU}<td><p>{PROSE}<p>{OTHER * 12}</table>"
    assert "\t" not in read(page).text
    assert PROSE in blocks(page)


def test_lines_cut_by_width_are_left_to_be_joined() -> None:
    """`<br>` at the end of each line of a column is a line's end, not a paragraph's."""
    cut = "<br>".join((PROSE * 4).replace("。", "，")[at : at + 30] for at in range(0, 150, 30))
    assert read(f"<div>{cut}</div>").text.count("\n\n") == 0


def test_furniture_is_marked() -> None:
    """Menus, related links, bars and footers are `web-chrome`; heading, prose, tables and attachments are not."""
    page = f"""<html><title>2019年工作总结_某县政府网</title><body><div class="nav">{MENU}</div>
    <header>某县政府</header>
    <div class=crumbs>当前位置：<a href=/>首页</a></div><article><h1>2019年工作总结</h1><p>{PROSE}<p>{OTHER}
    <table><tr><td>专利<td>12<tr><td>论文<td>30</table><p>附件：<a href=a.doc>一、统计表</a><a href=b.pdf>二、名单</a>
    </article><div><h3>相关文章</h3>{MENU}</div><div class="share"><button>分享</button></div>
    <form><select><option>省级网站<option>市级网站</select></form><footer>版权所有 某县政府</footer>"""
    extracted = read(page)
    chrome = " ".join(marked(extracted, "web-chrome"))
    for furniture in ("栏目3", "某县政府", "首页", "相关文章", "分享", "省级网站", "版权所有"):
        assert furniture in chrome
    for report in ("2019年工作总结", PROSE, OTHER, "专利", "附件", "统计表", "名单"):
        assert report in extracted.text
        assert report not in chrome
    assert not extracted.warnings


@pytest.mark.parametrize(
    "page",
    [
        f"<form id=aspnetForm><div class=sidebar><p>{PROSE}<p>{OTHER}</div></form>",
        f"<div class=nav-content><nav><p>{PROSE}</nav></div>",
        f"<footer><p>{PROSE}</footer>",
        f"<aside>{PROSE}</aside>",
        f"<form>{''.join(f'<p>{number}项工作如期完成</p>' for number in range(10, 50))}</form>",
        f"<a href=x><p>{PROSE}</a>",
    ],
)
def test_prose_is_never_furniture(page: str) -> None:
    """Whatever the elements around it call themselves: a false mark would hide recycled text."""
    assert not read(page).marked


def test_the_title_comes_first() -> None:
    """A title that the page shows nowhere becomes the first line, without the site's name; else nothing is added."""
    assert blocks(f"<title>某县2019年科技工作总结_某县人民政府网</title><p>{PROSE}")[0] == "某县2019年科技工作总结"
    assert (
        blocks(f"<title>某县科技工作总结-某县科技局</title><h2>某县科技工作总结</h2><p>{PROSE}")[0]
        == "某县科技工作总结"
    )
    assert blocks(f"<title>首页</title><p>{PROSE}") == [PROSE]


HIDING = (
    'style="display:none"', 'style="DISPLAY : none !important"', "hidden", 'style="visibility:hidden"',
    'style="opacity:0"', 'style="font-size:0"', 'style="font-size:1px"', 'style="color:#fff"', 'color="white"',
    'style="color:#f2f2f2"', 'style="color:#fff;background:#f3f3f3"', 'style="background:#111;color:#0a0a0a"',
    'style="color:rgb(255,255,255)"', 'style="color:#FEFEFE"', 'style="color:transparent"',
    'style="text-indent:-9999px"', 'style="position:absolute;left:-9999px"', 'class="x"', 'id="y"',
    'style="background:#333;color:#333"', 'style="height:0;overflow:hidden"', 'style="margin-left:-9999px"',
    'style="color:rgba(0,0,0,.01)"', 'style="clip-path:inset(100%)"', 'style="transform:scale(0)"',
)  # fmt: skip


@pytest.mark.parametrize("hiding", HIDING)
def test_hidden_text_amid_prose(hiding: str) -> None:
    """Each way of hiding is marked and suspected; the text stays, and what is seen is whole without it."""
    rules = "<style>/*.x*/ .a,.x{color:red;display:none} @media print{p{display:none}} #y{visibility:hidden}</style>"
    extracted = read(f"{rules}<p>{PROSE[:10]}<font {hiding}>藏字</font>{PROSE[10:]}<p>{OTHER}")
    assert marked(extracted, "hidden") == ["藏字"]
    (warning,) = extracted.warnings
    assert warning.reason == "evasion-suspected"
    assert warning.span is not None
    assert warning.span.of(extracted.text) == "藏字"
    assert "藏" not in warning.message
    (hole,) = extracted.marked
    assert extracted.text[: hole.span.start] + extracted.text[hole.span.end :] == f"{PROSE}\n\n{OTHER}"


SHOWING = (
    'style="color:#eee"', 'style="color:#ff0"', 'style="background:#999;color:#808080"',
    'style="color:white;background:#900"', 'style="color:#fff;background-image:url(a.png)"', "aria-hidden=true",
    'style="display:block"', 'style="font-size:12px"', 'style="color:#333"', 'style="opacity:0.8"', "style=x:y;;",
    'style="position:absolute;left:20px"', 'style="height:0"', 'style="margin-left:-20px"',
    'style="color:rgba(0,0,0,.8)"', 'style="clip-path:inset(5%)"', 'style="transform:scale(0.9)"',
)  # fmt: skip


@pytest.mark.parametrize("showing", SHOWING)
def test_what_shows_is_not_marked(showing: str) -> None:
    """What a reader sees is never called hidden."""
    assert not read(f"<div {showing}><p>{PROSE}</p></div>").marked


def test_white_on_a_ground_that_is_not_known_is_seen() -> None:
    """Rules may colour what is behind by ways that are not followed; what says itself that it is white is hidden."""
    rules = "<style>.t tr:first-child{background:#036} th{color:#fff}</style>"
    table = "<table class=t><tr><th>项目名称类别及各项指标完成情况<tr><td>重点任务</table>"
    assert not read(f"{rules}<p>{PROSE}</p>{table}").marked
    assert marked(read(f'{rules}<p>{PROSE}</p><p style="color:#fff">{OTHER}</p>'), "hidden") == [OTHER]


def test_hidden_menus_are_no_evasion() -> None:
    """Menus that open and titles for screen readers are on every page; a page that a script shows is read as shown."""
    page = f'<div style="display:none" class=menu>{MENU}</div><p>{PROSE}<p style="display:none">提示</p>'
    assert not read(page).warnings
    assert not read(f'<p>加载中</p><div style="display:none"><p>{PROSE}<p>{OTHER}</div>').marked


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"<html><body><img src=a.png><script>f()</script>", "no-text"),
        (b"<html><frameset cols='20%,80%'><frame src=a><noframes>no frames</noframes></frameset>", "no-text"),
        (b"<html>" + bytes(range(1, 32)) * 50, "binary"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, reason: str) -> None:
    """A page of pictures, frames or scripts is `no-text`, never an empty report."""
    with pytest.raises(UnparsableError) as caught:
        extract(data)
    assert caught.value.reason == reason


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li", "span class=nav", "ruby><rt"])
def test_deep_nesting(tag: str) -> None:
    """Ten thousand elements in one another are read like one."""
    assert PROSE in read(f"<{tag}>" * 10_000 + PROSE).text


PAGE = f"<!doctype html><title>总结</title><nav>{MENU}</nav><p>{PROSE}<b hidden>藏</b><table><tr><td>一<td>二</table>"


@given(st.randoms(use_true_random=False), st.sampled_from(["utf-8", "gb18030", "utf-16"]))
@settings(deadline=None, derandomize=True, max_examples=150)
def test_any_bytes_end_as_text_or_reason(rng: random.Random, encoding: str) -> None:
    """However a page is damaged: marks within the text, in order, or a reason code; never another exception."""
    data = bytearray(PAGE.encode(encoding))
    for _ in range(rng.randint(1, 20)):
        at = rng.randrange(len(data))
        data[at : at + rng.randint(0, 4)] = rng.choice(
            (rng.randbytes(2), b"<", b">", b"</div>", b"<table>", b"&#", b"\0")
        )
    try:
        extracted = extract(bytes(data))
    except UnparsableError:
        return
    edges = [0, *(edge for one in extracted.marked for edge in one.span), len(extracted.text)]
    assert edges == sorted(edges)
    assert all(one.span.length for one in extracted.marked)


@pytest.mark.parametrize(
    "before", ["<button>·</button>", '<span class="tags"><a href="#">热</a></span>', '<span class="ad">·</span>']
)
def test_a_mark_at_its_head_makes_no_furniture_of_a_paragraph(before: str) -> None:
    """A button or a label in front of each paragraph does not take the report out of what is compared."""
    extracted = read("".join(f"<p>{before}{text}</p>" for text in (PROSE, OTHER, PROSE[:12])))
    assert marked(extracted, "web-chrome") == []


def test_paragraphs_in_buttons_are_text() -> None:
    """What controls hold is furniture while it is short; sentences are read wherever they stand."""
    extracted = read(f"<div><button>{PROSE}</button> <button>{OTHER}</button></div><div><button>收藏</button></div>")
    assert marked(extracted, "web-chrome") == ["收藏"]


@pytest.mark.parametrize("around", ['<div class="hot">{}</div>', "<footer>{}</footer>", "<nav><p>{}</p></nav>"])
def test_a_report_in_short_lines_is_no_furniture(around: str) -> None:
    """Lines that each call themselves a menu, and together are as long as a report, are read; a few are not."""
    lines = [f"第{at}项任务已经按期完成并通过验收" for at in range(100)]
    prose = f"<div>{'<p>' + PROSE + OTHER}</div>"
    assert marked(read(prose + "".join(around.format(line) for line in lines)), "web-chrome") == []
    assert len(marked(read(prose + "".join(around.format(line) for line in lines[:9])), "web-chrome")) == 9


FOREIGN = (
    "<svg><title>图标</title><style>x{}</style><g><text x=1 fill=#fff><tspan>{}</tspan></text></g></svg>",
    "<div style='color:#fff'><svg>点<text style='font-size:1px'>{}</text></svg></div>",
    "<svg><foreignObject><p>{}</p></foreignObject></svg>",
    "<object data=a.swf><param name=a value=b><p>{}</p></object>",
    "<applet code=a><p>{}</p></applet>",
    "<map name=m><p>{}</p><area shape=rect></map>",
    '<iframe srcdoc="<p class=x>{}</p>">框架</iframe>',
    '<iframe srcdoc="<iframe srcdoc=&quot;{}&quot;></iframe>"></iframe>',
    "<p><math><semantics><mtext>{}</mtext><annotation>\\text</annotation></semantics></math></p>",
)


@pytest.mark.parametrize("around", FOREIGN)
def test_text_in_what_a_page_embeds_is_read(around: str) -> None:
    """Drawings, formulas, pages in an attribute and what stands in for an object: a reader sees it, and so do we."""
    extracted = read(f"<style>.x{{color:#fff}}</style><p>{PROSE}</p>" + around.replace("{}", OTHER))
    assert extracted.text == f"{PROSE}\n\n{OTHER}"
    assert extracted.marked == ()


def test_what_embeds_text_can_hide_it() -> None:
    """A frame or a drawing that is not shown hides what it holds; a page too deep within pages is refused."""
    for around in ('<div style="display:none">{}</div>', "<div hidden>{}</div>"):
        for inner in (f"<svg><text>{OTHER}</text></svg>", f'<iframe srcdoc="{OTHER}"></iframe>'):
            assert marked(read(f"<p>{PROSE}</p>" + around.format(inner)), "hidden") == [OTHER]
    page = OTHER
    for _ in range(10):
        page = f'<iframe srcdoc="{html.escape(page)}"></iframe>'
    with pytest.raises(UnparsableError) as caught:
        read(page)
    assert caught.value.reason == "too-deep"


def test_a_drawing_amid_a_line_does_not_cut_it() -> None:
    """An icon is no paragraph's end."""
    assert read(f"<p>{PROSE}<svg><path d=x></path></svg>{OTHER}</p>").text == PROSE + OTHER


@pytest.mark.parametrize(
    "rule",
    [
        "div.x p{color:#fff}", ".x > p{display:none}", "h6, .y p, div .x>p.z {visibility:hidden}", "#i p{font-size:0}",
        "body .x p{color:#fff}p{color:#000}", "div div p{display:none}", ".x *{color:white}", ".x p:hover{color:#000}"
        ".x p{color:#fff}", "p.z.w{display:none}",
    ],
)  # fmt: skip
def test_rules_that_hide_by_where_an_element_stands(rule: str) -> None:
    """Descendants, children, several classes, lists: the cascade is that of a browser."""
    page = f'<style>{rule}</style><p>{PROSE}</p><div id=i><div class="x"><p class="z w">{OTHER}</p></div></div>'
    assert marked(read(page), "hidden") == [OTHER]


@pytest.mark.parametrize(
    "rule",
    [
        ".x > p{display:none}", "div.y p{color:#fff}", "p p{color:#fff}", ".x p{color:#fff}.x p.z{color:#000}",
        ".x p:nth-child(2){display:none}", ".x + p{display:none}", ".x [data-a]{display:none}", "p.z.v{display:none}",
        ".x p{color:#fff}.x{background:#036}", ".x p{color:#fff}.x div:first-child{background:#036}",
        ".x p{display:none}.x p:first-child{display:block}", "p{color:#000!important}.x p{color:#fff}",
        "@media print{.x p{display:none}}", ".x:not(.x) p{color:#fff}", ".x p::after{display:none}",
    ],
)  # fmt: skip
def test_rules_that_do_not_match_or_are_not_known_hide_nothing(rule: str) -> None:
    """Of a selector that is not followed nothing is believed that hides, and all that may show."""
    page = f'<style>{rule}</style><p>{PROSE}</p><div class="x"><div><p class="z w">{OTHER}</p></div></div>'
    assert not read(page).marked
