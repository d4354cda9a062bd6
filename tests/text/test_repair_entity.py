"""Character references that a converter left in a text are read as what they stand for."""

import pytest

from kejidiff.text.repair import find_repairs


def read(text: str) -> str:
    """The text with its repairs in place."""
    parts, done = list[str](), 0
    for repair in find_repairs(text):
        parts += [text[done : repair.span.start], repair.text]
        done = repair.span.end
    return "".join([*parts, text[done:]])


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("&#x79D1;&#x6280;&#21019;新", "科技创新"),
        ("研发&nbsp;&ldquo;飞地&rdquo;&mdash;&mdash;新模式", "研发\xa0“飞地”——新模式"),
        ("R&D投入;占比", "R&D投入;占比"),
        ("Q&A;问答", "Q&A;问答"),
        ("&nosuch;与&#1;与&#xD800;与&#9999999;", "&nosuch;与&#1;与&#xD800;与&#9999999;"),
    ],
)
def test_references_are_read(text: str, meant: str) -> None:
    """Numbers and the names of HTML 4; what names no character stays as it is."""
    assert read(text) == meant


def test_neighbours_of_one_length_share_their_span_evenly() -> None:
    """Each character of a run of references maps back to its own reference, so that no cut goes through one."""
    (run,) = find_repairs("水&#x6C34;&#x5E93;坝")
    assert run.reason == "html-entity"
    assert run.text == "水库"
    assert run.span.length == len(run.text) * len("&#x6C34;")


def test_text_that_was_misread_twice_is_read_twice() -> None:
    """UTF-8 taken for Latin-1 and stored as UTF-8, taken for Latin-1 again: databases do that."""
    text = "县里新建的冷库已经投入使用"
    twice = text.encode().decode("latin-1").encode().decode("latin-1")
    assert read(f"据报道，{twice}。") == f"据报道，{text}。"
