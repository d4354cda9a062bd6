"""An OpenDocument text becomes the text that its reader sees."""

import pytest
from documents import TEXT, odt, zipped

from kejidiff.read.extracted import UnparsableError
from kejidiff.read.odt import extract

HIDE = (
    '<style:style style:name="T1" style:family="text" style:parent-style-name="T0"/><style:style style:name="T0" '
    'style:family="text"><style:text-properties {}/></style:style>'
)


def test_paragraphs_headings_lists_and_tables_in_order() -> None:
    """Items are blocks of their own, rows lines; repeated and covered cells keep their place."""
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    row = cell.format(' table:number-columns-repeated="2"', "甲") + cell.format("", "乙")
    body = (
        "<text:h>标题</text:h><text:p>一<text:s text:c='2'/>二<text:tab/>三<text:line-break/>四\n   五</text:p>"
        "<text:list><text:list-item><text:p>项</text:p></text:list-item></text:list>"
        f"<table:table><table:table-header-rows><table:table-row>{row}</table:table-row></table:table-header-rows>"
        f"<table:table-row>{row}</table:table-row></table:table>"
    )
    assert extract(odt(body)).text == "标题\n\n一  二\t三\n四 五\n\n项\n\n甲\t甲\t乙\n甲\t甲\t乙"


def test_deletions_and_annotations_are_left_out_and_notes_follow() -> None:
    """What changes deleted stands apart in the file; a note's number is no text, the note is."""
    body = (
        "<text:tracked-changes><text:changed-region><text:p>删去</text:p></text:changed-region></text:tracked-changes>"
        "<text:p>正文<office:annotation><text:p>批注</text:p></office:annotation><text:note><text:note-citation>1"
        "</text:note-citation><text:note-body><text:p>注释</text:p></text:note-body></text:note>续"
        "<draw:frame><draw:text-box><text:p>框内</text:p></draw:text-box></draw:frame></text:p><text:p>末段</text:p>"
    )
    page = "<style:master-page><style:header><text:p>某市文件</text:p></style:header></style:master-page>"
    extracted = extract(odt(body, pages=page))
    assert extracted.text == "正文续\n\n框内\n\n末段\n\n注释\n\n某市文件"
    assert [mark.reason for mark in extracted.marked] == ["page-mark"]


@pytest.mark.parametrize(
    "properties",
    ['text:display="none"', 'fo:color="#ffffff"', 'fo:color="#f3f3f3"', 'fo:font-size="1pt"', 'style:text-scale="1%"'],
)
def test_hidden_text_is_kept_and_told(properties: str) -> None:
    """By a style, or by what its style comes from."""
    body = '<text:p>看得见<text:span text:style-name="T1">看不见</text:span></text:p>'
    extracted = extract(odt(body, HIDE.format(properties)))
    assert [mark.span.of(extracted.text) for mark in extracted.marked] == ["看不见"]
    assert [warning.reason for warning in extracted.warnings] == ["evasion-suspected"]


def test_white_on_a_ground_is_seen() -> None:
    """White text with a colour behind it is no hiding."""
    body = '<text:p>看得见<text:span text:style-name="T1">也看得见</text:span></text:p>'
    assert extract(odt(body, HIDE.format('fo:color="#ffffff" fo:background-color="#000080"'))).marked == ()


def test_white_is_seen_on_a_dark_page_or_with_an_outline() -> None:
    """A page has a ground, too; letters that are drawn around stand out from any."""
    body = '<text:p>看得见<text:span text:style-name="T1">也看得见</text:span></text:p>'
    white = 'fo:color="#ffffff"'
    assert extract(odt(body, HIDE.format(f'{white} style:text-outline="true"'))).marked == ()
    page = "<style:page-layout><style:page-layout-properties {}/></style:page-layout>"
    dark, pale = (page.format(f'fo:background-color="#{colour}"') for colour in ("1f3864", "ffffff"))
    assert extract(odt(body, HIDE.format(white), pages=dark)).marked == ()
    assert len(extract(odt(body, HIDE.format(white), pages=pale)).marked) == 1


@pytest.mark.parametrize("family", ["table", "table-row"])
def test_white_in_a_coloured_table_or_row_is_seen(family: str) -> None:
    """Not only cells have a ground."""
    styles = '<style:style style:name="W" style:family="paragraph"><style:text-properties fo:color="#ffffff"/>'
    styles += f'</style:style><style:style style:name="G" style:family="{family}">'
    styles += f'<style:{family}-properties fo:background-color="#000080"/></style:style>'
    named = {family: ' table:style-name="G"'}
    cell = '<table:table-cell><text:p text:style-name="W">表头</text:p></table:table-cell>'
    row = f"<table:table-row{named.get('table-row', '')}>{cell}</table:table-row>"
    assert extract(odt(f"<table:table{named.get('table', '')}>{row}</table:table>", styles)).warnings == ()


@pytest.mark.parametrize("around", ["{}", "<text:p>{}</text:p>", "<text:p><draw:g>{}</draw:g></text:p>"])
@pytest.mark.parametrize(
    "box", ["<draw:custom-shape>{}</draw:custom-shape>", "<draw:frame><draw:text-box>{}</draw:text-box></draw:frame>"]
)
def test_text_in_shapes_is_read(around: str, box: str) -> None:
    """Once, in boxes and in shapes, as which Word's text boxes come."""
    inner = around.format(box.format(f"<text:p>{TEXT}</text:p>"))
    assert extract(odt("<text:p>正文</text:p>" + inner)).text == f"正文\n\n{TEXT}"


def test_a_flat_file_reads_the_same() -> None:
    """The same XML without a zip file around it."""
    flat = (
        '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
        f"<text:p>{TEXT}</text:p></office:text></office:body></office:document>"
    )
    assert extract(flat.encode()).text == TEXT


def test_refusals() -> None:
    """A password, no text, no part that the format needs."""
    manifest = '<manifest xmlns="x"><encryption-data/></manifest>'
    for data, expected in (
        (zipped({"content.xml": "x", "META-INF/manifest.xml": manifest}), "encrypted"),
        (odt("<text:p> </text:p>"), "no-text"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "damaged"),
    ):
        with pytest.raises(UnparsableError) as raised:
            extract(data)
        assert raised.value.reason == expected
