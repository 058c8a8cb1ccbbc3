"""What the catalogues promise: everything is said in every language, with the same places and good typography."""

import re
import string
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

from conversations.language.languages import LANGUAGES

LOCALES = Path(__file__).parents[2] / "locales"
SOURCE_LANGUAGE = "en"
TRANSLATED = [language for language in LANGUAGES if language != SOURCE_LANGUAGE]

# The opening and the closing mark; a language not named here is only kept from using straight ones.
QUOTATION_MARKS = {"da": "””", "en": "“”", "sl": "»«"}
ALL_QUOTATION_MARKS = '"“”„»«'

LONGEST_LABEL = 30
# Shown one to a line instead of two: official names, and who may see a report, which must not be shortened.
LONG_LABELS = {"sdg", "sharing"}

END_OF_SENTENCE = ".?!:;,…"


class Said(NamedTuple):
    """One text of a catalogue beside the English one it stands for."""

    original: str
    text: str

    def __str__(self) -> str:
        """Both, as a line of a failure."""
        return f"{self.original!r}: {self.text!r}"


@cache
def catalogue(language: str) -> Catalog:
    path = LOCALES / language / "LC_MESSAGES" / "meldind.po"
    if not path.exists():
        pytest.fail(f"locales/{language} has no catalogue: run make messages")
    with path.open("rb") as file:
        return read_po(file, locale=language, domain="meldind", abort_invalid=True)


@cache
def template() -> Catalog:
    path = LOCALES / "meldind.pot"
    if not path.exists():
        pytest.fail("there is no locales/meldind.pot: run make messages")
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def messages(of: Catalog) -> list[Message]:
    return [message for message in of if message.id]


def forms(message: Message) -> list[Said]:
    """Every form of a message: one, or as many as the language counts with. The last stands for the English plural."""
    if isinstance(message.id, str):
        return [Said(message.id, str(message.string or ""))]
    one, other = message.id
    texts = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return [Said(one if index == 0 else other, text or "") for index, text in enumerate(texts)]


def said(language: str) -> list[Said]:
    """All that is said in `language`; in the language of the sources, what they say."""
    translated = [form for message in messages(catalogue(language)) for form in forms(message) if form.text]
    if language != SOURCE_LANGUAGE:
        return translated
    originals = [text for message in messages(template()) for text in originals_of(message)]
    return translated + [Said(text, text) for text in originals]


