"""Conditions on a presentation notification (CC170C): it completes the pre-lodged declaration that it follows."""

from __future__ import annotations

from douane.applications.transit.rules.case import KnownCase, declared
from douane.applications.transit.rules.places import Found, consignment_at, house_at
from douane.author import Look, missing, not_allowed, rule
from douane.standards.ncts.phase5 import CC170C

BY_AIR = "4"
BY_MAIL = "5"
SECURITY = frozenset("123")
"""Declarations that carry entry or exit summary data."""


@rule("C0170", CC170C, text="Leave out the inland mode of transport where the declaration has a reduced dataset.")
def c0170(m: CC170C, case: KnownCase | None, _: Look) -> Found:
    declaration = declared(case)
    mode = m.consignment.inland_mode_of_transport
    if mode is not None and declaration is not None and declaration.transit_operation.reduced_dataset_indicator:
        yield not_allowed(f"{consignment_at(m)}/inlandModeOfTransport", mode)


@rule("C0404", CC170C, text="Name the place of loading, as the declaration named none.")
def c0404(m: CC170C, case: KnownCase | None, _: Look) -> Found:
    declaration = declared(case)
    if declaration is None or m.consignment.place_of_loading is not None:
        return
    if declaration.consignment.place_of_loading is None:
        yield missing(f"{consignment_at(m)}/PlaceOfLoading")


@rule("C0600", CC170C, text="State the mode of transport at the border, as the declaration carries security data.")
def c0600(m: CC170C, case: KnownCase | None, _: Look) -> Found:
    declaration = declared(case)
    if declaration is None or m.consignment.mode_of_transport_at_the_border is not None:
        return
    if declaration.transit_operation.security in SECURITY:
        yield missing(f"{consignment_at(m)}/modeOfTransportAtTheBorder")


@rule(
    "C0807",
    CC170C,
    text="Name the means crossing the border if the declaration carries security data and named none; by mail "
    "name none.",
)
def c0807(m: CC170C, case: KnownCase | None, _: Look) -> Found:
    means = m.consignment.active_border_transport_means
    if m.consignment.mode_of_transport_at_the_border == BY_MAIL:
        for n, each in enumerate(means, 1):
            yield not_allowed(f"{consignment_at(m)}/ActiveBorderTransportMeans[{n}]", each.identification_number)
        return
    declaration = declared(case)
    if means or declaration is None or declaration.consignment.active_border_transport_means:
        return
    if declaration.transit_operation.security in SECURITY:
        yield missing(f"{consignment_at(m)}/ActiveBorderTransportMeans")


@rule(
    "C0808",
    CC170C,
    text="Give the flight number of each means crossing the border by air, as security data are declared.",
)
def c0808(m: CC170C, case: KnownCase | None, _: Look) -> Found:
    declaration = declared(case)
    if declaration is None or m.consignment.mode_of_transport_at_the_border != BY_AIR:
        return
    if declaration.transit_operation.security in SECURITY:
        for n, means in enumerate(m.consignment.active_border_transport_means, 1):
            if means.conveyance_reference_number is None:
                yield missing(f"{consignment_at(m)}/ActiveBorderTransportMeans[{n}]/conveyanceReferenceNumber")


@rule("C0824", CC170C, text="Say whether the goods travel in containers, as the declaration left it open.")
def c0824(m: CC170C, case: KnownCase | None, _: Look) -> Found:
    declaration = declared(case)
    if declaration is None or m.consignment.container_indicator is not None:
        return
    if declaration.consignment.container_indicator is None:
        yield missing(f"{consignment_at(m)}/containerIndicator")


@rule(
    "C0833",
    CC170C,
    text="Name the means of transport at departure for the consignment or for its houses, not for both; by mail "
    "name none.",
)
def c0833(m: CC170C, case: KnownCase | None, _: Look) -> Found:
    above = m.consignment.departure_transport_means
    by_mail = m.consignment.inland_mode_of_transport == BY_MAIL
    if by_mail:
        for n, means in enumerate(above, 1):
            yield not_allowed(f"{consignment_at(m)}/DepartureTransportMeans[{n}]", means.identification_number)
    elif not above or not _no_means_declared(case):
        return
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for n, each in enumerate(house.departure_transport_means, 1):
            yield not_allowed(f"{house_at(m, h)}/DepartureTransportMeans[{n}]", each.identification_number)


def _no_means_declared(case: KnownCase | None) -> bool:
    """Whether the declaration is known to name no means of transport at departure, at either level."""
    declaration = declared(case)
    if declaration is None:
        return False
    consignment = declaration.consignment
    return not consignment.departure_transport_means and not any(
        h.departure_transport_means for h in consignment.house_consignment
    )
