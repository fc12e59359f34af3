"""The rule book of transit: every rule declared in a module of this folder."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

from douane.applications.transit import rules
from douane.model.rules import RuleBook


def rule_modules() -> Iterator[ModuleType]:
    """The modules beside this one, by name; a new module needs no entry anywhere."""
    for found in pkgutil.iter_modules(rules.__path__):
        if found.name not in {"book", "tests"}:
            yield importlib.import_module(f"{rules.__name__}.{found.name}")


BOOK = RuleBook.of(*rule_modules())
"""Rules for CC007C, CC013C, CC014C, CC015C, CC044C and CC170C."""
