"""One history whatever the door: each sample by every way gets the same answer, leaf in the audit log and timeline.

What may differ is what names the way: the channel, ids that a channel gives, times. Of the ways whose senders do not
wait for an answer a refusal is told by a message too.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from douane.applications.guarantees.messages import GuaranteeRegistration
from douane.channels.rest.client import Partner
from douane.cli.node.timeline import case_facts
from douane.configuration.ports import SystemClock
from douane.runtime.store import keys
from douane.runtime.store.envelope import JOURNAL, REFUSAL, RowKind
from douane.runtime.store.ports import Log
from douane.shared_services.auditing.cases import Cases
from douane.shared_services.auditing.happenings import known_as
from douane.shared_services.auditing.port import journal_facts, refusal_facts
from douane.simulator.access.port import Access, Delivered
from douane.simulator.messages.declarations import HOLDER, Cover, declaration
from douane.simulator.messages.numbers import Numbers
from douane.standards.ncts import phase5 as p5
from tests.journeys.standing import identity_in
from tests.journeys.ways import OFFICER, SYSTEM, SYSTEM_PARTY, TRADER, WAYS, Place, Way, opened, using

PATIENCE = 60
BEGAN = SystemClock().now()
ERRORS = frozenset({"CC917C", "CC906C", "CC056C", "CC057C", "CD917C", "CD906C"})


@dataclass(frozen=True)
class Sample:
    """A message, and the types of the business messages that answer it. ``code``: of the refusal, empty if accepted."""

    body: bytes
    code: str = ""
    answers: tuple[str, ...] = ()
    told: str = ""
    """The error message by which a refusal is told where its sender does not wait."""


def trader_samples(numbers: Numbers, cover: Cover) -> dict[str, Sample]:
    """What the trader sends, in this order."""
    good = declaration(numbers, cover)
    text = p5.write(good)

    def fresh(message: p5.CC015C) -> p5.CC015C:
        operation = replace(message.transit_operation, lrn=numbers.lrn())
        return replace(message, message_identification=numbers.message(), transit_operation=operation)

    late = tuple(
        replace(each, arrival_date_and_time_estimated=numbers.moment(-3))
        for each in good.customs_office_of_transit_declared
    )
    other = replace(good.holder_of_the_transit_procedure, identification_number="DE1234567890123")
    broken = (
        p5.write(fresh(good)).replace(b"<declarationType>T1<", b"<declarationType>TRANSIT<")
        .replace(b"<numberOfSeals>1</numberOfSeals>", b"<numberOfSeals>one</numberOfSeals>")
    )  # fmt: skip
    return {
        "good": Sample(text, answers=("CC928C", "CC028C", "CC029C")),
        "again": Sample(text),
        "changed": Sample(text.replace(b"coffee, not", b"coffee,  not"), "DOU-1201"),
        "syntax": Sample(broken, "DOU-1003"),
        "rules": Sample(p5.write(replace(fresh(good), customs_office_of_transit_declared=late)), answers=("CC056C",)),
        "unknown type": Sample(text.replace(b"CC015C", b"CC999C"), "DOU-1004"),
        "not well-formed": Sample(text[:-20], "DOU-1002"),
        "of a stranger": Sample(p5.write(replace(fresh(good), holder_of_the_transit_procedure=other)), "DOU-1103"),
    }


def system_samples(numbers: Numbers, mrn: str) -> dict[str, Sample]:
    """What Germany's system sends."""
    good = p5.CD118C(
        message_sender=SYSTEM_PARTY, message_recipient="NTA.FR", preparation_date_and_time=numbers.moment(),
        message_identification=numbers.message("DE"), message_type="CD118C",
        transit_operation=p5.TransitOperation46(mrn=mrn, passage_date=numbers.today()),
        customs_office_of_departure=p5.CustomsOfficeOfDeparture(reference_number="FR005350"),
        customs_office_of_transit_actual=p5.CustomsOfficeOfTransitActual03(reference_number="DE004055"),
    )  # fmt: skip
    text = p5.write(good)

    def fresh() -> p5.CD118C:
        return replace(good, message_identification=numbers.message("DE"))

    elsewhere = replace(fresh(), transit_operation=replace(good.transit_operation, mrn="26FR005350ZZZZZZJ4"))
    broken = p5.write(fresh()).replace(b"<MRN>26", b"<MRN>XX")
    return {
        "good": Sample(text),
        "again": Sample(text),
        "changed": Sample(text.replace(b"DE004055", b"DE004056"), "DOU-1201"),
        "syntax": Sample(broken, "DOU-1003"),
        "unknown case": Sample(p5.write(elsewhere), answers=("CD906C",)),
        "unknown type": Sample(text.replace(b"CD118C", b"CD999C"), "DOU-1004"),
        "not well-formed": Sample(text[:-20], "DOU-1002"),
        "of another": Sample(p5.write(fresh()).replace(b"NTA.DE", b"NTA.AT"), "DOU-1103"),
    }


