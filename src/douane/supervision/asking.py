"""A query of an application, asked of a store without a node."""

from __future__ import annotations

from typing import Any

from douane.configuration import discovery
from douane.configuration.lists import NodeLists
from douane.configuration.ports import SystemClock
from douane.configuration.settings import NodeSettings
from douane.model.needs import Need
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.store.ports import Reader
from douane.runtime.store.queries import View


def ask(settings: NodeSettings, reader: Reader, need: Need, administration: str, **question: Any) -> Any:
    """The answer to what the platform asks, from what is committed, as an administration sees it.

    Raises NotFound where no application of this node meets the need.
    """
    found = discovery.behaviour().queries[Catalogue(discovery.services()).filled(need).qualified]
    return found.answer(view_of(settings, reader, administration), found.operation.request(**question))


def view_of(settings: NodeSettings, reader: Reader, administration: str) -> View:
    """What is committed of an administration."""
    clock, partitions = SystemClock(), range(settings.partitions)
    lists = NodeLists(reader, clock, partitions)
    return View(reader, administration, clock.now(), lists.look, partitions=partitions)
