"""People, their sessions, and how they got their roles."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Named,
    Table,
    TypedColumns,
    literal_column,
    true,
)

from storage.engine.columns import Id, Json, SafeText, UtcTime
from storage.models.base import NOTHING, metadata, only


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
    name: Named[str] = Column(SafeText, server_default=NOTHING)  # from Telegram; only for people with roles
    timezone: Named[str] = Column(SafeText, server_default=NOTHING)  # "": that of the settings
    reminders: Named[bool] = Column(Boolean, server_default=true())  # false: never again
    forgotten_at: Named[datetime | None] = Column(UtcTime)  # since then only the row's id is left
    proposals: Named[bool] = Column(Boolean, server_default=true())  # wants match proposals; false: never again
    tables: Named[bool] = Column(Boolean, server_default=true())  # false: their app cannot show rich messages


class _Sessions(TypedColumns):
    person_id = Column(Id, ForeignKey("people.id"), primary_key=True, autoincrement=False)
    step: Named[int] = Column(Integer)
    position: Named[Any] = Column(Json, nullable=True)
    active_at: Named[datetime | None] = Column(UtcTime)
    cut: Named[Any] = Column(Json, nullable=True)  # the last text, if Telegram may have cut it; None: it is complete


class _Organisations(TypedColumns):
    person_id = Column(Id, ForeignKey("people.id"), primary_key=True, autoincrement=False)
    id: Named[str] = Column(SafeText, unique=True)  # a new one each time the person registers
    kind: Named[str] = Column(SafeText)
    name: Named[str] = Column(SafeText)
    municipality: Named[str] = Column(SafeText)  # DK-0461; "": the whole country
    state: Named[str] = Column(SafeText)  # waiting, confirmed, declined
    since: Named[datetime] = Column(UtcTime)


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


people = Table("people", metadata, _People)
sessions = Table("sessions", metadata, _Sessions)
organisations = Table("organisations", metadata, _Organisations)
invitations = Table("invitations", metadata, _Invitations)
redemption_tries = Table("redemption_tries", metadata, _RedemptionTries)

HAS_A_ROLE = people.c.roles != literal_column("'[]'")
"""The condition for the few people who are more than librarians, written exactly as in their partial index."""

only("people_with_roles", HAS_A_ROLE, people.c.id)
Index("redemption_tries_at", redemption_tries.c.at)
