"""Conditions and constraints of a sheet's questions: a small part of XPath, which is read once and computed safely.

There are numbers, texts, `${name}`, `.` (the answer itself, in a constraint), `=` `!=` `<` `<=` `>` `>=`, `and`, `or`,
`+` `-` `*` `div` `mod`, and these functions: not, true, false, selected, count-selected, string-length, contains,
starts-with, number, date, and today (in a constraint). An answer that is not there is an empty text. Nothing else can
be written, so an expression reads nothing but answers, and always ends.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeAlias

LONGEST_EXPRESSION = 1000
_DEEPEST = 30

Value: TypeAlias = float | str | bool | date


class NotCarried(Exception):  # noqa: N818 - it says what a sheet holds, and nothing failed
    """An expression has a part that is not computed here; `part` is that part, as it is written."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


@dataclass(frozen=True, slots=True)
class Node:
    """One operation with its operands; a leaf holds a value or the name of a question."""

    does: str
    of: tuple["Node", ...] = ()
    held: str | float = ""


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that was read; `names` are the questions it refers to, `of_answer` whether it has a `.`."""

    root: Node
    names: tuple[str, ...]
    of_answer: bool
    of_today: bool


_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d+)?|\.\d+)|(?P<text>'[^']*'|"[^"]*")|\$\{\s*(?P<name>[^{}$\s]+)\s*\}|(?P<self>\.)
    |(?P<word>[A-Za-z][A-Za-z0-9_-]*)|(?P<sign>!=|<=|>=|[=<>+*(),-]))""",
    re.VERBOSE,
)
_STRAIGHT = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " "})
_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
_OPERANDS = {
    "not": (1, 1), "true": (0, 0), "false": (0, 0), "selected": (2, 2), "count-selected": (1, 1),
    "string-length": (0, 1), "contains": (2, 2), "starts-with": (2, 2), "number": (1, 1), "date": (1, 1),
    "today": (0, 0),
}  # fmt: skip
"""The functions, with the fewest and the most operands of each."""


@lru_cache(maxsize=512)
def parsed(text: str) -> Expression:
    """Returns the expression in `text`. Raises NotCarried if it has a part that is not among the above."""
    if len(text) > LONGEST_EXPRESSION:
        raise NotCarried(f"{text[:40]}…")
    straight = text.translate(_STRAIGHT)
    reader = _Reader(straight, list(_tokens(straight)))
    root = reader.level(0, 0)
    if reader.left():
        raise NotCarried(reader.here())
    leaves = list(_leaves(root))
    names = tuple(dict.fromkeys(str(each.held) for each in leaves if each.does == "name"))
    does = {each.does for each in leaves}
    return Expression(root, names, bool(does & {"self"}), "today" in does)


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    at, text = 0, text.rstrip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            raise NotCarried(text[at : at + 40].strip())
        yield found.lastgroup, found[found.lastgroup], found.end() - len(found[0].lstrip())
        at = found.end()


class _Reader:
    """Reads tokens from left to right, each level of operators on top of the next."""

    def __init__(self, text: str, tokens: list[tuple[str, str, int]]) -> None:
        self._text = text
        self._tokens = tokens
        self._at = 0

    def left(self) -> bool:
        return self._at < len(self._tokens)

    def here(self) -> str:
        """Returns what stands at this place, as it is written."""
        if not self.left():
            return self._text[-20:]
        start = self._tokens[self._at][2]
        return self._text[start : start + 40].strip()

    def _next(self) -> tuple[str, str]:
        return self._tokens[self._at][:2] if self.left() else ("end", "")

    def _takes(self, *signs: str) -> str:
        kind, text = self._next()
        if kind in ("sign", "word") and text in signs:
            self._at += 1
            return text
        return ""

    def level(self, level: int, depth: int) -> Node:
        if depth > _DEEPEST:
            raise NotCarried(self.here())
        if level == len(_LEVELS):
            return self._single(depth)
        found = self.level(level + 1, depth)
        while operator := self._takes(*_LEVELS[level]):
            found = Node(operator, (found, self.level(level + 1, depth)))
        return found

    def _single(self, depth: int) -> Node:
        if self._takes("-"):
            return Node("minus", (self._single(depth + 1),))
        if depth > _DEEPEST:
            raise NotCarried(self.here())
        if self._takes("("):
            inside = self.level(0, depth + 1)
            self._close()
            return inside
        kind, text = self._next()
        match kind:
            case "number":
                self._at += 1
                return Node("number", held=float(text))
            case "text":
                self._at += 1
                return Node("text", held=text[1:-1])
            case "name" | "self":
                self._at += 1
                return Node(kind, held=text)
            case "word":
                return self._function(text, depth)
            case _:
                raise NotCarried(self.here())

    def _function(self, name: str, depth: int) -> Node:
        part = self.here()
        self._at += 1
        if name not in _OPERANDS or not self._takes("("):
            raise NotCarried(part)
        operands: list[Node] = []
        if not self._takes(")"):
            operands.append(self.level(0, depth + 1))
            while self._takes(","):
                operands.append(self.level(0, depth + 1))
            self._close()
        fewest, most = _OPERANDS[name]
        if not fewest <= len(operands) <= most:
            raise NotCarried(part)
        if name == "string-length" and not operands:
            operands = [Node("self")]
        if name == "number":
            name = "to-number"
        return Node(name, tuple(operands))

    def _close(self) -> None:
        if not self._takes(")"):
            raise NotCarried(self.here())


def _leaves(node: Node) -> Iterator[Node]:
    if not node.of:
        yield node
    for each in node.of:
        yield from _leaves(each)


