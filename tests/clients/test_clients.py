"""What can be told without the other libraries: the table in the document, and the locks."""

from pathlib import Path

from tests.clients.__main__ import KNOWN, Client, said, table
from tests.clients.checks import ANSWER, CHECKS

ROOT = Path(__file__).parents[2]


def test_the_document_has_a_row_for_each_check() -> None:
    rows = {line.split(" | ")[0].strip("| ") for line in (ROOT / "docs/botapi.md").read_text("utf-8").splitlines()}
    assert {*CHECKS, ANSWER, KNOWN} <= rows


def test_the_table_tells_what_went_wrong_and_what_is_not_done() -> None:
    right = dict.fromkeys((*CHECKS, KNOWN), "")
    client = Client("some", (), "1")
    shown = table({client: ({**right, "HTML": "no bold"}, {**right, ANSWER: ""})})
    assert "| HTML | NO / yes |" in shown
    assert f"| {ANSWER} | – / yes |" in shown
    assert said(Client("telegraf", (), "1"), KNOWN, right) == "overlooked"


def test_the_lock_for_node_names_no_place() -> None:
    lock = (ROOT / "tests/clients/bots/package-lock.json").read_text("utf-8")
    assert "://" not in lock
    assert '"integrity": "sha512-' in lock
