"""Every look-up has a test that asks for it in memory and in both databases, and overlays have nothing of their own."""

import ast
import inspect
import pkgutil
from collections.abc import Iterator
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import conversations.context
import conversations.model
from conversations.context.context import Lookup
from conversations.context.overlay import Overlay
from tests.contract.differences import GIVEN, LESS

HERE = Path(__file__).parent


def modules(package: Any) -> Iterator[Any]:
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield import_module(found.name)


def classes(package: Any, ending: str) -> dict[str, type]:
    return {
        name: this
        for module in modules(package)
        for name, this in vars(module).items()
        if inspect.isclass(this) and name.endswith(ending) and this.__module__ == module.__name__
    }


PROTOCOLS = classes(conversations.model, "Lookup")
OVERLAYS = {name: this for name, this in classes(conversations.context, "Overlay").items() if this is not Overlay}


def methods(this: type) -> dict[str, Any]:
    """What `this` has that can be asked for: its own attributes, whatever they are."""
    return {name: value for name, value in vars(this).items() if not name.startswith("_")}


def subjects() -> dict[str, type]:
    """The protocol of each subject of `Lookup`."""
    found = {}
    for name, value in methods(Lookup).items():
        assert isinstance(value, property)
        assert value.fget is not None
        found[name] = PROTOCOLS[inspect.get_annotations(value.fget)["return"]]
    return found


LOOK_UPS = {f"{subject}.{method}" for subject, protocol in subjects().items() for method in methods(protocol)}


def trees() -> Iterator[ast.AST]:
    for path in sorted(HERE.glob("*.py")):
        yield from ast.walk(ast.parse(path.read_text("utf-8")))


def asked() -> set[str]:
    """The look-ups that tests ask for: `find.<subject>.<method>(…)`."""
    found = set()
    for node in trees():
        match node:
            case ast.Call(func=ast.Attribute(ast.Attribute(ast.Name("find"), subject), method)):
                found.add(f"{subject}.{method}")
            case _:
                pass
    return found


def named(method: str) -> set[str]:
    """The look-ups that tests name in `kept.<method>("<subject>.<method>", …)`."""
    found = set()
    for node in trees():
        match node:
            case ast.Call(func=ast.Attribute(ast.Name("kept"), attr), args=[ast.Constant(str() as look_up), *_]):
                found |= {look_up} if attr == method else set()
            case _:
                pass
    return found


def test_every_protocol_belongs_to_a_subject() -> None:
    assert set(PROTOCOLS.values()) == set(subjects().values())


def test_every_look_up_has_a_contract_test() -> None:
    assert asked() == LOOK_UPS


def test_what_memory_is_given_is_a_look_up_that_a_test_gives() -> None:
    assert set(GIVEN) == named("given")
    assert set(GIVEN) <= LOOK_UPS


def test_where_memory_knows_less_is_a_look_up_that_a_test_tells_apart() -> None:
    assert set(LESS) == named("is_less")
    assert set(LESS) <= LOOK_UPS


@pytest.mark.parametrize("name", sorted(OVERLAYS))
def test_an_overlay_has_only_methods_of_its_protocol_with_the_same_parameters(name: str) -> None:
    protocol = methods(PROTOCOLS[name.removesuffix("Overlay") + "Lookup"])
    for method, value in methods(OVERLAYS[name]).items():
        assert method in protocol, f"{name}.{method} hides nothing and is never asked for"
        assert inspect.isfunction(value), f"{name}.{method} hides the look-up of that name"
        assert inspect.signature(value).parameters == inspect.signature(protocol[method]).parameters


def test_the_overlay_of_a_turn_has_only_subjects_of_the_look_up() -> None:
    subjects_of_overlay = {name for name, value in methods(Overlay).items() if isinstance(value, cached_property)}
    assert subjects_of_overlay <= set(subjects())
    assert set(methods(Overlay)) - subjects_of_overlay == {"then"}
    overlaid = {PROTOCOLS[name.removesuffix("Overlay") + "Lookup"] for name in OVERLAYS}
    assert overlaid == {subjects()[name] for name in subjects_of_overlay}
