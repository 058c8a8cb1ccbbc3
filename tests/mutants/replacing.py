"""Puts a change into functions that are there already, so that nothing has to be imported and collected again."""

import gc
from collections.abc import Iterator, Mapping
from inspect import CO_OPTIMIZED
from types import CodeType, FunctionType

Key = tuple[str, int]
"""By what the code of a function is found: its qualified name and its first line."""


def replaced(old: str, new: str, file: str) -> Mapping[Key, CodeType] | None:
    """The new code of the functions of `file` that differ; None: what differs is done when the file is imported."""
    try:
        before, after = _parts(_compiled(old, file)), _parts(_compiled(new, file))
    except SyntaxError:
        return None
    found: dict[Key, CodeType] = {}
    for key, chain in after.items():
        if key not in before or _shape(chain[-1]) != _shape(before[key][-1]):
            functions = [code for code in chain if code.co_flags & CO_OPTIMIZED]
            if not functions or functions[0].co_name.startswith("<") or (_key(functions[0]), 0) not in before:
                return None
            found |= {_key(code): code for code in functions if not code.co_name.startswith("<")}
    return found


class Functions:
    """All functions of a process, by the file that they are from."""

    def __init__(self) -> None:
        self._by_file: dict[str, list[FunctionType]] = {}
        for each in gc.get_objects():
            if isinstance(each, FunctionType):
                self._by_file.setdefault(each.__code__.co_filename, []).append(each)

    def replace(self, file: str, codes: Mapping[Key, CodeType]) -> None:
        """Let the functions of `file` do what `codes` say."""
        for function in self._by_file.get(file, []):
            if code := codes.get(_key(function.__code__)):
                function.__code__ = code


def _compiled(source: str, file: str) -> CodeType:
    return compile(source, file, "exec", dont_inherit=True)


def _key(code: CodeType) -> Key:
    return code.co_qualname, code.co_firstlineno


def _parts(code: CodeType) -> dict[tuple[Key, int], list[CodeType]]:
    """All code within `code`, each with what is around it; those that begin in one line are numbered."""
    found: dict[tuple[Key, int], list[CodeType]] = {}
    for chain in _chains([code]):
        number = sum(key == _key(chain[-1]) for key, _ in found)
        found[_key(chain[-1]), number] = chain
    return found


def _chains(chain: list[CodeType]) -> Iterator[list[CodeType]]:
    yield chain
    for each in chain[-1].co_consts:
        if isinstance(each, CodeType):
            yield from _chains([*chain, each])


def _shape(code: CodeType) -> tuple[object, ...]:
    """What makes a difference in `code` itself, not in what is defined within it."""
    values = [(type(each), repr(each)) for each in code.co_consts if not isinstance(each, CodeType)]
    names = (code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars)
    return code.co_code, code.co_exceptiontable, code.co_flags, names, values
