"""Another node and browser for the journeys of pages than the fixtures make: given by whoever runs the tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from tests.pages.union import Union


@dataclass
class Given:
    """A plugin of pytest: what it gives stands in place of what ``tests/pages/conftest.py`` makes."""

    union: Union
    browser: Any

    def pytest_configure(self, config: pytest.Config) -> None:
        """Let the fixtures find it."""
        config.stash[GIVEN] = self


GIVEN = pytest.StashKey[Given]()
