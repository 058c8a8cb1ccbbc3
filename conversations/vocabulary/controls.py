"""Words that say what to do next and are no answer: skip, done, back, stop, cancel, help, send, yes, no."""

from collections.abc import Sequence
from functools import lru_cache

from conversations.language.languages import LANGUAGES
from conversations.vocabulary.meaning import has_one_slip
from conversations.vocabulary.scanning import Token, entry_at, tokens_of, undrawn
from conversations.vocabulary.words import Entry, WordFile, words_in

ACTIONS = ("cancel", "stop", "back", "help", "skip", "send", "done", "no", "yes")
"""What such words may say; where a text says several, the first of these counts ("no, stop here")."""

LONGEST = 80
"""Characters of a text that can say what to do; a longer one tells something."""

_SIGNS = {"?": "help", "??": "help", "???": "help", "-": "skip", "–": "skip", "—": "skip"}
_SHORTEST_WITH_A_SLIP = 6


def control(
    text: str, language: str, *, optional: bool = False, chosen: bool = False, ready: bool = False
) -> str | None:
    """What `text`, written by a reader of `language`, says to do; None if it says anything else.

    One of "cancel", "stop", "back", "help", "skip", "send" and "done"; before sending (`ready`) also "yes" and "no".
    All of the text has to say so, in whichever language, with or without a slash in front. "No" skips an `optional`
    question; "ok" goes on where something is `chosen`.
    """
    said = frozenset(actions_in(text, language))
    action = next((each for each in ACTIONS if each in said), None)
    if ready and action == "skip":  # "later"
        return "stop"
    if ready and action == "back" and "no" in said:  # "wait, one mistake"
        return "no"
    if ready and action in ("no", "send", "done", "yes"):
        return "no" if "no" in said else "yes"
    match action:
        case "done" if "no" in said and optional and not chosen:  # "we have none, go on"
            return "skip"
        case "no":
            return "skip" if optional else None
        case "yes" | "send" if chosen:
            return "done"
        case "yes":
            return None
        case _:
            return action


def says_not_or_little(text: str, language: str) -> bool:
    """Returns whether `text` only says what there is not, or small words: "we didn't count", "to je vse, kar imam"."""
    tokens = [token.text for token in tokens_of(undrawn(text[:LONGEST]))]
    files = [words_in(language), *(words_in(each) for each in LANGUAGES if each != language)]
    return any(
        not file.negations.isdisjoint(tokens)
        or all(token in file.ignored | file.polite | file.joins | file.relatives for token in tokens)
        for file in files
    )


@lru_cache(maxsize=32)  # asked for the question and, in a title, again as before sending
def actions_in(text: str, language: str) -> tuple[str, ...]:
    """The actions that the parts of `text` name, in order; empty if any part of it says something else."""
    text = text.strip().removeprefix("/")
    if sign := _SIGNS.get(text):
        return (sign,)
    tokens = tokens_of(undrawn(text[: LONGEST + 1]))
    if len(text) > LONGEST or not tokens:
        return ()
    own = words_in(language)
    files = [own, *(words_in(each) for each in LANGUAGES if each != language)]
    for file in files:
        if actions := _read(tokens, file):
            return actions
    return ()


def _read(tokens: Sequence[Token], file: WordFile) -> tuple[str, ...]:
    """The actions in the words of one language."""
    found: list[str] = []
    guessed: list[str] = []
    at = 0
    while at < len(tokens):
        hits = entry_at(file.section("controls"), tokens, at, file.polite)
        if hit := max(hits, key=lambda each: each.length, default=None):
            found += hit.entry.keys
            at = hit.end
        elif tokens[at].text in file.polite or tokens[at].text in file.joins:
            at += 1
        elif entry := _with_a_slip(tokens[at].text, file):
            guessed += entry.keys
            at += 1
        else:
            return ()
    return () if found and guessed else (*found, *guessed)  # "nimam drugih" is no "nimam drugič"


def _with_a_slip(word: str, file: WordFile) -> Entry | None:
    """The entry of one word that `word` is with one wrong letter; None if it may be several."""
    if len(word) < _SHORTEST_WITH_A_SLIP:
        return None
    controls = file.section("controls")
    found = [
        entry
        for known in controls.alike(word)
        if known.kind == "whole" and has_one_slip(word, known.text) and not word.startswith(known.text)
        for entry in controls.beginning_with(known.text)
        if entry.words == (known,)
    ]
    return found[0] if len({entry.keys for entry in found}) == 1 else None
