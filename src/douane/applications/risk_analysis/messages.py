"""The language of risk analysis: a neutral view of a consignment in, an outcome with its reasons back."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated

from msgspec import Meta, Struct

# Data element numbers are those of Annex B to Delegated Regulation (EU) 2015/2446, code lists those of the Commission.
Country = Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z", extra={"code_list": "CL008"})]
Office = Annotated[str, Meta(pattern=r"\A[A-Z]{2}[A-Z0-9]{6}\Z", extra={"code_list": "CL141"})]
Commodity = Annotated[str, Meta(pattern=r"\A[0-9]{4,10}\Z", title="Commodity code", extra={"element": "18 09 000 000"})]
TransportMode = Annotated[
    str, Meta(pattern=r"\A[1-9]\Z", title="Mode of transport at the border", extra={"code_list": "CL018"})
]
Identification = Annotated[str, Meta(max_length=17, extra={"confidential": True})]
Amount = Annotated[Decimal, Meta(extra={"format": "n..16,6"})]
Count = Annotated[int, Meta(ge=0)]


class Procedure(enum.Enum):
    """What the consignment is declared for."""

    IMPORT = "import"
    EXPORT = "export"
    TRANSIT = "transit"


class TrustedTrader(enum.Enum):
    """Authorised economic operator status of a party, by its kind of authorisation."""

    NONE = "none"
    CUSTOMS_SIMPLIFICATIONS = "AEOC"
    SECURITY_AND_SAFETY = "AEOS"
    BOTH = "AEOF"

    @classmethod
    def of(cls, codes: Iterable[str]) -> TrustedTrader:
        """The status of a party that holds valid authorisations of these types."""
        held = {cls(code) for code in codes}
        if len(held) > 1:
            return cls.BOTH
        return held.pop() if held else cls.NONE


class Party(Struct, frozen=True, omit_defaults=True):
    """A party as far as risk needs it: no name, no address."""

    id: Identification = ""
    country: Country | None = None
    trusted: TrustedTrader = TrustedTrader.NONE
    irregularities: Count = 0
    """Findings against the party that the caller knows of and that still count."""


class ItemView(Struct, frozen=True, omit_defaults=True):
    """One goods item; what its procedure does not declare stays None or empty."""

    number: Annotated[int, Meta(ge=1, title="Goods item number", extra={"element": "11 03 000 000"})]
    commodity: Commodity | None = None
    origin: Annotated[Country | None, Meta(title="Country of origin", extra={"element": "16 08 000 000"})] = None
    description: Annotated[str, Meta(max_length=512, extra={"element": "18 05 000 000", "confidential": True})] = ""
    gross_mass: Annotated[Amount | None, Meta(title="Gross mass, kg", extra={"element": "18 04 000 000"})] = None
    net_mass: Annotated[Amount | None, Meta(title="Net mass, kg", extra={"element": "18 01 000 000"})] = None
    value: Annotated[Amount | None, Meta(title="Value, EUR", extra={"confidential": True})] = None
    packages: Annotated[Count | None, Meta(title="Number of packages", extra={"element": "18 06 004 000"})] = None
    dangerous: Annotated[bool, Meta(title="A UN number is declared", extra={"element": "18 07 001 000"})] = False
    previous_documents: Annotated[tuple[str, ...], Meta(title="Types of previous document")] = ()
    documents: Annotated[tuple[str, ...], Meta(title="Types of supporting document")] = ()


class ConsignmentView(Struct, frozen=True, omit_defaults=True):
    """A consignment as risk analysis sees it, whatever procedure and message it came from."""

    procedure: Procedure
    reference: Annotated[str, Meta(min_length=1, max_length=35, title="MRN, or LRN before there is one")]
    office: Annotated[Office, Meta(title="Office where it is declared")]
    items: Annotated[tuple[ItemView, ...], Meta(min_length=1, max_length=9999)]
    declaration_type: Annotated[str, Meta(max_length=5, title="T1, T2, IM, EX ...")] = ""
    simplified: Annotated[bool, Meta(title="Simplified or pre-lodged under an authorisation")] = False
    country_of_dispatch: Country | None = None
    country_of_destination: Country | None = None
    route: Annotated[tuple[Country, ...], Meta(max_length=99, title="Countries crossed, in order")] = ()
    office_of_destination: Office | None = None
    transport_mode: TransportMode | None = None
    containerised: bool = False
    sealed: Annotated[bool, Meta(title="Seals are declared")] = False
    holder: Annotated[Party, Meta(title="Holder, importer or exporter: who answers for the goods")] = Party()
    declarant: Annotated[Party, Meta(title="Declarant or representative")] = Party()


class Assess(Struct, frozen=True):
    """Ask for the risk of a consignment, with the tables that apply on the given day."""

    consignment: ConsignmentView
    as_of: dt.date


class Channel(enum.Enum):
    """The channel of an item as desks show it."""

    GREEN = "green"
    ORANGE = "orange"
    RED = "red"


_SHOWN = {
    "none": ("", Channel.GREEN),
    "documentary": ("10", Channel.ORANGE),
    "scan": ("30", Channel.RED),
    "physical": ("40", Channel.RED),
    "hold": ("40", Channel.RED),
}


class Treatment(enum.Enum):
    """What is to be done with an item or a consignment, from the mildest to the strictest."""

    strictness: int
    """Place in the order of the members; the strictest treatment of an item is that of the consignment."""
    control_type: str
    """Code of CL716 for a control message, empty where nothing is controlled."""
    channel: Channel

    NONE = "none"
    DOCUMENTARY = "documentary"
    SCAN = "scan"
    PHYSICAL = "physical"
    HOLD = "hold"

    def __init__(self, value: str) -> None:
        self.strictness = len(type(self).__members__)
        self.control_type, self.channel = _SHOWN[value]


class Hit(Struct, frozen=True):
    """A row of a table that held: in which version, for which item (0: the consignment), and why, in a sentence."""

    table: str
    version: str
    row: str
    item: int
    score: Decimal
    reason: str
    held: tuple[str, ...] = ()
    """The tests that held, as ``input = value: cell``."""


class ItemOutcome(Struct, frozen=True):
    """Score, treatment and channel of one item."""

    number: int
    score: Decimal
    treatment: Treatment
    channel: Channel


class TableVersion(Struct, frozen=True):
    """A table that took part, pinned by version and content hash."""

    table: str
    version: str
    hash: str


class RiskOutcome(Struct, frozen=True):
    """The answer to `Assess`: the strictest treatment over the items, the highest score, every hit, every table."""

    treatment: Treatment
    score: Decimal
    items: tuple[ItemOutcome, ...]
    hits: tuple[Hit, ...]
    tables: tuple[TableVersion, ...]

    @property
    def control(self) -> bool:
        """Whether anything is to be controlled before release."""
        return self.treatment is not Treatment.NONE

    @property
    def control_types(self) -> tuple[str, ...]:
        """Codes of CL716 for a control message, each once, in order."""
        return tuple(sorted({i.treatment.control_type for i in self.items} - {""}))

    @property
    def reasons(self) -> tuple[str, ...]:
        """The sentences of the hits, each once, in the order of the hits."""
        return tuple(dict.fromkeys(hit.reason for hit in self.hits))
