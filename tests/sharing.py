"""How tests are spread over processes: those of a module that sets something up for all of them stay together.

What a module sets up (a node, a union, a matrix of routes) is then set up once in a run, not once in each process. All
other tests go to whichever process is free. Groups are told by the text of a module, since whoever spreads tests knows
them by their names alone; marks of ``xdist_group`` do not reach it under pytest 9.2.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadGroupScheduling  # type: ignore[import-untyped] # it says nothing of its types

SHARES = 'scope="module"'


@functools.cache
def shares(module: Path) -> bool:
    """Whether a module, or the ``conftest.py`` beside it, has something that is set up once for a module."""
    return any(file.is_file() and SHARES in file.read_text("utf-8") for file in (module, module.parent / "conftest.py"))


def group_of(nodeid: str, root: Path) -> str:
    """With which others a test stays together: the module where it shares something, else with nobody."""
    module = nodeid.partition("::")[0]
    return module if shares(root / module) else nodeid


class BySharing(LoadGroupScheduling):  # type: ignore[misc] # xdist says nothing of its types
    """Spreads tests by what they share."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid, self.config.rootpath)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Ours, where groups were asked for (``--dist loadgroup``)."""
    return BySharing(config, log) if config.getoption("dist") == "loadgroup" else None
