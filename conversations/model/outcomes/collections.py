"""What coordinators do with collections, and who follows one."""

from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class CollectionStarted:
    """The person started a collection with this name; nobody else sees it until it is published."""

    slug: str
    language: str
    title: str


@dataclass(frozen=True, slots=True)
class CollectionChanged:
    """The field `what` of a collection now has `value`, as JSON (`CHANGEABLE` in the model)."""

    slug: str
    what: str
    value: Any


@dataclass(frozen=True, slots=True)
class CollectionFollowed:
    """The person follows a collection from now on, or no longer."""

    slug: str
    follows: bool


AboutCollections: TypeAlias = CollectionStarted | CollectionChanged | CollectionFollowed
