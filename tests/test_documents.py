"""What documents name exists: files, folders, links, modules, classes, functions, tables and targets of make."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import environ
import pytest

from bot.runtime.settings import Settings
from storage.models import metadata

TOP = Path(__file__).parent.parent
PAGES = sorted(
    [TOP / "README.md", TOP / "CONTRIBUTING.md", *(TOP / "docs").rglob("*.md"), TOP / "bot" / "botapi" / "README.md"]
)
ROOMS = ("bot", "conversations", "docs", "locales", "storage", "tests")
SOURCES = (".md", ".po", ".py", ".toml")

CLASSES = {"AIORateLimiter", "ConnectError", "ConversationHandler", "JobQueue", "PicklePersistence", "Updater"}
VARIABLES = {"HTTPS_PROXY", "MALLOC_ARENA_MAX", "NO_PROXY"}
NOT_OURS = CLASSES | VARIABLES | {"Manager", "None"}
"""What documents name though it is not in the code: of libraries, of the environment, and a name to stay away from."""


@pytest.fixture(params=PAGES, ids=lambda page: str(page.relative_to(TOP)))
def page(request: pytest.FixtureRequest) -> Path:
    """Every page in turn."""
    path: Path = request.param
    return path


def text(page: Path) -> str:
    """What a page says, without its blocks of code."""
    return re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)


def named(page: Path) -> list[str]:
    """What stands in backticks on a page."""
    return re.findall(r"`([^`\n]+)`", text(page))


@cache
def identifiers() -> frozenset[str]:
    """Every name that the code defines or uses."""
    found: set[str] = set()
    for room in ("bot", "conversations", "storage", "tests"):
        for file in (TOP / room).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                match node:
                    case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                        found.add(name)
                    case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name) | ast.alias(name=name):
                        found.add(name)
                    case _:
                        pass
    return frozenset(found)


def settings() -> set[str]:
    """The variables that set something."""
    return {line.split()[0] for line in environ.generate_help(Settings).splitlines()}


def paths(page: Path) -> Iterator[str]:
    """The files and folders that a page names; of a test, its file."""
    for name in named(page):
        path, _, test = name.partition("::")
        if not re.fullmatch(r"[\w*<][\w.*<>/@-]+", path) or (test and not path.endswith(".py")):
            continue  # `label::Dansk (da)` is a column
        if test:
            yield f"tests/{path}"
        elif path.split("/")[0] in ROOMS or path.endswith(SOURCES):
            yield re.sub(r"<\w+>", "*", path)


def test_every_file_and_folder_exists(page: Path) -> None:
    for path in paths(page):
        found = [*TOP.glob(path), *page.parent.glob(path)]
        if "/" not in path:
            found = [*TOP.glob(path), *(each for room in ROOMS for each in (TOP / room).rglob(path))]
        assert found, path


def test_the_tree_is_that_of_the_folders() -> None:
    tree = (TOP / "CONTRIBUTING.md").read_text("utf-8").split("```text\n")[1].split("```")[0]
    folder, named = TOP, set()
    for indent, path in re.findall(r"^( *)(\S+/)", tree, re.MULTILINE):
        folder = TOP if not indent else folder
        named |= {*(within := [*folder.glob(re.sub(r"<\w+>", "*", path).rstrip("/"))])}
        assert within, path
        folder = folder if indent else within[0]
    for room in ("bot", "conversations", "storage"):
        found = {each for each in (TOP / room).iterdir() if (each / "__init__.py").exists()}
        assert found <= named | {TOP / "conversations" / "flows"}


def test_every_link_leads_somewhere(page: Path) -> None:
    for link, heading in re.findall(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)", text(page)):
        target = page.parent / link if link else page
        assert target.exists(), link
        if heading:
            headings = re.findall(r"^#+ (.*)$", target.read_text("utf-8"), re.MULTILINE)
            assert heading in {re.sub(r"[^\w -]", "", each).lower().replace(" ", "-") for each in headings}, heading


def test_every_class_function_and_constant_is_in_the_code(page: Path) -> None:
    for name in named(page):
        if re.fullmatch(r"[A-Z]+[a-z]\w*(\.\w+)*(\(\))?|\w+\(\)|[A-Z][A-Z_]+", name):
            assert {*name.removesuffix("()").split(".")} <= identifiers() | settings() | NOT_OURS, name


def test_every_module_that_is_run_exists(page: Path) -> None:
    for module in re.findall(r"python -m ((?:bot|conversations|storage|tests)\b[\w.]*\w)", page.read_text("utf-8")):
        path = TOP / module.replace(".", "/")
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), module


def test_every_target_of_make_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (TOP / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert {each for name in named(page) for each in re.findall(r"^make ([a-z-]+)", name)} <= targets


def test_every_table_exists(page: Path) -> None:
    for names in re.findall(r"\btables? ((?:`\w+`(?:, | and )?)+)", text(page)):
        assert {*re.findall(r"\w+", names)} - {"and"} <= {*metadata.tables}, names
