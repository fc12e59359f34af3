"""What is declared: every operation says what it does, for which task and for whom; circles enter by their doors."""

from __future__ import annotations

import pytest

from douane.configuration import discovery
from douane.model.circles import ActorKind, Circle, Platform
from douane.model.declare import Operation, Service
from douane.model.discovery import applications, services
from douane.runtime.catalogue.elements import Elements

SERVICES = services()
OPERATIONS = [operation for service in SERVICES for operation in service.operations]
every_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.qualified)
every_service = pytest.mark.parametrize("service", SERVICES, ids=lambda s: s.name)


def test_discovery_finds_the_applications() -> None:
    assert {service.declared_in.rpartition(".")[0] for service in SERVICES} <= set(applications())
    assert len(OPERATIONS) > 20


@every_service
def test_a_service_says_what_it_is_for(service: Service) -> None:
    assert service.purpose
    assert service.title
    assert service.owner


@every_service
def test_a_service_can_be_spoken_to_in_soap(service: Service) -> None:
    elements = Elements((service,))
    assert elements.webs
    for web in elements.webs:
        assert elements.binding(web) is elements.binding(web), "one type without a place in XML Schema ends them all"


@every_operation
def test_an_operation_says_what_it_does_for_which_task_and_for_whom(operation: Operation) -> None:
    assert operation.title.endswith(".")
    assert operation.task
    assert operation.by


@every_operation
def test_each_caller_enters_by_the_doors_of_its_circle(operation: Operation) -> None:
    for actor in operation.by:
        doors = {p for p in Platform if p.admits(actor.kind)} - {Platform.UUMDS}
        if actor.kind.circle is Circle.UNTRUSTED:
            assert doors == {Platform.SPEED2}
        elif actor.kind.circle is Circle.TRUSTED:
            assert doors <= {Platform.CCN2, Platform.CCN_CSI, Platform.CDCO}
        else:
            assert doors <= {Platform.OPERATIONS}


def test_the_central_desk_admits_the_commission_only() -> None:
    assert Platform.CDCO.kinds == {ActorKind.COMMISSION}


def test_everybody_reaches_the_identity_service() -> None:
    assert Platform.UUMDS.kinds == set(ActorKind)


def test_every_offered_operation_is_fulfilled() -> None:
    assert discovery.behaviour().check(OPERATIONS) == []


@every_operation
def test_what_meets_no_case_or_one_too_many_is_answered_and_not_set_aside(operation: Operation) -> None:
    handler = discovery.behaviour().handlers.get(operation.qualified)
    if handler is not None and (operation.opens is None) is not (operation.about is None):
        assert handler.refuse is not None, "say what it does of a reference that is unknown, or taken: refuse="
