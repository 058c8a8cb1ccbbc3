"""The tables. Core tables with typed columns: rows are read as plain values, so no turn pays for objects it won't use.

Every change here goes with a migration in `migrations/versions/`. `docs/glossary.md` has the words.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Named,
    SmallInteger,
    Table,
    TypedColumns,
    UniqueConstraint,
    false,
    literal_column,
    text,
    true,
)

from storage.columns import Id, Json, SafeText, Tokens, UtcTime
from storage.fulltext import found_by

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pk",
        "fk": "%(table_name)s_%(column_0_name)s_fk",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
    }
)

PENDING = literal_column("'pending'", SafeText)
WAITING = literal_column("'waiting'", SafeText)
SUBMITTED = literal_column("'submitted'", SafeText)
"""Written out in statements: neither database uses a partial index for a value it only gets later."""

NOTHING = text("''")


class _People(TypedColumns):
    id = Column(Id, primary_key=True)
    telegram_id: Named[int | None] = Column(BigInteger, unique=True)
    chat_id: Named[int] = Column(BigInteger)
    language: Named[str] = Column(SafeText)
    language_chosen: Named[bool] = Column(Boolean)
    library: Named[Any] = Column(Json, nullable=True)
    privacy_version: Named[str] = Column(SafeText)
    created_at: Named[datetime] = Column(UtcTime)
    stopped_at: Named[datetime | None] = Column(UtcTime)
    roles: Named[Any] = Column(Json, server_default="[]")
    name: Named[str] = Column(SafeText, server_default=NOTHING)  # as Telegram shows it; kept of people with roles alone
    timezone: Named[str] = Column(SafeText, server_default=NOTHING)  # "": that of the settings
    reminders: Named[bool] = Column(Boolean, server_default=true())  # false: never again
    forgotten_at: Named[datetime | None] = Column(UtcTime)  # since then only the number is left of them
    proposals: Named[bool] = Column(Boolean, server_default=true())  # of others who look for them; false: never again


class _Sessions(TypedColumns):
    person_id = Column(Id, ForeignKey("people.id"), primary_key=True, autoincrement=False)
    step: Named[int] = Column(Integer)
    position: Named[Any] = Column(Json, nullable=True)
    active_at: Named[datetime | None] = Column(UtcTime)


class _Inbox(TypedColumns):
    id = Column(Id, primary_key=True)
    bot_id: Named[int] = Column(BigInteger)
    update_id: Named[int] = Column(BigInteger)
    lane: Named[int] = Column(BigInteger)  # the person, or the chat: what must be handled in order
    payload: Named[str] = Column(SafeText)
    state: Named[str] = Column(SafeText)  # pending, done, quarantined, dropped
    reason: Named[str | None] = Column(SafeText)
    received_at: Named[datetime] = Column(UtcTime)
    done_at: Named[datetime | None] = Column(UtcTime)


class _Outbox(TypedColumns):
    id = Column(Id, primary_key=True)
    chat_id: Named[int] = Column(BigInteger)
    person_id: Named[int | None] = Column(Id, ForeignKey("people.id"))
    kind: Named[str] = Column(SafeText)  # reply, notice, digest
    rank: Named[int] = Column(SmallInteger)  # of the kind: replies go first
    method: Named[str] = Column(SafeText)
    payload: Named[Any] = Column(Json)
    press: Named[str | None] = Column(SafeText)  # the callback query answered beside it
    toast: Named[str | None] = Column(SafeText)
    key: Named[str | None] = Column(SafeText)
    state: Named[str] = Column(SafeText)  # pending, sent, uncertain, failed, cancelled
    due_at: Named[datetime] = Column(UtcTime)
    attempts: Named[int] = Column(Integer)
    error: Named[str | None] = Column(SafeText)
    message_id: Named[int | None] = Column(BigInteger)
    created_at: Named[datetime] = Column(UtcTime)
    sent_at: Named[datetime | None] = Column(UtcTime)
    worker_id: Named[int | None] = Column(Id)  # whose reply it is, where several workers serve
    epoch: Named[int | None] = Column(BigInteger)  # a notice or digest that is being sent, and in which
    doubts: Named[int] = Column(Integer, server_default=text("0"))  # deliveries of a notice that may have arrived


class _Reports(TypedColumns):
    id = Column(SafeText, primary_key=True)  # public, random
    person_id: Named[int | None] = Column(Id, ForeignKey("people.id"))  # None: came by import
    form: Named[str] = Column(SafeText)
    status: Named[str] = Column(SafeText)
    language: Named[str] = Column(SafeText)
    revision: Named[int] = Column(Integer)  # 0: draft, 1: as sent, then one more with every correction
    place: Named[Any] = Column(Json)
    call_slug: Named[str | None] = Column(SafeText)
    copied_from: Named[str | None] = Column(SafeText)
    forwarded: Named[bool] = Column(Boolean)
    created_at: Named[datetime] = Column(UtcTime)
    changed_at: Named[datetime] = Column(UtcTime)
    submitted_at: Named[datetime | None] = Column(UtcTime)
    published_at: Named[datetime | None] = Column(UtcTime)
    withdrawn_at: Named[datetime | None] = Column(UtcTime)
    discarded_at: Named[datetime | None] = Column(UtcTime)
    late: Named[bool] = Column(Boolean, server_default=false())  # sent after the deadline of its call


class _Answers(TypedColumns):
    id = Column(Id, primary_key=True)
    report_id: Named[str] = Column(SafeText, ForeignKey("reports.id"))
    question: Named[str] = Column(SafeText)
    value: Named[Any] = Column(Json, nullable=True)  # None: skipped
    said: Named[str] = Column(SafeText)
    message_id: Named[int] = Column(BigInteger)
    parts: Named[Any] = Column(Json, nullable=True)  # [message, text], …: the messages of a text that came in several
    revision: Named[int] = Column(Integer)
    person_id: Named[int | None] = Column(Id, ForeignKey("people.id"))
    at: Named[datetime] = Column(UtcTime)


class _Attachments(TypedColumns):
    id = Column(SafeText, primary_key=True)
    report_id: Named[str] = Column(SafeText, ForeignKey("reports.id"))
    question: Named[str] = Column(SafeText)
    kind: Named[str] = Column(SafeText)
    reference: Named[str] = Column(SafeText)
    name: Named[str] = Column(SafeText)
    mime: Named[str] = Column(SafeText)
    size: Named[int | None] = Column(BigInteger)
    sha256: Named[str | None] = Column(SafeText)
    state: Named[str] = Column(SafeText)  # waiting, fetched, failed
    attempts: Named[int] = Column(Integer)
    error: Named[str | None] = Column(SafeText)
    next_try_at: Named[datetime] = Column(UtcTime)
    created_at: Named[datetime] = Column(UtcTime)


class _Calls(TypedColumns):
    slug = Column(SafeText, primary_key=True)
    titles: Named[Any] = Column(Json)  # language: title
    language: Named[str] = Column(SafeText)  # the one it was written in
    opens_at: Named[datetime] = Column(UtcTime)  # since when it is open with this deadline
    deadline_at: Named[datetime | None] = Column(UtcTime)
    status: Named[str] = Column(SafeText)  # draft, open, closed
    created_at: Named[datetime] = Column(UtcTime)
    timezone: Named[str] = Column(SafeText, server_default="UTC")  # of the deadline
    variant: Named[str] = Column(SafeText, server_default="standard")  # of the form: short, standard, impact
    details: Named[Any] = Column(Json, server_default="{}")  # see storage/calls.py


class _Audit(TypedColumns):
    id = Column(Id, primary_key=True)
    at: Named[datetime] = Column(UtcTime)
    person_id: Named[int | None] = Column(Id)  # no foreign keys: what happened stays told when they are gone
    action: Named[str] = Column(SafeText)
    report_id: Named[str | None] = Column(SafeText)
    question: Named[str | None] = Column(SafeText)
    old: Named[Any] = Column(Json, nullable=True)
    new: Named[Any] = Column(Json, nullable=True)
    subject: Named[str | None] = Column(SafeText)  # what it is about where that is no report: a call, a person


class _Invitations(TypedColumns):
    id = Column(SafeText, primary_key=True)
    code_hash: Named[str] = Column(SafeText, unique=True)
    role: Named[str] = Column(SafeText)
    uses: Named[int] = Column(Integer)
    used: Named[int] = Column(Integer)
    made_by: Named[int | None] = Column(Id)  # None: at the command line
    made_at: Named[datetime] = Column(UtcTime)
    expires_at: Named[datetime] = Column(UtcTime)
    revoked_at: Named[datetime | None] = Column(UtcTime)


class _RedemptionTries(TypedColumns):
    id = Column(Id, primary_key=True)
    person_id: Named[int] = Column(Id)
    at: Named[datetime] = Column(UtcTime)


class _Occasions(TypedColumns):
    id = Column(Id, primary_key=True)
    key: Named[str] = Column(SafeText, unique=True)  # what makes it happen once
    kind: Named[str] = Column(SafeText)
    person_id: Named[int] = Column(Id, ForeignKey("people.id"))
    subject: Named[str] = Column(SafeText)  # a call or a report
    due_at: Named[datetime] = Column(UtcTime)
    until: Named[datetime] = Column(UtcTime)  # from then on it is too late
    state: Named[str] = Column(SafeText)  # pending, told, passed
    settled_at: Named[datetime | None] = Column(UtcTime)


class _Reviews(TypedColumns):
    report_id = Column(SafeText, ForeignKey("reports.id"), primary_key=True)
    waiting_since: Named[datetime | None] = Column(UtcTime)  # None: since it was sent
    claimed_by: Named[int | None] = Column(Id, ForeignKey("people.id"))
    claimed_at: Named[datetime | None] = Column(UtcTime)
    decided_by: Named[int | None] = Column(Id, ForeignKey("people.id"))
    decided_at: Named[datetime | None] = Column(UtcTime)
    reason: Named[Any] = Column(Json, nullable=True)
    asked_question: Named[str | None] = Column(SafeText)
    asked_text: Named[str | None] = Column(SafeText)
    asked_by: Named[int | None] = Column(Id, ForeignKey("people.id"))


class _ReviewGroups(TypedColumns):
    chat_id = Column(BigInteger, primary_key=True, autoincrement=False)
    language: Named[str] = Column(SafeText)
    added_by: Named[int] = Column(Id, ForeignKey("people.id"))
    added_at: Named[datetime] = Column(UtcTime)
    used_since: Named[datetime | None] = Column(UtcTime)  # None: no cards come there yet


class _Broadcasts(TypedColumns):
    id = Column(SafeText, primary_key=True)
    person_id: Named[int] = Column(Id, ForeignKey("people.id"))
    language: Named[str] = Column(SafeText)
    words: Named[str] = Column(SafeText)
    audience: Named[Any] = Column(Json)
    recipients: Named[int] = Column(Integer)
    sent_at: Named[datetime] = Column(UtcTime)


class _Glances(TypedColumns):
    report_id = Column(SafeText, ForeignKey("reports.id"), primary_key=True)
    seen: Named[datetime] = Column(UtcTime)  # the report's changed_at when this was read from its answers
    submitted_at: Named[datetime] = Column(UtcTime)
    title: Named[str] = Column(SafeText)
    line: Named[str] = Column(SafeText)
    library: Named[str] = Column(SafeText)
    municipality: Named[str] = Column(SafeText)
    place: Named[str] = Column(SafeText)
    region: Named[str] = Column(SafeText)
    country: Named[str] = Column(SafeText)
    progress: Named[str] = Column(SafeText)
    theme: Named[str] = Column(SafeText)  # the first of its themes
    themes: Named[Any] = Column(Json)
    groups: Named[Any] = Column(Json)
    evidence: Named[Any] = Column(Json)
    outcome: Named[bool] = Column(Boolean)
    sharing: Named[str] = Column(SafeText)


class _Happenings(TypedColumns):
    report_id = Column(SafeText, ForeignKey("reports.id"), primary_key=True)
    nth: Named[int] = Column(Integer, primary_key=True, autoincrement=False)
    kind: Named[str] = Column(SafeText)  # see conversations/digests/happenings.py
    at: Named[datetime] = Column(UtcTime)
    old: Named[str] = Column(SafeText)
    new: Named[str] = Column(SafeText)


class _Digests(TypedColumns):
    id = Column(SafeText, primary_key=True)
    made_at: Named[datetime] = Column(UtcTime)
    content: Named[Any] = Column(Json)  # what was counted, so that its files say just that


class _DigestSubscriptions(TypedColumns):
    id = Column(Id, primary_key=True)
    person_id: Named[int] = Column(Id, ForeignKey("people.id"))
    chat_id: Named[int] = Column(BigInteger)
    weekday: Named[int] = Column(SmallInteger)  # 0: Monday
    hour: Named[int] = Column(SmallInteger)
    timezone: Named[str] = Column(SafeText)
    since: Named[datetime] = Column(UtcTime)
    active: Named[bool] = Column(Boolean)  # ended ones stay, so that no week comes twice when they begin again


class _DigestIssues(TypedColumns):
    subscription_id = Column(Id, primary_key=True, autoincrement=False)
    week: Named[str] = Column(SafeText, primary_key=True)  # the ISO week it is about
    digest_id: Named[str | None] = Column(SafeText, ForeignKey("digests.id"))
    at: Named[datetime] = Column(UtcTime)


class _Exports(TypedColumns):
    id = Column(SafeText, primary_key=True)
    person_id: Named[int] = Column(Id, ForeignKey("people.id"))
    form: Named[str] = Column(SafeText)
    with_contacts: Named[bool] = Column(Boolean)
    language: Named[str] = Column(SafeText)
    state: Named[str] = Column(SafeText)  # asked, done, cancelled, failed
    asked_at: Named[datetime] = Column(UtcTime)
    seen_at: Named[datetime | None] = Column(UtcTime)  # when whoever makes it last gave a sign


class _Initiatives(TypedColumns):
    report_id = Column(SafeText, ForeignKey("reports.id"), primary_key=True)
    revision: Named[int] = Column(Integer)
    language: Named[str] = Column(SafeText)
    published_at: Named[datetime] = Column(UtcTime)
    changed_at: Named[datetime] = Column(UtcTime)  # the report's when this was read from its answers
    call_slug: Named[str] = Column(SafeText)
    library_key: Named[str] = Column(SafeText)
    library: Named[str] = Column(SafeText)
    municipality: Named[str] = Column(SafeText)
    place: Named[str] = Column(SafeText)
    region: Named[str] = Column(SafeText)
    country: Named[str] = Column(SafeText)
    sharing: Named[str] = Column(SafeText)
    answers: Named[Any] = Column(Json)


class _PrivacyNotices(TypedColumns):
    person_id = Column(Id, ForeignKey("people.id"), primary_key=True, autoincrement=False)
    version: Named[str] = Column(SafeText, primary_key=True)
    language: Named[str] = Column(SafeText)  # in which it was shown
    at: Named[datetime] = Column(UtcTime)


class _Controllers(TypedColumns):
    id = Column(Id, primary_key=True)  # the last one is who answers for what is kept
    words: Named[str] = Column(SafeText)
    named_by: Named[int | None] = Column(Id, ForeignKey("people.id"))
    named_at: Named[datetime] = Column(UtcTime)


class _Erasures(TypedColumns):
    id = Column(Id, primary_key=True)
    at: Named[datetime] = Column(UtcTime)
    kind: Named[str] = Column(SafeText)  # person, contacts
    subject: Named[str] = Column(SafeText)  # a person's number, or a report
    reports: Named[bool] = Column(Boolean)  # whether a person's reports went with them
    last_row: Named[int] = Column(BigInteger)  # of the outbox: what comes after it may still be on its way to them
    settled_at: Named[datetime | None] = Column(UtcTime)  # None: messages or files may be left


class _Chores(TypedColumns):
    name = Column(SafeText, primary_key=True)
    begun_at: Named[datetime | None] = Column(UtcTime)
    done_at: Named[datetime | None] = Column(UtcTime)  # of "hearing <bot>": when Telegram was last heard
    reached: Named[int] = Column(BigInteger)  # up to which row it has been done


class _Organisations(TypedColumns):
    person_id = Column(Id, ForeignKey("people.id"), primary_key=True, autoincrement=False)
    id: Named[str] = Column(SafeText, unique=True)  # another one whenever the person registers anew
    kind: Named[str] = Column(SafeText)
    name: Named[str] = Column(SafeText)
    municipality: Named[str] = Column(SafeText)  # DK-0461; "": the whole country
    state: Named[str] = Column(SafeText)  # waiting, confirmed, declined
    since: Named[datetime] = Column(UtcTime)


class _Subscriptions(TypedColumns):
    id = Column(SafeText, primary_key=True)
    person_id: Named[int] = Column(Id, ForeignKey("people.id"))
    chat_id: Named[int] = Column(BigInteger)  # a group or channel; 0: the person's own
    wishes: Named[Any] = Column(Json)
    pace: Named[str] = Column(SafeText)  # at_once, daily, weekly
    weekday: Named[int] = Column(SmallInteger)  # 0: Monday
    hour: Named[int] = Column(SmallInteger)
    paused: Named[bool] = Column(Boolean)
    since: Named[datetime] = Column(UtcTime)
    ended_at: Named[datetime | None] = Column(UtcTime)  # ended ones stay for a while: that can be taken back


class _SubscriptionHooks(TypedColumns):
    hook = Column(SafeText, primary_key=True)  # see conversations/matching.py
    subscription_id = Column(SafeText, ForeignKey("subscriptions.id"), primary_key=True)


class _SubscribedChats(TypedColumns):
    chat_id = Column(BigInteger, primary_key=True, autoincrement=False)
    person_id: Named[int] = Column(Id, ForeignKey("people.id"))  # who added the bot there
    title: Named[str] = Column(SafeText)
    language: Named[str] = Column(SafeText)
    state: Named[str] = Column(SafeText)  # asked, open: it is known that the person is an administrator there
    added_at: Named[datetime] = Column(UtcTime)


class _Deliveries(TypedColumns):
    chat_id = Column(BigInteger, primary_key=True, autoincrement=False)
    report_id = Column(SafeText, ForeignKey("reports.id"), primary_key=True)
    person_id: Named[int] = Column(Id, ForeignKey("people.id"))
    subscriptions: Named[Any] = Column(Json)  # because of which
    pace: Named[str] = Column(SafeText)
    state: Named[str] = Column(SafeText)  # waiting, told, recalled (withdrawn before it was sent), passed
    due_at: Named[datetime] = Column(UtcTime)
    key: Named[str] = Column(SafeText)  # of the message that told it
    stale: Named[bool] = Column(Boolean)  # that message says what is no longer so


class _Workers(TypedColumns):
    id = Column(Id, primary_key=True)
    name: Named[str] = Column(SafeText)
    seen_at: Named[datetime] = Column(UtcTime)
    replies: Named[int] = Column(Integer)  # sent in the last second


class _Leases(TypedColumns):
    name = Column(SafeText, primary_key=True)
    worker_id: Named[int | None] = Column(Id)  # no foreign key: who is gone holds nothing
    epoch: Named[int] = Column(BigInteger)


class _Pauses(TypedColumns):
    bot_id = Column(BigInteger, primary_key=True, autoincrement=False)
    until: Named[datetime] = Column(UtcTime)


class _Notes(TypedColumns):
    id = Column(SafeText, primary_key=True)
    report_id: Named[str] = Column(SafeText, ForeignKey("reports.id"))
    sender_id: Named[int] = Column(Id, ForeignKey("people.id"))
    recipient_id: Named[int] = Column(Id, ForeignKey("people.id"))
    words: Named[Any] = Column(Json)
    state: Named[str] = Column(SafeText)  # see conversations/contacting.py
    question: Named[str] = Column(SafeText)
    answer: Named[str] = Column(SafeText)
    sent_at: Named[datetime] = Column(UtcTime)
    moved_at: Named[datetime] = Column(UtcTime)


class _ContactsGiven(TypedColumns):
    about = Column(SafeText, primary_key=True)  # a note or a pairing
    person_id = Column(Id, ForeignKey("people.id"), primary_key=True, autoincrement=False)
    said: Named[str] = Column(SafeText)
    at: Named[datetime] = Column(UtcTime)


class _Findable(TypedColumns):
    number = Column(BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False)
    report_id: Named[str] = Column(SafeText, ForeignKey("reports.id"), unique=True)
    made: Named[int] = Column(SmallInteger)  # the way of making words that the row was made with
    words: Named[Any] = Column(Tokens)


class _KnownWords(TypedColumns):
    number = Column(Id, primary_key=True)
    word: Named[str] = Column(SafeText, unique=True)
    parts: Named[Any] = Column(Tokens)


class _Pairings(TypedColumns):
    id = Column(Id, primary_key=True)
    key: Named[str] = Column(SafeText, unique=True)  # the two people: nobody is proposed to anybody twice
    first_id: Named[int] = Column(Id, ForeignKey("people.id"))
    second_id: Named[int] = Column(Id, ForeignKey("people.id"))
    first_report: Named[str | None] = Column(SafeText, ForeignKey("reports.id"))  # None: by an organisation
    second_report: Named[str | None] = Column(SafeText, ForeignKey("reports.id"))
    reason: Named[str] = Column(SafeText)
    state: Named[str] = Column(SafeText)  # waiting, told, ended
    made_at: Named[datetime] = Column(UtcTime)
    told_at: Named[datetime | None] = Column(UtcTime)
    until: Named[datetime] = Column(UtcTime)
    first_said: Named[str] = Column(SafeText)  # yes, no, "": nothing yet
    second_said: Named[str] = Column(SafeText)


def _only(name: str, these: ColumnElement[bool], *columns: Column[Any], unique: bool = False) -> Index:
    """An index over `these` rows alone, which are few."""
    return Index(name, *columns, unique=unique, postgresql_where=these, sqlite_where=these)


people = Table("people", metadata, _People)
sessions = Table("sessions", metadata, _Sessions)
inbox = Table("inbox", metadata, _Inbox, UniqueConstraint("bot_id", "update_id"))
outbox = Table("outbox", metadata, _Outbox)
reports = Table("reports", metadata, _Reports)
answers = Table("answers", metadata, _Answers)
personal_answers = Table("personal_answers", metadata, _Answers)  # names and addresses: erased alone, never in digests
attachments = Table("attachments", metadata, _Attachments)
calls = Table("calls", metadata, _Calls)
audit = Table("audit", metadata, _Audit)
invitations = Table("invitations", metadata, _Invitations)
redemption_tries = Table("redemption_tries", metadata, _RedemptionTries)
occasions = Table("occasions", metadata, _Occasions)
reviews = Table("reviews", metadata, _Reviews)
review_groups = Table("review_groups", metadata, _ReviewGroups)
broadcasts = Table("broadcasts", metadata, _Broadcasts)
glances = Table("glances", metadata, _Glances)
happenings = Table("happenings", metadata, _Happenings)
digests = Table("digests", metadata, _Digests)
digest_subscriptions = Table(
    "digest_subscriptions", metadata, _DigestSubscriptions, UniqueConstraint("person_id", "chat_id")
)
digest_issues = Table("digest_issues", metadata, _DigestIssues)
exports = Table("exports", metadata, _Exports)
initiatives = Table("initiatives", metadata, _Initiatives)
findable = Table("findable", metadata, _Findable)  # what search finds initiatives by; made from those, newest last
known_words = Table("known_words", metadata, _KnownWords)  # every word that is findable
organisations = Table("organisations", metadata, _Organisations)
notes = Table("notes", metadata, _Notes)
pairings = Table("pairings", metadata, _Pairings)
contacts_given = Table("contacts_given", metadata, _ContactsGiven)  # how people can be reached, and nothing else
privacy_notices = Table("privacy_notices", metadata, _PrivacyNotices)
controllers = Table("controllers", metadata, _Controllers)
erasures = Table("erasures", metadata, _Erasures)  # of ids alone; done again after an older backup is restored
chores = Table("chores", metadata, _Chores)
subscriptions = Table("subscriptions", metadata, _Subscriptions)
subscription_hooks = Table("subscription_hooks", metadata, _SubscriptionHooks)
subscribed_chats = Table("subscribed_chats", metadata, _SubscribedChats)
deliveries = Table("deliveries", metadata, _Deliveries)
workers = Table("workers", metadata, _Workers)
leases = Table("leases", metadata, _Leases)
pauses = Table("pauses", metadata, _Pauses)

NOTE_IS_OPEN = notes.c.state.in_([literal_column(f"'{state}'", SafeText) for state in ("sent", "asked", "answered")])
"""True of notes that may still put two people in touch; as the index over them has it."""

HAS_A_ROLE = people.c.roles != literal_column("'[]'")
"""True of the few people who are more than librarians; as the index over them has it."""

_only("people_with_roles", HAS_A_ROLE, people.c.id)
_only("inbox_pending", inbox.c.state == PENDING, inbox.c.lane, inbox.c.id)
_only("outbox_pending", outbox.c.state == PENDING, outbox.c.rank, outbox.c.due_at, outbox.c.id)
_only("outbox_taken", outbox.c.epoch.is_not(None), outbox.c.epoch)
_only("outbox_key", (outbox.c.state == PENDING) & outbox.c.key.is_not(None), outbox.c.key, unique=True)
Index("outbox_chat", outbox.c.chat_id, outbox.c.id)
Index("reports_person", reports.c.person_id)
Index("reports_created", reports.c.created_at, reports.c.id)
Index("answers_report", answers.c.report_id, answers.c.id)
Index("personal_answers_report", personal_answers.c.report_id, personal_answers.c.id)
Index("attachments_report", attachments.c.report_id)
_only("attachments_waiting", attachments.c.state == WAITING, attachments.c.next_try_at)
Index("audit_report", audit.c.report_id, audit.c.id)
_only("reports_call", reports.c.call_slug.is_not(None), reports.c.call_slug)
Index("audit_person", audit.c.person_id, audit.c.id)
_only("audit_subject", audit.c.subject.is_not(None), audit.c.subject, audit.c.id)
Index("redemption_tries_at", redemption_tries.c.at)
_only("occasions_pending", occasions.c.state == PENDING, occasions.c.due_at, occasions.c.id)
Index("occasions_person", occasions.c.person_id, occasions.c.kind, occasions.c.subject)
_only("outbox_shown", outbox.c.key.is_not(None) & outbox.c.message_id.is_not(None), outbox.c.key, outbox.c.id)
_only("reports_submitted", reports.c.status == SUBMITTED, reports.c.submitted_at, reports.c.id)
Index("glances_submitted", glances.c.submitted_at, glances.c.theme)
Index("happenings_at", happenings.c.at)
Index("initiatives_published", initiatives.c.published_at, initiatives.c.report_id)
_only("notes_open", NOTE_IS_OPEN, notes.c.report_id, notes.c.sender_id, unique=True)
Index("notes_sender", notes.c.sender_id, notes.c.sent_at)
Index("notes_recipient", notes.c.recipient_id)
Index("contacts_given_person", contacts_given.c.person_id, contacts_given.c.at)
Index("subscriptions_person", subscriptions.c.person_id)
Index("subscription_hooks_subscription", subscription_hooks.c.subscription_id)
Index("deliveries_report", deliveries.c.report_id)
Index("deliveries_key", deliveries.c.key)
_only("deliveries_waiting", deliveries.c.state == WAITING, deliveries.c.due_at, deliveries.c.chat_id)
_only("deliveries_stale", deliveries.c.stale.is_(True), deliveries.c.chat_id)
_only("pairings_waiting", pairings.c.state == WAITING, pairings.c.made_at, pairings.c.id)
Index("pairings_first", pairings.c.first_id, pairings.c.told_at)
Index("pairings_second", pairings.c.second_id, pairings.c.told_at)
Index("initiatives_municipality", initiatives.c.municipality, initiatives.c.published_at)

found_by(findable, findable.c.words)
found_by(known_words, known_words.c.parts)
