"""What holds as of a day: rules in their periods, operations until their last day; the rest has no dates.

The model is that of the release that is installed. A rule whose period is over is still in it, for cases of its time.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Final

from douane.model import discovery
from douane.model.declare import Ending
from douane.model.graph import NodeKind
from douane.model.rules import Look, Rule
from douane.reference_architecture.installed import declared_rules
from douane.vocabulary.errors import DouaneError

COMING: Final = "to come"
OVER: Final = "over"
"""Of a rule whose period has not begun, and of one whose period has ended."""


@functools.cache
def _dated_rules() -> Mapping[str, tuple[Rule, ...]]:
    """The rules that do not always hold, by id: those of which every declaration has a period."""
    found: dict[str, tuple[Rule, ...]] = {}
    for rule in (each for application in discovery.applications() for each in declared_rules(application)):
        found[rule.id] = (*found.get(rule.id, ()), rule)
    return {id: rules for id, rules in found.items() if all(rule.since or rule.until or rule.after for rule in rules)}


@functools.cache
def _endings() -> Mapping[str, Ending]:
    return {o.qualified: o.ending for each in discovery.services() for o in each.operations if o.ending is not None}


def states_on(look: Look) -> Mapping[str, str]:
    """The state, on the day of a look-up, of every element whose state depends on the day."""
    found = {}
    for id, rules in _dated_rules().items():
        states = {_state(rule, look) for rule in rules}
        if "" not in states:  # one that holds, for some message, is enough
            found[f"{NodeKind.RULE.value}:{id}"] = COMING if COMING in states else OVER
    for name, ending in _endings().items():
        if look.date >= ending.deprecated:
            state = "deprecated" if look.date <= ending.sunset else "retired"
            found[f"{NodeKind.OPERATION.value}:{name}"] = state
    return found


def _state(rule: Rule, look: Look) -> str:
    """Empty for a rule that holds, and for one of whose day the law says nothing that is known here."""
    try:
        if rule.applies(look):
            return ""
        coming = (rule.since and look.date < rule.since) or (rule.after and look.date <= rule.after.on(look))
    except DouaneError:
        return ""
    return COMING if coming else OVER
