"""Whether what the bot makes of a row is right, asked back sensibly, refused, or wrong, and how wrong."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from conversations.forms.initiative import INITIATIVE
from conversations.reading.text import fold
from conversations.vocabulary.meaning import DELICATE
from tests.understanding.rows import KINDS, Row, kind_of


class Verdict(StrEnum):
    """What became of a typed answer."""

    RIGHT = "right"
    ASKED = "asked"
    """The bot asked back, and the right answer was among what it offered or still to be added to what it showed."""
    REFUSED = "refused"
    """The bot said that it did not understand."""
    WRONG_OFFER = "wrong offer"
    """What it offered or showed was not what was meant; nothing was kept."""
    WRONG_SILENT = "wrong silent"
    """Something else was kept than what was meant."""
    HURTFUL = "hurtful"
    """A group that it may hurt to be taken for was kept or offered for words that do not say so."""


def judge(row: Row, meant: Mapping[str, Any]) -> Verdict:
    """Returns what `meant`, the bot's reading of a typed answer, is worth."""
    if not DELICATE.isdisjoint(_keys(_all(meant)) - _keys([row.get("expect"), row.get("ask")])):
        return Verdict.HURTFUL
    if any(_same(said, never) for said in _all(meant) for never in row.get("never", ())):
        return Verdict.WRONG_SILENT if "value" in meant and not meant.get("shown") else Verdict.WRONG_OFFER
    if _is_right(row, meant):
        return Verdict.RIGHT
    if "ask" in meant:
        return _asked(row, meant["among"])
    if "value" in meant and meant.get("shown"):
        return Verdict.ASKED if _is_part(meant["value"], row.get("expect")) else Verdict.WRONG_OFFER
    return Verdict.WRONG_SILENT if "value" in meant or "action" in meant else Verdict.REFUSED


def _is_right(row: Row, meant: Mapping[str, Any]) -> bool:
    if "expect" in row:
        return "value" in meant and _same(meant["value"], row["expect"])
    if "action" in row:
        return meant.get("action") == row["action"] or {meant.get("action"), row["action"]} == _goes_on_at(row)
    if "ask" in row:
        wanted = row["ask"] or ()
        return "ask" in meant and all(any(_same(each, value) for each in meant["among"]) for value in wanted)
    return "none" in meant


def _goes_on_at(row: Row) -> set[str]:
    """The actions that do the same: where nothing is chosen at a question that may stay empty, done skips it."""
    question = INITIATIVE.question(str((row.get("context") or {}).get("at", "")))
    return {"skip", "done"} if question is not None and not question.required else set()


def _asked(row: Row, among: Sequence[Any]) -> Verdict:
    """What a question back is worth where an answer was meant."""
    if "expect" not in row:
        return Verdict.WRONG_OFFER if among else Verdict.REFUSED
    if not among or any(_same(each, row["expect"]) or _is_part(each, row["expect"]) for each in among):
        return Verdict.ASKED
    return Verdict.WRONG_OFFER


def _is_part(value: Any, whole: Any) -> bool:
    """Whether `value` is some of what is meant and nothing else."""
    if isinstance(whole, Mapping) and isinstance(value, Mapping):
        return all(
            not each or _same(each, whole.get(key)) or _is_part(each, whole.get(key)) for key, each in value.items()
        )
    return isinstance(whole, list) and _keys([value]) <= _keys([whole])


def _same(one: Any, other: Any) -> bool:
    """Whether two values are equal, lists in any order and names however they are written."""
    match one, other:
        case list(), list():
            return sorted(_plain(each) for each in one) == sorted(_plain(each) for each in other)
        case {"name": _, "email": _}, {"name": _, "email": _}:
            return all(
                _detail(one.get(part), part) == _detail(other.get(part), part) for part in ("name", "email", "phone")
            )
        case Mapping(), Mapping():
            keys = {*one, *other}
            return all(_same(one.get(key), other.get(key)) or not (one.get(key) or other.get(key)) for key in keys)
        case str(), str():
            return _plain(one) == _plain(other)
        case _:
            return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def _plain(value: Any) -> str:
    return fold(str(value)).strip(" .,;:")


def _detail(value: Any, part: str) -> str:
    """A part of a contact without spaces, and a number without the signs between its digits."""
    plain = "".join(_plain(value or "").split())
    return "".join(each for each in plain if each.isdigit() or each == "+") if part == "phone" else plain


def _all(meant: Mapping[str, Any]) -> list[Any]:
    """Every value that is kept, shown or offered."""
    return [*([meant["value"]] if "value" in meant else []), *meant.get("among", ())]


def _keys(values: Iterable[Any]) -> set[str]:
    """The keys in `values`, however deep."""
    found: set[str] = set()
    for value in values:
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, Mapping):
            found |= _keys(value.values())
        elif isinstance(value, list):
            found |= _keys(value)
    return found


FIELDS = ("library", "status", "title", "themes", "target_groups", "period_start", "period_end", "frequency",
          "participants", "volunteers", "partners", "links", "place")  # fmt: skip
"""What is read from a told message, in the order of the table."""


def told(row: Row, meant: Mapping[str, Any]) -> dict[str, tuple[int, int, int]]:
    """Returns for each field what was rightly read, what was read that is not said, and what was missed."""
    return {field: _compared(field, meant.get(field), row["expect"].get(field)) for field in FIELDS}


def _compared(field: str, read: Any, said: Any) -> tuple[int, int, int]:
    one, other = _parts(field, read), _parts(field, said)
    right = sum(any(_same(each, wanted) for wanted in other) for each in one)
    return right, len(one) - right, len(other) - sum(any(_same(each, wanted) for each in one) for wanted in other)


def _parts(field: str, value: Any) -> list[Any]:
    if field == "place" and isinstance(value, Mapping):
        value = value["place"]
    if field == "links" and value:
        return [str(link).removeprefix("https://").removeprefix("http://").rstrip("/") for link in value]
    return list(value) if isinstance(value, list) else [] if value in (None, "") else [value]


def query_is_right(row: Row, meant: Mapping[str, Any]) -> bool:
    """Whether a query was read as it was meant; small words that are left over are no fault."""
    wanted = row["expect"]
    return bool(meant) and all(
        _same(list(meant.get(part) or []), list(wanted.get(part) or []))
        for part in ("themes", "groups", "places", "statuses", "words")
    )


def list_is_right(row: Row, meant: Mapping[str, Any]) -> bool:
    """Whether the offers of a list have the titles and libraries that were written."""
    offers, wanted = meant.get("offers", []), row["expect"]["offers"]
    return len(offers) == len(wanted) and all(
        _plain(offer["title"]) == _plain(want["title"])
        and _plain(offer["library"] or "") == _plain(want["library"] or "")
        for offer, want in zip(offers, wanted, strict=True)
    )


def is_right(row: Row, meant: Mapping[str, Any]) -> bool:
    """Whether a row of any kind is read as it was meant, of a told message all that it says and nothing else."""
    match kind_of(row):
        case "told":
            return all(not wrong and not missed for _right, wrong, missed in told(row, meant).values())
        case "list":
            return list_is_right(row, meant)
        case "query":
            return query_is_right(row, meant)
        case _:
            return judge(row, meant) is Verdict.RIGHT


def is_typed(row: Row) -> bool:
    """Whether a row is a typed answer."""
    return kind_of(row) not in KINDS
