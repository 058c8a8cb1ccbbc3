"""Whatever people do, in whatever order: no exception, no dead end, no lost word, every screen within the limits."""

import json
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.rendering import render
from conversations.engine import COMMANDS
from conversations.events import (
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
from conversations.languages import LANGUAGES
from conversations.outcomes import Answered, ReportSubmitted
from conversations.reading.text import clean_text, length_utf16
from conversations.session import Filling, Offered, pack
from tests.conversations.dialogue import CATALOGUES, Dialogue

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
        self.ever: list[Pressed] = []
        self.noted: set[str] = set()

    def message(self) -> int:
        return next(self._messages)

    def old_press(self, number: int) -> Event | None:
        return self.ever[number % len(self.ever)] if self.ever else None


def pressed(talk: Wild, number: int) -> Event | None:
    buttons = [button for row in talk.screen.rows for button in row] if talk.screen else []
    return talk.press_of(buttons[number % len(buttons)]) if buttons else None


def everything_kept(talk: Dialogue) -> str:
    """All that the bot has of the person, as one text."""
    answers = [outcome.value for outcome in talk.notebook.history if isinstance(outcome, Answered)]
    places = [dict(report.place) for report in talk.notebook.kept.values()]
    return json.dumps([answers, places, pack(talk.notebook.session.at)], ensure_ascii=False)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(events=st.lists(EVENTS, max_size=40))
def test_no_sequence_of_events_breaks_the_conversation(events: list[Callable[[Any], Event | None]]) -> None:
    talk = Wild()
    for make in events:
        event = make(talk)
        if event is None:
            continue
        before = talk.notebook.session.at
        turn = talk.takes(event)
        assert turn.screens or turn.toast or isinstance(event, Edited), f"silence after {event}"
        for screen in turn.screens:
            for language in LANGUAGES:
                within_limits(render(screen, CATALOGUES[language]))
            talk.ever.extend(
                Pressed(button.action, button.argument, screen.report, screen.step)
                for row in screen.rows
                for button in row
            )
        remember_what_was_noted(talk, event, before)
        kept = everything_kept(talk)
        for text in talk.noted:
            assert json.dumps(text, ensure_ascii=False)[1:-1] in kept, f"lost: {text!r}"
    submitted = [outcome.report for outcome in talk.notebook.history if isinstance(outcome, ReportSubmitted)]
    assert len(submitted) == len(set(submitted))
    no_dead_end(talk)


def remember_what_was_noted(talk: Wild, event: Event, before: object) -> None:
    """A message that went into a text being gathered is remembered, to see that it is never lost."""
    match talk.notebook.session.at, event:
        case Filling(_report, _question, gathered), Wrote(text, message) if gathered and isinstance(before, Filling):
            if any(part == [message, text] for part in gathered.get("parts", [])):
                talk.noted.add(text)
        case _, Edited():
            # The person has changed the words themselves.
            talk.noted.clear()
        case Offered(), _:
            pass
        case _:
            pass


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
                assert 1 <= len(button["callback_data"].encode()) <= 64


def no_dead_end(talk: Dialogue) -> None:
    """From wherever one stands, /report leads to a question that can be answered or a summary that can be sent."""
    talk.commands("/report")
    assert talk.screen is not None
    if any(button.action == "continue" for row in talk.screen.rows for button in row):
        talk.takes(talk.press_of(next(b for row in talk.screen.rows for b in row if b.action == "continue")))
    assert talk.screen.rows
