"""Whatever people do, in whatever order: no exception, no dead end, no lost word, every screen within the limits."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.telegram.rendering import render
from conversations.context.session import Filling, pack
from conversations.engine.commands import COMMANDS
from conversations.language.events import (
    Commanded,
    Edited,
    Event,
    File,
    FileKind,
    Pressed,
    SentFile,
    SentUnsupported,
    SharedContact,
    SharedLocation,
    Wrote,
)
from conversations.language.languages import LANGUAGES
from conversations.language.screen import Screen
from conversations.model.outcomes import Answered, PersonForgotten, ReportSubmitted
from conversations.model.reports import Report
from conversations.reading.text import clean_text, length_utf16
from tests.conversations.dialogue import CATALOGUES, Dialogue
from tests.conversations.flows.search.test_initiative import CAFE

REPORTED = (
    """
Report an initiative | question by question | odense | running | Homework café
We help children with their homework every Wednesday.
homework help | next | children | next | 2026 | nobody | anyone | send now | my reports
""".strip()
    .replace("\n", "|")
    .split("|")
)
"""A whole report in the words of its buttons; whatever people do begins somewhere in it."""

KINDS: tuple[FileKind, ...] = ("photo", "document", "voice")

TYPICAL = """
Odense | crnomelj | kobenhavn | ca. 30 | over 30.000 | 10-12 | marts 2026 | 2011/2012 | siden 2003 | 31.2.2026
lektiehjælp | sprogcafé, lektiehjælp | Done | tilbage | preskoči | www.example.org | desk@example.org | <b>& | / | yes
We help children with their homework every Wednesday afternoon. | none | 🙂🙂🙂 | 3. 8. 2026
""".replace("\n", "|").split("|")

WORDS = st.one_of(
    st.text(max_size=60).map(clean_text),
    st.text(min_size=1, max_size=4000).map(clean_text),
    st.sampled_from([*(word.strip() for word in TYPICAL), "• One\n• Two\n• Three"]),
)

EVENTS: st.SearchStrategy[Callable[[Dialogue], Event | None]] = st.one_of(
    st.tuples(WORDS, st.booleans()).map(lambda said: lambda talk: Wrote(said[0], talk.message(), said[1])),
    st.integers(0, 200).map(lambda number: lambda talk: pressed(talk, number)),
    st.integers(0, 200).map(lambda number: lambda talk: pressed(talk, number)),
    st.integers(0, 200).map(lambda number: lambda talk: pressed(talk, number)),
    st.integers(0, 2000).map(lambda number: lambda talk: talk.old_press(number)),
    st.sampled_from([command.name for command in COMMANDS] + ["reprot", "nethood"]).map(
        lambda name: lambda talk: Commanded(name, "" if name != "nethood" else "//Nethood", talk.message())
    ),
    st.tuples(st.sampled_from(KINDS), st.sampled_from(["", "a", "b"]), WORDS).map(
        lambda sent: (
            lambda talk: SentFile(
                File(sent[0], "ref", "f", "application/pdf", 1000), sent[2][:1024], sent[1], talk.message()
            )
        )
    ),
    st.just(lambda talk: SharedLocation(46.05, 14.5, "", talk.message())),
    st.just(lambda talk: SharedContact("Desk", "+38612345678", talk.message())),
    st.tuples(st.integers(1, 40), WORDS).map(lambda said: lambda _talk: Edited(said[1], said[0])),
    st.sampled_from(["sticker", "dice", "video_note"]).map(
        lambda kind: lambda talk: SentUnsupported(kind, talk.message())
    ),
    st.builds(
        lambda action, argument: lambda _talk: Pressed(action, argument, "r1", 3),
        st.text(max_size=10),
        st.text(max_size=20),
    ),
    st.just(lambda talk: talk.goes_away(30)),
)


class Wild(Dialogue):
    """A dialogue that remembers every button ever shown."""

    def __init__(self) -> None:
        super().__init__()
        self.memory.initiatives.published[CAFE.id] = CAFE
        self.ever: list[Pressed] = []
        self.noted: dict[int, str] = {}

    def message(self) -> int:
        return next(self._messages)

    def old_press(self, number: int) -> Event | None:
        return self.ever[number % len(self.ever)] if self.ever else None


def pressed(talk: Wild, number: int) -> Event | None:
    buttons = [button for row in talk.screen.rows for button in row if button.is_told] if talk.screen else []
    return talk.press_of(buttons[number % len(buttons)]) if buttons else None


def everything_kept(talk: Dialogue) -> str:
    """All that the bot has of the person, as one text."""
    answers = [outcome.value for outcome in talk.memory.history if isinstance(outcome, Answered)]
    places = [dict(report.place) for report in talk.memory.reports.kept.values()]
    return json.dumps([answers, places, pack(talk.memory.session.at)], ensure_ascii=False)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(done=st.integers(0, len(REPORTED)), events=st.lists(EVENTS, max_size=40))
def test_no_sequence_of_events_breaks_the_conversation(done: int, events: list[Callable[[Any], Event | None]]) -> None:
    talk = Wild()
    for words in REPORTED[:done]:
        talk.writes(words)
    for make in events:
        event = make(talk)
        if event is None:
            continue
        before, reports = talk.memory.session.at, dict(talk.memory.reports.kept)
        turn = talk.takes(event)
        assert turn.screens or turn.toast or isinstance(event, Edited), f"silence after {event}"
        for screen in turn.screens:
            for language in LANGUAGES:
                within_limits(render(screen, CATALOGUES[language]))
            talk.ever.extend(
                Pressed(button.action, button.argument, screen.report, screen.step)
                for row in screen.rows
                for button in row
                if button.is_told
            )
            assert says_what_to_do(screen), f"a dead end after {event}"
        nothing_undone(talk, event, reports)
        remember_what_was_noted(talk, event, before)
        if any(isinstance(outcome, PersonForgotten) for outcome in turn.outcomes):
            talk.noted.clear()  # it was to be deleted
        kept = everything_kept(talk)
        for text in talk.noted.values():
            assert json.dumps(text, ensure_ascii=False)[1:-1] in kept, f"lost: {text!r}"
    submitted = [outcome.report for outcome in talk.memory.history if isinstance(outcome, ReportSubmitted)]
    assert len(submitted) == len(set(submitted))
    no_dead_end(talk)


def remember_what_was_noted(talk: Wild, event: Event, before: object) -> None:
    """A message that went into a text being gathered is remembered, to see that it is never lost."""
    at = talk.memory.session.at
    match event:
        case Edited(_text, message):
            # The person has changed the words themselves.
            talk.noted.pop(message, None)
        case Pressed("discard"):
            # A draft was thrown away, with all that was in it.
            talk.noted.clear()
        case Pressed("skip") if isinstance(before, Filling):
            # "Remove this answer", while more of it was being written.
            for message, _said in (before.gathered or {}).get("parts", []):
                talk.noted.pop(message, None)
        case Wrote(text, message) if isinstance(at, Filling):
            waiting = [at.gathered or {}, *at.aside.values()]
            if any([message, text] in gathered.get("parts", []) for gathered in waiting):
                talk.noted[message] = text
        case _:
            pass


def says_what_to_do(screen: Screen) -> bool:
    """Whether there is something to tap, or a command to write."""
    return bool(screen.rows) or any("/" in CATALOGUES.say(line.text, "en") for line in screen.lines)


def nothing_undone(talk: Wild, event: Event, before: Mapping[str, Report]) -> None:
    """A report that was sent stays sent unless it is withdrawn, and no answer goes but by a button that says so."""
    for report in talk.memory.reports.kept.values():
        was = before.get(report.id)
        if was is None:
            continue
        assert was.status == "draft" or report.status in {was.status, "withdrawn"}
        gone = {key for key, value in was.answers.items() if value is not None and report.answers.get(key) is None}
        by_choice = isinstance(event, Pressed) and event.action in {"skip", "is"}
        assert gone <= {"photo_consent"} or by_choice or isinstance(event, Wrote), f"{gone} gone after {event}"


def within_limits(messages: list[dict[str, Any]]) -> None:
    assert len(messages) == 1, "a screen is one message"
    for message in messages:
        assert 1 <= length_utf16(message["text"]) <= 4096 + 400  # tags and entities are not counted by Telegram
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        assert sum(map(len, rows)) <= 100
        for row in rows:
            assert 1 <= len(row) <= 8
            for button in row:
                assert button["text"].strip()
                (acts,) = button.keys() - {"text", "style"}
                assert acts in ("callback_data", "copy_text", "url")
                if acts == "callback_data":
                    assert 1 <= len(button[acts].encode()) <= 64


def no_dead_end(talk: Dialogue) -> None:
    """From wherever one stands, /report leads to a question that can be answered or a summary that can be sent."""
    talk.starts_report()
    assert talk.screen is not None
    if any(button.action == "continue" for row in talk.screen.rows for button in row):
        talk.takes(talk.press_of(next(b for row in talk.screen.rows for b in row if b.action == "continue")))
    assert talk.screen.rows
