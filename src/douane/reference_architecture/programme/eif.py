"""How the product stands to the European Interoperability Framework, as its model shows it.

Each of the 47 recommendations of the framework (COM(2017) 134, annex 2) has evidence: elements of the model; or it has
an open point, which says in a sentence what nobody shows here. Nothing is met because somebody says so: evidence that
is not in the model any more is *vanished*, and a test and the command fail by it. What each is about stands in our
words, from memory; the numbers and topics were compared with the list of the EIF toolbox where that names them.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from douane.model.graph import PLANNED, ApplicationModel, EdgeKind, NodeKind


class Standing(enum.StrEnum):
    """How it stands with a recommendation."""

    SHOWN = "shown"  # everything that is named as evidence is there
    OPEN = "open"  # an open point is stated
    VANISHED = "vanished"  # what was evidence is not there any more


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A recommendation. evidence: elements of the model by their ids. open: what nobody shows here."""

    number: int
    about: str
    evidence: tuple[str, ...] = ()
    open: str = ""


@dataclass(frozen=True, slots=True)
class Assessed:
    """A recommendation with what the model shows of it. missing: evidence that is not there, or shown by no test."""

    recommendation: Recommendation
    standing: Standing
    missing: tuple[str, ...] = ()


def _requirements(*names: str) -> tuple[str, ...]:
    return tuple(f"requirement:{each}" for each in names)


def _components(*names: str) -> tuple[str, ...]:
    return tuple(f"component:douane.{each}" for each in names)


def _shows(number: int, about: str, *evidence: str) -> Recommendation:
    return Recommendation(number, about, evidence)


def _lacks(number: int, about: str, open_point: str) -> Recommendation:
    return Recommendation(number, about, open=open_point)


_ADMINISTRATION: Final = "It is for an administration to do and not for a product: no element of the model shows it."

