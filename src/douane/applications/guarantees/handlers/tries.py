"""Wrong access codes: counted by guarantee and sender, slowed, and told to the holder and to operators.

A guarantee of another holder is unknown to whoever names it (``rules.ledgers.check``), so that he has nothing to guess
at. Who speaks for the holder has ten thousand codes to try at most, and five of them an hour.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from douane.applications.guarantees.contract import Guarantees
from douane.applications.guarantees.messages import AccessCodeTried
from douane.applications.guarantees.records import Guarantee, Tried, Tries
from douane.author import machine
from douane.author.run import Work

UNION: Final = "EU"
"""Who serves the Union has the inboxes of traders."""
SECONDS: Final = 3_600
"""In which wrong codes are counted together, by the machine: no article sets it."""
MOST: Final = 5
"""Wrong codes of the holder's side that a sender may say in an hour; then none of his is compared until it is over."""
NAMED: Final = 60
"""Senders that are counted one by one: more than there are administrations, so that none of them is left out."""
TOLD: Final = frozenset({1, MOST, 10, 100, 1_000, 10_000})
"""At which counts of an hour the holder is told: a flood of attempts is no flood of notices."""


def closed(work: Work) -> bool:
    """Whether no code of this sender is compared now: too many were wrong in this hour.

    An administration that says wrong codes closes a guarantee to itself, and to nobody else.
    """
    own = (work.get(Tries) or Tries()).own
    return dict(own.by).get(work.row.sender, 0) >= MOST and work.now < own.ends


def note(work: Work, guarantee: Guarantee, holder: str) -> None:
    """Count a wrong code, or a declaration of another holder: tell operators each time, and the holder now and then."""
    work.tell_guess()
    kept, others = work.get(Tries) or Tries(), holder != guarantee.holder
    sender = holder if others else work.row.sender
    if not others and closed(work):
        return  # it was not compared, and the holder knows
    counted = _counted(work, kept.others if others else kept.own, sender)
    work.put(replace(kept, others=counted) if others else replace(kept, own=counted))
    closes = not others and dict(counted.by).get(sender) == MOST
    if (counted.wrong not in TOLD and not closes) or not work.serves(Guarantees.use, UNION):
        return  # a national node passes on answers to traders alone, and this is none
    until = machine(counted.ends) if closes else None
    told = AccessCodeTried(grn=guarantee.grn, wrong=counted.wrong, others=others, until=until)
    work.send(told, guarantee.holder)


def _counted(work: Work, before: Tried, sender: str) -> Tried:
    if work.now >= before.ends:
        before = Tried(work.within(SECONDS), 0)
    by = dict(before.by)
    if sender in by or len(by) < NAMED:
        by[sender] = by.get(sender, 0) + 1
    return Tried(before.ends, before.wrong + 1, tuple(by.items()))
