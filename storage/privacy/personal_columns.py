"""The rows that are about a person, and what an erasure does with them.

Every column that refers to a person is in `HELD` or, with a reason, in `STAYS`; a test checks it. Rows that belong to
reports are erased or stay with them (see storage/privacy/forgetting.py) and are found by their foreign keys.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Column, ColumnElement, ForeignKeyConstraint, Table, or_

from conversations.model.privacy import KindKey
from storage.models import (
    audit,
    broadcasts,
    collection_followers,
    collections,
    contacts_given,
    controllers,
    deliveries,
    digest_subscriptions,
    events,
    experts,
    exports,
    followups,
    inbox,
    invitations,
    metadata,
    nominations,
    notes,
    organisations,
    outbox,
    pairings,
    people,
    privacy_notices,
    redemption_tries,
    reminders,
    reports,
    review_groups,
    reviews,
    sessions,
    sign_ups,
    subscribed_chats,
    subscriptions,
    visit_wishes,
    webhook_deliveries,
    webhooks,
)

By = Literal["person", "telegram", "chat", "subject"]
"""What a column holds: the person's id, Telegram id, private chat id, or the id as text."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A person, with all the ids that rows may use for them."""

    person: int
    telegram: int | None
    chat: int

    def named(self, by: By) -> int | str | None:
        """Returns the value of a column of the kind `by` for this person."""
        return {"person": self.person, "telegram": self.telegram, "chat": self.chat, "subject": str(self.person)}[by]


@dataclass(frozen=True, slots=True)
class Held:
    """Rows of a table in which one of `columns` refers to the person.

    An erasure deletes them, or sets the values in `emptied`; an empty `emptied` changes nothing. `kind` is the kind of
    data shown to people, "" if it is shown elsewhere.
    """

    table: Table
    columns: Mapping[str, By]
    kind: KindKey
    goes: bool = False
    emptied: Mapping[str, Any] = field(default_factory=dict)

    def of(self, subject: Subject) -> ColumnElement[bool]:
        """Returns the condition for rows about `subject`."""
        named = []
        for name, by in self.columns.items():
            if (value := subject.named(by)) is not None:
                these = self.table.c[name] == value
                # A number as text is a person's id only in entries about roles: elsewhere it may be the name of a call.
                named.append(these & (self.table.c.action == "roles") if by == "subject" else these)
        return or_(*named)


EMPTIED_MESSAGE: Mapping[str, Any] = {
    "chat_id": 0,
    "payload": {},
    "key": None,
    "press": None,
    "toast": None,
    "error": None,
}
"""The values of an outbox row after its content and reader were erased."""

