"""A librarian who knows what to answer to each of the nine questions, whenever it is asked."""

from typing import Any

from storage.session.unit_of_work import UnitOfWork
from tests.bot.stage import Talk

FIRST_ASKED = "Tell about it in your own words"

# What is asked, and what she does: presses the buttons in brackets, one after another, or writes the text.
ANSWERS = {
    FIRST_ASKED: "Aarhus",
    "Which library": "Aarhus",
    "What stage is it at?": ["Running"],
    "What is it called?": "Language café in the park",
    "What do you do, who is it for, and why?": "Every Tuesday newcomers and neighbours meet to talk Danish.",
    "What is it about": ["Language café", "Next"],
    "Who is it for": ["Immigrants", "Next"],
    "When did it start": "March 2026",
    "Who do you do this with?": ["Nobody else"],
    "Who can see this report?": ["Anyone (public)"],
    "Check your report before you send it.": ["Send report"],
    "Something like it has been reported already.": ["Different: send it"],
}

KEPT: dict[str, Any] = {
    "status": "running",
    "title": "Language café in the park",
    "summary": "Every Tuesday newcomers and neighbours meet to talk Danish.",
    "themes": ["language_cafe"],
    "target_groups": ["immigrants"],
    "period_start": "2026-03",
    "sharing": "public",
}
"""What of her answers must be in the report."""


async def acts(chat: Talk) -> bool:
    """She does the next thing that the screen asks for; False: it asks for nothing she knows."""
    screen = chat.screen
    for question, answer in ANSWERS.items():
        if question not in screen.text:
            continue
        if isinstance(answer, str):
            if "Done" in screen.labels:
                await chat.phone.presses("Done")
            else:
                await chat.phone.types(answer)
        else:
            untouched = [label for label in answer if label in screen.labels]
            await chat.phone.presses(untouched[0])
        return True
    return False


async def reports(chat: Talk, until: str = "Thank you") -> None:
    """She reports an initiative, from /report to the screen that says `until`."""
    await chat.writes("/report")
    for _ in range(40):
        if until in chat.screen.text:
            return
        assert await acts(chat), f"she does not know what to do here:\n{chat.screen.text}"
        await chat.phone.waits()
    raise AssertionError(f"no end in sight:\n{await chat.phone.transcript()}")


def sent_reports(work: UnitOfWork) -> list[dict[str, object]]:
    """The answers of all reports that were sent."""
    from conversations.forms.initiative import INITIATIVE
    from storage.reports.exporting import Wanted

    records = work.exporting(INITIATIVE.relevant_answers).after(None, Wanted())
    return [dict(record.answers) for record in records]
