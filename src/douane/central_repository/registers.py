"""Queries of registers whose entries several systems keep: yes, no, or not known, since when and whose.

A query that declares ``not_known`` asks a register. An entry that is here is here; of all others who may keep it is
asked the same question, at once, as long as the question shows nobody his own cases and its keepers answer it to
whoever asks from here. One that none of them has, and of which one of them said nothing, is *not known*: nobody says
"no" for "cannot ask". Of an entry that two of them have, with different things to say, neither is believed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import msgspec
from msgspec.structs import replace

from douane.model.caller import Caller
from douane.model.circles import ActorKind
from douane.model.declare import Operation
from douane.runtime.catalogue.catalogue import UNION, Catalogue
from douane.runtime.core.relaying import HERE
from douane.runtime.door.link import Question
from douane.vocabulary.clocks import machine
from douane.vocabulary.errors import PartnerRefused, PartnerUnreachable
from douane.vocabulary.known import YES, Known, Says, Why, not_known
from douane.vocabulary.time import SECOND

SECONDS: Final = 5.0
"""For so long whoever asks waits for the systems that keep it."""
RESTS: Final = 2 * SECOND
"""For so long (microseconds) a system that gave no answer is not asked again: many who ask wait for it once."""
_encode = msgspec.json.Encoder().encode


class Way(Protocol):
    """Asks another node."""

    async def call(self, operation: str, body: bytes) -> Any:
        """Its answer as JSON. Raises PartnerUnreachable, PartnerRefused."""


@dataclass(slots=True)
class Silence:
    """A keeper that gives no answer: since which instant (microseconds), and when it was asked last."""

    since: int
    asked: int


@dataclass(slots=True)
class Registers:
    """Asks those who keep entries of registers.

    providers: who provides an operation for an administration, then who did so before; an empty name: this node.
    disagree: hears of systems that keep one entry and say different things, once for a query. went_back: hears of one
    that stands behind where it was. stands: how far the log of this node is, as a partition and its leaves.
    """

    catalogue: Catalogue
    providers: Callable[[str, str], tuple[str, ...]]
    now: Callable[[], int] = lambda: 0
    disagree: Callable[[tuple[str, ...]], object] = lambda _whose: None
    went_back: Callable[[str], object] = lambda _who: None
    seconds: float = SECONDS
    stands: Callable[[], str] = lambda: ""
    silent: dict[str, Silence] = field(default_factory=dict)
    set_back: dict[str, int] = field(default_factory=dict)
    """Keepers whose log was longer before, with the instant at which it was seen so last; until this node is started
    anew: what such a keeper lost does not come back by itself."""
    _reached: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    """How long the log of a keeper's partition was, and when that was seen."""
    _contradicted: set[tuple[str, ...]] = field(default_factory=set)
    """Whose disagreements were told, with the query."""

    def keeps(self, question: Question) -> bool:
        """Whether what is here may tell anything of what a question asks: False for a register all of whose entries of
        that administration other systems keep."""
        operation = self.catalogue.operation(question.operation)
        return operation.not_known is None or HERE in self._keepers(operation, question)

    async def onward(self, question: Question, found: Any, ways: Mapping[str, Way]) -> Any:
        """The answer of a register, given what was found here: an answer, or ``Known`` where nothing is kept here.

        Raises PartnerUnreachable where nobody can be asked and the query's contract has no such answer.
        """
        operation = self.catalogue.operation(question.operation)
        others = [each for each in self._keepers(operation, question) if each]
        here = None if isinstance(found, Known) else found
        if not others or (here is not None and not operation.roles and here.known.says is Says.YES):
            return self.told_to(question.caller, found)
        if not _goes_on(operation, question, ways):
            unasked = not_known(" ".join(others), Why.ELSEWHERE)
            return _told(operation, question, unasked) if here is None else replace(here, known=unasked)
        body = _encode(question.request)
        said = await asyncio.gather(
            *(self.asked(each, ways.get(UNION) or ways.get(each), operation, body) for each in others)
        )
        named = [*zip(others, said, strict=True), *([(UNION, here)] if here is not None else [])]
        return self.believed(operation, question, named)

    def _keepers(self, operation: Operation, question: Question) -> tuple[str, ...]:
        return self.providers(question.administration, operation.qualified)

    async def asked(self, keeper: str, way: Way | None, operation: Operation, body: bytes) -> Any:
        """What one keeper says; ``Known`` where it says nothing, with since when it does not."""
        now, silent = self.now(), self.silent.get(keeper)
        if way is None:
            return not_known(keeper, Why.NO_WAY)
        if silent is not None and now - silent.asked < RESTS:
            return not_known(keeper, Why.UNREACHABLE, machine(silent.since))
        try:
            async with asyncio.timeout(self.seconds):
                said = await way.call(operation.qualified, body)
            answer: Any = msgspec.convert(said, operation.replies[0])
        except (TimeoutError, PartnerUnreachable):
            since = silent.since if silent is not None else now
            self.silent[keeper] = Silence(since, self.now())
            return not_known(keeper, Why.UNREACHABLE, machine(since))
        except (PartnerRefused, msgspec.ValidationError):
            return not_known(keeper, Why.REFUSED)
        self.silent.pop(keeper, None)
        return self._judged(keeper, answer) if hasattr(answer, "known") else answer

    def told_to(self, caller: Caller, found: Any) -> Any:
        """An answer of this node, with how far its log is where the centre's system asks."""
        if caller.kind is not ActorKind.COMMISSION or not hasattr(found, "known"):
            return found
        return replace(found, known=replace(found.known, stands=self.stands()))

    def _judged(self, keeper: str, answer: Any) -> Any:
        """What a keeper says, marked where it stands behind where it was: what it has may have changed since, and what
        it has not it may have lost."""
        partition, _, leaves = answer.known.stands.partition(":")
        if leaves:
            before, seen = self._reached.get((keeper, partition), (0, 0))
            if int(leaves) < before and keeper not in self.set_back:
                self.set_back[keeper] = seen
                self.went_back(keeper)
            self._reached[keeper, partition] = max((int(leaves), self.now()), (before, seen))
        what = replace(answer.known, stands="")
        since = self.set_back.get(keeper)
        if since is not None:
            says = Says.NOT_KNOWN if what.says is Says.NO else what.says
            what = replace(what, says=says, whom=keeper, why=Why.SET_BACK, since=machine(since))
        return replace(answer, known=what)

    def believed(self, operation: Operation, question: Question, said: Iterable[tuple[str, Any]]) -> Any:
        """One answer from those of all who may keep an entry."""
        whole = [(who, _told(operation, question, each) if isinstance(each, Known) else each) for who, each in said]
        if not hasattr(whole[0][1], "known"):
            return whole[0][1]  # an answer by a published contract, from who keeps all of it
        has = [(who, each) for who, each in whole if each.known.says is Says.YES]
        if len({_encode(_compared(each)) for _, each in has}) > 1:
            whose = tuple(who for who, _ in has)
            if (operation.qualified, *whose) not in self._contradicted:
                self._contradicted.add((operation.qualified, *whose))
                self.disagree(whose)
            return _told(operation, question, not_known(" ".join(whose), Why.CLAIMED_TWICE))
        silent = [(who, each) for who, each in whole if each.known.says is Says.NOT_KNOWN]
        return (has or silent or whole)[0][1]


def _goes_on(operation: Operation, question: Question, ways: Mapping[str, Way]) -> bool:
    """Whether a question is asked on. The centre's is never: no two nodes ask each other in a circle."""
    if operation.roles:
        return False
    if UNION in ways:
        return question.caller.kind is not ActorKind.COMMISSION and operation.open_to(ActorKind.MEMBER_STATE)
    return operation.open_to(ActorKind.COMMISSION)


def _compared(answer: Any) -> Any:
    """What an answer says of the entry itself: not when it was given, nor how far it is to be believed."""
    said = replace(answer, known=YES)
    return replace(said, as_of=None) if hasattr(said, "as_of") else said


def _told(operation: Operation, question: Question, what: Known) -> Any:
    """The answer of a query that says what is not known. Raises PartnerUnreachable where its contract cannot."""
    assert operation.not_known is not None, operation.qualified
    return operation.not_known(question.request, what)
