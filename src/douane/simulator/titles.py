"""What messages and parties are called in the report, in the words of a customs officer."""

from __future__ import annotations

MESSAGES = {
    "Letter": "Letter",
    "Notice": "Letter",
    "LetterWritten": "The letter is sent",
    "LetterAnswered": "The answer is kept",
    "CC004C": "Amendment accepted",
    "CC007C": "Arrival notification",
    "CC009C": "Invalidation decision",
    "CC013C": "Amendment of the declaration",
    "CC014C": "Request for invalidation",
    "CC015C": "Declaration",
    "CC019C": "Discrepancies",
    "CC023C": "Guarantor told",
    "CC025C": "Goods released at destination",
    "CC028C": "MRN allocated",
    "CC029C": "Release for transit",
    "CC035C": "Recovery begins",
    "CC043C": "Unloading permission",
    "CC044C": "Unloading remarks",
    "CC045C": "Written off",
    "CC051C": "No release",
    "CC055C": "Guarantee not valid",
    "CC056C": "Refused at departure",
    "CC057C": "Refused at destination",
    "CC060C": "Control decision",
    "CC140C": "Where are the goods?",
    "CC141C": "Answer of the holder",
    "CC170C": "Goods presented",
    "CC182C": "Incident on the way",
    "CC928C": "Acknowledgement",
    "CD001C": "Anticipated arrival",
    "CD002C": "Request for the arrival record",
    "CD003C": "Arrival record",
    "CD006C": "Arrival advice",
    "CD010C": "Cancellation",
    "CD018C": "Control results",
    "CD024C": "Arrival told ahead",
    "CD050C": "Anticipated transit",
    "CD059C": "Enquiry cancelled",
    "CD063C": "Recovery told",
    "CD114C": "Request for the transit record",
    "CD115C": "Transit record",
    "CD118C": "Frontier crossed",
    "CD142C": "Enquiry",
    "CD143C": "Answer to the enquiry",
    "CD144C": "Information for the office involved",
    "CD145C": "Request for information",
    "CD150C": "Request to recover",
    "CD151C": "Answer to the request to recover",
    "CD152C": "Duty collected elsewhere",
    "CD180C": "Incident",
    "CD181C": "Incident told ahead",
    "CD203C": "Reserve the guarantee",
    "CD204C": "Give the guarantee back",
    "CD205C": "Result of reservation",
    "CD209C": "Credit the guarantee",
    "CD906C": "Refused by the other office",
    "Empowerment": "Power to act",
    "EmpowermentKept": "Power is kept",
    "AlternativeProof": "Another proof accepted",
    "ControlDecision": "Result of the control",
    "EnquiryClosure": "Enquiry closed",
    "GuaranteeRegistered": "Guarantee is registered",
    "GuaranteeRegistration": "Register a guarantee",
    "Inspection": "Result of the inspection",
    "MovementOutcome": "Final data published",
    "OfficeInvalidation": "Invalidate by the office",
    "Passage": "Passage recorded",
}
LANES = {
    "FR40123456700017": ("Holder", "at Lesquin"),
    "door.speed2": ("SPEED2", "door of traders"),
    "fr.officer": ("Officer", "France"),
    "DE1234567890123": ("Holder", "at the Rhine"),
    "BE0123456789": ("Representative", "of the holder"),
    "partner.dg": ("Authority", "organic farming"),
    "NTA.EU": ("Commission", "at the centre"),
    "NTA.EU/single_window": ("Single window", "of the Union"),
    "NTA.EU/service_bus": ("Service bus", "of the Union"),
    "NTA.FR": ("France", "central service"),
    "NTA.FR/guarantees": ("Guarantees", "France"),
    "NTA.BE": ("Belgium", "own system"),
    "NTA.CH": ("Switzerland", "central service"),
    "NTA.IT": ("Italy", "old program"),
    "NTA.PL": ("Poland", "own system"),
    "NTA.NL": ("Netherlands", "own system"),
    "NTA.DE": ("Germany", "own system"),
    "de.officer": ("Officer", "Germany"),
    "NTA.AT": ("Austria", "own system"),
    "at.officer": ("Officer", "Austria"),
    "ATEOS1000012345": ("Trader", "at Wien"),
    "ATEOS1000067890": ("Trader", "at Linz"),
    "feed:transit.movement_final": ("All others", "by their feed"),
    "door.ccn2": ("CCN2", "door of customs"),
}
"""Lifelines from left to right."""


def message_title(name: str) -> str:
    """A message in words; empty when it has no other name."""
    return MESSAGES.get(name, "")


def lane_title(lane: str) -> tuple[str, str]:
    """A lifeline in two lines."""
    if lane not in LANES and lane.startswith("NTA."):
        return lane.removeprefix("NTA."), "central service"
    return LANES.get(lane, (lane, ""))


def lane_order(lane: str) -> tuple[int, str]:
    """Where a lifeline stands."""
    known = list(LANES)
    return (known.index(lane) if lane in LANES else len(known), lane)
