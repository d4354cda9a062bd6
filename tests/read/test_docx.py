"""A Word document becomes the text that its reader sees, and what is hidden from the reader is said."""

import io

import docx as python_docx
import pytest
from documents import STRICT, TEXT, docx, docx_parts, paragraph, zipped

from kejidiff.read.docx import extract
from kejidiff.read.extracted import Extracted, UnparsableError


def body(xml: str) -> str:
    return extract(docx(xml)).text


def reason(data: bytes) -> str:
    with pytest.raises(UnparsableError) as raised:
        extract(data)
    assert raised.value.message
    return raised.value.reason


def hidden(extracted: Extracted) -> list[str]:
    assert [warning.reason for warning in extracted.warnings] == ["evasion-suspected"] * bool(extracted.marked)
    return [mark.span.of(extracted.text) for mark in extracted.marked if mark.reason == "hidden"]


def test_paragraphs_and_tables_in_order() -> None:
    """A paragraph is a block, a row a line with tabs; a document of another program's making reads the same."""
    document = python_docx.Document()
    document.add_heading("工作总结", 1)
    document.add_paragraph("第一段。")
    table = document.add_table(2, 2)
    for number, cell in enumerate(table._cells):
        cell.text = f"格{number}"
    table.cell(1, 1).add_paragraph("又一行")
    document.add_paragraph("第二段。")
    file = io.BytesIO()
    document.save(file)
    assert extract(file.getvalue()).text == "工作总结\n\n第一段。\n\n格0\t格1\n格2\t格3 又一行\n\n第二段。"


def test_a_table_that_only_lays_out_keeps_its_paragraphs() -> None:
    """A form holds all of a report in one cell: that is no line of a table."""
    cell = paragraph("第一段。") + paragraph("第二段。")
    assert body(f"<w:tbl><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>") == "第一段。\n\n第二段。"


def test_tracked_changes_are_taken_as_accepted() -> None:
    """Inserted text stays, deleted and moved-away text goes; so does a paragraph's end that was deleted."""
    inner = "<w:r><w:t>{}</w:t></w:r>"
    xml = (
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:ins>{inner.format('加入')}</w:ins>"
        f"<w:del><w:r><w:delText>删去</w:delText></w:r></w:del><w:moveFrom>{inner.format('移走')}</w:moveFrom></w:p>"
        f"<w:p><w:moveTo>{inner.format('移来')}</w:moveTo></w:p>"
    )
    assert body(xml) == "加入移来"


def test_fields_give_their_result() -> None:
    """Not what the field is told, nested or not."""
    xml = "".join(
        f"<w:r>{piece}</w:r>"
        for piece in (
            "<w:t>第</w:t>", '<w:fldChar w:fldCharType="begin"/>', "<w:instrText>IF </w:instrText>",
            '<w:fldChar w:fldCharType="begin"/>', "<w:instrText>PAGE</w:instrText>",
            '<w:fldChar w:fldCharType="separate"/>', "<w:t>9</w:t>", '<w:fldChar w:fldCharType="end"/>',
            '<w:fldChar w:fldCharType="separate"/>', "<w:t>7</w:t>", '<w:fldChar w:fldCharType="end"/>',
            "<w:t>页</w:t>",
        )
    )  # fmt: skip
    assert body(f"<w:p>{xml}</w:p>") == "第7页"
    assert body('<w:p><w:fldSimple w:instr="DATE"><w:r><w:t>2024年</w:t></w:r></w:fldSimple></w:p>') == "2024年"


def test_a_field_without_an_end_swallows_nothing() -> None:
    """One mark too many would take the rest of a document out of what is compared."""
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    inner = begin + "<w:r><w:instrText>PAGE</w:instrText></w:r>" + end
    assert body(f"<w:p>{begin}{inner}<w:r><w:t>一</w:t></w:r></w:p>{paragraph('二')}") == "一\n\n二"