def originals_of(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def fail_for_any(wrong: Iterable[object], what: str) -> None:
    lines = [str(each) for each in wrong]
    assert not lines, f"{what}:\n" + "\n".join(lines)


def end_of(text: str) -> str:
    """The punctuation a text ends with, inside or outside its last brackets and quotation marks."""
    bare = text.strip().rstrip(ALL_QUOTATION_MARKS + ")’")
    return bare[-1] if bare and bare[-1] in END_OF_SENTENCE else ""


def test_the_sources_have_something_to_say() -> None:
    assert messages(template())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_has_what_the_sources_say_and_no_more(language: str) -> None:
    here = {(message.context, originals_of(message)) for message in messages(catalogue(language))}
    there = {(message.context, originals_of(message)) for message in messages(template())}
    fail_for_any(there - here, "not in the catalogue, run make messages")
    fail_for_any(here - there, "no longer in the sources, run make messages")
    fail_for_any(catalogue(language).obsolete, "obsolete, run make messages")


@pytest.mark.parametrize("language", TRANSLATED)
def test_everything_is_translated(language: str) -> None:
    whole = [all(form.text for form in forms(message)) for message in messages(catalogue(language))]
    missing = [
        message.id for message, is_whole in zip(messages(catalogue(language)), whole, strict=True) if not is_whole
    ]
    fail_for_any(missing, "not translated")
    assert whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_as_a_guess(language: str) -> None:
    fail_for_any((message.id for message in messages(catalogue(language)) if message.fuzzy), "marked fuzzy")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_count_has_all_the_forms_of_the_language(language: str) -> None:
    of = catalogue(language)
    header = (LOCALES / language / "LC_MESSAGES" / "meldind.po").read_text(encoding="utf-8").partition("\n\n")[0]
    rule = re.search(r'"Plural-Forms: (.*)\\n"', header)
    assert rule, "no Plural-Forms in the header"
    assert rule[1] == get_plural(language).plural_forms
    counts = [message for message in messages(of) if not isinstance(message.id, str)]
    # English may leave its forms to the sources, but not half of them.
    filled = counts if language != SOURCE_LANGUAGE else [c for c in counts if any(form.text for form in forms(c))]
    wanted = get_plural(language).num_plurals
    fail_for_any(
        (c.id for c in filled if len(forms(c)) != wanted or not all(form.text for form in forms(c))),
        f"without all {wanted} forms",
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_header_tells_other_programs_what_they_need(language: str) -> None:
    headers = dict(catalogue(language).mime_headers)
    assert headers["Language"] == language
    assert headers["Content-Type"] == "text/plain; charset=utf-8"
    assert (LOCALES.parent / headers["Report-Msgid-Bugs-To"]).is_file()
    assert "X-Generator" not in headers
    fail_for_any((each for each in headers.items() if re.search("FULL NAME|LL@li|EMAIL@", each[1])), "left as it was")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_places_of_a_translation_are_those_of_the_original(language: str) -> None:
    wrong = []
    for message in messages(catalogue(language)):
        of_any = set().union(*map(places, originals_of(message)))
        for index, form in enumerate(forms(message)):
            # "One report" needs no number where the form is for one alone; a Slovenian "one" is for 101 as well.
            one_alone = index == 0 and not isinstance(message.id, str) and len(forms(message)) == 2
            spared = {"n"} if one_alone else set()
            if form.text and places(form.text) | spared != of_any | spared:
                wrong.append(form)
    fail_for_any(wrong, "other places than the original")


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_begins_and_ends_as_the_original(language: str) -> None:
    def edges(text: str) -> tuple[str, str, str]:
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :], end_of(text)

    wrong = (form for form in said(language) if edges(form.original) != edges(form.text))
    fail_for_any(wrong, "other space at an edge, or other punctuation at the end")


@pytest.mark.parametrize("language", LANGUAGES)
def test_quotation_marks_are_those_of_the_language(language: str) -> None:
    pair = QUOTATION_MARKS.get(language)

    def is_right(text: str) -> bool:
        marks = "".join(re.findall(f"[{ALL_QUOTATION_MARKS}]", text))
        return marks == pair * (len(marks) // 2) if pair else '"' not in marks

    fail_for_any((form for form in said(language) if not is_right(form.text)), f"wants {pair or 'curved marks'}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_fit_on_two_columns_of_buttons(language: str) -> None:
    labels = [message for message in messages(catalogue(language)) if message.context not in {None, *LONG_LABELS}]
    texts = [text for label in labels for text in (*originals_of(label), *(form.text for form in forms(label)))]
    fail_for_any((text for text in texts if len(text) > LONGEST_LABEL), f"longer than {LONGEST_LABEL} characters")


class TestTheChecksThemselves:
    """A check that lets everything through would look just as green."""

    def test_slovenian_counts_by_the_last_two_digits(self) -> None:
        rule = "nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3);"
        assert get_plural("sl").plural_forms == rule

    def test_places_are_found_with_their_names(self) -> None:
        assert places("{n} of {whole}, {{not}} this") == {"n", "whole"}

    def test_a_lost_brace_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="expected '}'"):
            places("Hej {name")

    @pytest.mark.parametrize(
        ("text", "end"),
        [
            ("Send now?", "?"),
            ("“Send now.”", "."),
            ("Pošljite »zdaj«.", "."),
            ("Sorry (really).", "."),
            ("Planned", ""),
            ("3. 8. 2026…", "…"),
        ],
    )
    def test_the_end_of_a_sentence_is_seen_through_quotation_marks(self, text: str, end: str) -> None:
        assert end_of(text) == end
