"""Updates broken in one to four places: fields dropped, of another type, huge, unknown, or taken from elsewhere."""

import copy
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from tests.fuzz.values import odd_text, text

Path = tuple[Any, ...]

DEEPEST = 30

NUMBERS = (0, -1, 1, 2**31, 2**53, 2**63 - 1, 2**63, -(2**63), 2**80, 10**400, 1.5, -0.0, 1e308)


def broken(
    random: Random, update: dict[str, Any], others: Sequence[dict[str, Any]]
) -> tuple[dict[str, Any], list[str]]:
    """`update` broken at random, with the names of what was done; parts may come from `others`."""
    changed = copy.deepcopy(update)
    done = []
    for _ in range(random.choice((1, 1, 1, 2, 3, 4))):
        way = random.choice(WAYS)
        way(random, changed, others)
        done.append(way.__name__)
    return changed, done


def paths(value: Any, path: Path = ()) -> list[Path]:
    """The paths of all fields and items in `value`, as far as a program reads."""
    if len(path) >= DEEPEST:
        return []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, inner in items for found in ((*path, key), *paths(inner, (*path, key)))]


def _holder(random: Random, update: Any) -> tuple[Any, Any] | None:
    # What is near the top is broken as often as what is deep in an object nobody reads.
    found = paths(update)
    if not found:
        return None
    deepest = random.randint(1, max(map(len, found)))
    *way, key = random.choice([path for path in found if len(path) <= deepest])
    for step in way:
        update = update[step]
    return update, key


def dropped(random: Random, update: dict[str, Any], _others: object) -> None:
    """A field is not there."""
    if place := _holder(random, update):
        del place[0][place[1]]


def retyped(random: Random, update: dict[str, Any], _others: object) -> None:
    """A field is of another type."""
    if place := _holder(random, update):
        place[0][place[1]] = random.choice((None, True, False, 7, "seven", [], {}, [[]], {"id": 1}, ["x", 1], 0.5))


def another_number(random: Random, update: dict[str, Any], _others: object) -> None:
    """A number, where it may be one, is out of all proportion."""
    if place := _holder(random, update):
        place[0][place[1]] = random.choice(NUMBERS)


def another_text(random: Random, update: dict[str, Any], _others: object) -> None:
    """A text is odd: NUL, half characters, controls."""
    if place := _holder(random, update):
        place[0][place[1]] = random.choice((odd_text, text))(random)


def huge(random: Random, update: dict[str, Any], _others: object) -> None:
    """A field is huge, or deep."""
    if place := _holder(random, update):
        deep: Any = "end"
        for _ in range(random.choice((50, 400, 2_000))):
            deep = [deep]
        place[0][place[1]] = random.choice(("x" * 20_000, [7] * 3_000, {str(n): n for n in range(1_000)}, deep))


def unknown(random: Random, update: dict[str, Any], _others: object) -> None:
    """There are fields of a later Bot API."""
    if place := _holder(random, update):
        inner = place[0][place[1]]
        (inner if isinstance(inner, dict) else update)[random.choice(("field_of_next_year", "type", "id", ""))] = 1


def taken(random: Random, update: dict[str, Any], others: Sequence[dict[str, Any]]) -> None:
    """A part is that of another update: another's chat, sender, message or data."""
    other = random.choice(others) if others else update
    mine, theirs = _holder(random, update), _holder(random, other)
    if mine and theirs:
        mine[0][mine[1]] = copy.deepcopy(theirs[0][theirs[1]])


def same_taken(random: Random, update: dict[str, Any], others: Sequence[dict[str, Any]]) -> None:
    """The same as `taken`, with a part of the same name."""
    here = {path[-1]: path for path in paths(update)}
    other = random.choice(others) if others else update
    there = [path for path in paths(other) if path[-1] in here]
    if not there:
        return
    path = random.choice(there)
    value: Any = other
    for step in path:
        value = value[step]
    *way, key = here[path[-1]]
    holder: Any = update
    for step in way:
        holder = holder[step]
    holder[key] = copy.deepcopy(value)


def of_two_kinds(random: Random, update: dict[str, Any], others: Sequence[dict[str, Any]]) -> None:
    """It is of two kinds at once."""
    if others:
        update.update({**copy.deepcopy(random.choice(others)), "update_id": update.get("update_id")})


WAYS: tuple[Callable[[Random, dict[str, Any], Sequence[dict[str, Any]]], None], ...] = (
    dropped, dropped, retyped, retyped, another_number, another_text, huge, unknown, taken, same_taken, of_two_kinds,
)  # fmt: skip
