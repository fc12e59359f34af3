"""The registry as it is read: services that the centre declares, and those that administrations offer."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Final

from douane.applications.service_bus.contract import OPERATOR, ServiceBus
from douane.applications.service_bus.handlers.calling import consumers_of
from douane.applications.service_bus.handlers.platform import declared
from douane.applications.service_bus.messages.exchanges import Endpoint, EndpointQuery
from douane.applications.service_bus.messages.registry import (
    Class,
    RegisteredConsumer,
    RegisteredOperation,
    RegisteredProvider,
    RegisteredService,
    ServiceKey,
    ServicePage,
    ServiceQuery,
    State,
)
from douane.applications.service_bus.records import Consumer, Offering, Subscription, offering, offerings
from douane.author import MOST_LISTED, BadQuery, Kind, Level, NotFound, Operation, Service
from douane.author.run import View, answers
from douane.runtime.catalogue.catalogue import UNION

_PATTERNS: Final = {Kind.COMMAND: "one_way", Kind.QUERY: "request_response", Kind.EVENT: "publish"}
_RANK: Final = (State.OFFERED, State.DEPRECATED, State.ASKED, State.RETIRED, State.REFUSED)
Place = tuple[str, int]
"""Name and version: what the registry is ordered by."""


@answers(ServiceBus.find)
def find(view: View, question: ServiceQuery) -> ServicePage:
    """A page of services by name and version, without their contracts."""
    after = _place(question.after)
    ours = [(name, 1) for name in sorted(declared()) if (name, 1) > after]
    most = min(question.limit, MOST_LISTED)
    places = sorted({*ours[: most + 1], *itertools.islice(_offered(view, after), most + 1)})
    page = places[:most]
    found = tuple(_short(_shown(view, *place)) for place in page)
    return ServicePage(found, f"{page[-1][0]}/v{page[-1][1]}" if len(places) > len(page) else "")


@answers(ServiceBus.show)
def show(view: View, question: ServiceKey) -> RegisteredService:
    """One version, whole."""
    return _shown(view, question.service, question.version)


@answers(ServiceBus.endpoint)
def endpoint_of(view: View, question: EndpointQuery) -> Endpoint:
    """The present address behind a lane; none where messages are collected, or where the offering is gone."""
    provider, service, version, *consumer = question.key.split("/")
    kept = offering(view, provider, service, int(version.removeprefix("v")))
    if kept is None or kept.state in (State.ASKED, State.REFUSED):
        return Endpoint("", ())
    if not consumer:
        return Endpoint(kept.address, kept.networks)
    local = "/".join(consumer).encode()
    known: Consumer | Subscription | None = view.get(Consumer, kept.subject, local)
    if len(consumer) > 1:
        known = view.get(Subscription, kept.subject, local)
    return Endpoint(known.callback if known is not None else "", kept.networks)


def _place(cursor: str) -> Place:
    name, _, version = cursor.partition("/v")
    if cursor and not version.isdecimal():
        raise BadQuery("The cursor is none that this registry gave.", remedy="Leave it out to begin anew.")
    return name, int(version or 0)


def _offered(view: View, after: Place) -> Iterator[Place]:
    """Places of offered services after one. What is not approved is seen by its provider and the operator only."""
    last = after
    for _, each in view.every(Offering, "by_service", low=after[0] or None):
        place = (each.service, each.version)
        if place > last and _sees(view, each):
            last = place
            yield place


def _sees(view: View, each: Offering) -> bool:
    return each.state not in (State.ASKED, State.REFUSED) or _owns(view, each)


def _owns(view: View, each: Offering) -> bool:
    return view.caller.name == each.party or OPERATOR.name in view.roles


def _shown(view: View, name: str, version: int) -> RegisteredService:
    service = declared().get(name)
    if service is not None:
        if version != 1:
            raise _unknown(name, version)
        return _of_the_centre(view, service)
    found = [each for each in offerings(view, name, version) if _sees(view, each)]
    if not found:
        raise _unknown(name, version)
    return _of_administrations(view, found)


def _unknown(name: str, version: int) -> NotFound:
    return NotFound(f"There is no version {version} of a service {name[:60]}.", remedy="GET /services lists them.")


def _short(whole: RegisteredService) -> RegisteredService:
    """An entry as a list shows it: contracts are read one by one."""
    operations = tuple(
        RegisteredOperation(name=o.name, title=o.title, pattern=o.pattern, endpoint=o.endpoint, request=o.request,
                            answer=o.answer)
        for o in whole.operations
    )  # fmt: skip
    return RegisteredService(
        service=whole.service, version=whole.version, title=whole.title, level=whole.level, seconds=whole.seconds,
        state=whole.state, providers=whole.providers, consumers=whole.consumers, operations=operations,
        legal=whole.legal, sunset=whole.sunset, successor=whole.successor,
    )  # fmt: skip


def endpoint(service: str, version: int, operation: str) -> str:
    """Where an operation is called on the bus."""
    return f"/services/{service}/v{version}/{operation}"


def _of_the_centre(view: View, service: Service) -> RegisteredService:
    return RegisteredService(
        service=service.name, version=1, title=service.title, level=Class(service.level.name.lower()),
        seconds=service.level.seconds, state=State(service.status.value), legal=service.legal,
        providers=(RegisteredProvider(administration=UNION, state=State(service.status.value), delivery="hosted"),),
        consumers=tuple(consumers_of(view, service)),
        operations=tuple(_declared_operation(each) for each in service.operations),
    )  # fmt: skip


def _declared_operation(operation: Operation) -> RegisteredOperation:
    return RegisteredOperation(
        name=operation.name, title=operation.title.split("\n")[0], pattern=_PATTERNS[operation.kind],
        endpoint=endpoint(operation.service, 1, operation.name), request=operation.request.__name__,
        answer=" ".join(each.__name__ for each in operation.replies),
    )  # fmt: skip


def _of_administrations(view: View, found: list[Offering]) -> RegisteredService:
    """One entry for all who provide a version; they keep one contract, so any of them shows it."""
    first = min(found, key=lambda each: _RANK.index(each.state))
    level = Level[first.offer.level.name]
    return RegisteredService(
        service=first.service, version=first.version, title=first.offer.title, level=first.offer.level,
        seconds=level.seconds, state=first.state, legal=first.offer.legal, sunset=first.sunset,
        successor=first.successor, providers=tuple(_provider(view, each) for each in found),
        consumers=tuple(each for one in found for each in _consumers(view, one)),
        operations=tuple(
            RegisteredOperation(
                name=o.name, title=o.title, pattern=o.pattern.value, request=o.takes.message or o.takes.form.value,
                endpoint=endpoint(first.service, first.version, o.name), takes=o.takes, answers=o.answers,
                answer=(o.answers.message or o.answers.form.value) if o.answers else "",
            )
            for o in first.offer.operations
        ),
    )  # fmt: skip


def _provider(view: View, each: Offering) -> RegisteredProvider:
    delivery = (
        f"by version {each.offer.served_by}" if each.offer.served_by else "pushed" if each.address else "collected"
    )
    address = each.address if _owns(view, each) else ""
    return RegisteredProvider(administration=each.provider, state=each.state, delivery=delivery, address=address)


def _consumers(view: View, each: Offering) -> Iterator[RegisteredConsumer]:
    for consumer in view.all_of(Consumer, each.subject):
        yield RegisteredConsumer(
            name=consumer.administration, state=consumer.state, provider=each.provider, seen=consumer.seen
        )
