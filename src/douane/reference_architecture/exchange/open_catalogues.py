"""Words and services for catalogues of others: the term base in SKOS, the services in DCAT-AP, both in Turtle.

A word of the law is a concept with its labels and the article that gives it its meaning. A service that is offered is
a data service at each door where somebody may call it, a code list a data set that is asked for of the service that
keeps it. An address of a door is told by whoever runs it: the model knows none. Statements stand in a stable order.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from douane.model.circles import Platform
from douane.model.declare import Service, Status
from douane.model.graph import ApplicationModel, NodeKind

PREFIXES: Final = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
KEEPER: Final = "reference_data"
"""The service of which code lists are asked for, one code at a time."""
LOOK_UP: Final = f"{KEEPER}/v1/look_up"
_STATUS: Final = {
    Status.OFFERED: "http://purl.org/adms/status/Completed", Status.DEPRECATED: "http://purl.org/adms/status/Deprecated",
}  # fmt: skip
"""What is offered, as a concept of ADMS."""
_SLUG: Final = re.compile(r"[^a-z0-9]+")
Translations = Callable[[str], Mapping[str, str]]
Statements = Sequence[tuple[str, str]]


def skos(terms: Mapping[str, tuple[str, Mapping[str, str]]], *, base: str) -> bytes:
    """The term base as a concept scheme. terms: by the English term, its article and its words by language."""
    scheme = f"<{base}glossary>"
    lines = [node(scheme, "skos:ConceptScheme", [("dct:title", text("Glossary of customs terms", "en"))])]
    for name, (article, words) in sorted(terms.items()):
        said = [("skos:inScheme", scheme)]
        said += [("skos:prefLabel", text(word, language)) for language, word in sorted(words.items()) if word]
        said.append(("dct:source", text(article)))
        lines.append(node(f"<{base}term/{_slug(name)}>", "skos:Concept", said))
    return written(lines)


def dcat_ap(
    model: ApplicationModel, services: Sequence[Service], *, base: str, translations: Translations,
    doors: Mapping[Platform, str],
) -> bytes:  # fmt: skip
    """The services that are offered at these doors, and the code lists, as a catalogue. doors: address by platform."""
    addresses = {name: url.rstrip("/") for name, url in doors.items()}
    offered = sorted(
        (e for e in services if e.status in _STATUS and _doors(e, addresses)), key=lambda e: e.name
    )  # fmt: skip
    lists = sorted(model.of(NodeKind.CODE_LIST), key=lambda each: each.name)
    catalogue = f"<{base}catalogue>"
    said: list[tuple[str, str]] = [
        ("dct:title", text("Services of a customs union platform", "en")),
        ("dct:description", text("Generated from the application model.", "en")),
        ("dct:publisher", f"<{base}publisher>"),
    ]
    said += [("dcat:service", f"<{base}data-service/{each.name}>") for each in offered]
    said += [("dcat:dataset", f"<{base}code-list/{_slug(each.name)}>") for each in lists]
    publisher = [("foaf:name", text("Commission and Member States", "en"))]
    lines = [node(catalogue, "dcat:Catalog", said), node(f"<{base}publisher>", "foaf:Agent", publisher)]
    for each in offered:
        purpose = " ".join(each.purpose.split()) or each.title
        about = [("dct:title", text(each.title, "en"))]
        about += [("dct:title", text(word, language)) for language, word in sorted(translations(each.title).items())]
        about += [("dct:description", text(purpose, "en")), ("dct:identifier", text(each.name)),
                  ("adms:status", f"<{_STATUS[each.status]}>")]  # fmt: skip
        for door in _doors(each, addresses):
            about += [("dcat:endpointURL", f"<{door}/{each.name}/v1>"),
                      ("dcat:endpointDescription", f"<{door}/openapi.json>")]  # fmt: skip
        if each.name == KEEPER:
            about += [("dcat:servesDataset", f"<{base}code-list/{_slug(one.name)}>") for one in lists]
        lines.append(node(f"<{base}data-service/{each.name}>", "dcat:DataService", about))
    for listed in lists:
        title = listed.title or listed.name
        about = [("dct:title", text(title, "en")), ("dct:description", text(title, "en")),
                 ("dct:identifier", text(listed.name))]  # fmt: skip
        subject = f"<{base}code-list/{_slug(listed.name)}>"
        asked = [f"{door}/{LOOK_UP}" for e in offered if e.name == KEEPER for door in _doors(e, addresses)]
        bundle = f"<{base}code-list/{_slug(listed.name)}/look-up>"
        if asked:
            about.append(("dcat:distribution", bundle))
        lines.append(node(subject, "dcat:Dataset", about))
        if asked:
            ways = [("dcat:accessURL", f"<{url}>") for url in asked]
            ways += [("dcat:accessService", f"<{base}data-service/{KEEPER}>"), ("dct:title", text(title, "en"))]
            lines.append(node(bundle, "dcat:Distribution", ways))
    return written(lines)


def _doors(service: Service, addresses: Mapping[Platform, str]) -> list[str]:
    """The addresses of the doors that are named at which somebody may call an operation of a service."""
    callers = {actor.kind for operation in service.operations for actor in operation.by}
    return [url for name, url in sorted(addresses.items(), key=lambda pair: pair[0].value)
            if any(name.admits(kind) for kind in callers)]  # fmt: skip


def node(subject: str, kind: str, said: Statements) -> str:
    """What is said of a subject."""
    rest = "".join(f" ;\n    {name} {value}" for name, value in said)
    return f"{subject} a {kind}{rest} ."


def text(said: str, language: str = "") -> str:
    """A literal; JSON escapes are those of Turtle."""
    return json.dumps(said, ensure_ascii=False) + (f"@{language}" if language else "")


def _slug(name: str) -> str:
    return _SLUG.sub("-", name.lower()).strip("-")


def written(lines: Sequence[str], prefixes: Mapping[str, str] = PREFIXES) -> bytes:
    """The file, its prefixes first."""
    head = [f"@prefix {name}: <{address}> ." for name, address in prefixes.items()]
    return ("\n".join([*head, "", *lines]) + "\n").encode()
