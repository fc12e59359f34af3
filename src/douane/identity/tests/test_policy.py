from __future__ import annotations

from dataclasses import dataclass

import pytest

from douane.identity.policy import Ground, OperationAccess, admit, carries, enter, matrix, may_assert
from douane.identity.principals import Principal, Proof, ProofKind
from douane.model.circles import ActorKind, Circle, Platform
from douane.vocabulary.errors import NotAuthorised, WrongCircle


@dataclass(frozen=True)
class Role:
    name: str
    kind: ActorKind


HOLDER = Role("HOLDER", ActorKind.TRADER)
ANY_OFFICER = Role("", ActorKind.OFFICER)
CALLERS = (HOLDER, ANY_OFFICER)
PROOF = Proof(ProofKind.CERTIFICATE, "x")


def who(kind: ActorKind, *roles: str, circle: Circle | None = None, acting_for: str = "") -> Principal:
    return Principal("p", kind, circle or kind.circle, PROOF, roles=frozenset(roles), acting_for=acting_for)


def test_the_right_party_with_the_role_is_admitted() -> None:
    verdict = admit(who(ActorKind.TRADER, "HOLDER"), Platform.SPEED2, "transit.lodge", CALLERS)
    assert verdict.allowed
    verdict.enforce()


def test_no_callers_means_nobody() -> None:
    for kind in ActorKind:
        for platform in Platform:
            assert not admit(who(kind, "HOLDER"), platform, "transit.lodge", ()).allowed


def test_each_refusal_says_why_and_what_to_do() -> None:
    wrong = admit(who(ActorKind.TRADER, "HOLDER"), Platform.CCN2, "transit.lodge", CALLERS)
    assert (wrong.ground, wrong.reason, wrong.remedy) == (
        Ground.WRONG_PLATFORM, "Trader does not enter by CCN2.", "Use SPEED2.",
    )  # fmt: skip
    with pytest.raises(WrongCircle, match="Use SPEED2"):
        wrong.enforce()
    not_open = admit(who(ActorKind.THIRD_COUNTRY), Platform.SPEED2, "transit.lodge", CALLERS)
    assert not_open.ground is Ground.NOT_OPEN
    assert "open to: officer, trader" in not_open.reason
    no_role = admit(who(ActorKind.TRADER, "CONSIGNEE", acting_for="DE1"), Platform.SPEED2, "transit.lodge", CALLERS)
    assert "acting for DE1: HOLDER" in no_role.reason
    with pytest.raises(NotAuthorised):
        no_role.enforce()


def test_a_role_of_another_kind_does_not_help() -> None:
    callers = (HOLDER, Role("AUDITOR", ActorKind.OFFICER))
    assert admit(who(ActorKind.OFFICER, "HOLDER"), Platform.CCN2, "x.y", callers).ground is Ground.NO_ROLE


def test_a_proof_from_another_circle_than_the_registration_is_refused() -> None:
    forged = who(ActorKind.OFFICER, circle=Circle.UNTRUSTED)
    assert admit(forged, Platform.CCN2, "x.y", CALLERS).ground is Ground.WRONG_PLATFORM


def test_uumds_and_operations_carry_no_business() -> None:
    for platform in (Platform.UUMDS, Platform.OPERATIONS):
        assert carries(platform, "x.y").ground is Ground.NOT_CARRIED
    assert enter(ActorKind.TRADER, Platform.UUMDS).allowed
    assert enter(ActorKind.SERVICE, Platform.CDCO).remedy == "No customs door is open to this kind of caller."


def test_queues_carry_declared_legacy_interfaces_only() -> None:
    callers = (Role("", ActorKind.MEMBER_STATE),)
    state = who(ActorKind.MEMBER_STATE)
    assert admit(state, Platform.CCN_CSI, "x.y", callers).ground is Ground.NOT_CARRIED
    assert admit(state, Platform.CCN_CSI, "x.y", callers, legacy_queue=True).allowed


@pytest.mark.parametrize("platform", [Platform.SPEED2, Platform.CCN2, Platform.CCN_CSI, Platform.CDCO])
def test_a_link_speaks_for_its_own_door_only(platform: Platform) -> None:
    link = who(ActorKind.SERVICE, f"link.{platform.value}")
    for other in Platform:
        for circle in Circle:
            expected = other is platform and circle in {kind.circle for kind in platform.kinds}
            assert may_assert(link, other, circle).allowed is expected, (other, circle)


def test_only_a_service_can_be_a_link() -> None:
    assert not may_assert(who(ActorKind.TRADER, "link.speed2"), Platform.SPEED2, Circle.UNTRUSTED).allowed
    assert not may_assert(
        who(ActorKind.SERVICE, "link.speed2", circle=Circle.UNTRUSTED), Platform.SPEED2, Circle.UNTRUSTED
    ).allowed


def test_the_matrix_enumerates_every_cell_and_agrees_with_the_calls() -> None:
    operations = [OperationAccess("transit.lodge", CALLERS), OperationAccess("transit.find", (ANY_OFFICER,), True)]
    cells = list(matrix(ActorKind, list(Platform), operations))
    assert len(cells) == len(ActorKind) * len(Platform) * 2
    by_name = {each.name: each for each in operations}
    for cell in cells:
        access = by_name[cell.operation]
        roles = [each.name for each in access.callers if each.kind is cell.kind]
        call = admit(
            who(cell.kind, *roles), cell.platform, cell.operation, access.callers, legacy_queue=access.legacy_queue
        )
        assert call.allowed is cell.verdict.allowed
    allowed = {(c.kind, c.platform, c.operation) for c in cells if c.verdict.allowed}
    assert allowed == {
        (ActorKind.TRADER, Platform.SPEED2, "transit.lodge"),
        (ActorKind.OFFICER, Platform.CCN2, "transit.lodge"),
        (ActorKind.OFFICER, Platform.CCN2, "transit.find"),
    }
