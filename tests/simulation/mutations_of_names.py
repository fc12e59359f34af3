"""Seeded bugs of names that providers tell: each believes what should not be believed; with ``hosts`` alone."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from douane.applications.provision.handlers import telling as learning
from douane.applications.provision.rules import telling as rules
from douane.runtime.core import accept, relaying, route
from douane.simulator.union import hosting
from tests.simulation.mutations_of_admission import all_of
from tests.simulation.patching import Mutation, patched

FEW = 40
"""Names a day, so that a short run tells more."""


def let_a_told_name_lead_an_opening() -> AbstractContextManager[None]:
    """What opens a case follows names as anything else does."""
    keeper = relaying.keeper

    def follows(tick: Any, administration: str, operation: str, address: Any, **how: Any) -> Any:
        return keeper(tick, administration, operation, (False, *address[1:]) if address else None, **how)

    return all_of(patched(accept, "keeper", follows), patched(route, "keeper", follows))


def let_a_name_outlast_its_provider() -> AbstractContextManager[None]:
    """A name leads to who was dismissed, whatever became of it."""
    return patched(relaying, "PATIENCE", 1 << 60)


def believe_a_name_of_any_kind() -> AbstractContextManager[None]:
    """Whoever served is believed of names that senders choose, and that another operation gives."""

    def issued(m: Any, *, provided: Any, issues: Any, now: Any) -> str:
        return rules.issued_by(m, provided=provided, issues={m.operation: (m.kind,)}, now=now)

    return patched(learning, "rules", _with(issued_by=issued))


def believe_a_name_of_any_time() -> AbstractContextManager[None]:
    """Whoever served once is believed of cases of another time."""

    def issued(m: Any, *, provided: Any, issues: Any, now: Any) -> str:
        served = any(each.provider == m.provider for each in provided.of(m.administration))
        return m.operation if served and m.kind in issues.get(m.operation, ()) else ""

    return patched(learning, "rules", _with(issued_by=issued))


def let_who_says_it_first_have_it() -> AbstractContextManager[None]:
    """The present provider takes no name that a former one told."""
    known = learning._known

    def taken(work: Any, name: str, providers: Any) -> bool:
        return known(work, name, {*providers, hosting.DISMISSED})

    return patched(learning, "_known", taken)


def count_no_names() -> AbstractContextManager[None]:
    """A provider tells as many names as it likes."""
    return all_of(
        patched(rules, "NAMES_A_DAY", FEW), patched(hosting, "NAMES_A_DAY", FEW // 2),
        patched(learning, "rules", _with(within=lambda day, *, told, acknowledged: (day, told[1] + 1, told[2]))),
    )  # fmt: skip


class _with:
    """The rules with one of them replaced."""

    def __init__(self, **replaced: Any) -> None:
        self.issued_by, self.within = rules.issued_by, rules.within
        vars(self).update(replaced)


MUTATIONS = (
    Mutation("told name leads an opening", "what opens a case goes to the present provider",
             let_a_told_name_lead_an_opening, hosts=True),
    Mutation("told name outlasts its provider", "what nothing used ends with a dismissal",
             let_a_name_outlast_its_provider, hosts=True),
    Mutation("told name of any kind", "a provider is believed of names that its office makes",
             believe_a_name_of_any_kind, hosts=True),
    Mutation("told name of any time", "a provider is believed of cases that began while it served",
             believe_a_name_of_any_time, hosts=True),
    Mutation("told name goes to the first", "the present provider's name replaces a former one's",
             let_who_says_it_first_have_it, hosts=True),
    Mutation("told names uncounted", "a provider tells a bounded number of names", count_no_names, hosts=True),
)  # fmt: skip
