"""The kinds of a call's own questions, in words for coordinators."""

from conversations.language.words import Words, labelled
from conversations.model.calls import OwnKind

KIND_WORDS: dict[OwnKind, Words] = {
    "text": labelled("own question", "A text"),
    "choice": labelled("own question", "One choice"),
    "several": labelled("own question", "Several choices"),
    "number": labelled("own question", "A number"),
    "date": labelled("own question", "A date"),
    "integer": labelled("own question", "A whole number"),
    "decimal": labelled("own question", "A decimal number"),
    "note": labelled("own question", "A note"),
}

OFFERED: tuple[OwnKind, ...] = ("text", "choice", "several", "number", "date")
"""The kinds that the editor offers; the others come with a sheet."""
