"""Published reports as readers see them, and the search index."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Named, SmallInteger, Table, TypedColumns

from storage.engine.columns import Id, Json, SafeText, Tokens, UtcTime
from storage.engine.fulltext import found_by
from storage.models.base import metadata


class _Initiatives(TypedColumns):
    report_id = Column(SafeText, ForeignKey("reports.id"), primary_key=True)
    revision: Named[int] = Column(Integer)
    language: Named[str] = Column(SafeText)
    published_at: Named[datetime] = Column(UtcTime)
    changed_at: Named[datetime] = Column(UtcTime)  # the report's changed_at when this row was made
    call_slug: Named[str] = Column(SafeText)
    library_key: Named[str] = Column(SafeText)
    library: Named[str] = Column(SafeText)
    municipality: Named[str] = Column(SafeText)
    place: Named[str] = Column(SafeText)
    region: Named[str] = Column(SafeText)
    country: Named[str] = Column(SafeText)
    sharing: Named[str] = Column(SafeText)
    answers: Named[Any] = Column(Json)
    confirmed_at: Named[datetime | None] = Column(UtcTime)
    ask_at: Named[datetime | None] = Column(UtcTime)  # before this its author is asked nothing; None: never


class _Findable(TypedColumns):
    number = Column(BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False)
    report_id: Named[str] = Column(SafeText, ForeignKey("reports.id"), unique=True)
    made: Named[int] = Column(SmallInteger)  # which version of making words the row was made with
    words: Named[Any] = Column(Tokens)


class _KnownWords(TypedColumns):
    number = Column(Id, primary_key=True)
    word: Named[str] = Column(SafeText, unique=True)
    parts: Named[Any] = Column(Tokens)


initiatives = Table("initiatives", metadata, _Initiatives)
findable = Table("findable", metadata, _Findable)  # search words of initiatives, newest initiative last
known_words = Table("known_words", metadata, _KnownWords)  # every word in findable

Index("initiatives_published", initiatives.c.published_at, initiatives.c.report_id)
Index("initiatives_ask", initiatives.c.ask_at)
Index("initiatives_municipality", initiatives.c.municipality, initiatives.c.published_at)
found_by(findable, findable.c.words)
found_by(known_words, known_words.c.parts)
