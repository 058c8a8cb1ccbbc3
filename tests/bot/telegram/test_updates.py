"""Raw updates, read: every kind of message, and what no update should look like."""

import contextlib
import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.botapi.cloud.examples import example, message_field
from bot.botapi.specification.description import TYPES
from bot.runtime.errors import UnreadableUpdate
from bot.telegram.messages import _SERVICE, _UNSUPPORTED
from bot.telegram.updates import (
    KINDS,
    Asked,
    CameBack,
    GroupMoved,
    Incoming,
    LeftGroup,
    NotPrivate,
    PressedElsewhere,
    PressedInGroup,
    Stopped,
    kind_of,
    lane,
    read_inline,
    read_update,
)
from conversations.language.events import (
    Commanded,
    Edited,
    File,
    Pressed,
    SentFile,
    SentUnsupported,
    SharedContact,
    SharedLocation,
    Wrote,
)
from tests.fuzz.sending import CONTENT, ENVELOPE

IDA = {"id": 42, "is_bot": False, "first_name": "Ida", "language_code": "da"}
PRIVATE = {"id": 42, "type": "private", "first_name": "Ida"}
GROUP = {"id": -100, "type": "supergroup", "title": "Biblioteker"}


def message(**content: Any) -> dict[str, Any]:
    return {"update_id": 1, "message": {"message_id": 7, "date": 0, "from": IDA, "chat": PRIVATE, **content}}


def press(data: Any = "r1.3.is.yes", **change: Any) -> dict[str, Any]:
    query = {"id": "q1", "from": IDA, "message": message(text="?")["message"], "chat_instance": "1", "data": data}
    return {"update_id": 1, "callback_query": {**query, **change}}


def membership(chat: dict[str, Any], status: str) -> dict[str, Any]:
    bot = {"id": 1, "is_bot": True, "first_name": "Bot"}
    new, old = {"user": bot, "status": status}, {"user": bot, "status": "left"}
    return {
        "update_id": 1,
        "my_chat_member": {"chat": chat, "from": IDA, "date": 0, "old_chat_member": old, "new_chat_member": new},
    }


def event(**content: Any) -> Any:
    read = read_update(message(**content))
    assert isinstance(read, Incoming)
    assert (read.person, read.chat, read.language_tag) == (42, 42, "da")
    return read.event


FILE = {"file_id": "F", "file_unique_id": "U", "file_size": 5}
ORIGIN = {"forward_origin": {"type": "hidden_user", "sender_user_name": "A", "date": 0}}
PLACE = {"latitude": 55.6, "longitude": 12.5}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"text": "Hej <b>\u202e du\0"}, Wrote("Hej <b> du", 7)),
        ({"text": "Hej", **ORIGIN}, Wrote("Hej", 7, forwarded=True)),
        ({"text": "/start", **ORIGIN}, Wrote("/start", 7, forwarded=True)),
        ({"text": "\ud800 Hej"}, Wrote("\ufffd Hej", 7)),
        ({"text": "/start c_covid"}, Commanded("start", "c_covid", 7)),
        ({"text": "/Report@meldind_bot"}, Commanded("report", "", 7)),
        ({"text": "/raport  om Aarhus"}, Commanded("raport", "/raport  om Aarhus", 7)),
        ({"text": "//Nethood"}, Wrote("//Nethood", 7)),
        ({"text": "/"}, Wrote("/", 7)),
        (
            {"photo": [{**FILE, "width": 1, "height": 1}, {**FILE, "file_id": "L", "width": 9, "height": 9}]},
            SentFile(File("photo", "L", mime="image/jpeg", size=5), message=7),
        ),
        (
            {"document": {**FILE, "file_name": "a\nb.pdf", "mime_type": "application/pdf"}, "caption": " Se her "},
            SentFile(File("document", "F", "a b.pdf", "application/pdf", 5), "Se her", message=7),
        ),
        (
            {"voice": {"file_id": "F", "duration": 1}, "media_group_id": "g", **ORIGIN},
            SentFile(File("voice", "F", mime="audio/ogg"), album="g", message=7, forwarded=True),
        ),
        ({"location": PLACE}, SharedLocation(55.6, 12.5, "", 7)),
        ({"location": PLACE, "venue": {"location": PLACE, "title": "Dokk1"}}, SharedLocation(55.6, 12.5, "Dokk1", 7)),
        (
            {"contact": {"phone_number": "+45 1", "first_name": "Ida", "last_name": "Holm"}},
            SharedContact("Ida Holm", "+45 1", 7),
        ),
        ({"sticker": {}}, SentUnsupported("sticker", 7)),
        ({"photo": []}, SentUnsupported("other", 7)),
        ({"dice": {"emoji": "🎲", "value": 1}}, SentUnsupported("dice", 7)),
        ({"audio": {}}, SentUnsupported("audio", 7)),
        ({"animation": {}, "document": FILE}, SentUnsupported("animation", 7)),
        ({"something_of_next_year": {}}, SentUnsupported("other", 7)),
    ],
)
def test_what_was_sent(content: dict[str, Any], expected: object) -> None:
    assert event(**content) == expected