RECOMMENDATIONS: Final = (
    _lacks(1, "national frameworks are aligned with the European one", _ADMINISTRATION),
    _lacks(2, "data are published as open data", "Statistics are shown to who may see them; none is open data."),
    _lacks(3, "open source software has a level playing field", _ADMINISTRATION),
    _shows(4, "open specifications come first", *_components("standards.as4", "standards.soap", "standards.bpmn")),
    _shows(5, "rules, data and interfaces can be seen from outside", "service:architecture"),
    _shows(6, "solutions are shared and used again", *_requirements("REQ-RSK-001"), "service:risk_analysis"),
    _shows(7, "information is used again", *_requirements("REQ-FIN-001"), "service:final_data"),
    _shows(
        8,
        "nobody is bound to one technology",
        *_components("backends.sqlite", "backends.postgresql"),
        *_components("channels.rest", "channels.soap", "channels.as4"),
    ),
    _lacks(9, "data move between systems", "Final data are replicated; a whole node is moved by backup alone."),
    _shows(10, "services have several channels", "platform:speed2", *_components("channels.browser", "channels.rest")),
    _lacks(11, "there is one point of contact", "Portals of the trader are one; contact points are not in the model."),
    _lacks(12, "users take part and are heard", "Trade is consulted about services; nobody collects what users say."),
    _shows(13, "who said it once is not asked again", *_requirements("REQ-FIN-001"), "service:reference_data"),
    _lacks(14, "everybody can use it", "Pages are tested for accessibility; no requirement of the model says so."),
    _shows(
        15,
        "security and privacy are designed in",
        *_components("identity", "shared_services.auditing"),
        *_requirements("REQ-REX-003"),
    ),
    _lacks(16, "languages are supported", "Pages speak three languages; no requirement of the model says so."),
    _shows(17, "procedures are simple and digital", "service:customs_decisions", "service:transit"),
    _shows(18, "records are preserved", *_components("shared_services.archiving", "standards.time_stamp")),
    _lacks(19, "effect and cost are assessed", "Business cases are stated of services; benefits are not measured."),
    _shows(20, "interoperability is governed across levels", *_requirements("REQ-BUS-007")),
    _lacks(21, "standards are chosen by a process", "Decision records choose them; the model does not hold those."),
    _lacks(22, "standards are assessed by a method", "No assessment of a standard is kept."),
    _lacks(23, "catalogues of standards are consulted", "No catalogue of standards is linked to the model."),
    _lacks(24, "one takes part in standardisation", _ADMINISTRATION),
    _shows(25, "interoperability lasts over time", *_requirements("REQ-BUS-003", "REQ-BUS-009")),
    _lacks(
        26, "agreements on interoperability exist", "Service levels are declared; agreements of parties are not kept."
    ),
    _lacks(27, "law is checked for interoperability", _ADMINISTRATION),
    _shows(
        28,
        "business processes are documented in a common way",
        "process:transit.departure",
        *_components("standards.bpmn"),
    ),
    _shows(29, "relations between organisations are clear", *_requirements("REQ-BUS-001", "REQ-BUS-002")),
    _shows(30, "data are a public asset and managed", "service:reference_data", *_requirements("REQ-REF-001")),
    _lacks(31, "there is a strategy of information", _ADMINISTRATION),
    _lacks(32, "communities share their meaning of data", _ADMINISTRATION),
    _shows(33, "open specifications make it technically interoperable", *_components("channels.as4", "standards.as4")),
    _shows(34, "there is a model of integrated services", "service:service_bus", "capability:service integration"),
    _shows(35, "loosely coupled components are joined by one scheme", "platform:ccn2", *_requirements("REQ-BUS-004")),
    _shows(36, "infrastructure is shared", "platform:cdco", "platform:ccn2", "platform:speed2"),
    _shows(
        37, "authentic sources are available to others", "service:eori", "service:rex", *_requirements("REQ-EOR-002")
    ),
    _shows(38, "interfaces to base registries are published", "service:eori", *_requirements("REQ-EOR-002")),
    _lacks(
        39,
        "registries describe their content",
        "The explorer describes elements; no registry publishes its own description.",
    ),
    _lacks(40, "registries have a plan for quality of data", "No plan for the quality of data is kept."),
    _lacks(41, "open data have procedures", "Nothing is an open data set yet."),
    _lacks(42, "open data are published for machines", "Nothing is an open data set yet."),
    _lacks(43, "rights to use data are told", "Licences of data are not in the model."),
    _shows(
        44, "catalogues of services use common models", "service:service_bus", *_components("reference_architecture")
    ),
    _lacks(
        45, "external services are used where they fit", "Which external services could be used, nobody has listed."
    ),
    _shows(
        46, "external services are used under security", "platform:speed2", "circle:untrusted", *_components("trust")
    ),
    _shows(47, "trust services are used", *_components("standards.xml_signature", "standards.time_stamp", "identity")),
)
"""All of them, in order."""


def assessment(
    model: ApplicationModel, recommendations: Iterable[Recommendation] = RECOMMENDATIONS
) -> tuple[Assessed, ...]:
    """Each recommendation with what the model shows of it today."""
    return tuple(_assessed(model, each) for each in recommendations)


def _assessed(model: ApplicationModel, each: Recommendation) -> Assessed:
    missing = tuple(id for id in each.evidence if not _there(model, id))
    if each.open or not each.evidence:
        return Assessed(each, Standing.OPEN, missing)
    return Assessed(each, Standing.VANISHED if missing else Standing.SHOWN, missing)


def _there(model: ApplicationModel, id: str) -> bool:
    """Whether an element is there and no plan; of a requirement, whether a test shows it where tests are installed."""
    if id not in model or model.node(id).status == PLANNED:
        return False
    if model.node(id).kind is not NodeKind.REQUIREMENT:
        return True
    return any(edge.kind is EdgeKind.SHOWN_BY for edge in model.out(id))
