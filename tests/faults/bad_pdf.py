"""PDF -> bad inputs: what is laid out oddly, locked, scanned, cut, tangled, or hidden."""

import re
from collections.abc import Iterator
from typing import Any

from bad_input import READ, BadInput, Material, unread
from pdf_files import drawn, page, pdf


def inputs() -> Iterator[BadInput]:
    material = Material(61)
    yield from _laid_out(material)
    yield from _locked(material)
    yield from _without_text()
    yield from _broken(material)
    yield from _tangled(material)


def _laid_out(material: Material) -> Iterator[BadInput]:
    for number in range(3):
        paragraphs = [material.paragraph(3) for _ in range(2 + number)]
        yield BadInput(f"page-{number}.pdf", pdf(*paragraphs), text=tuple(paragraphs))
    one, two = material.some(2)
    yield BadInput("pdf-named.txt", pdf(one, two), text=(one, two))
    yield BadInput("pdf-named.docx", pdf(one, two), text=(one, two))
    left, right = [material.paragraph(2) for _ in range(3)], [material.paragraph(2) for _ in range(3)]

    def columns(canvas: Any) -> None:
        canvas.setFont("STSong-Light", 10)
        page(left, left=60, measure=20)(canvas)
        page(right, left=320, measure=20)(canvas)

    yield BadInput("two-columns.pdf", drawn(columns), text=(*left, *right))
    texts = [[material.paragraph(3) for _ in range(4)] for _ in range(5)]
    pages = [page(own, "科技局年度工作总结汇编", f"— {at} —") for at, own in enumerate(texts, 1)]
    whole = tuple(paragraph for own in texts for paragraph in own)
    yield BadInput("headers.pdf", drawn(*pages), text=whole, absent=("年度工作总结汇编", "—3—"))
    paragraph = material.paragraph(6)
    split = [page([paragraph[:120]]), page([paragraph[120:]])]
    yield BadInput("across-pages.pdf", drawn(*split), text=(paragraph[:110], paragraph[130:]))


def _locked(material: Material) -> Iterator[BadInput]:
    one = material.paragraph()
    yield unread("password.pdf", drawn(page([one]), password="秘密".encode().hex()), "encrypted")
    # With an empty user password anybody may open it; the owner's only guards against changes.
    yield BadInput("owner-password.pdf", drawn(page([one]), password=""), text=(one,))


def _without_text() -> Iterator[BadInput]:
    def picture(canvas: Any) -> None:
        for at in range(60):
            canvas.rect(72, 100 + at * 10, at * 7 % 400, 5, fill=1)

    yield unread("scanned.pdf", drawn(picture, picture), "no-text")
    yield unread("blank.pdf", drawn(lambda _: None), "no-text", "empty")
    yield unread("blank-strings.pdf", drawn(lambda canvas: canvas.drawString(72, 700, "   ")), "no-text", "empty")


def _broken(material: Material) -> Iterator[BadInput]:
    one, two = material.paragraph(), material.paragraph()
    good = pdf(one, two)
    yield BadInput("no-table.pdf", good[: good.rindex(b"xref")], frozenset({READ, "damaged"}), (one, two))
    yield BadInput("wrong-start.pdf", re.sub(rb"startxref\n\d+", b"startxref\n7", good), frozenset({READ, "damaged"}),
                   (one, two))  # fmt: skip
    for share in (10, 40):
        yield unread(f"cut-{share}.pdf", good[: len(good) * share // 100], "damaged", "no-text", "empty")
    yield unread("only-head.pdf", b"%PDF-1.7\n", "damaged")
    yield unread(
        "garbage.pdf", b"%PDF-1.4\n" + bytes(Material(62).chance.randrange(256) for _ in range(9000)), "damaged"
    )
    room = frozenset({READ, "damaged", "unsupported", "binary", "garbled-text"})
    yield BadInput("junk-before.pdf", b"\n\n" + good, room, (one, two))
    yield BadInput("junk-after.pdf", good + b"\0" * 900, text=(one, two))


def _made(*objects: str, root: int = 1) -> bytes:
    """A PDF of objects by hand, with a right table of places."""
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{at:010} 00000 n \n" for at in places)
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root {root} 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + table.encode() + trailer.encode()


def _tangled(material: Material) -> Iterator[BadInput]:
    """Objects that refer to themselves, counts that lie, streams that never end."""
    catalog = "<< /Type /Catalog /Pages 2 0 R >>"
    nothing = ("damaged", "no-text", "empty", "timeout", "memory", "expands-too-much", "too-deep", "parser-crash")
    yield unread("pages-loop.pdf", _made(catalog, "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"), *nothing)
    yield unread("parent-loop.pdf", _made(catalog, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                 "<< /Type /Page /Parent 3 0 R /MediaBox [0 0 9 9] >>"), *nothing)  # fmt: skip
    yield unread("self-root.pdf", _made("1 0 R"), *nothing)
    yield unread("many-pages.pdf", _made(catalog, "<< /Type /Pages /Kids [] /Count 2000000000 >>"), *nothing)
    content = "<< /Length 4 0 R >>\nstream\nBT ET\nendstream"
    three = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>"
    kids = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    yield unread("length-loop.pdf", _made(catalog, kids, three, content), *nothing)
    itself = "/Resources << /XObject << /X 5 0 R >> >>"
    draw = "/Length 5 >>\nstream\n/X Do\nendstream"
    form = f"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] {itself} {draw}"
    page_of_form = f"{three[:-2]} {itself} >>"
    yield unread("form-loop.pdf", _made(catalog, kids, page_of_form, f"<< {draw}", form), *nothing)
    yield unread("deep-arrays.pdf", _made(catalog, kids, "[" * 100_000 + "]" * 100_000), *nothing)
    texts = [material.paragraph(2) for _ in range(300)]
    yield BadInput("three-hundred-pages.pdf", drawn(*[page([text]) for text in texts]), text=tuple(texts))
