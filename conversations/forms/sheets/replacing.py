"""The questions of a sheet become those of a call, so that no answer that was given is lost or read as another."""

from collections.abc import Sequence
from dataclasses import replace

from conversations.model.calls import OWN_KEYS, OwnQuestion, WholeCall


def replaced(call: WholeCall, wanted: Sequence[OwnQuestion]) -> tuple[OwnQuestion, ...] | None:
    """Returns all questions of `call` if it asks those that are `wanted`; None if there are no keys left.

    A question with the name and the kind of an earlier one, and at least its choices, keeps its key and so its answers.
    Any other gets a key that no question ever had. Questions that are asked no longer stay stored, as long as somebody
    can have answered them: the call was opened.
    """
    earlier = {each.name or each.key: each for each in call.questions}
    taken = {each.key for each in call.questions}
    free = iter([key for key in OWN_KEYS if key not in taken])
    found: list[OwnQuestion] = []
    for each in wanted:
        before = earlier.get(each.name)
        if before is not None and _is_same(before, each):
            numbers = replace(each, names=()).choice_keys
            names = () if not before.name and tuple(each.names) == numbers else each.names
            found.append(replace(each, key=before.key, name=before.name, names=names))
            continue
        key = next(free, None)
        if key is None:
            return None
        found.append(replace(each, key=key))
    kept = {each.key for each in found}
    if call.status != "draft":
        found += [replace(each, retired=True) for each in call.questions if each.key not in kept and each.texts]
    return tuple(found)


def _is_same(before: OwnQuestion, now: OwnQuestion) -> bool:
    """Returns whether an answer to the question `before` is one to the question `now`."""
    return before.kind == now.kind and set(before.choice_keys) <= set(now.choice_keys)
