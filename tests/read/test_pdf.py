"""PDF: paragraphs come back whole, what runs along on pages is marked, scans and locked files are said to be."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages_of_pdf import HEIGHT, MARGIN, WIDTH, drawn, picture, report, without_meanings
from reportlab.pdfgen.canvas import Canvas

from kejidiff.model import ScanResult, SourceText
from kejidiff.options import ScanOptions
from kejidiff.read.extracted import Extracted, UnparsableError
from kejidiff.read.pdf import extract
from kejidiff.span import Span, without
from kejidiff.text.segment import find_paragraphs

SENTENCES = (
    "一年来,我们坚持以科技创新为引领,围绕年初确定的目标任务抓好落实,各项工作取得了新的进展。",
    "全年组织申报省级以上科技计划项目176项,其中立项98项,到位资金2,350万元,同比增长12.6%。",
    "下一步,将继续加大投入,完善政策,强化服务,努力开创全县科技工作新局面。",
    "依托 GIS 系统和大数据平台建立台账,实行动态管理。",
    "科技特派员深入乡村开展技术服务。",
)


def prose(count: int, seed: int = 1) -> list[str]:
    """A title and paragraphs of one to six sentences, some with a heading's number."""
    rng = random.Random(seed)
    paragraphs = ["某县科学技术局2019年工作总结"]
    for number in range(count):
        sentences = "".join(rng.choice(SENTENCES) for _ in range(rng.randint(1, 6)))
        paragraphs.append(f"（{'一二三四五六七八九'[number % 9]}）{sentences}" if number % 4 == 0 else sentences)
    return paragraphs


def paragraphs_of(extracted: Extracted) -> list[str]:
    """As the rest of the house sees them, marks cut out."""
    holes = [one.span for one in extracted.marked]
    found = find_paragraphs(extracted.text, Span(0, len(extracted.text)), extracted.marked)
    return ["".join(part.of(extracted.text) for part in without(span, holes)) for span in found]


def plain(text: str) -> str:
    return "".join(text.split())


def refused(data: bytes) -> str:
    with pytest.raises(UnparsableError) as caught:
        extract(data)
    return caught.value.reason


def marked(extracted: Extracted, reason: str) -> list[str]:
    return [one.span.of(extracted.text).strip() for one in extracted.marked if one.reason == reason]


@pytest.mark.parametrize("indented", [True, False])
@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("running", ["", "某县科学技术局文件"])
def test_paragraphs_come_back_whole(columns: int, running: str, indented: bool) -> None:
    """Of a report over several pages nearly every paragraph is one paragraph again, also across page marks."""
    written = prose(60)
    found = {plain(one) for one in paragraphs_of(extract(report(written, columns, running, indented)))}
    lost = [one for one in written if plain(one) not in found]
    # Where nothing is set in, a paragraph that ends at a line's end cannot be told from one that goes on.
    assert len(lost) <= (0 if indented else 3)


def test_page_marks_are_marked_and_nothing_else() -> None:
    """A header and a number on each page are `page-mark`; all of the report is outside them."""
    written = prose(60)
    extracted = extract(report(written, running="某县科学技术局文件"))
    marks = plain("".join(marked(extracted, "page-mark")))
    pages = marks.count("某县科学技术局文件")
    assert pages >= 3
    assert marks.replace("某县科学技术局文件", "") == "".join(f"-{number}-" for number in range(1, pages + 1))


def test_a_page_without_words_among_others() -> None:
    """A scanned page is said, with its number; the others are read, and the result is not complete."""
    extracted = extract(drawn(lambda page: page.drawString(MARGIN, 700, SENTENCES[0]), picture))
    assert SENTENCES[0].replace(",", "") in extracted.text.replace(",", "")
    (warning,) = extracted.warnings
    assert warning.reason == "pages-without-text"
    assert "1 of 2 pages" in warning.message
    source = SourceText("a.pdf", extracted.text, warnings=extracted.warnings)
    assert not ScanResult("0", ScanOptions(), (source,), (), {}, ()).complete
    assert ScanResult("0", ScanOptions(), (replace(source, warnings=()),), (), {}, ()).complete


def stamped(page: Canvas) -> None:
    picture(page)
    page.drawString(WIDTH / 2, 40, "- 1 -")


def test_what_is_no_text_is_refused() -> None:
    """Scans, with a page number or without, are `no-text`, never read as clean; locked, broken files are named so."""
    assert refused(drawn(picture, picture)) == "no-text"
    assert refused(drawn(stamped)) == "no-text"
    assert refused(drawn(lambda page: None)) == "no-text"
    assert refused(drawn(lambda page: page.drawString(70, 700, SENTENCES[0]), encrypt="secret")) == "encrypted"
    assert refused(b"%PDF-1.7\nnothing of the kind") == "damaged"
    assert refused(without_meanings(200)) == "garbled-text"


