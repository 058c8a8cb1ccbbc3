"""Choices from a vocabulary: one, or several."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from conversations.forms.kinds.base import (
    NEXT,
    OTHER_THAN_BUTTON,
    Answers,
    Asked,
    Gathered,
    Gathering,
    NotUnderstood,
    QuestionKind,
    Reading,
    Rows,
    Said,
    Understood,
    to_confirm,
)
from conversations.language.events import Pressed, Wrote
from conversations.language.screen import Button, Line, Style, stacked
from conversations.language.words import Listed, Place, Words, _, counted
from conversations.reading.choices import nearest, split_choices
from conversations.vocabulary.choices import Choice, label_of, without_language
from conversations.vocabulary.controls import actions_in
from conversations.vocabulary.meaning import DELICATE, Meant, meaning
from conversations.vocabulary.mentions import proposed

_FEW = 7
"""The most choices that are offered because another one is not meant."""

SHOWN = 16
"""How many choices a phone shows beside its question, two in a row; more come page by page."""


def not_among(typed: str, near: Sequence[str]) -> Words:
    """The sentence for something typed that is no choice, where the keys in `near` are offered for it."""
    if near:
        return _("“{typed}” is not one of the choices. Did you mean one of these?", typed=typed[:60])
    return _("“{typed}” is not one of the choices. Here are all of them.", typed=typed[:60])


def which_of(typed: str) -> Words:
    """The sentence for something typed that may be any one of a few choices."""
    return _("Which of these do you mean by “{typed}”?", typed=typed[:60])


def not_found(unknown: Sequence[str]) -> Words:
    """The sentence for what was not understood beside something that was."""
    return _("“{typed}” is not one of the choices. The rest is chosen.", typed=", ".join(unknown)[:60])


@dataclass(frozen=True, slots=True)
class OneOf(QuestionKind):
    """Exactly one of `choices`; `words` is the section of the files of words that says what people write for them.

    A choice is kept only if all of the text says so; if anything else stands beside it, it is shown, and kept once it
    is confirmed. "Not running" leaves all the others. `widest` names the keys from the widest to the narrowest, where
    each holds the next, as who may see a report does: "not public" leaves what is narrower. `several` is the key that
    says that more than one of the others is meant. Where no choice is found, those that `guess` returns are offered.
    `besides` are answers that come about in another way than by this question.
    """

    choices: tuple[Choice, ...]
    words: str = ""
    widest: tuple[str, ...] = ()
    several: str = ""
    guess: Callable[[str, Asked], Sequence[str]] | None = None
    besides: tuple[Choice, ...] = ()

    def read(self, said: Said, gathered: Gathered, asked: Asked) -> Reading:
        """A tap, the label in any language, or a yes to the choice that is shown."""
        shown = self.so_far(gathered)
        match said:
            case Wrote(text) if shown and actions_in(text, asked.context.person.language) == ("yes",):
                return Understood(shown, (gathered or {}).get("typed", ""))
            case Pressed("is", key) if any(choice.key == key for choice in self.choices):
                return Understood(key)
            case Pressed("page", page):
                return Gathering({"page": turned(page, self.choices)})
            case Wrote(text):
                return self._typed(text, asked)
            case _:
                return NotUnderstood(OTHER_THAN_BUTTON)

    def _typed(self, text: str, asked: Asked) -> Reading:
        meant = in_words(text, self.choices, self.words, asked)
        if len(meant.keys) == 1 and meant.only and not (self.widest and meant.denied):
            key = meant.keys[0]
            if meant.certain:
                return Understood(key, text)
            return self._shown(key, text)
        if self.several and len(meant.keys) > 1 and meant.whole and not meant.turned:
            return Understood(self.several, text)
        if near := self._left(meant):
            if len(near) == 1 and tuple(near) == meant.keys:
                return self._shown(near[0], text)
            return NotUnderstood(which_of(text), {"near": near})
        match find(text, self.choices, asked):
            case Choice(key) if key not in DELICATE:
                return Understood(key, text)
            case Choice():
                return NotUnderstood(not_among(text, ()))
            case near:
                likely = near or (self.guess(text, asked) if self.guess else ())
                offered = [key for key in likely if key not in DELICATE]
                return NotUnderstood(not_among(text, offered), {"near": offered} if offered else None)

    def _shown(self, key: str, text: str) -> Gathering:
        """The choice, to be confirmed."""
        note = _("Do you mean “{choice}”? Tap it, or choose another.", choice=label_of(self.choices, key))
        return to_confirm(key, text, note)

    def _left(self, meant: Meant) -> list[str]:
        """The keys of which one may be meant."""
        near = list(dict.fromkeys((*meant.keys, *meant.among)))
        if self.several and len(near) > 1 and self.several not in near:
            near.append(self.several)
        if not meant.denied or (near and not self.widest):
            return near
        if not self.widest:
            others = [choice.key for choice in self.choices if choice.key not in meant.denied]
            return others if len(others) <= _FEW else []
        denied = sorted(self.widest.index(key) for key in meant.denied)
        narrower = self.widest[denied[-1] + 1 :] or self.widest[denied[0] + 1 :] or self.widest[: denied[0]]
        return [key for key in near if key in narrower] or list(narrower)

    def among(self, gathered: Gathered) -> tuple[Any, ...]:
        """The choices of which one may be meant; none where one is shown."""
        return () if self.so_far(gathered) else QuestionKind.among(self, gathered)

    def so_far(self, gathered: Gathered) -> Any:
        """The choice that is shown, until it is confirmed."""
        return (gathered or {}).get("shown")

    def rows(self, gathered: Gathered, asked: Asked) -> Rows:
        """A page of choices, or the nearest to what was typed."""
        shown, more = page_of(self.choices, gathered)
        buttons = tuple(Button(choice.label, "is", choice.key, chosen=choice.key == asked.value) for choice in shown)
        return (*stacked(buttons, across(self.choices)), *more)

    def show(self, value: Any) -> Place:
        """The label."""
        return label_of((*self.choices, *self.besides), str(value))


@dataclass(frozen=True, slots=True)
class SomeOf(QuestionKind):
    """`least` to `most` of `choices`.

    A key in `alone` excludes all others and is the whole answer. `first` names the keys to show on top, from the
    answers so far. `words` is the section of the files of words that says what people write for the choices.
    """

    choices: tuple[Choice, ...]
    most: int
    least: int = 1
    alone: frozenset[str] = frozenset()
    first: Callable[[Answers], Sequence[str]] | None = None
    words: str = ""

    def read(self, said: Said, gathered: Gathered, asked: Asked) -> Reading:
        """A toggle, Next, or labels in any language.

        A toggle says what it wants to be, so that the same press arriving twice is once.
        """
        chosen = self._chosen(gathered, asked)
        match said:
            case Pressed("on", key) if self._has(key):
                return self._with(chosen, [key], gathered, "")
            case Pressed("off", key):
                return Gathering({**(gathered or {}), "chosen": [each for each in chosen if each != key]})
            case Pressed("page", page):
                return Gathering({"chosen": chosen, "page": turned(page, self.choices)})
            case Pressed("done"):
                if len(chosen) >= self.least:
                    return Understood(chosen, (gathered or {}).get("typed", ""))
                return NotUnderstood(_("Choose at least one, then tap “Next”."))
            case Wrote(text):
                return self._typed(text, chosen, gathered, asked)
            case _:
                return NotUnderstood(OTHER_THAN_BUTTON)

    def _typed(self, text: str, chosen: list[str], gathered: Gathered, asked: Asked) -> Reading:
        meant = in_words(text, self.choices, self.words, asked)
        if meant.denied and not meant.keys:
            return self._without(meant.denied, chosen)
        if not meant.keys and not meant.among:
            meant = self._by_letters(text, asked)
        if not meant.keys:
            return self._near(text, meant, chosen)
        reading = self._with(chosen, list(meant.keys), self._page_with(meant.keys[-1], asked), text)
        if not isinstance(reading, Gathering):
            return reading
        if meant.certain and meant.exact and len(meant.keys) > 1:
            return Understood(reading.gathered["chosen"], text)  # a whole list, said back above the next question
        if meant.whole:
            return reading
        if meant.among:
            return replace(reading, gathered={**reading.gathered, "near": list(meant.among)}, note=which_of(text))
        left = (*meant.unknown, *meant.aside)
        return replace(reading, note=not_found(left)) if left else reading

    def _without(self, denied: Sequence[str], chosen: list[str]) -> Reading:
        """What is chosen after "not for children", or a question for what it is instead."""
        left = [key for key in chosen if key not in denied]
        if left != chosen:
            return Gathering({"chosen": left})
        return NotUnderstood(_("Tap or type what it is, not what it is not."), {"chosen": chosen}, asks=True)

    def _near(self, text: str, meant: Meant, chosen: list[str]) -> Reading:
        """A question among the choices of which one is meant, or to which the words are related."""
        near = [key for key in proposed(text, self.words) if self._has(key)] if self.words else []
        if meant.among and not meant.aside and not meant.unknown:
            near = []
        near = list(dict.fromkeys(key for key in (*meant.among, *near) if key not in DELICATE or key in meant.among))
        if meant.among:
            return NotUnderstood(which_of(text), {"chosen": chosen, "near": near})
        return NotUnderstood(not_among(text, near), {"chosen": chosen, **({"near": near} if near else {})})

    def _by_letters(self, text: str, asked: Asked) -> Meant:
        """What is meant by labels that are nearly written; each part has to be one."""
        labels = [spellings(choice, asked) for choice in self.choices]
        found = [find(part, self.choices, asked) for part in (text, *split_choices(text, labels))]
        whole, parts = found[0], found[1:]
        keys = [each.key for each in ([whole] if isinstance(whole, Choice) else parts) if isinstance(each, Choice)]
        if keys and len(keys) == (1 if isinstance(whole, Choice) else len(parts)) and DELICATE.isdisjoint(keys):
            return Meant(tuple(keys), exact=True)
        near = () if isinstance(whole, Choice) else whole
        return Meant(among=tuple(key for key in near if key not in DELICATE))

    def _with(self, chosen: list[str], keys: list[str], gathered: Gathered, typed: str) -> Reading:
        for key in keys:
            if key in self.alone:
                return Understood([key], typed)
        together = list(dict.fromkeys([*(each for each in chosen if each not in self.alone), *keys]))
        if len(together) > self.most:
            return NotUnderstood(
                counted(
                    "You can choose one. Remove it first, then choose again.",
                    "You can choose up to {n}. Remove one first, then choose again.",
                    self.most,
                ),
                {"chosen": chosen, "near": together} if typed else None,  # what was written, to choose from
                asks=bool(typed),
            )
        page = (gathered or {}).get("page", 0)
        return Gathering({"chosen": together, "page": page, **({"typed": typed} if typed else {})})

    def so_far(self, gathered: Gathered) -> Any:
        """What is chosen."""
        return (gathered or {}).get("chosen") or None

    def lines(self, gathered: Gathered, asked: Asked) -> tuple[Line, ...]:
        """What is chosen."""
        chosen = self._chosen(gathered, asked)
        return (Line(_("Chosen: {choices}", choices=self.show(chosen)), Style.PLAIN),) if chosen else ()

    def rows(self, gathered: Gathered, asked: Asked) -> Rows:
        """A page of toggles, and Next once there are enough."""
        chosen = self._chosen(gathered, asked)
        shown, more = page_of(self._ordered(asked), gathered)
        buttons = tuple(
            Button(choice.label, "off" if choice.key in chosen else "on", choice.key, chosen=choice.key in chosen)
            for choice in shown
        )
        done = ((NEXT,),) if len(chosen) >= self.least else ()
        return (*stacked(buttons, across(self.choices)), *more, *done)

    def show(self, value: Any) -> Place:
        """The labels."""
        return Listed(tuple(label_of(self.choices, key) for key in value))

    def _page_with(self, key: str, asked: Asked) -> dict[str, int]:
        """The page where a choice stands that was typed, so that it is seen to be chosen."""
        keys = [choice.key for choice in self._ordered(asked)]
        return {"page": keys.index(key) // SHOWN}

    def _chosen(self, gathered: Gathered, asked: Asked) -> list[str]:
        if gathered and "chosen" in gathered:
            return list(gathered["chosen"])
        return [key for key in asked.value or () if self._has(key)]

    def _has(self, key: str) -> bool:
        return any(choice.key == key for choice in self.choices)

    def _ordered(self, asked: Asked) -> tuple[Choice, ...]:
        if self.first is None:
            return self.choices
        first = list(self.first(asked.answers))
        rank = {key: place for place, key in enumerate(first)}
        return tuple(sorted(self.choices, key=lambda choice: rank.get(choice.key, len(rank))))


def find(typed: str, choices: tuple[Choice, ...], asked: Asked) -> Choice | list[str]:
    """The choice that `typed` means, in whatever language; otherwise the keys of the three nearest."""
    match = nearest(typed, [spellings(choice, asked) for choice in choices])
    if match.index is not None:
        return choices[match.index]
    return [choices[index].key for index in match.near]


def in_words(text: str, choices: tuple[Choice, ...], words: str, asked: Asked) -> Meant:
    """What `text` means among `choices` by the words that people use for them; nothing where there are no words."""
    if not words:
        return Meant()
    labels = {choice.key: spellings(choice, asked) for choice in choices}
    return meaning(text, words, asked.context.person.language, labels)


def spellings(choice: Choice, asked: Asked) -> Sequence[str]:
    """The label of `choice` in every language."""
    label = choice.label
    return asked.context.registers.spellings(label) if isinstance(label, Words) else without_language(label)


def across(choices: tuple[Choice, ...]) -> int:
    """How many buttons stand in a row, where their labels have room: two, unless there are few."""
    return 1 if len(choices) <= 4 else 2


def turned(page: str, choices: tuple[Choice, ...]) -> int:
    """The page a button asks for, within what there is."""
    pages = -(-len(choices) // SHOWN)
    return int(page) % pages if page.isascii() and page.isdecimal() else 0


def page_of(choices: tuple[Choice, ...], gathered: Gathered) -> tuple[tuple[Choice, ...], Rows]:
    """The choices to show now, and the row that leads to the rest."""
    if near := (gathered or {}).get("near"):
        found = tuple(choice for key in near for choice in choices if choice.key == key)
        return found, ((Button(_("Show all"), "page", "0"),),) if len(choices) > len(found) else ()
    if len(choices) <= SHOWN + 2:
        return choices, ()
    page = (gathered or {}).get("page", 0)
    shown = choices[page * SHOWN : (page + 1) * SHOWN]
    return shown, ((_more(page, -(-len(choices) // SHOWN)),),)


def _more(page: int, pages: int) -> Button:
    """The button to the next page, with its number and how many there are; after the last comes the first."""
    following = (page + 1) % pages
    return Button(_("More ({page} of {pages})", page=following + 1, pages=pages), "page", str(following))
