"""Decision tables as DMN: export as DMN 1.3 with the minimal diagram that dmn-js opens, import of DMN 1.1 to 1.5.

DMN knows neither a version nor a period of a table; both travel as attributes in a namespace of our own, which DMN
tools keep. A row's note is its ``description``, where dmn-js shows and edits it; an ``annotationEntry`` is read too.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import msgspec
from lxml import etree

from douane.standards.decision_table.cells import Kind, parse_literal, render, render_literal
from douane.standards.decision_table.document import Column, HitPolicy, Table
from douane.standards.decision_table.drafting import Draft, DraftRow, Faults, build
from douane.standards.xml.reading import Limits, read_tree
from douane.vocabulary.errors import DeclarationFault, Fault, NotWellFormed, TooLarge

MODEL = "https://www.omg.org/spec/DMN/20191111/MODEL/"
_DMNDI = "https://www.omg.org/spec/DMN/20191111/DMNDI/"
_DC = "http://www.omg.org/spec/DMN/20180521/DC/"
_OURS = "https://douane.example/schema/decision-table"
_KNOWN_MODELS = frozenset(
    {
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        MODEL,
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    }
)
_LIMITS = Limits(size=32 * 1024 * 1024, depth=32, elements=4_000_000)
_TYPES = {Kind.TEXT: "string", Kind.NUMBER: "number", Kind.DATE: "date", Kind.BOOLEAN: "boolean"}
_KINDS = {
    **{word: kind.value for kind, word in _TYPES.items()},
    "integer": "number",
    "long": "number",
    "double": "number",
    "decimal": "number",
}
_AGGREGATIONS = {
    "SUM": HitPolicy.COLLECT_SUM,
    "MIN": HitPolicy.COLLECT_MIN,
    "MAX": HitPolicy.COLLECT_MAX,
    "COUNT": HitPolicy.COLLECT_COUNT,
}


class Imported(msgspec.Struct, frozen=True):
    """A table read from DMN, and in sentences what of the file it could not carry."""

    table: Table
    notes: tuple[str, ...] = ()


# --- export -----------------------------------------------------------------------------------------------------------


def export_dmn(table: Table) -> bytes:
    """The table as a DMN 1.3 document. `import_dmn` gives an equal table back."""
    namespaces: Any = {None: MODEL, "dmndi": _DMNDI, "dc": _DC, "douane": _OURS}  # Any: the stubs know no None here
    root = etree.Element(
        f"{{{MODEL}}}definitions",
        {
            "id": f"{table.name}-definitions",
            "name": table.title or table.name,
            "namespace": "https://douane.example/tables",
            "exporter": "Douane",
        },
        nsmap=namespaces,
    )
    decision = _add(root, "decision", {"id": table.name, "name": table.title or table.name})
    decision.set(f"{{{_OURS}}}version", table.version)
    for name, day in (("validFrom", table.valid_from), ("validUntil", table.valid_until)):
        if day is not None:
            decision.set(f"{{{_OURS}}}{name}", day.isoformat())
    policy, _, aggregation = table.hit_policy.value.partition(" ")
    if table.hit_policy is HitPolicy.RULE_ORDER:
        policy, aggregation = "RULE ORDER", ""
    body = _add(decision, "decisionTable", {"id": f"{table.name}-table", "hitPolicy": policy})
    if aggregation:
        body.set("aggregation", aggregation)
    _add_columns(body, table)
    _add_rules(body, table)
    _add_diagram(root, table)
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _add(parent: etree._Element, name: str, attributes: dict[str, str], text: str | None = None) -> etree._Element:
    child = etree.SubElement(parent, f"{{{MODEL}}}{name}", attributes)
    if text is not None:
        etree.SubElement(child, f"{{{MODEL}}}text").text = text
    return child


def _add_columns(body: etree._Element, table: Table) -> None:
    for n, column in enumerate(table.inputs):
        id = f"{table.name}-input-{n}"
        clause = _add(body, "input", {"id": id} | _label(column))
        _add(clause, "inputExpression", {"id": f"{id}-expression", "typeRef": _TYPES[column.kind]}, column.name)
    for n, column in enumerate(table.outputs):
        attributes = {"id": f"{table.name}-output-{n}"} | _label(column)
        _add(body, "output", attributes | {"name": column.name, "typeRef": _TYPES[column.kind]})


def _label(column: Column) -> dict[str, str]:
    return {"label": column.label} if column.label else {}


def _add_rules(body: etree._Element, table: Table) -> None:
    for row in table.rows:
        id = f"row_{row.id}"
        rule = _add(body, "rule", {"id": id})
        if row.note:
            etree.SubElement(rule, f"{{{MODEL}}}description").text = row.note
        for n, cell in enumerate(row.cells):
            _add(rule, "inputEntry", {"id": f"{id}-in-{n}"}, render(cell, feel=True))
        for n, value in enumerate(row.outputs):
            text = "null" if value is None else render_literal(value, feel=True)
            _add(rule, "outputEntry", {"id": f"{id}-out-{n}"}, text)


def _add_diagram(root: etree._Element, table: Table) -> None:
    frame = etree.SubElement(root, f"{{{_DMNDI}}}DMNDI")
    diagram = etree.SubElement(frame, f"{{{_DMNDI}}}DMNDiagram", {"id": f"{table.name}-diagram"})
    shape = {"id": f"{table.name}-shape", "dmnElementRef": table.name}
    box = {"x": "160", "y": "100", "width": "180", "height": "80"}
    etree.SubElement(etree.SubElement(diagram, f"{{{_DMNDI}}}DMNShape", shape), f"{{{_DC}}}Bounds", box)


# --- import -----------------------------------------------------------------------------------------------------------


def import_dmn(data: bytes, file_name: str, *, decision: str = "", version: str = "1") -> Imported:
    """Read the decision table of a DMN file; ``decision`` names one by its id where the file has several.

    The version is taken from the file where it has one. Raises `DeclarationFault` with every fault, each with its line.
    """
    faults = Faults(file_name)
    root = _root(data, faults)
    model = etree.QName(root).namespace or ""
    if etree.QName(root).localname != "definitions" or model not in _KNOWN_MODELS:
        faults.add("/", "DT-SHAPE", "Give a DMN file of version 1.1 to 1.5.", root.tag, line=_line(root))
        faults.raise_if_any()
    return _Import(model, faults).read(root, decision, version)


def _root(data: bytes, faults: Faults) -> etree._Element:
    """The document's root; what the shared reader refuses (DTD, other encodings, size) is said as a table fault."""
    try:
        return read_tree(data, _LIMITS)
    except (NotWellFormed, TooLarge) as refused:
        fault = refused.faults[0] if refused.faults else Fault("", "", refused.remedy)
        code = "DT-SIZE" if isinstance(refused, TooLarge) else "DT-SHAPE"
        faults.add("/", code, fault.remedy, line=fault.line, column=fault.column)
        faults.raise_if_any()
        raise


