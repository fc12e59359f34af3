"""What each role of a trader shows of the party's messages, over every operation that there is: the whole matrix."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from douane.configuration import discovery
from douane.model.caller import Party, PartyKind
from douane.model.circles import ActorKind
from douane.runtime.delivery.recent import Item
from douane.runtime.delivery.sight import sight_of
from douane.runtime.door.link import PAGES_AT_ONCE, Link
from douane.runtime.store.records import Member, Parties
from douane.vocabulary.errors import NotFound
from tests.callers import reads, trader
from tests.contracts.test_link import Core, direct, go

OPERATIONS = tuple(operation for service in discovery.services() for operation in service.operations)
ROLES = sorted({actor.name for each in OPERATIONS for actor in each.by if actor.kind is ActorKind.TRADER} - {""})
FIRM = "FR40123456700017"


def part(role: str) -> Parties:
    """A case in which the firm has a part."""
    return Parties((Member(Party(PartyKind.TRADER, FIRM), role, 1),))


@pytest.mark.parametrize("role", ROLES)
def test_a_role_shows_the_operations_and_cases_that_declare_it_and_no_others(role: str) -> None:
    sight = sight_of(trader(FIRM), frozenset({role}), OPERATIONS)
    for each in OPERATIONS:
        mine = any(actor.kind is ActorKind.TRADER and actor.name in ("", role) for actor in each.by)
        assert (each.qualified in sight.operations) is mine, each.qualified
        for named in each.roles if mine else ():
            assert sight.partakes(part(named.name))
    others = {named.name for each in OPERATIONS for named in each.roles} - sight.parts
    assert others
    assert not any(sight.partakes(part(name)) for name in others)


def test_no_part_shows_nothing_and_neither_does_that_of_another_party_or_kind() -> None:
    sight = sight_of(trader(FIRM), frozenset(ROLES), OPERATIONS)
    held = "holder of the procedure"
    assert held in sight.parts
    assert not sight.partakes(Parties())
    assert not sight_of(trader("DE1234567890123"), frozenset(ROLES), OPERATIONS).partakes(part(held))
    assert not sight_of(trader(FIRM), frozenset(), OPERATIONS).partakes(part(held))


def test_a_delegate_sees_cases_that_name_him_and_not_those_of_the_principal() -> None:
    sight = sight_of(trader(FIRM, by="BE0123456789"), frozenset(ROLES), OPERATIONS)
    named = Parties((Member(Party(PartyKind.TRADER, "BE0123456789"), "representative", 1),))
    assert sight.partakes(named)
    assert not any(sight.partakes(part(name)) for name in sight.parts)


def test_what_is_not_to_be_seen_is_passed_over_in_bounded_steps_and_neither_taken_nor_claimed(tmp_path: Path) -> None:
    core = Core(tmp_path)
    whole = reads("T1")
    clerk, buyer = (msgspec.structs.replace(whole, roles=frozenset(roles)) for roles in ({"clerk"}, {"trader"}))
    many = PAGES_AT_ONCE * 3

    async def journey(link: Link) -> None:
        for number in range(many):
            await link.submit(core.order(f"O{number}"))
        mine: list[Item] = []
        while len(mine) < many:
            mine += (await link.collect(buyer, f"{mine[-1].position:x}" if mine else "", 500, 20.0))[0]
        steps, cursor, before = 0, "", None
        while cursor != before:
            before = cursor
            items, cursor = await link.collect(clerk, cursor, 1, 20.0 if steps < many // PAGES_AT_ONCE else 0.0)
            assert items == []
            steps += 1
        assert steps == many // PAGES_AT_ONCE + 1, "so many pages are looked through at once, and then it is answered"
        first = f"{mine[0].position:x}"
        with pytest.raises(NotFound):
            await link.acknowledge(clerk, first, "rest")
        with pytest.raises(NotFound):
            await link.claim(clerk, [first], 60)
        assert (await link.claim(buyer, [first], 60))[0] == first
        await link.acknowledge(whole, first, "rest")

    go(direct, core, journey)
