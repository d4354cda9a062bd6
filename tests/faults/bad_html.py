"""Web pages -> bad inputs: pages of `<br>`, furniture, hidden text, tags that lie, markup that never closes."""

import codecs
from collections.abc import Iterator
from html import escape

from bad_input import EVASION, READ, BadInput, Material, unread
from bad_plain import TRADITIONAL

HIDDEN = frozenset({EVASION})
MENU = ("首页", "新闻中心", "政务公开", "办事服务", "联系我们")


def inputs() -> Iterator[BadInput]:
    material = Material(71)
    yield from _pages(material)
    yield from _encodings(material)
    yield from _furniture(material)
    yield from _hidden(material)
    yield from _seen(material)
    yield from _markup(material)


def html(body: str, head: str = '<meta charset="utf-8"><title>年度工作总结</title>') -> str:
    return f"<!DOCTYPE html>\n<html><head>{head}</head><body>{body}</body></html>"


def _article(*paragraphs: str) -> str:
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)


def _pages(material: Material) -> Iterator[BadInput]:
    texts = tuple(material.paragraph() for _ in range(5))
    yield BadInput("paragraphs.html", html(_article(*texts)).encode(), text=texts)
    texts = tuple(material.paragraph() for _ in range(5))
    lines = "<br><br>\n".join("　　" + text for text in texts)
    yield BadInput("br.html", html(f"<div id=content>{lines}</div>").encode(), text=texts)
    texts = tuple(material.paragraph() for _ in range(3))
    yield BadInput("named.txt", html(_article(*texts)).encode(), text=texts)
    yield BadInput("named.doc", html(_article(*texts)).encode(), text=texts)
    texts = tuple(material.paragraph() for _ in range(4))
    cells = "".join(f"<tr><td>{text}</td><td>{at}</td></tr>" for at, text in enumerate(texts))
    yield BadInput("table.html", html(f"<table>{cells}</table>").encode(), text=texts)
    texts = tuple(material.paragraph() for _ in range(4))
    divs = "".join(f"<div><span>{text[:9]}</span><font size=3>{text[9:]}</font></div>" for text in texts)
    yield BadInput("divs.html", html(divs).encode(), text=texts)
    texts = tuple(material.paragraph() for _ in range(4))
    items = "".join(f"<li>{text}" for text in texts)
    yield BadInput("list.html", html(f"<ol>{items}</ol>").encode(), text=texts)
    texts = tuple(material.paragraph() for _ in range(3))
    xhtml = f'<?xml version="1.0" encoding="utf-8"?>\n{html(_article(*texts))}'
    yield BadInput("xhtml.html", xhtml.encode(), text=texts)
    texts = tuple(material.paragraph() for _ in range(3))
    yield BadInput("comment-first.html", ("<!-- saved from url -->\n" + html(_article(*texts))).encode(), text=texts)
    frames = b"<html><frameset cols='20%,80%'><frame src=a.html><frame src=b.html></frameset></html>"
    yield unread("frames.html", frames, "no-text", "empty")
    yield BadInput("empty-body.html", html("").encode(), frozenset({"no-text", "empty", READ}))
    yield BadInput("only-script.html", html("<script>var a = '正文在脚本里';</script>", "").encode(),
                   frozenset({"no-text", "empty"}))  # fmt: skip


