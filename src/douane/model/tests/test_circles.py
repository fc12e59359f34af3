from __future__ import annotations

from douane.model.circles import ActorKind, Circle, Platform


def test_every_kind_has_a_circle_and_every_platform_an_entry_list() -> None:
    assert {kind.circle for kind in ActorKind} == set(Circle)
    assert all(platform.kinds for platform in Platform)


def test_the_untrusted_enter_by_speed2_and_reach_uumds_only() -> None:
    for kind in (ActorKind.TRADER, ActorKind.THIRD_COUNTRY, ActorKind.PARTNER_SERVICE):
        assert kind.circle is Circle.UNTRUSTED
        assert {p for p in Platform if p.admits(kind)} == {Platform.SPEED2, Platform.UUMDS}


def test_the_trusted_never_enter_by_speed2() -> None:
    assert {p for p in Platform if p.admits(ActorKind.MEMBER_STATE)} == {
        Platform.CCN2, Platform.CCN_CSI, Platform.UUMDS,
    }  # fmt: skip
    assert {p for p in Platform if p.admits(ActorKind.OFFICER)} == {Platform.CCN2, Platform.UUMDS}


def test_only_the_commission_reaches_the_cdco_desk() -> None:
    assert Platform.CDCO.kinds == {ActorKind.COMMISSION}


def test_parts_of_the_node_enter_by_no_customs_door() -> None:
    for platform in (Platform.SPEED2, Platform.CCN2, Platform.CCN_CSI, Platform.CDCO):
        assert not platform.admits(ActorKind.SERVICE)
        assert not platform.admits(ActorKind.OPERATOR)