@dataclass
class Seen:
    """What one way made of its samples: by sample, by aspect, in a form that ways have in common."""

    words: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    leaves: dict[str, Any] = field(default_factory=dict)
    timelines: dict[str, Any] = field(default_factory=dict)
    parties: dict[str, list[str]] = field(default_factory=dict)
    """Who took part in the movement, by which channels."""


async def take(access: Access, count: int) -> list[Delivered]:
    """So many messages."""
    found: list[Delivered] = []
    try:
        async with asyncio.timeout(PATIENCE):
            while len(found) < count:
                found += [each async for each in access.collect(2.0)]
    except TimeoutError as late:
        raise AssertionError(f"{count} messages were to come, not {[each.type for each in found]}") from late
    return found


async def send(
    access: Access, way: Way, samples: dict[str, Sample], seen: Seen, whose: str, marks: Marks
) -> list[Delivered]:
    """Send every sample and take what answers it; all that came."""
    came: list[Delivered] = []
    for name, sample in samples.items():
        if not way.carries(sample.body):
            continue
        answer = await access.send(sample.body)
        content = answer.content
        assert not way.words or content.get("code", "") == sample.code, (name, content)
        told = await take(access, len(sample.answers) + bool(sample.code and way.told_later))
        came += told
        business = [each for each in told if not (sample.code and way.told_later)]
        assert tuple(each.type for each in business) == sample.answers, (name, told)
        words = {
            "code": sample.code, "detail": content.get("detail", "") if sample.code else "",
            "remedy": content.get("remedy", ""), "faults": faults(content),
        }  # fmt: skip
        seen.answers[f"{whose} {name}"] = [plain(each) for each in business]
        if way.words:
            seen.words[f"{whose} {name}"] = words
        for each in told[len(business) :]:
            assert each.type in ERRORS, (name, [e.type for e in told])
        seen.leaves[f"{whose} {name}"] = leaves(marks, way)
        if sample.code:
            seen.timelines[f"{whose} {name}"] = refusals(marks.place, marks.last)
    return came


