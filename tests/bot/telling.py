"""One initiative as a librarian reports it in each language: told in one message, or asked question by question."""

from collections.abc import Sequence

from bot.language.catalogues import Catalogues
from conversations.forms.initiative import INITIATIVE
from conversations.forms.questions import Prompt
from conversations.language.screen import Button
from conversations.language.words import _
from tests.bot.stage import Talk

CATALOGUES = Catalogues()

TOLD = {
    "da": (
        "På biblioteket i Kamnik lærte udlændinge gratis slovensk hver uge fra januar til december 2015, "
        "og de lærte folk fra byen at kende. Frivillige hjalp til."
    ),
    "sl": (
        "V Knjižnici Kamnik so se tujci od januarja do decembra 2015 vsak teden brezplačno učili slovenščine "
        "in spoznavali domačine. Pomagali so prostovoljci."
    ),
    "en": (
        "At the library in Kamnik, foreigners learned Slovene free of charge every week from January to December "
        "2015 and got to know local people. Volunteers helped."
    ),
}

ANSWERS = {
    "da": ["Kamnik", "afsluttet", "Slovensk for udlændinge", TOLD["da"], "sprogkursus", "indvandrere"],
    "sl": ["Kamnik", "zaključeno", "Slovenščina za tujce", TOLD["sl"], "jezikovni tečaj", "priseljenci"],
    "en": ["Kamnik", "finished", "Slovene for foreigners", TOLD["en"], "language course", "immigrants"],
}
LAST = {
    "da": ["januar 2015", "ingen andre", "alle"],
    "sl": ["januar 2015", "brez partnerjev", "vsi"],
    "en": ["January 2015", "nobody else", "anyone"],
}
QUESTIONS = INITIATIVE.questions[:9]
NEXT, SEND = Button(_("Next"), "done"), Button(_("Send report"), "send")


def _prompts(number: int, language: str) -> Sequence[str]:
    prompt = QUESTIONS[number].prompt
    words = (prompt.planned, prompt.running, prompt.finished) if isinstance(prompt, Prompt) else (prompt,)
    return [CATALOGUES.say(each, language) for each in words]


async def tells(talk: Talk, language: str) -> None:
    """She tells it in one message, and answers what is asked."""
    await talk.writes("/report")
    await talk.writes(TOLD[language])
    await _answers(talk, language)


async def is_asked(talk: Talk, language: str) -> None:
    """She answers question by question."""
    await talk.writes("/report")
    await talk.presses(CATALOGUES.say(_("Question by question"), language))
    await _answers(talk, language)


async def _answers(talk: Talk, language: str) -> None:
    answers, following, send = (
        [*ANSWERS[language], *LAST[language]],
        *(CATALOGUES.say(button.label, language) for button in (NEXT, SEND)),
    )
    for _turn in range(20):
        lines = talk.screen.text.splitlines()
        asked = [number for number in range(9) if any(each in lines for each in _prompts(number, language))]
        if send in talk.labels:
            await talk.presses(send)
            return
        if following in talk.labels:
            await talk.presses(following)
            continue
        answer = answers[asked[0]]
        label = next((label for label in talk.labels if label.lower() == answer.lower()), None)
        await (talk.presses(label) if label else talk.writes(answer))
    raise AssertionError(f"no end in sight:\n{talk.screen.text}")
