"""Rules about containers and seals (R)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from douane.applications.transit.rules.places import Declaration, Found, at
from douane.applications.transit.rules.transition import TRANSITION_END
from douane.author import broken, rule
from douane.standards.ncts.phase5 import CC007C, CC013C, CC015C, CC044C, CC170C


class _Seal(Protocol):
    @property
    def sequence_number(self) -> int: ...
    @property
    def identifier(self) -> str: ...


class _Equipment(Protocol):
    @property
    def container_identification_number(self) -> str | None: ...
    @property
    def number_of_seals(self) -> int | None: ...
    @property
    def seal(self) -> Sequence[_Seal]: ...


def _declared(m: Declaration | CC170C) -> Iterator[tuple[str, _Equipment]]:
    for position, equipment in enumerate(m.consignment.transport_equipment, 1):
        yield at(m, f"Consignment/TransportEquipment[{position}]"), equipment


def _of_incidents(m: CC007C) -> Iterator[tuple[str, _Equipment]]:
    for i, incident in enumerate(m.consignment.incident, 1):
        for position, equipment in enumerate(incident.transport_equipment, 1):
            yield at(m, f"Consignment/Incident[{i}]/TransportEquipment[{position}]"), equipment


def _miscounted(equipments: Iterator[tuple[str, _Equipment]]) -> Found:
    for place, equipment in equipments:
        stated = equipment.number_of_seals
        if stated is not None and stated != max((each.sequence_number for each in equipment.seal), default=0):
            yield broken(f"{place}/numberOfSeals", stated)


_COUNT = "State as number of seals the number of the last seal listed for this transport equipment."


@rule("R0106", CC013C, CC015C, after=TRANSITION_END, text=_COUNT)
def r0106(m: Declaration, *_: object) -> Found:
    """The number of seals agrees with the seals listed."""
    return _miscounted(_declared(m))


@rule("R0106", CC170C, text=_COUNT)
def r0106_presentation(m: CC170C, *_: object) -> Found:
    """The presentation of a pre-lodged declaration came without a transition for this rule."""
    return _miscounted(_declared(m))


@rule("R0106", CC007C, text=_COUNT)
def r0106_incidents(m: CC007C, *_: object) -> Found:
    """The number of seals agrees with the seals listed, in every incident."""
    return _miscounted(_of_incidents(m))


def _repeated_seals(equipments: Iterator[tuple[str, Sequence[_Seal]]]) -> Found:
    seen: set[str] = set()
    for place, seals in equipments:
        for position, seal in enumerate(seals, 1):
            if seal.identifier in seen:
                yield broken(f"{place}/Seal[{position}]/identifier", seal.identifier)
            seen.add(seal.identifier)


_ONE_SEAL = "List each seal once only: an identifier stands on one seal."


@rule("R0107", CC013C, CC015C, CC170C, text=_ONE_SEAL)
def r0107(m: Declaration | CC170C, *_: object) -> Found:
    """A seal closes one thing."""
    return _repeated_seals((place, equipment.seal) for place, equipment in _declared(m))


@rule("R0107", CC007C, text=_ONE_SEAL)
def r0107_incidents(m: CC007C, *_: object) -> Found:
    """A seal closes one thing, over all incidents."""
    return _repeated_seals((place, equipment.seal) for place, equipment in _of_incidents(m))


@rule("R0107", CC044C, text=_ONE_SEAL)
def r0107_remarks(m: CC044C, *_: object) -> Found:
    """A seal closes one thing, in unloading remarks too."""
    if m.consignment is None:
        return iter(())
    equipments = enumerate(m.consignment.transport_equipment, 1)
    return _repeated_seals((at(m, f"Consignment/TransportEquipment[{n}]"), each.seal) for n, each in equipments)


def _neither_container_nor_seal(equipments: Iterator[tuple[str, _Equipment]]) -> Found:
    for place, equipment in equipments:
        if equipment.number_of_seals == 0 and not equipment.container_identification_number:
            yield broken(f"{place}/numberOfSeals", 0)


_SOMETHING = "Name the container, or state more than zero seals: equipment is described by one of them."


@rule("R0448", CC013C, CC015C, CC170C, text=_SOMETHING)
def r0448(m: Declaration | CC170C, *_: object) -> Found:
    """Equipment that is neither container nor sealed is not recorded."""
    return _neither_container_nor_seal(_declared(m))


@rule("R0448", CC007C, text=_SOMETHING)
def r0448_incidents(m: CC007C, *_: object) -> Found:
    """Equipment that is neither container nor sealed is not recorded in an incident either."""
    return _neither_container_nor_seal(_of_incidents(m))
