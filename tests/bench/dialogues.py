"""What people say to the bots that are measured, from the command that starts a report to its receipt."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tests.bench.peers.questions import QUESTIONS, SEND


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A way to a receipt. `answers` has, for a part of what is shown, the button to press, or the text where there is
    no such button; `onwards` are buttons that are pressed wherever they are.
    """

    answers: Mapping[str, str]
    onwards: frozenset[str]
    receipt: re.Pattern[str]
    begin: str = "/report"

    def answer(self, shown: str, labels: Mapping[str, str]) -> str | None:
        """What a person says to a screen with these `labels`; None: this is nothing they know what to say to."""
        for label in labels:
            if label in self.onwards:
                return label
        return next((answer for asked, answer in self.answers.items() if asked in shown), None)


REPORT = Dialogue(
    answers={
        "Which library are you reporting for?": "odense",
        "What stage is it at?": "Running",
        "What is it called?": "Homework café on Wednesdays",
        "What do you do, who is it for, and why?": (
            "Every Wednesday volunteers help children with their homework while parents meet over coffee."
        ),
        "What is it about?": "Homework help",
        "Who is it for?": "Children",
        "When did it start?": "March 2026",
        "Who do you do this with?": "Nobody else",
        "Who can see this report?": "Anyone (public)",
        "Check your report": "Send report",
        "Something like it has been reported": "Different: send it",
    },
    onwards=frozenset({"Question by question", "Next"}),
    receipt=re.compile(r"has been sent\..*\nReference: (\w+)", re.DOTALL),
)
"""The nine questions of Meldind that everybody is asked: six texts and eight presses."""

_WRITTEN = {
    "library": "Odense",
    "title": "Homework café on Wednesdays",
    "summary": "Every Wednesday volunteers help children with their homework while parents meet over coffee.",
    "start": "March 2026",
    "outcome": "More children hand in their homework, and parents have met their neighbours.",
}

TWELVE_QUESTIONS = Dialogue(
    answers={
        "Check your report": SEND,  # before the questions, for it repeats them
        **{each.prompt: each.choices[0] if each.choices else _WRITTEN[each.key] for each in QUESTIONS},
    },
    onwards=frozenset(),
    receipt=re.compile(r"Thank (you)\."),
)
"""The dialogue of the peers: six texts and eight presses as well."""
