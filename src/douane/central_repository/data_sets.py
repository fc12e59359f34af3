"""The data sets of this node: every record type that is final, found by the name of its data set."""

from __future__ import annotations

from collections.abc import Mapping

from douane.model.circles import ActorKind
from douane.runtime.replication.reading import Source, sources
from douane.runtime.store.final import Provision
from douane.runtime.store.queries import View
from douane.runtime.store.records import RecordKind, kinds
from douane.vocabulary.errors import NotFound

_WHICH = "Ask final_data.data_sets which there are."


def data_sets() -> Mapping[str, RecordKind]:
    """Every data set by its name, with the record type from which it is made."""
    return {kind.final.name: kind for kind in kinds() if kind.final is not None}


def is_distributed(data_set: str) -> bool:
    """Whether each administration keeps for itself what it issued of a data set."""
    kind = data_sets().get(data_set)
    return kind is not None and kind.final is not None and kind.final.provision is Provision.DISTRIBUTED


def holding(view: View, data_set: str, name: str, recipient: ActorKind | None = None) -> dict[int, Source]:
    """A view of a data set by source, for its recipients. Raises NotFound where whoever asks may not have it.

    recipient: of which kind the one is for whom another asks.
    """
    kind = data_sets().get(data_set)
    if kind is None:
        raise NotFound(f"There is no data set {data_set}.", remedy=_WHICH)
    return sources(view, kind.type, name, recipient)


def source_of(view: View, data_set: str, name: str, source: int) -> Source:
    """One source of a view. Raises NotFound."""
    found = holding(view, data_set, name).get(source)
    if found is None:
        raise NotFound(f"{data_set} has no source {source}.", remedy="Ask final_data.state which there are.")
    return found
