"""The words that may be meant, among all that are known."""

from collections.abc import Iterator

from storage.search.known_words import MOST, KnownWords
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

WORDS = ("bog", "odense", "kavarna", "sprogcafe", "lektiehjaelp", "frivillige")


def slips(word: str) -> Iterator[str]:
    """`word` with one slip: a letter left out, wrong, or too many, or two that changed places."""
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        yield f"{before}x{after}"
        if after:
            yield f"{before}x{after[1:]}"
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]


async def test_every_slip_is_mended_wherever_it_is(storage: Storage) -> None:
    def not_mended(work: UnitOfWork) -> list[tuple[str, str]]:
        known = KnownWords(work.search._connection)
        known.add(WORDS)
        every = [(word, slip) for word in WORDS for slip in slips(word) if slip != word and len(slip) >= 4]
        assert len(every) > 100
        return [(word, slip) for word, slip in every if word not in known.mended(slip)]

    assert await storage.write(not_mended) == []


async def test_the_word_itself_comes_before_shorter_ones(storage: Storage) -> None:
    def meant(work: UnitOfWork) -> list[str]:
        known = KnownWords(work.search._connection)
        known.add(["kommunernes", *(f"kommun{first}{second}" for first in "abcdefghij" for second in "abcdefghij")])
        return known.meant_by("kommunernes")

    found = await storage.write(meant)
    assert found[:3] == ["kommunernes", "kommunaa", "kommunab"]
    assert len(found) == MOST
