"""ScanResult -> `Material`: the result with the look-ups and the language every part of the page needs."""

from collections.abc import Iterable, Sized
from typing import Final, NamedTuple

from markupsafe import Markup

from kejidiff.model import Comparison, Document, ReuseStats, ScanResult, SourceText
from kejidiff.span import Span
from kejidiff.view.html.anchors import comparison_anchor, document_anchor
from kejidiff.view.html.marks import fill, linked
from kejidiff.view.labels import short_ids
from kejidiff.view.messages import message, term
from kejidiff.view.stock_spans import stock_spans
from kejidiff.view.visible import visible_line

#: BCP 47 tags, by which browsers choose the shapes of Hanzi.
_LANGUAGES: Final = {"hans": "zh-Hans", "hant": "zh-Hant", "mixed": "zh", "none": "und"}

#: Code points of documents laid out in one page, for either of the two views of the text. 600,000 are 38 pairs like the
#: seeds' one: made in a second, 6 MB, opened by Chromium within two seconds.
BUDGET: Final = 600_000


class Named(NamedTuple):
    """A document as the page shows it, everything made visible. `html` is label and title, escaped."""

    id: str
    label: str
    path: str
    language: str
    html: Markup


class Material(NamedTuple):
    """A result, its documents, their files' texts and their names by document id, and the page's language.

    phrases    how stock phrases and formula are shown: `show`, `grey`, `exclude`
    stock      the stretches of each document that are greyed: stock phrases, formula, text of stock sources
    facing     the comparisons the page lays out in full, a prefix of the result's
    laid_out   their anchors
    marked     ids of the documents whose full text it shows, in the order in which `facing` names them
    """

    result: ScanResult
    lang: str
    phrases: str
    documents: dict[str, Document]
    texts: dict[str, str]
    names: dict[str, Named]
    of_document: dict[str, list[Comparison]]
    stock: dict[str, tuple[Span, ...]]
    facing: tuple[Comparison, ...]
    laid_out: frozenset[str]
    marked: dict[str, None]

    def say(self, key: str, **values: str | int) -> str:
        return message(key, self.lang, **values)

    def term(self, group: str, slug: str) -> str:
        return term(group, slug, self.lang)

    def stats(self, document_id: str) -> ReuseStats:
        return self.result.stats.get(document_id, ReuseStats(self.documents[document_id].countable))

    def left_out(self, found: Sized, listed: int) -> str:
        """What is said below a list that ends before all of `found` is listed."""
        return self.say("page.more.record", n=len(found) - listed) if len(found) > listed else ""

    def document_link(self, document_id: str) -> Markup:
        """A document's name, leading to its full text where the page has that."""
        anchor = document_anchor(document_id) if document_id in self.marked else None
        return linked(anchor, self.names[document_id].html)

    def comparison_target(self, comparison: Comparison) -> str | None:
        """The anchor of a comparison that the page lays out."""
        anchor = comparison_anchor(comparison.left, comparison.right)
        return anchor if anchor in self.laid_out else None


def gather(
    result: ScanResult,
    lang: str,
    facing: tuple[Comparison, ...] | None = None,
    phrases: str = "grey",
    labels: dict[str, str] | None = None,
) -> Material:
    """`lang` is `zh`, or English for any other; `facing` says what to lay out, by default as much as `BUDGET` holds;
    `labels` what to call the documents, by default the shortest that tells them apart."""
    texts = {file.path: file.text for file in result.files if isinstance(file, SourceText)}
    if labels is None:
        labels = short_ids([document.id for document in result.documents])
    documents = {document.id: document for document in result.documents}
    of_document: dict[str, list[Comparison]] = {document_id: [] for document_id in documents}
    for comparison in result.comparisons:
        of_document[comparison.left].append(comparison)
        of_document[comparison.right].append(comparison)
    if facing is None:
        sizes = (_size(documents, (found.left, found.right)) for found in result.comparisons)
        facing = result.comparisons[: _within_budget(sizes)]
    in_order = tuple(dict.fromkeys(side for found in facing for side in (found.left, found.right)))
    return Material(
        result=result,
        lang=lang,
        phrases=phrases,
        documents=documents,
        texts={document.id: texts[document.path] for document in result.documents},
        names={document.id: _named(document, labels[document.id]) for document in result.documents},
        of_document=of_document,
        stock=stock_spans(result, phrases),
        facing=facing,
        laid_out=frozenset(comparison_anchor(found.left, found.right) for found in facing),
        marked=dict.fromkeys(in_order[: _within_budget(_size(documents, (side,)) for side in in_order)]),
    )


def _named(document: Document, label: str) -> Named:
    label, language = visible_line(label), _LANGUAGES[document.script]
    html = fill('<b class="id">{}</b> <span lang="{}">{}</span>', label, language, visible_line(document.title))
    return Named(visible_line(document.id), label, visible_line(document.path), language, html)


def _size(documents: dict[str, Document], ids: Iterable[str]) -> int:
    return sum(documents[document_id].span.length for document_id in ids)


def _within_budget(sizes: Iterable[int]) -> int:
    """How many come before the budget is spent; one always does."""
    spent = number = 0
    for size in sizes:
        spent += size
        if number and spent > BUDGET:
            break
        number += 1
    return number
