"""A digest as JSON and back, so that its files can be made later from exactly what was counted."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from functools import cache
from typing import Any

from conversations.model.digests.answered import Called, OwnAnswer, OwnAnswers
from conversations.model.digests.digest import Announced, Digest, Left, Row, Silence, Waiting
from conversations.model.digests.periods import Period
from conversations.model.happenings import Happening, ReportSummary

Packed = dict[str, Any]

_LISTS = ("themes", "groups", "evidence")


def pack(digest: Digest) -> Packed:
    """Returns `digest` as JSON."""
    packed: Packed = _plain(digest, {})
    return packed


def unpack(packed: Mapping[str, Any]) -> Digest:
    """Returns the digest that `pack` was given."""
    period = packed["period"]
    return Digest(
        period=Period(
            date.fromisoformat(period["first"]),
            date.fromisoformat(period["last"]),
            datetime.fromisoformat(period["start"]),
            datetime.fromisoformat(period["end"]),
        ),
        zone=packed["zone"],
        made_at=datetime.fromisoformat(packed["made_at"]),
        rows=tuple(Row(_glance(row["report"]), _happening(row["happening"])) for row in packed["rows"]),
        earlier=tuple(packed["earlier"]),
        waiting=tuple(
            Waiting(_glance(each["report"]), datetime.fromisoformat(each["since"])) for each in packed["waiting"]
        ),
        silences=tuple(
            Silence(**{**each, "deadline": each["deadline"] and datetime.fromisoformat(each["deadline"])})
            for each in packed["silences"]
        ),
        call=packed["call"],
        called=_called(packed["called"]) if packed.get("called") else None,
        left=tuple(_left(each) for each in packed.get("left", ())),  # earlier versions did not store these
        unconfirmed=packed.get("unconfirmed", 0),
        inspired=packed.get("inspired", 0),
        events=tuple(Announced(**each) for each in packed.get("events", ())),
    )


def _glance(packed: Mapping[str, Any]) -> ReportSummary:
    lists = {name: tuple(packed[name]) for name in _LISTS}
    return ReportSummary(**{**packed, **lists, "submitted_at": datetime.fromisoformat(packed["submitted_at"])})


def _left(packed: Mapping[str, Any]) -> Left:
    submitted_at, at = (datetime.fromisoformat(packed[name]) for name in ("submitted_at", "at"))
    return Left(**{**packed, "submitted_at": submitted_at, "at": at})


def _called(packed: Mapping[str, Any]) -> Called:
    own = (
        OwnAnswers(**{**each, "answers": tuple(OwnAnswer(a["said"], tuple(a["libraries"])) for a in each["answers"])})
        for each in packed["own"]
    )
    reports = {name: tuple(_glance(each) for each in packed[name]) for name in ("late", "declined")}
    return Called(packed["titles"], packed["language"], **reports, own=tuple(own))


def _happening(packed: Mapping[str, Any]) -> Happening:
    return Happening(**{**packed, "at": datetime.fromisoformat(packed["at"])})


def _plain(value: Any, known: dict[int, Packed]) -> Any:
    """Returns a value as JSON; `known` has the reports that were met before, since each may have many rows."""
    kind: Any = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if kind is ReportSummary:
        packed = known.get(id(value))
        if packed is None:
            packed = known[id(value)] = {name: _plain(getattr(value, name), known) for name in _names(kind)}
        return packed
    if hasattr(kind, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name), known) for name in _names(kind)}
    match value:
        case datetime() | date():
            return value.isoformat()
        case Mapping():
            return {name: _plain(part, known) for name, part in value.items()}
        case list() | tuple():
            return [_plain(part, known) for part in value]
        case _:
            return value


_AS_THEY_ARE = frozenset({str, int, bool, float, type(None)})


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
