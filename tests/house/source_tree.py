"""The project's files -> what the house tests look at: modules with their imports, functions with their lengths."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Import:
    """One imported module. `eager`: it is imported as soon as the importing module is; types only are not."""

    name: str
    line: int
    eager: bool
    typing_only: bool


@dataclass(frozen=True, slots=True)
class Module:
    """One module of the package: `name` is dotted, `lines` counts the file's."""

    name: str
    path: Path
    tree: ast.Module
    lines: int

    @property
    def place(self) -> str:
        return self.path.relative_to(PROJECT).as_posix()


@cache
def package_modules() -> tuple[Module, ...]:
    """Every module of the package, by name."""
    return tuple(
        _module(path) for path in sorted((PROJECT / "kejidiff").rglob("*.py")) if "__pycache__" not in path.parts
    )


def _module(path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    parts = path.relative_to(PROJECT).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Module(name, path, ast.parse(text), text.count("\n"))


def imports_of(module: Module) -> tuple[Import, ...]:
    """Every import of the module, wherever it stands; `from a import b` counts as `a.b` where that is a module."""
    known = {other.name for other in package_modules()}
    return tuple(_imports(module.tree, known, eager=True, typing_only=False))


def _imports(node: ast.AST, known: set[str], *, eager: bool, typing_only: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            for alias in child.names:
                yield Import(alias.name, child.lineno, eager, typing_only)
        elif isinstance(child, ast.ImportFrom):
            origin = child.module or ""
            for alias in child.names:
                inner = f"{origin}.{alias.name}"
                yield Import(inner if inner in known else origin, child.lineno, eager, typing_only)
        elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            yield from _imports(child, known, eager=False, typing_only=True)
        else:
            lazy = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from _imports(child, known, eager=eager and not lazy, typing_only=typing_only)


def functions_of(module: Module) -> Iterator[tuple[str, int]]:
    """Qualified name and length of every function: its lines without decorators and without its docstring."""
    yield from _functions(module.tree, module.name)


def _functions(node: ast.AST, prefix: str) -> Iterator[tuple[str, int]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            name = f"{prefix}.{child.name}"
            if not isinstance(child, ast.ClassDef):
                yield name, _length(child)
            yield from _functions(child, name)
        else:
            yield from _functions(child, prefix)


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that belongs to the project: what git tracks or would add; without git, all but the hidden folders."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        names = subprocess.run(listing, cwd=PROJECT, check=True, capture_output=True).stdout.decode().split("\0")
        found = [PROJECT / name for name in names if name]
    except (OSError, subprocess.CalledProcessError):
        outside = {
            ".venv",
            ".git",
            "__pycache__",
            "reports",
            ".mypy_cache",
            ".ruff_cache",
            ".pytest_cache",
            ".hypothesis",
        }
        found = [path for path in PROJECT.rglob("*") if not outside & set(path.relative_to(PROJECT).parts)]
    return tuple(sorted(path for path in found if path.is_file()))