READ = frozenset({"text", "photo", "document", "voice", "venue", "location", "contact"})
"""What of a message's content is read; the rest is answered kindly, or is no word of anybody."""


def test_every_field_of_a_message_is_either_read_answered_or_no_word_of_anybody() -> None:
    assert set(CONTENT) == READ | set(_UNSUPPORTED) | _SERVICE
    assert len(READ) + len(_UNSUPPORTED) + len(_SERVICE) == len(CONTENT)


@pytest.mark.parametrize("field", CONTENT)
def test_each_field_of_a_message_alone(field: str) -> None:
    read = read_update(message(**{field: message_field(field, 0)}))
    if field in _SERVICE:
        assert read is None
    else:
        assert isinstance(read, Incoming)
        assert isinstance(read.event, SentUnsupported) == (field not in READ)


@pytest.mark.parametrize("field", sorted(ENVELOPE - {"from", "chat", "message_id"}))
def test_what_only_tells_how_a_text_came_changes_nothing_of_it(field: str) -> None:
    read = read_update(message(**{"text": "Hej", field: message_field(field, 0)}))
    assert isinstance(read, Incoming)
    assert read.event == Wrote("Hej", 7, forwarded=field == "forward_origin")


def test_a_private_message_without_a_sender_is_that_of_whom_the_chat_is_with() -> None:
    sent = message(text="Hej")
    del sent["message"]["from"]
    read = read_update(sent)
    assert isinstance(read, Incoming)
    assert (read.person, read.event) == (42, Wrote("Hej", 7))


@pytest.mark.parametrize("kind", ["message", "edited_message", "callback_query", "my_chat_member"])
def test_a_kind_that_is_null_is_not_there(kind: str) -> None:
    assert read_update({"update_id": 1, kind: None}) is None


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ({"photo": [{**FILE, "width": "x", "height": 2**40}]}, "message: not a whole number"),
        ({"document": {**FILE, "file_id": "F\0"}}, "message: not an identifier"),
        ({"voice": {**FILE, "file_id": "\ud800"}}, "message: not an identifier"),
        ({"photo": [{**FILE, "width": 1, "height": 1}], "media_group_id": "g\0"}, "message: not an identifier"),
        ({"location": {"latitude": "what somebody wrote", "longitude": 1}}, "message: not a number"),
        ({"text": "x", "chat": {"type": "private"}}, "message: no id"),
        ({"document": {}}, "message: no file_id"),
        ({"text": "x", "message_id": 2**63}, "message: a message without a number"),
        ({"text": "x", "message_id": -1}, "message: a message without a number"),
    ],
)
def test_why_it_cannot_be_read_names_the_part_and_quotes_nothing(content: dict[str, Any], why: str) -> None:
    with pytest.raises(UnreadableUpdate) as raised:
        read_update(message(**content))
    assert str(raised.value) == why


def test_what_happened_to_the_chat_needs_no_answer() -> None:
    assert read_update(message(pinned_message={})) is None


