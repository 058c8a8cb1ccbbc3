"""Everything stored about one person: a page to read, and the same as JSON for programs."""

import html
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from bot.files.pages.page import page
from bot.language.catalogues import Catalogue
from conversations.flows.contacts.words import EXPERT_INTENTS, INTENTS
from conversations.flows.events.visiting import wish_words
from conversations.flows.people.audit import ACTIONS
from conversations.flows.shared.report_status import STATUS_WORDS, status_words
from conversations.flows.shared.roles import roles_of
from conversations.flows.subscriptions.words import EVERYTHING, VOCABULARIES
from conversations.forms.initiative import INITIATIVE
from conversations.language.languages import NAMES
from conversations.language.words import InLanguages, Listed, Place, _
from conversations.model.events.visits import VisitWish
from conversations.model.privacy import KINDS, about, responsible
from conversations.model.subscriptions import wishes_of
from conversations.vocabulary.choices import label_of
from conversations.vocabulary.vocabulary import EXPERT_USES, SPOKEN, TARGET_GROUPS, THEMES
from storage.messages.outbox import text_of
from storage.privacy.my_data import OF_REPORTS, Row
from storage.privacy.personal_columns import HELD
from storage.session.storage import Storage

Tables = Mapping[str, Sequence[Row]]

_TAGS = re.compile(r"<[^>]*>")


def collected(storage: Storage, person: int) -> dict[str, list[Row]]:
    """Returns all rows about the person by table. Each table is read in its own transaction, so that turns are not
    delayed.
    """
    subject = storage.read_now(lambda work: work.my_data.subject(person))
    found = {}
    for held in HELD:
        found[held.table.name] = storage.read_now(partial(lambda each, work: work.my_data.held(each, subject), held))
    for table, column in OF_REPORTS:
        look = partial(lambda each, by, work: work.my_data.of_reports(each, by, subject), table, column)
        found[table.name] = storage.read_now(look)
    return found


def my_data_json(storage: Storage, person: int) -> bytes:
    """Returns the data for programs: every row as it is stored, times in UTC."""
    told = {"made_at": datetime.now(UTC).isoformat(), "tables": collected(storage, person)}
    return json.dumps(told, ensure_ascii=False, indent=1, default=_plain).encode(errors="replace")


def my_data_page(storage: Storage, person: int, catalogue: Catalogue) -> bytes:
    """Returns the data as a page: kind by kind, with the reason and the time for which it is stored."""
    tables = collected(storage, person)
    controller = storage.read_now(lambda work: work.controllers.controller())
    say = catalogue.say
    kinds = [
        {
            "title": say(kind.title),
            "about": [say(line) for line in about(kind)],
            "lines": [[say(part) for part in line] for line in _said(kind.key, tables)],
        }
        for kind in KINDS
    ]
    values = {
        "title": say(_("Everything we store about you")),
        "responsible": say(_("Data controller: {who}", who=responsible(controller))),
        "kinds": kinds,
        "nothing": say(_("Nothing.")),
        "made": say(_("Meldind, made on {date}.", date=datetime.now(UTC).date())),
    }
    # Half a surrogate pair cannot be encoded.
    return page("my_data.html", catalogue, values).encode(errors="replace")


Said = Iterator[tuple[Place, Place]]
"""The heading and the text of each line."""


def _said(kind: str, tables: Tables) -> Said:
    """Returns the rows of one kind in words; kinds without their own words are shown by column names."""
    return SAID[kind](tables) if kind in SAID else _otherwise(tables, kind)


def _profile(tables: Tables) -> Said:
    for row in tables["people"]:
        yield _("Telegram ID"), str(row["telegram_id"])
        # Translators: a label before a date: when the person first used the bot.
        yield _("Joined"), row["created_at"]
        yield _("Language"), str(NAMES.get(row["language"], row["language"]))
        yield _("Library"), str((row["library"] or {}).get("name", "–"))
        yield _("Time zone"), row["timezone"] or "–"
        yield _("Roles"), roles_of(frozenset(row["roles"]))
        yield _("Name"), row["name"] or "–"
        yield _("Reminders"), _("yes") if row["reminders"] else _("no")
    for row in tables["privacy_notices"]:
        yield _("Privacy notice shown"), _("{version}, {at}", version=row["version"], at=row["at"])
    yield from _otherwise(tables, "profile", "people", "privacy_notices")


def _reports(tables: Tables) -> Said:
    for row in tables["reports"]:
        said = [each for each in tables["answers"] if each["report_id"] == row["id"]]
        current = {each["question"]: each["value"] for each in said}
        yield row["id"], status_words(row["status"], current) if row["status"] in STATUS_WORDS else row["status"]
        yield from _answers(said)
        for file in tables["attachments"]:
            if file["report_id"] == row["id"]:
                yield _("File"), _("{name}, {at}", name=file["name"] or file["kind"], at=file["created_at"])


def _contacts(tables: Tables) -> Said:
    yield from _answers(tables["personal_answers"])
    yield from _otherwise(tables, "contacts")


def _answers(rows: Sequence[Row]) -> Said:
    for row in rows:
        question = INITIATIVE.question(row["question"])
        label: Place = question.label if question else row["question"]
        value = row["value"]
        said: Place = "–" if value is None else question.kind.show(value) if question else _raw(value)
        if isinstance(value, str) and len(value) > 100:
            said = value  # a text is shown completely
        yield label, _("{answer} ({at})", answer=said, at=row["at"])


