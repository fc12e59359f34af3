"""What lawful parties and attackers write: messages of NCTS as text, independent of any codec of the product."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

from douane.vocabulary.identifiers import Country, Grn

EXAMPLE = (Path(__file__).parents[2] / "docs/examples/declaration.xml").read_text()
HOLDER, STRANGER, CONSIGNEE = "FR40123456700017", "DE1234567890123", "ATEOS1000012345"
GRN, CODE = "26FR0000010001477", "A1B2"
OFFICE, DESTINATION = "FR005350", "AT100000"


def grn(country: str, number: int) -> str:
    """A guarantee reference number with its check character."""
    return str(Grn.issue(2026, Country(country), f"{number:012d}"))


def now() -> str:
    """This moment as messages write it."""
    return f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H:%M:%S}"


def today() -> str:
    """This day where the offices are: late in the evening it is another one than that of UTC."""
    return f"{dt.datetime.now(ZoneInfo('Europe/Berlin')):%Y-%m-%d}"


def declaration(
    lrn: str, id: str, *, sender: str = HOLDER, holder: str = HOLDER, grn: str = GRN, code: str = CODE,
    representative: str = "", prelodged: bool = False,
) -> str:  # fmt: skip
    """IE015: a declaration from FR005350 to AT100000."""
    text = EXAMPLE.replace(f"<messageSender>{HOLDER}", f"<messageSender>{sender}")
    text = text.replace("QUICKSTART-1", id).replace("QS-0000001", lrn).replace(GRN, grn)
    text = text.replace(f"<accessCode>{CODE}", f"<accessCode>{code}")
    text = text.replace(f"<identificationNumber>{HOLDER}", f"<identificationNumber>{holder}", 1)
    if representative:
        named = f"<Representative>{_of(representative)}<status>2</status></Representative>"
        text = text.replace("<Guarantee>", f"{named}<Guarantee>", 1)
    return text.replace("<additionalDeclarationType>A", "<additionalDeclarationType>D") if prelodged else text


def invalidation(
    id: str, *, sender: str, lrn: str = "", mrn: str = "", holder: str = HOLDER, correlation: str = ""
) -> str:
    """IE014: a request to invalidate."""
    reference = f"<MRN>{mrn}</MRN>" if mrn else f"<LRN>{lrn}</LRN>"
    return _message(
        "CC014C", sender, "NTA.FR", id, correlation,
        f"<TransitOperation>{reference}</TransitOperation><Invalidation><requestDateAndTime>{now()}"
        "</requestDateAndTime><initiatedByCustoms>0</initiatedByCustoms><justification>no longer needed"
        f"</justification></Invalidation>{_departure()}"
        f"<HolderOfTheTransitProcedure>{_of(holder)}</HolderOfTheTransitProcedure>",
    )  # fmt: skip


def arrival(
    id: str, mrn: str, *, sender: str = CONSIGNEE, recipient: str = "NTA.AT", office: str = DESTINATION,
    authorisation: str = "",
) -> str:  # fmt: skip
    """IE007: the goods are there. authorisation: of an authorised consignee, who unloads them at his own place."""
    claimed = (
        f"<Authorisation><sequenceNumber>1</sequenceNumber><type>C522</type><referenceNumber>{authorisation}"
        "</referenceNumber></Authorisation>"
    )
    own = (
        "<typeOfLocation>B</typeOfLocation><qualifierOfIdentification>Y</qualifierOfIdentification>"
        f"<authorisationNumber>{authorisation}</authorisationNumber>"
    )
    customs = (
        "<typeOfLocation>A</typeOfLocation><qualifierOfIdentification>V</qualifierOfIdentification>"
        f"<CustomsOffice><referenceNumber>{office}</referenceNumber></CustomsOffice>"
    )
    return _message(
        "CC007C", sender, recipient, id, "",
        f"<TransitOperation><MRN>{mrn}</MRN><arrivalNotificationDateAndTime>{now()}</arrivalNotificationDateAndTime>"
        f"<simplifiedProcedure>{int(bool(authorisation))}</simplifiedProcedure><incidentFlag>0</incidentFlag>"
        f"</TransitOperation>{claimed if authorisation else ''}<CustomsOfficeOfDestinationActual><referenceNumber>"
        f"{office}</referenceNumber></CustomsOfficeOfDestinationActual><TraderAtDestination>{_of(sender)}"
        f"</TraderAtDestination><Consignment><LocationOfGoods>{own if authorisation else customs}</LocationOfGoods>"
        "</Consignment>",
    )  # fmt: skip


def unloading_remarks(id: str, mrn: str, *, sender: str) -> str:
    """IE044: everything was unloaded, and was as declared."""
    return _message(
        "CC044C", sender, "NTA.AT", id, "",
        f"<TransitOperation><MRN>{mrn}</MRN></TransitOperation><CustomsOfficeOfDestinationActual><referenceNumber>"
        f"{DESTINATION}</referenceNumber></CustomsOfficeOfDestinationActual><TraderAtDestination>{_of(sender)}"
        "</TraderAtDestination><UnloadingRemark><conform>1</conform><unloadingCompletion>1</unloadingCompletion>"
        f"<unloadingDate>{today()}</unloadingDate><stateOfSeals>1</stateOfSeals></UnloadingRemark>",
    )  # fmt: skip


def arrival_advice(id: str, mrn: str, *, sender: str, office: str) -> str:
    """IE006: the goods arrived at an office."""
    return _message(
        "CD006C", sender, "NTA.FR", id, "",
        f"<TransitOperation><MRN>{mrn}</MRN><arrivalDateAndTimeActual>{now()}</arrivalDateAndTimeActual>"
        f"</TransitOperation>{_departure()}<CustomsOfficeOfDestinationActual><referenceNumber>{office}"
        "</referenceNumber></CustomsOfficeOfDestinationActual>",
    )  # fmt: skip


def control_results(id: str, mrn: str, *, sender: str, office: str) -> str:
    """IE018: everything was found in order."""
    return _message(
        "CD018C", sender, "NTA.FR", id, "",
        f"<TransitOperation><MRN>{mrn}</MRN><bindingItinerary>0</bindingItinerary></TransitOperation>{_departure()}"
        f"<CustomsOfficeOfDestinationActual><referenceNumber>{office}</referenceNumber>"
        f"</CustomsOfficeOfDestinationActual><ControlResult><code>A1</code><date>{today()}</date></ControlResult>",
    )  # fmt: skip


def anticipated_arrival(
    id: str, mrn: str, *, sender: str, recipient: str, holder: str = HOLDER, departure: str = OFFICE,
    destination: str = DESTINATION, passage: bool = False,
) -> str:  # fmt: skip
    """IE001, or IE050 for an office of transit: a movement is on its way."""
    kind = "CD050C" if passage else "CD001C"
    crossed = (
        f"<CustomsOfficeOfTransitDeclared><sequenceNumber>1</sequenceNumber><referenceNumber>{_TRANSIT}"
        f"</referenceNumber><arrivalDateAndTimeEstimated>{now()}</arrivalDateAndTimeEstimated>"
        "</CustomsOfficeOfTransitDeclared>"
        if passage
        else ""
    )
    return _message(
        kind, sender, recipient, id, "",
        f"<TransitOperation><MRN>{mrn}</MRN><declarationType>T1</declarationType><declarationAcceptanceDate>{today()}"
        f"</declarationAcceptanceDate><releaseDate>{today()}</releaseDate><security>0</security>"
        "<reducedDatasetIndicator>0</reducedDatasetIndicator><bindingItinerary>0</bindingItinerary></TransitOperation>"
        f"{_departure(departure)}<CustomsOfficeOfDestinationDeclared><referenceNumber>{destination}</referenceNumber>"
        f"</CustomsOfficeOfDestinationDeclared>{crossed}<HolderOfTheTransitProcedure>{_of(holder)}<name>Vauban</name>"
        "<Address><streetAndNumber>1</streetAndNumber><postcode>59000</postcode><city>Lille</city>"
        "<country>FR</country></Address></HolderOfTheTransitProcedure>"
        f"<ControlResult><code>A2</code><date>{today()}</date></ControlResult>"
        "<Consignment><containerIndicator>0</containerIndicator><grossMass>120.5</grossMass><HouseConsignment>"
        "<sequenceNumber>1</sequenceNumber><grossMass>120.5</grossMass><ConsignmentItem><goodsItemNumber>1"
        "</goodsItemNumber><declarationGoodsItemNumber>1</declarationGoodsItemNumber><Commodity>"
        "<descriptionOfGoods>Roasted coffee</descriptionOfGoods></Commodity><Packaging><sequenceNumber>1"
        "</sequenceNumber><typeOfPackages>CT</typeOfPackages></Packaging></ConsignmentItem></HouseConsignment>"
        "</Consignment>",
    )  # fmt: skip


def guarantee_result(id: str, mrn: str, grn: str, *, sender: str, correlation: str, holder: str = HOLDER) -> str:
    """IE205: the guarantee covers the movement."""
    return _message(
        "CD205C", sender, "NTA.FR", id, correlation,
        f"<TransitOperation><MRN>{mrn}</MRN></TransitOperation>{_departure()}"
        f"<HolderOfTheTransitProcedure>{_of(holder)}</HolderOfTheTransitProcedure>"
        f"<Guarantee><sequenceNumber>1</sequenceNumber><guaranteeType>1</guaranteeType>{_reference(grn)}</Guarantee>",
    )  # fmt: skip


def guarantee_use(id: str, mrn: str, grn: str, *, sender: str, code: str, amount: str, holder: str = HOLDER) -> str:
    """IE203: reserve an amount of a guarantee for a movement."""
    return _message(
        "CD203C", sender, f"NTA.{grn[2:4]}", id, "",
        f"<TransitOperation><MRN>{mrn}</MRN><declarationAcceptanceDate>{today()}</declarationAcceptanceDate>"
        f"</TransitOperation>{_departure()}<HolderOfTheTransitProcedure>{_of(holder)}</HolderOfTheTransitProcedure>"
        "<CountryInvolved><sequenceNumber>1</sequenceNumber><country>FR</country></CountryInvolved>"
        "<Guarantee><sequenceNumber>1</sequenceNumber><guaranteeType>1</guaranteeType><GuaranteeReference>"
        f"<sequenceNumber>1</sequenceNumber><GRN>{grn}</GRN><accessCode>{code}</accessCode><amountConcerned>{amount}"
        "</amountConcerned><currency>EUR</currency></GuaranteeReference></Guarantee>",
    )  # fmt: skip


def guarantee_credit(id: str, mrn: str, grn: str, *, sender: str, cancel: bool = False) -> str:
    """IE209: credit what a movement holds; IE204: give it back."""
    when = "" if cancel else f"<arrivalDateAndTimeActual>{now()}</arrivalDateAndTimeActual>"
    office = f"<CustomsOfficeOfGuarantee><referenceNumber>{OFFICE}</referenceNumber></CustomsOfficeOfGuarantee>"
    return _message(
        "CD204C" if cancel else "CD209C", sender, f"NTA.{grn[2:4]}", id, "",
        f"<TransitOperation><MRN>{mrn}</MRN>{when}</TransitOperation>{_departure()}<Guarantee><sequenceNumber>1"
        f"</sequenceNumber><guaranteeType>1</guaranteeType>{_reference(grn, office)}</Guarantee>",
    )  # fmt: skip


def cancellation(id: str, mrn: str, *, sender: str, recipient: str = "NTA.AT") -> str:
    """IE010: a movement is off."""
    return _message(
        "CD010C", sender, recipient, id, "",
        f"<TransitOperation><MRN>{mrn}</MRN></TransitOperation><Invalidation><decisionDateAndTime>{now()}"
        f"</decisionDateAndTime></Invalidation>{_departure()}<CustomsOfficeOfDestinationDeclared><referenceNumber>"
        f"{DESTINATION}</referenceNumber></CustomsOfficeOfDestinationDeclared>",
    )  # fmt: skip


def functional_error(id: str, *, sender: str, correlation: str) -> str:
    """IE906: another administration's message cannot be taken."""
    return _message(
        "CD906C", sender, "NTA.FR", id, correlation,
        "<FunctionalError><errorPointer>/CD203C</errorPointer><errorCode>92</errorCode></FunctionalError>",
    )  # fmt: skip


