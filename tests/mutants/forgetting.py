"""A plugin of pytest: no file of tests finds what another has put into a cache, so each comes to all that it needs."""

import gc
from functools import _lru_cache_wrapper
from pathlib import Path

import pytest

OURS = ("bot.", "conversations.", "storage.")

_LAST: list[Path] = []


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Empty the caches of our functions before the first test of a file."""
    if [item.path] != _LAST:
        _LAST[:] = [item.path]
        for each in gc.get_objects():
            if isinstance(each, _lru_cache_wrapper) and str(each.__module__).startswith(OURS):
                each.cache_clear()