def _touch(tables: Tables) -> Said:
    for row in tables["organisations"]:
        yield _("Organisation"), row["name"]
    for row in tables["notes"]:
        about = row["report_id"] or _("a contact person")
        yield _("A message about {report}", report=about), row["sent_at"]
        yield from (
            (_("What it says"), text) for text in (_written(row["words"]), row["question"], row["answer"]) if text
        )
    for row in tables["contacts_given"]:
        yield _("How you can be contacted"), _("{answer} ({at})", answer=row["said"], at=row["at"])
    for row in tables["pairings"]:
        yield _("Suggested to someone"), row["made_at"]
    for row in tables["sign_ups"]:
        yield _("Signed up for the event {event}", event=row["event_id"]), row["at"]
        if row["name"]:
            yield _("The name you gave there"), row["name"]
    for row in tables["visit_wishes"]:
        wish = VisitWish(row["person_id"], row["role"], months=tuple(row["months"]), themes=tuple(row["themes"]))
        yield _("Study visits"), wish_words(wish)
    shown = ("organisations", "notes", "contacts_given", "pairings", "sign_ups", "visit_wishes")
    yield from _otherwise(tables, "touch", *shown)


def _written(words: Mapping[str, Any]) -> Place:
    """Returns the text of a note: one of the prepared sentences, or the writer's own."""
    known = {**INTENTS, **EXPERT_INTENTS}
    return known[words["chosen"]] if words.get("chosen") in known else str(words.get("said") or "")


def _experts(tables: Tables) -> Said:
    for row in tables["experts"]:
        yield _("Name"), row["name"]
        yield _("Can be asked to"), Listed(tuple(label_of(EXPERT_USES, each) for each in row["uses"]))
        yield _("Themes"), Listed(tuple(label_of(THEMES, each) for each in row["themes"]))
        yield _("Groups"), Listed(tuple(label_of(TARGET_GROUPS, each) for each in row["groups"]))
        yield _("Languages"), Listed(tuple(label_of(SPOKEN, each) for each in row["languages"]))
        yield _("Library"), row["library_name"] or "–"
        yield _("How you can be contacted"), row["contact"] or "–"
        # Translators: a label before a date: when the person agreed to be asked.
        yield _("Agreed"), row["agreed_at"]
    for row in tables["nominations"]:
        yield _("Named as a contact person"), row["name"] or row["made_at"]
    yield from _otherwise(tables, "experts", "experts", "nominations")


def _notices(tables: Tables) -> Said:
    for row in tables["subscriptions"]:
        wishes = wishes_of(row["wishes"])
        asked = (*(label_of(VOCABULARIES[part], each) for part in VOCABULARIES for each in getattr(wishes, part)),)
        named = (*asked, *wishes.places, *wishes.calls, *wishes.words)
        yield _("Subscription"), Listed(named) if named else EVERYTHING
    for row in tables["subscribed_chats"]:
        yield _("Group or channel"), row["title"]
    for row in tables["digest_subscriptions"]:
        yield _("Weekly digest, since"), row["since"]
    for row in tables["deliveries"]:
        yield _("Notified of the initiative {report}", report=row["report_id"]), row["due_at"]
    for row in tables["occasions"]:
        yield _("Reminder"), row["due_at"]
    yield from _otherwise(
        tables, "notices", "subscriptions", "subscribed_chats", "digest_subscriptions", "deliveries", "occasions"
    )


def _messages(tables: Tables) -> Said:
    for row in tables["inbox"]:
        yield row["received_at"], _("you: {text}", text=_heard(row["payload"]))
    for row in tables["outbox"]:
        text = text_of(row["payload"]) or row["method"]
        yield row["created_at"], _("the bot: {text}", text=html.unescape(_TAGS.sub("", text)))
    yield from _otherwise(tables, "messages", "inbox", "outbox")


def _heard(payload: str) -> str:
    """Returns what a person did in an update, including one that could not be parsed."""
    try:
        update = _object(json.loads(payload or "{}"))
    except RecursionError:
        return "–"
    message = _object(update.get("message")) or _object(update.get("edited_message"))
    pressed = _object(update.get("callback_query")).get("data")
    return str(message.get("text") or message.get("caption") or pressed or ", ".join(message) or "–")


def _object(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _trail(tables: Tables) -> Said:
    for row in tables["audit"]:
        what = " · ".join(part for part in (row["report_id"], row["subject"], row["question"]) if part)
        action: Place = ACTIONS[row["action"]] if row["action"] in ACTIONS else row["action"]
        yield row["at"], _("{action} {about}", action=action, about=what)
    for row in tables["events"]:
        yield _("An event you announced"), InLanguages(row["draft"]["titles"], row["language"])
    yield from _otherwise(tables, "trail", "audit", "events")


def _otherwise(tables: Tables, kind: str, *but: str) -> Said:
    """Yields rows as they are stored, by column names."""
    for held in HELD:
        if held.kind == kind and held.table.name not in but:
            for row in tables[held.table.name]:
                parts = (f"{name}: {_raw(value)}" for name, value in row.items() if value not in (None, "", [], {}))
                yield held.table.name, "; ".join(parts)


def _raw(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


SAID: Mapping[str, Callable[[Tables], Said]] = {
    "profile": _profile,
    "reports": _reports,
    "contacts": _contacts,
    "touch": _touch,
    "experts": _experts,
    "messages": _messages,
    "notices": _notices,
    "trail": _trail,
}
"""The functions for kinds that have their own words."""
