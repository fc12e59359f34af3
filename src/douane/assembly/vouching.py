"""The register of delegations, asked of what is committed: what a person may read for another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from douane.model.caller import Caller
from douane.model.declare import Operation
from douane.runtime.catalogue.behaviour import Behaviour
from douane.runtime.catalogue.catalogue import UNION
from douane.runtime.catalogue.delegating import bounds_of, refused
from douane.runtime.store.queries import View


def cases_of(
    behaviour: Behaviour, hosts: Callable[[str, str], bool], view: Callable[[str], View], caller: Caller
) -> frozenset[str]:  # fmt: skip
    """The references of the cases that the delegation of a person names. Raises NotAuthorised where none holds."""

    def ask(register: Operation, question: Any) -> Any:
        if not hosts(UNION, register.qualified):
            return None
        return behaviour.queries[register.qualified].answer(view(UNION), question)

    found = bounds_of(behaviour.vouching, ask, caller)
    if found is None:
        raise refused(caller)
    return frozenset(found.cases)
