"""Style sheets -> for an element, what the rules that match it declare, in the order of the cascade.

Known are selectors of tags, classes and ids, joined by nothing, blanks or `>`. Of others (`:first-child`, `[a=b]`, `+`)
it is not known what they match: whatever they might undo is taken as undone.

Source.      CSS Selectors 3 (matching, specificity), CSS Cascade 3.
Limitations. Rules within `@media` and the like are left out.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

Declarations = dict[str, str]
#: What an element can be selected by: its tag, `.class`, `#id`.
Keys = frozenset[str]

_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_BRACE: Final = re.compile(r"[{}]")
_COMPOUND: Final = re.compile(r"(?:[a-z][a-z0-9-]*|\*)?(?:[.#][\w-]+)*", re.IGNORECASE)
_SIMPLE: Final = re.compile(r"[.#]?[\w-]+")
#: What selects nothing that a reader sees unless it is touched.
_TOUCHED: Final = re.compile(r":(?:hover|focus|active|visited)|::?(?:before|after|first-l|placeholder|selection)")
_UNKNOWN: Final = re.compile(r"::?[\w-]+(?:\([^)]*\))?|\[[^\]]*\]")

#: Rules kept of a page, and of those that end in one key; real pages have hundreds.
_MOST_RULES, _MOST_ALIKE = 20_000, 500
#: Compounds of a selector, and elements above one that are asked for them.
_MOST_COMPOUNDS, _REACH = 8, 60

BACKGROUNDS: Final = ("background", "background-color", "background-image")
_ASKED: Final = frozenset({
    "display", "visibility", "opacity", "font-size", "font", "color", "background", "background-color", "text-indent",
    "left", "top", "position", "height", "max-height", "width", "overflow", "clip", "background-image", "margin-left",
    "clip-path", "transform",
})  # fmt: skip


class _Rule(NamedTuple):
    """A selector and what it declares.

    certain   it asks for no more than is known here
    own       what the element must have
    above     from the inside out what those around it must have, each with whether it must be the very next
    """

    certain: bool
    weight: tuple[int, int, int]
    order: int
    own: Keys
    above: tuple[tuple[Keys, bool], ...]
    declared: Declarations


class Rules:
    """The rules of a page, by a key that an element must have.

    unsure   there are rules that colour a ground, and it is not known whose: letters that a rule makes white may well
             stand on it
    """

    def __init__(self) -> None:
        self.unsure = False
        self._rules: dict[str, list[_Rule]] = {}
        self._count = 0
        self._firm: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._rules)

    def add(self, sheet: str) -> None:
        """Takes in one `<style>`."""
        for selectors, body in _rules_of(_COMMENT.sub(" ", sheet)):
            declared = {name: value for name, value in declarations(body).items() if name in _ASKED}
            if not declared:
                continue
            if "!important" in body.lower():
                self._firm |= declared.keys()
            for selector in map(str.strip, selectors.lower().split(",")):
                if selector and not _TOUCHED.search(selector):
                    self._keep(selector, declared)

    def _keep(self, selector: str, declared: Declarations) -> None:
        parts = re.sub(r"\s*([>+~])\s*", r" \1 ", _UNKNOWN.sub("?", selector)).split()
        certain = len(parts) <= _MOST_COMPOUNDS and all(part == ">" or _COMPOUND.fullmatch(part) for part in parts)
        own = _keys(parts[-1].replace("?", "")) if parts else frozenset()
        if not certain:
            self.unsure = self.unsure or any(is_ground(declared.get(name, "")) for name in BACKGROUNDS)
        outer = range(len(parts) - 2, -1, -1) if certain else ()
        above = [(_keys(parts[at]), parts[at + 1] == ">") for at in outer if parts[at] != ">"]
        every = [*own, *(key for keys, _ in above for key in keys)]
        weight = (
            sum(key[0] == "#" for key in every),
            sum(key[0] == "." for key in every),
            sum(key[0] not in "#." for key in every),
        )
        alike = self._rules.setdefault(min(own, key=lambda key: ("#.".find(key[0]) % 3, key), default="*"), [])
        if self._count < _MOST_RULES and len(alike) < _MOST_ALIKE:
            self._count += 1
            alike.append(_Rule(certain, weight, self._count, own, tuple(above), declared))

    def declared(self, keys: Keys, around: Sequence[Keys]) -> Declarations:
        """What they declare for an element with these keys, those around it given from the outside in."""
        matching = [
            rule
            for key in ("*", *keys)
            for rule in self._rules.get(key, ())
            if rule.own <= keys and _is_within(rule.above, around)
        ]
        matching.sort(key=lambda rule: rule[:3])
        found: Declarations = {}
        told = [rule for rule in matching if rule.certain]
        for rule in told:
            found.update(rule.declared)
        for name in self._firm & found.keys():  # whose word is the last is not worked out: one that shows is
            if len({rule.declared[name] for rule in told if name in rule.declared}) > 1:
                del found[name]
        for rule in matching:
            for name in () if rule.certain else rule.declared.keys() & found.keys():
                if rule.declared[name] != found[name] and name not in BACKGROUNDS:
                    del found[name]
        return found


def _is_within(above: Sequence[tuple[Keys, bool]], around: Sequence[Keys]) -> bool:
    """Nearest first, and none tried again: what that misses is taken for seen."""
    at = len(around) - 1
    last = max(at - _REACH, -1)
    for wanted, next_one in above:
        while at > last and not wanted <= around[at]:
            if next_one:
                return False
            at -= 1
        if at <= last:
            return False
        at -= 1
    return True


def _keys(compound: str) -> Keys:
    return frozenset(_SIMPLE.findall(compound))


def declarations(body: str) -> Declarations:
    """`"color: red; top:0"` -> {color: red, top: 0}, in lower case; what is `!important` stays."""
    found: Declarations = {}
    for part in body[:4000].split(";"):
        name, colon, value = part.partition(":")
        if colon:
            found[name.strip().lower()] = value.lower().replace("!important", "").strip()
    return found


def is_ground(background: str) -> bool:
    """Whether a declaration puts anything behind the text."""
    return background not in ("", "transparent", "none", "inherit", "initial")


def _rules_of(sheet: str) -> Iterator[tuple[str, str]]:
    """Selector and body of each rule outside `@` blocks."""
    depth, start, selector = 0, 0, ""
    for brace in _BRACE.finditer(sheet):
        if brace.group() == "{":
            if not depth:
                selector = sheet[start : brace.start()].rsplit(";", 1)[-1].strip()
            depth += 1
        elif depth:
            depth -= 1
            if not depth and not selector.startswith("@"):
                yield selector, sheet[start : brace.start()]
        start = brace.end()
