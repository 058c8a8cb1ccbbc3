"""By which words a published initiative is found, and which narrow a search down."""

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from conversations.language.words import Words
from conversations.model.happenings import texts
from conversations.model.initiatives import Initiative
from conversations.model.search import keys_of
from conversations.reading.searching import words_in
from conversations.reading.text import fold
from conversations.vocabulary import vocabulary
from conversations.vocabulary.choices import Choice

WAY = 1
"""The way of making these words; raise it with every change here, and all rows are made anew."""

IN_TITLE = "h:"
"""Before a word of the title, or of the library or place: whoever looks for it most likely means this one."""

Spellings = Callable[[Words], Sequence[str]]

TOLD = (
    "title", "summary", "need", "outcome", "evidence_detail", "lessons", "transfer", "location",
)  # fmt: skip
"""Questions whose answers are texts that are searched."""

LABELLED: dict[str, tuple[Choice, ...]] = {
    "themes": vocabulary.THEMES,
    "target_groups": vocabulary.TARGET_GROUPS,
    "roles": vocabulary.ROLES,
    "status": vocabulary.STATUS,
    "frequency": vocabulary.FREQUENCY,
    "format": vocabulary.FORMAT,
    "partners": vocabulary.PARTNER_TYPES,
}
"""Questions whose choices are found by their labels, in every language."""


def key_token(by: str, choice: str) -> str:
    """What stands for one choice of a filter: no word, for words have no colon."""
    return f"{by}:{fold(choice).replace(' ', '-')}"


def sharing_token(sharing: str) -> str:
    """What stands for whom it is shared with."""
    return f"s:{sharing}"


def tokens_of(initiative: Initiative, spellings: Spellings) -> list[str]:
    """All by which it is found, each once."""
    prominent = words_in(" ".join((initiative.title, initiative.library, initiative.place)))
    plain = words_in(" ".join(_texts(initiative, spellings)))
    return list(
        dict.fromkeys(
            (
                *(IN_TITLE + word for word in prominent),
                *prominent,
                *plain,
                *(key_token(by, choice) for by, choice in keys_of(initiative)),
                sharing_token(initiative.sharing),
            )
        )
    )


@lru_cache(maxsize=8)
def made_with(spellings: Spellings) -> int:
    """What stands for the way of making these words with the labels of `spellings`: rows with another are made anew."""
    told = json.dumps([WAY, {question: _labels(spellings, question) for question in LABELLED}])
    return zlib.crc32(told.encode()) % 2**15  # fits the column


def words_of(tokens: Iterable[str]) -> set[str]:
    """Those of the tokens that somebody may have written."""
    return {token for token in tokens if ":" not in token}


def _texts(initiative: Initiative, spellings: Spellings) -> Iterator[str]:
    yield from (str(initiative.answers[key]) for key in TOLD if initiative.answers.get(key))
    yield initiative.region
    told = initiative.answers.get("partners")
    partners = told if isinstance(told, Mapping) else {}  # an import may have brought anything
    yield from texts(partners.get("names"))
    answers = {**initiative.answers, "partners": partners.get("types")}
    for question in LABELLED:
        chosen, labels = answers.get(question), _labels(spellings, question)
        yield from (labels.get(key, "") for key in ([chosen] if isinstance(chosen, str) else texts(chosen)))


@lru_cache(maxsize=64)
def _labels(spellings: Spellings, question: str) -> Mapping[str, str]:
    """What people say for each choice, by its key: its label in every language, and other words for it."""
    return {
        each.key: " ".join((*(spellings(each.label) if isinstance(each.label, Words) else ()), *each.also))
        for each in LABELLED[question]
    }
