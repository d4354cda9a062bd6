"""Word documents -> bad inputs: what a reader must find in them, what it must leave, and what is hidden."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from bad_input import EVASION, READ, BadInput, Material
from package_files import HEAD, NAMES, STRICT, W, body, docx, docx_parts, par, run, zipped

HIDDEN = frozenset({EVASION})


def inputs() -> Iterator[BadInput]:
    material = Material(31)
    yield from _structure(material)
    yield from _beside(material)
    yield from _revisions(material)
    yield from _hidden(material)
    yield from _visible_after_all(material)
    yield from _markup(material)


def _table(*rows: tuple[str, ...]) -> str:
    made = "".join("<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
    return f"<w:tbl>{made}</w:tbl>"


def _structure(material: Material) -> Iterator[BadInput]:
    one, two, three, four = material.some(4)
    yield BadInput("plain.docx", docx(par(one), par(two)), text=(one, two))
    yield BadInput("split-runs.docx", docx(par(*(run(char) for char in one)), par(two)), text=(one, two))
    split = docx(par(run(one[:9], "<w:b/>"), run(one[9:], "<w:i/>")), par(two))
    yield BadInput("bold.docx", split, text=(one, two))
    table = _table((par(one), par(two)), (par(three), par(four)))
    yield BadInput("table.docx", docx(table), text=(one, two, three, four))
    nested = _table((par(one) + _table((par(two), par(three))) + par(four),))
    yield BadInput("nested-table.docx", docx(nested), text=(one, two, three, four))
    deep = par(three)
    for _ in range(12):
        deep = _table((deep + par(""),))
    yield BadInput("twelve-tables.docx", docx(par(one), deep, par(two)), text=(one, two, three))
    breaks = par(f"<w:r><w:t>{one}</w:t><w:br/><w:t>{two}</w:t><w:tab/><w:t>{three}</w:t><w:cr/></w:r>")
    yield BadInput("breaks.docx", docx(breaks), text=(one, two, three))
    content = f"<w:sdt><w:sdtContent>{par(one)}</w:sdtContent></w:sdt>"
    inline = par(f"<w:sdt><w:sdtContent>{run(two)}</w:sdtContent></w:sdt>", three)
    yield BadInput("content-control.docx", docx(content, inline), text=(one, two, three))
    link = par(f'<w:hyperlink r:id="r9">{run(one)}</w:hyperlink>', f"<w:smartTag>{run(two)}</w:smartTag>")
    yield BadInput("hyperlink.docx", docx(link), text=(one, two))
    yield BadInput("custom-xml.docx", docx(f'<w:customXml w:element="x">{par(one)}</w:customXml>'), text=(one,))
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{way}"/></w:r>' for way in ("begin", "separate", "end"))
    field = par(begin, "<w:r><w:instrText>DATE 删去的指令</w:instrText></w:r>", separate, run(one), end)
    yield BadInput("field.docx", docx(field, par(two)), text=(one, two), absent=("指令",))
    simple = par(f'<w:fldSimple w:instr="TITLE 密码">{run(one)}</w:fldSimple>')
    yield BadInput("simple-field.docx", docx(simple, par(two)), text=(one, two), absent=("密码",))
    many = [material.sentence() for _ in range(40)]
    yield BadInput("forty-paragraphs.docx", docx(*map(par, many)), text=tuple(many))


def _beside(material: Material) -> Iterator[BadInput]:
    """Notes belong to the text; headers and footers to the page."""
    for kind in ("footnotes", "endnotes"):
        one, two, note = material.some(3)
        single = kind[:-1]
        part = (
            f'{HEAD}<w:{kind} {NAMES}><w:{single} w:type="separator" w:id="-1">{par("")}</w:{single}>'
            f'<w:{single} w:id="2">{par(note)}</w:{single}></w:{kind}>'
        )
        text = body(par(one, f'<w:r><w:{single}Reference w:id="2"/></w:r>'), par(two))
        data = zipped(docx_parts(text, {f"{kind}.xml": (kind, part)}))
        yield BadInput(f"{kind}.docx", data, text=(one, two, note))
    one, two, head, foot = material.some(4)
    text = body(par(one), par(two), '<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="r0"/>'
                '<w:footerReference w:type="default" r:id="r1"/></w:sectPr></w:pPr></w:p>')  # fmt: skip
    parts = {"header1.xml": ("header", f"{HEAD}<w:hdr {NAMES}>{par(head)}</w:hdr>"),
             "footer1.xml": ("footer", f"{HEAD}<w:ftr {NAMES}>{par(foot)}</w:ftr>")}  # fmt: skip
    yield BadInput("headers.docx", zipped(docx_parts(text, parts)), text=(one, two), absent=(head, foot))
    one, two, inside = material.some(3)
    drawn = f"<wps:txbx><w:txbxContent>{par(inside)}</w:txbxContent></wps:txbx>"
    shape = f"<v:textbox><w:txbxContent>{par(inside)}</w:txbxContent></v:textbox>"
    box = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData>'
        f"<wps:wsp>{drawn}</wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape>{shape}</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    yield BadInput("text-box.docx", docx(par(one, box), par(two)), text=(one, two, inside))
    old = f"<w:r><w:pict><v:shape>{shape}</v:shape></w:pict></w:r>"
    yield BadInput("old-text-box.docx", docx(par(one, old), par(two)), text=(one, two, inside))
    one, remark = material.some(2)
    comments = f'{HEAD}<w:comments {NAMES}><w:comment w:id="1">{par(remark)}</w:comment></w:comments>'
    data = zipped(docx_parts(body(par(one)), {"comments.xml": ("comments", comments)}))
    yield BadInput("comments.docx", data, text=(one,), absent=(remark,))


def _revisions(material: Material) -> Iterator[BadInput]:
    one, new, gone, two = material.some(4)
    author = 'w:id="1" w:author="x" w:date="2024-01-01T00:00:00Z"'
    text = body(
        par(run(one), f"<w:ins {author}>{run(new)}</w:ins>"),
        par(f"<w:del {author}><w:r><w:delText>{gone}</w:delText></w:r></w:del>", run(two)),
    )
    yield BadInput("tracked.docx", zipped(docx_parts(text)), text=(one, new, two), absent=(gone,))
    one, moved, two = material.some(3)
    text = body(
        par(run(one), f"<w:moveFrom {author}><w:r><w:t>{moved}</w:t></w:r></w:moveFrom>"),
        par("之间的一段。"),
        par(f"<w:moveTo {author}>{run(moved)}</w:moveTo>", run(two)),
    )
    yield BadInput("moved.docx", zipped(docx_parts(text)), text=(one, moved + two), absent=(one + moved,))
    one, new, two = material.some(3)
    inserted = f"<w:ins {author}><w:sdt><w:sdtContent>{run(new)}</w:sdtContent></w:sdt></w:ins>"
    yield BadInput("inserted-control.docx", docx(par(one, inserted), par(two)), text=(one, new, two))


def _hidden(material: Material) -> Iterator[BadInput]:
    """What nobody sees stays out of the report or is marked, and is told of."""
    ways = {
        "vanish": "<w:vanish/>",
        "vanish-on": '<w:vanish w:val="1"/>',
        "white": '<w:color w:val="FFFFFF"/>',
        "white-theme": '<w:color w:val="FFFFFF" w:themeColor="background1"/>',
        "nearly-white": '<w:color w:val="FEFEFE"/>',
        "tiny": '<w:sz w:val="2"/>',
        "tiny-scaled": '<w:w w:val="1"/><w:sz w:val="2"/>',
    }
    for name, properties in ways.items():
        for shape in range(2):
            one, two, hidden = material.some(3)
            run_of_it = run(hidden, properties)
            blocks = (par(one), par(run_of_it)) if shape else (par(one, run_of_it),)
            yield BadInput(
                f"{name}-{shape}.docx", docx(*blocks, par(two)), text=(one, two), absent=(hidden,), warnings=HIDDEN
            )
    one, two = material.some(2)
    between = [piece for char in one for piece in (run(char), run("的", "<w:vanish/>"))]
    yield BadInput("vanish-between.docx", docx(par(*between), par(two)), text=(two,), warnings=HIDDEN)
    one, two, hidden = material.some(3)
    style = '<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
    styles = f"{HEAD}<w:styles {NAMES}>{style}</w:styles>"
    text = body(par(one), par(run(hidden, '<w:rStyle w:val="Secret"/>')), par(two))
    data = zipped(docx_parts(text, {"styles.xml": ("styles", styles)}))
    yield BadInput("vanish-by-style.docx", data, text=(one, two), absent=(hidden,), warnings=HIDDEN)
    for sign in ("\u200b", "\u202e", "\ufe0f"):
        one, two = material.some(2)
        mixed = sign.join(one)
        yield BadInput(f"signs-{ord(sign):x}.docx", docx(par(mixed), par(two)), text=(mixed, two), warnings=HIDDEN)


def _visible_after_all(material: Material) -> Iterator[BadInput]:
    """Looks like hiding, and is none: all of it is read, and nobody is suspected."""
    ways = {
        "vanish-off": '<w:vanish w:val="0"/>',
        "vanish-false": '<w:vanish w:val="false"/>',
        "automatic": '<w:color w:val="auto"/>',
        "grey": '<w:color w:val="808080"/>',
        "small": '<w:sz w:val="15"/>',
        "red": '<w:color w:val="FF0000"/>',
        "white-on-dark": '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:color="auto" w:fill="1F3864"/>',
        "white-highlighted": '<w:color w:val="FFFFFF"/><w:highlight w:val="darkBlue"/>',
        "struck": "<w:strike/>",
        "web-hidden": "<w:webHidden/>",
    }
    for name, properties in ways.items():
        one, shown, two = material.some(3)
        data = docx(par(one), par(run(shown, properties)), par(two))
        yield BadInput(f"seen-{name}.docx", data, text=(one, shown, two))
    one, shown, two = material.some(3)
    dark = '<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="1F3864"/></w:tcPr>'
    white = par(run(shown, '<w:color w:val="FFFFFF"/>'))
    header = f"<w:tbl><w:tr><w:tc>{dark}{white}</w:tc></w:tr></w:tbl>"
    yield BadInput("seen-white-in-dark-cell.docx", docx(par(one), header, par(two)), text=(one, shown, two))


def _markup(material: Material) -> Iterator[BadInput]:
    """Entities, declarations, encodings, namespaces."""
    one, two, three = material.some(3)
    spelled = "".join(f"&#{ord(char)};" for char in one) + "A&amp;B&lt;C&gt;" + "".join(f"&#x{ord(c):X};" for c in two)
    data = docx(f"<w:p><w:r><w:t>{spelled}</w:t></w:r></w:p>", par(three))
    yield BadInput("references.docx", data, text=(f"{one}A&B<C>{two}", three))
    yield BadInput(
        "cdata.docx", docx(f"<w:p><w:r><w:t><![CDATA[{one}<w:t>]]></w:t></w:r></w:p>"), text=(f"{one}<w:t>",)
    )
    inside = f"<w:p><w:r><w:t>{one[:9]}<!-- 注释 --><?pi 指令?>{one[9:]}</w:t></w:r></w:p>"
    yield BadInput("comment-inside.docx", docx(inside), text=(one,), absent=("注释", "指令"))
    text = body(par(one), par(two))
    for name in ("utf-16", "utf-16-le", "utf-16-be"):
        mark = {"utf-16": b"", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}[name]
        data = mark + text.replace("UTF-8", "UTF-16").encode(name)
        yield BadInput(f"xml-{name}.docx", zipped(docx_parts(data)), text=(one, two))
    data = b"\xef\xbb\xbf" + text.encode()
    yield BadInput("xml-mark.docx", zipped(docx_parts(data)), text=(one, two))
    data = text.replace("UTF-8", "GBK").encode("gbk")
    yield BadInput("xml-gbk.docx", zipped(docx_parts(data)), frozenset({READ, "damaged"}), text=(one, two))
    data = text.encode("gbk")
    yield BadInput("xml-lies.docx", zipped(docx_parts(data)), frozenset({"damaged"}))
    strict = text.replace(W, STRICT)
    yield BadInput("strict.docx", zipped(docx_parts(strict)), text=(one, two))
    renamed = text.replace("w:", "x:").replace("xmlns:w=", "xmlns:x=")
    yield BadInput("other-prefix.docx", zipped(docx_parts(renamed)), text=(one, two))
    parts = docx_parts(text)
    types = str(parts["[Content_Types].xml"]).replace(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    macro = {**parts, "[Content_Types].xml": types, "word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(600)}
    yield BadInput("macro.docm", zipped(macro), text=(one, two))
    yield BadInput("docx-named.txt", docx(par(one), par(two)), text=(one, two))
    yield BadInput("docx-named.doc", docx(par(one), par(two)), text=(one, two))
    moved = {name: content for name, content in parts.items() if not name.startswith("word/")}
    moved["_rels/.rels"] = str(parts["_rels/.rels"]).replace("word/document.xml", "/report/main.xml")
    moved["[Content_Types].xml"] = str(parts["[Content_Types].xml"]).replace("/word/document.xml", "/report/main.xml")
    moved["report/main.xml"] = parts["word/document.xml"]
    yield BadInput("main-elsewhere.docx", zipped(moved), frozenset({READ, "damaged", "unsupported"}), text=(one, two))
    yield BadInput("empty-body.docx", docx(), frozenset({"no-text", "empty"}))
    yield BadInput("blank-body.docx", docx(par("  "), par("\u3000")), frozenset({"no-text", "empty"}))
    escaped = escape("<script>alert(1)</script>=1+1")
    data = docx(f"<w:p><w:r><w:t>{escaped}{three}</w:t></w:r></w:p>")
    yield BadInput("markup-as-text.docx", data, text=("<script>alert(1)</script>=1+1" + three,))