def _line(element: etree._Element) -> int:
    found: Any = element.sourceline  # Any: the stubs leave its type open
    return found or 0


def _pointer(element: etree._Element) -> str:
    """XPath of the element by local names, counting siblings of the same name."""
    steps: list[str] = []
    node: etree._Element | None = element
    while node is not None:
        place = 1 + sum(1 for _ in node.itersiblings(str(node.tag), preceding=True))
        steps.append(f"{etree.QName(node).localname}[{place}]")
        node = node.getparent()
    return "/" + "/".join(reversed(steps))


class _Import:
    """One import: names of the file's own model namespace, faults and notes."""

    def __init__(self, model: str, faults: Faults) -> None:
        self.model, self.faults = model, faults
        self.notes: list[str] = []

    def children(self, parent: etree._Element, name: str) -> list[etree._Element]:
        return parent.findall(f"{{{self.model}}}{name}")

    def text(self, parent: etree._Element) -> str:
        return (parent.findtext(f"{{{self.model}}}text") or "").strip()

    def fault(self, element: etree._Element, code: str, remedy: str, value: object = "") -> None:
        self.faults.add(_pointer(element), code, remedy, value, line=_line(element))

    def read(self, root: etree._Element, wanted: str, version: str) -> Imported:
        decisions = [d for d in self.children(root, "decision") if self.children(d, "decisionTable")]
        chosen = [d for d in decisions if not wanted or d.get("id") == wanted]
        if len(chosen) != 1:
            ids = ", ".join(d.get("id") or "?" for d in decisions) or "none"
            self.fault(root, "DT-SHAPE", f"Name one decision that has a decision table; the file has {ids}.", wanted)
            self.faults.raise_if_any()
        decision = chosen[0]
        if len(self.children(root, "decision")) > 1:
            self.notes.append("Other decisions of the file are not part of this table.")
        body = self.children(decision, "decisionTable")[0]
        id = decision.get("id") or ""
        title = decision.get("name") or ""
        draft = Draft(
            name=id if re.fullmatch(r"[a-z][a-z0-9_]*", id) else self.name(title or id, decision),
            version=decision.get(f"{{{_OURS}}}version") or version,
            hit_policy=self.policy(body),
            inputs=[self.input(clause) for clause in self.children(body, "input")],
            outputs=self.outputs(body),
            valid_from=decision.get(f"{{{_OURS}}}validFrom") or "",
            valid_until=decision.get(f"{{{_OURS}}}validUntil") or "",
            feel=True,
        )
        draft.title = "" if title == draft.name else title
        self.faults.raise_if_any()
        draft.rows = list(self.rules(body, draft))
        self.faults.raise_if_any()
        return Imported(build(draft, self.faults), tuple(dict.fromkeys(self.notes)))

    def name(self, text: str, element: etree._Element) -> str:
        """A name in our spelling; what is an expression rather than a name is refused."""
        if re.fullmatch(r"[^\W\d][\w -]*", text.strip(), re.ASCII) is None:
            self.fault(element, "DT-NAME", "Use a plain name here: letters, digits, spaces, underscores.", text)
            return "unnamed"
        plain = re.sub(r"[ -]+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", text.strip())).lower().strip("_")
        if plain != text:
            self.notes.append(f"The name {text!r} became {plain!r}.")
        return plain

    def policy(self, body: etree._Element) -> str:
        policy, aggregation = body.get("hitPolicy") or "UNIQUE", body.get("aggregation") or ""
        if policy == "COLLECT" and aggregation:
            if aggregation in _AGGREGATIONS:
                return _AGGREGATIONS[aggregation].value
            self.fault(body, "DT-POLICY", f"Choose one of {', '.join(_AGGREGATIONS)}.", aggregation)
        if policy not in {"UNIQUE", "FIRST", "RULE ORDER", "COLLECT"}:
            self.fault(body, "DT-POLICY", "Choose UNIQUE, FIRST, RULE ORDER or COLLECT.", policy)
        if (body.get("preferredOrientation") or "Rule-as-Row") != "Rule-as-Row":
            self.notes.append("The orientation is only a matter of drawing and is not kept.")
        return policy

    def kind(self, element: etree._Element) -> str:
        declared = (element.get("typeRef") or "").rpartition(":")[2]
        if declared not in _KINDS:
            self.fault(element, "DT-TYPE", f"Give a typeRef: {', '.join(_TYPES.values())}.", declared)
            return Kind.TEXT.value
        return _KINDS[declared]

    def input(self, clause: etree._Element) -> tuple[str, str, str]:
        expressions = self.children(clause, "inputExpression")
        if len(expressions) != 1:
            self.fault(clause, "DT-SHAPE", "Give the input one inputExpression.")
            return "unnamed", Kind.TEXT.value, ""
        if self.children(clause, "inputValues"):
            self.notes.append("Lists of allowed values (inputValues, outputValues) are not kept.")
        expression = expressions[0]
        name = self.name(self.text(expression), expression)
        return name, self.kind(expression), clause.get("label") or ""

    def outputs(self, body: etree._Element) -> list[tuple[str, str, str]]:
        found = []
        for clause in self.children(body, "output"):
            if self.children(clause, "defaultOutputEntry"):
                self.fault(clause, "DT-SHAPE", "Write the default as a last row; default outputs are not supported.")
            if self.children(clause, "outputValues"):
                self.notes.append("Lists of allowed values (inputValues, outputValues) are not kept.")
            name = clause.get("name") or body.get("outputLabel") or "result"
            found.append((self.name(name, clause), self.kind(clause), clause.get("label") or ""))
        return found

    def rules(self, body: etree._Element, draft: Draft) -> Iterator[DraftRow]:
        for n, rule in enumerate(self.children(body, "rule")):
            id = (rule.get("id") or f"R{n + 1}").removeprefix("row_")
            cells = [self.text(entry) or "-" for entry in self.children(rule, "inputEntry")]
            entries = self.children(rule, "outputEntry")
            if len(cells) != len(draft.inputs) or len(entries) != len(draft.outputs):
                self.fault(rule, "DT-SHAPE", f"Give the rule {len(draft.inputs)} inputs, {len(draft.outputs)} outputs.")
                continue
            when = {column[0]: cell for column, cell in zip(draft.inputs, cells, strict=True)}
            then = {
                column[0]: self.output(entry, Kind(column[1]))
                for column, entry in zip(draft.outputs, entries, strict=True)
            }
            yield DraftRow(id, when, then, self.note(rule), _pointer(rule), _line(rule))

    def output(self, entry: etree._Element, kind: Kind) -> object:
        """The literal as the value that the stored form would have."""
        text = self.text(entry)
        if not text or text == "-":
            return None
        try:
            value = parse_literal(text, kind, feel=True)
        except DeclarationFault as refused:
            self.fault(entry, "DT-CELL", f"{refused.faults[0].remedy} Outputs are literals, not expressions.", text)
            return None
        return value.isoformat() if isinstance(value, dt.date) else value

    def note(self, rule: etree._Element) -> str:
        texts = [self.text(entry) for entry in self.children(rule, "annotationEntry")]
        texts = [text for text in texts if text] or [rule.findtext(f"{{{self.model}}}description") or ""]
        if len(texts) > 1:
            self.notes.append("Several annotations of a rule were joined into one note.")
        return re.sub(r"[\r\n\t]+", " ", "; ".join(texts))
