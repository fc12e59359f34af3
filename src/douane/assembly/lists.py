"""The code lists of a node: the built-in selection, and what was imported over it."""

from __future__ import annotations

from douane.model import discovery
from douane.vocabulary.code_lists import CodeLists


def code_lists() -> CodeLists:
    """The lists that rules see. The application that brings a built-in selection offers ``load_builtin``."""
    found = CodeLists({})
    for application in discovery.applications():
        for module in discovery.modules(application, "contract"):
            load = getattr(module, "load_builtin", None)
            if load is not None:
                found = load()
    return found
