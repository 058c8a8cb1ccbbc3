"""Whatever way rows are looked for, by how many there are, the same are found."""

from itertools import product

import pytest
from sqlalchemy import select

from storage.models import findable
from storage.search import fts_match as matching
from storage.search.findable import sharing_token
from storage.search.fts_match import findable_numbers
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.storage.publishing import publish

REPORTS = 40
OFTEN = {"always": 1, "second": 2, "fifth": 5, "ninth": 9}
"""How often each word is there: in every report, every second of them, and so on."""

BESIDE: tuple[list[str], ...] = ([], ["second"], ["fifth", "always"])
_ROWS = select(findable.c.number, findable.c.words).order_by(findable.c.number.desc())


async def told(storage: Storage) -> None:
    """Publish reports with words that are there more and less often; "oldest" is in the first alone."""
    for number in range(REPORTS):
        words = [word for word, often in OFTEN.items() if number % often == 0] + ["oldest"] * (number == 0)
        await publish(storage, f"r{number}", number, title=" ".join(words))


async def test_the_newest_that_have_a_word_of_each_group(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    await told(storage)

    def differ(work: UnitOfWork) -> list[object]:
        rows = [(number, set(has)) for number, has in work._connection.execute(_ROWS)]
        wrong: list[object] = []
        for word, beside, most in product([*OFTEN, "oldest", "never"], BESIDE, (1, 3, 10, 100)):
            match = [[word, "nowhere"], *([each] for each in beside), [sharing_token("public")]]
            right = [number for number, has in rows if all(has & set(group) for group in match)]
            if findable_numbers(work._connection, match, most) != right[:most]:
                wrong.append((match, most))
        return wrong

    for few, many in ((2, 8), (8, 32), (matching.FEW, matching.MANY)):
        monkeypatch.setattr(matching, "FEW", few)
        monkeypatch.setattr(matching, "MANY", many)
        assert await storage.read(differ) == []