def faults(content: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The faults of a refusal; lines and columns count in what the channel carried."""
    names = ("pointer", "code", "rule", "value", "remedy")
    return [tuple(each.get(name, "") for name in names) for each in content.get("faults", ())]


def plain(each: Delivered) -> Any:
    """A domain message without its times, and without the identification that the node gave it."""
    message = replace(each.content(), message_identification="-")
    return each.type, _plain(msgspec.to_builtins(message, builtin_types=(dt.datetime, dt.date)))


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {name: _plain(each) for name, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
        case dt.datetime() | dt.date():
            return type(value).__name__
    return str(value)


# --- what the node kept


@dataclass
class Marks:
    """Where the logs of a node stood."""

    place: Place
    at: dict[Log, int] = field(default_factory=dict)
    last: str = ""
    """The identification of the last message that was refused."""

    def fresh(self, log: Log) -> list[tuple[int, Any]]:
        """The rows of a log since it was asked last."""
        read = {Log.JOURNAL: JOURNAL.read, Log.REFUSAL: REFUSAL.read}[log]
        after = self.at.get(log, 0)
        rows = self.place.running.core.store.scan_log(log, after, keys.log_position(1, 0) - 1, 10_000)
        self.at[log] = rows[-1][0] if rows else after
        return [(position, read(raw)) for position, raw in rows]


def leaves(marks: Marks, way: Way) -> list[dict[str, str]]:
    """The leaves of what came through doors since the last call; of refusals what all ways tell alike."""
    found = []

    def platform_of(platform: str) -> str:
        return "ccn2" if platform == "ccn_csi" else platform

    for _, row in marks.fresh(Log.JOURNAL):
        if row.origin.platform and not row.kind.is_refusal:
            facts = journal_facts(row)
            assert facts.payload == hashlib.sha256(row.content.octets).hexdigest()
            found.append({
                "kind": facts.kind, "operation": facts.operation, "platform": platform_of(facts.platform),
                "outcome": facts.outcome, "party": facts.party, "actor": facts.actor, "legal": facts.legal,
                "on_behalf_of": facts.on_behalf_of, "about": facts.about.hex(),
            })  # fmt: skip
        elif row.origin.platform:
            marks.last = known_as(row)
            found.append(_refused(row.sender, platform_of(row.origin.platform), row.faults[0][1], ""))
    for _, refusal in marks.fresh(Log.REFUSAL):
        facts, marks.last = refusal_facts(refusal), refusal.id
        operation = "" if way.told_later else facts.operation  # the message itself is kept then
        found.append(_refused(facts.party, platform_of(facts.platform), facts.outcome, operation))
    return [each for n, each in enumerate(found) if each not in found[:n]]


def _refused(party: str, platform: str, code: str, operation: str) -> dict[str, str]:
    return {"kind": "refused", "party": party, "platform": platform, "code": code, "operation": operation}


def timelines(place: Place, reference: str) -> list[list[tuple[str, ...]]]:
    """The timelines of a reference without times, ids and the channel. What arrived and what is delivered was taken.

    A receipt that a partner signed is left out: only AS4 has one.
    """
    cases = [case_facts(case)["messages"] for case in Cases(place.running.core.store).timelines(reference)]
    return [[_entry(each) for each in messages if each["what"] != RowKind.CARRIED] for messages in cases]  # type: ignore[attr-defined]


def _entry(message: dict[str, str]) -> tuple[str, ...]:
    state = {"arrived": "taken", "delivered": "taken"}.get(message["state"], message["state"])
    if state == "refused":  # by its operation where the address named one
        return message["direction"], message["party"], state
    return message["direction"], message["what"], message["party"], state, message["administration"]


def refusals(place: Place, reference: str) -> list[tuple[str, ...]]:
    """What a timeline tells of a refused message, but for the error message that tells its sender."""
    return sorted({each for case in timelines(place, reference) for each in case if each[-1] == "refused"})


# --- a run


async def settled(place: Place, mrn: str) -> list[list[tuple[str, ...]]]:
    """The timelines of a movement once everything was taken: what was pushed is confirmed a moment later."""
    async with asyncio.timeout(PATIENCE):
        while True:
            found = timelines(place, mrn)
            if not any("queued" in entry for case in found for entry in case):
                return found
            await asyncio.sleep(0.05)


async def run(way: Way, place: Place) -> Seen:
    """Every sample by one way."""
    counted, seen = itertools.count(), Seen()
    numbers = Numbers(lambda: BEGAN, lambda size: hashlib.shake_128(b"%d" % next(counted)).digest(size))
    cover = Cover(numbers.grn())
    officer = Partner(place.running.url("ccn2"), place.card(OFFICER))
    account = GuaranteeRegistration(
        cover.grn, "1", HOLDER, cover.access_code, Decimal(100_000), dt.date(2025, 1, 1), OFFICER
    )
    await officer.call("guarantees.register", msgspec.json.encode(account))
    await officer.close()
    marks = Marks(place)
    marks.fresh(Log.JOURNAL)
    async with (
        using(way.trader or WAYS["REST"].trader, place, TRADER) as trader,  # type: ignore[arg-type]  # REST has one
        using(way.system, place, SYSTEM) as system,
    ):
        samples = trader_samples(numbers, cover)
        came = await send(trader, way if way.trader else WAYS["REST"], samples, seen, "trader", marks)
        mrn = next(each for each in came if each.type == "CC029C").content().transit_operation.mrn
        announced = await take(system, 1)
        seen.answers["system is told"] = [plain(each) for each in announced]
        await send(system, way, system_samples(numbers, mrn), seen, "system", marks)
        seen.timelines["the movement"] = await settled(place, mrn)
        departure = next(c for c in Cases(place.running.core.store).timelines(mrn) if c.known_as == "mrn")
        seen.parties = departure.parties()
    return seen


def differences(seen: Seen, model: Seen, way: Way) -> Iterator[str]:
    """What a way did otherwise than another one."""
    for aspect in ("words", "answers", "leaves", "timelines"):
        mine, theirs = getattr(seen, aspect), getattr(model, aspect)
        assert mine.keys() <= theirs.keys()
        for name in mine:
            here, there = mine[name], theirs[name]
            if aspect == "leaves" and way.told_later:
                there = [each | {"operation": ""} if each["kind"] == "refused" else each for each in there]
            if (way.trader or not name.startswith("trader")) and here != there:
                yield f"{aspect} of {name}:\n  {here}\n  {there}"


def test_each_sample_by_every_way_gets_one_answer_one_leaf_and_one_timeline(tmp_path: Path) -> None:
    identity = identity_in(tmp_path)

    async def everything() -> dict[str, Seen]:
        found = {}
        for n, (name, way) in enumerate(WAYS.items()):
            async with opened(way, tmp_path / str(n), identity) as place:
                found[name] = await run(way, place)
        return found

    seen = asyncio.run(everything())
    (lodged,), (broken,) = seen["REST"].leaves["trader good"], seen["REST"].leaves["trader syntax"]
    assert (lodged["kind"], lodged["operation"], lodged["party"]) == ("accepted", "transit.lodge_declaration", HOLDER)
    assert (broken["kind"], broken["operation"]) == ("refused", "transit.lodge_declaration")
    assert len(seen["REST"].words["trader syntax"]["faults"]) == 2
    assert {n: len(s.words) for n, s in seen.items()} == {n: 16 if w.words else 8 for n, w in WAYS.items()}
    assert len(seen["files"].answers) == 8 + 1 + 5  # the trader's by REST, what Germany is told, what EDIFACT can say
    for name, way in WAYS.items():
        assert seen[name].parties[HOLDER] == [way.channel if way.trader else "rest"], name
        assert seen[name].parties[SYSTEM_PARTY] == [way.channel], name
    found = {n: list(differences(s, seen["REST"], WAYS[n])) for n, s in seen.items()}
    assert found == {name: [] for name in WAYS}, "\n".join(f"{n}: {d}" for n, all_ in found.items() for d in all_)


def both(place: Place) -> None:
    """Every way at one node."""
    WAYS["AS4 pulled"].prepare(place)
    WAYS["queue"].prepare(place)


def test_a_message_that_comes_again_by_another_way_is_the_same_message(tmp_path: Path) -> None:
    every = Way("", WAYS["queue"].system, prepare=both)

    async def everything() -> list[str]:
        numbers = Numbers(lambda: BEGAN, lambda size: hashlib.sha256(b"again").digest()[:size])
        message = system_samples(numbers, "26FR005350000001J9")["good"].body
        async with opened(every, tmp_path / "node", identity_in(tmp_path)) as place:
            for name in ("REST", "SOAP", "AS4 pulled", "queue"):
                async with using(WAYS[name].system, place, SYSTEM) as access:
                    assert (await access.send(message)).accepted, name
                    changed = await access.send(message.replace(b"DE004055", b"DE004056"))
                    assert changed.content["code"] == "DOU-1201", name
            fresh = Marks(place).fresh(Log.JOURNAL)
            return [row.origin.channel for _, row in fresh if row.operation == "transit.notify_crossing"]

    assert asyncio.run(everything()) == ["rest"]
