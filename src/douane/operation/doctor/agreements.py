"""What was agreed with partners, and the rules of retention: files beside the settings that a start reads."""

from __future__ import annotations

from collections.abc import Iterator

from douane.assembly.queueing import stations
from douane.configuration import discovery, partners
from douane.configuration.access_point import FOLDER, access_point
from douane.configuration.ports import SystemClock
from douane.configuration.retaining import policy_of
from douane.configuration.settings import NodeSettings
from douane.examination.starting.finding import Check, Said, fault, warning
from douane.examination.starting.rights import not_writable
from douane.runtime.catalogue.catalogue import Catalogue
from douane.supervision.operating.holding import followed
from douane.trust.holding import Holding
from douane.vocabulary.errors import DeclarationFault


def agreed(settings: NodeSettings) -> Iterator[Said]:
    """``partners.toml``, judged as ``douane partner check`` does; what is wrong is raised."""
    partners.agreements(settings.data)
    yield from ()


def as4(settings: NodeSettings) -> Iterator[Said]:
    """The access point: legs, certificates with their keys, and what expires."""
    if not (settings.data / FOLDER / "as4.toml").exists():
        return
    clock = SystemClock()
    found = access_point(settings.data, Catalogue(discovery.services()), clock, sweep=False)
    for each in found.point.certificates.findings(clock.now()) if found is not None else ():
        who = f"The AS4 certificate {each.subject} ({each.whose or 'own'})"
        if each.days < 0:
            yield fault(f"{who} has expired.", "Agree on the next one: douane as4 certificates.")
        else:
            yield warning(f"{who} expires in {each.days} days.", "Agree on the next one: douane as4 certificates.")


def folders(settings: NodeSettings) -> Iterator[Said]:
    """The folders of administrations: form and repertoire, and whether the node can write there."""
    if settings.folders:
        stations(settings)  # raises
    for code, route in sorted(settings.folders.items()):
        wrong = not_writable(route.path)
        if wrong:
            yield fault(f"The folder of {code}: {wrong}", "Give the user of the node the right to write there.")


def retention(settings: NodeSettings) -> Iterator[Said]:
    """``retention.toml``; what is wrong is raised."""
    policy_of(settings)
    yield from ()


def held(settings: NodeSettings) -> Iterator[Said]:
    """Whether followed files are in the octets that two persons approved: in production a start ends otherwise."""
    holding = Holding(settings.data, needed=not settings.development)
    for path in followed(settings.data, settings.identity_folder):
        try:
            holding.must_hold(path)
        except DeclarationFault as problem:
            yield fault(problem.text, problem.remedy)


CHECKS = (
    Check("agreements.held", held),
    Check("agreements.partners", agreed),
    Check("agreements.as4", as4),
    Check("agreements.folders", folders),
    Check("agreements.retention", retention),
)