def test_a_changed_message() -> None:
    changed = message(text="Bedre", edit_date=1)
    read = read_update({"update_id": 1, "edited_message": changed["message"]})
    assert isinstance(read, Incoming)
    assert read.event == Edited("Bedre", 7)


def test_a_press() -> None:
    assert read_update(press()) == Incoming(42, 42, "da", Pressed("is", "yes", "r1", 3, 7), "q1", 7)


def test_a_press_on_a_message_that_is_gone() -> None:
    gone = {"chat": PRIVATE, "message_id": 7, "date": 0}
    assert read_update(press(message=gone)) == Incoming(42, 42, "da", Pressed("is", "yes", "r1", 3, 7), "q1", 7)


def test_a_forged_press_is_unknown() -> None:
    read = read_update(press("drop table"))
    assert isinstance(read, Incoming)
    assert read.event == Pressed("unknown", message=7)


def test_a_card_of_its_own_that_was_asked_for_inline_is_nobodys_own_words() -> None:
    ours = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "meldind_bot"}
    card = message(text="A card", via_bot=ours)
    assert read_update(card, bot=1) is None
    assert read_update({"update_id": 2, "edited_message": card["message"]}, bot=1) is None


@pytest.mark.parametrize("content", [{"text": "Skriv bedre"}, {"photo": [{**FILE, "width": 1, "height": 1}]}])
def test_what_comes_through_another_bot_is_what_its_sender_says(content: dict[str, Any]) -> None:
    translator = {"id": 2, "is_bot": True, "first_name": "Translator"}
    read = read_update(message(**content, via_bot=translator), bot=1)
    assert isinstance(read, Incoming)
    assert read.event == event(**content)
    assert read_update(message(**content, via_bot=translator), bot=2) is None


LINKED = "Læs 🙂 vores side og kommunens."
ENTITIES = [
    {"type": "text_link", "offset": 7, "length": 11, "url": "https://bib.dk/cafe"},
    {"type": "bold", "offset": 0, "length": 3},
    {"type": "text_link", "offset": 21, "length": 9, "url": "http://kommune.dk/"},
]
WITH_ADDRESSES = "Læs 🙂 vores side (https://bib.dk/cafe) og kommunens (http://kommune.dk/)."


def test_addresses_behind_linked_words_are_kept_in_brackets() -> None:
    assert event(text=LINKED, entities=ENTITIES) == Wrote(WITH_ADDRESSES, 7, plain=LINKED)
    photo = {"photo": [{**FILE, "width": 1, "height": 1}]}
    assert event(**photo, caption=LINKED, caption_entities=ENTITIES).caption == WITH_ADDRESSES
    changed = message(text=LINKED, entities=ENTITIES)["message"]
    read = read_update({"update_id": 1, "edited_message": changed})
    assert isinstance(read, Incoming)
    assert read.event == Edited(WITH_ADDRESSES, 7)


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("bib.dk/cafe", {"url": "bib.dk/cafe/"}),
        ("Ida", {"url": "tg://user?id=42"}),
        ("x", {"url": "javascript:alert(1)"}),
        ("x", {"url": "https://bib.dk", "length": 99}),
        ("x", {"url": "https://bib.dk/a\nb"}),
    ],
)
def test_what_is_no_address_of_its_own_stands_in_no_brackets(text: str, link: dict[str, Any]) -> None:
    entity = {"type": "text_link", "offset": 0, "length": len(text), **link}
    assert event(text=text, entities=[entity]) == Wrote(text, 7)


def test_a_command_is_the_same_with_a_link_in_it() -> None:
    link = {"type": "text_link", "offset": 8, "length": 4, "url": "https://bib.dk"}
    assert event(text="/search cafe", entities=[link]) == Commanded("search", "cafe", 7)


@pytest.mark.parametrize("entities", [{}, [{"type": "text_link"}], [{**ENTITIES[0], "offset": -1}], "x"])
def test_entities_that_cannot_be_read_refuse_the_message(entities: object) -> None:
    with pytest.raises(UnreadableUpdate):
        read_update(message(text="x", entities=entities))


