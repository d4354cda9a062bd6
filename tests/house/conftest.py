"""After every run: which modules and functions have grown past the length at which one talks about them."""

import pytest
from source_tree import functions_of, package_modules

#: Lines (docs/ARCHITECTURE.md, size and manner); the walls, 400 and 50, are in test_sizes.py.
TALK_MODULE = 300
TALK_FUNCTION = 30


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for the modules, one for the functions; silence where there is nothing to talk about, or to parse."""
    try:
        package_modules()
    except SyntaxError:
        return
    modules = [f"{module.place} {module.lines}" for module in package_modules() if module.lines > TALK_MODULE]
    functions = [
        f"{name.removeprefix('kejidiff.')} {length}"
        for module in package_modules()
        for name, length in functions_of(module)
        if length > TALK_FUNCTION
    ]
    for kind, found in (("modules", modules), ("functions", functions)):
        if found:
            terminalreporter.write_line(f"long {kind}, worth a talk: {', '.join(found)}")
