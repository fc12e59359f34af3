"""The judgement: what the clients' ledgers say against what the node shows and what its store holds.

Nothing here asks the node what it acknowledged. ``Told`` is what the ledgers say, by message; ``told_faults`` judges
it alone, ``stored_faults`` judges a store against it, ``balance_faults`` the accounts that the node shows.
"""

from __future__ import annotations

import enum
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from crash.cases import case_of
from crash.ledger import Line, What
from crash.messages import SCARCE, SCARCE_LIMIT, Case, case_and_sequence, grn
from crash.onward import ENDED


class Harm(enum.StrEnum):
    """What went wrong."""

    LOST = "lost"
    DOUBLED = "doubled"
    OVERTAKEN = "overtaken"
    BROKEN = "broken"  # promises, balances, order of positions, audit log, the file itself


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that must not be."""

    harm: Harm
    text: str


Findings = Iterator[Finding]


@dataclass(slots=True)
class Told:
    """What the clients sent and what they were told. Identifications are unique over all clients.

    receipts: by message, as it first came. collected: by place in the inbox. answers: by message of ours, in the order
    in which they were collected.
    """

    sent: dict[str, str] = field(default_factory=dict)
    receipts: dict[str, str] = field(default_factory=dict)
    acknowledged_at: list[tuple[float, float]] = field(default_factory=list)
    again: list[tuple[str, str]] = field(default_factory=list)
    changed: list[Line] = field(default_factory=list)
    refused: dict[str, Line] = field(default_factory=dict)
    collected: dict[tuple[int, str], Line] = field(default_factory=dict)
    order: dict[int, list[Line]] = field(default_factory=lambda: defaultdict(list))
    taken: set[tuple[int, str]] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    twice: list[Line] = field(default_factory=list)

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Told:
        """Sort the lines of all ledgers; those of one ledger in their order."""
        told = cls()
        for line in lines:
            told.take(line)
        return told

    def take(self, line: Line) -> None:
        """Sort one line."""
        self.counts[line.what.value] += 1
        match line.what:
            case What.SENT:
                self.sent[line.id] = line.digest
            case What.ACKNOWLEDGED:
                self.receipts[line.id] = line.text
                self.acknowledged_at.append((line.asked, line.at))
            case What.AGAIN:
                self.again.append((line.id, line.text))
            case What.CHANGED:
                self.changed.append(line)
            case What.REFUSED:
                self.refused[line.id] = line
            case What.COLLECTED:
                place = line.party, line.id
                if place in self.collected:
                    self.twice.append(line)
                self.collected[place] = line
                self.order[line.party].append(line)
            case What.TAKEN:
                self.taken.add((line.party, line.id))
            case What.BUSY | What.UNKNOWN | What.ENTERED | What.LEFT:
                pass

    @property
    def ended(self) -> int:
        """How many movements were discharged."""
        return sum(line.type == ENDED for line in self.collected.values())

    def cases(self) -> Iterator[tuple[Case, list[Line]]]:
        """Every case of which all messages are acknowledged, and what was collected about it, in order."""
        about: dict[str, list[Line]] = defaultdict(list)
        for lines in self.order.values():
            for line in lines:
                if line.answers:
                    about[case_and_sequence(line.answers)[0]].append(line)
        for name in sorted({case_and_sequence(own_id)[0] for own_id in self.sent}):
            case = case_of(name)
            if all(message.id in self.receipts for message in case.messages):
                yield case, about[name]


# --- what the clients were told ---------------------------------------------------------------------------------------


def told_faults(told: Told) -> Findings:
    """What is wrong whatever the store holds: receipts that change, answers missing, twice, too early, or too small."""
    yield from _receipts(told)
    for own_id, line in told.refused.items():
        yield Finding(Harm.BROKEN, f"{own_id} was refused: {line.status} {line.text[:200]}")
    for own_id in told.sent.keys() - told.receipts.keys() - told.refused.keys():
        yield Finding(Harm.BROKEN, f"{own_id} was never answered")
    for line in told.twice:
        yield Finding(Harm.DOUBLED, f"{line.message} came twice from the inbox at {line.id}")
    for party, lines in told.order.items():
        if not _in_order(int(line.id, 16) for line in lines):
            yield Finding(Harm.OVERTAKEN, f"the inbox of trader {party} was not in order")
        for message, count in Counter(line.message for line in lines).items():
            if count > 1:
                yield Finding(Harm.DOUBLED, f"message {message} was delivered {count} times")
    yield from _ends(told)
    for case, lines in told.cases():
        yield from _answers(case, lines)


def _ends(told: Told) -> Findings:
    """Every case came to its end, and every message that was collected belongs to one."""
    for name in sorted({case_and_sequence(own_id)[0] for own_id in told.sent}):
        for message in case_of(name).messages:
            if message.id not in told.sent:
                yield Finding(Harm.LOST, f"{name} did not go on to its {message.type} ({message.id})")
                break
    for line in told.collected.values():
        if not line.answers:
            yield Finding(Harm.BROKEN, f"{line.type} {line.message} is about no movement of ours: {line.mrn}")


def _in_order(places: Iterable[int]) -> bool:
    """Whether positions rise, those of each partition for themselves."""
    last: dict[int, int] = {}
    for place in places:
        if place <= last.get(place >> 48, 0):
            return False
        last[place >> 48] = place
    return True


def _receipts(told: Told) -> Findings:
    for own_id, text in told.again:
        if text != told.receipts.get(own_id):
            yield Finding(Harm.BROKEN, f"{own_id} was given another receipt when it was sent again")
    for line in told.changed:
        if line.status != 409:
            yield Finding(Harm.DOUBLED, f"{line.id} was taken with other bytes: {line.status}")
    places = Counter(json.loads(text)["receipt"] for text in told.receipts.values())
    for place, count in places.items():
        if count > 1:
            yield Finding(Harm.DOUBLED, f"{count} messages hold a receipt for position {place}")
    for own_id, text in told.receipts.items():
        if json.loads(text)["digest"] != told.sent.get(own_id):
            yield Finding(Harm.BROKEN, f"the receipt of {own_id} is for other bytes")


def _answers(case: Case, lines: list[Line]) -> Findings:
    """Exactly the answers that the case demands, in the order of its messages."""
    wanted = [(m.id, type) for m, types in zip(case.messages, case.answers, strict=True) for type in types]
    wanted.sort(key=lambda one: one[1] == ENDED)  # it answers the lodging, after all that followed
    got = [(line.answers, line.type) for line in lines]
    if case.guarantee == SCARCE:
        got = [(answers, "CC029C" if type == "CC055C" else type) for answers, type in got]
    missing, extra = Counter(wanted) - Counter(got), Counter(got) - Counter(wanted)
    for (own_id, type), count in missing.items():
        yield Finding(Harm.LOST, f"{type} for {own_id} never came ({count})")
    for (own_id, type), count in extra.items():
        yield Finding(Harm.DOUBLED, f"{type} for {own_id} came {count} times too often")
    places: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for line, one in zip(lines, got, strict=True):
        places[line.case].append(one)
    if not missing and not extra:
        for found in places.values():
            due = [one for one in wanted if one in found]
            if found != due:
                yield Finding(Harm.OVERTAKEN, f"answers of {case.name} came as {[type for _, type in found]}")
    if len(places) > 1 + bool(case.onward):  # at departure, and at destination
        yield Finding(Harm.BROKEN, f"{case.name} was split into {len(places)} cases")
    for line in lines:
        if line.type == "CC029C" and Decimal(line.amount or 0) != case.amount:
            yield Finding(Harm.OVERTAKEN, f"{case.name} was released for {line.amount} instead of {case.amount}")


# --- what the accounts show -------------------------------------------------------------------------------------------


def balance_faults(told: Told, accounts: Mapping[str, Mapping[str, Any]]) -> Findings:
    """Each guarantee stands for exactly the movements that were released under it and have not ended. accounts: by GRN,
    as shown."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for case, lines in told.cases():
        types = {line.type for line in lines}
        if "CC029C" in types and ENDED not in types:
            sums[grn(case.guarantee)] += case.amount
    for reference, account in accounts.items():
        reserved = Decimal(str(account["reserved"]))
        if reserved != sums[reference]:
            yield Finding(Harm.BROKEN, f"guarantee {reference} stands for {reserved} instead of {sums[reference]}")
        if reserved + Decimal(str(account["available"])) != Decimal(str(account["limit"])):
            yield Finding(Harm.BROKEN, f"guarantee {reference} does not add up to its limit")
    if sums[grn(SCARCE)] > SCARCE_LIMIT:
        yield Finding(Harm.BROKEN, "more was released under the scarce guarantee than it covers")