@pytest.mark.parametrize(
    ("mime", "name", "kind"),
    [
        ("application/pdf", "a.pdf", "application/pdf"),
        ("APPLICATION/PDF", "a", "application/pdf"),
        ("application/pdf; name=a.pdf", "a.pdf", "application/pdf"),
        ("application/x-pdf", "", "application/pdf"),
        ("application/octet-stream", "Evaluering 2026.PDF", "application/pdf"),
        (None, "a.pdf", "application/pdf"),
        ("text/plain", "a.pdf", "application/pdf"),
        ("image/jpg", "a.jpg", "image/jpeg"),
        ("image/pjpeg", "", "image/jpeg"),
        ("application/octet-stream", "IMG_1.JPEG", "image/jpeg"),
        ("", "a.webp", "image/webp"),
        ("application/octet-stream", "scan", ""),
        (None, None, ""),
        ("application/octet-stream", "a.exe", "application/octet-stream"),
        ("", "a.exe", "application/octet-stream"),
        ("application/msword", "scan", "application/msword"),
        ("image/heic", "a.heic", "image/heic"),
    ],
)
def test_the_kind_of_a_document_is_told_by_its_type_and_by_its_name(
    mime: str | None, name: str | None, kind: str
) -> None:
    told = {"mime_type": mime, "file_name": name}
    document = {**FILE, **{field: value for field, value in told.items() if value is not None}}
    assert event(document=document).file.mime == kind


@pytest.mark.parametrize(
    ("query", "offset"),
    [("sprogcafé", 0), ("10", 10), ("-1", 0), ("²", 0), ("9" * 30, 0), (None, 0), ({}, 0)],
)
def test_a_question_asked_inline(query: object, offset: int) -> None:
    told = {"id": "q", "from": {"id": 7, "language_code": "da"}, "query": "sprogcafé", "offset": query}
    assert read_inline(told) == Asked("q", 7, "da", "sprogcafé", offset)


@pytest.mark.parametrize("broken", [None, 3, [], {}, {"id": 1}, {"id": "q", "query": 2}, {"id": "q", "query": "x"}])
def test_a_question_that_is_none(broken: object) -> None:
    with pytest.raises(UnreadableUpdate):
        read_inline(broken)


def test_a_press_elsewhere_is_only_answered() -> None:
    inline = press()
    del inline["callback_query"]["message"]
    assert read_update(inline) == PressedElsewhere("q1", "da")


def test_a_press_in_a_group_is_told_from_one_in_the_persons_own_chat() -> None:
    read = read_update(press(message={"chat": GROUP, "message_id": 7, "date": 0}))
    assert isinstance(read, PressedInGroup)
    assert (read.press, read.chat, read.person) == ("q1", -100, 42)


def test_of_what_is_said_in_a_group_only_commands_are_read() -> None:
    said = read_update(message(text="Hej alle", chat=GROUP))
    assert isinstance(said, NotPrivate)
    assert (said.chat, said.person, said.added, said.command) == (-100, 42, False, "")
    asked = read_update(message(text="/review@meldind_bot", chat=GROUP))
    assert isinstance(asked, NotPrivate)
    assert asked.command == "review"


def test_a_topic_of_a_group_is_read_and_a_thread_of_answers_is_none() -> None:
    topic = {"message_thread_id": 9, "is_topic_message": True}
    said = read_update(message(text="/review", chat=GROUP, **topic))
    assert isinstance(said, NotPrivate)
    assert said.topic == 9
    pressed = read_update(press(message={"chat": GROUP, "message_id": 7, "date": 0, **topic}))
    assert isinstance(pressed, PressedInGroup)
    assert pressed.topic == 9
    answered = read_update(message(text="/review", chat=GROUP, message_thread_id=9))
    assert isinstance(answered, NotPrivate)
    assert answered.topic is None


@pytest.mark.parametrize("kind", ["message", "edited_message"])
@pytest.mark.parametrize("chat", [PRIVATE, GROUP])
def test_what_another_bot_writes_is_not_answered(kind: str, chat: dict[str, Any]) -> None:
    said = message(text="/start", chat=chat)["message"]
    assert read_update({"update_id": 1, kind: {**said, "from": {**said["from"], "is_bot": True}}}) is None


