"""The cases of a crash run: which kinds there are, how often, and what each consists of."""

from __future__ import annotations

import random

from crash.messages import ACCEPTED, GUARANTEES, SCARCE, Case, Writer, case_and_sequence, forms_of
from crash.onward import ENDED, KINDS, go_on

OF_KINDS = {
    "direct": 22, "scarce": 6, "amended": 36, "poisoned": 5, "broken": 5,
    "inspected": 7, "unloaded": 7, "incident": 6, "diverted": 6,
}  # fmt: skip
"""Shares of the kinds."""


def case_of(name: str) -> Case:
    """The case of a name (``T03-000017``): the same one whoever asks."""
    chance = random.Random(name)
    (kind,) = chance.choices(list(OF_KINDS), list(OF_KINDS.values()))
    writer, lodged = Writer(name, chance), 0
    forms = forms_of(writer.trader)
    writer.guarantee = SCARCE if kind == "scarce" else 1 + chance.randrange(GUARANTEES - 1)
    if kind in ("direct", "scarce"):
        writer.add("CC015C", forms.standard, (*ACCEPTED, "CC029C"))
    elif kind in KINDS:
        writer.add("CC015C", forms.standard, (*ACCEPTED, "CC029C", ENDED))
        lodged = 1
        go_on(writer, kind)
    elif kind == "broken":
        writer.add("CC015C", forms.broken, ("CC056C",))
    else:
        writer.add("CC015C", forms.early, ("CC928C",))
        amendments = chance.randrange(2, 5)
        bad = chance.randrange(amendments) if kind == "poisoned" else -1
        for n in range(amendments):
            writer.add("CC013C", forms.amended, ("CC004C",), poison=n == bad)
        writer.add("CC170C", forms.presented, ("CC028C", "CC029C"))
    return writer.case(lodged, poisoned=kind == "poisoned")


def sender_of(own_id: str) -> str:
    """Under whose name a node knows a message of ours: its trader, or an officer."""
    name, sequence = case_and_sequence(own_id)
    return case_of(name).messages[sequence].sender
