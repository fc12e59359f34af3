"""What consulted authorities said, and what it means for the decision; silence among it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from douane.applications.customs_decisions.messages.words import ConsultationKind, DecisionType, Verdict
from douane.applications.customs_decisions.rules.acts import Against
from douane.applications.customs_decisions.rules.types import Silence, consultation


class Said(Protocol):
    """What is read of an opinion."""

    @property
    def authority(self) -> str: ...
    @property
    def verdict(self) -> Verdict | None: ...
    @property
    def disputed(self) -> tuple[str, ...]: ...
    @property
    def late(self) -> bool: ...


class Asked(Protocol):
    """What is read of a consultation."""

    @property
    def number(self) -> int: ...
    @property
    def kind(self) -> ConsultationKind: ...
    @property
    def opinions(self) -> Sequence[Said]: ...
    @property
    def closed(self) -> bool: ...


def outstanding(opinions: Iterable[Said]) -> tuple[str, ...]:
    """The authorities that said nothing."""
    return tuple(each.authority for each in opinions if each.verdict is None)


def disputed(opinions: Iterable[Said]) -> tuple[str, ...]:
    """What is objected to in time; the whole of an authority where it names nothing."""
    return tuple(dict.fromkeys(_disputed(opinions)))


def _disputed(opinions: Iterable[Said]) -> Iterator[str]:
    for each in opinions:
        if each.verdict is Verdict.OBJECTS and not each.late:
            yield from each.disputed or (each.authority,)


def against_deciding(
    type: DecisionType, asked: Sequence[Asked], *, granted: bool, leaves_out: Sequence[str], several: bool
) -> Against | None:
    """Why an authority cannot decide so: who must be asked was not, or has still to answer, or objects."""
    draft = consultation(type, ConsultationKind.DRAFT)
    if granted and draft is not None and several and not any(each.kind is ConsultationKind.DRAFT for each in asked):
        return Against("The other Member States have not been consulted on a draft.", draft.article)
    for each in asked:
        how = consultation(type, each.kind)
        assert how is not None, type
        silent = ", ".join(outstanding(each.opinions))
        if granted and not each.closed:
            return Against(f"Consultation {each.number} is not over; it waits for {silent or 'an agreement'}.",
                           how.article)  # fmt: skip
        if granted and silent and how.silence is Silence.NOTHING:
            return Against(f"{silent} has not answered, and silence means nothing here: call a person.", how.article)
        if granted and each.kind is ConsultationKind.DRAFT:
            left = [part for part in disputed(each.opinions) if part not in leaves_out]
            if left:
                return Against(f"There is no agreement on {', '.join(left)}: leave it out.", how.article)
    return None
