"""Message types are named within their service: two may call theirs alike, and neither gets the other's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from douane.channels.rest.openapi import document
from douane.model import discovery
from douane.model.build import Sources, build
from douane.model.circles import ActorKind
from douane.model.declare import Actor, Level, MessageFamily, Who, command, service
from douane.model.graph import EdgeKind
from douane.model.naming import Names
from douane.reference_architecture.exchange.asyncapi import asyncapi
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.store.origin import Media
from douane.vocabulary.errors import DeclarationFault, UnknownMessageType
from tests.contracts import others_notice

CARRIER = Actor("carrier", ActorKind.TRADER)


class Notice(msgspec.Struct, frozen=True):
    """A notice of arrival."""

    number: str


class Noted(msgspec.Struct, frozen=True):
    """It is noted."""

    number: str


@service("arrivals", title="Arrivals", owner="tests", level=Level.BRONZE)
class Arrivals:
    """Arrivals."""

    @command(Notice, replies=(Noted,), task="T", who=Who(by=(CARRIER,)))
    def announce(self) -> None:
        """Announce an arrival."""


SERVICES = [Arrivals.__service__, others_notice.Manifests.__service__]  # type: ignore[attr-defined] # set by @service
BOTH = Catalogue(SERVICES)


def test_each_operation_takes_its_own() -> None:
    for operation, message in (("arrivals.announce", Notice), ("manifests.lodge", others_notice.Notice)):
        declared = BOTH.operation(operation)
        assert declared.request is message
        assert BOTH.operation_for(message) == operation
    assert BOTH.read_json(Notice, b'{"number": "7"}') == Notice("7")
    assert BOTH.read_json(others_notice.Notice, b'{"lines": 7}') == others_notice.Notice(7)


def test_what_two_services_call_alike_is_told_with_the_service_and_what_one_alone_calls_so_is_not() -> None:
    said = {BOTH.encode(each)[0] for each in (Notice("7"), others_notice.Notice(7), Noted("7"))}
    assert said == {"arrivals.Notice", "manifests.Notice", "Noted"}
    assert set(BOTH.names()) == said
    alone = Catalogue(SERVICES[:1])
    assert alone.encode(Notice("7"))[0] == "Notice", "stored and sent as before"
    assert alone.type_named("Notice") is alone.type_named("arrivals.Notice") is Notice


def test_a_name_of_several_is_no_name_and_the_refusal_tells_those_that_are() -> None:
    with pytest.raises(UnknownMessageType) as refused:
        BOTH.type_named("Notice")
    assert "arrivals.Notice, manifests.Notice" in str(refused.value.remedy)
    assert BOTH.type_named("manifests.Notice") is others_notice.Notice
    for unknown in ("x.Notice", "arrivals.Noted2", "arrivals.", ".Notice"):
        with pytest.raises(UnknownMessageType):
            BOTH.type_named(unknown)


@pytest.mark.parametrize("name", ["Notice", "manifests.Notice"])
def test_what_stayed_in_the_node_is_read_by_its_operation_also_under_its_former_name(name: str) -> None:
    body = msgspec.msgpack.encode(others_notice.Notice(7))
    assert BOTH.decode("manifests.lodge", name, Media.VALUE, body) == others_notice.Notice(7)


def test_one_service_has_one_type_of_a_name() -> None:
    def twice() -> type:
        @service("twice", title="Twice", owner="tests", level=Level.BRONZE)
        class Twice:
            """Twice."""

            @command(Notice, replies=(others_notice.Notice,), task="T", who=Who(by=(CARRIER,)))
            def lodge(self) -> None:
                """Lodge."""

        return Twice

    with pytest.raises(DeclarationFault, match="Two message types of twice are called Notice"):
        Catalogue([twice().__service__])  # type: ignore[attr-defined] # set by @service


def test_a_message_of_a_family_is_called_by_its_root_whoever_else_calls_his_so() -> None:
    names = Names(SERVICES, published=lambda message: message is others_notice.Notice)
    assert (names.of(others_notice.Notice), names.of(Notice)) == ("Notice", "arrivals.Notice")
    assert names.find("Notice") is others_notice.Notice
    family = MessageFamily("x", lambda: (others_notice.Notice,), read=_unread, write=lambda _: b"")
    assert family.official(Notice)


def _unread(body: bytes) -> Any:
    raise AssertionError(body)


def test_both_stand_in_the_model_and_in_openapi_apart() -> None:
    model = build(Sources(SERVICES))
    taken = {(e.source, e.target) for e in model.edges if e.kind is EdgeKind.TAKES}
    assert taken == {
        ("operation:arrivals.announce", "type:arrivals.Notice"), ("operation:manifests.lodge", "type:manifests.Notice"),
    }  # fmt: skip
    made = document("speed2", [o for each in SERVICES for o in each.operations], BOTH.family)
    schemas = made["components"]["schemas"]
    assert not [name for name, each in schemas.items() if "title" in each], "tools take titles for names"
    asked = {}
    for path in ("/arrivals/v1/announce", "/manifests/v1/lodge"):
        content = made["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]
        asked[path] = set(schemas[content["$ref"].rpartition("/")[2]]["properties"])
    assert asked == {"/arrivals/v1/announce": {"number"}, "/manifests/v1/lodge": {"lines"}}


def test_both_stand_in_an_export_for_event_driven_systems_apart() -> None:
    queued = [replace(each, legacy_queue=True) for each in SERVICES]
    operations = [replace(o, by=(Actor("", ActorKind.MEMBER_STATE),)) for each in queued for o in each.operations]
    made = asyncapi(
        [replace(each, operations=tuple(o for o in operations if o.service == each.name)) for each in queued],
        BOTH.family, "1",
    )["components"]  # fmt: skip
    places = {name: each["payload"]["$ref"].rpartition("/")[2] for name, each in made["messages"].items()}
    assert set(places) == {"arrivals.Notice", "manifests.Notice", "Noted"}
    assert set(made["schemas"][places["manifests.Notice"]]["properties"]) == {"lines"}
    assert set(made["schemas"][places["arrivals.Notice"]]["properties"]) == {"number"}


def test_every_type_of_the_product_is_called_as_before() -> None:
    catalogue = Catalogue(discovery.services())
    assert [name for name in catalogue.names() if "." in name] == []
