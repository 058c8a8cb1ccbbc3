"""The search words and filter tokens of a published initiative."""

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from conversations.language.words import Words
from conversations.model.happenings import texts
from conversations.model.initiatives import Initiative
from conversations.model.search import keys_of
from conversations.reading.alike.traits import ideas_in
from conversations.reading.searching import words_in
from conversations.reading.text import fold
from conversations.vocabulary import vocabulary
from conversations.vocabulary.choices import Choice

WAY = 3
"""The version of how tokens are made. Raise it with every change here; then all rows are made again."""

IN_TITLE = "h:"
"""The prefix of words in the title, library or place: such an initiative is the likeliest match for the word."""

Spellings = Callable[[Words], Sequence[str]]

TOLD = (
    "title", "summary", "need", "outcome", "evidence_detail", "lessons", "transfer", "location",
)  # fmt: skip
"""Questions whose text answers are searched."""

LABELLED: dict[str, tuple[Choice, ...]] = {
    "themes": vocabulary.THEMES,
    "target_groups": vocabulary.TARGET_GROUPS,
    "roles": vocabulary.ROLES,
    "status": vocabulary.STAGES,
    "frequency": vocabulary.FREQUENCY,
    "format": vocabulary.FORMAT,
    "partners": vocabulary.PARTNER_TYPES,
}
"""Questions whose choices are searched by their labels in every language."""


@lru_cache(maxsize=4096)
def key_token(by: str, choice: str) -> str:
    """The token for one choice of a filter; it contains a colon, which words never do."""
    return f"{by}:{fold(choice).replace(' ', '-')}"


def sharing_token(sharing: str) -> str:
    """The token for whom an initiative is shared with."""
    return f"s:{sharing}"


def idea_token(idea: str) -> str:
    """The token for something that the initiative's words say is done."""
    return f"idea:{idea}"


def tokens_of(initiative: Initiative, spellings: Spellings) -> list[str]:
    """All tokens of the initiative, each once."""
    prominent = words_in(" ".join((initiative.title, initiative.library, initiative.place)))
    plain = words_in(" ".join(_texts(initiative, spellings)))
    return list(
        dict.fromkeys(
            (
                *(IN_TITLE + word for word in prominent),
                *prominent,
                *plain,
                *(key_token(by, choice) for by, choice in keys_of(initiative)),
                *map(idea_token, ideas_in(initiative.title, initiative.summary, initiative.language)),
                sharing_token(initiative.sharing),
            )
        )
    )


@lru_cache(maxsize=8)
def made_with(spellings: Spellings) -> int:
    """A checksum of how tokens are made with the labels of `spellings`; rows with another checksum are made again."""
    told = json.dumps([WAY, {question: _labels(spellings, question) for question in LABELLED}])
    return zlib.crc32(told.encode()) % 2**15  # fits in the column


def words_of(tokens: Iterable[str]) -> set[str]:
    """The tokens that are words, without filter tokens."""
    return {token for token in tokens if ":" not in token}


def _texts(initiative: Initiative, spellings: Spellings) -> Iterator[str]:
    yield from (str(initiative.answers[key]) for key in TOLD if initiative.answers.get(key))
    yield initiative.region
    told = initiative.answers.get("partners")
    partners = told if isinstance(told, Mapping) else {}  # an imported answer may have any form
    yield from texts(partners.get("names"))
    answers = {**initiative.answers, "partners": partners.get("types")}
    for question in LABELLED:
        chosen, labels = answers.get(question), _labels(spellings, question)
        yield from (labels.get(key, "") for key in ([chosen] if isinstance(chosen, str) else texts(chosen)))


@lru_cache(maxsize=64)
def _labels(spellings: Spellings, question: str) -> Mapping[str, str]:
    """The words for each choice, by its key: its label in every language."""
    return {
        each.key: " ".join(spellings(each.label) if isinstance(each.label, Words) else ())
        for each in LABELLED[question]
    }
