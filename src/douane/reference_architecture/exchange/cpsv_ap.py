"""The services as a catalogue of public services: CPSV-AP 3.2, in Turtle, triples in a stable order.

A service is a public service; a business rule a rule that it follows; an article a legal resource; a message that is
lodged a type of evidence, one that answers an output; a platform a channel. Every text says its language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from douane.model.circles import Platform
from douane.model.declare import Kind, Service, Status
from douane.model.graph import ApplicationModel, EdgeKind, NodeKind
from douane.model.naming import Names, names_of

BASE: Final = "https://douane.example/id/"
PREFIXES: Final = {
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
UNION: Final = "<http://publications.europa.eu/resource/authority/country/EUR>"
_SLUG: Final = re.compile(r"[^a-z0-9]+")
Node = tuple[str, str, list[tuple[str, str]]]
"""A subject, its class, and its other properties."""
Translations = Callable[[str], Mapping[str, str]]
OFFERED: Final = (Status.OFFERED, Status.DEPRECATED)


def cpsv_ap(
    model: ApplicationModel, services: Sequence[Service], *, base: str = BASE,
    translations: Translations = lambda _text: {},
) -> bytes:  # fmt: skip
    """The catalogue of the services that are offered. base: of the addresses by which they are named."""
    made = _Catalogue(model, base, translations, names_of(services))
    for service in sorted(services, key=lambda each: each.name):
        if service.status in OFFERED:
            made.service(service)
    head = [f"@prefix {name}: <{address}> ." for name, address in PREFIXES.items()]
    return ("\n".join([*head, "", *made.lines()]) + "\n").encode()


class _Catalogue:
    def __init__(self, model: ApplicationModel, base: str, translations: Translations, names: Names) -> None:
        self.names = names
        self.model, self.base, self.translations = model, base, translations
        self.nodes: dict[str, Node] = {UNION: (UNION, "dct:Location", [])}

    def service(self, service: Service) -> None:
        """A service with everything that it names."""
        id = f"service:{service.name}"
        said = [("dct:identifier", _literal(service.name)), ("dct:spatial", UNION),
                ("cv:hasCompetentAuthority", self.authority(service.owner)),
                ("adms:status", self.concept("status", service.status.value))]  # fmt: skip
        said += self.texts("dct:title", service.title)
        said += self.texts("dct:description", " ".join(service.purpose.split()) or service.title)
        said += [("cv:hasLegalResource", self.legal(each)) for each in service.legal]
        for edge in self.model.into(id):
            if edge.kind is EdgeKind.BELONGS and edge.source.startswith(f"{NodeKind.RULE.value}:"):
                said.append(("cpsv:follows", self.rule(edge.source)))
        for operation in service.operations:
            if operation.kind is Kind.COMMAND and operation.status in OFFERED:
                said.append(("cv:hasInputType", self.evidence(self.names.of(operation.request))))
                said += [("cpsv:produces", self.output(self.names.of(each))) for each in operation.replies]
        callers = {actor.kind for operation in service.operations for actor in operation.by}
        said += [
            ("cv:hasChannel", self.channel(platform))
            for platform in Platform
            if any(platform.admits(kind) for kind in callers)
        ]
        self.put("service", service.name, "cpsv:PublicService", said)

    def put(self, kind: str, name: str, of: str, said: list[tuple[str, str]]) -> str:
        """Keep a node; its address."""
        subject = f"<{self.base}{kind}/{_slug(name)}>"
        self.nodes.setdefault(subject, (subject, of, said))
        return subject

    def authority(self, owner: str) -> str:
        """Whoever answers for a service."""
        said = [("dct:identifier", _literal(_slug(owner))), ("dct:spatial", UNION)]
        return self.put("authority", owner, "cv:PublicOrganisation", [*said, *self.texts("skos:prefLabel", owner)])

    def concept(self, kind: str, name: str) -> str:
        """A word of a list of ours."""
        return self.put(kind, name, "skos:Concept", [*self.texts("skos:prefLabel", name)])

    def legal(self, article: str) -> str:
        """An article."""
        return self.put("legal", article, "eli:LegalResource", [("dct:identifier", _literal(article)),
                                                                *self.texts("dct:title", article)])  # fmt: skip

    def rule(self, id: str) -> str:
        """A business rule."""
        node = self.model.node(id)
        said = [("dct:identifier", _literal(node.name)), *self.texts("dct:title", node.name)]
        return self.put("rule", node.name, "cpsv:Rule", [*said, *self.texts("dct:description", node.title)])

    def evidence(self, type: str) -> str:
        """What is lodged: a type of message."""
        return self.put("evidence", type, "cv:EvidenceType", self.message(type))

    def output(self, type: str) -> str:
        """What answers: a type of message."""
        return self.put("output", type, "cv:Output", self.message(type))

    def message(self, type: str) -> list[tuple[str, str]]:
        """A type of message, by its name and what its declaration says of it."""
        title = self.model.node(f"type:{type}").title or type
        return [("dct:identifier", _literal(type)), *self.texts("dct:title", title)]

    def channel(self, platform: Platform) -> str:
        """A platform by which a service is reached."""
        said = [("dct:identifier", _literal(platform.value)), *self.texts("dct:description", platform.name)]
        return self.put("channel", platform.value, "cv:Channel", said)

    def texts(self, predicate: str, text: str) -> Iterator[tuple[str, str]]:
        """A text in every language in which it is known."""
        yield predicate, f"{_literal(text)}@en"
        for language, said in self.translations(text).items():
            yield predicate, f"{_literal(said)}@{language}"

    def lines(self) -> Iterator[str]:
        """Every node, and under it what is said of it."""
        for subject, of, said in sorted(self.nodes.values()):
            pairs = sorted(set(said))
            yield f"{subject} a {of}{';' if pairs else ' .'}"
            for n, (predicate, value) in enumerate(pairs, start=1):
                yield f"  {predicate} {value}{' .' if n == len(pairs) else ';'}"


def _slug(text: str) -> str:
    return _SLUG.sub("-", text.lower()).strip("-")


def _literal(text: str) -> str:
    marks: Iterable[tuple[str, str]] = (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"))
    for mark, said in marks:
        text = text.replace(mark, said)
    return f'"{text}"'
