"""Names, titles and texts chosen by somebody who means harm -> a folder of reports, and what must not get out."""

import os
import re
from pathlib import Path
from typing import Final

from bad_input import Material
from package_files import docx, par

#: Each would do something to whoever prints it raw, in a terminal, a browser, a spreadsheet, or a viewer of Markdown.
ATTACKS: Final = (
    "\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x1b]52;c;cm0=\x07", "\x9b31m", "\x08\x08\x08over", "\x00nul",
    "\u202etxt.exe\u202c", "\u2066\u2069", "\u200b\u200d\u2060\ufeff", "\U000e0041\U000e0042", "\u2028line\u2029",
    "<script>alert(1)</script>", "</script><script>alert(2)</script>", "<img src=x onerror=alert(3)>",
    "\"><svg onload=alert(4)>", "'-alert(5)-'", "{{7*7}}{% raw %}", "javascript:alert(6)", "<!--", "]]>", "&lt;b&gt;",
    "<meta http-equiv=refresh content=0;url=//example.test>", "<base href=//example.test>", "url(//example.test)",
    "=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", " =1+1", "\u200b=1+1", "\ufeff=1", "＝1＋1", "＋1",
    "－1", "＠1", "﹢1", "=HYPERLINK(\"http://example.test\")", "|calc", "[x](javascript:alert(7))", "![x](http://example.test/i.png)",
    "`code` **bold** | cell |", "http://example.test/", "%s%n%d", "$(id)`id`", "\ud800", "\udfff\ud800", "\ufffe\uffff",
)  # fmt: skip

#: What no terminal, page or table may hold raw: controls but for line ends and tabs, and all that is drawn as nothing.
RAW: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)


def hostile_folder(folder: Path) -> Path:
    """`a.txt` and `b.txt`, alike and full of attacks; further pairs, one with attacks in their names, one of docx."""
    folder.mkdir(parents=True)
    material = Material(70)
    shared = [attack + material.sentence() + attack for attack in ATTACKS]
    for name in ("a.txt", "b.txt"):
        title = material.chance.choice(ATTACKS) + "工作总结" + "".join(ATTACKS[:6])
        text = "\n".join([title, *shared, material.paragraph(2)])
        (folder / name).write_bytes(text.replace("\x00", "").encode("utf-8", "surrogatepass"))
    for at, attack in enumerate(ATTACKS):
        name = attack.replace("/", "∕").replace("\x00", "0")
        if any("\ud800" <= char <= "\udfff" for char in name):
            name = os.fsdecode(b"\xff\xfe")
        # Some are alike, so that names get into passages, findings and clusters too; all would be a thousand pairs.
        same = shared[at % 3].replace("\x00", "") if at % 5 == 0 else ""
        text = f"{attack.replace(chr(0), '')}标题{at}\n{same}\n{material.paragraph(2)}"
        (folder / f"{name}{at}").write_bytes(text.encode("utf-8", "replace"))
    inside = [re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text) for text in shared]
    for name in ("c.docx", "d.docx"):
        (folder / name).write_bytes(docx(*map(par, inside), par(material.paragraph())))
    return folder
