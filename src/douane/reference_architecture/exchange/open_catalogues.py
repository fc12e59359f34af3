"""Words and services for catalogues of others: the term base in SKOS, the services in DCAT-AP, both in Turtle.

A word of the law is a concept with its labels and the article that gives it its meaning. A service that is offered is
a data service, a code list that it keeps a data set that it serves. Statements stand in a stable order.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from douane.model.declare import Service, Status
from douane.model.graph import ApplicationModel, NodeKind

PREFIXES: Final = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
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
    model: ApplicationModel, services: Sequence[Service], *, base: str, translations: Translations
) -> bytes:  # fmt: skip
    """The services that are offered, and the code lists, as a catalogue."""
    offered = sorted((e for e in services if e.status in (Status.OFFERED, Status.DEPRECATED)), key=lambda e: e.name)
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
                  ("dcat:endpointURL", f"<{base}{each.name}/v1>"),
                  ("adms:status", text(each.status.value))]  # fmt: skip
        lines.append(node(f"<{base}data-service/{each.name}>", "dcat:DataService", about))
    for listed in lists:
        title = listed.title or listed.name
        about = [("dct:title", text(title, "en")), ("dct:description", text(title, "en")),
                 ("dct:identifier", text(listed.name))]  # fmt: skip
        lines.append(node(f"<{base}code-list/{_slug(listed.name)}>", "dcat:Dataset", about))
    return written(lines)


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