HELD = (
    Held(
        people,
        {"id": "person", "telegram_id": "telegram", "chat_id": "chat"},
        "profile",
        emptied={
            "telegram_id": None,
            "chat_id": 0,
            "language_chosen": False,
            "library": None,
            "privacy_version": "",
            "roles": [],
            "name": "",
            "timezone": "",
            "reminders": False,
            "proposals": False,
            "tables": False,
        },
    ),
    Held(sessions, {"person_id": "person"}, "profile", goes=True),
    Held(privacy_notices, {"person_id": "person"}, "profile", goes=True),
    Held(reports, {"person_id": "person"}, "reports", emptied={"place": {}, "copied_from": None}),
    Held(
        outbox,
        {"chat_id": "chat", "person_id": "person"},
        "messages",
        emptied=EMPTIED_MESSAGE,
    ),
    Held(inbox, {"lane": "telegram"}, "messages", emptied={"lane": 0, "payload": "{}"}),
    Held(reminders, {"person_id": "person"}, "notices", goes=True),
    Held(digest_subscriptions, {"person_id": "person", "chat_id": "chat"}, "notices", goes=True),
    Held(deliveries, {"person_id": "person", "chat_id": "chat"}, "notices", goes=True),
    Held(subscriptions, {"person_id": "person", "chat_id": "chat"}, "notices", goes=True),
    Held(subscribed_chats, {"person_id": "person", "chat_id": "chat"}, "notices", goes=True),
    Held(contacts_given, {"person_id": "person"}, "touch", goes=True),
    Held(notes, {"sender_id": "person", "recipient_id": "person"}, "touch", goes=True),
    Held(pairings, {"first_id": "person", "second_id": "person"}, "touch", goes=True),
    Held(organisations, {"person_id": "person"}, "touch", goes=True),
    Held(collection_followers, {"person_id": "person"}, "notices", goes=True),
    Held(experts, {"person_id": "person"}, "experts", goes=True),
    Held(nominations, {"named_by": "person", "person_id": "person"}, "experts", emptied={"name": ""}),
    Held(sign_ups, {"person_id": "person"}, "touch", goes=True),
    Held(visit_wishes, {"person_id": "person"}, "touch", goes=True),
    Held(exports, {"person_id": "person"}, "trail", goes=True),
    Held(redemption_tries, {"person_id": "person"}, "trail", goes=True),
    Held(followups, {"person_id": "person"}, "notices"),
    Held(audit, {"person_id": "person", "subject": "subject"}, "trail"),
    Held(invitations, {"made_by": "person"}, "trail"),
    Held(broadcasts, {"person_id": "person"}, "trail"),
    Held(
        reviews,
        {"claimed_by": "person", "decided_by": "person", "asked_by": "person"},
        "trail",
    ),
    Held(review_groups, {"added_by": "person"}, "trail"),
    Held(events, {"organiser_id": "person"}, "trail"),
    Held(controllers, {"named_by": "person"}, "trail"),
    Held(collections, {"made_by": "person"}, "trail"),
    Held(webhooks, {"added_by": "person"}, "trail"),
    Held(webhook_deliveries, {"asked_by": "person"}, "trail", emptied={"asked_by": None}),
)
"""The rows that are directly about a person, in the order in which they are shown."""

STAYS: Mapping[str, str] = {
    "audit.person_id": "a number that belongs to nobody: every change keeps who made it",
    "audit.subject": "the same, of whoever a change was about",
    "followups.person_id": "a number that belongs to nobody: what was said stays with the report",
    "invitations.made_by": "a number that belongs to nobody; their invitations can no longer be used",
    "nominations.named_by": "a number that belongs to nobody; who was named is not there any more",
    "nominations.person_id": "the same, of whoever agreed: their entry is gone",
    "broadcasts.person_id": "a number that belongs to nobody: what coordinators wrote to many was the organisation's",
    "reviews.claimed_by": "a number that belongs to nobody; a claim is over after half an hour",
    "reviews.decided_by": "a number that belongs to nobody: decisions stay explained",
    "reviews.asked_by": "the same",
    "review_groups.added_by": "a number that belongs to nobody: the group is the coordinators'",
    "review_groups.chat_id": "a group, not a person",
    "events.organiser_id": "a number that belongs to nobody: the event was announced in an organisation's name",
    "collections.made_by": "a number that belongs to nobody: a collection is the organisation's",
    "webhooks.added_by": "a number that belongs to nobody: the address is the organisation's",
    "controllers.named_by": "a number that belongs to nobody: who is responsible was said in the organisation's name",
    "reports.person_id": "a number that belongs to nobody: the report is the work of its library",
    "answers.person_id": "the same",
    "personal_answers.person_id": "goes with the row",
    "outbox.person_id": "a number that belongs to nobody: how deliveries ended stays countable",
    "people.id": "what is left of the person: a number that belongs to nobody",
}
"""Columns in which the id of an erased person stays, and the reason."""


def hanging_on(table: Table) -> list[tuple[Table, Column[Any]]]:
    """Returns every table with a foreign key to `table`, and the column of that key."""
    return [
        (other, constraint.columns[0])
        for other in reversed(metadata.sorted_tables)
        for constraint in other.constraints
        if isinstance(constraint, ForeignKeyConstraint) and constraint.referred_table is table
    ]
