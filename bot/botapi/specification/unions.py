"""Decides the type of an object if the specification allows several."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bot.botapi.specification.description import Described, Fields


def chooser(names: Iterable[str], types: Described) -> Callable[[Mapping[str, Any]], str | None]:
    """A function that returns which of the types `names` an object has: by fixed fields, otherwise by all fields.

    `types` describes them.
    """
    names = tuple(names)
    fixed: dict[tuple[str, str], list[str]] = {}
    shapes: list[tuple[str, frozenset[str], frozenset[str]]] = []
    for name in names:
        fields: Fields = types[name].get("fields", {})
        for field_name, field in fields.items():
            if "equals" in field:
                fixed.setdefault((field_name, field["equals"]), []).append(name)
        needed = frozenset(key for key, field in fields.items() if field.get("required"))
        shapes.append((name, needed, frozenset(fields)))
    discriminators = {field for field, _ in fixed}
    by_shape = {name: (needed, known) for name, needed, known in shapes}

    def choose(value: Mapping[str, Any]) -> str | None:
        candidates = names
        for field in discriminators:
            if isinstance(given := value.get(field), str):
                candidates = tuple(fixed.get((field, given), ()))
        fitting = [name for name in candidates if by_shape[name][0] <= value.keys()]
        exact = [name for name in fitting if value.keys() <= by_shape[name][1]]
        return next(iter(exact or fitting or candidates[:1]), None)

    return choose
