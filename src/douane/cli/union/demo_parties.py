"""Who takes part in the demonstration: traders, officers and systems, each at the door of its circle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from douane.assembly.node import RunningNode
from douane.channels.rest.client import Identity, Partner
from douane.development.demo_channels import OtherChannels
from douane.simulator.nations import NationalNode
from douane.simulator.parties import Party
from douane.trust.development_identity import DevelopmentIdentity


def client_at(url: str, identity: DevelopmentIdentity, client: str) -> Partner:
    """A client of the development identity at a door."""
    files = identity.client(client)
    return Partner(url, Identity(files.certificate, files.key, identity.root))


def taking_part(
    centre: RunningNode, own: Mapping[str, NationalNode], data: Path, partners: OtherChannels
) -> dict[str, Party]:
    """Traders and officers, each at the door of its circle."""
    speed2, ccn2, cdco, identity = *(centre.url(each) for each in ("speed2", "ccn2", "cdco")), centre.identity
    register = identity.load_register()

    def at_centre(id: str, title: str, url: str, other: str, *, listens: bool = True) -> Party:
        client = register.client(id)
        assert client is not None  # every development identity has the clients of the demonstration
        lane = client.eori or (f"NTA.{client.administration}" if client.administration else client.id)
        way = partners.ways.get(id)
        return Party(
            id,
            title,
            lane,
            client_at(url, identity, id),
            client_at(other, identity, id),
            listens or way is not None,
            way,
        )

    found = [
        at_centre("trader.fr.lesquin", "Holder of the procedure, Lesquin", speed2, ccn2),
        at_centre("trader.at.wien", "Trader at destination, Wien", speed2, ccn2),
        at_centre("trader.de.rhein", "Holder of the procedure, at the Rhine", speed2, ccn2),
        at_centre("trader.at.linz", "Trader at destination, Linz", speed2, ccn2),
        at_centre("representative.be", "Representative", speed2, ccn2),
        at_centre("be.system", "Belgian guarantee system", ccn2, speed2),
        at_centre("it.system", "Italian transit system", ccn2, speed2),
        at_centre("fr.officer", "Customs officer, France", ccn2, speed2),
        at_centre("fr.expert", "Process expert, France", ccn2, speed2),
        at_centre("nl.officer", "Customs officer, Netherlands", ccn2, speed2),
        at_centre("de.system", "German system", ccn2, speed2, listens=False),
        at_centre("commission.system", "Commission", ccn2, speed2),
        at_centre("commission.officer", "Operator of the service bus", cdco, ccn2, listens=False),
        at_centre("partner.dg", "Authority for organic farming", speed2, ccn2, listens=False),
        at_centre("pl.system", "Polish system", ccn2, speed2, listens=False),
        at_centre("nl.system", "Dutch system", ccn2, speed2, listens=False),
    ]
    found += list(_officers(own, data))
    return {party.id: party for party in found}


def _officers(own: Mapping[str, NationalNode], data: Path) -> Iterable[Party]:
    """Officers of administrations with a system of their own work at its door, with its certificates."""
    for code, node in own.items():
        identity = DevelopmentIdentity(data / code.lower() / "identity")
        id = f"{code.lower()}.officer"
        yield Party(id, f"Customs officer, {code}", f"NTA.{code}", client_at(node.addresses["ccn2"], identity, id))
