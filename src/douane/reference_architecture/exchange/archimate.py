"""The model as an ArchiMate document, and back; what an architect added in another tool is merged in again.

The model comes from what runs, so nothing of it is taken from a file. A file that was opened elsewhere keeps what it
has beside that: texts in other languages, properties, elements, relationships, folders and views of its own.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from douane.model.graph import ApplicationModel, Edge, EdgeKind, Node, NodeKind
from douane.reference_architecture.exchange.mapping import CONCEPTS, arrow
from douane.standards.archimate.document import (
    SPECIALIZATION,
    Definition,
    Document,
    Element,
    Property,
    Relationship,
    Text,
    said,
)
from douane.standards.archimate.language import Relation
from douane.vocabulary.errors import NotValid

Translations = Callable[[str], Mapping[str, str]]
"""From an English title to the same title in other languages; empty where none is known."""
OWN = "douane."
"""How the identifiers of our kinds of properties begin."""
ID, STATUS, EDGE, PROOF, FACT, GONE = (
    f"{OWN}id", f"{OWN}status", f"{OWN}edge", f"{OWN}proof", "douane:fact:", f"{OWN}gone",
)  # fmt: skip
_TITLES = {ID: "douane:id", STATUS: "douane:status", EDGE: "douane:edge", PROOF: "douane:proof", GONE: "douane:gone"}
_OWN = {name: id for id, name in _TITLES.items()}
_PLACE = re.compile(r'\b(?:elementRef|relationshipRef|identifierRef)="([^"]+)"')


def document_of(model: ApplicationModel, translations: Translations = lambda _title: {}) -> Document:
    """The whole model: every element and every edge, each with its own name, status, facts and proof as properties."""
    elements = [_element(node, translations) for node in sorted(model, key=lambda node: node.id)]
    edges = sorted(set(model.edges) - set(model.dangling), key=_order)
    facts = {_fact(name): FACT + name for node in model for name, _ in node.facts}
    kinds = {SPECIALIZATION: SPECIALIZATION, **_TITLES} | dict(sorted(facts.items()))
    definitions = tuple(Definition(id, (Text(name),)) for id, name in kinds.items() if id != GONE)
    return Document(
        "id-douane", (Text("Douane, reference architecture", "en"),), elements=tuple(elements),
        relationships=tuple(map(_relationship, edges)), definitions=definitions, version=model.hash[:16],
    )  # fmt: skip


def known_again(document: Document) -> Document:
    """A document in which our kinds of properties have our identifiers: other tools change those, but not the names."""
    renamed = {}
    for each in document.definitions:
        name = said(each.names)
        own = _fact(name.removeprefix(FACT)) if name.startswith(FACT) else _OWN.get(name)
        if own is not None and own != each.id:
            renamed[each.id] = own
    if not renamed:
        return document

    def again(held: tuple[Property, ...]) -> tuple[Property, ...]:
        return tuple(replace(p, definition=renamed.get(p.definition, p.definition)) for p in held)

    return replace(
        document, definitions=tuple(replace(d, id=renamed.get(d.id, d.id)) for d in document.definitions),
        properties=again(document.properties),
        elements=tuple(replace(each, properties=again(each.properties)) for each in document.elements),
        relationships=tuple(replace(each, properties=again(each.properties)) for each in document.relationships),
    )  # fmt: skip


def model_of(document: Document) -> ApplicationModel:
    """The model in a document that holds one of ours. Raises NotValid where an element of ours is not whole.

    What is not ours is left out.
    """
    document = known_again(document)
    try:
        facts = {d.id: said(d.names).removeprefix(FACT) for d in document.definitions if said(d.names).startswith(FACT)}
        nodes = [_node(each, facts) for each in document.elements if own_id(each)]
        edges = [_edge(each) for each in document.relationships if _held(each, ID)]
    except (KeyError, ValueError) as problem:
        raise NotValid(f"An element of ours has lost a property: {problem}.", remedy="Export the model anew.") from None
    return ApplicationModel(nodes, edges)


def merged(own: Document, kept: Document) -> Document:
    """The present model with what ``kept`` has beside it.

    What both have is ours, in the other's identifiers, with its further languages and properties. What was ours and is
    gone from the model stays only where something kept refers to it, and is marked.
    """
    kept = known_again(kept)
    theirs = {key(each): each for each in kept.listed}
    ids = {each.id: theirs[key(each)].id for each in own.listed if key(each) in theirs}
    present = {key(each) for each in own.listed}
    needed = set(_PLACE.findall(kept.views + "".join(kept.organizations)))
    foreign = [each for each in kept.relationships if key(each) not in present and not _held(each, ID)]
    needed |= {end for each in foreign for end in (each.source, each.target)}
    stale = [each for each in kept.relationships if key(each) not in present and _held(each, ID) and each.id in needed]
    needed |= {end for each in stale for end in (each.source, each.target)}
    elements = [_joined(each, theirs.get(key(each)), ids) for each in own.elements]
    elements += [each for each in kept.elements if key(each) not in present and not own_id(each)]
    elements += [
        replace(each, properties=_marked(each.properties))
        for each in kept.elements if key(each) not in present and own_id(each) and each.id in needed
    ]  # fmt: skip
    relationships = [_tied(each, theirs.get(key(each)), ids) for each in own.relationships]
    relationships += [*foreign, *(replace(each, properties=_marked(each.properties)) for each in stale)]
    names = {each.id: each for each in (*kept.definitions, *own.definitions)}
    if any(p.definition == GONE for part in (elements, relationships) for each in part for p in each.properties):
        names.setdefault(GONE, Definition(GONE, (Text(_TITLES[GONE]),)))
    return replace(
        own, id=kept.id, names=_texts(own.names, kept.names), documentation=kept.documentation,
        properties=kept.properties, elements=tuple(elements), relationships=tuple(relationships),
        definitions=tuple(names.values()), foreign=kept.foreign, metadata=kept.metadata,
        organizations=kept.organizations, views=kept.views,
    )  # fmt: skip


def key(each: Element | Relationship) -> str:
    """By what a thing is known in every file: our own id where it has one, else its identifier."""
    return _held(each, ID) or f"#{each.id}"


def own_id(each: Element | Relationship) -> str:
    """Our own id of a thing; empty for one that is not ours."""
    return _held(each, ID)


# --- ours to theirs


def _element(node: Node, translations: Translations) -> Element:
    concept = CONCEPTS[node.kind]
    held = [(SPECIALIZATION, concept.own), (ID, node.id), (STATUS, node.status)]
    held += [(_fact(name), value) for name, value in node.facts]
    told = (Text(node.title, "en"), *(Text(text, code) for code, text in sorted(translations(node.title).items())))
    return Element(
        _identifier("e", node.id), concept.name, (Text(node.name, "en"),), told if node.title else (),
        tuple(Property(name, (Text(value),)) for name, value in held),
    )  # fmt: skip


def _relationship(edge: Edge) -> Relationship:
    made = arrow(edge)
    ends = [_identifier("e", edge.source), _identifier("e", edge.target)]
    source, target = reversed(ends) if made.turned else ends
    word = edge.kind.backward if made.turned else edge.kind.forward
    id = f"{edge.source}|{edge.kind.name}|{edge.target}|{edge.proof}"
    other: tuple[tuple[str, str], ...] = (("accessType", made.access),) if made.access else ()
    if made.relation is Relation.ASSOCIATION:
        other = (("isDirected", "true"),)
    held = ((ID, id), (EDGE, edge.kind.name.lower()), (PROOF, edge.proof))
    return Relationship(
        _identifier("r", id), made.relation, source, target, (Text(word, "en"),),
        properties=tuple(Property(name, (Text(value),)) for name, value in held), other=other,
    )  # fmt: skip


def _fact(name: str) -> str:
    """The identifier of a kind of property that holds a fact of this name, which may be any text."""
    return f"{OWN}fact-{hashlib.sha256(name.encode()).hexdigest()[:12]}"


def _identifier(kind: str, id: str) -> str:
    return f"id-{kind}-{hashlib.sha256(id.encode()).hexdigest()[:24]}"


def _order(edge: Edge) -> tuple[str, str, str, str]:
    return edge.source, edge.kind.name, edge.target, edge.proof


# --- theirs to ours


def _node(each: Element, names: Mapping[str, str]) -> Node:
    kind, _, name = own_id(each).partition(":")
    held = {p.definition: said(p.values) for p in each.properties}
    facts = tuple(sorted((names[id], value) for id, value in held.items() if id in names))
    return Node(NodeKind(kind), name, said(each.documentation), held[STATUS], facts)


def _edge(each: Relationship) -> Edge:
    source, kind, target, proof = _held(each, ID).split("|", 3)
    return Edge(EdgeKind[kind], source, target, proof)


def _held(each: Element | Relationship, definition: str) -> str:
    return next((said(p.values) for p in each.properties if p.definition == definition), "")


# --- both together


def _joined(own: Element, theirs: Element | Relationship | None, ids: Mapping[str, str]) -> Element:
    if not isinstance(theirs, Element):
        return own
    return replace(
        own, id=ids[own.id], names=_texts(own.names, theirs.names), other=theirs.other,
        documentation=_texts(own.documentation, theirs.documentation),
        properties=_properties(own.properties, theirs.properties),
    )  # fmt: skip


def _tied(own: Relationship, theirs: Element | Relationship | None, ids: Mapping[str, str]) -> Relationship:
    made = replace(own, source=ids.get(own.source, own.source), target=ids.get(own.target, own.target))
    if not isinstance(theirs, Relationship):
        return made
    return replace(
        made, id=ids[own.id], names=_texts(own.names, theirs.names), documentation=theirs.documentation,
        properties=_properties(own.properties, theirs.properties),
    )  # fmt: skip


def _texts(own: Iterable[Text], theirs: Iterable[Text]) -> tuple[Text, ...]:
    """Ours, and theirs in every language that ours lack. A text without a language is English, as ours are."""
    held = tuple(own)
    have = {each.language or "en" for each in held}
    return (*held, *(each for each in theirs if (each.language or "en") not in have))


def _properties(own: tuple[Property, ...], theirs: tuple[Property, ...]) -> tuple[Property, ...]:
    have = {each.definition for each in own}
    return (*own, *(p for p in theirs if p.definition not in have and not p.definition.startswith(OWN)))


def _marked(properties: tuple[Property, ...]) -> tuple[Property, ...]:
    """Marked as something that the model no longer has."""
    rest = tuple(each for each in properties if each.definition != GONE)
    return (*rest, Property(GONE, (Text("true"),)))
