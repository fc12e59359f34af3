"""What the matrix says, without a door: the claims of the strategy, held against every route that is declared."""

from __future__ import annotations

import pytest

from douane.assembly.surface import LINK, accesses, surface
from douane.configuration.discovery import services
from douane.identity.surface import IDENTITIES, Evidence, Meeting, meetings
from douane.model.circles import ActorKind, Circle, Platform
from douane.model.declare import Kind
from douane.model.routes import Opening, Route
from douane.runtime.catalogue.catalogue import Catalogue

CATALOGUE = Catalogue(services())
OPERATIONS = CATALOGUE.operations
CELLS = list(meetings(surface(CATALOGUE), accesses(CATALOGUE)))
OPEN = [c for c in CELLS if c.verdict.allowed and c.route.opening is not Opening.ANYBODY]


def kinds(platform: Platform) -> set[ActorKind]:
    return {c.identity.kind for c in OPEN if c.platform is platform and c.route is not LINK}


def test_no_route_of_a_customs_door_opens_to_another_circle() -> None:
    assert {kind.circle for kind in kinds(Platform.SPEED2)} == {Circle.UNTRUSTED}
    assert {kind.circle for kind in kinds(Platform.CCN2)} == {Circle.TRUSTED}
    assert kinds(Platform.CCN_CSI) == {ActorKind.MEMBER_STATE}
    assert kinds(Platform.CDCO) == {ActorKind.COMMISSION}
    assert kinds(Platform.OPERATIONS) == {ActorKind.OPERATOR}
    assert kinds(Platform.UUMDS) == set(ActorKind)
    assert {c.identity.kind for c in OPEN if c.route is LINK} == {ActorKind.SERVICE}


def test_no_proof_that_is_worth_nothing_opens_a_route_that_asks_for_one() -> None:
    assert {c.identity.evidence for c in OPEN} == {Evidence.HOLDS, Evidence.NONE}
    nobody = [c for c in OPEN if c.identity.evidence is Evidence.NONE]
    read = {name for c in nobody for name in c.route.operations if OPERATIONS[name].open_to(ActorKind.PUBLIC)}
    assert {c.platform for c in nobody} == {Platform.SPEED2}
    assert all(set(c.route.operations) & read for c in nobody)
    assert {OPERATIONS[name].kind for name in read} == {Kind.QUERY}
    free = {(c.platform, c.route.path) for c in CELLS if c.route.opening is Opening.ANYBODY}
    assert {platform for platform, _ in free} == {Platform.UUMDS, Platform.OPERATIONS}
    assert all(path.startswith(("/.well-known/", "/health/")) for _, path in free)


def test_every_cell_has_a_reason_and_every_kind_of_identity_meets_every_route() -> None:
    assert all(c.verdict.reason for c in CELLS)
    routes = sum(len(each) for each in surface(CATALOGUE).values())
    assert len(CELLS) == routes * len(IDENTITIES)
    assert {c.identity.evidence for c in CELLS} == set(Evidence)


def test_every_operation_has_its_routes_by_every_web_channel() -> None:
    for platform, routes in surface(CATALOGUE).items():
        found = {(r.channel, name) for r in routes for name in r.operations if r.element or r.channel == "rest"}
        operations = CATALOGUE.operations.values()
        if platform in (Platform.SPEED2, Platform.CCN2, Platform.CDCO):
            assert (
                {n for c, n in found if c == "rest"}
                == {n for c, n in found if c == "soap"}
                == set(CATALOGUE.operations)
            )
        if platform in (Platform.SPEED2, Platform.CCN2):
            assert {n for c, n in found if c == "as4"} == {o.qualified for o in operations if o.kind is Kind.COMMAND}


def test_a_route_says_to_whom_it_opens() -> None:
    with pytest.raises(TypeError):
        Route("rest", "GET", "/x")  # type: ignore[call-arg] # it must say
    with pytest.raises(AssertionError):
        Route("rest", "GET", "/x", Opening.OPERATION)
    addresses = [(p, r.channel, r.address, r.element) for p, routes in surface(CATALOGUE).items() for r in routes]
    assert len(addresses) == len(set(addresses))


def test_evidence_of_the_wrong_circle_is_told_so() -> None:
    cell = next(c for c in CELLS if c.identity.evidence is Evidence.WRONG_CIRCLE and c.route.opening is Opening.CALLER)
    assert isinstance(cell, Meeting)
    assert "another circle" in cell.verdict.reason