def test_what_is_there_twice_is_read_once() -> None:
    """A text box comes for new programs and for old ones; only one of the two is its text, after its paragraph."""
    box = "<w:drawing><w:txbxContent>{}</w:txbxContent></w:drawing>"
    choice = f'<mc:Choice Requires="wps">{box.format(paragraph("框内"))}</mc:Choice>'
    fallback = f"<mc:Fallback>{box.format(paragraph('框内旧'))}</mc:Fallback>"
    both = f"<mc:AlternateContent>{choice}{fallback}</mc:AlternateContent>"
    assert body(f"<w:p><w:r><w:t>前</w:t>{both}<w:t>后</w:t></w:r></w:p>") == "前后\n\n框内"
    unknown = both.replace('"wps"', '"zz9"')
    assert body(f"<w:p><w:r>{unknown}</w:r></w:p>") == "框内旧"


def test_characters_by_other_names() -> None:
    """Tabs, breaks, hyphens and symbols are elements; predefined entities are characters; ruby notes are notes."""
    xml = (
        "<w:p><w:r><w:t>A&amp;B&lt;</w:t><w:tab/><w:t>左</w:t><w:br/><w:t>右</w:t><w:noBreakHyphen/>"
        '<w:sym w:char="2713"/><w:sym w:char="F0B7"/></w:r><w:r><w:ruby><w:rt><w:r><w:t>pinyin</w:t></w:r></w:rt>'
        "<w:rubyBase><w:r><w:t>字</w:t></w:r></w:rubyBase></w:ruby></w:r><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></w:p>"
    )
    assert body(xml) == "A&B<\t左\n右-✓字x=1"


def test_text_where_programs_seldom_put_it_is_read() -> None:
    """Straight in an alternative, with its fallback taken; Word's text in a formula; letters along a line; a shape."""
    choice = '<mc:Choice Requires="zz9"><w:t>新</w:t></mc:Choice>'
    either = f"<mc:AlternateContent>{choice}<mc:Fallback><w:t>旧</w:t><w:tab/></mc:Fallback></mc:AlternateContent>"
    assert body(f"<w:p><w:r><w:t>前</w:t>{either}<w:t>后</w:t></w:r></w:p>") == "前旧\t后"
    assert body("<w:p><m:oMath><m:r><w:t>合格率</w:t></m:r><m:r><m:t>=1</m:t></m:r></m:oMath></w:p>") == "合格率=1"
    picture = "<w:p><w:r><w:t>前</w:t><w:pict><shape>{}</shape></w:pict><w:t>后</w:t></w:r></w:p>"
    assert body(picture.format('<textpath string="艺术字"/>')) == "前后\n\n艺术字"
    assert body(picture.format("<txBody><p><r><t>形</t></r><r><t>状</t></r></p></txBody>")) == "前后\n\n形状"


def test_words_in_charts_and_diagrams_are_read() -> None:
    """SmartArt holds whole paragraphs, charts titles and names: after the text, each once; figures are none."""
    points = "<ptLst><pt><t><p><r><t>{}</t></r></p></t></pt><pt><t><p><endParaRPr/></p></t></pt></ptLst>"
    names = "<ser><cat><strRef><f>A1</f><strCache><pt><v>专利</v></pt><pt><v>论文</v></pt></strCache></strRef></cat>"
    names += "<val><numRef><numCache><pt><v>12</v></pt></numCache></numRef></val></ser>"
    chart = f"<chartSpace><title><tx><rich><p><r><t>成果</t></r></p></rich></tx></title>{names * 2}</chartSpace>"
    parts = {"diagramData1.xml": f"<dataModel>{points.format(TEXT)}</dataModel>", "chart1.xml": chart}
    assert body_with(parts) == f"正文\n\n{TEXT}\n\n成果\n\n专利\t论文"
    assert body_with({"chart1.xml": "<chartSpace><numCache><pt><v>1</v></pt></numCache></chartSpace>"}) == "正文"


def body_with(parts: dict[str, str]) -> str:
    return extract(docx(paragraph("正文"), parts=parts)).text


def test_strict_documents_read_the_same() -> None:
    """Both sets of namespaces mean one format."""
    assert extract(docx(paragraph(TEXT), STRICT)).text == TEXT