def registration(grn: str, *, holder: str = HOLDER, limit: str = "100000.00") -> dict[str, str]:
    """A guarantee to be registered."""
    return {
        "grn": grn, "type": "1", "holder": holder, "access_code": CODE, "limit": limit, "valid_from": "2026-01-01",
        "officer": "fr.officer",
    }  # fmt: skip


_TRANSIT = "DE004055"


def _message(kind: str, sender: str, recipient: str, id: str, correlation: str, content: str) -> str:
    answered = f"<correlationIdentifier>{correlation}</correlationIdentifier>" if correlation else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><ncts:{kind} xmlns:ncts="http://ncts.dgtaxud.ec" PhaseID="NCTS5.1">'
        f"<messageSender>{sender}</messageSender><messageRecipient>{recipient}</messageRecipient>"
        f"<preparationDateAndTime>{now()}</preparationDateAndTime><messageIdentification>{id}</messageIdentification>"
        f"<messageType>{kind}</messageType>{answered}{content}</ncts:{kind}>"
    )


def _of(party: str) -> str:
    return f"<identificationNumber>{party}</identificationNumber>"


def _departure(office: str = OFFICE) -> str:
    return f"<CustomsOfficeOfDeparture><referenceNumber>{office}</referenceNumber></CustomsOfficeOfDeparture>"


def _reference(grn: str, more: str = "") -> str:
    return f"<GuaranteeReference><sequenceNumber>1</sequenceNumber><GRN>{grn}</GRN>{more}</GuaranteeReference>"
