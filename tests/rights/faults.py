"""Faults of policy that are put in: the table has to notice each."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any

from msgspec.structs import replace

from douane.applications.accounts import handlers as accounts
from douane.applications.accounts import rules as account_rules
from douane.applications.eori import handlers as eori
from douane.assembly import core
from douane.identity.gate import PlatformGate
from douane.model.caller import Caller, PartyKind
from douane.model.circles import Platform
from douane.model.declare import Operation
from douane.runtime.core import admission, holding
from douane.runtime.core import tick as ticks
from douane.runtime.delivery import sight, status
from douane.runtime.door import door, link
from douane.runtime.store import parties, queries
from douane.runtime.store.records import HumanTask
from tests.simulation.mutations_of_admission import all_of
from tests.simulation.patching import Mutation, patched

Patched = AbstractContextManager[None]
IS_CALLER, STATUS_OF, STANDING = parties.is_caller, status.status_of, account_rules.standing


def every_door_admits() -> Patched:
    """Who enters by which platform is not asked."""
    return patched(Platform, "admits", lambda self, kind: True)


def no_role_is_asked() -> Patched:
    return patched(PlatformGate, "authorise", lambda self, caller, operation: None)


def no_role_of_a_task_is_asked() -> Patched:
    return patched(door, "check_role", lambda caller, roles, operation, message: None)


def no_kind_is_asked() -> Patched:
    """What is declared for one kind of caller is open to all."""
    return all_of(
        patched(Operation, "open_to", lambda self, kind: True), patched(PlatformGate, "open_to", lambda *_: True),
        no_role_is_asked(),
    )  # fmt: skip


def every_trader_is_the_party() -> Patched:
    def is_caller(party: Any, caller: Any) -> bool:
        return IS_CALLER(party, caller) or (party.kind is PartyKind.TRADER and caller.party.kind is PartyKind.TRADER)

    return patched(parties, "is_caller", is_caller)


def no_office_is_asked() -> Patched:
    return all_of(
        patched(queries, "at_office", lambda entry, caller: True),
        patched(admission, "at_office", lambda entry, caller: True),
    )  # fmt: skip


def no_office_of_a_message_is_asked() -> Patched:
    return patched(Caller, "works_at", lambda self, offices: True)


def everybody_of_a_party_sees_all() -> Patched:
    """Roles within a firm or an administration show nothing less."""
    return patched(core, "sees", lambda *_: lambda *__: True)


def a_status_is_told_to_anybody() -> Patched:
    def told(reader: Any, party: str, item: str, **more: Any) -> Any:
        try:
            return STATUS_OF(reader, party, item, **more)
        except Exception:
            return STATUS_OF(reader, "FR40123456700017", item, **more)

    return patched(link, "status_of", told)


def anybody_speaks_for_anybody() -> Patched:
    """Who alone may say something is not asked."""
    return all_of(*(patched(each, "may_send", lambda *_: True) for each in (admission, ticks)))


def anybody_vouches_for_anybody() -> Patched:
    return patched(accounts, "_wrong", lambda entry, keeper, own: [])


def _standing(grant: Any, today: account_rules.Today, **changes: int) -> Any:
    shown = {name: changes.get(name, getattr(grant, name)) for name in ("ended_at", "accepted_at")}
    return STANDING(_Seen(grant, shown), today)


class _Seen:
    """A delegation of which something is not known."""

    def __init__(self, grant: Any, shown: Mapping[str, int]) -> None:
        self._grant, self._shown = grant, shown

    def __getattr__(self, name: str) -> Any:
        return self._shown[name] if name in self._shown else getattr(self._grant, name)


def what_was_not_accepted_holds() -> Patched:
    return patched(account_rules, "standing", lambda grant, today: _standing(grant, today, accepted_at=1))


def what_was_revoked_holds() -> Patched:
    return patched(account_rules, "standing", lambda grant, today: _standing(grant, today, ended_at=0))


def a_delegation_for_a_case_shows_all() -> Patched:
    return patched(sight.Sight, "partakes", lambda self, row: bool(self.caller.by) or row is None)


def a_message_is_anybodys_of_the_firm() -> Patched:
    return patched(sight.Sight, "said", lambda self, row: row.sender == self.caller.name)


def two_take_one_task() -> Patched:
    return patched(holding, "take", lambda work, local, task: holding._keep(work, local, task, holder=work.caller.id))


def anybody_completes_a_task() -> Patched:
    def complete(work: Any, local: bytes, apart_from: Any) -> None:
        task = work.need(HumanTask, local)
        work.put(replace(task, done=True, by=work.caller.id, at=work.now), local)

    return patched(holding, "complete", complete)


def a_prefix_is_given_to_another_administration() -> Patched:
    return patched(eori, "ALSO", {"IT": ("FR",)})


FAULTS = (
    Mutation("every door admits", "each circle enters by its platform", every_door_admits),
    Mutation("role not asked", "an operation is for a role", no_role_is_asked),
    Mutation("role of a task not asked", "a task is for a role", no_role_of_a_task_is_asked),
    Mutation("kind not asked", "an operation is open to the kinds it names", no_kind_is_asked),
    Mutation("every trader a party", "a case is its parties'", every_trader_is_the_party),
    Mutation("office not asked", "a case is its office's", no_office_is_asked),
    Mutation("office of a message not asked", "an officer speaks for his own office", no_office_of_a_message_is_asked),
    Mutation("no roles within a party", "an employee sees what his roles give", everybody_of_a_party_sees_all),
    Mutation("status told to anybody", "what became of a message is its sender's to know", a_status_is_told_to_anybody),
    Mutation("anybody speaks for anybody", "what one alone may say, he alone says", anybody_speaks_for_anybody),
    Mutation("anybody vouches", "an administration vouches for its own persons", anybody_vouches_for_anybody),
    Mutation("not accepted, holds", "a delegation holds once it is accepted", what_was_not_accepted_holds),
    Mutation("revoked, holds", "a revoked delegation ends at once", what_was_revoked_holds),
    Mutation("one case shows all", "a delegation for a case is for that case", a_delegation_for_a_case_shows_all),
    Mutation("firm's messages shared", "an answer is for whose roles sent the message",
             a_message_is_anybodys_of_the_firm),
    Mutation("two take one task", "what is taken nobody else takes", two_take_one_task),
    Mutation("anybody completes", "what is taken nobody else completes", anybody_completes_a_task),
    Mutation("another's prefix", "an administration registers its own operators",
             a_prefix_is_given_to_another_administration),
)  # fmt: skip
"""Each takes one protection away."""
