"""The live part of a case that another system keeps: asked of its keeper once, for whom UUM&DS states that he asks.

At the centre a party asks for its own case and brings a statement of UUM&DS about it; the centre carries that to the
keeper, and waits no longer than for any other question. At the keeper the statement is the proof, and the centre's
word is none: the party that it names sees what it would see at the keeper's own door. Before anything is shown the
keeper writes down for whom, with the statement; the same statement is written down once, so it shows nothing twice.

What is wrong with a statement is told before any case is looked up, and what is wrong after that as of a case that
there is not: so the answers tell nobody which cases there are.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import msgspec

from douane.central_repository.registers import Registers, Way
from douane.model.caller import Caller, Party, PartyKind, Strength, of_the_core
from douane.model.circles import ActorKind, Platform
from douane.model.needs import LIVE, NOTE_SHOWN, SHOW_FOR
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.core.node import Submit
from douane.runtime.door.link import Question
from douane.runtime.store.envelope import Arrival, Envelope, RowKind
from douane.runtime.store.origin import Content, Media, Origin, digest_of
from douane.vocabulary.askers import AskedCase, AskerStatement
from douane.vocabulary.case_summaries import NO_CASE
from douane.vocabulary.clocks import machine
from douane.vocabulary.errors import KnownIdChanged, NotAuthenticated, NotAuthorised, NotFound, TooMany
from douane.vocabulary.known import YES, Known, Why, not_known
from douane.vocabulary.time import MINUTE

CHANNEL: Final = "one view"
"""How a note comes that a case was shown."""
LIVE_PART: Final = "live"
"""The value of the setting ``one_view`` by which a keeper shows its cases so."""
ASK: Final = "Ask UUM&DS for a statement about this case, and show it once, within a minute."
OFTEN, IN_WHICH = 60, 10 * MINUTE
"""Cases that are shown to one party so, and within which time (microseconds): each is written down, and a party's looks
are charged to the system of the centre, which reads summaries by the same share."""
MOST: Final = 10_000
"""Parties that are counted at a time."""
Verify = Callable[[str, int], AskerStatement]
"""What a statement says, where it holds at an instant (microseconds). Raises NotAuthenticated."""
_encode = msgspec.json.Encoder().encode


def _no_keys(_statement: str, _now: int) -> AskerStatement:
    raise NotAuthenticated("This node knows no key of UUM&DS.", remedy="Ask its operator.")


def _refusal(text: str, remedy: str = ASK) -> NotAuthorised:
    return NotAuthorised(text, remedy=remedy).because(
        "statements on who asks", "a statement of UUM&DS about this case", "UUM&DS, to whoever proves who he is"
    )


def _party_of(said: AskerStatement, shows: Caller) -> Caller:
    """The party of a statement, as its keeper judges what it may see: by its own parties, and by nothing that a
    delegate has at another node. shows: the system that brings it."""
    kind = ActorKind.TRADER
    return Caller(said.sub, kind, kind.circle, Party(PartyKind.TRADER, said.party), person=said.person,
                  strength=Strength.RELAYED, via=shows.administration)  # fmt: skip


def _is_of(said: AskerStatement, caller: Caller) -> bool:
    """Whether a statement speaks of who calls, for the same party."""
    whose = said.sub, said.party, said.by, said.person
    return whose == (caller.id, caller.party.identifier, caller.by, caller.person)


def _is_about(file: Any, case: AskedCase) -> bool:
    """Whether a keeper shows a case of the administration that it is asked about; of another's it has none to show."""
    return bool(file.administration == file.line.administration == case.country)