def computed(
    expression: Expression, answer_of: Callable[[str], Any], value: Any = None, today: date | None = None
) -> bool:
    """Returns whether the expression holds; `value` is the answer that `.` stands for, as it is stored."""
    return _truth(_compute(expression.root, answer_of, value, today))


def _compute(node: Node, answer_of: Callable[[str], Any], value: Any, today: date | None) -> Value:
    match node.does:
        case "number" | "text":
            return node.held
        case "name":
            return plain(answer_of(str(node.held)))
        case "self":
            return plain(value)
        case "true" | "false":
            return node.does == "true"
        case "today":
            return today or ""
        case "and" | "or":
            first = _truth(_compute(node.of[0], answer_of, value, today))
            if first == (node.does == "or"):
                return first
            return _truth(_compute(node.of[1], answer_of, value, today))
        case _:
            return _done(node.does, [_compute(each, answer_of, value, today) for each in node.of])


def _done(does: str, of: list[Value]) -> Value:
    match does:
        case "not":
            return not _truth(of[0])
        case "minus":
            return -_number(of[0])
        case "selected":
            return str(_text(of[1])) in _text(of[0]).split()
        case "count-selected":
            return float(len(_text(of[0]).split()))
        case "string-length":
            return float(len(_text(of[0])))
        case "contains":
            return _text(of[1]) in _text(of[0])
        case "starts-with":
            return _text(of[0]).startswith(_text(of[1]))
        case "to-number":
            return _number(of[0])
        case "date":
            return _day(of[0]) or ""
        case "=" | "!=":
            return _same(of[0], of[1]) == (does == "=")
        case "<" | "<=" | ">" | ">=":
            return _ordered(does, of[0], of[1])
        case _:
            return _sum(does, _number(of[0]), _number(of[1]))


def _sum(does: str, one: float, other: float) -> float:
    match does:
        case "+":
            return one + other
        case "-":
            return one - other
        case "*":
            return one * other
        case "div":
            return one / other if other else math.nan
        case _:
            return math.fmod(one, other) if other and math.isfinite(one) else math.nan


def plain(answer: Any) -> Value:
    """Returns a stored answer as an expression sees it: a number, a text, or keys with spaces between them."""
    match answer:
        case None:
            return ""
        case bool():
            return "yes" if answer else "no"
        case int() | float():
            return float(answer)
        case str():
            return answer
        case {"least": int() | float() as least}:
            return float(least)
        case list():
            return " ".join(str(each) for each in answer)
        case Mapping():
            return str(answer.get("name") or answer.get("place") or " ".join(map(str, answer.get("types", ()))))
        case _:
            return ""


def _truth(value: Value) -> bool:
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)


def _text(value: Value) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            return str(int(value)) if value.is_integer() else str(value)
        case date():
            return value.isoformat()
        case _:
            return value


def _number(value: Value) -> float:
    match value:
        case bool() | float():
            return float(value)
        case date():
            return float(value.toordinal())
        case _:
            try:
                return float(value)
            except ValueError:
                return math.nan


_DAY = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")


def _day(value: Value) -> date | None:
    """Returns the day that a value means; of a month, its first."""
    if isinstance(value, date):
        return value
    found = _DAY.match(value) if isinstance(value, str) else None
    try:
        return date(int(found[1]), int(found[2]), int(found[3] or 1)) if found else None
    except ValueError:
        return None


def _days(one: Value, other: Value) -> tuple[date, date] | None:
    """Returns both values as days, if one of them is a day and the other can be."""
    days = _day(one), _day(other)
    return (days[0], days[1]) if days[0] and days[1] else None


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, bool) or isinstance(other, bool):
        return _truth(one) == _truth(other)
    if (isinstance(one, date) or isinstance(other, date)) and (days := _days(one, other)):
        return days[0] == days[1]
    if isinstance(one, str) and isinstance(other, str):
        return one == other
    return _number(one) == _number(other)


def _ordered(does: str, one: Value, other: Value) -> bool:
    days = _days(one, other)
    first, second = (_number(days[0]), _number(days[1])) if days else (_number(one), _number(other))
    match does:
        case "<":
            return first < second
        case "<=":
            return first <= second
        case ">":
            return first > second
        case _:
            return first >= second


@dataclass(frozen=True, slots=True)
class AnswerCondition:
    """An expression over answers by key; `keys` has the key of each name that expressions may use.

    `hidden_if_not` has the conditions of other questions by key: the answer to a question that does not apply counts as
    none. An expression that cannot be read holds: a later version may have stored it.
    """

    text: str
    keys: tuple[tuple[str, str], ...] = ()
    hidden_if_not: tuple[tuple[str, str], ...] = ()

    def __call__(self, answers: Mapping[str, Any]) -> bool:
        """Returns whether it holds for these answers."""
        return self.holds(answers, None, None)

    def holds(self, answers: Mapping[str, Any], value: Any, today: date | None) -> bool:
        """Returns whether it holds for these answers where `value` is the answer itself."""
        keys, conditions, known = dict(self.keys), dict(self.hidden_if_not), dict[str, bool]()

        def answer_of(name: str) -> Any:
            key = keys.get(name, name)
            if key not in known:
                known[key] = True
                known[key] = key not in conditions or _holds(conditions[key], answer_of)
            return answers.get(key) if known[key] else None

        return _holds(self.text, answer_of, value, today)


def _holds(text: str, answer_of: Callable[[str], Any], value: Any = None, today: date | None = None) -> bool:
    try:
        return computed(parsed(text), answer_of, value, today)
    except NotCarried:
        return True
