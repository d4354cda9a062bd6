"""Imports point one way, every library has one door, and nothing dangerous is in the house."""

import sys
from collections.abc import Mapping
from graphlib import TopologicalSorter

import pytest
from source_tree import Import, Module, imports_of, package_modules

NOUNS = ("span", "errors", "options", "model", "version", "figures", "quantities")
#: Arrays in, arrays out, compiled: below every room, and knows none.
KERNEL = "kernel"
ROOMS = ("read", "text", "sketch", "library", "align", "measure", "engine")
STAGES = ("pipeline",)

#: Who may import what inside the house, by the part directly below `kejidiff`; every part may import itself.
ALLOWED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(NOUNS, NOUNS),
    "background": (*NOUNS, "data"),
    "data": (),
    KERNEL: (),
    **dict.fromkeys(ROOMS, (*NOUNS, "background", KERNEL)),
    "view": NOUNS,
    **dict.fromkeys(STAGES, (*NOUNS, "background", KERNEL, *ROOMS, *STAGES)),
    "cli": (*NOUNS, *STAGES, "view", "large"),
    "large": (*NOUNS, *STAGES, "view"),
    "__main__": ("cli",),
    "": (*NOUNS, *STAGES, "large"),
}

#: The one door of every third-party library: the beginnings of the only modules' names that may import it. The modules
#: `background.build_*` made the files in kejidiff/data; no command runs them.
DOORS: Mapping[str, tuple[str, ...]] = {
    "click": ("cli",),
    "rich": ("view.terminal",),
    "markupsafe": ("view.html",),
    "sqlite3": ("library",),
    "opencc": ("text.fold", "background.build_"),
    "pypinyin": ("background.build_",),
    "jieba": ("measure", "text"),
    "rapidfuzz": ("align",),
    "datasketch": ("sketch.interchange",),
    "resiliparse": ("read.web",),
    "pypdfium2": ("read.pdf",),
    "defusedxml": ("read.xml",),
    "orjson": ("read.archives.objects",),
    "backports": ("read.archives.packed",),
    "compression": ("read.archives.packed",),  # the standard library's name of the same from Python 3.14 on
    "pyarrow": ("pipeline.manifest_parquet", "read.archives.parquet", "engine.columns"),
    "pyspark": ("engine.spark",),
    "py4j": ("engine.spark",),
    "numpy": (*NOUNS, "background", KERNEL, *ROOMS, *STAGES),
    "hatchling": ("kernel.wheel",),  # both only while a wheel is made
    "packaging": ("kernel.wheel",),
}

#: Modules of the standard library that run what they read, or speak to a network.
FORBIDDEN = {"pickle", "marshal", "shelve", "dbm", "socket", "ssl", "http", "urllib.request", "ftplib", "smtplib"}


def part_of(name: str) -> str:
    """`kejidiff.view.html.page` -> `view`; of the package itself, nothing."""
    return name.split(".")[1] if "." in name else ""


def each_import() -> list[tuple[Module, Import]]:
    return [(module, found) for module in package_modules() for found in imports_of(module)]


def at(module: Module, found: Import) -> str:
    return f"{module.place}:{found.line} imports {found.name}"


def test_every_part_of_the_house_is_known() -> None:
    """A new folder or module below kejidiff/ gets its place in the import law, or this fails."""
    assert {part_of(module.name) for module in package_modules()} - set(ALLOWED) == set()


def test_imports_point_one_way() -> None:
    """Nouns know nothing, rooms know no other room, views see nouns only, the command line is known by nobody."""
    wrong = [
        at(module, found)
        for module, found in each_import()
        if found.name.split(".")[0] == "kejidiff"
        and part_of(found.name) not in (part_of(module.name), *ALLOWED[part_of(module.name)])
    ]
    assert wrong == []


def test_imports_have_no_cycle() -> None:
    """Modules can be read from the nouns upwards: none needs, when it is imported, one that needs it."""
    graph = {
        module.name: {
            found.name
            for found in imports_of(module)
            if found.eager and found.name.startswith("kejidiff.") and found.name != module.name
        }
        for module in package_modules()
    }
    assert list(TopologicalSorter(graph).static_order())  # raises CycleError and names the cycle


def test_every_library_has_one_door() -> None:
    """A third-party library is imported where its door is, and nowhere else; one without a door is not imported."""
    wrong = [
        at(module, found)
        for module, found in each_import()
        if (library := found.name.split(".")[0]) != "kejidiff"
        and (library in DOORS or library not in sys.stdlib_module_names)
        and not any(module.name.startswith(f"kejidiff.{door}") for door in DOORS.get(library, ()))
    ]
    assert wrong == []


def test_jieba_has_a_single_module() -> None:
    """Whoever wants words asks the one module that knows the segmenter and its dictionary."""
    assert len({module.name for module, found in each_import() if found.name.split(".")[0] == "jieba"}) <= 1


def test_nothing_runs_what_it_reads_and_nothing_phones() -> None:
    """No pickle or the like (a cache could run code), no network: a report stays on the machine it is on."""
    wrong = [
        at(module, found)
        for module, found in each_import()
        if found.name in FORBIDDEN or found.name.split(".")[0] in FORBIDDEN
    ]
    assert wrong == []


@pytest.mark.parametrize("part", ["span", "errors", "options", "model", "cli"])
def test_what_starts_first_starts_light(part: str) -> None:
    """Nouns and command line import no library when they are imported: `--help` and records pay for none."""
    heavy = {"numpy", "rich", "markupsafe", "jieba", "opencc", "rapidfuzz", "datasketch"}
    wrong = [
        at(module, found)
        for module, found in each_import()
        if part_of(module.name) == part and found.eager and found.name.split(".")[0] in heavy
    ]
    assert wrong == []