def test_notes_follow_and_headers_are_marked() -> None:
    """Footnotes stand behind the body, headers behind them, once each and as the page's own; comments nowhere."""
    note = "<w:footnotes XMLNS>{}</w:footnotes>".format(
        f'<w:footnote w:type="separator">{paragraph("线")}</w:footnote><w:footnote>{paragraph("注释")}</w:footnote>'
    )
    header = f"<w:hdr XMLNS>{paragraph('某市文件')}</w:hdr>"
    comments = f"<w:comments XMLNS><w:comment>{paragraph('批注')}</w:comment></w:comments>"
    parts = {"footnotes.xml": note, "header1.xml": header, "header2.xml": header, "comments.xml": comments}
    extracted = extract(docx(paragraph("正文"), parts=parts))
    assert extracted.text == "正文\n\n注释\n\n某市文件"
    assert [(mark.reason, mark.span.of(extracted.text)) for mark in extracted.marked] == [("page-mark", "某市文件")]
    assert extracted.warnings == ()


def test_page_numbers_of_contents_are_no_hiding() -> None:
    """Word hides them on the web, LibreOffice makes that hidden everywhere; figures amid text are another matter."""
    run = "<w:r><w:rPr><w:vanish/></w:rPr>{}</w:r>"
    contents = f"<w:p><w:r><w:t>第一章　总则</w:t></w:r>{run.format('<w:tab/><w:t>12</w:t>')}</w:p>{paragraph('正文')}"
    assert extract(docx(contents)).warnings == ()
    amid = f"<w:p><w:r><w:t>第一</w:t></w:r>{run.format('<w:t>12</w:t>')}<w:r><w:t>章</w:t></w:r></w:p>"
    assert len(extract(docx(amid)).warnings) == 1


def test_a_page_of_text_in_a_header_is_text() -> None:
    """Who moves a report into the header of its page does not keep it from being compared."""
    header = f"<w:hdr XMLNS>{paragraph('某市科技局')}{paragraph(TEXT * 6)}</w:hdr>"
    extracted = extract(docx(paragraph("正文"), parts={"header1.xml": header}))
    assert [mark.span.of(extracted.text) for mark in extracted.marked] == ["某市科技局"]


@pytest.mark.parametrize(
    "properties",
    [
        "<w:vanish/>", '<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>', '<w:rStyle w:val="Unseen"/>',
        '<w:color w:val="F2F2F2"/>', '<w:color w:val="FFFFFF"/><w:shd w:fill="F2F2F2"/>',
        '<w:spacing w:val="-240"/><w:sz w:val="24"/>', '<w:vanish w:val="true"/>',
        '<w:color w:val="FEFEFE"/><w:highlight w:val="none"/>',
        '<w:color w:val="000000" w:themeColor="background1"/>', '<w:w w:val="1"/>', "<textFill><noFill/></textFill>",
        '<textFill><solidFill><srgbClr val="FFFFFF"/></solidFill></textFill>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="pct5" w:color="auto" w:fill="FFFFFF"/>',
    ],
)  # fmt: skip
def test_hidden_text_is_kept_and_told(properties: str) -> None:
    """Hidden, white, tiny, or so by a style that another is based on: it stays in the text, marked, with its place."""
    styles = (
        '<w:styles XMLNS><w:style w:type="character" w:styleId="Unseen"><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:type="character" w:styleId="Base"><w:basedOn w:val="Unseen"/><w:rPr><w:vanish/></w:rPr></w:style>'
        "</w:styles>"
    )
    xml = f"<w:p><w:r><w:t>看得见</w:t></w:r><w:r><w:rPr>{properties}</w:rPr><w:t>看不见</w:t></w:r></w:p>"
    extracted = extract(docx(xml, parts={"styles.xml": styles}))
    assert (extracted.text, hidden(extracted)) == ("看得见看不见", ["看不见"])
    assert extracted.warnings[0].span == extracted.marked[0].span