def _encodings(material: Material) -> Iterator[BadInput]:
    """What the bytes are decides, whatever the tag says."""
    for encoding in ("utf-8", "gb18030"):
        for claimed in ("gb2312", "utf-8", "iso-8859-1", "big5", "nonsense", ""):
            texts = tuple(material.paragraph() for _ in range(3))
            meta = f'<meta http-equiv="Content-Type" content="text/html; charset={claimed}">' if claimed else ""
            page = html(_article(*texts), f"{meta}<title>总结</title>")
            yield BadInput(f"{encoding}-says-{claimed or 'nothing'}.html", page.encode(encoding), text=texts)
    page = html(_article(*TRADITIONAL), "<meta charset=gb2312>")
    yield BadInput("big5-says-gb2312.html", page.encode("big5hkscs"), text=TRADITIONAL)
    for encoding, mark in (("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE)):
        texts = tuple(material.paragraph() for _ in range(3))
        page = html(_article(*texts), "<meta charset=utf-16>")
        yield BadInput(f"{encoding}-mark.html", mark + page.encode(encoding), text=texts)
    texts = tuple(material.paragraph() for _ in range(3))
    yield BadInput("mark.html", codecs.BOM_UTF8 + html(_article(*texts)).encode(), text=texts)
    texts = tuple(material.paragraph() for _ in range(3))
    numbered = "".join(f"<p>{''.join(f'&#{ord(c)};' for c in text)}</p>" for text in texts)
    yield BadInput("references.html", html(numbered).encode("ascii", "xmlcharrefreplace"), text=texts)
    one, two = material.some(2)
    data = html(_article(one, two)).encode("gb18030")
    at = data.index(two.encode("gb18030")) + 20
    yield BadInput("damaged.html", data[:at] + b"\xff" + data[at + 1 :], text=(one, two[-9:]))


def _furniture(material: Material) -> Iterator[BadInput]:
    menu = "".join(f'<li><a href="/{at}">{name}</a></li>' for at, name in enumerate(MENU))
    wrappers = ("<nav><ul>{}</ul></nav>", "<div class=nav><ul>{}</ul></div>", "<header><ul>{}</ul></header>")
    for number, wrapper in enumerate(wrappers):
        texts = tuple(material.paragraph(4) for _ in range(5))
        related = "".join(f'<li><a href="/r{at}">{material.sentence()[:18]}</a></li>' for at in range(6))
        page = (
            wrapper.format(menu)
            + f'<div class="article"><h1>年度工作总结</h1>{_article(*texts)}</div>'
            + f'<div class="related"><h3>相关文章</h3><ul>{related}</ul></div><footer>版权所有 备案号</footer>'
        )
        yield BadInput(f"menu-{number}.html", html(page).encode(), text=texts, absent=("新闻中心", "办事服务"))
    texts = tuple(material.paragraph(4) for _ in range(3))
    scripts = (
        "<script>var secret='脚本里的字';</script><style>p{content:'样式里的字'}</style><noscript>请打开脚本</noscript>"
    )
    page = html(scripts + _article(*texts) + "<!-- 注释里的字 --><template><p>模板里的字</p></template>")
    yield BadInput("scripts.html", page.encode(), text=texts, absent=("脚本里的字", "样式里的字", "注释里的字"))
    texts = tuple(material.paragraph() for _ in range(3))
    page = html(_article(*texts) + "<textarea>输入框</textarea><select><option>选项一</select><input value='输入值'>")
    yield BadInput("form.html", page.encode(), text=texts, absent=("输入值",))


def _hidden(material: Material) -> Iterator[BadInput]:
    ways = {
        "display": "display:none",
        "display-spaced": "color: red; DISPLAY : NONE !important",
        "visibility": "visibility:hidden",
        "white": "color:#fff",
        "white-name": "color: white; background-color: #ffffff",
        "white-rgb": "color: rgb(255, 255, 255)",
        "tiny": "font-size:0",
        "tiny-px": "font-size: 0px; line-height: 0",
        "transparent": "opacity:0",
        "away": "position:absolute; left:-9999px",
    }
    for name, style in ways.items():
        texts, hidden = tuple(material.paragraph() for _ in range(3)), material.paragraph(2)
        page = html(f'<p>{texts[0]}</p><p>{texts[1]}</p><div style="{style}">{hidden}</div><p>{texts[2]}</p>')
        yield BadInput(f"hidden-{name}.html", page.encode(), text=texts, absent=(hidden,), warnings=HIDDEN)
    texts, hidden = tuple(material.paragraph() for _ in range(3)), material.paragraph(2)
    page = html(f"{_article(*texts)}<div hidden>{hidden}</div>")
    yield BadInput("hidden-attribute.html", page.encode(), text=texts, absent=(hidden,), warnings=HIDDEN)
    texts, hidden = tuple(material.paragraph() for _ in range(3)), material.paragraph(2)
    page = html(f"{_article(*texts)}<font color='#FFFFFF'>{hidden}</font>")
    yield BadInput("hidden-font.html", page.encode(), text=texts, absent=(hidden,), warnings=HIDDEN)
    texts = tuple(material.paragraph() for _ in range(3))
    between = "".join(f"{char}<span style='display:none'>的</span>" for char in texts[0])
    page = html(f"<p>{between}</p>{_article(*texts[1:])}")
    yield BadInput("hidden-between.html", page.encode(), text=texts[1:], warnings=HIDDEN)
    for sign in ("&#8203;", "&zwnj;", "&shy;", "&#x202e;"):
        texts = tuple(material.paragraph() for _ in range(3))
        page = html(f"<p>{sign.join(texts[0])}</p>{_article(*texts[1:])}")
        name = "".join(filter(str.isalnum, sign))
        yield BadInput(f"signs-{name}.html", page.encode(), text=texts[1:], warnings=HIDDEN)


def _seen(material: Material) -> Iterator[BadInput]:
    """Styles that decent pages have: nobody is suspected, and all is read."""
    for name, style in {
        "red": "color:#f00",
        "small": "font-size:12px",
        "white-on-blue": "color:#fff; background:#003399",
        "left": "position:absolute; left:20px",
        "half": "opacity:.8",
        "indent": "text-indent:2em; line-height:1.5",
    }.items():
        texts = tuple(material.paragraph() for _ in range(4))
        page = html(f'{_article(*texts[:2])}<p style="{style}">{texts[2]}</p><p>{texts[3]}</p>')
        yield BadInput(f"seen-{name}.html", page.encode(), text=texts)
    texts = tuple(material.paragraph() for _ in range(4))
    page = html(f"<div style='display:none'><ul><li>分享到微博</li></ul></div>{_article(*texts)}")
    yield BadInput("seen-folded-menu.html", page.encode(), text=texts)


def _markup(material: Material) -> Iterator[BadInput]:
    one, two = material.paragraph(), material.paragraph()
    for depth in (300, 10_000):
        page = html("<div>" * depth + f"<p>{one}</p>" + "</div>" * depth + f"<p>{two}</p>")
        reasons = frozenset({READ, "too-deep"}) if depth > 300 else frozenset({READ})
        yield BadInput(f"deep-{depth}.html", page.encode(), reasons, (one, two))
    page = html("<b><i>" * 4_000 + one)
    yield BadInput("unclosed.html", page.encode(), frozenset({READ, "too-deep"}), (one,))
    one, two = material.paragraph(), material.paragraph()
    yield BadInput("crossed.html", html(f"<p><b>{one}<i></p></b>{two}</i>").encode(), text=(one, two))
    one = material.paragraph()
    yield BadInput("no-end.html", f"<!doctype html><html><body><p>{one}".encode(), text=(one,))
    one = material.paragraph()
    yield BadInput("cut-tag.html", html(f"<p>{one}</p>").encode()[:-14] + b"<div class='x", text=(one,))
    one, two = material.paragraph(), material.paragraph()
    yield BadInput("less-than.html", html(f"<p>{one}a < b，c<d，1<2{two}</p>").encode(), text=(one,))
    one = material.paragraph()
    entities = "&nbsp;&mdash;&ldquo;引文&rdquo;&hellip;&amp;lt;&unknown;"
    page = html(f"<p>{one}{entities}</p>")
    yield BadInput("entities.html", page.encode(), text=(one, "—“引文”…&lt;"))
    one = material.paragraph()
    page = html(f'<p>{one}</p><img src=x onerror="alert(1)"><a href="javascript:alert(1)">点这里</a>')
    yield BadInput("active.html", page.encode(), text=(one,), absent=("alert",))
    one = material.paragraph()
    wide = html(f"<p>{one}</p>" + "<p></p>" * 100_000)
    yield BadInput("wide.html", wide.encode(), text=(one,))
    one = material.paragraph()
    attributes = " ".join(f"a{at}=1" for at in range(20_000))
    yield BadInput("attributes.html", html(f"<p {attributes}>{one}</p>").encode(), text=(one,))
    one = material.paragraph()
    yield BadInput("nul.html", html(f"<p>{one}\x00</p>").encode(), frozenset({READ, "binary"}), (one,))
    one, two = material.paragraph(), material.paragraph()
    ruby = "".join(f"<ruby>{c}<rt>x</rt></ruby>" for c in one)
    yield BadInput("ruby.html", html(f"<p>{ruby}</p><p>{two}</p>").encode(), text=(two,))
