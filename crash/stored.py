"""The judgement of a store: every receipt must lead to its row, each message stand once, in order, handled, audited."""

from __future__ import annotations

import base64
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import msgspec

from crash.cases import sender_of
from crash.checker import Finding, Findings, Harm, Told
from crash.forms import OPERATION as FORM
from crash.messages import OWN_ID, case_and_sequence, eori
from douane.runtime.store import keys
from douane.runtime.store.envelope import JOURNAL, OWNER, PARKED, SENT, JournalRow, receipt_of
from douane.runtime.store.ports import Log, Reader
from douane.shared_services.auditing.cases import Cases
from douane.shared_services.auditing.inspection import inspect
from douane.shared_services.auditing.promise import Promise, check_promise
from douane.shared_services.auditing.proving import audit_prefix, stored_leaves
from douane.standards.transparency_log.note import Key
from douane.vocabulary.errors import DouaneError, NotFound

PAGE = 1_000
NACK, DESK_REFUSAL = "transit.receive_functional_nack", "DeskRefusal"
"""By these an office says that a message came twice, too late or too early; the run sends nothing that would."""


@dataclass(slots=True)
class Stored:
    """What a store holds of the run. rows: journal rows of our messages by identification, with their positions.
    sent: places of what left the node, by party; named: how often under which identification. refused: what one office
    told another, or an officer, that it cannot take. forms: what persons said on pages, by position."""

    rows: dict[str, list[tuple[int, JournalRow]]] = field(default_factory=lambda: defaultdict(list))
    sent: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    named: Counter[tuple[str, str]] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)
    forms: dict[str, bytes] = field(default_factory=dict)
    positions: dict[tuple[Log, int], list[int]] = field(default_factory=lambda: defaultdict(list))
    handled: dict[int, int] = field(default_factory=dict)
    parked: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, reader: Reader, partitions: Iterable[int] = (0,)) -> Stored:
        """Read it page by page; bodies are let go of at once."""
        found = cls()
        for partition in partitions:
            found._read(reader, partition)
        return found

    def _read(self, reader: Reader, partition: int) -> None:
        for position, raw in scan(reader, Log.JOURNAL, partition):
            self.positions[Log.JOURNAL, partition].append(position)
            row = JOURNAL.read(raw)
            if OWN_ID.fullmatch(row.id):
                self.rows[row.id].append((position, row))
            elif row.operation == FORM:
                self.forms[f"{position:x}"] = bytes(row.content.octets)
            elif row.operation == NACK:
                self.refused.append(f"{row.id} in case {row.subject:x}")
        for position, raw in scan(reader, Log.SENT, partition):
            self.positions[Log.SENT, partition].append(position)
            sent = SENT.read(raw)
            self.sent[sent.party].add(f"{position:x}")
            self.named[sent.party, sent.id] += 1
            if sent.type == DESK_REFUSAL:
                self.refused.append(f"{sent.id} in case {sent.subject:x}")
        (owner,) = reader.read([keys.space(keys.OWNER, partition)])
        self.handled[partition] = OWNER.read(owner).cursor if owner else 0
        prefix = keys.space(keys.WAIT, partition)
        start = prefix
        while pairs := reader.scan(start, keys.after(prefix), PAGE):
            for _, raw in pairs:
                parked = PARKED.read(raw)
                self.parked[parked.id] = parked.reason
            start = pairs[-1][0] + b"\0"

    def processed(self, told: Told) -> int:
        """Acknowledged messages that stand in the journal, are handled and not set aside."""
        return sum(
            1
            for own_id in told.receipts
            for position, _ in self.rows.get(own_id, ())[:1]
            if keys.position_number(position) <= self.handled[position >> 48] and own_id not in self.parked
        )


def scan(reader: Reader, log: Log, partition: int) -> Iterator[tuple[int, bytes]]:
    """Every row of a log in the order of positions."""
    after, end = keys.log_position(partition, 0), keys.log_position(partition + 1, 0) - 1
    while rows := reader.scan_log(log, after, end, PAGE):
        yield from rows
        after = rows[-1][0]


def stored_faults(told: Told, stored: Stored, reader: Reader, logs: Mapping[int, Key]) -> Findings:
    """Everything that is wrong with a store, given what the clients were told. logs: the key of each partition's."""
    yield from _journal(told, stored)
    yield from _known(told, reader, logs)
    yield from _order(stored)
    yield from timeline_faults(told, reader)
    yield from _inboxes(told, stored)
    for (party, own_id), count in stored.named.items():
        if count > 1:
            yield Finding(Harm.DOUBLED, f"{own_id} was sent to {party} {count} times")
    for each in stored.refused:
        yield Finding(Harm.DOUBLED, f"an office refused what came again, or out of turn: {each}")
    for (log, partition), positions in stored.positions.items():
        numbers = [keys.position_number(p) for p in positions]
        if numbers != list(range(1, len(numbers) + 1)):
            yield Finding(Harm.BROKEN, f"positions of {log.name} {partition} are not dense")
    for partition, handled in stored.handled.items():
        left = len(stored.positions[Log.JOURNAL, partition]) - handled
        if left:
            yield Finding(Harm.LOST, f"{left} messages of journal {partition} are not handled")
    for own_id, reason in stored.parked.items():
        yield Finding(Harm.LOST, f"{own_id} is set aside: {reason}")
    for partition, key in logs.items():
        receipts = {
            own_id: receipt for own_id, receipt in _read(told) if int(receipt["receipt"], 16) >> 48 == partition
        }
        yield from _audit(receipts, reader, key, partition)


