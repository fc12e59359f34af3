"""Layouts and readers of action. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, many, run
from douane.standards.ncts.phase5.generated.action import Action
from douane.standards.ncts.phase5.generated.codec.unavailability import L_UNAVAILABILITY, read_unavailability
from douane.standards.ncts.phase5.generated.codec.kinds import MODIFICATION_TYPE, NUMERIC_WITHOUT_ZERO_5

L_ACTION = Layout("Action", Action, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("operation", "operation", True, MODIFICATION_TYPE),
    Inner("Unavailability", "unavailability", 1, 99, L_UNAVAILABILITY),
))

_L_ACTION_0 = run(L_ACTION, 0, 2)
_L_ACTION_1 = run(L_ACTION, 3, 3)

def read_action(text: str, starts: Starts, at: int) -> tuple[Action, int]:
    found = _L_ACTION_0(text, at)
    if found is None: raise Unusual
    v0, v1 = found.groups()
    at = found.end()
    unavailability, at = many(read_unavailability, "<Unavailability>", 99, text, starts, at)
    found = _L_ACTION_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return Action(sequence_number=int(v0), operation=v1, unavailability=unavailability), at