def test_whether_the_bot_may_write_in_a_group_is_told() -> None:
    def may_write(status: str, kind: str = "supergroup", **rights: bool) -> bool:
        change = membership({"id": -100, "type": kind}, status)
        change["my_chat_member"]["new_chat_member"] |= rights
        read = read_update(change)
        assert isinstance(read, NotPrivate)
        return read.may_write

    assert may_write("member")
    assert may_write("administrator")
    assert may_write("administrator", "channel", can_post_messages=True)
    assert may_write("restricted", can_send_messages=True)
    assert not may_write("administrator", "channel", can_post_messages=False)
    assert not may_write("restricted", can_send_messages=False)


def test_somebody_who_speaks_for_a_channel_is_nobody_with_roles() -> None:
    said = read_update(message(text="/review", chat=GROUP, sender_chat={"id": -100, "type": "supergroup"}))
    assert isinstance(said, NotPrivate)
    assert said.person is None


def test_the_bot_comes_into_a_group_leaves_it_and_moves_with_it() -> None:
    added = read_update(membership(GROUP, "member"))
    assert isinstance(added, NotPrivate)
    assert (added.chat, added.person, added.added) == (-100, 42, True)
    assert read_update(membership(GROUP, "left")) == LeftGroup(-100)
    assert read_update(message(migrate_to_chat_id=-1001, chat=GROUP)) == GroupMoved(-100, -1001)
    assert read_update(message(migrate_from_chat_id=-99, chat=GROUP)) is None


def test_blocking_and_coming_back() -> None:
    assert read_update(membership(PRIVATE, "kicked")) == Stopped(42)
    assert read_update(membership(PRIVATE, "member")) == CameBack(42)


def test_kinds_of_update_not_asked_for() -> None:
    assert read_update({"update_id": 1, "poll": {"id": "1"}}) is None


@pytest.mark.parametrize("kind", sorted(set(TYPES["Update"]["fields"]) - {"update_id", *KINDS}))
def test_each_kind_of_update_that_is_not_asked_for_is_dropped(kind: str) -> None:
    (name,) = TYPES["Update"]["fields"][kind]["types"]
    update = {"update_id": 1, kind: example((name,), {}, 0)}
    assert kind_of(update) is None
    assert read_update(update) is None


def test_a_persons_updates_share_a_lane_and_a_groups_too() -> None:
    assert lane(message(text="x")) == lane(press()) == lane(membership(PRIVATE, "kicked")) == 42
    assert lane({"update_id": 1, "message": {"chat": GROUP}}) == -100
    assert lane({"update_id": 1, "message": {"from": {"id": 2**70}, "chat": None}}) == 0
    assert lane({"update_id": 1}) == 0


WHOLE = [
    message(text="Hej"),
    message(photo=[{**FILE, "width": 1, "height": 1}], caption="x", media_group_id="g"),
    message(document={**FILE, "file_name": "x", "mime_type": "y"}),
    message(location=PLACE, venue={"location": PLACE, "title": "x"}),
    message(contact={"phone_number": "1", "first_name": "x"}),
    press(),
    membership(PRIVATE, "kicked"),
    membership(GROUP, "member"),
    {"update_id": 1, "edited_message": message(text="x")["message"]},
]

anything: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None), max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all fields and items in `value`."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, inner in items for found in [(*path, key), *places(inner, (*path, key))]]


@settings(max_examples=1500)
@given(st.data())
def test_any_field_of_any_type_is_read_or_refused_and_never_anything_else(data: st.DataObject) -> None:
    update = copy.deepcopy(data.draw(st.sampled_from(WHOLE)))
    path = data.draw(st.sampled_from(places(update)))
    holder = update
    for key in path[:-1]:
        holder = holder[key]
    if data.draw(st.booleans()):
        del holder[path[-1]]
    else:
        holder[path[-1]] = data.draw(anything)
    assert isinstance(lane(update), int)
    with contextlib.suppress(UnreadableUpdate):
        read = read_update(json.loads(json.dumps(update)))
        if isinstance(read, Incoming):
            assert all(type(number) is int for number in (read.person, read.chat))
