"""What begins like a web page is one; what only speaks of pages is not."""

import pytest

from kejidiff.read.markup import looks_like_html

PAGES = (
    "<!DOCTYPE html><html>",
    "\ufeff\n <html lang=zh>",
    '<?xml version="1.0" encoding="utf-8"?>\n<!-- 某县 --><html xmlns="http://www.w3.org/1999/xhtml">',
    "<!-- saved from url --><!DOCTYPE html>",
    "<head><title>总结</title>",
    "<meta charset=gbk><p>正文",
    "<body>正文",
    "<frameset cols=20%,80%>",
    '<div class="article"><p>正文</p></div>',
    "<p>第一段</p><p>第二段</p>",
    "<table border=1><tr><td>一</td></tr></table>",
    '<span style="font-size: 12pt">正文</span>',
)
TEXTS = (
    "科技工作总结",
    "<科技创新>工作总结",
    "<p>标签用于分段，<div> 用于分块。",
    "< div >不是标签</div>",
    "《网页设计》：<html> 是根元素，</html> 结束。",
    "# 标题\n\n<div align=center>图</div>\n\n- 一\n- 二",
    '<div align="center">\n<img src=a.png>\n</div>\n\n# 标题\n',
    "<script 之外的文字",
    "",
)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("page", PAGES)
def test_pages(page: str, encoding: str) -> None:
    """Whole pages and fragments of them, in every encoding that files come in."""
    assert looks_like_html(page.encode(encoding, "ignore"))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("text", TEXTS)
def test_texts(text: str, encoding: str) -> None:
    """Prose and Markdown stay plain text, also where they name tags."""
    assert not looks_like_html(text.encode(encoding))