def _read(told: Told) -> Iterator[tuple[str, dict[str, str]]]:
    return ((own_id, json.loads(text)) for own_id, text in told.receipts.items())


def _journal(told: Told, stored: Stored) -> Findings:
    for own_id, text in told.receipts.items():
        receipt, found = json.loads(text), stored.rows.get(own_id, [])
        if not found:
            yield Finding(Harm.LOST, f"{own_id} was acknowledged and is not in the journal")
        elif len(found) > 1:
            yield Finding(Harm.DOUBLED, f"{own_id} stands {len(found)} times in the journal")
        else:
            position, row = found[0]
            facts = (f"{position:x}", row.content.digest.hex(), f"{row.subject:016x}")
            if facts != (receipt["receipt"], receipt["digest"], receipt["case"]):
                yield Finding(Harm.LOST, f"{own_id} is not where its receipt says")
    for own_id in stored.rows:
        if own_id not in told.sent:
            yield Finding(Harm.DOUBLED, f"{own_id} is in the journal and nobody sent it")


def timeline_faults(told: Told, reader: Reader, sample: int = 40) -> Findings:
    """Some cases as an operator sees them (``douane timeline``): each message of ours once, in order, handled. A
    movement that went on is looked up by its MRN: departure, destination and who registered an incident have a case."""
    cases, shown = list(told.cases()), Cases(reader)
    for case, lines in cases[:: max(1, len(cases) // sample)]:
        mrns = {line.mrn for line in lines if line.mrn} if case.onward else set()
        reference = next(iter(mrns), case.messages[0].id.partition("S")[0])
        try:
            found = shown.timelines(reference)
        except NotFound:
            found = []
        came = [h for each in found for h in each.happenings if h.direction == "in" and OWN_ID.fullmatch(h.id)]
        came.sort(key=lambda h: case_and_sequence(h.id))
        if [h.id for h in came] != [message.id for message in case.messages]:
            yield Finding(Harm.LOST, f"the timeline of {reference} shows {[h.id for h in came]}")
        for each in came:
            if each.state != "handled":
                yield Finding(Harm.LOST, f"the timeline of {reference} shows {each.id} as {each.state}")


def _known(told: Told, reader: Reader, logs: Iterable[int]) -> Findings:
    """Under the identification of each acknowledged message stands its receipt, whoever sends it again."""
    for own_id, receipt in _read(told):
        sender = sender_of(own_id)
        found = reader.read([keys.known_key(partition, sender, own_id) for partition in logs])
        leaves = [receipt_of(raw).leaf.hex() for raw in found if raw is not None]
        if leaves != [receipt["leaf"]]:
            yield Finding(Harm.DOUBLED, f"{own_id} was acknowledged and would be taken again, or is known twice")


def _order(stored: Stored) -> Findings:
    """Within a case, positions follow the sequence in which its messages were sent, in each partition for itself."""
    cases: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for own_id, found in stored.rows.items():
        name, sequence = case_and_sequence(own_id)
        for position, _ in found:
            cases[name, position >> 48].append((position, sequence))
    for (name, _), places in cases.items():
        order = [number for _, number in sorted(places)]
        if order != sorted(order):
            yield Finding(Harm.OVERTAKEN, f"messages of {name} stand in the order {order}")


def _inboxes(told: Told, stored: Stored) -> Findings:
    """What a trader collected is exactly what was sent to it."""
    collected: dict[str, set[str]] = defaultdict(set)
    for trader, place in told.collected:
        collected[eori(trader)].add(place)
    for party, places in collected.items():
        for place in stored.sent[party] - places:
            yield Finding(Harm.LOST, f"{place} was sent to {party} and never came")
        for place in places - stored.sent[party]:
            yield Finding(Harm.LOST, f"{place} came to {party} and is not in the store")


def _audit(receipts: Mapping[str, Mapping[str, str]], reader: Reader, key: Key, partition: int) -> Findings:
    """The log is sound, holds each row's leaf, and keeps what every receipt promised."""
    prefix = audit_prefix(partition)
    leaves: Counter[bytes] = Counter()
    try:
        for leaf in stored_leaves(reader, partition):
            leaves[leaf] += 1
        for found in inspect(reader.read, key.name, key, prefix=prefix, leaves=stored_leaves(reader, partition)):
            yield Finding(Harm.BROKEN, f"audit {found.where}: {found.text}")
    except DouaneError as problem:
        yield Finding(Harm.BROKEN, f"audit: {problem.text}")
    for own_id, receipt in receipts.items():
        leaf = bytes.fromhex(receipt["leaf"])
        if leaf not in leaves:
            yield Finding(Harm.LOST, f"the leaf promised to {own_id} is not in the audit log")
        try:
            given = msgspec.msgpack.decode(base64.b64decode(receipt["promise"]), type=Promise)
            check_promise(given, leaf, key.name, (key,))
        except (DouaneError, msgspec.MsgspecError) as problem:
            yield Finding(Harm.BROKEN, f"the promise in the receipt of {own_id} does not hold: {problem}")


def counted(findings: list[Finding]) -> dict[str, int]:
    """How many of each harm."""
    found = Counter(each.harm.value for each in findings)
    return {harm.value: found[harm.value] for harm in Harm}
