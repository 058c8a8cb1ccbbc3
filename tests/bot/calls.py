"""Coordinators who open the ready calls, and librarians who answer them, each in their own language."""

from collections.abc import Sequence
from datetime import date

from bot.language.catalogues import Catalogues
from conversations.flows.calls.examples import EXAMPLES
from conversations.forms.initiative import INITIATIVE
from conversations.forms.kinds.then import Then
from conversations.forms.questions import Prompt, Question
from conversations.forms.variants import form_of
from conversations.language.words import Words
from conversations.model.calls import WholeCall
from conversations.vocabulary import vocabulary
from conversations.vocabulary.choices import Choice, label_of
from tests.bot.stage import Stage, Talk

CATALOGUES = Catalogues()

TITLES = {"da": "Sprogcafé i parken", "sl": "Jezikovna kavarna v parku", "en": "Language café in the park"}

SUMMARIES = {
    "da": "Hver tirsdag mødes nytilkomne og naboer og taler dansk over en kop kaffe.",
    "sl": "Vsak torek se priseljenci in sosedje srečajo in se pogovarjajo ob kavi.",
    "en": "Every Tuesday newcomers and neighbours meet to talk over a cup of coffee.",
}

OUTCOMES = {
    "da": "Deltagerne taler mere dansk og har fået nye bekendte i byen.",
    "sl": "Udeleženci bolje govorijo slovensko in poznajo več ljudi v kraju.",
    "en": "Those who take part speak more of the language and know more people.",
}

LIBRARIES = {"da": "Aarhus", "sl": "Kamnik", "en": "Odense"}


def said(text: str, language: str) -> str:
    """A sentence of the bot, as it reads in `language`."""
    return CATALOGUES.say(Words(text), language)


async def opens_example(stage: Stage, coordinator: Talk, key: str, language: str, deadline: date) -> str:
    """The coordinator opens the ready call of that key, until that day; returns its slug."""
    example = next(each for each in EXAMPLES if each.key == key)
    known = {call.slug for call in await stage.finds(lambda work: work.calls.all())}
    await coordinator.writes("/calls")
    await coordinator.presses(said("Templates", language))
    await coordinator.presses(CATALOGUES.say(example.title, language))
    await coordinator.presses(f"✏️ {said('Deadline', language)}")
    await coordinator.writes(deadline.isoformat())
    await coordinator.presses(said("Open the call", language))
    (slug,) = {call.slug for call in await stage.finds(lambda work: work.calls.all())} - known
    return slug


async def answers(stage: Stage, librarian: Talk, slug: str, language: str, title: str = "", library: str = "") -> None:
    """The librarian follows the link of the call and answers all it asks, as long as it asks."""
    call = await stage.finds(lambda work: work.calls.whole(slug))
    assert call is not None
    await librarian.starts(f"c_{slug}")
    if said("Question by question", language) in librarian.labels:
        await librarian.presses(said("Question by question", language))
    for _step in range(60):
        if said("Send report", language) in librarian.labels:
            await librarian.presses(said("Send report", language))
            assert said("Thank you. Your report has been sent.", language) in librarian.screen.text
            return
        question = asked(call, librarian.screen.text, language)
        await answers_one(librarian, question, language, title or TITLES[language], library or LIBRARIES[language])
    raise AssertionError(f"no end in sight:\n{librarian.screen.text}")


def asked(call: WholeCall, text: str, language: str) -> Question:
    """The question that the screen asks."""
    for question in (*form_of(call).questions, *INITIATIVE.questions):
        prompts = question.prompt
        words = [prompts.running, prompts.planned] if isinstance(prompts, Prompt) else [prompts]
        if isinstance(question.kind, Then):
            words.append(question.kind.prompt)
        if any(CATALOGUES.say(each, language) in text.split("\n") for each in words):
            return question
    raise AssertionError(f"nobody knows what is asked here:\n{text}")


async def answers_one(librarian: Talk, question: Question, language: str, title: str, library: str) -> None:
    """Answer one question, by its key where words are wanted and with the first button otherwise."""
    done, on = said("Done", language), said("Next", language)
    if done in librarian.labels:
        await librarian.presses(done)
        return
    if on in librarian.labels:
        await librarian.presses(on)
        return
    written = {
        "library": library,
        "title": title,
        "summary": SUMMARIES[language],
        "outcome": OUTCOMES[language],
        "evidence_detail": "80 %",
        "period_start": "2026",
        "participants": "30",
    }
    if question.key == "partners":
        await librarian.presses(_label(vocabulary.PARTNER_TYPES, "none", language))
    elif question.key == "status":
        await librarian.presses(_label(vocabulary.STATUS, "running", language))
    elif question.key in written and not _halfway(librarian, question, language):
        await librarian.writes(written[question.key])
    elif question.key.startswith("own_"):
        await librarian.writes(SUMMARIES[language])
    else:
        await librarian.presses(librarian.labels[0])


def _halfway(librarian: Talk, question: Question, language: str) -> bool:
    return question.key == "participants" and said("Is that in total, or each time?", language) in librarian.screen.text


def _label(choices: Sequence[Choice], key: str, language: str) -> str:
    return CATALOGUES.say(label_of(choices, key), language)