def invisible(page: Canvas, x: float, y: float, text: str) -> None:
    written = page.beginText(x, y)
    written.setFont("STSong-Light", 12)
    written.setTextRenderMode(3)
    written.textLine(text)
    page.drawText(written)


def whitened(page: Canvas) -> None:
    page.drawString(MARGIN, 700, SENTENCES[0])
    page.setFillColorRGB(1, 1, 1)
    page.drawString(MARGIN, 680, SENTENCES[2])
    page.setFillColorRGB(0, 0, 0)
    page.drawString(MARGIN, 660, SENTENCES[4])


def on_a_dark_ground(page: Canvas) -> None:
    page.setFillColorRGB(0, 0, 0.5)
    page.rect(0, 690, WIDTH, 30, stroke=0, fill=1)
    page.setFillColorRGB(1, 1, 1)
    page.drawString(MARGIN, 700, SENTENCES[0])


def test_white_text_is_marked_and_said() -> None:
    """White letters on white paper are hidden; the text around them is read as if they were not there."""
    extracted = extract(drawn(whitened))
    assert [plain(one) for one in marked(extracted, "hidden")] == [plain(SENTENCES[2])]
    assert [one.reason for one in extracted.warnings] == ["evasion-suspected"]
    assert not any(SENTENCES[2][:8] in one for one in paragraphs_of(extracted))


def test_what_shows_is_not_hidden() -> None:
    """White letters on a dark ground are a heading; invisible ones over a picture are what a scanner recognised."""
    scan = drawn(lambda page: (picture(page), invisible(page, MARGIN, 700, SENTENCES[0] + SENTENCES[4])))
    for data in (drawn(on_a_dark_ground), scan):
        extracted = extract(data)
        assert not extracted.marked
        assert not extracted.warnings
        assert plain(SENTENCES[0])[:10] in plain(extracted.text)


def test_a_frame_is_no_ground() -> None:
    """What is drawn around white letters, and not filled, leaves them hidden; so does ink that lets all through."""

    def framed(page: Canvas) -> None:
        page.rect(20, 20, WIDTH - 40, HEIGHT - 40, stroke=1, fill=0)
        whitened(page)
        page.setFillAlpha(0.01)
        page.drawString(MARGIN, 640, SENTENCES[0])

    (hidden,) = marked(extract(drawn(framed)), "hidden")
    assert plain(hidden) == plain(SENTENCES[2] + SENTENCES[0])


@pytest.mark.parametrize("mode", [1, 2])
def test_white_letters_with_outlines_are_seen(mode: int) -> None:
    """Titles that are drawn by their outlines."""

    def outlined(page: Canvas) -> None:
        written = page.beginText(MARGIN, 700)
        written.setFont("STSong-Light", 24)
        written.setFillColorRGB(1, 1, 1)
        written.setTextRenderMode(mode)
        written.textLine(SENTENCES[0][:12])
        page.drawText(written)

    assert extract(drawn(outlined)).warnings == ()


def test_invisible_text_on_a_page_of_text() -> None:
    """Letters without ink, off the page, or too small to see are hidden."""

    def tricks(page: Canvas) -> None:
        page.drawString(MARGIN, 700, SENTENCES[0])
        invisible(page, MARGIN, 650, "无墨的文字在这里")
        page.drawString(MARGIN, HEIGHT + 200, "纸外的文字在这里")
        page.drawString(WIDTH + 20, 620, "右外的文字在这里")
        page.setFont("STSong-Light", 0.5)
        page.drawString(MARGIN, 600, "微小的文字在这里")

    (hidden,) = marked(extract(drawn(tricks)), "hidden")
    assert {"无墨", "纸外", "右外", "微小"} <= {hidden[at : at + 2] for at in range(len(hidden))}


def test_a_line_that_is_too_long_is_no_hiding() -> None:
    """It begins on the page and runs over the edge."""
    assert extract(drawn(lambda page: page.drawString(MARGIN, 700, SENTENCES[0] * 2))).warnings == ()


GOOD = report(prose(3))


@given(st.randoms(use_true_random=False))
@settings(deadline=None, derandomize=True, max_examples=40)
def test_any_bytes_end_as_text_or_reason(rng: random.Random) -> None:
    """However a file is damaged: marks within the text, in order, or a reason code; never another exception."""
    data = bytearray(GOOD)
    for _ in range(rng.randint(1, 30)):
        at = rng.randrange(len(data))
        data[at : at + rng.randint(0, 3)] = rng.randbytes(rng.randint(0, 3))
    try:
        extracted = extract(bytes(data))
    except UnparsableError:
        return
    edges = [0, *(edge for one in extracted.marked for edge in one.span), len(extracted.text)]
    assert edges == sorted(edges)
