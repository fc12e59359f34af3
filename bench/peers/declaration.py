"""The parts of a CC015C that the peer uses, as pydantic models over the XML turned into dictionaries."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any

from lxml import etree
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel


def _many(value: Any) -> Any:
    """An element that may come several times is a dictionary when it comes once."""
    return value if isinstance(value, list) else [value]


def _name(field: str) -> str:
    """``consignment_item`` is ConsignmentItem where it is a group; leaves begin in lower case."""
    return to_camel(field)


class Part(BaseModel):
    """An element with its children."""

    model_config = ConfigDict(alias_generator=_name, extra="ignore", frozen=True)


Text = Annotated[str, Field(max_length=512)]


class Operation(Part):
    """TransitOperation."""

    lrn: Annotated[str, Field(alias="LRN", max_length=22)]
    declaration_type: Annotated[str, Field(max_length=5)]
    additional_declaration_type: Annotated[str, Field(pattern=r"^[A-Z]$")]
    security: Annotated[str, Field(pattern=r"^[0-9]$")]
    reduced_dataset_indicator: bool
    binding_itinerary: bool
    tir_carnet_number: Annotated[str | None, Field(alias="TIRCarnetNumber")] = None
    specific_circumstance_indicator: str | None = None
    limit_date: dt.date | None = None


class Office(Part):
    """A customs office by its reference number."""

    reference_number: Annotated[str, Field(pattern=r"^[A-Z]{2}[A-Z0-9]{6}$")]
    sequence_number: int = 1


class Address(Part):
    """Address."""

    street_and_number: Annotated[str, Field(max_length=70)]
    city: Annotated[str, Field(max_length=35)]
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    postcode: str | None = None


class Party(Part):
    """A party, by number or by name and address."""

    identification_number: Annotated[str | None, Field(max_length=17)] = None
    name: Annotated[str | None, Field(max_length=70)] = None
    address: Annotated[Address | None, Field(alias="Address")] = None


class GuaranteeReference(Part):
    """GuaranteeReference."""

    sequence_number: int
    grn: Annotated[str, Field(alias="GRN", pattern=r"^[0-9]{2}[A-Z]{2}[A-Z0-9]{12}[0-9]([A-Z][0-9]{6})?$")]
    access_code: Annotated[str | None, Field(max_length=4)] = None
    amount_to_be_covered: Decimal
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class Guarantee(Part):
    """Guarantee."""

    sequence_number: int
    guarantee_type: Annotated[str, Field(pattern=r"^[0-9A-Z]$")]
    guarantee_reference: Annotated[
        list[GuaranteeReference], BeforeValidator(_many), Field(alias="GuaranteeReference")
    ] = []


class CommodityCode(Part):
    """CommodityCode."""

    harmonized_system_sub_heading_code: Annotated[str, Field(pattern=r"^[0-9]{6}$")]
    combined_nomenclature_code: Annotated[str | None, Field(pattern=r"^[0-9A-Z]{2}$")] = None


class GoodsMeasure(Part):
    """GoodsMeasure."""

    gross_mass: Annotated[Decimal | None, Field(ge=0)] = None
    net_mass: Annotated[Decimal | None, Field(ge=0)] = None


class Commodity(Part):
    """Commodity."""

    description_of_goods: Text
    commodity_code: Annotated[CommodityCode | None, Field(alias="CommodityCode")] = None
    goods_measure: Annotated[GoodsMeasure | None, Field(alias="GoodsMeasure")] = None


class Packaging(Part):
    """Packaging."""

    sequence_number: int
    type_of_packages: Annotated[str, Field(pattern=r"^[0-9A-Z]{2}$")]
    number_of_packages: Annotated[int | None, Field(ge=0, le=99_999_999)] = None
    shipping_marks: Text | None = None


class Document(Part):
    """A document."""

    sequence_number: int
    type: Annotated[str, Field(max_length=4)]
    reference_number: Annotated[str, Field(max_length=70)]


Documents = Annotated[list[Document], BeforeValidator(_many)]


class Item(Part):
    """ConsignmentItem."""

    goods_item_number: int
    declaration_goods_item_number: int
    declaration_type: str | None = None
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    commodity: Annotated[Commodity, Field(alias="Commodity")]
    packaging: Annotated[list[Packaging], BeforeValidator(_many), Field(alias="Packaging")]
    supporting_document: Annotated[Documents, Field(alias="SupportingDocument")] = []


class House(Part):
    """HouseConsignment."""

    sequence_number: int
    gross_mass: Decimal
    country_of_dispatch: str | None = None
    consignor: Annotated[Party | None, Field(alias="Consignor")] = None
    consignee: Annotated[Party | None, Field(alias="Consignee")] = None
    supporting_document: Annotated[Documents, Field(alias="SupportingDocument")] = []
    items: Annotated[list[Item], BeforeValidator(_many), Field(alias="ConsignmentItem")]


class GoodsReference(Part):
    """GoodsReference."""

    sequence_number: int
    declaration_goods_item_number: int


class Seal(Part):
    """Seal."""

    sequence_number: int
    identifier: Annotated[str, Field(max_length=20)]


class Equipment(Part):
    """TransportEquipment."""

    sequence_number: int
    container_identification_number: str | None = None
    number_of_seals: int = 0
    seals: Annotated[list[Seal], BeforeValidator(_many), Field(alias="Seal")] = []
    goods: Annotated[list[GoodsReference], BeforeValidator(_many), Field(alias="GoodsReference")] = []


class Means(Part):
    """Means of transport."""

    sequence_number: int
    type_of_identification: Annotated[str, Field(pattern=r"^[0-9]{2}$")]
    identification_number: Annotated[str, Field(max_length=35)]
    nationality: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class Routing(Part):
    """CountryOfRoutingOfConsignment."""

    sequence_number: int
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class Place(Part):
    """A place of loading or unloading."""

    un_locode: Annotated[str | None, Field(alias="UNLocode")] = None
    country: str | None = None
    location: str | None = None


class Consignment(Part):
    """Consignment."""

    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    container_indicator: bool | None = None
    inland_mode_of_transport: Annotated[str | None, Field(pattern=r"^[0-9]$")] = None
    mode_of_transport_at_the_border: str | None = None
    gross_mass: Decimal
    reference_number_ucr: Annotated[str | None, Field(alias="referenceNumberUCR", max_length=35)] = None
    carrier: Annotated[Party | None, Field(alias="Carrier")] = None
    consignor: Annotated[Party | None, Field(alias="Consignor")] = None
    consignee: Annotated[Party | None, Field(alias="Consignee")] = None
    equipment: Annotated[list[Equipment], BeforeValidator(_many), Field(alias="TransportEquipment")] = []
    means: Annotated[list[Means], BeforeValidator(_many), Field(alias="DepartureTransportMeans")] = []
    routing: Annotated[list[Routing], BeforeValidator(_many), Field(alias="CountryOfRoutingOfConsignment")] = []
    place_of_loading: Annotated[Place | None, Field(alias="PlaceOfLoading")] = None
    place_of_unloading: Annotated[Place | None, Field(alias="PlaceOfUnloading")] = None
    transport_document: Annotated[Documents, Field(alias="TransportDocument")] = []
    houses: Annotated[list[House], BeforeValidator(_many), Field(alias="HouseConsignment")]


class Declaration(Part):
    """CC015C."""

    message_sender: Annotated[str, Field(max_length=35)]
    message_recipient: Annotated[str, Field(max_length=35)]
    preparation_date_and_time: dt.datetime
    message_identification: Annotated[str, Field(max_length=35)]
    message_type: Annotated[str, Field(pattern=r"^CC015C$")]
    operation: Annotated[Operation, Field(alias="TransitOperation")]
    departure: Annotated[Office, Field(alias="CustomsOfficeOfDeparture")]
    destination: Annotated[Office, Field(alias="CustomsOfficeOfDestinationDeclared")]
    transit: Annotated[list[Office], BeforeValidator(_many), Field(alias="CustomsOfficeOfTransitDeclared")] = []
    holder: Annotated[Party, Field(alias="HolderOfTheTransitProcedure")]
    guarantees: Annotated[list[Guarantee], BeforeValidator(_many), Field(alias="Guarantee")]
    consignment: Annotated[Consignment, Field(alias="Consignment")]

    @property
    def items(self) -> list[Item]:
        """All goods items."""
        return [item for house in self.consignment.houses for item in house.items]


def as_dict(element: etree._Element) -> Any:
    """An element as xmltodict would give it: text, or children by name, lists where a name repeats."""
    if not len(element):
        return element.text or ""
    found: dict[str, Any] = {}
    for child in element:
        name, value = etree.QName(child).localname, as_dict(child)
        if name in found:
            known = found[name]
            if isinstance(known, list):
                known.append(value)
            else:
                found[name] = [known, value]
        else:
            found[name] = value
    return found
