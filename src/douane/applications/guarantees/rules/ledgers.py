"""What a guarantee covers and what of it is in use: checks and arithmetic without any store.

A guarantee is kept as its `Terms` and its `Ledger`, each use by MRN as a `Reservation`. Every function takes
what is stored and gives back what is to be stored; asking twice for the same MRN changes nothing the second time.
"""

from __future__ import annotations

import datetime as dt
import enum
import hmac
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from douane.applications.guarantees.messages import CarnetRegistration, GuaranteeRegistration
from douane.author import PLAIN, Events, Fault, Length, LimitKind, Silence, Start, TimeLimit, end_of
from douane.standards.ncts.phase5 import (
    CD200C,
    CD203C,
    CustomsOfficeOfGuarantee,
    Guarantee07,
    GuaranteeReference14,
    InvalidGuaranteeReason02,
    ValidityLimitation,
)

VOUCHER: Final = TimeLimit(
    id="GUA-VOUCHER", article="IA 2015/2447 art. 160(1)", kind=LimitKind.EFFECT, length=Length(years=1),
    text="A voucher of an individual guarantee is valid.",
    start=Start("the voucher is issued"), place="office of guarantee", silence=Silence.CEASES,
)  # fmt: skip
CANCELLATION: Final = TimeLimit(
    id="GUA-CANCELLATION", article="DA 2015/2446 art. 82(2), (3)", kind=LimitKind.EFFECT, length=Length(days=15),
    text="An undertaking may still be used; its revocation or cancellation takes effect on the sixteenth day.",
    start=Start("the guarantor is told, or tells the office of guarantee"), place="office of guarantee",
    silence=Silence.CEASES,
)  # fmt: skip
VOUCHER_GRN: Final = 24
"""Characters of a GRN that names a voucher."""
CARNET_AMOUNT = Decimal(100_000)
"""What a guaranteeing association is liable for at most, for each TIR carnet, in euro (the same, article 163)."""
VOUCHER_AMOUNT = Decimal(10_000)
"""What one individual guarantee voucher covers, in euro (Implementing Regulation (EU) 2015/2447, article 160)."""


class GuaranteeType(enum.Enum):
    """Code list CL251."""

    WAIVER = "0"
    COMPREHENSIVE = "1"
    INDIVIDUAL_UNDERTAKING = "2"
    INDIVIDUAL_CASH = "3"
    INDIVIDUAL_VOUCHER = "4"
    WAIVER_BELOW_THRESHOLD = "5"
    PUBLIC_BODY = "8"
    INDIVIDUAL_MULTIPLE = "9"
    WAIVER_BY_AGREEMENT = "A"
    TIR = "B"
    NOT_REQUIRED_BEFORE_TRANSIT = "J"
    NOT_REQUIRED_ON_WATERWAYS = "R"

    @property
    def has_grn(self) -> bool:
        """Whether a guarantee of this type is known by a GRN and opened with an access code (CL286)."""
        return self in _WITH_GRN

    @property
    def has_reference(self) -> bool:
        """Whether a declaration gives a reference for it (CL076)."""
        return self in _WITH_REFERENCE

    @property
    def by_undertaking(self) -> bool:
        """Whether a guarantor answers for it (C0234)."""
        return self in _BY_UNDERTAKING

    @property
    def used_once(self) -> bool:
        """Whether one movement uses it up, so that a discharge does not make it free again."""
        return self in _USED_ONCE


_WITH_GRN = frozenset(GuaranteeType(code) for code in "01249")
_WITH_REFERENCE = frozenset(GuaranteeType(code) for code in "0123459")
_BY_UNDERTAKING = frozenset(GuaranteeType(code) for code in "1249")
_USED_ONCE = frozenset(GuaranteeType(code) for code in "24")
_GOODS_NAMED = frozenset(GuaranteeType(code) for code in "29")


class Invalid(enum.Enum):
    """Why a guarantee does not cover a movement: code list CL252."""

    UNKNOWN = "G01"
    NOT_IN_FORCE = "G02"
    WRONG_ACCESS_CODE = "G03"
    OTHER_HOLDER = "G04"
    VOUCHER_USED = "G05"
    NO_SUSPENDED_GOODS = "G06"
    NOT_IN_COUNTRY = "G08"
    NOT_ENOUGH = "G09"
    UNDERTAKING_USED = "G10"
    OTHER_OFFICES = "G11"
    OTHER_GOODS = "G12"
    OTHER_TYPE = "G13"


