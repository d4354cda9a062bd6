"""Nothing grows past the walls, and every module and folder has a name that says what is in it."""

import ast
import re

from source_tree import functions_of, package_modules

MODULE_WALL = 400
FUNCTION_WALL = 50

#: Excused from the walls, each by name and with the reason.
LONG_MODULES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}

SAYS_NOTHING = re.compile(r"(?:^|[._])(?:utils?|helpers?|managers?|misc|stuff|tools?)(?:$|[._])", re.IGNORECASE)


def test_modules_stay_under_the_wall() -> None:
    """A module has at most 400 lines: it can be read in one sitting."""
    long = {module.place: module.lines for module in package_modules() if module.lines > MODULE_WALL}
    assert set(long) <= set(LONG_MODULES), long


def test_functions_stay_under_the_wall() -> None:
    """A function has at most 50 lines besides its docstring: it can be seen at once."""
    long = {
        name: length for module in package_modules() for name, length in functions_of(module) if length > FUNCTION_WALL
    }
    assert set(long) <= set(LONG_FUNCTIONS), long


def test_excuses_are_still_needed() -> None:
    """Whoever has become short again is taken off the list of the excused."""
    modules = {module.place for module in package_modules() if module.lines > MODULE_WALL}
    functions = {name for module in package_modules() for name, n in functions_of(module) if n > FUNCTION_WALL}
    assert (set(LONG_MODULES) - modules, set(LONG_FUNCTIONS) - functions) == (set(), set())


def test_names_say_something() -> None:
    """No module, class or function is called utils, helpers, manager or the like: such a name holds anything."""
    names = [
        node.name
        for module in package_modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    snaked = [re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name) for name in names]
    found = [name for name in (*snaked, *(module.name for module in package_modules())) if SAYS_NOTHING.search(name)]
    assert found == []


def test_modules_open_with_what_they_turn_into_what() -> None:
    """A module's docstring begins with an arrow, from what comes in to what goes out; packages and nouns just speak."""
    silent = [module.place for module in package_modules() if not ast.get_docstring(module.tree)]
    assert silent == []
    spoken = ("kejidiff/model/", "kejidiff/options.py", "kejidiff/version.py")
    without = [
        module.place
        for module in package_modules()
        if module.path.name != "__init__.py"
        and not module.place.startswith(spoken)
        and "->" not in (ast.get_docstring(module.tree) or "").split("\n\n")[0]
    ]
    assert without == []
