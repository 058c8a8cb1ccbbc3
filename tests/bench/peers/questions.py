"""The dialogue that the peers lead: as many taps and messages as a report to Meldind takes, of the same kinds."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """Answered by one of `choices`, or in writing where there are none."""

    key: str
    prompt: str
    choices: tuple[str, ...] = ()


QUESTIONS = (
    Question("library", "Which library are you reporting for?"),
    Question("status", "What stage is it at?", ("Planned", "Running", "Finished", "Paused")),
    Question("title", "What is it called?"),
    Question("summary", "What do you do, who is it for, and why?"),
    Question("theme", "What is it about?", ("Joy of reading", "Homework help", "Language café", "Digital skills")),
    Question("target_group", "Who is it for?", ("Children", "Young people", "Adults", "Families", "Everybody")),
    Question("setting", "Where does it happen?", ("At the library", "Elsewhere", "Online")),
    Question("start", "When did it start?"),
    Question("frequency", "How often?", ("Once", "Every week", "Every month", "Now and then")),
    Question("partners", "Who do you do this with?", ("Nobody else", "A school", "An association", "The municipality")),
    Question("outcome", "What has changed for the people who take part?"),
    Question("sharing", "Who can see this report?", ("The network", "Anyone (public)", "Coordinators")),
)

SEND = "Send report"
THANKS = "Thank you. Your report has been sent. /report starts another."


def summary(answers: Mapping[str, str]) -> str:
    """What is read over before it is sent."""
    lines = [f"{question.prompt} {answers[question.key]}" for question in QUESTIONS]
    return "\n".join(("Check your report", *lines))
