"""The states of a movement at each of its offices. The values are stored, and are what people read in English."""

from __future__ import annotations

import enum


class AtDeparture(enum.StrEnum):
    """States of a movement at its office of departure."""

    REJECTED = "rejected"
    PRE_LODGED = "pre-lodged"
    LAPSED = "lapsed"
    ACCEPTED = "accepted"
    GUARANTEE_NOT_VALID = "guarantee not valid"
    UNDER_CONTROL = "under control"
    NOT_RELEASED = "not released"
    RELEASED = "released"
    INVALIDATION_BY_OFFICE = "invalidation by office"
    INVALIDATED = "invalidated"
    ARRIVED = "arrived"
    UNDER_ENQUIRY = "under enquiry"
    ENQUIRY_ANSWERED = "enquiry answered"
    DISCREPANCIES = "discrepancies"
    DISCHARGED = "discharged"
    RECOVERY = "recovery"
    OVERDUE = "overdue"
    RESULTS_REQUESTED = "results requested"
    HOLDER_ASKED = "holder asked"
    HANDING_OVER = "recovery to be handed over"
    HANDED_OVER = "recovery handed over"
    WRITTEN_OFF = "written off"


class AtDestination(enum.StrEnum):
    """States of a movement at its office of destination."""

    EXPECTED = "expected"
    CANCELLED = "cancelled"
    ASKED = "record requested"
    UNKNOWN = "not known at departure"
    ELSEWHERE = "arrived elsewhere"
    ARRIVED = "arrived"
    UNLOADING = "unloading"
    UNDER_CONTROL = "under control"
    RELEASED = "released"
    NOT_RELEASED = "not released"
    CONFISCATED = "confiscated"
    DESTROYED = "destroyed"
    ABANDONED = "abandoned"


class OnTheWay(enum.StrEnum):
    """States of a movement at the offices of transit of one administration."""

    EXPECTED = "expected"
    PASSED = "passed"
    ASKED = "record requested"
    UNKNOWN = "not known at departure"
    CANCELLED = "cancelled"
    NOT_SEEN = "arrived without passage"


class AtRecovery(enum.StrEnum):
    """States of a recovery at the authority that was asked to take it over."""

    ASKED = "asked to recover"
    LAPSED = "lapsed"
    REFUSED = "refused"
    RECOVERING = "under recovery"
    COLLECTED = "collected"


class Registered(enum.StrEnum):
    """States of what an office on the way registered."""

    REGISTERED = "incident registered"
