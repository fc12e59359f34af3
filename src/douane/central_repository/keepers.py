"""Look-ups of data sets that administrations keep: who keeps an entry is asked, and his answer is the answer.

Whoever looks something up is answered as if all of it lay here. What is here is found here, also where its
administration has chosen another provider since: a case stays with whom it began. What is not here is asked of every
system that keeps, or kept, entries of its administration; where one of them cannot be asked and no other knows the
entry, whoever asks is told so. Nothing says *not found* that does not keep it.

Rights are judged twice: here, before anybody else is asked, and by the keeper, who hears of which kind whoever asks is
and opens to it what his own release declares.

A query of a register goes the same ways (``central_repository.registers``).

Any other question is answered from what is here, or whoever asks is told who keeps such cases; nobody is asked in his
name.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from douane.central_repository.data_sets import data_sets
from douane.central_repository.registers import SECONDS, Registers, Way
from douane.model.declare import Operation, Service
from douane.model.needs import LOOK_UP, LOOK_UP_FOR
from douane.runtime.catalogue.catalogue import UNION, Catalogue
from douane.runtime.door.link import Question
from douane.runtime.store.records import RecordKind
from douane.vocabulary.errors import KeptElsewhere, NotFound, NotServed
from douane.vocabulary.known import Says, Why, not_known

_encode = msgspec.json.Encoder().encode


@dataclass(slots=True)
class Keepers:
    """Whoever keeps what is looked up.

    providers: who provides an operation for an administration, then who did so before; an empty name: this node. ways:
    to keepers, by administration; at a national node only ``UNION``, which asks further.
    """

    catalogue: Catalogue
    providers: Callable[[str, str], tuple[str, ...]]
    ways: Mapping[str, Way] = field(default_factory=dict)
    stands: Callable[[], str] = lambda: ""
    seconds: float = SECONDS
    now: Callable[[], int] = lambda: 0
    registers: Registers = field(init=False)
    _look_ups: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.registers = Registers(self.catalogue, self.providers, self.now, seconds=self.seconds, stands=self.stands)
        self._look_ups = frozenset(map(self.catalogue.filling, (LOOK_UP, LOOK_UP_FOR)))

    def answered(self, question: Question, answer: Callable[[Any, Any], Any], view: Any) -> Any:
        """The answer from what is here. Raises KeptElsewhere in place of NotFound where other systems keep, or kept,
        such cases of the administration that is asked about: who does not keep them does not know that there is none.

        By whom is told from choices alone, not from whether there is such a case: a stranger learns of none. Data sets
        are another matter: ``onward`` asks for them. Of a register that others keep nothing is known here.
        """
        if question.operation not in self._look_ups and not self.registers.keeps(question):
            return not_known(question.administration, Why.ELSEWHERE)
        try:
            return answer(view, question.request)
        except NotFound:
            whose = question.administration
            others = [each for each in self.providers(whose, question.operation) if each]
            data_sets_of = self.catalogue.filling(LOOK_UP).partition(".")[0]
            if not others or question.operation.partition(".")[0] == data_sets_of:
                raise
            names = " or ".join("the centre" if each == UNION else f"the system of {each}" for each in others)
        raise KeptElsewhere(
            f"This is not kept here. What {question.operation} tells of {whose} is, or may be, kept by {names}.",
            remedy=f"Ask {names} at its own doors.",
        )

    async def onward(self, question: Question, found: Any) -> Any:
        """The answer to a question, given what was found here. Raises NotServed, and PartnerUnreachable where nobody
        can be asked and the contract of the question cannot say so."""
        if question.operation not in self._look_ups:
            register = self.catalogue.operation(question.operation).not_known is not None
            return await self.registers.onward(question, found, self.ways) if register else found
        if question.operation == self.catalogue.filling(LOOK_UP_FOR):
            return self.registers.told_to(question.caller, found)
        if found.known.says is Says.YES:
            return found
        asked = question.request
        kind = data_sets()[asked.data_set]
        whose = kind.final.whose(asked.key) if kind.final is not None and kind.final.whose is not None else ""
        if not whose:
            return found
        keepers = tuple(self._keepers(kind, whose))
        if not keepers:
            raise NotServed(f"{whose[:2]} has chosen nobody to keep {asked.data_set} in the Union.",
                            remedy="Look at the key, or ask that administration.")  # fmt: skip
        others = [each for each in keepers if each]
        if not others:
            return found
        said = await asyncio.gather(*(self.registers.asked(each, *self._way(each, question)) for each in others))
        return self.registers.believed(self.catalogue.filled(LOOK_UP), question, zip(others, said, strict=True))

    def _keepers(self, kind: RecordKind, administration: str) -> Iterator[str]:
        """Whose systems keep, or kept, entries of an administration: the service in which they are made says it."""
        room = kind.type.__module__.rpartition(".")[0]
        services = (each for each in self.catalogue.services.values() if _declared_in(each, room))
        names = [o.qualified for each in services for o in each.operations]
        yield from dict.fromkeys(who for name in names for who in self.providers(administration, name))

    def _way(self, keeper: str, question: Question) -> tuple[Way | None, Operation, bytes]:
        """How a keeper is asked: by the centre for whoever asks, by a national node at the centre, as everybody is."""
        asked, caller = question.request, question.caller
        if UNION in self.ways:
            return self.ways[UNION], self.catalogue.filled(LOOK_UP), _encode(asked)
        operation = self.catalogue.filled(LOOK_UP_FOR)
        message = operation.request(
            data_set=asked.data_set, view=asked.view, key=asked.key, asker=caller.kind.value,
            administration=caller.administration or UNION,
        )  # fmt: skip
        return self.ways.get(keeper), operation, _encode(message)


def _declared_in(service: Service, room: str) -> bool:
    return service.declared_in.rpartition(".")[0] == room
