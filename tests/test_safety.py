"""What the sources do not contain, because it cannot be made safe."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted(
    path for package in ("bot", "conversations", "storage", "locales") for path in (ROOT / package).rglob("*.py")
)

UNSAFE_MODULES = {"pickle", "marshal", "shelve", "dill", "yaml", "xml", "ctypes", "imp"}
UNSAFE_CALLS = {"eval", "exec", "compile", "__import__"}


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_that_was_kept_or_sent_is_ever_run(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not UNSAFE_MODULES & set(imported(tree))
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not UNSAFE_CALLS & called


def test_templates_escape_what_is_put_into_them() -> None:
    made = [path for path in SOURCES if "Environment(" in path.read_text(encoding="utf-8")]
    assert made
    for path in made:
        assert re.search(r"autoescape=(True|select_autoescape)", path.read_text(encoding="utf-8")), path


def test_every_process_of_the_bot_opens_its_database_with_the_words_of_every_language() -> None:
    """What is indexed without them is not found by the words on its readers' buttons."""
    opening = [path for path in SOURCES if "Storage.open(" in path.read_text(encoding="utf-8")]
    assert [str(path.relative_to(ROOT)) for path in opening] == ["bot/runtime/databases.py"]


@pytest.mark.parametrize("catalogue", sorted((ROOT / "locales").rglob("*.po")), ids=lambda path: path.parts[-3])
def test_no_sentence_links_to_a_chat(catalogue: Path) -> None:
    """Telegram holds back a bot's commands for half an hour where its links are used as buttons."""
    assert not re.search(r"t\.me/|tg://", catalogue.read_text(encoding="utf-8"))


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_dependency_is_pinned_with_its_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    pinned = re.findall(r"^[a-zA-Z0-9_.\[\]-]+==[^ ]+.*\\$", text, re.MULTILINE)
    assert len(pinned) > 20
    assert text.count("--hash=sha256:") >= len(pinned)
    assert not re.search(r"https?://", text)
