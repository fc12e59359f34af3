"""Messages in OpenAPI, from the description of their items: published ones as XML, ours with what customs call them."""

from __future__ import annotations

from typing import Annotated, Any

import jsonschema_rs
import msgspec
import pytest
from msgspec import Meta, Struct

from douane.channels.rest.schemas import Published, add_facts
from douane.model.families import NCTS5
from douane.standards.ncts.phase5 import CC015C, CC028C


class Line(Struct, frozen=True):
    origin: Annotated[str, Meta(title="Country of origin", extra={"code_list": "CL008", "confidential": True})] = ""


class Load(Struct, frozen=True):
    """Declare a load."""

    reference: Annotated[str, Meta(extra={"element": "12 09 000 000"})]
    first: Line | None = None
    lines: tuple[Line, ...] = ()


def component(components: dict[str, Any], path: str) -> dict[str, Any]:
    """What stands at a path, references followed."""
    name, *steps = path.split("/")
    found: dict[str, Any] = components[name]
    for step in steps:
        found = found["properties"][step]
        inner = found.get("items", found)
        found = inner if "$ref" not in inner else components[inner["$ref"].rpartition("/")[2]]
    return found


def test_a_published_message_is_described_as_xml_to_its_last_item() -> None:
    made = Published(taken=())
    assert made.message(CC015C, NCTS5) == {"$ref": "#/components/schemas/CC015C"}
    root = made.components["CC015C"]
    assert root["xml"] == {"name": "CC015C", "namespace": "http://ncts.dgtaxud.ec"}
    assert root["properties"]["PhaseID"]["xml"] == {"attribute": True}
    assert "TransitOperation" in root["required"]
    assert "Representative" not in root["required"]
    items = made.components["HouseConsignment"]["properties"]["ConsignmentItem"]
    assert (items["type"], items["minItems"], items["maxItems"]) == ("array", 1, 999)
    goods = component(
        made.components, "CC015C/Consignment/HouseConsignment/ConsignmentItem/Commodity/descriptionOfGoods"
    )
    assert (goods["maxLength"], goods["x-format"], goods["title"]) == (512, "an..512", "Description of goods")
    kind = component(made.components, "CC015C/TransitOperation/declarationType")
    assert kind["x-code-list"] == "CL231"
    assert "R0601" in kind["x-conditions"]


def test_groups_that_read_alike_are_one_component_and_no_name_is_taken_twice() -> None:
    made = Published(taken=("Consignment",))
    for message in (CC015C, CC028C):
        made.message(message, NCTS5)
    assert "Consignment" not in made.components
    assert "Consignment2" in made.components
    before = len(made.components)
    made.message(CC015C, NCTS5)
    assert len(made.components) == before
    bodies = [msgspec.json.encode(each, order="sorted") for each in made.components.values()]
    assert len(bodies) == len(set(bodies))


def test_what_is_described_can_judge() -> None:
    made = Published(taken=())
    made.message(CC028C, NCTS5)
    whole = {"$ref": "#/components/schemas/CC028C", "components": {"schemas": made.components}}
    judge = jsonschema_rs.validator_for(whole)
    office = {"referenceNumber": "DE004800"}
    message: dict[str, Any] = {
        "messageSender": "NTA.DE", "messageRecipient": "DE1", "preparationDateAndTime": "2026-01-02T03:04:05",
        "messageIdentification": "M1", "messageType": "CC028C",
        "TransitOperation": {"LRN": "L1", "MRN": "26DE0000010000297A"[:18], "declarationAcceptanceDate": "2026-01-02"},
        "CustomsOfficeOfDeparture": office, "HolderOfTheTransitProcedure": {"name": "Holder"},
    }  # fmt: skip
    found = [each.instance_path for each in judge.iter_errors(message)]
    assert [path for path in found if path != ["TransitOperation", "MRN"]] == []
    message["CustomsOfficeOfDeparture"] = {"referenceNumber": "de"}
    message["Surprise"] = "1"
    assert {tuple(each.instance_path) for each in judge.iter_errors(message)} >= {
        (), ("CustomsOfficeOfDeparture", "referenceNumber"),
    }  # fmt: skip


@pytest.mark.parametrize("place", ["first", "lines"])
def test_ours_say_what_they_are_in_customs(place: str) -> None:
    _, components = msgspec.json.schema_components([Load], ref_template="#/components/schemas/{name}")
    add_facts(components, "Load", Load)
    assert place in components["Load"]["properties"]
    assert components["Load"]["properties"]["reference"]["x-data-element"] == "12 09 000 000"
    origin = components["Line"]["properties"]["origin"]
    assert (origin["x-code-list"], origin["x-confidential"], origin["title"]) == ("CL008", True, "Country of origin")
