"""Where a change says something about the tests: not in types, not in what is logged, not in what cannot matter."""

import ast
import re
from collections.abc import Iterator, Sequence

LARGE = 100
"""A number of a constant that is so large matters little if it is one more or less: 500 at most, or 501."""

NO_BEHAVIOUR = ("dataclass", "override", "final", "runtime_checkable", "abstractmethod", "cache", "lru_cache")
"""Decorators for readers and type checkers, and those that save time."""

LOGGED = ("debug", "info", "warning", "error", "exception", "critical")
"""The methods of `log`; what is written for operators is no promise word by word."""

Place = tuple[int, int, int, int]
"""The first line and column and the last, as in `ast`."""


def left_out(source: str) -> list[Place]:
    """The parts of `source` in which nothing is changed.

    These are annotations, what only type checkers read, `@dataclass` with its arguments, `@override`, asserts (which
    tell the types what is known), calls of `log`, and large numbers in constants.
    """
    return [node if isinstance(node, tuple) else _place(node) for node in _left_out(ast.parse(source))]


def is_within(line: int, column: int, places: list[Place]) -> bool:
    """Whether that position is in one of the `places`."""
    return any(place[:2] <= (line, column) < place[2:] for place in places)


def lines_that_use(source: str, first: int, last: int) -> tuple[Sequence[int], str]:
    """The lines at which a test comes to what stands in these lines, and the name of what is defined there.

    These are the lines of the statement, but for what Python does once, when it imports the file: of a default or a
    decorator those of its function, of anything else those of the whole file. Whoever uses a constant comes to it.
    """
    within = None
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            begins = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            if begins <= first <= node.end_lineno and (within is None or begins > within[0]):
                within = (begins, node.body[0].lineno, node.end_lineno)
    if within is None:
        names = (_constant(node) for node in tree.body if node.lineno <= first <= (node.end_lineno or node.lineno))
        return range(1, source.count("\n") + 2), next(filter(None, names), "")
    return (range(*_statement(tree, first, last)) if first >= within[1] else range(within[1], within[2] + 1)), ""


def lines_within_functions(source: str, word: re.Pattern[str]) -> list[int]:
    """The lines in functions at which that word stands."""
    within: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            within |= set(range(node.body[0].lineno, (node.end_lineno or node.lineno) + 1))
    return [number for number, text in enumerate(source.splitlines(), 1) if number in within and word.search(text)]


def function_at(source: str, line: int) -> str:
    """The name of the function in which a line is, or else of the class; "" where it is in neither."""
    found = ""
    for node in ast.walk(ast.parse(source)):  # the outer ones first
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            begins = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            if begins <= line <= (node.end_lineno or line) and not node.name.startswith("__"):
                found = node.name
    return found


def _statement(tree: ast.AST, first: int, last: int) -> tuple[int, int]:
    """Where the innermost statement begins that these lines are in, and where it ends; one with a block: its head."""
    begins, ends = first, last + 1
    for node in ast.walk(tree):  # the outer ones first
        if isinstance(node, ast.stmt) and node.lineno <= first <= (node.end_lineno or first):
            within = [each.lineno for each in ast.walk(node) if isinstance(each, ast.stmt) and each is not node]
            after = min(within, default=(node.end_lineno or last) + 1)
            begins, ends = (node.lineno, max(after, node.lineno + 1)) if first < after else (first, last + 1)
    return begins, ends


def _constant(node: ast.stmt) -> str:
    match node:
        case (
            ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)) | ast.ClassDef(name=name)
        ):
            return name
        case _:
            return ""


def _left_out(tree: ast.AST) -> Iterator[ast.expr | ast.stmt | Place]:
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield from (_with_sign(each) for each in node.decorator_list if _is_for_readers(each))
                if not isinstance(node, ast.ClassDef):
                    given = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
                    extra = (each for each in (node.args.vararg, node.args.kwarg) if each)
                    yield from (each.annotation for each in (*given, *extra) if each.annotation)
                    if node.returns:
                        yield node.returns
            case ast.AnnAssign(annotation=annotation, value=value):
                yield annotation
                if isinstance(annotation, ast.Name) and annotation.id == "TypeAlias" and value:
                    yield value
            case ast.If(test=ast.Name(id="TYPE_CHECKING")) | ast.Assert():
                yield node
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id="log"), attr=attr))) if attr in LOGGED:
                yield node
            case ast.Module(body=statements):
                values = (each for each in statements if isinstance(each, ast.Assign | ast.AnnAssign) and each.value)
                numbers = (part for each in values for part in ast.walk(each) if isinstance(part, ast.Constant))
                yield from (part for part in numbers if isinstance(part.value, int | float) and part.value >= LARGE)
            case ast.Call(func=ast.Name(id="cast" | "TypeVar"), args=[kind, *_]):
                yield kind
            case ast.Assign(value=ast.Call(func=ast.Attribute(attr="get_logger"))):
                yield node
            case _:
                pass


def _is_for_readers(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(called, ast.Name) and called.id in NO_BEHAVIOUR


def _with_sign(decorator: ast.expr) -> Place:
    """A decorator with the sign before it: to change its name or to remove the whole."""
    line, column, *end = _place(decorator)
    return line, column - 1, end[0], end[1]


def _place(node: ast.expr | ast.stmt) -> Place:
    return node.lineno, node.col_offset, node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
