"""Collections of published initiatives, and who follows them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, Named, Table, TypedColumns

from storage.engine.columns import Id, Json, SafeText, UtcTime
from storage.models.base import metadata


class _Collections(TypedColumns):
    slug = Column(SafeText, primary_key=True)
    language: Named[str] = Column(SafeText)  # the language it was written in
    status: Named[str] = Column(SafeText)  # draft, published, withdrawn
    titles: Named[Any] = Column(Json)  # language: name
    introductions: Named[Any] = Column(Json)  # language: introduction
    made_by: Named[int] = Column(Id, ForeignKey("people.id"))
    created_at: Named[datetime] = Column(UtcTime)
    changed_at: Named[datetime] = Column(UtcTime)


class _Collected(TypedColumns):
    slug = Column(SafeText, ForeignKey("collections.slug"), primary_key=True)
    report_id = Column(SafeText, ForeignKey("reports.id"), primary_key=True)
    place: Named[int] = Column(Integer)  # in the order of the collection, from 0


class _CollectionFollowers(TypedColumns):
    slug = Column(SafeText, ForeignKey("collections.slug"), primary_key=True)
    person_id = Column(Id, ForeignKey("people.id"), primary_key=True, autoincrement=False)
    since: Named[datetime] = Column(UtcTime)


collections = Table("collections", metadata, _Collections)
collected = Table("collected", metadata, _Collected)  # the initiatives of each collection
collection_followers = Table("collection_followers", metadata, _CollectionFollowers)

Index("collected_report", collected.c.report_id)
Index("collection_followers_person", collection_followers.c.person_id)
