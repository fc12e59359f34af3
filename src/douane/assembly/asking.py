"""A query of an application, asked of a store without a node."""

from __future__ import annotations

from typing import Any

from douane.configuration import discovery
from douane.configuration.lists import NodeLists
from douane.configuration.ports import SystemClock
from douane.configuration.settings import NodeSettings
from douane.runtime.store.ports import Reader
from douane.runtime.store.queries import View
from douane.vocabulary.errors import NotFound


def ask(settings: NodeSettings, reader: Reader, operation: str, administration: str, **question: Any) -> Any:
    """The answer to a query (``availability.show``) from what is committed, as an administration sees it.

    Raises NotFound where no application of this node answers such a query.
    """
    found = discovery.behaviour().queries.get(operation)
    if found is None:
        raise NotFound(f"Nothing in this node answers {operation}.", remedy="Install the application that does.")
    clock, partitions = SystemClock(), range(settings.partitions)
    lists = NodeLists(reader, clock, partitions)
    view = View(reader, administration, clock.now(), lists.look, partitions=partitions)
    return found.answer(view, found.operation.request(**question))
