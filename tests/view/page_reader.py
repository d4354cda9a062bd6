"""A strict reader of the pages we write: what is opened is closed, and everything can be asked for."""

import re
from html.parser import HTMLParser

VOID = {"meta", "input", "br", "rect", "col"}


class Page(HTMLParser):
    """Elements in order; `texts` holds the text inside each element with an id, of `within` that inside any tag."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str | None]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self.raw: dict[str, str] = {}
        self.skip = 0
        self.feed(html)
        self.close()
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        assert len(known) == len(attrs), f"an attribute twice: {attrs}"
        self.tags.append((tag, known))
        if tag in VOID:
            return
        self.open.append((tag, known.get("id")))
        chip = known.get("class") in ("n", "no", "by", "mv")
        if self.skip or chip:
            self.skip += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert tag not in VOID
        assert self.open, f"</{tag}> without a beginning"
        opened, _ = self.open.pop()
        assert opened == tag, f"</{tag}> where </{opened}> belongs"
        self.skip = max(0, self.skip - 1)

    def handle_data(self, data: str) -> None:
        tag = self.open[-1][0] if self.open else ""
        self.raw[tag] = self.raw.get(tag, "") + data
        if self.skip:
            return
        for _, place in self.open:
            if place:
                self.texts[place] = self.texts.get(place, "") + data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        assert decl == "DOCTYPE html"
        assert not self.tags

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")

    def attributes(self, name: str) -> list[str]:
        return [value or "" for _, known in self.tags for key, value in known.items() if key == name]

    def count(self, tag: str, name: str | None = None) -> int:
        """Elements of this tag, with this class among theirs."""
        return sum(
            found == tag and (name is None or name in (known.get("class") or "").split()) for found, known in self.tags
        )


def sealed(html: str) -> Page:
    """The page, read, after all that makes it safe to open has been checked."""
    page = Page(html)
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form", "video", "audio", "image"}
    names = {name for _, known in page.tags for name in known}
    assert not {name for name in names if name.startswith("on")} | (names & {"style", "src", "srcset", "action"})
    assert all(href.startswith("#") for href in page.attributes("href"))
    ids = page.attributes("id")
    assert len(ids) == len(set(ids)), "an id twice"
    assert all(re.fullmatch(r"[!-~]+", place) for place in ids)
    assert {href[1:] for href in page.attributes("href")} <= set(ids), "a link that leads nowhere"
    return page
