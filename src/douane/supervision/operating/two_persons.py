"""Acts that two persons answer for: one proposes, another one agrees with what was drawn for both.

Invariants. (1) What is agreed with is a digest: of the act, of what it does sentence by sentence, of who proposed it
and when. (2) A new proposal about the same thing voids the one before it, and nobody agrees with what he did not see.
(3) Both are persons who signed in. A command proposes in the name of an account, which confirms it; until then nobody
agrees. (4) The effect is in the commit that says who agreed. (5) The first operator, who comes by a voucher of the
host, comes in alone: nobody is there. The second one proposes himself by one, and the first one agrees.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import msgspec
from msgspec.structs import replace

from douane.identity.operators import Doer, Operators
from douane.runtime.core.commands import Act, Discarding, DropSent, Holds, Propose
from douane.runtime.core.node import Node
from douane.runtime.store.decided import Proposal, approvals, proposals
from douane.runtime.store.ports import Reader
from douane.supervision.operating.outcome import Asked, Outcome
from douane.vocabulary.errors import BadRequest, NotAuthorised, NotFound
from douane.vocabulary.four_eyes import digest_of_proposal
from douane.vocabulary.time import Instant

PROPOSED: Final = "proposed"
Effect = Discarding | DropSent | Holds | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """What an act would do. about: the thing; of all that is proposed about it the last counts. position: any of the
    partition that keeps it. effect: what is done in the commit in which two agree."""

    about: str
    sentences: tuple[str, ...]
    position: int
    effect: Callable[[Proposal], Effect] = lambda _proposal: None


class TwoPersons:
    """Keeps what is proposed in a node, and has it agreed on."""

    def __init__(self, node: Node, reader: Reader) -> None:
        self._node, self._reader = node, reader

    def waiting(self) -> list[Proposal]:
        """What waits for a person, oldest first."""
        found = proposals(self._reader, self._partitions()).values()
        return sorted((each for each in found if not each.over), key=lambda each: each.at)

    def last(self, about: str) -> Proposal | None:
        """What was last proposed about a thing, also where it is over; None for nothing."""
        return proposals(self._reader, self._partitions()).get(about)

    def last_on(self, asked: Asked) -> Proposal | None:
        """What was last proposed of an act on this very thing; None where another one took its place."""
        found = proposals(self._reader, self._partitions()).values()
        return next((each for each in found if (each.act, each.on) == (asked.act, asked.on)), None)

    def begun(self) -> bool:
        """Whether the node ever began to serve: before that one person sets it up, as there is nobody to agree."""
        return bool(approvals(self._reader, self._partitions()))

    def done(self, act: Act) -> bool:
        """Whether this was asked for before, and kept."""
        wanted = [act.key(each) for each in self._partitions()]
        return any(raw is not None for raw in self._reader.read(wanted))

    async def propose(self, asked: Asked, act: Act, doer: Doer, drawn: Drawn) -> Outcome:
        """Keep what somebody wants, in the place of what was proposed about the same. Raises NotAuthorised."""
        by = proposer(doer)
        wanted = self._proposal(asked, doer, drawn, by)
        await self._keep(Propose(drawn.position, drawn.about, _with(act, wanted), wanted))
        return told(wanted)

    async def first(self, asked: Asked, act: Act, doer: Doer, drawn: Drawn) -> None:
        """Have the first operator come in by a voucher: there is nobody who could agree."""
        wanted = replace(self._proposal(asked, doer, drawn, doer.account), over=True)
        await self._keep(Propose(drawn.position, drawn.about, _with(act, wanted), wanted, drawn.effect(wanted)))

    def _proposal(self, asked: Asked, doer: Doer, drawn: Drawn, by: str) -> Proposal:
        last, now = self.last(drawn.about), self._node.owners[0].ports.clock.now()
        return proposal(asked, doer, drawn.sentences, by, now if last is None else max(now, last.at + 1))

    async def agree(self, asked: Asked, act: Act, doer: Doer, drawn: Drawn) -> Proposal:
        """Confirm what a command proposed in one's name, or agree with what another one wants: it is over then.

        Raises NotFound where nothing waits, BadRequest for what is not what was seen, NotAuthorised for who may not.
        """
        last = self.last(drawn.about)
        agreed = agreed_by(last, asked, doer, drawn.sentences)
        effect = drawn.effect(agreed) if agreed.over else None
        await self._keep(Propose(drawn.position, drawn.about, _with(act, agreed), agreed, effect))
        return agreed

    async def _keep(self, command: Propose) -> None:
        await self._node.command(command)
        if not self.done(command.act):
            raise BadRequest(
                "Somebody else proposed something about it in the same moment.", remedy="Read what is proposed now."
            )

    def _partitions(self) -> list[int]:
        return [owner.partition for owner in self._node.owners]


def proposer(doer: Doer) -> str:
    """The account in whose name somebody proposes. Raises NotAuthorised for a user of the machine, who is nobody."""
    by = doer.account or doer.named
    if not by:
        raise NotAuthorised(
            "Two persons answer for this, and a user of this machine is nobody in particular.",
            remedy="Say in whose name: --as ACCOUNT. He confirms it in the console, and another one agrees.",
        )
    return by


def proposal(asked: Asked, doer: Doer, sentences: tuple[str, ...], by: str, at: int) -> Proposal:
    """What somebody proposes, with the digest of it. at: when, later than what was proposed about the same."""
    said = (asked.on, asked.reason, sentences)
    digest = digest_of_proposal(asked.act, said, by=by, at=Instant(at))
    confirmed = bool(doer.account) and not doer.alone
    return Proposal(at, asked.act, asked.on, asked.reason, by, sentences, digest, confirmed, doer.user)


def agreed_by(last: Proposal | None, asked: Asked, doer: Doer, sentences: tuple[str, ...]) -> Proposal:
    """What was proposed last, as it is once somebody confirmed it, or agreed; it is over then. sentences: what it would
    do now.

    Raises NotFound where nothing waits, BadRequest for what is not what was seen, NotAuthorised for who may not.
    """
    if last is None or last.over:
        raise NotFound("Nobody proposes this.", remedy="Propose it; what a former release kept is proposed anew.")
    if (asked.on, asked.seen) != (last.on, last.digest):
        raise BadRequest(
            "Another proposal stands there since you looked.", remedy="Read what is proposed now, and decide."
        )
    if sentences != last.drawn:
        raise BadRequest("What it would do has changed since it was proposed.", remedy="Propose it anew.")
    if not doer.is_person:
        raise _nobody(doer)
    if last.confirmed and not doer.may_agree_with(last.by):
        raise NotAuthorised(
            "You proposed it yourself: another person has to agree.", remedy="Let another operator read it."
        )
    if not last.confirmed and doer.account != last.by:
        raise NotAuthorised(
            f"A command proposed it in the name of {last.by}, who has not confirmed it.",
            remedy=f"Let {last.by} confirm it in the console first.",
        )
    agreed = replace(last, at=last.at + 1, confirmed=True)
    if last.confirmed:
        return replace(agreed, over=True, second=doer.account)
    return agreed


def must_name_a_person(operators: Operators, doer: Doer) -> None:
    """Raise where operators are kept and a command names none of them: each act is somebody's."""
    if doer.account or doer.alone:
        return  # who signed in, or broke the glass
    known = operators.accounts
    if known and doer.named not in known:
        named = f"{doer.named[:64]!r} is no operator." if doer.named else ""
        raise NotAuthorised(
            named or f"Nobody knows which person {doer.user or 'this'} is.",
            remedy="Say whose act it is: --as ACCOUNT, as douane operator list names it.",
        )


def told(proposal: Proposal) -> Outcome:
    """What whoever proposed is told."""
    waits = "another operator has to agree" if proposal.confirmed else f"{proposal.by} has to confirm it, signed in"
    return Outcome(PROPOSED, waits, digest=proposal.digest, drawn=proposal.drawn)


def _with(act: Act, proposal: Proposal) -> Act:
    """The act as its leaf tells it: with what it does, sentence by sentence, and the digest of that."""
    said = msgspec.json.decode(act.text) | {"drawn": proposal.drawn, "digest": proposal.digest}
    return dataclasses.replace(act, text=msgspec.json.encode(said).decode())


def _nobody(doer: Doer) -> NotAuthorised:
    if doer.alone:
        return NotAuthorised(
            "Whoever broke the glass acts alone, and agrees to nothing.", remedy="Let another operator agree."
        )
    return NotAuthorised(
        "Another person has to agree, and a user of this machine is nobody in particular.",
        remedy="Agree in the console, signed in as an operator.",
    )
