"""What the landscape of a node is made of: administrations that are live here, and snapshots in the data folder.

A snapshot is taken over by a command (``douane architecture import``). One that is refused changes nothing; either is
told to the audit log.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from douane.configuration.ports import SystemClock
from douane.configuration.settings import NodeSettings
from douane.identity.statements import content_of, opened
from douane.model.circles import ActorKind
from douane.model.declare import Service
from douane.reference_architecture import landscape as land
from douane.reference_architecture.installed import installed_model
from douane.reference_architecture.landscape import Duplicate, Function, Held, Holding
from douane.reference_architecture.snapshots import Snapshot, read_snapshot
from douane.supervision.operating.reading import note_command
from douane.trust.development_identity import DevelopmentIdentity, write_synced
from douane.vocabulary.errors import KnownIdChanged, NotAuthorised, SenderFault

FOLDER: Final = "landscape"
UNION: Final = "EU"


def take(settings: NodeSettings, statement: bytes) -> Snapshot:
    """Take over a snapshot that an administration signed. Raises SenderFault for one that is refused; it is noted."""
    try:
        found = _judged(settings, statement)
    except SenderFault as problem:
        note_command(settings, "architecture.snapshot refused", f"{problem.code} {problem.text}"[:200])
        raise
    note_command(settings, "architecture.snapshot taken", f"{found.administration} {found.number}")
    folder = settings.data / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_synced(folder / f"{found.administration}.jws", statement)
    return found


def _judged(settings: NodeSettings, statement: bytes) -> Snapshot:
    identity = DevelopmentIdentity(settings.identity_folder)
    now = SystemClock().now()
    content, client = opened(statement, identity.load_register(), identity.load_certificates(), now)
    found = read_snapshot(content)
    if client.kind is not ActorKind.MEMBER_STATE or client.administration != found.administration:
        raise NotAuthorised(
            f"The snapshot of {found.administration} is signed by {client.id}, who does not speak for it.",
            remedy=f"Have {found.administration} sign it.",
        )
    known = kept(settings.data).get(found.administration)
    if known is not None and found.number <= known.number:
        raise KnownIdChanged(
            f"Snapshot {found.number} of {found.administration} is not newer than {known.number}, which is here.",
            remedy="Number each snapshot higher than the one before.",
        )
    return found


def kept(data: Path) -> dict[str, Snapshot]:
    """The snapshots of a data folder, which were judged when they were taken over."""
    folder = data / FOLDER
    if not folder.is_dir():
        return {}
    found = (read_snapshot(content_of(each.read_bytes())) for each in sorted(folder.glob("*.jws")))
    return {each.administration: each for each in found}


@dataclass(slots=True)
class NodeLandscape:
    """The landscape as a node knows it. volume: messages through its doors by administration and service.

    What is kept once for the Union, and what another node keeps, is not counted by administration here.
    """

    settings: NodeSettings
    services: Iterable[Service]
    volume: Mapping[tuple[str, str], int]
    today_is: Callable[[], dt.date]
    providers: Callable[[str, str], tuple[str, ...]]
    """Who provides an operation for an administration now, and did before; this node is the empty string."""

    def functions(self) -> Sequence[Function]:
        """The business functions of this release."""
        return land.functions(installed_model())

    def columns(self) -> Sequence[land.Column]:
        """The administrations that are live here, then those with a snapshot."""
        known = self.functions()
        live = [self._live(each, known) for each in self._present()]
        return land.joined((*live, *(each.column() for _, each in sorted(kept(self.settings.data).items()))))

    def duplicates(self) -> Sequence[Duplicate]:
        """What stands in the model twice."""
        return land.duplicates(installed_model())

    def today(self) -> dt.date:
        """By the union's clock."""
        return self.today_is()

    def _present(self) -> list[str]:
        """Administrations with a node in this union, and those whose messages this node has taken since it started."""
        taken = {administration for administration, _ in self.volume}
        return sorted((self.settings.administrations | self.settings.elsewhere | taken) - {UNION, ""})

    def _live(self, administration: str, known: Sequence[Function]) -> land.Column:
        """Whose system serves it, as it chose; what is of the Union is central. What nobody serves has no cell."""
        national = {each.name: each for each in self.services if not land.of_the_union(each)}
        holdings: dict[str, Holding] = {}
        for each in known:
            service = national.get(each.name)
            asked = service.operations[0].qualified if service is not None and service.operations else ""
            providers = self.providers(administration, asked) if asked else (UNION,)
            if not providers:
                continue
            here = providers[0] in ("", UNION)
            held = Held.CENTRAL if here else Held.OWN if providers[0] == administration else Held.SHARED
            volume = self.volume.get((administration, each.name), 0) if here and asked else None
            found = land.as_released(each, held, volume)
            holdings[each.name] = replace(found, of=providers[0]) if held is Held.SHARED else found
        return land.Column(administration, holdings, live=True)
