"""What of a sheet readers will miss: texts in a language, and what is left out because it changes no question."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from conversations.language.languages import LANGUAGES, language_words
from conversations.language.words import Listed, Words, _, counted
from conversations.model.calls import OwnQuestion


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The languages, columns and rows of a sheet that are left out."""

    languages: Sequence[str] = ()
    columns: Sequence[str] = ()
    rows: Sequence[int] = ()


def remarks(questions: Sequence[OwnQuestion], left_out: LeftOut) -> Iterator[Words]:
    """Yields a sentence for each language with texts that are missing, and for what is left out."""
    texts = [each.texts for each in questions] + [choice for each in questions for choice in each.choices]
    for language in LANGUAGES:
        if missing := sum(language not in each for each in texts):
            yield counted(
                "{language}: {n} text is missing. It is shown in another language, with a mark.",
                "{language}: {n} texts are missing. They are shown in another language, with a mark.",
                missing,
                language=language_words(language),
            )
    if left_out.languages:
        yield _("Languages that are left out: {languages}", languages=Listed(tuple(left_out.languages)))
    if left_out.columns:
        yield _("Columns that are left out: {columns}", columns=Listed(tuple(left_out.columns)))
    if left_out.rows:
        yield _(
            "Rows that only a program can fill in, and that are left out: {rows}", rows=Listed(tuple(left_out.rows))
        )
