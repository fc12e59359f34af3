"""A national trader interface against the common external domain: what an office answers to a transit declaration.

What is expected comes from the model: the answers that the operation declares, the schemas of the family, the rules
that a broken message breaks. One good declaration serves several cases; it is sent once.
"""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from msgspec.structs import replace

from douane.conformance import stalls
from douane.conformance.cases import Case, Judged, Trial, remark, right, undecided, wrong
from douane.conformance.declarations import EDITS, SLIPS, Declarations, Edit, slipped
from douane.conformance.doors import Arrived, Reply, TraderDoor
from douane.conformance.wire import Target, Told, post
from douane.standards.ncts import phase5 as p5
from douane.vocabulary.errors import DouaneError, Fault
from douane.vocabulary.identifiers import Mrn

PAUSE: Final = 0.3
"""Seconds between two looks into the inbox."""
REJECTED: Final = "CC056C"
ACCEPTED: Final = ("CC028C", "CC029C", "CC060C")
DOMAIN: Final = "NCTS phase 5, external domain"
BRIEF: Final = 160


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it was read: ``message`` is None where its schema refuses it, and ``fault`` says why."""

    type: str
    message: Any = None
    fault: str = ""


@dataclass(slots=True, eq=False)
class National:
    """The cases of one trader door.

    rules: what the model finds wrong with a message. replies: the types that the model lets answer a declaration.
    patience: how long an answer may take; quiet: how long it is watched for one that should not come, in seconds.
    target: where bare HTTP goes, for a door that takes messages so; None for others.
    """

    door: TraderDoor
    declarations: Declarations
    rules: Callable[[p5.CC015C], Sequence[Fault]]
    replies: Sequence[str]
    patience: float = 60.0
    quiet: float = 3.0
    target: Target | None = None
    _inbox: list[Answer] = field(default_factory=list)
    _good: tuple[p5.CC015C, Reply] | None = None

    def trials(self) -> list[Trial]:
        """Every case, in the order in which they are told."""
        rules = [Trial(_rule(*edit[:2]), functools.partial(self.broken, edit[2])) for edit in EDITS]
        waiting = STALLS if self.target is not None else ()
        return [
            *(Trial(case, functools.partial(work, self)) for case, work in CASES), *rules,
            *(Trial(case, functools.partial(work, self), aside=True) for case, work in waiting),
        ]  # fmt: skip

    # --- sending and collecting

    async def _lodged(self) -> tuple[p5.CC015C, Reply]:
        """The good declaration, sent once for all cases that need it."""
        if self._good is None:
            message = self.declarations.fresh()
            self._good = message, await self.door.send(p5.write(message))
        return self._good

    async def _answers(self, message: p5.CC015C | p5.CC014C, *until: str) -> list[Answer]:
        """What came in answer to a message, until one of these types is among it or patience ends."""
        loop = asyncio.get_running_loop()
        end = loop.time() + self.patience
        while True:
            self._inbox += [_read(each) for each in await self.door.collect(self.declarations.answered_by)]
            found = [each for each in self._inbox if _concerns(each, message)]
            if any(each.type in until for each in found) or loop.time() > end:
                return found
            await asyncio.sleep(PAUSE)

    async def _released(self) -> tuple[p5.CC015C, list[Answer]]:
        message, _ = await self._lodged()
        return message, await self._answers(message, "CC029C", "CC051C", "CC055C", REJECTED)

    # --- a good declaration

    async def taken(self) -> Judged:
        """The door takes it."""
        message, reply = await self._lodged()
        own = self.rules(message)
        if own:
            return undecided(f"the sample breaks {', '.join(sorted({f.rule for f in own}))}",
                             "Give a sample that breaks no rule on this day.")  # fmt: skip
        if not reply.taken:
            return wrong(reply.told[:BRIEF], "Take a declaration that is valid; or give a sample that you accept.")
        return right("taken")

    async def release(self) -> Judged:
        """Acknowledged, accepted under an MRN, released."""
        _, answers = await self._released()
        types = [each.type for each in answers]
        shown = " ".join(types) or "nothing came"
        if types[:2] == ["CC928C", "CC028C"] and types[2:] in (["CC029C"], ["CC060C"], ["CC060C", "CC029C"]):
            return right(shown)
        if REJECTED in types or "CC055C" in types:
            reason = next((_reasons(each) for each in answers if each.type == REJECTED), "")
            return wrong(f"{shown} {reason}".strip(), "Give a sample that your system accepts, or mend the rules.")
        return wrong(shown, "Answer CC928C, then CC028C with the MRN, then CC029C, or CC060C where it is controlled.")

    async def valid(self) -> Judged:
        """Every answer is valid by its schema."""
        _, answers = await self._released()
        if not answers:
            return undecided("nothing came", "See nat.release.")
        faulty = [f"{each.type}: {each.fault}" for each in answers if each.fault]
        if faulty:
            return wrong("; ".join(faulty)[:400], "Mend the answer at the pointer that is named.")
        return right(f"{len(answers)} answers are valid")

    async def declared(self) -> Judged:
        """Every answer is one that the model declares for a declaration."""
        _, answers = await self._released()
        strange = sorted({each.type for each in answers} - set(self.replies))
        if strange:
            return wrong(f"{', '.join(strange)} came", f"Answer a CC015C by {', '.join(self.replies)} only.")
        return right(", ".join(each.type for each in answers) or "nothing came")

    async def correlated(self) -> Judged:
        """Every answer names the message, the declarant and the local reference number."""
        message, answers = await self._released()
        wrongs: list[str] = []
        for each in answers:
            found = each.message
            if found is None:
                continue
            if found.correlation_identifier != message.message_identification:
                wrongs.append(f"{each.type}/correlationIdentifier is {found.correlation_identifier}")
            if found.message_recipient != message.message_sender:
                wrongs.append(f"{each.type}/messageRecipient is {found.message_recipient}")
            lrn = getattr(found.transit_operation, "lrn", None)
            if lrn is not None and lrn != message.transit_operation.lrn:
                wrongs.append(f"{each.type}/TransitOperation/LRN is {lrn}")
        if wrongs:
            return wrong("; ".join(wrongs)[:400], "Name identification, sender and LRN of the message answered.")
        return right("all name the message") if answers else undecided("nothing came", "See nat.release.")

    async def mrn(self) -> Judged:
        """One MRN with a right check digit."""
        _, answers = await self._released()
        found = {m for each in answers if (m := _mrn(each))}
        if not found:
            return undecided("no MRN came", "See nat.release.")
        if len(found) > 1:
            return wrong(f"{len(found)} MRNs: {', '.join(sorted(found))}", "Give a movement one MRN.")
        (mrn,) = found
        if not Mrn(mrn).has_right_check_digit:
            return wrong(f"{mrn} has a wrong check digit", "Compute the last digit from the other 17 characters.")
        return right(mrn)

    # --- repetition

    async def duplicate(self) -> Judged:
        """The same octets again: the first receipt, and nothing happens twice."""
        message, first = await self._lodged()
        _, before = await self._released()
        again = await self.door.send(p5.write(message))
        if not again.taken:
            return wrong(again.told[:BRIEF], "Answer a known message with its first receipt.")
        await asyncio.sleep(self.quiet)
        after = await self._answers(message, *ACCEPTED, REJECTED)
        if len(after) != len(before):
            return wrong(f"{len(after) - len(before)} more answers", "Act on a message once, however often it comes.")
        if again.receipt != first.receipt:
            return remark(f"another receipt: {again.receipt[:60]}", "Keep the receipt, and give the same one again.")
        return right("the first receipt, no second effect")

    async def changed(self) -> Judged:
        """Another content under a known identification."""
        message, _ = await self._lodged()
        flipped = not message.transit_operation.binding_itinerary
        other = replace(message, transit_operation=replace(message.transit_operation, binding_itinerary=flipped))
        reply = await self.door.send(p5.write(other))
        if reply.taken:
            return wrong("taken", "Refuse another content under a known messageIdentification.")
        return right(reply.told[:BRIEF])

    async def same_lrn(self) -> Judged:
        """A new declaration under a local reference number that is in use."""
        first, _ = await self._lodged()
        lrn = first.transit_operation.lrn
        fresh = self.declarations.fresh()
        return await self._rejected(replace(fresh, transit_operation=replace(fresh.transit_operation, lrn=lrn)), ())

    # --- what is wrong

    async def malformed(self) -> Judged:
        """What is no XML at all."""
        reply = await self.door.send(b"<ncts:CC015C")
        if reply.taken:
            return wrong("taken", "Refuse what is not well-formed.")
        return right(reply.told[:BRIEF])

    async def syntax(self) -> Judged:
        """Three slips of form; each is named with its place, at once or in a CC917C."""
        message = self.declarations.fresh()
        reply = await self.door.send(slipped(message))
        told = reply.told
        if reply.taken:
            answers = await self._answers(message, "CC917C", REJECTED, *ACCEPTED)
            errors = [each for each in answers if each.type == "CC917C"]
            if not errors:
                types = " ".join(each.type for each in answers) or "nothing"
                return wrong(
                    f"taken; then {types}", "Check messages by their schema; answer by the faults or a CC917C."
                )
            told = " ".join(_places(each.message.xml_error) for each in errors if each.message is not None)
        named = [name for _, _, name in SLIPS if name in told]
        if len(named) == len(SLIPS):
            return right(f"all named: {', '.join(named)}")
        if named:
            return remark(f"named: {', '.join(named)}; sent: {', '.join(name for _, _, name in SLIPS)}",
                          "Name every fault at once, so that a trader mends a message once.")  # fmt: skip
        return wrong(told[:BRIEF], "Name the place of each fault.")

    async def code(self) -> Judged:
        """A mode of transport that is in no code list (CL018)."""
        fresh = self.declarations.fresh()
        consignment = replace(fresh.consignment, inland_mode_of_transport="6")
        pointer = "/CC015C/Consignment/inlandModeOfTransport"
        return await self._rejected(
            replace(fresh, consignment=consignment), (Fault(pointer, "12", "Use a code of the list.", value="6"),)
        )

    async def access(self) -> Judged:
        """A guarantee with a wrong access code: CC055C, or CC056C."""
        fresh = self.declarations.fresh()
        guarantees = tuple(
            replace(g, guarantee_reference=tuple(replace(r, access_code="ZZZZ") for r in g.guarantee_reference))
            for g in fresh.guarantee
        )
        if not any(g.guarantee_reference for g in guarantees):
            return undecided("the sample has no guarantee reference", "Give a sample with one.")
        message = replace(fresh, guarantee=guarantees)
        reply = await self.door.send(p5.write(message))
        if not reply.taken:
            return wrong(reply.told[:BRIEF], "Take a message that is valid in form; then answer by CC055C.")
        answers = await self._answers(message, "CC055C", REJECTED, "CC029C")
        types = [each.type for each in answers]
        if "CC055C" in types or REJECTED in types:
            return right(" ".join(types))
        return wrong(" ".join(types) or "nothing came", "Check the access code before a guarantee is used.")

    async def late(self) -> Judged:
        """A request to invalidate what is released already (UCC art. 174): the holder may not do so alone."""
        message, answers = await self._released()
        mrn = next((m for each in answers if (m := _mrn(each))), "")
        if "CC029C" not in {each.type for each in answers} or not mrn:
            return undecided("nothing was released", "See nat.release.")
        request = self.declarations.invalidation(message, mrn)
        reply = await self.door.send(p5.write(request))
        if not reply.taken:
            return wrong(reply.told[:BRIEF], "Take a CC014C that is valid, and answer by CC056C or CC009C.")
        found = await self._answers(request, REJECTED, "CC009C")
        if not found:
            return wrong("nothing came", "Answer by CC056C, or by CC009C with a decision.")
        last = found[-1]
        if last.type == REJECTED or (last.message is not None and last.message.invalidation.decision is False):
            return right(last.type)
        return wrong(f"{last.type}: invalidated", "After release only customs invalidates.")

    async def broken(self, edit: Edit) -> Judged:
        """A message in good form that breaks rules; the model says which."""
        message = edit(self.declarations.fresh())
        expected = tuple(self.rules(message))
        if not expected:
            return undecided("the sample cannot be broken in this way", "Give a sample with more data.")
        return await self._rejected(message, expected)

    # --- what takes time

    async def drips(self) -> Judged:
        """One request drips; another one beside it has to be taken."""
        return await stalls.beside(self._bare(p5.write(self.declarations.fresh()), drip=True), self._another)

    async def half_open(self) -> Judged:
        """A request that stops in the middle, then the same one whole."""
        body = p5.write(self.declarations.fresh())
        told = await self._bare(body, stop=len(body) // 2)
        return await stalls.stopped(told, functools.partial(self._takes, body))

    async def _another(self) -> Judged:
        return await self._takes(p5.write(self.declarations.fresh()))

    async def _takes(self, body: bytes) -> Judged:
        reply = await self.door.send(body)
        return right("taken") if reply.taken else wrong(reply.told[:BRIEF], "Take a declaration that is valid.")

    async def _bare(self, body: bytes, *, stop: int | None = None, drip: bool = False) -> Told:
        assert self.target is not None
        return await post(self.target, {"content-type": "application/xml"}, body, stop=stop, drip=drip)

    async def _rejected(self, message: p5.CC015C, expected: Sequence[Fault]) -> Judged:
        """Whether a message is refused by a CC056C that is valid, correlated and names what is expected."""
        wanted = ", ".join(sorted({f.rule or f.pointer for f in expected}))
        reply = await self.door.send(p5.write(message))
        if not reply.taken:
            return remark(reply.told[:BRIEF], "Take what is valid by its schema, and refuse it by a CC056C.")
        answers = await self._answers(message, REJECTED, *ACCEPTED)
        types = " ".join(each.type for each in answers) or "nothing came"
        found = next((each for each in answers if each.type == REJECTED), None)
        if found is None:
            return wrong(types, f"Refuse by a CC056C{f' that names {wanted}' if wanted else ''}.")
        if found.message is None:
            return wrong(f"CC056C: {found.fault}", "Mend the answer at the pointer that is named.")
        errors = found.message.functional_error
        if any(not each.error_pointer.startswith("/") for each in errors):
            return wrong(f"CC056C {_reasons(found)}", "Write an XPath into every errorPointer.")
        named = {(each.error_reason if f.rule else "", each.error_pointer) for f in expected for each in errors}
        missing = [f for f in expected if (f.rule, f.pointer) not in named]
        if not missing:
            return right(f"CC056C {_reasons(found)}".strip())
        rules = {reason for reason, _ in named}
        if all(f.rule in rules for f in missing if f.rule) and all(f.rule for f in missing):
            return remark(f"CC056C {_reasons(found)}", f"Point at {', '.join(f.pointer for f in missing)[:300]}.")
        if len(missing) < len(expected):
            return remark(f"CC056C {_reasons(found)}", f"Name every rule that is broken: {wanted}.")
        return wrong(f"CC056C {_reasons(found)}".strip(), f"Apply and name {wanted} at {missing[0].pointer}.")


def _read(arrived: Arrived) -> Answer:
    try:
        return Answer(arrived.type, p5.read(arrived.body))
    except DouaneError as problem:
        first = f" {problem.faults[0].pointer}: {problem.faults[0].remedy}" if problem.faults else ""
        # what cannot be read is still counted to the message whose identification or reference stands in it
        return Answer(arrived.type, None, f"{problem.text}{first} {arrived.body[:2000].decode('utf-8', 'replace')}")


def _concerns(answer: Answer, message: p5.CC015C | p5.CC014C) -> bool:
    """Whether an answer is about a message: it names it, or its local reference number."""
    lrn = getattr(message.transit_operation, "lrn", None)
    found = answer.message
    if found is None:
        return message.message_identification in answer.fault or bool(lrn and lrn in answer.fault)
    if found.correlation_identifier == message.message_identification:
        return True
    operation = getattr(found, "transit_operation", None)
    return bool(lrn) and getattr(operation, "lrn", None) == lrn and not isinstance(found, p5.CC056C)


def _mrn(answer: Answer) -> str:
    return str(getattr(getattr(answer.message, "transit_operation", None), "mrn", "") or "")


def _reasons(answer: Answer) -> str:
    errors = answer.message.functional_error if answer.message is not None else ()
    return "; ".join(f"{each.error_reason} at {each.error_pointer}" for each in errors)[:400]


def _places(errors: Sequence[Any]) -> str:
    return " ".join(f"{each.error_pointer or ''} {each.error_text}" for each in errors)


def _rule(name: str, title: str) -> Case:
    return Case(
        f"rule.{name}", title, "a CC056C that names the rules and places that the model finds", "the rules of the model"
    )


CASES: Final = (
    (Case("nat.taken", "a valid CC015C", "the door takes it", DOMAIN), National.taken),
    (Case("nat.release", "the answers to it", "CC928C, CC028C, then CC029C or CC060C", DOMAIN), National.release),
    (Case("nat.valid", "the answers, by their schemas", "all are valid", DOMAIN), National.valid),
    (Case("nat.declared", "the types of the answers", "those that the model declares", "the model"), National.declared),
    (Case("nat.correlated", "what the answers name", "identification, declarant and LRN", DOMAIN), National.correlated),
    (Case("nat.mrn", "the MRN", "one, with a right check digit", DOMAIN), National.mrn),
    (
        Case("nat.duplicate", "the same message again", "the first receipt, no second effect", DOMAIN),
        National.duplicate,
    ),
    (Case("nat.changed", "another content under its identification", "refused", DOMAIN), National.changed),
    (Case("nat.same-lrn", "a new declaration under a known LRN", "a CC056C", DOMAIN), National.same_lrn),
    (Case("nat.malformed", "what is no XML", "refused", DOMAIN), National.malformed),
    (Case("nat.syntax", "three slips of form", "all named, at once or in a CC917C", DOMAIN), National.syntax),
    (
        Case("nat.code", "a mode of transport in no code list", "a CC056C with code 12 and its place", DOMAIN),
        National.code,
    ),
    (Case("nat.access", "a wrong access code", "a CC055C, or a CC056C", DOMAIN), National.access),
    (Case("nat.late", "CC014C after release", "a CC056C, or a CC009C that denies it", "UCC art. 174"), National.late),
)
STALLS: Final = (
    (Case("nat.slow-body", "a body that drips", "others are served meanwhile", "the agreement"), National.drips),
    (Case("nat.half-open", "a request that stops half way", "closed in time; whole, it is taken", "the agreement"),
     National.half_open),
)  # fmt: skip
"""By REST only: AS4 has its own in the cases of a partner."""


def cases() -> list[Case]:
    """All cases, in the order in which they are told."""
    rules = (_rule(name, title) for name, title, _ in EDITS)
    return [*(case for case, _ in CASES), *rules, *(case for case, _ in STALLS)]
