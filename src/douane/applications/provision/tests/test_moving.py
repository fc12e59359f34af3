"""Moves of services between platforms: who may decide them, to where, when; and what is shown beforehand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from douane.applications.provision.messages import (
    MovePreview,
    MovePreviewQuery,
    PlatformKept,
    PlatformMove,
    PlatformQuery,
    PlatformRefused,
    PlatformReturn,
    PlatformShown,
)
from douane.applications.provision.rules.moving import Contract, reach, shut_out
from douane.author import BUSINESS, ActorKind, DouaneError, Instant, Move, Moves, Platform, doors
from douane.author.needs import MOVES
from douane.testing.office import Office, administration, officer, trader

DAY = dt.timedelta(days=1)
BY, WHY = "Head of unit, customs systems", "Queues are switched off in spring"
OWNER = administration("EU")


def move(
    at: dt.datetime, of: str = "transit", leaves: str = "ccn_csi", enters: str = "ccn2", doors_of: str = "EU"
) -> PlatformMove:  # fmt: skip
    return PlatformMove(at=doors_of, of=of, leaves=leaves, enters=enters, since=at, decided_by=BY, reason=WHY)


def back(at: dt.datetime, of: str = "transit") -> PlatformReturn:
    return PlatformReturn(at="EU", of=of, since=at, decided_by=BY, reason="Not ready yet")


def answered(made: Office, message: object) -> object:
    made.send(message, by=OWNER)
    return made.inbox(OWNER)[-1]


def reasons(made: Office, message: object) -> str:
    found = answered(made, message)
    assert isinstance(found, PlatformRefused), found
    return " ".join(found.reasons)


def shown(made: Office, of: str = "") -> PlatformShown:
    found = made.ask(PlatformQuery(of=of), by=administration("DE"), of="EU")
    assert isinstance(found, PlatformShown)
    return found


def left(made: Office, operation: str) -> set[str]:
    supply: Any = made.supplied(MOVES, "EU")  # the office has filled in what it takes
    moves: Moves = supply()
    return {each.value for each in moves.left(operation, Instant(int(made.now.timestamp() * 1e6)))}


def test_a_move_is_kept_with_who_decided_it_in_which_role_and_why_and_holds_from_its_instant_on() -> None:
    made = Office("EU")
    kept = answered(made, move(made.now + DAY))
    assert isinstance(kept, PlatformKept), kept
    line = kept.line
    assert (line.decided_by, line.reason, line.role, line.said_by) == (BY, WHY, "service owner", OWNER.id)
    assert not left(made, "transit.find_movement")
    made.wait(2 * DAY)
    assert left(made, "transit.find_movement") == {"ccn_csi"}
    assert not left(made, "statistics.report"), "nothing else moved"
    (first, *_) = shown(made).moves
    assert first == line
    places = {each.operation: each for each in shown(made, "transit").places}
    assert {each.left for each in places.values()} == {(), ("ccn_csi",)}
    assert all("ccn_csi" not in each.platforms for each in places.values())
    assert made.audited() == []


@pytest.mark.parametrize(
    ("of", "leaves", "enters", "said"),
    [
        ("zebra", "ccn_csi", "ccn2", "no zebra"),
        ("transit.zebra", "ccn_csi", "ccn2", "no transit.zebra"),
        ("provision", "ccn2", "cdco", "does not move"),
        ("transit", "ccn2", "ccn2", "Name the platform"),
        ("rex", "ccn_csi", "ccn2", "not offered by CCN/CSI"),
        ("guarantees", "speed2", "ccn2", "belongs to Member States"),
        ("risk_analysis", "ccn2", "speed2", "would open it to the untrusted circle"),
        ("risk_analysis", "ccn2", "speed2", "the contract of risk_analysis."),
        ("risk_analysis", "ccn2", "ccn_csi", "legacy interface alone"),
        ("risk_analysis", "ccn2", "cdco", "would open it to the trusted circle"),
        ("case_files", "speed2", "ccn2", "No door would be left to trader by the contract of case_files."),
        ("transit", "ccn2", "ccn_csi", "No door would be left to officer by the contract of transit."),
        ("statistics", "ccn2", "cdco", "No door would be left to"),
    ],
)  # fmt: skip
def test_what_may_not_move_says_why_and_names_the_contract(of: str, leaves: str, enters: str, said: str) -> None:
    made = Office("EU")
    assert said in reasons(made, move(made.now + DAY, of, leaves, enters))
    assert not shown(made).moves


@pytest.mark.parametrize("days", [0, -1, -400])
def test_nothing_moves_in_the_past(days: int) -> None:
    made = Office("EU")
    assert "yet to come" in reasons(made, move(made.now + days * DAY))
    answered(made, move(made.now + DAY))
    made.wait(2 * DAY)
    assert "yet to come" in reasons(made, back(made.now + days * DAY))


def test_two_moves_for_one_instant_are_one_too_many() -> None:
    made = Office("EU")
    at = made.now + DAY
    assert isinstance(answered(made, move(at)), PlatformKept)
    assert "for that instant already" in reasons(made, move(at))
    assert "for that instant already" in reasons(made, move(at, "transit.find_movement"))
    assert isinstance(answered(made, move(at, "statistics")), PlatformKept), "another service"
    later = at + DAY
    assert "not offered by CCN/CSI then" in reasons(made, move(later))


def test_nobody_but_the_owner_decides_and_nobody_about_the_doors_of_another_node() -> None:
    made = Office("EU", "FR")
    at = made.now + DAY
    luc = officer("fr.luc", "FR")
    for by, message in (
        (administration("FR"), move(at)), (luc, move(at)), (trader("FR1"), move(at)),
        (OWNER, move(at, doors_of="FR")), (administration("FR"), move(at, doors_of="FR")),
        (officer("de.eva", "DE"), move(at, doors_of="FR")), (administration("FR"), back(at)), (luc, back(at)),
    ):  # fmt: skip
        before = len(made.inbox(by))
        try:
            made.send(message, by=by)
        except DouaneError:
            continue
        assert not any(isinstance(each, PlatformKept) for each in made.inbox(by)[before:]), (by, message)
    assert not shown(made).moves
    made.send(move(at, doors_of="FR"), by=luc)
    assert isinstance(made.inbox(luc)[-1], PlatformKept), "the own doors, of a service that Member States own too"
    assert not shown(made).moves, "which says nothing of the doors of the centre"
    made.send(move(at, "reference_data.import_list", "ccn2", "cdco", doors_of="FR"), by=luc)
    refused = made.inbox(luc)[-1]
    assert isinstance(refused, PlatformRefused)
    assert "reference_data belongs to Commission" in " ".join(refused.reasons)


def test_a_move_is_void_before_its_instant_and_goes_back_after_it() -> None:
    made = Office("EU")
    assert "nothing to take back" in reasons(made, back(made.now + DAY))
    answered(made, move(made.now + DAY))
    void = answered(made, back(made.now + DAY))
    assert isinstance(void, PlatformKept)
    assert void.void
    assert not shown(made).moves
    answered(made, move(made.now + DAY))
    made.wait(2 * DAY)
    kept = answered(made, back(made.now + DAY))
    assert isinstance(kept, PlatformKept)
    assert (kept.line.back_decided_by, kept.line.back_reason, kept.line.decided_by) == (BY, "Not ready yet", BY)
    assert left(made, "transit.find_movement") == {"ccn_csi"}, "until then it holds"
    made.wait(2 * DAY)
    assert not left(made, "transit.find_movement")
    assert "nothing to take back" in reasons(made, back(made.now + DAY))
    assert isinstance(answered(made, move(made.now + DAY)), PlatformKept), "and it may move again"


def test_a_return_opens_nothing_that_another_move_closed() -> None:
    made = Office("EU")
    answered(made, move(made.now + DAY, "transit.find_movement"))
    answered(made, move(made.now + 2 * DAY))
    made.wait(3 * DAY)
    answered(made, back(made.now + DAY))
    made.wait(2 * DAY)
    assert left(made, "transit.find_movement") == {"ccn_csi"}
    assert not left(made, "transit.lodge_declaration")


def preview(made: Office, of: str, leaves: str, enters: str) -> MovePreview:
    question = MovePreviewQuery(at="EU", of=of, leaves=leaves, enters=enters, since=made.now + DAY)
    found = made.ask(question, by=officer("de.eva", "DE"), of="EU")
    assert isinstance(found, MovePreview)
    return found


def test_a_preview_names_who_reaches_what_before_and_after() -> None:
    made = Office("EU")
    found = preview(made, "transit", "ccn_csi", "ccn2")
    assert not found.faults
    assert {(each.kind, each.before, each.after) for each in found.reach} == {
        ("member_state", ("ccn2", "ccn_csi"), ("ccn2",))
    }
    assert {each.operation for each in found.reach} == set(found.operations)
    assert len(found.contracts) == len(found.operations) > 10
    wrong = preview(made, "risk_analysis", "ccn2", "speed2")
    assert any("untrusted" in each and "risk_analysis." in each for each in wrong.faults)
    assert not shown(made).moves, "a preview changes nothing"


def contracts() -> list[Contract]:
    kinds = [ActorKind.TRADER, ActorKind.MEMBER_STATE, ActorKind.OFFICER, ActorKind.COMMISSION, ActorKind.OPERATOR]
    sets = [frozenset(kind for at, kind in enumerate(kinds) if mask >> at & 1) for mask in range(1 << len(kinds))]
    return [Contract(f"s.o{at}{queues:d}", some, queues) for at, some in enumerate(sets) for queues in (False, True)]


def test_no_order_of_moves_opens_a_platform_that_the_circles_or_the_contract_keep_closed() -> None:
    """Every contract, with every two moves that may follow each other, accepted by the rules or not."""
    pairs = [(one, other) for one in BUSINESS for other in BUSINESS if one is not other]
    for contract in contracts():
        for first in pairs:
            for second in pairs:
                made = Moves(
                    Move(Instant(at), "s", leaves, enters) for at, (leaves, enters) in enumerate((first, second), 1)
                )
                for kind in ActorKind:
                    offered = contract.doors(kind) - made.left(contract.operation, Instant(3))
                    assert all(platform.admits(kind) for platform in offered)
                    assert kind in contract.kinds or not offered
                    assert contract.queues or Platform.CCN_CSI not in offered
                    assert offered <= doors(kind, queues=contract.queues)
                changed = list(reach([contract], Moves(), made, Instant(3)))
                assert all(set(each.after) < set(each.before) for each in changed), "a move opens nothing new"
                if not list(shut_out([contract], made, Instant(1))):
                    assert all(each.after for each in changed)
