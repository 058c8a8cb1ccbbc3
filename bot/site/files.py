"""A file of the site: where it stands, what it is made of, and how it is written."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file at `path`, relative to the site, with slashes.

    `made_of` is a mark of all that its content depends on (`mark`): while it stays the same, `write` is not called
    again. What is in the catalogues, the templates and the program need not be in it.
    """

    path: str
    made_of: str
    write: Callable[[BinaryIO], object]


def mark(*parts: object) -> str:
    """Returns a short text that is the same only for the same parts: texts, numbers, lists, mappings, dates."""
    told = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str, separators=(",", ":"))
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def text_file(path: str, made_of: str, make: Callable[[], str]) -> SiteFile:
    """Returns a file whose whole text `make` returns."""
    return SiteFile(path, made_of, lambda file: file.write(make().encode()))


def page_path(language: str, this: str) -> str:
    """Returns where the page of an initiative stands."""
    return f"{language}/i/{this}.html"
