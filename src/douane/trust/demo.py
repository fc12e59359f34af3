"""Who takes part in the union in a box: the clients for which a development node makes certificates and secrets."""

from __future__ import annotations

from dataclasses import dataclass

from douane.identity.principals import Delegation
from douane.model.caller import EVERYWHERE, OF_OFFICE
from douane.model.circles import ActorKind, Platform
from douane.runtime.delivery.sight import INBOX_ROLE

MEMBER_STATES = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
)  # fmt: skip

HOLDER = "holder of the transit procedure"
CONSIGNEE = "trader at destination"
DECLARANT = "declarant"
REPRESENTED = "person represented"
KEEPER_OF_KEYS = "keeper of keys"
BUSINESS = frozenset({
    DECLARANT, REPRESENTED, "applicant for decisions", "holder of authorisations", "holder of certificates",
})  # fmt: skip
"""The business profiles of a firm that does customs business of every kind."""
OFFICER_ROLES = frozenset(
    {
        "customs officer of departure",
        "customs officer of transit",
        "customs officer of exit for transit",
        "customs officer of destination",
        "customs officer of guarantee",
        "statistics officer",
        "customs officer of import",
        "customs officer of export",
        "risk analyst",
        "decisions officer",
        "process expert",
        "programme coordinator",
        "origin officer",
        "classification officer",
        OF_OFFICE + EVERYWHERE,
    }
)
SYSTEM_ROLES = frozenset(
    {
        "customs office of another administration",
        "administration of departure",
        "administration",
        "competent customs authority",
        "registering administration",
        "issuing authority",
    }
)


@dataclass(frozen=True, slots=True)
class DemoClient:
    """A client to be made. ``secret``: it also gets a client secret (untrusted circle only). ``person``: the account of
    the officer whose own it is."""

    id: str
    kind: ActorKind
    country: str = ""
    eori: str = ""
    administration: str = ""
    roles: frozenset[str] = frozenset()
    secret: bool = False
    delegations: tuple[Delegation, ...] = ()
    person: str = ""


TRADERS = (
    DemoClient(
        "trader.fr.lesquin",
        ActorKind.TRADER,
        "FR",
        "FR40123456700017",
        roles=BUSINESS | {HOLDER},
        secret=True,
    ),
    DemoClient(
        "trader.de.rhein",
        ActorKind.TRADER,
        "DE",
        "DE1234567890123",
        roles=BUSINESS | {HOLDER},
        secret=True,
    ),
    DemoClient(
        "trader.at.wien",
        ActorKind.TRADER,
        "AT",
        "ATEOS1000012345",
        roles=BUSINESS | {HOLDER, CONSIGNEE},
        secret=True,
    ),
    DemoClient("trader.at.linz", ActorKind.TRADER, "AT", "ATEOS1000067890", roles=frozenset({CONSIGNEE})),
    DemoClient(
        "representative.be",
        ActorKind.TRADER,
        "BE",
        "BE0123456789",
        roles=frozenset({HOLDER}),
        delegations=(Delegation("FR40123456700017", frozenset({HOLDER})),),
    ),
    DemoClient(
        "third.ch",
        ActorKind.THIRD_COUNTRY,
        "CH",
        administration="CH",
        roles=frozenset({"partner of mutual recognition"}),
    ),
    DemoClient("partner.dg", ActorKind.PARTNER_SERVICE, "EU", roles=frozenset({"certificate system"})),
)

OFFICERS = {"FR": "fr.luc.bernard", "DE": "de.jonas.weber", "AT": "at.paul.huber"}
"""The accounts of the officers who also sign in, by administration: by his program or signed in he is one person."""
EXPERTS = (
    DemoClient(
        "fr.expert", ActorKind.OFFICER, "FR", administration="FR",
        roles=frozenset({"process expert", "service owner", OF_OFFICE + EVERYWHERE}), person="fr.claire.moreau",
    ),
)  # fmt: skip
"""A second person beside an officer, where two answer for something."""
CENTRE = (
    DemoClient(
        "commission.system",
        ActorKind.COMMISSION,
        administration="EU",
        roles=SYSTEM_ROLES | {INBOX_ROLE, "central node"},
    ),
    DemoClient(
        "commission.officer",
        ActorKind.COMMISSION,
        administration="EU",
        roles=OFFICER_ROLES | {"service bus operator", "business architect", "project officer", "service owner"},
    ),
    DemoClient("operator", ActorKind.OPERATOR, person="eu.olga.nowak"),
    DemoClient("operator.second", ActorKind.OPERATOR, person="eu.ivan.horvat"),
    *(
        DemoClient(f"link.{each.value.replace('_', '-')}", ActorKind.SERVICE, roles=frozenset({f"link.{each.value}"}))
        for each in (Platform.SPEED2, Platform.CCN2, Platform.CCN_CSI, Platform.CDCO, Platform.UUMDS)
    ),
)


def demo_clients() -> tuple[DemoClient, ...]:
    """Traders, a system and an officer of every Member State, the Commission, the operator, the links of the doors."""
    states = [
        client
        for code in MEMBER_STATES
        for client in (
            DemoClient(f"{code.lower()}.system", ActorKind.MEMBER_STATE, code, administration=code, roles=SYSTEM_ROLES),
            DemoClient(
                f"{code.lower()}.officer",
                ActorKind.OFFICER,
                code,
                administration=code,
                roles=OFFICER_ROLES,
                person=OFFICERS.get(code, f"{code.lower()}.officer"),
            ),
        )
    ]
    return (*TRADERS, *states, *EXPERTS, *CENTRE)