@dataclass(slots=True)
class LivePart:
    """Both ends of the question. registers: who asks other systems. own: the administrations whose system this is.
    shows: whether it shows its cases so; often: how often to one party. verify: by the keys that UUM&DS publishes.
    ways: to keepers."""

    catalogue: Catalogue
    registers: Registers
    submit: Submit
    now: Callable[[], int]
    random: Callable[[int], bytes]
    own: Collection[str]
    shows: bool = True
    often: int = OFTEN
    verify: Verify = _no_keys
    ways: Mapping[str, Way] = field(default_factory=dict)
    _lately: dict[str, deque[int]] = field(default_factory=dict)
    """When each party was shown a case, or asked for one."""

    def for_whom(self, question: Question) -> Question:
        """A question as it is answered: at a keeper, for the party that the statement names; any other as it is asked.

        Raises NotAuthorised where this system shows nothing so, or the statement does not hold for this case, here.
        """
        if question.operation != self.catalogue.filling(SHOW_FOR):
            return question
        if not self.shows:
            text = "This system tells summaries of its cases, and shows none at another node."
            raise _refusal(text, remedy="Ask at its own doors.")
        said = self._said(question.request)
        if said.aud not in self.own:
            raise _refusal("The statement is for another system.")
        if self._too_often(said.party):
            raise TooMany("This party was shown its cases too often in a few minutes.", remedy="Wait some minutes.")
        return replace(question, caller=_party_of(said, question.caller), roles=frozenset(said.roles))

    async def onward(self, question: Question, found: Any) -> Any:
        """The answer, given what was found here. Raises NotAuthorised, and NotFound for a statement shown before."""
        if question.operation == self.catalogue.filling(SHOW_FOR):
            await self._write_down(question, found)
            return found
        if question.operation == self.catalogue.filling(LIVE) and found.asks is not None and question.request.statement:
            return await self._asked(question, found)
        return found

    async def _asked(self, question: Question, found: Any) -> Any:
        """What the keeper says, asked by a statement that is the caller's own, about this case."""
        statement, case = question.request.statement, found.asks
        said = self._verified(statement)
        if not _is_of(said, question.caller) or said.case != case:
            raise _refusal("The statement is about another case, or of somebody else.")
        if self._too_often(said.party):
            return msgspec.structs.replace(found, known=not_known(case.keeper, Why.REFUSED))
        operation = self.catalogue.filled(SHOW_FOR)
        body = _encode(operation.request(reference=case.reference, country=case.country, statement=statement))
        answer = await self.registers.asked(case.keeper, self.ways.get(case.keeper), operation, body)
        if isinstance(answer, Known):
            return msgspec.structs.replace(found, known=answer)
        if not _is_about(answer.file, case):
            return msgspec.structs.replace(found, known=not_known(case.keeper, Why.REFUSED))
        return msgspec.structs.replace(found, known=YES, shown=answer)

    def _too_often(self, party: str) -> bool:
        """Whether a party asks more often than anybody looks; else that it asks now is counted."""
        now, asked = self.now(), self._lately.pop(party, deque())
        while asked and now - asked[0] > IN_WHICH:
            asked.popleft()
        full = len(asked) >= self.often
        if not full:
            asked.append(now)
        self._lately[party] = asked
        if len(self._lately) > MOST:
            del self._lately[next(iter(self._lately))]
        return full

    def _said(self, request: Any) -> AskerStatement:
        """What the statement of a question says about the case that is asked for."""
        said = self._verified(request.statement)
        if (said.country, said.reference) != (request.country, request.reference):
            raise _refusal("The statement is about another case.")
        return said

    def _verified(self, statement: str) -> AskerStatement:
        try:
            return self.verify(statement, self.now())
        except NotAuthenticated as problem:  # who calls did prove who he is
            raise _refusal(problem.text) from problem

    async def _write_down(self, question: Question, shown: Any) -> None:
        """Write down for whom a case is shown, durably, before it is; a statement that was, shows nothing again."""
        said, now = self._said(question.request), self.now()
        to = {"at": machine(now), "account": said.sub, "party": said.party, "by": said.by,
              "person": said.person, "roles": said.roles}  # fmt: skip
        operation = self.catalogue.filled(NOTE_SHOWN)
        content = {"country": said.country, "case": shown.file.line.case, "to": to,
                   "statement": question.request.statement, "asked": self.random(8).hex()}  # fmt: skip
        message: Any = msgspec.convert(content, operation.request)
        body = _encode(message)
        origin = Origin(of_the_core(said.country), said.jti, now, Platform.OPERATIONS.value, CHANNEL)
        envelope = Envelope(
            RowKind.MESSAGE, operation.qualified, said.country, origin, Content(Media.JSON, body, digest_of(body))
        )
        try:
            await self.submit(Arrival(envelope, message))
        except KnownIdChanged as problem:
            raise NotFound(NO_CASE, remedy="Check the reference.") from problem
