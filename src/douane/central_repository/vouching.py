"""The register of delegations, asked of what is committed: what a person may read for another."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from douane.model.caller import Caller
from douane.model.declare import Operation
from douane.runtime.catalogue.behaviour import Behaviour
from douane.runtime.catalogue.catalogue import UNION
from douane.runtime.catalogue.delegating import Bounds, bounds_of, covers, is_judged, refused
from douane.runtime.store.queries import View, Within


def cases_of(
    behaviour: Behaviour, hosts: Callable[[str, str], bool], view: Callable[[str], View], caller: Caller
) -> frozenset[str]:  # fmt: skip
    """The references of the cases that the delegation of a person names. Raises NotAuthorised where none holds."""
    return frozenset(_bounds(behaviour, hosts, view, caller).cases)


def reading(
    behaviour: Behaviour, hosts: Callable[[str, str], bool], view: Callable[[str], View], caller: Caller
) -> tuple[frozenset[str], Within]:  # fmt: skip
    """The same, and whether the delegation is for an operation on what is known by some names; of who acts for himself,
    and of a delegate whom no register knows, nothing. Raises NotAuthorised."""
    if not is_judged(caller):
        return frozenset(), partial(covers, None)
    found = _bounds(behaviour, hosts, view, caller)
    return frozenset(found.cases), partial(covers, found)


def _bounds(
    behaviour: Behaviour, hosts: Callable[[str, str], bool], view: Callable[[str], View], caller: Caller
) -> Bounds:  # fmt: skip

    def ask(register: Operation, question: Any) -> Any:
        if not hosts(UNION, register.qualified):
            return None
        return behaviour.queries[register.qualified].answer(view(UNION), question)

    found = bounds_of(behaviour.vouching, ask, caller)
    if found is None:
        raise refused(caller)
    return found
