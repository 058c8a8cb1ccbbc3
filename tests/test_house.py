"""The folders: no circles, no name twice within a layer, and no more files in one than can be looked through."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

TOP = Path(__file__).parent.parent
LAYERS = ("conversations", "storage", "bot")
MOST_FILES = 16
"""Files in one folder, beside `__init__.py`."""
OF_THE_WHOLE = {"bot/whole", "bot/failing"}
"""Folders of tests that have no package of the same name: they show the whole bot, in good days and in bad ones."""


@cache
def modules() -> dict[str, Path]:
    """Every module of the three layers, by its dotted name; migrations are left out."""
    files = (file for layer in LAYERS for file in sorted((TOP / layer).rglob("*.py")) if "versions" not in file.parts)
    return {".".join(file.relative_to(TOP).with_suffix("").parts).removesuffix(".__init__"): file for file in files}


def imported(tree: ast.Module) -> Iterator[Path]:
    """The files of ours that a module imports, also where only its types need them."""
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(module), names=names, level=0):
                for name in names:
                    if found := modules().get(f"{module}.{name.name}") or modules().get(module):
                        yield found
            case ast.Import(names=names):
                yield from (modules()[name.name] for name in names if name.name in modules())
            case _:
                pass


def test_there_is_no_circle_between_folders() -> None:
    folders: dict[Path, set[Path]] = defaultdict(set)
    for file in modules().values():
        tree = ast.parse(file.read_text("utf-8"))
        folders[file.parent] |= {other.parent for other in imported(tree)} - {file.parent}
    try:
        TopologicalSorter(folders).prepare()
    except CycleError as error:
        circle = " → ".join(str(folder.relative_to(TOP)) for folder in error.args[1])
        raise AssertionError(f"Folders import each other: {circle}") from None


def test_no_public_class_has_its_name_twice_within_a_layer() -> None:
    where: dict[tuple[str, str], set[str]] = defaultdict(set)
    for module, file in modules().items():
        layer = "bot.botapi" if module.startswith("bot.botapi") else module.split(".")[0]
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                where[layer, node.name].add(module)
    assert {name: found for name, found in where.items() if len(found) > 1} == {}


def test_a_folder_can_be_looked_through() -> None:
    tests = (file for layer in LAYERS for file in (TOP / "tests" / layer).rglob("*.py"))
    counts: dict[str, int] = defaultdict(int)
    for file in (*modules().values(), *tests):
        counts[str(file.parent.relative_to(TOP))] += file.name != "__init__.py"
    assert {folder: count for folder, count in counts.items() if count > MOST_FILES} == {}


def test_tests_lie_where_what_they_test_lies() -> None:
    tests = TOP / "tests"
    folders = {file.parent.relative_to(tests) for layer in LAYERS for file in (tests / layer).rglob("*.py")}
    assert {str(folder) for folder in folders if not (TOP / folder).is_dir()} == OF_THE_WHOLE