@pytest.mark.parametrize(
    "properties",
    [
        '<w:vanish w:val="0"/>', '<w:color w:val="FFFFFF"/><w:shd w:fill="1F4E79"/>', '<w:color w:val="auto"/>',
        '<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>', '<w:sz w:val="21"/>', '<w:color w:val="FF0000"/>',
        '<w:outline/><w:color w:val="FFFFFF"/>', '<w:spacing w:val="-20"/><w:sz w:val="24"/>',
        '<w:color w:val="FFFF00"/>', '<w:color w:val="E7E6E6"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="pct95" w:color="auto" w:fill="auto"/>', '<w:w w:val="80"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="pct50" w:color="000000" w:fill="FFFFFF"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="auto" w:themeFill="accent1"/>',
        '<w:color w:val="D9D9D9" w:themeColor="background1" w:themeShade="D9"/>',
        '<w:color w:val="FFFFFF"/><textOutline><solidFill><srgbClr val="FF0000"/></solidFill></textOutline>',
    ],
)  # fmt: skip
def test_what_can_be_seen_is_not_told(properties: str) -> None:
    """White on a dark ground is how headings of tables look."""
    assert extract(docx(paragraph("看得见", properties))).marked == ()


def test_lines_of_no_height_hide() -> None:
    """Word cuts off what stands out of a line of an exact height."""
    spacing = '<w:pPr><w:spacing w:line="{}" w:lineRule="exact"/></w:pPr><w:r><w:t>一行</w:t></w:r>'
    assert hidden(extract(docx(f"<w:p>{spacing.format(1)}</w:p>"))) == ["一行"]
    assert hidden(extract(docx(f"<w:p>{spacing.format(360)}</w:p>"))) == []


def test_a_row_of_no_height_hides() -> None:
    """Of an exact height of a twip nothing is left to see; at least a twip is what the text needs."""
    row = "<w:tbl><w:tr><w:trPr><w:trHeight {}/></w:trPr><w:tc>" + paragraph("一行") + "</w:tc></w:tr></w:tbl>"
    assert hidden(extract(docx(row.format('w:val="1" w:hRule="exact"')))) == ["一行"]
    for height in ('w:val="1"', 'w:val="1" w:hRule="atLeast"', 'w:val="400" w:hRule="exact"'):
        assert hidden(extract(docx(row.format(height)))) == []


def test_white_in_a_coloured_cell_is_seen() -> None:
    """The cell's colour, or that of the table's style, is what is behind."""
    run = paragraph("表头", '<w:color w:val="FFFFFF"/>')
    cell = f'<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:fill="000080"/></w:tcPr>{run}</w:tc></w:tr></w:tbl>'
    assert hidden(extract(docx(cell))) == []
    assert hidden(extract(docx(f"<w:tbl><w:tr><w:tc>{run}</w:tc></w:tr></w:tbl>"))) == ["表头"]


@pytest.mark.parametrize(
    ("body_xml", "expected"),
    [
        ("", "no-text"),
        ("<w:p/>", "no-text"),
        (paragraph("。！"), "no-text"),
        ("<w:sdt>" * 250 + "</w:sdt>" * 250, "too-deep"),
        ("<w:p>", "damaged"),
        (paragraph(TEXT) + '<w:altChunk r="r1"/>', "unsupported"),
    ],
)
def test_a_body_that_holds_nothing_or_breaks(body_xml: str, expected: str) -> None:
    """Each with its reason."""
    assert reason(docx(body_xml)) == expected


def test_declared_types_and_twins_are_refused() -> None:
    """An entity that is declared is an attack; of two parts of one name nobody knows which counts."""
    parts = docx_parts(paragraph(TEXT))
    bomb = '<!DOCTYPE w [<!ENTITY a "好好"><!ENTITY b "&a;&a;">]>' + parts["word/document.xml"]
    assert reason(zipped({**parts, "word/document.xml": bomb})) == "dtd-forbidden"
    twin = [*parts.items(), ("word/Document.xml", parts["word/document.xml"].replace("全市", "全县"))]
    assert reason(zipped(twin)) == "ambiguous-parts"
    without = {name: content for name, content in parts.items() if name != "word/document.xml"}
    assert reason(zipped(without)) == "damaged"