class Terms(Struct, frozen=True):
    """What was registered: whose guarantee, since when, and what it is limited to."""

    grn: str
    type: str
    holder: str
    access_code: str
    office: str
    valid_from: dt.date
    valid_until: dt.date | None = None
    excluded_countries: tuple[str, ...] = ()
    office_of_departure: str = ""
    """Offices and commodity codes only where an individual guarantee names them."""
    office_of_destination: str = ""
    commodities: tuple[str, ...] = ()

    def in_force(self, day: dt.date) -> bool:
        """Whether the guarantee may be used for a declaration accepted on the day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


class Ledger(Struct, frozen=True):
    """Limit and use of a guarantee in euro. ``reserved`` is the sum of its reservations, never above the limit."""

    limit: Decimal
    reserved: Decimal = Decimal(0)
    uses: int = 0
    """Movements that hold a reservation; for a guarantee used once also those that are over."""

    @property
    def available(self) -> Decimal:
        """What may still be reserved."""
        return self.limit - self.reserved


class Reservation(Struct, frozen=True):
    """The amount that one movement holds; after a credit it stays with nothing, as proof that it is over."""

    mrn: str
    amount: Decimal
    credited: bool = False


class Use(Struct, frozen=True):
    """A wish to use one guarantee for one movement, as IE200 and IE203 carry it."""

    mrn: str
    day: dt.date
    grn: str
    type: str
    access_code: str
    holder: str
    amount: Decimal
    countries: tuple[str, ...] = ()
    office_of_departure: str = ""
    office_of_destination: str = ""
    commodities: tuple[str, ...] = ()


class Answer(Struct, frozen=True):
    """What becomes of a use: the reasons against it (none: it is covered) and what is to be stored if it is covered."""

    invalid: tuple[Invalid, ...]
    ledger: Ledger
    reservation: Reservation | None

    @property
    def covered(self) -> bool:
        """Whether the guarantee covers the movement."""
        return not self.invalid


def registration_faults(registration: GuaranteeRegistration) -> tuple[Fault, ...]:
    """Why a guarantee cannot be registered as asked; codes of CL180 (12 code list, 14 rule)."""
    kind = next((each for each in GuaranteeType if each.value == registration.type), None)
    voucher = kind is GuaranteeType.INDIVIDUAL_VOUCHER
    too_long = (
        voucher and is_voucher(registration) and (registration.valid_to or dt.date.min) > last_day_of(registration)
    )
    limit = registration.limit
    ends_first = registration.valid_to is not None and registration.valid_to < registration.valid_from
    rules = (
        (kind is None or not kind.has_grn, "/type", "12", "CL286", "Give a type that has a GRN: 0, 1, 2, 4 or 9."),
        (voucher != is_voucher(registration), "/grn", "14", "R0318", "Give 24 characters for a voucher, else 17."),
        (registration.currency != "EUR", "/currency", "14", "R0267", "Give the amount in EUR."),
        (not limit.is_finite() or limit < 0, "/limit", "14", "", "Give an amount of zero or more."),
        (voucher and limit.is_finite() and limit > VOUCHER_AMOUNT, "/limit", "14", "", "A voucher covers 10,000 EUR."),
        (ends_first, "/valid_to", "14", "", "Let the guarantee end after it begins."),
        (
            too_long,
            "/valid_to",
            "14",
            "",
            "A voucher is valid for a year (IA 2015/2447 art. 160(1)); leave its end out.",
        ),
    )
    return tuple(Fault(pointer, code, remedy, rule=rule) for broken, pointer, code, rule, remedy in rules if broken)


def carnet_faults(registration: CarnetRegistration) -> tuple[Fault, ...]:
    """Why a TIR carnet cannot be registered as asked."""
    limit = registration.limit
    if limit.is_finite() and 0 < limit <= CARNET_AMOUNT:
        return ()
    remedy = f"An association is liable for at most EUR {CARNET_AMOUNT:,} a carnet (IA 2015/2447 art. 163)."
    return (Fault("/limit", "14", remedy, value=str(limit)),)


def is_voucher(registration: GuaranteeRegistration) -> bool:
    """Whether the GRN of a registration names a voucher."""
    return len(registration.grn) == VOUCHER_GRN


def last_day_of(registration: GuaranteeRegistration) -> dt.date:
    """The last day on which a voucher holds; its holder and its office do not choose it."""
    return last_day_of_voucher(registration.valid_from)


def last_day_of_voucher(issued: dt.date) -> dt.date:
    """The last day on which a voucher that was issued on a day holds."""
    return end_of(VOUCHER, Events(PLAIN.begins(issued)), PLAIN).last_day


def opened(registration: GuaranteeRegistration, office: str) -> tuple[Terms, Ledger]:
    """Terms and empty ledger of a registration without faults, kept at this office of guarantee."""
    terms = Terms(
        grn=registration.grn,
        type=registration.type,
        holder=registration.holder,
        access_code=registration.access_code,
        office=office,
        valid_from=registration.valid_from,
        valid_until=last_day_of(registration)
        if is_voucher(registration) and not registration.valid_to
        else registration.valid_to,
        excluded_countries=registration.excluded_countries,
    )
    return terms, Ledger(registration.limit)


def check(terms: Terms | None, ledger: Ledger, held: Reservation | None, use: Use) -> tuple[Invalid, ...]:
    """Why the guarantee does not cover the use, in the order of CL252; ``held`` is what its MRN holds already.

    A guarantee of another holder is unknown, whatever code is said: by its number, its code and its holder nobody is
    told apart who guesses at them. Who speaks for its holder and does not know the access code learns nothing else.
    """
    known = terms.access_code if terms is not None else ""
    right = hmac.compare_digest(known.encode(), use.access_code.encode())  # asked in any case: as long for each answer
    if terms is None or terms.holder != use.holder:
        return (Invalid.UNKNOWN,)
    if not right:
        return (Invalid.WRONG_ACCESS_CODE,)
    found = [
        reason
        for reason, broken in (
            (Invalid.NOT_IN_FORCE, not terms.in_force(use.day)),
            (Invalid.NOT_IN_COUNTRY, bool(excluded_countries(terms, use))),
            (Invalid.OTHER_OFFICES, _other_offices(terms, use)),
            (Invalid.OTHER_GOODS, _other_goods(terms, use)),
            (Invalid.OTHER_TYPE, terms.type != use.type),
        )
        if broken
    ]
    found += _against_amount(terms, ledger, held, use)
    return tuple(sorted(found, key=lambda reason: reason.value))


def reserve(terms: Terms | None, ledger: Ledger, held: Reservation | None, use: Use) -> Answer:
    """Reserve the amount of a use for its MRN (IE203).

    The same use again is covered and changes nothing; another amount for the same MRN (an amended declaration) replaces
    the first one if the limit allows it. A use that is not covered changes nothing.
    """
    invalid = check(terms, ledger, held, use)
    if invalid:
        return Answer(invalid, ledger, held)
    before = held.amount if held else Decimal(0)
    changed = replace(
        ledger, reserved=ledger.reserved - before + use.amount, uses=ledger.uses + (0 if held is not None else 1)
    )
    return Answer((), changed, Reservation(use.mrn, use.amount))


def cancel(ledger: Ledger, held: Reservation | None) -> tuple[Ledger, Reservation | None]:
    """Give back what a movement holds that was not released (IE204): as if it had never been reserved.

    Nothing held, or credited already: nothing changes.
    """
    if held is None or held.credited:
        return ledger, held
    return replace(ledger, reserved=ledger.reserved - held.amount, uses=ledger.uses - 1), None


def credit(terms: Terms, ledger: Ledger, held: Reservation | None) -> tuple[Ledger, Reservation | None]:
    """Credit the amount of a discharged movement (IE209); crediting again changes nothing.

    A guarantee that one movement uses up is no longer reserved, and stays used.
    """
    if held is None or held.credited:
        return ledger, held
    used = ledger.uses if GuaranteeType(terms.type).used_once else ledger.uses - 1
    freed = replace(ledger, reserved=ledger.reserved - held.amount, uses=used)
    return freed, Reservation(held.mrn, Decimal(0), credited=True)


def relimit(ledger: Ledger, limit: Decimal) -> Ledger | None:
    """The ledger with another reference amount; None where more than that is reserved."""
    return replace(ledger, limit=limit) if ledger.reserved <= limit else None


def excluded_countries(terms: Terms, use: Use) -> tuple[str, ...]:
    """The countries of the movement in which the guarantee is not valid."""
    return tuple(country for country in dict.fromkeys(use.countries) if country in terms.excluded_countries)


def uses_of(message: CD200C | CD203C) -> tuple[Use, ...]:
    """Every guarantee that a check (IE200) or use (IE203) names, as a wish of its own.

    Amounts of one that is named twice add up: a movement holds one reservation of a guarantee.
    """
    destination = message.customs_office_of_destination_declared
    houses = message.consignment.house_consignment if message.consignment else ()
    codes = [item.commodity.commodity_code for house in houses for item in house.consignment_item]
    commodities = dict.fromkeys(
        code.harmonized_system_sub_heading_code + (code.combined_nomenclature_code or "") for code in codes
    )
    wishes: dict[str, Use] = {}
    for guarantee in message.guarantee:
        for reference in guarantee.guarantee_reference:
            known = wishes.get(reference.grn)
            wishes[reference.grn] = Use(
                mrn=message.transit_operation.mrn,
                day=message.transit_operation.declaration_acceptance_date,
                grn=reference.grn,
                type=guarantee.guarantee_type,
                access_code=reference.access_code,
                holder=message.holder_of_the_transit_procedure.identification_number,
                amount=reference.amount_concerned + (known.amount if known else 0),
                countries=tuple(each.country for each in message.country_involved),
                office_of_departure=message.customs_office_of_departure.reference_number,
                office_of_destination=destination.reference_number if destination else "",
                commodities=tuple(commodities),
            )
    return tuple(wishes.values())


def results_of(
    message: CD200C | CD203C,
    invalid: Mapping[str, Iterable[Invalid]],
    terms: Mapping[str, Terms],
) -> tuple[Guarantee07, ...]:
    """The guarantees of the reply (IE201, IE205): per GRN its reasons, its office, the countries it excludes.

    A GRN without terms, or of another holder, is unknown; then its office is left out (C0417).
    """
    uses = {use.grn: use for use in uses_of(message)}
    return tuple(
        Guarantee07(
            sequence_number=guarantee.sequence_number,
            guarantee_type=guarantee.guarantee_type,
            guarantee_reference=tuple(
                _result(reference.sequence_number, uses[reference.grn], invalid, terms.get(reference.grn))
                for reference in guarantee.guarantee_reference
            ),
        )
        for guarantee in message.guarantee
    )


def _result(
    number: int, use: Use, invalid: Mapping[str, Iterable[Invalid]], terms: Terms | None
) -> GuaranteeReference14:
    reasons = tuple(invalid.get(use.grn, ())) if terms else (Invalid.UNKNOWN,)
    if reasons == (Invalid.UNKNOWN,):
        terms = None  # nothing of it is told, as of one that there is not
    limited = excluded_countries(terms, use) if terms and Invalid.NOT_IN_COUNTRY in reasons else ()
    return GuaranteeReference14(
        sequence_number=number,
        grn=use.grn,
        customs_office_of_guarantee=CustomsOfficeOfGuarantee(reference_number=terms.office) if terms else None,
        validity_limitation=tuple(
            ValidityLimitation(sequence_number=n, guarantee_not_valid_in=country)
            for n, country in enumerate(limited, 1)
        ),
        invalid_guarantee_reason=tuple(
            InvalidGuaranteeReason02(sequence_number=n, code=reason.value) for n, reason in enumerate(reasons, 1)
        ),
    )


def _other_offices(terms: Terms, use: Use) -> bool:
    if terms.type != GuaranteeType.INDIVIDUAL_UNDERTAKING.value:
        return False
    named = (
        (terms.office_of_departure, use.office_of_departure),
        (terms.office_of_destination, use.office_of_destination),
    )
    return any(wanted and wanted != given for wanted, given in named)


def _other_goods(terms: Terms, use: Use) -> bool:
    """Codes are compared as far as both go: a guarantee for 240220 covers a declared 24022010 and the reverse."""
    if not terms.commodities or terms.type not in {each.value for each in _GOODS_NAMED}:
        return False
    return any(
        not any(code.startswith(covered) or covered.startswith(code) for covered in terms.commodities)
        for code in use.commodities
    )


def _against_amount(terms: Terms, ledger: Ledger, held: Reservation | None, use: Use) -> list[Invalid]:
    """Used up, or not enough left; what the same MRN holds already counts as free."""
    if held is not None and held.credited:
        return [Invalid.NOT_IN_FORCE]  # the movement is over; nothing can be used for it again
    once = {"2": Invalid.UNDERTAKING_USED, "4": Invalid.VOUCHER_USED}
    if held is None and ledger.uses and terms.type in once:
        return [once[terms.type]]
    free = ledger.available + (held.amount if held else 0)
    if terms.type == GuaranteeType.INDIVIDUAL_VOUCHER.value:
        free = min(free, VOUCHER_AMOUNT)
    fits = use.amount.is_finite() and 0 <= use.amount <= free
    return [] if fits else [Invalid.NOT_ENOUGH]
